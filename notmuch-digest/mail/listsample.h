/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * listsample.h - which mailing lists the newest mails came by
 *
 * The index does not know List-Id unless the user has told notmuch to put it
 * there, so the headers of the newest mails are read, which takes a second for
 * some thousands. A list is given with the query that finds its mails: by the
 * address that they are sent to, or by the index of List-Id where notmuch has
 * one (index.header.NAME=List-Id).
 *
 * Does not: know lists whose mails have no address in common, and no index.
 */
#ifndef ND_MAIL_LISTSAMPLE_H
#define ND_MAIL_LISTSAMPLE_H

#include "mail/db.h"

enum { ND_LISTSAMPLE_MAILS = 2000 };

struct nd_listsample {
	const char *id;    /* "fabric.lists.example.org" */
	const char *query; /* "to:fabric@lists.example.org", for notmuch */
	unsigned sampled;  /* of the mails that were looked at */
	unsigned mails;    /* that match the query */
};

struct nd_listsample_list {
	struct nd_listsample *list; /* the one with most sampled mails first */
	size_t count;
	unsigned looked_at; /* mails */
};

/**
 * Look at the newest ND_LISTSAMPLE_MAILS mails.
 *
 * *out       owned by ctx; lists of which less than two mails were seen are
 *            not in it
 */
enum nd_status nd_listsample_find(const void *ctx, struct nd_db *db,
                                  struct nd_listsample_list **out,
                                  struct nd_error *err) ND_MUST_CHECK;

/**
 * What stands between the last < and its > of a List-Id, in lower case; owned
 * by ctx, NULL when it is not a dotted name.
 */
const char *nd_listsample_id(const void *ctx, const char *header);

/** The address of a List-Post, "<mailto:a@b?subject=x>"; NULL when it has none
 * that a query can name. Owned by ctx. */
const char *nd_listsample_address(const void *ctx, const char *header);

#endif
