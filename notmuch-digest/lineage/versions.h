/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * versions.h - which series are versions of one another
 *
 * Each series gets at most one predecessor: the likeliest of the earlier ones
 * that may be it. Its prior versions are found by going back from there, so a
 * series that was split is the predecessor of both its parts. Series that were
 * merged into one are all prior versions of it.
 *
 * What was sent again, with or without RESEND, follows what it repeats. The
 * next version of a series is the last mail of the next one that was sent; or
 * when there is none, the last that repeats it.
 *
 * Pure and deterministic, whatever the order of the prints.
 */
#ifndef ND_LINEAGE_VERSIONS_H
#define ND_LINEAGE_VERSIONS_H

#include "analyse/fingerprint.h"

struct nd_fingerprint_list {
	struct nd_fingerprint **fingerprint;
	size_t count;
};

/**
 * Set prior and next of the series of these prints, owned by the series, but of
 * those that are linked; all are linked then.
 *
 * prints     of the report's threads and of the candidates; sorted by date on
 *            return. Ids in the links are copied.
 */
void nd_versions_link(struct nd_fingerprint_list *fingerprints);

#endif
