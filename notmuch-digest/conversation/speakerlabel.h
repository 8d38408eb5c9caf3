/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * speakerlabel.h - who speaks, as a name in brackets in front of the words
 *
 *	[Ada Berg] Does this work on arm?
 *	[Bo] Not yet.
 *
 * So people answer who take the quote marks away. A label is the name, or the
 * first name, of who is answered or written to: what stands behind it is a quote,
 * up to the end of the paragraph; behind a label with a line of its own, up to the
 * next label or quote, if there is one.
 */
#ifndef ND_CONVERSATION_SPEAKERLABEL_H
#define ND_CONVERSATION_SPEAKERLABEL_H

#include "model/thread.h"

/**
 * Make what others than its sender say in a reply ND_LINE_QUOTE, and the labels
 * ND_LINE_ATTRIBUTION. Pure; linear in the text of the thread.
 */
void nd_speakerlabel_mark(struct nd_thread *thread);

#endif
