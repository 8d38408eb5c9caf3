/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * gist.h - the gist of a thread in one line
 */
#ifndef ND_SUMMARISE_GIST_H
#define ND_SUMMARISE_GIST_H

#include "summarise/candidates.h"
#include "summarise/select.h"

enum { ND_GIST_CHARS_MAX = 100 };

/** What it is about and what happened; owned by ctx, one line, never empty. */
const char *nd_gist(const void *ctx, const struct nd_candidates *m,
                    const struct nd_choices *choices);

/**
 * Put the outcome into the gist of an extract, once the thread's state is
 * known: "title – applied to kvmarm/next by Marc Zyngier". A gist that a model
 * wrote stays as it is.
 */
void nd_gist_outcome(struct nd_thread *thread);

#endif
