/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analyse/patchlist.h"

#include <string.h>

#include "text/phrase.h"
#include "text/title.h"
#include "util/alloc.h"
#include "util/limits.h"
#include "util/map.h"
#include "util/str.h"

enum {
	LIST_LINES = 3,    /* from "[n/m] subject" to its commit */
	COMMIT_DIGITS = 40 /* as git writes it in a patch */
};

/* "[3/5] subject", "  - [net-next,v2,3/5] subject": 3; 0: it is none. */
static int
listed_patch(const char *text, size_t len, int *total)
{
	int number = 0;
	bool dashed;

	nd_mem_trim(&text, &len);
	dashed = len > 2 && text[0] == '-' && text[1] == ' ';
	if (dashed) {
		text += 2;
		len -= 2;
	}
	if (len < 5 || text[0] != '[')
		return 0;
	*total = 1;
	for (size_t at = 1; at < len && text[at] != ']'; at++) {
		int n = 0, m = 0;
		size_t end = at;

		if (nd_phrase_is_word_byte(text[at - 1]) ||
		    !nd_is_digit(text[at]))
			continue;
		while (end < len && nd_is_digit(text[end]) && n < 100000)
			n = n * 10 + text[end++] - '0';
		if (end == len || text[end++] != '/')
			continue;
		while (end < len && nd_is_digit(text[end]) && m < 100000)
			m = m * 10 + text[end++] - '0';
		if (m > 0 && m <= ND_LIMIT_PATCHES && n <= m) {
			number = n;
			*total = m;
		}
	}
	if (!number && dashed && memchr(text, ']', len))
		return 1; /* "- [v2] subject": a single patch */
	return number;
}

/* The commit of "[n/m] subject" in one of the lines below; NULL. */
static const char *
commit_below(const struct nd_body *body, size_t line, size_t *len)
{
	for (size_t i = line + 1;
	     i < body->line_count && i <= line + LIST_LINES; i++) {
		const char *text = body->text + body->line[i].start, *id;
		int total;

		if (body->line[i].kind != ND_LINE_OWN)
			continue;
		if (listed_patch(text, body->line[i].len, &total) > 0)
			return NULL;
		id = nd_mailevents_find_commit(text, body->line[i].len, len);
		if (id)
			return id;
	}
	return NULL;
}

/*
 * So writes b4 of what was taken, and of which it did not find the commit; when
 * less was taken it lists only that.
 */
static bool
is_not_found(const struct nd_body *body, size_t line)
{
	const char *text;
	size_t len;

	if (line + 1 == body->line_count)
		return false;
	text = body->text + body->line[line + 1].start;
	len = body->line[line + 1].len;
	nd_mem_trim(&text, &len);
	return body->line[line + 1].kind == ND_LINE_OWN &&
	       nd_mem_starts_nocase(text, len, "(no commit info)");
}

/* The lists of b4 and patchwork. Returns how many commits they name. */
static size_t
read_numbered(const struct nd_mailevents *mail, struct nd_event *event)
{
	const struct nd_body *body = mail->message->body;
	size_t found = 0;
	int total = 1, most = 0, listed = 0;

	for (size_t i = 0; i < body->line_count; i++) {
		const struct nd_line *line = &body->line[i];
		const char *text = body->text + line->start, *id;
		size_t len;
		int number;

		if (line->kind != ND_LINE_OWN)
			continue;
		number = listed_patch(text, line->len, &total);
		if (number == 0)
			continue;
		most = total;
		id = commit_below(body, i, &len);
		listed += id || is_not_found(body, i);
		if (!id)
			continue;
		nd_mailevents_add_commit(mail->thread, event, id, len);
		nd_mailevents_add_patch(mail->thread, event, number);
		found++;
	}
	/* All of them: then no numbers are needed. */
	if (event->patch_count == (size_t)most ||
	    (listed == most &&
	     !(mail->message->parts->flags & ND_SUBJECT_SUBSET)))
		event->patch_count = 0;
	return found;
}

/* The patches of a thread by title: struct nd_subject; the newest wins. */
struct titles {
	struct nd_map *whole;
	/* Who takes a patch may change its prefix; of several patches
	 * with the same words behind it none is meant. */
	struct nd_map *inner;
};

static const struct nd_subject several;

static void
add_inner(struct nd_map *inner, const char *key, const struct nd_subject *parts)
{
	const struct nd_subject *before = nd_map_get(inner, key);

	if (before && before->number != parts->number)
		parts = &several;
	nd_map_set(inner, key, (void *)parts);
}

static struct titles
titles_of(const void *ctx, const struct nd_thread *thread)
{
	struct titles titles = {nd_map_new(ctx), nd_map_new(ctx)};
	char key[ND_TITLE_KEY_BYTES];
	struct nd_title title;

	for (size_t i = 0; i < thread->message_count; i++) {
		struct nd_subject *parts = thread->message[i]->parts;

		if (!parts || parts->number < 1 ||
		    parts->flags & ND_SUBJECT_REPLY)
			continue;
		nd_title_read(parts->title, strlen(parts->title), &title);
		if (title.count > 0)
			nd_map_set(titles.whole, nd_title_key(&title, key),
			           parts);
		if (nd_title_inner_key(&title, key))
			add_inner(titles.inner, key, parts);
	}
	return titles;
}

static const struct nd_subject *
find_titled(const struct titles *titles, const char *text, size_t len)
{
	const struct nd_subject *parts;
	char key[ND_TITLE_KEY_BYTES];
	struct nd_title title;

	nd_title_read(text, len, &title);
	parts = nd_map_get(titles->whole, nd_title_key(&title, key));
	if (!parts && nd_title_inner_key(&title, key))
		parts = nd_map_get(titles->inner, key);
	return parts == &several ? NULL : parts;
}

/*
 * The commit id that a line begins with. A word may look like one, and a number:
 * *sure when it has digits and letters.
 */
static size_t
leading_commit(const char **text, size_t *len, bool *sure)
{
	size_t size, digits = 0;

	nd_mem_trim(text, len);
	if (*len > 2 && strchr("*-", **text) && (*text)[1] == ' ') {
		*text += 2;
		*len -= 2;
	}
	if (nd_mem_starts_nocase(*text, *len, "commit ")) {
		*text += strlen("commit ");
		*len -= strlen("commit ");
	}
	size = nd_mailevents_commit_len(*text, *len);
	for (size_t i = 0; i < size; i++)
		digits += nd_is_digit((*text)[i]);
	*sure = digits > 0 && digits < size;
	return size;
}

/* A line "3bf0a93dcc92 foo: a". */
struct hash_line {
	const char *id;
	size_t len;
	int number, total; /* of the patch with that title; 0: none has it */
};

static bool
read_hash(const struct nd_mailevents *mail, const struct titles *titles,
          size_t line, struct hash_line *out)
{
	const struct nd_subject *parts;
	const struct nd_body *body = mail->message->body;
	const char *text = body->text + body->line[line].start;
	size_t len = body->line[line].len;
	bool sure;

	*out = (struct hash_line){0};
	if (body->line[line].kind != ND_LINE_OWN)
		return false;
	out->len = leading_commit(&text, &len, &sure);
	if (out->len == 0)
		return false;
	out->id = text;
	text += out->len;
	len -= out->len;
	nd_mem_trim(&text, &len);
	if (len > 4 && nd_mem_starts(text, len, "(\"")) {
		text += 2;
		len -= 4;
	}
	parts = find_titled(titles, text, len);
	if (parts) {
		out->number = parts->number;
		out->total = parts->total;
	}
	return sure || parts;
}

/*
 * Hashes, one a line. A list of several series has all patches of this one and
 * others: then only these are taken.
 */
static size_t
read_hashes(const struct nd_mailevents *mail, struct nd_event *event)
{
	const struct nd_body *body = mail->message->body;
	size_t found = 0, numbered = 0;
	void *tmp = talloc_new(NULL);
	const struct titles titles = titles_of(tmp, mail->thread);
	struct hash_line hash;
	bool whole;
	int total = 0;

	for (size_t i = 0; i < body->line_count; i++) {
		if (!read_hash(mail, &titles, i, &hash))
			continue;
		found++;
		numbered += hash.number > 0;
		if (hash.number > 0) {
			total = hash.total;
			nd_mailevents_add_patch(mail->thread, event,
			                        hash.number);
		}
	}
	whole = total > 0 && event->patch_count == (size_t)total;
	for (size_t i = 0; found > 0 && i < body->line_count; i++)
		if (read_hash(mail, &titles, i, &hash) &&
		    (!whole || hash.number > 0))
			nd_mailevents_add_commit(mail->thread, event, hash.id,
			                         hash.len);
	/* All, or those of which nobody can say which they are. */
	if (whole || numbered < found)
		event->patch_count = 0;
	talloc_free(tmp);
	return found;
}

size_t
nd_patchlist_read(const struct nd_mailevents *mail, struct nd_event *event)
{
	size_t found = read_numbered(mail, event);

	return found > 0 ? found : read_hashes(mail, event);
}

bool
nd_patchlist_find(const struct nd_mailevents *mail, size_t *line)
{
	const struct nd_body *body = mail->message->body;
	size_t len;
	int total;

	for (size_t i = 0; i < body->line_count; i++) {
		const char *text = body->text + body->line[i].start;

		if (body->line[i].kind != ND_LINE_OWN ||
		    listed_patch(text, body->line[i].len, &total) == 0 ||
		    !commit_below(body, i, &len))
			continue;
		*line = i;
		return true;
	}
	return false;
}

/* "From ID Mon Sep 17 00:00:00 2001": a line of a patch that is shown. */
static bool
shows_commit(const struct nd_body *body, size_t line, const char **id)
{
	const char *text = body->text + body->line[line].start;
	size_t len = body->line[line].len, from = strlen("From ");

	if (body->line[line].kind == ND_LINE_QUOTE ||
	    !nd_mem_starts(text, len, "From ") ||
	    nd_mailevents_commit_len(text + from, len - from) != COMMIT_DIGITS)
		return false;
	*id = text + from;
	return true;
}

/* The patch that was queued, as git shows it, has its commit. */
void
nd_patchlist_add_shown(const struct nd_mailevents *mail, struct nd_event *event)
{
	const struct nd_body *body = mail->message->body;
	const char *id;

	for (size_t i = 0; i < body->line_count; i++)
		if (shows_commit(body, i, &id))
			nd_mailevents_add_commit(mail->thread, event, id,
			                         COMMIT_DIGITS);
}

/* A list of patches, or a patch as git shows it. */
bool
nd_patchlist_is_there(const struct nd_mailevents *mail)
{
	const struct nd_body *body = mail->message->body;
	const char *id;
	int total;

	for (size_t i = 0; i < body->line_count; i++)
		if (shows_commit(body, i, &id) ||
		    (body->line[i].kind == ND_LINE_OWN &&
		     listed_patch(body->text + body->line[i].start,
		                  body->line[i].len, &total) > 0))
			return true;
	return false;
}
