/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * emit.h - where rendered bytes go: a file, stdout, or a pager
 */
#ifndef ND_APP_EMIT_H
#define ND_APP_EMIT_H

#include "app/options.h"
#include "render/render.h"
#include "util/buf.h"

/**
 * The format asked for, or the one that suits: text on a terminal, else
 * markdown.
 */
enum nd_format nd_emit_format(const struct nd_options *options);

/**
 * Fill in what rendering needs: catalogue, mails, width and colour of the
 * terminal.
 *
 * language   of --lang or digest.lang
 * Returns    ND_OK; ND_ERR_USAGE or ND_ERR_CONFIG for an unknown language
 */
enum nd_status
nd_emit_prepare(const void *ctx, const struct nd_options *options,
                const char *language, struct nd_render_options *render,
                struct nd_error *err) ND_MUST_CHECK;

/**
 * Have ready what nd_emit() may want when no program can be started and nothing
 * be written any more: the pager, and who writes the file of --output. Once a
 * process.
 */
void nd_emit_expect(const struct nd_options *options);

/**
 * Write the bytes to --output (a temporary file beside it that is renamed when
 * it is complete), to a pager when text goes to a terminal, or to stdout, which
 * is what --output=- means, too.
 *
 * Returns    ND_OK; ND_ERR_IO with nothing half written to a file; ND_ERR_LIMIT
 *            when bytes has grown over its ceiling
 */
enum nd_status
nd_emit(const struct nd_options *options, enum nd_format format,
        const struct nd_buf *bytes, struct nd_error *err) ND_MUST_CHECK;

/** The file of --output; NULL for stdout. */
const char *nd_emit_file(const struct nd_options *options);

#endif
