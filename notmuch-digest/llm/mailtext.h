/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * mailtext.h - what of a mail's text a language model is shown
 *
 * Own words, and the lines that they answer; wrapped lines are joined, logs keep
 * their start and end. Left out: what passage.h marks, diffs, signatures, lines for
 * machines, and what is told as a fact or by a patch that is shown.
 */
#ifndef ND_LLM_MAILTEXT_H
#define ND_LLM_MAILTEXT_H

#include <stdbool.h>
#include <stdint.h>

#include "model/thread.h"
#include "util/buf.h"
#include "util/map.h"

enum { ND_LLM_MAILTEXT_BYTES = 1 << 20 };

struct nd_llm_mailtext {
	const struct nd_thread *thread;
	int32_t index;                /* of the mail */
	bool is_first;                /* of those that are shown */
	const bool *theirs;           /* one a line, or NULL; see passage.h */
	const struct nd_map *patches; /* titles of those that are shown */
};

/** Add the text to out, of ND_LLM_MAILTEXT_BYTES. */
void
nd_llm_mailtext_add(struct nd_buf *out, const struct nd_llm_mailtext *mail);

#endif
