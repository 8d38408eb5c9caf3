/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * markdown.h - reports in CommonMark, the form that is mailed and archived
 *
 * See render.h. Text of mails is inert (escape.h); addresses are mailto: links.
 */
#ifndef ND_RENDER_MARKDOWN_H
#define ND_RENDER_MARKDOWN_H

#include "words/labels.h"

void nd_markdown_report(const struct nd_labels *labels, struct nd_buf *out);

void nd_markdown_thread(const struct nd_labels *labels,
                        const struct nd_thread *thread, struct nd_buf *out);

#endif
