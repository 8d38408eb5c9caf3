/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "llm/job.h"

#include <stdio.h>
#include <string.h>

#include "llm/assemble.h"
#include "llm/chunk.h"
#include "llm/response.h"
#include "text/language.h"
#include "util/alloc.h"
#include "util/str.h"

/* A request with less room for mails says nothing. */
enum { PROMPT_TOKENS_MIN = 256, REPLANS = 2 };

static const char *
guess_language(const struct nd_llm_context *context)
{
	return nd_language_guess(context->mail[0].text,
	                         context->mail[0].text_len);
}

static bool
is_same_language(const char *guess, const char *language)
{
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
		request->max_words = nd_llm_chunk_words(
			chunks, i, job->setup->options->max_words);
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
	job->language = guess_language(what->context);
	job->same_language =
		is_same_language(job->language, setup->options->language);
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
		.i18n = setup->options->i18n,
		.max_words = setup->options->max_words,
	};

	if (!job->failed && job->cached->claims.count == 0)
		fail_job(job, nd_tr(setup->options->service.i18n,
		                    "nothing that the model said could be "
		                    "proved"));
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
		nd_llm_job_give_up(request,
		                   nd_tr(setup->options->service.i18n,
		                         "the model's context is too small"));
		return;
	}
	/* Pieces that were answered already are asked for again: rare. */
	drop_todo(job);
	plan_turns(job);
}

/* ---- what an answer does to it ------------------------------------------- */

/* How often a turn is sent whose answer is none. */
enum { ASKED_MAX = 2 };

static bool
is_known(const struct nd_llm_cached *cached, const struct nd_llm_claim *claim)
{
	for (size_t i = 0; i < cached->claims.count; i++)
		if (nd_str_equal_nocase(cached->claims.claim[i].text,
		                        claim->text))
			return true;
	return false;
}

static void
keep_claim(struct nd_llm_cached *cached, const struct nd_llm_claim *claim)
{
	struct nd_llm_claim *kept =
		x_append(cached, cached->claims.claim, cached->claims.count);

	*kept = *claim;
	kept->by = "";
	kept->quote = x_strdup(cached, claim->quote);
	kept->text = x_strdup(cached, claim->text);
}

/* Ask again for what was refused, with the mails that it cites. */
static void
add_repair(struct nd_llm_request *request, const struct nd_llm_claims *refused,
           const char **why)
{
	struct nd_llm_job *job = request->job;
	uint32_t *mail = x_array(request, uint32_t, request->mail_count + 1);
	bool *cited = x_array(request, bool, job->what->context->mail_count);
	struct nd_llm_request *repair;
	size_t count = 0;

	for (size_t i = 0; i < refused->count; i++)
		for (size_t k = 0; k < refused->claim[i].source_count; k++) {
			int source = refused->claim[i].source[k];

			if ((size_t)source <= job->what->context->mail_count)
				cited[source - 1] = true;
		}
	for (size_t i = 0; i < request->mail_count; i++)
		if (cited[request->mail[i]])
			mail[count++] = request->mail[i];
	if (count == 0) {
		job->cached->dropped += (unsigned)refused->count;
		return;
	}
	repair = nd_llm_request_new(
		job,
		ND_LLM_PROMPT_REPAIR | (request->flags & ND_LLM_PROMPT_EARLIER),
		mail, count, request->mail_tokens);
	for (size_t i = 0; i < refused->count; i++) {
		struct nd_llm_claim *claim = x_append(
			repair, repair->known.claim, repair->known.count);

		*claim = refused->claim[i];
		claim->by = x_strdup(repair, claim->by);
		claim->quote = x_strdup(repair, claim->quote);
		claim->text = x_strdup(repair, claim->text);
	}
	repair->why = x_array(repair, const char *, refused->count);
	for (size_t i = 0; i < refused->count; i++)
		repair->why[i] = x_strdup(repair, why[i]);
	nd_llm_request_push(job, repair);
}

static const char *
check_zone_asked(const struct nd_llm_request *request,
                 const struct nd_llm_claim *claim)
{
	if (claim->zone == ND_ZONE_EARLIER &&
	    !(request->flags & ND_LLM_PROMPT_EARLIER))
		return "earlier was not asked for";
	if (claim->zone == ND_ZONE_BACKGROUND &&
	    (request->flags & ND_LLM_PROMPT_REFRESH))
		return "background was not asked for";
	return NULL;
}

/* Keep what holds; returns what does not, with the reasons. */
static struct nd_llm_claims
sift(struct nd_llm_request *request, const struct nd_llm_check *check,
     struct nd_llm_response *response, const char ***why)
{
	struct nd_llm_job *job = request->job;
	struct nd_llm_claims refused = {0};
	size_t reasons = 0;

	for (size_t i = 0; i < response->claims.count; i++) {
		struct nd_llm_claim *claim = &response->claims.claim[i];
		const char *reason = check_zone_asked(request, claim);

		if (request->later && claim->zone == ND_ZONE_BACKGROUND)
			continue;
		if (!reason)
			reason =
				nd_llm_check_claim(check, response, claim,
			                           &job->setup->report->counts);
		if (!reason && !is_known(job->cached, claim)) {
			keep_claim(job->cached, claim);
		} else if (reason) {
			*x_append(response, refused.claim, refused.count) =
				*claim;
			*x_append(response, *why, reasons) = reason;
		}
	}
	return refused;
}

/* Stored items that the model says are no longer so. */
static void
forget_superseded(struct nd_llm_request *request,
                  const struct nd_llm_response *response)
{
	struct nd_llm_claims *claims = &request->job->cached->claims;
	size_t kept = 0;

	for (size_t i = 0; i < claims->count; i++) {
		bool gone = false;

		/* The turn's copy shares the texts, so they tell items
		 * apart. */
		for (size_t k = 0; k < response->superseded_count && !gone;
		     k++) {
			size_t n = (size_t)response->superseded[k];

			gone = n <= request->known.count &&
			       request->known.claim[n - 1].text ==
			               claims->claim[i].text;
		}
		if (!gone)
			claims->claim[kept++] = claims->claim[i];
	}
	claims->count = kept;
}

static void
keep_terms(struct nd_llm_job *job, const struct nd_llm_check *check,
           const struct nd_llm_response *response)
{
	struct nd_llm_cached *cached = job->cached;

	for (size_t i = 0; i < response->term_count; i++) {
		const struct nd_llm_term *term = &response->term[i];
		bool known = !nd_llm_check_term(check, term);

		for (size_t k = 0; !known && k < cached->term_count; k++)
			known = strcmp(cached->term[k].term, term->term) == 0;
		if (known)
			continue;
		*x_append(cached, cached->term, cached->term_count) =
			(struct nd_llm_term){
				x_strdup(cached, term->term),
				x_strdup(cached, term->expansion),
			};
	}
}

/* Which of the refused statements come to nothing in the end. */
static void
settle(struct nd_llm_request *request, const struct nd_llm_response *response,
       const struct nd_llm_claims *refused, const char **why, size_t before)
{
	struct nd_llm_job *job = request->job;
	size_t kept = job->cached->claims.count - before;

	if (request->flags & ND_LLM_PROMPT_REPAIR) {
		if (kept < request->known.count)
			job->cached->dropped +=
				(unsigned)(request->known.count - kept);
		return;
	}
	job->cached->dropped += response->malformed;
	if (refused->count > 0)
		add_repair(request, refused, why);
}

static void
absorb(struct nd_llm_request *request, struct nd_llm_response *response)
{
	struct nd_llm_job *job = request->job;
	const struct nd_llm_check check = {
		.context = job->what->context,
		.evidence = job->evidence,
		.shown = request->shown,
		.windowed = !(request->flags & ND_LLM_PROMPT_REFRESH),
		.same_language = job->same_language,
		.insists = request->flags & ND_LLM_PROMPT_REPAIR,
		.language = job->language,
	};
	const char **why = NULL, *gist = NULL;
	struct nd_llm_claims refused;
	size_t before;

	if (request->flags & ND_LLM_PROMPT_REFRESH)
		forget_superseded(request, response);
	before = job->cached->claims.count;
	if (!(request->flags & ND_LLM_PROMPT_REPAIR) && !request->later)
		gist = nd_llm_check_gist(&check, response, response->gist,
		                         &job->setup->report->counts);
	if (gist && *gist)
		job->cached->gist = x_strdup(job->cached, gist);
	refused = sift(request, &check, response, &why);
	keep_terms(job, &check, response);
	settle(request, response, &refused, why, before);
}

/* Ask the same again, with more room when it was room that lacked. */
static bool
ask_again(struct nd_llm_request *request, const struct nd_llm_said *said)
{
	if (++request->asked >= ASKED_MAX)
		return false;
	if (said->finish == ND_LLM_FINISH_LENGTH)
		request->max_out *= 2;
	nd_llm_request_push(request->job, request);
	return true;
}

bool
nd_llm_job_take(struct nd_llm_request *request, const struct nd_llm_said *said)
{
	struct nd_llm_job *job = request->job;
	struct nd_llm_response *response;
	struct nd_error err;
	const struct nd_i18n *i18n = job->setup->options->service.i18n;

	/* Ollama cuts in silence: half of what was sent is not all of it. */
	if (job->setup->options->service.provider == &nd_llm_provider_ollama &&
	    said->tokens_in > 0 &&
	    (size_t)said->tokens_in < request->tokens / 2)
		job->setup->report->cut++;
	if (said->finish == ND_LLM_FINISH_REFUSED) {
		nd_llm_job_give_up(request,
		                   nd_tr(i18n, "the model refused to answer"));
		return true;
	}
	if (nd_llm_response_read(request, said->content, strlen(said->content),
	                         &response, &err) == ND_OK) {
		absorb(request, response);
		return true;
	}
	if (!ask_again(request, said))
		nd_llm_job_give_up(request, nd_tr(i18n, err.msg));
	return false;
}
