/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "summarise/openingquote.h"

#include <string.h>

#include "summarise/doing.h"
#include "telling/itemtext.h"
#include "text/sentence.h"
#include "util/alloc.h"
#include "util/segment.h"
#include "util/str.h"

enum {
	SENTENCES_MAX = 40, /* of the quote that are looked at */
	WORDS_MIN = 6,
	WORDS_MAX = 40,
};

/* Of a patch that is quoted: "+	return 0;", "@@ -1 +1 @@" */
static bool
is_of_patch(const char *text, size_t len)
{
	return len && (*text == '+' || nd_mem_starts(text, len, "@@") ||
	               (*text == '-' && len > 1 && !nd_is_space(text[1])));
}

static bool
begins_patch(const char *text, size_t len)
{
	return nd_mem_starts(text, len, "diff --git ") ||
	       (len == 3 && !memcmp(text, "---", 3));
}

/* What was said in the mail that was answered, as if it were own text. */
static struct nd_body *
unquoted(const void *ctx, const struct nd_body *body)
{
	struct nd_body *said = x_new(ctx, struct nd_body);
	bool patch = false;

	*said = *body;
	said->line = x_array(said, struct nd_line, body->line_count + 1);
	for (size_t i = 0; i < body->line_count; i++) {
		const struct nd_line *line = &body->line[i];
		const char *text = body->text + line->start;
		bool quoted = line->kind == ND_LINE_QUOTE && line->depth == 1 &&
		              line->source < 0;

		patch |= quoted && begins_patch(text, line->len);
		said->line[i] = *line;
		said->line[i].depth = 0;
		said->line[i].kind =
			quoted && !patch && line->len &&
					!is_of_patch(text, line->len)
				? ND_LINE_OWN
				: ND_LINE_BLANK;
	}
	return said;
}

/* The first line of the answer's own words, or one past the last line. */
static size_t
first_own(const struct nd_body *body)
{
	size_t i = 0;

	while (i < body->line_count && body->line[i].kind != ND_LINE_OWN)
		i++;
	return i;
}

/* Can it stand by itself? Its beginning may be what was cut off. */
static bool
is_whole(const struct nd_sentence *s, unsigned doing)
{
	char *text = x_strndup(NULL, s->text, s->len);
	unsigned words = nd_itemtext_words(text);

	talloc_free(text);
	return s->flags & ND_SENTENCE_WHOLE && !(s->flags & ND_SENTENCE_TORN) &&
	       *s->text >= 'A' && *s->text <= 'Z' && words >= WORDS_MIN &&
	       words <= WORDS_MAX && !memchr(s->text, '"', s->len) &&
	       !memchr(s->text, '=', s->len) &&
	       !nd_mem_find(s->text, s->len, ">>") &&
	       !nd_mem_find(s->text, s->len, "+0x") &&
	       !(doing & (ND_DOING_BOILERPLATE | ND_DOING_COURTESY |
	                  ND_DOING_AGREE | ND_DOING_PROMISE));
}

/* "Note: the branch builds", "INFO: task x hung": of a form, or of a log. */
static bool
is_labelled(const struct nd_sentence *s)
{
	uint32_t at = 0;

	while (at < s->len && nd_is_alpha(s->text[at]))
		at++;
	return at > 0 && at < s->len && s->text[at] == ':';
}

/* "Could you try that?": who answers knows what it was about, a reader does not. */
static bool
is_request(const struct nd_sentence *s)
{
	static const char *const heads[] = {
		"can you ",  "could you ", "did you ",  "do you ",
		"have you ", "please ",    "will you ", "would you "};

	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
		if (nd_mem_starts_nocase(s->text, s->len, heads[i]))
			return true;
	return false;
}

/* Is it told by who said it, in a mail that is there? */
static bool
is_said_here(const struct nd_candidates *m, const struct nd_sentence *s)
{
	for (size_t i = 0; i < m->candidate_count; i++) {
		const struct nd_sentence *other = &m->candidate[i].sentence;

		if (other->len == s->len &&
		    !memcmp(other->text, s->text, s->len))
			return true;
	}
	return false;
}

/*
 * The last question above the answer, else the first sentence. Of a patch the
 * latter: what is asked there, the answer is not about.
 */
static const struct nd_sentence *
choose(const struct nd_candidates *m, const struct nd_sentences *list,
       size_t answer)
{
	const struct nd_sentence *first = NULL, *question = NULL;

	for (size_t i = 0; i < list->count; i++) {
		const struct nd_sentence *s = &list->sentence[i];
		unsigned doing = nd_doing_find(s->text, s->len);

		if (!is_whole(s, doing) || is_labelled(s) || is_request(s) ||
		    is_said_here(m, s))
			continue;
		if (!first && !(doing & ND_DOING_DANGLE))
			first = s;
		if (doing & ND_DOING_ASK && s->line < answer)
			question = s;
	}
	return question && !m->review ? question : first;
}

const char *
nd_openingquote_find(const void *ctx, const struct nd_candidates *m)
{
	const struct nd_thread *thread = m->thread;
	const struct nd_body *body = nd_thread_root(thread)->body;
	const struct nd_sentence *told;
	struct nd_sentences list = {0};
	const char *text = NULL;
	void *tmp;

	if (m->source[thread->root].part != ND_PART_TALK || !body ||
	    m->source[thread->root].robot)
		return NULL;
	tmp = talloc_new(NULL);
	nd_sentences_read(tmp, unquoted(tmp, body),
	                  nd_segmenter_new(tmp, ND_SEGMENT_SENTENCES, NULL),
	                  SENTENCES_MAX, &list);
	told = choose(m, &list, first_own(body));
	if (told)
		text = nd_itemtext_clean(ctx, told->text, told->len);
	talloc_free(tmp);
	return text;
}
