/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * rule.h - lines of signs, "-----", and what stands between two of them
 */
#ifndef ND_BODY_RULE_H
#define ND_BODY_RULE_H

#include "body/lines.h"

enum { ND_RULE_WORDS_BYTES = 300 }; /* "-----Original Message-----" */

/**
 * Blanks of any kind at (text, len), and the marks of bold type: the bytes of
 * the first, 0 for none.
 */
size_t nd_rule_blank(const char *text, size_t len);

/** Skip them all. */
void nd_rule_skip_blank(const char **text, size_t *len);

/** Skip a rule at the start of (text, len), if there is one. */
void nd_rule_skip(const char **text, size_t *len);

/**
 * Take apart "----- words ----- rest". False when line i is not of that form;
 * *words_len is below ND_RULE_WORDS_BYTES.
 */
bool nd_rule_split(const struct nd_lines *lines, size_t i, const char **words,
                   size_t *words_len, const char **rest, size_t *rest_len);

/** Is line i a rule without words? */
bool nd_rule_is_bare(const struct nd_lines *lines, size_t i);

#endif
