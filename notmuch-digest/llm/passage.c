/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "llm/passage.h"

#include <stdint.h>
#include <string.h>

#include "util/alloc.h"
#include "util/hashset.h"
#include "util/limits.h"
#include "util/map.h"
#include "util/shingle.h"
#include "util/str.h"
#include "util/utf8.h"

enum {
	ADDRESS_BYTES = 254, /* of one half of an address */
	MARK_BYTES = 24,     /* "Bob Smith> " is a quote mark */
	INITIALS_BYTES = 6,  /* "SR: ", "12| " */
	INDENT = 4,          /* blanks that set a quote off */
	LINE_WORDS = 2,      /* of a line that is compared whole */
	CLOCK_ROUNDS = 8,    /* answers that stand before what they answer */
};

/* "SR> ", "Bob Smith> ", "12: ": a mark with letters in it; its bytes or 0. */
static size_t
lettered_mark(const char *text, size_t len)
{
	size_t at = 0, words = 0;

	for (; at < len && at < MARK_BYTES && text[at] != '>'; at++)
		if (!nd_is_alpha(text[at]) && !nd_is_digit(text[at]) &&
		    !strchr(" .-_", text[at]))
			break;
	if (at < len && at > 0 && text[at] == '>')
		return at + 1;
	for (at = 0; at < len && at < INITIALS_BYTES; at++, words++)
		if (!nd_is_alpha(text[at]) && !nd_is_digit(text[at]))
			break;
	while (words > 0 && at < len && text[at] == ' ')
		at++;
	return words > 0 && at < len && strchr("|:}]#%~*", text[at]) ? at + 1
	                                                             : 0;
}

/* All marks in front of a line, plain and lettered ones. */
static size_t
pass_marks(const char *text, size_t len)
{
	size_t at = 0, mark;

	do {
		size_t next = at;

		while (next < len) {
			int32_t c = nd_utf8_next(text, len, &next);

			if (nd_utf8_letter(c) != ND_LETTER_NONE)
				break;
			at = next;
		}
		mark = lettered_mark(text + at, len - at);
		at += mark;
	} while (mark > 0);
	return at;
}

/* Lines with their marks, and without them: the words of other lines follow. */
struct readings {
	struct nd_shingle_words *plain, *bare;
};

static struct readings *
new_readings(void)
{
	struct readings *readings = x_new(NULL, struct readings);

	readings->plain = nd_shingle_words_new(readings);
	readings->bare = nd_shingle_words_new(readings);
	return readings;
}

/* Returns the bytes of the marks. */
static size_t
add_readings(struct readings *readings, const char *text, size_t len,
             size_t line)
{
	size_t marks = pass_marks(text, len);

	nd_shingle_words_add(readings->plain, text, len, line);
	nd_shingle_words_add(readings->bare, text + marks, len - marks, line);
	return marks;
}

/* ---- what may not be shown ----------------------------------------------- */

struct nd_llm_passages {
	struct nd_hashset *shingle, *line, *subject;
	struct nd_map *addr; /* of those who wrote only such mails */
	bool *doubtful;      /* of each mail: it descends from such a mail */
};

struct building {
	struct nd_llm_passages *passages;
	const struct nd_thread *thread;
	/* Of allowed mails, with the number of the one that said it first. */
	struct nd_hashset *shingle, *line, *subject;
	uint32_t *round; /* of each mail: whose ancestor it is */
	uint32_t rounds;
};

bool
nd_llm_passage_allow(const struct nd_message *message)
{
	return (message->flags & ND_MESSAGE_SHARED) && message->body;
}

/* Without "Re:", which the subject grammar has cut off already. */
static uint64_t
subject_hash(const struct nd_message *message, size_t *count)
{
	const char *title = message->subject;

	if (message->parts)
		title = message->parts->title;
	else
		title += pass_marks(title, strlen(title));
	return nd_shingle_whole(title, strlen(title), count);
}

static void
add_allowed(struct building *b, int32_t index)
{
	const struct nd_message *message = b->thread->message[index];
	const struct nd_body *body = message->body;
	struct nd_shingle_words *words = nd_shingle_words_new(NULL);
	struct nd_shingle shingle = {.hash = 0};
	size_t count;
	uint64_t hash;

	for (size_t i = 0; i < body->line_count; i++) {
		const struct nd_line *line = &body->line[i];
		const char *text = body->text + line->start;

		if (line->kind != ND_LINE_OWN && line->kind != ND_LINE_DIFF)
			continue;
		nd_shingle_words_add(words, text, line->len, i);
		hash = nd_shingle_whole(text, line->len, &count);
		if (count > 0)
			nd_hashset_add(b->line, hash, index);
	}
	while (nd_shingle_next(words, &shingle))
		nd_hashset_add(b->shingle, shingle.hash, index);
	hash = subject_hash(message, &count);
	nd_hashset_add(b->subject, hash, index);
	talloc_free(words);
}

/* Has a mail that the one in work answers, and that may be shown, said it? */
static bool
is_taken(const struct building *b, const struct nd_hashset *set, uint64_t hash)
{
	int32_t first = nd_hashset_get(set, hash, ND_NO_MESSAGE);

	return first != ND_NO_MESSAGE && b->round[first] == b->rounds;
}

static void
add_shingles(struct building *b, const struct nd_shingle_words *words)
{
	struct nd_shingle shingle = {.hash = 0};

	while (nd_shingle_next(words, &shingle))
		if (!is_taken(b, b->shingle, shingle.hash))
			nd_hashset_add(b->passages->shingle, shingle.hash, 0);
}

static void
add_line(struct building *b, struct readings *readings, const char *text,
         size_t len)
{
	size_t marks = add_readings(readings, text, len, 0), count;
	uint64_t hash = nd_shingle_whole(text + marks, len - marks, &count);

	if (count >= LINE_WORDS && !is_taken(b, b->line, hash))
		nd_hashset_add(b->passages->line, hash, 0);
}

static void
mark_ancestors(struct building *b, const struct nd_message *message,
               const struct nd_map *index)
{
	size_t steps = 0;
	int32_t at = message->parent;

	b->rounds++;
	for (; at >= 0 && steps++ < ND_LIMIT_REFERENCES &&
	       b->round[at] != b->rounds;
	     at = b->thread->message[at]->parent)
		b->round[at] = b->rounds;
	for (size_t i = 0; i < message->reference_count; i++) {
		intptr_t known =
			nd_map_get_int(index, message->reference[i], -1);

		if (known >= 0)
			b->round[known] = b->rounds;
	}
}

static void
add_address(struct nd_map *map, const struct nd_address *who, void *what)
{
	char *addr = nd_str_lower(x_strdup(NULL, who->addr));

	if (*addr)
		nd_map_set(map, addr, what);
	talloc_free(addr);
}

/* All that the mail says of who has written it. */
static void
add_writers(struct nd_map *map, const struct nd_message *message, void *what)
{
	add_address(map, &message->from, what);
	add_address(map, &message->sender, what);
	add_address(map, &message->author, what);
}

static bool
is_withheld(const struct nd_message *message)
{
	return !(message->flags & ND_MESSAGE_SHARED);
}

/* If it must not be shown, and was read. */
static void
add_withheld(struct building *b, const struct nd_message *message,
             const struct nd_map *index)
{
	const struct nd_body *body = message->body;
	const char *at = message->withheld;
	struct readings *readings;
	size_t count;
	uint64_t hash;

	if (!is_withheld(message) || !body)
		return;
	readings = new_readings();
	mark_ancestors(b, message, index);
	while (at && *at) {
		size_t len = strcspn(at, "\n");

		add_line(b, readings, at, len);
		at += len + (at[len] == '\n');
	}
	for (size_t i = 0; !message->withheld && i < body->line_count; i++)
		add_line(b, readings, body->text + body->line[i].start,
		         body->line[i].len);
	add_shingles(b, readings->plain);
	add_shingles(b, readings->bare);
	hash = subject_hash(message, &count);
	if (count > 0 && !is_taken(b, b->subject, hash))
		nd_hashset_add(b->passages->subject, hash, 0);
	add_writers(b->passages->addr, message, b);
	talloc_free(readings);
}

static bool
names_hidden(const struct nd_message *message, const struct nd_map *hidden)
{
	for (size_t i = 0; i < message->reference_count; i++)
		if (nd_map_has(hidden, message->reference[i]))
			return true;
	return false;
}

/* A mail below one that may not be shown quotes that, most likely. */
static void
mark_doubtful(struct nd_llm_passages *passages, const struct nd_thread *thread)
{
	struct nd_map *hidden = nd_map_new(NULL);
	bool changed = true;

	passages->doubtful = x_array(passages, bool, thread->message_count + 1);
	for (size_t i = 0; i < thread->hidden_count; i++)
		if (is_withheld(thread->hidden[i]))
			nd_map_set(hidden, thread->hidden[i]->id, NULL);
	for (size_t i = 0; i < thread->message_count; i++)
		passages->doubtful[i] =
			names_hidden(thread->message[i], hidden);
	talloc_free(hidden);
	/* Answers follow what they answer, but for wrong clocks. */
	for (int rounds = 0; changed && rounds < CLOCK_ROUNDS; rounds++) {
		changed = false;
		for (size_t i = 0; i < thread->message_count; i++) {
			int32_t parent = thread->message[i]->parent;

			if (parent < 0 || passages->doubtful[i] ||
			    (nd_llm_passage_allow(thread->message[parent]) &&
			     !passages->doubtful[parent]))
				continue;
			passages->doubtful[i] = changed = true;
		}
	}
}

static size_t
count_withheld(const struct nd_thread *thread)
{
	size_t count = 0;

	for (size_t i = 0; i < thread->message_count; i++)
		count += !nd_llm_passage_allow(thread->message[i]);
	for (size_t i = 0; i < thread->hidden_count; i++)
		count += is_withheld(thread->hidden[i]);
	return count;
}

static void
build(struct building *b, const struct nd_map *index)
{
	const struct nd_thread *thread = b->thread;

	for (size_t i = 0; i < thread->message_count; i++)
		if (nd_llm_passage_allow(thread->message[i]))
			add_allowed(b, (int32_t)i);
	for (size_t i = 0; i < thread->message_count; i++)
		add_withheld(b, thread->message[i], index);
	for (size_t i = 0; i < thread->hidden_count; i++)
		add_withheld(b, thread->hidden[i], index);
	/* Who wrote one that may be shown, too, is no secret. */
	for (size_t i = 0; i < thread->message_count; i++)
		if (nd_llm_passage_allow(thread->message[i]))
			add_writers(b->passages->addr, thread->message[i],
			            NULL);
}

struct nd_llm_passages *
nd_llm_passage_new(const void *ctx, const struct nd_thread *thread)
{
	struct nd_llm_passages *passages;
	struct building *b;
	struct nd_map *index;

	if (count_withheld(thread) == 0)
		return NULL;
	passages = x_new(ctx, struct nd_llm_passages);
	passages->addr = nd_map_new(passages);
	passages->shingle = nd_hashset_new(passages);
	passages->line = nd_hashset_new(passages);
	passages->subject = nd_hashset_new(passages);
	b = x_new(NULL, struct building);
	b->shingle = nd_hashset_new(b);
	b->line = nd_hashset_new(b);
	b->subject = nd_hashset_new(b);
	b->passages = passages;
	b->thread = thread;
	b->round = x_array(b, uint32_t, thread->message_count + 1);
	index = nd_map_new(b);
	for (size_t i = 0; i < thread->message_count; i++)
		nd_map_set_int(index, thread->message[i]->id, (intptr_t)i);
	build(b, index);
	mark_doubtful(passages, thread);
	talloc_free(b);
	return passages;
}

/* ---- looking for it ------------------------------------------------------ */

/* Marks the lines of their shingles; does any hold one? */
static bool
mark_shingles(const struct nd_llm_passages *passages,
              const struct nd_shingle_words *words, bool *marked)
{
	struct nd_shingle shingle = {.hash = 0};
	bool found = false;

	while (nd_shingle_next(words, &shingle)) {
		if (!nd_hashset_has(passages->shingle, shingle.hash))
			continue;
		found = true;
		for (size_t i = shingle.first; i < shingle.end; i++)
			marked[nd_shingle_line(words, i)] = true;
	}
	return found;
}

bool
nd_llm_passage_hold(const struct nd_llm_passages *passages, const char *text,
                    size_t len)
{
	struct nd_shingle_words *words;
	bool marked = false; /* the one line */

	if (!passages)
		return false;
	words = nd_shingle_words_new(NULL);
	nd_shingle_words_add(words, text, len, 0);
	mark_shingles(passages, words, &marked);
	talloc_free(words);
	return marked;
}

bool
nd_llm_passage_hold_subject(const struct nd_llm_passages *passages,
                            const struct nd_message *message)
{
	size_t count;

	if (!passages)
		return false;
	return nd_hashset_has(passages->subject,
	                      subject_hash(message, &count)) ||
	       nd_llm_passage_hold(passages, message->subject,
	                           strlen(message->subject));
}

/* Does an address in the line belong to somebody who must not be shown? */
static bool
holds_address(const struct nd_llm_passages *passages, const char *text,
              size_t len)
{
	for (size_t i = 0; i < len; i++) {
		size_t start = i, end = i + 1;
		char *addr;
		bool found;

		if (text[i] != '@')
			continue;
		while (start > 0 && i - start < ADDRESS_BYTES &&
		       !strchr(" \t@<>()[],;:\"'", text[start - 1]))
			start--;
		while (end < len && end - i < ADDRESS_BYTES &&
		       !strchr(" \t@<>()[],;:\"'", text[end]))
			end++;
		while (end > i && text[end - 1] == '.')
			end--;
		addr = nd_str_lower(x_strndup(NULL, text + start, end - start));
		found = nd_map_get(passages->addr, addr) != NULL;
		talloc_free(addr);
		if (found)
			return true;
	}
	return false;
}

static bool
looks_quoted(const struct nd_line *line, const char *text)
{
	size_t blanks = 0;

	if (line->kind == ND_LINE_QUOTE)
		return true;
	while (blanks < line->len && text[blanks] == ' ')
		blanks++;
	return blanks >= INDENT || (line->len > 0 && *text == '\t') ||
	       pass_marks(text, line->len) > blanks;
}

/* What a line by itself gives away. */
static bool
is_theirs(const struct nd_llm_passages *passages, const struct nd_line *line,
          const char *text, bool doubtful)
{
	size_t marks, count;
	uint64_t hash;

	if (line->kind == ND_LINE_QUOTE && line->source < 0 && doubtful)
		return true;
	if (holds_address(passages, text, line->len))
		return true;
	if (!looks_quoted(line, text))
		return false;
	marks = pass_marks(text, line->len);
	hash = nd_shingle_whole(text + marks, line->len - marks, &count);
	return count >= LINE_WORDS && nd_hashset_has(passages->line, hash);
}

/* A quote is left out from its first line that is theirs to the last one. */
static void
close_gaps(const struct nd_body *body, bool *marked)
{
	size_t last = 0;
	bool open = false;

	for (size_t i = 0; i < body->line_count; i++) {
		if (body->line[i].kind == ND_LINE_BLANK)
			open = false;
		if (!marked[i])
			continue;
		for (size_t k = last + 1; open && k < i; k++)
			marked[k] = true;
		last = i;
		open = true;
	}
}

bool *
nd_llm_passage_mark(const void *ctx, const struct nd_llm_passages *passages,
                    const struct nd_thread *thread, int32_t message)
{
	const struct nd_body *body = thread->message[message]->body;
	struct readings *readings;
	bool *marked, found = false;

	if (!passages)
		return NULL;
	readings = new_readings();
	marked = x_array(ctx, bool, body->line_count + 1);
	for (size_t i = 0; i < body->line_count; i++) {
		const struct nd_line *line = &body->line[i];
		const char *text = body->text + line->start;

		add_readings(readings, text, line->len, i);
		marked[i] = is_theirs(passages, line, text,
		                      passages->doubtful[message]);
		found |= marked[i];
	}
	found |= mark_shingles(passages, readings->plain, marked);
	found |= mark_shingles(passages, readings->bare, marked);
	talloc_free(readings);
	close_gaps(body, marked);
	if (!found)
		TALLOC_FREE(marked);
	return marked;
}
