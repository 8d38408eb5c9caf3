/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "summarise/presentable.h"

#include <string.h>

#include "acts/acceptance.h"
#include "summarise/doing.h"
#include "summarise/quotedquestion.h"
#include "util/alloc.h"
#include "util/str.h"

/* A sentence of fewer words says nothing, unless it decides something. */
enum {
	WORDS_MIN = 5,
	TALK_WORDS_MIN = 3, /* "Fair enough." answers, in a talk */
	HEADING_WORDS = 7,
	SOCIAL_WORDS = 9,
	BARE_WORDS = 12,
	BARE_CONTENT = 2, /* words that are no stop words */
};

static bool
has_odd_quotes(const struct nd_sentence *s)
{
	bool odd = false;

	for (uint32_t i = 0; i < s->len; i++)
		odd ^= s->text[i] == '"';
	return odd;
}

/* 'This is what the manual says.' */
static bool
is_quotation(const struct nd_sentence *s)
{
	return s->len > 1 && strchr("'\"", s->text[0]) &&
	       s->text[s->len - 1] == s->text[0];
}

/* "You could do something like": what it was is not in the sentence. */
static bool
ends_in_the_air(const struct nd_candidates *m, const struct nd_candidate *c)
{
	return !(c->sentence.flags & ND_SENTENCE_WHOLE) && c->word_count &&
	       m->words.word[c->word + c->word_count - 1] == ND_WORD_STOP;
}

bool
nd_presentable_is_bare(const struct nd_candidate *c)
{
	bool promises = c->doing & ND_DOING_PROMISE;

	if (c->print_words > BARE_WORDS || c->doing & ND_DOING_ASK ||
	    (c->doing & ND_DOING_COURTESY && !promises))
		return false;
	return c->content <= 1 || (promises && c->content <= BARE_CONTENT);
}

/* "Sure, I will.", and nothing says what: neither it nor a quote above. */
static bool
is_lost(const struct nd_candidates *m, const struct nd_candidate *c)
{
	const struct nd_body *body = m->thread->message[c->message]->body;
	bool empty = c->content == 0 || c->doing & ND_DOING_COURTESY;
	bool is_lost;
	int32_t mail;
	void *tmp;

	if (c->content > 1 || !nd_presentable_is_bare(c) ||
	    !(c->doing & ND_DOING_AGREE ||
	      (c->doing & ND_DOING_PROMISE && empty)))
		return false;
	if (!c->below_quote)
		return true;
	tmp = talloc_new(NULL);
	is_lost =
		!nd_quotedquestion_above(tmp, body, c->sentence.line, &mail) &&
		!nd_quotedquestion_remark(tmp, body, c->sentence.line, &mail);
	talloc_free(tmp);
	return is_lost;
}

/* "Applied", and the ledger does not know what: something else. */
static bool
is_unfounded(const struct nd_candidates *m, const struct nd_candidate *c)
{
	struct nd_utterance said = {
		.text = c->sentence.text,
		.len = c->sentence.len,
		.opens = c->sentence.flags & ND_SENTENCE_FIRST,
	};
	struct nd_acceptance claim;

	return m->review && !m->thread->applied && said.len > 0 &&
	       nd_acceptance_read(&said, &claim);
}

bool
nd_presentable(const struct nd_candidates *m, const struct nd_candidate *c)
{
	const struct nd_sentence *s = &c->sentence;
	bool decides = c->doing & (ND_DOING_DECIDE | ND_DOING_PROMISE);
	unsigned letters = 0;

	if (c->doing & ND_DOING_BOILERPLATE ||
	    s->flags & (ND_SENTENCE_COLON | ND_SENTENCE_TORN))
		return false;
	/* An aside, or a piece of something longer. */
	if (strchr("(^|", s->text[0]) || nd_mem_starts(s->text, s->len, "..") ||
	    has_odd_quotes(s) || is_quotation(s) || ends_in_the_air(m, c))
		return false;
	/* "schedule+0x27/0xf0": a trace */
	if (nd_mem_find_nocase(s->text, s->len, "+0x"))
		return false;
	if (is_lost(m, c) || is_unfounded(m, c))
		return false;
	if (!c->content || c->print_words < (decides     ? 2
	                                     : m->review ? WORDS_MIN
	                                                 : TALK_WORDS_MIN))
		return false;
	if (m->review && c->doing & ND_DOING_COURTESY && !decides &&
	    c->print_words <= SOCIAL_WORDS)
		return false;
	/* A heading, a cell, a fragment between code. */
	if (!(s->flags & ND_SENTENCE_WHOLE) && !decides &&
	    c->print_words < HEADING_WORDS)
		return false;
	for (uint32_t i = 0; i < s->len; i++)
		letters += (s->text[i] | 0x20) >= 'a' ||
		           (unsigned char)s->text[i] >= 0x80 ||
		           s->text[i] == ' ';
	return 4 * letters >= 3 * s->len;
}
