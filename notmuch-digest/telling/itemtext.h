/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * itemtext.h - a sentence of a mail as the text of a summary item
 */
#ifndef ND_TELLING_ITEMTEXT_H
#define ND_TELLING_ITEMTEXT_H

#include <stddef.h>

/* A longer sentence is cut at the end of a clause and gets an ellipsis. */
enum { ND_ITEMTEXT_WORDS_MAX = 45 };

/**
 * The bytes of "However, " and the like in front of a sentence: what an item
 * that nothing stands before does without.
 */
size_t nd_itemtext_connective(const char *text, size_t len);

/**
 * (text, len) without mail addresses in brackets, not too long, with a capital
 * where it begins with a plain word, and with a full stop when it lacks one;
 * behind a colon that ends it, "…". Owned by ctx.
 */
char *nd_itemtext_clean(const void *ctx, const char *text, size_t len);

/**
 * The letters and digits of (text, len), small ones where there are such:
 * whatever blanks and marks stand between them, equal texts have equal ones.
 * Owned by ctx.
 */
char *nd_itemtext_letters(const void *ctx, const char *text, size_t len);

/** Words between blanks. */
unsigned nd_itemtext_words(const char *text);

#endif
