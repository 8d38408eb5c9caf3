/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * request.h - one request about a thread, and what it belongs to
 *
 * Parts of the engine (engine.h) among themselves: a run has one setup, each
 * thread is a job, each request of a job is a turn. They are children of one
 * another in that order, and belong to the thread that runs the engine.
 */
#ifndef ND_LLM_REQUEST_H
#define ND_LLM_REQUEST_H

#include "llm/cache.h"
#include "llm/prompt.h"
#include "llm/run.h"

/* What all threads of a run share. */
struct nd_llm_setup {
	const struct nd_llm_engine_options *options;
	const char *system;
	const char *profile; /* hash, see cache.h */
	const char *nonce;
	size_t context_tokens; /* tokens; smaller when the server says so */
	unsigned max_out;
	struct nd_llm_engine_report *report;
};

/*
 * A part of a thread that is asked about by itself. What is found stays apart
 * until all parts are done, so that the order in which answers come decides
 * nothing.
 */
struct nd_llm_piece {
	struct nd_llm_answers said; /* in the order in which they count */
	const char *key;   /* of cache.h; NULL for the only piece of a thread,
			    * which is kept as the thread */
	const bool *shown; /* one a mail of the context */
	unsigned pending;  /* requests to send or under way */
	unsigned plan;     /* of the job's plans, by number */
	bool lost;         /* some of it will not be answered */
};

/* One thread on its way through the engine. */
struct nd_llm_job {
	struct nd_llm_setup *setup;
	const struct nd_llm_case *what;
	size_t number;                /* of the thread in its run */
	struct nd_llm_cached *cached; /* what was said of the thread before */
	struct nd_llm_proof *proof;
	struct nd_llm_proved *proved; /* what is known of the thread */
	struct nd_llm_piece **piece;  /* in the order of the plan */
	size_t piece_count;
	bool refresh; /* memory was stored and covers some mails */
	struct nd_llm_request *todo; /* requests to send, in order */
	unsigned pending;            /* requests to send or under way */
	unsigned replans;
	bool failed;
	enum nd_llm_result result; /* once it is finished, or has failed */
	struct nd_llm_job *next;   /* that waits to send something */
};

/* One request about it. */
struct nd_llm_request {
	struct nd_llm_job *job;
	struct nd_llm_piece *piece;
	unsigned flags; /* enum nd_llm_prompt_flags */
	uint32_t *mail;
	size_t mail_count, mail_tokens;
	bool *shown;                /* one a mail of the context */
	struct nd_llm_claims known; /* stored, or refused */
	const char **why;           /* of refused ones */
	const char *user, *schema;
	size_t tokens;
	unsigned max_out, asked;
	bool later; /* not the first piece: the opening is told already */
	unsigned max_words; /* of its items; 0: as they come */
	long sent_ms;       /* monotonic */
	struct nd_llm_request *next;
};

/** Tokens that mails may take in a request, with so many stored items. */
size_t nd_llm_request_room(const struct nd_llm_setup *setup,
                           const struct nd_llm_context *context, size_t stored);

/**
 * A turn of the job that shows these mails, for a piece of it.
 *
 * mail_tokens   longer mails are cut to it; 0: none is
 */
struct nd_llm_request *
nd_llm_request_new(struct nd_llm_job *job, struct nd_llm_piece *piece,
                   unsigned flags, const uint32_t *mail, size_t count,
                   size_t mail_tokens);

/** Put it behind what the job has to send. */
void
nd_llm_request_push(struct nd_llm_job *job, struct nd_llm_request *request);

/** Make its texts: late, since a run has many turns. */
void nd_llm_request_write(struct nd_llm_request *request);

/** The written turn as the service wants it. */
struct nd_service_question
nd_llm_request_question(struct nd_llm_request *request);

#endif
