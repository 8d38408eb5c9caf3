/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "acts/questionform.h"

#include <pthread.h>
#include <string.h>

#include "text/phrase.h"
#include "util/str.h"

enum {
	WORDS_MIN = 3, /* "Why?", "Really?" are not questions by themselves */
	BYTES_MIN_WIDE = 9, /* the same for scripts without blanks */
	BYTES_MAX = 500,    /* more is code or a log between two words */
	TAIL_WORDS = 6,     /* of a question that only goes on */
	RUN_MIN = 5         /* questions of a form */
};

/* Ask without a question mark. */
static const struct nd_phrase requests[] = {
	{"advice on", 1},
	{"appreciate any", 1},
	{"appreciate if", 1},
	{"appreciate it if", 1},
	{"appreciate more", 1},
	{"chime in", 1},
	{"comments welcome", 1},
	{"feedback welcome", 1},
	{"grateful for", 1},
	{"grateful if", 1},
	{"how do i", 1},
	{"if anyone can", 1},
	{"if anyone could", 1},
	{"if anyone has", 1},
	{"if anyone knows", 1},
	{"if someone can", 1},
	{"if someone could", 1},
	{"if someone has", 1},
	{"if someone knows", 1},
	{"like to ask", 1},
	{"like to hear", 1},
	{"like to know", 1},
	{"need some advice", 1},
	{"need some help", 1},
	{"please advise", 1},
	{"please clarify", 1},
	{"please confirm", 1},
	{"please elaborate", 1},
	{"please explain", 1},
	{"please have a look", 1},
	{"please share", 1},
	{"please suggest", 1},
	{"please take a look", 1},
	{"suggestions welcome", 1},
	{"take another look", 1},
	{"use some advice", 1},
	{"use some help", 1},
	{"use some suggestion", 1},
	{"use some suggestions", 1},
};

/* The same, with one of a second table right behind. */
static const struct nd_phrase wonders[] = {
	{"been wondering", 1},    {"curious", 1},
	{"do not understand", 1}, {"don't quite understand", 1},
	{"don't understand", 1},  {"have to wonder", 1},
	{"i am wondering", 1},    {"i do wonder", 1},
	{"i was wondering", 1},   {"i wonder", 1},
	{"i'm wondering", 1},     {"just wondering", 1},
	{"let me know", 1},       {"let us know", 1},
	{"not clear to me", 1},   {"not sure i understand", 1},
	{"unclear to me", 1},     {"we are wondering", 1},
	{"we were wondering", 1}, {"we wonder", 1},
	{"we're wondering", 1},
};

static const struct nd_phrase wondered[] = {
	{"how", 1},     {"if", 1},   {"to hear", 1},
	{"to know", 1}, {"what", 1}, {"whether", 1},
	{"which", 1},   {"why", 1},  {"your", 1},
};

static const struct nd_phrase wants[] = {
	{"any", 1},
};

static const struct nd_phrase wanted[] = {
	{"advice", 1},   {"comment", 1},  {"comments", 1},   {"feedback", 1},
	{"guidance", 1}, {"help", 1},     {"hint", 1},       {"hints", 1},
	{"idea", 1},     {"ideas", 1},    {"insight", 1},    {"insights", 1},
	{"pointer", 1},  {"pointers", 1}, {"suggestion", 1}, {"suggestions", 1},
	{"thoughts", 1},
};

static const struct nd_phrase asks_you[] = {
	{"can you", 1},          {"can you also", 1},  {"can you please", 1},
	{"can you pls", 1},      {"could you", 1},     {"could you also", 1},
	{"could you please", 1}, {"could you pls", 1}, {"would you", 1},
};

static const struct nd_phrase asked_for[] = {
	{"check", 1},       {"clarify", 1},   {"confirm", 1},
	{"describe", 1},    {"elaborate", 1}, {"explain", 1},
	{"have a look", 1}, {"provide", 1},   {"run", 1},
	{"share", 1},       {"show", 1},      {"take a look", 1},
	{"tell", 1},        {"try", 1},
};

/* Together they do. */
static const struct nd_phrase appreciated[] = {
	{"appreciated", 1},
};

static const struct nd_phrase would[] = {
	{"will be", 1},
	{"would be", 1},
};

/* "please post the log": in reviews it is patches that are sent. */
static const struct nd_phrase to_see[] = {
	{"please attach", 1},  {"please paste", 1},  {"please post", 1},
	{"please provide", 1}, {"please report", 1}, {"please run", 1},
	{"please send", 1},    {"please show", 1},   {"please tell", 1},
	{"please test", 1},    {"please try", 1},
};

/* Want no answer, or offer help. */
static const struct nd_phrase rhetoric[] = {
	{"am i right or", 1},
	{"are you kidding", 1},
	{"aren't they?", 1},
	{"did i say", 1},
	{"do i need to say", 1},
	{"doesn't it?", 1},
	{"don't you?", 1},
	{"guess what", 1},
	{"have any further questions", 1},
	{"have any other questions", 1},
	{"have any problems", 1},
	{"have any questions", 1},
	{"having any problems", 1},
	{"having problems", 1},
	{"how are you", 1},
	{"how awesome is", 1},
	{"how cool", 1},
	{"how great is", 1},
	{"how hard can", 1},
	{"how nice is", 1},
	{"if you need", 1},
	{"isn't it?", 1},
	{"isn't that so?", 1},
	{"makes sense?", 1},
	{"oh really", 1},
	{"really?", 1},
	{"remember?", 1},
	{"so what?", 1},
	{"thank you for the advice", 1},
	{"thank you for your advice", 1},
	{"thanks for the advice", 1},
	{"thanks for your advice", 1},
	{"the heck", 1},
	{"the hell", 1},
	{"wasn't it?", 1},
	{"what could possibly", 1},
	{"what else is new", 1},
	{"who cares", 1},
	{"who knows", 1},
	{"why bother", 1},
	{"won't it?", 1},
	{"wtf", 1},
	{"you know what", 1},
};

/* Begin a question that has lost its mark. */
static const struct nd_phrase inverted[] = {
	{"are there", 1}, {"are these", 1},  {"are they", 1}, {"are we", 1},
	{"are you", 1},   {"did it", 1},     {"did this", 1}, {"did you", 1},
	{"do they", 1},   {"do we", 1},      {"do you", 1},   {"does it", 1},
	{"does that", 1}, {"does this", 1},  {"has this", 1}, {"have you", 1},
	{"is it", 1},     {"is that", 1},    {"is there", 1}, {"is this", 1},
	{"was it", 1},    {"was this", 1},   {"why did", 1},  {"why do", 1},
	{"why does", 1},  {"why is", 1},     {"will it", 1},  {"will this", 1},
	{"would it", 1},  {"would this", 1},
};

/* Answer a question that stands before them. */
static const struct nd_phrase own_answers[] = {
	{"because", 1},   {"nope", 1}, {"obviously", 1},
	{"of course", 1}, {"yep", 1},  {"yes", 1},
};

/* Ask the same again. */
static const struct nd_phrase tails[] = {
	{"any ideas", 1},
	{"any thoughts", 1},
	{"what do you think", 1},
};

static size_t
count_words(const struct nd_utterance *said)
{
	size_t words = 0;

	for (size_t i = 0; i < said->len; i++)
		words += nd_phrase_is_word_byte(said->text[i]) &&
		         (i == 0 || !nd_phrase_is_word_byte(said->text[i - 1]));
	return words;
}

/* "Which part?", "@Ann WDYT?" */
static bool
is_short_question(const struct nd_utterance *said)
{
	static const struct nd_phrase openings[] = {
		{"how", 1},   {"what", 1},  {"when", 1},
		{"where", 1}, {"which", 1}, {"who", 1},
	};

	return count_words(said) == WORDS_MIN - 1 &&
	       (said->text[0] == '@' ||
	        nd_phrases_at(ND_PHRASES(openings), said->text, said->len,
	                      NULL) != 0);
}

static bool
is_long_enough(const struct nd_utterance *said)
{
	return count_words(said) >= WORDS_MIN || is_short_question(said) ||
	       ((unsigned char)said->text[0] >= 0x80 &&
	        said->len >= BYTES_MIN_WIDE);
}

/* By its writer, with words or a smiley. */
static bool
is_answered_at_once(const struct nd_utterances *all, size_t i)
{
	const struct nd_utterance *next = &all->utterance[i + 1];

	if (all->utterance[i].smiles)
		return true;
	return i + 1 < all->count && !next->opens &&
	       nd_phrases_at(ND_PHRASES(own_answers), next->text, next->len,
	                     NULL) != 0;
}

/* "ready = busy ? 0 : 1;": a question mark that asks nothing. */
static bool
is_code(const struct nd_utterance *said)
{
	static const char *const signs[] = {" = ", "==",  "!=", "&&",
	                                    "||",  "+= ", ";"};
	const char *mark = memchr(said->text, '?', said->len);

	if (!mark || mark == said->text || mark[-1] != ' ')
		return false;
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
		if (nd_mem_find_nocase(said->text, (size_t)(mark - said->text),
		                       signs[i]))
			return true;
	return false;
}

/* "x ? y : z", cut at the mark */
static bool
is_ternary(const struct nd_utterances *all, size_t i)
{
	const struct nd_utterance *said = &all->utterance[i];
	const struct nd_utterance *next = said + 1;

	return i + 1 < all->count && !next->opens && said->len > 2 &&
	       nd_mem_ends_nocase(said->text, said->len, " ?") &&
	       nd_mem_find_nocase(next->text, next->len, " : ");
}

/* "Do you know which commit introduced this", and nothing behind it */
static bool
lacks_mark(const struct nd_utterance *said)
{
	enum { WORDS_LEAST = 4 };

	return said->len > 0 &&
	       nd_phrase_is_word_byte(said->text[said->len - 1]) &&
	       nd_phrases_at(ND_PHRASES(inverted), said->text, said->len,
	                     NULL) &&
	       count_words(said) >= WORDS_LEAST;
}

/* "Maybe a shorter name?", "Why not use foo?": wants a change. */
static bool
is_proposal(const struct nd_utterance *said)
{
	static const struct nd_phrase openings[] = {
		{"add", 1},     {"and maybe", 1}, {"and perhaps", 1},
		{"drop", 1},    {"fold", 1},      {"maybe", 1},
		{"move", 1},    {"or maybe", 1},  {"or perhaps", 1},
		{"perhaps", 1}, {"remove", 1},    {"rename", 1},
		{"split", 1},   {"squash", 1},    {"use", 1},
	};
	static const struct nd_phrase anywhere[] = {
		{"how about", 1},
		{"shouldn't we", 1},
		{"why not", 1},
	};

	return nd_phrases_at(ND_PHRASES(openings), said->text, said->len,
	                     NULL) != 0 ||
	       nd_phrases_in(ND_PHRASES(anywhere), said->text, said->len) != 0;
}

/* '…, "is it so?"': somebody else asks, or nobody. */
static bool
is_quoted(const struct nd_utterance *said)
{
	return said->len > 2 && said->text[said->len - 1] == '"' &&
	       said->text[said->len - 2] == '?' && said->text[0] != '"';
}

/* "Or something else?", "What do you think?": the one before it again. */
static bool
is_tail(const struct nd_utterances *all, size_t i)
{
	const struct nd_utterance *said = &all->utterance[i];

	if (i == 0 || nd_utterance_question_marks(said - 1) == 0 ||
	    count_words(said) > TAIL_WORDS)
		return false;
	return (!said->opens &&
	        nd_mem_starts_nocase(said->text, said->len, "or ")) ||
	       nd_phrases_in(ND_PHRASES(tails), said->text, said->len);
}

/* A phrase of one table at i, with one of another right behind it. */
static bool
has_pair_at(const struct nd_utterance *said, size_t i, struct nd_phrases first,
            struct nd_phrases second)
{
	size_t end;

	if (!nd_phrases_at(first, said->text + i, said->len - i, &end))
		return false;
	end += i;
	return end < said->len && said->text[end] == ' ' &&
	       nd_phrases_at(second, said->text + end + 1, said->len - end - 1,
	                     NULL);
}

/* "@Ann could you …" */
static bool
calls_somebody(const struct nd_utterance *said)
{
	static const struct nd_phrase wishes[] = {
		{"can you", 1}, {"could", 1},  {"if you", 1},
		{"ping", 1},    {"please", 1}, {"would", 1},
	};

	return said->text[0] == '@' &&
	       nd_phrases_in(ND_PHRASES(wishes), said->text, said->len) != 0 &&
	       !nd_phrase_find_word(said->text, said->len, "fyi");
}

/* Which tables have a phrase that begins with a letter. */
enum {
	REQUESTS = 1u << 0,
	WONDERS = 1u << 1,
	WANTS = 1u << 2,
	ASKS_YOU = 1u << 3,
	APPRECIATED = 1u << 4,
	WOULD = 1u << 5,
	TO_SEE = 1u << 6
};

static unsigned char begins[26];
static pthread_once_t begins_once = PTHREAD_ONCE_INIT;

static void
note_letters(struct nd_phrases table, unsigned bit)
{
	for (size_t i = 0; i < table.count; i++)
		begins[table.phrase[i].text[0] - 'a'] |= (unsigned char)bit;
}

static void
note_all_letters(void)
{
	note_letters(ND_PHRASES(requests), REQUESTS);
	note_letters(ND_PHRASES(wonders), WONDERS);
	note_letters(ND_PHRASES(wants), WANTS);
	note_letters(ND_PHRASES(asks_you), ASKS_YOU);
	note_letters(ND_PHRASES(appreciated), APPRECIATED);
	note_letters(ND_PHRASES(would), WOULD);
	note_letters(ND_PHRASES(to_see), TO_SEE);
}

static bool
has_at(struct nd_phrases table, const struct nd_utterance *said, size_t i)
{
	return nd_phrases_at(table, said->text + i, said->len - i, NULL) != 0;
}

/* The bits of the tables that have something at the word that begins at i. */
static unsigned
asks_at(const struct nd_utterance *said, size_t i)
{
	char letter = nd_lower(said->text[i]);
	unsigned may =
		letter >= 'a' && letter <= 'z' ? begins[letter - 'a'] : 0;
	unsigned found = 0;

	if (may & REQUESTS && has_at(ND_PHRASES(requests), said, i))
		found |= REQUESTS;
	if (may & WONDERS &&
	    has_pair_at(said, i, ND_PHRASES(wonders), ND_PHRASES(wondered)))
		found |= WONDERS;
	if (may & WANTS &&
	    has_pair_at(said, i, ND_PHRASES(wants), ND_PHRASES(wanted)))
		found |= WANTS;
	if (may & ASKS_YOU &&
	    has_pair_at(said, i, ND_PHRASES(asks_you), ND_PHRASES(asked_for)))
		found |= ASKS_YOU;
	if (may & APPRECIATED && has_at(ND_PHRASES(appreciated), said, i))
		found |= APPRECIATED;
	if (may & WOULD && has_at(ND_PHRASES(would), said, i))
		found |= WOULD;
	if (may & TO_SEE && has_at(ND_PHRASES(to_see), said, i))
		found |= TO_SEE;
	return found;
}

/* Does it ask, though there is no question mark? One walk over its words. */
static bool
is_request(const struct nd_utterance *said, bool on_patch)
{
	unsigned asks = REQUESTS | WONDERS | WANTS | ASKS_YOU, found = 0;

	pthread_once(&begins_once, note_all_letters);
	if (!on_patch)
		asks |= TO_SEE;
	for (size_t i = 0; i < said->len; i++) {
		if (!nd_phrase_is_word_byte(said->text[i]))
			continue;
		found |= asks_at(said, i);
		/* "A hint would be much appreciated." */
		if (found & asks || (found & APPRECIATED && found & WOULD))
			return true;
		while (i < said->len && nd_phrase_is_word_byte(said->text[i]))
			i++;
	}
	return calls_somebody(said);
}

/*
 * Many in a row are a form that is sent again and again: "It was fixed already?
 * You want to clarify …? Or point out …? Then just reply."
 */
static bool
is_of_a_form(const struct nd_utterances *all, size_t i)
{
	const struct nd_utterance *said = all->utterance;
	size_t first = i, end = i + 1;

	while (first > 0 && i - first < RUN_MIN && !said[first].opens &&
	       nd_utterance_question_marks(&said[first - 1]) > 0)
		first--;
	while (end < all->count && end - i < RUN_MIN && !said[end].opens &&
	       nd_utterance_question_marks(&said[end]) > 0)
		end++;
	return nd_utterance_question_marks(&said[i]) > 0 &&
	       end - first >= RUN_MIN;
}

bool
nd_questionform_is_courtesy(const struct nd_utterance *said)
{
	static const struct nd_phrase offers[] = {
		{"feel free to let me know", 1},
		{"let me know if", 1},
		{"let me know in case", 1},
		{"let us know if", 1},
	};
	static const struct nd_phrase alone[] = {
		{"correct me if", 1},
	};
	static const struct nd_phrase troubles[] = {
		{"any concerns", 1},
		{"any feedback", 1},
		{"any issue", 1},
		{"any issues", 1},
		{"any other questions", 1},
		{"any problem", 1},
		{"any problems", 1},
		{"any question", 1},
		{"any questions", 1},
		{"any trouble", 1},
		{"further questions", 1},
		{"i am missing", 1},
		{"i missed", 1},
		{"i'm missing", 1},
		{"i've missed", 1},
		{"more questions", 1},
		{"other questions", 1},
	};

	return nd_phrases_in(ND_PHRASES(alone), said->text, said->len) ||
	       (nd_phrases_in(ND_PHRASES(offers), said->text, said->len) &&
	        nd_phrases_in(ND_PHRASES(troubles), said->text, said->len));
}

static bool
is_ruled_out(const struct nd_utterances *all, size_t i)
{
	const struct nd_utterance *said = &all->utterance[i];

	/* "+0x1df/0x2d0 [24726.009977] ?": a line of a kernel's log. */
	return !is_long_enough(said) ||
	       nd_mem_find_nocase(said->text, said->len, "+0x") ||
	       nd_utterance_question_marks(said) > 1 || is_code(said) ||
	       is_ternary(all, i) || is_proposal(said) || is_quoted(said) ||
	       is_tail(all, i) || is_of_a_form(all, i) ||
	       nd_phrases_in(ND_PHRASES(rhetoric), said->text, said->len) ||
	       nd_questionform_is_courtesy(said) || is_answered_at_once(all, i);
}

bool
nd_questionform_has(const struct nd_utterances *all, size_t i, bool on_patch)
{
	const struct nd_utterance *said = &all->utterance[i];

	return said->len <= BYTES_MAX &&
	       (nd_utterance_question_marks(said) > 0 || lacks_mark(said) ||
	        is_request(said, on_patch)) &&
	       !is_ruled_out(all, i);
}
