/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * engine.h - summaries by a language model, checked word by word
 *
 * The one thing here that talks to a service. A thread comes with its context
 * and with the summary of the extractive engine; it leaves with a summary of
 * the model's statements that hold, or, where there is none, as it came.
 * Several requests are under way at once; all else is done by the calling
 * thread. Checked answers are stored as soon as a thread is done, so a run that
 * is broken off has not been for nothing.
 */
#ifndef ND_LLM_ENGINE_H
#define ND_LLM_ENGINE_H

#include "llm/run.h"
#include "service/rates.h"

/* What a run would do. */
struct nd_llm_forecast {
	unsigned threads, stored, barred, requests;
	unsigned fit; /* threads to be asked about that the budget allows */
	struct nd_rates_expected all, fitting; /* of all, and of those */
	bool learned; /* from past runs; else out is the most, and ms 0 */
	size_t lines_withheld;
};

struct nd_llm_engine;

/** An engine for one run, owned by ctx; strings of options must stay. */
struct nd_llm_engine *
nd_llm_engine_new(const void *ctx, const struct nd_llm_engine_options *options);

/* Who is told of the threads that are finished, in any order. */
struct nd_llm_done {
	void (*tell)(void *arg, size_t i, enum nd_llm_result result);
	void *arg;
};

/**
 * Summarise these threads.
 *
 * done       NULL: nobody is told; i is the index in cases
 * May be called again with more threads of the same run.
 */
void
nd_llm_engine_run(struct nd_llm_engine *engine, const struct nd_llm_case *cases,
                  size_t count, const struct nd_llm_done *done);

/** Give those their summary whose answers are stored; nothing is asked. */
void nd_llm_engine_recall(struct nd_llm_engine *engine,
                          const struct nd_llm_case *cases, size_t count);

/** Why no further question makes sense, or NULL. */
const char *nd_llm_engine_stopped(const struct nd_llm_engine *engine);

const struct nd_llm_engine_report *
nd_llm_engine_report(const struct nd_llm_engine *engine);

/** Add what nd_llm_engine_run would do to the forecast, without doing it. */
void nd_llm_engine_forecast(struct nd_llm_engine *engine,
                            const struct nd_llm_case *cases, size_t count,
                            struct nd_llm_forecast *forecast);

/**
 * Append what nd_llm_engine_run would send, byte for byte, one line a request:
 * "POST URL", then the body.
 */
void nd_llm_engine_show(struct nd_llm_engine *engine,
                        const struct nd_llm_case *cases, size_t count,
                        struct nd_buf *out);

#endif
