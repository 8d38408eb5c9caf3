/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * statusline.h - where a thread stands, on one line
 *
 * As in labels.h: plain text, owned by ctx, to be escaped as a whole.
 */
#ifndef ND_WORDS_STATUSLINE_H
#define ND_WORDS_STATUSLINE_H

#include "words/labels.h"

/**
 * "patch series v3, 11 patches · applied to kvm/next by Marc Zyngier · follows
 * v2, v1 · R-b 3, T-b 1", or "single patch · changes requested · waiting for
 * Ann since 2021-03-16 (changes asked for by Ben) · stalled".
 */
const char *nd_statusline_add(const void *ctx, const struct nd_labels *labels,
                              const struct nd_thread *thread);

/** "changes requested" */
const char *
nd_statusline_state(const struct nd_labels *labels, enum nd_thread_state state);

/** "superseded by v3"; "posted anew" when what follows has no higher number.
 * series     has a next one */
const char *
nd_statusline_superseded(const void *ctx, const struct nd_labels *labels,
                         const struct nd_series *series);

/** "2 of 5 applied" when only some patches are taken; else NULL. */
const char *nd_statusline_part(const void *ctx, const struct nd_labels *labels,
                               const struct nd_thread *thread);

/**
 * The state of a thread, without names: "applied", "2 of 5 applied" when only
 * some patches are taken, "changes requested, 2 of 5 applied" when the state is
 * that of the others.
 */
const char *nd_statusline_brief(const void *ctx, const struct nd_labels *labels,
                                const struct nd_thread *thread);

/**
 * What came of it, with names: "applied to kvm/next by Marc Zyngier", "no answer
 * yet"; of what a newer version has replaced only which patches were taken, or
 * "".
 */
const char *
nd_statusline_outcome(const void *ctx, const struct nd_labels *labels,
                      const struct nd_thread *thread);

/** "asks you [#4]; new tag [#5], [#6]; 2 mails to you"; "" if there is none. */
const char *
nd_statusline_for_you(const void *ctx, const struct nd_labels *labels,
                      const struct nd_thread *thread);

#endif
