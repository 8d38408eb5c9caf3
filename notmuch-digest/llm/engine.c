/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "llm/engine.h"

#include <stdio.h>

#include "llm/job.h"
#include "util/alloc.h"
#include "util/cachedir.h"
#include "util/hash.h"
#include "util/limits.h"

/* Tokens of an answer; fewer where the context is small. */
enum { OUT_TOKENS = 4096 };

struct nd_llm_engine {
	struct nd_llm_engine_options options;
	struct nd_llm_service *service;
	struct nd_llm_setup setup;
	struct nd_llm_engine_report report;
};

struct run {
	struct nd_llm_engine *engine;
	const struct nd_llm_case *cases;
	size_t count, next;
	struct nd_llm_job *waiting; /* has turns that are not sent yet */
	void (*done)(void *arg);
	void *arg;
};

static void
end_job(struct run *run, struct nd_llm_job *job)
{
	nd_llm_job_finish(job);
	talloc_free(job);
	run->done(run->arg);
}

/* The next thread that has something to ask; NULL when there is none. */
static struct nd_llm_job *
next_job(struct run *run)
{
	struct nd_llm_engine *engine = run->engine;

	while (run->next < run->count) {
		const struct nd_llm_case *what = &run->cases[run->next++];
		struct nd_llm_job *job;

		if (!what->context) {
			engine->report.barred++;
			run->done(run->arg);
			continue;
		}
		engine->report.threads++;
		engine->report.lines_withheld += what->context->lines_withheld;
		job = nd_llm_job_new(engine, &engine->setup, what);
		if (job->pending > 0)
			return job;
		engine->report.stored += job->cached->complete;
		end_job(run, job);
	}
	return NULL;
}

/* Why this turn may not be sent; NULL when it may. */
static const char *
obstacle(const struct nd_llm_engine *engine,
         const struct nd_llm_question *question)
{
	if (nd_llm_service_stopped(engine->service))
		return nd_llm_service_stopped(engine->service);
	if (nd_llm_service_is_over(engine->service, question))
		return nd_tr(engine->options.service.i18n,
		             "the budget of tokens "
		             "(digest.llm.budget_tokens) is used up");
	return NULL;
}

/* Send the turns of a job, or give them up; true when it is over. */
static bool
send_turns(struct nd_llm_engine *engine, struct nd_llm_job *job)
{
	while (job->todo && nd_llm_service_has_room(engine->service)) {
		struct nd_llm_request *request = job->todo;
		struct nd_llm_question question;
		const char *why;

		job->todo = request->next;
		request->next = NULL;
		nd_llm_request_write(request);
		question = nd_llm_request_question(request);
		why = obstacle(engine, &question);
		if (why) {
			job->pending--;
			nd_llm_job_give_up(request, why);
		} else {
			nd_llm_service_ask(engine->service, &question);
		}
	}
	return job->pending == 0;
}

static void
send_more(struct run *run)
{
	while (nd_llm_service_has_room(run->engine->service)) {
		struct nd_llm_job *job = run->waiting;

		if (!job)
			job = run->waiting = next_job(run);
		if (!job)
			return;
		if (send_turns(run->engine, job))
			end_job(run, job);
		else if (job->todo)
			return;
		run->waiting = NULL;
	}
}

static void
take_reply(struct run *run, const struct nd_llm_service_reply *reply)
{
	struct nd_llm_request *request = reply->tag;
	struct nd_llm_job *job = request->job;

	job->pending--;
	switch (reply->outcome) {
	case ND_LLM_OUTCOME_SAID:
		nd_llm_service_judge(run->engine->service,
		                     nd_llm_job_take(request, &reply->said));
		break;
	case ND_LLM_OUTCOME_TOO_LONG:
		nd_llm_job_replan(request, reply);
		break;
	case ND_LLM_OUTCOME_FAILED:
		nd_llm_job_give_up(request, reply->why);
		break;
	}
	/* What it asks for now goes out before the next thread's. */
	if (job != run->waiting && send_turns(run->engine, job))
		end_job(run, job);
}

void
nd_llm_engine_run(struct nd_llm_engine *engine, const struct nd_llm_case *cases,
                  size_t count, void (*done)(void *arg), void *arg)
{
	struct run run = {engine, cases, count, 0, NULL, done, arg};
	void *tmp = talloc_new(NULL);
	struct nd_llm_service_reply *reply;

	send_more(&run);
	while (nd_llm_service_wait(engine->service, tmp, &reply)) {
		take_reply(&run, reply);
		talloc_free(reply);
		send_more(&run);
	}
	if (engine->options.service.cancel && *engine->options.service.cancel)
		engine->report.cancelled = true;
	engine->report.spent = nd_llm_service_spent(engine->service);
	/* What ended the run weighs more than what happened first. */
	if (nd_llm_service_stopped(engine->service))
		snprintf(engine->report.why, sizeof engine->report.why, "%s",
		         nd_llm_service_stopped(engine->service));
	if (engine->options.cache_dir)
		nd_cachedir_trim(engine->options.cache_dir,
		                 ND_LIMIT_CACHE_BYTES);
	talloc_free(tmp);
}

/* ---- looking ahead ------------------------------------------------------- */

void
nd_llm_engine_forecast(struct nd_llm_engine *engine,
                       const struct nd_llm_case *cases, size_t count,
                       struct nd_llm_forecast *forecast)
{
	for (size_t i = 0; i < count; i++) {
		struct nd_llm_job *job;

		if (!cases[i].context) {
			forecast->barred++;
			continue;
		}
		job = nd_llm_job_new(engine, &engine->setup, &cases[i]);
		forecast->threads++;
		forecast->lines_withheld += cases[i].context->lines_withheld;
		forecast->stored += job->pending == 0;
		for (struct nd_llm_request *request = job->todo; request;
		     request = request->next) {
			nd_llm_request_write(request);
			forecast->requests++;
			forecast->tokens_in += request->tokens;
			forecast->tokens_out_max +=
				request->max_out +
				nd_llm_service_thinking_tokens(
					&engine->options.service);
		}
		talloc_free(job);
	}
}

void
nd_llm_engine_show(struct nd_llm_engine *engine,
                   const struct nd_llm_case *cases, size_t count,
                   struct nd_buf *out)
{
	for (size_t i = 0; i < count; i++) {
		struct nd_llm_job *job;

		if (!cases[i].context)
			continue;
		job = nd_llm_job_new(engine, &engine->setup, &cases[i]);
		for (struct nd_llm_request *request = job->todo; request;
		     request = request->next) {
			struct nd_llm_question question;

			nd_llm_request_write(request);
			question = nd_llm_request_question(request);
			nd_buf_addf(out, "POST %s\n",
			            nd_llm_service_url(engine->service));
			nd_llm_service_body(engine->service, &question, out);
			nd_buf_addc(out, '\n');
		}
		talloc_free(job);
	}
}

/* ---- the engine ---------------------------------------------------------- */

/* All that decides an answer besides the mails. */
static const char *
profile_of(const struct nd_llm_engine *engine)
{
	struct nd_hash *hash = nd_hash_new(engine);

	nd_hash_add(hash, engine->options.service.provider->name);
	nd_hash_add(hash, engine->options.service.model);
	nd_hash_add(hash, engine->options.service.thinking);
	nd_hash_add(hash, engine->options.language);
	nd_hash_add(hash, engine->setup.system);
	nd_hash_add(hash, x_asprintf(hash, "%u", engine->options.max_words));
	for (unsigned flags = 0; flags <= ND_LLM_PROMPT_REFRESH; flags++)
		nd_hash_add(hash, nd_llm_prompt_schema(hash, flags));
	return nd_hash_hex(engine, hash);
}

struct nd_llm_engine *
nd_llm_engine_new(const void *ctx, const struct nd_llm_engine_options *options)
{
	struct nd_llm_engine *engine = x_new(ctx, struct nd_llm_engine);
	struct nd_llm_setup *setup = &engine->setup;

	engine->options = *options;
	engine->service = nd_llm_service_new(engine, &options->service);
	setup->options = &engine->options;
	setup->report = &engine->report;
	setup->system = nd_llm_prompt_system(engine, options->language);
	setup->profile = profile_of(engine);
	setup->nonce = nd_llm_prompt_nonce(engine);
	setup->context_tokens = options->service.context_tokens;
	setup->max_out = OUT_TOKENS;
	if (setup->max_out > setup->context_tokens / 4)
		setup->max_out = (unsigned)(setup->context_tokens / 4);
	return engine;
}

const struct nd_llm_engine_report *
nd_llm_engine_report(const struct nd_llm_engine *engine)
{
	return &engine->report;
}
