/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "acts/asked.h"

#include <string.h>

#include "model/address.h"
#include "model/recipients.h"
#include "text/phrase.h"
#include "util/alloc.h"
#include "util/str.h"

enum {
	LOOK_BACK = 100, /* mails whose writers may be called by name */
	NAMES_MAX = 60,  /* the same for To and Cc */
	NAME_MIN = 2     /* bytes of a name that one is called by */
};

/* A word in a text. */
struct word {
	const char *at;
	size_t len;
};

/* ---- names ---- */

static size_t
word_len(const char *text, size_t len)
{
	size_t end = 0;

	while (end < len && (nd_phrase_is_word_byte(text[end]) ||
	                     (text[end] == '-' && end > 0)))
		end++;
	return end;
}

/* Is this the first, the last or the only word of the name? */
static bool
is_called(const struct nd_address *who, struct word word)
{
	void *tmp = talloc_new(NULL);
	const char *name = nd_address_name(tmp, who);
	size_t len = strlen(name), first = word_len(name, len);
	const char *last = strrchr(name, ' ');
	bool called = first == word.len &&
	              nd_mem_equal_nocase(name, word.at, word.len);

	if (last && !called)
		called = strlen(last + 1) == word.len &&
		         nd_mem_equal_nocase(last + 1, word.at, word.len);
	talloc_free(tmp);
	return called;
}

static const struct nd_address *
called_in(const struct nd_address_list *list, struct word word)
{
	for (size_t i = 0; i < list->count && i < NAMES_MAX; i++)
		if (is_called(&list->address[i], word))
			return &list->address[i];
	return NULL;
}

/* Who of those that write or are written to has this name? */
static const struct nd_address *
find_person(const struct nd_thread *thread, int32_t index, struct word word)
{
	const struct nd_message *message = thread->message[index];
	const struct nd_address *who;

	if (word.len < NAME_MIN)
		return NULL;
	if (message->parent != ND_NO_MESSAGE) {
		who = &thread->message[message->parent]->sender;
		if (is_called(who, word))
			return who;
	}
	for (int32_t i = index; i > 0 && index - i < LOOK_BACK; i--) {
		who = &thread->message[i - 1]->sender;
		if (is_called(who, word))
			return who;
	}
	who = called_in(&message->to, word);
	return who ? who : called_in(&message->cc, word);
}

/* ---- calling by name ---- */

static bool
is_name_start(char c)
{
	return (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

/* "Hi", "So,", "And": what may stand before the name. */
static void
skip_opening(struct word *text)
{
	static const struct nd_phrase openings[] = {
		{"also", 1}, {"and", 1},  {"btw", 1},   {"but", 1},
		{"dear", 1}, {"hey", 1},  {"hello", 1}, {"hi", 1},
		{"ok", 1},   {"okay", 1}, {"so", 1},
	};
	size_t end;

	if (!nd_phrases_at(ND_PHRASES(openings), text->at, text->len, &end))
		return;
	while (end < text->len && strchr(" ,", text->at[end]))
		end++;
	text->at += end;
	text->len -= end;
}

/* "Ann, what …", "Hi Ann Author: …", "@Ann what …" */
static struct word
called_at_start(struct word text)
{
	static const struct word none = {NULL, 0};
	struct word name;
	size_t at;

	skip_opening(&text);
	if (text.len > 0 && text.at[0] == '@') {
		name.at = text.at + 1;
		name.len = word_len(name.at, text.len - 1);
		return name;
	}
	if (text.len == 0 || !is_name_start(text.at[0]))
		return none;
	name.at = text.at;
	name.len = at = word_len(text.at, text.len);
	/* A second name, or somebody else: "Ann Author,", "Ann/Ben,". */
	if (at + 1 < text.len && strchr(" /", text.at[at]) &&
	    is_name_start(text.at[at + 1]))
		at += 1 + word_len(text.at + at + 1, text.len - at - 1);
	return at < text.len && strchr(",:", text.at[at]) ? name : none;
}

/* "…, Ann?" */
static struct word
called_at_end(struct word text)
{
	struct word name = {NULL, 0};
	size_t start;

	while (text.len > 0 && strchr(" ?!.", text.at[text.len - 1]))
		text.len--;
	start = text.len;
	while (start > 0 && nd_phrase_is_word_byte(text.at[start - 1]))
		start--;
	if (start < 2 || text.at[start - 1] != ' ' ||
	    text.at[start - 2] != ',' || start == text.len ||
	    !is_name_start(text.at[start]))
		return name;
	name.at = text.at + start;
	name.len = text.len - start;
	return name;
}

/* "could you, @Ann, …" */
static struct word
called_inside(struct word text)
{
	struct word name = {NULL, 0};

	for (size_t i = 1; i + 1 < text.len; i++)
		if (text.at[i] == '@' && strchr(" (,", text.at[i - 1]) &&
		    is_name_start(text.at[i + 1])) {
			name.at = text.at + i + 1;
			name.len = word_len(name.at, text.len - i - 1);
			break;
		}
	return name;
}

static const struct nd_address *
find_called(const struct nd_thread *thread, const struct nd_event *question)
{
	const struct word text = {question->text, strlen(question->text)};
	const struct nd_address *who;

	who = find_person(thread, question->message, called_at_start(text));
	if (!who)
		who = find_person(thread, question->message,
		                  called_at_end(text));
	if (!who)
		who = find_person(thread, question->message,
		                  called_inside(text));
	return who;
}

const struct nd_address *
nd_asked_called(const struct nd_thread *thread, const struct nd_event *event)
{
	return find_called(thread, event);
}

bool
nd_asked_calls(const char *sentence, const struct nd_address *who)
{
	const struct word text = {sentence, strlen(sentence)};
	const struct word called[] = {called_at_start(text),
	                              called_at_end(text), called_inside(text)};

	for (size_t i = 0; i < sizeof called / sizeof *called; i++)
		if (called[i].len >= NAME_MIN && is_called(who, called[i]))
			return true;
	return false;
}

/* ---- the mail around it ---- */

static struct word
line_of(const struct nd_body *body, size_t line)
{
	return (struct word){body->text + body->line[line].start,
	                     body->line[line].len};
}

/* "Ann, a few things about this." opens the paragraph. */
static const struct nd_address *
find_called_before(const struct nd_thread *thread,
                   const struct nd_event *question)
{
	const struct nd_body *body = thread->message[question->message]->body;
	size_t line = question->line;

	while (line > 0 && body->line[line - 1].kind == ND_LINE_OWN)
		line--;
	return find_person(thread, question->message,
	                   called_at_start(line_of(body, line)));
}

/* What stands behind the question on its last line, else the next line. */
static struct word
rest_of(const struct nd_body *body, const struct nd_event *question)
{
	const char *last = strrchr(question->text, ' ');
	struct word rest = line_of(body, question->last_line);
	const char *at;

	last = last ? last + 1 : question->text;
	at = nd_mem_find_nocase(rest.at, rest.len, last);
	if (at) {
		size_t end = (size_t)(at - rest.at) + strlen(last);

		rest.at += end;
		rest.len -= end;
		nd_mem_trim(&rest.at, &rest.len);
	}
	if (rest.len == 0 && question->last_line + 1u < body->line_count &&
	    body->line[question->last_line + 1].kind == ND_LINE_OWN)
		rest = line_of(body, question->last_line + 1);
	return rest;
}

/* "What about foo? Ann, what do you think?" */
static const struct nd_address *
find_called_behind(const struct nd_thread *thread,
                   const struct nd_event *question)
{
	const struct nd_body *body = thread->message[question->message]->body;

	return find_person(thread, question->message,
	                   called_at_start(rest_of(body, question)));
}

/* The first line that the writer has to say: "Hi Ann,". */
static const struct nd_address *
find_greeted(const struct nd_thread *thread, int32_t index)
{
	const struct nd_body *body = thread->message[index]->body;

	for (size_t i = 0; i < body->line_count; i++)
		if (body->line[i].kind == ND_LINE_OWN)
			return find_person(thread, index,
			                   called_at_start(line_of(body, i)));
	return NULL;
}

/* Who wrote the quoted line above? */
static const struct nd_address *
find_quoted(const struct nd_thread *thread, const struct nd_event *question)
{
	const struct nd_body *body = thread->message[question->message]->body;
	size_t line = question->line;

	while (line > 0 && body->line[line - 1].kind != ND_LINE_QUOTE)
		line--;
	for (; line > 0 && body->line[line - 1].kind == ND_LINE_QUOTE; line--)
		if (body->line[line - 1].source != ND_NO_MESSAGE)
			return &thread->message[body->line[line - 1].source]
			                ->sender;
	return NULL;
}

/* Who writes from two addresses has the same name to print. */
static bool
is_asker(const struct nd_address *who, const struct nd_event *question)
{
	void *tmp = talloc_new(NULL);
	bool same = nd_address_same_person(who, &question->who) ||
	            nd_str_equal_nocase(nd_address_name(tmp, who),
	                                nd_address_name(tmp, &question->who));

	talloc_free(tmp);
	return same;
}

static bool
is_other(const struct nd_thread *thread, const struct nd_address *who,
         const struct nd_event *question)
{
	return who && !is_asker(who, question) &&
	       !nd_recipients_is_list(thread, who);
}

/* "Does anybody know …" */
static bool
asks_everybody(const struct nd_event *question)
{
	static const struct nd_phrase words[] = {
		{"anybody", 1},  {"anyone", 1},  {"everybody", 1},
		{"everyone", 1}, {"folks", 1},   {"somebody", 1},
		{"someone", 1},  {"you all", 1},
	};

	return nd_phrases_in(ND_PHRASES(words), question->text,
	                     strlen(question->text)) != 0;
}

/* "So who wants to submit a patch?", "Is anyone out there using it?" */
static bool
seeks_volunteers(const struct nd_event *question)
{
	static const struct nd_phrase words[] = {
		{"any takers", 1},      {"any volunteer", 1},
		{"any volunteers", 1},  {"can anybody", 1},
		{"can anyone", 1},      {"can somebody", 1},
		{"can someone", 1},     {"could anybody", 1},
		{"could anyone", 1},    {"could somebody", 1},
		{"could someone", 1},   {"does anybody", 1},
		{"does anyone", 1},     {"has anybody", 1},
		{"has anyone", 1},      {"is anybody", 1},
		{"is anyone", 1},       {"is there anybody", 1},
		{"is there anyone", 1}, {"who wants", 1},
		{"who would like", 1},
	};

	return nd_phrases_in(ND_PHRASES(words), question->text,
	                     strlen(question->text)) != 0;
}

bool
nd_asked_calls_somebody(const char *sentence)
{
	static const struct nd_phrase asks[] = {
		{"are you", 1},     {"can you", 1},  {"could you", 1},
		{"did you", 1},     {"do you", 1},   {"have you", 1},
		{"what do you", 1}, {"will you", 1}, {"would you", 1},
	};
	/* What else stands there, and a comma behind it. */
	static const struct nd_phrase openings[] = {
		{"actually", 1},  {"again", 1},   {"alternatively", 1},
		{"anyway", 1},    {"besides", 1}, {"finally", 1},
		{"first", 1},     {"further", 1}, {"hence", 1},
		{"hm", 1},        {"hmm", 1},     {"however", 1},
		{"if not", 1},    {"if so", 1},   {"instead", 1},
		{"no", 1},        {"nit", 1},     {"now", 1},
		{"otherwise", 1}, {"please", 1},  {"second", 1},
		{"sorry", 1},     {"thanks", 1},  {"then", 1},
		{"well", 1},      {"yes", 1},     {"oh", 1},
	};
	const struct word text = {sentence, strlen(sentence)};
	struct word name = called_at_start(text);
	const char *rest;
	size_t end;

	if (name.len < NAME_MIN + 1 ||
	    nd_phrases_at(ND_PHRASES(openings), name.at, name.len, &end))
		return false;
	rest = name.at + name.len;
	rest += strspn(rest, ",: ");
	return nd_phrases_at(ND_PHRASES(asks), rest, strlen(rest), &end);
}

struct nd_asked
nd_asked_find(const struct nd_thread *thread, const struct nd_event *question)
{
	const struct nd_message *message = thread->message[question->message];
	struct nd_asked asked = {.by_name = true};

	asked.who = find_called(thread, question);
	if (!is_other(thread, asked.who, question))
		asked.who = find_called_before(thread, question);
	if (!is_other(thread, asked.who, question))
		asked.who = find_called_behind(thread, question);
	if (is_other(thread, asked.who, question))
		return asked;
	asked.who = NULL;
	if (question->text[0] == '@' &&
	    nd_phrase_is_word_byte(question->text[1]))
		return asked;
	asked.by_name = false;
	asked.volunteers = seeks_volunteers(question);
	if (asked.volunteers || asks_everybody(question))
		return asked;
	asked.who = find_quoted(thread, question);
	if (!is_other(thread, asked.who, question))
		asked.who = find_greeted(thread, question->message);
	if (!is_other(thread, asked.who, question) &&
	    message->parent != ND_NO_MESSAGE)
		asked.who = &thread->message[message->parent]->sender;
	if (!is_other(thread, asked.who, question))
		asked.who = NULL;
	return asked;
}
