/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * markdownthread.h - what a report in CommonMark tells of a thread, without its title
 */
#ifndef ND_RENDER_MARKDOWNTHREAD_H
#define ND_RENDER_MARKDOWNTHREAD_H

#include "words/labels.h"

/** Counts, facts, the summary and the mails; an empty line closes it. */
void nd_markdownthread_add(struct nd_buf *out, const struct nd_labels *labels,
                           const struct nd_thread *thread);

/** A point of a list: the text, escaped, behind its mark; nothing for no text. */
void
nd_markdownthread_point(struct nd_buf *out, const char *mark, const char *text);

#endif
