/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * announced.h - sentences that end in a colon, and what they announce
 *
 * A list is told with the sentence that announces it, where both are short;
 * code and logs are not told, but what is said of them may stand by itself.
 *
 * Does not: join one line of code or a link, which text/prose.h does.
 */
#ifndef ND_SUMMARISE_ANNOUNCED_H
#define ND_SUMMARISE_ANNOUNCED_H

#include <stdbool.h>
#include <stddef.h>

#include "text/sentence.h"

/**
 * The first of sentences of a mail, and the items of the list right below it:
 * all, or the first ones and "…".
 *
 * sentence, count   the one with the colon, and all behind it
 * *items            how many of these are told with it
 * Returns           one text, which ctx owns; NULL when there is no such list
 */
char *nd_announced_list(const void *ctx, const struct nd_sentence *sentence,
                        size_t count, size_t *items);

/**
 * "We have two options:" What its items say, nobody says: they are told with it
 * or not at all.
 */
bool nd_announced_is_choice(const struct nd_sentence *sentence);

/**
 * "The manual says:", "We can say:", "Quoting the standard:" What stands below it
 * are words of another text, not its writer's.
 */
bool nd_announced_is_quotation(const struct nd_sentence *sentence);

/** Does running text follow right below the first of the sentences? */
bool nd_announced_is_text(const struct nd_sentence *sentence, size_t count);

/**
 * "Steps to reproduce:" and "I see the following error:" say nothing without
 * what is below; "This breaks the build on riscv:" does.
 */
bool nd_announced_is_empty(const char *text, size_t len);

#endif
