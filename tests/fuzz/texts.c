/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * texts.c - what people write: subjects, bodies, tags, acceptances, commits
 */
#include <string.h>

#include "fuzz.h"

#include "acts/acceptance.h"
#include "acts/actmodel.h"
#include "body/body.h"
#include "lineage/commitmatch.h"
#include "llm/fence.h"
#include "mail/msgid.h"
#include "text/patchnumbers.h"
#include "text/sentence.h"
#include "text/subjectline.h"
#include "text/trailerline.h"
#include "text/trailerscope.h"
#include "util/alloc.h"
#include "util/archiveurl.h"
#include "util/limits.h"
#include "util/str.h"

void
fuzz_subject(void *ctx, const char *text, size_t len)
{
	const char *line = fuzz_clean_line(ctx, text, len);
	struct nd_subject *parts = nd_subjectline_parse(ctx, line), *again;

	MUST(parts && parts->title && parts->prefix);
	MUST(strlen(parts->title) <= strlen(line));
	MUST(strlen(parts->prefix) <= strlen(line));
	fuzz_check_line(parts->title);
	fuzz_check_line(parts->prefix);
	fuzz_check_line(parts->project);
	fuzz_check_line(parts->stable);
	MUST(parts->version >= 0 && parts->version <= ND_LIMIT_VERSION);
	MUST(parts->number >= 0 && parts->number <= ND_LIMIT_PATCHES);
	MUST(parts->total >= 0 && parts->total <= ND_LIMIT_PATCHES);
	/* An answer is about what it answers. */
	if (!(parts->flags & (ND_SUBJECT_REPLY | ND_SUBJECT_FORWARD))) {
		again = nd_subjectline_parse(ctx,
		                             x_asprintf(ctx, "Re: %s", line));
		MUST(again->flags & ND_SUBJECT_REPLY);
		MUST(strcmp(again->title, parts->title) == 0);
		MUST(again->version == parts->version);
		MUST(again->number == parts->number);
	}
}

static void
check_lines(const struct nd_body *body)
{
	size_t own = 0, end = 0;

	MUST(body->line_count <= ND_LIMIT_BODY_LINES);
	MUST(body->len <= ND_LIMIT_BODY_BYTES);
	for (size_t i = 0; i < body->line_count; i++) {
		const struct nd_line *line = &body->line[i];

		MUST(line->start >= end);
		end = (size_t)line->start + line->len;
		MUST(end <= body->len);
		MUST(line->kind <= ND_LINE_DIFF);
		MUST(line->depth <= ND_LIMIT_QUOTE_DEPTH);
		MUST(!memchr(body->text + line->start, '\n', line->len));
		own += line->kind == ND_LINE_OWN ? line->len : 0;
	}
	MUST(own <= body->len);
}

/* Between the first line and the last, in the body. */
static void
check_said(const struct nd_body *body, const struct nd_utterances *said)
{
	for (size_t i = 0; i < said->count; i++) {
		const struct nd_utterance *one = &said->utterance[i];

		MUST(one->len > 0 && one->last_line < body->line_count);
		MUST(one->line <= one->last_line);
		fuzz_check_text(one->text, one->len, false);
	}
}

static struct nd_body *
read_body(void *ctx, const char *text, size_t len, unsigned flags)
{
	struct nd_body *body = x_new(ctx, struct nd_body);
	const char *clean = fuzz_clean(ctx, text, len);

	nd_body_add(body, clean, strlen(clean), flags);
	check_lines(body);
	return body;
}

void
fuzz_body(void *ctx, const char *text, size_t len)
{
	static struct nd_segmenter *seg;
	unsigned flags = len > 0 ? (unsigned char)text[0] & 15 : 0;
	struct nd_sentences sentences = {0};
	struct nd_body *body;
	struct nd_utterances said;
	size_t bytes;

	if (!seg)
		seg = nd_segmenter_new(NULL, ND_SEGMENT_SENTENCES, NULL);
	body = read_body(ctx, text + (len > 0), len - (len > 0), flags);
	said = nd_utterances_read(ctx, body);
	check_said(body, &said);
	bytes = nd_sentences_read(ctx, body, seg, 1000, &sentences);
	MUST(bytes <= body->len && sentences.count <= 1000);
	for (size_t i = 0; i < sentences.count; i++) {
		const struct nd_sentence *one = &sentences.sentence[i];

		MUST(one->len > 0 && one->len <= ND_LIMIT_SENTENCE_BYTES);
		MUST(one->last_line < body->line_count);
		fuzz_check_text(one->text, one->len, true);
	}
}

/* The first line of the input is read, the second one follows it. */
void
fuzz_trailer(void *ctx, const char *text, size_t len)
{
	const char *clean = fuzz_clean(ctx, text, len);
	size_t line = strcspn(clean, "\n");
	const char *next = clean[line] ? clean + line + 1 : NULL;
	struct nd_trailer trailer = {.number = 3, .total = 9};
	size_t start = nd_trailerline_start(clean, line);

	MUST(start <= line);
	if (!nd_trailerline_parse(ctx, clean + start, line - start, next,
	                          next ? strcspn(next, "\n") : 0, &trailer))
		return;
	MUST(trailer.type && trailer.type[0]);
	MUST(trailer.who.addr && trailer.who.name);
	fuzz_check_line(trailer.type);
	fuzz_check_line(trailer.who.name);
	fuzz_check_line(trailer.who.addr);
	nd_trailerscope_lead(ctx, clean, strlen(clean), &trailer);
	nd_trailerscope_follow(ctx, clean, strlen(clean), &trailer);
	nd_trailerscope_is_proposal(clean, strlen(clean), &trailer, false);
	fuzz_check_line(trailer.scope);
	fuzz_check_line(trailer.condition);
	for (size_t i = 0; i < trailer.named_count; i++)
		MUST(trailer.named[i] >= 0 &&
		     trailer.named[i] <= ND_LIMIT_PATCHES);
}

static bool
is_in(const char *part, size_t len, const struct nd_utterance *said)
{
	return part >= said->text && part + len <= said->text + said->len;
}

static void
check_acceptance(const struct nd_utterance *said)
{
	struct nd_acceptance claim;
	struct nd_patchnumbers numbers;

	if (!nd_acceptance_read(said, &claim))
		return;
	MUST(claim.verb_end <= said->len);
	MUST(!claim.tree || is_in(claim.tree, claim.tree_len, said));
	nd_patchnumbers_read(said->text, said->len, claim.verb_end, 9,
	                     &numbers);
	MUST(numbers.count <= ND_PATCHNUMBERS_MAX);
	for (size_t i = 0; i < numbers.count; i++)
		MUST(numbers.number[i] >= 0 &&
		     numbers.number[i] <= ND_LIMIT_PATCHES);
}

/* The first byte says what is known of the mail; two lines divide a mail from
 * its answer. */
void
fuzz_acts(void *ctx, const char *text, size_t len)
{
	struct nd_act_mail mail[2] = {{.parent = ND_NO_MESSAGE},
	                              {.parent = 0, .depth = 1}};
	const char *cut = nd_mem_find(text, len, "\n\n\n");
	size_t first = cut ? (size_t)(cut - text) : len / 2;

	mail[0].body = read_body(ctx, text, first, 0);
	mail[1].body = read_body(ctx, text + first, len - first, 0);
	for (size_t i = 0; i < 2; i++) {
		mail[i].facts = len > 0 ? (unsigned char)text[0] << i : 0;
		mail[i].said = nd_utterances_read(ctx, mail[i].body);
		for (size_t k = 0; k < mail[i].said.count; k++)
			check_acceptance(&mail[i].said.utterance[k]);
	}
	nd_actmodel_read(ctx, mail, 2);
	for (size_t i = 0; i < 2; i++)
		for (unsigned act = 0; act < ND_ACT_COUNT; act++) {
			size_t sentence[ND_ACT_SENTENCES];
			size_t count =
				nd_act_sentences(&mail[i], act, sentence);

			MUST(count <= ND_ACT_SENTENCES);
			MUST(count > 0 || !nd_act_is_done(&mail[i], act));
			for (size_t k = 0; k < count; k++)
				MUST(sentence[k] < mail[i].said.count);
		}
}

/* The first line is the title, the rest the message of a commit. */
void
fuzz_commit(void *ctx, const char *text, size_t len)
{
	const char *clean = fuzz_clean(ctx, text, len);
	size_t title = strcspn(clean, "\n");
	struct nd_commit commit = {
		.id = "0123456789abcdef0123456789abcdef01234567",
		.title = fuzz_clean_line(ctx, clean, title),
		.author = {.name = "A", .addr = "a@example.org"},
		.date_s = 1600000000,
		.message = clean + title + (clean[title] == '\n'),
	};
	struct nd_commit_list list = {&commit, 1};
	struct nd_lookup *lookup;

	nd_commitmatch_read(ctx, &commit);
	for (size_t i = 0; i < commit.link_count; i++) {
		MUST(commit.link[i][0]);
		fuzz_check_line(commit.link[i]);
	}
	fuzz_check_line(commit.pulled);
	fuzz_check_line(commit.from);
	lookup = nd_commitmatch_lookup(ctx, &list);
	MUST(lookup->id_count <= commit.link_count);
	for (size_t i = 0; i < lookup->title_count; i++)
		MUST(lookup->title[i].count >= 1 &&
		     lookup->title[i].count <= ND_LOOKUP_WORDS);
}

static void
check_url(const char *url)
{
	for (; url && *url; url++)
		MUST(nd_is_alnum(*url) ||
		     strchr("-._~:/?#[]@!$&'()*+,;=%", *url));
}

/* A URL, an id, a header: each as if the input were one. */
void
fuzz_archive(void *ctx, const char *text, size_t len)
{
	const char *line = fuzz_clean_line(ctx, text, len);
	const char *id = nd_archiveurl_id(ctx, line, strlen(line));
	const char *at = line, *next;
	char *escaped, *back;

	fuzz_check_line(id);
	MUST(!id || *id);
	if (id) {
		escaped = nd_archiveurl_escape(ctx, id);
		check_url(escaped);
		back = nd_archiveurl_unescape(ctx, escaped, strlen(escaped));
		MUST(back && strcmp(back, id) == 0);
		check_url(nd_archiveurl_mid(ctx, id));
		check_url(nd_archiveurl_fill(ctx, "https://x.example/%s", id));
	}
	if (nd_archiveurl_is_template(line))
		MUST(nd_archiveurl_fill(ctx, line, "a@b"));
	check_url(nd_archiveurl_of_header(ctx, line, line, "a@b"));
	for (id = line; at && *at; id = at) {
		next = nd_msgid_next(ctx, &at);
		MUST(!next || *next);
		MUST(at > id || !next);
		if (!next)
			break;
	}
	next = nd_msgid_parse(ctx, line);
	MUST(!next || *next);
}

/* No line of the text is outside of its fence, and none can end it. */
void
fuzz_fence(void *ctx, const char *text, size_t len)
{
	const char *clean = fuzz_clean(ctx, text, len);
	struct nd_buf *lines = nd_buf_new(ctx, 1 << 20);
	struct nd_buf *out = nd_buf_new(ctx, 1 << 20);

	for (const char *line = clean; *line;) {
		size_t end = strcspn(line, "\n");

		nd_llm_fence_clean(lines, line, end);
		nd_buf_addc(lines, '\n');
		line += end + (line[end] == '\n');
	}
	nd_llm_fence_lines(out, 7, lines->data, lines->len);
	fuzz_check_text(out->data, out->len, false);
	for (const char *line = out->data; *line;) {
		size_t end = strcspn(line, "\n");
		const char *mark = nd_mem_find(line, end, ND_LLM_FENCE);

		MUST(mark == line ||
		     (mark == line + 3 && nd_str_starts(line, "[7]")));
		mark += strlen(ND_LLM_FENCE);
		MUST(!nd_mem_find(mark, end - (size_t)(mark - line),
		                  ND_LLM_FENCE));
		MUST(!nd_mem_find(line, end, "<|im_start|>"));
		MUST(!nd_mem_find_nocase(line, end, "[inst]"));
		MUST(!nd_mem_find(line, end, "</s>"));
		MUST(!nd_mem_find_nocase(line, end, "{p1}"));
		line += end + (line[end] == '\n');
	}
}
