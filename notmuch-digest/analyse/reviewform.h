/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * reviewform.h - what is told by its form: NACK, "superseded by", "fixed in"
 *
 * What the model of acts/actmodel.h does not hear, or has seen too rarely: whose
 * words stand for themselves. Each form is read of the first sentence of a mail
 * that has it, and only of those who can say it. talkform.h has the forms of talks.
 */
#ifndef ND_ANALYSE_REVIEWFORM_H
#define ND_ANALYSE_REVIEWFORM_H

#include "analyse/mailevents.h"

struct nd_reviewform {
	enum nd_event_type type;
	bool by_author, by_others; /* of the patch: who can say it */
	bool (*holds)(const struct nd_mailevents *mail, size_t sentence);
};

/**
 * Add the events of a mail about a patch that a person wrote: NACK, REJECTED,
 * CHANGES_REQUESTED, APPROVED, WITHDRAWN, SUPERSEDED, ANSWER and
 * REVIEW_PROMISED.
 */
void nd_reviewform_read(const struct nd_mailevents *mail);

/** Add the event of one form, of the first sentence that says it. */
void nd_reviewform_try(const struct nd_mailevents *mail,
                       const struct nd_reviewform *form);

/** Add the event that a sentence makes; with ND_EVENT_OTHERS when it is a wish
 * that somebody else than the author is called for. */
struct nd_event *nd_reviewform_say(const struct nd_mailevents *mail,
                                   enum nd_event_type type, size_t sentence);

#endif
