/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "words/readingtime.h"

#include <string.h>

#include "util/alloc.h"
#include "util/str.h"
#include "words/frontline.h"

enum {
	WORDS_A_MINUTE = 230,
	NAMED_WORDS = 60, /* that name the threads that are left out */
	FRAME_WORDS = 60, /* headings, and what is counted */
	LINE_BYTES_MAX = 1 << 14,
};

struct nd_readingtime {
	bool limited;
	size_t words; /* that can still be read */
};

/* A thread that there is no time for. */
struct left {
	const struct nd_thread *thread;
	size_t number;
};

struct nd_readingtime_left {
	struct left *left;
	size_t count;
};

struct nd_readingtime *
nd_readingtime_new(const void *ctx, unsigned minutes)
{
	struct nd_readingtime *time = x_new(ctx, struct nd_readingtime);

	time->limited = minutes > 0;
	time->words = (size_t)minutes * WORDS_A_MINUTE;
	if (time->limited)
		time->words -= NAMED_WORDS + FRAME_WORDS;
	return time;
}

size_t
nd_readingtime_words(const char *text, size_t len)
{
	size_t words = 0;
	bool inside = false;

	for (size_t i = 0; i < len; i++) {
		bool blank = nd_is_space(text[i]);

		words += !blank && !inside;
		inside = !blank;
	}
	return words;
}

bool
nd_readingtime_take(struct nd_readingtime *time, const char *text, size_t len)
{
	size_t words;

	if (!time->limited)
		return true;
	words = nd_readingtime_words(text, len);
	if (words > time->words)
		return false;
	time->words -= words;
	return true;
}

void
nd_readingtime_spend(struct nd_readingtime *time, size_t words)
{
	time->words -= words < time->words ? words : time->words;
}

struct nd_readingtime_left *
nd_readingtime_left_new(const void *ctx, size_t count)
{
	struct nd_readingtime_left *left =
		x_new(ctx, struct nd_readingtime_left);

	left->left = x_array(left, struct left, count + 1);
	return left;
}

void
nd_readingtime_leave(struct nd_readingtime_left *left,
                     const struct nd_thread *thread, size_t number)
{
	left->left[left->count++] =
		(struct left){.thread = thread, .number = number};
}

bool
nd_readingtime_is_left(const struct nd_readingtime_left *left,
                       const struct nd_thread *thread)
{
	for (size_t i = 0; i < left->count; i++)
		if (left->left[i].thread == thread)
			return true;
	return false;
}

char *
nd_readingtime_left_text(const void *ctx, const struct nd_labels *labels,
                         const struct nd_readingtime_left *left)
{
	struct nd_readingtime time = {.limited = true, .words = NAMED_WORDS};
	struct nd_buf *out;
	unsigned long more;
	size_t named = 0;

	if (left->count == 0)
		return x_strdup(ctx, "");
	out = nd_buf_new(ctx, LINE_BYTES_MAX);
	nd_buf_addf(out, nd_tr(labels->i18n, "Left out for want of time: "));
	for (; named < left->count; named++) {
		void *tmp = talloc_new(NULL);
		const char *name = x_asprintf(
			tmp, "%s%zu. %s", named > 0 ? "; " : "",
			left->left[named].number,
			nd_frontline_listed(tmp, labels,
		                            left->left[named].thread));
		bool fits = nd_readingtime_take(&time, name, strlen(name));

		if (fits)
			nd_buf_adds(out, name);
		talloc_free(tmp);
		if (!fits)
			break;
	}
	if (left->count > named) {
		more = left->count - named;
		nd_buf_adds(out, "; ");
		nd_buf_addf(out,
		            nd_trn(labels->i18n, "and %lu more", "and %lu more",
		                   more),
		            more);
	}
	return nd_buf_finish(ctx, out);
}
