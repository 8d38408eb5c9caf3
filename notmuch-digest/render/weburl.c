/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/weburl.h"

#include <string.h>

#include "util/str.h"

/*
 * Bytes of the URL at the start of text, which ends at end, without what only
 * follows it: "https://x.org/a)." 0 when it goes on in other scripts, where a
 * line may break within it.
 */
static size_t
url_len(const char *text, const char *end)
{
	const char *at = text;

	for (; at < end; at++) {
		unsigned char c = (unsigned char)*at;

		if (c <= ' ' || c >= 0x7f || strchr("<>\"", c))
			break;
	}
	if ((unsigned char)*at >= 0x80)
		return 0;
	while (at > text && strchr(".,:;!?)]}'*`", at[-1]) &&
	       !(at[-1] == ')' && memchr(text, '(', (size_t)(at - text))))
		at--;
	return (size_t)(at - text);
}

const char *
nd_weburl_find(const char *text, size_t len, size_t *url_bytes)
{
	static const char *const schemes[] = {"https://", "http://"};

	for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
		const char *url = nd_mem_find_nocase(text, len, schemes[i]);

		*url_bytes = url ? url_len(url, text + len) : 0;
		if (*url_bytes > strlen(schemes[i]))
			return url;
	}
	return NULL;
}
