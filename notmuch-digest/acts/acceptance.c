/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "acts/acceptance.h"

#include <string.h>

#include "acts/acceptphrase.h"
#include "acts/acceptwords.h"
#include "text/patchnumbers.h"
#include "text/phrase.h"
#include "text/treename.h"
#include "util/str.h"

enum {
	WORDS_BEFORE = 9, /* small words in front of the verb */
	CLAUSES = 8,      /* of a sentence */
	LEAD_BYTES = 120, /* of the clauses before the verb */
	SHORT_SAID = 40,  /* bytes of "Merged, thank you!" */
	SHORT_REST = 80   /* of "with a fix for the typo" */
};

/* Walk over small words to the verb; false when something else comes first. */
static bool
find_verb(struct nd_acceptance *claim, size_t at)
{
	const char *text = claim->said->text;
	size_t len = claim->said->len, count = 0, before;
	bool determined = false, by_it = false;

	while (at < len && count <= WORDS_BEFORE) {
		if (strchr(" ,.!-*#:;()&", text[at])) {
			at++;
			continue;
		}
		before = at;
		if (!nd_acceptphrase_walk(claim, &at, &determined))
			return false;
		if (claim->bits & ND_ACCEPTANCE_VERB) {
			claim->verb_end = at;
			/* "It added a check": the patch, not the speaker */
			return !(by_it && claim->bits & ND_ACCEPTANCE_VAGUE);
		}
		by_it = nd_mem_starts_nocase(text + before, at - before,
		                             "it") &&
		        at - before == 2;
		count++;
	}
	return false;
}

/*
 * "#1 and #2, please rebase the rest": behind the clause that counts what was
 * taken others are spoken of.
 */
static size_t
counted_len(const struct nd_acceptance *claim, const char *rest, size_t len)
{
	const char *text = claim->said->text;
	struct nd_patchnumbers numbers;

	for (size_t i = 0; i + 2 < len; i++) {
		if (!strchr(",;", rest[i]) || rest[i + 1] != ' ' ||
		    !nd_is_alpha(rest[i + 2]))
			continue;
		nd_patchnumbers_read(text, (size_t)(rest + i - text),
		                     claim->verb_end, 0, &numbers);
		return numbers.count > 0 ? i : len;
	}
	return len;
}

/* "all but the last": the word counts, and doubts nothing. */
static size_t
all_but_len(const char *rest, size_t len)
{
	static const struct nd_phrase counts[] = {
		{"all but", 1},
		{"everything but", 1},
	};
	size_t blank = len > 0 && *rest == ' ', end = 0;

	return nd_phrases_at(ND_PHRASES(counts), rest + blank, len - blank,
	                     &end)
	               ? blank + end
	               : 0;
}

/* The name of a tree may hold any word: "for-next/boot". */
static unsigned
spoiled_by(const struct nd_acceptance *claim, const char *rest, size_t len)
{
	size_t all_but = all_but_len(rest, len);
	const char *behind;

	len = counted_len(claim, rest, len) - all_but;
	rest += all_but;
	if (!claim->tree || claim->tree >= rest + len)
		return nd_phrases_in(nd_acceptwords[ND_ACCEPTWORDS_SPOILERS],
		                     rest, len);
	behind = claim->tree + claim->tree_len;
	return nd_phrases_in(nd_acceptwords[ND_ACCEPTWORDS_SPOILERS], rest,
	                     (size_t)(claim->tree - rest)) |
	       nd_phrases_in(nd_acceptwords[ND_ACCEPTWORDS_SPOILERS], behind,
	                     (size_t)(rest + len - behind));
}

/* "Applied to", "Applied to the following tree:" */
static bool
is_tree_below(const char *rest, size_t len)
{
	while (len > 0 && strchr(" :.,", rest[len - 1]))
		len--;
	return (len == 2 && nd_mem_starts_nocase(rest, len, "to")) ||
	       (len == 4 && (nd_mem_starts_nocase(rest, len, "into") ||
	                     nd_mem_starts_nocase(rest, len, "onto")));
}

/* "merged to the wrong place", not "merged with a note to be clear" */
static bool
goes_to_place(const char *rest, size_t len)
{
	const char *at = nd_acceptphrase_find(rest, len, "to");

	return nd_acceptphrase_find(rest, len, "into") ||
	       (at &&
	        !nd_mem_starts_nocase(at, (size_t)(rest + len - at), "to be "));
}

/* Of "merged", "pushed": with or without a tree. */
static bool
is_merge_plain(const struct nd_acceptance *claim, const char *rest, size_t len,
               unsigned follows)
{
	const struct nd_utterance *said = claim->said;
	bool opens = said->opens ||
	             nd_mem_starts_nocase(said->text, said->len, "fyi ");

	return claim->bits & ND_ACCEPTANCE_MERGE && opens &&
	       !(claim->bits & (ND_ACCEPTANCE_PERSON | ND_ACCEPTANCE_STATE)) &&
	       (follows & 1) && len <= SHORT_REST &&
	       !nd_mem_starts_nocase(rest, len, "out") &&
	       !goes_to_place(rest, len);
}

static bool
is_vague_plain(struct nd_acceptance *claim, const char *rest, size_t len,
               unsigned follows, unsigned spoiled)
{
	if (!follows ||
	    (spoiled & ND_ACCEPTWORDS_WEAK && !nd_acceptphrase_has_tree(claim)))
		return false;
	if (claim->bits & (ND_ACCEPTANCE_PERSON | ND_ACCEPTANCE_DOING) &&
	    spoiled & ND_ACCEPTWORDS_WEAK)
		return false;
	if (nd_acceptphrase_has_tree(claim))
		return true;
	if (is_merge_plain(claim, rest, len, follows))
		return true;
	if (claim->bits & (ND_ACCEPTANCE_TREED | ND_ACCEPTANCE_DOING) &&
	    !(claim->bits & ND_ACCEPTANCE_MERGE))
		return false;
	/* "I took patches 1-3", "took entire set": said by whom? */
	claim->bits |= ND_ACCEPTANCE_WEAK;
	if (claim->bits & ND_ACCEPTANCE_STATE)
		return claim->said->opens && nd_mem_starts(rest, len, "now");
	if (nd_acceptphrase_is_object(claim, rest, len))
		claim->bits |= ND_ACCEPTANCE_OBJECT;
	return (follows & 1) && !(spoiled & ND_ACCEPTWORDS_WEAK) &&
	       (len <= SHORT_REST || claim->bits & ND_ACCEPTANCE_OBJECT) &&
	       (claim->bits & ND_ACCEPTANCE_OBJECT ||
	        nd_phrases_at(nd_acceptwords[ND_ACCEPTWORDS_OBJECTS], rest, len,
	                      NULL)) &&
	       (claim->said->opens || claim->bits & ND_ACCEPTANCE_PERSON);
}

/* "I've applied this": testers do, too; they do not queue or push it. */
static bool
may_be_trial(const struct nd_acceptance *claim)
{
	static const char queued[] = "queued";
	size_t size = strlen(queued);

	return !(claim->bits & ND_ACCEPTANCE_MERGE) &&
	       !(claim->verb_end >= size &&
	         nd_mem_starts_nocase(claim->said->text + claim->verb_end -
	                                      size,
	                              size, queued));
}

static bool
is_end_plain(struct nd_acceptance *claim)
{
	const struct nd_utterance *said = claim->said;

	if (said->text[said->len - 1] == '?')
		return false;
	if (claim->bits & ND_ACCEPTANCE_DOING ||
	    (claim->bits & ND_ACCEPTANCE_STATE &&
	     !(claim->bits & ND_ACCEPTANCE_NOUN)))
		claim->bits |= ND_ACCEPTANCE_WEAK;
	/* "The page is queued.": what the code does, or another patch */
	if (claim->bits & ND_ACCEPTANCE_NAMED)
		return false;
	if (claim->bits & ND_ACCEPTANCE_PERSON && may_be_trial(claim))
		claim->bits |= ND_ACCEPTANCE_WEAK;
	if (said->opens)
		return true;
	/* "Thanks for fixing it. Merged." */
	if (claim->bits & ND_ACCEPTANCE_MERGE && said->len <= SHORT_SAID)
		return !(claim->bits &
		         (ND_ACCEPTANCE_LEAD | ND_ACCEPTANCE_STATE));
	return !(claim->bits & (ND_ACCEPTANCE_VAGUE | ND_ACCEPTANCE_LEAD |
	                        ND_ACCEPTANCE_STATE));
}

/*
 * "has been applied": by the one who says so, if he takes patches at all; not
 * "was picked up by", and of these patches, not "the fix that".
 */
static bool
is_passive_plain(struct nd_acceptance *claim, const char *rest, size_t len)
{
	const char *text = claim->said->text;

	if (!(claim->bits & ND_ACCEPTANCE_PASSIVE))
		return true;
	if (!nd_acceptphrase_has_tree(claim) ||
	    claim->bits & ND_ACCEPTANCE_VAGUE)
		claim->bits |= ND_ACCEPTANCE_WEAK;
	nd_acceptphrase_skip_blanks(&rest, &len);
	/* "has been taken": a lock, a decision */
	if (claim->bits & ND_ACCEPTANCE_VAGUE && !claim->tree &&
	    !(claim->bits & (ND_ACCEPTANCE_MERGE | ND_ACCEPTANCE_NOUN)))
		return false;
	return !(claim->bits & (ND_ACCEPTANCE_NAMED | ND_ACCEPTANCE_LEAD)) &&
	       !nd_mem_starts_nocase(rest, len, "by ") &&
	       !nd_mem_starts_nocase(rest, len, "up by ") &&
	       !nd_phrase_find_word(text, claim->verb_end, "fix") &&
	       !nd_phrase_find_word(text, claim->verb_end, "commits");
}

/* Without an address at its end, whose words say nothing, and what is granted. */
static size_t
plain_len(const char *rest, size_t len)
{
	static const char *const ends[] = {" http", ", although ", ", though "};

	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		const char *at = nd_mem_find_nocase(rest, len, ends[i]);

		if (at)
			len = (size_t)(at - rest);
	}
	return len;
}

/* "It looks fine so I've merged it.": testers do not merge. */
static bool
is_own_merge(const struct nd_acceptance *claim)
{
	const unsigned bits = ND_ACCEPTANCE_PERSON | ND_ACCEPTANCE_MERGE;

	return (claim->bits & bits) == bits;
}

static bool
is_rest_plain(struct nd_acceptance *claim)
{
	const char *rest = claim->said->text + claim->verb_end;
	size_t len = claim->said->len - claim->verb_end, size;
	unsigned spoiled, follows;

	if (!claim->tree)
		len = plain_len(rest, len);
	spoiled = spoiled_by(claim, rest, len);
	if (!is_passive_plain(claim, rest, len))
		return false;
	/* What git prints: "Applying: foo: a" */
	if (claim->bits & ND_ACCEPTANCE_DOING && len > 0 && *rest == ':')
		return false;
	if (nd_acceptphrase_ends(rest, len))
		return is_end_plain(claim);
	/* Details come after a tree: "to kvm/next, even if it is late". */
	if (nd_acceptphrase_has_tree(claim))
		spoiled &= ND_ACCEPTWORDS_TRIAL | ND_ACCEPTWORDS_WEAK;
	if (spoiled & (ND_ACCEPTWORDS_DOUBT | ND_ACCEPTWORDS_TRIAL) ||
	    rest[len - 1] == '?')
		return false;
	nd_acceptphrase_skip_blanks(&rest, &len);
	if (claim->bits & ND_ACCEPTANCE_NAMED &&
	    !nd_acceptphrase_has_tree(claim))
		return false;
	/* "This is applied for each counter": by the code */
	if (claim->bits & ND_ACCEPTANCE_STATE &&
	    !nd_acceptphrase_has_tree(claim) &&
	    !(claim->tree && nd_is_digit(claim->tree[0])) &&
	    (nd_mem_starts_nocase(rest, len, "as well ") ||
	     nd_mem_starts_nocase(rest, len, "for ")))
		return false;
	if (claim->said->opens && is_tree_below(rest, len)) {
		claim->bits |= ND_ACCEPTANCE_BELOW;
		return true;
	}
	if (claim->bits & ND_ACCEPTANCE_LEAD &&
	    !nd_acceptphrase_has_tree(claim) && !claim->said->opens &&
	    !is_own_merge(claim))
		return false;
	size = nd_acceptphrase_number(rest, len);
	if (size > 0 || *rest == '-')
		return !(claim->bits & ND_ACCEPTANCE_VAGUE) ||
		       nd_acceptphrase_has_tree(claim) ||
		       (size > 0 && claim->said->opens &&
		        claim->bits & ND_ACCEPTANCE_MERGE &&
		        nd_acceptphrase_ends(rest + size, len - size));
	follows = nd_phrases_at(nd_acceptwords[ND_ACCEPTWORDS_FOLLOWERS], rest,
	                        len, NULL);
	if (claim->bits & ND_ACCEPTANCE_VAGUE)
		return is_vague_plain(claim, rest, len, follows, spoiled);
	if (claim->bits & ND_ACCEPTANCE_PERSON) {
		/* "I pulled up an old mail" */
		if (!follows || spoiled & ND_ACCEPTWORDS_WEAK ||
		    (claim->bits & ND_ACCEPTANCE_PULL &&
		     nd_mem_starts_nocase(rest, len, "up ")))
			return false;
		if (!claim->tree && !nd_phrase_find_word(rest, len, "thanks") &&
		    !nd_mem_find_nocase(rest, len, "on top of") &&
		    may_be_trial(claim))
			claim->bits |= ND_ACCEPTANCE_WEAK;
		if (claim->bits & ND_ACCEPTANCE_PULL &&
		    nd_acceptphrase_is_object(claim, rest, len))
			claim->bits |= ND_ACCEPTANCE_OBJECT;
		return true;
	}
	return (follows & 1) || (follows && claim->tree);
}

/* ---- clauses before it --------------------------------------------------- */

/*
 * A clause before the verb: "Good catch,", "With the fix on 5/7,". What is told
 * in it must have happened.
 */
static bool
is_lead(const struct nd_utterance *said, size_t len)
{
	return len <= LEAD_BYTES && !memchr(said->text, '?', len) &&
	       !nd_phrases_in(nd_acceptwords[ND_ACCEPTWORDS_NO_LEADS],
	                      said->text, len);
}

/* "I fixed the typo and pushed": somebody's deeds, one after the other. */
static bool
is_deed(const char *text, size_t len)
{
	static const struct nd_phrase deeds[] = {
		{"dropped", 1},  {"edited", 1},   {"fixed", 1},
		{"fixing", 1},   {"folded", 1},   {"i", 1},
		{"i've", 1},     {"rebased", 1},  {"removed", 1},
		{"renamed", 1},  {"replaced", 1}, {"reviewed", 1},
		{"squashed", 1}, {"thank", 1},    {"thanks", 1},
		{"tweaked", 1},  {"updated", 1},  {"we", 1},
		{"we've", 1},
	};

	return nd_phrases_in(ND_PHRASES(deeds), text, len);
}

/* "For testing I'll add it", "so I've applied it": without a comma. */
static bool
begins_anew(const char *text, size_t len, size_t at)
{
	static const struct nd_phrase before[] = {
		{"anyway", 1}, {"meantime", 1}, {"now", 1},
		{"so", 1},     {"testing", 1},
	};
	static const struct nd_phrase me[] = {
		{"i went ahead", 1},
		{"i'll", 1},
		{"i'm going to", 1},
		{"i've", 1},
	};
	size_t begin = at;

	if (at + 1 >= len ||
	    !nd_phrases_at(ND_PHRASES(me), text + at + 1, len - at - 1, NULL))
		return false;
	while (begin > 0 && nd_phrase_is_word_byte(text[begin - 1]))
		begin--;
	return nd_phrases_at(ND_PHRASES(before), text + begin, at - begin,
	                     NULL);
}

/* Where the clause behind at begins; its length if there is none. */
static size_t
next_clause(const struct nd_utterance *said, size_t at, bool *joined)
{
	const char *text = said->text;

	for (; at + 2 < said->len; at++) {
		*joined = false;
		if (strchr(",;:!)", text[at]) && text[at + 1] == ' ')
			return at + 2;
		if (text[at] != ' ')
			continue;
		if (nd_mem_starts(text + at, said->len - at, " - "))
			return at + 3;
		if (begins_anew(text, said->len, at))
			return at + 1;
		*joined = true;
		if (nd_mem_starts_nocase(text + at, said->len - at, " and "))
			return at + 5;
		if (nd_mem_starts_nocase(text + at, said->len - at, " then "))
			return at + 6;
	}
	return said->len;
}

static bool
read_from(struct nd_acceptance *claim, const struct nd_utterance *said,
          size_t start)
{
	*claim = (struct nd_acceptance){.said = said};
	if (start > 0)
		claim->bits |= ND_ACCEPTANCE_LEAD;
	if (!find_verb(claim, start))
		return false;
	nd_acceptphrase_find_tree(claim);
	return is_rest_plain(claim);
}

/* ---- "I'll take it", "Now in foo-next" ----------------------------------- */

/* Behind "I'll". */
static const struct nd_phrase takes[] = {
	{"add", 1},  {"apply", 1}, {"commit", 1}, {"merge", 1}, {"pick", 1},
	{"pull", 1}, {"push", 1},  {"queue", 1},  {"take", 1},
};

/* Before a tree. */
static const struct nd_phrase places[] = {
	{"already in", 1},         {"in", 1},
	{"it's already in", 1},    {"it's in", 1},
	{"it's now in", 1},        {"now in", 1},
	{"this is already in", 1}, {"this is in", 1},
	{"this is now in", 1},
};

/*
 * "I'll queue this up for 6.1": a committer's word is as good as the deed. What
 * will be taken is named, and nothing but where to and when stands behind it.
 */
static bool
is_plan_plain(struct nd_acceptance *claim)
{
	static const struct nd_phrase conditions[] = {
		{"after", 1},  {"as soon as", 1}, {"if", 1},   {"once", 1},
		{"unless", 1}, {"until", 1},      {"when", 1},
	};
	static const struct nd_phrase later[] = {
		{"later", 1},   {"shortly", 1},  {"soon", 1},
		{"tonight", 1}, {"tomorrow", 1},
	};
	const char *rest = claim->said->text + claim->verb_end;
	size_t len = claim->said->len - claim->verb_end, plain = len;

	if (len == 0 || rest[len - 1] == '?' ||
	    nd_phrases_in(ND_PHRASES(conditions), rest, len))
		return false;
	/* Details come after a tree. */
	if (nd_acceptphrase_has_tree(claim)) {
		const char *behind = claim->tree + claim->tree_len;
		const char *comma =
			memchr(behind, ',', (size_t)(rest + len - behind));

		if (comma)
			plain = (size_t)(comma - rest);
	}
	if (nd_phrase_find_word(rest, plain, "but") ||
	    nd_phrases_in(nd_acceptwords[ND_ACCEPTWORDS_SPOILERS], rest,
	                  plain) ||
	    (!nd_acceptphrase_has_tree(claim) &&
	     nd_phrases_in(nd_acceptwords[ND_ACCEPTWORDS_NO_LEADS], rest,
	                   plain)))
		return false;
	if (!nd_acceptphrase_is_object(claim, rest, len))
		return false;
	if (!nd_phrases_in(ND_PHRASES(later), rest, len))
		claim->bits |= ND_ACCEPTANCE_OBJECT;
	return true;
}

static bool
read_plan(struct nd_acceptance *claim, const struct nd_utterance *said,
          size_t start)
{
	static const struct nd_phrase plans[] = {
		{"i'll", 1},  {"i'm going to", 1}, {"i will", 1}, {"let me", 1},
		{"we'll", 1}, {"we will", 1},      {"will", 1},
	};
	static const struct nd_phrase soon[] = {
		{"also", 1}, {"go", 1},  {"go ahead and", 1},
		{"just", 1}, {"now", 1}, {"then", 1},
	};
	const char *text = said->text + start;
	size_t len = said->len - start, end = 0;

	*claim = (struct nd_acceptance){.said = said};
	if (!nd_phrases_at(ND_PHRASES(plans), text, len, &end))
		return false;
	text += end;
	len -= end;
	nd_acceptphrase_skip_blanks(&text, &len);
	if (nd_phrases_at(ND_PHRASES(soon), text, len, &end)) {
		text += end;
		len -= end;
		nd_acceptphrase_skip_blanks(&text, &len);
	}
	if (!nd_phrases_at(ND_PHRASES(takes), text, len, &end))
		return false;
	claim->bits = ND_ACCEPTANCE_VERB | ND_ACCEPTANCE_PERSON |
	              ND_ACCEPTANCE_VAGUE | ND_ACCEPTANCE_WEAK;
	claim->verb_end = (size_t)(text - said->text) + end;
	nd_acceptphrase_find_tree(claim);
	/* "I'll add this to the cover letter" */
	if (nd_mem_starts_nocase(text, len, "add") &&
	    !nd_acceptphrase_has_tree(claim))
		return false;
	return is_plan_plain(claim);
}

/* "1/3 and 2/3 are", "The series is now": the bytes up to its place. */
static size_t
subject_len(struct nd_acceptance *claim)
{
	const char *text = claim->said->text;
	size_t len = claim->said->len, at = 0;
	bool determined = false;

	for (size_t words = 0; at < len && words <= WORDS_BEFORE; words++) {
		while (at < len && strchr(" ,#&", text[at]))
			at++;
		if (words > 0 && claim->bits & ND_ACCEPTANCE_STATE &&
		    nd_mem_starts_nocase(text + at, len - at, "in "))
			return at;
		if (!nd_acceptphrase_walk(claim, &at, &determined) ||
		    claim->bits & (ND_ACCEPTANCE_VERB | ND_ACCEPTANCE_PERSON |
		                   ND_ACCEPTANCE_PASSIVE | ND_ACCEPTANCE_NAMED))
			return 0;
	}
	return 0;
}

/* "Now in foo-next.", "This is in my tree already." */
static bool
read_place(struct nd_acceptance *claim, const struct nd_utterance *said)
{
	static const struct nd_phrase tails[] = {
		{"already", 1},
		{"now", 1},
		{"thank", 1},
		{"thanks", 1},
	};
	size_t end = 0, left;
	const char *behind;

	*claim = (struct nd_acceptance){.said = said};
	if (!said->opens)
		return false;
	if (!nd_phrases_at(ND_PHRASES(places), said->text, said->len, &end)) {
		end = subject_len(claim);
		if (end == 0)
			return false;
		end += strlen("in");
	}
	claim->tree = said->text + end;
	claim->tree_len = nd_treename_read(&claim->tree, said->len - end);
	if (claim->tree_len == 0 || !nd_acceptphrase_has_tree(claim))
		return false;
	behind = claim->tree + claim->tree_len;
	left = (size_t)(said->text + said->len - behind);
	claim->verb_end = end;
	claim->bits =
		ND_ACCEPTANCE_VERB | ND_ACCEPTANCE_VAGUE | ND_ACCEPTANCE_WEAK;
	while (left > 0 && strchr(" ,.!)", *behind)) {
		behind++;
		left--;
	}
	return left == 0 ||
	       nd_phrases_at(ND_PHRASES(tails), behind, left, NULL);
}

/* "With an updated subject added to foo-next": no comma parts the two. */
static bool
read_with(struct nd_acceptance *claim, const struct nd_utterance *said)
{
	size_t at = 0;

	if (!nd_mem_starts_nocase(said->text, said->len, "with "))
		return false;
	for (size_t i = 0; i < CLAUSES && at < said->len; i++) {
		unsigned bits;

		while (at < said->len && said->text[at] != ' ')
			at++;
		while (at < said->len && said->text[at] == ' ')
			at++;
		bits = nd_phrases_at(nd_acceptwords[ND_ACCEPTWORDS_BEFORE],
		                     said->text + at, said->len - at, NULL);
		/* "With this applied to foo-next, I see" is a tester's. */
		if (bits & ND_ACCEPTANCE_VERB)
			return is_lead(said, at) &&
			       read_from(claim, said, at) &&
			       nd_acceptphrase_has_tree(claim) &&
			       !nd_phrase_find_word(said->text, said->len, "i");
	}
	return false;
}

/* Most sentences have none of the words. */
static bool
may_accept(const struct nd_utterance *said)
{
	static const struct nd_phrase stands[] = {
		{"already in", 1}, {"are in", 1}, {"is in", 1}, {"now in", 1}};

	return said->len > 0 &&
	       (nd_phrases_in(nd_acceptwords[ND_ACCEPTWORDS_BEFORE], said->text,
	                      said->len) &
	                ND_ACCEPTANCE_VERB ||
	        nd_phrases_in(ND_PHRASES(takes), said->text, said->len) ||
	        (said->opens &&
	         (nd_phrases_at(ND_PHRASES(places), said->text, said->len,
	                        NULL) ||
	          nd_phrases_in(ND_PHRASES(stands), said->text, said->len))));
}

bool
nd_acceptance_read(const struct nd_utterance *said, struct nd_acceptance *claim)
{
	size_t start = 0;
	bool joined = false;

	if (!may_accept(said))
		return false;
	/* In the middle of a paragraph a sentence has a capital letter. */
	if (!said->opens && said->text[0] >= 'a' && said->text[0] <= 'z')
		return false;
	if (read_place(claim, said) || read_with(claim, said))
		return true;
	for (size_t i = 0; i < CLAUSES && start < said->len; i++) {
		if (start > 0 && !is_lead(said, start))
			return false;
		if (!joined || is_deed(said->text, start))
			if (read_from(claim, said, start) ||
			    read_plan(claim, said, start))
				return true;
		start = next_clause(said, start, &joined);
	}
	return false;
}

bool
nd_acceptance_is_plain(const struct nd_acceptance *claim)
{
	return !(claim->bits & (ND_ACCEPTANCE_WEAK | ND_ACCEPTANCE_PERSON |
	                        ND_ACCEPTANCE_VAGUE | ND_ACCEPTANCE_LEAD |
	                        ND_ACCEPTANCE_STATE));
}

bool
nd_acceptance_says(const struct nd_acceptance *claim, const char *word)
{
	return nd_phrase_find_word(claim->said->text, claim->said->len, word);
}
