/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * mailevents.h - one mail, as those see it who look for events in it
 */
#ifndef ND_ANALYSE_MAILEVENTS_H
#define ND_ANALYSE_MAILEVENTS_H

#include <stdbool.h>

#include "acts/act.h"
#include "acts/cue.h"
#include "model/thread.h"

struct nd_mailevents {
	struct nd_thread *thread;
	const struct nd_message *message;
	int32_t index;  /* of the message */
	int32_t target; /* posting at or above it, or ND_NO_MESSAGE */
	bool on_patch;  /* it is an answer about a patch or pull request */
	bool by_author; /* of that patch */
	const struct nd_act_mail *acts; /* what it does */
	struct nd_utterances said;      /* as in acts */
};

/** Is there such a cue in sentence i of what is said? */
bool
nd_mailevents_has(const struct nd_mailevents *mail, size_t i, enum nd_cue cue);

/** Is it a question? */
bool nd_mailevents_asks(const struct nd_mailevents *mail, size_t i);

/** Does somebody say it, and not only that it may be, or was thought to be? */
bool nd_mailevents_is_sure(const struct nd_mailevents *mail, size_t i);

/**
 * Add an event of this mail to the ledger.
 *
 * text, len   what is said; copied, unsafe white space made blanks
 * Returns     the event, good until the next one is added; about is the
 *             reading's target, who the mail's sender
 */
struct nd_event *
nd_mailevents_add(const struct nd_mailevents *mail, enum nd_event_type type,
                  uint32_t line, const char *text, size_t len);

/** The same for one of reading->said. */
struct nd_event *
nd_mailevents_say(const struct nd_mailevents *mail, enum nd_event_type type,
                  const struct nd_utterance *said);

/** The bytes of a commit id at the start of (text, len): 7 to 40; else 0. */
size_t nd_mailevents_commit_len(const char *text, size_t len);

/**
 * Find a commit id that a line names: "commit: ID", "…/c/ID", "…?id=ID".
 *
 * Returns its place, or NULL; *id_len is its length
 */
const char *
nd_mailevents_find_commit(const char *text, size_t len, size_t *id_len);

/** Add a commit id to the event, once. */
void nd_mailevents_add_commit(struct nd_thread *thread, struct nd_event *event,
                              const char *id, size_t len);

/** Add the number of a patch to the event, once. */
void nd_mailevents_add_patch(struct nd_thread *thread, struct nd_event *event,
                             int number);

#endif
