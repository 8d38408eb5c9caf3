/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * hanging.h - what a sentence hangs on that cannot be told without it
 *
 * "Indeed, I'll fix it." and "That can only happen when …" say little without
 * the question or the remark that is quoted above them.
 *
 * Does not: look further than the quote right above the sentence.
 */
#ifndef ND_SUMMARISE_HANGING_H
#define ND_SUMMARISE_HANGING_H

#include <stdbool.h>

#include "model/message.h"
#include "summarise/candidate.h"

/** A promise or an assent of a few words that say nothing by themselves. */
bool nd_hanging_is_bare(const struct nd_candidate *c);

/**
 * Does c, right below a line that a quoted patch adds, only say how that should
 * read, in nearly its words? Of a correction nobody knows what it corrects.
 */
bool nd_hanging_rewrites(const struct nd_candidate *c,
                         const struct nd_body *body, const char *language);

/** "Why is that better?", "Is it safe?": what, was said before. */
bool nd_hanging_is_bare_question(const struct nd_candidate *c);

/** "Sure.", "Good catch, thanks!": what follows goes on from the quote above. */
bool nd_hanging_is_light(const struct nd_candidate *c);

/** Does it lead back to what was said before it? */
bool nd_hanging_leads_back(const struct nd_candidate *c);

/**
 * Or can it stand without that? "This patch adds" is what is spoken of, and
 * "However," is not printed where nothing stands before it.
 */
bool nd_hanging_stands(const struct nd_candidate *c);

/**
 * A promise, a short question or what leads back to something: it hangs on that,
 * unless it can stand without.
 */
bool nd_hanging_hangs(const struct nd_candidate *c);

/**
 * What c is told with, which stands right below a quote of body, or with nothing
 * but a word or two between them.
 *
 * line       where those begin
 * *mail      the mail that is quoted, or ND_NO_MESSAGE
 * Returns    owned by ctx; NULL: it can do without, or nothing tells
 */
const char *
nd_hanging_quote(const void *ctx, const struct nd_candidate *c,
                 const struct nd_body *body, uint32_t line, int32_t *mail);

#endif
