/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * mailname.h - the words of a query that name one mail, as notmuch takes them
 *
 * Pure. Mails are also named by their URL in an archive, by their id between
 * angle brackets, and by a mid: URL with percent signs; notmuch knows none of
 * these. What is between double quotes stays as it is.
 */
#ifndef ND_APP_MAILNAME_H
#define ND_APP_MAILNAME_H

/**
 * text with every word that names a mail replaced by the query for its id;
 * owned by ctx.
 *
 * A URL that has no Message-ID in it stays, as words to search for.
 */
const char *nd_mailname_resolve(const void *ctx, const char *text);

/**
 * The id of the mail that a query names, owned by ctx; NULL when there is more
 * in the query, or something else.
 */
const char *nd_mailname_single(const void *ctx, const char *query);

#endif
