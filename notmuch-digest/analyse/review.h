/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * review.h - what reviewers want, what authors promise, what talkers agree on
 *
 * Turns what people do in a mail (acts/act.h) into events of the ledger, by
 * who does it, beside what is told by its form (analyse/reviewform.h).
 */
#ifndef ND_ANALYSE_REVIEW_H
#define ND_ANALYSE_REVIEW_H

#include "analyse/mailevents.h"

/**
 * Add the events ANSWER, APPROVED, AGREED, NACK, OBJECTION, REJECTED,
 * CHANGES_REQUESTED, RESPIN_PROMISED, REVIEW_PROMISED, DEFERRED, DECIDED,
 * SUPERSEDED, WITHDRAWN and TEST_RESULT of a mail that a person wrote, ND_ACT_SENTENCES of each at
 * most.
 */
void nd_review_read(const struct nd_mailevents *mail);

#endif
