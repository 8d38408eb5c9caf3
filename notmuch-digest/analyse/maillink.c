/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analyse/maillink.h"

#include <string.h>

#include "text/version.h"
#include "util/alloc.h"
#include "util/archiveurl.h"
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

	if (*text != '<' || !close)
		return 0;
	inner = (size_t)(close - text) - 1;
	for (size_t i = 1; i <= inner && text[i] != '@'; i++)
		digits += nd_is_digit(text[i]);
	if (digits < ID_DIGITS)
		return 0;
	*id = nd_archiveurl_unescape(ctx, text + 1, inner);
	return *id ? inner + 2 : 0;
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
			id = nd_archiveurl_id(search->list, line.at + at, len);
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
