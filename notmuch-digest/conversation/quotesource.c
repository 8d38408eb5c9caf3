/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "conversation/quotesource.h"

#include <string.h>

#include "util/alloc.h"
#include "util/limits.h"
#include "util/str.h"

/* Letters that make a line worth looking for on its own. */
#define WORTHY_LETTERS 8
/* Bytes, blanks not counted, by which the piece of a long line is found. */
#define PIECE_BYTES 20
/* Mails with the same line that are compared: what everybody quotes is not
 * worth more. */
#define CANDIDATES 64
/* Blank lines that are passed to find the next line of a run. */
#define RUN_BLANKS 8

#define HASH_START 0xcbf29ce484222325u

struct entry {
	uint64_t hash;
	int32_t message;
	uint32_t line;
	uint32_t next; /* entry of the same bucket, plus one; 0 ends it */
};

/* By what a line is found. */
struct key {
	uint64_t hash;  /* of all of it; 0: it is not looked for */
	uint64_t piece; /* of its first PIECE_BYTES; 0: it has less */
	bool worthy;    /* has enough letters */
};

struct search {
	struct nd_thread *thread;
	struct key **key;   /* of each line of each mail */
	uint32_t *distance; /* to the mail in hand, from its ancestors; or 0 */
	struct entry *entry;
	uint32_t entry_count;
	uint32_t *bucket;
	size_t bucket_mask;
};

static uint64_t
hash_byte(uint64_t hash, char c)
{
	return (hash ^ (unsigned char)c) * 0x100000001b3u;
}

/* FNV-1a of at most most bytes that are not blanks; *used counts them. */
static uint64_t
hash_text(const char *text, size_t len, size_t most, size_t *used)
{
	uint64_t hash = HASH_START;

	*used = 0;
	for (size_t i = 0; i < len && *used < most; i++) {
		if (nd_is_space(text[i]))
			continue;
		hash = hash_byte(hash, text[i]);
		(*used)++;
	}
	return hash;
}

static bool
has_letters(const char *text, size_t len)
{
	size_t letters = 0;

	for (size_t i = 0; i < len && letters < WORTHY_LETTERS; i++)
		if (nd_is_alpha(text[i]) || (unsigned char)text[i] >= 0x80)
			letters++;
	return letters >= WORTHY_LETTERS;
}

static const struct nd_body *
body_of(const struct search *search, int32_t message)
{
	return search->thread->message[message]->body;
}

static bool
is_source(const struct nd_line *line)
{
	return line->kind == ND_LINE_OWN || line->kind == ND_LINE_DIFF;
}

/* Both hashes of a line in one walk. */
static struct key
key_of(const char *text, size_t len)
{
	struct key key = {.hash = HASH_START};
	size_t used = 0;

	for (size_t i = 0; i < len; i++) {
		if (nd_is_space(text[i]))
			continue;
		key.hash = hash_byte(key.hash, text[i]);
		if (++used == PIECE_BYTES)
			key.piece = key.hash;
	}
	if (used == 0)
		key.hash = 0;
	key.worthy = has_letters(text, len);
	return key;
}

static void
hash_lines(struct search *search, int32_t m)
{
	const struct nd_body *body = body_of(search, m);

	if (!body)
		return;
	search->key[m] = x_array(search, struct key, body->line_count);
	for (size_t i = 0; i < body->line_count; i++) {
		const struct nd_line *line = &body->line[i];

		if (is_source(line) || line->kind == ND_LINE_QUOTE)
			search->key[m][i] =
				key_of(body->text + line->start, line->len);
	}
}

static void
add_entry(struct search *search, uint64_t hash, int32_t m, size_t line)
{
	uint32_t *bucket = &search->bucket[hash & search->bucket_mask];
	struct entry *entry = &search->entry[search->entry_count++];

	*entry = (struct entry){hash, m, (uint32_t)line, *bucket};
	*bucket = search->entry_count;
}

static void
add_piece(struct search *search, uint64_t hash, int32_t m, size_t i,
          bool count_only)
{
	if (count_only)
		search->entry_count++;
	else
		add_entry(search, ~hash, m, i);
}

/* Of a flowed paragraph: from each of its words on. */
static void
add_flowed_pieces(struct search *search, int32_t m, size_t i, bool count_only)
{
	const struct nd_body *body = body_of(search, m);
	const struct nd_line *line = &body->line[i];
	const char *text = body->text + line->start;
	bool word = true;

	for (size_t at = 0; at < line->len; at++) {
		size_t used;
		uint64_t hash;

		if (nd_is_space(text[at])) {
			word = true;
			continue;
		}
		if (!word)
			continue;
		word = false;
		hash = hash_text(text + at, line->len - at, PIECE_BYTES, &used);
		if (used < PIECE_BYTES)
			break;
		add_piece(search, hash, m, i, count_only);
	}
}

/* The first words of a line. */
static void
add_pieces(struct search *search, int32_t m, size_t i, bool count_only)
{
	const struct key *key = &search->key[m][i];

	if (body_of(search, m)->line[i].fixed)
		add_flowed_pieces(search, m, i, count_only);
	else if (key->piece)
		add_piece(search, key->piece, m, i, count_only);
}

/* Own lines of a mail go into the table; count_only to learn its size. */
static void
add_lines(struct search *search, int32_t m, bool count_only)
{
	const struct nd_body *body = body_of(search, m);

	for (size_t i = 0; body && i < body->line_count; i++) {
		if (!is_source(&body->line[i]) || !search->key[m][i].worthy)
			continue;
		if (count_only)
			search->entry_count++;
		else
			add_entry(search, search->key[m][i].hash, m, i);
		add_pieces(search, m, i, count_only);
	}
}

/*
 * How good a source is a mail for a line that is quoted so deep? The ancestor
 * that many steps up is the best, then the other ancestors, then the latest of
 * the others.
 */
static int64_t
goodness(const struct search *search, int32_t m, unsigned depth)
{
	uint32_t steps = search->distance[m];

	if (steps == 0)
		return m;
	return ((int64_t)1 << 40) -
	       (steps > depth ? steps - depth : depth - steps);
}

static const struct entry *
find(const struct search *search, uint64_t hash, unsigned depth)
{
	uint32_t next = search->bucket[hash & search->bucket_mask];
	const struct entry *best = NULL;

	for (unsigned n = 0; next && n < CANDIDATES; n++) {
		const struct entry *entry = &search->entry[next - 1];

		next = entry->next;
		if (entry->hash != hash)
			continue;
		if (!best || goodness(search, entry->message, depth) >
		                     goodness(search, best->message, depth))
			best = entry;
	}
	return best;
}

static const struct entry *
find_line(const struct search *search, int32_t m, size_t i)
{
	const struct nd_body *body = body_of(search, m);
	const struct nd_line *line = &body->line[i];
	const struct key *key = &search->key[m][i];
	const struct entry *found;

	if (!key->worthy)
		return NULL;
	found = find(search, key->hash, line->depth);
	if (found || !key->piece)
		return found;
	return find(search, ~key->piece, line->depth);
}

/* The line beside line i of mail m that is not blank; SIZE_MAX for none. */
static size_t
neighbour(const struct search *search, int32_t m, size_t i, int step)
{
	const struct nd_body *body = body_of(search, m);

	for (unsigned n = 0; n <= RUN_BLANKS; n++) {
		i += (size_t)step; /* below 0 it wraps, over line_count */
		if (i >= body->line_count)
			return SIZE_MAX;
		if (search->key[m][i].hash && is_source(&body->line[i]))
			return i;
		if (body->line[i].len > 0)
			return SIZE_MAX;
	}
	return SIZE_MAX;
}

/*
 * Link quoted line i to the neighbour of the line that its own neighbour came
 * from, when they are the same.
 */
static bool
extend(struct search *search, int32_t m, size_t i, const struct nd_line *beside,
       int step)
{
	struct nd_line *line = &body_of(search, m)->line[i];
	size_t source =
		neighbour(search, beside->source, beside->source_line, step);

	if (source == SIZE_MAX ||
	    search->key[beside->source][source].hash != search->key[m][i].hash)
		return false;
	line->source = beside->source;
	line->source_line = (uint32_t)source;
	return true;
}

/* Lines of few letters above a line that has been found. */
static void
extend_up(struct search *search, int32_t m, size_t i)
{
	const struct nd_body *body = body_of(search, m);
	const struct nd_line *beside = &body->line[i];

	while (i-- > 0) {
		const struct nd_line *line = &body->line[i];

		if (line->kind != ND_LINE_QUOTE || line->depth != beside->depth)
			return;
		if (line->len == 0)
			continue;
		if (line->source != ND_NO_MESSAGE ||
		    !extend(search, m, i, beside, -1))
			return;
		beside = line;
	}
}

static void
link_quotes(struct search *search, int32_t m)
{
	const struct nd_body *body = body_of(search, m);
	const struct nd_line *above = NULL; /* the last one that was found */

	for (size_t i = 0; i < body->line_count; i++) {
		struct nd_line *line = &body->line[i];
		const struct entry *found;

		if (line->kind != ND_LINE_QUOTE) {
			above = NULL;
			continue;
		}
		if (line->len == 0)
			continue;
		if (above && above->depth == line->depth &&
		    extend(search, m, i, above, 1)) {
			above = line;
			continue;
		}
		found = find_line(search, m, i);
		above = NULL;
		if (!found)
			continue;
		line->source = found->message;
		line->source_line = found->line;
		extend_up(search, m, i);
		above = line;
	}
}

/* Note how far up the ancestors of m are, or forget it again. */
static void
mark_ancestors(struct search *search, int32_t m, bool set)
{
	int32_t at = search->thread->message[m]->parent;

	for (uint32_t n = 1; at != ND_NO_MESSAGE && n <= ND_LIMIT_QUOTE_DEPTH;
	     n++) {
		search->distance[at] = set ? n : 0;
		at = search->thread->message[at]->parent;
	}
}

static void
search_mail(struct search *search, int32_t m)
{
	if (!body_of(search, m))
		return;
	mark_ancestors(search, m, true);
	link_quotes(search, m);
	mark_ancestors(search, m, false);
	add_lines(search, m, false);
}

/*
 * Mails in the order of their dates, but never before their parents: clocks
 * are wrong.
 */
static void
search_all(struct search *search)
{
	size_t count = search->thread->message_count;
	bool *done = x_array(search, bool, count);
	int32_t *chain = x_array(search, int32_t, count);

	for (size_t i = 0; i < count; i++) {
		int32_t at = (int32_t)i;
		size_t len = 0;

		while (at != ND_NO_MESSAGE && !done[at]) {
			done[at] = true;
			chain[len++] = at;
			at = search->thread->message[at]->parent;
		}
		while (len > 0)
			search_mail(search, chain[--len]);
	}
}

static bool
has_quotes(const struct nd_thread *thread)
{
	for (size_t m = 0; m < thread->message_count; m++) {
		const struct nd_body *body = thread->message[m]->body;

		for (size_t i = 0; body && i < body->line_count; i++)
			if (body->line[i].kind == ND_LINE_QUOTE)
				return true;
	}
	return false;
}

void
nd_quotesource_find(struct nd_thread *thread)
{
	struct search *search;
	size_t count = thread->message_count, size = 16;

	if (count < 2 || !has_quotes(thread))
		return;
	search = x_new(NULL, struct search);
	search->thread = thread;
	search->key = x_array(search, struct key *, count);
	search->distance = x_array(search, uint32_t, count);
	for (size_t i = 0; i < count; i++) {
		hash_lines(search, (int32_t)i);
		add_lines(search, (int32_t)i, true);
	}
	while (size < search->entry_count)
		size *= 2;
	search->bucket = x_array(search, uint32_t, size);
	search->bucket_mask = size - 1;
	search->entry = x_array(search, struct entry, search->entry_count + 1);
	search->entry_count = 0;
	search_all(search);
	talloc_free(search);
}
