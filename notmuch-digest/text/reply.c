/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text/reply.h"

#include "text/phrase.h"
#include "util/alloc.h"
#include "util/str.h"

enum { SHORT_BYTES = 40 }; /* of a sentence that is only polite */

/* "Thanks for the review.", "Sorry for the delay.", "Hi Ann," */
static bool
is_courtesy(const struct nd_utterance *said)
{
	static const struct nd_phrase openings[] = {
		{"best regards", 1}, {"cheers", 1},    {"kind regards", 1},
		{"many thanks", 1},  {"oops", 1},      {"regards", 1},
		{"sorry about", 1},  {"sorry for", 1}, {"thank", 1},
		{"thanks", 1},       {"thx", 1},
	};

	if (nd_phrases_at(ND_PHRASES(openings), said->text, said->len, NULL) ||
	    nd_mem_starts(said->text, said->len, "--"))
		return true;
	return said->len <= SHORT_BYTES &&
	       (said->text[said->len - 1] == ',' ||
	        nd_mem_find_nocase(said->text, said->len, "thank"));
}

/* "Max", "Max Maintain", below all the rest. */
static bool
is_signature(const struct nd_utterance *said)
{
	static const struct nd_phrase answers[] = {
		{"ack", 1},   {"agreed", 1}, {"done", 1}, {"fixed", 1},
		{"no", 1},    {"nope", 1},   {"ok", 1},   {"okay", 1},
		{"right", 1}, {"sure", 1},   {"yep", 1},  {"yes", 1},
	};
	size_t words = 0;

	if (!said->opens || said->len > SHORT_BYTES ||
	    nd_phrases_at(ND_PHRASES(answers), said->text, said->len, NULL))
		return false;
	for (size_t i = 0; i < said->len; i++) {
		char c = said->text[i];

		if (!nd_phrase_is_word_byte(c) && c != ' ' && c != '-')
			return false;
		if (i > 0 && said->text[i - 1] != ' ')
			continue;
		if (c >= 'a' && c <= 'z')
			return false;
		words++;
	}
	return words <= 2;
}

/* Said below a question by those who cannot answer it, either. */
static bool
is_aside(const struct nd_utterance *said)
{
	static const struct nd_phrase asides[] = {
		{"don't know", 1},     {"fair question", 1},
		{"good point", 1},     {"good question", 1},
		{"me too", 1},         {"no clue", 1},
		{"no idea", 1},        {"same here", 1},
		{"same question", 1},  {"same thing here", 1},
		{"valid question", 1},
	};

	return nd_mem_starts(said->text, said->len, "+1") ||
	       nd_phrases_in(ND_PHRASES(asides), said->text, said->len) != 0;
}

static unsigned
says_of(const struct nd_utterance *said)
{
	if (is_courtesy(said))
		return 0;
	if (nd_utterance_question_marks(said) > 0)
		return ND_REPLY_ASKS;
	return is_aside(said) ? ND_REPLY_ASIDE : ND_REPLY_STATES;
}

/* A line that a quote goes on with: also a blank one between two quotes. */
static bool
goes_on(const struct nd_line *line)
{
	return line->kind == ND_LINE_QUOTE || line->kind == ND_LINE_BLANK;
}

/* The next quote at or behind *line; false: there is none. */
static bool
next_part(const struct nd_body *body, size_t *line, struct nd_reply_part *part)
{
	const struct nd_line *lines = body->line;
	size_t at = *line;

	while (at < body->line_count && lines[at].kind != ND_LINE_QUOTE)
		at++;
	if (at == body->line_count)
		return false;
	part->first = part->last = at;
	for (; at < body->line_count && goes_on(&lines[at]); at++)
		if (lines[at].kind == ND_LINE_QUOTE)
			part->last = at;
	part->paragraph = part->last;
	while (part->paragraph > part->first &&
	       lines[part->paragraph - 1].kind == ND_LINE_QUOTE &&
	       lines[part->paragraph - 1].len > 0)
		part->paragraph--;
	part->end = at;
	if (at < body->line_count && lines[at].kind == ND_LINE_OWN)
		while (part->end < body->line_count &&
		       lines[part->end].kind != ND_LINE_QUOTE)
			part->end++;
	*line = part->end;
	return true;
}

/* Only quotes with words below are parts. */
static void
add_part(const void *ctx, struct nd_reply *reply, struct nd_reply_part part,
         size_t *next)
{
	const struct nd_utterances *all = &reply->said;

	while (*next < all->count && all->utterance[*next].line < part.last)
		++*next;
	for (; *next < all->count && all->utterance[*next].line < part.end;
	     ++*next)
		part.says |= says_of(&all->utterance[*next]);
	if (part.says)
		*x_append(ctx, reply->part, reply->count) = part;
}

struct nd_reply
nd_reply_read(const void *ctx, const struct nd_body *body,
              struct nd_utterances said)
{
	struct nd_reply reply = {.said = said};
	struct nd_utterances *all = &reply.said;
	struct nd_reply_part part = {0};
	size_t line = 0, next = 0;

	if (all->count > 1 && is_signature(&all->utterance[all->count - 1]))
		all->count--;
	for (size_t i = 0; i < all->count; i++)
		reply.says |= says_of(&all->utterance[i]);
	while (reply.says && next_part(body, &line, &part)) {
		add_part(ctx, &reply, part, &next);
		part.says = 0;
	}
	return reply;
}
