/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * digest.h - a thread that was read becomes what store/ shall make of it
 */
#ifndef ND_PIPELINE_DIGEST_H
#define ND_PIPELINE_DIGEST_H

#include "model/report.h"
#include "pipeline/changed.h"
#include "util/i18n.h"

/* What is the same for all threads of a run. */
struct nd_digester {
	struct nd_app *app;
	const struct nd_store *store;
	const struct nd_i18n *i18n;
};

/**
 * The NEW flags of a thread: mails behind the newest one that the digest
 * covers, or all.
 *
 * last       hash of that one's id, "" for none
 */
void nd_digest_mark_new(struct nd_thread *thread, const char *last);

/**
 * Fill in the job for a thread of the report.
 *
 * place      of its digest; nothing in the job refers to it afterwards
 * job        its strings are owned by report, or the thread's own
 * why        filled in when no digest could be made (ND_DESIRED_FAILED)
 */
void nd_digest_make(const struct nd_digester *d, struct nd_report *report,
                    const struct nd_thread *thread, const struct nd_work *work,
                    const struct nd_place *place, struct nd_job *job,
                    struct nd_error *why);

#endif
