/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * msgid.h - Message-IDs as notmuch reads them
 *
 * Ids are the keys of the database, so they must come out as notmuch's own
 * parser has them: no brackets, no blanks inside, comments skipped, and a hash
 * in place of an id that is too long for a database term.
 */
#ifndef ND_MAIL_MSGID_H
#define ND_MAIL_MSGID_H

/**
 * The next id in a References-like header value.
 *
 * *header    moved behind what was read; at the end it points to the NUL
 * Returns    the id, owned by ctx; NULL when there is no more
 */
char *nd_msgid_next(const void *ctx, const char **header);

/**
 * The id of a Message-ID header value. A value without brackets is taken
 * whole, as notmuch does. NULL when it is empty.
 */
char *nd_msgid_parse(const void *ctx, const char *header);

#endif
