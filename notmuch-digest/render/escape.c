/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/escape.h"

#include <stdbool.h>
#include <string.h>

#include "util/alloc.h"
#include "util/buf.h"
#include "util/str.h"
#include "util/utf8.h"

enum {
	URL_BYTES_MAX = 2083,  /* VTE takes no more */
	ENTITY_BYTES_MAX = 33, /* longest name of HTML's list: 31 letters */
	LIST_NUMBER_DIGITS = 9 /* CommonMark: no longer number starts a list */
};

/* All of RFC 3986, what is encoded already among it. */
#define URL_CHARACTERS "-._~:/?#[]@!$&'()*+,;=%"

char *
nd_escape_terminal(const void *ctx, const char *text)
{
	return nd_utf8_clean_line(ctx, text, strlen(text));
}

/* Percent-encoded, but for letters, digits and the characters of kept. */
static void
add_encoded(struct nd_buf *out, const char *text, size_t len, const char *kept)
{
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)text[i];

		if (c != '\0' && (nd_is_alpha(text[i]) ||
		                  nd_is_digit(text[i]) || strchr(kept, c)))
			nd_buf_addc(out, text[i]);
		else
			nd_buf_addf(out, "%%%02X", c);
	}
}

void
nd_escape_link(struct nd_buf *out, const char *url, size_t url_len,
               const char *text, size_t text_len)
{
	struct nd_buf *target = nd_buf_new(NULL, URL_BYTES_MAX);

	add_encoded(target, url, url_len, URL_CHARACTERS);
	if (!target->full)
		nd_buf_addf(out, "\033]8;;%s\033\\", target->data);
	nd_buf_add(out, text, text_len);
	if (!target->full)
		nd_buf_adds(out, "\033]8;;\033\\");
	talloc_free(target);
}

/* What ends text or a value, or begins a tag or a character reference. */
static const char *
html_reference(char c)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	case '\'':
		return "&#39;";
	default:
		return NULL;
	}
}

char *
nd_escape_html(const void *ctx, const char *text)
{
	enum { REFERENCE_BYTES_MAX = 6 };
	char *clean = nd_utf8_clean_line(NULL, text, strlen(text));
	struct nd_buf *out =
		nd_buf_new(clean, REFERENCE_BYTES_MAX * strlen(clean));
	char *escaped;

	for (const char *at = clean; *at; at++) {
		const char *reference = html_reference(*at);

		if (reference)
			nd_buf_adds(out, reference);
		else
			nd_buf_addc(out, *at);
	}
	escaped = x_strndup(ctx, out->data, out->len);
	talloc_free(clean);
	return escaped;
}

void
nd_escape_html_add(struct nd_buf *out, const char *text)
{
	char *escaped = nd_escape_html(NULL, text);

	nd_buf_adds(out, escaped);
	talloc_free(escaped);
}

char *
nd_escape_html_url(const void *ctx, const char *url)
{
	enum { ENCODED_BYTES = 3 };
	static const char *const schemes[] = {"https://", "http://", "mid:"};
	size_t i = 0, count = sizeof schemes / sizeof *schemes;
	struct nd_buf *out;
	char *escaped;

	while (i < count && !nd_str_starts_nocase(url, schemes[i]))
		i++;
	if (i == count)
		return NULL;
	out = nd_buf_new(NULL, ENCODED_BYTES * strlen(url));
	add_encoded(out, url, strlen(url), URL_CHARACTERS);
	escaped = nd_escape_html(ctx, out->data);
	talloc_free(out);
	return escaped;
}

static bool
ends_word(char c)
{
	return c == '\0' || c == ' ';
}

static bool
is_punctuation(char c)
{
	return c > ' ' && c < 0x7f && !nd_is_alnum(c);
}

/* "&lt;", "&#60;": would be read as the character it names. */
static bool
is_entity(const char *at)
{
	size_t len = 1;

	if (at[len] == '#')
		len++;
	while (len < ENTITY_BYTES_MAX && nd_is_alnum(at[len]))
		len++;
	return len > 1 && at[len] == ';';
}

/* The text starts with "12." or "3)": an ordered list. */
static bool
is_list_number(const char *text, const char *at)
{
	size_t digits = (size_t)(at - text);

	return digits > 0 && digits <= LIST_NUMBER_DIGITS &&
	       strspn(text, "0123456789") == digits && ends_word(at[1]);
}

/* "# title", and the closing "##" of a heading. */
static bool
is_heading_mark(const char *text, const char *at)
{
	if (at > text && at[-1] != ' ')
		return false;
	at += strspn(at, "#");
	return *at == '\0' || (*at == ' ' && *text == '#');
}

/* "- item", "---", "===": bullets, rules and underlines, at the start only. */
static bool
is_rule_or_bullet(const char *text, const char *at)
{
	return at == text && (ends_word(at[1]) || at[1] == at[0]);
}

/* "[ ] task": a check box. */
static bool
is_task(const char *text, const char *at)
{
	return at == text && at[1] != '\0' && at[2] == ']' && at[3] == ' ';
}

/*
 * A run of one mark, '*' or '_', as CommonMark sees it (section 6.2). What is
 * not ASCII beside it may be a letter or punctuation: then it may do both.
 */
struct run {
	bool opens, closes;
};

static struct run
look_at_run(const char *text, const char *at)
{
	char before = at > text ? at[-1] : ' ';
	char behind = at[strspn(at, *at == '*' ? "*" : "_")];
	bool left = !ends_word(behind) &&
	            (!is_punctuation(behind) || !nd_is_alnum(before));
	bool right = before != ' ' &&
	             (!is_punctuation(before) || !nd_is_alnum(behind));

	if ((unsigned char)before >= 0x80 || (unsigned char)behind >= 0x80)
		return (struct run){true, true};
	if (*at == '*')
		return (struct run){left, right};
	return (struct run){left && (!right || is_punctuation(before)),
	                    right && (!left || is_punctuation(behind))};
}

/* Emphasis needs a run that opens and a later one that closes. */
struct emphasis {
	const char *first_open, *last_close; /* NULL: there is none */
};

static struct emphasis
find_emphasis(const char *text, char mark)
{
	struct emphasis found = {0};

	for (const char *at = text; *at; at++) {
		struct run run;

		if (*at != mark || (at > text && at[-1] == mark))
			continue;
		run = look_at_run(text, at);
		if (run.opens && !found.first_open)
			found.first_open = at;
		if (run.closes)
			found.last_close = at;
	}
	return found;
}

static bool
is_emphasis(const char *text, const char *at, const struct emphasis *found)
{
	struct run run = look_at_run(text, at);

	return (run.opens && found->last_close > at) ||
	       (run.closes && found->first_open && found->first_open < at);
}

/* One line on its way out. */
struct line {
	const char *text;
	struct emphasis star, underscore;
};

static bool
needs_escape(const struct line *line, const char *at)
{
	const char *text = line->text;

	switch (*at) {
	case '`':
		return true;
	case '\\':
		return at[1] == '\0' || is_punctuation(at[1]);
	case '*':
		return is_rule_or_bullet(text, at) ||
		       is_emphasis(text, at, &line->star);
	case '_':
		return is_rule_or_bullet(text, at) ||
		       is_emphasis(text, at, &line->underscore);
	case '~': /* two of them strike out what is between */
		return strchr(at + 1, '~') || strchr(text, '~') < at;
	case '<':
		return at[1] == '\0' || at[1] == '/' || at[1] == '!' ||
		       at[1] == '?' || nd_is_alpha(at[1]);
	case '>':
		return at == text;
	case '[':
		return is_task(text, at);
	case ']': /* [text](link), [label]: link */
		return at[1] == '(' || at[1] == ':';
	case '&':
		return is_entity(at);
	case '#':
		return is_heading_mark(text, at);
	case '-':
	case '+':
	case '=':
		return is_rule_or_bullet(text, at);
	case '.':
	case ')':
		return is_list_number(text, at);
	default:
		return false;
	}
}

char *
nd_escape_markdown(const void *ctx, const char *text)
{
	char *clean = nd_utf8_clean_line(NULL, text, strlen(text));
	struct nd_buf *out = nd_buf_new(clean, 2 * strlen(clean));
	struct line line = {
		.text = clean,
		.star = find_emphasis(clean, '*'),
		.underscore = find_emphasis(clean, '_'),
	};
	bool active = false;
	char *escaped;

	for (const char *at = clean; *at; at++) {
		/* A run of marks is one: its first decides for all. */
		if ((*at != '*' && *at != '_') || at == clean || at[-1] != *at)
			active = needs_escape(&line, at);
		if (active)
			nd_buf_addc(out, '\\');
		nd_buf_addc(out, *at);
	}
	escaped = x_strndup(ctx, out->data, out->len);
	talloc_free(clean);
	return escaped;
}

/* CommonMark's e-mail autolinks, and a bit less. */
static bool
is_plain_address(const char *addr)
{
	const char *at = strchr(addr, '@');

	if (!at || at == addr || !nd_is_alnum(at[1]))
		return false;
	for (const char *c = addr; *c; c++) {
		if (nd_is_alnum(*c) || strchr(".-_", *c) || c == at)
			continue;
		if (c > at || !strchr("!#$%&'*+/=?^`{|}~", *c))
			return false;
	}
	for (const char *c = at + 1; *c; c++)
		if (*c == '_' || ((*c == '.' || *c == '-') &&
		                  !nd_is_alnum(c[1]) && c[1] != '-'))
			return false;
	return addr[strlen(addr) - 1] != '-';
}

char *
nd_escape_markdown_address(const void *ctx, const char *addr)
{
	char *escaped, *text;

	if (!*addr)
		return x_strdup(ctx, "");
	if (is_plain_address(addr))
		return x_asprintf(ctx, "<%s>", addr);
	escaped = nd_escape_markdown(NULL, addr);
	text = x_asprintf(ctx, "\\<%s>", escaped);
	talloc_free(escaped);
	return text;
}
