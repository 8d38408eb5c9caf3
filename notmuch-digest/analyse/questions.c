/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analyse/questions.h"

#include <string.h>

#include "acts/questionform.h"
#include "analyse/unsure.h"

enum { PER_MAIL = 20 };

/*
 * Log odds below which the form deceives. What is asked in passing is still
 * open when nobody answers: on lists not seen a higher bound lost more open
 * questions than it kept out.
 */
static const float ASKS_LEAST = -4;

/* "@bot please rebase": said to a program */
static bool
is_command(const struct nd_utterance *said)
{
	return said->len > 1 && said->text[0] == '@' && said->text[1] >= 'a' &&
	       said->text[1] <= 'z' && !memchr(said->text, '?', said->len);
}

void
nd_questions_read(const struct nd_mailevents *mail)
{
	size_t found = 0;

	for (size_t i = 0; i < mail->said.count && found < PER_MAIL; i++) {
		struct nd_event *event;

		if (mail->acts->sentence[i].act[ND_ACT_ASKS] < ASKS_LEAST ||
		    !nd_questionform_has(&mail->said, i, mail->on_patch) ||
		    is_command(&mail->said.utterance[i]))
			continue;
		event = nd_mailevents_say(mail, ND_EVENT_QUESTION,
		                          &mail->said.utterance[i]);
		if (nd_unsure_is(mail, ND_ACT_ASKS, i))
			event->flags |= ND_EVENT_UNSURE;
		event->last_line = mail->said.utterance[i].last_line;
		found++;
	}
}
