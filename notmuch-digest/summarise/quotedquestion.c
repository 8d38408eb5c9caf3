/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "summarise/quotedquestion.h"

#include <string.h>

#include "summarise/itemtext.h"
#include "util/alloc.h"
#include "util/buf.h"
#include "util/str.h"

enum {
	QUOTE_LINES = 6, /* that are looked at */
	QUOTE_BYTES = 1000,
	WORDS_MIN = 3,
	WORDS_MAX = 20,
};

/* Where the sentence that ends at end begins. */
static size_t
sentence_start(const char *text, size_t end)
{
	while (end > 0) {
		bool stop = end > 1 && strchr(".?!:", text[end - 2]) &&
		            nd_is_space(text[end - 1]);

		if (stop)
			return end;
		end--;
	}
	return 0;
}

/* The quoted lines right above, on one line. */
static struct nd_buf *
quote_above(const void *ctx, const struct nd_body *body, uint32_t line,
            int32_t *mail)
{
	struct nd_buf *quote = nd_buf_new(ctx, QUOTE_BYTES);
	uint32_t end = line, begin;

	while (end > 0 && body->line[end - 1].kind == ND_LINE_BLANK)
		end--;
	begin = end;
	while (begin > 0 && end - begin < QUOTE_LINES &&
	       body->line[begin - 1].kind == ND_LINE_QUOTE &&
	       body->line[begin - 1].depth <= 1)
		begin--;
	*mail = end > begin ? body->line[end - 1].source : ND_NO_MESSAGE;
	for (; begin < end; begin++) {
		nd_buf_add(quote, body->text + body->line[begin].start,
		           body->line[begin].len);
		nd_buf_addc(quote, ' ');
	}
	return quote;
}

const char *
nd_quotedquestion_above(const void *ctx, const struct nd_body *body,
                        uint32_t line, int32_t *mail)
{
	struct nd_buf *quote = quote_above(NULL, body, line, mail);
	const char *mark = strrchr(quote->data, '?'), *question = NULL;
	size_t start, end;
	unsigned words;

	if (mark) {
		end = (size_t)(mark - quote->data) + 1;
		start = sentence_start(quote->data, end - 1);
		start += strspn(quote->data + start, " ");
		question = nd_itemtext_clean(ctx, quote->data + start,
		                             end - start);
		words = nd_itemtext_words(question);
		if (words < WORDS_MIN || words > WORDS_MAX ||
		    strpbrk(question, "\"{};="))
			question = NULL;
	}
	talloc_free(quote);
	return question;
}
