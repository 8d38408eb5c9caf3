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
	{"added", ND_CLAIM_VERB | ND_CLAIM_VAGUE},
	{"all", ND_CLAIM_SMALL},
	{"already", ND_CLAIM_SMALL},
	{"also", ND_CLAIM_SMALL},
	{"and", ND_CLAIM_SMALL},
	{"applied", ND_CLAIM_VERB},
	{"are", ND_CLAIM_SMALL | ND_CLAIM_STATE},
	{"been", ND_CLAIM_SMALL},
	{"both", ND_CLAIM_SMALL},
	{"cheers", ND_CLAIM_SMALL},
	{"entire", ND_CLAIM_SMALL},
	{"everything", ND_CLAIM_SMALL},
	{"fine", ND_CLAIM_SMALL},
	{"first", ND_CLAIM_SMALL},
	{"fixed", ND_CLAIM_SMALL},
	{"good", ND_CLAIM_SMALL},
	{"got", ND_CLAIM_SMALL},
	{"great", ND_CLAIM_SMALL},
	{"has", ND_CLAIM_SMALL},
	{"have", ND_CLAIM_SMALL},
	{"i", ND_CLAIM_SMALL | ND_CLAIM_PERSON},
	{"i've", ND_CLAIM_SMALL | ND_CLAIM_PERSON},
	{"is", ND_CLAIM_SMALL | ND_CLAIM_STATE},
	{"it's", ND_CLAIM_SMALL},
	{"just", ND_CLAIM_SMALL},
	{"last", ND_CLAIM_SMALL},
	{"lgtm", ND_CLAIM_SMALL},
	{"looks", ND_CLAIM_SMALL},
	{"merged", ND_CLAIM_VERB | ND_CLAIM_VAGUE},
	{"nice", ND_CLAIM_SMALL},
	{"now", ND_CLAIM_SMALL},
	{"ok", ND_CLAIM_SMALL},
	{"okay", ND_CLAIM_SMALL},
	{"other", ND_CLAIM_SMALL},
	{"others", ND_CLAIM_SMALL},
	{"patch", ND_CLAIM_SMALL},
	{"patches", ND_CLAIM_SMALL},
	{"patchset", ND_CLAIM_SMALL},
	{"picked", ND_CLAIM_VERB | ND_CLAIM_VAGUE},
	{"pulled", ND_CLAIM_VERB | ND_CLAIM_PULL},
	{"pushed", ND_CLAIM_VERB | ND_CLAIM_VAGUE},
	{"queued", ND_CLAIM_VERB},
	{"rest", ND_CLAIM_SMALL},
	{"series", ND_CLAIM_SMALL},
	{"set", ND_CLAIM_SMALL},
	{"squashed", ND_CLAIM_SMALL},
	{"taken", ND_CLAIM_VERB | ND_CLAIM_VAGUE},
	{"thank", ND_CLAIM_SMALL},
	{"thanks", ND_CLAIM_SMALL},
	{"thanx", ND_CLAIM_SMALL},
	{"the", ND_CLAIM_SMALL},
	{"these", ND_CLAIM_SMALL},
	{"this", ND_CLAIM_SMALL},
	{"three", ND_CLAIM_SMALL},
	{"thx", ND_CLAIM_SMALL},
	{"tweaked", ND_CLAIM_SMALL},
	{"two", ND_CLAIM_SMALL},
	{"up", ND_CLAIM_SMALL},
	{"we", ND_CLAIM_SMALL | ND_CLAIM_PERSON},
	{"we've", ND_CLAIM_SMALL | ND_CLAIM_PERSON},
	{"well", ND_CLAIM_SMALL},
	{"whole", ND_CLAIM_SMALL},
	{"you", ND_CLAIM_SMALL},
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

	while (end < len && nd_is_word_byte(text[end]))
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
	return end < len && nd_is_word_byte(text[end]) ? 0 : end;
}

/* Walk over small words to the verb; false when something else comes first. */
static bool
find_verb(struct nd_claim *claim)
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
		if (bits & ND_CLAIM_VERB) {
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

/* What follows "to" is no tree: "to the symbols", "for testing". */
static bool
is_tree(const struct nd_claim *claim)
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
looks_like_tree(const struct nd_claim *claim)
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
find_tree(struct nd_claim *claim)
{
	static const char *const before[] = {"to",   "into", "for",
	                                     "onto", "in",   "on"};
	const char *text = claim->said->text + claim->verb_end;
	size_t len = claim->said->len - claim->verb_end;
	const char *found = NULL;

	for (size_t i = 0; i < sizeof before / sizeof *before && !found; i++) {
		const char *at = nd_word_find(text, len, before[i]);

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
spoiled_by(const struct nd_claim *claim, const char *rest, size_t len)
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
is_rest_plain(const struct nd_claim *claim)
{
	const char *rest = claim->said->text + claim->verb_end;
	size_t len = claim->said->len - claim->verb_end;
	unsigned spoiled = spoiled_by(claim, rest, len), follows;

	if (is_end(rest, len))
		return rest[len - 1] != '?' &&
		       (!(claim->bits & ND_CLAIM_VAGUE) || claim->said->opens);
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
	if (claim->bits & ND_CLAIM_STATE && !looks_like_tree(claim) &&
	    !(is_tree(claim) && nd_is_digit(claim->tree[0])) &&
	    (nd_mem_starts_nocase(rest, len, "as well ") ||
	     nd_mem_starts_nocase(rest, len, "for ")))
		return false;
	if (number_len(rest, len) > 0 || *rest == '-')
		return true; /* "Applied 1-3", "Applied to -next" */
	follows = nd_phrases_at(ND_PHRASES(followers), rest, len, NULL);
	if (claim->bits & ND_CLAIM_VAGUE)
		return follows && !(spoiled & WEAK) && looks_like_tree(claim);
	if (claim->bits & ND_CLAIM_PERSON)
		return follows && !(spoiled & WEAK) &&
		       (is_tree(claim) || nd_word_find(rest, len, "thanks") ||
		        nd_mem_find_nocase(rest, len, "on top of"));
	return (follows & 1) || (follows && is_tree(claim));
}

bool
nd_claim_read(const struct nd_utterance *said, struct nd_claim *claim)
{
	*claim = (struct nd_claim){.said = said};
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
nd_claim_says(const struct nd_claim *claim, const char *word)
{
	return nd_word_find(claim->said->text, claim->said->len, word);
}
