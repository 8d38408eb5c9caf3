/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * archiveurl.h - the Message-ID in the URL of a mail archive, and back
 *
 * Pure. A URL that comes out has only characters of RFC 3986.
 */
#ifndef ND_UTIL_ARCHIVEURL_H
#define ND_UTIL_ARCHIVEURL_H

#include <stdbool.h>
#include <stddef.h>

/**
 * The Message-ID in a URL, percent signs decoded, owned by ctx; NULL when there
 * is none.
 */
const char *nd_archiveurl_id(const void *ctx, const char *url, size_t len);

/**
 * The Message-ID that (text, len) stands for, percent signs undone; owned by
 * ctx. NULL when that is none.
 */
char *nd_archiveurl_unescape(const void *ctx, const char *text, size_t len);

/**
 * A Message-ID as it stands in mid: URLs (RFC 2392) and in paths, owned by ctx:
 * what has a meaning there, and every byte that is not printable ASCII, is
 * percent-encoded.
 */
char *nd_archiveurl_escape(const void *ctx, const char *id);

/** Is text an http or https URL with one "%s" in it, for the id? */
bool nd_archiveurl_is_template(const char *text);

/**
 * The URL of a mail by such a template, owned by ctx; NULL for an id that no
 * archive can know: one that notmuch made for a mail without any, or "..".
 */
char *nd_archiveurl_fill(const void *ctx, const char *template, const char *id);

/**
 * Where the header of a mail says that it is archived, owned by ctx; NULL when
 * it does not.
 *
 * archived_at   RFC 5064: the URL of this mail
 * list_archive  RFC 2369: that of all mails of a list. Only of archives that
 *               are known to find a mail of it by its id
 *
 * Other schemes than http and https, and what cannot stand in a URL, count for
 * nothing. Does not: know who has written the header.
 */
char *nd_archiveurl_of_header(const void *ctx, const char *archived_at,
                              const char *list_archive, const char *id);

/**
 * The URL of a mail by its Message-ID (RFC 2392: "mid:x@y"), owned by ctx: what
 * has a meaning in URLs, and every byte that is not printable ASCII, is
 * percent-encoded.
 */
char *nd_archiveurl_mid(const void *ctx, const char *id);

#endif
