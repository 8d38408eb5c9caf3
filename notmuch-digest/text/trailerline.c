/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text/trailerline.h"

#include <string.h>

#include "util/alloc.h"
#include "util/str.h"

enum {
	TYPE_BYTES = 40,    /* "Reported-and-bisected-and-tested-by" */
	WRAPPED_BYTES = 998 /* a trailer without its continuation line */
};

static bool
is_type_byte(char c)
{
	return nd_is_alpha(c) || c == '-';
}

/* "Reviewed", "Signed-off", "Root-caused", "Found": somebody did something. */
static bool
has_participle(const char *type, size_t len)
{
	static const char *const irregular[] = {
		"found", "caught", "seen", "built", "ack", "nack", "nak"};
	size_t start = 0;

	for (size_t at = 0; at <= len; at++) {
		const char *word = type + start;
		size_t word_len = at - start;

		if (at < len && type[at] != '-')
			continue;
		start = at + 1;
		if (word_len > 3 &&
		    nd_mem_equal_nocase(word + word_len - 2, "ed", 2))
			return true;
		for (size_t i = 0; i < sizeof irregular / sizeof *irregular;
		     i++)
			if (strlen(irregular[i]) == word_len &&
			    nd_mem_equal_nocase(word, irregular[i], word_len))
				return true;
	}
	return false;
}

/* Bytes of "Reviewed-by" at the start of the line; 0: it is not a trailer. */
static size_t
type_len(const char *line, size_t len)
{
	size_t end = 0, colon;

	while (end < len && end <= TYPE_BYTES && is_type_byte(line[end]))
		end++;
	colon = end;
	while (colon < len && line[colon] == ' ') /* "Reviewed-by : …" */
		colon++;
	if (colon == len || line[colon] != ':' || end < 6 || end > TYPE_BYTES ||
	    !nd_mem_equal_nocase(line + end - 3, "-by", 3) ||
	    !has_participle(line, end - 3))
		return 0;
	return end;
}

/* "reviewed-By" is Reviewed-by. */
static char *
normal_type(const void *ctx, const char *line, size_t len)
{
	char *type = nd_str_lower(x_strndup(ctx, line, len));

	if (type[0] >= 'a' && type[0] <= 'z')
		type[0] = (char)(type[0] - 'a' + 'A');
	return type;
}

static bool
is_local_byte(char c)
{
	return (unsigned char)c >= 0x80 || nd_is_alnum(c) ||
	       (c && strchr(".!#$%&'*+-/=?^_`{|}~", c));
}

static bool
is_domain_byte(char c)
{
	return (unsigned char)c >= 0x80 || nd_is_alnum(c) || c == '-' ||
	       c == '.' || c == '_';
}

static struct nd_address
clean_address(const void *ctx, const char *name, size_t name_len,
              const char *addr, size_t addr_len)
{
	struct nd_address who;

	nd_mem_trim(&name, &name_len);
	if (name_len >= 2 && name[0] == '"' && name[name_len - 1] == '"') {
		name++;
		name_len -= 2;
	}
	who.name = x_strndup(ctx, name, name_len);
	who.addr = x_strndup(ctx, addr, addr_len);
	return who;
}

/*
 * "Name <addr>" with anything behind it; also what people make of that:
 * "Name<addr>", "<addr >", "addr", "Name <addr" and "<addr<mailto:addr>>".
 */
static bool
parse_person(const void *ctx, const char *text, size_t len,
             struct nd_address *who)
{
	const char *sign = memchr(text, '@', len);
	const char *angle;
	size_t start, end;

	if (!sign)
		return false;
	start = end = (size_t)(sign - text);
	while (start > 0 && is_local_byte(text[start - 1]))
		start--;
	end++;
	while (end < len && is_domain_byte(text[end]))
		end++;
	while (text[end - 1] == '.' || text[end - 1] == '-')
		end--;
	if (text + start == sign || text + end <= sign + 1)
		return false;
	angle = memchr(text, '<', start);
	*who = clean_address(ctx, text, angle ? (size_t)(angle - text) : start,
	                     text + start, end - start);
	return true;
}

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
	return memchr(line, '>', len) && (open || memchr(line, '<', len));
}

bool
nd_trailerline_parse(const void *ctx, const char *line, size_t len,
                     const char *next, size_t next_len,
                     struct nd_trailer *trailer)
{
	size_t type = type_len(line, len);
	const char *text;
	char *joined = NULL;
	bool open, found;

	if (type == 0 || len > WRAPPED_BYTES)
		return false;
	text = memchr(line, ':', len);
	len -= (size_t)(text + 1 - line);
	text++;
	open = memchr(text, '<', len);
	if (next && !memchr(text, '>', len) &&
	    (open || !memchr(text, '@', len)) && next_len <= WRAPPED_BYTES &&
	    is_continuation(next, next_len, open)) {
		nd_mem_trim(&next, &next_len);
		joined = x_asprintf(NULL, "%.*s%s%.*s", (int)len, text,
		                    open ? "" : " ", (int)next_len, next);
		text = joined;
		len = strlen(joined);
	}
	found = parse_person(ctx, text, len, &trailer->who);
	if (found)
		trailer->type = normal_type(ctx, line, type);
	talloc_free(joined);
	return found;
}

/* "please drop my Reviewed-by: …" */
static bool
takes_back(const char *text, size_t len)
{
	static const char *const words[] = {"drop",   "remove",  "not ",
	                                    "n't ",   "without", "withdraw",
	                                    "retract"};

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (nd_mem_find_nocase(text, len, words[i]))
			return true;
	return false;
}

size_t
nd_trailerline_start(const char *line, size_t len)
{
	const char *by;
	size_t start = 0;

	while (start < len && strchr(" \t|", line[start]))
		start++;
	if (start > 0 || type_len(line, len) > 0)
		return start;
	by = nd_mem_find_nocase(line, len, "-by:");
	start = by ? (size_t)(by - line) : 0;
	while (start > 0 && is_type_byte(line[start - 1]))
		start--;
	return takes_back(line, start) ? 0 : start;
}
