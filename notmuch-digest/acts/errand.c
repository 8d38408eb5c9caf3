/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "acts/errand.h"

#include <string.h>

#include "text/phrase.h"

enum { TAKE_WORDS = 5 }; /* from "can you" to "take" */

bool
nd_errand_to_take(const char *text)
{
	static const struct nd_phrase asks[] = {
		{"can", 1},    {"could", 1}, {"may", 1},  {"mind", 1},
		{"please", 1}, {"shall", 1}, {"will", 1}, {"would", 1},
	};
	static const struct nd_phrase takes[] = {
		{"applied", 2}, {"apply", 2},  {"merge", 2}, {"merged", 2},
		{"pick", 2},    {"picked", 2}, {"pull", 2},  {"pulled", 2},
		{"queue", 2},   {"queued", 2}, {"take", 2},  {"taken", 2},
	};
	size_t near = 0; /* words that a verb may still stand behind */

	for (; *text; text += strcspn(text, " "), text += strspn(text, " ")) {
		size_t len = strlen(text);

		if (near && nd_phrases_at(ND_PHRASES(takes), text, len, NULL))
			return true;
		near -= near > 0;
		if (nd_phrases_at(ND_PHRASES(asks), text, len, NULL))
			near = TAKE_WORDS;
	}
	return false;
}

bool
nd_errand_to_review(const char *text)
{
	static const struct nd_phrase reviews[] = {
		{"a look", 1},       {"comments", 1}, {"double check", 1},
		{"double-check", 1}, {"feedback", 1}, {"look at", 1},
		{"review", 1},       {"reviewed", 1}, {"reviews", 1},
	};

	return nd_phrases_in(ND_PHRASES(reviews), text, strlen(text));
}

bool
nd_errand_to_send(const char *text)
{
	static const struct nd_phrase sends[] = {
		{"a new version", 1}, {"a v2", 1},     {"a v3", 1},
		{"a v4", 1},          {"a v5", 1},     {"another version", 1},
		{"rebase", 1},        {"repost", 1},   {"resend", 1},
		{"respin", 1},        {"resubmit", 1},
	};

	return nd_phrases_in(ND_PHRASES(sends), text, strlen(text));
}
