/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * errand.h - what a question asks somebody to do
 *
 * Such a question is answered by its being done (analyse/answers.h).
 */
#ifndef ND_ACTS_ERRAND_H
#define ND_ACTS_ERRAND_H

#include <stdbool.h>

/** "Kalle, can you take this directly?": in a few words behind each other. */
bool nd_errand_to_take(const char *text);

/** "Could I get your comments on v2?", "Has anybody had a look?" */
bool nd_errand_to_review(const char *text);

/** "Should I resend with the tag added?", "Do you want a v3?" */
bool nd_errand_to_send(const char *text);

#endif
