/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cmd.h - what a subcommand is, and what it is given to run
 *
 * main.c opens what a command's flags ask for, runs it, prints its error once
 * and checks stdout. A command prints nothing on failure and never exits.
 */
#ifndef ND_CMD_CMD_H
#define ND_CMD_CMD_H

#include "app/options.h"
#include "app/settings.h"
#include "mail/db.h"
#include "store/watermark.h"

/* What jump writes, in the cache directory. */
#define ND_JUMP_FILE "jump.rc"

/* Everything a run knows; the root of its talloc tree. */
struct nd_app {
	struct nd_options options;
	struct nd_db *db; /* read only; free it before long work */
	const struct nd_settings *settings;
	struct nd_watermark state; /* of the last run that wrote */
	int64_t now_s;             /* --now, else the clock */
	struct nd_error *err;
};

enum nd_cmd_flags {
	ND_CMD_DB_READ = 1u << 0, /* wants db and settings */
	ND_CMD_LENIENT = 1u << 1, /* wrong settings are warnings */
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
extern const struct nd_cmd nd_cmd_series;
extern const struct nd_cmd nd_cmd_show;
extern const struct nd_cmd nd_cmd_update;
extern const struct nd_cmd nd_cmd_status;
extern const struct nd_cmd nd_cmd_clean;
extern const struct nd_cmd nd_cmd_setup;
extern const struct nd_cmd nd_cmd_jump;
extern const struct nd_cmd nd_cmd_thread_dir;

/**
 * Open app->db, on the newest state of the database; settings are read the
 * first time, the state of the last run each time. Digests of ours are not
 * among the mails it gives.
 *
 * lenient    wrong settings are warnings
 */
enum nd_status nd_app_open(struct nd_app *app, bool lenient) ND_MUST_CHECK;

/**
 * May digests of ours lie in the folder of the settings: was it in force when
 * we ran last, or is it at least nobody else's?
 */
bool nd_app_has_folder(struct nd_app *app);

/**
 * The mail on stdin, that a client pipes to us, as a query for its thread.
 *
 * *query     owned by app
 */
enum nd_status
nd_app_query_of_stdin(struct nd_app *app, const char **query) ND_MUST_CHECK;

/** That, or with no --stdin the QUERY of the command line, which must be one. */
enum nd_status
nd_app_query_wanted(struct nd_app *app, const char *given, const char *example,
                    const char **query) ND_MUST_CHECK;

#endif
