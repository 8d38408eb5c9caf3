/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "llm/check_private.h"

#include <string.h>

#include "entailment/alignment.h"
#include "llm/abbreviation.h"
#include "llm/claimact.h"
#include "llm/patchref.h"
#include "llm/placeholder.h"
#include "llm/quotation.h"
#include "text/likeness.h"
#include "text/phrase.h"
#include "util/alloc.h"
#include "util/str.h"
#include "util/utf8.h"

enum {
	TOPIC_BYTES_MAX = 200,
	TEXT_BYTES_MAX = 400,
	WORD_BYTES_MIN = 3,
};

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

/* ---- what is said --------------------------------------------------------- */

/* A name of the person, as the sentence has it; NULL: it has none. */
static const char *
name_in(const void *ctx, const char *name, const char *sentence)
{
	struct nd_llm_evidence_token word;
	size_t len = strlen(name), at = 0;

	while (nd_llm_evidence_next_token(name, len, &at, &word)) {
		char *part = x_strndup(ctx, name + word.start, word.len);

		if (word.len >= WORD_BYTES_MIN &&
		    nd_phrase_find_word(sentence, strlen(sentence), part))
			return part;
	}
	return NULL;
}

/* The text with each {Pn} as the sentence names that one; NULL: it does not. */
static const char *
with_names(const struct nd_llm_check *check, const void *ctx, const char *text,
           const char *sentence)
{
	const struct nd_llm_context *context = check->context;
	const char *out = "";
	size_t at = 0, end = 0;
	long person;

	while (nd_llm_placeholder_next(text, &at, &person)) {
		const char *name =
			person >= 1 && (size_t)person <= context->person_count
				? name_in(ctx, context->person[person - 1].name,
		                          sentence)
				: NULL;
		size_t start = at;

		while (start > end && text[start] != '{')
			start--;
		if (!name)
			return NULL;
		out = x_asprintf(ctx, "%s%.*s%s", out, (int)(start - end),
		                 text + end, name);
		end = at;
	}
	return x_asprintf(ctx, "%s%s", out, text + end);
}

/* Models answer in the language of the mails, too, when asked for another. */
static bool
is_english(const struct nd_llm_check *check, const char *text)
{
	while (*text && (unsigned char)*text < 0x80)
		text++;
	return !*text && strcmp(check->language, "en") == 0;
}

/* Why the text may say something else than words of its mail; NULL: it does
 * not. */
static const char *
doubt_beside(const struct nd_llm_check *check, const void *ctx,
             const struct nd_llm_claim *claim, const char *words)
{
	enum nd_alignment_frame frame =
		nd_llm_claimact_frame(check->context, claim, words);
	const char *text = with_names(check, ctx, claim->text, words);

	if (!text)
		return "it names somebody whom the quote does not name";
	return check->same_language || is_english(check, text)
	               ? nd_alignment_doubt(text, words, frame)
	               : nd_alignment_doubt_translated(text, words, frame);
}

static const char *
around(const struct nd_llm_check *check, const void *ctx,
       const struct nd_llm_claim *claim)
{
	size_t mail = (size_t)claim->source[0] - 1;

	return x_asprintf(ctx, "%s. %s", check->context->mail[mail].subject,
	                  nd_llm_quotation_around(ctx, check->evidence, mail,
	                                          claim->quote));
}

static const char *
doubt_text(const struct nd_llm_check *check, const void *ctx,
           const struct nd_llm_claim *claim, const char *sentence)
{
	const char *doubt = check_markup(check, claim->text);

	if (doubt)
		return doubt;
	if (strlen(claim->text) > TEXT_BYTES_MAX)
		return "it is too long";
	if (nd_llm_abbreviation_claims(check->evidence, claim->text))
		return "it spells out an abbreviation that no mail does";
	doubt = doubt_beside(check, ctx, claim, sentence);
	/* It may tell what the title and the sentences beside it say, too. */
	return doubt ? doubt_beside(check, ctx, claim,
	                            around(check, ctx, claim))
	             : NULL;
}

/* A source besides the first must have something to say to it. */
static void
drop_idle_sources(const struct nd_llm_check *check, struct nd_llm_claim *claim,
                  struct nd_llm_check_counts *counts)
{
	size_t kept = 1;

	for (size_t i = 1; i < claim->source_count; i++) {
		const char *own = nd_llm_evidence_own(
			check->evidence, (size_t)claim->source[i] - 1);

		if (check->same_language &&
		    nd_likeness_of(check->language, claim->text, own).shared ==
		            0) {
			counts->recited++;
			continue;
		}
		claim->source[kept++] = claim->source[i];
	}
	claim->source_count = kept;
}

/* A decision is made, an open question asked; what is neither is told where
 * its mail stands. */
static void
place_claim(struct nd_llm_claim *claim)
{
	bool asks = claim->act == ND_LLM_CLAIM_ASKS;
	bool open = asks || claim->act == ND_LLM_CLAIM_REQUESTS_CHANGE;
	bool told = asks || claim->act == ND_LLM_CLAIM_SAYS ||
	            claim->act == ND_LLM_CLAIM_ANSWERS ||
	            claim->act == ND_LLM_CLAIM_REPORTS_RESULT;

	if ((claim->zone == ND_ZONE_QUESTION && !open) ||
	    (claim->zone == ND_ZONE_DECISION && told))
		claim->zone = ND_ZONE_NEW;
}

/* ---- all of it ------------------------------------------------------------ */

const char *
nd_llm_check_claim(const struct nd_llm_check *check, const void *ctx,
                   struct nd_llm_claim *claim,
                   struct nd_llm_check_counts *counts)
{
	const char *why = nd_llm_check_origin(check, ctx, claim, counts);
	const char *sentence;
	unsigned abbreviations;
	size_t mail;

	if (why)
		return why;
	mail = (size_t)claim->source[0] - 1;
	sentence = nd_llm_quotation_sentence(ctx, check->evidence, mail,
	                                     claim->quote);
	claim->text = nd_llm_abbreviation_strip(ctx, check->evidence,
	                                        claim->text, &abbreviations);
	counts->abbreviations += abbreviations;
	claim->text =
		nd_llm_placeholder_insert(ctx, check->context, claim->text);
	nd_llm_check_speaker(ctx, claim);
	claim->doubt = NULL;
	if (nd_llm_claimact_mend(check->context, claim, sentence))
		claim->doubt = "the act is another one";
	if (nd_llm_patchref_mend(check->context, check->evidence, claim))
		claim->doubt = "the patch is another one";
	place_claim(claim);
	/* Nothing of the text is told where something was taken. */
	if (!claim->doubt && claim->act != ND_LLM_CLAIM_APPLIES)
		claim->doubt = doubt_text(check, ctx, claim, sentence);
	if (!claim->doubt) {
		drop_idle_sources(check, claim, counts);
		return NULL;
	}
	counts->quoted++;
	claim->text = nd_llm_quotation_passage(ctx, check->evidence, mail,
	                                       claim->quote);
	claim->source_count = 1;
	return NULL;
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
