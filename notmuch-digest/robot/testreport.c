/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "robot/testreport.h"

#include <string.h>

#include "robot/reportform.h"
#include "robot/resultlink.h"
#include "util/alloc.h"
#include "util/str.h"

enum {
	LINE_BYTES = 2000,
	TITLE_MIN = 8,    /* a shorter one may stand anywhere */
	PART_BYTES = 200, /* of what is put together */
	TITLES = 2,
	COMMIT_MIN = 7,
};

struct text {
	const char *at;
	size_t len;
};

/* What the kernel test robot found anew has ">> " in front, as a quote has. */
static bool
is_marked(const struct nd_line *line)
{
	return line->kind == ND_LINE_QUOTE && line->depth == 2;
}

/* A line of its own of the mail; false when it is none. */
static bool
own_line(const struct nd_body *body, size_t line, struct text *text)
{
	if (body->line[line].kind != ND_LINE_OWN &&
	    !is_marked(&body->line[line]))
		return false;
	text->at = body->text + body->line[line].start;
	text->len = body->line[line].len;
	nd_mem_trim(&text->at, &text->len);
	/* "| kunit | failure |": a row of a table */
	if (text->len > 2 && text->at[0] == '|' &&
	    text->at[text->len - 1] == '|') {
		text->at++;
		text->len -= 2;
		nd_mem_trim(&text->at, &text->len);
	}
	if (text->len > LINE_BYTES)
		text->len = LINE_BYTES;
	return text->len > 0;
}

/* ---- what is no result ---- */

/*
 * "[also build test WARNING on x/next]", with or without its end; but
 * "[   12.3] BUG: …" and "[v2] ring: grow: fail".
 */
static bool
is_aside(struct text text)
{
	const char *close;

	if (text.len < 2 || *text.at != '[' || text.at[1] == ' ' ||
	    memchr(text.at, '.', text.len < 8 ? text.len : 8))
		return false;
	close = memchr(text.at, ']', text.len);
	return !close || close == text.at + text.len - 1;
}

/* Courtesies and advice that stand in every mail of such a program. */
static bool
is_boilerplate(struct text text)
{
	static const char *const anywhere[] = {
		"if you fix the issue",
		"reported-by:",
		"perhaps something",
		"0-day ci",
		"love your patch",
		"best-effort",
		"best effort",
		"do not reply",
		"please note",
		"for more details",
		"see the log",
		"let us know",
		"feel free to",
		"kindly add",
		"please let",
		"false positive",
		"known issues",
		"to reproduce",
		"make sure",
	};
	static const char *const starts[] = {
		"http://",    "https://", "note:", "tested-by:",
		"closes:",    "fixes:",   "link:", "thanks",
		"important:", "|",        "$ ",    "#syz",
	};

	if (is_aside(text))
		return true;
	for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
		if (nd_mem_starts_nocase(text.at, text.len, starts[i]))
			return true;
	for (size_t i = 0; i < sizeof anywhere / sizeof *anywhere; i++)
		if (nd_mem_find_nocase(text.at, text.len, anywhere[i]))
			return true;
	return false;
}

/* "0f3a9c1d ("ring: fix an error path")" */
static bool
is_commit(struct text text)
{
	size_t len = 0;

	while (len < text.len && (nd_is_digit(text.at[len]) ||
	                          (text.at[len] >= 'a' && text.at[len] <= 'f')))
		len++;
	return len >= COMMIT_MIN && len < text.len && text.at[len] == ' ';
}

/* What was tested, and where: titles and names, not results. */
static bool
is_particular(struct text text)
{
	static const char *const keys[] = {
		"branch head",
		"tree/branch",
		"start commit",
		"series",
		"url",
		"commit",
		"head commit",
		"git tree",
		"tree",
		"branch",
		"base",
		"patch",
		"patch link",
		"patch subject",
		"subject",
		"title",
		"submitter",
		"author",
		"from",
		"to",
		"cc",
		"date",
		"message-id",
		"in-reply-to",
		"config",
		"compiler",
		"head",
		"kernel config",
		"patchwork",
		"fsck result",
		"link",
		"pw link",
		"dashboard link",
		"git repo",
		"git branch",
		"git describe",
		"desc",
		"project",
		"console output",
		"reproduce",
		"blamed commit",
		"changes",
		"test plan",
		"change subject",
		"commit message",
		"commit author",
		"message",
		"name",
		"build reason",
		"blamelist",
	};
	const char *colon = memchr(text.at, ':', text.len);
	size_t len = colon ? (size_t)(colon - text.at) : 0;

	while (len > 0 && text.at[len - 1] == ' ')
		len--;
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		if (nd_mem_is_nocase(text.at, len, keys[i]))
			return true;
	if (is_commit(text))
		return true;
	/* "* [PATCH 01/13] fix an error", "Patch 1/2: …" */
	return nd_mem_find_nocase(text.at, text.len, "[patch") ||
	       nd_mem_find_nocase(text.at, text.len, "[rfc");
}

static const char *
find_nocase(struct text text, struct text part)
{
	for (size_t i = 0; i + part.len <= text.len; i++)
		if (nd_lower(text.at[i]) == nd_lower(*part.at) &&
		    nd_mem_equal_nocase(text.at + i, part.at, part.len))
			return text.at + i;
	return NULL;
}

/*
 * What a line says beside the title of the patch: "✗ BAT: failure for x: fix
 * error path".
 */
static enum nd_resultline
read_beside(struct text text, const struct text *title)
{
	const char *at = NULL;
	enum nd_resultline before, behind;
	size_t len;

	for (size_t i = 0; i < TITLES && !at; i++, title++)
		if (title->len >= TITLE_MIN)
			at = find_nocase(text, *title);
	if (!at)
		return nd_resultline_read(text.at, text.len);
	len = (size_t)(at - text.at);
	before = nd_resultline_read(text.at, len);
	at += title[-1].len;
	behind = nd_resultline_read(at, (size_t)(text.at + text.len - at));
	return before > behind ? before : behind;
}

/* ---- the lines ---- */

struct reader {
	const struct nd_body *body;
	struct text
		title[TITLES]; /* as the thread has it, as the report does */
	struct nd_testreport calm; /* the subject, when it says success */
	struct text row;           /* the first that names what failed */
	uint32_t row_line;
	const char *subject; /* where it says something */
	struct nd_testreport first[ND_RESULTLINE_NEW_ERROR + 1]; /* of each */
};

static bool
has_seen(const struct reader *reader, enum nd_resultline says)
{
	return reader->first[says].says != ND_RESULTLINE_NONE;
}

/* "syzbot has tested the proposed patch and …", "… tried to test …" */
static bool
tells_of_test(struct text text)
{
	return nd_mem_find_nocase(text.at, text.len, " has tested ") ||
	       nd_mem_find_nocase(text.at, text.len, " tried to test ");
}

/* "Build #1 (0f3a9c1) - FAILURE" below "Build #1 - Failure" */
static bool
is_subject_again(const struct reader *reader, struct text text)
{
	if (!reader->subject)
		return false;
	if (find_nocase((struct text){reader->subject, strlen(reader->subject)},
	                text))
		return true;
	return text.len >= TITLE_MIN && strlen(reader->subject) >= TITLE_MIN &&
	       nd_mem_equal_nocase(reader->subject, text.at, TITLE_MIN);
}

/*
 * The next line with something to say; false when none follows. A sentence
 * that goes on there and ends in ":" is passed over.
 */
static bool
line_below(const struct nd_body *body, size_t line, struct text *text)
{
	while (++line < body->line_count)
		if (own_line(body, line, text) &&
		    !(text->at[text->len - 1] == ':' &&
		      nd_lower(*text->at) == *text->at &&
		      nd_resultline_read(text->at, text->len) ==
		              ND_RESULTLINE_NONE))
			return !is_boilerplate(*text) && !is_particular(*text);
	return false;
}

/* Is there nothing where failures are announced? "No regressions found" */
static bool
is_void(const struct reader *reader, size_t line)
{
	struct text below;
	enum nd_resultline says;

	if (!line_below(reader->body, line, &below))
		return false;
	says = nd_resultline_read(below.at, below.len);
	return *below.at == '#' ||
	       (says > ND_RESULTLINE_NONE && says <= ND_RESULTLINE_CLEAN);
}

static void
hear(struct reader *reader, struct text text, uint32_t line,
     enum nd_resultline says)
{
	if (says == ND_RESULTLINE_FAILED && !reader->row.at &&
	    !is_subject_again(reader, text) &&
	    nd_resultline_names(text.at, text.len)) {
		reader->row = text;
		reader->row_line = line;
	}
	if (says == ND_RESULTLINE_NONE || has_seen(reader, says))
		return;
	reader->first[says] = (struct nd_testreport){
		.says = says,
		.certain = tells_of_test(text),
		.line = line,
		.text = text.at,
		.len = text.len,
	};
}

/*
 * Warnings beside a success are remarks; failures that a report counts and
 * calls no regression were there before.
 */
static struct nd_testreport
verdict(const struct reader *reader)
{
	enum nd_resultline says = ND_RESULTLINE_NEW_ERROR;
	bool clean = has_seen(reader, ND_RESULTLINE_CLEAN);
	struct nd_testreport report;

	while (says > ND_RESULTLINE_NONE && !has_seen(reader, says))
		says--;
	if (says == ND_RESULTLINE_TOTALS && clean)
		says = ND_RESULTLINE_CLEAN;
	/* "BUILD SUCCESS WITH WARNING" says so of warnings below. */
	if (says <= ND_RESULTLINE_WARNING && reader->calm.text)
		return reader->calm;
	report = reader->first[says];
	report.certain |= says >= ND_RESULTLINE_NEW_WARNING ||
	                  says == ND_RESULTLINE_CLEAN;
	report.failed = says >= ND_RESULTLINE_TOTALS ||
	                (says == ND_RESULTLINE_WARNED &&
	                 !has_seen(reader, ND_RESULTLINE_PASSED));
	return report;
}

/* ---- what is told ---- */

/* "* x", "## y" -> "x", "y" */
static void
skip_mark(struct text *text)
{
	while (text->len > 1 && strchr("*#- ", *text->at)) {
		text->at++;
		text->len--;
	}
}

/* 'noticed "ring.fail" on:': on what, the lines below say. */
static void
cut_pointer(struct nd_testreport *report)
{
	static const char *const words[] = {" on",  " in",   " at",
	                                    " for", " with", " of"};

	if (!report->len || report->text[report->len - 1] != ':')
		return;
	report->len--;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (nd_mem_ends_nocase(report->text, report->len, words[i])) {
			report->len -= strlen(words[i]);
			return;
		}
}

/* "It failed. Please find the log below" -> "It failed." */
static void
cut_advice(struct nd_testreport *report)
{
	static const char *const advice[] = {". Please ", ". See ",
	                                     ". Find ",   ". For ",
	                                     ".  For ",   "! Possible "};

	for (size_t i = 0; i < sizeof advice / sizeof *advice; i++) {
		const char *at =
			nd_mem_find(report->text, report->len, advice[i]);

		if (at)
			report->len = (size_t)(at - report->text) + 1;
	}
}

static void
join(const void *ctx, struct nd_testreport *report, struct text more)
{
	struct text said = {report->text, report->len};

	skip_mark(&said);
	skip_mark(&more);
	while (said.len > 0 && strchr(":. ", said.at[said.len - 1]))
		said.len--;
	while (more.len > 0 && strchr(":. ", more.at[more.len - 1]))
		more.len--;
	report->text = x_asprintf(
		ctx, "%.*s: %.*s",
		(int)(said.len < PART_BYTES ? said.len : PART_BYTES), said.at,
		(int)(more.len < PART_BYTES ? more.len : PART_BYTES), more.at);
	report->len = strlen(report->text);
}

/*
 * A verdict without a name ("Status: FAILURE"), or that of the whole, gets the
 * first thing that failed: a row, or what stands below an announcement.
 */
static void
name_failure(const void *ctx, const struct reader *reader,
             struct nd_testreport *report)
{
	const struct nd_testreport *announced =
		&reader->first[ND_RESULTLINE_ANNOUNCED];
	struct text below;

	if (announced->certain && report->says == ND_RESULTLINE_FAILED &&
	    announced->line < report->line) {
		below = (struct text){report->text, report->len};
		*report = *announced;
		report->failed = true;
		join(ctx, report, below);
		return;
	}
	if (report->says == ND_RESULTLINE_ANNOUNCED) {
		if (line_below(reader->body, report->line, &below))
			join(ctx, report, below);
		else if (report->text[report->len - 1] == ':')
			report->len--;
		return;
	}
	if (report->says != ND_RESULTLINE_FAILED ||
	    (report->text != reader->subject &&
	     nd_resultline_names(report->text, report->len)))
		return;
	if (announced->text &&
	    (!reader->row.at || announced->line < reader->row_line) &&
	    line_below(reader->body, announced->line, &below)) {
		if (!is_subject_again(reader, below))
			join(ctx, report, below);
	} else if (reader->row.at) {
		join(ctx, report, reader->row);
	}
}

/* A subject of the report's own, and not that of the mail it answers. */
static bool
has_own_subject(const struct nd_message *message, struct text title)
{
	const struct nd_subject *parts = message->parts;

	return parts &&
	       !(parts->flags &
	         (ND_SUBJECT_REPLY | ND_SUBJECT_PATCH | ND_SUBJECT_PULL)) &&
	       !(strlen(parts->title) == title.len &&
	         nd_mem_equal_nocase(parts->title, title.at, title.len));
}

static void
read_subject(struct reader *reader, const struct nd_message *message)
{
	struct text text = {message->subject, strlen(message->subject)};

	enum nd_resultline says;

	if (!has_own_subject(message, reader->title[0]))
		return;
	says = read_beside(text, reader->title);
	if (says == ND_RESULTLINE_NONE)
		return;
	reader->subject = text.at;
	reader->first[says] = (struct nd_testreport){.says = says,
	                                             .certain = true,
	                                             .text = text.at,
	                                             .len = text.len};
	if (says <= ND_RESULTLINE_CLEAN)
		reader->calm = reader->first[says];
}

/* "  117\t\tdev_dbg(dev, "error: …");": the code that it is about */
static bool
is_code(struct text text)
{
	size_t i = 0;

	while (i < text.len && nd_is_digit(text.at[i]))
		i++;
	return i > 0 && i < text.len &&
	       (text.at[i] == '\t' ||
	        nd_mem_starts(text.at + i, text.len - i, "  "));
}

static enum nd_resultline
read_line(const struct reader *reader, const struct nd_line *line,
          struct text text)
{
	enum nd_resultline says = read_beside(text, reader->title);

	if (!is_marked(line))
		return says;
	if (says == ND_RESULTLINE_ERROR)
		return ND_RESULTLINE_NEW_ERROR;
	return says == ND_RESULTLINE_WARNING ? ND_RESULTLINE_NEW_WARNING
	                                     : ND_RESULTLINE_NONE;
}

static void
read_lines(struct reader *reader, const struct nd_body *body)
{
	struct text text;

	for (size_t i = 0; i < body->line_count; i++) {
		enum nd_resultline says;

		if (!own_line(body, i, &text) || is_boilerplate(text) ||
		    is_particular(text) || is_code(text))
			continue;
		says = read_line(reader, &body->line[i], text);
		if (says != ND_RESULTLINE_ANNOUNCED || !is_void(reader, i))
			hear(reader, text, (uint32_t)i, says);
	}
}

/* ---- reports of a fuzzer ---- */

/* What stands behind "KEY:" in some line. */
static bool
find_value(const struct nd_body *body, const char *key, struct text *value)
{
	size_t len = strlen(key);

	for (size_t i = 0; i < body->line_count; i++) {
		if (!own_line(body, i, value) ||
		    !nd_mem_starts_nocase(value->at, value->len, key))
			continue;
		value->at += len;
		value->len -= len;
		nd_mem_trim(&value->at, &value->len);
		if (value->len > 0)
			return true;
	}
	return false;
}

static bool
has_line(const struct nd_body *body, const char *start)
{
	struct text text;

	for (size_t i = 0; i < body->line_count; i++)
		if (own_line(body, i, &text) &&
		    nd_mem_starts_nocase(text.at, text.len, start))
			return true;
	return false;
}

#define IS_FIXED "syzbot suspects this issue was fixed by commit"

/* syzkaller's form for a bug that it has found, or can make happen now. */
static bool
is_fuzzer(const struct nd_body *body)
{
	return (has_line(body, "syzbot found the following") ||
	        has_line(body, "syzbot hit the following") ||
	        has_line(body, "syzbot has found a reproducer") ||
	        has_line(body, "syzbot has bisected") ||
	        has_line(body, IS_FIXED)) &&
	       (has_line(body, "dashboard link:") ||
	        has_line(body, "HEAD commit:") ||
	        has_line(body, "bisection log:"));
}

/* "[syzbot] [ext4?] BUG: x (2)" -> "BUG: x (2)" */
static const char *
bare_title(const struct nd_message *message)
{
	const char *title =
		message->parts ? message->parts->title : message->subject;

	while (*title == '[') {
		const char *close = strchr(title, ']');

		if (!close)
			break;
		for (title = close + 1; *title == ' ';)
			title++;
	}
	return title;
}

/*
 * The title of the crash, whether it can be made to happen, and the commit it
 * was traced to.
 */
static void
read_fuzzer(const void *ctx, const struct nd_message *message,
            struct nd_testreport *report)
{
	const struct nd_body *body = message->body;
	struct text commit, value;
	const char *repro = "no reproducer", *text;

	if (find_value(body, "C reproducer:", &value))
		repro = "C reproducer";
	else if (find_value(body, "syz repro:", &value))
		repro = "syz reproducer";
	if (has_line(body, "the issue was bisected to") ||
	    has_line(body, "syzbot has bisected"))
		if (find_value(body, "commit ", &commit))
			repro = x_asprintf(ctx, "%s, bisected to %.*s", repro,
			                   commit.len < 12 ? (int)commit.len
			                                   : 12,
			                   commit.at);
	if (has_line(body, IS_FIXED) && find_value(body, "commit ", &commit))
		repro = x_asprintf(ctx, "probably fixed by %.*s",
		                   commit.len < 12 ? (int)commit.len : 12,
		                   commit.at);
	text = x_asprintf(ctx, "%s (%s)", bare_title(message), repro);
	*report = (struct nd_testreport){
		.says = ND_RESULTLINE_CRASH,
		.failed = !has_line(body, IS_FIXED),
		.mended = has_line(body, IS_FIXED),
		.certain = true,
		.text = text,
		.len = strlen(text),
	};
}

/* That of what failed, else of all. */
static const char *
url_of(const void *ctx, const struct nd_testreport *report,
       const struct nd_body *body)
{
	size_t len;
	const char *url =
		nd_resultlink_of_line(report->text, report->len, &len);

	if (!url)
		url = nd_resultlink_find(body, &len);
	return url ? x_strndup(ctx, url, len) : NULL;
}

/* Some repeat the title of what they tested in their subject. */
static void
set_titles(struct reader *reader, const char *title)
{
	static const char *const keys[] = {
		"Change subject:", "Commit Message:", "Message:"};
	const struct nd_body *body = reader->body;

	reader->title[0] = (struct text){title, strlen(title)};
	/* It may stand in what a tracker has above a comment. */
	for (size_t i = 0; i < body->line_count; i++) {
		struct text *found = &reader->title[1];

		found->at = nd_message_line(body, i, &found->len);
		nd_mem_trim(&found->at, &found->len);
		for (size_t k = 0; k < sizeof keys / sizeof *keys; k++)
			if (nd_mem_starts_nocase(found->at, found->len,
			                         keys[k])) {
				found->at += strlen(keys[k]);
				found->len -= strlen(keys[k]);
				nd_mem_trim(&found->at, &found->len);
				return;
			}
	}
	reader->title[1].len = 0;
}

struct nd_testreport
nd_testreport_read(const void *ctx, const struct nd_message *message,
                   const char *title)
{
	struct reader reader = {.body = message->body};
	struct nd_testreport report;

	if (is_fuzzer(message->body)) {
		read_fuzzer(ctx, message, &report);
	} else {
		set_titles(&reader, title ? title : "");
		read_subject(&reader, message);
		read_lines(&reader, message->body);
		report = verdict(&reader);
		if (report.says != ND_RESULTLINE_NONE) {
			cut_advice(&report);
			name_failure(ctx, &reader, &report);
			cut_pointer(&report);
		}
	}
	report.certain |= nd_reportform_is(message);
	if (report.says != ND_RESULTLINE_NONE)
		report.url = url_of(ctx, &report, message->body);
	return report;
}
