/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/emit.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/terminal.h"
#include "util/child.h"
#include "util/outfile.h"

/* Writes the file of --output, when we may not; NULL: we may. */
static struct nd_child *writer;

const char *
nd_emit_file(const struct nd_options *options)
{
	if (options->output && strcmp(options->output, "-") != 0)
		return options->output;
	return NULL;
}

static bool
to_terminal(const struct nd_options *options)
{
	return !nd_emit_file(options) && isatty(STDOUT_FILENO);
}

enum nd_format
nd_emit_format(const struct nd_options *options)
{
	enum nd_format format =
		to_terminal(options) ? ND_FORMAT_TEXT : ND_FORMAT_MARKDOWN;

	if (options->format)
		nd_format_find(options->format, &format);
	return format;
}

static bool
want_color(const struct nd_options *options)
{
	if (options->color && strcmp(options->color, "auto") != 0)
		return strcmp(options->color, "always") == 0;
	return to_terminal(options) && nd_terminal_has_color();
}

/* Where colours are not wanted, other sequences are not, either. */
static bool
want_links(const struct nd_options *options)
{
	return to_terminal(options) && want_color(options) &&
	       nd_terminal_has_links() &&
	       nd_terminal_pager_has_links(nd_terminal_pager_command());
}

enum nd_status
nd_emit_prepare(const void *ctx, const struct nd_options *options,
                const char *language, struct nd_render_options *render,
                struct nd_error *err)
{
	enum nd_status st;

	render->mails = ND_MAILS_NEW;
	if (options->mails && strcmp(options->mails, "all") == 0)
		render->mails = ND_MAILS_ALL;
	else if (options->mails && strcmp(options->mails, "none") == 0)
		render->mails = ND_MAILS_NONE;
	render->width = nd_terminal_width();
	render->color = want_color(options);
	render->links = nd_emit_format(options) == ND_FORMAT_TEXT &&
	                want_links(options);
	st = nd_i18n_open(ctx, language, &render->i18n, err);
	/* The user named the language on the command line: usage. */
	if (st == ND_ERR_CONFIG && options->lang)
		st = ND_ERR_USAGE;
	return st;
}

static enum nd_status
to_stdout(const struct nd_buf *bytes, struct nd_error *err)
{
	if (fwrite(bytes->data, 1, bytes->len, stdout) != bytes->len ||
	    fflush(stdout) != 0)
		return nd_fail(err, ND_ERR_IO, "cannot write to stdout: %s",
		               strerror(errno));
	return ND_OK;
}

/* The pager as a shell runs it, or NULL when none is wanted. */
static const char *const *
pager_of(const struct nd_options *options)
{
	static const char *argv[] = {"/bin/sh", "-c", NULL, NULL};

	argv[2] = nd_terminal_pager_command();
	return argv[2] && to_terminal(options) ? argv : NULL;
}

static void
expect_pager(const struct nd_options *options)
{
	const char *const *pager = pager_of(options);

	if (!pager || (options->format && strcmp(options->format, "text") != 0))
		return;
	nd_terminal_pager_prepare();
	if (want_color(options) && nd_terminal_has_links())
		nd_terminal_pager_expect(pager[2]);
	nd_child_prepare_feed(pager);
}

static enum nd_status
write_file(void *path, const char *bytes, size_t len, struct nd_buf *out,
           struct nd_error *err)
{
	(void)out;
	return nd_outfile_write(path, bytes, len, err);
}

/* A file is replaced beside it: with that right goes all of its directory. */
static void
expect_file(const char *path)
{
	struct stat st;
	char *real;

	if (!path || (stat(path, &st) == 0 && !S_ISREG(st.st_mode)))
		return;
	/* It may be one of the open files that only this process has. */
	real = realpath(path, NULL);
	writer = nd_child_prepare(NULL, write_file,
	                          real ? real : (void *)(uintptr_t)path);
	free(real);
}

void
nd_emit_expect(const struct nd_options *options)
{
	expect_pager(options);
	expect_file(nd_emit_file(options));
}

static enum nd_status
to_pager(const char *const *pager, const struct nd_buf *bytes,
         struct nd_error *err)
{
	int exit_code;

	nd_terminal_pager_prepare();
	/* 127: the shell did not find the pager. */
	if (nd_child_feed(pager, bytes->data, bytes->len, &exit_code, err) !=
	            ND_OK ||
	    exit_code == 127)
		return to_stdout(bytes, err);
	return ND_OK;
}

enum nd_status
nd_emit(const struct nd_options *options, enum nd_format format,
        const struct nd_buf *bytes, struct nd_error *err)
{
	const char *const *pager = pager_of(options);

	if (bytes->full)
		return nd_fail(err, ND_ERR_LIMIT,
		               "the output is over %zu bytes\n"
		               "ask for fewer threads with --limit or a query",
		               bytes->limit_bytes);
	if (nd_emit_file(options) && writer)
		return nd_child_ask(writer, bytes->data, bytes->len, NULL, err);
	if (nd_emit_file(options))
		return nd_outfile_write(nd_emit_file(options), bytes->data,
		                        bytes->len, err);
	if (pager && format == ND_FORMAT_TEXT)
		return to_pager(pager, bytes, err);
	return to_stdout(bytes, err);
}
