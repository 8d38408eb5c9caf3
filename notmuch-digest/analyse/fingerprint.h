/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * fingerprint.h - the fingerprint of a posted series: what it is recognised by
 *
 * Small, and independent of the text of the mails, so that it is made while a
 * thread is analysed and kept when the text is gone. versions.h compares them.
 */
#ifndef ND_ANALYSE_FINGERPRINT_H
#define ND_ANALYSE_FINGERPRINT_H

#include "analyse/maillink.h"
#include "model/thread.h"
#include "text/title.h"

struct nd_fingerprint {
	const char *root_id; /* cover letter or first patch; when they are
			      * missing, the earliest mail of the thread */
	int version, revision, total;
	bool rfc, resend;
	bool backport;         /* of a commit, to a tree that no tag names */
	const char *author;    /* address in lower case; "" when not known */
	const char *name;      /* the author's, in lower case; "" */
	const char *posted_by; /* nd_writer_key() of From */
	const char *project, *stable; /* as in struct nd_subject */
	int64_t date_s;
	const char *title_text;
	struct nd_title title;
	uint64_t *patch; /* hashes of the patches' titles, ascending */
	size_t patch_count;
	const char **file; /* paths that its diffs change, sorted */
	size_t file_count;
	const char *change_id; /* NULL: none */
	struct nd_maillink_list *link;
	const char **reporter; /* who found what it mends, as its first patches
				* say: addresses in lower case */
	size_t reporter_count;
	const char **reply_to; /* ids the root answers */
	size_t reply_to_count;
	const char **id; /* of all its mails, sorted */
	size_t id_count;
	bool linked; /* the links of series are found, and stay as they are */
	struct nd_series *series; /* whose print this is */
};

/** Set what a pull request lists, when the thread begins with one. */
void nd_fingerprint_pull(struct nd_thread *thread);

/**
 * Set series->print, owned by the series. Its strings are its own, or those of
 * the thread's messages.
 *
 * thread     read, linked, with subject parts and texts
 * series     of this thread
 */
void
nd_fingerprint_make(const struct nd_thread *thread, struct nd_series *series);

#endif
