/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * versions.h - the other versions of the series of a report
 *
 * Those in the report's threads are known; the others are looked for in the
 * database, with one query for all of them, and only their cover letters are
 * read.
 */
#ifndef ND_PIPELINE_VERSIONS_H
#define ND_PIPELINE_VERSIONS_H

#include "app/app.h"
#include "mail/threads.h"

/**
 * Set prior and next of all series of the threads; those that an earlier call
 * has set stay.
 *
 * threads    analysed
 * until_s    mails dated at or after it are not looked at
 * jobs       threads of this process
 *
 * Opens the database when there is a series, and closes it before mails are
 * read. A candidate that cannot be read is not a candidate.
 */
enum nd_status
nd_versions_find(struct nd_app *app, const struct nd_thread_list *threads,
                 int64_t until_s, unsigned jobs) ND_MUST_CHECK;

#endif
