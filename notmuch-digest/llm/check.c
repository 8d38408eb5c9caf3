/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "llm/check_private.h"

#include <string.h>

#include "entailment/cause.h"
#include "entailment/clause.h"
#include "entailment/denial.h"
#include "entailment/negation.h"
#include "entailment/opposite.h"
#include "entailment/role.h"
#include "llm/abbreviation.h"
#include "llm/claimact.h"
#include "llm/patchref.h"
#include "llm/placeholder.h"
#include "llm/quotation.h"
#include "llm/sequence.h"
#include "text/likeness.h"
#include "text/phrase.h"
#include "util/alloc.h"
#include "util/str.h"
#include "util/utf8.h"

enum {
	TOPIC_BYTES_MAX = 200,
	WORD_BYTES_MIN = 3,
	COMMIT_BYTES_MIN = 7,
	WORDS_MIN = 3, /* of a text that must have some from its paragraph */
};

/* A share of common words below this is weak. */
#define OVERLAP_MIN 0.3

/* ---- links and markup ---------------------------------------------------- */

static const char *
check_markup(const struct nd_llm_check *check, const char *text)
{
	static const char *const markup[] = {
		"](",   "![",          "<a ",       "</",
		"<img", "javascript:", "data:text", "```"};
	const char *at = text;

	for (size_t i = 0; i < sizeof markup / sizeof *markup; i++)
		if (nd_mem_find_nocase(text, strlen(text), markup[i]))
			return "it holds markup";
	while ((at = strstr(at, "://"))) {
		size_t begin = (size_t)(at - text), end = begin;

		while (begin > 0 && nd_is_alpha(text[begin - 1]))
			begin--;
		while (text[end] > ' ' && text[end] < 0x7f &&
		       !strchr("),;<>\"", text[end]))
			end++;
		if (!nd_llm_evidence_holds(check->evidence, text + begin,
		                           end - begin))
			return "it holds a link that is in no mail";
		at += 3;
	}
	return NULL;
}

/* ---- identifiers and numbers --------------------------------------------- */

static bool
is_cited(const struct nd_llm_check *check, const struct nd_llm_claim *claim,
         const char *token, size_t len)
{
	for (size_t i = 0; i < claim->source_count; i++)
		if (nd_llm_evidence_has_token(check->evidence,
		                              (size_t)claim->source[i] - 1,
		                              token, len))
			return true;
	return nd_llm_evidence_facts_have(check->evidence, token, len);
}

/* Another mail has it, and there is room to cite that one, too. */
static bool
cite_also(const struct nd_llm_check *check, struct nd_llm_claim *claim,
          const char *token, size_t len, struct nd_llm_check_counts *counts)
{
	if (claim->source_count == ND_ITEM_SOURCES_MAX)
		return false;
	for (size_t i = 0; i < check->context->mail_count; i++) {
		if (!check->shown[i] ||
		    !nd_llm_check_fits_zone(check, claim->zone, (int)i + 1) ||
		    !nd_llm_evidence_has_whole(check->evidence, i, token, len))
			continue;
		claim->source[claim->source_count++] = (int)i + 1;
		counts->recited++;
		return true;
	}
	return false;
}

/* What the tokens of a text say about it. */
struct words {
	unsigned technical, plain, known, strange;
};

/* The start of the id of a commit, which a mail may have whole. */
static bool
is_commit(const char *word, size_t len)
{
	size_t digits = 0;

	if (len < COMMIT_BYTES_MIN)
		return false;
	for (size_t i = 0; i < len; i++) {
		if (!strchr("0123456789abcdefABCDEF", word[i]))
			return false;
		digits += nd_is_digit(word[i]);
	}
	return digits > 0;
}

static const char *
check_tokens(const struct nd_llm_check *check, const void *ctx,
             struct nd_llm_claim *claim, const char *text, struct words *words,
             struct nd_llm_check_counts *counts)
{
	struct nd_llm_evidence_token token;
	size_t len = strlen(text), at = 0;

	while (nd_llm_evidence_next_token(text, len, &at, &token)) {
		const char *word = text + token.start;
		bool cited = is_cited(check, claim, word, token.len) ||
		             (is_commit(word, token.len) &&
		              nd_llm_evidence_holds(check->evidence, word,
		                                    token.len));

		if (token.number && !cited)
			return x_asprintf(
				ctx, "the number %.*s is not in the cited mail",
				(int)token.len, word);
		if (token.technical && !cited &&
		    !cite_also(check, claim, word, token.len, counts))
			return x_asprintf(ctx,
			                  "\"%.*s\" is not in the cited mail",
			                  (int)token.len, word);
		if (token.technical) {
			words->technical++;
		} else if (token.len >= WORD_BYTES_MIN) {
			words->plain++;
			words->known += cited;
			words->strange += !cited && token.start > 0 &&
			                  *word >= 'A' && *word <= 'Z';
		}
	}
	return NULL;
}

static bool
is_weak(const struct nd_llm_check *check, const struct words *words)
{
	/* Across languages nothing is in common but what is technical. */
	if (!check->same_language)
		return words->technical == 0;
	return words->plain > 0 &&
	       (double)words->known < OVERLAP_MIN * (double)words->plain;
}

/* ---- what the words say -------------------------------------------------- */

/* All that a mail has: its subject, its own words and what it answers. */
static const char *
words_of(const struct nd_llm_check *check, const void *ctx,
         const struct nd_llm_claim *claim)
{
	const char *words = "";

	for (size_t i = 0; i < claim->source_count; i++) {
		const struct nd_llm_context_mail *mail =
			&check->context->mail[claim->source[i] - 1];

		words = x_asprintf(ctx, "%s\n%s\n%s", words, mail->head,
		                   mail->text);
	}
	return words;
}

static const char *
check_reason(const struct nd_llm_check *check, const void *ctx,
             const struct nd_llm_claim *claim, const char *text,
             const char *sentence)
{
	const size_t mail = (size_t)claim->source[0] - 1;
	const char *own = nd_llm_evidence_own(check->evidence, mail);
	const char *around = nd_llm_quotation_paragraph(
		ctx, words_of(check, ctx, claim), claim->quote);
	const char *reason = check->same_language
	                             ? nd_cause_unfounded(check->language, text,
	                                                  sentence, around, own)
	                             : NULL;

	return reason ? x_asprintf(ctx,
	                           "the reason \"%s\" is not in the cited mail",
	                           reason)
	              : NULL;
}

/*
 * A text that says what the quote denies, or denies what it says, is wrong. A
 * denial that is lost otherwise is a reason to ask once more, as the text may be
 * about something else that the mail says.
 */
static const char *
check_negation(const struct nd_llm_check *check,
               const struct nd_llm_claim *claim, const char *text)
{
	const char *own = nd_llm_evidence_own(check->evidence,
	                                      (size_t)claim->source[0] - 1);
	const struct nd_likeness likeness =
		nd_likeness_of(check->language, text, claim->quote);
	/* What is asked for is not there yet. */
	bool wish = (claim->act == ND_LLM_CLAIM_REQUESTS_CHANGE ||
	             claim->act == ND_LLM_CLAIM_PROMISES_CHANGE) &&
	            !nd_denial_forbids(claim->quote);

	/* Who objects to it says no to it. */
	wish |= claim->act == ND_LLM_CLAIM_OBJECTS &&
	        nd_str_starts_nocase(text, "to ");
	bool contrary = wish ? false
	                : check->same_language
	                        ? nd_denial_is_contrary(check->language, text,
	                                                claim->quote, own)
	                        : nd_denial_is_lost(text, claim->quote);

	if (contrary)
		return "the quote says the contrary";
	if (wish || check->insists || nd_negation_count(text) > 0 ||
	    nd_denial_denies(text) || strchr(claim->quote, '?') ||
	    nd_negation_count(claim->quote) == 0 ||
	    !nd_denial_denies(claim->quote) ||
	    (check->same_language &&
	     (double)likeness.shared < OVERLAP_MIN * (double)likeness.words))
		return NULL;
	return "the quote denies something, the text does not: is that right?";
}

/* Words of somebody who guesses what no mail says. */
static bool
is_guess(const char *text)
{
	static const char *const words[] = {"推测",       "推断",  "猜测",
	                                    "presumably", "infer", "speculat"};

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (nd_mem_find_nocase(text, strlen(text), words[i]))
			return true;
	return false;
}

/* Nothing in the text is in the mail, as far as that can be seen. */
static const char *
check_substance(const struct nd_llm_check *check,
                const struct nd_llm_claim *claim, const struct words *words,
                size_t people, struct nd_llm_check_counts *counts)
{
	if (!is_weak(check, words))
		return NULL;
	if (words->technical == 0 && people == 0 &&
	    (check->same_language || is_guess(claim->text)))
		return "it says nothing that is in the cited mail";
	counts->weak += check->same_language;
	return NULL;
}

/* The quote's paragraph, or one beside it, has to do with the text. */
static const char *
check_paragraph(const struct nd_llm_check *check,
                const struct nd_llm_claim *claim, const char *text)
{
	const char *paragraph = nd_llm_quotation_paragraph(
		NULL, check->context->mail[claim->source[0] - 1].text,
		claim->quote);
	struct nd_likeness likeness = {0};

	if (check->same_language)
		likeness = nd_likeness_of(check->language, text, paragraph);
	talloc_free((void *)paragraph);
	/* A question may be asked at the end of what it is about. */
	return claim->act != ND_LLM_CLAIM_ASKS && likeness.words >= WORDS_MIN &&
	                       likeness.shared == 0
	               ? "the quote is about something else"
	               : NULL;
}

/* What it says happened, who does what, and how it is: as the sentence has it. */
static const char *
check_relations(const struct nd_llm_check *check,
                const struct nd_llm_claim *claim, const char *text,
                const char *sentence)
{
	const char *own = nd_llm_evidence_own(check->evidence,
	                                      (size_t)claim->source[0] - 1);
	const char *why;

	if (nd_llm_claimact_is_stated(claim->act) &&
	    nd_clause_is_premature(text, claim->quote, sentence, own))
		return "the quote says that it may be or is to be done, not "
		       "that it is";
	if (claim->act == ND_LLM_CLAIM_REPORTS_RESULT &&
	    nd_clause_is_guess(claim->quote) && !nd_clause_is_guess(text))
		return "the quote guesses; it reports nothing";
	if ((why = nd_role_wrong(text, sentence, own)))
		return why;
	if (nd_opposite_is_said(text, sentence, own) ||
	    (nd_llm_claimact_is_stated(claim->act) &&
	     nd_clause_is_denied(text, claim->quote, own)))
		return "the quote says the contrary";
	return NULL;
}

/* Digits with dots, and a letter before them at most: "6.4", "v3". */
static bool
is_release(const char *word, size_t len)
{
	size_t letter = len > 1 && nd_lower(*word) == 'v';

	for (size_t i = letter; i < len; i++)
		if (!nd_is_digit(word[i]) && word[i] != '.')
			return false;
	return letter || memchr(word, '.', len);
}

static bool
has_word(const char *text, const char *word, size_t len)
{
	char *part = x_strndup(NULL, word, len);
	bool has = nd_phrase_find_word(text, strlen(text), part) != NULL;

	talloc_free(part);
	return has;
}

/* A release that only what is answered has, in the place of that of the quote. */
static const char *
check_release(const struct nd_llm_check *check, const void *ctx,
              const struct nd_llm_claim *claim, const char *text)
{
	const char *own = nd_llm_evidence_own(check->evidence,
	                                      (size_t)claim->source[0] - 1);
	struct nd_llm_evidence_token mine, theirs;
	size_t at = 0, len = strlen(text), size = strlen(claim->quote);

	while (nd_llm_evidence_next_token(text, len, &at, &mine)) {
		const char *word = text + mine.start;
		size_t from = 0;

		if (!is_release(word, mine.len) ||
		    has_word(own, word, mine.len))
			continue;
		while (nd_llm_evidence_next_token(claim->quote, size, &from,
		                                  &theirs)) {
			const char *other = claim->quote + theirs.start;

			if (is_release(other, theirs.len) &&
			    (*other == 'v') == (*word == 'v') &&
			    !has_word(text, other, theirs.len))
				return x_asprintf(
					ctx, "the quote says %.*s, not %.*s",
					(int)theirs.len, other, (int)mine.len,
					word);
		}
	}
	return NULL;
}

/* Is more of it in what the mail answers than in what it says itself? */
static const char *
check_whose(const struct nd_llm_check *check, const struct nd_llm_claim *claim,
            const char *text)
{
	const struct nd_llm_context_mail *mail =
		&check->context->mail[claim->source[0] - 1];
	const char *own = nd_llm_evidence_own(check->evidence,
	                                      (size_t)claim->source[0] - 1);
	char *said = x_asprintf(NULL, "%s\n%s", mail->head, own);
	char *all = x_asprintf(said, "%s\n%s", mail->head, mail->text);
	size_t mine = nd_likeness_of(check->language, text, said).shared;
	size_t both = nd_likeness_of(check->language, text, all).shared;

	talloc_free(said);
	return check->same_language && nd_llm_claimact_is_stated(claim->act) &&
	                       claim->act != ND_LLM_CLAIM_ANSWERS &&
	                       both - mine > mine
	               ? "that is said in what the mail answers, not in it"
	               : NULL;
}

/* A source besides the first must have something to say to it. */
static void
drop_idle_sources(const struct nd_llm_check *check, const void *ctx,
                  struct nd_llm_claim *claim, const char *text,
                  struct nd_llm_check_counts *counts)
{
	size_t kept = 1;

	for (size_t i = 1; i < claim->source_count; i++) {
		const struct nd_llm_claim alone = {.source = {claim->source[i]},
		                                   .source_count = 1};

		if (check->same_language &&
		    nd_likeness_of(check->language, text,
		                   words_of(check, ctx, &alone))
		                    .shared == 0) {
			counts->recited++;
			continue;
		}
		claim->source[kept++] = claim->source[i];
	}
	claim->source_count = kept;
}

/* ---- all of it ----------------------------------------------------------- */

/* What it says of what the program knows itself. */
static const char *
check_facts(const struct nd_llm_check *check, const void *ctx,
            struct nd_llm_claim *claim, const char *sentence)
{
	const char *why = nd_llm_claimact_check(
		check->context, claim, (size_t)claim->person - 1, sentence);

	if (!why)
		why = nd_llm_claimact_check_text(check->context, claim,
		                                 sentence);
	if (!why)
		why = nd_llm_patchref_check(ctx, check->context,
		                            check->evidence, claim, sentence);
	return why;
}

/* What it says, beside what the mail says. */
static const char *
check_words(const struct nd_llm_check *check, const void *ctx,
            struct nd_llm_claim *claim, const char *sentence, size_t people,
            struct nd_llm_check_counts *counts)
{
	const char *text = nd_llm_placeholder_remove(ctx, claim->text);
	struct words words = {0};
	const char *why = check_tokens(check, ctx, claim, text, &words, counts);

	if (why)
		return why;
	counts->strange += words.strange;
	why = check_substance(check, claim, &words, people, counts);
	if (!why)
		why = nd_llm_patchref_check_version(
			ctx, text, claim->quote, sentence,
			nd_llm_evidence_own(check->evidence,
		                            (size_t)claim->source[0] - 1));
	if (!why &&
	    nd_llm_sequence_is_reversed(
		    text, nd_llm_evidence_own(check->evidence,
	                                      (size_t)claim->source[0] - 1)))
		why = "it turns round what the mail says comes first";
	if (!why)
		why = check_reason(check, ctx, claim, text, sentence);
	if (!why)
		why = check_relations(check, claim, text, sentence);
	if (!why)
		why = check_whose(check, claim, text);
	if (!why)
		why = check_release(check, ctx, claim, text);
	if (!why)
		why = check_paragraph(check, claim, text);
	if (!why)
		why = check_negation(check, claim, text);
	if (!why)
		drop_idle_sources(check, ctx, claim, text, counts);
	return why;
}

const char *
nd_llm_check_claim(const struct nd_llm_check *check, const void *ctx,
                   struct nd_llm_claim *claim,
                   struct nd_llm_check_counts *counts)
{
	const char *why = nd_llm_check_origin(check, ctx, claim, counts),
		   *sentence;
	unsigned abbreviations;
	size_t people;

	if (!why)
		why = check_markup(check, claim->text);
	if (why)
		return why;
	claim->text = nd_llm_abbreviation_strip(ctx, check->evidence,
	                                        claim->text, &abbreviations);
	counts->abbreviations += abbreviations;
	if (nd_llm_abbreviation_claims(check->evidence, claim->text))
		return "it spells out an abbreviation that no mail does";
	claim->text =
		nd_llm_placeholder_insert(ctx, check->context, claim->text);
	why = nd_llm_check_speaker(ctx, claim);
	sentence = nd_llm_quotation_sentence(ctx, check->evidence,
	                                     (size_t)claim->source[0] - 1,
	                                     claim->quote);
	if (!why)
		why = nd_llm_check_people(check, ctx, claim, sentence, &people);
	if (why)
		return why;
	why = check_facts(check, ctx, claim, sentence);
	return why ? why
	           : check_words(check, ctx, claim, sentence, people, counts);
}

const char *
nd_llm_check_gist(const struct nd_llm_check *check, const void *ctx,
                  const char *gist, struct nd_llm_check_counts *counts)
{
	struct nd_llm_evidence_token token;
	unsigned abbreviations;
	size_t at = 0, len, keep, person_at = 0;
	long person;

	gist = nd_llm_abbreviation_strip(ctx, check->evidence, gist,
	                                 &abbreviations);
	counts->abbreviations += abbreviations;
	gist = nd_llm_placeholder_insert(ctx, check->context, gist);
	while (nd_llm_placeholder_next(gist, &person_at, &person))
		if (person < 1 || (size_t)person > check->context->person_count)
			return NULL;
	len = strlen(gist);
	if (len == 0 || check_markup(check, gist) ||
	    nd_llm_abbreviation_claims(check->evidence, gist))
		return NULL;
	while (nd_llm_evidence_next_token(gist, len, &at, &token)) {
		const char *word = gist + token.start;
		bool found = nd_llm_evidence_facts_have(check->evidence, word,
		                                        token.len);

		/* The number of a {Pn} is ours. */
		if (token.start > 0 && word[-1] == '{')
			continue;
		for (size_t i = 0; token.technical && !found &&
		                   i < check->context->mail_count;
		     i++)
			found = check->shown[i] &&
			        nd_llm_evidence_has_token(check->evidence, i,
			                                  word, token.len);
		if (token.technical && !found)
			return NULL;
	}
	if (len <= TOPIC_BYTES_MAX)
		return gist;
	keep = nd_utf8_fit(gist, TOPIC_BYTES_MAX - 3, TOPIC_BYTES_MAX);
	while (keep > 0 && ((unsigned char)gist[keep] & 0xc0) == 0x80)
		keep--;
	return x_asprintf(ctx, "%.*s…", (int)keep, gist);
}

bool
nd_llm_check_term(const struct nd_llm_check *check,
                  const struct nd_llm_term *term)
{
	size_t len = strlen(term->expansion);

	return strcmp(term->term, term->expansion) != 0 &&
	       !strchr(term->expansion, '{') &&
	       !check_markup(check, term->expansion) &&
	       nd_llm_evidence_holds(check->evidence, term->term,
	                             strlen(term->term)) &&
	       nd_llm_evidence_spells(check->evidence, term->expansion, len);
}
