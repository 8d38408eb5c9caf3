/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "llm/job.h"

#include <stdio.h>
#include <string.h>

#include "llm/assemble.h"
#include "llm/chunk.h"
#include "text/language.h"
#include "util/alloc.h"

/* A request with less room for mails says nothing. */
enum { PROMPT_TOKENS_MIN = 256, REPLANS = 2 };

static bool
guess_same_language(const struct nd_llm_context *context, const char *language)
{
	const char *guess = nd_language_guess(context->mail[0].text,
	                                      context->mail[0].text_len);

	return *guess && strncmp(guess, language, strlen(guess)) == 0;
}

/* What is to be asked: nothing, about the new mails, or about all of them. */
static void
plan_turns(struct nd_llm_job *job)
{
	const struct nd_llm_context *context = job->what->context;
	struct nd_llm_claims *stored = &job->cached->claims;
	size_t known = job->refresh ? stored->count : 0;
	struct nd_llm_chunks *chunks = nd_llm_chunk_plan(
		job, context, job->refresh ? job->cached->covered : NULL,
		nd_llm_request_room(job->setup, context, known));

	for (size_t i = 0; i < chunks->count; i++) {
		struct nd_llm_chunk *chunk = &chunks->chunk[i];
		struct nd_llm_request *request = nd_llm_request_new(
			job, job->refresh ? ND_LLM_PROMPT_REFRESH : 0,
			chunk->mail, chunk->count, chunks->mail_tokens);

		request->later = i > 0;
		request->known.claim =
			x_array(request, struct nd_llm_claim, known + 1);
		request->known.count = known;
		if (known > 0)
			memcpy(request->known.claim, stored->claim,
			       known * sizeof *stored->claim);
		nd_llm_request_push(job, request);
	}
	talloc_free(chunks);
}

struct nd_llm_job *
nd_llm_job_new(const void *ctx, struct nd_llm_setup *setup,
               const struct nd_llm_case *what)
{
	struct nd_llm_job *job = x_new(ctx, struct nd_llm_job);

	job->setup = setup;
	job->what = what;
	job->cached = nd_llm_cache_load(job, setup->options->cache_dir,
	                                setup->profile, what->context);
	if (job->cached && job->cached->complete)
		return job;
	job->refresh = job->cached != NULL;
	if (!job->cached) {
		job->cached = x_new(job, struct nd_llm_cached);
		job->cached->gist = "";
	}
	job->evidence = nd_llm_evidence_new(job, what->context);
	job->same_language =
		guess_same_language(what->context, setup->options->language);
	plan_turns(job);
	return job;
}

static void
fail_job(struct nd_llm_job *job, const char *why)
{
	struct nd_llm_engine_report *report = job->setup->report;

	if (!job->failed && !*report->why)
		snprintf(report->why, sizeof report->why, "%s", why);
	job->failed = true;
}

void
nd_llm_job_finish(struct nd_llm_job *job)
{
	struct nd_llm_setup *setup = job->setup;
	const struct nd_llm_assemble how = {
		.context = job->what->context,
		.cached = job->cached,
		.model = setup->options->service.model,
		.language = setup->options->language,
		.max_words = setup->options->max_words,
	};

	if (!job->failed && job->cached->claims.count == 0)
		fail_job(job, "nothing that the model said could be proved");
	if (!job->failed && !job->cached->complete && setup->options->cache_dir)
		nd_llm_cache_save(setup->options->cache_dir, setup->profile,
		                  job->what->context, job->cached);
	if (!job->failed || job->cached->claims.count == 0)
		nd_llm_assemble_summary(job->what->thread, &how);
	setup->report->failed += job->failed;
}

static void
drop_todo(struct nd_llm_job *job)
{
	while (job->todo) {
		job->todo = job->todo->next;
		job->pending--;
	}
}

void
nd_llm_job_give_up(struct nd_llm_request *request, const char *why)
{
	struct nd_llm_job *job = request->job;

	/* A repair is only for the statements that it repeats. */
	if (request->flags & ND_LLM_PROMPT_REPAIR) {
		job->cached->dropped += (unsigned)request->known.count;
		return;
	}
	fail_job(job, why);
	drop_todo(job);
}

void
nd_llm_job_replan(struct nd_llm_request *request,
                  const struct nd_llm_service_reply *reply)
{
	struct nd_llm_job *job = request->job;
	struct nd_llm_setup *setup = job->setup;
	size_t context_tokens = reply->context_tokens;

	/* Half of the mails, when the server does not say what it has. */
	if (context_tokens == 0)
		context_tokens = request->tokens / 2 + setup->max_out;
	if ((request->flags & ND_LLM_PROMPT_REPAIR) ||
	    ++job->replans > REPLANS) {
		nd_llm_job_give_up(request, reply->why);
		return;
	}
	/* In smaller pieces, this thread and all that come. */
	if (context_tokens < setup->context_tokens)
		setup->context_tokens = context_tokens;
	if (setup->max_out > setup->context_tokens / 4)
		setup->max_out = (unsigned)(setup->context_tokens / 4);
	if (nd_llm_request_room(setup, job->what->context, 0) <
	    PROMPT_TOKENS_MIN) {
		nd_llm_job_give_up(request, "the model's context is too small");
		return;
	}
	/* Pieces that were answered already are asked for again: rare. */
	drop_todo(job);
	plan_turns(job);
}
