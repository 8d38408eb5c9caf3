/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text/actreader.h"

#include <string.h>

#include "text/questionform.h"
#include "util/alloc.h"
#include "util/str.h"

enum {
	QUOTE_TAIL = 6,  /* lines of a quote that what is below it answers */
	SAME_BLOCK = 40, /* lines of a quote that are looked at, at most */
	INDENT = 4
};

/* ---- values ---- */

enum opening {
	OPEN_OTHER,
	OPEN_WH,
	OPEN_AUX,
	OPEN_YES,
	OPEN_NO,
	OPEN_PLEASE,
	OPEN_CHANGE,
	OPEN_I,
	OPEN_YOU,
	OPEN_WE,
	OPEN_THIS,
	OPEN_GREETING,
	OPEN_THANKS,
	OPEN_BUT,
	OPEN_AND,
	OPEN_IF,
	OPEN_MAYBE,
	OPEN_NAME,
	OPEN_NOTHING,
	OPEN_COUNT
};

enum quote {
	QUOTE_NONE,
	QUOTE_EMPTY,
	QUOTE_PLUS,
	QUOTE_MINUS,
	QUOTE_CODE,
	QUOTE_TRAILER,
	QUOTE_PROSE,
	QUOTE_QUESTION,
	QUOTE_OLD_PROSE,
	QUOTE_COUNT
};

enum role { ROLE_AUTHOR, ROLE_OTHER, ROLE_COUNT };

enum ending { END_NONE, END_STOP, END_QUESTION, END_COLON, END_EXCLAIM };

static const char *const opening_names[OPEN_COUNT] = {
	"another word", "what, how", "is, do, can", "yes",    "no",
	"please",       "change!",   "I",           "you",    "we",
	"it, this",     "hello",     "thanks",      "but",    "and, so",
	"if, when",     "maybe",     "a name",      "no word"};
static const char *const quote_names[QUOTE_COUNT] = {
	"no quote",       "an empty quote", "an added line",
	"a removed line", "code",           "a trailer",
	"text",           "a question",     "an older mail's text"};
static const char *const role_names[ROLE_COUNT] = {"the author", "another one"};
static const char *const ending_names[] = {"nothing", "a stop", "?", ":", "!"};

/* ---- templates: what a feature is about, and how it is printed ---- */

enum value { NO_VALUE, NUMBER, YESNO, CUE, OPENING, QUOTE, ROLE, ENDING, WORD };

#define TEMPLATES(T) \
	T(WORD, "word", WORD, NO_VALUE, NO_VALUE) \
	T(PAIR, "pair", WORD, NO_VALUE, NO_VALUE) \
	T(CUE, "says", CUE, NO_VALUE, NO_VALUE) \
	T(CUE_ROLE, "says, by", CUE, ROLE, NO_VALUE) \
	T(CUE_END, "says, ends with ?", CUE, YESNO, NO_VALUE) \
	T(CUE_QUOTE, "says, below", CUE, QUOTE, NO_VALUE) \
	T(CUE_OPENING, "says, begins with", CUE, OPENING, NO_VALUE) \
	T(CUE_TALK, "says, about a patch", CUE, YESNO, NO_VALUE) \
	T(CUE_BEFORE, "sentence before says", CUE, NO_VALUE, NO_VALUE) \
	T(CUE_AFTER, "sentence after says", CUE, NO_VALUE, NO_VALUE) \
	T(CUES, "hints", NUMBER, NO_VALUE, NO_VALUE) \
	T(OPENING, "begins with", OPENING, NO_VALUE, NO_VALUE) \
	T(OPENING_END, "begins with, ends with ?", OPENING, YESNO, NO_VALUE) \
	T(OPENING_ROLE, "begins with, by", OPENING, ROLE, NO_VALUE) \
	T(OPENING_BEFORE, "sentence before begins with", OPENING, NO_VALUE, \
	  NO_VALUE) \
	T(OPENING_AFTER, "sentence after begins with", OPENING, NO_VALUE, \
	  NO_VALUE) \
	T(ENDING, "ends with", ENDING, NO_VALUE, NO_VALUE) \
	T(ENDING_BEFORE, "sentence before ends with ?", YESNO, NO_VALUE, \
	  NO_VALUE) \
	T(ENDING_AFTER, "sentence after ends with ?", YESNO, NO_VALUE, \
	  NO_VALUE) \
	T(ASKING_FORM, "has the form of a question, by", YESNO, ROLE, \
	  NO_VALUE) \
	T(ASKING_FORM_QUOTE, "has the form of a question, below", YESNO, \
	  QUOTE, NO_VALUE) \
	T(QUESTION_INSIDE, "? inside", NO_VALUE, NO_VALUE, NO_VALUE) \
	T(LOWER, "begins in lower case", NO_VALUE, NO_VALUE, NO_VALUE) \
	T(ITEM, "an item of a list", NO_VALUE, NO_VALUE, NO_VALUE) \
	T(LENGTH, "words", NUMBER, NO_VALUE, NO_VALUE) \
	T(IDENTIFIERS, "identifiers", NUMBER, NO_VALUE, NO_VALUE) \
	T(NUMBERS, "numbers", NUMBER, NO_VALUE, NO_VALUE) \
	T(PAST_FORMS, "words in -ed", NUMBER, NO_VALUE, NO_VALUE) \
	T(ING_FORMS, "words in -ing", NUMBER, NO_VALUE, NO_VALUE) \
	T(QUOTED_WORDS, "words in quotes", NO_VALUE, NO_VALUE, NO_VALUE) \
	T(QUOTE, "below", QUOTE, NO_VALUE, NO_VALUE) \
	T(QUOTE_FIRST, "first below", QUOTE, YESNO, NO_VALUE) \
	T(QUOTE_ROLE, "below, by", QUOTE, ROLE, NO_VALUE) \
	T(QUOTE_END, "below, ends with ?", QUOTE, YESNO, NO_VALUE) \
	T(QUOTE_ROLE_END, "first below, by, ends with ?", QUOTE, ROLE, YESNO) \
	T(SINCE_QUOTE, "sentences since the quote", NUMBER, NO_VALUE, \
	  NO_VALUE) \
	T(QUOTE_LINES, "lines of the quote", NUMBER, NO_VALUE, NO_VALUE) \
	T(QUOTE_HAS_MARK, "? in the quote", NO_VALUE, NO_VALUE, NO_VALUE) \
	T(QUOTE_ASKS, "the quote asks", NUMBER, NO_VALUE, NO_VALUE) \
	T(QUOTE_ASKS_ROLE, "the quote asks, by", ROLE, YESNO, NO_VALUE) \
	T(QUOTE_WANTS, "the quote wants a change", NUMBER, NO_VALUE, NO_VALUE) \
	T(QUOTE_WANTS_ROLE, "the quote wants a change, by", ROLE, YESNO, \
	  NO_VALUE) \
	T(PARENT_ASKS_TOP, "no quote, but the parent asks", ROLE, NO_VALUE, \
	  NO_VALUE) \
	T(ROLE, "by", ROLE, NO_VALUE, NO_VALUE) \
	T(ROLE_END, "by, ends with ?", ROLE, YESNO, NO_VALUE) \
	T(TALK, "about a patch", YESNO, NO_VALUE, NO_VALUE) \
	T(TALK_ROLE_END, "about a patch, by, ends with ?", YESNO, ROLE, YESNO) \
	T(FACT, "fact", NUMBER, YESNO, NO_VALUE) \
	T(DEPTH, "mails above", NUMBER, NO_VALUE, NO_VALUE) \
	T(SENTENCES, "sentences of the mail", NUMBER, NO_VALUE, NO_VALUE) \
	T(OWN_LINES, "own lines", NUMBER, NO_VALUE, NO_VALUE) \
	T(QUOTED_LINES, "quoted lines", NUMBER, NO_VALUE, NO_VALUE) \
	T(PARENT_ASKS, "the parent asks", YESNO, NO_VALUE, NO_VALUE) \
	T(OWN_CODE, "code of its own", NO_VALUE, NO_VALUE, NO_VALUE) \
	T(CODE_AFTER, "code follows", NO_VALUE, NO_VALUE, NO_VALUE) \
	T(FIRST, "first", NO_VALUE, NO_VALUE, NO_VALUE) \
	T(LAST, "last", NO_VALUE, NO_VALUE, NO_VALUE) \
	T(ONLY, "the only one", NO_VALUE, NO_VALUE, NO_VALUE) \
	T(OPENS, "begins a paragraph", NO_VALUE, NO_VALUE, NO_VALUE) \
	T(FIRST_PARAGRAPH, "of the first paragraph", NO_VALUE, NO_VALUE, \
	  NO_VALUE) \
	T(THIRD, "third of the mail", NUMBER, NO_VALUE, NO_VALUE) \
	T(CALLS, "calls somebody by name", ENDING, NO_VALUE, NO_VALUE)

enum template {
#define TEMPLATE_ENUM(id, name, a, b, c) T_##id,
	TEMPLATES(TEMPLATE_ENUM)
#undef TEMPLATE_ENUM
		TEMPLATE_COUNT
};

static const struct {
	const char *name;
	enum value value[3];
} templates[TEMPLATE_COUNT] = {
#define TEMPLATE_ROW(id, name, a, b, c) [T_##id] = {name, {a, b, c}},
	TEMPLATES(TEMPLATE_ROW)
#undef TEMPLATE_ROW
};

static const char *const fact_names[] = {
	"about a patch", "by the author", "to the author", "to a patch",
	"to oneself",    "first mail",    "a robot",       "gives a tag",
	"to a tag",      "a reviewer",    "has a diff"};

static void
add(struct nd_actreader_seen *out, enum template t, unsigned a, unsigned b,
    unsigned c, uint32_t word)
{
	if (out->count < ND_ACTREADER_SEEN_MAX)
		out->key[out->count++] = (uint64_t)t << 56 |
		                         (uint64_t)(a & 0xff) << 48 |
		                         (uint64_t)(b & 0xff) << 40 |
		                         (uint64_t)(c & 0xff) << 32 | word;
}

static void
add0(struct nd_actreader_seen *out, enum template t)
{
	add(out, t, 0, 0, 0, 0);
}

static void
add1(struct nd_actreader_seen *out, enum template t, unsigned a)
{
	add(out, t, a, 0, 0, 0);
}

static void
add2(struct nd_actreader_seen *out, enum template t, unsigned a, unsigned b)
{
	add(out, t, a, b, 0, 0);
}

/* ---- a mail ---- */

struct seen_quote {
	enum quote kind;
	unsigned lines;
	bool has_mark;     /* a "?" in its last lines of text */
	uint8_t line_bits; /* enum nd_act_line of its last lines */
};

struct sentence {
	const struct nd_utterance *said;
	struct nd_token *token;
	size_t count, words;
	struct nd_cues cues;
	enum opening opening;
	enum ending ending;
	struct seen_quote quote;
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
	enum role role;
};

static const struct {
	enum opening opening;
	const char *words;
} openings[] = {
	{OPEN_WH, " what why how which who where when whose "},
	{OPEN_AUX, " do does did is are was were can could should would will "
                   "have has shall may might am "},
	{OPEN_YES,
         " ok okay sure yes yeah yep yup right agreed agree done fixed "
         "ack indeed correct true ah oh oops good makes "},
	{OPEN_NO, " no nope nah nack nak not "},
	{OPEN_PLEASE, " please pls plz "},
	{OPEN_CHANGE,
         " use add remove drop move rename make split fix check consider keep "
         "put change replace include mention document explain describe "
         "delete avoid try run set see test look send resend rebase squash "
         "fold convert return call pass update write wrap sort order note "
         "clarify rework reword simplify merge take get let ignore "},
	{OPEN_I, " i "},
	{OPEN_YOU, " you your "},
	{OPEN_WE, " we our let "},
	{OPEN_THIS, " it this that these those there "},
	{OPEN_GREETING, " hi hello hey dear "},
	{OPEN_THANKS, " thanks thank thx cheers "},
	{OPEN_BUT, " but however though although "},
	{OPEN_AND, " and so also then or "},
	{OPEN_IF, " if when since as because for in on at with "},
	{OPEN_MAYBE, " maybe perhaps nit nits minor "},
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

static enum opening
find_opening(const struct nd_token *token, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (token[i].kind == ND_TOKEN_MARK)
			continue;
		if (token[i].kind != ND_TOKEN_WORD)
			return OPEN_OTHER;
		if (is_name(&token[i]))
			return OPEN_NAME;
		for (size_t k = 0; k < sizeof openings / sizeof *openings; k++)
			if (is_in(openings[k].words, &token[i]))
				return openings[k].opening;
		return OPEN_OTHER;
	}
	return OPEN_NOTHING;
}

static enum ending
find_ending(const struct nd_utterance *said)
{
	size_t len = said->len;

	while (len > 0 && strchr(" )\"'*_`", said->text[len - 1]))
		len--;
	if (len == 0)
		return END_NONE;
	if (len >= 3 && memcmp(said->text + len - 3, "\xef\xbc\x9f", 3) == 0)
		return END_QUESTION;
	switch (said->text[len - 1]) {
	case '?':
		return END_QUESTION;
	case '!':
		return len > 1 && said->text[len - 2] == '?' ? END_QUESTION
		                                             : END_EXCLAIM;
	case ':':
		return END_COLON;
	case '.':
		return END_STOP;
	default:
		return END_NONE;
	}
}

/* ---- what is quoted above ---- */

static const char *
line_text(const struct nd_body *body, size_t line, size_t *len)
{
	*len = body->line[line].len;
	return body->text + body->line[line].start;
}

static bool
is_empty(const struct nd_body *body, size_t line)
{
	size_t len;
	const char *text = line_text(body, line, &len);

	nd_mem_trim(&text, &len);
	return len == 0;
}

/* A line of a diff, or of code: "+", "-", "@@", a tab, "…;", "… {" */
static bool
is_code(const char *text, size_t len)
{
	size_t end = len;

	if (len == 0)
		return false;
	if (strchr("+-@", *text) || *text == '\t')
		return true;
	while (end > 0 && nd_is_space(text[end - 1]))
		end--;
	return *text == ' ' && end > 0 && strchr(";{}", text[end - 1]);
}

static bool
is_trailer(const char *text, size_t len)
{
	const char *colon = memchr(text, ':', len);
	size_t end = colon ? (size_t)(colon - text) : 0;

	return end > 3 && end < 40 && end + 1 < len && colon[1] == ' ' &&
	       (nd_mem_equal_nocase(colon - 3, "-by", 3) ||
	        nd_mem_starts_nocase(text, len, "fixes: ") ||
	        nd_mem_starts_nocase(text, len, "link: "));
}

static enum quote
kind_of_quote(const struct nd_body *body, size_t last, size_t code)
{
	size_t len;
	const char *text = line_text(body, last, &len);

	if (len > 0 && *text == '+')
		return QUOTE_PLUS;
	if (len > 0 && *text == '-' && code > 1)
		return QUOTE_MINUS;
	if (code > 0 || nd_mem_starts(text, len, "diff ") ||
	    nd_mem_starts(text, len, "index "))
		return QUOTE_CODE;
	if (is_trailer(text, len))
		return QUOTE_TRAILER;
	while (len > 0 && nd_is_space(text[len - 1]))
		len--;
	if (len > 0 && text[len - 1] == '?')
		return QUOTE_QUESTION;
	return body->line[last].depth > 1 ? QUOTE_OLD_PROSE : QUOTE_PROSE;
}

/* What the lines that the quoted mail has there say. */
static uint8_t
bits_of_source(const struct nd_act_mail *mails, const struct nd_act_mail *mail,
               const struct nd_line *line)
{
	const struct nd_act_mail *source;

	if (line->source == ND_NO_MESSAGE)
		return 0;
	source = &mails[line->source];
	if (source == mail || !source->line || !source->body ||
	    line->source_line >= source->body->line_count)
		return 0;
	return source->line[line->source_line];
}

/* The quote whose last line this is. */
static void
see_quote(const struct nd_act_mail *mails, const struct nd_act_mail *mail,
          size_t last, struct seen_quote *quote)
{
	const struct nd_body *body = mail->body;
	size_t seen = 0, code = 0, end = SIZE_MAX;

	memset(quote, 0, sizeof *quote);
	for (size_t line = last + 1; line-- > 0 && quote->lines < SAME_BLOCK;) {
		size_t len;
		const char *text = line_text(body, line, &len);

		if (body->line[line].kind == ND_LINE_BLANK)
			continue;
		if (body->line[line].kind != ND_LINE_QUOTE)
			break;
		quote->lines++;
		if (is_empty(body, line))
			continue;
		if (end == SIZE_MAX)
			end = line;
		if (seen < 3)
			code += is_code(text, len);
		if (seen < 4)
			quote->has_mark =
				quote->has_mark || memchr(text, '?', len);
		if (seen < QUOTE_TAIL)
			quote->line_bits |=
				bits_of_source(mails, mail, &body->line[line]);
		seen++;
	}
	quote->kind =
		end == SIZE_MAX ? QUOTE_EMPTY : kind_of_quote(body, end, code);
	quote->has_mark = quote->has_mark && quote->kind >= QUOTE_PROSE;
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
	size_t len, blanks = 0;
	const char *text = line_text(body, line, &len);

	while (blanks < len && text[blanks] == ' ')
		blanks++;
	return blanks >= INDENT || (blanks < len && text[blanks] == '\t');
}

/* Walk over lines and sentences at once: each sees the last quote above. */
static void
place_sentences(struct nd_actreader *reader, const struct nd_act_mail *mails)
{
	const struct nd_act_mail *mail = reader->mail;
	const struct nd_body *body = mail->body;
	struct seen_quote quote = {.kind = QUOTE_NONE};
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
				see_quote(mails, mail, last_quote, &quote);
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

		if (s->ending == END_QUESTION)
			bits |= ND_ACT_LINE_ASKS;
		if (wants_change(&s->cues))
			bits |= ND_ACT_LINE_WANTS;
		for (uint32_t line = s->said->line;
		     bits && line <= s->said->last_line; line++)
			mail->line[line] |= bits;
	}
}

static enum role
role_of(const struct nd_act_mail *mail)
{
	return mail->facts & ND_ACT_BY_AUTHOR ? ROLE_AUTHOR : ROLE_OTHER;
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
	if (reader->count > 0 && reader->sentence[0].opening == OPEN_GREETING &&
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
	return reader->sentence[sentence].ending == END_QUESTION;
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

static void
add_words(struct nd_actreader_seen *out, const struct sentence *s)
{
	enum { EDGE = 1 }; /* before the first and behind the last word */
	uint32_t before = EDGE;

	for (size_t i = 0; i < s->count; i++) {
		add(out, T_WORD, 0, 0, 0, s->token[i].stem);
		add(out, T_PAIR, 0, 0, 0, pair(before, s->token[i].stem));
		before = s->token[i].stem;
	}
	add(out, T_PAIR, 0, 0, 0, pair(before, EDGE));
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
add_form(struct nd_actreader_seen *out, const struct sentence *s)
{
	bool question = s->ending == END_QUESTION;

	add1(out, T_OPENING, s->opening);
	add2(out, T_OPENING_END, s->opening, question);
	add1(out, T_ENDING, s->ending);
	if (!question && memchr(s->said->text, '?', s->said->len))
		add0(out, T_QUESTION_INSIDE);
	if (s->said->text[0] >= 'a' && s->said->text[0] <= 'z')
		add0(out, T_LOWER);
	if (strchr("-*+", s->said->text[0]))
		add0(out, T_ITEM);
	if (memchr(s->said->text, '`', s->said->len) ||
	    memchr(s->said->text, '"', s->said->len))
		add0(out, T_QUOTED_WORDS);
	add1(out, T_LENGTH, BIN(s->words, 1, 2, 4, 7, 12, 20, 35));
	add1(out, T_IDENTIFIERS,
	     at_most(count_kind(s, 1u << ND_TOKEN_IDENTIFIER |
	                                   1u << ND_TOKEN_PATH |
	                                   1u << ND_TOKEN_COMMIT),
	             3));
	add1(out, T_NUMBERS, at_most(count_kind(s, 1u << ND_TOKEN_NUMBER), 3));
	add1(out, T_PAST_FORMS, at_most(count_ending(s, "ed"), 2));
	add1(out, T_ING_FORMS, at_most(count_ending(s, "ing"), 2));
	for (size_t i = 0; i < s->count; i++)
		if (s->said->text[0] == '@' ||
		    (i < 3 && is_name(&s->token[i]))) {
			add1(out, T_CALLS, s->ending);
			break;
		}
}

static void
add_quote(struct nd_actreader_seen *out, const struct nd_actreader *reader,
          const struct sentence *s)
{
	bool question = s->ending == END_QUESTION;
	const struct seen_quote *quote = &s->quote;

	add1(out, T_QUOTE, quote->kind);
	add2(out, T_QUOTE_ROLE, quote->kind, reader->role);
	add2(out, T_QUOTE_END, quote->kind, question);
	if (quote->kind == QUOTE_NONE) {
		if (reader->parent_asks && reader->quoted_lines == 0)
			add1(out, T_PARENT_ASKS_TOP, reader->role);
		return;
	}
	add2(out, T_QUOTE_FIRST, quote->kind, s->since == 0);
	if (s->since == 0)
		add(out, T_QUOTE_ROLE_END, quote->kind, reader->role, question,
		    0);
	add1(out, T_SINCE_QUOTE, BIN(s->since, 0, 1, 2, 4));
	add1(out, T_QUOTE_LINES, BIN(quote->lines, 1, 3, 8, 25));
	if (quote->has_mark)
		add0(out, T_QUOTE_HAS_MARK);
	if (quote->line_bits & ND_ACT_LINE_ASKS) {
		add1(out, T_QUOTE_ASKS, BIN(s->since, 0, 1, 3));
		add2(out, T_QUOTE_ASKS_ROLE, reader->role, question);
	}
	if (quote->line_bits & ND_ACT_LINE_WANTS) {
		add1(out, T_QUOTE_WANTS, BIN(s->since, 0, 1, 3));
		add2(out, T_QUOTE_WANTS_ROLE, reader->role, question);
	}
}

/* Code, a question, text, or nothing: crossed with what is said. */
static unsigned
plain_kind(const struct sentence *s)
{
	switch (s->quote.kind) {
	case QUOTE_PLUS:
	case QUOTE_MINUS:
	case QUOTE_CODE:
		return QUOTE_CODE;
	case QUOTE_QUESTION:
		return s->since <= 2 ? QUOTE_QUESTION : QUOTE_PROSE;
	case QUOTE_PROSE:
	case QUOTE_OLD_PROSE:
		return QUOTE_PROSE;
	default:
		return QUOTE_NONE;
	}
}

static void
add_cues(struct nd_actreader_seen *out, const struct nd_actreader *reader,
         size_t index)
{
	const struct sentence *s = &reader->sentence[index];
	bool question = s->ending == END_QUESTION;
	bool on_patch = reader->mail->facts & ND_ACT_ON_PATCH;
	unsigned count = 0;

	for (unsigned cue = 0; cue < ND_CUE_LEARNED_COUNT; cue++) {
		if (index > 0 && reader->sentence[index - 1].cues.has[cue])
			add1(out, T_CUE_BEFORE, cue);
		if (index + 1 < reader->count &&
		    reader->sentence[index + 1].cues.has[cue])
			add1(out, T_CUE_AFTER, cue);
		if (!s->cues.has[cue])
			continue;
		count++;
		add1(out, T_CUE, cue);
		add2(out, T_CUE_ROLE, cue, reader->role);
		add2(out, T_CUE_END, cue, question);
		add2(out, T_CUE_QUOTE, cue, plain_kind(s));
		add2(out, T_CUE_TALK, cue, on_patch);
		if (cue <= ND_CUE_MAYBE)
			add2(out, T_CUE_OPENING, cue, s->opening);
	}
	add1(out, T_CUES, at_most(count, 6));
}

static void
add_asking(struct nd_actreader_seen *out, const struct nd_actreader *reader,
           size_t index)
{
	const struct nd_act_mail *mail = reader->mail;
	bool asks = nd_questionform_has(&mail->said, index,
	                                mail->facts & ND_ACT_ON_PATCH);

	add2(out, T_ASKING_FORM, asks, ROLE_COUNT);
	add2(out, T_ASKING_FORM, asks, reader->role);
	add2(out, T_ASKING_FORM_QUOTE, asks,
	     plain_kind(&reader->sentence[index]));
}

static void
add_place(struct nd_actreader_seen *out, const struct nd_actreader *reader,
          size_t index)
{
	const struct sentence *s = &reader->sentence[index];

	if (index == reader->start)
		add0(out, T_FIRST);
	if (index + 1 == reader->count)
		add0(out, T_LAST);
	if (reader->count - reader->start == 1)
		add0(out, T_ONLY);
	if (s->said->opens)
		add0(out, T_OPENS);
	if (s->paragraph == 0)
		add0(out, T_FIRST_PARAGRAPH);
	if (s->code_after)
		add0(out, T_CODE_AFTER);
	if (reader->count > 2)
		add1(out, T_THIRD, (unsigned)(3 * index / reader->count));
	if (index > 0) {
		add1(out, T_OPENING_BEFORE,
		     reader->sentence[index - 1].opening);
		add1(out, T_ENDING_BEFORE,
		     reader->sentence[index - 1].ending == END_QUESTION);
	}
	if (index + 1 < reader->count) {
		add1(out, T_OPENING_AFTER, reader->sentence[index + 1].opening);
		add1(out, T_ENDING_AFTER,
		     reader->sentence[index + 1].ending == END_QUESTION);
	}
}

void
nd_actreader_mail_features(const struct nd_actreader *reader,
                           struct nd_actreader_seen *out)
{
	const struct nd_act_mail *mail = reader->mail;
	bool on_patch = mail->facts & ND_ACT_ON_PATCH;

	add1(out, T_ROLE, reader->role);
	add1(out, T_TALK, on_patch);
	for (unsigned i = 0; i < sizeof fact_names / sizeof *fact_names; i++)
		if (mail->facts & 1u << i)
			add2(out, T_FACT, i, 1);
	add1(out, T_DEPTH, at_most(mail->depth, 5));
	add1(out, T_SENTENCES, BIN(reader->count, 1, 2, 4, 8, 16, 32));
	add1(out, T_OWN_LINES, BIN(reader->own_lines, 1, 3, 8, 20, 50));
	add1(out, T_QUOTED_LINES, BIN(reader->quoted_lines, 0, 5, 20, 80, 250));
	if (reader->parent)
		add1(out, T_PARENT_ASKS, reader->parent_asks);
	if (reader->own_code)
		add0(out, T_OWN_CODE);
}

void
nd_actreader_features(const struct nd_actreader *reader, size_t sentence,
                      struct nd_actreader_seen *out)
{
	const struct sentence *s = &reader->sentence[sentence];
	bool question = s->ending == END_QUESTION;
	bool on_patch = reader->mail->facts & ND_ACT_ON_PATCH;

	out->count = 0;
	nd_actreader_mail_features(reader, out);
	add2(out, T_ROLE_END, reader->role, question);
	add(out, T_TALK_ROLE_END, on_patch, reader->role, question, 0);
	add2(out, T_OPENING_ROLE, s->opening, reader->role);
	add_form(out, s);
	add_quote(out, reader, s);
	add_asking(out, reader, sentence);
	add_place(out, reader, sentence);
	add_cues(out, reader, sentence);
	add_words(out, s);
}

/* ---- words for it ---- */

static const char *
value_name(const void *ctx, enum value value, unsigned v)
{
	switch (value) {
	case CUE:
		return v < ND_CUE_COUNT ? nd_cue_name((enum nd_cue)v) : "?";
	case OPENING:
		return v < OPEN_COUNT ? opening_names[v] : "?";
	case QUOTE:
		return v < QUOTE_COUNT ? quote_names[v] : "?";
	case ROLE:
		return v < ROLE_COUNT ? role_names[v] : "anybody";
	case ENDING:
		return ending_names[v % (sizeof ending_names /
		                         sizeof *ending_names)];
	case YESNO:
		return v ? "yes" : "no";
	case NUMBER:
		return x_asprintf(ctx, "%u", v);
	default:
		return "";
	}
}

const char *
nd_actreader_feature_name(const void *ctx, uint64_t key)
{
	unsigned t = (unsigned)(key >> 56) % TEMPLATE_COUNT;
	char *name = x_strdup(ctx, templates[t].name);

	if (t == T_FACT)
		return x_strdup(
			ctx,
			fact_names[(key >> 48 & 0xff) %
		                   (sizeof fact_names / sizeof *fact_names)]);
	for (unsigned i = 0; i < 3; i++) {
		enum value value = templates[t].value[i];
		unsigned v = (unsigned)(key >> (48 - 8 * i)) & 0xff;

		if (value != NO_VALUE && value != WORD)
			name = x_asprintf(ctx, "%s%s%s", name,
			                  i == 0 ? ": " : " / ",
			                  value_name(ctx, value, v));
	}
	return name;
}
