/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "summarise/corrected.h"

#include <string.h>

#include "summarise/doing.h"
#include "text/phrase.h"
#include "util/alloc.h"
#include "util/str.h"

enum {
	COMMANDS_MAX = 32, /* of a thread; each looks at all sentences */
	QUOTE_LINES = 16,  /* above what takes something back */
	LOOK_CONTENT = 3,  /* words of who will look that are no stop words */
	RESULT_WORDS = 6,
};

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

/* What the line of a mail is in. */
static bool
mark_line(const struct nd_source *source, struct nd_candidate *candidate,
          const struct nd_line *line)
{
	const struct nd_source *mail = &source[line->source];
	bool marked = false;

	for (uint32_t k = mail->candidate;
	     k < mail->candidate + mail->candidate_count; k++) {
		const struct nd_sentence *s = &candidate[k].sentence;

		if (s->line <= line->source_line &&
		    line->source_line <= s->last_line)
			candidate[k].corrected = marked = true;
	}
	return marked;
}

/* The last that the writer of a mail said before, in the quote above a line. */
static bool
mark_quoted(const struct nd_thread *thread, const struct nd_source *source,
            struct nd_candidate *candidate, int32_t mail, uint32_t line)
{
	const struct nd_line *lines = thread->message[mail]->body->line;
	bool marked = false, is_quoted = false;
	unsigned seen = 0;

	for (; line > 0 && seen < QUOTE_LINES; line--, seen++) {
		const struct nd_line *at = &lines[line - 1];
		bool own;

		if (at->kind != ND_LINE_QUOTE) {
			if (is_quoted)
				break;
			continue;
		}
		is_quoted = true;
		own = at->source >= 0 && at->source < mail &&
		      source[at->source].person == source[mail].person;
		if (!own && marked && at->len > 0)
			break;
		marked |= own && mark_line(source, candidate, at);
	}
	return is_quoted;
}

/* All of the mail that it answers, if that is the writer's, too. */
static void
mark_answered(const struct nd_thread *thread, const struct nd_source *source,
              struct nd_candidate *candidate, int32_t mail)
{
	int32_t parent = thread->message[mail]->parent;
	const struct nd_source *answered;

	if (parent < 0 || parent == thread->root ||
	    source[parent].person != source[mail].person)
		return;
	answered = &source[parent];
	for (uint32_t k = 0; k < answered->candidate_count; k++)
		candidate[answered->candidate + k].corrected = true;
}

/* "Never mind, I misread the log." */
static void
mark_retracted(const struct nd_thread *thread, const struct nd_source *source,
               struct nd_candidate *candidate, int32_t mail)
{
	const struct nd_source *here = &source[mail];

	if (here->robot)
		return;
	for (uint32_t k = 0; k < here->candidate_count; k++) {
		const struct nd_candidate *c = &candidate[here->candidate + k];

		if (c->doing & ND_DOING_RETRACT &&
		    !(c->doing & (ND_DOING_ASK | ND_DOING_HEDGE)) &&
		    !mark_quoted(thread, source, candidate, mail,
		                 c->sentence.line))
			mark_answered(thread, source, candidate, mail);
	}
}

/* Something that is no word of thanks? */
static bool
says_result(const struct nd_source *mail, const struct nd_candidate *candidate)
{
	const struct nd_candidate *c = &candidate[mail->candidate];

	for (uint32_t k = 0; k < mail->candidate_count; k++)
		if (c[k].print_words >= RESULT_WORDS &&
		    !(c[k].doing & (ND_DOING_COURTESY | ND_DOING_LOOK)))
			return true;
	return false;
}

/* Of each person the last mail that does. */
static size_t *
last_results(const struct nd_thread *thread, const struct nd_source *source,
             const struct nd_candidate *candidate)
{
	int32_t persons = 0;
	size_t *last;

	for (size_t i = 0; i < thread->message_count; i++)
		if (source[i].person >= persons)
			persons = source[i].person + 1;
	last = x_array(NULL, size_t, (size_t)persons);
	for (size_t i = 0; i < thread->message_count; i++)
		if (says_result(&source[i], candidate))
			last[source[i].person] = i;
	return last;
}

/* "I will check it in v4": will be changed */
static bool
has_digit(const struct nd_sentence *s)
{
	for (uint32_t i = 0; i < s->len; i++)
		if (nd_is_digit(s->text[i]))
			return true;
	return false;
}

/* "I'll take a look.", and what was seen is told in another mail. */
static void
mark_looked(const struct nd_source *mail, struct nd_candidate *candidate)
{
	for (uint32_t k = 0; k < mail->candidate_count; k++) {
		struct nd_candidate *c = &candidate[mail->candidate + k];

		c->corrected |= c->doing & ND_DOING_LOOK &&
		                c->content <= LOOK_CONTENT &&
		                !(c->doing & ND_DOING_ASK) &&
		                !has_digit(&c->sentence);
	}
}

void
nd_corrected_mark(const struct nd_thread *thread,
                  const struct nd_source *source,
                  struct nd_candidate *candidate)
{
	size_t *last = last_results(thread, source, candidate);
	unsigned commands = 0;

	for (size_t i = 0; i < thread->message_count; i++) {
		const struct nd_body *body = thread->message[i]->body;

		if (body) {
			mark_retracted(thread, source, candidate, (int32_t)i);
			if (last[source[i].person] > i)
				mark_looked(&source[i], candidate);
		}
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
	talloc_free(last);
}
