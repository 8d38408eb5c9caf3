/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/complete.h"

#include <stdio.h>
#include <string.h>

#include "util/alloc.h"
#include "util/i18n.h"
#include "util/str.h"

/* Forms of TIME, one of a kind. */
static const char *const times[] = {
	"now",       "today",    "yesterday", "monday",   "tuesday",
	"wednesday", "thursday", "friday",    "saturday", "sunday",
	"7d",        "2w",       "1month",    "1year",
};

/* Prefixes of terms, notmuch-search-terms(7). */
static const char *const terms[] = {
	"attachment:", "body:",    "date:", "folder:",   "from:", "id:",
	"is:",         "lastmod:", "mid:",  "mimetype:", "path:", "property:",
	"query:",      "subject:", "tag:",  "thread:",   "to:",
};

/* The word that is to be completed, and what was found of it. */
struct completion {
	const char *word; /* all of it */
	const char *part; /* where the candidate begins: behind "--list=" */
};

static void
offer_with(const struct completion *c, const char *candidate,
           const char *suffix, const char *help)
{
	if (!nd_str_starts(candidate, c->part))
		return;
	printf("%.*s%s%s%s%s\n", (int)(c->part - c->word), c->word, candidate,
	       suffix, help ? "\t" : "", help ? help : "");
}

static void
offer(const struct completion *c, const char *candidate)
{
	offer_with(c, candidate, "", NULL);
}

/* The words of "a|b|c". */
static void
offer_choices(const struct completion *c, const char *choices)
{
	while (*choices) {
		size_t len = strcspn(choices, "|");
		char *word = x_strndup(NULL, choices, len);

		offer(c, word);
		talloc_free(word);
		choices += len + (choices[len] == '|');
	}
}

static void
offer_files(const struct completion *c, const char *kind)
{
	printf("%s%.*s\n", kind, (int)(c->part - c->word), c->word);
}

/* ---- what the database knows ---- */

static struct nd_db *
open_db(const void *ctx)
{
	struct nd_error err;
	struct nd_db *db = NULL;

	return nd_db_open(ctx, &db, &err) == ND_OK ? db : NULL;
}

static const struct nd_settings *
read_settings(const void *ctx)
{
	struct nd_db *db = open_db(ctx);
	const struct nd_settings *settings = NULL;
	struct nd_error err;

	if (!db || nd_settings_load(ctx, db, true, &settings, &err) != ND_OK)
		return NULL;
	return settings;
}

static void
offer_lists(const struct completion *c, const void *ctx)
{
	const struct nd_settings *settings = read_settings(ctx);

	for (size_t i = 0; settings && i < settings->list_count; i++)
		offer_with(c, settings->list[i].name, "",
		           settings->list[i].query);
}

static void
offer_addresses(const struct completion *c, const void *ctx)
{
	const struct nd_settings *settings = read_settings(ctx);

	for (size_t i = 0; settings && i < settings->user.address_count; i++)
		offer(c, settings->user.address[i]);
}

/* May it stand in a term, and in a shell, without quotes? */
static bool
is_plain_tag(const char *tag)
{
	return !tag[strcspn(tag, " \t\n\"'()\\$`&;|<>*?![]{}#~")];
}

/* The last term of a query: behind a bracket or a sign. */
static void
offer_query(struct completion c, const void *ctx)
{
	struct nd_db *db;
	const char *term;

	c.part += strspn(c.part, "(+-");
	term = c.part;
	for (size_t i = 0; i < sizeof terms / sizeof *terms; i++)
		offer(&c, terms[i]);
	c.part = strchr(term, ':');
	if (!c.part)
		return;
	c.part++;
	db = open_db(ctx);
	if (!db)
		return;
	if (nd_str_starts(term, "tag:") || nd_str_starts(term, "is:")) {
		struct nd_value_list *tags = nd_db_all_tags(ctx, db);

		for (size_t i = 0; i < tags->count; i++)
			if (is_plain_tag(tags->value[i]))
				offer(&c, tags->value[i]);
	} else if (nd_str_starts(term, "query:")) {
		struct nd_pair_list *named = nd_db_settings(ctx, db, "query.");

		for (size_t i = 0; i < named->count; i++)
			offer_with(&c, named->pair[i].key + strlen("query."),
			           "", named->pair[i].value);
	}
}

/* ---- options and arguments ---- */

static void
offer_value(struct completion *c, const void *ctx,
            const struct nd_option *option)
{
	const char *arg = option->arg;

	if (option->kind == ND_OPTION_CHOICE) {
		offer_choices(c, arg);
	} else if (strcmp(arg, "TIME") == 0) {
		for (size_t i = 0; i < sizeof times / sizeof *times; i++)
			offer(c, times[i]);
	} else if (strcmp(arg, "LANG") == 0) {
		size_t count;
		const char **name = nd_i18n_languages(ctx, &count);

		for (size_t i = 0; i < count; i++)
			offer(c, name[i]);
	} else if (strcmp(arg, "NAME") == 0) {
		offer_lists(c, ctx);
	} else if (strcmp(arg, "ADDRESS") == 0) {
		offer_addresses(c, ctx);
	} else if (strcmp(arg, "QUERY") == 0) {
		offer_query(*c, ctx);
	} else if (strcmp(arg, "FILE") == 0) {
		offer_files(c, ":file");
	} else if (strcmp(arg, "DIR") == 0) {
		offer_files(c, ":directory");
	}
}

static void
offer_options(const struct completion *c, const struct nd_option *table)
{
	for (const struct nd_option *o = table; o->name; o++) {
		char *name = x_asprintf(NULL, "--%s", o->name);

		offer_with(c, name, o->arg ? "=" : "", o->help);
		talloc_free(name);
	}
}

/* The option with a value that is named by word[0..len), or NULL. */
static const struct nd_option *
find_valued(const struct nd_option *table, const char *word, size_t len)
{
	for (const struct nd_option *o = table; o->name; o++)
		if (o->arg && strlen(o->name) == len &&
		    memcmp(o->name, word, len) == 0)
			return o;
	return NULL;
}

/* The option whose value the word behind this one is, or NULL. */
static const struct nd_option *
option_before(const struct nd_option *table, const char *before)
{
	const struct nd_option *option;

	if (nd_str_starts(before, "--"))
		return find_valued(table, before + 2, strlen(before + 2));
	if (*before != '-' || strlen(before) != 2)
		return NULL;
	option = nd_options_of_letter(table, before[1]);
	return option && option->arg ? option : NULL;
}

/* What the usage of a command wants first: a query, a directory, a client. */
static void
offer_argument(struct completion *c, const void *ctx, const struct nd_cmd *cmd,
               bool is_first)
{
	const char *usage = cmd->usage;

	if (is_first && *usage == '[' && strchr(usage, '|')) {
		char *choices = x_strndup(ctx, usage + 1, strlen(usage) - 2);

		offer_choices(c, choices);
	} else if (is_first && nd_str_starts(usage, "DIR")) {
		offer_files(c, ":directory");
	} else if (nd_str_starts(usage, "FEED")) {
		offer_files(c, ":file");
	} else if (strstr(usage, "QUERY")) {
		offer_query(*c, ctx);
	}
}

static void
complete_command(struct completion *c, const void *ctx,
                 const struct nd_cmd *cmd, char **words)
{
	const struct nd_option *option = NULL;
	bool is_first = true, is_closed = false;

	/* What stands before the word: "--", and arguments of the command. */
	for (; words[0] && words[1]; words++) {
		bool is_value = option != NULL;

		option = is_closed || is_value
		                 ? NULL
		                 : option_before(cmd->options, words[0]);
		is_closed =
			is_closed || (!is_value && strcmp(words[0], "--") == 0);
		if (!is_value && *words[0] != '-')
			is_first = false;
	}
	if (option) {
		offer_value(c, ctx, option);
		return;
	}
	if (!is_closed && *c->word == '-') {
		size_t len = strcspn(c->word, "=");

		offer_options(c, cmd->options);
		if (!c->word[len] || !nd_str_starts(c->word, "--"))
			return;
		option = find_valued(cmd->options, c->word + 2, len - 2);
		c->part += len + 1;
		if (option)
			offer_value(c, ctx, option);
		return;
	}
	offer_argument(c, ctx, cmd, is_first);
}

/* Commands, and what else may stand in their place. */
static void
offer_commands(const struct completion *c, const struct nd_cmd *const *commands,
               size_t count)
{
	for (size_t i = 0; i < count; i++)
		offer_with(c, commands[i]->name, "", commands[i]->summary);
}

static const struct nd_cmd *
find_command(const struct nd_cmd *const *commands, size_t count,
             const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(commands[i]->name, name) == 0)
			return commands[i];
	return NULL;
}

void
nd_complete_print(const struct nd_cmd *const *commands, size_t count,
                  char **words)
{
	void *ctx = talloc_new(NULL);
	struct completion c = {.word = ""};
	bool is_first = !words[0] || !words[1];
	const struct nd_cmd *cmd = NULL;

	for (size_t i = 0; words[i]; i++)
		c.word = words[i];
	c.part = c.word;
	if (is_first) {
		offer_commands(&c, commands, count);
		offer_with(&c, "help", "", "print the options of a command");
		offer_with(&c, "--version", "", "print the version");
	} else if (strcmp(words[0], "help") == 0) {
		offer_commands(&c, commands, count);
		goto done;
	} else {
		cmd = find_command(commands, count, words[0]);
	}
	complete_command(&c, ctx, cmd ? cmd : &nd_cmd_report,
	                 cmd ? words + 1 : words);
done:
	talloc_free(ctx);
}
