/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * remarkplace.h - what the remarks of a review are on
 *
 * Reviewers write below the lines they mean: "Can this fail?" says little without
 * them. Which patch of a series it is, the mail above knows; which function the
 * code is in, git writes behind the "@@" of a hunk, and the hunk may begin another
 * one.
 */
#ifndef ND_SUMMARISE_REMARKPLACE_H
#define ND_SUMMARISE_REMARKPLACE_H

#include "model/thread.h"
#include "summarise/candidate.h"
#include "summarise/sourcemail.h"

/**
 * Set on_patch and on_code of what was said in answers to patches.
 *
 * ctx        owns the texts
 */
void nd_remarkplace_find(const void *ctx, const struct nd_thread *thread,
                         const struct nd_source *source,
                         struct nd_candidate *candidate);

/** The words that tell it, in front of the sentence. */
unsigned nd_remarkplace_words(int on_patch, const char *on_code);

#endif
