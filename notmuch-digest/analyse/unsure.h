/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * unsure.h - is what was heard sure enough that somebody is told to act on it?
 *
 * The ledger has all that is likelier than not to have been said. Who reads
 * what is to be done wants less: no matter of taste, no opinion, nothing that
 * hangs on what somebody else will do, nor good resolutions for the future.
 */
#ifndef ND_ANALYSE_UNSURE_H
#define ND_ANALYSE_UNSURE_H

#include "analyse/mailevents.h"

/** Of a sentence of the mail that does the act, or has its form. */
bool nd_unsure_is(const struct nd_mailevents *mail, enum nd_act act,
                  size_t sentence);

/**
 * Is it nothing of the kind, whatever words it has in common with that? "I will
 * keep it in mind" and "I'll send you the logs" promise no change of a patch.
 */
bool nd_unsure_is_void(const struct nd_mailevents *mail, enum nd_act act,
                       size_t sentence);

#endif
