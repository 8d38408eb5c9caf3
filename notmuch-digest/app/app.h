/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * app.h - what a run of the program has at hand, whatever the command
 */
#ifndef ND_APP_APP_H
#define ND_APP_APP_H

#include "app/options.h"
#include "app/settings.h"
#include "mail/db.h"
#include "mail/reader.h"
#include "store/watermark.h"

struct nd_committers;
struct nd_habits;

/* Everything a run knows; the root of its talloc tree. */
struct nd_app {
	struct nd_options options;
	struct nd_db *db;         /* read only; free it before long work */
	struct nd_reader *reader; /* NULL: mails are read by this process */
	const struct nd_settings *settings;
	struct nd_watermark state; /* of the last run that wrote */
	int64_t now_s;             /* --now, else the clock */
	/* Who takes patches, as of a time: pipeline/committers.h keeps it. */
	struct nd_committers *committers;
	int64_t committers_until_s;
	/* What people have in most mails: pipeline/boilerplate.h keeps it. */
	struct nd_habits *habits;
	/* What app/sandbox.h has put into force. */
	bool files_limited, calls_limited;
	struct nd_error *err;
};

/**
 * Open app->db, on the newest state of the database; settings are read the
 * first time, the state of the last run each time. Digests of ours are not
 * among the mails it gives.
 *
 * lenient    wrong settings are warnings
 */
enum nd_status nd_app_open(struct nd_app *app, bool lenient) ND_MUST_CHECK;

/** Who writes the summaries: --engine, else digest.engine. */
const char *nd_app_engine(const struct nd_app *app);

/**
 * Start app->reader, unless --no-sandbox is given; before the database is
 * opened, and while there is one thread. Where the kernel has no seccomp there
 * is none, and mails are parsed in this process (`status` says so).
 */
enum nd_status nd_app_start_reader(struct nd_app *app) ND_MUST_CHECK;

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

/** That, or with no --stdin the QUERY of the command line, which must be
 * one. */
enum nd_status
nd_app_query_wanted(struct nd_app *app, const char *given, const char *example,
                    const char **query) ND_MUST_CHECK;

#endif
