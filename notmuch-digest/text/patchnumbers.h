/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * patchnumbers.h - which patches of a series a sentence names
 *
 *	patches 1-3 and 7    #2    1/5, 2/5    1/5 to 3/5    11, 12    the first two
 *	the last patch       all but 3         everything except patch 4
 *
 * Pure.
 */
#ifndef ND_TEXT_PATCHNUMBERS_H
#define ND_TEXT_PATCHNUMBERS_H

#include <stddef.h>

enum { ND_PATCHNUMBERS_MAX = 200 };

struct nd_patchnumbers {
	int number[ND_PATCHNUMBERS_MAX];
	size_t count;
};

/**
 * Read the numbers; none are found when it is all of them.
 *
 * verb_end   where the verb ends whose object they are: behind it numbers need
 *            no word before them
 * total      of the series; 0: not known
 */
void nd_patchnumbers_read(const char *text, size_t len, size_t verb_end,
                          int total, struct nd_patchnumbers *out);

#endif
