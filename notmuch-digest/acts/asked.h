/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * asked.h - who is asked by a question
 *
 * The one whom the question calls by name ("Ann, what …", "@Ann", "…, Ann?"),
 * or the paragraph that it stands in; else the writer of the quoted line above
 * it; else the one whom the mail greets; else the writer of the mail that it
 * answers. A question at the head of a thread, and one that asks "anybody", is
 * asked of everybody.
 */
#ifndef ND_ACTS_ASKED_H
#define ND_ACTS_ASKED_H

#include <stdbool.h>

#include "model/thread.h"

struct nd_asked {
	const struct nd_address *who; /* of a mail of the thread; NULL:
				       * everybody, or with by_name
				       * somebody who is not there */
	bool by_name;                 /* it calls them by their name */
	bool volunteers;              /* it asks for those who want to */
};

/** Who is asked by this event of type QUESTION? Needs the text. */
struct nd_asked
nd_asked_find(const struct nd_thread *thread, const struct nd_event *question);

/** Whom an event's own words call by name: somebody of the thread, or NULL. */
const struct nd_address *
nd_asked_called(const struct nd_thread *thread, const struct nd_event *event);

/** Does a sentence call this person by name? */
bool nd_asked_calls(const char *sentence, const struct nd_address *who);

/** "Kalle, can you …": somebody, whether known here by that name or not? */
bool nd_asked_calls_somebody(const char *sentence);

#endif
