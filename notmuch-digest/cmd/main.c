/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cmd/cmd.h"
#include "cmd/interrupt.h"
#include "cmd/window.h"
#include "util/alloc.h"
#include "version.h"

/* A file for a report of memory that is still allocated at the end. */
#define TALLOC_REPORT "ND_TALLOC_REPORT"

static const struct nd_cmd *const commands[] = {
	&nd_cmd_report, &nd_cmd_show,       &nd_cmd_series, &nd_cmd_commits,
	&nd_cmd_update, &nd_cmd_status,     &nd_cmd_clean,  &nd_cmd_setup,
	&nd_cmd_jump,   &nd_cmd_thread_dir,
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
	puts("\n"
	     "  --help, -h    print this; COMMAND --help prints its options\n"
	     "  --version     print the version\n"
	     "\n"
	     "The manual is notmuch-digest(1).");
}

static void
print_command_help(const struct nd_cmd *cmd)
{
	printf("usage: notmuch-digest %s [OPTIONS] %s\n\n%s\n\n", cmd->name,
	       cmd->usage, cmd->summary);
	nd_options_print(cmd->options, stdout);
}

static enum nd_status
set_clock(struct nd_app *app)
{
	app->now_s = (int64_t)time(NULL);
	return nd_window_time(app->options.now, "now", app->now_s, &app->now_s,
	                      app->err);
}

static enum nd_status
run_command(struct nd_app *app, const struct nd_cmd *cmd, int count,
            char **args)
{
	enum nd_status st = nd_options_parse(app, cmd->options, count, args,
	                                     &app->options, app->err);

	if (st == ND_OK && app->options.help) {
		print_command_help(cmd);
		return ND_OK;
	}
	/* With null tracking all contexts hang on one, so one thread only. */
	if (getenv(TALLOC_REPORT))
		app->options.jobs = 1;
	if (st == ND_OK)
		st = set_clock(app);
	if (st == ND_OK && (cmd->flags & ND_CMD_DB_READ))
		st = nd_app_open(app, cmd->flags & ND_CMD_LENIENT);
	return st == ND_OK ? cmd->run(app) : st;
}

static enum nd_status
dispatch(struct nd_app *app, int argc, char **argv)
{
	const char *first = argc > 1 ? argv[1] : "";
	const struct nd_cmd *cmd = find_command(first);

	if (strcmp(first, "--help") == 0 || strcmp(first, "-h") == 0 ||
	    strcmp(first, "help") == 0) {
		print_help();
		return ND_OK;
	}
	if (strcmp(first, "--version") == 0) {
		puts("notmuch-digest " ND_VERSION);
		return ND_OK;
	}
	if (cmd)
		return run_command(app, cmd, argc - 1, argv + 1);
	return run_command(app, &nd_cmd_report, argc, argv);
}

/* Where ND_TALLOC_REPORT points to, what is still allocated at the end. */
static void
report_memory(const char *path)
{
	FILE *out = fopen(path, "w");

	if (out) {
		talloc_report_full(NULL, out);
		fclose(out);
	}
}

int
main(int argc, char **argv)
{
	const char *talloc_report = getenv(TALLOC_REPORT);
	struct nd_error err = {0};
	struct nd_app *app;
	enum nd_status st;
	int failed;

	if (talloc_report)
		talloc_enable_null_tracking();
	app = x_new(NULL, struct nd_app);
	app->err = &err;
	st = dispatch(app, argc, argv);
	talloc_free(app);
	if (st != ND_OK)
		fprintf(stderr, "notmuch-digest: %s\n", err.msg);
	if (talloc_report)
		report_memory(talloc_report);
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
