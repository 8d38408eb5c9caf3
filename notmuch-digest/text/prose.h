/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * prose.h - which of an author's own lines are running text
 *
 * Mails hold much that their author wrote but that is not a sentence: greetings
 * and sign-offs, trailers, tables, logs, code, shell sessions, shortlogs,
 * changelogs, footnotes, bare URLs. Lines of those end the paragraph before
 * them and are never read.
 *
 * Pure; linear in the text; any language.
 */
#ifndef ND_TEXT_PROSE_H
#define ND_TEXT_PROSE_H

#include <stddef.h>
#include <stdint.h>

#include "model/message.h"

enum nd_prose {
	ND_PROSE_NONE,  /* not running text: a paragraph ends here */
	ND_PROSE_START, /* the first line of a paragraph */
	ND_PROSE_ITEM,  /* the first line of a list item */
	ND_PROSE_MORE,  /* goes on with what the line before says */
	ND_PROSE_NEWS,  /* first line of an item of the newest changelog */
};

/** Fill mark[0 .. body->line_count) with enum nd_prose of each line. */
void nd_prose_mark(const struct nd_body *body, uint8_t *mark);

#endif
