/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "util/archiveurl.h"

#include <stdbool.h>
#include <string.h>

#include "util/alloc.h"
#include "util/buf.h"
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

/* Is (text, len) what a bracket looks like, as it is or encoded? */
static bool
is_bracket(const char *text, size_t len, const char *plain, const char *encoded)
{
	return nd_mem_starts(text, len, plain) ||
	       nd_mem_starts_nocase(text, len, encoded);
}

/* "<id>" and "%3Cid%3E": the brackets are not part of an id. */
static void
skip_brackets(const char **text, size_t *len)
{
	size_t open, close;

	if (*len == 0)
		return;
	open = **text == '<' ? 1 : 3;
	if (!is_bracket(*text, *len, "<", "%3c"))
		return;
	close = (*text)[*len - 1] == '>' ? 1 : 3;
	if (*len <= open + close ||
	    !is_bracket(*text + *len - close, close, ">", "%3e"))
		return;
	*text += open;
	*len -= open + close;
}

char *
nd_archiveurl_unescape(const void *ctx, const char *text, size_t len)
{
	char *id;

	skip_brackets(&text, &len);
	id = percent_decoded(ctx, text, len);

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

static bool
is_search_field(const char *name, size_t len)
{
	static const char *const names[] = {"q", "query", "search"};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (len == strlen(names[i]) &&
		    nd_mem_starts_nocase(name, len, names[i]))
			return true;
	return false;
}

/*
 * What is searched for by its prefix: "m:ID" and "msgid:ID" are ids,
 * "f:ADDRESS" and the like are none. Returns false for those.
 */
static bool
skip_prefix(const char **value, const char *end)
{
	static const char *const ids[] = {"m",     "mid",        "id",
	                                  "msgid", "message-id", "rfc822msgid"};
	const char *at = *value;
	size_t len;

	while (at < end && (nd_is_alpha(*at) || nd_is_digit(*at) || *at == '-'))
		at++;
	len = (size_t)(at - *value);
	if (at < end && *at == ':')
		at++;
	else if (nd_mem_starts_nocase(at, (size_t)(end - at), "%3a"))
		at += 3;
	else
		return true;
	for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
		if (len != strlen(ids[i]) ||
		    !nd_mem_starts_nocase(*value, len, ids[i]))
			continue;
		*value = at;
		return true;
	}
	return false;
}

/*
 * Google Groups has an id as it is behind "/d/msgid/GROUP/", slashes and all.
 * NULL for other URLs.
 */
static const char *
google_id(const void *ctx, const char *url, size_t len)
{
	const char *end = url + len, *at;

	at = nd_mem_find_nocase(url, len, "://groups.google.com/d/msgid/");
	if (!at)
		return NULL;
	at += strlen("://groups.google.com/d/msgid/");
	at = memchr(at, '/', (size_t)(end - at));
	if (!at++)
		return NULL;
	for (const char *p = at; p < end; p++)
		if (*p == '?' || *p == '#')
			end = p;
	while (end > at && end[-1] == '/')
		end--;
	return nd_archiveurl_unescape(ctx, at, (size_t)(end - at));
}

const char *
nd_archiveurl_id(const void *ctx, const char *url, size_t len)
{
	const char *whole = google_id(ctx, url, len);
	const char *end = url + len;
	const char *at = nd_mem_find_nocase(url, len, "://");
	const char *ends = "/?#"; /* of a part; ids have '=' and '&', too */

	if (whole)
		return whole;
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
		if (value) {
			bool is_search =
				is_search_field(start, (size_t)(value - start));

			start = value + 1;
			if (is_search && !skip_prefix(&start, at))
				continue;
		}
		id = nd_archiveurl_unescape(ctx, start, (size_t)(at - start));
		if (id && !is_list_address(at, (size_t)(end - at)))
			return id;
		talloc_free(id);
	}
	return NULL;
}

/* ---- and back ------------------------------------------------------------ */

/* Where "+" is a blank, it and what parts fields is encoded, too. */
static const char kept_in_path[] = "-._~@+=$!*'(),:";
static const char kept_in_query[] = "-._~@";

static void
add_encoded(struct nd_buf *out, const char *text, const char *kept)
{
	for (; *text; text++)
		if (nd_is_alpha(*text) || nd_is_digit(*text) ||
		    strchr(kept, *text))
			nd_buf_addc(out, *text);
		else
			nd_buf_addf(out, "%%%02X", (unsigned char)*text);
}

char *
nd_archiveurl_escape(const void *ctx, const char *id)
{
	struct nd_buf *out = nd_buf_new(NULL, 3 * strlen(id) + 1);

	add_encoded(out, id, kept_in_path);
	return nd_buf_finish(ctx, out);
}

/* Could it be clicked on? Only what RFC 3986 has, with a host, and no user
 * before it, who might be taken for one. */
static bool
is_web_url(const char *url, size_t len)
{
	size_t scheme = nd_mem_starts_nocase(url, len, "https://")  ? 8
	                : nd_mem_starts_nocase(url, len, "http://") ? 7
	                                                            : 0;

	if (scheme == 0 || len > ND_LIMIT_URL_BYTES || len == scheme ||
	    !(nd_is_alpha(url[scheme]) || nd_is_digit(url[scheme]) ||
	      url[scheme] == '['))
		return false;
	for (size_t i = scheme; i < len && !strchr("/?#", url[i]); i++)
		if (url[i] == '@')
			return false;
	for (size_t i = 0; i < len; i++)
		if (!nd_is_alpha(url[i]) && !nd_is_digit(url[i]) &&
		    (url[i] == '\0' ||
		     !strchr("-._~:/?#[]@!$&'()*+,;=%", url[i])))
			return false;
	return true;
}

bool
nd_archiveurl_is_template(const char *text)
{
	size_t places = 0;
	const char *path;

	if (!is_web_url(text, strlen(text)))
		return false;
	path = strchr(strstr(text, "://") + 3, '/');
	if (!path || memchr(text, '%', (size_t)(path - text)))
		return false;
	for (const char *at = path; (at = strchr(at, '%')); at++) {
		if (at[1] == 's')
			places++;
		else if (hex_value(at[1]) < 0 || hex_value(at[2]) < 0)
			return false;
	}
	return places == 1;
}

char *
nd_archiveurl_fill(const void *ctx, const char *template, const char *id)
{
	const char *place = strstr(template, "%s");
	struct nd_buf *out;

	if (!place || nd_str_starts(id, "notmuch-sha1-") || !*id ||
	    strspn(id, ".") == strlen(id))
		return NULL;
	out = nd_buf_new(NULL, strlen(template) + 3 * strlen(id) + 1);
	nd_buf_add(out, template, (size_t)(place - template));
	add_encoded(out, id,
	            memchr(template, '?', (size_t)(place - template))
	                    ? kept_in_query
	                    : kept_in_path);
	nd_buf_adds(out, place + 2);
	return nd_buf_finish(ctx, out);
}

/* The next "<URL>" of a field, or a URL without brackets; false: no more. */
static bool
next_url(const char **field, const char **url, size_t *len)
{
	const char *at = *field + strspn(*field, " \t\r\n,");

	if (!*at)
		return false;
	if (*at == '<') {
		*url = ++at;
		*len = strcspn(at, "> \t\r\n");
		at += strcspn(at, ">");
		at += *at == '>';
	} else {
		*url = at;
		*len = strcspn(at, " ,\t\r\n");
		at += *len;
	}
	*field = at;
	return true;
}

/* Archives that find a mail of a list by its id, and where. */
static const struct {
	const char *list; /* how the URL of a list begins, behind "://" */
	const char *mail; /* what takes its place; NULL: the same */
} by_id[] = {
	/* public-inbox */
	{"lore.kernel.org/", NULL},
	{"public-inbox.org/", NULL},
	{"inbox.sourceware.org/", NULL},
	{"inbox.dpdk.org/", NULL},
	{"inbox.vuxu.org/", NULL},
	{"yhetil.org/", NULL},
	{"lore.proxmox.com/", NULL},
	{"lore.barebox.org/", NULL},
	{"lore.distrokit.org/", NULL},
	{"lore.rtems.org/", NULL},
	{"groups.google.com/group/", "groups.google.com/d/msgid/"},
};

/* The template for a mail of the list at url, owned by ctx; NULL: not known. */
static char *
template_of_list(const void *ctx, const char *url, size_t len, const char *id)
{
	const char *place = nd_mem_find_nocase(url, len, "://") + 3;
	size_t scheme = (size_t)(place - url), left = len - scheme;

	if (memchr(url, '%', len) || memchr(url, '?', len) ||
	    memchr(url, '#', len))
		return NULL;
	while (left > 0 && place[left - 1] == '/')
		left--;
	for (size_t i = 0; i < sizeof by_id / sizeof *by_id; i++) {
		size_t start = strlen(by_id[i].list);

		if (left <= start ||
		    !nd_mem_starts_nocase(place, left, by_id[i].list))
			continue;
		/* Google writes no %2F: does it read one? */
		if (by_id[i].mail && strchr(id, '/'))
			return NULL;
		return x_asprintf(ctx, "%.*s%s%.*s/%%s", (int)scheme, url,
		                  by_id[i].mail ? by_id[i].mail : by_id[i].list,
		                  (int)(left - start), place + start);
	}
	return NULL;
}

char *
nd_archiveurl_of_header(const void *ctx, const char *archived_at,
                        const char *list_archive, const char *id)
{
	const char *url;
	size_t len;

	while (next_url(&archived_at, &url, &len))
		if (is_web_url(url, len))
			return x_strndup(ctx, url, len);
	while (next_url(&list_archive, &url, &len)) {
		char *template, *made;

		if (!is_web_url(url, len) ||
		    !(template = template_of_list(NULL, url, len, id)))
			continue;
		made = nd_archiveurl_fill(ctx, template, id);
		talloc_free(template);
		return made;
	}
	return NULL;
}

char *
nd_archiveurl_mid(const void *ctx, const char *id)
{
	char *escaped = nd_archiveurl_escape(NULL, id);
	char *url = x_asprintf(ctx, "mid:%s", escaped);

	talloc_free(escaped);
	return url;
}
