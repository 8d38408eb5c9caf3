/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * automatic.h - what makes digests and reports without being asked
 *
 * The post-new hook of `notmuch new`, as it is on disk: with our lines in it,
 * or with lines of the user's that run us. One that notmuch would not run
 * counts as none. And the timer of systemd that delivers reports.
 */
#ifndef ND_CMD_AUTOMATIC_H
#define ND_CMD_AUTOMATIC_H

#include <stdio.h>

#include "clients/dotfile.h"
#include "mail/db.h"

struct nd_automatic {
	struct nd_dotfile hook;
	bool has_block;     /* lines of ours, which can be taken out */
	unsigned user_line; /* of the hook: runs us, too; 0: none does */
	const char *timer;  /* path of our timer; NULL: there is none */
};

/**
 * Find it.
 *
 * found      its strings are owned by ctx. A hook that cannot be read is none
 */
void nd_automatic_find(const void *ctx, struct nd_db *db,
                       struct nd_automatic *found);

/** The hook of notmuch new, as nd_dotfile_read() does; it may not be there. */
enum nd_status nd_automatic_read_hook(const void *ctx, struct nd_db *db,
                                      struct nd_dotfile *hook,
                                      struct nd_error *err) ND_MUST_CHECK;

/**
 * Take our lines out of the hook; nothing without any.
 *
 * Returns    ND_OK; ND_ERR_IO
 */
enum nd_status nd_automatic_remove_hook(const struct nd_dotfile *hook,
                                        struct nd_error *err) ND_MUST_CHECK;

/**
 * Say what will bring back the digests that were removed, and how to end that;
 * nothing when nothing will.
 *
 * query      digest.query; "" when it is not set
 * only_some  threads have been cleaned, the rest still have digests
 */
void nd_automatic_print(const struct nd_automatic *found, const char *query,
                        bool only_some, FILE *out);

#endif
