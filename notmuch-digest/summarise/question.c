/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "summarise/question.h"

#include "summarise/speech.h"

bool
nd_question_is_open(const struct nd_material *m, const struct nd_candidate *c)
{
	const struct nd_source *source = &m->source[c->message];

	if (!(c->acts & ND_SPEECH_QUESTION) ||
	    c->acts & (ND_SPEECH_RHETORIC | ND_SPEECH_SOCIAL) || c->quoted ||
	    source->robot)
		return false;
	return !source->replies && !source->heard;
}
