/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analyse/patchlist.h"

#include <string.h>

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

size_t
nd_patchlist_read(const struct nd_mailevents *mail, struct nd_event *event)
{
	const struct nd_body *body = mail->message->body;
	size_t found = 0, since = LIST_LINES;
	int number = 0, total = 1, most = 0;

	for (size_t i = 0; i < body->line_count; i++) {
		const struct nd_line *line = &body->line[i];
		const char *text = body->text + line->start, *id;
		size_t id_len;
		int listed = 0;

		if (line->kind != ND_LINE_OWN)
			continue;
		listed = listed_patch(text, line->len, &total);
		if (listed > 0) {
			number = listed;
			most = total;
			since = 0;
			continue;
		}
		if (since++ >= LIST_LINES)
			continue;
		id = nd_mailevents_find_commit(text, line->len, &id_len);
		if (!id)
			continue;
		nd_mailevents_add_commit(mail->thread, event, id, id_len);
		nd_mailevents_add_patch(mail->thread, event, number);
		found++;
		since = LIST_LINES;
	}
	/* All of them: then no numbers are needed. */
	if (event->patch_count == (size_t)most)
		event->patch_count = 0;
	return found;
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
