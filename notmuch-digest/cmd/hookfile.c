/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/hookfile.h"

#include <string.h>

#include "util/alloc.h"
#include "util/buf.h"
#include "util/str.h"

#define SHEBANG "#!/bin/sh\n"
#define BEGIN "# >>> notmuch-digest >>>\n"
/* The hook had no end of line at its end; the one before the block is ours. */
#define BEGIN_OWN_LINE "# >>> notmuch-digest, and the end of line above >>>\n"
#define END "# <<< notmuch-digest <<<\n"

enum { HOOK_BYTES = 1 << 20 };

static void
add_quoted(struct nd_buf *out, const char *word)
{
	nd_buf_addc(out, '\'');
	for (; *word; word++)
		nd_buf_adds(out,
		            *word == '\'' ? "'\\''" : (char[]){*word, '\0'});
	nd_buf_addc(out, '\'');
}

static void
add_block(struct nd_buf *out, const char *begin, const char *program)
{
	nd_buf_adds(out, begin);
	nd_buf_adds(out, "# 'notmuch-digest setup hook --remove' takes these "
	                 "lines out again.\n");
	add_quoted(out, program);
	nd_buf_adds(out, " update --hook </dev/null || :\n" END);
}

const char *
nd_hookfile_block(const void *ctx, const char *program)
{
	struct nd_buf *out = nd_buf_new(ctx, HOOK_BYTES);

	add_block(out, BEGIN, program);
	return out->data;
}

bool
nd_hookfile_is_shell(const char *text)
{
	size_t len = strcspn(text, "\n");
	const char *word = text + 2, *name;
	size_t word_len;

	if (!nd_str_starts(text, "#!"))
		return false;
	do {
		word += strspn(word, " \t");
		word_len = strcspn(word, " \t\r\n");
		name = word + word_len;
		while (name > word && name[-1] != '/')
			name--;
		word += word_len;
		/* "#!/usr/bin/env bash", "env -S sh -e" */
	} while (word < text + len &&
	         ((word - name == 3 && memcmp(name, "env", 3) == 0) ||
	          *name == '-'));
	return (word - name == 2 && memcmp(name, "sh", 2) == 0) ||
	       (word - name == 4 &&
	        (memcmp(name, "bash", 4) == 0 || memcmp(name, "dash", 4) == 0));
}

/* A marker counts only at the beginning of a line. */
static const char *
find_line(const char *text, const char *line)
{
	for (const char *at = text; (at = strstr(at, line)); at++)
		if (at == text || at[-1] == '\n')
			return at;
	return NULL;
}

/* The block as [*start, *end), with the end of line above it if that is ours. */
static bool
find_block(const char *text, const char **start, const char **end)
{
	const char *own = find_line(text, BEGIN_OWN_LINE);

	*start = own ? own : find_line(text, BEGIN);
	if (!*start)
		return false;
	*end = find_line(*start, END);
	if (!*end)
		return false;
	*end += strlen(END);
	if (own && own > text)
		*start = own - 1;
	return true;
}

bool
nd_hookfile_has_block(const char *text)
{
	const char *start, *end;

	return find_block(text, &start, &end);
}

const char *
nd_hookfile_install(const void *ctx, const char *text, const char *program)
{
	struct nd_buf *out = nd_buf_new(ctx, HOOK_BYTES);
	size_t len = strlen(text);
	const char *start, *end;

	if (find_block(text, &start, &end)) {
		bool own = *start == '\n';

		nd_buf_add(out, text, (size_t)(start - text) + own);
		add_block(out, own ? BEGIN_OWN_LINE : BEGIN, program);
		nd_buf_adds(out, end);
		return out->data;
	}
	nd_buf_adds(out, len > 0 ? text : SHEBANG);
	if (len > 0 && text[len - 1] != '\n') {
		nd_buf_addc(out, '\n');
		add_block(out, BEGIN_OWN_LINE, program);
	} else {
		add_block(out, BEGIN, program);
	}
	return out->data;
}

const char *
nd_hookfile_remove(const void *ctx, const char *text)
{
	const char *start, *end, *rest;

	if (!find_block(text, &start, &end))
		return x_strdup(ctx, text);
	rest = x_asprintf(ctx, "%.*s%s", (int)(start - text), text, end);
	/* A hook that was not there before us. */
	return strcmp(rest, SHEBANG) == 0 ? x_strdup(ctx, "") : rest;
}

/* "exec >log" only redirects; "exec program" does not come back. */
static bool
ends_hook(const char *line, size_t len)
{
	if (len >= 4 && memcmp(line, "exit", 4) == 0)
		return len == 4 || nd_is_space(line[4]) || line[4] == ';';
	if (len < 6 || memcmp(line, "exec", 4) != 0 || !nd_is_space(line[4]))
		return false;
	line += 5;
	line += strspn(line, " \t");
	return !nd_is_digit(*line) && *line != '>' && *line != '<' &&
	       *line != '&' && *line != '{';
}

unsigned
nd_hookfile_end_above(const char *text)
{
	const char *start, *end;
	unsigned number = 1;

	if (!find_block(text, &start, &end))
		return 0;
	for (const char *line = text; line < start; number++) {
		size_t len = strcspn(line, "\n");

		/* Indented, it stands in an if, a loop or a function. */
		if (ends_hook(line, len))
			return number;
		line += len + (line[len] == '\n');
	}
	return 0;
}
