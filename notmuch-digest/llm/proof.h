/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * proof.h - what holds of all that a model said about a thread
 *
 * Answers are kept as the model gave them, and proved whenever they are wanted:
 * a check that is another one tomorrow needs no other answer.
 */
#ifndef ND_LLM_PROOF_H
#define ND_LLM_PROOF_H

#include "llm/check.h"
#include "llm/response.h"

enum nd_llm_answer_flags {
	ND_LLM_ANSWER_REPAIR = 1u << 0,  /* of what was refused of the others */
	ND_LLM_ANSWER_LATER = 1u << 1,   /* of a piece that is not the first */
	ND_LLM_ANSWER_REFRESH = 1u << 2, /* of a thread that has grown */
};

/* What a model said to one request, unchecked. */
struct nd_llm_answer {
	unsigned flags; /* enum nd_llm_answer_flags */
	bool *shown;    /* one a mail of the context: it stood in the prompt */
	const char *gist;
	struct nd_llm_claims claims;
	struct nd_llm_term *term;
	size_t term_count;
	unsigned malformed;      /* items that are none */
	const char **superseded; /* quotes of known statements that are no
				   * longer so */
	size_t superseded_count;
};

struct nd_llm_answers {
	struct nd_llm_answer *answer; /* in the order in which they count */
	size_t count;
};

/* What is known of a thread. */
struct nd_llm_proved {
	const char *gist; /* "" when there is none */
	struct nd_llm_claims claims;
	struct nd_llm_term *term;
	size_t term_count;
	unsigned dropped; /* statements that failed a check */
};

/* What it is proved with. */
struct nd_llm_proof {
	const struct nd_llm_context *context;
	struct nd_llm_evidence *evidence;
	const char *language; /* of the mails, as nd_language_guess() says */
	bool same_language;   /* that of the items */
};

/**
 * For a context, owned by ctx; that must stay.
 *
 * language   of the items
 */
struct nd_llm_proof *
nd_llm_proof_new(const void *ctx, const struct nd_llm_context *context,
                 const char *language);

/* Statements that do not hold, with the reasons: texts for the model. */
struct nd_llm_refused {
	struct nd_llm_claims claims;
	const char **why;
};

/** What a response says, unproved, owned by ctx; known: of the request. */
struct nd_llm_answer
nd_llm_proof_answer(const void *ctx, unsigned flags, const bool *shown,
                    const struct nd_llm_context *context,
                    const struct nd_llm_response *response,
                    const struct nd_llm_claims *known);

/** Which of its statements the model is to be asked about once more. */
struct nd_llm_refused
nd_llm_proof_refused(const struct nd_llm_proof *proof, const void *ctx,
                     const struct nd_llm_answer *answer);

/**
 * What all answers come to, owned by ctx.
 *
 * counts     added to; may be NULL
 */
struct nd_llm_proved *
nd_llm_proof_of(const struct nd_llm_proof *proof, const void *ctx,
                const struct nd_llm_answers *answers,
                struct nd_llm_check_counts *counts);

#endif
