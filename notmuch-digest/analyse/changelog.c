/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analyse/changelog.h"

#include <stdint.h>
#include <string.h>

#include "text/version.h"
#include "util/alloc.h"
#include "util/buf.h"
#include "util/limits.h"
#include "util/str.h"

enum { HEADING_BYTES = 100 };

struct section {
	struct nd_series *series;
	struct nd_change *change; /* NULL between sections */
	struct nd_buf *text;
	bool listed; /* it has lines that are list items */
	bool blank;  /* the last line was */
};

/* Bytes of "- ", "* ", "[" and blanks in front of a heading. */
static size_t
bullet_len(const char *text, size_t len)
{
	size_t at = 0;

	while (at < len && strchr(" \t-*+#=[\"'(", text[at]))
		at++;
	return at;
}

static size_t
word_len(const char *text, size_t len)
{
	size_t at = 0;

	while (at < len && (nd_is_alpha(text[at])))
		at++;
	return at;
}

/* The words that headings are made of, beside versions. */
static bool
is_heading_word(const char *word, size_t len, bool *old)
{
	static const char *const words[] = {
		"changes",  "change",  "changelog", "log",    "changed", "in",
		"diff",     "history", "version",   "the",    "between", "and",
		"compared", "to",      "patch",     "series", "rfc",     "new",
		"update",   "updates", "revision",  "only",   "include", "for"};
	static const char *const old_words[] = {"since", "from", "after",
	                                        "vs",    "over", "previous"};

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (nd_mem_is_nocase(word, len, words[i]))
			return true;
	for (size_t i = 0; i < sizeof old_words / sizeof *old_words; i++)
		if (nd_mem_is_nocase(word, len, old_words[i]))
			return *old = true;
	return false;
}

/* Does the text begin with a heading's word or a version? */
static bool
begins_heading(const char *text, size_t len)
{
	size_t word = word_len(text, len);
	bool old;

	if (word == 1)
		return nd_lower(*text) == 'v';
	return word > 0 && (is_heading_word(text, word, &old) ||
	                    nd_mem_starts_nocase(text, len, "rfcv") ||
	                    nd_mem_starts_nocase(text, len, "patchv"));
}

/* Only heading words; "from v2" and "since" name the old version. */
static bool
is_heading_lead(const char *text, size_t len, bool *old)
{
	size_t at = 0, words = 0;

	while (at < len) {
		size_t word = word_len(text + at, len - at);

		if (word > 0) {
			if (!is_heading_word(text + at, word, old) ||
			    ++words > 6)
				return false;
		} else if (!strchr(" \t-:\"'", text[at])) {
			return false;
		}
		at += word > 0 ? word : 1;
	}
	return true;
}

/* Behind the versions: ":", a link, a date in brackets, or nothing. */
static bool
ends_heading(const char *text, size_t len, size_t *rest)
{
	size_t at = 0;

	while (at < len && strchr(" \t]\")'", text[at]))
		at++;
	if (at < len && strchr("[<(", text[at])) {
		const char *close = NULL;

		for (size_t i = at; i < len && !close; i++)
			if (strchr("]>)", text[i]))
				close = text + i;
		at = close ? (size_t)(close - text) + 1 : len;
		while (at < len && strchr(" \t", text[at]))
			at++;
	}
	if (nd_mem_starts_nocase(text + at, len - at, "include"))
		at += word_len(text + at, len - at);
	*rest = at;
	if (at < len && strchr(":=", text[at])) {
		*rest = at + 1;
		return true;
	}
	return at == len || (at + 1 == len && strchr(".-", text[at]));
}

bool
nd_changelog_is_heading(const char *text, size_t len, int *from, int *to,
                        size_t *rest)
{
	size_t bullet = bullet_len(text, len);
	struct nd_version_word first, second;
	size_t end, tail;
	bool old = false, arrow;

	/* Most lines are none: their first word tells. */
	if (!begins_heading(text + bullet, len - bullet) ||
	    !nd_version_next(text, len < HEADING_BYTES ? len : HEADING_BYTES,
	                     bullet, &first) ||
	    !is_heading_lead(text + bullet, first.start - bullet, &old))
		return false;
	end = first.end;
	while (end < len && strchr("\"')", text[end]))
		end++;
	arrow = nd_version_next(text, len, end, &second) &&
	        nd_version_is_arrow(text + end, second.start - end);
	if (arrow)
		end = second.end;
	if (!ends_heading(text + end, len - end, &tail))
		return false;
	*rest = end + tail;
	*from = arrow || old ? first.version : 0;
	*to = arrow ? second.version : old ? 0 : first.version;
	/* "v4 .. v3" */
	if (arrow && *from > *to) {
		*from = second.version;
		*to = first.version;
	}
	return true;
}

/* The blanks that all lines begin with. */
static size_t
common_indent(const char *text)
{
	size_t least = SIZE_MAX;

	while (*text) {
		size_t indent = strspn(text, " \t");

		if (indent < least)
			least = indent;
		text += strcspn(text, "\n");
		text += *text == '\n';
	}
	return least;
}

static const char *
without_indent(const void *ctx, const char *text)
{
	size_t indent = common_indent(text);
	char *copy = x_strdup(ctx, text), *to = copy;

	while (*text) {
		size_t len = strcspn(text += indent, "\n");

		len += text[len] == '\n';
		memcpy(to, text, len);
		to += len;
		text += len;
	}
	*to = '\0';
	return copy;
}

static void
end_section(struct section *section)
{
	struct nd_series *series = section->series;

	if (!section->change)
		return;
	section->change->text =
		without_indent(series->change, section->text->data);
	if (section->text->len == 0)
		series->change_count--;
	section->change = NULL;
}

static void
add_line(struct section *section, const char *text, size_t len)
{
	if (section->text->len > 0 &&
	    section->text->len < ND_LIMIT_CHANGE_BYTES)
		nd_buf_addc(section->text, '\n');
	nd_buf_add(section->text, text, len);
}

static void
begin_section(struct section *section, int from, int to)
{
	struct nd_series *series = section->series;

	end_section(section);
	if (series->change_count >= ND_LIMIT_CHANGES)
		return;
	section->change =
		x_append(series, series->change, series->change_count);
	section->change->from = from;
	section->change->to = to > 0 ? to : from + 1;
	section->listed = section->blank = false;
	nd_buf_cut(section->text, 0);
}

static bool
is_item(const char *text, size_t len)
{
	size_t at = 0;

	while (at < len && nd_is_space(text[at]))
		at++;
	return at > 0 || (at < len &&
	                  (strchr("-*+#", text[at]) || nd_is_digit(text[at])));
}

/* "Marc Zyngier (5):" */
static bool
is_shortlog_head(const char *text, size_t len)
{
	size_t at = len;

	if (len < 6 || text[len - 1] != ':' || text[len - 2] != ')')
		return false;
	for (at = len - 2; at > 0 && nd_is_digit(text[at - 1]);)
		at--;
	return at > 1 && at < len - 2 && text[at - 1] == '(';
}

static void
take_line(struct section *section, const char *text, size_t len)
{
	int from, to;
	size_t rest;

	while (len > 0 && nd_is_space(text[len - 1]))
		len--;
	if (nd_changelog_is_heading(text, len, &from, &to, &rest)) {
		text += rest;
		len -= rest;
		nd_mem_trim(&text, &len);
		/* "v2: https://…" only says where it is. */
		if (nd_mem_starts_nocase(text, len, "http"))
			end_section(section);
		else
			begin_section(section, from, to);
		if (section->change && len > 0)
			add_line(section, text, len);
		return;
	}
	if (!section->change)
		return;
	if (is_shortlog_head(text, len) ||
	    (section->blank && section->text->len > 0 && !is_item(text, len))) {
		end_section(section);
		return;
	}
	section->blank = false;
	add_line(section, text, len);
}

/* "Changes since v1" in a v3 that says nothing of v2 tells all of it. */
static void
settle_versions(struct nd_series *series)
{
	if (series->change_count == 1 && series->change->from > 0 &&
	    series->change->to == series->change->from + 1 &&
	    series->change->to < series->version)
		series->change->to = series->version;
}

void
nd_changelog_find(struct nd_series *series, const struct nd_body *body)
{
	struct section section = {.series = series};

	if (!body)
		return;
	section.text = nd_buf_new(NULL, ND_LIMIT_CHANGE_BYTES);
	for (size_t i = 0; i < body->line_count; i++) {
		const struct nd_line *line = &body->line[i];

		if (line->kind == ND_LINE_OWN)
			take_line(&section, body->text + line->start,
			          line->len);
		else if (line->kind == ND_LINE_BLANK)
			section.blank = true;
		else if (line->kind != ND_LINE_DIFF || line->len > 3)
			end_section(&section);
	}
	end_section(&section);
	settle_versions(series);
	talloc_free(section.text);
}
