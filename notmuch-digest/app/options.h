/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * options.h - the command line of one command, from its table
 *
 * Each command has one table of options: parsing, --help, the man page's test
 * and shell completion all follow it. Values land in struct nd_options; what a
 * command does not list, it does not take. "--output=FILE", "--output FILE",
 * "-o FILE" and "-oFILE" are the same, "-qv" is "-q -v".
 */
#ifndef ND_APP_OPTIONS_H
#define ND_APP_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "util/status.h"

/* The values of an option that can be given more than once, in their order. */
struct nd_option_words {
	const char **word;
	size_t count;
};

/* Strings point into argv; NULL and 0 mean "not given". */
struct nd_options {
	const char *since, *until, *now;
	const char *new_query;
	const char *engine;
	const char *fallback;
	const char *lang;
	const char *format;
	const char *output;
	const char *mails;
	const char *fold;
	const char *color;
	const char *progress;
	const char *git; /* a repository */
	struct nd_option_words list;
	unsigned limit;
	unsigned min_messages;
	unsigned large;
	unsigned jobs;
	bool from_stdin;
	bool dry_run;
	bool show_prompt;
	bool hook;
	bool json;
	bool yes;
	bool cache;
	bool install, remove;
	bool read;   /* the digest, by the user */
	bool thread; /* as a mailbox of its own */
	bool quiet;
	bool verbose;
	bool help;

	bool allow_insecure_http;
	bool full;
	bool brief;
	bool for_me;
	unsigned minutes;
	bool why;
	bool all; /* threads that match */
	const char *state;
	bool mine, waiting; /* of the user, for the user */
	bool since_last;    /* since the last report that was delivered */
	bool deliver;       /* into the mailbox */
	const char *to;     /* an address */
	bool no_sandbox;    /* app/sandbox.h */

	const char
		*query; /* the other arguments, joined by blanks; "" if none */
	char **arg;     /* the same, one by one */
	size_t arg_count;
	bool dashed; /* they stand behind "--" */
};

enum nd_option_kind {
	ND_OPTION_FLAG,   /* bool */
	ND_OPTION_TEXT,   /* const char * */
	ND_OPTION_CHOICE, /* const char *, one of the words of arg ("a|b|c") */
	ND_OPTION_COUNT,  /* unsigned, at least 1 */
	ND_OPTION_WORDS,  /* struct nd_option_words: given as often as wanted */
};

struct nd_option {
	const char *name; /* "since"; NULL ends the table */
	enum nd_option_kind kind;
	size_t offset;    /* in struct nd_options */
	const char *arg;  /* "TIME", or the choices "auto|always|never" */
	const char *help; /* lower case, no full stop */
};

/* One line of a table: ND_OPTION(FLAG, "quiet", quiet, NULL, "…"). */
#define ND_OPTION(kind, name, field, arg, help) \
	{ \
		name, ND_OPTION_##kind, offsetof(struct nd_options, field), \
			arg, help \
	}

/*
 * The rows that commands share: a word means the same in all of them, and is
 * explained the same way.
 */
#define ND_COMMON_COLOR \
	ND_OPTION(CHOICE, "color", color, "auto|always|never", \
	          "colours in text")
#define ND_COMMON_DRY_RUN_OF_MODEL \
	ND_OPTION(FLAG, "dry-run", dry_run, NULL, \
	          "say what the model would be asked, and do nothing")
#define ND_COMMON_ENGINE \
	ND_OPTION(CHOICE, "engine", engine, "extract|llm", \
	          "who writes the summaries (default: digest.engine)")
#define ND_COMMON_FALLBACK \
	ND_OPTION(CHOICE, "fallback", fallback, "extract|none", \
	          "what to do when the model cannot (default: extract)")
#define ND_COMMON_FORMAT_OF_REPORT \
	ND_OPTION(CHOICE, "format", format, \
	          "markdown|json|text|html|atom|mbox", \
	          "default: text on a terminal, else markdown")
#define ND_COMMON_FORMAT \
	ND_OPTION(CHOICE, "format", format, "markdown|json|text|html", \
	          "default: text on a terminal, else markdown")
#define ND_COMMON_HELP ND_OPTION(FLAG, "help", help, NULL, "print this")
#define ND_COMMON_JOBS \
	ND_OPTION(COUNT, "jobs", jobs, "N", \
	          "worker threads (default: the number of cores)")
#define ND_COMMON_LANG \
	ND_OPTION(TEXT, "lang", lang, "LANG", \
	          "language of headings: en, zh_CN (default: digest.lang)")
#define ND_COMMON_NO_SANDBOX \
	ND_OPTION(FLAG, "no-sandbox", no_sandbox, NULL, \
	          "do not give up the rights that are not needed")
#define ND_COMMON_NOW \
	ND_OPTION(TEXT, "now", now, "TIME", "pretend that it is TIME")
#define ND_COMMON_OUTPUT \
	ND_OPTION(TEXT, "output", output, "FILE", \
	          "write to FILE, whole or not at all")
#define ND_COMMON_PROGRESS \
	ND_OPTION(CHOICE, "progress", progress, "auto|always|never", \
	          "a bar on stderr")
#define ND_COMMON_QUIET ND_OPTION(FLAG, "quiet", quiet, NULL, "no warnings")
#define ND_COMMON_QUIET_WRITER \
	ND_OPTION(FLAG, "quiet", quiet, NULL, \
	          "no warnings, no word of what was done")
#define ND_COMMON_SHOW_PROMPT \
	ND_OPTION(FLAG, "show-prompt", show_prompt, NULL, \
	          "print what would be sent to the model, and do nothing")
#define ND_COMMON_SINCE \
	ND_OPTION(TEXT, "since", since, "TIME", \
	          "begin of the window (default: 7 days before its end)")
#define ND_COMMON_STDIN \
	ND_OPTION(FLAG, "stdin", from_stdin, NULL, \
	          "the thread of the mail on stdin")
#define ND_COMMON_UNTIL \
	ND_OPTION(TEXT, "until", until, "TIME", \
	          "end of the window, exclusive (default: now)")
#define ND_COMMON_VERBOSE \
	ND_OPTION(FLAG, "verbose", verbose, NULL, \
	          "name every mail that could not be read")

/**
 * Read the arguments behind the command's name.
 *
 * args       argv of the command; args[0] is not looked at
 * options    zeroed; its query and arrays are owned by ctx, its other strings
 *            by args
 * Returns    ND_OK; ND_ERR_USAGE naming the argument and what is accepted
 */
enum nd_status
nd_options_parse(const void *ctx, const struct nd_option *table, int count,
                 char **args, struct nd_options *options,
                 struct nd_error *err) ND_MUST_CHECK;

/** Print the table as --help does. */
void nd_options_print(const struct nd_option *table, FILE *out);

/** The option of the table that has this letter; NULL: none. */
const struct nd_option *
nd_options_of_letter(const struct nd_option *table, char letter);

/** Is word one of the words of choices ("a|b|c")? */
bool nd_options_choice_has(const char *choices, const char *word);

/**
 * Read a number of at least 1 and at most INT_MAX.
 *
 * Returns    false for anything else; *out is then untouched
 */
bool nd_options_parse_count(const char *text, unsigned *out);

#endif
