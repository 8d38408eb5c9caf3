/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "summarise/corrected.h"

#include <string.h>

#include "text/phrase.h"
#include "util/str.h"

enum { COMMANDS_MAX = 32 }; /* of a thread; each looks at all sentences */

/* What is replaced in "s/this/that/", "s/this/that/g.": its bytes, or 0. */
static size_t
read_command(const char *text, size_t len, const char **wrong)
{
	const char *end, *last;

	nd_mem_trim(&text, &len);
	if (len < 5 || !nd_mem_starts(text, len, "s/"))
		return 0;
	*wrong = text + 2;
	end = memchr(*wrong, '/', len - 2);
	if (!end || end == *wrong)
		return 0;
	last = memchr(end + 1, '/', len - (size_t)(end + 1 - text));
	if (!last || text + len - last > 3)
		return 0;
	return (size_t)(end - *wrong);
}

/* Does the sentence have these words, and not as a part of others? */
static bool
has_words(const struct nd_sentence *s, const char *words, size_t len)
{
	for (uint32_t at = 0; at + len <= s->len; at++)
		if (!memcmp(s->text + at, words, len) &&
		    (at == 0 || !nd_phrase_is_word_byte(s->text[at - 1])) &&
		    (at + len == s->len ||
		     !nd_phrase_is_word_byte(s->text[at + len])))
			return true;
	return false;
}

/* In the mails of that person up to this one. */
static void
mark(const struct nd_source *source, struct nd_candidate *candidate,
     size_t mail, const char *wrong, size_t len)
{
	for (size_t i = 0; i <= mail; i++) {
		if (source[i].person != source[mail].person)
			continue;
		for (uint32_t k = 0; k < source[i].candidate_count; k++) {
			struct nd_candidate *c =
				&candidate[source[i].candidate + k];

			c->corrected |= has_words(&c->sentence, wrong, len);
		}
	}
}

void
nd_corrected_mark(const struct nd_thread *thread,
                  const struct nd_source *source,
                  struct nd_candidate *candidate)
{
	unsigned commands = 0;

	for (size_t i = 0; i < thread->message_count; i++) {
		const struct nd_body *body = thread->message[i]->body;

		for (size_t k = 0;
		     body && k < body->line_count && commands < COMMANDS_MAX;
		     k++) {
			const char *wrong;
			size_t len;

			if (body->line[k].kind != ND_LINE_OWN)
				continue;
			len = read_command(body->text + body->line[k].start,
			                   body->line[k].len, &wrong);
			if (len == 0)
				continue;
			mark(source, candidate, i, wrong, len);
			commands++;
		}
	}
}
