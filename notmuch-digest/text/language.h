/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * language.h - guess what language a text is in
 *
 * Good enough to choose a stemmer and stop words: by script, and for the Latin
 * one by the commonest short words. Text is valid UTF-8; only its first
 * kilobytes are looked at.
 */
#ifndef ND_TEXT_LANGUAGE_H
#define ND_TEXT_LANGUAGE_H

#include <stddef.h>

/**
 * The language of (text, len) as a static string: "en", "de", "fr", "es",
 * "ru", "zh", "ja", "ko", or "" when nothing can be said.
 */
const char *nd_language_guess(const char *text, size_t len);

#endif
