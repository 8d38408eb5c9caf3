/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text/version.h"

#include <string.h>

#include "util/limits.h"
#include "util/str.h"

/* Digits at text[*at]; 0 for none, too many, or "5.10". */
static int
read_number(const char *text, size_t len, size_t *at)
{
	size_t end = *at;
	int number = 0;

	while (end < len && nd_is_digit(text[end]) &&
	       number <= ND_LIMIT_VERSION)
		number = 10 * number + (text[end++] - '0');
	if (number < 1 || number > ND_LIMIT_VERSION ||
	    (end < len && nd_is_word_byte(text[end])) ||
	    (end + 1 < len && text[end] == '.' && nd_is_digit(text[end + 1])))
		return 0;
	*at = end;
	return number;
}

/* Bytes of what may stand before the number at text[at]; 0: no version. */
static size_t
lead_len(const char *text, size_t len)
{
	static const char *const leads[] = {"version ", "rfcv", "rfc v",
	                                    "patchv", "v"};

	for (size_t i = 0; i < sizeof leads / sizeof *leads; i++)
		if (nd_mem_starts_nocase(text, len, leads[i]))
			return strlen(leads[i]);
	return 0;
}

bool
nd_version_next(const char *text, size_t len, size_t from,
                struct nd_version_word *out)
{
	for (size_t at = from; at < len; at++) {
		size_t lead, end;
		int version;

		if (at > 0 && nd_is_word_byte(text[at - 1]))
			continue;
		lead = lead_len(text + at, len - at);
		end = at + lead;
		version = lead > 0 ? read_number(text, len, &end) : 0;
		if (version == 0)
			continue;
		*out = (struct nd_version_word){at, end, version};
		return true;
	}
	return false;
}

bool
nd_version_is_arrow(const char *text, size_t len)
{
	static const char *const words[] = {
		"to", "and", "vs", "vs.", "\xe2\x86\x92", "\xe2\x80\xa6"};

	nd_mem_trim(&text, &len);
	if (len > 0 && len <= 5 && strspn(text, "-=>.~") >= len)
		return true;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (nd_mem_is_nocase(text, len, words[i]))
			return true;
	return false;
}

/* ---- in titles ------------------------------------------------------------ */

enum { TITLE_VERSION_MAX = 99 };

/*
 * "2", "2nd", "second" at *at, moving behind it; 0: none. Not "#2": "fixes for
 * 5.12, take #2" are other fixes.
 */
static int
read_ordinal(const char *text, size_t len, size_t *at)
{
	static const char *const words[] = {"second", "third", "fourth",
	                                    "fifth",  "sixth", "seventh",
	                                    "eighth", "ninth", "tenth"};
	static const char *const ends[] = {"nd", "rd", "th", "st"};
	size_t end = *at;
	int number = 0;

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (nd_mem_starts_nocase(text + end, len - end, words[i])) {
			*at = end + strlen(words[i]);
			return (int)i + 2;
		}
	while (end < len && nd_is_digit(text[end]) &&
	       number <= TITLE_VERSION_MAX)
		number = 10 * number + (text[end++] - '0');
	if (number < 1 || number > TITLE_VERSION_MAX)
		return 0;
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
		if (nd_mem_starts_nocase(text + end, len - end, ends[i])) {
			end += strlen(ends[i]);
			break;
		}
	if (end < len &&
	    (nd_is_word_byte(text[end]) ||
	     (text[end] == '.' && end + 1 < len && nd_is_digit(text[end + 1]))))
		return 0;
	*at = end;
	return number;
}

/* One of the words that number postings, blank included; 0: none is here. */
static size_t
posting_word_len(const char *text, size_t len, bool before)
{
	static const char *const counted[] = {
		"version ",  "take ", "try ", "attempt ",  "round ",
		"revision ", "rev. ", "rev ", "iteration "};
	static const char *const ordered[] = {" version",  " try",  " attempt",
	                                      " round",    " take", " revision",
	                                      " iteration"};
	size_t count = sizeof counted / sizeof *counted;

	if (!before)
		count = sizeof ordered / sizeof *ordered;
	for (size_t i = 0; i < count; i++) {
		const char *word = before ? counted[i] : ordered[i];

		if (nd_mem_starts_nocase(text, len, word))
			return strlen(word);
	}
	return 0;
}

/* "v2", "version 2", "take 2", "2nd version", "third try" at *at. */
static int
read_posting_number(const char *text, size_t len, size_t *at)
{
	size_t end = *at, word;
	int number;

	if (end + 1 < len && nd_lower(text[end]) == 'v' &&
	    nd_is_digit(text[end + 1])) {
		end++;
		number = read_ordinal(text, len, &end);
		if (number > 0)
			*at = end;
		return number;
	}
	word = posting_word_len(text + end, len - end, true);
	end += word;
	number = read_ordinal(text, len, &end);
	if (number == 0)
		return 0;
	if (word == 0) {
		word = posting_word_len(text + end, len - end, false);
		if (word == 0)
			return 0;
		end += word;
	}
	*at = end;
	return number;
}

/* "v2: title", "v2 - title", "version 2 of title", "third version of title" */
static int
take_leading(const char **title, size_t *len)
{
	static const char *const joints[] = {": ", " - ", " of ", ", "};
	size_t at = 0;
	int number = read_posting_number(*title, *len, &at);

	for (size_t i = 0; number > 0 && i < sizeof joints / sizeof *joints;
	     i++) {
		if (!nd_mem_starts(*title + at, *len - at, joints[i]))
			continue;
		at += strlen(joints[i]);
		if (nd_mem_starts(*title + at, *len - at, "the "))
			at += strlen("the ");
		*title += at;
		*len -= at;
		return number;
	}
	return 0;
}

/* Words in front of a version of their own: "cgroup v2", "space cache v2". */
static bool
is_versioned_thing(const char *word, size_t len)
{
	static const char *const things[] = {
		"cgroup",  "cgroups",  "protocol", "format",  "stream",
		"cache",   "header",   "api",      "abi",     "uapi",
		"board",   "rev",      "hw",       "table",   "command",
		"event",   "spec",     "layout",   "key",     "policy",
		"driver",  "hardware", "version",  "memcg",   "signature",
		"support", "rsb",      "schema",   "syscall", "ioctl",
		"struct",  "ip",       "type",     "quota",   "inode",
	};

	if (len == 0 || (*word >= 'A' && *word <= 'Z'))
		return true;
	for (size_t i = 0; i < sizeof things / sizeof *things; i++)
		if (nd_mem_is_nocase(word, len, things[i]))
			return true;
	return false;
}

/* May " v2" at the end, behind (text, len), number the posting? */
static bool
may_follow(const char *text, size_t len)
{
	size_t start = len;

	while (start > 0 && text[start - 1] != ' ')
		start--;
	return start > 0 && !is_versioned_thing(text + start, len - start);
}

/* Where a version at the end of a title may begin: behind "(", ", ", " - ". */
static bool
is_joint(const char *text, size_t at, bool bare)
{
	if (at == 0)
		return false;
	if (strchr("([{", text[at - 1]))
		return true;
	if (at < 2 || text[at - 1] != ' ')
		return false;
	return strchr(",;-", text[at - 2]) ||
	       (bare && may_follow(text, at - 1));
}

/* "title (v2)", "title, v2", "title - take 2", "title v2" */
static int
take_trailing(const char **title, size_t *len, bool bare)
{
	enum { LONGEST = 24 }; /* bytes of "(eleventh iteration)" and some */
	const char *text = *title;
	size_t end = *len, from;

	if (end > 0 && strchr(")]}", text[end - 1]))
		end--;
	from = end > LONGEST ? end - LONGEST : 0;
	for (size_t at = from; at < end; at++) {
		size_t stop = at;
		int number;

		if (!is_joint(text, at, bare && end == *len))
			continue;
		number = read_posting_number(text, end, &stop);
		if (number == 0 || stop != end)
			continue;
		while (at > 0 && strchr(" ,;:-([{", text[at - 1]))
			at--;
		if (at == 0)
			return 0;
		*len = at;
		return number;
	}
	return 0;
}

int
nd_version_of_title(const char **title, size_t *len, bool bare)
{
	int number = take_leading(title, len);

	return number > 0 ? number : take_trailing(title, len, bare);
}
