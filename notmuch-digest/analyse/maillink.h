/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * maillink.h - the mails that a text points to, and as what
 *
 * A URL of an archive that has a Message-ID in it (lore.kernel.org/r/ID,
 * patch.msgid.link/ID, lkml.kernel.org/r/ID, patchew, patchwork, …), or an id
 * in angle brackets. What the words around it say of it is kept: the version
 * they name, whether it is an earlier posting, or what the series builds on.
 * "[1]" is followed to where the text uses it.
 *
 * Pure. Only the first 2000 lines are looked at, 1000 bytes of each. Does not:
 * understand archives that number their mails, since those numbers are not in
 * the mails.
 */
#ifndef ND_ANALYSE_MAILLINK_H
#define ND_ANALYSE_MAILLINK_H

#include "model/message.h"

enum nd_maillink_flags {
	ND_MAILLINK_EARLIER = 1u << 0, /* "previous version", "replaces" */
	ND_MAILLINK_RFC = 1u << 1,
	ND_MAILLINK_BASE = 1u << 2, /* "based on", "depends on" */
};

struct nd_maillink {
	const char *id; /* without brackets; "" for a link without an id that
	                 * is called a version */
	int version;    /* 0 when none is named */
	unsigned flags; /* enum nd_maillink_flags */
};

struct nd_maillink_list {
	struct nd_maillink *link;
	size_t count;
};

/**
 * The mails that a mail's own lines point to, in their order, each id once;
 * owned by ctx.
 *
 * Limits: the first ND_LIMIT_MAIL_LINKS; a body of NULL has none
 */
struct nd_maillink_list *
nd_maillink_find(const void *ctx, const struct nd_body *body);

#endif
