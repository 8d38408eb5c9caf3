/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "summarise/question.h"

#include <string.h>

enum { TAIL_BYTES = 16 };

/* Do both end in the same words? They may begin differently: "- ", "Also". */
static bool
ends_alike(const char *sentence, const struct nd_sentence *other)
{
	size_t len = strlen(sentence), tail = TAIL_BYTES;

	if (tail > len)
		tail = len;
	if (tail > other->len)
		tail = other->len;
	return memcmp(sentence + len - tail, other->text + other->len - tail,
	              tail) == 0;
}

bool
nd_question_is_open(const struct nd_material *m, const struct nd_candidate *c)
{
	const struct nd_thread *thread = m->thread;
	const struct nd_sentence *s = &c->sentence;

	for (size_t i = 0; i < thread->open_question_count; i++) {
		const struct nd_open_question *open = &thread->open_question[i];

		if (open->message == c->message && open->line <= s->last_line &&
		    open->last_line >= s->line && ends_alike(open->sentence, s))
			return true;
	}
	return false;
}
