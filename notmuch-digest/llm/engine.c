/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "llm/engine.h"

#include <stdio.h>

#include "llm/job.h"
#include "llm/tokens.h"
#include "service/rates.h"
#include "util/alloc.h"
#include "util/cachedir.h"
#include "util/hash.h"
#include "util/limits.h"
#include "util/time.h"

/* Tokens of an answer; fewer where the context is small. */
enum { OUT_TOKENS = 4096 };

struct nd_llm_engine {
	struct nd_llm_engine_options options;
	struct nd_service *service;
	struct nd_llm_setup setup;
	struct nd_llm_engine_report report;
	struct nd_rates rates;
	size_t threads; /* that were given numbers */
};

struct run {
	struct nd_llm_engine *engine;
	const struct nd_llm_case *cases;
	size_t count, next, first;  /* first: the number of cases[0] */
	struct nd_llm_job *waiting; /* that have turns to send, in order */
	const struct nd_llm_done *done;
};

static void
tell(const struct run *run, size_t i, enum nd_llm_result result)
{
	if (run->done)
		run->done->tell(run->done->arg, i, result);
}

static void
end_job(struct run *run, struct nd_llm_job *job)
{
	size_t i = job->number - run->first;
	enum nd_llm_result result;

	nd_llm_job_finish(job);
	result = job->result;
	talloc_free(job);
	tell(run, i, result);
}

/* The next thread that has something to ask; NULL when there is none. */
static struct nd_llm_job *
next_job(struct run *run)
{
	struct nd_llm_engine *engine = run->engine;

	while (run->next < run->count) {
		size_t i = run->next++;
		const struct nd_llm_case *what = &run->cases[i];
		struct nd_llm_job *job;

		if (!what->context) {
			engine->report.barred++;
			tell(run, i, ND_LLM_RESULT_BARRED);
			continue;
		}
		engine->report.threads++;
		engine->report.lines_withheld += what->context->lines_withheld;
		job = nd_llm_job_new(engine, &engine->setup, what,
		                     run->first + i);
		if (job->pending > 0)
			return job;
		engine->report.stored++;
		end_job(run, job);
	}
	return NULL;
}

/* The next turn of a job will not be sent. */
static void
refuse_turn(struct nd_llm_job *job, const char *why)
{
	struct nd_llm_request *request = job->todo;

	job->todo = request->next;
	nd_llm_job_settle(request);
	nd_llm_job_give_up(request, ND_LLM_RESULT_UNASKED, why);
}

/*
 * Send the turns of a job, or give them up. Returns false when one has to wait:
 * for room, or for what the budget has left when others have been answered.
 */
static bool
send_turns(struct nd_llm_engine *engine, struct nd_llm_job *job)
{
	struct nd_service *service = engine->service;

	while (job->todo) {
		struct nd_llm_request *request = job->todo;
		struct nd_service_question question;

		if (nd_service_stopped(service)) {
			refuse_turn(job, nd_service_stopped(service));
			continue;
		}
		if (!nd_service_has_room(service))
			return false;
		nd_llm_request_write(request);
		question = nd_llm_request_question(request);
		switch (nd_service_fit(service, &question)) {
		case ND_SERVICE_FIT_LATER:
			return false;
		case ND_SERVICE_FIT_NEVER:
			refuse_turn(job,
			            nd_tr(engine->options.service.i18n,
			                  "the budget of tokens "
			                  "(digest.llm.budget_tokens) is used "
			                  "up"));
			break;
		case ND_SERVICE_FIT_NOW:
			job->todo = request->next;
			request->next = NULL;
			request->sent_ms = nd_time_monotonic_ms();
			nd_service_ask(service, &question);
			break;
		}
	}
	return true;
}

static void
send_more(struct run *run)
{
	for (;;) {
		struct nd_llm_job *job = run->waiting;

		if (!job)
			job = run->waiting = next_job(run);
		if (!job || !send_turns(run->engine, job))
			return;
		run->waiting = job->next;
		job->next = NULL;
		if (job->pending == 0)
			end_job(run, job);
	}
}

static bool
is_waiting(const struct run *run, const struct nd_llm_job *job)
{
	const struct nd_llm_job *other = run->waiting;

	while (other && other != job)
		other = other->next;
	return other != NULL;
}

static void
learn(struct nd_llm_engine *engine, const struct nd_llm_request *request,
      const struct nd_provider_said *said)
{
	struct nd_rates *rates = &engine->rates;

	/* A service that does not count teaches nothing. */
	if (said->tokens_in < 0 || said->tokens_out < 0)
		return;
	if (request->asked == 0 && !(request->flags & ND_LLM_PROMPT_REPAIR)) {
		rates->questions++;
		rates->estimated += (double)request->tokens;
	}
	rates->in += (double)said->tokens_in;
	rates->out += (double)said->tokens_out;
	rates->busy_ms += (double)(nd_time_monotonic_ms() - request->sent_ms);
}

static void
take_reply(struct run *run, const struct nd_service_reply *reply)
{
	struct nd_llm_request *request = reply->tag;
	struct nd_llm_job *job = request->job;

	nd_llm_job_settle(request);
	switch (reply->outcome) {
	case ND_SERVICE_OUTCOME_SAID:
		run->engine->report.answered++;
		learn(run->engine, request, &reply->said);
		nd_service_judge(run->engine->service,
		                 nd_llm_job_take(request, &reply->said));
		break;
	case ND_SERVICE_OUTCOME_TOO_LONG:
		nd_llm_job_replan(request, reply);
		break;
	case ND_SERVICE_OUTCOME_FAILED:
		nd_llm_job_give_up(request, ND_LLM_RESULT_FAILED, reply->why);
		break;
	}
	nd_llm_job_keep(request);
	if (is_waiting(run, job))
		return;
	/* What it asks for now goes out before the next thread's. */
	if (job->todo) {
		job->next = run->waiting;
		run->waiting = job;
	} else if (job->pending == 0) {
		end_job(run, job);
	}
}

void
nd_llm_engine_run(struct nd_llm_engine *engine, const struct nd_llm_case *cases,
                  size_t count, const struct nd_llm_done *done)
{
	struct run run = {
		.engine = engine,
		.cases = cases,
		.count = count,
		.first = engine->threads,
		.done = done,
	};
	const char *dir = engine->options.cache_dir;
	void *tmp = talloc_new(NULL);
	struct nd_service_reply *reply;

	engine->threads += count;
	send_more(&run);
	while (nd_service_wait(engine->service, tmp, &reply)) {
		take_reply(&run, reply);
		talloc_free(reply);
		send_more(&run);
	}
	if (engine->options.service.cancel && *engine->options.service.cancel)
		engine->report.cancelled = true;
	engine->report.spent = nd_service_spent(engine->service);
	/* What ended the run weighs more than what happened first. */
	if (nd_service_stopped(engine->service))
		snprintf(engine->report.why, sizeof engine->report.why, "%s",
		         nd_service_stopped(engine->service));
	if (dir)
		nd_cachedir_trim(dir, ND_LIMIT_CACHE_BYTES);
	if (engine->options.rates_dir && engine->report.answered > 0)
		nd_rates_save(engine->options.rates_dir,
		              &engine->options.service, &engine->rates);
	talloc_free(tmp);
}

void
nd_llm_engine_recall(struct nd_llm_engine *engine,
                     const struct nd_llm_case *cases, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (cases[i].context)
			nd_llm_job_recall(&engine->setup, &cases[i]);
}

const char *
nd_llm_engine_stopped(const struct nd_llm_engine *engine)
{
	return nd_service_stopped(engine->service);
}

/* ---- looking ahead ------------------------------------------------------- */

/* Add a thread's questions: whether the budget has room for them, too. */
static void
foretell(const struct nd_llm_engine *engine, struct nd_llm_job *job,
         struct nd_llm_forecast *forecast)
{
	uint64_t budget = engine->options.service.budget_tokens;
	unsigned questions = 0;
	double estimated = 0, max_out = 0;
	struct nd_rates_expected expected;

	for (struct nd_llm_request *request = job->todo; request;
	     request = request->next) {
		nd_llm_request_write(request);
		questions++;
		estimated += (double)request->tokens;
		max_out += request->max_out +
		           nd_service_thinking_tokens(&engine->options.service);
	}
	forecast->learned = nd_rates_expect(&engine->rates, questions,
	                                    estimated, max_out, &expected);
	forecast->requests += questions;
	forecast->all.in += expected.in;
	forecast->all.out += expected.out;
	forecast->all.ms += expected.ms;
	if (budget && forecast->fitting.in + forecast->fitting.out +
	                              expected.in + expected.out >
	                      (double)budget)
		return;
	forecast->fit++;
	forecast->fitting.in += expected.in;
	forecast->fitting.out += expected.out;
	forecast->fitting.ms += expected.ms;
}

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
		job = nd_llm_job_new(engine, &engine->setup, &cases[i], 0);
		forecast->threads++;
		forecast->lines_withheld += cases[i].context->lines_withheld;
		if (job->pending == 0)
			forecast->stored++;
		else
			foretell(engine, job, forecast);
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
		job = nd_llm_job_new(engine, &engine->setup, &cases[i], 0);
		for (struct nd_llm_request *request = job->todo; request;
		     request = request->next) {
			struct nd_service_question question;

			nd_llm_request_write(request);
			question = nd_llm_request_question(request);
			nd_buf_addf(out, "POST %s\n",
			            nd_service_url(engine->service));
			nd_service_body(engine->service, &question, out);
			nd_buf_addc(out, '\n');
		}
		talloc_free(job);
	}
}

/* ---- the engine ---------------------------------------------------------- */

/* How answers are kept: of another form they are asked for again. */
#define FORM "answers"

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
	nd_hash_add(hash, FORM);
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
	engine->service = nd_service_new(engine, &options->service);
	nd_rates_load(options->rates_dir, &options->service, &engine->rates);
	setup->options = &engine->options;
	setup->report = &engine->report;
	setup->system = nd_llm_prompt_system(engine, options->language);
	setup->profile = profile_of(engine);
	setup->nonce = nd_llm_prompt_nonce(engine);
	setup->context_tokens = options->service.context_tokens;
	if (setup->context_tokens > ND_LLM_TOKENS_MAX)
		setup->context_tokens = ND_LLM_TOKENS_MAX;
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
