/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "llm/provider.h"

#include <stdio.h>
#include <string.h>

#include "util/alloc.h"
#include "util/json.h"
#include "util/str.h"
#include "util/utf8.h"

static const struct nd_llm_provider *const providers[] = {
	&nd_llm_provider_openai,
	&nd_llm_provider_anthropic,
	&nd_llm_provider_ollama,
};

const struct nd_llm_provider *
nd_llm_provider_find(const char *name)
{
	for (size_t i = 0; i < sizeof providers / sizeof *providers; i++)
		if (strcmp(providers[i]->name, name) == 0)
			return providers[i];
	return NULL;
}

/* ---- errors -------------------------------------------------------------- */

/* What an error body says, wherever it says it; "" where it does not. */
struct complaint {
	const char *message, *type, *code, *param;
	int64_t real_tokens, context_tokens;
};

static const char *
text_or_empty(struct nd_json *object, const char *key)
{
	const char *text = nd_json_text(nd_json_get(object, key));

	return text ? text : "";
}

/*
 * {"error":{…}} (OpenAI, Anthropic, llama.cpp), {"error":"text"} (Ollama),
 * {"object":"error",…} (old vLLM), [{"error":{…}}] (Gemini).
 */
static void
read_complaint(struct nd_json *json, struct complaint *out)
{
	struct nd_json *error;

	if (nd_json_count(json) > 0)
		json = nd_json_at(json, 0);
	error = nd_json_get(json, "error");
	if (nd_json_text(error)) {
		out->message = nd_json_text(error);
		return;
	}
	if (nd_json_type(error) != ND_JSON_OBJECT)
		error = json;
	out->message = text_or_empty(error, "message");
	out->type = text_or_empty(error, "type");
	out->code = text_or_empty(error, "code");
	out->param = text_or_empty(error, "param");
	out->real_tokens =
		nd_json_int(nd_json_get(error, "n_prompt_tokens"), 0);
	out->context_tokens = nd_json_int(nd_json_get(error, "n_ctx"), 0);
}

static bool
says(const struct complaint *c, const char *words)
{
	return nd_mem_find_nocase(c->message, strlen(c->message), words) ||
	       nd_mem_find_nocase(c->type, strlen(c->type), words) ||
	       nd_mem_find_nocase(c->code, strlen(c->code), words);
}

static bool
says_any(const struct complaint *c, const char *const *words)
{
	for (; *words; words++)
		if (says(c, *words))
			return true;
	return false;
}

static bool
names(const struct complaint *c, const char *field)
{
	return strcmp(c->param, field) == 0 ||
	       nd_mem_find_nocase(c->message, strlen(c->message), field);
}

/* The number behind words in the message, 0 if there is none. */
static int64_t
number_behind(const char *message, const char *words)
{
	const char *at = nd_mem_find_nocase(message, strlen(message), words);
	int64_t value = 0;

	if (!at)
		return 0;
	for (at += strlen(words); nd_is_digit(*at) && value < 1 << 30; at++)
		value = 10 * value + (*at - '0');
	return value;
}

static enum nd_llm_fault_kind
kind_of_refusal(const struct complaint *c)
{
	static const char *const too_long[] = {
		"exceed_context_size",    "context_length_exceeded",
		"maximum context length", "context window",
		"context size",           "prompt is too long",
		"input is too long",      "exceeds the context",
		"context length",         NULL};
	static const char *const format[] = {"response_format",
	                                     "json_schema",
	                                     "output_config",
	                                     "grammar",
	                                     "\"format\"",
	                                     "invalid format",
	                                     NULL};

	if (names(c, "max_tokens") || names(c, "max_completion_tokens"))
		return says_any(c, too_long) ? ND_LLM_FAULT_CONTEXT
		                             : ND_LLM_FAULT_LIMIT_FIELD;
	if (says_any(c, too_long))
		return ND_LLM_FAULT_CONTEXT;
	if (names(c, "temperature"))
		return ND_LLM_FAULT_TEMPERATURE;
	if (names(c, "response_format") || says_any(c, format))
		return ND_LLM_FAULT_FORMAT;
	return ND_LLM_FAULT_REQUEST;
}

static enum nd_llm_fault_kind
kind_of(long status, const struct complaint *c)
{
	static const char *const money[] = {
		"insufficient_quota",   "credit_balance", "spend_limit",
		"usage_limit_exceeded", "billing",        NULL};
	/* llama.cpp when the model leaves the form; it would again. */
	static const char *const form[] = {"does not match the expected",
	                                   "peg-native", NULL};

	if (says_any(c, money))
		return ND_LLM_FAULT_RUN;
	switch (status) {
	case 400:
	case 422:
		return kind_of_refusal(c);
	case 401:
	case 402:
	case 403:
	case 404:
	case 405:
		return ND_LLM_FAULT_RUN;
	case 413:
		return ND_LLM_FAULT_CONTEXT;
	case 408:
	case 409:
	case 425:
	case 429:
		return ND_LLM_FAULT_RETRY;
	default:
		break;
	}
	if (says_any(c, form))
		return ND_LLM_FAULT_FORMAT;
	/* An error inside of a 200 is one that came up late. */
	return status >= 500 || status == 200 ? ND_LLM_FAULT_RETRY
	                                      : ND_LLM_FAULT_REQUEST;
}

void
nd_llm_provider_fault(long status, const char *body, size_t len,
                      struct nd_llm_fault *out)
{
	struct complaint complaint = {"", "", "", "", 0, 0};
	void *tmp = talloc_new(NULL);
	struct nd_json *json;
	char *line;

	*out = (struct nd_llm_fault){0};
	if (nd_json_parse(tmp, body, len, &json, NULL) == ND_OK)
		read_complaint(json, &complaint);
	out->kind = kind_of(status, &complaint);
	out->real_tokens = complaint.real_tokens;
	out->context_tokens = complaint.context_tokens;
	if (!out->context_tokens)
		out->context_tokens = number_behind(
			complaint.message, "maximum context length is ");
	/* Some servers repeat the prompt in the error: only its start. */
	line = nd_utf8_clean_line(tmp, complaint.message,
	                          strnlen(complaint.message, 4096));
	line[nd_utf8_fit(line, strlen(line), sizeof out->message / 3)] = '\0';
	snprintf(out->message, sizeof out->message, "%s%s%ld%s", line,
	         *line ? " (" : "HTTP status ", status, *line ? ")" : "");
	talloc_free(tmp);
}
