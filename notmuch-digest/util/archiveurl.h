/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * archiveurl.h - the Message-ID in the URL of a mail archive
 */
#ifndef ND_UTIL_ARCHIVEURL_H
#define ND_UTIL_ARCHIVEURL_H

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

#endif
