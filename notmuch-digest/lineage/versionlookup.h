/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * versionlookup.h - which mails of the mailbox may be other versions of these
 * series
 *
 * Two steps: what to ask the database for (few, cheap terms), and which of its
 * hits are worth opening a file for, by subject, author and date alone.
 */
#ifndef ND_LINEAGE_VERSIONLOOKUP_H
#define ND_LINEAGE_VERSIONLOOKUP_H

#include "lineage/versions.h"
#include "model/lookup.h"

/**
 * What to ask for, owned by ctx; empty when there is nothing to ask.
 *
 * first      0; or the first of the candidates that an earlier question found:
 *            then only their links and new titles, which may lead further back
 * until_s    mails dated at or after it are not wanted
 */
struct nd_lookup *
nd_versionlookup_new(const void *ctx,
                     const struct nd_fingerprint_list *fingerprints,
                     size_t first, int64_t until_s);

/** Ask for mails with this title, too, if it has a word to search for. */
void nd_versionlookup_add_title(struct nd_lookup *lookup, const char *title);

/**
 * Set the wanted flag of hits: postings with the title of a series; the
 * author's other postings of the version before or after, the nearest few; of
 * threads whose posting is missing, the first answer.
 */
void nd_versionlookup_choose(const struct nd_fingerprint_list *fingerprints,
                             struct nd_hit *hit, size_t count);

#endif
