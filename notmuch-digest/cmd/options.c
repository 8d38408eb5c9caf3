/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/options.h"

#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "util/alloc.h"
#include "util/buf.h"
#include "util/str.h"

enum { QUERY_BYTES = 1 << 20 };

bool
nd_choice_has(const char *choices, const char *word)
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
nd_count_parse(const char *text, unsigned *out)
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
set_value(const struct nd_option *option, const char *value,
          struct nd_options *options, struct nd_error *err)
{
	void *field = (char *)options + option->offset;

	switch (option->kind) {
	case ND_OPTION_FLAG:
		*(bool *)field = true;
		return ND_OK;
	case ND_OPTION_CHOICE:
		if (!nd_choice_has(option->arg, value))
			return nd_fail(err, ND_ERR_USAGE,
			               "--%s is one of %s, not '%.60s'",
			               option->name, option->arg, value);
		/* fall through */
	case ND_OPTION_TEXT:
		*(const char **)field = value;
		return ND_OK;
	case ND_OPTION_COUNT:
		if (!nd_count_parse(value, field))
			return nd_fail(err, ND_ERR_USAGE,
			               "--%s takes a number from 1, not "
			               "'%.60s'",
			               option->name, value);
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

static enum nd_status
bad_option(int found, char **args, struct nd_error *err)
{
	/* optind is behind the argument that getopt did not like. */
	const char *arg = args[optind - 1];

	if (found == ':')
		return nd_fail(err, ND_ERR_USAGE, "%.60s needs a value", arg);
	return nd_fail(err, ND_ERR_USAGE,
	               "unknown option '%.60s'\n"
	               "--help lists the options; a query that begins with "
	               "'-' goes behind --",
	               arg);
}

static const char *
join_words(const void *ctx, int count, char **words)
{
	struct nd_buf *query = nd_buf_new(ctx, QUERY_BYTES);

	for (int i = 0; i < count; i++) {
		if (i > 0)
			nd_buf_addc(query, ' ');
		nd_buf_adds(query, words[i]);
	}
	return query->data;
}

enum nd_status
nd_options_parse(const void *ctx, const struct nd_option *table, int count,
                 char **args, struct nd_options *options, struct nd_error *err)
{
	size_t size = table_size(table);
	struct option *longs = x_array(NULL, struct option, size + 1);
	enum nd_status st = ND_OK;
	int found, index = 0;

	for (size_t i = 0; i < size; i++) {
		longs[i].name = table[i].name;
		longs[i].has_arg = table[i].kind == ND_OPTION_FLAG
		                           ? no_argument
		                           : required_argument;
	}
	opterr = 0;
	optind = 0; /* GNU: forget an earlier scan */
	while (st == ND_OK &&
	       (found = getopt_long(count, args, ":h", longs, &index)) != -1) {
		if (found == 'h')
			options->help = true;
		else if (found == 0)
			st = set_value(&table[index], optarg, options, err);
		else
			st = bad_option(found, args, err);
	}
	if (st == ND_OK) {
		options->query = join_words(ctx, count - optind, args + optind);
		options->arg = args + optind;
		options->arg_count = (size_t)(count - optind);
	}
	talloc_free(longs);
	return st;
}

void
nd_options_print(const struct nd_option *table, FILE *out)
{
	for (const struct nd_option *option = table; option->name; option++) {
		int width = fprintf(out, "  --%s%s%s", option->name,
		                    option->arg ? "=" : "",
		                    option->arg ? option->arg : "");

		if (width > 24)
			fprintf(out, "\n%*s%s\n", 26, "", option->help);
		else
			fprintf(out, "%*s%s\n", 26 - width, "", option->help);
	}
}
