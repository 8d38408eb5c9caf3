/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * mailrow.h - the list of a thread's mails, folded: a row a mail or a posting
 *
 * As in labels.h: plain text on one line, owned by ctx, to be escaped as a
 * whole. The patches of a posting are one row; of a thread that is told in
 * short, the mails that its entry does not tell of are a number.
 */
#ifndef ND_WORDS_MAILROW_H
#define ND_WORDS_MAILROW_H

#include "words/labels.h"

struct nd_mailrow {
	const struct nd_message *mail; /* the first one */
	unsigned number;  /* in the list of mails (words/maillist.h) */
	unsigned count;   /* of mails, the others follow it there */
	const char *text; /* what it adds to the thread's subject, or "" */
	const char *id;   /* of a thread that is told in the entry; or NULL */
};

struct nd_mailrow_list {
	struct nd_mailrow *row;
	size_t count;
	unsigned folded; /* mails without a row */
};

struct nd_mailrow_list
nd_mailrow_list(const void *ctx, const struct nd_labels *labels,
                const struct nd_thread *thread);

/** "#1", "#1-37" */
const char *nd_mailrow_lead(const void *ctx, const struct nd_mailrow *row);

/** "and 4 more mails", or "" */
const char *nd_mailrow_folded(const void *ctx, const struct nd_labels *labels,
                              const struct nd_mailrow_list *list);

#endif
