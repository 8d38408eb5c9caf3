/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * kinship.h - is one series an earlier version of another?
 *
 * Compares the prints of two, knows nothing of others; versions.h makes chains
 * of them. Pure.
 */
#ifndef ND_LINEAGE_KINSHIP_H
#define ND_LINEAGE_KINSHIP_H

#include <stdbool.h>

#include "analyse/fingerprint.h"

enum { ND_KINSHIP_ENOUGH = 60 }; /* confidence that makes a link */

/* What speaks for a being the predecessor of b. */
struct nd_kinship {
	enum nd_link_reason reason;
	unsigned confidence; /* per cent; 0: nothing does */
};

/**
 * Is a an earlier version of b, or (ND_LINK_AGAIN) b the same version of it,
 * sent again? The same patches for another tree or release are neither, nor
 * are patches for another chip, architecture or language.
 */
struct nd_kinship nd_kinship_judge(const struct nd_fingerprint *a,
                                   const struct nd_fingerprint *b);

/** Versions between a and the later b: 0 for v2 and v3, for RFC and v1. */
int
nd_kinship_gap(const struct nd_fingerprint *a, const struct nd_fingerprint *b);

/**
 * Does b, a version of a, stand for all of it? A patch of a series that is
 * sent again alone does not.
 */
bool nd_kinship_replaces(const struct nd_fingerprint *a,
                         const struct nd_fingerprint *b);

#endif
