/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cmd.h - what a subcommand is, and what it is given to run
 *
 * main.c opens what a command's flags ask for, runs it, prints its error once
 * and checks stdout. A command prints nothing on failure and never exits.
 */
#ifndef ND_CMD_CMD_H
#define ND_CMD_CMD_H

#include "cmd/options.h"
#include "cmd/settings.h"
#include "mail/db.h"

/* Everything a run knows; the root of its talloc tree. */
struct nd_app {
	struct nd_options options;
	struct nd_db *db; /* read only; free it before long work */
	const struct nd_settings *settings;
	int64_t now_s; /* --now, else the clock */
	struct nd_error *err;
};

enum nd_cmd_flags {
	ND_CMD_DB_READ = 1u << 0, /* wants db and settings */
};

struct nd_cmd {
	const char *name;
	const char *usage; /* arguments behind the options: "[QUERY…]" */
	const char *summary;
	const struct nd_option *options;
	unsigned flags; /* enum nd_cmd_flags */
	enum nd_status (*run)(struct nd_app *app);
};

extern const struct nd_cmd nd_cmd_commits;
extern const struct nd_cmd nd_cmd_report;
extern const struct nd_cmd nd_cmd_show;

#endif
