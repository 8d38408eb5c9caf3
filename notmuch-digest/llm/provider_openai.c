/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "llm/provider.h"
#include "util/alloc.h"
#include "util/json.h"

static void
add_message(struct nd_json *list, const char *role, const char *text)
{
	struct nd_json *message = nd_json_add_object(list);

	nd_json_set_text(message, "role", role);
	nd_json_set_text(message, "content", text);
}

static void
set_format(struct nd_json *json, const struct nd_llm_ask *ask)
{
	struct nd_json *format;

	if (ask->dialect->rung == ND_LLM_FORMAT_FREE)
		return;
	format = nd_json_set_object(json, "response_format");
	if (ask->dialect->rung == ND_LLM_FORMAT_OBJECT) {
		nd_json_set_text(format, "type", "json_object");
		return;
	}
	nd_json_set_text(format, "type", "json_schema");
	format = nd_json_set_object(format, "json_schema");
	nd_json_set_text(format, "name", "digest");
	nd_json_set_bool(format, "strict", true);
	nd_json_set_json(format, "schema", ask->schema);
}

static void
build(const struct nd_llm_ask *ask, struct nd_buf *out)
{
	struct nd_json *json = nd_json_object_new(NULL), *list;

	nd_json_set_text(json, "model", ask->model);
	list = nd_json_set_array(json, "messages");
	add_message(list, "system", ask->system);
	add_message(list, "user", ask->user);
	nd_json_set_int(json,
	                ask->dialect->new_limit ? "max_completion_tokens"
	                                        : "max_tokens",
	                ask->max_out);
	if (ask->dialect->temperature)
		nd_json_set_int(json, "temperature", 0);
	set_format(json, ask);
	nd_json_set_bool(json, "stream", false);
	nd_json_write(json, out);
	talloc_free(json);
}

static enum nd_llm_finish
finish_of(const char *reason, struct nd_json *message)
{
	const char *refusal = nd_json_text(nd_json_get(message, "refusal"));

	if (refusal && *refusal)
		return ND_LLM_FINISH_REFUSED;
	if (!reason)
		return ND_LLM_FINISH_STOP;
	if (strcmp(reason, "content_filter") == 0)
		return ND_LLM_FINISH_REFUSED;
	return strcmp(reason, "length") == 0 ? ND_LLM_FINISH_LENGTH
	                                     : ND_LLM_FINISH_STOP;
}

static bool
read_answer(const void *ctx, const char *body, size_t len,
            struct nd_llm_said *out)
{
	struct nd_json *json, *choice, *message, *usage;
	const char *content;

	if (nd_json_parse(ctx, body, len, &json, NULL) != ND_OK)
		return false;
	choice = nd_json_at(nd_json_get(json, "choices"), 0);
	message = nd_json_get(choice, "message");
	if (nd_json_type(message) != ND_JSON_OBJECT)
		return false;
	content = nd_json_text(nd_json_get(message, "content"));
	usage = nd_json_get(json, "usage");
	out->content = content ? content : "";
	out->finish = finish_of(
		nd_json_text(nd_json_get(choice, "finish_reason")), message);
	out->tokens_in = nd_json_int(nd_json_get(usage, "prompt_tokens"), -1);
	out->tokens_out =
		nd_json_int(nd_json_get(usage, "completion_tokens"), -1);
	return true;
}

const struct nd_llm_provider nd_llm_provider_openai = {
	.name = "openai",
	.path = "/chat/completions",
	.key_header = "Authorization: Bearer %s",
	.dialect = {.temperature = true},
	.build = build,
	.read = read_answer,
};
