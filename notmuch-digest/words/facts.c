/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "words/facts.h"

#include <stdlib.h>
#include <string.h>

#include "model/address.h"
#include "util/alloc.h"
#include "util/archiveurl.h"
#include "util/map.h"

enum {
	FACT_BYTES_MAX = 4096,
	GIVERS_MAX = 12, /* named of one trailer type; the rest counted */
	RANGES_MAX = 10, /* of patch numbers behind one name */
};

/* Marks a text for xgettext where it stands in a table. */
#define N_(text) text

static const char *
kind_name(const struct nd_labels *labels, enum nd_kind kind)
{
	static const char *const names[ND_KIND_COUNT] = {
		[ND_KIND_SERIES] = N_("patch series"),
		[ND_KIND_SINGLE_PATCH] = N_("single patch"),
		[ND_KIND_PULL_REQUEST] = N_("pull request"),
		[ND_KIND_STABLE_REVIEW] = N_("stable review"),
		[ND_KIND_STABLE_NOTICE] = N_("stable notice"),
		[ND_KIND_BACKPORT] = N_("backport to stable"),
		[ND_KIND_BUG_REPORT] = N_("bug report"),
		[ND_KIND_QUESTION] = N_("question"),
		[ND_KIND_ANNOUNCEMENT] = N_("announcement"),
		[ND_KIND_DISCUSSION] = N_("discussion"),
	};

	return nd_tr(labels->i18n, names[kind]);
}

static unsigned
missing_patches(const struct nd_series *series)
{
	unsigned missing = 0;

	if (series->total <= 1)
		return 0; /* the thread itself shows it */
	for (int i = 0; i < series->total; i++)
		if (series->patch[i] == ND_NO_MESSAGE)
			missing++;
	return missing;
}

/* " v3, 4 patches, 1 of them not in this mailbox" */
static void
add_series(struct nd_buf *out, const struct nd_labels *labels,
           const struct nd_series *series)
{
	const struct nd_i18n *cat = labels->i18n;
	unsigned missing = missing_patches(series);
	unsigned long total = (unsigned long)series->total;

	if (series->version > 1)
		nd_buf_addf(out, " v%d", series->version);
	if (series->total > 1) {
		nd_buf_adds(out, nd_tr(labels->i18n, ", "));
		nd_buf_addf(out, nd_trn(cat, "%lu patch", "%lu patches", total),
		            total);
	}
	if (missing > 0) {
		nd_buf_adds(out, nd_tr(labels->i18n, ", "));
		nd_buf_addf(out,
		            nd_trn(cat, "%u of them not in this mailbox",
		                   "%u of them not in this mailbox", missing),
		            missing);
	}
}

const char *
nd_facts_kind(const void *ctx, const struct nd_labels *labels,
              const struct nd_thread *thread)
{
	struct nd_buf *out = nd_buf_new(ctx, FACT_BYTES_MAX);

	if (thread->project)
		nd_buf_addf(out, "%s ", thread->project);
	nd_buf_adds(out, kind_name(labels, thread->kind));
	if (thread->series)
		add_series(out, labels, thread->series);
	return nd_buf_finish(ctx, out);
}

/* "v2", "RFC v1", "v5.1" */
static void
add_version(struct nd_buf *out, const struct nd_series_link *link)
{
	nd_buf_addf(out, link->rfc ? "RFC v%d" : "v%d", link->version);
	if (link->revision > 0)
		nd_buf_addf(out, ".%d", link->revision);
}

const char *
nd_facts_versions(const void *ctx, const struct nd_labels *labels,
                  const struct nd_thread *thread)
{
	const struct nd_series *series = thread->series;
	bool newer =
		series && series->next && thread->state != ND_STATE_SUPERSEDED;
	struct nd_buf *prior, *next;

	if (!series || (series->prior_count == 0 && !newer))
		return "";
	prior = nd_buf_new(ctx, FACT_BYTES_MAX);
	next = nd_buf_new(ctx, FACT_BYTES_MAX);
	for (size_t i = 0; i < series->prior_count; i++) {
		nd_buf_adds(prior, i > 0 ? ", " : "");
		add_version(prior, &series->prior[i]);
	}
	if (series->more_prior > 0)
		nd_buf_addf(prior, ", … (+%zu)", series->more_prior);
	if (newer)
		add_version(next, series->next);
	if (series->prior_count == 0)
		return x_asprintf(ctx, nd_tr(labels->i18n, "newer: %s"),
		                  next->data);
	if (!newer)
		return x_asprintf(ctx, nd_tr(labels->i18n, "follows %s"),
		                  prior->data);
	return x_asprintf(ctx, nd_tr(labels->i18n, "follows %s; newer: %s"),
	                  prior->data, next->data);
}

/* Somebody who gave trailers of one type to patches of one series. */
struct giver {
	const char *name;
	int *number; /* of the patches; 0 = the whole series */
	size_t number_count;
	int total;
	const char *scope, *condition; /* as in the trailer */
};

struct trailer_type {
	const char *name;
	struct giver **giver;
	size_t giver_count;
	struct trailer_type *next;
};

static struct trailer_type *
find_type(void *tmp, struct nd_map *map, const char *name,
          struct trailer_type ***end)
{
	struct trailer_type *type = nd_map_get(map, name);

	if (!type) {
		type = x_new(tmp, struct trailer_type);
		type->name = name;
		nd_map_set(map, name, type);
		**end = type;
		*end = &type->next;
	}
	return type;
}

static const char *
text_of(const char *text)
{
	return text ? text : "";
}

static struct giver *
find_giver(void *tmp, struct nd_map *map, struct trailer_type *type,
           const struct nd_trailer *trailer)
{
	const char *who =
		*trailer->who.addr ? trailer->who.addr : trailer->who.name;
	char *key = x_asprintf(tmp, "%s\n%s\n%d\n%s\n%s", type->name, who,
	                       trailer->total, text_of(trailer->scope),
	                       text_of(trailer->condition));
	struct giver *giver = nd_map_get(map, key);

	if (!giver) {
		giver = x_new(tmp, struct giver);
		giver->name = nd_address_name(tmp, &trailer->who);
		giver->total = trailer->total;
		giver->scope = trailer->scope;
		giver->condition = trailer->condition;
		*x_append(tmp, type->giver, type->giver_count) = giver;
		nd_map_set(map, key, giver);
	}
	return giver;
}

static int
compare_ints(const void *a, const void *b)
{
	int x = *(const int *)a, y = *(const int *)b;

	return (x > y) - (x < y);
}

/* "2-5, 7/9"; nothing for the whole series. */
static void
add_numbers(struct nd_buf *out, int *number, size_t count, int total)
{
	size_t i = 0, ranges = 0;

	qsort(number, count, sizeof *number, compare_ints);
	if (count == 0 || number[0] == 0)
		return;
	while (i < count && ranges < RANGES_MAX) {
		int first = number[i], last = first;

		while (i < count && number[i] <= last + 1)
			last = number[i++];
		nd_buf_addf(out, "%s%d", ranges++ > 0 ? ", " : "", first);
		if (last > first)
			nd_buf_addf(out, "-%d", last);
	}
	nd_buf_addf(out, "%s/%d", i < count ? ", …" : "", total);
}

/* " (2-5, 7/9; with that fixed)" */
static void
add_given(struct nd_buf *out, const struct giver *giver)
{
	void *tmp = talloc_new(NULL);
	struct nd_buf *given = nd_buf_new(tmp, FACT_BYTES_MAX);
	const char *words[] = {giver->scope, giver->condition};

	add_numbers(given, giver->number, giver->number_count, giver->total);
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (words[i])
			nd_buf_addf(given, "%s%s", given->len > 0 ? "; " : "",
			            words[i]);
	if (given->len > 0)
		nd_buf_addf(out, " (%s)", given->data);
	talloc_free(tmp);
}

const char *
nd_facts_applies_to(const void *ctx, const struct nd_trailer *trailer)
{
	struct nd_buf *out = nd_buf_new(ctx, FACT_BYTES_MAX);
	int number = trailer->number;

	if (trailer->named_count > 0)
		add_numbers(out, trailer->named, trailer->named_count,
		            trailer->total);
	else if (trailer->scope)
		nd_buf_adds(out, trailer->scope);
	else
		add_numbers(out, &number, 1, trailer->total);
	return out->len > 0 ? nd_buf_finish(ctx, out) : "series";
}

static void
add_type(struct nd_buf *out, const struct nd_labels *labels,
         const struct trailer_type *type)
{
	size_t shown = type->giver_count;

	if (shown > GIVERS_MAX)
		shown = GIVERS_MAX;
	nd_buf_addf(out, "%s%s: ", out->len > 0 ? "; " : "", type->name);
	for (size_t i = 0; i < shown; i++) {
		nd_buf_addf(out, "%s%s", i > 0 ? ", " : "",
		            type->giver[i]->name);
		add_given(out, type->giver[i]);
	}
	if (shown < type->giver_count) {
		unsigned long more = type->giver_count - shown;

		nd_buf_addc(out, ' ');
		nd_buf_addf(out,
		            nd_trn(labels->i18n, "and %lu more", "and %lu more",
		                   more),
		            more);
	}
}

const char *
nd_facts_trailers(const void *ctx, const struct nd_labels *labels,
                  const struct nd_thread *thread)
{
	void *tmp = talloc_new(NULL);
	struct nd_buf *out = nd_buf_new(ctx, FACT_BYTES_MAX);
	struct nd_map *types = nd_map_new(tmp), *givers = nd_map_new(tmp);
	struct trailer_type *first = NULL, **end = &first;

	for (size_t i = 0; i < thread->trailer_count; i++) {
		const struct nd_trailer *trailer = &thread->trailer[i];
		struct trailer_type *type =
			find_type(tmp, types, trailer->type, &end);
		struct giver *giver = find_giver(tmp, givers, type, trailer);

		if (trailer->named_count == 0)
			*x_append(tmp, giver->number, giver->number_count) =
				trailer->number;
		for (size_t k = 0; k < trailer->named_count; k++)
			*x_append(tmp, giver->number, giver->number_count) =
				trailer->named[k];
	}
	for (const struct trailer_type *type = first; type; type = type->next)
		add_type(out, labels, type);
	talloc_free(tmp);
	return nd_buf_finish(ctx, out);
}

static const char *
series_words(const void *ctx, const struct nd_labels *labels,
             const struct nd_series *series)
{
	struct nd_buf *out = nd_buf_new(ctx, FACT_BYTES_MAX);

	nd_buf_adds(out, kind_name(labels, series->total > 1
	                                           ? ND_KIND_SERIES
	                                           : ND_KIND_SINGLE_PATCH));
	add_series(out, labels, series);
	nd_buf_addf(out, ": %s (%s)", series->title,
	            nd_address_name(out, &series->author));
	return nd_buf_finish(ctx, out);
}

const char *
nd_facts_more_series(const void *ctx, const struct nd_labels *labels,
                     const struct nd_thread *thread, size_t i)
{
	const char *words = series_words(ctx, labels, thread->more_series[i]);

	for (size_t k = 0; k < i; k++)
		if (strcmp(series_words(ctx, labels, thread->more_series[k]),
		           words) == 0)
			return "";
	return words;
}

const char *
nd_facts_also(const void *ctx, const struct nd_labels *labels,
              const struct nd_thread *thread, size_t i)
{
	const char *words = nd_facts_more_series(ctx, labels, thread, i);

	return *words ? x_asprintf(
				ctx,
				nd_label_tr(labels, "also in this thread: %s"),
				words)
	              : "";
}

const char *
nd_facts_coverage(const void *ctx, const struct nd_labels *labels,
                  const struct nd_thread *thread)
{
	const struct nd_coverage *coverage = &thread->coverage;
	size_t percent;

	if (!thread->summary || coverage->messages == 0 ||
	    (coverage->read == coverage->messages &&
	     coverage->bytes_read >= coverage->bytes))
		return "";
	if (coverage->bytes == 0)
		return x_asprintf(ctx,
		                  nd_trn(labels->i18n, "read %u of %u mail",
		                         "read %u of %u mails",
		                         coverage->messages),
		                  coverage->read, coverage->messages);
	/* Rounded down: 100 % means all of it. */
	percent = coverage->bytes_read * 100 / coverage->bytes;
	return x_asprintf(
		ctx,
		nd_trn(labels->i18n, "read %u of %u mail, %u %% of the text",
	               "read %u of %u mails, %u %% of the text",
	               coverage->messages),
		coverage->read, coverage->messages, (unsigned)percent);
}

const char *
nd_facts_link(const void *ctx, const struct nd_message *mail)
{
	return mail->link ? x_strdup(ctx, mail->link)
	                  : nd_archiveurl_mid(ctx, mail->id);
}
