/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "conversation/formletter.h"

#include <string.h>

#include "util/str.h"

enum {
	COMMIT_WITHIN = 3,   /* lines from the title of a patch to its commit */
	PROSE_WORDS = 8,     /* of a paragraph; "Thanks, Jo" has less */
	PARAGRAPHS_LEAST = 2 /* of prose */
};

/* An own line; false when it is another. */
static bool
own_line(const struct nd_body *body, size_t i, const char **text, size_t *len)
{
	*text = body->text + body->line[i].start;
	*len = body->line[i].len;
	return body->line[i].kind == ND_LINE_OWN;
}

/* Does it name a patch by its number? "2/3" */
static bool
has_number(const char *text, size_t len)
{
	for (size_t i = 1; i + 1 < len; i++)
		if (text[i] == '/' && nd_is_digit(text[i - 1]) &&
		    nd_is_digit(text[i + 1]))
			return true;
	return false;
}

/* "[2/3] foo: b", "- [net-next,2/3] foo: b" */
static bool
is_patch(const char *text, size_t len)
{
	const char *close;

	nd_mem_trim(&text, &len);
	if (nd_mem_starts(text, len, "- ")) {
		text += 2;
		len -= 2;
	}
	close = len > 0 && *text == '[' ? memchr(text, ']', len) : NULL;
	return close && has_number(text, (size_t)(close - text));
}

/* "      commit: 3bf0a93dcc92", "      https://git.example.org/c/3bf0a93" */
static bool
is_commit(const char *text, size_t len)
{
	const char *begin = text;

	nd_mem_trim(&text, &len);
	return text > begin && (nd_mem_starts_nocase(text, len, "commit: ") ||
	                        nd_mem_starts_nocase(text, len, "http"));
}

/* The first line below a list of patches and their commits; 0: none is there. */
static size_t
end_of_list(const struct nd_body *body)
{
	size_t end = 0, until = 0, len;
	const char *text;

	for (size_t i = 0; i < body->line_count; i++) {
		if (!own_line(body, i, &text, &len))
			continue;
		if (is_patch(text, len))
			until = i + COMMIT_WITHIN;
		else if (i <= until && is_commit(text, len))
			end = i + 1;
	}
	return end;
}

static size_t
count_words(const char *text, size_t len)
{
	size_t words = 0;

	for (size_t i = 0; i < len; i++)
		words += !nd_is_space(text[i]) &&
		         (i == 0 || nd_is_space(text[i - 1]));
	return words;
}

/* Is what stands from a line on a template, and of these patches nothing? */
static bool
is_template(const struct nd_body *body, size_t first)
{
	size_t paragraphs = 0, words = 0, len;
	const char *text;

	for (size_t i = first; i < body->line_count; i++) {
		if (!own_line(body, i, &text, &len)) {
			words = 0;
			continue;
		}
		if (memchr(text, '?', len) || has_number(text, len))
			return false;
		paragraphs += words < PROSE_WORDS &&
		              words + count_words(text, len) >= PROSE_WORDS;
		words += count_words(text, len);
	}
	return paragraphs >= PARAGRAPHS_LEAST;
}

static void
mark(struct nd_body *body, size_t first, size_t end)
{
	const char *text;
	size_t len;

	for (size_t i = first; i < end; i++)
		if (own_line(body, i, &text, &len)) {
			body->line[i].kind = ND_LINE_SIGNATURE;
			body->own_bytes -= len;
		}
}

/* "tree:   https://…" above "branch: foo", where the list begins; 0: is not there */
static size_t
begin_of_list(const struct nd_body *body)
{
	const char *text;
	size_t len;

	for (size_t i = 0; i + 1 < body->line_count; i++)
		if (own_line(body, i, &text, &len) &&
		    nd_mem_starts(text, len, "tree: ") &&
		    own_line(body, i + 1, &text, &len) &&
		    nd_mem_starts(text, len, "branch: "))
			return i;
	return 0;
}

static bool
ends_sentence(const char *text, size_t len)
{
	nd_mem_trim(&text, &len);
	return len > 0 && text[len - 1] == '.';
}

/* The first line behind the sentence that says that they are applied. */
static size_t
behind_claim(const struct nd_body *body, size_t end)
{
	const char *text;
	size_t len, i = 0;

	while (i < end && !(own_line(body, i, &text, &len) &&
	                    nd_mem_starts(text, len, "Applied to ")))
		i++;
	while (i < end && own_line(body, i, &text, &len)) {
		i++;
		if (ends_sentence(text, len))
			break;
	}
	return i;
}

void
nd_formletter_mark(struct nd_message *mail)
{
	struct nd_body *body = mail->body;
	size_t first = body ? end_of_list(body) : 0, begin;

	if (first == 0)
		return;
	begin = begin_of_list(body);
	mark(body, behind_claim(body, begin), begin);
	if (is_template(body, first))
		mark(body, first, body->line_count);
}
