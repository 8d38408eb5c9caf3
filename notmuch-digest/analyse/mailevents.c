/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analyse/mailevents.h"

#include <string.h>

#include "acts/actreader.h"
#include "text/phrase.h"
#include "util/alloc.h"
#include "util/str.h"
#include "util/utf8.h"

enum {
	COMMIT_MIN = 7,
	COMMIT_MAX = 40,
	COMMITS_MAX = 10000, /* of one event */
	PATCHES_MAX = 1000,
	TEXT_BYTES = 300 /* of what an event says */
};

bool
nd_mailevents_has(const struct nd_mailevents *mail, size_t i, enum nd_cue cue)
{
	return nd_actreader_cues(mail->acts->reader, i)->has[cue];
}

bool
nd_mailevents_asks(const struct nd_mailevents *mail, size_t i)
{
	return nd_actreader_is_question(mail->acts->reader, i);
}

static bool
recalls(const struct nd_utterance *said)
{
	static const struct nd_phrase words[] = {
		{"i assumed", 1},
		{"i believed", 1},
		{"i thought", 1},
	};

	return nd_phrases_in(ND_PHRASES(words), said->text, said->len);
}

bool
nd_mailevents_is_sure(const struct nd_mailevents *mail, size_t i)
{
	static const enum nd_cue doubts[] = {ND_CUE_IF, ND_CUE_MAYBE,
	                                     ND_CUE_MODAL_MAY, ND_CUE_NEGATION};

	for (size_t k = 0; k < sizeof doubts / sizeof *doubts; k++)
		if (nd_mailevents_has(mail, i, doubts[k]))
			return false;
	return !nd_mailevents_asks(mail, i) &&
	       !recalls(&mail->said.utterance[i]);
}

/* Cut where a character begins. */
static size_t
cut(const char *text, size_t len)
{
	if (len <= TEXT_BYTES)
		return len;
	len = TEXT_BYTES;
	while (len > 0 && ((unsigned char)text[len] & 0xc0) == 0x80)
		len--;
	return len;
}

struct nd_event *
nd_mailevents_add(const struct nd_mailevents *mail, enum nd_event_type type,
                  uint32_t line, const char *text, size_t len)
{
	struct nd_thread *thread = mail->thread;
	struct nd_event *event =
		x_append(thread, thread->event, thread->event_count);

	*event = (struct nd_event){
		.type = type,
		.flags = mail->by_author ? ND_EVENT_BY_AUTHOR : 0,
		.message = mail->index,
		.line = line,
		.last_line = line,
		.about = mail->target,
		.answers = ND_NO_MESSAGE,
		.who = mail->message->sender,
		.text = nd_utf8_clean_line(thread, text, cut(text, len)),
	};
	return event;
}

struct nd_event *
nd_mailevents_say(const struct nd_mailevents *mail, enum nd_event_type type,
                  const struct nd_utterance *said)
{
	return nd_mailevents_add(mail, type, said->line, said->text, said->len);
}

static bool
is_hex(char c)
{
	return nd_is_digit(c) || (nd_lower(c) >= 'a' && nd_lower(c) <= 'f');
}

size_t
nd_mailevents_commit_len(const char *text, size_t len)
{
	size_t end = 0;

	while (end < len && is_hex(text[end]))
		end++;
	if (end < COMMIT_MIN || end > COMMIT_MAX ||
	    (end < len && (nd_is_alpha(text[end]) || text[end] == '_')))
		return 0;
	return end;
}

const char *
nd_mailevents_find_commit(const char *text, size_t len, size_t *id_len)
{
	static const char *const marks[] = {"commit: ", "/c/", "/commit/",
	                                    "?id=",     "h=",  "commit-id: "};
	const char *end = text + len;

	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
		const char *at = nd_mem_find_nocase(text, len, marks[i]);

		if (!at)
			continue;
		at += strlen(marks[i]);
		while (at < end && *at == ' ')
			at++;
		*id_len = nd_mailevents_commit_len(at, (size_t)(end - at));
		if (*id_len > 0)
			return at;
	}
	return NULL;
}

void
nd_mailevents_add_commit(struct nd_thread *thread, struct nd_event *event,
                         const char *id, size_t len)
{
	const char *last = "";
	char *copy;

	if (event->commit_count >= COMMITS_MAX)
		return;
	if (event->commit_count > 0)
		last = event->commit[event->commit_count - 1];
	if (strlen(last) == len && nd_mem_equal_nocase(last, id, len))
		return;
	copy = nd_str_lower(x_strndup(thread, id, len));
	*x_append(thread, event->commit, event->commit_count) = copy;
}

void
nd_mailevents_add_patch(struct nd_thread *thread, struct nd_event *event,
                        int number)
{
	if (event->patch_count >= PATCHES_MAX)
		return;
	for (size_t i = 0; i < event->patch_count; i++)
		if (event->patch[i] == number)
			return;
	*(int *)x_append(thread, event->patch, event->patch_count) = number;
}
