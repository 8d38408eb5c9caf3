/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * review.h - what reviewers want, what authors promise, what talkers agree on
 *
 * Goes by English phrases, as on the lists this is for. In doubt a sentence is
 * no event: a digest that says "changes requested" has to be right.
 */
#ifndef ND_ANALYSE_REVIEW_H
#define ND_ANALYSE_REVIEW_H

#include "analyse/mailevents.h"

/**
 * Add the events NACK, CHANGES_REQUESTED, RESPIN_PROMISED, SUPERSEDED,
 * WITHDRAWN and REJECTED of an answer that a person wrote about patches, or
 * AGREED of one about something else; each at most once.
 */
void nd_review_read(const struct nd_mailevents *mail);

#endif
