/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/provider.h"

#include <stdio.h>
#include <string.h>

#include "util/alloc.h"
#include "util/json.h"
#include "util/str.h"
#include "util/utf8.h"

static const struct nd_provider *const providers[] = {
	&nd_provider_openai,
	&nd_provider_anthropic,
	&nd_provider_ollama,
};

const struct nd_provider *
nd_provider_find(const char *name)
{
	for (size_t i = 0; i < sizeof providers / sizeof *providers; i++)
		if (strcmp(providers[i]->name, name) == 0)
			return providers[i];
	return NULL;
}

/* ---- what they have in common -------------------------------------------- */

bool
nd_provider_thought(struct nd_json *message)
{
	/* DeepSeek, llama.cpp, old vLLM; vLLM, Groq, OpenRouter; Ollama. */
	static const char *const names[] = {"reasoning_content", "reasoning",
	                                    "thinking"};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const char *text = nd_json_text(nd_json_get(message, names[i]));

		if (text && *text)
			return true;
	}
	return false;
}

static void
add_message(struct nd_json *list, const char *role, const char *text)
{
	struct nd_json *message = nd_json_add_object(list);

	nd_json_set_text(message, "role", role);
	nd_json_set_text(message, "content", text);
}

void
nd_provider_set_messages(struct nd_json *object,
                         const struct nd_provider_ask *ask)
{
	struct nd_json *list = nd_json_set_array(object, "messages");

	add_message(list, "system", ask->system);
	add_message(list, "user", ask->user);
}

/* The same words at temperature 0 would be answered by the same. */
void
nd_provider_set_temperature(struct nd_json *object,
                            const struct nd_provider_ask *ask)
{
	if (!ask->dialect->temperature)
		return;
	if (ask->again > 0)
		nd_json_set_json(object, "temperature", "0.4");
	else
		nd_json_set_int(object, "temperature", 0);
}

/* ---- errors -------------------------------------------------------------- */

/* What an error body says, wherever it says it; "" where it does not. */
struct complaint {
	const char *message, *type, *code, *param;
	const char *raw; /* what a gateway was told by whom it asked */
	int64_t status;  /* inside of a body that came with 200; 0: none */
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
 * {"object":"error",…} (old vLLM), [{"error":{…}}] (Gemini),
 * {"choices":[{"error":{…}}]} (OpenRouter, when it came up late).
 */
static void
read_complaint(struct nd_json *json, struct complaint *out)
{
	struct nd_json *error;

	if (nd_json_count(json) > 0)
		json = nd_json_at(json, 0);
	error = nd_json_get(json, "error");
	if (!error)
		error = nd_json_get(nd_json_at(nd_json_get(json, "choices"), 0),
		                    "error");
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
	out->raw = text_or_empty(nd_json_get(error, "metadata"), "raw");
	out->status = nd_json_int(nd_json_get(error, "code"), 0);
	out->real_tokens =
		nd_json_int(nd_json_get(error, "n_prompt_tokens"), 0);
	out->context_tokens = nd_json_int(nd_json_get(error, "n_ctx"), 0);
}

static bool
says(const struct complaint *c, const char *words)
{
	return nd_mem_find_nocase(c->message, strlen(c->message), words) ||
	       nd_mem_find_nocase(c->type, strlen(c->type), words) ||
	       nd_mem_find_nocase(c->raw, strlen(c->raw), words) ||
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
	       nd_mem_find_nocase(c->message, strlen(c->message), field) ||
	       nd_mem_find_nocase(c->raw, strlen(c->raw), field);
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

/*
 * "Request too large … on tokens per min (TPM): Limit 6000, Requested 8012"
 * (OpenAI 429, Groq 413): waiting makes it no smaller.
 */
static bool
is_over_rate(const struct complaint *c)
{
	return says(c, "too large") &&
	       (says(c, "tokens per min") || says(c, "(TPM)"));
}

/* How long an answer may be, where a longer one was asked for; else 0. */
static int64_t
most_out(const struct complaint *c)
{
	/* OpenAI; Anthropic; vLLM and gateways */
	static const char *const before[] = {"supports at most ", " > ",
	                                     "less than or equal to ", NULL};
	int64_t found = 0;

	if (!names(c, "max_tokens") && !names(c, "max_completion_tokens"))
		return 0;
	for (size_t i = 0; before[i] && found == 0; i++)
		found = number_behind(c->message, before[i]);
	return found;
}

/* What is said about a member of the request that has to do with thinking. */
static enum nd_provider_fault_kind
kind_of_thinking(const struct complaint *c)
{
	static const char *const fields[] = {"reasoning",
	                                     "thinking",
	                                     "chat_template_kwargs",
	                                     "output_config.effort",
	                                     "\"think\"",
	                                     "think value",
	                                     NULL};
	static const char *const unknown[] = {"unrecognized",
	                                      "unknown",
	                                      "unexpected",
	                                      "unsupported parameter",
	                                      "unsupported_param",
	                                      "extra_forbidden",
	                                      "extra inputs",
	                                      "not permitted",
	                                      "not supported with this model",
	                                      NULL};

	if (!says_any(c, fields) &&
	    !nd_mem_find_nocase(c->param, strlen(c->param), "reasoning"))
		return ND_PROVIDER_FAULT_NONE;
	return says_any(c, unknown) ? ND_PROVIDER_FAULT_THINKING
	                            : ND_PROVIDER_FAULT_LEVEL;
}

static enum nd_provider_fault_kind
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
	                                     "initialize samplers",
	                                     "\"format\"",
	                                     "invalid format",
	                                     "response_schema",
	                                     "schema",
	                                     "json_validate_failed",
	                                     NULL};
	enum nd_provider_fault_kind thinking;

	if (says_any(c, too_long) || is_over_rate(c))
		return ND_PROVIDER_FAULT_CONTEXT;
	if (most_out(c) > 0)
		return ND_PROVIDER_FAULT_ROOM;
	if (names(c, "max_tokens") || names(c, "max_completion_tokens"))
		return ND_PROVIDER_FAULT_LIMIT_FIELD;
	if (names(c, "temperature"))
		return ND_PROVIDER_FAULT_TEMPERATURE;
	thinking = kind_of_thinking(c);
	if (thinking != ND_PROVIDER_FAULT_NONE)
		return thinking;
	if (names(c, "response_format") || says_any(c, format))
		return ND_PROVIDER_FAULT_FORMAT;
	return ND_PROVIDER_FAULT_REQUEST;
}

static enum nd_provider_fault_kind
kind_of(long status, const struct complaint *c)
{
	static const char *const money[] = {
		"insufficient_quota",   "credit_balance", "spend_limit",
		"usage_limit_exceeded", "billing",        NULL};
	/* llama.cpp when the model leaves the form; it would again. */
	static const char *const form[] = {"does not match the expected",
	                                   "peg-native", NULL};

	if (says_any(c, money))
		return ND_PROVIDER_FAULT_RUN;
	switch (status) {
	case 400:
	case 422:
		return kind_of_refusal(c);
	case 401:
	case 402:
	case 403:
	case 404:
	case 405:
		return ND_PROVIDER_FAULT_RUN;
	case 413:
		return ND_PROVIDER_FAULT_CONTEXT;
	case 408:
	case 409:
	case 425:
		return ND_PROVIDER_FAULT_RETRY;
	case 429:
		return is_over_rate(c) ? ND_PROVIDER_FAULT_CONTEXT
		                       : ND_PROVIDER_FAULT_RETRY;
	default:
		break;
	}
	if (says_any(c, form))
		return ND_PROVIDER_FAULT_FORMAT;
	/* An error inside of a 200 is one that came up late. */
	return status >= 500 || status == 200 ? ND_PROVIDER_FAULT_RETRY
	                                      : ND_PROVIDER_FAULT_REQUEST;
}

/* Some servers repeat the prompt in the error: only so much of it. */
static void
write_message(long status, const struct complaint *complaint,
              struct nd_provider_fault *out)
{
	const size_t most = sizeof out->message - sizeof " … (2147483647)";
	void *tmp = talloc_new(NULL);
	const char *all =
		x_asprintf(tmp, "%s%s%s", complaint->message,
	                   *complaint->message && *complaint->raw ? ": " : "",
	                   complaint->raw);
	char *line = nd_utf8_clean_line(tmp, all, strnlen(all, 4096));
	size_t fit = strlen(line);

	if (fit > most) {
		while (fit > most || ((unsigned char)line[fit] & 0xc0) == 0x80)
			fit--;
		line[fit] = '\0';
		snprintf(out->message, sizeof out->message, "%s … (%ld)", line,
		         status);
	} else if (*line) {
		snprintf(out->message, sizeof out->message, "%s (%ld)", line,
		         status);
	} else {
		snprintf(out->message, sizeof out->message, "HTTP status %ld",
		         status);
	}
	talloc_free(tmp);
}

void
nd_provider_fault(long status, const char *body, size_t len,
                  struct nd_provider_fault *out)
{
	struct complaint complaint = {"", "", "", "", "", 0, 0, 0};
	void *tmp = talloc_new(NULL);
	struct nd_json *json;

	*out = (struct nd_provider_fault){0};
	if (nd_json_parse(tmp, body, len, &json, NULL) == ND_OK)
		read_complaint(json, &complaint);
	if (status == 200 && complaint.status >= 400 && complaint.status < 600)
		status = (long)complaint.status;
	out->kind = kind_of(status, &complaint);
	out->real_tokens = complaint.real_tokens;
	out->context_tokens = complaint.context_tokens;
	if (!out->context_tokens)
		out->context_tokens = number_behind(
			complaint.message, "maximum context length is ");
	if (!out->context_tokens && is_over_rate(&complaint))
		out->context_tokens =
			number_behind(complaint.message, "Limit ");
	if (out->kind == ND_PROVIDER_FAULT_ROOM)
		out->most_out = most_out(&complaint);
	write_message(status, &complaint, out);
	talloc_free(tmp);
}
