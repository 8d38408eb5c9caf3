/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * update.h - one run that brings digests and tags up to date
 *
 * What has changed -> read, summarised -> digests -> written, in groups of
 * threads, under a lock of ours. The database is written to only in short
 * sessions (store/session.h). A language model is asked behind all that, with
 * no lock (upgrade.h); until it answers, digests are made of excerpts.
 */
#ifndef ND_PIPELINE_UPDATE_H
#define ND_PIPELINE_UPDATE_H

#include "app/app.h"
#include "store/apply.h"
#include "util/map.h"

struct nd_update {
	const char *query; /* NULL: what has changed, in digest.query; else
			    * the threads of this one, changed or not */
	int64_t since_s;   /* without a query: threads with mail since */
	bool unchanged; /* without a query: also those that have not changed */
	/* Root id -> text for thread->merged; the threads of query are made
	 * again although their mails are the same. NULL: nothing. */
	const struct nd_map *merged;
	struct nd_buf *plan; /* what would be done is added here instead of
			      * being done; NULL: it is done */
	struct nd_apply_counts counts; /* what was done is added */
	size_t waiting;  /* digests that wait for it, for the next run */
	const char *why; /* they do; NULL: nothing is known of them */
};

/**
 * Has nothing changed since the last run, and is nothing of it left over? That
 * is the usual case in the hook, and not worth a lock. app->db is open.
 */
bool nd_update_is_idle(const struct nd_app *app);

/**
 * Carry it out. Problems of single mails are warnings on stderr.
 *
 * app        its db is open, and closed afterwards
 * Returns    ND_OK; ND_ERR_BUSY when another run of ours or another writer
 *            does not end; ND_ERR_CONFIG when the folder or the tags are not
 *            ours; what the database, files and the model's service return
 */
enum nd_status
nd_update_run(struct nd_app *app, struct nd_update *update) ND_MUST_CHECK;

#endif
