/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * assemble.h - checked statements become the summary of a thread
 *
 * Speaker and verb are worded, names go in for {Pn}, zones follow the window of this run, the limit of words
 * is kept, and zones that are left empty get the extractive engine's items.
 */
#ifndef ND_LLM_ASSEMBLE_H
#define ND_LLM_ASSEMBLE_H

#include "llm/proof.h"
#include "model/thread.h"
#include "util/i18n.h"

struct nd_llm_assemble {
	const struct nd_llm_context *context;
	const struct nd_llm_proved *proved;
	const char *model;
	const char *language;
	const struct nd_i18n *i18n; /* the words of that language */
	unsigned max_words;         /* of all items together; 0: no limit */
};

/**
 * Replace thread->summary, which the extractive engine made, and say in
 * thread->coverage what the model was shown. Without any statement the
 * extractive one stays; what was dropped is counted in it.
 */
void nd_llm_assemble_summary(struct nd_thread *thread,
                             const struct nd_llm_assemble *how);

#endif
