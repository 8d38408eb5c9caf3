/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * recover.h - a digest that is there tells what its thread's tags should be
 *
 * The truth is in the digest's own headers: after a rebuild of the database
 * the tags come back from there, without a mail being read.
 */
#ifndef ND_PIPELINE_RECOVER_H
#define ND_PIPELINE_RECOVER_H

#include "store/apply.h"
#include "store/index.h"

/* The digest of a thread, as it was found. */
struct nd_recover_found {
	const struct nd_index_mail *mail; /* NULL when there is none */
	const char *root_id; /* whose digest it is; "" if of no mail there, or
	                      * the index tells */
	struct nd_digest_header header;
	bool root;  /* root_id is a mail of the thread */
	bool odd;   /* unmarked, in several files, not alone, or elsewhere */
	bool mixed; /* foreign mail has the id of a digest */
};

/**
 * Look for the digest of a thread.
 *
 * found      filled in, its strings owned by ctx
 * Returns    whether there is one that is whole
 */
bool nd_recover_find(const void *ctx, const struct nd_store *store,
                     const struct nd_index_thread *indexed,
                     struct nd_recover_found *found);

/**
 * The job that gives the digest and its root their tags.
 *
 * key        of the thread's mails, now
 * job        filled in, its strings owned by ctx, key and found
 */
void nd_recover_job(const void *ctx, const struct nd_store *store,
                    const struct nd_index_thread *indexed, const char *key,
                    const struct nd_recover_found *found, struct nd_job *job);

/** Is a report of ours unmarked, in several files, elsewhere, or is there
 * foreign mail under its id? */
bool nd_recover_is_odd_report(const struct nd_store *store,
                              const struct nd_index_mail *mail);

/**
 * The job that gives it its tags and, where they are not enough, writes it
 * anew: from its own file, under an id that is free.
 *
 * job        filled in, its strings owned by ctx; its window is NULL when
 *            the file cannot be read
 */
enum nd_status
nd_recover_report(const void *ctx, const struct nd_store *store,
                  struct nd_db *db, const struct nd_index_mail *mail,
                  struct nd_job *job, struct nd_error *err) ND_MUST_CHECK;

#endif
