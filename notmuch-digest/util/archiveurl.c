/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "util/archiveurl.h"

#include <stdbool.h>
#include <string.h>

#include "util/alloc.h"
#include "util/limits.h"
#include "util/str.h"

static int
hex_value(char c)
{
	c = nd_lower(c);
	if (nd_is_digit(c))
		return c - '0';
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* (text, len) without percent signs; "" when that gives no printable ASCII. */
static char *
percent_decoded(const void *ctx, const char *text, size_t len)
{
	char *out = x_strndup(ctx, text, len), *to = out;

	for (size_t i = 0; i < len; i++) {
		char c = text[i];

		if (c == '%' && i + 2 < len && hex_value(text[i + 1]) >= 0 &&
		    hex_value(text[i + 2]) >= 0) {
			c = (char)(16 * hex_value(text[i + 1]) +
			           hex_value(text[i + 2]));
			i += 2;
		}
		if ((unsigned char)c <= ' ' || (unsigned char)c >= 0x7f ||
		    strchr("<>\"", c)) {
			*out = '\0';
			return out;
		}
		*to++ = c;
	}
	*to = '\0';
	return out;
}

/* One @ with something on both sides. */
static bool
looks_like_id(const char *text)
{
	const char *at = strchr(text, '@');

	return at && at > text && at[1] && !strchr(at + 1, '@') &&
	       !strchr(at + 1, '/') && strlen(text) <= ND_LIMIT_ID_BYTES;
}

char *
nd_archiveurl_unescape(const void *ctx, const char *text, size_t len)
{
	char *id = percent_decoded(ctx, text, len);

	if (looks_like_id(id))
		return id;
	talloc_free(id);
	return NULL;
}

/* "LIST@HOST/message/KEY", "LIST@HOST/2021/3", "LIST@HOST/msg00123.html" */
static bool
is_list_address(const char *behind, size_t len)
{
	static const char *const parts[] = {"/message/", "/thread/", "/latest",
	                                    "/msg"};
	size_t digits = 1;

	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		if (nd_mem_starts(behind, len, parts[i]))
			return true;
	while (digits < len && nd_is_digit(behind[digits]))
		digits++;
	return digits == 5 && digits < len && behind[digits] == '/';
}

const char *
nd_archiveurl_id(const void *ctx, const char *url, size_t len)
{
	const char *end = url + len;
	const char *at = nd_mem_find_nocase(url, len, "://");
	const char *ends = "/?#"; /* of a part; ids have '=' and '&', too */

	at = at ? memchr(at + 3, '/', (size_t)(end - at) - 3) : NULL;
	while (at && at < end) {
		const char *start, *value;
		char *id;

		if (*at == '?')
			ends = "&#";
		start = ++at;
		while (at < end && !strchr(ends, *at))
			at++;
		value = *ends == '&' ? memchr(start, '=', (size_t)(at - start))
		                     : NULL;
		if (value)
			start = value + 1;
		id = nd_archiveurl_unescape(ctx, start, (size_t)(at - start));
		if (id && !is_list_address(at, (size_t)(end - at)))
			return id;
		talloc_free(id);
	}
	return NULL;
}
