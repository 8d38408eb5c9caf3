/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cmd.h - what a subcommand is, and what it is given to run
 *
 * main.c opens what a command's flags ask for, runs it, prints its error once
 * and checks stdout. A command prints nothing on failure and never exits.
 */
#ifndef ND_CMD_CMD_H
#define ND_CMD_CMD_H

#include "app/sandbox.h"

/* What jump writes, in the cache directory. */
#define ND_JUMP_FILE "jump.rc"

enum nd_cmd_flags {
	ND_CMD_DB_READ = 1u << 0,    /* wants db and settings */
	ND_CMD_LENIENT = 1u << 1,    /* wrong settings are warnings */
	ND_CMD_ENTERS = 1u << 2,     /* goes into the sandbox by itself */
	ND_CMD_READS_MAIL = 1u << 3, /* wants a reader */
};

struct nd_cmd {
	const char *name;
	const char *usage; /* arguments behind the options: "[QUERY…]" */
	const char *summary;
	const struct nd_option *options;
	unsigned flags; /* enum nd_cmd_flags */
	unsigned needs; /* enum nd_sandbox_need */
	enum nd_status (*run)(struct nd_app *app);
};

extern const struct nd_cmd nd_cmd_commits;
extern const struct nd_cmd nd_cmd_report;
extern const struct nd_cmd nd_cmd_series;
extern const struct nd_cmd nd_cmd_todo;
extern const struct nd_cmd nd_cmd_show;
extern const struct nd_cmd nd_cmd_update;
extern const struct nd_cmd nd_cmd_status;
extern const struct nd_cmd nd_cmd_clean;
extern const struct nd_cmd nd_cmd_setup;
extern const struct nd_cmd nd_cmd_jump;
extern const struct nd_cmd nd_cmd_thread_dir;

#endif
