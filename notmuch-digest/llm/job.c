/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "llm/job.h"

#include <stdio.h>
#include <string.h>

#include "llm/assemble.h"
#include "llm/chunk.h"
#include "llm/response.h"
#include "util/alloc.h"
#include "util/str.h"

/* A request with less room for mails says nothing. */
enum { PROMPT_TOKENS_MIN = 256, REPLANS = 2 };

/* A piece, with what was answered of it before, if it was. */
static struct nd_llm_piece *
add_piece(struct nd_llm_job *job, const struct nd_llm_request *request,
          bool only)
{
	const struct nd_llm_setup *setup = job->setup;
	const struct nd_llm_context *context = job->what->context;
	const char *dir = setup->options->cache_dir;
	const struct nd_llm_cache_part part = {
		.profile = setup->profile,
		.flags = request->flags,
		.mail = request->mail,
		.mail_count = request->mail_count,
		.mail_tokens = request->mail_tokens,
		.known = &request->known,
	};
	struct nd_llm_piece *piece = request->piece;
	struct nd_llm_cached *stored = NULL;

	piece->plan = job->replans;
	piece->shown = request->shown;
	if (dir && !only) {
		piece->key = nd_llm_cache_part_key(piece, context, &part);
		stored =
			nd_llm_cache_load_part(piece, dir, piece->key, context);
	}
	if (stored)
		piece->said = stored->answers;
	*x_append(job, job->piece, job->piece_count) = piece;
	return piece;
}

static void
prove(struct nd_llm_job *job, struct nd_llm_check_counts *counts)
{
	job->proved =
		nd_llm_proof_of(job->proof, job, &job->cached->answers, counts);
}

/* What is to be asked: nothing, about the new mails, or about all of them. */
static void
plan_turns(struct nd_llm_job *job)
{
	const struct nd_llm_context *context = job->what->context;
	const struct nd_llm_claims *stored = &job->proved->claims;
	size_t known = job->refresh ? stored->count : 0;
	struct nd_llm_chunks *chunks = nd_llm_chunk_plan(
		job, context, job->refresh ? job->cached->covered : NULL,
		nd_llm_request_room(job->setup, context, known));

	job->piece = NULL;
	job->piece_count = 0;
	for (size_t i = 0; i < chunks->count; i++) {
		struct nd_llm_chunk *chunk = &chunks->chunk[i];
		struct nd_llm_piece *piece = x_new(job, struct nd_llm_piece);
		struct nd_llm_request *request = nd_llm_request_new(
			job, piece, job->refresh ? ND_LLM_PROMPT_REFRESH : 0,
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
		add_piece(job, request, chunks->count == 1);
		if (piece->said.count > 0)
			continue;
		nd_llm_request_push(job, request);
	}
	talloc_free(chunks);
}

struct nd_llm_job *
nd_llm_job_new(const void *ctx, struct nd_llm_setup *setup,
               const struct nd_llm_case *what, size_t number)
{
	struct nd_llm_job *job = x_new(ctx, struct nd_llm_job);

	job->number = number;
	job->setup = setup;
	job->what = what;
	job->cached = nd_llm_cache_load(job, setup->options->cache_dir,
	                                setup->profile, what->context);
	if (!job->cached)
		job->cached = x_new(job, struct nd_llm_cached);
	job->proof =
		nd_llm_proof_new(job, what->context, setup->options->language);
	prove(job, NULL);
	if (job->cached->complete)
		return job;
	job->refresh = job->cached->answers.count > 0;
	plan_turns(job);
	return job;
}

/* Of the first thread, not of the first that came to its end. */
static void
keep_why(char kept[ND_PROVIDER_WHY_BYTES], size_t *thread,
         const struct nd_llm_job *job, const char *why)
{
	if (*kept && *thread < job->number)
		return;
	snprintf(kept, ND_PROVIDER_WHY_BYTES, "%s", why);
	*thread = job->number;
}

static void
fail_job(struct nd_llm_job *job, enum nd_llm_result result, const char *why)
{
	struct nd_llm_engine_report *report = job->setup->report;

	if (job->failed)
		return;
	job->failed = true;
	job->result = result;
	keep_why(report->why, &report->why_thread, job, why);
	if (result != ND_LLM_RESULT_USELESS)
		keep_why(report->waiting, &report->waiting_thread, job, why);
}

/* ---- all pieces together ------------------------------------------------- */

/* What was said of the pieces is said of the thread. */
static void
join_pieces(struct nd_llm_job *job)
{
	struct nd_llm_answers *all = &job->cached->answers;

	for (size_t i = 0; i < job->piece_count; i++)
		for (size_t k = 0; k < job->piece[i]->said.count; k++)
			*x_append(job->cached, all->answer, all->count) =
				job->piece[i]->said.answer[k];
	if (job->piece_count > 0)
		prove(job, &job->setup->report->counts);
}

static void
assemble(const struct nd_llm_setup *setup, const struct nd_llm_case *what,
         const struct nd_llm_proved *proved)
{
	const struct nd_llm_assemble how = {
		.context = what->context,
		.proved = proved,
		.model = setup->options->service.model,
		.language = setup->options->language,
		.i18n = setup->options->i18n,
		.max_words = setup->options->max_words,
	};

	nd_llm_assemble_summary(what->thread, &how);
}

void
nd_llm_job_recall(struct nd_llm_setup *setup, const struct nd_llm_case *what)
{
	struct nd_llm_cached *cached = nd_llm_cache_load(
		NULL, setup->options->cache_dir, setup->profile, what->context);

	if (cached && cached->complete)
		assemble(setup, what,
		         nd_llm_proof_of(
				 nd_llm_proof_new(cached, what->context,
		                                  setup->options->language),
				 cached, &cached->answers, NULL));
	talloc_free(cached);
}

void
nd_llm_job_finish(struct nd_llm_job *job)
{
	struct nd_llm_setup *setup = job->setup;

	if (!job->failed)
		join_pieces(job);
	if (!job->failed && job->proved->claims.count == 0)
		fail_job(job, ND_LLM_RESULT_USELESS,
		         nd_tr(setup->options->service.i18n,
		               "nothing that the model said could be proved"));
	if (!job->failed && !job->cached->complete && setup->options->cache_dir)
		nd_llm_cache_save(setup->options->cache_dir, setup->profile,
		                  job->what->context, &job->cached->answers);
	if (!job->failed)
		job->result = ND_LLM_RESULT_SUMMARISED;
	if (!job->failed || job->proved->claims.count == 0)
		assemble(setup, job->what, job->proved);
	setup->report->failed += job->failed;
}

/* ---- turns that come to nothing ------------------------------------------ */

static void
drop_todo(struct nd_llm_job *job)
{
	while (job->todo) {
		job->todo->piece->pending--;
		job->todo->piece->lost = true;
		job->todo = job->todo->next;
		job->pending--;
	}
}

void
nd_llm_job_give_up(struct nd_llm_request *request, enum nd_llm_result result,
                   const char *why)
{
	struct nd_llm_job *job = request->job;

	/* A repair is only for the statements that it repeats. */
	if (request->flags & ND_LLM_PROMPT_REPAIR)
		return;
	request->piece->lost = true;
	/* Others have taken the place of a plan that was given up. */
	if (request->piece->plan != job->replans)
		return;
	fail_job(job, result, why);
	drop_todo(job);
}

void
nd_llm_job_replan(struct nd_llm_request *request,
                  const struct nd_service_reply *reply)
{
	struct nd_llm_job *job = request->job;
	struct nd_llm_setup *setup = job->setup;
	size_t context_tokens = reply->context_tokens;

	request->piece->lost = true;
	/* One of several that went out together: they are planned anew. */
	if (request->piece->plan != job->replans)
		return;
	/* Half of the mails, when the server does not say what it has. */
	if (context_tokens == 0)
		context_tokens = request->tokens / 2 + setup->max_out;
	if ((request->flags & ND_LLM_PROMPT_REPAIR) ||
	    job->replans >= REPLANS) {
		nd_llm_job_give_up(request, ND_LLM_RESULT_FAILED, reply->why);
		return;
	}
	/* In smaller pieces, this thread and all that come. */
	if (context_tokens < setup->context_tokens)
		setup->context_tokens = context_tokens;
	if (setup->max_out > setup->context_tokens / 4)
		setup->max_out = (unsigned)(setup->context_tokens / 4);
	if (nd_llm_request_room(setup, job->what->context, 0) <
	    PROMPT_TOKENS_MIN) {
		nd_llm_job_give_up(request, ND_LLM_RESULT_FAILED,
		                   nd_tr(setup->options->service.i18n,
		                         "the model's context is too small"));
		return;
	}
	/* Pieces that were answered already are asked for again: rare. */
	drop_todo(job);
	job->replans++;
	plan_turns(job);
}

/* ---- what an answer does to it ------------------------------------------- */

/* How often a turn is sent whose answer is none. */
enum { ASKED_MAX = 2 };

/* Ask again for what was refused, with the mails that it cites. */
static void
add_repair(struct nd_llm_request *request, const struct nd_llm_refused *all)
{
	const struct nd_llm_claims *refused = &all->claims;
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
	if (count == 0)
		return;
	repair = nd_llm_request_new(
		job, request->piece,
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
		repair->why[i] = x_strdup(repair, all->why[i]);
	nd_llm_request_push(job, repair);
}

static unsigned
answer_flags(const struct nd_llm_request *request)
{
	unsigned flags = 0;

	if (request->flags & ND_LLM_PROMPT_REPAIR)
		flags |= ND_LLM_ANSWER_REPAIR;
	if (request->flags & ND_LLM_PROMPT_REFRESH)
		flags |= ND_LLM_ANSWER_REFRESH;
	if (request->later)
		flags |= ND_LLM_ANSWER_LATER;
	return flags;
}

/* Keep what was said, and ask once more for what does not hold. */
static void
absorb(struct nd_llm_request *request, const struct nd_llm_response *response)
{
	struct nd_llm_job *job = request->job;
	struct nd_llm_piece *piece = request->piece;
	const struct nd_llm_answer answer = nd_llm_proof_answer(
		job, answer_flags(request), request->shown, job->what->context,
		response, &request->known);
	struct nd_llm_refused refused;

	*x_append(piece, piece->said.answer, piece->said.count) = answer;
	if (request->flags & ND_LLM_PROMPT_REPAIR)
		return;
	refused = nd_llm_proof_refused(job->proof, response, &answer);
	if (refused.claims.count > 0)
		add_repair(request, &refused);
}

/* Ask the same again, with more room when it was room that lacked. */
static bool
ask_again(struct nd_llm_request *request, const struct nd_provider_said *said)
{
	if (++request->asked >= ASKED_MAX)
		return false;
	if (said->finish == ND_PROVIDER_FINISH_LENGTH)
		request->max_out *= 2;
	nd_llm_request_push(request->job, request);
	return true;
}

bool
nd_llm_job_take(struct nd_llm_request *request,
                const struct nd_provider_said *said)
{
	struct nd_llm_job *job = request->job;
	struct nd_llm_response *response;
	struct nd_error err;
	const struct nd_i18n *i18n = job->setup->options->service.i18n;

	/* Ollama cuts in silence: half of what was sent is not all of it. */
	if (job->setup->options->service.provider == &nd_provider_ollama &&
	    said->tokens_in > 0 &&
	    (size_t)said->tokens_in < request->tokens / 2)
		job->setup->report->cut++;
	if (said->finish == ND_PROVIDER_FINISH_REFUSED) {
		nd_llm_job_give_up(request, ND_LLM_RESULT_USELESS,
		                   nd_tr(i18n, "the model refused to answer"));
		return true;
	}
	if (nd_llm_response_read(request, said->content, strlen(said->content),
	                         &response, &err) == ND_OK) {
		absorb(request, response);
		return true;
	}
	if (!ask_again(request, said))
		nd_llm_job_give_up(request, ND_LLM_RESULT_USELESS,
		                   nd_tr(i18n, err.msg));
	return false;
}

void
nd_llm_job_settle(struct nd_llm_request *request)
{
	struct nd_llm_job *job = request->job;
	struct nd_llm_piece *piece = request->piece;

	job->pending--;
	piece->pending--;
}

void
nd_llm_job_keep(const struct nd_llm_request *request)
{
	const struct nd_llm_job *job = request->job;
	const struct nd_llm_piece *piece = request->piece;

	if (piece->key && piece->pending == 0 && !piece->lost)
		nd_llm_cache_save_part(job->setup->options->cache_dir,
		                       piece->key, job->what->context,
		                       piece->shown, &piece->said);
}
