/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "clients/quote.h"

#include <string.h>

#include "util/alloc.h"

bool
nd_quote_can(const char *word)
{
	for (; *word; word++)
		if ((unsigned char)*word < ' ' || *word == 0x7f)
			return false;
	return true;
}

/* In single quotes, with another way to write one. */
static void
quote_single(struct nd_buf *out, const char *word, const char *apostrophe)
{
	nd_buf_addc(out, '\'');
	for (; *word; word++)
		nd_buf_adds(out,
		            *word == '\'' ? apostrophe : (char[]){*word, '\0'});
	nd_buf_addc(out, '\'');
}

void
nd_quote_shell(struct nd_buf *out, const char *word)
{
	quote_single(out, word, "'\\''");
}

static void
quote(struct nd_buf *out, const char *word, const char *special)
{
	nd_buf_addc(out, '"');
	for (; *word; word++) {
		if (strchr(special, *word))
			nd_buf_addc(out, '\\');
		nd_buf_addc(out, *word);
	}
	nd_buf_addc(out, '"');
}

void
nd_quote_mutt(struct nd_buf *out, const char *word)
{
	quote(out, word, "\\\"$`");
}

void
nd_quote_elisp(struct nd_buf *out, const char *word)
{
	quote(out, word, "\\\"");
}

void
nd_quote_vim(struct nd_buf *out, const char *word)
{
	quote_single(out, word, "''");
}

void
nd_quote_systemd(struct nd_buf *out, const char *word)
{
	nd_buf_addc(out, '"');
	for (; *word; word++) {
		if (*word == '"' || *word == '\\')
			nd_buf_addc(out, '\\');
		if (*word == '%')
			nd_buf_addc(out, '%');
		nd_buf_addc(out, *word);
	}
	nd_buf_addc(out, '"');
}

void
nd_quote_cron(struct nd_buf *out, const char *word)
{
	struct nd_buf *quoted = nd_buf_new(NULL, out->limit_bytes);

	nd_quote_shell(quoted, word);
	for (const char *at = quoted->data; *at; at++) {
		if (*at == '%')
			nd_buf_addc(out, '\\');
		nd_buf_addc(out, *at);
	}
	talloc_free(quoted);
}
