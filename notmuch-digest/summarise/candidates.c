/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "summarise/candidates.h"

#include <string.h>

#include "acts/asked.h"
#include "model/address.h"
#include "summarise/announced.h"
#include "summarise/citation.h"
#include "summarise/complaint.h"
#include "summarise/corrected.h"
#include "summarise/doing.h"
#include "summarise/hanging.h"
#include "summarise/remarkplace.h"
#include "summarise/results.h"
#include "summarise/shortlog.h"
#include "summarise/speakers.h"
#include "text/language.h"
#include "text/phrase.h"
#include "util/alloc.h"
#include "util/buf.h"
#include "util/limits.h"
#include "util/map.h"
#include "util/segment.h"
#include "util/str.h"

enum {
	LANGUAGE_BYTES = 2048, /* of own text that the guess looks at */
	SENTENCES_MIN = 8,     /* that every mail may bring */
	QUOTED_MAX = 255,
	TAIL_BYTES = 16,
	TAIL_WORDS = 4,
	QUOTE_LINES = 8, /* right above an answer that may ask */
};

/* ---- mails and their places ---- */

int32_t
nd_candidates_speaker(const struct nd_candidates *m,
                      const struct nd_candidate *c)
{
	const struct nd_message *message = m->thread->message[c->message];
	const struct nd_source *source = &m->source[c->message];

	return nd_message_speaker(message, c->sentence.line) == &message->author
	               ? source->author
	               : source->person;
}

bool
nd_candidates_are_parted(const struct nd_candidates *m,
                         const struct nd_candidate *a,
                         const struct nd_candidate *b)
{
	const struct nd_body *body = m->thread->message[a->message]->body;

	for (uint32_t i = a->sentence.last_line + 1; i < b->sentence.line; i++)
		if (body->line[i].kind == ND_LINE_QUOTE)
			return true;
	return false;
}

static bool
is_answer(const struct nd_message *message)
{
	return message->parts && message->parts->flags & ND_SUBJECT_REPLY &&
	       message->reference_count > 0;
}

static void
place_mail(struct nd_candidates *m, int32_t i)
{
	const struct nd_message *message = m->thread->message[i];
	struct nd_source *source = &m->source[i];
	int32_t parent = message->parent;

	/* An answer to a mail that is missing does not say what it is about. */
	source->part = i == m->thread->root && !is_answer(message)
	                       ? ND_PART_ROOT
	                       : ND_PART_TALK;
	source->robot = !nd_message_is_person(message);
	source->branch = i;
	/* Parents come first, except where a clock was wrong. */
	if (parent < 0 || parent >= i || i == m->thread->root)
		return;
	source->depth = (uint16_t)(m->source[parent].depth +
	                           (m->source[parent].depth < UINT16_MAX));
	if (parent != m->thread->root)
		source->branch = m->source[parent].branch;
}

static void
place_patches(struct nd_candidates *m, const struct nd_series *series)
{
	for (int i = 0; i < series->total; i++)
		if (series->patch[i] >= 0 &&
		    series->patch[i] != m->thread->root)
			m->source[series->patch[i]].part = ND_PART_PATCH;
}

static void
place_mails(struct nd_candidates *m)
{
	const struct nd_thread *thread = m->thread;

	for (size_t i = 0; i < thread->message_count; i++)
		place_mail(m, (int32_t)i);
	if (thread->series)
		place_patches(m, thread->series);
	/* Those below a pull request are what it asks to pull. */
	if (thread->category == ND_CATEGORY_PULL)
		return;
	for (size_t i = 0; i < thread->more_series_count; i++)
		place_patches(m, thread->more_series[i]);
}

/* ---- what was quoted ---- */

/* For each line of each mail: how many times later mails quote it. */
static uint8_t **
new_echoes(const void *ctx, const struct nd_thread *thread)
{
	uint8_t **echo = x_array(ctx, uint8_t *, thread->message_count);

	for (size_t i = 0; i < thread->message_count; i++)
		if (thread->message[i]->body)
			echo[i] = x_array(echo, uint8_t,
			                  thread->message[i]->body->line_count +
			                          1);
	return echo;
}

static void
hear_quotes(const struct nd_thread *thread, const struct nd_body *body,
            uint8_t **echo)
{
	for (size_t i = 0; i < body->line_count; i++) {
		const struct nd_line *line = &body->line[i];
		const struct nd_body *said;

		if (line->kind != ND_LINE_QUOTE || line->source < 0)
			continue;
		said = thread->message[line->source]->body;
		if (said && line->source_line < said->line_count &&
		    echo[line->source][line->source_line] < QUOTED_MAX)
			echo[line->source][line->source_line]++;
	}
}

static void
note_echo(struct nd_candidate *candidate, const uint8_t *echo)
{
	const struct nd_sentence *s = &candidate->sentence;

	for (size_t i = s->line; echo && i <= s->last_line; i++)
		if (echo[i] > candidate->quoted)
			candidate->quoted = echo[i];
}

/* Does somebody ask in the quote whose last line is at? */
static bool
quote_asks(const struct nd_body *body, size_t at)
{
	size_t end = at + 1, begin = end;

	while (begin && end - begin < QUOTE_LINES &&
	       body->line[begin - 1].kind == ND_LINE_QUOTE)
		begin--;
	for (size_t i = begin; i < end; i++)
		if (memchr(body->text + body->line[i].start, '?',
		           body->line[i].len))
			return true;
	return false;
}

/* "Sure. I'll fix it.": also of the quote. */
static void
note_quote_before(const struct nd_candidates *m, struct nd_candidate *c,
                  const struct nd_body *body)
{
	const struct nd_candidate *first = c;

	do
		first--;
	while (first > m->candidate && first->message == c->message &&
	       nd_hanging_is_light(first) &&
	       !(first->sentence.flags & ND_SENTENCE_FIRST));
	if (first->message != c->message || !nd_hanging_is_light(first) ||
	    !first->below_quote)
		return;
	c->answers = first->answers;
	c->below_question = first->below_question;
	c->above = nd_hanging_quote(m, c, body, first->sentence.line,
	                            &c->above_mail);
}

/* Is the sentence the first one below a quote? */
static void
note_quote_above(const struct nd_candidates *m, struct nd_candidate *c,
                 const struct nd_body *body)
{
	size_t i = c->sentence.line;

	if (!(c->sentence.flags & ND_SENTENCE_FIRST)) {
		if (c > m->candidate)
			note_quote_before(m, c, body);
		return;
	}
	while (i && body->line[i - 1].kind == ND_LINE_BLANK)
		i--;
	if (!i || body->line[i - 1].kind != ND_LINE_QUOTE)
		return;
	c->below_quote = true;
	c->answers = body->line[i - 1].source;
	c->below_question = quote_asks(body, i - 1);
	c->above =
		nd_hanging_quote(m, c, body, c->sentence.line, &c->above_mail);
	c->rewrites = nd_hanging_rewrites(c, body, m->language);
}

/* ---- sentences ---- */

static const char *
guess_language(const struct nd_thread *thread)
{
	struct nd_buf *sample = nd_buf_new(NULL, LANGUAGE_BYTES);
	const char *language;

	for (size_t i = 0; i < thread->message_count && !sample->full; i++) {
		const struct nd_body *body = thread->message[i]->body;

		for (size_t k = 0; body && k < body->line_count; k++) {
			const struct nd_line *line = &body->line[k];

			if (line->kind != ND_LINE_OWN)
				continue;
			nd_buf_add(sample, body->text + line->start, line->len);
			nd_buf_addc(sample, '\n');
		}
	}
	language = nd_language_guess(sample->data, sample->len);
	talloc_free(sample);
	return language;
}

/* Words between blanks; a wide character counts half a word. */
static uint16_t
count_print_words(const char *text, size_t len)
{
	size_t words = 0, wide = 0;
	bool inside = false;

	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)text[i];

		wide += c >= 0xe3;
		if (c == ' ')
			inside = false;
		else if (!inside && c < 0xe3)
			words++, inside = true;
	}
	words += (wide + 1) / 2;
	return (uint16_t)(words < UINT16_MAX ? words : UINT16_MAX);
}

static void
add_candidate(struct nd_candidates *m, int32_t message,
              const struct nd_sentence *sentence, const uint8_t *echo)
{
	struct nd_candidate *c = x_append(m, m->candidate, m->candidate_count);

	c->sentence = *sentence;
	c->message = message;
	c->answers = ND_NO_MESSAGE;
	c->word = (uint32_t)m->words.count;
	nd_vocabulary_read(m->vocabulary, sentence->text, sentence->len, m,
	                   &m->words);
	c->word_count = (uint32_t)m->words.count - c->word;
	for (uint32_t i = 0; i < c->word_count; i++)
		c->content += m->words.word[c->word + i] != ND_WORD_STOP;
	c->print_words = count_print_words(sentence->text, sentence->len);
	c->doing = nd_doing_find(sentence->text, sentence->len);
	note_echo(c, echo);
}

/* "Patch "…" has been added to the 5.10-stable tree", and the like. */
static bool
is_notice(const struct nd_candidates *m, int32_t i)
{
	const struct nd_message *message = m->thread->message[i];
	const struct nd_body *body = message->body;
	static const char opening[] = "This is a note to let you know";
	size_t line = 0;

	if (message->parts && message->parts->flags & ND_SUBJECT_REPLY)
		return false;
	if (m->source[i].robot)
		return i != m->thread->root;
	while (line < body->line_count && body->line[line].kind != ND_LINE_OWN)
		line++;
	return line < body->line_count &&
	       nd_mem_starts_nocase(body->text + body->line[line].start,
	                            body->line[line].len, opening);
}

static void
add_notice(struct nd_candidates *m, int32_t i, const char *text)
{
	struct nd_sentence sentence = {
		.text = text,
		.len = (uint32_t)strlen(text),
		.flags = ND_SENTENCE_FIRST | ND_SENTENCE_ALONE |
	                 ND_SENTENCE_WHOLE,
	};

	if (sentence.len && sentence.len <= ND_LIMIT_SENTENCE_BYTES)
		add_candidate(m, i, &sentence, NULL);
}

/*
 * What a sentence announces is told with it, or it stands by itself, or not.
 * Returns how many items it was told with.
 */
static size_t
add_sentence(struct nd_candidates *m, int32_t i, const struct nd_sentence *said,
             size_t count, const uint8_t *echo)
{
	struct nd_sentence sentence = *said;
	size_t items = 0;
	char *text = nd_announced_list(m, said, count, &items);

	if (!text)
		text = nd_complaint_text(m, m->thread->message[i]->body, said,
		                         count, &items);
	if (text) {
		sentence.text = text;
		sentence.len = (uint32_t)strlen(text);
		sentence.last_line = said[items].last_line;
		sentence.flags &= ~(unsigned)ND_SENTENCE_COLON;
		sentence.flags |= ND_SENTENCE_WHOLE;
	} else if (said->flags & ND_SENTENCE_COLON &&
	           nd_announced_is_text(said, count)) {
		sentence.flags |= ND_SENTENCE_TORN;
	}
	add_candidate(m, i, &sentence, echo);
	return text ? items : 0;
}

/* A list that is being read: how its items can be told. */
struct list {
	bool open;    /* a sentence with a colon stood before it */
	bool choice;  /* and that says that one of them will do */
	size_t items; /* that are told with that sentence, and come yet */
};

/* "It has the option" and the option below it: torn. */
static void
tear(struct nd_candidate *lead, const struct nd_candidate *c)
{
	if (lead->message == c->message &&
	    !(lead->sentence.flags & ND_SENTENCE_WHOLE) && !lead->cited &&
	    c->sentence.line == lead->sentence.last_line + 1)
		lead->sentence.flags |= ND_SENTENCE_TORN;
}

/* Was it told, is it a choice, or does it say "it" of what the head says? */
static bool
hangs_on_head(const struct list *list, const struct nd_candidate *c)
{
	if (list->items > 0)
		return true;
	return c->sentence.flags & ND_SENTENCE_ITEM &&
	       (list->choice || (list->open && nd_hanging_leads_back(c)));
}

/* Where git's "---" ends the commit message of a posting; else past its end. */
static size_t
message_end(const struct nd_candidates *m, int32_t i)
{
	const struct nd_body *body = m->thread->message[i]->body;
	size_t at = 0;

	if (!m->review || m->source[i].part == ND_PART_TALK)
		return body->line_count;
	while (at < body->line_count &&
	       !(body->line[at].kind == ND_LINE_DIFF &&
	         nd_mem_starts(body->text + body->line[at].start,
	                       body->line[at].len, "---")))
		at++;
	return at;
}

/* A list of what changed is not what a mail begins with. */
static void
count_places(struct nd_candidates *m, const struct nd_source *source)
{
	uint16_t place = 0;

	for (uint32_t k = 0; k < source->candidate_count; k++) {
		struct nd_candidate *c = &m->candidate[source->candidate + k];

		c->place = place;
		place += !(c->sentence.flags & ND_SENTENCE_NEWS) &&
		         place < UINT16_MAX;
	}
}

/* What stands below a commit message is said beside it, if there is one. */
static void
find_notes(struct nd_candidates *m, int32_t i)
{
	struct nd_source *source = &m->source[i];
	size_t end = message_end(m, i);
	bool described = false;

	for (uint32_t k = 0; k < source->candidate_count; k++) {
		struct nd_candidate *c = &m->candidate[source->candidate + k];

		described |= c->sentence.line < end &&
		             c->sentence.flags & ND_SENTENCE_WHOLE;
		c->note = described && c->sentence.line > end;
	}
}

/* "However, it then returns at once", "But": the cue of a contrast has "Actually" and
 * "Hmm", too, behind which somebody may as well go on. */
static bool
is_contrary(const struct nd_sentence *s)
{
	static const struct nd_phrase openings[] = {
		{"but", 1},
		{"however", 1},
		{"nevertheless", 1},
		{"nonetheless", 1},
		{"on the other", 1},
		{"still,", 1},
		{"that being said", 1},
		{"that said", 1},
		{"though", 1},
		{"unfortunately", 1},
		{"yet", 1},
	};

	return nd_phrases_at(ND_PHRASES(openings), s->text, s->len, NULL);
}

/* What is granted before what is meant. */
static void
find_concessions(struct nd_candidates *m, const struct nd_source *source)
{
	const unsigned grants = ND_DOING_AGREE | ND_DOING_ANSWER;

	for (uint32_t i = 1; i < source->candidate_count; i++) {
		struct nd_candidate *c = &m->candidate[source->candidate + i];

		c[-1].conceded = c[-1].doing & grants &&
		                 !(c[-1].doing & ND_DOING_ASK) &&
		                 is_contrary(&c->sentence);
	}
}

/* "Confusing at least." */
static bool
is_tail(const struct nd_candidates *m, const struct nd_candidate *c)
{
	return !m->review && m->source[c->message].part == ND_PART_TALK &&
	       c->sentence.nth > 0 && c->print_words <= TAIL_WORDS &&
	       !(c->doing & (ND_DOING_DECIDE | ND_DOING_PROMISE |
	                     ND_DOING_SETTLE | ND_DOING_ASK | ND_DOING_AGREE));
}

static void
read_mail(struct nd_candidates *m, int32_t i, struct nd_segmenter *seg,
          size_t max, const uint8_t *echo)
{
	const struct nd_body *body = m->thread->message[i]->body;
	struct nd_source *source = &m->source[i];
	struct nd_sentences list = {0};
	struct list heads = {0};
	struct nd_citation citation = nd_citation_begin(body);

	source->candidate = (uint32_t)m->candidate_count;
	m->coverage.messages++;
	if (!body)
		return;
	m->coverage.read++;
	m->coverage.bytes += body->own_bytes;
	m->coverage.bytes_read += nd_sentences_read(m, body, seg, max, &list);
	source->notice = source->result || is_notice(m, i);
	if (source->result && !source->stale)
		add_notice(m, i, nd_results_text(m, m->thread, source->result));
	else if (source->notice && !source->stale)
		add_notice(m, i, m->thread->message[i]->subject);
	for (size_t k = 0; k < list.count && !source->notice; k++) {
		const struct nd_sentence *said = &list.sentence[k];
		size_t told = add_sentence(m, i, said, list.count - k, echo);
		struct nd_candidate *c = &m->candidate[m->candidate_count - 1];

		if (!(said->flags & ND_SENTENCE_ITEM)) {
			heads.open = said->flags & ND_SENTENCE_COLON;
			heads.choice = nd_announced_is_choice(said);
		}
		c->is_item = hangs_on_head(&heads, c);
		c->listed = heads.open && said->flags & ND_SENTENCE_ITEM;
		c->cited = nd_citation_has(&citation, body, said);
		if (c->cited && c > m->candidate)
			tear(c - 1, c);
		heads.items = told ? told : heads.items - (heads.items > 0);
		note_quote_above(m, c, body);
		c->tail = !c->above && is_tail(m, c);
		c->hangs = !c->above && (c->tail || nd_hanging_hangs(c));
	}
	source->candidate_count =
		(uint32_t)m->candidate_count - source->candidate;
	count_places(m, source);
	find_concessions(m, source);
	find_notes(m, i);
	talloc_free(list.sentence);
}

/* ---- what the ledger knows ---- */

/* The first sentence of a mail that ends at line or later. */
static uint32_t
first_from(const struct nd_candidates *m, int32_t mail, uint32_t line)
{
	const struct nd_source *source = &m->source[mail];
	uint32_t low = source->candidate;
	uint32_t high = low + source->candidate_count;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (m->candidate[middle].sentence.last_line < line)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* The ledger may begin a sentence elsewhere: "- ", "Also, ". */
static bool
ends_alike(const struct nd_sentence *s, const char *text)
{
	size_t len = strlen(text), tail = TAIL_BYTES;

	if (tail > len)
		tail = len;
	if (tail > s->len)
		tail = s->len;
	return memcmp(text + len - tail, s->text + s->len - tail, tail) == 0;
}

/*
 * The sentence of these words in these lines of a mail, or NULL. Where the ledger
 * ends one earlier ("Hell no.", but "no. 5"), it stands within ours.
 */
static struct nd_candidate *
find_sentence(struct nd_candidates *m, int32_t mail, uint32_t line,
              uint32_t last_line, const char *text)
{
	const struct nd_source *source = &m->source[mail];
	uint32_t end = source->candidate + source->candidate_count;
	struct nd_candidate *within = NULL;

	if (source->notice)
		return NULL; /* has its subject only */
	for (uint32_t i = first_from(m, mail, line);
	     i < end && m->candidate[i].sentence.line <= last_line; i++) {
		const struct nd_sentence *s = &m->candidate[i].sentence;

		if (ends_alike(s, text))
			return &m->candidate[i];
		if (!within && nd_mem_find(s->text, s->len, text))
			within = &m->candidate[i];
	}
	return within;
}

/* Does the sentence call this person by the first or the last name? */
static bool
names(const char *sentence, const char *name)
{
	size_t len = strlen(sentence);
	const char *last = strrchr(name, ' ');
	char *first = x_strndup(NULL, name, strcspn(name, " "));
	bool named = nd_phrase_find_word(sentence, len, first) ||
	             (last && nd_phrase_find_word(sentence, len, last + 1));

	talloc_free(first);
	return named;
}

/* "I wonder why nobody saw that.", "nit: split it?": nobody waits for an answer. */
static bool
is_musing(const struct nd_candidate *c)
{
	return c->events & ~c->sure & 1u << ND_EVENT_QUESTION;
}

static void
mark_events(struct nd_candidates *m)
{
	const struct nd_thread *thread = m->thread;

	for (size_t i = 0; i < thread->event_count; i++) {
		const struct nd_event *e = &thread->event[i];
		struct nd_candidate *c =
			e->text ? find_sentence(m, e->message, e->line,
		                                e->last_line, e->text)
				: NULL;

		if (c)
			c->events |= 1u << e->type;
		if (c && !(e->flags & ND_EVENT_UNSURE))
			c->sure |= 1u << e->type;
	}
	for (size_t i = 0; i < thread->open_question_count; i++) {
		const struct nd_open_question *q = &thread->open_question[i];
		struct nd_candidate *c = find_sentence(
			m, q->message, q->line, q->last_line, q->sentence);

		if (c && !is_musing(c))
			c->open = true;
		if (c && q->asked && !names(q->sentence, q->asked) &&
		    !nd_asked_calls_somebody(q->sentence))
			c->asked = q->asked;
	}
}

struct nd_candidates *
nd_candidates_new(const void *ctx, const struct nd_thread *thread)
{
	struct nd_candidates *m = x_new(ctx, struct nd_candidates);
	void *tmp = talloc_new(NULL);
	struct nd_segmenter *seg =
		nd_segmenter_new(tmp, ND_SEGMENT_SENTENCES, NULL);
	uint8_t **echo = new_echoes(tmp, thread);
	size_t max = ND_LIMIT_SENTENCES / thread->message_count;

	m->thread = thread;
	m->review = thread->series != NULL;
	m->language = guess_language(thread);
	m->vocabulary = nd_vocabulary_new(m, m->language);
	m->source = x_array(m, struct nd_source, thread->message_count);
	m->speaker = nd_speakers_find(m, thread, m->source, &m->speaker_count);
	place_mails(m);
	nd_results_find(thread, m->source);
	for (size_t i = 0; i < thread->message_count; i++)
		if (thread->message[i]->body)
			hear_quotes(thread, thread->message[i]->body, echo);
	for (size_t i = 0; i < thread->message_count; i++)
		read_mail(m, (int32_t)i, seg,
		          max < SENTENCES_MIN ? SENTENCES_MIN : max, echo[i]);
	mark_events(m);
	nd_remarkplace_find(m, thread, m->source, m->candidate);
	nd_corrected_mark(thread, m->source, m->candidate);
	nd_shortlog_mark(thread, m->source, m->candidate);
	talloc_free(tmp);
	return m;
}
