/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text/plainmark.h"

#include "util/buf.h"
#include "util/utf8.h"

/* The marks of other scripts and of typography that stand for plain ones. */
static const struct {
	int32_t code_point;
	char plain;
} plain_marks[] = {
	{0xa0, ' '},   {0x2002, ' '}, {0x2003, ' '}, {0x2004, ' '},
	{0x2005, ' '}, {0x2006, ' '}, {0x2007, ' '}, {0x2008, ' '},
	{0x2009, ' '}, {0x200a, ' '}, {0x202f, ' '}, {0x205f, ' '},
	{0x3000, ' '}, {0xff1a, ':'}, {0xfe55, ':'}, {0xa789, ':'},
	{0xff1c, '<'}, {0xff1e, '>'}, {0x2039, '<'}, {0x203a, '>'},
	{0x3008, '<'}, {0x3009, '>'}, {0x300a, '<'}, {0x300b, '>'},
	{0xff08, '('}, {0xff09, ')'}, {0xff3b, '['}, {0xff3d, ']'},
	{0x3010, '['}, {0x3011, ']'}, {0xff20, '@'}, {0xff0e, '.'},
	{0xff03, '#'}, {0xff0c, ','},
};

char
nd_plainmark_of(int32_t c, bool in_type)
{
	for (size_t i = 0; i < sizeof plain_marks / sizeof *plain_marks; i++)
		if (plain_marks[i].code_point == c)
			return plain_marks[i].plain;
	/* hyphens and dashes */
	if (in_type && ((c >= 0x2010 && c <= 0x2015) || c == 0x2212 ||
	                c == 0xfe58 || c == 0xfe63 || c == 0xff0d))
		return '-';
	return 0;
}

const char *
nd_plainmark_text(const void *ctx, const char *text, size_t *len)
{
	struct nd_buf *out;
	bool in_type = true;

	for (size_t i = 0;; i++)
		if (i == *len)
			return text;
		else if ((unsigned char)text[i] >= 0x80)
			break;
	out = nd_buf_new(ctx, *len);
	for (size_t at = 0; at < *len;) {
		size_t start = at;
		char plain =
			nd_plainmark_of(nd_utf8_next(text, *len, &at), in_type);

		if (plain)
			nd_buf_addc(out, plain);
		else
			nd_buf_add(out, text + start, at - start);
		in_type = in_type && out->data[out->len - 1] != ':';
	}
	*len = out->len;
	return out->data;
}
