/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * role.h - who does what to whom: do two texts give it to the same ones?
 *
 * Where two texts have the same words, their order around a verb says who is
 * the one and who the other.
 */
#ifndef ND_ENTAILMENT_ROLE_H
#define ND_ENTAILMENT_ROLE_H

/**
 * Why the text does not give it to the ones that the sentence gives it to; NULL:
 * that cannot be said.
 *
 * "A replaces B" in the text and "B replaces A" in the sentence; "A with D, B with
 * C" and "A with C, B with D"; "C goes to B" and "A goes to B, C to D"; "applied
 * to A" and "applied to B"; "only A" and "all but A"; "B rather than A", where
 * own, all that the author of the sentence says, denies B and not A.
 */
const char *
nd_role_wrong(const char *text, const char *sentence, const char *own);

#endif
