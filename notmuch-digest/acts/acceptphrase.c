/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "acts/acceptphrase.h"

#include <string.h>

#include "text/phrase.h"
#include "text/treename.h"
#include "util/str.h"

enum {
	MORE_BYTES = 50, /* of what else was taken */
	NOUN_WORDS = 3,  /* of others between "the" and "patches" */
	TREE_WITHIN = 60 /* bytes from the verb to the tree */
};

static size_t
word_len(const char *text, size_t len)
{
	size_t end = 0;

	while (end < len && nd_phrase_is_word_byte(text[end]))
		end++;
	return end;
}

/* "1", "1-3", "#4", "2/5", "v7": a number of a patch, a version. */
size_t
nd_acceptphrase_number(const char *text, size_t len)
{
	size_t end = len > 0 && (text[0] == '#' || nd_lower(text[0]) == 'v');

	if (end == len || !nd_is_digit(text[end]))
		return 0;
	while (end < len &&
	       (nd_is_digit(text[end]) || text[end] == '-' ||
	        text[end] == '/' || (text[end] == '#' && text[end - 1] == '-')))
		end++;
	if (nd_mem_starts_nocase(text + end, len - end, " to ") &&
	    end + 4 < len && nd_is_digit(text[end + 4]))
		for (end += 4; end < len && nd_is_digit(text[end]);)
			end++;
	return end < len && nd_phrase_is_word_byte(text[end]) ? 0 : end;
}

/* "the btrfs patches", "this little fix": its words up to the noun; else 0. */
static size_t
noun_phrase_len(const char *text, size_t len)
{
	size_t at = 0;

	for (size_t count = 0; count <= NOUN_WORDS && at < len; count++) {
		size_t size;
		unsigned bits;

		while (at < len && strchr(" /-:", text[at]))
			at++;
		size = word_len(text + at, len - at);
		if (size == 0)
			return 0;
		bits = nd_phrases_at(nd_acceptwords[ND_ACCEPTWORDS_BEFORE],
		                     text + at, size, NULL);
		if (bits & ND_ACCEPTANCE_NOUN)
			return at;
		if (bits & ~(unsigned)(ND_ACCEPTANCE_SMALL | ND_ACCEPTANCE_DET))
			return 0;
		at += size;
	}
	return 0;
}

/* One word before the verb; false when it must not stand there. */
bool
nd_acceptphrase_walk(struct nd_acceptance *claim, size_t *at, bool *determined)
{
	const char *text = claim->said->text;
	size_t len = claim->said->len,
	       size = nd_acceptphrase_number(text + *at, len - *at);
	size_t whole = 0;
	unsigned bits;

	if (size > 0) {
		*at += size;
		return true;
	}
	size = word_len(text + *at, len - *at);
	if (size == 0)
		return false;
	/* The table has words with a hyphen, too. */
	bits = nd_phrases_at(nd_acceptwords[ND_ACCEPTWORDS_BEFORE], text + *at,
	                     len - *at, &whole);
	if (whole > size)
		size = whole;
	if (!bits && *determined) {
		size = noun_phrase_len(text + *at, len - *at);
		claim->bits |= ND_ACCEPTANCE_NAMED;
		bits = size > 0 ? ND_ACCEPTANCE_SMALL : 0;
	}
	if (!bits)
		return false;
	*determined = bits & ND_ACCEPTANCE_DET;
	*at += size;
	claim->bits |= bits;
	return true;
}

bool
nd_acceptphrase_ends(const char *text, size_t len)
{
	while (len > 0 && strchr(" )\"'(", *text)) {
		if (*text == '(')
			return true;
		text++;
		len--;
	}
	return len == 0 || strchr(".,!;:-", *text) ||
	       nd_mem_starts(text, len, "\xe2\x80\x94");
}

/* In "arm64/for-next" the word is part of a name. */
static bool
is_free(const char *text, size_t len, const char *at, const char *word)
{
	const char *end = at + strlen(word);

	return (at == text || at[-1] == ' ' || at[-1] == '(') &&
	       (end == text + len || *end == ' ');
}

/* The first place of a preposition that is not part of a name. */
const char *
nd_acceptphrase_find(const char *text, size_t len, const char *word)
{
	const char *at = nd_phrase_find_word(text, len, word);

	while (at && !is_free(text, len, at, word))
		at = nd_phrase_find_word(at + 1, (size_t)(text + len - at - 1),
		                         word);
	return at;
}

/* A comma that ends a clause: not of "patches 1, 3". */
static bool
has_comma(const char *text, size_t len)
{
	for (size_t i = 0; i + 2 < len; i++)
		if (text[i] == ',' && nd_is_alpha(text[i + 2]))
			return true;
	return false;
}

/*
 * The name behind one of the places of a preposition. A single word is one only
 * behind "to" and its like, and in the clause of the verb: not "applied on
 * Monday", "merged, just to clarify".
 */
static bool
find_tree_behind(struct nd_acceptance *claim, const char *word, bool single)
{
	/* "picked patch 1, which should go to stable": where it is not yet */
	static const struct nd_phrase wishes[] = {
		{"could", 1}, {"must", 1},  {"need", 1},
		{"needs", 1}, {"ought", 1}, {"should", 1},
	};
	const char *text = claim->said->text + claim->verb_end;
	size_t len = claim->said->len - claim->verb_end;
	const char *at = nd_acceptphrase_find(text, len, word);

	while (at && at - text <= TREE_WITHIN &&
	       !nd_phrases_in(ND_PHRASES(wishes), text, (size_t)(at - text)) &&
	       !nd_mem_find_nocase(text, (size_t)(at - text), ". ")) {
		const char *name = at + strlen(word);
		size_t left = len - (size_t)(name - text);
		size_t size = nd_treename_read(&name, left);

		if (size > 0 &&
		    (nd_treename_is_plain(name, size) ||
		     (single && !has_comma(text, (size_t)(at - text))))) {
			claim->tree = name;
			claim->tree_len = size;
			return true;
		}
		at = nd_acceptphrase_find(at + 1, (size_t)(text + len - at - 1),
		                          word);
	}
	return false;
}

/*
 * "to kvm/next", "for 5.7", "in my tree": where it went. Words between the
 * verb and it are few: "Applied the first patch only to arm64".
 */
void
nd_acceptphrase_find_tree(struct nd_acceptance *claim)
{
	static const char *const before[] = {"to", "into", "onto", "for",
	                                     "in", "on",   "via",  "through"};
	enum { SINGLE = 3 }; /* of them, before a single word */

	for (size_t i = 0; i < sizeof before / sizeof *before; i++)
		if (find_tree_behind(claim, before[i], i < SINGLE))
			return;
}

/* "kvm/next", "-next", "my tree", "for-6.1": not any single word */
bool
nd_acceptphrase_has_tree(const struct nd_acceptance *claim)
{
	return claim->tree &&
	       nd_treename_is_plain(claim->tree, claim->tree_len);
}

void
nd_acceptphrase_skip_blanks(const char **text, size_t *len)
{
	while (*len > 0 && **text == ' ') {
		(*text)++;
		(*len)--;
	}
}

/* "and the device tree change", up to the end: what else was taken */
static bool
is_more(const char *rest, size_t len)
{
	static const struct nd_phrase more[] = {
		{"along with", 1}, {"and a", 1},    {"and also", 1},
		{"and its", 1},    {"and the", 1},  {"and your", 1},
		{"plus", 1},       {"together", 1},
	};
	static const struct nd_phrase things[] = {
		{"change", 1},  {"changes", 1}, {"commit", 1}, {"commits", 1},
		{"fix", 1},     {"fixes", 1},   {"fixup", 1},  {"one", 1},
		{"ones", 1},    {"other", 1},   {"others", 1}, {"patch", 1},
		{"patches", 1}, {"rest", 1},    {"series", 1}, {"update", 1},
		{"updates", 1},
	};
	size_t last = len;

	if (len > MORE_BYTES ||
	    !nd_phrases_at(ND_PHRASES(more), rest, len, NULL))
		return false;
	while (last > 0 && !nd_is_alpha(rest[last - 1]))
		last--;
	len = last;
	while (last > 0 && nd_phrase_is_word_byte(rest[last - 1]))
		last--;
	return nd_phrases_at(ND_PHRASES(things), rest + last, len - last, NULL);
}

/*
 * "these up", "the whole series for 6.1", "patches 1-3 now": what was taken, and
 * nothing but what else, where to and when.
 */
bool
nd_acceptphrase_is_object(const struct nd_acceptance *claim, const char *rest,
                          size_t len)
{
	static const struct nd_phrase then[] = {
		{"as is", 1},   {"as it", 1},    {"as it's", 1},
		{"as they", 1}, {"as-is", 1},    {"because", 1},
		{"for", 2},     {"in", 2},       {"into", 2},
		{"now", 1},     {"out", 1},      {"right", 1},
		{"shortly", 1}, {"since it", 1}, {"soon", 1},
		{"thank", 1},   {"thanks", 1},   {"through", 2},
		{"to", 2},      {"today", 1},    {"tomorrow", 1},
		{"tonight", 1}, {"up", 1},       {"via", 2},
	};
	static const struct nd_phrase versions[] = {
		{"new version", 1},
		{"separately", 1},
		{"version", 1},
	};
	bool this_one;
	size_t end = 0;

	nd_acceptphrase_skip_blanks(&rest, &len);
	if (nd_mem_starts_nocase(rest, len, "up ")) {
		rest += 3;
		len -= 3;
	}
	if (!nd_phrases_at(nd_acceptwords[ND_ACCEPTWORDS_OBJECTS], rest, len,
	                   &end))
		return false;
	/* "I'll take that version": another one */
	this_one = !nd_mem_starts_nocase(rest, len, "that");
	rest += end;
	len -= end;
	for (size_t i = 0; i < NOUN_WORDS && !nd_acceptphrase_ends(rest, len);
	     i++) {
		unsigned bits;
		size_t size;

		nd_acceptphrase_skip_blanks(&rest, &len);
		if (is_more(rest, len))
			return true;
		bits = nd_phrases_at(ND_PHRASES(then), rest, len, NULL);
		if (bits)
			return bits == 1 || nd_acceptphrase_has_tree(claim);
		size = nd_acceptphrase_number(rest, len);
		if (size == 0 && this_one)
			nd_phrases_at(ND_PHRASES(versions), rest, len, &size);
		if (size > 0) {
			rest += size;
			len -= size;
			continue;
		}
		size = word_len(rest, len);
		if (size == 0 ||
		    !(nd_phrases_at(nd_acceptwords[ND_ACCEPTWORDS_BEFORE], rest,
		                    len, NULL) &
		      (ND_ACCEPTANCE_NOUN | ND_ACCEPTANCE_SMALL)))
			return false;
		rest += size;
		len -= size;
	}
	return nd_acceptphrase_ends(rest, len);
}
