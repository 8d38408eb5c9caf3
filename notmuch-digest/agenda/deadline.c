/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agenda/deadline.h"

#include <string.h>
#include <strings.h>

#include "util/alloc.h"
#include "util/calendar.h"
#include "util/str.h"

enum { DAY_S = 24 * 3600, YEAR_DAYS = 366, LINE_BYTES_MAX = 400 };

/* What is called for, behind "call for". */
static const char *const wanted[] = {
	"papers",    "proposals", "participation", "presentations",
	"talks",     "speakers",  "submissions",   "topics",
	"abstracts", "sessions",  "posters",       "nominations",
	"votes",     NULL,
};

/* What a line says that tells until when. */
static const char *const cues[] = {
	"deadline",   "due",         "closes", "close", "submit",
	"submission", "submissions", "until",  NULL,
};

static const char *const months[] = {
	"january", "february", "march",     "april",   "may",      "june",
	"july",    "august",   "september", "october", "november", "december",
};

/* A run of letters or of digits. */
struct word {
	const char *at;
	size_t len;
};

static bool
next_word(const char **text, struct word *word)
{
	const char *at = *text;
	bool digits;

	while (*at && !nd_is_alpha(*at) && !nd_is_digit(*at))
		at++;
	digits = nd_is_digit(*at);
	word->at = at;
	while (*at && (digits ? nd_is_digit(*at) : nd_is_alpha(*at)))
		at++;
	word->len = (size_t)(at - word->at);
	*text = at;
	return word->len > 0;
}

static bool
is_word(const struct word *word, const char *text)
{
	return word->len == strlen(text) &&
	       strncasecmp(word->at, text, word->len) == 0;
}

static bool
is_one_of(const struct word *word, const char *const *list)
{
	for (; *list; list++)
		if (is_word(word, *list))
			return true;
	return false;
}

/* "CFP", "Call for proposals" */
static bool
is_call(const char *title)
{
	struct word word, before[2] = {{title, 0}, {title, 0}};

	while (next_word(&title, &word)) {
		if (is_word(&word, "cfp") ||
		    (is_word(&before[0], "call") &&
		     is_word(&before[1], "for") && is_one_of(&word, wanted)))
			return true;
		before[0] = before[1];
		before[1] = word;
	}
	return false;
}

/* ---- days ---------------------------------------------------------------- */

/* 1 to 12, also of the first three letters; 0: no month. */
static int
read_month(const struct word *word)
{
	for (size_t i = 0; i < sizeof months / sizeof *months; i++)
		if (is_word(word, months[i]) ||
		    (word->len == 3 &&
		     strncasecmp(word->at, months[i], 3) == 0))
			return (int)i + 1;
	return 0;
}

/* Of so many digits at most; 0: none. */
static int
read_number(const struct word *word, size_t digits)
{
	int number = 0;

	if (word->len == 0 || word->len > digits)
		return 0;
	for (size_t i = 0; i < word->len; i++) {
		if (!nd_is_digit(word->at[i]))
			return 0;
		number = number * 10 + (word->at[i] - '0');
	}
	return number;
}

static bool
is_ordinal(const struct word *word)
{
	static const char *const ends[] = {"st", "nd", "rd", "th", "of", NULL};

	return is_one_of(word, ends);
}

/* "15 March 2026", "March 15 2026", "2026-03-15" in three words. */
static bool
read_day(const struct word *word, int64_t *day)
{
	int month = read_month(&word[1]);

	if (month > 0)
		return nd_calendar_days(read_number(&word[2], 4), month,
		                        read_number(&word[0], 2), day);
	month = read_month(&word[0]);
	if (month > 0)
		return nd_calendar_days(read_number(&word[2], 4), month,
		                        read_number(&word[1], 2), day);
	return word[0].len == 4 && word[1].len == 2 && word[2].len == 2 &&
	       *(word[0].at + 4) == '-' && *(word[1].at + 2) == '-' &&
	       nd_calendar_days(read_number(&word[0], 4),
	                        read_number(&word[1], 2),
	                        read_number(&word[2], 2), day);
}

/* The one day that a line names, when it says what the day is for. */
static bool
read_line(const char *line, int64_t *day)
{
	struct word word[3] = {{line, 0}, {line, 0}, {line, 0}};
	bool has_cue = false;
	size_t count = 0;

	while (next_word(&line, &word[2])) {
		int64_t found;

		has_cue = has_cue || is_one_of(&word[2], cues);
		if (is_ordinal(&word[2]))
			continue;
		if (word[2].len > 0 && word[0].len > 0 &&
		    read_day(word, &found)) {
			*day = found;
			count++;
		}
		word[0] = word[1];
		word[1] = word[2];
	}
	return has_cue && count == 1;
}

static void
note_day(struct nd_thread *thread, int32_t message, int64_t day)
{
	int64_t sent_s = thread->message[message]->date_s;
	int64_t day_s = day * DAY_S;

	if (day_s + DAY_S <= sent_s ||
	    day_s - sent_s > (int64_t)YEAR_DAYS * DAY_S)
		return;
	if (!thread->deadline)
		thread->deadline = x_new(thread, struct nd_deadline);
	else if (thread->deadline->day_s <= day_s)
		return;
	*thread->deadline =
		(struct nd_deadline){.message = message, .day_s = day_s};
}

void
nd_deadline_find(struct nd_thread *thread)
{
	const struct nd_message *mail = nd_thread_root(thread);
	const struct nd_body *body = mail->body;

	if (!body || !mail->parts || mail->parts->flags & ND_SUBJECT_REPLY ||
	    !is_call(mail->subject))
		return;
	for (size_t i = 0; i < body->line_count; i++) {
		char text[LINE_BYTES_MAX];
		size_t len;
		const char *line = nd_message_line(body, i, &len);
		int64_t day = 0;

		if (body->line[i].kind != ND_LINE_OWN || len >= sizeof text)
			continue;
		memcpy(text, line, len);
		text[len] = '\0';
		if (read_line(text, &day))
			note_day(thread, thread->root, day);
	}
}
