/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * facts.h - the phrases about one thread that the reports for people share
 *
 * As in labels.h: plain text on one line, owned by ctx, "" when there is
 * nothing to say, to be escaped as a whole. Each is a few thousand bytes at
 * most, however many trailers a thread has.
 */
#ifndef ND_WORDS_FACTS_H
#define ND_WORDS_FACTS_H

#include "words/labels.h"

/**
 * Where a mail is: its URL in an archive, else its mid: URL (RFC 2392). Only
 * characters of URLs are in it.
 */
const char *nd_facts_link(const void *ctx, const struct nd_message *mail);

/** "kvmtool patch series v3, 4 patches" */
const char *nd_facts_kind(const void *ctx, const struct nd_labels *labels,
                          const struct nd_thread *thread);

/** "follows v10, v9; newer: v12"; what supersedes it, its state names. */
const char *nd_facts_versions(const void *ctx, const struct nd_labels *labels,
                              const struct nd_thread *thread);

/**
 * What a trailer is given to: "series", "2/5", "1-3/5" of patches that its giver
 * names, or words of the giver ("the KVM part").
 */
const char *
nd_facts_applies_to(const void *ctx, const struct nd_trailer *trailer);

/** "Reviewed-by: A, B (2-3/4), D (with that fixed); Tested-by: C" */
const char *nd_facts_trailers(const void *ctx, const struct nd_labels *labels,
                              const struct nd_thread *thread);

/**
 * more_series[i]: "patch series v2, 4 patches: title (Author)"; "" where one
 * before it has the same words: it was sent again.
 */
const char *
nd_facts_more_series(const void *ctx, const struct nd_labels *labels,
                     const struct nd_thread *thread, size_t i);

/** "also in this thread: " and that, or "". */
const char *nd_facts_also(const void *ctx, const struct nd_labels *labels,
                          const struct nd_thread *thread, size_t i);

/** "read 20 of 21 mails, 93 % of the text"; "" when all of it was read. */
const char *nd_facts_coverage(const void *ctx, const struct nd_labels *labels,
                              const struct nd_thread *thread);

#endif
