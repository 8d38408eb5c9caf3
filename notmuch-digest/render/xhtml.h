/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * xhtml.h - the front page and the entry of a thread as XHTML elements
 *
 * What the content of a feed's entry is. Nothing in it is active: no script,
 * style or picture; links lead to http, https and mid: URLs.
 *
 * Does not: say what the thread is called; that is the title around it.
 */
#ifndef ND_RENDER_XHTML_H
#define ND_RENDER_XHTML_H

#include "words/labels.h"

struct _xmlNode;

#define ND_XHTML_NAMESPACE "http://www.w3.org/1999/xhtml"

/** Add what the report's entry of a thread tells to parent, a div. */
void nd_xhtml_thread(const struct nd_labels *labels,
                     const struct nd_thread *thread, struct _xmlNode *parent);

/** Add what stands above the threads of a report, and its problems. */
void nd_xhtml_front(const struct nd_labels *labels, struct _xmlNode *parent);

#endif
