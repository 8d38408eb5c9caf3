/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "llm/passage.h"

#include <stdint.h>
#include <string.h>

#include "util/alloc.h"
#include "util/limits.h"
#include "util/map.h"
#include "util/segment.h"
#include "util/str.h"
#include "util/utf8.h"

enum {
	ADDRESS_BYTES = 254, /* of one half of an address */
	MARK_BYTES = 24,     /* "Bob Smith> " is a quote mark */
	INITIALS_BYTES = 6,  /* "SR: ", "12| " */
	INDENT = 4,          /* blanks that set a quote off */
	LINE_WORDS = 2,      /* of a line that is compared whole */
	SET_SIZE = 1024,     /* at first; a power of two */
};

#define HASH_START 0xcbf29ce484222325u
#define HASH_STEP 0x100000001b3u
#define RUN_STEP 0x9e3779b97f4a7c15u

/* ---- sets of hashes, each with a number ---------------------------------- */

struct entry {
	uint64_t key; /* 0: free */
	int32_t value;
};

struct set {
	struct entry *entry;
	size_t size, used;
};

static struct entry *
slot(const struct set *set, uint64_t key)
{
	size_t at = (size_t)(key * RUN_STEP >> 20) & (set->size - 1);

	while (set->entry[at].key && set->entry[at].key != key)
		at = (at + 1) & (set->size - 1);
	return &set->entry[at];
}

static void
grow(const void *ctx, struct set *set)
{
	struct set old = *set;

	set->size = old.size ? old.size * 2 : SET_SIZE;
	set->entry = x_array(ctx, struct entry, set->size);
	for (size_t i = 0; i < old.size; i++)
		if (old.entry[i].key)
			*slot(set, old.entry[i].key) = old.entry[i];
	talloc_free(old.entry);
}

/* The first value of a key stays. */
static void
set_add(const void *ctx, struct set *set, uint64_t key, int32_t value)
{
	struct entry *entry;

	if (set->used * 2 >= set->size)
		grow(ctx, set);
	key = key ? key : 1;
	entry = slot(set, key);
	if (entry->key)
		return;
	entry->key = key;
	entry->value = value;
	set->used++;
}

static const struct entry *
set_find(const struct set *set, uint64_t key)
{
	const struct entry *entry;

	if (set->size == 0)
		return NULL;
	entry = slot(set, key ? key : 1);
	return entry->key ? entry : NULL;
}

/* ---- words --------------------------------------------------------------- */

/* The words of several lines: a hash of each, and where it stands. */
struct words {
	uint64_t *hash;
	uint32_t *line;
	size_t count, size;
};

static void
add_word(struct words *words, uint64_t hash, size_t line)
{
	if (words->count == words->size) {
		words->size = words->size ? words->size * 2 : 256;
		words->hash = x_check(talloc_realloc(words, words->hash,
		                                     uint64_t, words->size));
		words->line = x_check(talloc_realloc(words, words->line,
		                                     uint32_t, words->size));
	}
	words->hash[words->count] = hash;
	words->line[words->count++] = (uint32_t)line;
}

static void
add_words(struct words *words, const char *text, size_t len, size_t line)
{
	char *folded = nd_segment_fold(NULL, text, len);
	size_t end = strlen(folded);
	uint64_t hash = HASH_START;

	for (size_t at = 0; at < end;) {
		int32_t c = nd_utf8_next(folded, end, &at);
		enum nd_letter letter = nd_utf8_letter(c);

		if (letter == ND_LETTER_IGNORED)
			continue;
		if (letter != ND_LETTER_PART && hash != HASH_START) {
			add_word(words, hash, line);
			hash = HASH_START;
		}
		if (letter == ND_LETTER_NONE)
			continue;
		hash = (hash ^ (uint64_t)c) * HASH_STEP;
		if (letter == ND_LETTER_WORD) {
			add_word(words, hash, line);
			hash = HASH_START;
		}
	}
	if (hash != HASH_START)
		add_word(words, hash, line);
	talloc_free(folded);
}

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

/* Calls take with the hash of each run of words, and the words it is. */
typedef void take_run(void *arg, uint64_t run, const struct words *words,
                      size_t first, size_t end);

static void
each_run(const struct words *words, take_run *take, void *arg)
{
	uint64_t run = 0, power = 1;

	for (size_t i = 1; i < ND_LLM_PASSAGE_WORDS; i++)
		power *= RUN_STEP;
	for (size_t i = 0; i < words->count; i++) {
		if (i >= ND_LLM_PASSAGE_WORDS)
			run -= words->hash[i - ND_LLM_PASSAGE_WORDS] * power;
		run = run * RUN_STEP + words->hash[i];
		if (i + 1 >= ND_LLM_PASSAGE_WORDS)
			take(arg, run, words, i + 1 - ND_LLM_PASSAGE_WORDS,
			     i + 1);
	}
}

/* Of a whole line, or a subject; never the same as that of a run. */
static uint64_t
line_hash(const char *text, size_t len, size_t *count)
{
	struct words *words = x_new(NULL, struct words);
	uint64_t hash = RUN_STEP;

	add_words(words, text, len, 0);
	for (size_t i = 0; i < words->count; i++)
		hash = (hash ^ words->hash[i]) * HASH_STEP + i;
	*count = words->count;
	talloc_free(words);
	return hash;
}

/* ---- what may not be shown ----------------------------------------------- */

struct nd_llm_passages {
	struct set run;
	struct set line;
	struct set subject;
	struct nd_map *addr; /* of those who wrote only such mails */
	bool *doubtful;      /* of each mail: it descends from such a mail */
};

struct building {
	struct nd_llm_passages *passages;
	const struct nd_thread *thread;
	struct set run, line; /* of allowed mails: which said it first */
	struct set subject;
	uint32_t *round; /* of each mail: whose ancestor it is */
	uint32_t rounds;
	int32_t message; /* in work, or -1 */
};

bool
nd_llm_passage_allow(const struct nd_message *message)
{
	return (message->flags & ND_MESSAGE_SHARED) && message->body;
}

static void
take_allowed(void *arg, uint64_t run, const struct words *words, size_t first,
             size_t end)
{
	struct building *b = arg;

	(void)words;
	(void)first;
	(void)end;
	set_add(b, &b->run, run, b->message);
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
	return line_hash(title, strlen(title), count);
}

static void
add_allowed(struct building *b, const struct nd_message *message)
{
	const struct nd_body *body = message->body;
	struct words *words = x_new(NULL, struct words);
	size_t count;
	uint64_t hash;

	for (size_t i = 0; i < body->line_count; i++) {
		const struct nd_line *line = &body->line[i];
		const char *text = body->text + line->start;

		if (line->kind != ND_LINE_OWN && line->kind != ND_LINE_DIFF)
			continue;
		add_words(words, text, line->len, i);
		hash = line_hash(text, line->len, &count);
		if (count > 0)
			set_add(b, &b->line, hash, b->message);
	}
	each_run(words, take_allowed, b);
	hash = subject_hash(message, &count);
	set_add(b, &b->subject, hash, b->message);
	talloc_free(words);
}

/* Has a mail that the one in work answers, and that may be shown, said it? */
static bool
is_taken(const struct building *b, const struct set *set, uint64_t key)
{
	const struct entry *first = set_find(set, key);

	return first && b->round[first->value] == b->rounds;
}

static void
take_withheld(void *arg, uint64_t run, const struct words *words, size_t first,
              size_t end)
{
	struct building *b = arg;

	(void)words;
	(void)first;
	(void)end;
	if (!is_taken(b, &b->run, run))
		set_add(b->passages, &b->passages->run, run, 0);
}

/* With its marks, or without them: the words of other lines follow. */
static void
add_line(struct building *b, struct words *plain, struct words *bare,
         const char *text, size_t len)
{
	size_t marks = pass_marks(text, len), count;
	uint64_t hash = line_hash(text + marks, len - marks, &count);

	add_words(plain, text, len, 0);
	add_words(bare, text + marks, len - marks, 0);
	if (count >= LINE_WORDS && !is_taken(b, &b->line, hash))
		set_add(b->passages, &b->passages->line, hash, 0);
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
add_withheld(struct building *b, const struct nd_message *message)
{
	struct words *plain = x_new(NULL, struct words);
	struct words *bare = x_new(NULL, struct words);
	const struct nd_body *body = message->body;
	const char *at = message->withheld;
	size_t count;
	uint64_t hash = subject_hash(message, &count);

	while (at && *at) {
		size_t len = strcspn(at, "\n");

		add_line(b, plain, bare, at, len);
		at += len + (at[len] == '\n');
	}
	for (size_t i = 0; !message->withheld && i < body->line_count; i++)
		add_line(b, plain, bare, body->text + body->line[i].start,
		         body->line[i].len);
	each_run(plain, take_withheld, b);
	each_run(bare, take_withheld, b);
	if (count > 0 && !is_taken(b, &b->subject, hash))
		set_add(b->passages, &b->passages->subject, hash, 0);
	talloc_free(plain);
	talloc_free(bare);
}

static void
add_address(struct nd_map *map, const struct nd_message *message, void *what)
{
	char *addr = nd_str_lower(x_strdup(NULL, message->from.addr));

	if (*addr)
		nd_map_set(map, addr, what);
	talloc_free(addr);
}

static bool
is_withheld(const struct nd_message *message)
{
	return !(message->flags & ND_MESSAGE_SHARED);
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
	for (int rounds = 0; changed && rounds < ND_LLM_PASSAGE_WORDS;
	     rounds++) {
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

	for (size_t i = 0; i < thread->message_count; i++) {
		b->message = (int32_t)i;
		if (nd_llm_passage_allow(thread->message[i]))
			add_allowed(b, thread->message[i]);
	}
	for (size_t i = 0; i < thread->message_count; i++) {
		struct nd_message *message = thread->message[i];

		if (nd_llm_passage_allow(message) || !message->body)
			continue;
		mark_ancestors(b, message, index);
		add_withheld(b, message);
		add_address(b->passages->addr, message, b);
	}
	for (size_t i = 0; i < thread->hidden_count; i++) {
		struct nd_message *message = thread->hidden[i];

		if (!is_withheld(message) || !message->body)
			continue;
		mark_ancestors(b, message, index);
		add_withheld(b, message);
		add_address(b->passages->addr, message, b);
	}
	for (size_t i = 0; i < thread->message_count; i++)
		if (nd_llm_passage_allow(thread->message[i]))
			add_address(b->passages->addr, thread->message[i],
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
	b = x_new(NULL, struct building);
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

struct looking {
	const struct nd_llm_passages *passages;
	bool *marked; /* one a line */
	bool found;
};

static void
take_shown(void *arg, uint64_t run, const struct words *words, size_t first,
           size_t end)
{
	struct looking *looking = arg;

	if (!set_find(&looking->passages->run, run))
		return;
	looking->found = true;
	for (size_t i = first; looking->marked && i < end; i++)
		looking->marked[words->line[i]] = true;
}

bool
nd_llm_passage_hold(const struct nd_llm_passages *passages, const char *text,
                    size_t len)
{
	struct looking looking = {.passages = passages};
	struct words *words;

	if (!passages)
		return false;
	words = x_new(NULL, struct words);
	add_words(words, text, len, 0);
	each_run(words, take_shown, &looking);
	talloc_free(words);
	return looking.found;
}

bool
nd_llm_passage_hold_subject(const struct nd_llm_passages *passages,
                            const struct nd_message *message)
{
	size_t count;

	if (!passages)
		return false;
	return set_find(&passages->subject, subject_hash(message, &count)) ||
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
	hash = line_hash(text + marks, line->len - marks, &count);
	return count >= LINE_WORDS && set_find(&passages->line, hash);
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
	struct looking looking = {.passages = passages};
	struct words *plain, *bare;

	if (!passages)
		return NULL;
	plain = x_new(NULL, struct words);
	bare = x_new(NULL, struct words);
	looking.marked = x_array(ctx, bool, body->line_count + 1);
	for (size_t i = 0; i < body->line_count; i++) {
		const struct nd_line *line = &body->line[i];
		const char *text = body->text + line->start;
		size_t marks = pass_marks(text, line->len);

		add_words(plain, text, line->len, i);
		add_words(bare, text + marks, line->len - marks, i);
		if (is_theirs(passages, line, text,
		              passages->doubtful[message])) {
			looking.marked[i] = true;
			looking.found = true;
		}
	}
	each_run(plain, take_shown, &looking);
	each_run(bare, take_shown, &looking);
	close_gaps(body, looking.marked);
	talloc_free(plain);
	talloc_free(bare);
	if (!looking.found)
		TALLOC_FREE(looking.marked);
	return looking.marked;
}
