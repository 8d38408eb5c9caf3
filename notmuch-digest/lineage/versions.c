/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lineage/versions.h"

#include <stdlib.h>
#include <string.h>

#include "lineage/kinship.h"
#include "util/alloc.h"
#include "util/limits.h"
#include "util/map.h"

enum {
	ALL_SHARED = 85, /* confidence of patches that were taken over */
	JOINED_MAX = 8,  /* series that one was made of, at most */
	GAP_COST = 4,    /* a version that is left out */
	GAP_COST_MAX = 20,
	AGAIN_GAIN = 30, /* what it repeats, rather than what both follow */
};

/* Prints that have something in common, by date. */
struct bucket {
	size_t *fingerprint;
	size_t count;
};

/* What is known of each print while chains are made. */
struct knot {
	struct nd_kinship kinship; /* with its predecessor */
	size_t before, after;      /* its predecessor, its first successor */
	size_t same_as; /* what it repeats, from the first mail; else itself */
	size_t last;    /* of such a first mail: the last that repeats it */
	size_t chain;   /* predecessors, and theirs, in all */
	size_t *joined; /* others whose patches it took over */
	size_t joined_count;
};

#define NONE SIZE_MAX

struct linking {
	const struct nd_fingerprint_list *fingerprints;
	struct knot *knot;
	struct nd_map *buckets; /* of struct bucket, by key */
	size_t *seen;           /* the last print that looked at this one */
};

static void
add_to_bucket(struct linking *linking, char kind, const char *key, size_t i)
{
	char *name;
	struct bucket *bucket;

	if (!key || !*key)
		return;
	name = x_asprintf(NULL, "%c%s", kind, key);
	bucket = nd_map_get(linking->buckets, name);
	if (!bucket) {
		bucket = x_new(linking->buckets, struct bucket);
		nd_map_set(linking->buckets, name, bucket);
	}
	*x_append(bucket, bucket->fingerprint, bucket->count) = i;
	talloc_free(name);
}

static const char *
patch_key(const struct nd_fingerprint *fingerprint, size_t patch, char *text)
{
	const struct nd_title title = {.hash = fingerprint->patch[patch]};

	return nd_title_key(&title, text);
}

static void
fill_buckets(struct linking *linking)
{
	for (size_t i = 0; i < linking->fingerprints->count; i++) {
		const struct nd_fingerprint *fingerprint =
			linking->fingerprints->fingerprint[i];
		char text[ND_TITLE_KEY_BYTES];

		add_to_bucket(linking, 'a', fingerprint->author, i);
		add_to_bucket(linking, 'n', fingerprint->name, i);
		add_to_bucket(linking, 'c', fingerprint->change_id, i);
		add_to_bucket(linking, 't',
		              nd_title_key(&fingerprint->title, text), i);
		for (size_t k = 0; k < fingerprint->id_count; k++)
			add_to_bucket(linking, 'i', fingerprint->id[k], i);
		for (size_t k = 0; k < fingerprint->patch_count; k++)
			add_to_bucket(linking, 'p',
			              patch_key(fingerprint, k, text), i);
	}
}

/* Does "before" suit better than what knot has? Later ones come later. */
static void
consider(struct linking *linking, size_t i, size_t before, int *best)
{
	const struct nd_fingerprint *a =
		linking->fingerprints->fingerprint[before];
	const struct nd_fingerprint *b = linking->fingerprints->fingerprint[i];
	struct nd_kinship kinship = nd_kinship_judge(a, b);
	int cost = GAP_COST * nd_kinship_gap(a, b), value;

	if (kinship.confidence < ND_KINSHIP_ENOUGH)
		return;
	if (kinship.reason == ND_LINK_PATCHES &&
	    kinship.confidence >= ALL_SHARED && a->total < b->total &&
	    linking->knot[i].joined_count < JOINED_MAX)
		*x_append(linking->buckets, linking->knot[i].joined,
		          linking->knot[i].joined_count) = before;
	if (cost > GAP_COST_MAX)
		cost = GAP_COST_MAX;
	value = (int)kinship.confidence - cost +
	        (kinship.reason == ND_LINK_AGAIN ? AGAIN_GAIN : 0);
	if (value < *best ||
	    (value == *best && before < linking->knot[i].before))
		return;
	*best = value;
	linking->knot[i].before = before;
	linking->knot[i].kinship = kinship;
}

/* How many prints of the bucket stand before i; they are in order. */
static size_t
count_before(const struct bucket *bucket, size_t i)
{
	size_t low = 0, high = bucket->count;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (bucket->fingerprint[mid] < i)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static void
consider_bucket(struct linking *linking, char kind, const char *key, size_t i,
                int *best)
{
	char *name = x_asprintf(NULL, "%c%s", kind, key ? key : "");
	const struct bucket *bucket = nd_map_get(linking->buckets, name);
	size_t looked_at = 0;

	/* From the latest back. */
	for (size_t k = bucket ? count_before(bucket, i) : 0;
	     k > 0 && looked_at < ND_LIMIT_RELATED; k--) {
		size_t other = bucket->fingerprint[k - 1];

		if (linking->seen[other] == i + 1)
			continue;
		linking->seen[other] = i + 1;
		looked_at++;
		consider(linking, i, other, best);
	}
	talloc_free(name);
}

static void
find_before(struct linking *linking, size_t i)
{
	const struct nd_fingerprint *fingerprint =
		linking->fingerprints->fingerprint[i];
	const struct nd_maillink_list *link = fingerprint->link;
	char text[ND_TITLE_KEY_BYTES];
	int best = 0;

	linking->knot[i].before = NONE;
	consider_bucket(linking, 'c', fingerprint->change_id, i, &best);
	for (size_t k = 0; link && k < link->count; k++)
		consider_bucket(linking, 'i', link->link[k].id, i, &best);
	for (size_t k = 0; k < fingerprint->reply_to_count; k++)
		consider_bucket(linking, 'i', fingerprint->reply_to[k], i,
		                &best);
	consider_bucket(linking, 't', nd_title_key(&fingerprint->title, text),
	                i, &best);
	consider_bucket(linking, 'a', fingerprint->author, i, &best);
	consider_bucket(linking, 'n', fingerprint->name, i, &best);
	/* Somebody else's, under another name. */
	for (size_t k = 0; k < fingerprint->patch_count && k < ND_LIMIT_RELATED;
	     k++)
		consider_bucket(linking, 'p', patch_key(fingerprint, k, text),
		                i, &best);
}

/* Predecessors stand before: what it repeats is known. */
static void
find_same(struct linking *linking, size_t i)
{
	struct knot *knot = &linking->knot[i];
	bool again =
		knot->before != NONE && knot->kinship.reason == ND_LINK_AGAIN;

	knot->same_as = again ? linking->knot[knot->before].same_as : i;
	linking->knot[knot->same_as].last = i;
}

static void
count_chain(struct linking *linking, size_t i)
{
	struct knot *knot = &linking->knot[i];

	if (knot->before != NONE)
		knot->chain = linking->knot[knot->before].chain + 1;
}

static struct nd_series_link
link_to(const void *ctx, const struct nd_fingerprint *fingerprint,
        const struct nd_kinship *kinship)
{
	return (struct nd_series_link){
		.version = fingerprint->version,
		.revision = fingerprint->revision,
		.rfc = fingerprint->rfc,
		.total = fingerprint->total,
		.root_id = x_strdup(ctx, fingerprint->root_id),
		.date_s = fingerprint->date_s,
		.reason = kinship->reason,
		.confidence = kinship->confidence,
	};
}

static void
add_prior(struct nd_series *series, const struct nd_fingerprint *fingerprint,
          const struct nd_kinship *kinship)
{
	struct nd_series_link *link =
		x_append(series, series->prior, series->prior_count);

	*link = link_to(series, fingerprint, kinship);
}

static bool
has_version(const struct nd_series *series, int version)
{
	for (size_t i = 0; i < series->prior_count; i++)
		if (series->prior[i].version == version)
			return true;
	return false;
}

/* Older than what is listed: it may be among those that are only counted. */
static bool
is_only_counted(const struct nd_series *series, int version)
{
	return series->more_prior > 0 &&
	       version < series->prior[series->prior_count - 1].version;
}

/* "v1: https://lkml.org/lkml/2020/10/21/460", which is not in the mailbox. */
static void
add_unseen(struct nd_series *series, const struct nd_fingerprint *fingerprint)
{
	const struct nd_maillink_list *link = fingerprint->link;

	for (size_t i = 0; link && i < link->count; i++) {
		int version = link->link[i].version;
		size_t at = series->prior_count;

		if (version == 0 || version >= fingerprint->version ||
		    (link->link[i].flags & ND_MAILLINK_BASE) ||
		    has_version(series, version) ||
		    is_only_counted(series, version))
			continue;
		x_append(series, series->prior, series->prior_count);
		for (; at > 0 && series->prior[at - 1].version < version; at--)
			series->prior[at] = series->prior[at - 1];
		series->prior[at] = (struct nd_series_link){
			.version = version,
			.rfc = link->link[i].flags & ND_MAILLINK_RFC,
			.reason = ND_LINK_MENTION,
			.confidence = ND_KINSHIP_ENOUGH,
		};
	}
}

static int
compare_dates(const void *a, const void *b)
{
	const struct nd_series_link *x = a, *y = b;

	if (x->date_s != y->date_s)
		return x->date_s > y->date_s ? -1 : 1;
	return strcmp(x->root_id, y->root_id);
}

static void
set_prior(struct linking *linking, size_t i)
{
	struct nd_fingerprint *fingerprint =
		linking->fingerprints->fingerprint[i];
	struct nd_series *series = fingerprint->series;
	size_t at = i;

	series->prior = NULL;
	series->prior_count = series->more_prior = 0;
	for (size_t k = 0; k < linking->knot[at].joined_count; k++) {
		const struct nd_fingerprint *other =
			linking->fingerprints
				->fingerprint[linking->knot[at].joined[k]];
		struct nd_kinship kinship =
			nd_kinship_judge(other, fingerprint);

		add_prior(series, other, &kinship);
	}
	/* A predecessor always stands before: this ends. */
	while (linking->knot[at].before != NONE &&
	       series->prior_count < ND_LIMIT_PRIOR_VERSIONS) {
		const struct knot *knot = &linking->knot[at];

		at = knot->before;
		add_prior(series, linking->fingerprints->fingerprint[at],
		          &knot->kinship);
	}
	series->more_prior = linking->knot[at].chain;
	if (series->prior_count > 1)
		qsort(series->prior, series->prior_count, sizeof *series->prior,
		      compare_dates);
	add_unseen(series, fingerprint);
	/* The nearest stay. */
	if (series->prior_count > ND_LIMIT_PRIOR_VERSIONS) {
		series->more_prior +=
			series->prior_count - ND_LIMIT_PRIOR_VERSIONS;
		series->prior_count = ND_LIMIT_PRIOR_VERSIONS;
	}
}

/* Is it known by its patches alone that i follows, not by its number? */
static bool
is_renamed(const struct linking *linking, size_t i)
{
	struct nd_fingerprint *const *all = linking->fingerprints->fingerprint;
	const struct knot *knot = &linking->knot[i];

	return knot->before != NONE &&
	       knot->kinship.reason == ND_LINK_PATCHES &&
	       all[i]->version <= all[knot->before]->version;
}

static void
set_after(struct linking *linking, size_t i)
{
	size_t before = linking->knot[i].before;

	if (before == NONE || linking->knot[i].same_as != i ||
	    !nd_kinship_replaces(linking->fingerprints->fingerprint[before],
	                         linking->fingerprints->fingerprint[i]))
		return;
	before = linking->knot[before].same_as;
	if (linking->knot[before].after == NONE)
		linking->knot[before].after = i;
}

/* The first that follows is next; those that repeat it are not. */
static void
find_after(struct linking *linking)
{
	for (size_t i = 0; i < linking->fingerprints->count; i++)
		linking->knot[i].after = NONE;
	for (size_t i = 0; i < linking->fingerprints->count; i++)
		if (!is_renamed(linking, i))
			set_after(linking, i);
	/* A part may have been sent before the next version of the rest. */
	for (size_t i = 0; i < linking->fingerprints->count; i++)
		if (is_renamed(linking, i))
			set_after(linking, i);
}

/* Series that nothing else follows, and whose patches a later one has. */
static void
find_joined(struct linking *linking)
{
	for (size_t i = 0; i < linking->fingerprints->count; i++) {
		struct knot *knot = &linking->knot[i];
		size_t kept = 0;

		for (size_t k = 0; k < knot->joined_count; k++) {
			size_t other = knot->joined[k];

			if (other == knot->before ||
			    linking->knot[other].after != NONE)
				continue;
			linking->knot[other].after = i;
			knot->joined[kept++] = other;
		}
		knot->joined_count = kept;
	}
}

static void
set_next(struct linking *linking, size_t i)
{
	struct nd_fingerprint *const *all = linking->fingerprints->fingerprint;
	struct nd_series *series = all[i]->series;
	size_t first = linking->knot[i].same_as;
	size_t after = linking->knot[first].after, next;
	struct nd_kinship kinship;

	series->next = NULL;
	/* What follows may itself repeat something. */
	next = linking->knot[after == NONE ? first
	                                   : linking->knot[after].same_as]
	               .last;
	if (after == NONE && next <= i)
		return;
	kinship = linking->knot[after == NONE ? next : after].kinship;
	if (after != NONE &&
	    linking->knot[linking->knot[after].before].same_as != first)
		kinship = nd_kinship_judge(all[first], all[after]);
	series->next = x_new(series, struct nd_series_link);
	*series->next = link_to(series->next, all[next], &kinship);
}

static int
compare_prints(const void *a, const void *b)
{
	const struct nd_fingerprint *x = *(struct nd_fingerprint *const *)a;
	const struct nd_fingerprint *y = *(struct nd_fingerprint *const *)b;

	if (x->date_s != y->date_s)
		return x->date_s < y->date_s ? -1 : 1;
	return strcmp(x->root_id, y->root_id);
}

void
nd_versions_link(struct nd_fingerprint_list *fingerprints)
{
	struct linking linking = {.fingerprints = fingerprints};

	if (fingerprints->count == 0)
		return;
	qsort(fingerprints->fingerprint, fingerprints->count,
	      sizeof *fingerprints->fingerprint, compare_prints);
	linking.buckets = nd_map_new(NULL);
	linking.knot =
		x_array(linking.buckets, struct knot, fingerprints->count);
	linking.seen = x_array(linking.buckets, size_t, fingerprints->count);
	fill_buckets(&linking);
	for (size_t i = 0; i < fingerprints->count; i++) {
		find_before(&linking, i);
		find_same(&linking, i);
		count_chain(&linking, i);
	}
	find_after(&linking);
	find_joined(&linking);
	for (size_t i = 0; i < fingerprints->count; i++) {
		if (fingerprints->fingerprint[i]->linked)
			continue;
		set_prior(&linking, i);
		set_next(&linking, i);
		fingerprints->fingerprint[i]->linked = true;
	}
	talloc_free(linking.buckets);
}
