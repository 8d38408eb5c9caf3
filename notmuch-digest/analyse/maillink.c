/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analyse/maillink.h"

#include <string.h>

#include "text/version.h"
#include "util/alloc.h"
#include "util/buf.h"
#include "util/limits.h"
#include "util/map.h"
#include "util/str.h"

enum {
	ID_DIGITS = 6,   /* an id has as many; an address of somebody has not */
	MARKER_USES = 2, /* places of a "[1]" that are looked at */
	LOOK_LINES = 2000, /* of a mail; cover letters are shorter */
	LOOK_BYTES = 1000  /* of a line */
};

struct text {
	const char *at;
	size_t len;
};

struct search {
	const struct nd_body *body;
	struct nd_maillink_list *list;
	struct nd_map *seen;
};

static struct text
line_text(const struct nd_body *body, size_t i)
{
	size_t len = body->line[i].len;

	return (struct text){body->text + body->line[i].start,
	                     len < LOOK_BYTES ? len : LOOK_BYTES};
}

static bool
is_own(const struct nd_body *body, size_t i)
{
	return body->line[i].kind == ND_LINE_OWN;
}

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
nd_maillink_url_id(const void *ctx, const char *url, size_t len)
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
		id = percent_decoded(ctx, start, (size_t)(at - start));
		if (looks_like_id(id) &&
		    !is_list_address(at, (size_t)(end - at)))
			return id;
		talloc_free(id);
	}
	return NULL;
}

/* Bytes of the URL at text, without the punctuation of the sentence. */
static size_t
url_len(const char *text, size_t len)
{
	size_t end = 0;

	if (!nd_mem_starts_nocase(text, len, "http://") &&
	    !nd_mem_starts_nocase(text, len, "https://"))
		return 0;
	while (end < len && (unsigned char)text[end] > ' ' &&
	       !strchr("<>\"", text[end]))
		end++;
	while (end > 0 && strchr(").,;:]'", text[end - 1]))
		end--;
	return end;
}

/* Bytes of "<id@host>"; *id is set when it looks like a mail's. */
static size_t
bracketed_len(const void *ctx, const char *text, size_t len, const char **id)
{
	const char *close = memchr(text, '>', len);
	size_t digits = 0, inner;
	char *copy;

	if (*text != '<' || !close)
		return 0;
	inner = (size_t)(close - text) - 1;
	for (size_t i = 1; i <= inner && text[i] != '@'; i++)
		digits += nd_is_digit(text[i]);
	copy = percent_decoded(ctx, text + 1, inner);
	if (digits < ID_DIGITS || !looks_like_id(copy)) {
		talloc_free(copy);
		return 0;
	}
	*id = copy;
	return inner + 2;
}

static bool
has_any(struct text text, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (nd_mem_find_nocase(text.at, text.len, words[i]))
			return true;
	return false;
}

/* The version that is said just before a place, else the first behind it. */
static int
version_near(struct text before, struct text after)
{
	struct nd_version_word word, last = {0, 0, 0};
	size_t from = 0;

	while (nd_version_next(before.at, before.len, from, &word)) {
		/* "v2 -> v3 [1]": the link is the old one's. */
		if (last.version == 0 ||
		    !nd_version_is_arrow(before.at + last.end,
		                         word.start - last.end))
			last = word;
		from = word.end;
	}
	if (last.version == 0 && nd_version_next(after.at, after.len, 0, &word))
		return word.version;
	return last.version;
}

/* What the words before and after a link say of it; false: nothing. */
static bool
judge(struct text before, struct text after, struct nd_maillink *link)
{
	static const char *const earlier[] = {
		"previous",        "replaces",        "supersede",
		"earlier version", "last version",    "prior version",
		"older version",   "earlier post",    "last post",
		"first version",   "initial version", "changes since",
		"changes from",    "follow-up to",    "followup to",
		"respin of",       "rework of",       "rewrite of",
		"resend of",       "new version of",  "original series",
		"original version"};
	static const char *const base[] = {
		"based on",      "depends on", "depend on",  "on top of",
		"applies to",    "applies on", "requires",   "prerequisite",
		"together with", "companion",  "apply after"};
	const struct text both[] = {before, after};

	if (link->version == 0)
		link->version = version_near(before, after);
	for (size_t i = 0; i < 2; i++) {
		if (has_any(both[i], earlier, sizeof earlier / sizeof *earlier))
			link->flags |= ND_MAILLINK_EARLIER;
		if (has_any(both[i], base, sizeof base / sizeof *base))
			link->flags |= ND_MAILLINK_BASE;
		if (nd_mem_find_nocase(both[i].at, both[i].len, "RFC"))
			link->flags |= ND_MAILLINK_RFC;
	}
	return link->version > 0 || link->flags != 0;
}

/* "[1]" or "[v1]" that a line begins with; an empty text for none. */
static struct text
marker_of(struct text line)
{
	const char *close;

	nd_mem_trim(&line.at, &line.len);
	if (line.len < 3 || *line.at != '[')
		return (struct text){line.at, 0};
	close = memchr(line.at, ']', line.len < 8 ? line.len : 8);
	return (struct text){line.at,
	                     close ? (size_t)(close - line.at) + 1 : 0};
}

static const char *
find_marker(struct text line, struct text marker)
{
	for (size_t i = 0; i + marker.len <= line.len; i++)
		if (memcmp(line.at + i, marker.at, marker.len) == 0)
			return line.at + i;
	return NULL;
}

static struct text
previous_line(const struct search *search, size_t i)
{
	if (i > 0 && is_own(search->body, i - 1))
		return line_text(search->body, i - 1);
	return (struct text){"", 0};
}

/* Where the text above uses "[1]" is what it says about it. */
static void
judge_uses(const struct search *search, size_t line_index, struct text marker,
           struct nd_maillink *link)
{
	int uses = 0;

	for (size_t i = 0; i < line_index && uses < MARKER_USES; i++) {
		struct text line = line_text(search->body, i), after;
		const char *at;

		if (!is_own(search->body, i) ||
		    !(at = find_marker(line, marker)))
			continue;
		uses++;
		after.at = at + marker.len;
		after.len = line.len - (size_t)(after.at - line.at);
		line.len = (size_t)(at - line.at);
		if (!judge(line, after, link))
			judge(previous_line(search, i), line, link);
	}
}

static void
add(struct search *search, size_t line_index, const char *id,
    struct text before, struct text after)
{
	struct nd_maillink link = {.id = id ? id : ""};
	struct text marker = marker_of(before), rest = before;
	struct nd_maillink_list *list = search->list;

	nd_mem_trim(&rest.at, &rest.len);
	if (marker.len > 0)
		judge_uses(search, line_index, marker, &link);
	if (!judge(before, after, &link) && rest.len <= 2)
		judge(previous_line(search, line_index), after, &link);
	/* Without an id a link only tells that there was such a version. */
	if (!id && link.version == 0)
		return;
	if (list->count >= ND_LIMIT_MAIL_LINKS ||
	    (id && !nd_map_set(search->seen, id, NULL)))
		return;
	*x_append(list, list->link, list->count) = link;
}

static void
search_line(struct search *search, size_t i)
{
	struct text line = line_text(search->body, i);
	size_t at = 0;

	while (at < line.len) {
		char c = line.at[at];
		const char *id = NULL;
		struct text before = {line.at, at}, after;
		size_t len;

		if (c != 'h' && c != 'H' && c != '<') {
			at++;
			continue;
		}
		len = url_len(line.at + at, line.len - at);
		if (len > 0)
			id = nd_maillink_url_id(search->list, line.at + at,
			                        len);
		else
			len = bracketed_len(search->list, line.at + at,
			                    line.len - at, &id);
		if (len == 0) {
			at++;
			continue;
		}
		at += len;
		after = (struct text){line.at + at, line.len - at};
		add(search, i, id, before, after);
	}
}

struct nd_maillink_list *
nd_maillink_find(const void *ctx, const struct nd_body *body)
{
	struct search search = {.body = body};

	search.list = x_new(ctx, struct nd_maillink_list);
	search.seen = nd_map_new(search.list);
	for (size_t i = 0; body && i < body->line_count && i < LOOK_LINES &&
	                   search.list->count < ND_LIMIT_MAIL_LINKS;
	     i++)
		if (is_own(body, i))
			search_line(&search, i);
	TALLOC_FREE(search.seen);
	return search.list;
}
