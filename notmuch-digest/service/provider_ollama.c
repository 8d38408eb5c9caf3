/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "service/provider.h"
#include "service/vendor.h"
#include "util/alloc.h"
#include "util/json.h"

/*
 * num_ctx is the same for all requests of a run, since a new one makes the
 * server load the model again. Without truncate and shift set to false, it
 * cuts a prompt that is too long without a word.
 */
static void
build(const struct nd_provider_ask *ask, struct nd_buf *out)
{
	struct nd_json *json = nd_json_object_new(NULL), *part;

	nd_json_set_text(json, "model", ask->model);
	nd_provider_set_messages(json, ask);
	nd_json_set_bool(json, "stream", false);
	if (ask->dialect->rung == ND_PROVIDER_FORMAT_SCHEMA)
		nd_json_set_json(json, "format", ask->schema);
	else if (ask->dialect->rung == ND_PROVIDER_FORMAT_OBJECT)
		nd_json_set_text(json, "format", "json");
	part = nd_json_set_object(json, "options");
	nd_json_set_int(part, "num_ctx", ask->context_tokens);
	nd_json_set_int(part, "num_predict", ask->max_out);
	nd_provider_set_temperature(part, ask);
	nd_json_set_int(part, "seed", 1 + ask->again);
	nd_json_set_text(json, "keep_alive", "10m");
	nd_vendor_add_thinking(ask->thinking, ask->level, json);
	nd_json_set_bool(json, "truncate", false);
	nd_json_set_bool(json, "shift", false);
	nd_json_write(json, out);
	talloc_free(json);
}

static bool
read_answer(const void *ctx, const char *body, size_t len,
            struct nd_provider_said *out)
{
	struct nd_json *json, *message;
	const char *content, *reason;

	if (nd_json_parse(ctx, body, len, &json, NULL) != ND_OK)
		return false;
	message = nd_json_get(json, "message");
	if (nd_json_type(message) != ND_JSON_OBJECT)
		return false;
	content = nd_json_text(nd_json_get(message, "content"));
	reason = nd_json_text(nd_json_get(json, "done_reason"));
	out->content = content ? content : "";
	out->thought = nd_provider_thought(message);
	out->finish = reason && strcmp(reason, "length") == 0
	                      ? ND_PROVIDER_FINISH_LENGTH
	                      : ND_PROVIDER_FINISH_STOP;
	out->tokens_in =
		nd_json_int(nd_json_get(json, "prompt_eval_count"), -1);
	out->tokens_out = nd_json_int(nd_json_get(json, "eval_count"), -1);
	return true;
}

static const char *const ends[] = {"/api/chat", "/v1/chat/completions", "/api",
                                   "/v1", NULL};

const struct nd_provider nd_provider_ollama = {
	.name = "ollama",
	.version = "",
	.ends = ends,
	.path = "/api/chat",
	.key_header = "Authorization: Bearer %s",
	.dialect = {.temperature = true},
	.build = build,
	.read = read_answer,
};
