/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * acceptance.h - does a sentence say that somebody has taken patches?
 *
 * English, as on the lists this is for. What is accepted:
 *
 *	[lead] [small] VERB rest       "Thanks for the fix, applied to foo/next."
 *	[lead] I'll TAKE what rest     "Looks good, I'll queue this up for 6.1."
 *	[small] in TREE                "Now in foo-next."
 *
 * lead    a clause of thanks, praise or a deed ("Good catch,", "With a small
 *         fix,", "Fixed the typo and") that doubts, plans and asks nothing
 * small   words that say whose, how many, since when: "The first two patches
 *         are now"
 * VERB    applied, queued, pulled; merged, pushed, added and others that also
 *         mean other things, which therefore want more: the begin of a
 *         paragraph, or a tree
 * rest    the end of the sentence, what was taken, where to, with what; no
 *         test, condition, denial or question
 * TREE    a URL, "foo/next", "for-6.1", "the foo branch", "my tree"; behind
 *         "to" a single word, too
 */
#ifndef ND_ACTS_ACCEPTANCE_H
#define ND_ACTS_ACCEPTANCE_H

#include <stdbool.h>

#include "acts/acceptphrase.h"

/** Take a sentence apart; false, and nothing of use in *claim, if it is
 * none. */
bool nd_acceptance_read(const struct nd_utterance *said,
                        struct nd_acceptance *claim);

/** "Applied, thanks.", "Now queued up for 5.4.": of what stands above, by its speaker */
bool nd_acceptance_is_plain(const struct nd_acceptance *claim);

/** Does the sentence have this word, or words? */
bool nd_acceptance_says(const struct nd_acceptance *claim, const char *word);

#endif
