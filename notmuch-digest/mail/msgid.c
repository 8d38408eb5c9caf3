/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/msgid.h"

#include <glib.h>
#include <string.h>

#include "util/alloc.h"
#include "util/str.h"
#include "util/utf8.h"

/* A Xapian term has 245 bytes at most, one of which is notmuch's prefix. */
#define NOTMUCH_ID_BYTES 243

/* RFC 5322 comments nest and may hold quoted pairs. */
static const char *
skip_comments(const char *s)
{
	unsigned nested = 0;

	for (; *s; s++) {
		if (*s == '(')
			nested++;
		else if (nested == 0 && !nd_is_space(*s))
			break;
		else if (*s == ')')
			nested--;
		else if (*s == '\\' && s[1])
			s++;
	}
	return s;
}

static char *
finish(const void *ctx, const char *start, size_t len)
{
	char *id = nd_utf8_clean(ctx, start, len, NULL), *to = id, *sum;

	for (const char *from = id; *from; from++)
		if (!nd_is_space(*from))
			*to++ = *from;
	*to = '\0';
	if (strlen(id) <= NOTMUCH_ID_BYTES)
		return id;
	sum = g_compute_checksum_for_string(G_CHECKSUM_SHA1, id, -1);
	talloc_free(id);
	id = x_asprintf(ctx, "notmuch-sha1-%s", sum);
	g_free(sum);
	return id;
}

char *
nd_msgid_next(const void *ctx, const char **header)
{
	const char *s = *header;

	while (*s) {
		const char *end;
		char *id;

		s = skip_comments(s);
		s += strcspn(s, "<");
		if (!*s)
			break;
		s++;
		end = s + strcspn(s, ">");
		id = finish(ctx, s, (size_t)(end - s));
		s = *end ? end + 1 : end;
		if (*id) {
			*header = s;
			return id;
		}
		talloc_free(id);
	}
	*header = s;
	return NULL;
}

char *
nd_msgid_parse(const void *ctx, const char *header)
{
	const char *at = header;
	char *id = nd_msgid_next(ctx, &at);

	if (id)
		return id;
	id = finish(ctx, header, strlen(header));
	if (*id)
		return id;
	/* Of nothing but characters that no output may have. */
	talloc_free(id);
	return NULL;
}
