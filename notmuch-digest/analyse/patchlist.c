/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analyse/patchlist.h"

#include <string.h>

#include "analyse/title.h"
#include "text/phrase.h"
#include "util/limits.h"
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

/* The lists of b4 and patchwork. Returns how many commits they name. */
static size_t
read_numbered(const struct nd_mailevents *mail, struct nd_event *event)
{
	const struct nd_body *body = mail->message->body;
	size_t found = 0;
	int total = 1, most = 0;

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
		if (!id)
			continue;
		nd_mailevents_add_commit(mail->thread, event, id, len);
		nd_mailevents_add_patch(mail->thread, event, number);
		found++;
	}
	/* All of them: then no numbers are needed. */
	if (event->patch_count == (size_t)most)
		event->patch_count = 0;
	return found;
}

/* The patch of the thread with this title: its number; 0: there is none. */
static int
number_by_title(const struct nd_thread *thread, const char *text, size_t len,
                int *total)
{
	struct nd_title title, other;

	nd_title_read(text, len, &title);
	for (size_t i = thread->message_count; title.count > 1 && i > 0; i--) {
		const struct nd_subject *parts = thread->message[i - 1]->parts;

		if (!parts || parts->number < 1 ||
		    parts->flags & ND_SUBJECT_REPLY)
			continue;
		nd_title_read(parts->title, strlen(parts->title), &other);
		if (nd_title_likeness(&title, &other) == 100) {
			*total = parts->total;
			return parts->number;
		}
	}
	return 0;
}

/* The commit id that a line begins with: has digits and letters, no word. */
static size_t
leading_commit(const char **text, size_t *len)
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
	return digits > 0 && digits < size ? size : 0;
}

/* "3bf0a93dcc92 foo: a", "foo: a (3bf0a93)": hashes, one a line. */
static size_t
read_hashes(const struct nd_mailevents *mail, struct nd_event *event)
{
	const struct nd_body *body = mail->message->body;
	size_t found = 0, numbered = 0;
	int total = 0;

	for (size_t i = 0; i < body->line_count; i++) {
		const char *text = body->text + body->line[i].start;
		size_t len = body->line[i].len, size;
		int number;

		if (body->line[i].kind != ND_LINE_OWN)
			continue;
		size = leading_commit(&text, &len);
		if (size == 0)
			continue;
		nd_mailevents_add_commit(mail->thread, event, text, size);
		found++;
		text += size;
		len -= size;
		nd_mem_trim(&text, &len);
		if (len > 4 && nd_mem_starts(text, len, "(\"")) {
			text += 2;
			len -= 4;
		}
		number = number_by_title(mail->thread, text, len, &total);
		if (number == 0)
			continue;
		nd_mailevents_add_patch(mail->thread, event, number);
		numbered++;
	}
	/* All, or those of which nobody can say which they are. */
	if (numbered < found || event->patch_count == (size_t)total)
		event->patch_count = 0;
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
