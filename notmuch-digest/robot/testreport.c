/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "robot/testreport.h"

#include <string.h>

#include "util/alloc.h"
#include "util/str.h"

enum {
	LINE_BYTES = 2000,
	TITLE_MIN = 8, /* a shorter one may stand anywhere */
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
	if (text->len > LINE_BYTES)
		text->len = LINE_BYTES;
	return text->len > 0;
}

/* ---- what is no result ---- */

/* Courtesies and advice that stand in every mail of such a program. */
static bool
is_boilerplate(struct text text)
{
	static const char *const anywhere[] = {
		"if you fix the issue", "reported-by:",
		"perhaps something",    "0-day ci",
		"love your patch",      "best-effort",
		"best effort",          "do not reply",
		"please note",          "for more details",
		"see the log",          "let us know",
		"feel free to",         "kindly add",
		"please let",           "false positive",
		"known issues",         "to reproduce",
	};
	static const char *const starts[] = {
		"http://",    "https://", "note:", "tested-by:",
		"closes:",    "fixes:",   "link:", "thanks",
		"important:", "|",        "$ ",    "#syz",
	};

	/* "[also build test WARNING on x/next]"; but "[   12.3] BUG: …" */
	if (text.len > 1 && *text.at == '[' && text.at[1] != ' ' &&
	    !memchr(text.at, '.', text.len < 8 ? text.len : 8))
		return true;
	for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
		if (nd_mem_starts_nocase(text.at, text.len, starts[i]))
			return true;
	for (size_t i = 0; i < sizeof anywhere / sizeof *anywhere; i++)
		if (nd_mem_find_nocase(text.at, text.len, anywhere[i]))
			return true;
	return false;
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
	};
	const char *colon = memchr(text.at, ':', text.len);
	size_t len = colon ? (size_t)(colon - text.at) : 0;

	while (len > 0 && text.at[len - 1] == ' ')
		len--;
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		if (nd_mem_is_nocase(text.at, len, keys[i]))
			return true;
	/* "* [PATCH 01/13] fix an error", "Patch 1/2: …" */
	return nd_mem_find_nocase(text.at, text.len, "[patch") ||
	       nd_mem_find_nocase(text.at, text.len, "[rfc");
}

/*
 * What a line says beside the title of the patch: "✗ BAT: failure for x: fix
 * error path".
 */
static enum nd_resultline
read_beside(struct text text, const char *title)
{
	const char *at = strlen(title) >= TITLE_MIN
	                         ? nd_mem_find_nocase(text.at, text.len, title)
	                         : NULL;
	enum nd_resultline before, behind;
	size_t len = at ? (size_t)(at - text.at) : text.len;

	before = nd_resultline_read(text.at, len);
	if (!at)
		return before;
	at += strlen(title);
	behind = nd_resultline_read(at, (size_t)(text.at + text.len - at));
	return before > behind ? before : behind;
}

/* ---- the lines ---- */

struct reader {
	const char *title;
	struct nd_testreport calm; /* the subject, when it says success */
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

static void
hear(struct reader *reader, struct text text, uint32_t line,
     enum nd_resultline says)
{
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
	report.certain |= says >= ND_RESULTLINE_NEW_WARNING;
	report.failed = says >= ND_RESULTLINE_TOTALS ||
	                (says == ND_RESULTLINE_WARNED && !clean &&
	                 !has_seen(reader, ND_RESULTLINE_PASSED));
	return report;
}

/* A subject of the report's own, and not that of the mail it answers. */
static bool
has_own_subject(const struct nd_message *message, const char *title)
{
	const struct nd_subject *parts = message->parts;

	return parts &&
	       !(parts->flags &
	         (ND_SUBJECT_REPLY | ND_SUBJECT_PATCH | ND_SUBJECT_PULL)) &&
	       !nd_str_equal_nocase(parts->title, title);
}

static void
read_subject(struct reader *reader, const struct nd_message *message)
{
	struct text text = {message->subject, strlen(message->subject)};

	enum nd_resultline says;

	if (!has_own_subject(message, reader->title))
		return;
	says = read_beside(text, reader->title);
	if (says == ND_RESULTLINE_NONE)
		return;
	hear(reader, text, 0, says);
	reader->first[says].certain = true;
	if (says == ND_RESULTLINE_PASSED || says == ND_RESULTLINE_CLEAN)
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

	for (size_t i = 0; i < body->line_count; i++)
		if (own_line(body, i, &text) && !is_boilerplate(text) &&
		    !is_particular(text) && !is_code(text))
			hear(reader, text, (uint32_t)i,
			     read_line(reader, &body->line[i], text));
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
		.certain = true,
		.text = text,
		.len = strlen(text),
	};
}

struct nd_testreport
nd_testreport_read(const void *ctx, const struct nd_message *message,
                   const char *title)
{
	struct reader reader = {.title = title ? title : ""};

	if (is_fuzzer(message->body)) {
		struct nd_testreport report;

		read_fuzzer(ctx, message, &report);
		return report;
	}
	read_subject(&reader, message);
	read_lines(&reader, message->body);
	return verdict(&reader);
}
