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
guess_same_language(const struct nd_llm_context *dossier, const char *language)
{
	const char *guess = nd_language_guess(dossier->mail[0].text,
	                                      dossier->mail[0].text_len);

	return *guess && strncmp(guess, language, strlen(guess)) == 0;
}

/* What is to be asked: nothing, about the new mails, or about all of them. */
static void
plan_turns(struct nd_llm_job *job)
{
	const struct nd_llm_context *dossier = job->what->dossier;
	struct nd_llm_claims *stored = &job->memory->claims;
	size_t known = job->refresh ? stored->count : 0;
	struct nd_llm_chunks *plan = nd_llm_chunk_plan(
		job, dossier, job->refresh ? job->memory->covered : NULL,
		nd_llm_request_room(job->setup, dossier, known));

	for (size_t i = 0; i < plan->count; i++) {
		struct nd_llm_chunk *piece = &plan->piece[i];
		struct nd_llm_request *turn = nd_llm_request_new(
			job, job->refresh ? ND_LLM_PROMPT_REFRESH : 0,
			piece->mail, piece->count, plan->mail_tokens);

		turn->later = i > 0;
		turn->known.claim =
			x_array(turn, struct nd_llm_claim, known + 1);
		turn->known.count = known;
		if (known > 0)
			memcpy(turn->known.claim, stored->claim,
			       known * sizeof *stored->claim);
		nd_llm_request_push(job, turn);
	}
	talloc_free(plan);
}

struct nd_llm_job *
nd_llm_job_new(const void *ctx, struct nd_llm_setup *setup,
               const struct nd_llm_case *what)
{
	struct nd_llm_job *job = x_new(ctx, struct nd_llm_job);

	job->setup = setup;
	job->what = what;
	job->memory = nd_llm_cache_load(job, setup->options->cache_dir,
	                                setup->profile, what->dossier);
	if (job->memory && job->memory->complete)
		return job;
	job->refresh = job->memory != NULL;
	if (!job->memory) {
		job->memory = x_new(job, struct nd_llm_cached);
		job->memory->topic = "";
	}
	job->proof = nd_llm_evidence_new(job, what->dossier);
	job->same_language =
		guess_same_language(what->dossier, setup->options->language);
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
		.dossier = job->what->dossier,
		.memory = job->memory,
		.model = setup->options->service.model,
		.language = setup->options->language,
		.max_words = setup->options->max_words,
	};

	if (!job->failed && job->memory->claims.count == 0)
		fail_job(job, "nothing that the model said could be proved");
	if (!job->failed && !job->memory->complete && setup->options->cache_dir)
		nd_llm_cache_save(setup->options->cache_dir, setup->profile,
		                  job->what->dossier, job->memory);
	if (!job->failed || job->memory->claims.count == 0)
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
nd_llm_job_give_up(struct nd_llm_request *turn, const char *why)
{
	struct nd_llm_job *job = turn->job;

	/* A repair is only for the statements that it repeats. */
	if (turn->flags & ND_LLM_PROMPT_REPAIR) {
		job->memory->dropped += (unsigned)turn->known.count;
		return;
	}
	fail_job(job, why);
	drop_todo(job);
}

void
nd_llm_job_replan(struct nd_llm_request *turn,
                  const struct nd_llm_service_reply *reply)
{
	struct nd_llm_job *job = turn->job;
	struct nd_llm_setup *setup = job->setup;
	size_t context = reply->context;

	/* Half of the mails, when the server does not say what it has. */
	if (context == 0)
		context = turn->tokens / 2 + setup->max_out;
	if ((turn->flags & ND_LLM_PROMPT_REPAIR) || ++job->replans > REPLANS) {
		nd_llm_job_give_up(turn, reply->why);
		return;
	}
	/* In smaller pieces, this thread and all that come. */
	if (context < setup->context)
		setup->context = context;
	if (setup->max_out > setup->context / 4)
		setup->max_out = (unsigned)(setup->context / 4);
	if (nd_llm_request_room(setup, job->what->dossier, 0) <
	    PROMPT_TOKENS_MIN) {
		nd_llm_job_give_up(turn, "the model's context is too small");
		return;
	}
	/* Pieces that were answered already are asked for again: rare. */
	drop_todo(job);
	plan_turns(job);
}
