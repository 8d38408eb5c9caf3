/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "conversation/sharedwords.h"

#include "util/alloc.h"
#include "util/hashset.h"

enum { WORDS_MOST = 1 << 20 }; /* of a thread; what is over is not compared */

struct nd_sharedwords {
	struct nd_shingle_words *words; /* of all mails; "line" is a place */
	struct nd_sharedwords_place *place;
	size_t place_count;
	struct nd_shingle last;   /* the last shingle that was added */
	struct nd_hashset *where; /* shingle -> its first word */
};

struct nd_sharedwords *
nd_sharedwords_new(const void *ctx)
{
	struct nd_sharedwords *shared = x_new(ctx, struct nd_sharedwords);

	shared->words = nd_shingle_words_new(shared);
	shared->where = nd_hashset_new(shared);
	return shared;
}

struct nd_sharedwords_place
nd_sharedwords_place(const struct nd_sharedwords *shared, size_t number)
{
	return shared->place[nd_shingle_line(shared->words, number)];
}

/* Above a quote they are copied with it. */
static bool
is_said(const struct nd_line *line)
{
	return line->kind == ND_LINE_OWN || line->kind == ND_LINE_SIGNATURE ||
	       line->kind == ND_LINE_ATTRIBUTION;
}

void
nd_sharedwords_add(struct nd_sharedwords *shared, int32_t message,
                   const struct nd_body *body)
{
	for (size_t i = 0; i < body->line_count; i++) {
		size_t len;
		const char *text = nd_message_line(body, i, &len);

		if (!is_said(&body->line[i]) || len == 0 ||
		    nd_shingle_count(shared->words) >= WORDS_MOST)
			continue;
		nd_shingle_words_add(shared->words, text, len,
		                     shared->place_count);
		*x_append(shared, shared->place, shared->place_count) =
			(struct nd_sharedwords_place){message, (uint32_t)i};
	}
	while (nd_shingle_next(shared->words, &shared->last)) {
		size_t first = shared->last.first, end = shared->last.end - 1;

		if (nd_sharedwords_place(shared, first).message ==
		    nd_sharedwords_place(shared, end).message)
			nd_hashset_add(shared->where, shared->last.hash,
			               (int32_t)first);
	}
}

/* How many words from word i on are those from number at on. */
static size_t
run_length(const struct nd_sharedwords *shared,
           const struct nd_shingle_words *words, size_t i, size_t at)
{
	size_t len = 0;
	int32_t message = nd_sharedwords_place(shared, at).message;

	while (i + len < nd_shingle_count(words) &&
	       at + len < nd_shingle_count(shared->words) &&
	       nd_shingle_word(words, i + len) ==
	               nd_shingle_word(shared->words, at + len) &&
	       nd_sharedwords_place(shared, at + len).message == message)
		len++;
	return len;
}

bool
nd_sharedwords_find(const struct nd_sharedwords *shared,
                    const struct nd_shingle_words *words, size_t *from)
{
	struct nd_shingle shingle = {.hash = 0};
	size_t done = 0; /* words that are known */

	for (size_t i = 0; i < nd_shingle_count(words); i++)
		from[i] = SIZE_MAX;
	while (nd_shingle_next(words, &shingle)) {
		int32_t at;
		size_t len;

		if (shingle.end <= done)
			continue;
		at = nd_hashset_get(shared->where, shingle.hash, -1);
		if (at < 0)
			continue;
		len = run_length(shared, words, shingle.first, (size_t)at);
		if (len < ND_SHINGLE_WORDS)
			continue;
		/* What is known keeps its origin. */
		for (size_t k = 0; k < len; k++)
			if (shingle.first + k >= done)
				from[shingle.first + k] = (size_t)at + k;
		done = shingle.first + len;
	}
	return done > 0;
}

bool
nd_sharedwords_has(const struct nd_sharedwords *shared, size_t first,
                   size_t end, uint64_t word)
{
	for (size_t i = first; i < end; i++)
		if (nd_shingle_word(shared->words, i) == word)
			return true;
	return false;
}
