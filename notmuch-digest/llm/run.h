/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * run.h - what a run of the engine is given, and what it counts
 */
#ifndef ND_LLM_RUN_H
#define ND_LLM_RUN_H

#include "llm/check.h"
#include "llm/context.h"
#include "model/thread.h"
#include "service/service.h"
#include "util/i18n.h"

struct nd_llm_engine_options {
	struct nd_service_options service;
	const char *language;       /* of the items: "en", "zh_CN" */
	const struct nd_i18n *i18n; /* the words of that language */
	const char *cache_dir; /* of util/cachedir.h; NULL: nothing is kept */
	const char *rates_dir; /* the same for what past runs have taken */
	unsigned max_words;    /* of a summary */
};

/* A thread to be summarised. */
struct nd_llm_case {
	struct nd_thread *thread;
	struct nd_llm_context *context; /* NULL: nothing of it may be shown */
};

/* What became of one. */
enum nd_llm_result {
	ND_LLM_RESULT_UNASKED,    /* the run ended before it got an answer */
	ND_LLM_RESULT_SUMMARISED, /* it has the model's summary */
	ND_LLM_RESULT_USELESS,    /* answered; nothing of it can be shown */
	ND_LLM_RESULT_FAILED,     /* the service failed at it */
	ND_LLM_RESULT_BARRED,     /* nothing of it may be shown */
};

/* What became of the threads so far. */
struct nd_llm_engine_report {
	unsigned threads;      /* that could be asked about */
	unsigned stored;       /* of them: nothing had to be asked */
	unsigned failed;       /* of them: stayed with the extractive summary */
	unsigned barred;       /* threads of which nothing may be shown */
	unsigned cut;          /* the server did not read all it was sent */
	size_t lines_withheld; /* quotes of mails that may not be shown */
	char why[ND_PROVIDER_WHY_BYTES]; /* what ended it, else the failure of the
				     * first that failed */
	size_t why_thread;               /* its number in its run */
	char waiting
		[ND_PROVIDER_WHY_BYTES]; /* the same of the first without an answer */
	size_t waiting_thread;
	struct nd_service_spent spent;
	struct nd_llm_check_counts counts;
	unsigned answered; /* requests, by the service */
	bool cancelled;
};

#endif
