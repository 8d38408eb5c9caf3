/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * fence.h - text of a mail as data in a prompt
 *
 * What a stranger wrote stands behind a mark, `│`, up to the end of its line or
 * the next mark, whatever it is: a line of text, a subject, a name, the name of
 * a file. No mail can write the mark: it, and signs that look like it, become
 * `|`. So a mail can neither end its region nor speak as another mail nor as the
 * program. `[3]│` begins a paragraph of mail 3, `│` each further line of it.
 *
 * What chat templates take for control tokens (`<|im_end|>`, `</s>`, `[INST]`)
 * is broken with a blank, as some servers read them inside of user text, and
 * so is what looks like one of the program's names for people (`{P3}`). Text is
 * valid UTF-8 without unsafe characters (util/utf8.h).
 */
#ifndef ND_LLM_FENCE_H
#define ND_LLM_FENCE_H

#include <stddef.h>

#include "util/buf.h"

#define ND_LLM_FENCE "│" /* U+2502 */

/** Append (text, len), one line, so that it is only text. */
void nd_llm_fence_clean(struct nd_buf *out, const char *text, size_t len);

/** The same of its first bytes, most at most; "…" tells that there are more. */
void
nd_llm_fence_cut(struct nd_buf *out, const char *text, size_t len, size_t most);

/** The same for words of a model, whose {P3} are the program's. */
void nd_llm_fence_said(struct nd_buf *out, const char *text, size_t len);

/**
 * Append the lines of text, which is clean, each behind its mark. Empty lines
 * divide paragraphs and are not written.
 */
void nd_llm_fence_lines(struct nd_buf *out, unsigned number, const char *text,
                        size_t len);

#endif
