/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "service/provider.h"
#include "service/vendor.h"
#include "util/alloc.h"
#include "util/json.h"
#include "util/limits.h"
#include "util/str.h"

static void
build(const struct nd_provider_ask *ask, struct nd_buf *out)
{
	struct nd_json *json = nd_json_object_new(NULL), *part;

	nd_json_set_text(json, "model", ask->model);
	nd_json_set_int(json, "max_tokens", ask->max_out);
	nd_json_set_text(json, "system", ask->system);
	part = nd_json_add_object(nd_json_set_array(json, "messages"));
	nd_json_set_text(part, "role", "user");
	nd_json_set_text(part, "content", ask->user);
	nd_provider_set_temperature(json, ask);
	/* There is no "some object" here: below the schema, nothing is said. */
	if (ask->dialect->rung == ND_PROVIDER_FORMAT_SCHEMA) {
		part = nd_json_set_object(json, "output_config");
		part = nd_json_set_object(part, "format");
		nd_json_set_text(part, "type", "json_schema");
		nd_json_set_json(part, "schema", ask->schema);
	}
	nd_vendor_add_thinking(ask->thinking, ask->level, json);
	nd_json_write(json, out);
	talloc_free(json);
}

static enum nd_provider_finish
finish_of(const char *reason)
{
	if (!reason)
		return ND_PROVIDER_FINISH_STOP;
	if (strcmp(reason, "refusal") == 0)
		return ND_PROVIDER_FINISH_REFUSED;
	if (strcmp(reason, "max_tokens") == 0 ||
	    strcmp(reason, "model_context_window_exceeded") == 0)
		return ND_PROVIDER_FINISH_LENGTH;
	return ND_PROVIDER_FINISH_STOP;
}

/* All text blocks; what the model thought is in blocks of another type. */
static const char *
text_of(const void *ctx, struct nd_json *content, bool *thought)
{
	struct nd_buf *out = nd_buf_new(ctx, ND_LIMIT_CONTENT_BYTES);

	for (size_t i = 0; i < nd_json_count(content); i++) {
		struct nd_json *block = nd_json_at(content, i);
		const char *type = nd_json_text(nd_json_get(block, "type"));
		const char *text = nd_json_text(nd_json_get(block, "text"));

		if (type && text && strcmp(type, "text") == 0)
			nd_buf_adds(out, text);
		/* "thinking", "redacted_thinking" */
		else if (type && nd_str_ends_nocase(type, "thinking"))
			*thought = true;
	}
	return out->data;
}

static bool
read_answer(const void *ctx, const char *body, size_t len,
            struct nd_provider_said *out)
{
	static const char *const inputs[] = {"input_tokens",
	                                     "cache_creation_input_tokens",
	                                     "cache_read_input_tokens"};
	struct nd_json *json, *content, *usage;

	if (nd_json_parse(ctx, body, len, &json, NULL) != ND_OK)
		return false;
	content = nd_json_get(json, "content");
	if (nd_json_type(content) != ND_JSON_ARRAY)
		return false;
	usage = nd_json_get(json, "usage");
	out->thought = false;
	out->content = text_of(ctx, content, &out->thought);
	out->finish = finish_of(nd_json_text(nd_json_get(json, "stop_reason")));
	out->tokens_out = nd_json_int(nd_json_get(usage, "output_tokens"), -1);
	out->tokens_in = nd_json_int(nd_json_get(usage, "input_tokens"), -1);
	for (size_t i = 1; i < 3 && out->tokens_in >= 0; i++) {
		int64_t more = nd_json_int(nd_json_get(usage, inputs[i]), 0);

		out->tokens_in += more > 0 ? more : 0;
	}
	return true;
}

static const char *const ends[] = {"/messages", NULL};

const struct nd_provider nd_provider_anthropic = {
	.name = "anthropic",
	.version = "/v1",
	.ends = ends,
	.path = "/messages",
	.key_header = "x-api-key: %s",
	.header = "anthropic-version: 2023-06-01",
	.dialect = {.temperature = true},
	.build = build,
	.read = read_answer,
};
