/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * shortlog.h - the titles of its patches in the first mail of a series
 */
#ifndef ND_SUMMARISE_SHORTLOG_H
#define ND_SUMMARISE_SHORTLOG_H

#include "summarise/candidate.h"
#include "summarise/sourcemail.h"

/**
 * Mark the sentences of a cover letter that are hardly more than titles of the
 * patches of its series, as git shortlog and others list them: nobody says them.
 * Titles count wherever their letters and digits stand, in whatever lines.
 *
 * source, candidate   of the mails of thread, and of all of them
 */
void
nd_shortlog_mark(const struct nd_thread *thread, const struct nd_source *source,
                 struct nd_candidate *candidate);

#endif
