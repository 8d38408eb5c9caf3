/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * corrected.h - "s/logical/physical/": what a writer takes back word by word
 */
#ifndef ND_SUMMARISE_CORRECTED_H
#define ND_SUMMARISE_CORRECTED_H

#include "summarise/candidate.h"
#include "summarise/sourcemail.h"

/**
 * Mark the sentences with words that their writer has corrected in a later mail, a
 * line of the form of sed's command: they are wrong as they stand. Of a thread the
 * first 32 such lines count.
 *
 * source, candidate   of its mails, and of all of them
 */
void nd_corrected_mark(const struct nd_thread *thread,
                       const struct nd_source *source,
                       struct nd_candidate *candidate);

#endif
