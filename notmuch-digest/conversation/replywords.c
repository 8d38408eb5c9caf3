/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "conversation/replywords.h"

#include <string.h>

#include "text/lineform.h"
#include "util/alloc.h"
#include "util/str.h"

enum {
	WRAPPED_LINES = 3, /* around the end of a line that was wrapped */
	LOOSE_WORDS = 5,   /* in a line of so many one may be another */
	MARK_BYTES = 12    /* "Name> " */
};

size_t
nd_replywords_mark(const char *text, size_t len)
{
	size_t at = 0, name;

	while (at < len && strchr("|>}:% \t", text[at]))
		at++;
	for (name = at; name < len && name < MARK_BYTES; name++)
		if (!nd_is_alnum(text[name]) && text[name] != ' ')
			break;
	return name > at && name < len && text[name] == '>' ? name + 1 : at;
}

/* "#syz fix: …": is it what a robot is told? */
static bool
is_command(const char *text, size_t len)
{
	return len > 1 && *text == '#' && nd_is_alpha(text[1]);
}

/* "[2/5] title", "* [PATCH 2/5] title", "mm: title": of what is there. */
static bool
is_title(const char *text, size_t len)
{
	size_t at = nd_lineform_bullet(text, len), word;

	if (at < len && text[at] == '[')
		return memchr(text, ']', len) != NULL;
	for (word = at; word < len && !nd_is_space(text[word]); word++)
		;
	return word > at && text[word - 1] == ':';
}

static bool
is_prose(const char *text, size_t len)
{
	struct nd_lineform form = nd_lineform_read(text, len);

	return form.len > 0 && !is_command(form.text, form.len) &&
	       !is_title(form.text, form.len) &&
	       !nd_lineform_is_code(&form, false) &&
	       !nd_lineform_is_trailer(&form) && !nd_lineform_is_url(&form) &&
	       !nd_lineform_is_shortlog(&form) && !form.gap;
}

/* Words that are no part of a path, a name in code, a URL. */
static uint32_t
count_plain(const char *text, size_t len)
{
	uint32_t count = 0;

	for (size_t at = 0; at < len;) {
		size_t start = at, odd = 0, letters = 0;

		while (at < len && !nd_is_space(text[at])) {
			odd += strchr("/_=<>{}[]|\\@:;", text[at]) &&
			       at + 1 < len && !nd_is_space(text[at + 1]);
			letters += nd_is_alpha(text[at]) ||
			           (unsigned char)text[at] >= 0x80;
			at++;
		}
		/* Without blanks, one may be a whole sentence. */
		if (odd == 0 && letters > 0)
			count += letters > 30 ? (uint32_t)letters / 6 : 1;
		at += at == start || at < len;
	}
	return count;
}

/* Lines below or above, without a blank one between, that have an own one. */
static bool
touches_own(const struct nd_body *body, size_t line, int step)
{
	for (unsigned n = 0; n < WRAPPED_LINES; n++) {
		line += (size_t)step; /* below 0 it wraps, over line_count */
		if (line >= body->line_count ||
		    body->line[line].kind == ND_LINE_BLANK)
			return false;
		if (body->line[line].kind == ND_LINE_OWN)
			return true;
	}
	return false;
}

/* Its own words, and quotes that the end of a wrapped line may belong to. */
static bool
is_compared(const struct nd_body *body, size_t line)
{
	return body->line[line].kind == ND_LINE_OWN ||
	       (body->line[line].kind == ND_LINE_QUOTE &&
	        (touches_own(body, line, -1) || touches_own(body, line, 1)));
}

static void
read_lines(struct nd_replywords *reply, const struct nd_body *body)
{
	bool told = false; /* the line above commands a robot */

	for (size_t i = 0; i < body->line_count; i++) {
		size_t len, mark;
		const char *text = nd_message_line(body, i, &len);

		reply->line[i].first = (uint32_t)nd_shingle_count(reply->words);
		if (!is_compared(body, i))
			continue;
		mark = nd_replywords_mark(text, len);
		nd_shingle_words_add(reply->words, text + mark, len - mark, i);
		if (body->line[i].kind != ND_LINE_OWN)
			continue;
		if (!told && is_prose(text + mark, len - mark))
			reply->line[i].plain = count_plain(text, len);
		told = is_command(text, len);
	}
	reply->line[body->line_count].first =
		(uint32_t)nd_shingle_count(reply->words);
}

size_t
nd_replywords_count(const struct nd_replywords *reply, size_t line)
{
	return reply->line[line + 1].first - reply->line[line].first;
}

size_t
nd_replywords_covered(const struct nd_replywords *reply,
                      const struct nd_replywords_run *run, size_t line)
{
	size_t first = reply->line[line].first,
	       end = reply->line[line + 1].first;

	first = first < run->first ? run->first : first;
	end = end > run->end ? run->end : end;
	return end > first ? end - first : 0;
}

bool
nd_replywords_fills(const struct nd_replywords *reply,
                    const struct nd_replywords_run *run, size_t line)
{
	size_t words = nd_replywords_count(reply, line);

	return words > 0 && nd_replywords_covered(reply, run, line) +
	                                    (words >= LOOSE_WORDS) >=
	                            words;
}

/* Said by its author, not copied from the signature of an earlier mail. */
static bool
was_said(const struct nd_replywords *reply, size_t word)
{
	struct nd_sharedwords_place place =
		nd_sharedwords_place(reply->shared, reply->from[word]);

	return reply->thread->message[place.message]
	               ->body->line[place.line]
	               .kind == ND_LINE_OWN;
}

static void
weigh(const struct nd_replywords *reply, struct nd_replywords_run *run)
{
	for (size_t i = run->first_line; i <= run->last_line; i++) {
		const struct nd_replywords_line *line = &reply->line[i];
		size_t words = nd_replywords_covered(reply, run, i);
		size_t start =
			line->first < run->first ? run->first : line->first;

		if (words == 0 || line->plain == 0 || !was_said(reply, start))
			continue;
		run->words += words < line->plain ? words : line->plain;
		run->lines += nd_replywords_fills(reply, run, i);
	}
}

bool
nd_replywords_next(const struct nd_replywords *reply,
                   struct nd_replywords_run *run)
{
	size_t count = nd_shingle_count(reply->words), i = run->end;

	while (i < count && reply->from[i] == SIZE_MAX)
		i++;
	if (i == count)
		return false;
	*run = (struct nd_replywords_run){.first = i};
	run->source =
		nd_sharedwords_place(reply->shared, reply->from[i]).message;
	for (i++; i < count && reply->from[i] == reply->from[i - 1] + 1 &&
	          nd_sharedwords_place(reply->shared, reply->from[i]).message ==
	                  run->source;
	     i++)
		;
	run->end = i;
	run->first_line = nd_shingle_line(reply->words, run->first);
	run->last_line = nd_shingle_line(reply->words, i - 1);
	weigh(reply, run);
	return true;
}

struct nd_replywords *
nd_replywords_new(const void *ctx, const struct nd_thread *thread,
                  const struct nd_sharedwords *shared,
                  const struct nd_body *body)
{
	struct nd_replywords *reply = x_new(ctx, struct nd_replywords);

	reply->thread = thread;
	reply->shared = shared;
	reply->words = nd_shingle_words_new(reply);
	reply->line =
		x_array(reply, struct nd_replywords_line, body->line_count + 1);
	read_lines(reply, body);
	reply->from =
		x_array(reply, size_t, nd_shingle_count(reply->words) + 1);
	if (!nd_sharedwords_find(shared, reply->words, reply->from))
		TALLOC_FREE(reply);
	return reply;
}
