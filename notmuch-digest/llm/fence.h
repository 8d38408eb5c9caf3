/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * fence.h - text of a mail as data in a prompt
 *
 * Every line of a mail begins with a mark of its own, `[3]│`, which the mail
 * cannot write itself, so it can neither end its region nor speak as another
 * mail. What chat templates take for control tokens (`<|im_end|>`, `</s>`,
 * `[INST]`) is broken with a blank: some servers read them inside of user
 * text. Text is valid UTF-8 without unsafe characters (util/utf8.h).
 */
#ifndef ND_LLM_FENCE_H
#define ND_LLM_FENCE_H

#include <stddef.h>

#include "util/buf.h"

/** Append (text, len), one line, so that it is only text. */
void nd_llm_fence_clean(struct nd_buf *out, const char *text, size_t len);

/** Append the lines of text, each with the mark of mail number. */
void nd_llm_fence_lines(struct nd_buf *out, unsigned number, const char *text,
                        size_t len);

#endif
