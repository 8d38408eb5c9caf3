/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * weburl.h - the web address in running text
 */
#ifndef ND_RENDER_WEBURL_H
#define ND_RENDER_WEBURL_H

#include <stddef.h>

/**
 * The first http or https URL in (text, len), *url_bytes long, without the
 * punctuation that only follows it; NULL when there is none. It is part of a
 * NUL-terminated text.
 *
 * Does not: find one that goes on in characters that are not ASCII, or a second
 * one behind that.
 */
const char *nd_weburl_find(const char *text, size_t len, size_t *url_bytes);

#endif
