/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * deliver.h - a report as a mail: into the digest folder, or for sendmail
 *
 * The window and the query make its Message-ID, so that a second run replaces
 * the first one's mail. A report for the user alone (--for-me) is one of
 * another query.
 */
#ifndef ND_PIPELINE_DELIVER_H
#define ND_PIPELINE_DELIVER_H

#include "app/app.h"
#include "model/report.h"
#include "store/apply.h"
#include "store/delivered.h"
#include "words/format.h"

/* What came of it. */
struct nd_delivery {
	struct nd_buf *plan; /* what would be done is added here instead of
			      * being done; NULL: it is done */
	const char *id;      /* Message-ID of the mail, owned by app */
	bool replaced;       /* there was one */
};

/**
 * May reports be delivered: digest.write, folder and prefix? For before the
 * work. app->db is open.
 *
 * Returns    ND_OK; ND_ERR_CONFIG with the remedy
 */
enum nd_status nd_deliver_check(struct nd_app *app) ND_MUST_CHECK;

/**
 * The delivered report of a query whose window ended last before a time.
 *
 * query      as in the report
 * for_me     was it one for the user alone?
 * found      filled in, its id owned by app
 */
enum nd_status
nd_deliver_last(struct nd_app *app, const char *query, bool for_me,
                int64_t before_s, struct nd_delivered *found) ND_MUST_CHECK;

/**
 * Put the report into the digest folder, under a lock of ours, in one session.
 *
 * app        its db is opened, and closed afterwards
 * options    of the text
 * Returns    ND_OK; ND_ERR_BUSY when another run of ours or another writer
 *            does not end; ND_ERR_CONFIG; what the database and files return
 */
enum nd_status
nd_deliver_report(struct nd_app *app, const struct nd_report *report,
                  const struct nd_render_options *options,
                  struct nd_delivery *delivery) ND_MUST_CHECK;

/**
 * Append the same mail, addressed, to out: for `sendmail -t`. It has an id of
 * its own: when it comes back to this mailbox, it is new mail.
 */
enum nd_status
nd_deliver_mail_to(struct nd_app *app, const struct nd_report *report,
                   const struct nd_render_options *options, const char *to,
                   struct nd_buf *out) ND_MUST_CHECK;

#endif
