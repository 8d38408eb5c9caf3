/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "service/vendor.h"
#include "util/alloc.h"
#include "util/json.h"
#include "util/str.h"

#include <cmocka.h>

static void
test_find(void **state)
{
	static const struct {
		const char *wire, *url, *name;
	} cases[] = {
		{"openai", "https://api.openai.com/v1", "OpenAI"},
		{"openai", "HTTPS://API.OpenAI.com:443", "OpenAI"},
		{"openai", "https://me.openai.azure.com/openai/v1?x=/",
	         "Azure OpenAI"},
		{"openai", "https://api.openai.com.example.org/v1",
	         "a server of the OpenAI kind"},
		{"openai", "http://[::1]:8080/v1",
	         "a server of the OpenAI kind"},
		{"openai", "https://example.org/api.openai.com",
	         "a server of the OpenAI kind"},
		{"anthropic", "https://api.anthropic.com/v1", "Anthropic"},
		{"anthropic", "http://127.0.0.1:8080/v1",
	         "a server of the Anthropic kind"},
		{"ollama", "http://127.0.0.1:11434", "Ollama"},
		{"ollama", "https://api.openai.com/v1", "Ollama"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_string_equal(
			nd_vendor_find(cases[i].wire, cases[i].url)->name,
			cases[i].name);
}

static void
test_endpoint(void **state)
{
	static const struct {
		const char *wire, *url, *endpoint;
	} cases[] = {
		{"openai", "https://h", "https://h/v1/chat/completions"},
		{"openai", "https://h:8/", "https://h:8/v1/chat/completions"},
		{"openai", "https://h/v1", "https://h/v1/chat/completions"},
		{"openai", "https://h/v1/chat/completions/",
	         "https://h/v1/chat/completions"},
		{"openai", "https://h/v1beta/openai/",
	         "https://h/v1beta/openai/chat/completions"},
		{"openai", "https://h/d/x?api-version=1",
	         "https://h/d/x/chat/completions?api-version=1"},
		{"openai", "https://h/d/x/chat/completions?a=/b",
	         "https://h/d/x/chat/completions?a=/b"},
		{"openai", "http://[::1]:80",
	         "http://[::1]:80/v1/chat/completions"},
		{"anthropic", "https://h", "https://h/v1/messages"},
		{"anthropic", "https://h/v1/messages", "https://h/v1/messages"},
		{"ollama", "http://h:1", "http://h:1/api/chat"},
		{"ollama", "http://h:1/api", "http://h:1/api/chat"},
		{"ollama", "http://h:1/api/chat", "http://h:1/api/chat"},
		{"ollama", "http://h:1/v1/", "http://h:1/api/chat"},
		{"ollama", "https://h/ollama", "https://h/ollama/api/chat"},
	};
	void *ctx = talloc_new(NULL);

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_string_equal(
			nd_vendor_endpoint(ctx, nd_provider_find(cases[i].wire),
		                           cases[i].url),
			cases[i].endpoint);
	talloc_free(ctx);
}

static void
check_ladder(const struct nd_vendor_thinking *ladder, bool on)
{
	unsigned rung = 0;

	assert_false(nd_vendor_is_silent(&ladder[0]));
	for (; !nd_vendor_is_silent(&ladder[rung]); rung++) {
		struct nd_json *json = nd_json_object_new(NULL);
		struct nd_buf *text = nd_buf_new(json, 1 << 16);

		assert_true(rung + 1 < ND_VENDOR_RUNGS);
		if (on)
			assert_true(ladder[rung].thinks);
		nd_vendor_add_thinking(&ladder[rung], "medium", json);
		nd_json_write(json, text);
		assert_null(strstr(text->data, "%"));
		assert_null(strstr(text->data, "null"));
		assert_true(text->len > strlen("{}"));
		talloc_free(json);
	}
	if (!on)
		assert_false(ladder[0].thinks);
}

/* Every row can be reached, tells where it is from, and its ladders end. */
static void
test_table(void **state)
{
	const struct nd_vendor *vendor;

	(void)state;
	for (unsigned i = 0; (vendor = nd_vendor_at(i)); i++) {
		const char *host = vendor->host ? vendor->host : "example.org";
		char *url = x_asprintf(NULL, "https://%s%s",
		                       *host == '.' ? "x" : "", host);

		assert_ptr_equal(nd_vendor_find(vendor->wire, url), vendor);
		assert_true(nd_str_starts(vendor->document, "https://"));
		if (vendor->key_header)
			assert_non_null(strstr(vendor->key_header, "%s"));
		check_ladder(vendor->off, false);
		check_ladder(vendor->on, true);
		talloc_free(url);
	}
}

/* doc/llm.md has a row for each. */
static void
test_document(void **state)
{
	const char *src = getenv("ND_SRC");
	void *ctx = talloc_new(NULL);
	char *text = x_array(ctx, char, (1 << 16) + 1);
	const struct nd_vendor *vendor;
	FILE *file =
		fopen(x_asprintf(ctx, "%s/doc/llm.md", src ? src : "."), "r");

	(void)state;
	assert_non_null(file);
	text[fread(text, 1, 1 << 16, file)] = '\0';
	fclose(file);
	for (unsigned i = 0; (vendor = nd_vendor_at(i)); i++) {
		const char *row =
			strstr(text, x_asprintf(ctx, "\n| %s |", vendor->name));
		const char *end = row ? strchr(row + 1, '\n') : NULL;

		if (!end ||
		    !nd_mem_find(row, (size_t)(end - row), vendor->document))
			fail_msg("%s", vendor->name);
	}
	talloc_free(ctx);
}

/* A member inside of an object joins what stands there. */
static void
test_inner_member(void **state)
{
	const struct nd_vendor *vendor =
		nd_vendor_find("anthropic", "https://api.anthropic.com");
	struct nd_json *json = nd_json_object_new(NULL), *inner;

	(void)state;
	inner = nd_json_set_object(json, "output_config");
	nd_json_set_int(inner, "format", 1);
	nd_vendor_add_thinking(&vendor->on[0], "low", json);
	inner = nd_json_get(json, "output_config");
	assert_int_equal(nd_json_int(nd_json_get(inner, "format"), 0), 1);
	assert_string_equal(nd_json_text(nd_json_get(inner, "effort")), "low");
	talloc_free(json);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_find),
		cmocka_unit_test(test_endpoint),
		cmocka_unit_test(test_table),
		cmocka_unit_test(test_inner_member),
		cmocka_unit_test(test_document),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
