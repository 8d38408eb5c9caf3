/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "llm/job.h"
#include "llm/response.h"
#include "util/alloc.h"
#include "util/str.h"

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
		claim->text = x_strdup(repair, claim->text);
	}
	repair->why = x_array(repair, const char *, refused->count);
	memcpy(repair->why, why, refused->count * sizeof *why);
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

		/* The turn's copy shares the texts, so they tell items apart. */
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

void
nd_llm_job_take(struct nd_llm_request *request, const struct nd_llm_said *said)
{
	struct nd_llm_job *job = request->job;
	struct nd_llm_response *response;
	struct nd_error err;

	/* Ollama cuts in silence: half of what was sent is not all of it. */
	if (job->setup->options->service.provider == &nd_llm_provider_ollama &&
	    said->tokens_in > 0 &&
	    (size_t)said->tokens_in < request->tokens / 2)
		job->setup->report->cut++;
	if (said->finish == ND_LLM_FINISH_REFUSED) {
		nd_llm_job_give_up(request, "the model refused to answer");
		return;
	}
	if (nd_llm_response_read(request, said->content, strlen(said->content),
	                         &response, &err) == ND_OK) {
		absorb(request, response);
		return;
	}
	if (!ask_again(request, said))
		nd_llm_job_give_up(request, err.msg);
}
