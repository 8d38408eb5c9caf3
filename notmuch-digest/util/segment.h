/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * segment.h - where words, sentences and lines may end (ICU, UAX #29 and #14)
 *
 * Texts are UTF-8 (text, len), at most ND_LIMIT_BODY_BYTES long; positions are
 * byte offsets. A segmenter may be used again and again, by one thread; making
 * one costs about a millisecond, so keep it.
 */
#ifndef ND_UTIL_SEGMENT_H
#define ND_UTIL_SEGMENT_H

#include <stdbool.h>
#include <stddef.h>

enum nd_segment_kind {
	ND_SEGMENT_SENTENCES,
	ND_SEGMENT_WORDS,
	ND_SEGMENT_LINES
};

struct nd_segmenter;

/**
 * A segmenter for a language.
 *
 * language   BCP 47 or gettext form ("en", "de", "zh_CN"); NULL means ICU's
 *            root rules
 * Never fails: without ICU data for the language the root rules hold.
 */
struct nd_segmenter *
nd_segmenter_new(const void *ctx, enum nd_segment_kind kind,
                 const char *language);

/** Begin with another text. The text must stay until the next call of this. */
void nd_segmenter_set(struct nd_segmenter *seg, const char *text, size_t len);

/**
 * The next segment as [*start, *end); false when there is no more.
 *
 * is_word   for ND_SEGMENT_WORDS: the segment is a word or number, not space
 *           or punctuation; may be NULL
 */
bool nd_segmenter_next(struct nd_segmenter *seg, size_t *start, size_t *end,
                       bool *is_word);

/**
 * NFKC, case folded copy of (text, len): for comparing words in any script.
 */
char *nd_segment_fold(const void *ctx, const char *text, size_t len);

#endif
