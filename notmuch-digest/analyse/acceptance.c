/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analyse/acceptance.h"

#include <string.h>

#include "text/phrase.h"
#include "util/str.h"

enum {
	WORDS_BEFORE = 8, /* small words in front of the verb */
	TREE_BYTES = 100  /* of the name of a tree */
};

/* Sorted by first letter. */
static const struct nd_phrase words[] = {
	{"added", ND_ACCEPTANCE_VERB | ND_ACCEPTANCE_VAGUE},
	{"all", ND_ACCEPTANCE_SMALL},
	{"already", ND_ACCEPTANCE_SMALL},
	{"also", ND_ACCEPTANCE_SMALL},
	{"and", ND_ACCEPTANCE_SMALL},
	{"applied", ND_ACCEPTANCE_VERB},
	{"are", ND_ACCEPTANCE_SMALL | ND_ACCEPTANCE_STATE},
	{"been", ND_ACCEPTANCE_SMALL},
	{"both", ND_ACCEPTANCE_SMALL},
	{"cheers", ND_ACCEPTANCE_SMALL},
	{"entire", ND_ACCEPTANCE_SMALL},
	{"everything", ND_ACCEPTANCE_SMALL},
	{"fine", ND_ACCEPTANCE_SMALL},
	{"first", ND_ACCEPTANCE_SMALL},
	{"fixed", ND_ACCEPTANCE_SMALL},
	{"good", ND_ACCEPTANCE_SMALL},
	{"got", ND_ACCEPTANCE_SMALL},
	{"great", ND_ACCEPTANCE_SMALL},
	{"has", ND_ACCEPTANCE_SMALL},
	{"have", ND_ACCEPTANCE_SMALL},
	{"i", ND_ACCEPTANCE_SMALL | ND_ACCEPTANCE_PERSON},
	{"i've", ND_ACCEPTANCE_SMALL | ND_ACCEPTANCE_PERSON},
	{"is", ND_ACCEPTANCE_SMALL | ND_ACCEPTANCE_STATE},
	{"it's", ND_ACCEPTANCE_SMALL},
	{"just", ND_ACCEPTANCE_SMALL},
	{"last", ND_ACCEPTANCE_SMALL},
	{"lgtm", ND_ACCEPTANCE_SMALL},
	{"looks", ND_ACCEPTANCE_SMALL},
	{"merged", ND_ACCEPTANCE_VERB | ND_ACCEPTANCE_VAGUE},
	{"nice", ND_ACCEPTANCE_SMALL},
	{"now", ND_ACCEPTANCE_SMALL},
	{"ok", ND_ACCEPTANCE_SMALL},
	{"okay", ND_ACCEPTANCE_SMALL},
	{"other", ND_ACCEPTANCE_SMALL},
	{"others", ND_ACCEPTANCE_SMALL},
	{"patch", ND_ACCEPTANCE_SMALL},
	{"patches", ND_ACCEPTANCE_SMALL},
	{"patchset", ND_ACCEPTANCE_SMALL},
	{"picked", ND_ACCEPTANCE_VERB | ND_ACCEPTANCE_VAGUE},
	{"pulled", ND_ACCEPTANCE_VERB | ND_ACCEPTANCE_PULL},
	{"pushed", ND_ACCEPTANCE_VERB | ND_ACCEPTANCE_VAGUE},
	{"queued", ND_ACCEPTANCE_VERB},
	{"rest", ND_ACCEPTANCE_SMALL},
	{"series", ND_ACCEPTANCE_SMALL},
	{"set", ND_ACCEPTANCE_SMALL},
	{"squashed", ND_ACCEPTANCE_SMALL},
	{"taken", ND_ACCEPTANCE_VERB | ND_ACCEPTANCE_VAGUE},
	{"thank", ND_ACCEPTANCE_SMALL},
	{"thanks", ND_ACCEPTANCE_SMALL},
	{"thanx", ND_ACCEPTANCE_SMALL},
	{"the", ND_ACCEPTANCE_SMALL},
	{"these", ND_ACCEPTANCE_SMALL},
	{"this", ND_ACCEPTANCE_SMALL},
	{"three", ND_ACCEPTANCE_SMALL},
	{"thx", ND_ACCEPTANCE_SMALL},
	{"tweaked", ND_ACCEPTANCE_SMALL},
	{"two", ND_ACCEPTANCE_SMALL},
	{"up", ND_ACCEPTANCE_SMALL},
	{"we", ND_ACCEPTANCE_SMALL | ND_ACCEPTANCE_PERSON},
	{"we've", ND_ACCEPTANCE_SMALL | ND_ACCEPTANCE_PERSON},
	{"well", ND_ACCEPTANCE_SMALL},
	{"whole", ND_ACCEPTANCE_SMALL},
	{"you", ND_ACCEPTANCE_SMALL},
};

/* Make it somebody's test, or a plan, a condition, a denial. */
enum spoiler_bits {
	DOUBT = 1u << 0,
	TRIAL = 1u << 1,
	WEAK = 1u << 2 /* only of "I have applied …" */
};

static const struct nd_phrase spoilers[] = {
	{"boot", TRIAL},          {"booted", TRIAL},
	{"boots", TRIAL},         {"but", WEAK},
	{"can be", DOUBT},        {"cleanly", TRIAL},
	{"could", DOUBT},         {"diff below", WEAK},
	{"fails", TRIAL},         {"if", DOUBT},
	{"isn't", DOUBT},         {"local tree", TRIAL},
	{"locally", TRIAL},       {"mistake", DOUBT},
	{"must", DOUBT},          {"not", DOUBT},
	{"once", WEAK},           {"patched", TRIAL},
	{"ran", TRIAL},           {"rebase", DOUBT},
	{"result", WEAK},         {"see", WEAK},
	{"should be", DOUBT},     {"test", WEAK},
	{"tested", TRIAL},        {"testing", WEAK},
	{"to try", TRIAL},        {"tried", TRIAL},
	{"unless", DOUBT},        {"until", DOUBT},
	{"wasn't", DOUBT},        {"when", DOUBT},
	{"would", DOUBT},         {"your comment", DOUBT},
	{"your feedback", DOUBT}, {"your suggestion", DOUBT},
};

/* What may follow the verb, besides the end of a sentence. */
static const struct nd_phrase followers[] = {
	{"all", 1},         {"and", 1},
	{"as", 1},          {"both", 1},
	{"everything", 1},  {"first", 1},
	{"for", 2},         {"from", 1},
	{"here", 1},        {"in", 2},
	{"into", 2},        {"it", 1},
	{"now", 1},         {"on", 2},
	{"onto", 2},        {"out", 1},
	{"patch", 1},       {"patches", 1},
	{"thanks", 1},      {"thank", 1},
	{"that", 1},        {"the below", 1},
	{"the entire", 1},  {"the first", 1},
	{"the fix", 1},     {"the following", 1},
	{"the last", 1},    {"the lot", 1},
	{"the other", 1},   {"the patch", 1},
	{"the patches", 1}, {"the remaining", 1},
	{"the rest", 1},    {"the series", 1},
	{"the whole", 1},   {"them", 1},
	{"these", 1},       {"this", 1},
	{"to", 2},          {"too", 1},
	{"up", 1},          {"with", 1},
	{"your patch", 1},  {"your patches", 1},
	{"your series", 1},
};

static size_t
word_len(const char *text, size_t len)
{
	size_t end = 0;

	while (end < len && nd_phrase_is_word_byte(text[end]))
		end++;
	return end;
}

/* "1", "1-3", "#4", "2/5": a number of a patch. */
static size_t
number_len(const char *text, size_t len)
{
	size_t end = text[0] == '#';

	if (end == len || !nd_is_digit(text[end]))
		return 0;
	while (end < len &&
	       (nd_is_digit(text[end]) || text[end] == '-' || text[end] == '/'))
		end++;
	return end < len && nd_phrase_is_word_byte(text[end]) ? 0 : end;
}

/* Walk over small words to the verb; false when something else comes first. */
static bool
find_verb(struct nd_acceptance *claim)
{
	const char *text = claim->said->text;
	size_t len = claim->said->len, at = 0, count = 0;

	while (at < len && count <= WORDS_BEFORE) {
		size_t size;
		unsigned bits;

		if (strchr(" ,.!-*#:()&", text[at])) {
			at++;
			continue;
		}
		size = number_len(text + at, len - at);
		if (size > 0) {
			at += size;
			count++;
			continue;
		}
		size = word_len(text + at, len - at);
		bits = size > 0 ? nd_phrases_at(ND_PHRASES(words), text + at,
		                                size, NULL)
		                : 0;
		if (!bits)
			return false;
		at += size;
		claim->bits |= bits;
		if (bits & ND_ACCEPTANCE_VERB) {
			claim->verb_end = at;
			return true;
		}
		count++;
	}
	return false;
}

static bool
is_end(const char *text, size_t len)
{
	while (len > 0 && strchr(" )\"'", *text)) {
		text++;
		len--;
	}
	return len == 0 || strchr(".,!;:-", *text);
}

/* "kvm-next[1]": the mark of a footnote is not of the name. */
static size_t
footnote_len(const char *text, size_t len)
{
	size_t begin = len - (len > 0);

	if (len == 0 || text[begin] != ']')
		return 0;
	while (begin > 0 && nd_is_digit(text[begin - 1]))
		begin--;
	return begin > 0 && begin < len - 1 && text[begin - 1] == '['
	               ? len - begin + 1
	               : 0;
}

/* The end of the name of a tree: "arm64 (for-next/rng)", "kvm/next". */
static size_t
tree_len(const char *text, size_t len)
{
	static const struct nd_phrase stops[] = {
		{"after", 1},   {"along", 1}, {"and", 1},     {"as", 1},
		{"because", 1}, {"but", 1},   {"for", 1},     {"now", 1},
		{"on", 1},      {"only", 1},  {"so", 1},      {"thank", 1},
		{"thanks", 1},  {"thx", 1},   {"today", 1},   {"which", 1},
		{"will", 1},    {"with", 1},  {"without", 1}, {"yesterday", 1},
	};
	size_t at = 0;

	while (at < len && at < TREE_BYTES) {
		size_t size = 0;

		while (at + size < len && text[at + size] != ' ' &&
		       text[at + size] != ',' && text[at + size] != ';' &&
		       text[at + size] != '!')
			size++;
		if (nd_phrases_at(ND_PHRASES(stops), text + at, size, NULL) ||
		    (text[at] == '(' &&
		     (nd_mem_find_nocase(text + at, size, "because") ||
		      nd_mem_starts_nocase(text + at, size, "(see"))))
			break;
		at += size;
		if (at == len || text[at] != ' ')
			break;
		at++;
	}
	while (at > 0 && (text[at - 1] == ' ' || text[at - 1] == '.' ||
	                  text[at - 1] == ':'))
		at--;
	return at - footnote_len(text, at);
}

/* What follows "to" is not a tree: "to the symbols", "for testing". */
static bool
is_tree(const struct nd_acceptance *claim)
{
	static const struct nd_phrase no_trees[] = {
		{"a", 1},           {"all", 1},         {"another", 1},
		{"each", 1},        {"every", 1},       {"it", 1},
		{"me", 1},          {"people", 1},      {"review", 1},
		{"that", 1},        {"the cover", 1},   {"the code", 1},
		{"the commit", 1},  {"the comment", 1}, {"the list", 1},
		{"the patch", 1},   {"the patches", 1}, {"the series", 1},
		{"the symbols", 1}, {"there", 1},       {"this", 1},
		{"testing", 1},     {"top", 1},         {"v", 1},
		{"you", 1},         {"your", 1},
	};

	if (!claim->tree || claim->tree_len == 0)
		return false;
	if (nd_lower(claim->tree[0]) == 'v' && claim->tree_len > 1 &&
	    nd_is_digit(claim->tree[1]) &&
	    !memchr(claim->tree, '.', claim->tree_len))
		return false; /* "queued for v3": the author's next version */
	return !nd_phrases_at(ND_PHRASES(no_trees), claim->tree,
	                      claim->tree_len, NULL);
}

/* "kvm/next", "-next", "my tree", "for-6.1": not "arm_smmu_write_strtab()" */
static bool
looks_like_tree(const struct nd_acceptance *claim)
{
	static const struct nd_phrase tree_words[] = {
		{"branch", 1}, {"git", 1},      {"linux", 1}, {"mainline", 1},
		{"master", 1}, {"next", 1},     {"queue", 1}, {"stable", 1},
		{"tree", 1},   {"upstream", 1},
	};

	return is_tree(claim) && !memchr(claim->tree, '_', claim->tree_len) &&
	       (memchr(claim->tree, '/', claim->tree_len) ||
	        nd_phrases_in(ND_PHRASES(tree_words), claim->tree,
	                      claim->tree_len));
}

/* In "arm64/for-next" the word is part of a name. */
static bool
is_free(const char *text, size_t len, const char *at, const char *word)
{
	const char *end = at + strlen(word);

	return (at == text || at[-1] == ' ' || at[-1] == '(') &&
	       (end == text + len || *end == ' ');
}

/*
 * "to kvm/next", "for 5.7", "in my tree": where it went. Words between the
 * verb and it are few: "Applied the first patch only to arm64".
 */
static void
find_tree(struct nd_acceptance *claim)
{
	static const char *const before[] = {"to",   "into", "for",
	                                     "onto", "in",   "on"};
	const char *text = claim->said->text + claim->verb_end;
	size_t len = claim->said->len - claim->verb_end;
	const char *found = NULL;

	for (size_t i = 0; i < sizeof before / sizeof *before && !found; i++) {
		const char *at = nd_phrase_find_word(text, len, before[i]);

		if (at && at - text <= 60 &&
		    is_free(text, len, at, before[i]) &&
		    !nd_mem_find_nocase(text, (size_t)(at - text), ". "))
			found = at + strlen(before[i]);
	}
	if (!found)
		return;
	len -= (size_t)(found - text);
	while (len > 0 && *found == ' ') {
		found++;
		len--;
	}
	claim->tree = found;
	claim->tree_len = tree_len(found, len);
	/* "Pulled in more fixes", "applied on Monday" */
	if (nd_lower(found[-2]) == 'n' && !looks_like_tree(claim))
		claim->tree = NULL;
}

/* The name of a tree may hold any word: "for-next/boot". */
static unsigned
spoiled_by(const struct nd_acceptance *claim, const char *rest, size_t len)
{
	const char *behind;

	if (!is_tree(claim))
		return nd_phrases_in(ND_PHRASES(spoilers), rest, len);
	behind = claim->tree + claim->tree_len;
	return nd_phrases_in(ND_PHRASES(spoilers), rest,
	                     (size_t)(claim->tree - rest)) |
	       nd_phrases_in(ND_PHRASES(spoilers), behind,
	                     (size_t)(rest + len - behind));
}

static bool
is_rest_plain(const struct nd_acceptance *claim)
{
	const char *rest = claim->said->text + claim->verb_end;
	size_t len = claim->said->len - claim->verb_end;
	unsigned spoiled = spoiled_by(claim, rest, len), follows;

	if (is_end(rest, len))
		return rest[len - 1] != '?' &&
		       (!(claim->bits & ND_ACCEPTANCE_VAGUE) ||
		        claim->said->opens);
	/* Details come after a tree: "to kvm/next, even if it is late". */
	if (looks_like_tree(claim))
		spoiled &= TRIAL | WEAK;
	if (spoiled & (DOUBT | TRIAL) || rest[len - 1] == '?')
		return false;
	while (len > 0 && *rest == ' ') {
		rest++;
		len--;
	}
	/* "This is applied for each counter": by the code */
	if (claim->bits & ND_ACCEPTANCE_STATE && !looks_like_tree(claim) &&
	    !(is_tree(claim) && nd_is_digit(claim->tree[0])) &&
	    (nd_mem_starts_nocase(rest, len, "as well ") ||
	     nd_mem_starts_nocase(rest, len, "for ")))
		return false;
	if (number_len(rest, len) > 0 || *rest == '-')
		return true; /* "Applied 1-3", "Applied to -next" */
	follows = nd_phrases_at(ND_PHRASES(followers), rest, len, NULL);
	if (claim->bits & ND_ACCEPTANCE_VAGUE)
		return follows && !(spoiled & WEAK) && looks_like_tree(claim);
	if (claim->bits & ND_ACCEPTANCE_PERSON)
		return follows && !(spoiled & WEAK) &&
		       (is_tree(claim) ||
		        nd_phrase_find_word(rest, len, "thanks") ||
		        nd_mem_find_nocase(rest, len, "on top of"));
	return (follows & 1) || (follows && is_tree(claim));
}

bool
nd_acceptance_read(const struct nd_utterance *said, struct nd_acceptance *claim)
{
	*claim = (struct nd_acceptance){.said = said};
	if (!find_verb(claim))
		return false;
	/* In the middle of a paragraph a sentence has a capital letter. */
	if (!said->opens && said->text[0] >= 'a' && said->text[0] <= 'z')
		return false;
	find_tree(claim);
	if (!is_rest_plain(claim))
		return false;
	if (!is_tree(claim))
		claim->tree = NULL;
	return true;
}

bool
nd_acceptance_says(const struct nd_acceptance *claim, const char *word)
{
	return nd_phrase_find_word(claim->said->text, claim->said->len, word);
}
