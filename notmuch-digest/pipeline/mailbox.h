/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * mailbox.h - the digests of a report's threads as a mailbox of its own
 *
 * The mails that an update writes of the same threads, to be read or sent
 * elsewhere: byte for byte, as far as they do not depend on what has been
 * written before. The window chooses the threads, each is told as a whole.
 * Writes nothing.
 */
#ifndef ND_PIPELINE_MAILBOX_H
#define ND_PIPELINE_MAILBOX_H

#include "pipeline/report.h"

/**
 * Append the digest of each thread of a report to out, in the form of
 * render/mboxrd.h and in the report's order; small threads have one, too.
 *
 * how        what the report is asked for
 * *report    the threads as they are told, with their problems; owned by app
 *
 * Threads with encrypted mail have no digest; for them, and for those that no
 * digest can be made of, there is a warning.
 * Returns    ND_OK; what nd_report_gather() and the database return
 */
enum nd_status
nd_mailbox_make(struct nd_app *app, const struct nd_report_request *how,
                struct nd_buf *out, struct nd_report **report) ND_MUST_CHECK;

#endif
