/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text/numberword.h"

#include <stddef.h>
#include <string.h>

const char *
nd_numberword_digits(const char *word)
{
	static const char *const words[][2] = {
		{"zero", "0"},   {"one", "1"},  {"two", "2"},  {"three", "3"},
		{"four", "4"},   {"five", "5"}, {"six", "6"},  {"seven", "7"},
		{"eight", "8"},  {"nine", "9"}, {"ten", "10"}, {"eleven", "11"},
		{"twelve", "12"}};

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strcmp(word, words[i][0]) == 0)
			return words[i][1];
	return NULL;
}
