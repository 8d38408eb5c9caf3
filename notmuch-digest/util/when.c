/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "util/when.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "util/calendar.h"
#include "util/str.h"

enum {
	MINUTE_S = 60,
	HOUR_S = 60 * MINUTE_S,
	DAY_S = 24 * HOUR_S,
	WEEK_DAYS = 7,
	MONDAY = 1,
	EPOCH_WEEKDAY = 4, /* a Thursday */
	YEAR_MONTHS = 12,
	WORDS_BYTES_MAX = 80,
};

/* ---- pieces of text ------------------------------------------------------ */

/* Read between min and max digits; moves *text behind them. */
static bool
read_number(const char **text, int min, int max, int *out)
{
	int value = 0, digits = 0;

	while (digits < max && nd_is_digit(**text)) {
		value = 10 * value + (*(*text)++ - '0');
		digits++;
	}
	*out = value;
	return digits >= min;
}

static bool
skip(const char **text, char c)
{
	if (**text != c)
		return false;
	(*text)++;
	return true;
}

/* "10:00", "10:00:07", "10:00:07.123", or "1000" in the form without colons. */
static bool
read_clock(const char **text, int *clock_s)
{
	int hour, minute, second = 0;
	bool colon;

	if (!read_number(text, 1, 2, &hour))
		return false;
	colon = skip(text, ':');
	if (!read_number(text, 2, 2, &minute))
		return false;
	if (colon ? skip(text, ':') : nd_is_digit(**text)) {
		if (!read_number(text, 2, 2, &second))
			return false;
		if (**text == '.' && nd_is_digit((*text)[1]))
			for ((*text)++; nd_is_digit(**text);)
				(*text)++;
	}
	*clock_s = hour * HOUR_S + minute * MINUTE_S + second;
	/* 24:00 is the end of a day; a leap second has the number 60. */
	return minute < 60 && second <= 60 && *clock_s <= DAY_S;
}

/* "Z", "UTC", "+01:00", "+0100", "+01". */
static bool
read_zone(const char *text, int *offset_s)
{
	int sign, hours, minutes = 0;

	*offset_s = 0;
	if (nd_str_equal_nocase(text, "z") ||
	    nd_str_equal_nocase(text, "utc") ||
	    nd_str_equal_nocase(text, "gmt"))
		return true;
	if (*text != '+' && *text != '-')
		return false;
	sign = *text++ == '-' ? -1 : 1;
	if (!read_number(&text, 2, 2, &hours))
		return false;
	skip(&text, ':');
	if (*text && !read_number(&text, 2, 2, &minutes))
		return false;
	*offset_s = sign * (hours * HOUR_S + minutes * MINUTE_S);
	return hours <= 14 && minutes < 60 && !*text;
}

/* ---- dates --------------------------------------------------------------- */

/* "2021-03-15", "2021/3/15", "20210315"; *day is 0 for a bare month. */
static bool
read_date(const char **text, int *year, int *month, int *day)
{
	char mark;

	*day = 0;
	if (!read_number(text, 4, 4, year))
		return false;
	if (nd_is_digit(**text))
		return read_number(text, 2, 2, month) &&
		       read_number(text, 2, 2, day);
	mark = **text;
	if ((mark != '-' && mark != '/') || !skip(text, mark) ||
	    !read_number(text, 1, 2, month))
		return false;
	return !skip(text, mark) || read_number(text, 1, 2, day);
}

static bool
parse_date(const char *text, int64_t *out)
{
	int year, month, day, clock_s = 0, offset_s;
	int64_t days;

	if (!read_date(&text, &year, &month, &day) ||
	    !nd_calendar_days(year, month, day ? day : 1, &days))
		return false;
	if (day && (nd_lower(*text) == 't' ||
	            (*text == ' ' && nd_is_digit(text[1])))) {
		text++;
		if (!read_clock(&text, &clock_s))
			return false;
	}
	if (!*text)
		return nd_calendar_time(days * DAY_S + clock_s, out);
	while (*text == ' ')
		text++;
	if (!day || !read_zone(text, &offset_s))
		return false;
	*out = days * DAY_S + clock_s - offset_s;
	return true;
}

static bool
parse_epoch(const char *text, int64_t *out)
{
	int64_t value = 0;
	int digits = 0;

	if (!skip(&text, '@'))
		return false;
	while (nd_is_digit(*text) && digits < 12) {
		value = 10 * value + (*text++ - '0');
		digits++;
	}
	*out = value;
	return digits > 0 && *text == '\0';
}

/* ---- words --------------------------------------------------------------- */

/*
 * Words parted by one blank each, in small letters: "1.week.ago" and
 * "last_week" are git's and notmuch's ways around quoting.
 */
static bool
read_words(const char *text, char words[WORDS_BYTES_MAX])
{
	size_t len = 0;

	for (; *text && len < WORDS_BYTES_MAX - 2; text++) {
		if (!strchr(" ._,\t", *text))
			words[len++] = nd_lower(*text);
		else if (len > 0 && words[len - 1] != ' ')
			words[len++] = ' ';
	}
	if (len > 0 && words[len - 1] == ' ')
		len--;
	words[len] = '\0';
	return *text == '\0' && len > 0;
}

/* Take a word, and the blank behind it, off the text. */
static bool
skip_word(const char **text, const char *word)
{
	size_t len = strlen(word);

	if (!nd_str_starts(*text, word) ||
	    ((*text)[len] != '\0' && (*text)[len] != ' '))
		return false;
	*text += len + ((*text)[len] == ' ');
	return true;
}

/* A weekday, or three and more of its letters: "mon", "tues"; else -1. */
static int
skip_weekday(const char **text)
{
	static const char *const days[WEEK_DAYS] = {
		"sunday",   "monday", "tuesday", "wednesday",
		"thursday", "friday", "saturday"};
	size_t len = strcspn(*text, " ");

	for (int i = 0; len >= 3 && i < WEEK_DAYS; i++) {
		if (strncmp(days[i], *text, len) != 0)
			continue;
		*text += len + ((*text)[len] == ' ');
		return i;
	}
	return -1;
}

/* "today", "yesterday", "monday", "last monday": a day before today's end. */
static bool
skip_day(const char **text, int64_t today, int64_t *day)
{
	int weekday, back;

	*day = today;
	if (skip_word(text, "today"))
		return true;
	*day = today - 1;
	if (skip_word(text, "yesterday"))
		return true;
	skip_word(text, "last");
	weekday = skip_weekday(text);
	if (weekday < 0)
		return false;
	back = (int)((today + EPOCH_WEEKDAY - weekday) % WEEK_DAYS);
	*day = today - (back > 0 ? back : back + WEEK_DAYS);
	return true;
}

/* *clock_s is untouched on failure. */
static bool
parse_clock(const char *text, int *clock_s)
{
	int value;

	if (strcmp(text, "midnight") == 0)
		value = 0;
	else if (strcmp(text, "noon") == 0)
		value = DAY_S / 2;
	else if (!strchr(text, ':') || !read_clock(&text, &value) || *text)
		return false;
	*clock_s = value;
	return true;
}

/* A month, or three and more of its letters: "mar", "sept"; else 0. */
static int
skip_month(const char **text)
{
	static const char *const months[] = {"january", "february", "march",
	                                     "april",   "may",      "june",
	                                     "july",    "august",   "september",
	                                     "october", "november", "december"};
	size_t len = strcspn(*text, " ");

	for (int i = 0; len >= 3 && i < YEAR_MONTHS; i++) {
		if (strncmp(months[i], *text, len) != 0)
			continue;
		*text += len + ((*text)[len] == ' ');
		return i + 1;
	}
	return 0;
}

/* "15", "1st", "22nd" and the blank behind; *text is untouched on failure. */
static bool
skip_day_of_month(const char **text, int *day)
{
	static const char *const endings[] = {"st", "nd", "rd", "th"};
	const char *at = *text;

	if (!read_number(&at, 1, 2, day))
		return false;
	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
		if (nd_str_starts(at, endings[i])) {
			at += strlen(endings[i]);
			break;
		}
	if (*at != '\0' && !skip(&at, ' '))
		return false;
	*text = at;
	return true;
}

/* "2021" and the blank behind; *text is untouched on failure. */
static bool
skip_year(const char **text, int *year)
{
	const char *at = *text;

	if (!read_number(&at, 4, 4, year) || (*at != '\0' && !skip(&at, ' ')))
		return false;
	*text = at;
	return true;
}

/*
 * "15 mar 2021", "march 15 2021", "march 2021"; without a year the last that
 * has begun. A month alone is its first day.
 */
static bool
parse_named_date(const char *text, int64_t now_s, int64_t *out)
{
	int year, month, this_year, this_month, day = 0, clock_s = 0;
	int64_t wall_s, days;
	bool named;

	skip_day_of_month(&text, &day);
	month = skip_month(&text);
	if (month == 0 || !nd_calendar_wall(now_s, &wall_s) ||
	    !nd_calendar_month(wall_s, &this_year, &this_month))
		return false;
	named = skip_year(&text, &year);
	if (!named && day == 0)
		skip_day_of_month(&text, &day);
	named = named || skip_year(&text, &year);
	if (*text && !parse_clock(text, &clock_s))
		return false;
	if (day == 0)
		day = 1;
	if (!named) {
		bool begun = nd_calendar_days(this_year, month, day, &days) &&
		             days * DAY_S + clock_s <= wall_s;

		year = begun ? this_year : this_year - 1;
	}
	return nd_calendar_days(year, month, day, &days) &&
	       nd_calendar_time(days * DAY_S + clock_s, out);
}

/* "this week", "this month", "this year": its begin; weeks begin on Mondays. */
static bool
parse_running(const char *text, int64_t now_s, int64_t *out)
{
	int64_t wall_s, days;
	int year, month;

	if (!skip_word(&text, "this") || !nd_calendar_wall(now_s, &wall_s) ||
	    !nd_calendar_month(wall_s, &year, &month))
		return false;
	if (strcmp(text, "week") == 0) {
		days = nd_calendar_day_of(wall_s);
		days -= (days + EPOCH_WEEKDAY - MONDAY) % WEEK_DAYS;
	} else {
		if (strcmp(text, "year") == 0)
			month = 1;
		else if (strcmp(text, "month") != 0)
			return false;
		if (!nd_calendar_days(year, month, 1, &days))
			return false;
	}
	return nd_calendar_time(days * DAY_S, out);
}

/* "now", "yesterday", "last friday 17:00", "noon". */
static bool
parse_day(const char *text, int64_t now_s, int64_t *out)
{
	int64_t wall_s, today, day;
	const char *at = text;
	int clock_s = 0;

	if (skip_word(&at, "now") && !*at) {
		*out = now_s;
		return true;
	}
	if (!nd_calendar_wall(now_s, &wall_s))
		return false;
	today = nd_calendar_day_of(wall_s);
	if (parse_clock(text, &clock_s))
		day = today * DAY_S + clock_s > wall_s ? today - 1 : today;
	else if (!skip_day(&text, today, &day) ||
	         (*text && !parse_clock(text, &clock_s)))
		return false;
	return nd_calendar_time(day * DAY_S + clock_s, out);
}

/* ---- spans --------------------------------------------------------------- */

struct span {
	int64_t months, days, seconds;
};

/* "m" is not among them: minutes to some, months to others. */
static const struct unit {
	const char *name;
	struct span one;
} units[] = {
	{"s", {0, 0, 1}},      {"sec", {0, 0, 1}},
	{"second", {0, 0, 1}}, {"min", {0, 0, MINUTE_S}},
	{"h", {0, 0, HOUR_S}}, {"minute", {0, 0, MINUTE_S}},
	{"d", {0, 1, 0}},      {"hour", {0, 0, HOUR_S}},
	{"day", {0, 1, 0}},    {"w", {0, WEEK_DAYS, 0}},
	{"mo", {1, 0, 0}},     {"week", {0, WEEK_DAYS, 0}},
	{"y", {12, 0, 0}},     {"month", {1, 0, 0}},
	{"year", {12, 0, 0}},
};

static const struct unit *
find_unit(const char *name, size_t len)
{
	if (len > 1 && name[len - 1] == 's')
		len--; /* "2 weeks" */
	for (size_t i = 0; i < sizeof units / sizeof *units; i++)
		if (strlen(units[i].name) == len &&
		    memcmp(units[i].name, name, len) == 0)
			return &units[i];
	return NULL;
}

/* "7", "a", "two" */
static bool
read_count(const char **text, int *count)
{
	static const char *const words[] = {"a",     "one",  "two", "three",
	                                    "four",  "five", "six", "seven",
	                                    "eight", "nine", "ten"};

	if (nd_is_digit(**text)) {
		bool fits = read_number(text, 1, 5, count);

		skip(text, ' ');
		return fits;
	}
	for (int i = 0; i < (int)(sizeof words / sizeof *words); i++) {
		*count = i > 0 ? i : 1;
		if (skip_word(text, words[i]))
			return true;
	}
	*count = 1;
	return skip_word(text, "an");
}

/* "7d", "2 weeks ago", "1month 3d", "last week", "last 3 days". */
static bool
read_span(const char *text, struct span *span)
{
	bool last = skip_word(&text, "last") || skip_word(&text, "past");

	*span = (struct span){0};
	do {
		const struct unit *unit;
		size_t len = 0;
		int count = 1;

		if (!read_count(&text, &count) && !last)
			return false;
		last = false;
		while (nd_is_alpha(text[len]))
			len++;
		unit = find_unit(text, len);
		if (!unit)
			return false;
		span->months += count * unit->one.months;
		span->days += count * unit->one.days;
		span->seconds += count * unit->one.seconds;
		text += len;
		skip(&text, ' ');
	} while (*text && strcmp(text, "ago") != 0);
	return true;
}

/* Months and days go by the calendar, what is shorter by the clock. */
static bool
parse_span(const char *text, int64_t now_s, int64_t *out)
{
	struct span span;
	int64_t wall_s, time_s = now_s;

	if (!read_span(text, &span))
		return false;
	if (span.months > 0 || span.days > 0) {
		if (!nd_calendar_wall(now_s, &wall_s) ||
		    span.months > INT32_MAX ||
		    (span.months > 0 &&
		     !nd_calendar_go_back(&wall_s, (int)span.months)) ||
		    !nd_calendar_time(wall_s - span.days * DAY_S, &time_s))
			return false;
	}
	*out = time_s - span.seconds;
	return true;
}

enum nd_status
nd_when_parse(const char *text, int64_t now_s, int64_t *out,
              struct nd_error *err)
{
	char words[WORDS_BYTES_MAX];
	int64_t value;

	if (parse_date(text, &value) || parse_epoch(text, &value) ||
	    (read_words(text, words) &&
	     (parse_day(words, now_s, &value) ||
	      parse_running(words, now_s, &value) ||
	      parse_named_date(words, now_s, &value) ||
	      parse_span(words, now_s, &value)))) {
		*out = value;
		return ND_OK;
	}
	return nd_fail(
		err, ND_ERR_USAGE,
		"'%.60s' is not a time\n"
		"use 2021-03-15, 2021/03/15, 20210315, 2021-03, "
		"'2021-03-15 10:00', 2021-03-15T10:00Z, @SECONDS, "
		"'15 mar 2021', today, yesterday, a weekday, "
		"'last monday', 'this week', 'last week', or a span such as 7d, 2w, 36h, 30min, "
		"1month, '1 week ago'",
		text);
}
