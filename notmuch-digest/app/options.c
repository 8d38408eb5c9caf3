/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/options.h"

#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "app/mailname.h"
#include "util/alloc.h"
#include "util/buf.h"
#include "util/limits.h"
#include "util/str.h"

enum {
	/* What getopt_long() returns for the first long option. */
	LONG_FIRST = 256,
	HELP_COLUMN = 28,
};

/*
 * A letter means the same in every command that has the option: git's letters,
 * where git has one.
 */
static const struct {
	char letter;
	const char *name;
} letters[] = {
	{'h', "help"},   {'j', "jobs"},  {'n', "dry-run"},
	{'o', "output"}, {'q', "quiet"}, {'v', "verbose"},
};

/* '\0' for most options. */
static char
letter_of(const struct nd_option *option)
{
	for (size_t i = 0; i < sizeof letters / sizeof *letters; i++)
		if (strcmp(letters[i].name, option->name) == 0)
			return letters[i].letter;
	return '\0';
}

bool
nd_options_choice_has(const char *choices, const char *word)
{
	size_t len = strlen(word);

	while (*choices) {
		size_t next = strcspn(choices, "|");

		if (next == len && memcmp(choices, word, len) == 0)
			return true;
		choices += next + (choices[next] == '|');
	}
	return false;
}

bool
nd_options_parse_count(const char *text, unsigned *out)
{
	char *end;
	unsigned long value;

	if (!nd_is_digit(*text))
		return false;
	errno = 0;
	value = strtoul(text, &end, 10);
	if (errno || *end || value < 1 || value > INT_MAX)
		return false;
	*out = (unsigned)value;
	return true;
}

static enum nd_status
set_value(const void *ctx, const struct nd_option *option, const char *value,
          struct nd_options *options, struct nd_error *err)
{
	void *field = (char *)options + option->offset;
	struct nd_option_words *words;

	switch (option->kind) {
	case ND_OPTION_FLAG:
		*(bool *)field = true;
		return ND_OK;
	case ND_OPTION_CHOICE:
		if (!nd_options_choice_has(option->arg, value))
			return nd_fail(err, ND_ERR_USAGE,
			               "--%s is one of %s, not '%.60s'",
			               option->name, option->arg, value);
		/* fall through */
	case ND_OPTION_TEXT:
		*(const char **)field = value;
		return ND_OK;
	case ND_OPTION_COUNT:
		if (!nd_options_parse_count(value, field))
			return nd_fail(err, ND_ERR_USAGE,
			               "--%s takes a number from 1, not "
			               "'%.60s'",
			               option->name, value);
		return ND_OK;
	case ND_OPTION_WORDS:
		words = field;
		*x_append(ctx, words->word, words->count) = value;
		return ND_OK;
	}
	return ND_OK;
}

static size_t
table_size(const struct nd_option *table)
{
	size_t count = 0;

	while (table[count].name)
		count++;
	return count;
}

/* What getopt_long() works from. */
struct scan {
	struct option *longs;
	char *shorts; /* ":ho:" */
};

static struct scan *
scan_new(const struct nd_option *table)
{
	size_t size = table_size(table);
	struct scan *scan = x_new(NULL, struct scan);
	char *end;

	scan->longs = x_array(scan, struct option, size + 1);
	scan->shorts = end = x_array(scan, char, 2 * size + 2);
	*end++ = ':';
	for (size_t i = 0; i < size; i++) {
		bool valued = table[i].kind != ND_OPTION_FLAG;
		char letter = letter_of(&table[i]);

		scan->longs[i].name = table[i].name;
		scan->longs[i].has_arg =
			valued ? required_argument : no_argument;
		scan->longs[i].val = LONG_FIRST + (int)i;
		if (letter)
			*end++ = letter;
		if (letter && valued)
			*end++ = ':';
	}
	return scan;
}

const struct nd_option *
nd_options_of_letter(const struct nd_option *table, char letter)
{
	for (; table->name; table++)
		if (letter_of(table) == letter)
			return table;
	return NULL;
}

/* The option that getopt_long() has found. */
static const struct nd_option *
find_option(const struct nd_option *table, int found)
{
	return found >= LONG_FIRST ? &table[found - LONG_FIRST]
	                           : nd_options_of_letter(table, (char)found);
}

static enum nd_status
bad_option(int found, char **args, struct nd_error *err)
{
	/* optind is behind the argument only when that has been read whole. */
	const char letter[] = {'-', (char)optopt, '\0'};
	bool is_short = optopt > 0 && optopt < LONG_FIRST;
	const char *arg = is_short ? letter : args[optind - 1];

	if (found == ':')
		return nd_fail(err, ND_ERR_USAGE, "%.60s needs a value", arg);
	return nd_fail(err, ND_ERR_USAGE,
	               "unknown option '%.60s'\n"
	               "--help lists the options; a query that begins with "
	               "'-' goes behind --",
	               arg);
}

/* All words, or an error: a shorter query would match more. */
static enum nd_status
join_words(const void *ctx, int count, char **words, const char **out,
           struct nd_error *err)
{
	struct nd_buf *query = nd_buf_new(NULL, ND_LIMIT_QUERY_BYTES);

	for (int i = 0; i < count; i++) {
		if (i > 0)
			nd_buf_addc(query, ' ');
		nd_buf_adds(query, words[i]);
	}
	if (query->full) {
		talloc_free(query);
		return nd_fail(err, ND_ERR_USAGE,
		               "the query is over %u bytes\n"
		               "make it shorter, such as by a tag",
		               ND_LIMIT_QUERY_BYTES);
	}
	if (count > 0 && !query->data[strspn(query->data, " \t\r\n")]) {
		talloc_free(query);
		return nd_fail(err, ND_ERR_USAGE,
		               "the query is empty\n"
		               "'*' is all mail");
	}
	*out = nd_buf_finish(ctx, query);
	return ND_OK;
}

enum nd_status
nd_options_parse(const void *ctx, const struct nd_option *table, int count,
                 char **args, struct nd_options *options, struct nd_error *err)
{
	struct scan *scan = scan_new(table);
	enum nd_status st = ND_OK;
	int found;

	opterr = 0;
	optind = 0; /* GNU: forget an earlier scan */
	while (st == ND_OK && (found = getopt_long(count, args, scan->shorts,
	                                           scan->longs, NULL)) != -1) {
		if (found == ':' || found == '?')
			st = bad_option(found, args, err);
		else
			st = set_value(ctx, find_option(table, found), optarg,
			               options, err);
	}
	if (st == ND_OK) {
		st = join_words(ctx, count - optind, args + optind,
		                &options->query, err);
		if (st == ND_OK)
			options->query =
				nd_mailname_resolve(ctx, options->query);
		options->arg = args + optind;
		options->arg_count = (size_t)(count - optind);
		options->dashed =
			optind > 1 && strcmp(args[optind - 1], "--") == 0;
	}
	talloc_free(scan);
	return st;
}

void
nd_options_print(const struct nd_option *table, FILE *out)
{
	for (const struct nd_option *option = table; option->name; option++) {
		char letter = letter_of(option);
		int width = letter ? fprintf(out, "  -%c, ", letter)
		                   : fprintf(out, "      ");

		width += fprintf(out, "--%s%s%s", option->name,
		                 option->arg ? "=" : "",
		                 option->arg ? option->arg : "");
		if (width > HELP_COLUMN - 2) {
			fputc('\n', out);
			width = 0;
		}
		fprintf(out, "%*s%s\n", HELP_COLUMN - width, "", option->help);
	}
}
