/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text/trailerline.h"

#include <string.h>

#include "model/address.h"
#include "text/plainmark.h"
#include "text/trailerscope.h"
#include "util/alloc.h"
#include "util/buf.h"
#include "util/str.h"
#include "util/typo.h"
#include "util/utf8.h"

enum {
	TYPE_BYTES = 40,     /* "Reported-and-bisected-and-tested-by" */
	WRAPPED_BYTES = 998, /* a trailer without its continuation line */
	MISSPELT_BYTES = 8,  /* shorter words look like too many others */
};

/* ---- the type ------------------------------------------------------------ */

static bool
is_type_byte(char c)
{
	return nd_is_alpha(c) || c == '-';
}

static bool
is_markup(char c)
{
	return c == '*' || c == '_' || c == '`';
}

/* Types as they are meant, and short forms and refusals as people put them. */
static const struct {
	const char *written, *meant;
} words[] = {
	{"ack", "acked"},       {"aked", "acked"},   {"nack", "nacked"},
	{"nak", "nacked"},      {"naked", "nacked"}, {"nacced", "nacked"},
	{"review", "reviewed"}, {"test", "tested"},
};

/* What a participle may be meant to be that is none. */
static const char *const known[] = {"reviewed",  "reported",  "suggested",
                                    "requested", "developed", "bisected",
                                    "submitted", "diagnosed", NULL};

static const char *const irregular[] = {"found", "caught", "seen", "built"};

/* What is meant by a word of a type: "reviwed" is reviewed; NULL: nothing that
 * anybody does. Owned by ctx, in lower case. */
static const char *
meaning(const void *ctx, const char *word, size_t len)
{
	char *lower = nd_str_lower(x_strndup(ctx, word, len));

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strcmp(words[i].written, lower) == 0)
			return words[i].meant;
	for (size_t i = 0; i < sizeof irregular / sizeof *irregular; i++)
		if (strcmp(irregular[i], lower) == 0)
			return lower;
	if (len + 1 >= MISSPELT_BYTES)
		for (size_t i = 0; known[i]; i++)
			if (nd_typo_distance(lower, known[i]) == 1)
				return known[i];
	return len > 3 && nd_str_ends_nocase(lower, "ed") ? lower : NULL;
}

/* The type with its words as they are meant; NULL: nobody did anything. */
static char *
normal_type(const void *ctx, const char *line, size_t len)
{
	struct nd_buf *type = nd_buf_new(ctx, TYPE_BYTES * 2);
	bool done = false;
	size_t start = 0;

	for (size_t at = 0; at <= len; at++) {
		const char *meant;

		if (at < len && line[at] != '-' && line[at] != ' ')
			continue;
		meant = meaning(ctx, line + start, at - start);
		done = done || meant;
		nd_buf_addf(type, "%s%s", start > 0 ? "-" : "",
		            meant ? meant
		                  : nd_str_lower(x_strndup(ctx, line + start,
		                                           at - start)));
		start = at + 1;
	}
	if (!done || !*type->data || *type->data == '-')
		return NULL;
	if (strcmp(type->data, "not-acked-by") == 0) {
		nd_buf_cut(type, 0);
		nd_buf_adds(type, "nacked-by");
	}
	if (type->data[0] >= 'a')
		type->data[0] = (char)(type->data[0] - 'a' + 'A');
	return type->data;
}

/* Bytes of "Reviewed-by" at the start of the line; 0: it is not a trailer. */
static size_t
type_len(const char *line, size_t len, size_t *colon)
{
	/* Without the dash these are no prose, either. */
	static const char *const bare[] = {
		"reviewed by", "acked by",  "tested by",     "signed off by",
		"reported by", "nacked by", "signed-off by", "suggested by"};
	size_t end = 0;

	while (end < len && end <= TYPE_BYTES && is_type_byte(line[end]))
		end++;
	for (size_t i = 0; i < sizeof bare / sizeof *bare; i++)
		if (nd_mem_starts_nocase(line, len, bare[i]))
			end = strlen(bare[i]);
	*colon = end;
	while (*colon < len && (line[*colon] == ' ' || is_markup(line[*colon])))
		++*colon; /* "Reviewed-by : …", "*Reviewed-by*:" */
	if (*colon == len || line[*colon] != ':' || end < 6 ||
	    end > TYPE_BYTES || !nd_mem_equal_nocase(line + end - 2, "by", 2) ||
	    !strchr("- ", line[end - 3]))
		return 0;
	return end;
}

static bool
has_type(const char *line, size_t len)
{
	void *tmp = talloc_new(NULL);
	size_t colon;
	bool has;

	line = nd_plainmark_text(tmp, line, &len);
	has = type_len(line, len, &colon) > 0;
	talloc_free(tmp);
	return has;
}

/* ---- the line ------------------------------------------------------------ */

/* The rest of a wrapped trailer: closes the address, is not a trailer
 * itself. */
static bool
is_continuation(const char *line, size_t len, bool open)
{
	size_t at = 0;

	nd_mem_trim(&line, &len);
	while (at < len && is_type_byte(line[at]))
		at++;
	if (at < len && at > 0 && line[at] == ':')
		return false;
	return memchr(line, '>', len)
	               ? open || memchr(line, '<', len)
	               : memchr(line, ']', len) &&
	                         (open || memchr(line, '[', len));
}

static const char *
find_open(const char *text, size_t len)
{
	const char *at = memchr(text, '<', len);

	return at ? at : memchr(text, '[', len);
}

static bool
is_wrapped(const char *text, size_t len, const char *next, size_t next_len)
{
	bool open = find_open(text, len);

	if (!next || next_len > WRAPPED_BYTES || memchr(text, '>', len) ||
	    memchr(text, ']', len) || (!open && memchr(text, '@', len)))
		return false;
	return is_continuation(next, next_len, open);
}

bool
nd_trailerline_parse(const void *ctx, const char *line, size_t len,
                     const char *next, size_t next_len,
                     struct nd_trailer *trailer)
{
	void *tmp;
	size_t type, colon, end;
	const char *text;
	char *name;

	if (len > WRAPPED_BYTES)
		return false;
	tmp = talloc_new(NULL);
	line = nd_plainmark_text(tmp, line, &len);
	type = type_len(line, len, &colon);
	name = type > 0 ? normal_type(tmp, line, type) : NULL;
	if (!name) {
		talloc_free(tmp);
		return false;
	}
	text = line + colon + 1;
	len -= colon + 1;
	if (next)
		next = nd_plainmark_text(tmp, next, &next_len);
	if (is_wrapped(text, len, next, next_len)) {
		nd_mem_trim(&next, &next_len);
		text = x_asprintf(tmp, "%.*s%s%.*s", (int)len, text,
		                  find_open(text, len) ? "" : " ",
		                  (int)next_len, next);
		len = strlen(text);
	}
	end = nd_address_read(ctx, text, len, &trailer->who);
	if (end > 0) {
		trailer->type = x_strdup(ctx, name);
		nd_trailerscope_remark(ctx, text + end, len - end, trailer);
	}
	talloc_free(tmp);
	return end > 0;
}

/* "please drop my Reviewed-by: …" */
static bool
takes_back(const char *text, size_t len)
{
	static const char *const refusals[] = {"drop",   "remove",  "not ",
	                                       "n't ",   "without", "withdraw",
	                                       "retract"};

	for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++)
		if (nd_mem_find_nocase(text, len, refusals[i]))
			return true;
	return false;
}

size_t
nd_trailerline_start(const char *line, size_t len)
{
	const char *by;
	size_t start = 0, blank;

	while (start < len &&
	       (strchr(" \t|", line[start]) || is_markup(line[start])))
		start++;
	/* no-break spaces */
	while (start < len && (unsigned char)line[start] >= 0x80) {
		size_t next = start;

		if (nd_plainmark_of(nd_utf8_next(line, len, &next), false) !=
		    ' ')
			break;
		start = next;
	}
	blank = start;
	if (blank > 0 || has_type(line, len))
		return blank;
	by = nd_mem_find_nocase(line, len, "-by:");
	start = by ? (size_t)(by - line) : 0;
	while (start > 0 && is_type_byte(line[start - 1]))
		start--;
	return takes_back(line, start) ? 0 : start;
}
