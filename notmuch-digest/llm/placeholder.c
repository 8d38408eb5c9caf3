/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "llm/placeholder.h"

#include <string.h>

#include "util/alloc.h"
#include "util/buf.h"
#include "util/str.h"

enum { TEXT_BYTES_MAX = 1 << 16, NAME_BYTES_MIN = 3, DIGITS_MAX = 6 };

/* The bytes of the {Pn} that text begins with; 0 when it is none. */
static size_t
ref_bytes(const char *text, long *person)
{
	size_t at = 2;

	if (!nd_str_starts(text, "{P"))
		return 0;
	*person = 0;
	while (at < 2 + DIGITS_MAX && nd_is_digit(text[at]))
		*person = 10 * *person + (text[at++] - '0');
	return at > 2 && text[at] == '}' ? at + 1 : 0;
}

bool
nd_llm_placeholder_next(const char *text, size_t *at, long *person)
{
	const char *brace = text + *at;

	while ((brace = strchr(brace, '{'))) {
		size_t len = ref_bytes(brace, person);

		if (len > 0) {
			*at = (size_t)(brace - text) + len;
			return true;
		}
		brace++;
	}
	return false;
}

static bool
is_word_byte(char c)
{
	return nd_is_identifier_byte(c) ||
	       ((unsigned char)c >= 0xc3 && (unsigned char)c <= 0xc9);
}

/* The bytes of the name, or of its only word, that text begins with. */
static size_t
name_bytes(const char *text, const char *name)
{
	size_t len = strlen(name);

	if (len >= NAME_BYTES_MIN && nd_str_starts(text, name) &&
	    !is_word_byte(text[len]))
		return len;
	return 0;
}

/* The person whose whole name stands here; -1 for nobody. */
static long
person_at(const struct nd_llm_context *context, const char *text, size_t *len)
{
	long best = -1;

	*len = 0;
	for (size_t i = 0; i < context->person_count; i++) {
		size_t size = name_bytes(text, context->person[i].name);

		if (size > *len) {
			*len = size;
			best = (long)i;
		}
	}
	return best;
}

const char *
nd_llm_placeholder_insert(const void *ctx, const struct nd_llm_context *context,
                          const char *text)
{
	struct nd_buf *out = nd_buf_new(ctx, TEXT_BYTES_MAX);
	char before = ' ';

	while (*text) {
		size_t len = 0;
		long person = -1;

		if (!is_word_byte(before))
			person = person_at(context, text, &len);
		if (person >= 0) {
			nd_buf_addf(out, "{P%ld}", person + 1);
		} else {
			len = 1;
			nd_buf_addc(out, *text);
		}
		before = text[len - 1];
		text += len;
	}
	return out->data;
}

const char *
nd_llm_placeholder_name(const void *ctx, const struct nd_llm_context *context,
                        const char *text)
{
	struct nd_buf *out = nd_buf_new(ctx, TEXT_BYTES_MAX);

	while (*text) {
		long person;
		size_t len = ref_bytes(text, &person);

		if (len == 0)
			nd_buf_addc(out, *text);
		else if (person >= 1 && (size_t)person <= context->person_count)
			nd_buf_adds(out, context->person[person - 1].name);
		else
			nd_buf_addc(out, '?');
		text += len ? len : 1;
	}
	return out->data;
}
