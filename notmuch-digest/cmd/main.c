/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "app/interrupt.h"
#include "app/lastwords.h"
#include "app/period.h"
#include "cmd/cmd.h"
#include "cmd/complete.h"
#include "cmd/libgit.h"
#include "util/alloc.h"
#include "util/curl.h"
#include "util/typo.h"
#include "version.h"

/* A file for a report of memory that is still allocated at the end. */
#define TALLOC_REPORT "ND_TALLOC_REPORT"

/* Words that are not commands of their own, but in the place of one. */
#define HELP "help"
#define VERSION "version"

static const struct nd_cmd *const commands[] = {
	&nd_cmd_report,  &nd_cmd_show,   &nd_cmd_todo,       &nd_cmd_series,
	&nd_cmd_commits, &nd_cmd_update, &nd_cmd_status,     &nd_cmd_clean,
	&nd_cmd_setup,   &nd_cmd_jump,   &nd_cmd_thread_dir,
};

enum { COMMAND_COUNT = sizeof commands / sizeof *commands };

static const struct nd_cmd *
find_command(const char *name)
{
	for (size_t i = 0; i < COMMAND_COUNT; i++)
		if (strcmp(commands[i]->name, name) == 0)
			return commands[i];
	return NULL;
}

static void
print_help(void)
{
	puts("usage: notmuch-digest [COMMAND] [OPTIONS] [QUERY...]\n"
	     "\n"
	     "Digests of the threads in your notmuch database. Without a "
	     "command: report.\n");
	for (size_t i = 0; i < COMMAND_COUNT; i++)
		printf("  %-11s %s\n", commands[i]->name, commands[i]->summary);
	puts("\nThe options of report:\n");
	nd_options_print(nd_cmd_report.options, stdout);
	puts("\n"
	     "'help COMMAND' and 'COMMAND --help' print those of a command, "
	     "--version the\n"
	     "version. The manual is notmuch-digest(1).");
}

static void
print_command_help(const struct nd_cmd *cmd)
{
	printf("usage: notmuch-digest %s [OPTIONS]%s%s\n\n%s\n\n", cmd->name,
	       *cmd->usage ? " " : "", cmd->usage, cmd->summary);
	nd_options_print(cmd->options, stdout);
}

/* ---- words that may be meant as commands --------------------------------- */

static bool
is_command_word(const char *word)
{
	return find_command(word) || strcmp(word, HELP) == 0 ||
	       strcmp(word, VERSION) == 0;
}

/* The command that a word looks like, or NULL. */
static const char *
nearest_command(const char *word)
{
	const char *words[COMMAND_COUNT + 3] = {NULL};

	for (size_t i = 0; i < COMMAND_COUNT; i++)
		words[i] = commands[i]->name;
	words[COMMAND_COUNT] = HELP;
	words[COMMAND_COUNT + 1] = VERSION;
	return nd_typo_nearest(word, words);
}

/* A word that looks like a command is hardly meant as a query. */
static enum nd_status
refuse_typo(const char *word, struct nd_error *err)
{
	const char *nearest = nearest_command(word);

	if (!nearest)
		return ND_OK;
	return nd_fail(err, ND_ERR_USAGE,
	               "'%s' is not a command: did you mean '%s'?\n"
	               "as a query: notmuch-digest -- %s",
	               word, nearest, word);
}

static enum nd_status
refuse_order(const char *word, struct nd_error *err)
{
	return nd_fail(err, ND_ERR_USAGE,
	               "the command comes before its options: notmuch-digest "
	               "%s [OPTIONS]\n"
	               "as a query: notmuch-digest [OPTIONS] -- %s",
	               word, word);
}

/* Without a command the first word of the query may be one, or mean one. */
static enum nd_status
check_word(const struct nd_app *app)
{
	const struct nd_options *options = &app->options;

	if (options->arg_count == 0 || options->dashed)
		return ND_OK;
	if (is_command_word(options->arg[0]))
		return refuse_order(options->arg[0], app->err);
	return refuse_typo(options->arg[0], app->err);
}

/* An option that report does not have may be that of a command behind it. */
static enum nd_status
explain_option(const struct nd_app *app, int argc, char **argv)
{
	for (int i = 2; i < argc && strcmp(argv[i], "--") != 0; i++)
		if (is_command_word(argv[i]))
			return refuse_order(argv[i], app->err);
	return ND_ERR_USAGE;
}

/* ---- running them -------------------------------------------------------- */

static enum nd_status
set_clock(struct nd_app *app)
{
	app->now_s = (int64_t)time(NULL);
	return nd_period_time(app->options.now, "now", app->now_s, &app->now_s,
	                      app->err);
}

static enum nd_status
run_command(struct nd_app *app, const struct nd_cmd *cmd)
{
	enum nd_status st;

	if (app->options.help) {
		print_command_help(cmd);
		return ND_OK;
	}
	/* With null tracking all contexts hang on one, so one thread only. */
	if (getenv(TALLOC_REPORT))
		app->options.jobs = 1;
	st = set_clock(app);
	if (st == ND_OK && (cmd->flags & ND_CMD_READS_MAIL))
		st = nd_app_start_reader(app);
	if (st == ND_OK && (cmd->flags & ND_CMD_DB_READ))
		st = nd_app_open(app, cmd->flags & ND_CMD_LENIENT);
	if (st == ND_OK && !(cmd->flags & ND_CMD_ENTERS))
		nd_sandbox_enter(app, cmd->needs, NULL);
	return st == ND_OK ? cmd->run(app) : st;
}

static enum nd_status
run_named(struct nd_app *app, const struct nd_cmd *cmd, int count, char **args)
{
	enum nd_status st = nd_options_parse(app, cmd->options, count, args,
	                                     &app->options, app->err);

	return st == ND_OK ? run_command(app, cmd) : st;
}

/* No command is named: report. */
static enum nd_status
run_unnamed(struct nd_app *app, int argc, char **argv)
{
	const struct nd_cmd *cmd = &nd_cmd_report;
	enum nd_status st = ND_OK;

	if (argc > 1)
		st = refuse_typo(argv[1], app->err);
	if (st != ND_OK)
		return st;
	st = nd_options_parse(app, cmd->options, argc, argv, &app->options,
	                      app->err);
	if (st != ND_OK)
		return explain_option(app, argc, argv);
	st = check_word(app);
	return st == ND_OK ? run_command(app, cmd) : st;
}

static enum nd_status
help(const char *word, struct nd_error *err)
{
	const struct nd_cmd *cmd = find_command(word);
	const char *nearest = nearest_command(word);

	if (cmd)
		print_command_help(cmd);
	else if (!*word || *word == '-' || is_command_word(word))
		print_help();
	else
		return nd_fail(err, ND_ERR_USAGE,
		               "'%.60s' is not a command%s%s%s\n"
		               "--help lists the commands",
		               word, nearest ? ": did you mean '" : "",
		               nearest ? nearest : "", nearest ? "'?" : "");
	return ND_OK;
}

static enum nd_status
dispatch(struct nd_app *app, int argc, char **argv)
{
	const char *first = argc > 1 ? argv[1] : "";
	const struct nd_cmd *cmd = find_command(first);

	if (cmd)
		return run_named(app, cmd, argc - 1, argv + 1);
	if (strcmp(first, "--help") == 0 || strcmp(first, "-h") == 0 ||
	    strcmp(first, HELP) == 0)
		return help(argc > 2 ? argv[2] : "", app->err);
	if (strcmp(first, "--version") == 0 || strcmp(first, VERSION) == 0) {
		printf("notmuch-digest " ND_VERSION "\n%s, %s, %s\n",
		       nd_db_libraries(app), nd_curl_version(app),
		       nd_libgit_version(app));
		return ND_OK;
	}
	/* What the completions of shells ask. */
	if (strcmp(first, "--complete") == 0) {
		nd_complete_print(commands, COMMAND_COUNT, argv + 2);
		return ND_OK;
	}
	return run_unnamed(app, argc, argv);
}

/*
 * What is opened in the place of a closed stdin, stdout or stderr would be read
 * from, or written to. What stands in for them fails as they do: it is open the
 * other way round.
 */
static void
fill_standard_descriptors(void)
{
	int fd;

	for (int i = STDIN_FILENO; i <= STDERR_FILENO; i++)
		if (fcntl(i, F_GETFD) < 0 && errno == EBADF) {
			fd = open("/dev/null",
			          i == STDIN_FILENO ? O_WRONLY : O_RDONLY);
			if (fd > STDERR_FILENO)
				close(fd);
		}
}

/* What is still allocated at the end. */
static void
report_memory(FILE *out)
{
	talloc_report_full(NULL, out);
	fclose(out);
}

int
main(int argc, char **argv)
{
	const char *talloc_report = getenv(TALLOC_REPORT);
	FILE *memory = NULL;
	struct nd_error err = {0};
	struct nd_app *app;
	enum nd_status st;
	int failed;

	nd_sandbox_prepare();
	/* Whoever started us may ignore it; a reader that has left ends us. */
	signal(SIGPIPE, SIG_DFL);
	/* A file that may not grow is an error like any other: EFBIG. */
	signal(SIGXFSZ, SIG_IGN);
	fill_standard_descriptors();
	if (talloc_report) {
		talloc_enable_null_tracking();
		memory = fopen(talloc_report, "we");
	}
	nd_lastwords_prepare();
	app = x_new(NULL, struct nd_app);
	app->err = &err;
	st = dispatch(app, argc, argv);
	talloc_free(app);
	if (st != ND_OK)
		fprintf(stderr, "notmuch-digest: %s\n", err.msg);
	if (memory)
		report_memory(memory);
	nd_interrupt_repeat();

	failed = ferror(stdout);
	if (fclose(stdout) != 0 || failed) {
		if (st == ND_OK)
			fprintf(stderr,
			        "notmuch-digest: cannot write to stdout: %s\n",
			        strerror(errno));
		return nd_status_exit_code(ND_ERR_IO);
	}
	return nd_status_exit_code(st);
}
