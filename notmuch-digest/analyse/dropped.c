/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analyse/dropped.h"

#include <string.h>

#include "model/address.h"
#include "text/phrase.h"
#include "text/treename.h"
#include "util/str.h"

enum { OBJECT_WORDS = 4, DROP_BYTES = 200 };

/* Word by word: the next one of text, in lower case; false at the end. */
static bool
next_word(const char **text, size_t *len, const char **word, size_t *size)
{
	while (*len > 0 && !nd_phrase_is_word_byte(**text) && **text != '-') {
		(*text)++;
		(*len)--;
	}
	*word = *text;
	while (*len > 0 && (nd_phrase_is_word_byte(**text) || **text == '-')) {
		(*text)++;
		(*len)--;
	}
	*size = (size_t)(*text - *word);
	return *size > 0;
}

static bool
is_one_of(const char *word, size_t size, const char *const *list)
{
	for (; *list; list++)
		if (strlen(*list) == size &&
		    nd_mem_equal_nocase(word, *list, size))
			return true;
	return false;
}

/* "the patch", "your initial series", "it from my queue": not "patch 3" */
static bool
is_all_of_it(const char *text, size_t len, bool reverted)
{
	static const char *const nouns[] = {"patch",    "patches", "series",
	                                    "patchset", "set",     NULL};
	static const char *const pronouns[] = {"it",    "this", "them",
	                                       "these", "that", NULL};
	static const struct nd_phrase then[] = {
		{"again", 1}, {"and", 1},  {"as", 1},    {"because", 1},
		{"for", 1},   {"from", 1}, {"in", 1},    {"now", 1},
		{"since", 1}, {"then", 1}, {"until", 1},
	};
	const char *word;
	size_t size;
	bool pronoun = false;

	for (int i = 0; i < OBJECT_WORDS; i++) {
		if (!next_word(&text, &len, &word, &size) || nd_is_digit(*word))
			return false;
		if (pronoun &&
		    is_one_of(word, size, (const char *const[]){"again", NULL}))
			return true;
		if (pronoun && is_one_of(word, size,
		                         (const char *const[]){"from", NULL})) {
			size = nd_treename_read(&text, len);
			return size > 0;
		}
		if (is_one_of(word, size, nouns))
			return !next_word(&text, &len, &word, &size) ||
			       !nd_is_digit(*word);
		pronoun = i == 0 && is_one_of(word, size, pronouns);
		/* "I reverted it": nothing else is; not "this hunk" */
		if (pronoun && reverted)
			return len == 0 || *text != ' ' ||
			       nd_phrases_at(ND_PHRASES(then), text + 1,
			                     len - 1, NULL);
	}
	return false;
}

/* "Ok, removed and pushed.", "Reverted, sorry.": and nothing of what */
static bool
is_bare_drop(const struct nd_utterance *said)
{
	static const struct nd_phrase hellos[] = {
		{"done", 1}, {"ok", 1},   {"okay", 1}, {"right", 1},
		{"so", 1},   {"sure", 1}, {"well", 1}, {"yes", 1},
	};
	static const struct nd_phrase verbs[] = {
		{"dropped", 1},
		{"removed", 1},
		{"reverted", 1},
	};
	static const struct nd_phrase ends[] = {
		{"again", 1},
		{"and pushed", 1},
		{"for now", 1},
		{"now", 1},
	};
	const char *text = said->text;
	size_t len = said->len, size;

	while (nd_phrases_at(ND_PHRASES(hellos), text, len, &size)) {
		text += size;
		len -= size;
		while (len > 0 && strchr(" ,", *text)) {
			text++;
			len--;
		}
	}
	if (!nd_phrases_at(ND_PHRASES(verbs), text, len, &size))
		return false;
	text += size;
	len -= size;
	if (len > 0 && *text == ' ' &&
	    nd_phrases_at(ND_PHRASES(ends), text + 1, len - 1, &size)) {
		text += size + 1;
		len -= size + 1;
	}
	return len == 0 || strchr(".,!", *text);
}

/* "Ok, I'll drop this patch.", "I dropped it from my queue." */
static bool
is_drop(const struct nd_utterance *said)
{
	static const char *const verbs[] = {"deleted",  "drop",     "dropped",
	                                    "dropping", "remove",   "removed",
	                                    "revert",   "reverted", NULL};
	static const struct nd_phrase doubts[] = {
		{"could", 1},  {"don't", 1},  {"either", 1}, {"have to", 1},
		{"if", 1},     {"may", 1},    {"might", 1},  {"not", 1},
		{"or", 1},     {"please", 1}, {"rather", 1}, {"should", 1},
		{"unless", 1}, {"we", 1},     {"would", 1},  {"you", 1},
	};
	const char *text = said->text, *word;
	size_t len = said->len, size;

	if (len == 0 || len > DROP_BYTES || text[len - 1] == '?' ||
	    nd_phrases_in(ND_PHRASES(doubts), text, len))
		return false;
	while (next_word(&text, &len, &word, &size))
		if (is_one_of(word, size, verbs))
			return is_all_of_it(
				text, len,
				nd_mem_starts_nocase(word, size, "revert"));
	return false;
}

/* Does it answer who asked for that: "Could you remove it in the meantime?" */
static bool
is_wanted(const struct nd_mailevents *mail)
{
	static const struct nd_phrase words[] = {
		{"drop", 1},
		{"remove", 1},
		{"revert", 1},
	};
	const struct nd_thread *thread = mail->thread;

	for (size_t i = 0; i < thread->event_count; i++) {
		const struct nd_event *event = &thread->event[i];

		if (event->message == mail->message->parent &&
		    nd_phrases_in(ND_PHRASES(words), event->text,
		                  strlen(event->text)))
			return true;
	}
	return false;
}

bool
nd_dropped_read(const struct nd_mailevents *mail)
{
	struct nd_thread *thread = mail->thread;
	bool bare = mail->said.count > 0 &&
	            is_bare_drop(&mail->said.utterance[0]) && is_wanted(mail);

	for (size_t i = 0; i < thread->event_count; i++) {
		struct nd_event *event = &thread->event[i];

		if (event->type != ND_EVENT_APPLIED ||
		    event->message >= mail->index ||
		    event->flags & ND_EVENT_UNDONE ||
		    !nd_address_same_person(&event->who,
		                            &mail->message->sender))
			continue;
		if (bare)
			event->flags |= ND_EVENT_UNDONE;
		for (size_t k = 0; k < mail->said.count; k++)
			if (is_drop(&mail->said.utterance[k]))
				event->flags |= ND_EVENT_UNDONE;
	}
	return bare;
}
