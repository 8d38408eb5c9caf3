/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "llm/response.h"
#include "util/alloc.h"
#include "util/buf.h"
#include "util/limits.h"

#include <cmocka.h>

#define A "{\"sources\":[1],\"quote\":\"q\",\"text\":\"a\"}"
#define B "{\"sources\":[2,3],\"quote\":\"q\",\"text\":\"b\"}"

/* Whatever holds whole items is read; the rest is not an answer. */
static void
test_forms(void **state)
{
	static const struct {
		const char *text;
		int items; /* -1: no answer */
		bool cut;
	} cases[] = {
		{"{\"topic\":\"t\",\"new\":[" A "," B "]}", 2, false},
		{"Sure, {P1}! {\"new\":[" A "]} Bye {.", 1, false},
		{"```json\n{\"new\":[" A "]}\n```", 1, false},
		{"<think>{\"new\":[]}</think>{\"new\":[" A "]}", 1, false},
		{"<think>no end {\"new\":[" A "]}", 1, false},
		{"{\"topic\":\"t\",\"new\":[" A "," B, 2, true},
		{"{\"topic\":\"t\",\"new\":[" A ",{\"sources\":[1],\"quo", 1,
	         true},
		{"{\"topic\":\"t\",\"new\":[" A "],\"decisions\":[{\"sou", 1,
	         true},
		{"{\"topic\":\"t\",\"new\":[", -1, false},
		{"{\"topic\":\"t\\", -1, false},
		{"{\"topic\":\"} ] \\\" {\",\"new\":[" A "]}", 1, false},
		{"", -1, false},
		{"nothing", -1, false},
		{"{}", -1, false},
		{"[" A "]", -1, false},
		{"{\"new\":{}}", 0, false},
		{"{{{{{{{{{{{{{{{{{{{{{{{{", -1, false},
		{"}{\"new\":[" A "]}", 1, false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct nd_llm_response *response = NULL;
		enum nd_status st = nd_llm_response_read(NULL, cases[i].text,
		                                         strlen(cases[i].text),
		                                         &response, NULL);

		if (cases[i].items < 0) {
			if (st == ND_OK)
				fail_msg("taken: %s", cases[i].text);
			continue;
		}
		if (st != ND_OK ||
		    (int)response->claims.count != cases[i].items ||
		    response->cut != cases[i].cut)
			fail_msg("%s: %d, %zu items", cases[i].text, st,
			         response ? response->claims.count : 0);
		talloc_free(response);
	}
}

static void
test_members(void **state)
{
	static const char text[] =
		"{\"topic\":\"a\\nb\",\"new\":[" B ",{\"sources\":\"x1\","
		"\"quote\":\"q\",\"text\":\"x\"},{\"sources\":[0],\"quote\":"
		"\"q\",\"text\":\"x\"},{\"sources\":[1],\"quote\":\"q\"},"
		"{\"sources\":[1,2,3,4,5],\"quote\":\"q\",\"text\":\"c\"}],"
		"\"terms\":[{\"sources\":[1],\"term\":\"T\",\"expansion\":"
		"\"Tee\"},{\"term\":1}],\"superseded\":[2,\"3\",-1]}";
	struct nd_llm_response *response;

	(void)state;
	assert_int_equal(nd_llm_response_read(NULL, text, sizeof text - 1,
	                                      &response, NULL),
	                 ND_OK);
	assert_string_equal(response->gist, "a b");
	assert_int_equal(response->claims.count, 2);
	assert_int_equal(response->claims.claim[0].source_count, 2);
	assert_int_equal(response->claims.claim[1].source_count, 3);
	assert_int_equal(response->malformed, 3);
	assert_int_equal(response->term_count, 1);
	assert_int_equal(response->superseded_count, 1);
	talloc_free(response);
}

/* Models write numbers and people in many ways. */
static void
test_numbers(void **state)
{
	static const struct {
		const char *members;
		int source[3];
		const char *by;
		int patch;
		enum nd_llm_claim_act act;
	} cases[] = {
		{"\"sources\":[3]", {3}, "", 0, ND_LLM_CLAIM_SAYS},
		{"\"sources\":3,\"by\":\"{P2}\"",
	         {3},
	         "{P2}",
	         0,
	         ND_LLM_CLAIM_SAYS},
		{"\"sources\":\"[3]\",\"by\":\"P2\",\"patch\":\"4/8\"",
	         {3},
	         "{P2}",
	         4,
	         ND_LLM_CLAIM_SAYS},
		{"\"sources\":[\"3\",\"[12]\"],\"by\":2,\"patch\":null",
	         {3, 12},
	         "{P2}",
	         0,
	         ND_LLM_CLAIM_SAYS},
		{"\"sources\":\"3, 4, 5\",\"by\":\"Ann\",\"act\":\"Objects\"",
	         {3, 4, 5},
	         "Ann",
	         0,
	         ND_LLM_CLAIM_OBJECTS},
		{"\"sources\":[3],\"act\":\"shouts\",\"patch\":-1",
	         {3},
	         "",
	         0,
	         ND_LLM_CLAIM_SAYS},
		{"\"sources\":\"mail 3\"", {3}, "", 0, ND_LLM_CLAIM_SAYS},
		{"\"sources\":[\"#3\"]", {3}, "", 0, ND_LLM_CLAIM_SAYS},
		{"\"sources\":[[3]]", {3}, "", 0, ND_LLM_CLAIM_SAYS},
		{"\"sources\":\"P3\"", {0}, "", 0, ND_LLM_CLAIM_SAYS},
		{"\"sources\":\"99999999999\"", {0}, "", 0, ND_LLM_CLAIM_SAYS},
		{"\"sources\":{\"n\":3}", {0}, "", 0, ND_LLM_CLAIM_SAYS},
		{"\"sources\":\"\"", {0}, "", 0, ND_LLM_CLAIM_SAYS},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char *text = x_asprintf(NULL,
		                        "{\"new\":[{%s,\"quote\":\"q\","
		                        "\"text\":\"t\"}]}",
		                        cases[i].members);
		struct nd_llm_response *response;
		const struct nd_llm_claim *claim;

		assert_int_equal(nd_llm_response_read(NULL, text, strlen(text),
		                                      &response, NULL),
		                 ND_OK);
		assert_int_equal(response->malformed, !cases[i].source[0]);
		if (cases[i].source[0]) {
			claim = &response->claims.claim[0];
			assert_memory_equal(claim->source, cases[i].source,
			                    sizeof claim->source);
			assert_string_equal(claim->by, cases[i].by);
			assert_int_equal(claim->patch, cases[i].patch);
			assert_int_equal(claim->act, cases[i].act);
		}
		talloc_free(response);
		talloc_free(text);
	}
}

/* A run-away array: only the first items are looked at, in linear time. */
static void
test_runaway(void **state)
{
	struct nd_buf *text = nd_buf_new(NULL, ND_LIMIT_CONTENT_BYTES);
	struct nd_llm_response *response = NULL;

	(void)state;
	nd_buf_adds(text, "{\"topic\":\"t\",\"new\":[");
	while (!text->full)
		nd_buf_adds(text, A ",");
	assert_int_equal(nd_llm_response_read(NULL, text->data, text->len,
	                                      &response, NULL),
	                 ND_OK);
	assert_true(response->cut);
	assert_int_equal(response->claims.count, ND_LLM_RESPONSE_ITEMS_MAX);
	talloc_free(response);
	memset(text->data, '{', text->len);
	assert_int_equal(nd_llm_response_read(NULL, text->data, text->len,
	                                      &response, NULL),
	                 ND_ERR_PARSE);
	assert_int_equal(nd_llm_response_read(NULL, text->data,
	                                      ND_LIMIT_CONTENT_BYTES + 1,
	                                      &response, NULL),
	                 ND_ERR_LIMIT);
	talloc_free(text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_forms),
		cmocka_unit_test(test_members),
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_runaway),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
