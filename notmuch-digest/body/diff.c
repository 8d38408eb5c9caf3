/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "body/diff.h"

#include <string.h>

#include "util/alloc.h"
#include "util/str.h"

/* Mailers that wrap lines do it at 72 columns or later. */
#define WRAP_COLUMNS 70

/* Lines of a hunk that are still to come. */
struct hunk {
	unsigned old, new;
	bool damaged; /* some line of it was wrapped */
};

/* Thunderbird sends the blanks of pasted code as no-break spaces. */
static char
first_char(const struct nd_lines *lines, size_t i)
{
	const char *text = nd_lines_text(lines, i);
	size_t len = lines->line[i].len;

	if (nd_mem_starts(text, len, "\xc2\xa0"))
		return ' ';
	return len ? *text : '\0';
}

static bool
is_text(const struct nd_lines *lines, size_t i)
{
	return i < lines->count && lines->line[i].kind <= ND_LINE_OWN;
}

/* Reads digits at text[*at]; false when there are none or too many. */
static bool
read_number(const char *text, size_t len, size_t *at, unsigned *number)
{
	size_t start = *at;

	*number = 0;
	while (*at < len && nd_is_digit(text[*at]) && *at - start < 8)
		*number = 10 * *number + (unsigned)(text[(*at)++] - '0');
	return *at > start;
}

/* One side of a hunk header: "-12,5" or "+12". */
static bool
read_range(const char *text, size_t len, size_t *at, char sign, unsigned *count)
{
	unsigned first;

	*count = 1;
	if (*at >= len || text[*at] != sign)
		return false;
	(*at)++;
	if (!read_number(text, len, at, &first))
		return false;
	if (*at >= len || text[*at] != ',')
		return true;
	(*at)++;
	return read_number(text, len, at, count);
}

/* "@@ -1,2 +3,4 @@ function" */
static bool
read_hunk_header(const struct nd_lines *lines, size_t i, struct hunk *hunk)
{
	const char *text;
	size_t at = 4, len;

	if (!nd_lines_starts(lines, i, "@@ -"))
		return false;
	text = nd_lines_text(lines, i);
	len = lines->line[i].len;
	at = strlen("@@ ");
	if (!read_range(text, len, &at, '-', &hunk->old) || at >= len ||
	    text[at++] != ' ' || !read_range(text, len, &at, '+', &hunk->new))
		return false;
	hunk->damaged = false;
	return nd_mem_starts(text + at, len - at, " @@");
}

static bool
is_file_pair(const struct nd_lines *lines, size_t i)
{
	return nd_lines_starts(lines, i, "--- ") &&
	       nd_lines_starts(lines, i + 1, "+++ ");
}

static bool
is_diff_command(const struct nd_lines *lines, size_t i)
{
	return nd_lines_starts(lines, i, "diff --git ") ||
	       nd_lines_starts(lines, i, "diff --cc ") ||
	       nd_lines_starts(lines, i, "diff --combined ") ||
	       nd_lines_starts(lines, i, "diff -u") ||
	       nd_lines_starts(lines, i, "diff -r") ||
	       nd_lines_starts(lines, i, "diff -N") ||
	       nd_lines_starts(lines, i, "diff -p") ||
	       (nd_lines_starts(lines, i, "Index: ") &&
	        nd_lines_starts(lines, i + 1, "====="));
}

static bool
is_diff_start(const struct nd_lines *lines, size_t i)
{
	struct hunk hunk;

	if (!is_text(lines, i) || !strchr("@-dI", first_char(lines, i)))
		return false;
	return is_diff_command(lines, i) || is_file_pair(lines, i) ||
	       read_hunk_header(lines, i, &hunk);
}

/* What git writes between "diff --git" and the first hunk. */
static bool
is_extended_header(const struct nd_lines *lines, size_t i)
{
	static const char *const starts[] = {
		"index ",       "new file mode ", "deleted file mode ",
		"old mode ",    "new mode ",      "similarity index ",
		"rename from ", "rename to ",     "copy from ",
		"copy to ",     "dissimilarity ", "Binary files ",
		"=====",        "Only in ",       "RCS file:",
		"retrieving ",
	};

	for (size_t k = 0; k < sizeof starts / sizeof *starts; k++)
		if (nd_lines_starts(lines, i, starts[k]))
			return true;
	return false;
}

/* Could line i stand in a hunk? Blank lines lost their one blank on the way. */
static bool
is_hunk_line(const struct nd_lines *lines, size_t i)
{
	if (!is_text(lines, i))
		return false;
	return strchr("+- \t\\", first_char(lines, i)) != NULL;
}

/* Is a line that does not fit into a hunk the wrapped rest of the one above? */
static bool
diff_goes_on(const struct nd_lines *lines, size_t i)
{
	struct hunk hunk;

	i = nd_lines_skip_blank(lines, i);
	return is_text(lines, i) &&
	       (is_hunk_line(lines, i) || is_diff_command(lines, i) ||
	        read_hunk_header(lines, i, &hunk));
}

bool
nd_diff_is_version(const struct nd_lines *lines, size_t i)
{
	const char *text;
	size_t at = 0, len;
	unsigned major, minor;

	if (!nd_lines_starts(lines, i, "--") || lines->line[i].len > 3 ||
	    i + 1 >= lines->count || lines->line[i + 1].kind != ND_LINE_OWN)
		return false;
	text = nd_lines_text(lines, i + 1);
	len = lines->line[i + 1].len;
	if (!read_number(text, len, &at, &major) || at >= len ||
	    text[at++] != '.' || !read_number(text, len, &at, &minor))
		return false;
	while (at < len && text[at] != ' ')
		at++;
	return at == len || nd_mem_starts(text + at, len - at, " (");
}

static void
take(unsigned *left, unsigned *count)
{
	if (*left > 0)
		(*left)--;
	if (count)
		(*count)++;
}

/* Account for one line of a hunk; false when it cannot be one. */
static bool
take_hunk_line(const struct nd_lines *lines, size_t i, struct hunk *hunk,
               struct nd_body *body)
{
	switch (first_char(lines, i)) {
	case '+':
		take(&hunk->new, body ? &body->insertions : NULL);
		return true;
	case '-':
		if (nd_diff_is_version(lines, i))
			return false;
		take(&hunk->old, body ? &body->deletions : NULL);
		return true;
	case '\0':
		if (is_text(lines, i + 1) && !is_hunk_line(lines, i + 1) &&
		    !diff_goes_on(lines, i + 2))
			return false;
		/* fall through */
	case ' ':
	case '\t':
		take(&hunk->old, NULL);
		take(&hunk->new, NULL);
		return true;
	case '\\':
		return true;
	default:
		hunk->damaged = true;
		return diff_goes_on(lines, i + 1);
	}
}

/* Would the line above be too long with the first word of this one? */
static bool
was_wrapped(const struct nd_lines *lines, size_t i)
{
	const char *text = nd_lines_text(lines, i);
	size_t len = lines->line[i].len, word = 0;

	/* The footer of a list may follow at once. */
	if (*text == '_' && len > 1 && text[1] == '_' && text[len - 1] == '_')
		return false;
	while (word < len && text[word] != ' ')
		word++;
	return lines->line[i - 1].len > WRAP_COLUMNS / 2 &&
	       lines->line[i - 1].len + word >= WRAP_COLUMNS;
}

/* Lines that stand right below a full hunk and can only be part of it. */
static bool
is_left_over(const struct nd_lines *lines, size_t i, const struct hunk *hunk)
{
	char c;

	if (!is_text(lines, i) || lines->line[i].kind == ND_LINE_BLANK ||
	    is_diff_start(lines, i) || nd_diff_is_version(lines, i))
		return false;
	c = first_char(lines, i);
	if (c == '\\')
		return true;
	if (c == '+' || c == '-')
		return lines->line[i].len > 1 &&
		       !strchr("- ", nd_lines_text(lines, i)[1]);
	if (c == ' ' || c == '\t')
		return hunk->damaged;
	return was_wrapped(lines, i);
}

static size_t
hunk_end(const struct nd_lines *lines, size_t i, struct hunk *hunk,
         struct nd_body *body)
{
	struct hunk next;

	while ((hunk->old > 0 || hunk->new > 0) && is_text(lines, i) &&
	       !read_hunk_header(lines, i, &next) &&
	       !is_diff_command(lines, i) &&
	       take_hunk_line(lines, i, hunk, body))
		i++;
	while (is_left_over(lines, i, hunk)) {
		take_hunk_line(lines, i, hunk, body);
		i++;
	}
	return i;
}

/* "@@@ -1,2 -3,4 +5,6 @@@": lines begin with two signs and are not counted. */
static size_t
combined_hunk_end(const struct nd_lines *lines, size_t i)
{
	for (i++; is_hunk_line(lines, i) && !nd_diff_is_version(lines, i); i++)
		if (lines->line[i].kind == ND_LINE_BLANK &&
		    !is_hunk_line(lines, i + 1))
			break;
	return i;
}

/* base85 lines in two blocks, each ended by a blank line. */
static size_t
binary_end(const struct nd_lines *lines, size_t i)
{
	for (i++; is_text(lines, i); i++) {
		const char *text = nd_lines_text(lines, i);
		size_t len = lines->line[i].len;

		if (len > 0 && memchr(text, ' ', len) &&
		    !nd_lines_starts(lines, i, "literal ") &&
		    !nd_lines_starts(lines, i, "delta "))
			break;
		if (is_diff_start(lines, i))
			break;
	}
	return i;
}

static void
add_file(struct nd_body *body, const char *path, size_t len)
{
	const char *tab = memchr(path, '\t', len);

	if (tab)
		len = (size_t)(tab - path);
	nd_mem_trim(&path, &len);
	if (len > 1 && *path == '"' && path[len - 1] == '"') {
		path++;
		len -= 2;
	}
	if (len > 2 && path[1] == '/' && (*path == 'a' || *path == 'b')) {
		path += 2;
		len -= 2;
	}
	if (len == 0)
		return;
	/* "diff --git" has named it already when "+++" does */
	if (body->diff_file_count > 0) {
		const char *last = body->diff_file[body->diff_file_count - 1];

		if (strlen(last) == len && memcmp(last, path, len) == 0)
			return;
	}
	*x_append(body, body->diff_file, body->diff_file_count) =
		x_strndup(body, path, len);
}

/* "diff --git a/old b/new": the name when no "+++ b/new" follows. */
static void
add_git_file(const struct nd_lines *lines, size_t i, struct nd_body *body)
{
	const char *text = nd_lines_text(lines, i);
	size_t len = lines->line[i].len;

	if (!nd_lines_starts(lines, i, "diff --git "))
		return;
	for (size_t at = len; at > strlen("diff --git "); at--) {
		if (nd_mem_starts(text + at, len - at, " b/") ||
		    nd_mem_starts(text + at, len - at, " \"b/")) {
			add_file(body, text + at, len - at);
			return;
		}
	}
}

static void
add_pair_file(const struct nd_lines *lines, size_t i, struct nd_body *body)
{
	/* A deleted file has no new name. */
	size_t from =
		nd_lines_starts(lines, i + 1, "+++ /dev/null") ? i : i + 1;

	add_file(body, nd_lines_text(lines, from) + 4,
	         lines->line[from].len - 4);
}

/* The rest of a file name that a mailer has wrapped. */
static bool
is_wrapped_name(const struct nd_lines *lines, size_t i)
{
	struct hunk hunk;

	return i > 0 && is_text(lines, i) &&
	       (is_diff_command(lines, i - 1) ||
	        nd_lines_starts(lines, i - 1, "+++ ")) &&
	       (is_extended_header(lines, i + 1) ||
	        is_file_pair(lines, i + 1) ||
	        read_hunk_header(lines, i + 1, &hunk));
}

/* One step through a diff; i when the diff ends here. */
static size_t
diff_step(const struct nd_lines *lines, size_t i, struct nd_body *body)
{
	struct hunk hunk;
	size_t next;

	if (read_hunk_header(lines, i, &hunk))
		return hunk_end(lines, i + 1, &hunk, body);
	if (nd_lines_starts(lines, i, "@@@ "))
		return combined_hunk_end(lines, i);
	if (nd_lines_starts(lines, i, "GIT binary patch"))
		return binary_end(lines, i);
	if (is_file_pair(lines, i)) {
		if (body)
			add_pair_file(lines, i, body);
		return i + 2;
	}
	if (is_diff_command(lines, i)) {
		if (body)
			add_git_file(lines, i, body);
		return i + 1;
	}
	if (is_extended_header(lines, i))
		return i + 1;
	next = nd_lines_skip_blank(lines, i);
	if (next > i)
		return is_diff_start(lines, next) ? next : i;
	return is_wrapped_name(lines, i) ? i + 1 : i;
}

size_t
nd_diff_end(const struct nd_lines *lines, size_t i, struct nd_body *body)
{
	size_t next;

	if (!is_diff_start(lines, i))
		return i;
	for (; i < lines->count; i = next) {
		next = diff_step(lines, i, body);
		if (next == i)
			break;
	}
	return i;
}
