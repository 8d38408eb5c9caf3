/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * wording.h - parts of the sentences that are ours, in the report's language
 *
 * Plain text on one line, owned by ctx.
 */
#ifndef ND_TELLING_WORDING_H
#define ND_TELLING_WORDING_H

#include <stddef.h>
#include <stdint.h>

#include "model/thread.h"
#include "util/i18n.h"

enum { ND_WORDING_NAMES_MAX = 3 };

/* Names in order, each once. */
struct nd_wording_names {
	const char *name[ND_WORDING_NAMES_MAX];
	size_t count; /* of all that were added, also those without room */
};

/** Add a name, which must stay; one that is there is not added again. */
void nd_wording_add_name(struct nd_wording_names *names, const char *name);

/** "A", "A and B", "A, B and C", "A, B and others"; "" for none. */
const char *nd_wording_names(const void *ctx, const struct nd_i18n *i18n,
                             const struct nd_wording_names *names);

/** "28 January", with its year when that of now_s is another. UTC. */
const char *nd_wording_day(const void *ctx, const struct nd_i18n *i18n,
                           int64_t date_s, int64_t now_s);

/**
 * Some patches of a series: "2/4", "2/4 and 3/4", "patches 1 to 5 of 9", "7 of
 * 44 patches".
 *
 * number     in order, each once; not empty
 */
const char *nd_wording_patches(const void *ctx, const struct nd_i18n *i18n,
                               const int *number, size_t count, int total);

/**
 * "applied", "merged", "pushed" or "queued": the word of who took patches, if
 * it is the only one of these that he used, else the first. To be translated.
 */
const char *nd_wording_taken(const struct nd_thread *thread);

#endif
