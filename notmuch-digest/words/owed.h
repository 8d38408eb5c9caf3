/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * owed.h - an obligation in words
 */
#ifndef ND_WORDS_OWED_H
#define ND_WORDS_OWED_H

#include "agenda/obligation.h"
#include "util/i18n.h"

/**
 * Who is to do what, on one line, in the report's language: "Ann asks you",
 * "Ben promised a change". Owned by ctx; holds names of mails, so the renderer
 * escapes it.
 */
const char *nd_owed_text(const void *ctx, const struct nd_i18n *i18n,
                         const struct nd_obligation *one);

/**
 * That nobody has answered: the user, or whoever has this name. Owned by ctx;
 * the renderer escapes it.
 */
const char *nd_owed_no_answer(const void *ctx, const struct nd_i18n *i18n,
                              const char *name, bool user);

#endif
