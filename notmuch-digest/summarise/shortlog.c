/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "summarise/shortlog.h"

#include <string.h>

#include "telling/itemtext.h"
#include "util/alloc.h"

enum {
	LETTERS_MIN = 12, /* of a title: fewer may be words of a sentence */
	TITLES_PERCENT = 75,
};

/* The letters of (text, len) that titles have, in percent. */
static size_t
percent_of_titles(const char *text, size_t len, const char *const *title,
                  size_t count)
{
	char *letters = nd_itemtext_letters(NULL, text, len);
	size_t all = strlen(letters), found = 0;

	for (size_t i = 0; i < count; i++) {
		char *at = strstr(letters, title[i]);

		if (!at)
			continue;
		/* No other title has those letters, too. */
		memset(at, ' ', strlen(title[i]));
		found += strlen(title[i]);
	}
	talloc_free(letters);
	return all ? 100 * found / all : 0;
}

/* As letters, of those patches that are there. */
static const char *const *
titles_of(const void *ctx, const struct nd_thread *thread, size_t *count)
{
	const struct nd_series *series = thread->series;
	const char **title =
		x_array(ctx, const char *, (size_t)series->total + 1);

	*count = 0;
	for (int i = 0; i < series->total; i++) {
		const char *text, *letters;

		if (series->patch[i] < 0)
			continue;
		text = thread->message[series->patch[i]]->parts->title;
		letters = nd_itemtext_letters(title, text, strlen(text));
		if (strlen(letters) >= LETTERS_MIN)
			title[(*count)++] = letters;
	}
	return title;
}

void
nd_shortlog_mark(const struct nd_thread *thread, const struct nd_source *source,
                 struct nd_candidate *candidate)
{
	const struct nd_series *series = thread->series;
	const struct nd_source *cover;
	const char *const *title;
	size_t count;

	if (!series || series->patch[0] == series->root)
		return;
	cover = &source[series->root];
	title = titles_of(NULL, thread, &count);
	for (uint32_t i = 0; i < cover->candidate_count; i++) {
		struct nd_candidate *c = &candidate[cover->candidate + i];

		c->of_titles =
			percent_of_titles(c->sentence.text, c->sentence.len,
		                          title, count) >= TITLES_PERCENT;
	}
	talloc_free((void *)title);
}
