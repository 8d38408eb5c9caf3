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
		if (strlen(words[i]) == len &&
		    nd_mem_equal_nocase(text, words[i], len))
			return true;
	return false;
}
