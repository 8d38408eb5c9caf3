/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * htmlthread.h - one thread as a part of an HTML page
 *
 * Appends to out. It says what entry.h and mailrow.h choose, as text does, and
 * each statement links to its mails. No element has an id, so that parts of
 * several threads can stand in one page, nor a style of its own.
 */
#ifndef ND_RENDER_HTMLTHREAD_H
#define ND_RENDER_HTMLTHREAD_H

#include "words/labels.h"

/**
 * Append text, escaped and its web addresses as links; words with "-" are kept
 * whole where there is room.
 */
void nd_htmlthread_words(struct nd_buf *out, const char *text);

/**
 * Append text, as above, which may name the thread's next version: "superseded
 * by v6".
 *
 * newer      the URL that "v6" leads to, escaped; NULL: it leads nowhere
 */
void nd_htmlthread_newer(struct nd_buf *out, const struct nd_thread *thread,
                         const char *text, const char *newer);

/**
 * Append "<open>text</close>" and a line end, the text as above; ""
 * appends nothing.
 */
void nd_htmlthread_text(struct nd_buf *out, const char *open, const char *text,
                        const char *close);

/**
 * What a link to a mail or its thread says: the text, which may be its subject,
 * or its id when that shows nothing. Owned by ctx, not escaped.
 */
const char *nd_htmlthread_name(const void *ctx, const struct nd_message *mail,
                               const char *text);

/**
 * Append text, escaped, as a link to where the mail is, named as above.
 */
void nd_htmlthread_link(struct nd_buf *out, const struct nd_message *mail,
                        const char *text);

/** Append " [#4]" or " [03-12]", a link to the thread's mail with that index. */
void nd_htmlthread_place(struct nd_buf *out, const struct nd_labels *labels,
                         const struct nd_thread *thread, int32_t index);

/**
 * Append what stands below the thread's title: where it stands, the summary,
 * numbers and mails.
 *
 * newer      as above
 * level      of the headings
 */
void nd_htmlthread_add(struct nd_buf *out, const struct nd_labels *labels,
                       const struct nd_thread *thread, const char *newer,
                       unsigned level);

#endif
