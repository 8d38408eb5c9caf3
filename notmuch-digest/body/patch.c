/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "body/patch.h"

#include <string.h>

#include "body/diff.h"
#include "body/diffstat.h"
#include "util/str.h"

static bool
is_signed_line(const struct nd_lines *lines, size_t i)
{
	return nd_lines_starts(lines, i, "+") || nd_lines_starts(lines, i, "-");
}

/*
 * Reviewers suggest code as lines with "+" in front and nothing around them.
 * Two such lines, one of them with what code has and prose has not.
 */
static size_t
snippet_end(const struct nd_lines *lines, size_t i)
{
	size_t end = i, added = 0;
	bool code = false;

	/* The rest of a list that was found not to be code. */
	if (i > 0 && is_signed_line(lines, i - 1))
		return i;
	for (; is_signed_line(lines, end); end++) {
		const char *text = nd_lines_text(lines, end);
		size_t len = lines->line[end].len;

		added += *text == '+' && (len == 1 || text[1] != ' ');
		for (size_t at = 1; at < len && !code; at++)
			code = strchr(";{}=*", text[at]) != NULL;
	}
	return added >= 2 && code ? end : i;
}

/* "---- 8< ----" says where git am begins to read. */
static bool
is_scissors(const struct nd_lines *lines, size_t i)
{
	const char *text = nd_lines_text(lines, i);
	size_t len = lines->line[i].len, marks = 0, dashes = 0;

	if (!nd_lines_starts(lines, i, "-") &&
	    !nd_lines_starts(lines, i, "8<") &&
	    !nd_lines_starts(lines, i, ">8"))
		return false;
	for (size_t at = 0; at < len && len < 100; at++) {
		const char *two = text + at;

		dashes += *two == '-';
		if (nd_mem_starts(two, len - at, "8<") ||
		    nd_mem_starts(two, len - at, ">8"))
			marks++;
	}
	return marks > 0 && dashes > 2;
}

/* Lines for git and b4, at the end of a patch or cover letter. */
static bool
is_tool_line(const struct nd_lines *lines, size_t i)
{
	static const char *const starts[] = {
		"base-commit: ",
		"change-id: ",
		"prerequisite-patch-id: ",
		"prerequisite-message-id: ",
		"prerequisite-change-id: ",
	};

	for (size_t k = 0; k < sizeof starts / sizeof *starts; k++)
		if (nd_lines_starts(lines, i, starts[k]))
			return true;
	return false;
}

/* What "git am" prints when a patch does not apply. */
static bool
is_am_line(const struct nd_lines *lines, size_t i)
{
	static const char *const starts[] = {
		"Applying: ",
		"Auto-merging ",
		"CONFLICT (",
		"error: Did you hand edit your patch?",
		"error: Failed to merge in the changes.",
		"error: could not build fake ancestor",
		"error: patch failed: ",
		"error: sha1 information is lacking",
		"Failed to merge in the changes.",
		"Falling back to patching base and 3-way merge",
		"hint: Use 'git am",
		"It does not apply to blobs recorded in its index.",
		"Patch failed at ",
		"Recorded preimage for '",
		"Resolve all conflicts manually, mark them as resolved with",
		"Using index info to reconstruct a base tree",
	};

	for (size_t k = 0; k < sizeof starts / sizeof *starts; k++)
		if (nd_lines_starts(lines, i, starts[k]))
			return true;
	return nd_lines_starts(lines, i, "error: ") &&
	       nd_mem_ends_nocase(nd_lines_text(lines, i), lines->line[i].len,
	                          ": patch does not apply");
}

/* The line behind what begins at i and is not for reading, or i. */
static size_t
block_end(const struct nd_lines *lines, size_t i, struct nd_body *body)
{
	size_t end = nd_diff_end(lines, i, body);

	if (end > i) {
		body->flags |= ND_BODY_DIFF;
		return end;
	}
	if (nd_diff_is_version(lines, i))
		return i + 2;
	if (is_tool_line(lines, i) || is_am_line(lines, i) ||
	    is_scissors(lines, i))
		return i + 1;
	end = nd_diffstat_end(lines, i);
	if (end == i)
		end = nd_diffstat_rangediff_end(lines, i);
	return end > i ? end : snippet_end(lines, i);
}

/* "---" is git's end of the commit message only when a patch comes below. */
static void
mark_separators(struct nd_lines *lines)
{
	bool patch_below = false;

	for (size_t i = lines->count; i-- > 0;) {
		if (lines->line[i].kind == ND_LINE_DIFF)
			patch_below = true;
		else if (patch_below && nd_lines_starts(lines, i, "---") &&
		         lines->line[i].len == 3)
			lines->line[i].kind = ND_LINE_DIFF;
	}
}

void
nd_patch_mark(struct nd_lines *lines, struct nd_body *body)
{
	size_t i = 0, end;

	while (i < lines->count) {
		if (lines->line[i].kind != ND_LINE_OWN) {
			i++;
			continue;
		}
		end = block_end(lines, i, body);
		nd_lines_mark(lines, i, end, ND_LINE_DIFF);
		i = end > i ? end : i + 1;
	}
	mark_separators(lines);
}
