/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * flow.h - paragraphs as format=flowed text (RFC 3676)
 *
 * A line that ends in a blank goes on in the next one, for readers that can
 * rewrap; for the others the lines are short enough as they are. Lines that
 * begin with a blank, '>' or "From " get a blank more, and none but the
 * separator itself looks like a signature separator.
 */
#ifndef ND_RENDER_FLOW_H
#define ND_RENDER_FLOW_H

#include "render/wrap.h"

enum { ND_FLOW_COLUMNS = 72 };

struct nd_flow;

/** Paragraphs that are appended to out. */
struct nd_flow *nd_flow_new(const void *ctx, struct nd_buf *out);

/** Append text, one line without unsafe characters, as a paragraph. */
void nd_flow_add(struct nd_flow *flow, const char *text);

/**
 * The same with words behind it that are never broken, whatever their length:
 * Message-IDs.
 */
void nd_flow_add_with(struct nd_flow *flow, const char *text,
                      const char *const *word, size_t count);

/**
 * Append lines as they are, each its own paragraph: text that is laid out
 * already, for ND_FLOW_COLUMNS - 1 columns.
 */
void nd_flow_add_lines(struct nd_flow *flow, const char *lines);

/** Append an empty line. */
void nd_flow_gap(struct nd_flow *flow);

#endif
