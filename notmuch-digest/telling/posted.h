/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * posted.h - who posted or asked what, as a fact of a summary
 */
#ifndef ND_TELLING_POSTED_H
#define ND_TELLING_POSTED_H

#include "telling/teller.h"

/** "Ann posted v3, 4 patches, on 2 May; nobody has replied yet." */
void nd_posted_tell(struct nd_teller *to);

/** The author's first words begin with what they are about: "Ann's patch". */
void nd_posted_name_author(struct nd_teller *to);

/** The words that this adds to a name, at the most. */
unsigned nd_posted_name_words(const struct nd_teller *to);

/** Whose words are of one patch of several is told with it: "Ann's patch 2/5". */
void nd_posted_name_patches(struct nd_teller *to);

/** What was said in a mail that is not there is told by who answers it. */
void nd_posted_name_quoter(struct nd_teller *to);

#endif
