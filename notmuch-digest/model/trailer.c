/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/trailer.h"

#include <string.h>

#include "util/str.h"

bool
nd_trailer_says(const char *type, const char *deed)
{
	size_t len = strlen(deed);

	if (nd_str_starts_nocase(type, "not-"))
		return false;
	for (const char *word = type; word; word = strchr(word, '-')) {
		word += *word == '-';
		if (nd_str_starts_nocase(word, deed) &&
		    (word[len] == '-' || !word[len]))
			return true;
	}
	return false;
}

bool
nd_trailer_is_review(const struct nd_trailer *trailer)
{
	if (trailer->condition ||
	    (trailer->scope && trailer->number == 0 && trailer->total > 1))
		return false;
	return nd_trailer_says(trailer->type, "reviewed") ||
	       nd_trailer_says(trailer->type, "acked");
}
