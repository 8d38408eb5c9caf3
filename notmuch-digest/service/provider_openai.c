/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "service/provider.h"
#include "service/vendor.h"
#include "util/alloc.h"
#include "util/buf.h"
#include "util/json.h"
#include "util/limits.h"

static void
set_format(struct nd_json *json, const struct nd_provider_ask *ask)
{
	struct nd_json *format;

	if (ask->dialect->rung == ND_PROVIDER_FORMAT_FREE)
		return;
	format = nd_json_set_object(json, "response_format");
	if (ask->dialect->rung == ND_PROVIDER_FORMAT_OBJECT) {
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
build(const struct nd_provider_ask *ask, struct nd_buf *out)
{
	struct nd_json *json = nd_json_object_new(NULL);

	nd_json_set_text(json, "model", ask->model);
	nd_provider_set_messages(json, ask);
	nd_json_set_int(json,
	                ask->dialect->new_limit ? "max_completion_tokens"
	                                        : "max_tokens",
	                ask->max_out);
	nd_provider_set_temperature(json, ask);
	set_format(json, ask);
	nd_vendor_add_thinking(ask->thinking, ask->level, json);
	nd_json_set_bool(json, "stream", false);
	nd_json_write(json, out);
	talloc_free(json);
}

static enum nd_provider_finish
finish_of(const char *reason, struct nd_json *message)
{
	const char *refusal = nd_json_text(nd_json_get(message, "refusal"));

	if (refusal && *refusal)
		return ND_PROVIDER_FINISH_REFUSED;
	if (!reason)
		return ND_PROVIDER_FINISH_STOP;
	if (strcmp(reason, "content_filter") == 0)
		return ND_PROVIDER_FINISH_REFUSED;
	return strcmp(reason, "length") == 0 ? ND_PROVIDER_FINISH_LENGTH
	                                     : ND_PROVIDER_FINISH_STOP;
}

/*
 * A text, or blocks of which those of the type "text" are the answer
 * (Mistral; the others are what it thought, and references).
 */
static const char *
content_of(const void *ctx, struct nd_json *content, bool *thought)
{
	const char *text = nd_json_text(content);
	struct nd_buf *out;

	if (text || nd_json_type(content) != ND_JSON_ARRAY)
		return text ? text : "";
	out = nd_buf_new(ctx, ND_LIMIT_CONTENT_BYTES);
	for (size_t i = 0; i < nd_json_count(content); i++) {
		struct nd_json *block = nd_json_at(content, i);
		const char *type = nd_json_text(nd_json_get(block, "type"));

		text = nd_json_text(nd_json_get(block, "text"));
		if (type && text && strcmp(type, "text") == 0)
			nd_buf_adds(out, text);
		else if (type && strcmp(type, "thinking") == 0)
			*thought = true;
	}
	return out->data;
}

/* Where thoughts are kept back, there is at least a count of them. */
static bool
counts_thoughts(struct nd_json *usage)
{
	struct nd_json *details =
		nd_json_get(usage, "completion_tokens_details");

	return nd_json_int(nd_json_get(details, "reasoning_tokens"), 0) > 0;
}

static bool
read_answer(const void *ctx, const char *body, size_t len,
            struct nd_provider_said *out)
{
	struct nd_json *json, *choice, *message, *usage;

	if (nd_json_parse(ctx, body, len, &json, NULL) != ND_OK)
		return false;
	choice = nd_json_at(nd_json_get(json, "choices"), 0);
	message = nd_json_get(choice, "message");
	if (nd_json_type(message) != ND_JSON_OBJECT ||
	    nd_json_get(choice, "error"))
		return false;
	usage = nd_json_get(json, "usage");
	out->thought = nd_provider_thought(message) || counts_thoughts(usage);
	out->content =
		content_of(ctx, nd_json_get(message, "content"), &out->thought);
	out->finish = finish_of(
		nd_json_text(nd_json_get(choice, "finish_reason")), message);
	out->tokens_in = nd_json_int(nd_json_get(usage, "prompt_tokens"), -1);
	out->tokens_out =
		nd_json_int(nd_json_get(usage, "completion_tokens"), -1);
	return true;
}

static const char *const ends[] = {"/chat/completions", NULL};

const struct nd_provider nd_provider_openai = {
	.name = "openai",
	.version = "/v1",
	.ends = ends,
	.path = "/chat/completions",
	.key_header = "Authorization: Bearer %s",
	.dialect = {.temperature = true},
	.build = build,
	.read = read_answer,
};
