/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "util/segment.h"

#include <glib.h>
#include <unicode/ubrk.h>
#include <unicode/utext.h>

#include "util/alloc.h"
#include "util/str.h"

struct nd_segmenter {
	UBreakIterator *iterator;
	UText *text;
	int32_t at;
};

static int
segmenter_destructor(struct nd_segmenter *seg)
{
	ubrk_close(seg->iterator);
	utext_close(seg->text);
	return 0;
}

static UBreakIteratorType
iterator_type(enum nd_segment_kind kind)
{
	switch (kind) {
	case ND_SEGMENT_SENTENCES:
		return UBRK_SENTENCE;
	case ND_SEGMENT_WORDS:
		return UBRK_WORD;
	case ND_SEGMENT_LINES:
		break;
	}
	return UBRK_LINE;
}

struct nd_segmenter *
nd_segmenter_new(const void *ctx, enum nd_segment_kind kind,
                 const char *language)
{
	struct nd_segmenter *seg = x_new(ctx, struct nd_segmenter);
	UErrorCode status = U_ZERO_ERROR;

	seg->iterator = ubrk_open(iterator_type(kind), language ? language : "",
	                          NULL, 0, &status);
	/* ICU falls back to the root rules itself; what is left is not
	 * memory. */
	x_check(U_SUCCESS(status) ? seg->iterator : NULL);
	talloc_set_destructor(seg, segmenter_destructor);
	nd_segmenter_set(seg, "", 0);
	return seg;
}

void
nd_segmenter_set(struct nd_segmenter *seg, const char *text, size_t len)
{
	UErrorCode status = U_ZERO_ERROR;

	seg->text = utext_openUTF8(seg->text, text, (int64_t)len, &status);
	ubrk_setUText(seg->iterator, seg->text, &status);
	x_check(U_SUCCESS(status) ? seg : NULL);
	seg->at = ubrk_first(seg->iterator);
}

bool
nd_segmenter_next(struct nd_segmenter *seg, size_t *start, size_t *end,
                  bool *is_word)
{
	int32_t next = ubrk_next(seg->iterator);

	if (next == UBRK_DONE)
		return false;
	*start = (size_t)seg->at;
	*end = (size_t)next;
	if (is_word)
		*is_word = ubrk_getRuleStatus(seg->iterator) >=
		           UBRK_WORD_NONE_LIMIT;
	seg->at = next;
	return true;
}

char *
nd_segment_fold(const void *ctx, const char *text, size_t len)
{
	char *folded, *normal, *result;

	if (nd_mem_ascii_run(text, len) == len)
		return nd_str_lower(x_strndup(ctx, text, len));
	folded = g_utf8_casefold(text, (gssize)len);
	normal = g_utf8_normalize(folded, -1, G_NORMALIZE_ALL_COMPOSE);
	/* NULL means not UTF-8, which mail/ does not let through. */
	result = normal ? x_strdup(ctx, normal) : x_strndup(ctx, text, len);
	g_free(folded);
	g_free(normal);
	return result;
}
