/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "summarise/presentable.h"

#include <string.h>

#include "acts/acceptance.h"
#include "summarise/announced.h"
#include "summarise/doing.h"
#include "summarise/hanging.h"
#include "text/halves.h"
#include "text/token.h"
#include "util/str.h"

/* A sentence of fewer words says nothing, unless it decides something. */
enum {
	WORDS_MIN = 5,
	ANSWER_WORDS_MIN = 4,
	DECISION_WORDS_MIN = 2,
	HEARD_WORDS_MIN = 3, /* "Return value ignored." is a wish */
	TALK_WORDS_MIN = 3,  /* "Fair enough." answers, in a talk */
	HEADING_WORDS = 7,
	NOD_CONTENT = 4, /* words that are no stop words */
	SIGH_CONTENT = 2,
	HOLLOW_CONTENT = 2,
	SOCIAL_WORDS = 9,
	QUOTATION_MAX = 4,  /* sentences on this side and that of one in it */
	VALUES_MIN = 3,     /* of a line of them */
	THANKS_CONTENT = 3, /* words that are no stop words */
	APOLOGY_WORDS = 20,
	JOKE_CONTENT = 4,
	LONG_THANKS_CONTENT = 5,
	LONG_THANKS_WORDS = 12,
};

static bool
has_half(const struct nd_sentence *s)
{
	return nd_halves_of_quotation(s->text, s->len);
}

/* The sentence that is so far from c in its paragraph, or NULL. */
static const struct nd_candidate *
in_paragraph(const struct nd_candidates *m, const struct nd_candidate *c,
             int far)
{
	const struct nd_candidate *other = c + far;

	return other >= m->candidate &&
	                       other < m->candidate + m->candidate_count &&
	                       other->message == c->message &&
	                       other->sentence.paragraph ==
	                               c->sentence.paragraph
	               ? other
	               : NULL;
}

/* Is it between the halves of a quotation that has several sentences? */
static bool
is_inside_quotation(const struct nd_candidates *m, const struct nd_candidate *c)
{
	const struct nd_candidate *other;
	unsigned before = 0, behind = 0;

	for (int i = 1; i <= QUOTATION_MAX && (other = in_paragraph(m, c, -i));
	     i++)
		before += has_half(&other->sentence);
	for (int i = 1; i <= QUOTATION_MAX && (other = in_paragraph(m, c, i));
	     i++)
		behind += has_half(&other->sentence);
	return has_half(&c->sentence) ? (before + behind) % 2
	                              : before % 2 && behind % 2;
}

/* One whose other half is in a sentence beside it; else it was forgotten. */
static bool
is_part_of_quotation(const struct nd_candidates *m,
                     const struct nd_candidate *c)
{
	const struct nd_candidate *first = m->candidate;
	const struct nd_candidate *last = first + m->candidate_count - 1;
	const struct nd_sentence *s = &c->sentence;

	if (is_inside_quotation(m, c))
		return true;
	if (!has_half(s))
		return false;
	if (!(s->flags & ND_SENTENCE_WHOLE) || *s->text == '"')
		return true;
	return (c > first && c[-1].message == c->message &&
	        has_half(&c[-1].sentence)) ||
	       (c < last && c[1].message == c->message &&
	        has_half(&c[1].sentence));
}

/* 'This is what the manual says.' */
static bool
is_quotation(const struct nd_sentence *s)
{
	return s->len > 1 && strchr("'\"", s->text[0]) &&
	       s->text[s->len - 1] == s->text[0];
}

/*
 * "contained.)", "as it is (unless": of a remark in brackets only a part. Where
 * no sentence below closes it, the bracket was forgotten.
 */
static bool
is_half_in_brackets(const struct nd_candidates *m, const struct nd_candidate *c)
{
	const struct nd_candidate *next = c + 1;
	int open = nd_halves_open_brackets(c->sentence.text, c->sentence.len);

	if (open <= 0 || !(c->sentence.flags & ND_SENTENCE_WHOLE))
		return open != 0;
	return next < m->candidate + m->candidate_count &&
	       next->message == c->message &&
	       nd_halves_open_brackets(next->sentence.text,
	                               next->sentence.len) < 0;
}

/* "**** this is a tool for experts": a program's, or a heading's */
static bool
is_banner(const struct nd_sentence *s)
{
	enum { MARKS = 3 };

	for (uint32_t i = 0; i < MARKS; i++)
		if (i == s->len || s->text[i] != s->text[0])
			return false;
	return strchr("*#=~!_+-", s->text[0]);
}

/* "[2/13] foo: fix bar": of a list of commits */
static bool
is_of_list(const struct nd_sentence *s)
{
	return s->len > 4 && s->text[0] == '[' && nd_is_digit(s->text[1]) &&
	       memchr(s->text, '/', 4);
}

/* "[  495.289499] eth0: link is up": of a log, by when it was */
static bool
has_stamp(const struct nd_sentence *s)
{
	for (uint32_t i = 0; i < s->len; i++) {
		uint32_t at = i + 1, points = 0;

		if (s->text[i] != '[')
			continue;
		while (at < s->len && s->text[at] == ' ')
			at++;
		for (; at < s->len &&
		       (nd_is_digit(s->text[at]) || s->text[at] == '.');
		     at++)
			points += s->text[at] == '.';
		if (points == 1 && at < s->len && s->text[at] == ']')
			return true;
	}
	return false;
}

/* "Apr 3 02:27:59 host kernel: it is up": of a log, by when and where it was */
static bool
has_date(const struct nd_sentence *s)
{
	enum { MONTH = 4 };

	return s->len > MONTH &&
	       (nd_mem_matches(s->text + MONTH, s->len - MONTH,
	                       "% %%:%%:%% *: *") ||
	        nd_mem_matches(s->text + MONTH, s->len - MONTH,
	                       "%% %%:%%:%% *: *"));
}

/* "[ERROR] [RPC] Failed to reset!": of a log, by how bad it is. */
static bool
is_of_log(const struct nd_sentence *s)
{
	static const char *const levels[] = {
		"[trace]",   "[debug]", "[info]",  "[notice]",   "[warn]",
		"[warning]", "[err]",   "[error]", "[critical]", "[fatal]",
	};

	for (size_t i = 0; i < sizeof levels / sizeof *levels; i++)
		if (nd_mem_find_nocase(s->text, s->len, levels[i]))
			return true;
	return has_stamp(s) || has_date(s);
}

/* "net/ring.c:14:3: warning: …": a compiler's, in what somebody writes */
static bool
is_of_compiler(const struct nd_sentence *s)
{
	const char *colon, *space = memchr(s->text, ' ', s->len);
	size_t len = space ? (size_t)(space - s->text) : s->len;

	colon = memchr(s->text, ':', len);
	return colon && memchr(s->text, '.', (size_t)(colon - s->text)) &&
	       (size_t)(colon + 1 - s->text) < len && nd_is_digit(colon[1]) &&
	       (s->text[len - 1] == ':' || nd_is_digit(s->text[len - 1])) &&
	       nd_mem_find(s->text + len, s->len - len, ": ");
}

/* "rx-usecs: 0 tx-usecs: 16 rate: 0": what a program prints */
static bool
is_of_values(const struct nd_sentence *s)
{
	unsigned values = 0;

	for (uint32_t i = 1; i + 2 < s->len; i++)
		values += s->text[i] == ':' && s->text[i + 1] == ' ' &&
		          nd_is_digit(s->text[i + 2]);
	return values >= VALUES_MIN;
}

/*
 * "You could do something like", "should it be called": what, is below. "How do I
 * set it up" has only lost its mark.
 */
static bool
ends_in_the_air(const struct nd_candidate *c)
{
	static const char *const ends[] = {
		"a",       "an",   "and",  "are",    "as",    "at",    "be",
		"because", "but",  "by",   "called", "for",   "from",  "if",
		"in",      "into", "is",   "like",   "my",    "named", "of",
		"on",      "or",   "our",  "than",   "that",  "the",   "their",
		"to",      "was",  "were", "when",   "where", "which", "while",
		"with",    "your",
	};
	const struct nd_sentence *s = &c->sentence;
	uint32_t end = s->len, begin;

	if (s->flags & ND_SENTENCE_WHOLE)
		return false;
	while (end > 0 && nd_is_space(s->text[end - 1]))
		end--;
	for (begin = end; begin > 0 && !nd_is_space(s->text[begin - 1]);)
		begin--;
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
		if (nd_mem_is_nocase(s->text + begin, end - begin, ends[i]))
			return true;
	return false;
}

/* Can the sentence before be told with it? */
static bool
can_be_led(const struct nd_candidates *m, const struct nd_candidate *c)
{
	const struct nd_candidate *lead = c - 1;

	return c > m->candidate && lead->message == c->message && !lead->tail &&
	       !nd_candidates_are_parted(m, lead, c) && nd_presentable(m, lead);
}

/*
 * "Ha, that makes sense!", "That is what I feared.": in a talk, nothing says what,
 * neither it nor a quote above, nor what the mail said before.
 */
static bool
is_nod(const struct nd_candidates *m, const struct nd_candidate *c)
{
	if (m->review || c->doing & (ND_DOING_DECIDE | ND_DOING_PROMISE |
	                             ND_DOING_SETTLE | ND_DOING_ASK))
		return false;
	if (c->doing & ND_DOING_AGREE)
		return c->content <= NOD_CONTENT;
	if (c->tail)
		return !can_be_led(m, c);
	return c->content <= SIGH_CONTENT && c->sentence.nth == 0 &&
	       !nd_hanging_stands(c);
}

/* The ledger has heard that it moves something. */
static bool
is_heard(const struct nd_candidate *c)
{
	static const unsigned moves =
		1u << ND_EVENT_CHANGES_REQUESTED | 1u << ND_EVENT_APPROVED |
		1u << ND_EVENT_AGREED | 1u << ND_EVENT_OBJECTION |
		1u << ND_EVENT_DECIDED | 1u << ND_EVENT_TEST_RESULT;

	return c->events & moves;
}

/*
 * "This part isn't.", "That was not my question.": of what no quote above tells,
 * and the mail has said nothing before; nor has the ledger heard anything in it.
 */
static bool
is_hollow(const struct nd_candidates *m, const struct nd_candidate *c)
{
	return m->source[c->message].part == ND_PART_TALK && c->hangs &&
	       c->sentence.nth == 0 && c->content <= HOLLOW_CONTENT &&
	       !is_heard(c) &&
	       !(c->doing &
	         (ND_DOING_ASK | ND_DOING_DECIDE | ND_DOING_FIND |
	          ND_DOING_PROMISE | ND_DOING_SETTLE | ND_DOING_SUGGEST));
}

/* "Sure, I will.", and nothing says what: neither it nor a quote above. */
static bool
is_lost(const struct nd_candidates *m, const struct nd_candidate *c)
{
	bool empty = c->content == 0 || c->doing & ND_DOING_COURTESY;

	if (c->above)
		return false;
	/* "Do you have more information?", and no word of what */
	if (c->sentence.nth == 0 && nd_hanging_is_bare_question(c) &&
	    m->source[c->message].part == ND_PART_TALK)
		return true;
	return is_nod(m, c) || is_hollow(m, c) ||
	       (c->content <= 1 && nd_hanging_is_bare(c) &&
	        (c->doing & ND_DOING_AGREE ||
	         (c->doing & ND_DOING_PROMISE && empty)));
}

/* "Thank you for your reply, and sorry for the late response." */
static bool
is_long_thanks(const struct nd_candidate *c)
{
	return c->doing & ND_DOING_THANK && c->content <= LONG_THANKS_CONTENT &&
	       c->print_words <= LONG_THANKS_WORDS;
}

/* What is said is another thing than that somebody is sorry, or jokes. */
static bool
says_more(const struct nd_candidate *c)
{
	const unsigned more = ND_DOING_ASK | ND_DOING_DECIDE | ND_DOING_FIND |
	                      ND_DOING_PROMISE | ND_DOING_RETRACT |
	                      ND_DOING_SETTLE | ND_DOING_SUGGEST;

	return c->doing & more || is_heard(c);
}

/* "Sorry that I was busy today.", and no "Sorry for the noise, but it is broken." */
static bool
is_apology(const struct nd_candidate *c)
{
	static const char *const phrases[] = {
		"sorry about ",   "sorry for ",     "sorry that ",
		"sorry to ",      "apologies for ", "apologise for ",
		"apologize for ", "forgive me",
	};
	const struct nd_sentence *s = &c->sentence;

	/* "please" */
	if (nd_mem_starts_nocase(s->text, s->len, "please forgive me"))
		return c->print_words <= APOLOGY_WORDS;
	if (c->print_words > APOLOGY_WORDS || says_more(c) ||
	    nd_mem_find_nocase(s->text, s->len, " but "))
		return false;
	for (size_t i = 0; i < sizeof phrases / sizeof *phrases; i++)
		if (nd_mem_find_nocase(s->text, s->len, phrases[i]))
			return true;
	return false;
}

/* "The boss sounds reasonable then ;-)": a few words with a smile. */
static bool
is_joke(const struct nd_candidate *c)
{
	static const char *const smiles[] = {":)", ":-)", ":P", ":-P",
	                                     ":D", ";)",  ";-)"};
	const struct nd_sentence *s = &c->sentence;

	if (c->content > JOKE_CONTENT || says_more(c) || c->below_question ||
	    c->doing & ND_DOING_AGREE)
		return false;
	for (size_t i = 0; i < sizeof smiles / sizeof *smiles; i++)
		if (nd_mem_ends_nocase(s->text, s->len, smiles[i]))
			return true;
	return false;
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

	/* "Commit 1a2b3c4d added them to a.c" of a posting is of something else. */
	return m->review && !m->thread->applied && said.len > 0 &&
	       m->source[c->message].part == ND_PART_TALK &&
	       nd_acceptance_read(&said, &claim);
}

/* The bytes of a word that is a link, or 0. */
static uint32_t
link_bytes(const struct nd_sentence *s, uint32_t at)
{
	uint32_t end = at;

	while (end < s->len && !nd_is_space(s->text[end]))
		end++;
	return nd_mem_find_nocase(s->text + at, end - at, "://") ? end - at : 0;
}

/* The bytes of "2.11.0" or "v6.1.9", or 0. */
static uint32_t
version_bytes(const struct nd_sentence *s, uint32_t at)
{
	uint32_t start = at, end, digits = 0;

	start += at < s->len && s->text[at] == 'v';
	for (end = start;
	     end < s->len && (nd_is_digit(s->text[end]) || s->text[end] == '.');
	     end++)
		digits += s->text[end] != '.';
	return digits > 0 && end > start + digits ? end - at : 0;
}

/*
 * Letters and blanks, not signs and numbers; people's links are left aside, and
 * versions in what is a sentence.
 */
static bool
is_mostly_words(const struct nd_sentence *s, bool robot)
{
	unsigned letters = 0, all = 0;

	for (uint32_t i = 0; i < s->len; i++) {
		if (!robot && (i == 0 || s->text[i - 1] == ' '))
			i += link_bytes(s, i);
		if (s->flags & ND_SENTENCE_WHOLE &&
		    (i == 0 || s->text[i - 1] == ' '))
			i += version_bytes(s, i);
		if (i == s->len)
			break;
		letters += (s->text[i] | 0x20) >= 'a' ||
		           (unsigned char)s->text[i] >= 0x80 ||
		           s->text[i] == ' ';
		all++;
	}
	return 4 * letters >= 3 * all;
}

/* "Added Ann <ann@example.org> as I had her old address": who gets a copy */
static bool
is_of_copies(const struct nd_sentence *s)
{
	static const char *const words[] = {
		"adding",  "added",   "add",     "cc",   "cc'ing",
		"ccing",   "cced",    "cc'ed",   "cc'd", "+cc",
		"copying", "looping", "include",
	};
	struct nd_token token[2];
	size_t count = nd_tokenizer_read(nd_tokenizer_own(), s->text, s->len,
	                                 token, 2);

	return count > 0 &&
	       nd_token_is_one_of(token, words, sizeof words / sizeof *words) &&
	       (memchr(s->text, '@', s->len) ||
	        nd_mem_starts_nocase(s->text, s->len, "cc") ||
	        nd_mem_starts_nocase(s->text, s->len, "+cc"));
}

/* "P.S: While testing I also noticed": of something else */
static bool
is_postscript(const struct nd_sentence *s)
{
	static const char *const heads[] = {"p.s", "ps:", "ps.", "ps "};

	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
		if (nd_mem_starts_nocase(s->text, s->len, heads[i]))
			return true;
	return false;
}

static unsigned
least_words(const struct nd_candidates *m, const struct nd_candidate *c,
            bool decides, bool counts)
{
	if (decides)
		return DECISION_WORDS_MIN;
	if (!m->review)
		return TALK_WORDS_MIN;
	if (counts)
		return HEARD_WORDS_MIN;
	return m->source[c->message].part == ND_PART_TALK ? ANSWER_WORDS_MIN
	                                                  : WORDS_MIN;
}

bool
nd_presentable(const struct nd_candidates *m, const struct nd_candidate *c)
{
	const struct nd_sentence *s = &c->sentence;
	bool decides = c->doing & (ND_DOING_DECIDE | ND_DOING_PROMISE);
	bool counts = decides || is_heard(c);

	if (c->doing & ND_DOING_BOILERPLATE || s->flags & ND_SENTENCE_TORN ||
	    (s->flags & ND_SENTENCE_COLON &&
	     nd_announced_is_empty(s->text, s->len)))
		return false;
	/* An aside, or a piece of something longer. */
	if (strchr("(^|:", s->text[0]) ||
	    (nd_mem_starts(s->text, s->len, "..") &&
	     (m->source[c->message].part != ND_PART_TALK ||
	      !(s->flags & ND_SENTENCE_WHOLE))) ||
	    nd_mem_starts_nocase(s->text, s->len, "i.e.") ||
	    is_part_of_quotation(m, c) || is_quotation(s) || is_of_log(s) ||
	    is_of_values(s) || is_of_list(s) || is_banner(s) ||
	    is_half_in_brackets(m, c) || ends_in_the_air(c))
		return false;
	/* "^^^ min(a, b)" points to the line above. */
	if (nd_mem_find_nocase(s->text, s->len, "^^"))
		return false;
	/* "schedule+0x27/0xf0": a trace */
	if (nd_mem_find_nocase(s->text, s->len, "+0x"))
		return false;
	if (c->is_item || c->cited || c->rewrites || c->corrected ||
	    c->conceded || c->of_titles || is_lost(m, c) || is_unfounded(m, c))
		return false;
	/* "This did it.", below what did */
	if ((!c->content && !(c->doing & ND_DOING_SETTLE && c->above)) ||
	    c->print_words < least_words(m, c, decides, counts))
		return false;
	if (is_of_copies(s) ||
	    (!m->source[c->message].robot && is_of_compiler(s)))
		return false;
	/* Who posts patches thanks, and says nothing of them by that. */
	if (m->review && m->source[c->message].part != ND_PART_TALK &&
	    c->doing & ND_DOING_COURTESY && !counts &&
	    !(c->doing & ND_DOING_ASK))
		return false;
	/* "Yeah, thanks!" answers in a talk no more than thanks do. */
	if (c->doing & ND_DOING_COURTESY && !decides &&
	    (m->review || !(c->doing & ND_DOING_AGREE) ||
	     c->content <= THANKS_CONTENT) &&
	    (c->print_words <= SOCIAL_WORDS || is_long_thanks(c)))
		return false;
	if (is_apology(c) || is_joke(c) ||
	    (m->review && m->source[c->message].part != ND_PART_TALK &&
	     is_postscript(s)))
		return false;
	/* A heading, a cell, a fragment between code. */
	if (!(s->flags & ND_SENTENCE_WHOLE) && !counts &&
	    c->print_words < HEADING_WORDS)
		return false;
	return is_mostly_words(s, m->source[c->message].robot);
}
