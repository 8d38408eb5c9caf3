/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/vendor.h"

#include <string.h>

#include "util/alloc.h"
#include "util/json.h"
#include "util/str.h"

#define EFFORT(level) \
	{ \
		{{"reasoning_effort", "\"" level "\""}}, false \
	}
#define THINK(level) \
	{ \
		{{"reasoning_effort", "\"" level "\""}}, true \
	}
#define TYPE(type, does) \
	{ \
		{{"thinking", "{\"type\":\"" type "\"}"}}, does \
	}

static const struct nd_vendor vendors[] = {
	{
		.name = "OpenAI",
		.wire = "openai",
		.host = "api.openai.com",
		.new_limit = true,
		.off = {EFFORT("none"), THINK("minimal"), THINK("low")},
		.on = {THINK("%s")},
		.document = "https://platform.openai.com/docs/api-reference/"
			    "chat/create",
	},
	{
		.name = "Azure OpenAI",
		.wire = "openai",
		.host = ".openai.azure.com",
		.key_header = "api-key: %s",
		.new_limit = true,
		.off = {EFFORT("none"), THINK("minimal"), THINK("low")},
		.on = {THINK("%s")},
		.document = "https://learn.microsoft.com/azure/ai-services/"
			    "openai/reference",
	},
	{
		.name = "Azure AI Foundry",
		.wire = "openai",
		.host = ".services.ai.azure.com",
		.key_header = "api-key: %s",
		.off = {EFFORT("none"), THINK("minimal"), THINK("low")},
		.on = {THINK("%s")},
		.document = "https://learn.microsoft.com/azure/ai-services/"
			    "openai/reference",
	},
	{
		.name = "Gemini",
		.wire = "openai",
		.host = "generativelanguage.googleapis.com",
		.off = {EFFORT("none"), THINK("low")},
		.on = {THINK("%s")},
		.document = "https://ai.google.dev/gemini-api/docs/openai",
	},
	{
		.name = "Mistral",
		.wire = "openai",
		.host = "api.mistral.ai",
		.off = {EFFORT("none")},
		.on = {THINK("%s"), THINK("high")},
		.document = "https://docs.mistral.ai/capabilities/reasoning/",
	},
	{
		.name = "Groq",
		.wire = "openai",
		.host = "api.groq.com",
		.off = {EFFORT("none"), THINK("low")},
		.on = {THINK("%s"), THINK("default")},
		.document = "https://console.groq.com/docs/reasoning",
	},
	{
		.name = "OpenRouter",
		.wire = "openai",
		.host = "openrouter.ai",
		.off = {{{{"reasoning", "{\"effort\":\"none\"}"}}, false},
                        {{{"reasoning", "{\"effort\":\"low\"}"}}, true}},
		.on = {{{{"reasoning", "{\"effort\":\"%s\"}"}}, true}},
		.document = "https://openrouter.ai/docs/use-cases/"
			    "reasoning-tokens",
	},
	{
		.name = "DeepSeek",
		.wire = "openai",
		.host = "api.deepseek.com",
		.off = {TYPE("disabled", false)},
		.on = {{{{"thinking", "{\"type\":\"enabled\"}"},
                         {"reasoning_effort", "\"%s\""}},
                        true}},
		.document =
			"https://api-docs.deepseek.com/guides/thinking_mode",
	},
	{
		.name = "Anthropic",
		.wire = "anthropic",
		.host = "api.anthropic.com",
		.off = {TYPE("disabled", false)},
		.on = {{{{"thinking", "{\"type\":\"adaptive\"}"},
                         {"output_config.effort", "\"%s\""}},
                        true},
                       {{{"thinking", "{\"type\":\"enabled\","
                                      "\"budget_tokens\":4096}"}},
                        true}},
		.document = "https://docs.claude.com/en/docs/build-with-claude/"
			    "extended-thinking",
	},
	{
		.name = "a server of the Anthropic kind",
		.wire = "anthropic",
		.off = {TYPE("disabled", false)},
		.on = {{{{"thinking", "{\"type\":\"enabled\","
                                      "\"budget_tokens\":4096}"}},
                        true}},
		.document = "https://docs.claude.com/en/docs/build-with-claude/"
			    "extended-thinking",
	},
	{
		.name = "Ollama",
		.wire = "ollama",
		.off = {{{{"think", "false"}}, false},
                        {{{"think", "\"low\""}}, true}},
		.on = {{{{"think", "\"%s\""}}, true},
                       {{{"think", "true"}}, true}},
		.document = "https://docs.ollama.com/capabilities/thinking",
	},
	{
		/* The template's switch, and since 2026 a word for it. */
		.name = "a server of the OpenAI kind",
		.wire = "openai",
		.off = {{{{"chat_template_kwargs",
                           "{\"enable_thinking\":false}"},
                          {"reasoning_effort", "\"none\""}},
                         false},
                        {{{"chat_template_kwargs",
                           "{\"enable_thinking\":false}"}},
                         false},
                        THINK("low")},
		.on = {{{{"chat_template_kwargs", "{\"enable_thinking\":true}"},
                         {"reasoning_effort", "\"%s\""}},
                        true},
                       THINK("%s")},
		.document = "https://docs.vllm.ai/en/stable/features/"
			    "reasoning_outputs/, "
			    "https://github.com/ggml-org/llama.cpp/blob/master/"
			    "tools/server/README.md",
	},
};

enum { COUNT = sizeof vendors / sizeof *vendors };

/* ---- whose it is --------------------------------------------------------- */

/* The host in a URL: no user stands before it (nd_http_check_url()). */
static const char *
host_of(const char *url, size_t *len)
{
	const char *at = strstr(url, "://");

	at = at ? at + 3 : url;
	*len = strcspn(at, "/:?#");
	return at;
}

static bool
is_host_of(const struct nd_vendor *vendor, const char *host, size_t len)
{
	if (!vendor->host)
		return true;
	if (*vendor->host == '.')
		return nd_mem_ends_nocase(host, len, vendor->host);
	return nd_mem_is_nocase(host, len, vendor->host);
}

const struct nd_vendor *
nd_vendor_find(const char *wire, const char *url)
{
	size_t len;
	const char *host = host_of(url, &len);

	for (size_t i = 0; i < COUNT; i++)
		if (strcmp(vendors[i].wire, wire) == 0 &&
		    is_host_of(&vendors[i], host, len))
			return &vendors[i];
	return NULL;
}

const struct nd_vendor *
nd_vendor_at(unsigned i)
{
	return i < COUNT ? &vendors[i] : NULL;
}

/* ---- where it is --------------------------------------------------------- */

char *
nd_vendor_endpoint(const void *ctx, const struct nd_provider *provider,
                   const char *url)
{
	size_t len = strcspn(url, "?#"), host_len;
	const char *query = url + len, *base = "";
	const char *behind_host = host_of(url, &host_len) + host_len;

	if (*behind_host == ':')
		behind_host += strcspn(behind_host, "/?#");
	while (len > 0 && url[len - 1] == '/')
		len--;
	for (const char *const *end = provider->ends; *end; end++)
		if (nd_mem_ends_nocase(url, len, *end)) {
			len -= strlen(*end);
			break;
		}
	if (url + len <= behind_host)
		base = provider->version;
	return x_asprintf(ctx, "%.*s%s%s%s", (int)len, url, base,
	                  provider->path, query);
}

/* ---- thinking ------------------------------------------------------------ */

bool
nd_vendor_is_silent(const struct nd_vendor_thinking *thinking)
{
	return !thinking->member[0].key;
}

static void
write_member(const struct nd_vendor_member *member, const char *level,
             struct nd_json *request)
{
	const char *dot = strchr(member->key, '.');
	const char *hole = strstr(member->json, "%s");
	void *tmp = talloc_new(NULL);
	const char *value = member->json;
	struct nd_json *in = request;

	if (hole)
		value = x_asprintf(tmp, "%.*s%s%s", (int)(hole - value), value,
		                   level, hole + 2);
	if (dot) {
		const char *outer = x_strndup(tmp, member->key,
		                              (size_t)(dot - member->key));

		in = nd_json_get(request, outer);
		if (!in)
			in = nd_json_set_object(request, outer);
	}
	nd_json_set_json(in, dot ? dot + 1 : member->key, value);
	talloc_free(tmp);
}

void
nd_vendor_add_thinking(const struct nd_vendor_thinking *thinking,
                       const char *level, struct nd_json *request)
{
	for (size_t i = 0; i < ND_VENDOR_MEMBERS; i++)
		if (thinking->member[i].key)
			write_member(&thinking->member[i], level, request);
}
