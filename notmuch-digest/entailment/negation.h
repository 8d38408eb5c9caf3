/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * negation.h - is something denied?
 *
 * Words that deny, in English and Chinese. Two of them make a yes, as in "not
 * without". That a sentence denies what another one does not is a reason to
 * look again, not a proof: there are other ways to say no (without, fails, lacks).
 */
#ifndef ND_ENTAILMENT_NEGATION_H
#define ND_ENTAILMENT_NEGATION_H

/** How many words in text deny something? */
unsigned nd_negation_count(const char *text);

#endif
