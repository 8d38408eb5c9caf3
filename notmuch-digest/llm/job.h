/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * job.h - a thread on its way through the engine
 *
 * Part of the engine (engine.h): what a thread has to ask, what the answers do
 * to it, and how it ends.
 */
#ifndef ND_LLM_JOB_H
#define ND_LLM_JOB_H

#include "llm/request.h"

/**
 * A job with its turns, owned by ctx: none when all is known already.
 *
 * number     of the thread in its run
 * what       has a context; must stay
 */
struct nd_llm_job *
nd_llm_job_new(const void *ctx, struct nd_llm_setup *setup,
               const struct nd_llm_case *what, size_t number);

/**
 * The service's text for a turn: keep what holds, ask again for the rest.
 *
 * Returns    false when it was no answer in the form asked for
 */
bool nd_llm_job_take(struct nd_llm_request *request,
                     const struct nd_provider_said *said);

/** The prompt of this turn was too long for the server. */
void nd_llm_job_replan(struct nd_llm_request *request,
                       const struct nd_service_reply *reply);

/** There will be no answer to this turn, with that result for the thread. */
void nd_llm_job_give_up(struct nd_llm_request *request,
                        enum nd_llm_result result, const char *why);

/** This turn is not under way any more; what comes of it is to be said yet. */
void nd_llm_job_settle(struct nd_llm_request *request);

/** And that has been said: keep what is known, when the piece is complete. */
void nd_llm_job_keep(const struct nd_llm_request *request);

/** All its turns are over: the thread gets its summary. */
void nd_llm_job_finish(struct nd_llm_job *job);

/** No job, but the thread gets its summary when all of its answers are
 * stored. */
void
nd_llm_job_recall(struct nd_llm_setup *setup, const struct nd_llm_case *what);

#endif
