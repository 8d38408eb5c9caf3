/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "llm/job.h"
#include "llm/response.h"
#include "util/alloc.h"
#include "util/str.h"

/* How often a turn is sent whose answer is none. */
enum { ASKED_MAX = 2 };

static bool
is_known(const struct nd_llm_cached *memory, const struct nd_llm_claim *claim)
{
	for (size_t i = 0; i < memory->claims.count; i++)
		if (nd_str_equal_nocase(memory->claims.claim[i].text,
		                        claim->text))
			return true;
	return false;
}

static void
keep_claim(struct nd_llm_cached *memory, const struct nd_llm_claim *claim)
{
	struct nd_llm_claim *kept =
		x_append(memory, memory->claims.claim, memory->claims.count);

	*kept = *claim;
	kept->quote = x_strdup(memory, claim->quote);
	kept->text = x_strdup(memory, claim->text);
}

/* Ask again for what was refused, with the mails that it cites. */
static void
add_repair(struct nd_llm_request *turn, const struct nd_llm_claims *refused,
           const char **why)
{
	struct nd_llm_job *job = turn->job;
	uint32_t *mail = x_array(turn, uint32_t, turn->mail_count + 1);
	bool *cited = x_array(turn, bool, job->what->dossier->mail_count);
	struct nd_llm_request *repair;
	size_t count = 0;

	for (size_t i = 0; i < refused->count; i++)
		for (size_t k = 0; k < refused->claim[i].source_count; k++) {
			int source = refused->claim[i].source[k];

			if ((size_t)source <= job->what->dossier->mail_count)
				cited[source - 1] = true;
		}
	for (size_t i = 0; i < turn->mail_count; i++)
		if (cited[turn->mail[i]])
			mail[count++] = turn->mail[i];
	if (count == 0) {
		job->memory->dropped += (unsigned)refused->count;
		return;
	}
	repair = nd_llm_request_new(
		job,
		ND_LLM_PROMPT_REPAIR | (turn->flags & ND_LLM_PROMPT_EARLIER),
		mail, count, turn->mail_tokens);
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
check_zone_asked(const struct nd_llm_request *turn,
                 const struct nd_llm_claim *claim)
{
	if (claim->zone == ND_ZONE_EARLIER &&
	    !(turn->flags & ND_LLM_PROMPT_EARLIER))
		return "earlier was not asked for";
	if (claim->zone == ND_ZONE_BACKGROUND &&
	    (turn->flags & ND_LLM_PROMPT_REFRESH))
		return "background was not asked for";
	return NULL;
}

/* Keep what holds; returns what does not, with the reasons. */
static struct nd_llm_claims
sift(struct nd_llm_request *turn, const struct nd_llm_check *check,
     struct nd_llm_response *answer, const char ***why)
{
	struct nd_llm_job *job = turn->job;
	struct nd_llm_claims refused = {0};
	size_t reasons = 0;

	for (size_t i = 0; i < answer->claims.count; i++) {
		struct nd_llm_claim *claim = &answer->claims.claim[i];
		const char *reason = check_zone_asked(turn, claim);

		if (turn->later && claim->zone == ND_ZONE_BACKGROUND)
			continue;
		if (!reason)
			reason =
				nd_llm_check_claim(check, answer, claim,
			                           &job->setup->report->counts);
		if (!reason && !is_known(job->memory, claim)) {
			keep_claim(job->memory, claim);
		} else if (reason) {
			*x_append(answer, refused.claim, refused.count) =
				*claim;
			*x_append(answer, *why, reasons) = reason;
		}
	}
	return refused;
}

/* Stored items that the model says are no longer so. */
static void
forget_superseded(struct nd_llm_request *turn,
                  const struct nd_llm_response *answer)
{
	struct nd_llm_claims *claims = &turn->job->memory->claims;
	size_t kept = 0;

	for (size_t i = 0; i < claims->count; i++) {
		bool gone = false;

		/* The turn's copy shares the texts, so they tell items apart. */
		for (size_t k = 0; k < answer->superseded_count && !gone; k++) {
			size_t n = (size_t)answer->superseded[k];

			gone = n <= turn->known.count &&
			       turn->known.claim[n - 1].text ==
			               claims->claim[i].text;
		}
		if (!gone)
			claims->claim[kept++] = claims->claim[i];
	}
	claims->count = kept;
}

static void
keep_terms(struct nd_llm_job *job, const struct nd_llm_check *check,
           const struct nd_llm_response *answer)
{
	struct nd_llm_cached *memory = job->memory;

	for (size_t i = 0; i < answer->term_count; i++) {
		const struct nd_llm_term *term = &answer->term[i];
		bool known = !nd_llm_check_term(check, term);

		for (size_t k = 0; !known && k < memory->term_count; k++)
			known = strcmp(memory->term[k].term, term->term) == 0;
		if (known)
			continue;
		*x_append(memory, memory->term, memory->term_count) =
			(struct nd_llm_term){
				x_strdup(memory, term->term),
				x_strdup(memory, term->expansion),
			};
	}
}

/* Which of the refused statements come to nothing in the end. */
static void
settle(struct nd_llm_request *turn, const struct nd_llm_response *answer,
       const struct nd_llm_claims *refused, const char **why, size_t before)
{
	struct nd_llm_job *job = turn->job;
	size_t kept = job->memory->claims.count - before;

	if (turn->flags & ND_LLM_PROMPT_REPAIR) {
		if (kept < turn->known.count)
			job->memory->dropped +=
				(unsigned)(turn->known.count - kept);
		return;
	}
	job->memory->dropped += answer->malformed;
	if (refused->count > 0)
		add_repair(turn, refused, why);
}

static void
absorb(struct nd_llm_request *turn, struct nd_llm_response *answer)
{
	struct nd_llm_job *job = turn->job;
	const struct nd_llm_check check = {
		.dossier = job->what->dossier,
		.proof = job->proof,
		.shown = turn->shown,
		.windowed = !(turn->flags & ND_LLM_PROMPT_REFRESH),
		.same_language = job->same_language,
	};
	const char **why = NULL, *topic = NULL;
	struct nd_llm_claims refused;
	size_t before;

	if (turn->flags & ND_LLM_PROMPT_REFRESH)
		forget_superseded(turn, answer);
	before = job->memory->claims.count;
	if (!(turn->flags & ND_LLM_PROMPT_REPAIR) && !turn->later)
		topic = nd_llm_check_gist(&check, answer, answer->topic,
		                          &job->setup->report->counts);
	if (topic && *topic)
		job->memory->topic = x_strdup(job->memory, topic);
	refused = sift(turn, &check, answer, &why);
	keep_terms(job, &check, answer);
	settle(turn, answer, &refused, why, before);
}

/* Ask the same again, with more room when it was room that lacked. */
static bool
ask_again(struct nd_llm_request *turn, const struct nd_llm_said *said)
{
	if (++turn->asked >= ASKED_MAX)
		return false;
	if (said->finish == ND_LLM_FINISH_LENGTH)
		turn->max_out *= 2;
	nd_llm_request_push(turn->job, turn);
	return true;
}

void
nd_llm_job_take(struct nd_llm_request *turn, const struct nd_llm_said *said)
{
	struct nd_llm_job *job = turn->job;
	struct nd_llm_response *answer;
	struct nd_error err;

	/* Ollama cuts in silence: half of what was sent is not all of it. */
	if (job->setup->options->service.provider == &nd_llm_provider_ollama &&
	    said->tokens_in > 0 && (size_t)said->tokens_in < turn->tokens / 2)
		job->setup->report->cut++;
	if (said->finish == ND_LLM_FINISH_REFUSED) {
		nd_llm_job_give_up(turn, "the model refused to answer");
		return;
	}
	if (nd_llm_response_read(turn, said->content, strlen(said->content),
	                         &answer, &err) == ND_OK) {
		absorb(turn, answer);
		return;
	}
	if (!ask_again(turn, said))
		nd_llm_job_give_up(turn, err.msg);
}
