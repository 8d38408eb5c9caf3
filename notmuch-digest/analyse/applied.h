/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * applied.h - "Applied to fixes, thanks!": a maintainer takes patches
 *
 * What people write by hand (acceptance.h) and what b4 adds to it
 * (patchlist.h).
 */
#ifndef ND_ANALYSE_APPLIED_H
#define ND_ANALYSE_APPLIED_H

#include "analyse/mailevents.h"

/** Add the events APPLIED and PULLED of a mail written by a person. */
void nd_applied_read(const struct nd_mailevents *mail);

#endif
