/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "llm/prompt.h"
#include "service/provider.h"
#include "service/vendor.h"
#include "util/alloc.h"
#include "util/json.h"

#include <cmocka.h>

static void
test_faults(void **state)
{
	static const struct {
		long status;
		const char *body;
		enum nd_provider_fault_kind kind;
	} cases[] = {
		{400,
	         "{\"error\":{\"message\":\"Unsupported parameter: "
	         "'max_tokens'\",\"param\":\"max_tokens\"}}",
	         ND_PROVIDER_FAULT_LIMIT_FIELD},
		{400,
	         "{\"error\":{\"message\":\"'temperature' does not "
	         "support 0\",\"param\":\"temperature\"}}",
	         ND_PROVIDER_FAULT_TEMPERATURE},
		{400, "{\"error\":{\"message\":\"response_format\"}}",
	         ND_PROVIDER_FAULT_FORMAT},
		{400,
	         "{\"error\":{\"code\":400,\"type\":"
	         "\"exceed_context_size_error\",\"n_ctx\":8192,"
	         "\"message\":\"x\"}}",
	         ND_PROVIDER_FAULT_CONTEXT},
		{400,
	         "{\"object\":\"error\",\"message\":\"This model's "
	         "maximum context length is 4096 tokens\",\"code\":400}",
	         ND_PROVIDER_FAULT_CONTEXT},
		{400,
	         "{\"error\":{\"message\":\"max_tokens is too large: "
	         "maximum context length is 4096\"}}",
	         ND_PROVIDER_FAULT_CONTEXT},
		{400,
	         "{\"error\":{\"message\":\"Unsupported value: "
	         "'reasoning_effort' does not support 'none' with this "
	         "model\",\"code\":\"unsupported_value\"}}",
	         ND_PROVIDER_FAULT_LEVEL},
		{400,
	         "[{\"error\":{\"message\":\"Invalid reasoning_effort: "
	         "minimal. Valid values are: high, low\"}}]",
	         ND_PROVIDER_FAULT_LEVEL},
		{400,
	         "{\"error\":{\"message\":\"Unrecognized request argument "
	         "supplied: reasoning_effort\"}}",
	         ND_PROVIDER_FAULT_THINKING},
		{422,
	         "{\"message\":\"Extra inputs are not permitted: "
	         "chat_template_kwargs\"}",
	         ND_PROVIDER_FAULT_THINKING},
		{400,
	         "{\"error\":{\"message\":\"`temperature` may only be set "
	         "to 1 when thinking is enabled\"}}",
	         ND_PROVIDER_FAULT_TEMPERATURE},
		{400,
	         "{\"error\":{\"message\":\"max_tokens: 12288 > 8192, which "
	         "is the maximum allowed\"}}",
	         ND_PROVIDER_FAULT_ROOM},
		{413,
	         "{\"error\":{\"message\":\"Request too large for model on "
	         "tokens per minute (TPM): Limit 6000, Requested 8012\"}}",
	         ND_PROVIDER_FAULT_CONTEXT},
		{429,
	         "{\"error\":{\"message\":\"Request too large on tokens per "
	         "min (TPM): Limit 6000, Requested 8012\"}}",
	         ND_PROVIDER_FAULT_CONTEXT},
		{429,
	         "{\"error\":{\"message\":\"Rate limit reached on tokens per "
	         "min (TPM): Limit 6000, Used 5000\"}}",
	         ND_PROVIDER_FAULT_RETRY},
		{400,
	         "{\"error\":{\"message\":\"Failed to generate JSON\","
	         "\"code\":\"json_validate_failed\"}}",
	         ND_PROVIDER_FAULT_FORMAT},
		{400,
	         "{\"error\":{\"code\":400,\"message\":\"Failed to "
	         "initialize samplers: std::exception\"}}",
	         ND_PROVIDER_FAULT_FORMAT},
		{200, "{\"error\":{\"message\":\"m\",\"code\":402}}",
	         ND_PROVIDER_FAULT_RUN},
		{200,
	         "{\"choices\":[{\"error\":{\"message\":\"m\",\"code\":400}}]}",
	         ND_PROVIDER_FAULT_REQUEST},
		{400, "{\"error\":{\"message\":\"odd\"}}",
	         ND_PROVIDER_FAULT_REQUEST},
		{400, "nonsense", ND_PROVIDER_FAULT_REQUEST},
		{401, "{\"error\":\"no\"}", ND_PROVIDER_FAULT_RUN},
		{404, "{\"error\":\"model not found\"}", ND_PROVIDER_FAULT_RUN},
		{413, "", ND_PROVIDER_FAULT_CONTEXT},
		{429, "{\"error\":{\"type\":\"rate_limit_exceeded\"}}",
	         ND_PROVIDER_FAULT_RETRY},
		{429, "{\"error\":{\"type\":\"insufficient_quota\"}}",
	         ND_PROVIDER_FAULT_RUN},
		{429, "{\"error\":{\"code\":\"project_spend_limit_exceeded\"}}",
	         ND_PROVIDER_FAULT_RUN},
		{500, "{\"error\":{\"message\":\"peg-native\"}}",
	         ND_PROVIDER_FAULT_FORMAT},
		{500, "<html>", ND_PROVIDER_FAULT_RETRY},
		{503, "[{\"error\":{\"message\":\"overloaded\"}}]",
	         ND_PROVIDER_FAULT_RETRY},
		{529,
	         "{\"type\":\"error\",\"error\":{\"type\":"
	         "\"overloaded_error\"}}",
	         ND_PROVIDER_FAULT_RETRY},
		{200, "{\"error\":{\"message\":\"late\"}}",
	         ND_PROVIDER_FAULT_RETRY},
		{418, "{\"error\":{\"message\":7,\"code\":[]}}",
	         ND_PROVIDER_FAULT_REQUEST},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct nd_provider_fault fault;

		nd_provider_fault(cases[i].status, cases[i].body,
		                  strlen(cases[i].body), &fault);
		if (fault.kind != cases[i].kind)
			fail_msg("%ld %s: %d", cases[i].status, cases[i].body,
			         fault.kind);
		assert_true(*fault.message);
	}
}

static void
test_context_of_fault(void **state)
{
	struct nd_provider_fault fault;
	const char *body = "{\"error\":{\"type\":\"exceed_context_size_error\","
			   "\"n_prompt_tokens\":27020,\"n_ctx\":8192}}";

	(void)state;
	nd_provider_fault(400, body, strlen(body), &fault);
	assert_int_equal(fault.context_tokens, 8192);
	assert_int_equal(fault.real_tokens, 27020);
	body = "{\"error\":{\"message\":\"Request too large on tokens per min "
	       "(TPM): Limit 6000, Requested 8012\"}}";
	nd_provider_fault(429, body, strlen(body), &fault);
	assert_int_equal(fault.context_tokens, 6000);
	body = "{\"message\":\"maximum context length is 4096 tokens\"}";
	nd_provider_fault(400, body, strlen(body), &fault);
	assert_int_equal(fault.context_tokens, 4096);
}

/* Whole where it fits, else cut between characters, and it shows. */
static void
test_message_of_fault(void **state)
{
	struct nd_provider_fault fault;
	void *ctx = talloc_new(NULL);
	char *text = x_array(ctx, char, 1201);
	const char *body;

	(void)state;
	memset(text, 'x', 300);
	body = x_asprintf(ctx, "{\"error\":\"%s\"}", text);
	nd_provider_fault(400, body, strlen(body), &fault);
	assert_string_equal(fault.message, x_asprintf(ctx, "%s (400)", text));
	for (size_t i = 0; i < 400; i++)
		memcpy(text + 3 * i, "\xe4\xbd\xa0", 3);
	body = x_asprintf(ctx, "{\"error\":\"%s\"}", text);
	nd_provider_fault(400, body, strlen(body), &fault);
	assert_true(strlen(fault.message) > 400);
	assert_non_null(strstr(fault.message, "\xa0 \xe2\x80\xa6 (400)"));
	talloc_free(ctx);
}

static bool
says(const struct nd_provider *provider, const char *body, const char *content,
     enum nd_provider_finish finish)
{
	void *ctx = talloc_new(NULL);
	struct nd_provider_said said;
	bool read = provider->read(ctx, body, strlen(body), &said);
	bool same = read && strcmp(said.content, content) == 0 &&
	            said.finish == finish;

	talloc_free(ctx);
	return same;
}

static void
test_answers(void **state)
{
	const struct nd_provider *o = &nd_provider_openai;
	const struct nd_provider *a = &nd_provider_anthropic;
	const struct nd_provider *l = &nd_provider_ollama;

	(void)state;
	assert_true(says(o,
	                 "{\"choices\":[{\"finish_reason\":\"stop\","
	                 "\"message\":{\"content\":\"x\"}}]}",
	                 "x", ND_PROVIDER_FINISH_STOP));
	assert_true(says(o,
	                 "{\"choices\":[{\"finish_reason\":\"length\","
	                 "\"message\":{\"content\":null}}]}",
	                 "", ND_PROVIDER_FINISH_LENGTH));
	assert_true(says(o,
	                 "{\"choices\":[{\"message\":{\"content\":null,"
	                 "\"refusal\":\"no\"}}]}",
	                 "", ND_PROVIDER_FINISH_REFUSED));
	assert_true(says(o,
	                 "{\"choices\":[{\"message\":{\"content\":[{\"type\":"
	                 "\"thinking\",\"thinking\":[{\"type\":\"text\","
	                 "\"text\":\"h\"}]},{\"type\":\"text\",\"text\":"
	                 "\"x\"},{\"type\":\"reference\"},7]}}]}",
	                 "x", ND_PROVIDER_FINISH_STOP));
	assert_true(says(o, "{\"choices\":[{\"message\":{\"content\":{}}}]}",
	                 "", ND_PROVIDER_FINISH_STOP));
	assert_false(says(o,
	                  "{\"choices\":[{\"error\":{},\"message\":{"
	                  "\"content\":\"x\"}}]}",
	                  "", ND_PROVIDER_FINISH_STOP));
	assert_false(says(o, "{\"choices\":[]}", "", ND_PROVIDER_FINISH_STOP));
	assert_false(says(o, "{\"choices\":{}}", "", ND_PROVIDER_FINISH_STOP));
	assert_false(says(o, "[]", "", ND_PROVIDER_FINISH_STOP));
	assert_false(says(o, "", "", ND_PROVIDER_FINISH_STOP));
	assert_true(says(a,
	                 "{\"stop_reason\":\"max_tokens\",\"content\":[{"
	                 "\"type\":\"thinking\",\"thinking\":\"h\"},{\"type\":"
	                 "\"text\",\"text\":\"x\"},{\"type\":\"text\","
	                 "\"text\":\"y\"},7]}",
	                 "xy", ND_PROVIDER_FINISH_LENGTH));
	assert_true(says(a, "{\"stop_reason\":\"refusal\",\"content\":[]}", "",
	                 ND_PROVIDER_FINISH_REFUSED));
	assert_false(
		says(a, "{\"content\":\"x\"}", "x", ND_PROVIDER_FINISH_STOP));
	assert_true(says(l,
	                 "{\"message\":{\"content\":\"x\"},\"done_reason\":"
	                 "\"stop\"}",
	                 "x", ND_PROVIDER_FINISH_STOP));
	assert_true(says(l,
	                 "{\"message\":{\"content\":\"x\"},\"done_reason\":"
	                 "\"length\"}",
	                 "x", ND_PROVIDER_FINISH_LENGTH));
	assert_false(says(l, "{\"error\":\"x\"}", "", ND_PROVIDER_FINISH_STOP));
}

/* Whatever is asked for, the body is JSON and the schema a JSON schema. */
static void
test_bodies(void **state)
{
	static const struct nd_provider *const all[] = {&nd_provider_openai,
	                                                &nd_provider_anthropic,
	                                                &nd_provider_ollama};
	void *ctx = talloc_new(NULL);

	(void)state;
	for (unsigned i = 0; i < 3 * 3 * 4; i++) {
		struct nd_provider_dialect dialect = {
			.rung = (enum nd_provider_format)(i / 3 % 3),
			.temperature = i & 1,
			.new_limit = i & 2,
		};
		struct nd_provider_ask ask = {
			.model = "m\"\\",
			.system = "s",
			.user = "u \xff\x1b[31m │ \"x\"\n",
			.schema = nd_llm_prompt_schema(ctx, i / 9),
			.max_out = 7,
			.context_tokens = 8,
			.dialect = &dialect,
			.thinking = &nd_vendor_find(all[i % 3]->name,
		                                    "https://x.invalid")
		                             ->off[i / 3 % 3],
			.level = "low",
			.again = i & 1,
		};
		struct nd_buf *out = nd_buf_new(ctx, 1 << 20);
		struct nd_json *json;

		all[i % 3]->build(&ask, out);
		assert_int_equal(
			nd_json_parse(ctx, out->data, out->len, &json, NULL),
			ND_OK);
		assert_string_equal(nd_json_text(nd_json_get(json, "model")),
		                    "m\"\\");
		assert_int_equal(!!strstr(out->data, "additionalProperties"),
		                 dialect.rung == ND_PROVIDER_FORMAT_SCHEMA);
		assert_null(strchr(out->data, '\x1b'));
	}
	talloc_free(ctx);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_faults),
		cmocka_unit_test(test_context_of_fault),
		cmocka_unit_test(test_message_of_fault),
		cmocka_unit_test(test_answers),
		cmocka_unit_test(test_bodies),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
