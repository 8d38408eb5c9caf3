/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "summarise/titles.h"

#include <string.h>

#include "summarise/opening.h"
#include "summarise/presentable.h"
#include "telling/itemtext.h"
#include "text/likeness.h"
#include "util/alloc.h"
#include "util/buf.h"
#include "util/limits.h"

enum {
	PATCHES_MIN = 2,
	PRESENT_PERCENT = 50, /* of the patches, that are there */
	WORDS_MAX = 24,
	SAID_PERCENT = 60, /* of a sentence's words, that a title has */
};

/* Does the cover letter say what the series is about, beside its title? */
static bool
says_itself(const struct nd_candidates *m, const struct nd_series *series)
{
	const struct nd_source *root = &m->source[series->root];

	if (series->patch[0] == series->root)
		return false;
	for (uint32_t i = 0; i < root->candidate_count; i++) {
		const struct nd_candidate *c =
			&m->candidate[root->candidate + i];

		if (!(c->sentence.flags & ND_SENTENCE_NEWS) &&
		    nd_presentable(m, c) && !nd_opening_is_aside(m, c) &&
		    nd_opening_says_itself(c) && !nd_titles_says(m, c))
			return true;
	}
	return false;
}

static const char *
title_of(const struct nd_candidates *m, int32_t mail)
{
	return m->thread->message[mail]->parts->title;
}

static int
count_present(const struct nd_series *series)
{
	int present = 0;

	for (int i = 0; i < series->total; i++)
		present += series->patch[i] >= 0;
	return present;
}

/* Bytes that all titles begin with, up to a ": ". */
static size_t
common_bytes(const struct nd_candidates *m, const struct nd_series *series)
{
	const char *first = NULL;
	size_t len = 0;

	for (int i = 0; i < series->total; i++) {
		const char *title;
		size_t same = 0;

		if (series->patch[i] < 0)
			continue;
		title = title_of(m, series->patch[i]);
		if (!first) {
			first = title;
			len = strlen(title);
		}
		while (same < len && title[same] == first[same])
			same++;
		len = same;
	}
	while (len > 1 && (first[len - 1] != ' ' || first[len - 2] != ':'))
		len--;
	return len > 1 ? len : 0;
}

/* The titles, as far as they fit. */
static const char *
join_titles(const void *ctx, const struct nd_candidates *m,
            const struct nd_series *series)
{
	struct nd_buf *buf = nd_buf_new(NULL, ND_LIMIT_SENTENCE_BYTES);
	size_t skip = common_bytes(m, series);
	unsigned words = 0;
	bool more = false;
	const char *text;

	for (int i = 0; i < series->total; i++) {
		const char *title;

		if (series->patch[i] < 0)
			continue;
		title = title_of(m, series->patch[i]) + skip;
		words += nd_itemtext_words(title);
		more = buf->len > 0 && words > WORDS_MAX;
		if (more)
			break;
		nd_buf_adds(buf, buf->len > 0 ? "; " : "");
		nd_buf_adds(buf, title);
	}
	nd_buf_adds(buf, more ? "; …" : ".");
	text = nd_itemtext_clean(ctx, buf->data, buf->len);
	talloc_free(buf);
	return text;
}

const char *
nd_titles_find(const void *ctx, const struct nd_candidates *m,
               int32_t source[ND_ITEM_SOURCES_MAX], size_t *source_count)
{
	const struct nd_series *series = m->thread->series;
	int present;

	if (!series || series->total < PATCHES_MIN ||
	    m->thread->category == ND_CATEGORY_PULL ||
	    m->thread->kind == ND_KIND_STABLE_REVIEW ||
	    series->root != m->thread->root || says_itself(m, series))
		return NULL;
	present = count_present(series);
	if (present < PATCHES_MIN ||
	    100 * present < PRESENT_PERCENT * series->total)
		return NULL;
	*source_count = 0;
	for (int i = 0; i < series->total; i++)
		if (series->patch[i] >= 0 &&
		    *source_count < ND_ITEM_SOURCES_MAX)
			source[(*source_count)++] = series->patch[i];
	return join_titles(ctx, m, series);
}

bool
nd_titles_says(const struct nd_candidates *m, const struct nd_candidate *c)
{
	char *text = x_strndup(NULL, c->sentence.text, c->sentence.len);
	struct nd_likeness likeness =
		nd_likeness_of(m->language, text, title_of(m, c->message));

	talloc_free(text);
	return 100 * likeness.shared >= SAID_PERCENT * likeness.words;
}
