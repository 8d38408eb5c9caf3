/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "llm/request.h"

#include <string.h>

#include "llm/tokens.h"
#include "util/alloc.h"
#include "util/limits.h"

/* Tokens of what stands in a prompt besides the mails; and a free tenth. */
enum { PERSON_TOKENS = 16, ITEM_TOKENS = 80, TASK_TOKENS = 400, MARGIN = 10 };

size_t
nd_llm_request_room(const struct nd_llm_setup *setup,
                    const struct nd_llm_context *dossier, size_t stored)
{
	size_t taken =
		setup->max_out +
		nd_llm_tokens_estimate(setup->system, strlen(setup->system)) +
		nd_llm_tokens_estimate(dossier->facts, strlen(dossier->facts)) +
		PERSON_TOKENS * dossier->person_count + ITEM_TOKENS * stored +
		TASK_TOKENS;
	size_t room = setup->context - setup->context / MARGIN;

	return room > taken ? room - taken : 0;
}

/* Is there history to tell among these mails? */
static bool
has_history(const struct nd_llm_context *dossier,
            const struct nd_llm_request *turn)
{
	for (size_t i = 0; i < turn->mail_count; i++) {
		const struct nd_llm_context_mail *mail =
			&dossier->mail[turn->mail[i]];

		if (!mail->is_new && !mail->is_opening)
			return true;
	}
	return false;
}

struct nd_llm_request *
nd_llm_request_new(struct nd_llm_job *job, unsigned flags, const uint32_t *mail,
                   size_t count, size_t mail_tokens)
{
	const struct nd_llm_context *dossier = job->what->dossier;
	struct nd_llm_request *turn = x_new(job, struct nd_llm_request);

	turn->job = job;
	turn->flags = flags;
	turn->mail = x_array(turn, uint32_t, count + 1);
	turn->mail_count = count;
	turn->mail_tokens = mail_tokens;
	turn->shown = x_array(turn, bool, dossier->mail_count);
	turn->max_out = job->setup->max_out;
	for (size_t i = 0; i < count; i++) {
		turn->mail[i] = mail[i];
		turn->shown[mail[i]] = true;
	}
	if (!(flags & ND_LLM_PROMPT_REFRESH) && has_history(dossier, turn))
		turn->flags |= ND_LLM_PROMPT_EARLIER;
	return turn;
}

void
nd_llm_request_push(struct nd_llm_job *job, struct nd_llm_request *turn)
{
	struct nd_llm_request **at = &job->todo;

	while (*at)
		at = &(*at)->next;
	*at = turn;
	job->pending++;
}

void
nd_llm_request_write(struct nd_llm_request *turn)
{
	const struct nd_llm_setup *setup = turn->job->setup;
	struct nd_buf *user = nd_buf_new(turn, ND_LIMIT_PROMPT_BYTES);
	const struct nd_llm_prompt prompt = {
		.dossier = turn->job->what->dossier,
		.flags = turn->flags,
		.mail = turn->mail,
		.mail_count = turn->mail_count,
		.mail_tokens = turn->mail_tokens,
		.known = turn->known.count ? &turn->known : NULL,
		.why = turn->why,
		.nonce = setup->nonce,
	};

	nd_llm_prompt_user(&prompt, user);
	turn->user = user->data;
	turn->schema = nd_llm_prompt_schema(turn, turn->flags);
	turn->tokens =
		nd_llm_tokens_estimate(user->data, user->len) +
		nd_llm_tokens_estimate(setup->system, strlen(setup->system));
}

struct nd_llm_question
nd_llm_request_question(struct nd_llm_request *turn)
{
	return (struct nd_llm_question){
		.system = turn->job->setup->system,
		.user = turn->user,
		.schema = turn->schema,
		.max_out = turn->max_out,
		.tokens = turn->tokens,
		.tag = turn,
	};
}
