/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "acts/actreader.h"

#include <string.h>

#include "acts/actquote.h"
#include "acts/questionform.h"
#include "text/lineform.h"
#include "util/alloc.h"
#include "util/str.h"

static void
add0(struct nd_actfeatures *out, enum nd_actfeature feature)
{
	nd_actfeature_add(out, feature, 0, 0, 0, 0);
}

static void
add1(struct nd_actfeatures *out, enum nd_actfeature feature, unsigned a)
{
	nd_actfeature_add(out, feature, a, 0, 0, 0);
}

static void
add2(struct nd_actfeatures *out, enum nd_actfeature feature, unsigned a,
     unsigned b)
{
	nd_actfeature_add(out, feature, a, b, 0, 0);
}

/* ---- a mail ---- */

struct sentence {
	const struct nd_utterance *said;
	struct nd_token *token;
	size_t count, words;
	struct nd_cues cues;
	enum nd_actfeature_opening opening;
	enum nd_actfeature_ending ending;
	struct nd_actquote quote;
	unsigned since; /* sentences since the quote */
	unsigned paragraph;
	bool code_after;
};

struct nd_actreader {
	const struct nd_act_mail *mail;
	const struct nd_act_mail *parent; /* NULL: none */
	struct sentence *sentence;
	size_t count, start; /* start: the first that is no greeting */
	unsigned own_lines, quoted_lines;
	bool own_code, parent_asks;
	enum nd_actfeature_role role;
};

static const struct {
	enum nd_actfeature_opening opening;
	const char *words;
} openings[] = {
	{ND_OPENING_WH, " what why how which who where when whose "},
	{ND_OPENING_AUX,
         " do does did is are was were can could should would will "
         "have has shall may might am "},
	{ND_OPENING_YES,
         " ok okay sure yes yeah yep yup right agreed agree done fixed "
         "ack indeed correct true ah oh oops good makes "},
	{ND_OPENING_NO, " no nope nah nack nak not "},
	{ND_OPENING_PLEASE, " please pls plz "},
	{ND_OPENING_CHANGE,
         " use add remove drop move rename make split fix check consider keep "
         "put change replace include mention document explain describe "
         "delete avoid try run set see test look send resend rebase squash "
         "fold convert return call pass update write wrap sort order note "
         "clarify rework reword simplify merge take get let ignore "},
	{ND_OPENING_I, " i "},
	{ND_OPENING_YOU, " you your "},
	{ND_OPENING_WE, " we our let "},
	{ND_OPENING_THIS, " it this that these those there "},
	{ND_OPENING_GREETING, " hi hello hey dear "},
	{ND_OPENING_THANKS, " thanks thank thx cheers "},
	{ND_OPENING_BUT, " but however though although "},
	{ND_OPENING_AND, " and so also then or "},
	{ND_OPENING_IF, " if when since as because for in on at with "},
	{ND_OPENING_MAYBE, " maybe perhaps nit nits minor "},
};

static bool
is_in(const char *words, const struct nd_token *token)
{
	char form[24];

	if (token->len + 2 >= (int)sizeof form)
		return false;
	form[0] = ' ';
	for (size_t i = 0; i < token->len; i++)
		form[i + 1] = nd_lower(token->text[i]);
	form[token->len + 1] = ' ';
	form[token->len + 2] = '\0';
	return strstr(words, form) != NULL;
}

/* "Marc, could you …": a word with a capital, and a comma behind it. */
static bool
is_name(const struct nd_token *token)
{
	static const char not_names[] =
		" so also well thanks however anyway hmm sorry otherwise "
		"instead maybe perhaps hi hello and but if now then still yes "
		"no ok okay sure right first second third finally again indeed "
		"actually unfortunately hopefully alternatively currently "
		"additionally furthermore besides oh ah ";

	return token->kind == ND_TOKEN_WORD && token->capital && token->comma &&
	       token->len > 1 && !is_in(not_names, token);
}

static enum nd_actfeature_opening
find_opening(const struct nd_token *token, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (token[i].kind == ND_TOKEN_MARK)
			continue;
		if (token[i].kind != ND_TOKEN_WORD)
			return ND_OPENING_OTHER;
		if (is_name(&token[i]))
			return ND_OPENING_NAME;
		for (size_t k = 0; k < sizeof openings / sizeof *openings; k++)
			if (is_in(openings[k].words, &token[i]))
				return openings[k].opening;
		return ND_OPENING_OTHER;
	}
	return ND_OPENING_NOTHING;
}

static enum nd_actfeature_ending
find_ending(const struct nd_utterance *said)
{
	size_t len = said->len;

	while (len > 0 && strchr(" )\"'*_`", said->text[len - 1]))
		len--;
	if (len == 0)
		return ND_ENDING_NONE;
	if (len >= 3 && memcmp(said->text + len - 3, "\xef\xbc\x9f", 3) == 0)
		return ND_ENDING_QUESTION;
	switch (said->text[len - 1]) {
	case '?':
		return ND_ENDING_QUESTION;
	case '!':
		return len > 1 && said->text[len - 2] == '?'
		               ? ND_ENDING_QUESTION
		               : ND_ENDING_EXCLAIM;
	case ':':
		return ND_ENDING_COLON;
	case '.':
		return ND_ENDING_STOP;
	default:
		return ND_ENDING_NONE;
	}
}

/* ---- reading ---- */

static void
read_sentence(const struct nd_actreader *reader, struct sentence *s,
              struct nd_tokenizer *tokenizer)
{
	struct nd_token token[ND_ACTREADER_TOKENS_MAX];

	s->count = nd_tokenizer_read(tokenizer, s->said->text, s->said->len,
	                             token, ND_ACTREADER_TOKENS_MAX);
	s->token = x_array(reader, struct nd_token, s->count);
	memcpy(s->token, token, s->count * sizeof *token);
	for (size_t i = 0; i < s->count; i++)
		s->words += token[i].kind < ND_TOKEN_MARK;
	nd_cues_find(s->token, s->count, &s->cues);
	s->opening = find_opening(s->token, s->count);
	s->ending = find_ending(s->said);
}

static bool
is_indented(const struct nd_body *body, size_t line)
{
	size_t len;
	const char *text = nd_message_line(body, line, &len);

	return nd_lineform_is_indented(text, len);
}

/* Walk over lines and sentences at once: each sees the last quote above. */
static void
place_sentences(struct nd_actreader *reader, const struct nd_act_mail *mails)
{
	const struct nd_act_mail *mail = reader->mail;
	const struct nd_body *body = mail->body;
	struct nd_actquote quote = {.kind = ND_QUOTE_NONE};
	size_t next = 0, last_quote = SIZE_MAX;
	unsigned since = 0, paragraph = 0;

	for (size_t line = 0; line < body->line_count; line++) {
		uint8_t kind = body->line[line].kind;

		if (kind == ND_LINE_QUOTE) {
			reader->quoted_lines++;
			last_quote = line;
		}
		if (kind == ND_LINE_DIFF ||
		    (kind == ND_LINE_OWN && is_indented(body, line))) {
			reader->own_code = true;
			if (next > 0)
				reader->sentence[next - 1].code_after = true;
		}
		reader->own_lines += kind == ND_LINE_OWN;
		while (next < reader->count &&
		       reader->sentence[next].said->line == line) {
			struct sentence *s = &reader->sentence[next];

			if (last_quote != SIZE_MAX) {
				nd_actquote_see(mails, mail, last_quote,
				                &quote);
				last_quote = SIZE_MAX;
				since = 0;
			}
			paragraph += s->said->opens && next > 0;
			s->quote = quote;
			s->since = since++;
			s->paragraph = paragraph;
			next++;
		}
	}
}

static bool
wants_change(const struct nd_cues *cues)
{
	return cues->has[ND_CUE_CAN_YOU_CHANGE] ||
	       cues->has[ND_CUE_PLEASE_CHANGE] ||
	       cues->has[ND_CUE_IMPERATIVE] || cues->has[ND_CUE_SHOULD_BE] ||
	       cues->has[ND_CUE_SHOULD_CHANGE] ||
	       cues->has[ND_CUE_WOULD_BE_BETTER] || cues->has[ND_CUE_PREFER];
}

static void
mark_lines(struct nd_actreader *reader, struct nd_act_mail *mail)
{
	for (size_t i = 0; i < reader->count; i++) {
		const struct sentence *s = &reader->sentence[i];
		uint8_t bits = 0;

		if (s->ending == ND_ENDING_QUESTION)
			bits |= ND_ACT_LINE_ASKS;
		if (wants_change(&s->cues))
			bits |= ND_ACT_LINE_WANTS;
		for (uint32_t line = s->said->line;
		     bits && line <= s->said->last_line; line++)
			mail->line[line] |= bits;
	}
}

static enum nd_actfeature_role
role_of(const struct nd_act_mail *mail)
{
	return mail->facts & ND_ACT_BY_AUTHOR ? ND_ROLE_AUTHOR : ND_ROLE_OTHER;
}

static bool
has_asking_line(const struct nd_act_mail *mail)
{
	for (size_t i = 0; mail->line && i < mail->body->line_count; i++)
		if (mail->line[i] & ND_ACT_LINE_ASKS)
			return true;
	return false;
}

struct nd_actreader *
nd_actreader_new(const void *ctx, struct nd_tokenizer *tokenizer,
                 struct nd_act_mail *mail, size_t index)
{
	struct nd_actreader *reader = x_new(ctx, struct nd_actreader);
	struct nd_act_mail *this = &mail[index];

	reader->mail = this;
	if (this->parent != ND_NO_MESSAGE && this->parent != (int32_t)index)
		reader->parent = &mail[this->parent];
	reader->role = role_of(this);
	reader->count = this->said.count;
	reader->sentence = x_array(reader, struct sentence, reader->count);
	for (size_t i = 0; i < reader->count; i++) {
		reader->sentence[i].said = &this->said.utterance[i];
		read_sentence(reader, &reader->sentence[i], tokenizer);
	}
	if (this->body) {
		place_sentences(reader, mail);
		mark_lines(reader, this);
	}
	if (reader->parent && reader->parent->body)
		reader->parent_asks = has_asking_line(reader->parent);
	if (reader->count > 0 &&
	    reader->sentence[0].opening == ND_OPENING_GREETING &&
	    reader->sentence[0].words <= 4)
		reader->start = 1;
	return reader;
}

const struct nd_token *
nd_actreader_tokens(const struct nd_actreader *reader, size_t sentence,
                    size_t *count)
{
	*count = reader->sentence[sentence].count;
	return reader->sentence[sentence].token;
}

const struct nd_cues *
nd_actreader_cues(const struct nd_actreader *reader, size_t sentence)
{
	return &reader->sentence[sentence].cues;
}

bool
nd_actreader_is_question(const struct nd_actreader *reader, size_t sentence)
{
	return reader->sentence[sentence].ending == ND_ENDING_QUESTION;
}

/* ---- features ---- */

/* The first bound that is not below n; their number, when all are. */
static unsigned
bin(size_t n, const unsigned *bound, size_t count)
{
	unsigned i = 0;

	while (i < count && n > bound[i])
		i++;
	return i;
}

#define BIN(n, ...) \
	bin((n), (const unsigned[]){__VA_ARGS__}, \
	    sizeof((const unsigned[]){__VA_ARGS__}) / sizeof(unsigned))

static unsigned
at_most(size_t n, unsigned most)
{
	return n < most ? (unsigned)n : most;
}

static uint32_t
pair(uint32_t a, uint32_t b)
{
	return (a ^ (b >> 7 | b << 25)) * 2654435761u + b;
}

/* A word that is said twice is one feature. */
static bool
is_said_before(const struct nd_token *token, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (token[k].stem == token[i].stem)
			return true;
	return false;
}

static bool
is_pair_before(const struct nd_token *token, size_t i)
{
	for (size_t k = 1; k < i; k++)
		if (token[k].stem == token[i].stem &&
		    token[k - 1].stem == token[i - 1].stem)
			return true;
	return false;
}

static void
add_words(struct nd_actfeatures *out, const struct sentence *s)
{
	enum { EDGE = 1 }; /* before the first and behind the last word */
	uint32_t before = EDGE;

	for (size_t i = 0; i < s->count; i++) {
		uint32_t stem = s->token[i].stem;

		if (!is_said_before(s->token, i))
			nd_actfeature_add(out, ND_ACTFEATURE_WORD, 0, 0, 0,
			                  stem);
		if (i == 0 || !is_pair_before(s->token, i))
			nd_actfeature_add(out, ND_ACTFEATURE_PAIR, 0, 0, 0,
			                  pair(before, stem));
		before = stem;
	}
	nd_actfeature_add(out, ND_ACTFEATURE_PAIR, 0, 0, 0, pair(before, EDGE));
}

static size_t
count_kind(const struct sentence *s, unsigned kinds)
{
	size_t n = 0;

	for (size_t i = 0; i < s->count; i++)
		n += (kinds >> s->token[i].kind) & 1u;
	return n;
}

static size_t
count_ending(const struct sentence *s, const char *ending)
{
	size_t len = strlen(ending), n = 0;

	for (size_t i = 0; i < s->count; i++)
		n += s->token[i].kind == ND_TOKEN_WORD &&
		     s->token[i].len > len + 2 &&
		     memcmp(s->token[i].text + s->token[i].len - len, ending,
		            len) == 0;
	return n;
}

static void
add_form(struct nd_actfeatures *out, const struct sentence *s)
{
	bool question = s->ending == ND_ENDING_QUESTION;

	add1(out, ND_ACTFEATURE_OPENING, s->opening);
	add2(out, ND_ACTFEATURE_OPENING_END, s->opening, question);
	add1(out, ND_ACTFEATURE_ENDING, s->ending);
	if (!question && memchr(s->said->text, '?', s->said->len))
		add0(out, ND_ACTFEATURE_QUESTION_INSIDE);
	if (s->said->text[0] >= 'a' && s->said->text[0] <= 'z')
		add0(out, ND_ACTFEATURE_LOWER);
	if (strchr("-*+", s->said->text[0]))
		add0(out, ND_ACTFEATURE_ITEM);
	if (memchr(s->said->text, '`', s->said->len) ||
	    memchr(s->said->text, '"', s->said->len))
		add0(out, ND_ACTFEATURE_QUOTED_WORDS);
	add1(out, ND_ACTFEATURE_LENGTH, BIN(s->words, 1, 2, 4, 7, 12, 20, 35));
	add1(out, ND_ACTFEATURE_IDENTIFIERS,
	     at_most(count_kind(s, 1u << ND_TOKEN_IDENTIFIER |
	                                   1u << ND_TOKEN_PATH |
	                                   1u << ND_TOKEN_COMMIT),
	             3));
	add1(out, ND_ACTFEATURE_NUMBERS,
	     at_most(count_kind(s, 1u << ND_TOKEN_NUMBER), 3));
	add1(out, ND_ACTFEATURE_PAST_FORMS, at_most(count_ending(s, "ed"), 2));
	add1(out, ND_ACTFEATURE_ING_FORMS, at_most(count_ending(s, "ing"), 2));
	for (size_t i = 0; i < s->count; i++)
		if (s->said->text[0] == '@' ||
		    (i < 3 && is_name(&s->token[i]))) {
			add1(out, ND_ACTFEATURE_CALLS, s->ending);
			break;
		}
}

static void
add_quote(struct nd_actfeatures *out, const struct nd_actreader *reader,
          const struct sentence *s)
{
	bool question = s->ending == ND_ENDING_QUESTION;
	const struct nd_actquote *quote = &s->quote;

	add1(out, ND_ACTFEATURE_QUOTE, quote->kind);
	add2(out, ND_ACTFEATURE_QUOTE_ROLE, quote->kind, reader->role);
	add2(out, ND_ACTFEATURE_QUOTE_END, quote->kind, question);
	if (quote->kind == ND_QUOTE_NONE) {
		if (reader->parent_asks && reader->quoted_lines == 0)
			add1(out, ND_ACTFEATURE_PARENT_ASKS_TOP, reader->role);
		return;
	}
	add2(out, ND_ACTFEATURE_QUOTE_FIRST, quote->kind, s->since == 0);
	if (s->since == 0)
		nd_actfeature_add(out, ND_ACTFEATURE_QUOTE_ROLE_END,
		                  quote->kind, reader->role, question, 0);
	add1(out, ND_ACTFEATURE_SINCE_QUOTE, BIN(s->since, 0, 1, 2, 4));
	add1(out, ND_ACTFEATURE_QUOTE_LINES, BIN(quote->lines, 1, 3, 8, 25));
	if (quote->has_mark)
		add0(out, ND_ACTFEATURE_QUOTE_HAS_MARK);
	if (quote->line_bits & ND_ACT_LINE_ASKS) {
		add1(out, ND_ACTFEATURE_QUOTE_ASKS, BIN(s->since, 0, 1, 3));
		add2(out, ND_ACTFEATURE_QUOTE_ASKS_ROLE, reader->role,
		     question);
	}
	if (quote->line_bits & ND_ACT_LINE_WANTS) {
		add1(out, ND_ACTFEATURE_QUOTE_WANTS, BIN(s->since, 0, 1, 3));
		add2(out, ND_ACTFEATURE_QUOTE_WANTS_ROLE, reader->role,
		     question);
	}
}

/* Code, a question, text, or nothing: crossed with what is said. */
static unsigned
plain_kind(const struct sentence *s)
{
	switch (s->quote.kind) {
	case ND_QUOTE_PLUS:
	case ND_QUOTE_MINUS:
	case ND_QUOTE_CODE:
		return ND_QUOTE_CODE;
	case ND_QUOTE_QUESTION:
		return s->since <= 2 ? ND_QUOTE_QUESTION : ND_QUOTE_PROSE;
	case ND_QUOTE_PROSE:
	case ND_QUOTE_OLD_PROSE:
		return ND_QUOTE_PROSE;
	default:
		return ND_QUOTE_NONE;
	}
}

static void
add_cues(struct nd_actfeatures *out, const struct nd_actreader *reader,
         size_t index)
{
	const struct sentence *s = &reader->sentence[index];
	bool question = s->ending == ND_ENDING_QUESTION;
	bool on_patch = reader->mail->facts & ND_ACT_ON_PATCH;
	unsigned count = 0;

	for (unsigned cue = 0; cue < ND_CUE_LEARNED_COUNT; cue++) {
		if (index > 0 && reader->sentence[index - 1].cues.has[cue])
			add1(out, ND_ACTFEATURE_CUE_BEFORE, cue);
		if (index + 1 < reader->count &&
		    reader->sentence[index + 1].cues.has[cue])
			add1(out, ND_ACTFEATURE_CUE_AFTER, cue);
		if (!s->cues.has[cue])
			continue;
		count++;
		add1(out, ND_ACTFEATURE_CUE, cue);
		add2(out, ND_ACTFEATURE_CUE_ROLE, cue, reader->role);
		add2(out, ND_ACTFEATURE_CUE_END, cue, question);
		add2(out, ND_ACTFEATURE_CUE_QUOTE, cue, plain_kind(s));
		add2(out, ND_ACTFEATURE_CUE_TALK, cue, on_patch);
		if (cue <= ND_CUE_MAYBE)
			add2(out, ND_ACTFEATURE_CUE_OPENING, cue, s->opening);
	}
	add1(out, ND_ACTFEATURE_CUES, at_most(count, 6));
}

static void
add_asking(struct nd_actfeatures *out, const struct nd_actreader *reader,
           size_t index)
{
	const struct nd_act_mail *mail = reader->mail;
	bool asks = nd_questionform_has(&mail->said, index,
	                                mail->facts & ND_ACT_ON_PATCH);

	add2(out, ND_ACTFEATURE_ASKING_FORM, asks, ND_ROLE_COUNT);
	add2(out, ND_ACTFEATURE_ASKING_FORM, asks, reader->role);
	add2(out, ND_ACTFEATURE_ASKING_FORM_QUOTE, asks,
	     plain_kind(&reader->sentence[index]));
}

static void
add_place(struct nd_actfeatures *out, const struct nd_actreader *reader,
          size_t index)
{
	const struct sentence *s = &reader->sentence[index];

	if (index == reader->start)
		add0(out, ND_ACTFEATURE_FIRST);
	if (index + 1 == reader->count)
		add0(out, ND_ACTFEATURE_LAST);
	if (reader->count - reader->start == 1)
		add0(out, ND_ACTFEATURE_ONLY);
	if (s->said->opens)
		add0(out, ND_ACTFEATURE_OPENS);
	if (s->paragraph == 0)
		add0(out, ND_ACTFEATURE_FIRST_PARAGRAPH);
	if (s->code_after)
		add0(out, ND_ACTFEATURE_CODE_AFTER);
	if (reader->count > 2)
		add1(out, ND_ACTFEATURE_THIRD,
		     (unsigned)(3 * index / reader->count));
	if (index > 0) {
		add1(out, ND_ACTFEATURE_OPENING_BEFORE,
		     reader->sentence[index - 1].opening);
		add1(out, ND_ACTFEATURE_ENDING_BEFORE,
		     reader->sentence[index - 1].ending == ND_ENDING_QUESTION);
	}
	if (index + 1 < reader->count) {
		add1(out, ND_ACTFEATURE_OPENING_AFTER,
		     reader->sentence[index + 1].opening);
		add1(out, ND_ACTFEATURE_ENDING_AFTER,
		     reader->sentence[index + 1].ending == ND_ENDING_QUESTION);
	}
}

void
nd_actreader_mail_features(const struct nd_actreader *reader,
                           struct nd_actfeatures *out)
{
	const struct nd_act_mail *mail = reader->mail;
	bool on_patch = mail->facts & ND_ACT_ON_PATCH;

	add1(out, ND_ACTFEATURE_ROLE, reader->role);
	add1(out, ND_ACTFEATURE_TALK, on_patch);
	for (unsigned i = 0; i < ND_ACT_FACTS; i++)
		if (mail->facts & 1u << i)
			add2(out, ND_ACTFEATURE_FACT, i, 1);
	add1(out, ND_ACTFEATURE_DEPTH, at_most(mail->depth, 5));
	add1(out, ND_ACTFEATURE_SENTENCES,
	     BIN(reader->count, 1, 2, 4, 8, 16, 32));
	add1(out, ND_ACTFEATURE_OWN_LINES,
	     BIN(reader->own_lines, 1, 3, 8, 20, 50));
	add1(out, ND_ACTFEATURE_QUOTED_LINES,
	     BIN(reader->quoted_lines, 0, 5, 20, 80, 250));
	if (reader->parent)
		add1(out, ND_ACTFEATURE_PARENT_ASKS, reader->parent_asks);
	if (reader->own_code)
		add0(out, ND_ACTFEATURE_OWN_CODE);
}

void
nd_actreader_features(const struct nd_actreader *reader, size_t sentence,
                      struct nd_actfeatures *out)
{
	const struct sentence *s = &reader->sentence[sentence];
	bool question = s->ending == ND_ENDING_QUESTION;
	bool on_patch = reader->mail->facts & ND_ACT_ON_PATCH;

	add2(out, ND_ACTFEATURE_ROLE_END, reader->role, question);
	nd_actfeature_add(out, ND_ACTFEATURE_TALK_ROLE_END, on_patch,
	                  reader->role, question, 0);
	add2(out, ND_ACTFEATURE_OPENING_ROLE, s->opening, reader->role);
	add_form(out, s);
	add_quote(out, reader, s);
	add_asking(out, reader, sentence);
	add_place(out, reader, sentence);
	add_cues(out, reader, sentence);
	add_words(out, s);
}
