/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * heardlist.h - what each mail of a thread does, and what told so
 *
 * Indented by four: a block of code in Markdown, plain lines on a terminal.
 */
#ifndef ND_RENDER_HEARDLIST_H
#define ND_RENDER_HEARDLIST_H

#include "model/thread.h"
#include "util/buf.h"
#include "util/i18n.h"

/** Append the list of thread->heard; nothing when there is none. */
void nd_heardlist_add(const struct nd_i18n *i18n,
                      const struct nd_thread *thread, struct nd_buf *out);

#endif
