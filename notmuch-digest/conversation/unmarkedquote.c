/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "conversation/unmarkedquote.h"

#include <string.h>

#include "conversation/quotediff.h"
#include "conversation/quoteintro.h"
#include "conversation/quotelines.h"
#include "conversation/replywords.h"
#include "model/address.h"
#include "text/inlinepatch.h"
#include "text/lineform.h"
#include "text/subjectline.h"
#include "util/alloc.h"
#include "util/limits.h"
#include "util/str.h"

enum {
	PASSAGE_WORDS = 12, /* of prose, that nobody repeats by chance */
	PASSAGE_LINES = 2,  /* or so many lines of it … */
	LINE_WORDS = 8,     /* … with so many words; or below "X wrote:" */
	CITED_LINES = 3,    /* or so many, when it begins inside of a line */
	INTRO_BLANKS = 8,
	TRAILER_BYTES = 200,
	LONG_BYTES = 160, /* of a line that is a paragraph */
	GAP_WORDS = 12    /* that were changed inside of a quote */
};

/* A reply, and what in it is a quote. */
struct reading {
	const struct nd_thread *thread;
	struct nd_message *mail;
	struct nd_body *body;
	struct nd_replywords *words;
	struct span *span; /* of each line */
	int32_t quoted;    /* the first mail of somebody else that is quoted
			    * above the run in hand, or ND_NO_MESSAGE */
};

/* The words of a line that are a quote: [start, end). */
struct span {
	size_t start, end;
};

static bool
is_own(const struct reading *reading, size_t line)
{
	return reading->body->line[line].kind == ND_LINE_OWN;
}

/* Below "X wrote:" as mail programs write it? */
static bool
is_attributed(const struct nd_body *body, size_t line)
{
	for (size_t n = 0; n < INTRO_BLANKS && line > 0 &&
	                   body->line[line - 1].kind == ND_LINE_BLANK;
	     n++)
		line--;
	return line > 0 && body->line[line - 1].kind == ND_LINE_ATTRIBUTION;
}

/* … or in another form? */
static bool
has_intro(const struct reading *reading, const struct nd_replywords_run *run)
{
	const struct nd_message *source = reading->thread->message[run->source];

	return nd_quoteintro_start(reading->body, run->first_line,
	                           &source->sender) < run->first_line;
}

/* Inside of a sentence of the author's? 'You say "it is fast", but …' */
static bool
is_cited(const struct reading *reading, const struct nd_replywords_run *run)
{
	size_t line = run->first_line;

	return run->first > reading->words->line[line].first + 1 &&
	       reading->body->line[line].len <= LONG_BYTES &&
	       run->lines < CITED_LINES;
}

/* The letters of one text and of (address, len) are the same, in order? */
static bool
same_letters(const char *name, const char *address, size_t len)
{
	size_t at = 0, count = 0;

	for (; *name; name++) {
		if (!nd_is_alnum(*name))
			continue;
		while (at < len && !nd_is_alnum(address[at]))
			at++;
		if (at == len || nd_lower(*name) != nd_lower(address[at]))
			return false;
		at++;
		count++;
	}
	while (at < len && !nd_is_alnum(address[at]))
		at++;
	return count > 0 && at == len;
}

/* "Jane Doe" at home is jane.doe@ at work, where no name is set. */
static bool
is_named_so(const struct nd_address *a, const struct nd_address *b)
{
	return strchr(a->name, ' ') &&
	       same_letters(a->name, b->addr, strcspn(b->addr, "@"));
}

static bool
is_same_author(const struct nd_address *a, const struct nd_address *b)
{
	return nd_address_same_person(a, b) || is_named_so(a, b) ||
	       is_named_so(b, a);
}

/* With a mark in front that can be seen? Indented is what people cite, too. */
static bool
is_marked(const struct nd_body *body, size_t line)
{
	size_t len;
	const char *text = nd_message_line(body, line, &len);

	len = nd_replywords_mark(text, len);
	return memchr(text, '>', len) || memchr(text, '|', len);
}

static bool
is_quote(const struct reading *reading, const struct nd_replywords_run *run)
{
	const struct nd_message *source = reading->thread->message[run->source];
	bool intro;

	if (run->words < LINE_WORDS)
		return false;
	intro = is_attributed(reading->body, run->first_line);
	/* Who says it again means it, but for what a mailer put below. */
	if (is_same_author(&source->sender, &reading->mail->sender))
		return intro || (reading->quoted != ND_NO_MESSAGE &&
		                 has_intro(reading, run));
	if (intro || has_intro(reading, run))
		return true;
	return !is_cited(reading, run) &&
	       (run->words >= PASSAGE_WORDS || run->lines >= PASSAGE_LINES ||
	        is_marked(reading->body, run->first_line));
}

static bool
is_noted(const struct reading *reading, size_t line)
{
	return reading->span[line].end > reading->span[line].start;
}

/*
 * Wrapped anew, a quoted line leaves its end below it without a mark. That was
 * on one line with the words above.
 */
static bool
is_wrapped_end(const struct reading *reading,
               const struct nd_replywords_run *run, size_t line)
{
	size_t first = reading->words->line[line].first;
	const size_t *from = reading->words->from;

	if (line == 0 || first <= run->first ||
	    nd_replywords_covered(reading->words, run, line) <
	            nd_replywords_count(reading->words, line) ||
	    (reading->body->line[line - 1].kind != ND_LINE_QUOTE &&
	     !is_noted(reading, line - 1)))
		return false;
	return nd_sharedwords_place(reading->words->shared, from[first]).line ==
	       nd_sharedwords_place(reading->words->shared, from[first - 1])
	               .line;
}

/* A tag of the author's own is given, wherever it stands. */
static bool
is_own_trailer(const struct reading *reading, size_t line)
{
	size_t len;
	const char *text = nd_message_line(reading->body, line, &len);
	const struct nd_address *who = &reading->mail->sender;
	struct nd_lineform form;

	if (len > TRAILER_BYTES)
		return false;
	form = nd_lineform_read(text, len);
	return nd_lineform_is_trailer(&form) &&
	       ((*who->addr && nd_mem_find_nocase(text, len, who->addr)) ||
	        (*who->name && nd_mem_find_nocase(text, len, who->name)));
}

static void
note(struct reading *reading, size_t line, size_t start, size_t end)
{
	if (!is_own(reading, line) || is_noted(reading, line) ||
	    is_own_trailer(reading, line))
		return;
	reading->span[line].start = (uint32_t)start;
	reading->span[line].end = (uint32_t)end;
}

static void
note_line(struct reading *reading, size_t line)
{
	note(reading, line, reading->words->line[line].first,
	     reading->words->line[line + 1].first);
}

/* Note that the words of the run in the line are a quote. */
static void
note_part(struct reading *reading, const struct nd_replywords_run *run,
          size_t line)
{
	size_t start = reading->words->line[line].first;
	size_t end = reading->words->line[line + 1].first;

	if (nd_replywords_fills(reading->words, run, line))
		note_line(reading, line);
	else if (nd_replywords_covered(reading->words, run, line) >=
	                 LINE_WORDS &&
	         reading->body->line[line].len > LONG_BYTES)
		note(reading, line, start < run->first ? run->first : start,
		     end > run->end ? run->end : end);
}

static void
note_run(struct reading *reading, const struct nd_replywords_run *run)
{
	bool whole = is_quote(reading, run);

	if (whole && reading->quoted == ND_NO_MESSAGE)
		reading->quoted = run->source;
	for (size_t i = run->first_line; i <= run->last_line; i++)
		if (is_own(reading, i) &&
		    nd_replywords_covered(reading->words, run, i) > 0 &&
		    (whole || is_wrapped_end(reading, run, i)))
			note_part(reading, run, i);
}

/* Where was the first, or the last, word of a line said that is a quote? */
static size_t
said_at(const struct reading *reading, size_t line, bool last)
{
	size_t start = reading->span[line].start, end = reading->span[line].end;

	for (size_t i = start; i < end; i++) {
		size_t word = last ? end - 1 - (i - start) : i;

		if (reading->words->from[word] != SIZE_MAX)
			return reading->words->from[word];
	}
	return SIZE_MAX;
}

/* Of the words in a line, how many are among those said in [first, end)? */
static size_t
count_said(const struct reading *reading, size_t line, size_t first, size_t end)
{
	size_t count = 0;

	for (size_t i = reading->words->line[line].first;
	     i < reading->words->line[line + 1].first; i++)
		count += nd_sharedwords_has(
			reading->words->shared, first, end,
			nd_shingle_word(reading->words->words, i));
	return count;
}

static bool
has_url(const struct nd_body *body, size_t line)
{
	size_t len;
	const char *text = nd_message_line(body, line, &len);

	return nd_mem_find(text, len, "://") != NULL;
}

/*
 * Did the words said between two others hold most of those in the lines? A URL
 * is what mail gateways change to lead through themselves.
 */
static bool
is_altered(const struct reading *reading, size_t above, size_t below)
{
	size_t first = said_at(reading, above, true);
	size_t end = said_at(reading, below, false), same = 0, words = 0;

	if (first == SIZE_MAX || end == SIZE_MAX || end <= first + 1 ||
	    end - first > 2 * GAP_WORDS || below - above > GAP_WORDS ||
	    nd_sharedwords_place(reading->words->shared, first).message !=
	            nd_sharedwords_place(reading->words->shared, end).message)
		return false;
	for (size_t i = above + 1; i < below; i++) {
		if (has_url(reading->body, i))
			continue;
		words += nd_replywords_count(reading->words, i);
		if (words > GAP_WORDS)
			return false;
		same += count_said(reading, i, first + 1, end);
	}
	return 2 * same >= words;
}

/* Lines of few words between two that are quotes, which a mailer has changed. */
static void
fill_gaps(struct reading *reading)
{
	size_t above = SIZE_MAX;

	for (size_t i = 0; i < reading->body->line_count; i++) {
		if (!is_noted(reading, i))
			continue;
		if (above != SIZE_MAX && is_altered(reading, above, i))
			for (size_t k = above + 1; k < i; k++)
				note_line(reading, k);
		above = i;
	}
}

/* Do both lines have the same mark, one that can be seen? */
static bool
same_mark(const struct nd_body *body, size_t a, size_t b)
{
	size_t a_len, b_len;
	const char *x = nd_message_line(body, a, &a_len);
	const char *y = nd_message_line(body, b, &b_len);

	a_len = nd_replywords_mark(x, a_len);
	b_len = nd_replywords_mark(y, b_len);
	nd_mem_trim(&x, &a_len);
	nd_mem_trim(&y, &b_len);
	return a_len > 0 && strchr("|>", x[a_len - 1]) && b_len > 0 &&
	       *x == *y && strchr("|>", y[b_len - 1]);
}

/* What has the mark of a quote above it, or below, is one, too. */
static void
spread_marks(struct reading *reading, int step)
{
	size_t count = reading->body->line_count, beside = SIZE_MAX;

	for (size_t n = 0; n < count; n++) {
		size_t i = step > 0 ? n : count - 1 - n;

		if (!is_own(reading, i))
			continue;
		if (!is_noted(reading, i) && beside != SIZE_MAX &&
		    same_mark(reading->body, i, beside)) {
			note_line(reading, i);
			/* One without a word is marked, too. */
			if (!is_noted(reading, i))
				reading->span[i].end++;
		}
		beside = is_noted(reading, i) ? i : SIZE_MAX;
	}
}

/* How many quote marks the words of that mail would have. */
static uint8_t
depth_of(const struct reading *reading, int32_t source)
{
	int32_t at = reading->mail->parent;

	for (unsigned n = 1; at != ND_NO_MESSAGE && n < ND_LIMIT_QUOTE_DEPTH;
	     n++) {
		if (at == source)
			return (uint8_t)n;
		at = reading->thread->message[at]->parent;
	}
	return 1;
}

/* The byte of the line at which a word begins; marks go with the first. */
static uint32_t
offset_of(const struct reading *reading, size_t line, size_t word)
{
	size_t first = reading->words->line[line].first, len, mark;
	const char *text = nd_message_line(reading->body, line, &len);

	if (word <= first)
		return 0;
	if (word >= reading->words->line[line + 1].first)
		return (uint32_t)len;
	mark = nd_replywords_mark(text, len);
	return (uint32_t)(mark + nd_shingle_offset(text + mark, len - mark,
	                                           word - first));
}

static struct nd_quotelines_part
part_of(const struct reading *reading, size_t line)
{
	size_t said = said_at(reading, line, false);
	struct nd_quotelines_part part = {
		.start = offset_of(reading, line, reading->span[line].start),
		.end = offset_of(reading, line, reading->span[line].end),
		.depth = 1,
		.source = ND_NO_MESSAGE,
	};
	struct nd_sharedwords_place place;

	if (said == SIZE_MAX)
		return part;
	place = nd_sharedwords_place(reading->words->shared, said);
	part.depth = depth_of(reading, place.message);
	part.source = place.message;
	part.source_line = place.line;
	part.author = &reading->thread->message[place.message]->sender;
	return part;
}

static void
set_quotes(struct reading *reading)
{
	size_t count = reading->body->line_count;
	struct nd_quotelines_part *part =
		x_array(reading, struct nd_quotelines_part, count + 1);
	bool any = false;

	for (size_t i = 0; i < count; i++) {
		if (!is_noted(reading, i))
			continue;
		part[i] = part_of(reading, i);
		any = true;
	}
	if (any)
		nd_quotelines_set(reading->body, part);
	if (reading->quoted != ND_NO_MESSAGE)
		nd_quotediff_mark(
			reading->body,
			reading->thread->message[reading->quoted]->body);
}

/* Its author posts something: own trailers, or a patch with headers. */
static bool
has_posting(const struct nd_message *mail)
{
	const struct nd_body *body = mail->body;
	size_t end = nd_inlinepatch_diff_end(body);

	for (size_t i = 0; i < end; i++) {
		size_t len;
		const char *text = nd_message_line(body, i, &len);

		if (body->line[i].kind != ND_LINE_OWN &&
		    body->line[i].kind != ND_LINE_DIFF &&
		    body->line[i].kind != ND_LINE_ATTRIBUTION)
			continue;
		if (nd_inlinepatch_begins(body, i) ||
		    (nd_mem_starts_nocase(text, len, "signed-off-by:") &&
		     nd_mem_find_nocase(text, len, mail->sender.addr)))
			return true;
	}
	return false;
}

/* May the mail quote? It answers, or at least is no patch or notice. */
static bool
may_quote(const struct nd_message *mail)
{
	struct nd_subject *parts;
	bool may;

	if (!mail->body || mail->body->own_bytes == 0)
		return false;
	parts = nd_subjectline_parse(NULL, mail->subject);
	may = (parts->flags & (ND_SUBJECT_REPLY | ND_SUBJECT_FORWARD)) ||
	      (mail->parent != ND_NO_MESSAGE && !strchr(mail->subject, '[') &&
	       !(mail->body->flags & ND_BODY_DIFF));
	talloc_free(parts);
	return may && !has_posting(mail);
}

static void
read_mail(const struct nd_thread *thread, const struct nd_sharedwords *shared,
          struct nd_message *mail)
{
	struct reading *reading = x_new(NULL, struct reading);
	struct nd_replywords_run run = {.end = 0};

	reading->thread = thread;
	reading->mail = mail;
	reading->body = mail->body;
	reading->quoted = ND_NO_MESSAGE;
	reading->words = nd_replywords_new(reading, thread, shared, mail->body);
	if (reading->words) {
		reading->span = x_array(reading, struct span,
		                        mail->body->line_count + 1);
		while (nd_replywords_next(reading->words, &run))
			note_run(reading, &run);
		fill_gaps(reading);
		spread_marks(reading, 1);
		spread_marks(reading, -1);
		set_quotes(reading);
	}
	talloc_free(reading);
}

/* The last mail that may quote; 0 for none. */
static size_t
last_that_may_quote(const struct nd_thread *thread)
{
	size_t i = thread->message_count;

	while (i-- > 1)
		if (may_quote(thread->message[i]))
			return i;
	return 0;
}

void
nd_unmarkedquote_mark(struct nd_thread *thread)
{
	struct nd_sharedwords *shared;
	size_t last = last_that_may_quote(thread);

	if (last == 0)
		return;
	shared = nd_sharedwords_new(NULL);
	for (size_t i = 0; i <= last; i++) {
		struct nd_message *mail = thread->message[i];

		if (i > 0 && may_quote(mail))
			read_mail(thread, shared, mail);
		if (mail->body && i < last)
			nd_sharedwords_add(shared, (int32_t)i, mail->body);
	}
	talloc_free(shared);
}
