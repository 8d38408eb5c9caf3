/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "robot/reportform.h"

#include <string.h>

#include "robot/resultline.h"
#include "robot/resultlink.h"
#include "util/str.h"

enum {
	LINES_MIN = 4,    /* own lines that can have a form between them */
	LINES_READ = 120, /* logs are not looked through */
	KEY_BYTES = 40,
	KEY_WORDS = 4,
	SHORT_WORDS = 8, /* of a row; a sentence has more */
};

struct text {
	const char *at;
	size_t len;
};

static size_t
count_words(struct text text)
{
	size_t count = 0;

	for (size_t i = 0; i < text.len; i++)
		count += !nd_is_space(text.at[i]) &&
		         (i == 0 || nd_is_space(text.at[i - 1]));
	return count;
}

/* "Test-Status: FAILURE", "PW Link:https://…"; not "Note that: …" of prose */
static bool
is_pair(struct text text)
{
	const char *colon = memchr(text.at, ':', text.len);
	struct text key = {text.at, colon ? (size_t)(colon - text.at) : 0};

	return key.len > 0 && key.len <= KEY_BYTES &&
	       count_words(key) <= KEY_WORDS &&
	       count_words(text) <= KEY_WORDS + SHORT_WORDS;
}

/* Columns are parted by tabs or more than one space. */
static bool
is_row(struct text text)
{
	return strchr("|+=-*#[", *text.at) || memchr(text.at, '\t', text.len) ||
	       nd_mem_find(text.at, text.len, "   ");
}

static bool
has_form(struct text text)
{
	if (text.at[text.len - 1] == ':' || is_row(text) || is_pair(text))
		return true;
	if (count_words(text) > SHORT_WORDS)
		return false;
	return nd_mem_find(text.at, text.len, "://") ||
	       nd_resultline_read(text.at, text.len) != ND_RESULTLINE_NONE;
}

/* "I", "I'm", "my"; a question. Those who run a service say "we", too. */
static bool
is_of_person(struct text text, bool of_service)
{
	static const char *const words[] = {"I",  "my", "My",  "me",
	                                    "we", "We", "our", "Our"};
	size_t count = of_service ? 4 : sizeof words / sizeof *words;

	if (text.at[text.len - 1] == '?')
		return true;
	for (size_t i = 0; i < text.len; i++) {
		size_t start = i;

		while (i < text.len && nd_is_alpha(text.at[i]))
			i++;
		if (start > 0 && !nd_is_space(text.at[start - 1]))
			continue;
		/* "I think", "I'm"; not "( I )" of a drawing */
		if (i + 1 >= text.len || !strchr(" '", text.at[i]) ||
		    !nd_is_alpha(text.at[i + 1]))
			continue;
		for (size_t k = 0; k < count; k++)
			if (strlen(words[k]) == i - start &&
			    nd_mem_starts(text.at + start, i - start, words[k]))
				return true;
	}
	return false;
}

/* What the lines of a mail are. */
struct tally {
	size_t lines, formed, results;
	bool of_service; /* its subject has such a mark */
	bool person;
};

/* "Ada", "Ada Lovelace" below what she wrote. */
static bool
is_name(const struct nd_address *who, struct text text)
{
	size_t first = strcspn(who->name, " ");

	return who->name[first] &&
	       (text.len == first || text.len == strlen(who->name)) &&
	       nd_mem_equal_nocase(text.at, who->name, text.len);
}

static void
add_line(struct tally *tally, struct text text)
{
	if (tally->lines == LINES_READ)
		return;
	tally->lines++;
	tally->person |= is_of_person(text, tally->of_service);
	if (!has_form(text))
		return;
	tally->formed++;
	tally->results +=
		nd_resultline_read(text.at, text.len) != ND_RESULTLINE_NONE;
}

static struct tally
count_lines(const struct nd_message *message, bool of_service)
{
	const struct nd_body *body = message->body;
	struct tally tally = {.of_service = of_service};

	for (size_t i = 0; i < body->line_count && !tally.person; i++) {
		struct text text;

		text.at = nd_message_line(body, i, &text.len);
		nd_mem_trim(&text.at, &text.len);
		if (body->line[i].kind == ND_LINE_QUOTE ||
		    is_name(&message->sender, text))
			tally.person = true;
		else if (body->line[i].kind == ND_LINE_OWN && text.len > 0)
			add_line(&tally, text);
	}
	return tally;
}

/* "❌ FAIL: …", "|WARNING| pw123 …": a mark of a service, then its result. */
static bool
has_mark(const char *subject)
{
	return ((unsigned char)*subject == 0xe2 ||
	        (unsigned char)*subject == 0xf0 || *subject == '|') &&
	       nd_resultline_read(subject, strlen(subject)) !=
	               ND_RESULTLINE_NONE;
}

/* "Jenkins build became unstable: ring #12" */
static bool
has_result(const char *subject)
{
	return !nd_str_starts_nocase(subject, "re:") &&
	       nd_resultline_read(subject, strlen(subject)) !=
	               ND_RESULTLINE_NONE;
}

bool
nd_reportform_is(const struct nd_message *message)
{
	const struct nd_body *body = message->body;
	struct tally tally;
	size_t len;

	if (!body || body->flags & ND_BODY_DIFF)
		return false;
	if (has_mark(message->subject))
		return !count_lines(message, true).person;
	if (!nd_resultlink_find(body, &len))
		return false;
	tally = count_lines(message, false);
	if (tally.person || tally.lines == 0)
		return false;
	if (has_result(message->subject) && tally.formed == tally.lines)
		return true;
	return tally.lines >= LINES_MIN && tally.results > 0 &&
	       tally.formed * 3 >= tally.lines * 2;
}
