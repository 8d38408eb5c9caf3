/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "clients/hookfile.h"

#include <string.h>

#include "clients/quote.h"
#include "util/alloc.h"
#include "util/buf.h"
#include "util/str.h"

#define SHEBANG "#!/bin/sh\n"

const struct nd_block_style nd_hookfile_style = {"#", ND_BLOCK_BACKSLASH};

/* Who removes the program leaves hooks behind: these do nothing, and say so to
 * nobody. */
static const char *
lines_of(const void *ctx, const char *program)
{
	struct nd_buf *out = nd_buf_new(ctx, ND_BLOCK_FILE_BYTES);

	nd_buf_adds(out, "# 'notmuch-digest setup hook --remove' takes these "
	                 "lines out again.\n"
	                 "if command -v ");
	nd_quote_shell(out, program);
	nd_buf_adds(out, " >/dev/null 2>&1; then\n\t");
	nd_quote_shell(out, program);
	nd_buf_adds(out, " update --hook </dev/null || :\nfi\n");
	return nd_buf_finish(ctx, out);
}

const char *
nd_hookfile_block(const void *ctx, const char *program)
{
	const char *lines = lines_of(NULL, program);
	const char *block = nd_block_make(ctx, &nd_hookfile_style,
	                                  &(struct nd_block_mark){0}, lines);

	talloc_free((void *)lines);
	return block;
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

bool
nd_hookfile_has_block(const char *text)
{
	const char *start, *end;

	return nd_block_find(&nd_hookfile_style, text, &start, &end, NULL);
}

const char *
nd_hookfile_install(const void *ctx, const char *text, const char *program,
                    unsigned dirs)
{
	struct nd_block_mark mark = {.file = !*text, .dirs = dirs};
	const char *lines = lines_of(NULL, program);
	const char *with;

	if (nd_hookfile_has_block(text)) {
		with = nd_block_replace(ctx, &nd_hookfile_style, text, lines);
	} else {
		if (!*text)
			text = SHEBANG;
		with = nd_block_insert(ctx, &nd_hookfile_style, text,
		                       strlen(text), mark, lines);
	}
	talloc_free((void *)lines);
	return with;
}

const char *
nd_hookfile_remove(const void *ctx, const char *text,
                   struct nd_block_mark *mark)
{
	struct nd_block_mark ours;
	const char *rest =
		nd_block_remove(ctx, &nd_hookfile_style, text, &ours);

	if (mark)
		*mark = ours;
	return ours.file && strcmp(rest, SHEBANG) == 0 ? x_strdup(ctx, "")
	                                               : rest;
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

	if (!nd_block_find(&nd_hookfile_style, text, &start, &end, NULL))
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

/* "notmuch digest update", "'/opt/bin/notmuch-digest' --quiet update" */
static bool
runs_update(const char *line, size_t len)
{
	const char *program = nd_mem_find_nocase(line, len, "notmuch-digest");

	if (!program)
		program = nd_mem_find_nocase(line, len, "notmuch digest");
	return program && line[strspn(line, " \t")] != '#' &&
	       nd_mem_find_nocase(program, len - (size_t)(program - line),
	                          " update");
}

unsigned
nd_hookfile_user_call(const char *text)
{
	const char *start = NULL, *end = NULL;
	unsigned number = 1;

	if (!nd_block_find(&nd_hookfile_style, text, &start, &end, NULL))
		start = end = NULL;
	for (const char *line = text; *line; number++) {
		size_t len = strcspn(line, "\n");

		if (!(start && line >= start && line < end) &&
		    runs_update(line, len))
			return number;
		line += len + (line[len] == '\n');
	}
	return 0;
}
