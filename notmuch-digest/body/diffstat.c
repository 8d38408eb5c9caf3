/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "body/diffstat.h"

#include <string.h>

#include "util/str.h"

/* What the part of a diffstat line behind "|" says. */
enum bar { NO_STAT, STAT_COUNT, STAT_BAR };

/* "  12 ++--", "   0", " Bin 0 -> 120 bytes" */
static enum bar
read_bar(const char *text, size_t len)
{
	size_t at = 0, digits;

	while (at < len && text[at] == ' ')
		at++;
	if (nd_mem_starts(text + at, len - at, "Bin"))
		return STAT_BAR;
	if (nd_mem_starts(text + at, len - at, "Unmerged"))
		return STAT_BAR;
	for (digits = at; at < len && nd_is_digit(text[at]); at++)
		;
	if (at == digits)
		return NO_STAT;
	if (at == len)
		return STAT_COUNT;
	if (text[at++] != ' ' || at == len)
		return NO_STAT;
	for (; at < len; at++)
		if (text[at] != '+' && text[at] != '-')
			return NO_STAT;
	return STAT_BAR;
}

/* " path/to/file.c | 12 ++--" */
static enum bar
stat_line(const struct nd_lines *lines, size_t i)
{
	const char *text, *bar;
	size_t len;

	if (!nd_lines_starts(lines, i, ""))
		return NO_STAT;
	text = nd_lines_text(lines, i);
	len = lines->line[i].len;
	bar = memchr(text, '|', len);
	if (!bar || bar == text || bar[-1] != ' ')
		return NO_STAT;
	return read_bar(bar + 1, len - (size_t)(bar + 1 - text));
}

/* " 3 files changed, 4 insertions(+)" */
static bool
is_total(const struct nd_lines *lines, size_t i)
{
	const char *text;
	size_t len;

	if (!nd_lines_starts(lines, i, ""))
		return false;
	text = nd_lines_text(lines, i);
	len = lines->line[i].len;
	nd_mem_trim(&text, &len);
	if (len == 0 || !nd_is_digit(*text))
		return false;
	while (len > 0 && nd_is_digit(*text)) {
		text++;
		len--;
	}
	return nd_mem_starts(text, len, " file changed") ||
	       nd_mem_starts(text, len, " files changed");
}

/* What git's --summary adds below the total, and --dirstat above. */
static bool
is_summary(const struct nd_lines *lines, size_t i)
{
	return nd_lines_starts(lines, i, " create mode ") ||
	       nd_lines_starts(lines, i, " delete mode ") ||
	       nd_lines_starts(lines, i, " mode change ") ||
	       nd_lines_starts(lines, i, " rename ") ||
	       nd_lines_starts(lines, i, " copy ") ||
	       nd_lines_starts(lines, i, " rewrite ");
}

size_t
nd_diffstat_end(const struct nd_lines *lines, size_t i)
{
	size_t end = i;
	bool bars = false;
	enum bar bar;

	/* The rest of a table that was found not to be a diffstat. */
	if (i > 0 && stat_line(lines, i - 1) != NO_STAT)
		return i;
	while ((bar = stat_line(lines, end)) != NO_STAT) {
		bars |= bar == STAT_BAR;
		end++;
	}
	/* A table of numbers looks alike, but has neither bars nor a total. */
	if (!is_total(lines, end))
		return bars ? end : i;
	for (end++; is_summary(lines, end); end++)
		;
	return end;
}

static size_t
skip_digits_or_dash(const char *text, size_t len, size_t at)
{
	size_t start = at;

	while (at < len && nd_is_digit(text[at]))
		at++;
	if (at == start && at < len && text[at] == '-')
		at++;
	return at;
}

static size_t
skip_commit(const char *text, size_t len, size_t at)
{
	while (at < len && (nd_is_digit(text[at]) || text[at] == '-' ||
	                    (text[at] >= 'a' && text[at] <= 'f')))
		at++;
	return at;
}

/* " 1:  12ab34cd56ef ! 2:  98fe76dc54ba title" */
static bool
is_rangediff_line(const struct nd_lines *lines, size_t i)
{
	const char *text;
	size_t len, at = 0, start;

	if (!nd_lines_starts(lines, i, ""))
		return false;
	text = nd_lines_text(lines, i);
	len = lines->line[i].len;
	while (at < len && text[at] == ' ')
		at++;
	start = at;
	at = skip_digits_or_dash(text, len, at);
	if (at == start || !nd_mem_starts(text + at, len - at, ":  "))
		return false;
	start = at += 3;
	at = skip_commit(text, len, at);
	if (at - start < 4 || at + 3 > len || text[at] != ' ' ||
	    !strchr("!=<>", text[at + 1]))
		return false;
	start = at += 3;
	while (at < len && text[at] == ' ')
		at++;
	return skip_digits_or_dash(text, len, at) > start;
}

static bool
is_heading(const struct nd_lines *lines, size_t i)
{
	const char *text;
	size_t len;

	if (!nd_lines_starts(lines, i, ""))
		return false;
	text = nd_lines_text(lines, i);
	len = lines->line[i].len;
	return len > 0 && text[len - 1] == ':' &&
	       (nd_mem_starts_nocase(text, len, "Range-diff") ||
	        nd_mem_starts_nocase(text, len, "Interdiff"));
}

/* git indents both by at least two blanks; blank lines may stand between. */
static size_t
indented_end(const struct nd_lines *lines, size_t i)
{
	size_t end = i;

	for (; i < lines->count; i++) {
		if (lines->line[i].kind == ND_LINE_BLANK)
			continue;
		if (!nd_lines_starts(lines, i, "  ") &&
		    !is_rangediff_line(lines, i))
			break;
		end = i + 1;
	}
	return end;
}

size_t
nd_diffstat_rangediff_end(const struct nd_lines *lines, size_t i)
{
	size_t first = i;

	if (is_heading(lines, i))
		first = nd_lines_skip_blank(lines, i + 1);
	if (is_rangediff_line(lines, first))
		return indented_end(lines, first);
	if (first > i && (nd_lines_starts(lines, first, "  diff ") ||
	                  nd_lines_starts(lines, first, "  --- ")))
		return indented_end(lines, first);
	return i;
}
