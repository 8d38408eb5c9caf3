/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * inputs.c - what is no mail: feeds, answers of models, arguments, settings,
 * files of mail clients, our own memory
 */
#include <string.h>

#include "fuzz.h"

#include "app/options.h"
#include "app/querytext.h"
#include "clients/block.h"
#include "clients/configsection.h"
#include "cmd/feed.h"
#include "lineage/commitmatch.h"
#include "llm/response.h"
#include "render/mailhead.h"
#include "store/folder.h"
#include "store/watermark.h"
#include "util/alloc.h"
#include "util/archiveurl.h"
#include "util/json.h"
#include "util/limits.h"
#include "util/str.h"
#include "util/time.h"
#include "util/utf8.h"
#include "util/when.h"

void
fuzz_feed(void *ctx, const char *text, size_t len)
{
	struct nd_feed *feed;
	struct nd_error err;

	if (nd_feed_parse(ctx, "feed", text, len, &feed, &err) != ND_OK) {
		MUST(err.msg[0]);
		return;
	}
	fuzz_check_line(feed->title);
	MUST(feed->commits.count <= ND_LIMIT_COMMITS);
	for (size_t i = 0; i < feed->commits.count; i++) {
		struct nd_commit *commit = &feed->commits.commit[i];
		size_t digits = strspn(commit->id, "0123456789abcdef");

		MUST(!commit->id[digits] && (digits == 40 || digits == 64));
		fuzz_check_line(commit->title);
		fuzz_check_line(commit->author.name);
		fuzz_check_line(commit->author.addr);
		fuzz_check_text(commit->message, strlen(commit->message),
		                false);
		nd_commitmatch_read(feed, commit);
	}
	nd_commitmatch_lookup(ctx, &feed->commits);
}

static const char *
written(void *ctx, const struct nd_json *value)
{
	struct nd_buf *out = nd_buf_new(ctx, 1 << 24);

	nd_json_write(value, out);
	MUST(nd_utf8_is_valid(out->data, out->len));
	return out->data;
}

/* What is written is read again, and is the same. */
void
fuzz_json(void *ctx, const char *text, size_t len)
{
	struct nd_json *value, *again;
	struct nd_error err;
	const char *first;

	if (nd_json_parse(ctx, text, len, &value, &err) != ND_OK) {
		MUST(err.msg[0]);
		return;
	}
	first = written(ctx, value);
	MUST(nd_json_parse(ctx, first, strlen(first), &again, &err) == ND_OK);
	MUST(nd_json_type(again) == nd_json_type(value));
	MUST(strcmp(first, written(ctx, again)) == 0);
}

void
fuzz_response(void *ctx, const char *text, size_t len)
{
	struct nd_llm_response *response;
	struct nd_error err;

	if (nd_llm_response_read(ctx, text, len, &response, &err) != ND_OK) {
		MUST(err.msg[0]);
		return;
	}
	fuzz_check_line(response->gist);
	for (size_t i = 0; i < response->claims.count; i++) {
		const struct nd_llm_claim *claim = &response->claims.claim[i];

		fuzz_check_line(claim->by);
		fuzz_check_line(claim->quote);
		fuzz_check_line(claim->text);
		MUST(claim->quote && *claim->text);
		MUST(claim->act < ND_LLM_CLAIM_ACT_COUNT);
		MUST(claim->source_count > 0);
		MUST(claim->source_count <= ND_ITEM_SOURCES_MAX);
	}
	for (size_t i = 0; i < response->term_count; i++) {
		fuzz_check_line(response->term[i].term);
		fuzz_check_line(response->term[i].expansion);
	}
}

/* A time is read, and what is printed of it means the same. */
void
fuzz_when(void *ctx, const char *text, size_t len)
{
	const int64_t now_s = 1775001600, year_s = 366 * 86400;
	const char *line = x_strndup(ctx, text, len);
	struct nd_error err = {0};
	int64_t at_s = -1, again_s;

	if (nd_when_parse(line, now_s, &at_s, &err) != ND_OK) {
		MUST(err.msg[0] && at_s == -1);
		return;
	}
	line = nd_time_iso(ctx, at_s);
	fuzz_check_line(line);
	if (at_s < 0 || at_s > 7000 * year_s)
		return;
	MUST(nd_when_parse(line, now_s, &again_s, &err) == ND_OK);
	MUST(again_s == at_s);
}

static bool
knows_nothing(void *arg, const char *kind, const char *name, const char **text)
{
	(void)arg;
	(void)kind;
	(void)name;
	(void)text;
	return false;
}

enum { ARGUMENTS = 40 };

/* One argument a line. */
void
fuzz_options(void *ctx, const char *text, size_t len)
{
	static const struct nd_option table[] = {
		ND_COMMON_COLOR,
		ND_COMMON_DRY_RUN_OF_MODEL,
		ND_COMMON_FORMAT,
		ND_COMMON_HELP,
		ND_COMMON_JOBS,
		ND_COMMON_LANG,
		ND_COMMON_OUTPUT,
		ND_COMMON_QUIET,
		ND_COMMON_SINCE,
		ND_COMMON_VERBOSE,
		ND_OPTION(WORDS, "list", list, "NAME", "a list"),
		{0}};
	char *line = x_strndup(ctx, text, len), *end, *args[ARGUMENTS + 2];
	struct nd_options options = {0};
	struct nd_error err = {0};
	int count = 1;

	args[0] = x_strdup(ctx, "show");
	for (; count <= ARGUMENTS && line; line = end ? end + 1 : NULL) {
		end = strchr(line, '\n');
		if (end)
			*end = '\0';
		args[count++] = line;
	}
	args[count] = NULL;
	if (nd_options_parse(ctx, table, count, args, &options, &err)) {
		MUST(err.code == ND_ERR_USAGE && err.msg[0]);
		return;
	}
	MUST(options.query && strlen(options.query) <= ND_LIMIT_QUERY_BYTES);
	MUST(options.arg_count < ARGUMENTS + 1);
	MUST(!options.color ||
	     nd_options_choice_has("auto|always|never", options.color));
	MUST(options.jobs <= INT32_MAX);
	if (nd_querytext_check(options.query, knows_nothing, NULL, &err))
		MUST(err.msg[0]);
	nd_querytext_is_plain(options.query);
}

/* The values that settings have forms for. */
void
fuzz_settings(void *ctx, const char *text, size_t len)
{
	const char *value = x_strndup(ctx, text, len);
	struct nd_error err = {0};
	struct nd_buf *from = nd_buf_new(ctx, 1 << 16);
	unsigned count = 0;

	if (nd_options_parse_count(value, &count))
		MUST(count >= 1 && count <= INT32_MAX);
	if (nd_folder_check_name(value, &err) == ND_OK)
		MUST(value[0] && value[0] != '/' && !strstr(value, "/../"));
	else
		MUST(err.msg[0]);
	if (nd_archiveurl_is_template(value))
		MUST(nd_str_starts_nocase(value, "http"));
	if (nd_mailhead_is_address(value)) {
		/* It stands in a header, which it must not end. */
		nd_mailhead_add_from(from, value);
		for (const char *at = strchr(from->data, '\n'); at && at[1];
		     at = strchr(at + 1, '\n'))
			MUST(at[1] == ' ' || at[1] == '\t');
	}
	if (nd_querytext_check(value, knows_nothing, NULL, &err))
		MUST(err.msg[0]);
}

static bool
has_mark(const char *text)
{
	return strstr(text, ">>> notmuch-digest") != NULL;
}

/* What is put in is taken out byte for byte, wherever it was put. */
void
fuzz_block(void *ctx, const char *text, size_t len)
{
	static const struct nd_block_style styles[] = {
		{"#", ND_BLOCK_ONE_LINE | ND_BLOCK_BACKSLASH},
		{";;", ND_BLOCK_ONE_LINE},
		{"#", ND_BLOCK_BACKSLASH}};
	const struct nd_block_style *style;
	const char *file, *start, *end, *in;
	struct nd_block_mark mark = {.dirs = 1};
	size_t offset;

	if (len < 2)
		return;
	style = &styles[(unsigned char)text[0] % 3];
	file = x_strndup(ctx, text + 2, len - 2);
	offset = (unsigned char)text[1] % (strlen(file) + 1);
	while (offset > 0 && file[offset] && file[offset - 1] != '\n')
		offset--;
	nd_configsection_parse(ctx, file);
	if (nd_block_find(style, file, &start, &end, &mark))
		MUST(start >= file && start < end && *start &&
		     end <= file + strlen(file));
	in = nd_block_remove(ctx, style, file, NULL);
	MUST(strlen(in) <= strlen(file));
	if (nd_block_torn(style, file) || has_mark(file))
		return;
	MUST(strcmp(in, file) == 0);
	mark = (struct nd_block_mark){.dirs = 1};
	in = nd_block_insert(ctx, style, file, offset, mark, "one\ntwo\n");
	MUST(nd_block_torn(style, in) == 0);
	MUST(nd_block_find(style, in, &start, &end, &mark));
	/* The end of a line that went on below belongs to what is there now. */
	if (mark.line_ends > 0 && file[offset])
		return;
	MUST(strcmp(nd_block_remove(ctx, style, in, NULL), file) == 0);
	in = nd_block_replace(ctx, style, in, "one\n");
	MUST(strcmp(nd_block_remove(ctx, style, in, NULL), file) == 0);
}

/* What is written is read as it was. */
void
fuzz_watermark(void *ctx, const char *text, size_t len)
{
	const char *line = x_strndup(ctx, text, len), *first, *second;
	struct nd_watermark state;

	nd_watermark_parse(ctx, line, &state);
	first = nd_watermark_format(ctx, &state);
	MUST(!strchr(first, '\n'));
	nd_watermark_parse(ctx, first, &state);
	second = nd_watermark_format(ctx, &state);
	MUST(strcmp(first, second) == 0);
}
