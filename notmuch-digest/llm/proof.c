/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "llm/proof.h"

#include <string.h>

#include "text/language.h"
#include "util/alloc.h"
#include "util/str.h"

/* A first mail may be a patch without a word. */
static const char *
guess_language(const struct nd_llm_context *context)
{
	const char *guess = "";

	for (size_t i = 0; i < context->mail_count && !*guess; i++)
		guess = nd_language_guess(context->mail[i].text,
		                          context->mail[i].text_len);
	return guess;
}

struct nd_llm_proof *
nd_llm_proof_new(const void *ctx, const struct nd_llm_context *context,
                 const char *language)
{
	struct nd_llm_proof *proof = x_new(ctx, struct nd_llm_proof);

	proof->context = context;
	proof->evidence = nd_llm_evidence_new(proof, context);
	proof->language = guess_language(context);
	proof->same_language =
		*proof->language && strncmp(proof->language, language,
	                                    strlen(proof->language)) == 0;
	return proof;
}

/* ---- an answer ------------------------------------------------------------ */

static void
add_claim_of(const void *ctx, struct nd_llm_claims *claims,
             const struct nd_llm_claim *claim)
{
	struct nd_llm_claim *kept = x_append(ctx, claims->claim, claims->count);

	*kept = *claim;
	kept->by = x_strdup(ctx, claim->by);
	kept->quote = x_strdup(ctx, claim->quote);
	kept->text = x_strdup(ctx, claim->text);
}

struct nd_llm_answer
nd_llm_proof_answer(const void *ctx, unsigned flags, const bool *shown,
                    const struct nd_llm_context *context,
                    const struct nd_llm_response *response,
                    const struct nd_llm_claims *known)
{
	struct nd_llm_answer answer = {
		.flags = flags,
		.shown = x_array(ctx, bool, context->mail_count + 1),
		.gist = x_strdup(ctx, response->gist),
		.malformed = response->malformed,
	};

	memcpy(answer.shown, shown, context->mail_count * sizeof *shown);
	for (size_t i = 0; i < response->claims.count; i++)
		add_claim_of(ctx, &answer.claims, &response->claims.claim[i]);
	for (size_t i = 0; i < response->term_count; i++)
		*x_append(ctx, answer.term, answer.term_count) =
			(struct nd_llm_term){
				x_strdup(ctx, response->term[i].term),
				x_strdup(ctx, response->term[i].expansion),
			};
	for (size_t i = 0; i < response->superseded_count; i++) {
		size_t n = (size_t)response->superseded[i];

		if (flags & ND_LLM_ANSWER_REFRESH && n >= 1 &&
		    n <= known->count)
			*x_append(ctx, answer.superseded,
			          answer.superseded_count) =
				x_strdup(ctx, known->claim[n - 1].quote);
	}
	return answer;
}

static struct nd_llm_check
check_of(const struct nd_llm_proof *proof, const struct nd_llm_answer *answer)
{
	return (struct nd_llm_check){
		.context = proof->context,
		.evidence = proof->evidence,
		.shown = answer->shown,
		.same_language = proof->same_language,
		.language = proof->language,
	};
}

/* The opening is told by the first answer. */
static bool
is_wanted(const struct nd_llm_answer *answer, const struct nd_llm_claim *claim)
{
	return claim->zone != ND_ZONE_BACKGROUND ||
	       !(answer->flags & (ND_LLM_ANSWER_LATER | ND_LLM_ANSWER_REFRESH));
}

struct nd_llm_refused
nd_llm_proof_refused(const struct nd_llm_proof *proof, const void *ctx,
                     const struct nd_llm_answer *answer)
{
	const struct nd_llm_check check = check_of(proof, answer);
	struct nd_llm_check_counts counts = {0};
	struct nd_llm_refused refused = {0};
	size_t reasons = 0;

	for (size_t i = 0; i < answer->claims.count; i++) {
		struct nd_llm_claim claim = answer->claims.claim[i];
		const char *why = is_wanted(answer, &claim)
		                          ? nd_llm_check_claim(&check, ctx,
		                                               &claim, &counts)
		                          : NULL;

		if (!why)
			continue;
		*x_append(ctx, refused.claims.claim, refused.claims.count) =
			answer->claims.claim[i];
		*x_append(ctx, refused.why, reasons) = why;
	}
	return refused;
}

/* ---- what they come to ---------------------------------------------------- */

/* Is one of them in doubt, and about the same words as the other? */
static bool
is_same_quote(const struct nd_llm_claim *a, const struct nd_llm_claim *b)
{
	return (a->doubt || b->doubt) && a->source[0] == b->source[0] &&
	       (strstr(a->quote, b->quote) || strstr(b->quote, a->quote));
}

/* The one that says the same, or is about the same words; NULL: none. */
static struct nd_llm_claim *
find_alike(const struct nd_llm_proved *proved, const struct nd_llm_claim *claim)
{
	for (size_t i = 0; i < proved->claims.count; i++)
		if (nd_str_equal_nocase(proved->claims.claim[i].text,
		                        claim->text) ||
		    is_same_quote(&proved->claims.claim[i], claim))
			return &proved->claims.claim[i];
	return NULL;
}

/* Once; a statement takes the place of the bare words that it is about. */
static void
add_claim(struct nd_llm_proved *proved, const struct nd_llm_claim *claim)
{
	struct nd_llm_claim *place = find_alike(proved, claim);

	if (place && (claim->doubt || !place->doubt))
		return;
	if (!place)
		place = x_append(proved, proved->claims.claim,
		                 proved->claims.count);
	*place = *claim;
	place->by = "";
	place->quote = x_strdup(proved, claim->quote);
	place->text = x_strdup(proved, claim->text);
}

static void
forget_superseded(struct nd_llm_proved *proved,
                  const struct nd_llm_answer *answer)
{
	struct nd_llm_claims *claims = &proved->claims;
	size_t kept = 0;

	for (size_t i = 0; i < claims->count; i++) {
		bool gone = false;

		for (size_t k = 0; k < answer->superseded_count; k++)
			gone |= strcmp(claims->claim[i].quote,
			               answer->superseded[k]) == 0;
		if (!gone)
			claims->claim[kept++] = claims->claim[i];
	}
	claims->count = kept;
}

static bool
is_known_term(const struct nd_llm_proved *proved, const char *term)
{
	for (size_t i = 0; i < proved->term_count; i++)
		if (strcmp(proved->term[i].term, term) == 0)
			return true;
	return false;
}

static void
add_terms(struct nd_llm_proved *proved, const struct nd_llm_check *check,
          const struct nd_llm_answer *answer)
{
	for (size_t i = 0; i < answer->term_count; i++) {
		const struct nd_llm_term *term = &answer->term[i];

		if (nd_llm_check_term(check, term) &&
		    !is_known_term(proved, term->term))
			*x_append(proved, proved->term, proved->term_count) =
				(struct nd_llm_term){
					x_strdup(proved, term->term),
					x_strdup(proved, term->expansion),
				};
	}
}

/*
 * *open is what was refused of the answers before: a repair is of that, and as
 * long as something is.
 */
static void
add_claims(struct nd_llm_proved *proved, const struct nd_llm_check *check,
           const struct nd_llm_answer *answer, unsigned *open,
           struct nd_llm_check_counts *counts)
{
	bool repairs = answer->flags & ND_LLM_ANSWER_REPAIR;
	void *tmp = talloc_new(NULL);

	for (size_t i = 0; i < answer->claims.count; i++) {
		struct nd_llm_claim claim = answer->claims.claim[i];

		if (!is_wanted(answer, &claim) || (repairs && *open == 0))
			continue;
		if (!nd_llm_check_claim(check, tmp, &claim, counts)) {
			add_claim(proved, &claim);
			*open -= repairs;
		} else {
			*open += !repairs;
		}
	}
	talloc_free(tmp);
}

struct nd_llm_proved *
nd_llm_proof_of(const struct nd_llm_proof *proof, const void *ctx,
                const struct nd_llm_answers *answers,
                struct nd_llm_check_counts *counts)
{
	struct nd_llm_proved *proved = x_new(ctx, struct nd_llm_proved);
	struct nd_llm_check_counts unused = {0};
	unsigned open = 0;

	proved->gist = "";
	for (size_t i = 0; i < answers->count; i++) {
		const struct nd_llm_answer *answer = &answers->answer[i];
		const struct nd_llm_check check = check_of(proof, answer);
		const char *gist = NULL;

		forget_superseded(proved, answer);
		if (!(answer->flags &
		      (ND_LLM_ANSWER_REPAIR | ND_LLM_ANSWER_LATER)))
			gist = nd_llm_check_gist(&check, proved, answer->gist,
			                         counts ? counts : &unused);
		if (gist && *gist)
			proved->gist = gist;
		if (!(answer->flags & ND_LLM_ANSWER_REPAIR))
			proved->dropped += answer->malformed;
		add_claims(proved, &check, answer, &open,
		           counts ? counts : &unused);
		add_terms(proved, &check, answer);
	}
	proved->dropped += open;
	return proved;
}
