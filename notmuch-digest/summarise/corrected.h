/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * corrected.h - what a writer takes back in a later mail
 */
#ifndef ND_SUMMARISE_CORRECTED_H
#define ND_SUMMARISE_CORRECTED_H

#include "summarise/candidate.h"
#include "summarise/sourcemail.h"

/**
 * Mark the sentences that are wrong as they stand: those with words that their
 * writer has corrected in a later mail, by a line of the form of sed's command
 * ("s/logical/physical/"; of a thread the first 32 count), and those that stand
 * quoted above "I was wrong" and the like. Without a quote, that is of the mail
 * before, if it answers one of its writer. "I'll take a look." is over when its
 * writer has told since what was seen.
 *
 * source, candidate   of its mails, and of all of them
 */
void nd_corrected_mark(const struct nd_thread *thread,
                       const struct nd_source *source,
                       struct nd_candidate *candidate);

#endif
