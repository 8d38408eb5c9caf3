/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "summarise/opening.h"

#include <string.h>

#include "summarise/doing.h"
#include "summarise/hanging.h"
#include "summarise/presentable.h"
#include "summarise/purpose.h"
#include "text/token.h"
#include "util/str.h"

enum {
	TOKENS_MAX = 8,
	WAY_TOKENS_MAX = 32,
	POINTER_TOKENS = 5,
	VERSION_TOKENS = 6, /* where a sentence says that it is of one */
	LEADING_MAX = 3,    /* sentences that one may lead back */
	STORY_TOKENS = 16,  /* where a story says who */
	STORY_WORDS = 20,   /* a longer one says what, too */
	BRIEF_WORDS = 8,    /* that say little by themselves */
};

#define COUNT(table) (sizeof table / sizeof table[0])

static size_t
read_start(const struct nd_candidate *c, struct nd_token token[TOKENS_MAX])
{
	return nd_tokenizer_read(nd_tokenizer_own(), c->sentence.text,
	                         c->sentence.len, token, TOKENS_MAX);
}

static bool
is_number(const struct nd_token *token)
{
	return token->len && (nd_is_digit(*token->text) || *token->text == '#');
}

/* "The second patch is", "Patch 2/2 cleans up", "Patches 1-3 are" */
static bool
is_of_one_patch(const struct nd_candidate *c)
{
	static const char *const which[] = {
		"first", "second", "third", "fourth", "last",
		"final", "next",   "other", "former", "latter",
	};
	static const char *const patches[] = {"patch", "patches", "commit",
	                                      "commits"};
	struct nd_token token[TOKENS_MAX];
	size_t count = read_start(c, token);
	size_t at = count && nd_mem_is_nocase(token->text, token->len, "the");

	if (at + 1 >= count)
		return false;
	if (nd_token_is_one_of(&token[at], which, COUNT(which)))
		return nd_token_is_one_of(&token[at + 1], patches,
		                          COUNT(patches)) ||
		       (at + 2 < count &&
		        nd_token_is_one_of(&token[at + 2], patches,
		                           COUNT(patches)));
	return nd_token_is_one_of(&token[at], patches, COUNT(patches)) &&
	       is_number(&token[at + 1]);
}

/* Where it can be had: "pulling from my git trees", "a branch is available at" */
static bool
is_of_pulling(const struct nd_sentence *s)
{
	static const char *const ways[] = {
		"pull",  "pulling", "pulled",    "fetch", "fetched",
		"clone", "cloning", "available", "found", "find"};
	static const char *const places[] = {"tree",     "trees",      "branch",
	                                     "branches", "repository", "repo"};
	struct nd_token token[WAY_TOKENS_MAX];
	size_t count = nd_tokenizer_read(nd_tokenizer_own(), s->text, s->len,
	                                 token, WAY_TOKENS_MAX);
	bool way = false, place = false;

	for (size_t i = 0; i < count; i++) {
		way |= nd_token_is_one_of(&token[i], ways, COUNT(ways));
		place |= nd_token_is_one_of(&token[i], places, COUNT(places));
	}
	return way && place;
}

/*
 * "This series depends on", "These are based on", "Against the tip": where it
 * belongs, and where it can be had.
 */
static bool
is_of_place(const struct nd_candidate *c)
{
	static const char *const pointers[] = {"these", "this"};
	static const char *const places[] = {"against", "based", "rebased",
	                                     "applies"};
	static const char *const helpers[] = {"is",  "are",  "was", "were",
	                                      "has", "have", "been"};
	static const char *const verbs[] = {
		"depends", "depend",  "applies", "apply",    "needs",
		"need",    "goes",    "go",      "requires", "require",
		"based",   "rebased", "builds",  "build",
	};
	struct nd_token token[TOKENS_MAX];
	size_t count = read_start(c, token),
	       at = nd_purpose_past_posting(token, count);

	if (count && (nd_token_is_one_of(token, places, COUNT(places)) ||
	              is_of_pulling(&c->sentence)))
		return true;
	if (!at && count)
		at = nd_token_is_one_of(token, pointers, COUNT(pointers));
	while (at > 0 && at < count &&
	       nd_token_is_one_of(&token[at], helpers, COUNT(helpers)))
		at++;
	return at > 0 && at < count &&
	       nd_token_is_one_of(&token[at], verbs, COUNT(verbs));
}

/* "All the patches have a link", "Tested on both boards": how they are sent */
static bool
is_of_patches(const struct nd_candidate *c)
{
	static const char *const all[] = {"all", "each", "every", "both",
	                                  "most"};
	static const char *const deeds[] = {"tested", "verified", "built",
	                                    "build-tested", "compile-tested"};
	static const char *const finds[] = {"found",     "reported",
	                                    "spotted",   "discovered",
	                                    "suggested", "detected"};
	static const char *const helpers[] = {"is",   "are",    "was",
	                                      "were", "has",    "have",
	                                      "been", "passed", "only"};
	struct nd_token token[TOKENS_MAX];
	size_t count = read_start(c, token), at = 1, past;

	if (count && nd_token_is_one_of(token, deeds, COUNT(deeds)))
		return true;
	/* "Found by the checker" */
	if (count > 1 && nd_token_is_one_of(token, finds, COUNT(finds)) &&
	    nd_mem_is_nocase(token[1].text, token[1].len, "by"))
		return true;
	/* "This series was lightly tested", "This patch has passed the tests" */
	past = nd_purpose_past_posting(token, count);
	if (past && past < count &&
	    nd_token_is_one_of(&token[past], helpers, COUNT(helpers)) &&
	    nd_mem_find_nocase(c->sentence.text, c->sentence.len, " test"))
		return true;
	if (!count || !nd_token_is_one_of(token, all, COUNT(all)))
		return false;
	while (at < count && at < 4 && !nd_purpose_is_posting(&token[at]))
		at++;
	return at < count && at < 4 && nd_purpose_is_posting(&token[at]);
}

/*
 * "I'm sending this early", "I hope to have it in 6.2", "so I'll send it again":
 * of the sender's plans
 */
static bool
is_of_plans(const struct nd_candidate *c)
{
	static const char *const people[] = {"i", "we"};
	static const char *const verbs[] = {
		"targeting", "targetting", "aiming",    "hoping",
		"planning",  "sending",    "posting",   "resending",
		"reposting", "expecting",  "waiting",   "hope",
		"plan",      "expect",     "resend",    "repost",
		"posted",    "sent",       "submitted", "rebased",
		"applied",   "addressed",  "dropped",   "collected",
	};
	static const char *const helpers[] = {"am", "are", "have", "already"};
	struct nd_token token[TOKENS_MAX];
	size_t count = read_start(c, token), at = 1;

	if (c->doing & ND_DOING_PROMISE)
		return true;
	if (!count || !nd_token_is_one_of(token, people, COUNT(people)))
		return false;
	while (at < count &&
	       nd_token_is_one_of(&token[at], helpers, COUNT(helpers)))
		at++;
	return at < count &&
	       nd_token_is_one_of(&token[at], verbs, COUNT(verbs));
}

/* "Please pick this up", "Jens, please apply": of who is to do what with them */
static bool
is_of_asking(const struct nd_sentence *s)
{
	static const char *const deeds[] = {
		"pick",   "apply",  "merge", "queue",  "take",    "pull",
		"review", "report", "test",  "ignore", "consider"};
	struct nd_token token[WAY_TOKENS_MAX];
	size_t count = nd_tokenizer_read(nd_tokenizer_own(), s->text, s->len,
	                                 token, WAY_TOKENS_MAX);

	for (size_t i = 0; i + 1 < count; i++)
		if ((i == 0 || token[i - 1].comma) &&
		    nd_mem_is_nocase(token[i].text, token[i].len, "please") &&
		    nd_token_is_one_of(&token[i + 1], deeds, COUNT(deeds)))
			return true;
	return false;
}

/* "v5", "V2" */
static bool
is_version_number(const struct nd_token *token)
{
	if (token->len < 2 || nd_lower(*token->text) != 'v')
		return false;
	for (size_t i = 1; i < token->len; i++)
		if (!nd_is_digit(token->text[i]))
			return false;
	return true;
}

/* "The biggest change is", "The main differences are": since the last one */
static bool
is_of_changes(const struct nd_token *token, size_t count)
{
	static const char *const which[] = {
		"biggest", "main",  "only", "major", "largest",
		"most",    "other", "key",  "big",   "notable",
	};
	static const char *const changes[] = {"change", "changes", "difference",
	                                      "differences"};
	static const char *const verbs[] = {"is", "are", "since", "from",
	                                    "compared"};
	size_t at = count && nd_mem_is_nocase(token->text, token->len, "the");
	size_t first = at;

	while (at < count &&
	       nd_token_is_one_of(&token[at], which, COUNT(which)))
		at++;
	return at > first && at + 1 < count &&
	       nd_token_is_one_of(&token[at], changes, COUNT(changes)) &&
	       nd_token_is_one_of(&token[at + 1], verbs, COUNT(verbs));
}

/* "Compared to v1 this has", "This version addresses": of the one before */
static bool
is_of_version(const struct nd_candidate *c)
{
	static const char *const words[] = {"version",   "revision", "respin",
	                                    "resend",    "repost",   "rebase",
	                                    "follow-up", "followup"};
	struct nd_token token[TOKENS_MAX];
	size_t count = read_start(c, token);

	for (size_t i = 0; i < count && i < VERSION_TOKENS; i++)
		if (is_version_number(&token[i]) ||
		    nd_token_is_one_of(&token[i], words, COUNT(words)))
			return true;
	return is_of_changes(token, count);
}

bool
nd_opening_is_of_sending(const struct nd_candidates *m,
                         const struct nd_candidate *c)
{
	return m->review && m->source[c->message].part != ND_PART_TALK &&
	       (is_of_place(c) || is_of_version(c) || is_of_plans(c) ||
	        is_of_patches(c) || is_of_asking(&c->sentence));
}

bool
nd_opening_is_aside(const struct nd_candidates *m, const struct nd_candidate *c)
{
	if (!m->review || m->source[c->message].part == ND_PART_TALK)
		return false;
	return c->note || c->listed || nd_opening_is_of_sending(m, c) ||
	       (m->thread->series && m->thread->series->total > 1 &&
	        is_of_one_patch(c));
}

bool
nd_opening_tells_purpose(const struct nd_candidates *m,
                         const struct nd_candidate *c)
{
	const struct nd_sentence *s = &c->sentence;

	if (!m->review || nd_opening_is_aside(m, c) ||
	    m->source[c->message].part != ND_PART_ROOT ||
	    !(s->flags & ND_SENTENCE_WHOLE))
		return false;
	return nd_purpose_is_told(s) || (c->place == 0 && nd_purpose_begins(s));
}

/* "This allows" is of what was posted. */
static bool
points_back(const struct nd_candidate *c)
{
	static const char *const pointers[] = {"this", "these", "those",
	                                       "such"};
	static const char *const others[] = {"as", "that"};
	static const char *const places[] = {"of",   "for",  "to",   "in",
	                                     "with", "by",   "on",   "about",
	                                     "at",   "from", "after"};
	struct nd_token token[TOKENS_MAX];
	size_t count = read_start(c, token);

	for (size_t i = 0; i + 1 < count && i < POINTER_TOKENS; i++) {
		const struct nd_token *next = &token[i + 1];

		/* "Examples of that include" */
		if (nd_token_is_one_of(&token[i], places, COUNT(places)) &&
		    nd_mem_is_nocase(next->text, next->len, "that"))
			return true;
		if (!nd_token_is_one_of(&token[i], pointers, COUNT(pointers)))
			continue;
		if (i == 0 && next->len && next->text[next->len - 1] == 's')
			continue;
		return next->kind == ND_TOKEN_WORD &&
		       !nd_purpose_is_posting(next) &&
		       !nd_token_is_one_of(next, others, COUNT(others));
	}
	return false;
}

/* "A framework for this kind of problems": which, was said before, too. */
static bool
names_again(const struct nd_candidate *c)
{
	static const char *const pointers[] = {"this", "these", "such",
	                                       "those"};
	static const char *const things[] = {
		"kind",   "kinds", "problem",  "problems",    "issue",
		"issues", "case",  "cases",    "situation",   "situations",
		"need",   "needs", "scenario", "limitations", "requirement",
	};
	struct nd_token token[STORY_TOKENS];
	size_t count = nd_tokenizer_read(nd_tokenizer_own(), c->sentence.text,
	                                 c->sentence.len, token, STORY_TOKENS);

	for (size_t i = 0; i + 1 < count; i++)
		if ((nd_token_is_one_of(&token[i], pointers, COUNT(pointers)) &&
		     nd_token_is_one_of(&token[i + 1], things,
		                        COUNT(things))) ||
		    (nd_mem_is_nocase(token[i].text, token[i].len,
		                      "mentioned") &&
		     nd_purpose_is_posting(&token[i + 1])))
			return true;
	return false;
}

bool
nd_opening_leads_back(const struct nd_candidate *c)
{
	return nd_hanging_leads_back(c) || points_back(c) || names_again(c);
}

static bool
stands(const struct nd_candidate *c)
{
	return nd_hanging_stands(c) && !points_back(c) && !names_again(c);
}

/* "While testing, I found a problem." */
static bool
narrates(const struct nd_candidate *c)
{
	static const char *const people[] = {"i", "we"};
	static const char *const verbs[] = {
		"noticed",  "found",     "tried",     "saw",      "hit",
		"realised", "realized",  "spotted",   "ran",      "discovered",
		"observed", "came",      "got",       "stumbled", "put",
		"proposed", "mentioned", "suggested",
	};
	struct nd_token token[STORY_TOKENS];
	size_t count = nd_tokenizer_read(nd_tokenizer_own(), c->sentence.text,
	                                 c->sentence.len, token, STORY_TOKENS);

	if (c->print_words > STORY_WORDS)
		return false;
	for (size_t i = 0; i + 1 < count; i++)
		if (nd_token_is_one_of(&token[i], people, COUNT(people)) &&
		    (i == 0 || token[i - 1].comma) &&
		    nd_token_is_one_of(&token[i + 1], verbs, COUNT(verbs)))
			return true;
	return false;
}

/* "I have been able to rebase this": of the sender, not of what is wrong. */
static bool
is_of_sender(const struct nd_candidate *c)
{
	struct nd_token token[STORY_TOKENS];
	size_t count = nd_tokenizer_read(nd_tokenizer_own(), c->sentence.text,
	                                 c->sentence.len, token, STORY_TOKENS);

	for (size_t i = 0; i < count; i++)
		if (nd_mem_is_nocase(token[i].text, token[i].len, "i"))
			return true;
	return false;
}

bool
nd_opening_says_itself(const struct nd_candidate *c)
{
	return nd_purpose_is_told(&c->sentence) ||
	       nd_purpose_is_commanded(&c->sentence) ||
	       (c->place == 0 && nd_purpose_begins(&c->sentence)) ||
	       (stands(c) && !is_of_sender(c));
}

static bool
may_open(const struct nd_chooser *chooser, const struct nd_candidate *c)
{
	const struct nd_candidates *m = chooser->m;

	return chooser->taken[c - m->candidate] == ND_CHOOSER_FREE &&
	       nd_chooser_share(m, c) == ND_SHARE_BACKGROUND &&
	       !nd_opening_is_aside(m, c) && nd_presentable(m, c);
}

/* What a story leads to: the first sentence below it that stands; else one. */
static uint32_t
finding_of(const struct nd_chooser *chooser, uint32_t one, unsigned left)
{
	const struct nd_candidates *m = chooser->m;
	const struct nd_source *source = &m->source[m->candidate[one].message];
	uint32_t end = source->candidate + source->candidate_count;
	uint32_t i = one;

	if (!narrates(&m->candidate[one]) &&
	    !(one > source->candidate &&
	      nd_opening_leads_back(&m->candidate[one]) &&
	      narrates(&m->candidate[one - 1])))
		return one;
	while (++i < end && i - one < LEADING_MAX) {
		const struct nd_candidate *c = &m->candidate[i];

		if (may_open(chooser, c) && !nd_opening_leads_back(c) &&
		    !narrates(c) && c->sentence.flags & ND_SENTENCE_WHOLE &&
		    nd_chooser_price(chooser, c, ND_ZONE_BACKGROUND) <= left)
			return i;
	}
	return one;
}

/* The sentence that one leads back to, if it can be told, or one itself. */
static uint32_t
opening_of(const struct nd_chooser *chooser, uint32_t one)
{
	const struct nd_candidates *m = chooser->m;
	uint32_t first = m->source[m->candidate[one].message].candidate;
	uint32_t i = one;

	if (!nd_opening_leads_back(&m->candidate[one]) || one == first)
		return one;
	do
		i--;
	while (i > first && one - i < LEADING_MAX && !stands(&m->candidate[i]));
	return stands(&m->candidate[i]) && may_open(chooser, &m->candidate[i])
	               ? i
	               : one;
}

/* The first sentence of its mail that leads back to nothing, or one itself. */
static uint32_t
beginning_of(const struct nd_chooser *chooser, uint32_t one)
{
	const struct nd_candidates *m = chooser->m;
	uint32_t i = m->source[m->candidate[one].message].candidate;

	for (; i < one; i++) {
		const struct nd_candidate *c = &m->candidate[i];

		if (may_open(chooser, c) && !nd_opening_leads_back(c) &&
		    !(c->doing & ND_DOING_COURTESY) &&
		    c->sentence.flags & ND_SENTENCE_WHOLE &&
		    c->print_words >= ND_OPENING_WORDS)
			return i;
	}
	return one;
}

/* The first sentence that says what patches are for, if it fits; else one. */
static uint32_t
purpose_of(const struct nd_chooser *chooser, uint32_t one, unsigned left)
{
	const struct nd_candidates *m = chooser->m;
	const struct nd_source *root = &m->source[m->thread->root];

	for (uint32_t i = root->candidate;
	     i < root->candidate + root->candidate_count; i++) {
		const struct nd_candidate *c = &m->candidate[i];

		if (may_open(chooser, c) && nd_opening_tells_purpose(m, c) &&
		    nd_chooser_price(chooser, c, ND_ZONE_BACKGROUND) <= left)
			return i;
	}
	return one;
}

/* What is beside it does not come before what it is beside. */
static void
cross_out_asides(struct nd_chooser *chooser)
{
	const struct nd_candidates *m = chooser->m;
	uint32_t first = chooser->choice[0].candidate;
	uint32_t i = m->source[m->candidate[first].message].candidate;

	for (; i < first; i++)
		if (chooser->taken[i] == ND_CHOOSER_FREE &&
		    nd_opening_is_aside(m, &m->candidate[i]))
			chooser->taken[i] = ND_CHOOSER_SAID;
}

/*
 * Both, or the one of them that stands by itself and fits. "Fix this by checking
 * the pointer" needs the title only.
 */
static void
take_led(struct nd_chooser *chooser, uint32_t opening, uint32_t i,
         unsigned max_words)
{
	const struct nd_candidate *c = &chooser->m->candidate[i];
	unsigned left = chooser->words_left / 2;
	unsigned before = nd_chooser_price(
		chooser, &chooser->m->candidate[opening], ND_ZONE_BACKGROUND);
	bool both = before + nd_chooser_words(c->print_words) <= left;
	bool first = both || (before <= left && !stands(c)) ||
	             (before <= max_words && !stands(c) &&
	              !(c->doing & ND_DOING_MEND));

	if (first)
		nd_chooser_take(chooser, opening, ND_ZONE_BACKGROUND);
	if (both || !first)
		nd_chooser_take(chooser, i, ND_ZONE_BACKGROUND);
}

/* "An update of v4. Plus tags and a rebase." */
static bool
continues_aside(const struct nd_candidates *m, const struct nd_candidate *c)
{
	return c->sentence.nth > 0 &&
	       !(c->sentence.flags & ND_SENTENCE_FIRST) &&
	       c[-1].message == c->message &&
	       nd_opening_is_of_sending(m, &c[-1]);
}

static bool
may_be_problem(const struct nd_chooser *chooser, uint32_t i)
{
	const struct nd_candidate *c = &chooser->m->candidate[i];

	return may_open(chooser, c) && stands(c) && !is_of_sender(c) &&
	       !continues_aside(chooser->m, c) &&
	       c->sentence.flags & ND_SENTENCE_WHOLE &&
	       c->print_words >= ND_OPENING_WORDS;
}

/* What a purpose is told behind: the best before it, or the first; else itself. */
static uint32_t
problem_of(const struct nd_chooser *chooser, uint32_t purpose, uint32_t best)
{
	const struct nd_candidates *m = chooser->m;
	uint32_t i = m->source[m->candidate[purpose].message].candidate;

	if (best >= i && best < purpose && may_be_problem(chooser, best))
		return best;
	while (i < purpose && !may_be_problem(chooser, i))
		i++;
	return i;
}

void
nd_opening_take(struct nd_chooser *chooser, uint32_t best, unsigned max_words)
{
	const struct nd_candidates *m = chooser->m;
	uint32_t i = finding_of(chooser, purpose_of(chooser, best, max_words),
	                        max_words);
	const struct nd_candidate *c = &m->candidate[i];
	bool tells = nd_opening_tells_purpose(m, c);
	uint32_t opening = tells ? problem_of(chooser, i, best) : i;

	if (opening == i && !(tells && stands(c)))
		opening = opening_of(chooser, i);
	if (opening == i && !tells &&
	    (!stands(c) || c->print_words <= BRIEF_WORDS))
		opening = beginning_of(chooser, i);
	if (opening == i)
		nd_chooser_take(chooser, i, ND_ZONE_BACKGROUND);
	else
		take_led(chooser, opening, i, max_words);
	cross_out_asides(chooser);
}
