/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text/patchnumbers.h"

#include <stdbool.h>
#include <string.h>

#include "text/phrase.h"
#include "util/str.h"

static const struct nd_phrase amounts[] = {
	{"couple", 2}, {"eight", 8}, {"five", 5},  {"four", 4},
	{"nine", 9},   {"one", 1},   {"patch", 1}, {"seven", 7},
	{"six", 6},    {"ten", 10},  {"three", 3}, {"two", 2},
};

static void
add_range(struct nd_patchnumbers *out, int first, int last)
{
	if (first < 1 || last < first || last - first >= ND_PATCHNUMBERS_MAX)
		return;
	for (int i = first; i <= last && out->count < ND_PATCHNUMBERS_MAX; i++)
		out->number[out->count++] = i;
}

static int
read_number(const char **at, const char *end)
{
	int number = 0;

	while (*at < end && nd_is_digit(**at) && number < 100000)
		number = number * 10 + *(*at)++ - '0';
	return number;
}

static bool
skip_word(const char **at, const char *end, const char *word)
{
	const char *found = nd_phrase_find_word(*at, (size_t)(end - *at), word);

	if (found != *at)
		return false;
	*at += strlen(word);
	return true;
}

static void
skip_between(const char **at, const char *end)
{
	static const char *const joins[] = {"and", "patches", "patch"};
	const char *before;

	do {
		before = *at;
		while (*at < end && (**at == ' ' || **at == ',' ||
		                     **at == '#' || **at == '&' || **at == '+'))
			(*at)++;
		for (size_t i = 0; i < sizeof joins / sizeof *joins; i++)
			skip_word(at, end, joins[i]);
	} while (*at > before);
}

/* "-3", "-#3", "..3", " to 3", " through 3": the last of a range; else first. */
static int
read_last(const char **at, const char *end, int first)
{
	static const char *const marks[] = {"-", "..", "\xe2\x80\x93", " to ",
	                                    " through "};

	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
		const char *next = *at;
		int last;

		if (!nd_mem_starts_nocase(next, (size_t)(end - next), marks[i]))
			continue;
		next += strlen(marks[i]);
		next += next < end && *next == '#';
		last = read_number(&next, end);
		if (last <= first)
			return first;
		*at = next;
		return last;
	}
	return first;
}

/* "to 3/5" behind "1/5", where the total stands again; else first. */
static int
read_last_of(const char **at, const char *end, int first, int total)
{
	const char *next = *at;
	int last = read_last(&next, end, first);

	if (last == first || last > total || next == end || *next != '/')
		return first;
	next++;
	if (read_number(&next, end) != total)
		return first;
	*at = next;
	return last;
}

/* "5", "1-3 and 7", "#2", "1/5, 2/5", "1/5 to 3/5" as far as it goes. */
static void
read_list(struct nd_patchnumbers *out, const char *at, const char *end,
          int total)
{
	while (at < end) {
		int first, last;

		skip_between(&at, end);
		first = read_number(&at, end);
		if (first == 0 || (total > 0 && first > total))
			return;
		/* "5.10", "2nd", "3x" */
		if (at < end &&
		    (nd_phrase_is_word_byte(*at) ||
		     (*at == '.' && at + 1 < end && nd_is_digit(at[1]))))
			return;
		if (at < end && *at == '/') {
			const char *of = at + 1;
			int all = read_number(&of, end);

			if (all == 0 || (total > 0 && all != total))
				return;
			at = of;
			last = read_last_of(&at, end, first, all);
		} else {
			last = read_last(&at, end, first);
		}
		add_range(out, first, last);
	}
}

/* "on patch 2", "the fix in 5/7": what was done to it, not that it was taken */
static bool
is_aside(const char *text, const char *at)
{
	static const char *const asides[] = {"by", "for", "from", "in",  "into",
	                                     "of", "on",  "to",   "with"};
	const char *end = at, *begin;

	while (end > text && end[-1] == ' ')
		end--;
	begin = end;
	while (begin > text && nd_phrase_is_word_byte(begin[-1]))
		begin--;
	for (size_t i = 0; i < sizeof asides / sizeof *asides; i++)
		if (begin < end &&
		    nd_phrase_find_word(begin, (size_t)(end - begin),
		                        asides[i]) == begin)
			return true;
	return false;
}

/* Behind "patch", "patches": the first place that has numbers. */
static void
read_named(struct nd_patchnumbers *out, const char *text, const char *end,
           int total)
{
	const char *at = text;

	while (out->count == 0 &&
	       (at = nd_mem_find_nocase(at, (size_t)(end - at), "patch"))) {
		const char *begin = at;

		while (at < end && nd_is_alpha(*at))
			at++;
		if ((begin > text && nd_phrase_is_word_byte(begin[-1])) ||
		    is_aside(text, begin))
			continue;
		read_list(out, at, end, total);
	}
}

/* Where the text goes on behind these words; NULL: they are not there. */
static const char *
behind(const char *text, const char *end, const char *words)
{
	const char *at = nd_phrase_find_word(text, (size_t)(end - text), words);

	return at ? at + strlen(words) : NULL;
}

/* "all but 3", "except for patch 4", "minus #17": the others. */
static void
read_others(struct nd_patchnumbers *out, const char *text, const char *end,
            int total)
{
	static const char *const words[] = {
		"all but",    "except for", "except",    "minus",
		"apart from", "excluding",  "other than"};
	struct nd_patchnumbers left = {.count = 0};
	const char *at = NULL;

	for (size_t i = 0; !at && i < sizeof words / sizeof *words; i++)
		at = behind(text, end, words[i]);
	if (!at || total < 2)
		return;
	if (skip_word(&at, end, " the last"))
		add_range(&left, total, total);
	else if (skip_word(&at, end, " the first"))
		add_range(&left, 1, 1);
	else
		read_list(&left, at, end, total);
	for (int i = 1; left.count > 0 && i <= total; i++) {
		bool without = false;

		for (size_t k = 0; k < left.count; k++)
			without = without || left.number[k] == i;
		if (!without)
			add_range(out, i, i);
	}
}

/* "the first patch", "the last two": from one end. */
static void
read_counted(struct nd_patchnumbers *out, const char *text, const char *end,
             int total)
{
	const char *at = behind(text, end, "first");
	bool from_end = !at;
	int amount;

	if (!at)
		at = behind(text, end, "last");
	if (!at || (from_end && total == 0))
		return;
	while (at < end && *at == ' ')
		at++;
	amount = at < end && nd_is_digit(*at)
	                 ? read_number(&at, end)
	                 : (int)nd_phrases_at(ND_PHRASES(amounts), at,
	                                      (size_t)(end - at), NULL);
	if (amount < 1 || (total > 0 && amount > total))
		return;
	if (from_end)
		add_range(out, total - amount + 1, total);
	else
		add_range(out, 1, amount);
}

/* Over what joins "the first, the second and the third". */
static const char *
skip_joins(const char *at, const char *end)
{
	const char *before;

	do {
		before = at;
		while (at < end && strchr(" ,&", *at))
			at++;
		skip_word(&at, end, "and");
		skip_word(&at, end, "the");
	} while (at > before);
	return at;
}

/* "the first and the third patch", "the second one": one by one, not what was
 * done "in the second patch". */
static void
read_ordinals(struct nd_patchnumbers *out, const char *text, const char *end,
              int total)
{
	static const struct nd_phrase ordinals[] = {
		{"fifth", 5},   {"first", 1}, {"fourth", 4}, {"second", 2},
		{"seventh", 7}, {"sixth", 6}, {"third", 3},
	};
	static const struct nd_phrase nouns[] = {
		{"one", 1},
		{"ones", 1},
		{"patch", 1},
		{"patches", 1},
	};
	const char *the = text;

	while ((the = nd_phrase_find_word(the, (size_t)(end - the), "the"))) {
		struct nd_patchnumbers found = {.count = 0};
		const char *at = skip_joins(the, end);
		size_t size;
		int number;

		while ((number = (int)nd_phrases_at(ND_PHRASES(ordinals), at,
		                                    (size_t)(end - at),
		                                    &size)) > 0 &&
		       (total == 0 || number <= total)) {
			add_range(&found, number, number);
			at = skip_joins(at + size, end);
		}
		if (found.count > 0 && !is_aside(text, the) &&
		    nd_phrases_at(ND_PHRASES(nouns), at, (size_t)(end - at),
		                  NULL)) {
			*out = found;
			return;
		}
		the = at;
	}
}

void
nd_patchnumbers_read(const char *text, size_t len, size_t verb_end, int total,
                     struct nd_patchnumbers *out)
{
	const char *end = text + len;

	out->count = 0;
	read_others(out, text, end, total);
	if (out->count == 0)
		read_named(out, text, end, total);
	if (out->count == 0)
		read_list(out, text + verb_end, end, total);
	if (out->count == 0)
		read_list(out, text, text + verb_end, total);
	if (out->count == 0)
		read_ordinals(out, text, end, total);
	if (out->count == 0)
		read_counted(out, text, end, total);
}
