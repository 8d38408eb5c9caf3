/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "llm/request.h"

#include <string.h>

#include "llm/chunk.h"
#include "llm/tokens.h"
#include "util/alloc.h"
#include "util/limits.h"

/* Tokens of what stands in a prompt besides the mails; and a free tenth. */
enum { PERSON_TOKENS = 16, ITEM_TOKENS = 80, TASK_TOKENS = 400, MARGIN = 10 };

size_t
nd_llm_request_room(const struct nd_llm_setup *setup,
                    const struct nd_llm_context *context, size_t stored)
{
	size_t taken =
		setup->max_out +
		nd_service_thinking_tokens(&setup->options->service) +
		nd_llm_tokens_estimate(setup->system, strlen(setup->system)) +
		nd_llm_tokens_estimate(context->facts, strlen(context->facts)) +
		PERSON_TOKENS * context->person_count + ITEM_TOKENS * stored +
		TASK_TOKENS;
	size_t room = setup->context_tokens - setup->context_tokens / MARGIN;

	return room > taken ? room - taken : 0;
}

/* Is there history to tell among these mails? */
static bool
has_history(const struct nd_llm_context *context,
            const struct nd_llm_request *request)
{
	for (size_t i = 0; i < request->mail_count; i++) {
		const struct nd_llm_context_mail *mail =
			&context->mail[request->mail[i]];

		if (!mail->is_new && !mail->is_opening)
			return true;
	}
	return false;
}

struct nd_llm_request *
nd_llm_request_new(struct nd_llm_job *job, struct nd_llm_piece *piece,
                   unsigned flags, const uint32_t *mail, size_t count,
                   size_t mail_tokens)
{
	const struct nd_llm_context *context = job->what->context;
	struct nd_llm_request *request = x_new(job, struct nd_llm_request);

	request->job = job;
	request->piece = piece;
	request->flags = flags;
	request->mail = x_array(request, uint32_t, count + 1);
	request->mail_count = count;
	request->mail_tokens = mail_tokens;
	request->shown = x_array(request, bool, context->mail_count);
	request->max_out = job->setup->max_out;
	for (size_t i = 0; i < count; i++) {
		request->mail[i] = mail[i];
		request->shown[mail[i]] = true;
	}
	if (!(flags & ND_LLM_PROMPT_REFRESH) && has_history(context, request))
		request->flags |= ND_LLM_PROMPT_EARLIER;
	return request;
}

void
nd_llm_request_push(struct nd_llm_job *job, struct nd_llm_request *request)
{
	struct nd_llm_request **at = &job->todo;

	while (*at)
		at = &(*at)->next;
	*at = request;
	job->pending++;
	request->piece->pending++;
}

void
nd_llm_request_write(struct nd_llm_request *request)
{
	const struct nd_llm_setup *setup = request->job->setup;
	struct nd_buf *user = nd_buf_new(request, ND_LIMIT_PROMPT_BYTES);
	const struct nd_llm_prompt prompt = {
		.context = request->job->what->context,
		.flags = request->flags,
		.mail = request->mail,
		.mail_count = request->mail_count,
		.mail_tokens = request->mail_tokens,
		.lead_tokens = request->later ? ND_LLM_CHUNK_LEAD_TOKENS : 0,
		.max_words = request->max_words,
		.known = request->known.count ? &request->known : NULL,
		.why = request->why,
		.nonce = setup->nonce,
	};

	nd_llm_prompt_user(&prompt, user);
	request->user = user->data;
	request->schema = nd_llm_prompt_schema(request, request->flags);
	request->tokens =
		nd_llm_tokens_estimate(user->data, user->len) +
		nd_llm_tokens_estimate(setup->system, strlen(setup->system));
}

struct nd_service_question
nd_llm_request_question(struct nd_llm_request *request)
{
	return (struct nd_service_question){
		.system = request->job->setup->system,
		.user = request->user,
		.schema = request->schema,
		.max_out = request->max_out,
		.tokens = request->tokens,
		.again = request->asked,
		.tag = request,
	};
}
