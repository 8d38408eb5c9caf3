/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "acts/wordpattern.h"

#include <assert.h>
#include <stdbool.h>
#include <string.h>

#include "util/alloc.h"
#include "util/str.h"

enum {
	ELEMENTS_MAX = 10, /* of a pattern */
	GAP = 3,           /* tokens that ".." passes */
	BUCKETS = 1024,    /* a power of two */
	CLASSES_MAX = 32,
	WORD_BYTES_MAX = 48
};

enum what { WORDS, ANY_GAP, END };
enum often { ONCE, OPTIONAL, MANY };

struct element {
	uint8_t what, often;
	uint16_t first, count; /* of its hashes */
	uint32_t classes;
};

struct pattern {
	unsigned meaning;
	bool anchored;
	uint8_t count;
	struct element element[ELEMENTS_MAX];
};

/* Patterns that begin in the same way. */
struct starts {
	uint16_t *pattern;
	size_t count;
};

/* A word, and what it is: its classes, and the patterns that begin with it. */
struct word {
	uint32_t hash, classes;
	struct starts starts;
	struct word *next;
};

struct nd_wordpatterns {
	const struct nd_wordclass *class_;
	size_t class_count;
	struct pattern *pattern;
	size_t pattern_count;
	uint32_t *hash; /* of the words and stems of all elements */
	size_t hash_count;
	struct word *bucket[BUCKETS];
	struct starts class_start[CLASSES_MAX]; /* that begin with a class */
	struct starts anchored;                 /* at the start alone */
	struct starts anywhere;                 /* with anything */
	struct nd_tokenizer *tokenizer;
};

/* ---- making a table ready ---- */

/* The hash of a word as a pattern writes it; a stem is told from a word. */
static uint32_t
hash_of(struct nd_wordpatterns *table, const char *text, size_t len)
{
	struct nd_token token;

	assert(len > 0 && len < WORD_BYTES_MAX);
	if (text[len - 1] == '~') {
		nd_tokenizer_read(table->tokenizer, text, len - 1, &token, 1);
		return ~token.stem;
	}
	return nd_token_hash(text, len);
}

static struct word *
find_word(const struct nd_wordpatterns *table, uint32_t hash)
{
	struct word *word = table->bucket[hash % BUCKETS];

	while (word && word->hash != hash)
		word = word->next;
	return word;
}

static struct word *
add_word(struct nd_wordpatterns *table, uint32_t hash)
{
	struct word *word = find_word(table, hash);

	if (word)
		return word;
	word = x_new(table, struct word);
	word->hash = hash;
	word->next = table->bucket[hash % BUCKETS];
	table->bucket[hash % BUCKETS] = word;
	return word;
}

static void
add_class(struct nd_wordpatterns *table, size_t index)
{
	const char *at = table->class_[index].words;

	while (*at) {
		size_t len = strcspn(at, " ");

		add_word(table, hash_of(table, at, len))->classes |= 1u
		                                                     << index;
		at += len + (at[len] == ' ');
	}
}

static uint32_t
class_of(const struct nd_wordpatterns *table, const char *name, size_t len)
{
	for (size_t i = 0; i < table->class_count; i++)
		if (strlen(table->class_[i].name) == len &&
		    memcmp(table->class_[i].name, name, len) == 0)
			return 1u << i;
	assert(!"a class of words with this name");
	return 0;
}

static void
read_words(struct nd_wordpatterns *table, struct element *element,
           const char *text, size_t len)
{
	const char *end = text + len;

	element->first = (uint16_t)table->hash_count;
	while (text < end) {
		const char *bar = memchr(text, '|', (size_t)(end - text));
		size_t size = (size_t)((bar ? bar : end) - text);

		if (*text >= 'A' && *text <= 'Z')
			element->classes |= class_of(table, text, size);
		else
			*x_append(table, table->hash, table->hash_count) =
				add_word(table, hash_of(table, text, size))
					->hash;
		text += size + 1;
	}
	element->count = (uint16_t)(table->hash_count - element->first);
}

static void
read_element(struct nd_wordpatterns *table, struct pattern *pattern,
             const char *text, size_t len)
{
	struct element *element;

	if (len == 1 && *text == '^') {
		pattern->anchored = true;
		return;
	}
	assert(pattern->count < ELEMENTS_MAX);
	element = &pattern->element[pattern->count++];
	if (len == 1 && *text == '$') {
		element->what = END;
		return;
	}
	if (len == 2 && memcmp(text, "..", 2) == 0) {
		element->what = ANY_GAP;
		return;
	}
	if (len > 1 && text[len - 1] == '*')
		element->often = MANY;
	else if (len > 1 && text[len - 1] == '?')
		element->often = OPTIONAL;
	len -= element->often != ONCE;
	read_words(table, element, text, len);
}

static void
put(struct nd_wordpatterns *table, struct starts *starts, uint16_t index)
{
	*x_append(table, starts->pattern, starts->count) = index;
}

/* Patterns are found by the word or class that they begin with. */
static void
add_start(struct nd_wordpatterns *table, uint16_t index)
{
	const struct pattern *pattern = &table->pattern[index];
	const struct element *first = &pattern->element[0];

	if (pattern->anchored) {
		put(table, &table->anchored, index);
		return;
	}
	if (first->what != WORDS || first->often != ONCE) {
		put(table, &table->anywhere, index);
		return;
	}
	for (size_t i = 0; i < first->count; i++)
		put(table,
		    &add_word(table, table->hash[first->first + i])->starts,
		    index);
	for (size_t i = 0; i < table->class_count; i++)
		if (first->classes & 1u << i)
			put(table, &table->class_start[i], index);
}

static void
read_pattern(struct nd_wordpatterns *table, struct pattern *pattern,
             const struct nd_wordpattern *from)
{
	const char *at = from->pattern;

	pattern->meaning = from->meaning;
	while (*at) {
		size_t len = strcspn(at, " ");

		read_element(table, pattern, at, len);
		at += len + (at[len] == ' ');
	}
	assert(pattern->count > 0);
}

struct nd_wordpatterns *
nd_wordpatterns_new(const void *ctx, const struct nd_wordclass *class_,
                    size_t class_count, const struct nd_wordpattern *pattern,
                    size_t pattern_count)
{
	struct nd_wordpatterns *table = x_new(ctx, struct nd_wordpatterns);

	assert(class_count <= CLASSES_MAX && pattern_count < UINT16_MAX);
	table->tokenizer = nd_tokenizer_new(table);
	table->class_ = class_;
	table->class_count = class_count;
	for (size_t i = 0; i < class_count; i++)
		add_class(table, i);
	table->pattern = x_array(table, struct pattern, pattern_count);
	table->pattern_count = pattern_count;
	for (size_t i = 0; i < pattern_count; i++) {
		read_pattern(table, &table->pattern[i], &pattern[i]);
		add_start(table, (uint16_t)i);
	}
	return table;
}

/* ---- finding ---- */

/* As hash_of() has it: the stem of a word, the kind of what is no word. */
static uint32_t
key_of_form(const struct nd_token *token)
{
	return token->kind == ND_TOKEN_WORD ? ~token->stem : token->stem;
}

struct seen {
	const struct word *word, *form; /* NULL: in no pattern */
	uint32_t classes;
};

struct sentence {
	const struct nd_wordpatterns *table;
	const struct nd_token *token;
	size_t count;
	struct seen *seen; /* of each token */
};

static bool
has_hash(const struct nd_wordpatterns *table, const struct element *element,
         uint32_t hash)
{
	const uint32_t *at = table->hash + element->first;

	for (size_t i = 0; i < element->count; i++)
		if (at[i] == hash)
			return true;
	return false;
}

static bool
fits(const struct sentence *s, const struct element *element, size_t at)
{
	const struct seen *seen;

	if (at >= s->count)
		return false;
	seen = &s->seen[at];
	return seen->classes & element->classes ||
	       (seen->word && has_hash(s->table, element, seen->word->hash)) ||
	       (seen->form && has_hash(s->table, element, seen->form->hash));
}

static bool
is_end(const struct sentence *s, size_t at)
{
	while (at < s->count && (s->token[at].kind == ND_TOKEN_MARK ||
	                         s->token[at].kind == ND_TOKEN_SMILEY))
		at++;
	return at == s->count;
}

/* Do the elements from index on stand at this token? */
static bool
stands_at(const struct sentence *s, const struct pattern *pattern, size_t index,
          size_t at)
{
	const struct element *element;

	if (index == pattern->count)
		return true;
	element = &pattern->element[index];
	if (element->what == END)
		return is_end(s, at);
	if (element->what == ANY_GAP) {
		for (size_t gap = 0; gap <= GAP && at + gap <= s->count; gap++)
			if (stands_at(s, pattern, index + 1, at + gap))
				return true;
		return false;
	}
	if (element->often != ONCE && stands_at(s, pattern, index + 1, at))
		return true;
	if (!fits(s, element, at))
		return false;
	return stands_at(s, pattern, element->often == MANY ? index : index + 1,
	                 at + 1);
}

/* Patterns whose first elements, as many as known says, stand before at. */
static void
try_all(const struct sentence *s, const struct starts *starts, size_t known,
        size_t at, unsigned char *found)
{
	for (size_t i = 0; i < starts->count; i++) {
		const struct pattern *pattern =
			&s->table->pattern[starts->pattern[i]];

		if (!found[pattern->meaning] &&
		    stands_at(s, pattern, known, at))
			found[pattern->meaning] = 1;
	}
}

/* What is known of a token, as it stands and as a form of its word. */
static void
look_up(const struct nd_wordpatterns *table, const struct nd_token *token,
        struct seen *seen)
{
	uint32_t form = key_of_form(token);

	seen->word = find_word(table, token->word);
	seen->form = form != token->word ? find_word(table, form) : NULL;
	seen->classes = (seen->word ? seen->word->classes : 0) |
	                (seen->form ? seen->form->classes : 0);
}

void
nd_wordpatterns_find(const struct nd_wordpatterns *table,
                     const struct nd_token *token, size_t count,
                     unsigned char *found)
{
	struct sentence s = {.table = table, .token = token, .count = count};

	if (count == 0)
		return;
	s.seen = x_array(NULL, struct seen, count);
	for (size_t i = 0; i < count; i++)
		look_up(table, &token[i], &s.seen[i]);
	try_all(&s, &table->anchored, 0, 0, found);
	for (size_t at = 0; at < count; at++) {
		const struct seen *seen = &s.seen[at];

		if (seen->word)
			try_all(&s, &seen->word->starts, 1, at + 1, found);
		if (seen->form)
			try_all(&s, &seen->form->starts, 1, at + 1, found);
		for (uint32_t left = seen->classes, i = 0; left > 0;
		     left >>= 1, i++)
			if (left & 1u)
				try_all(&s, &table->class_start[i], 1, at + 1,
				        found);
		try_all(&s, &table->anywhere, 0, at, found);
	}
	talloc_free(s.seen);
}
