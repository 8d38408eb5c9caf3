/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * digest.h - a thread that was read becomes what store/ shall make of it
 */
#ifndef ND_PIPELINE_DIGEST_H
#define ND_PIPELINE_DIGEST_H

#include "model/report.h"
#include "pipeline/changed.h"
#include "pipeline/report.h"
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
 * What is asked for of threads whose digests are to be made. Which mails are
 * new, progress, model and merged commits are for the caller to say.
 *
 * thread_id  not copied
 */
struct nd_report_request
nd_digest_request(const struct nd_digester *d, const char *const *thread_id,
                  size_t count);

/** Does this thread get a digest mail, by its facts and the settings? */
bool
nd_digest_is_wanted(const struct nd_app *app, const struct nd_thread *thread);

/** The Date of a digest: where clients sort it, whatever the clock was. */
int64_t nd_digest_date_s(const struct nd_thread *thread);

/**
 * Make the digest mail of a thread, whatever the settings say of small threads
 * and of writing.
 *
 * key        of the mails of the thread
 * behind     of struct nd_digest_mail
 * desired    filled in; strings as in nd_digest_make()
 * Returns    ND_OK; ND_ERR_PARSE, ND_ERR_LIMIT when there cannot be one
 */
enum nd_status
nd_digest_mail(const struct nd_digester *d, struct nd_report *report,
               const struct nd_thread *thread, const char *key,
               const char *behind, const struct nd_place *place,
               struct nd_desired *desired, struct nd_error *why) ND_MUST_CHECK;

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
