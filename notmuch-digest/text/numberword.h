/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * numberword.h - people write small numbers as words
 */
#ifndef ND_TEXT_NUMBERWORD_H
#define ND_TEXT_NUMBERWORD_H

/** "12" for "twelve", in lower case, up to that one; NULL: it is no number. */
const char *nd_numberword_digits(const char *word);

#endif
