/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "llm/response.h"

#include <string.h>

#include "util/alloc.h"
#include "util/buf.h"
#include "util/json.h"
#include "util/limits.h"
#include "util/str.h"
#include "util/utf8.h"

/* Translated by whoever tells it. */
#define N_(text) text

enum {
	TRIES = 16,
	TERM_BYTES_MAX = 24,
	EXPANSION_BYTES_MAX = 120,
	PATCH_MAX = 9999,
};

/* ---- finding the JSON ---------------------------------------------------- */

/* Where brackets stand open, and the last place where an item was whole. */
struct scan {
	char open[ND_LIMIT_JSON_DEPTH];
	size_t depth;
	size_t whole;       /* behind the last item that is complete */
	size_t whole_depth; /* brackets open there */
	bool broken;
};

static void
close_bracket(struct scan *scan, char c, size_t behind)
{
	if (scan->depth == 0 ||
	    scan->open[scan->depth - 1] != (c == '}' ? '{' : '[')) {
		scan->broken = true;
		return;
	}
	scan->depth--;
	if (c == '}' || scan->depth == 1) {
		scan->whole = behind;
		scan->whole_depth = scan->depth;
	}
}

/* The bytes of the object that text begins with; 0 when it does not end. */
static size_t
scan_object(const char *text, size_t len, struct scan *scan)
{
	bool inside = false;

	*scan = (struct scan){0};
	for (size_t i = 0; i < len && !scan->broken; i++) {
		char c = text[i];

		if (inside) {
			i += c == '\\';
			inside = c != '"';
		} else if (c == '"') {
			inside = true;
		} else if (c == '{' || c == '[') {
			if (scan->depth == ND_LIMIT_JSON_DEPTH)
				break;
			scan->open[scan->depth++] = c;
		} else if (c == '}' || c == ']') {
			close_bracket(scan, c, i + 1);
			if (scan->depth == 0 && !scan->broken)
				return i + 1;
		}
	}
	return 0;
}

/* Nobody who answers writes the schema's names for another purpose. */
static bool
is_answer(struct nd_json *json)
{
	static const char *const names[] = {"topic",     "background",
	                                    "new",       "earlier",
	                                    "decisions", "open_questions"};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (nd_json_get(json, names[i]))
			return true;
	return false;
}

static struct nd_json *
parse_answer(const void *ctx, const char *text, size_t len)
{
	struct nd_json *json;

	if (nd_json_parse(ctx, text, len, &json, NULL) != ND_OK)
		return NULL;
	if (is_answer(json))
		return json;
	talloc_free(json);
	return NULL;
}

/* The answer up to its last complete item, with its brackets closed. */
static struct nd_json *
salvage(const void *ctx, const char *text, const struct scan *scan)
{
	struct nd_buf *copy = nd_buf_new(NULL, ND_LIMIT_CONTENT_BYTES * 2);
	struct nd_json *json;

	nd_buf_add(copy, text, scan->whole);
	for (size_t depth = scan->whole_depth; depth > 0; depth--)
		nd_buf_addc(copy, scan->open[depth - 1] == '{' ? '}' : ']');
	json = parse_answer(ctx, copy->data, copy->len);
	talloc_free(copy);
	return json;
}

/* Behind the last </think>, when what is thought aloud comes first. */
static void
skip_thoughts(const char **text, size_t *len)
{
	static const char end[] = "</think>";
	const char *at;

	nd_mem_trim(text, len);
	if (nd_mem_starts(*text, *len, "{"))
		return;
	while ((at = nd_mem_find_nocase(*text, *len, end))) {
		at += sizeof end - 1;
		*len -= (size_t)(at - *text);
		*text = at;
	}
}

static struct nd_json *
find_answer(const void *ctx, const char *text, size_t len, bool *cut)
{
	*cut = false;
	skip_thoughts(&text, &len);
	for (int i = 0; i < TRIES; i++) {
		const char *brace = memchr(text, '{', len);
		struct nd_json *json = NULL;
		struct scan scan;
		size_t size;

		if (!brace)
			return NULL;
		len -= (size_t)(brace - text);
		text = brace;
		size = scan_object(text, len, &scan);
		if (size > 0)
			json = parse_answer(ctx, text, size);
		else if (scan.whole > 0 && !scan.broken) {
			json = salvage(ctx, text, &scan);
			*cut = json != NULL;
		}
		if (json)
			return json;
		text++;
		len--;
	}
	return NULL;
}

/* ---- its items ----------------------------------------------------------- */

/* One clean line of a text member; NULL when it is none. */
static const char *
line_of(const void *ctx, struct nd_json *object, const char *key)
{
	const char *text = nd_json_text(nd_json_get(object, key));

	return text ? nd_utf8_clean_line(ctx, text, strlen(text)) : NULL;
}

/* The numbers in a text, as in "3", "[3]" or "[3, 4]", from *at on. */
static int
next_number(const char *text, size_t *at)
{
	int64_t number = 0;

	while (text[*at] && !nd_is_digit(text[*at]))
		(*at)++;
	if (!text[*at])
		return -1;
	for (; nd_is_digit(text[*at]); (*at)++)
		if (number <= INT32_MAX)
			number = 10 * number + (text[*at] - '0');
	return number <= INT32_MAX ? (int)number : 0;
}

/* A source is the number of a mail; more than fit are not looked at. */
static bool
add_source(struct nd_llm_claim *claim, int64_t number)
{
	if (number < 1 || number > INT32_MAX)
		return false;
	if (claim->source_count < ND_ITEM_SOURCES_MAX)
		claim->source[claim->source_count++] = (int)number;
	return true;
}

/* Behind the blanks, marks and words for a mail that stand before numbers. */
static size_t
skip_words(const char *text)
{
	static const char *const words[] = {"mails", "mail", "messages",
	                                    "message", "and"};
	size_t at = 0, start;

	do {
		start = at;
		at += strspn(text + at, "[](){}#, 0123456789");
		for (size_t i = 0; i < sizeof words / sizeof *words; i++)
			if (nd_str_starts_nocase(text + at, words[i]))
				at += strlen(words[i]);
	} while (at > start);
	return at;
}

/* 3, "3", "[3]", "#3" and "mail 3"; false for anything else. */
static bool
read_source(struct nd_json *value, struct nd_llm_claim *claim)
{
	const char *text = nd_json_text(value);
	size_t at = 0;
	int number;

	if (!text)
		return add_source(claim, nd_json_int(value, -1));
	if (text[skip_words(text)] != '\0')
		return false;
	while ((number = next_number(text, &at)) >= 0)
		if (!add_source(claim, number))
			return false;
	return claim->source_count > 0;
}

static bool
read_sources(struct nd_json *item, struct nd_llm_claim *claim)
{
	struct nd_json *value = nd_json_get(item, "sources");
	size_t count = nd_json_count(value);

	/* [[3]] */
	if (count == 1 && nd_json_count(nd_json_at(value, 0)) > 0) {
		value = nd_json_at(value, 0);
		count = nd_json_count(value);
	}
	if (count == 0)
		return read_source(value, claim);
	for (size_t i = 0; i < count && i < ND_ITEM_SOURCES_MAX; i++)
		if (!read_source(nd_json_at(value, i), claim))
			return false;
	return true;
}

/* {P3}, "P3" and 3 as "{P3}"; another text as it is; "" for none. */
static const char *
read_person(struct nd_llm_response *response, struct nd_json *item)
{
	struct nd_json *value = nd_json_get(item, "by");
	int64_t number = nd_json_int(value, 0);
	const char *text = line_of(response, item, "by");

	if (!text)
		return number > 0 ? x_asprintf(response, "{P%lld}",
		                               (long long)number)
		                  : "";
	if (nd_str_starts(text, "P") &&
	    text[1 + strspn(text + 1, "0123456789")] == '\0')
		return x_asprintf(response, "{%s}", text);
	return text;
}

/* 3, "3" and "3/8"; 0 for none. */
static int
read_patch(struct nd_json *item)
{
	struct nd_json *value = nd_json_get(item, "patch");
	const char *text = nd_json_text(value);
	int64_t number = nd_json_int(value, 0);
	size_t at = 0;

	if (text)
		number = next_number(text, &at);
	return number > 0 && number <= PATCH_MAX ? (int)number : 0;
}

static bool
read_item(struct nd_llm_response *response, struct nd_json *item,
          enum nd_zone zone)
{
	const char *act = nd_json_text(nd_json_get(item, "act"));
	struct nd_llm_claim claim = {.zone = zone};

	claim.act = nd_llm_claim_act_find(act ? act : "");
	claim.by = read_person(response, item);
	claim.patch = read_patch(item);
	claim.quote = line_of(response, item, "quote");
	claim.text = line_of(response, item, "text");
	if (!read_sources(item, &claim) || !claim.quote || !claim.text ||
	    !*claim.text)
		return false;
	*x_append(response, response->claims.claim, response->claims.count) =
		claim;
	return true;
}

static void
read_list(struct nd_llm_response *response, struct nd_json *json,
          enum nd_zone zone)
{
	struct nd_json *list = nd_json_get(json, nd_summary_zone_name(zone));
	size_t count = nd_json_count(list);

	if (count > ND_LLM_RESPONSE_ITEMS_MAX)
		count = ND_LLM_RESPONSE_ITEMS_MAX;
	for (size_t i = 0; i < count; i++)
		response->malformed +=
			!read_item(response, nd_json_at(list, i), zone);
}

static void
read_terms(struct nd_llm_response *response, struct nd_json *json)
{
	struct nd_json *list = nd_json_get(json, "terms");

	for (size_t i = 0;
	     i < nd_json_count(list) && i < ND_LLM_RESPONSE_ITEMS_MAX; i++) {
		struct nd_json *item = nd_json_at(list, i);
		const char *name = line_of(response, item, "term");
		const char *expansion = line_of(response, item, "expansion");
		struct nd_llm_term *term;

		if (!name || !expansion || !*name || !*expansion ||
		    strlen(name) > TERM_BYTES_MAX ||
		    strlen(expansion) > EXPANSION_BYTES_MAX)
			continue;
		term = x_append(response, response->term, response->term_count);
		term->term = name;
		term->expansion = expansion;
	}
}

static void
read_superseded(struct nd_llm_response *response, struct nd_json *json)
{
	struct nd_json *list = nd_json_get(json, "superseded");

	for (size_t i = 0; i < nd_json_count(list) && i < 64; i++) {
		int64_t number = nd_json_int(nd_json_at(list, i), -1);

		if (number > 0 && number <= INT32_MAX)
			*x_append(response, response->superseded,
			          response->superseded_count) = (int)number;
	}
}

enum nd_status
nd_llm_response_read(const void *ctx, const char *text, size_t len,
                     struct nd_llm_response **out, struct nd_error *err)
{
	struct nd_llm_response *response;
	struct nd_json *json;

	if (len > ND_LIMIT_CONTENT_BYTES)
		return nd_fail(err, ND_ERR_LIMIT,
		               "the model's answer is over %u bytes",
		               ND_LIMIT_CONTENT_BYTES);
	response = x_new(NULL, struct nd_llm_response);
	json = find_answer(response, text, len, &response->cut);
	if (!json) {
		talloc_free(response);
		return nd_fail(err, ND_ERR_PARSE,
		               N_("the model's answer is not the JSON asked "
		                  "for"));
	}
	response->gist = line_of(response, json, "topic");
	if (!response->gist)
		response->gist = "";
	for (enum nd_zone zone = 0; zone < ND_ZONE_COUNT; zone++)
		read_list(response, json, zone);
	read_terms(response, json);
	read_superseded(response, json);
	talloc_free(json);
	*out = talloc_steal(ctx, response);
	return ND_OK;
}
