/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lineage/versionlookup.h"

#include <stdlib.h>
#include <string.h>

#include "model/writer.h"
#include "text/subjectline.h"
#include "util/alloc.h"
#include "util/limits.h"
#include "util/map.h"
#include "util/str.h"

enum {
	WORD_BYTES = 3, /* shorter words are in every other subject */
	NEAREST = 3,    /* postings of an author with other titles */
	NEAR_DAYS = 400,
	AGE_DAYS = 3 * 365, /* an author's older series are left alone */
	ALIKE = 40,         /* titles worth a look */
	DAY_S = 86400
};

/* A word that the database has as it stands here: ASCII, between blanks. */
static bool
is_plain_word(const char *text, size_t len, size_t start, size_t end)
{
	for (size_t i = start; i < end; i++)
		if ((unsigned char)text[i] >= 0x80)
			return false;
	if (start > 0 && !strchr(" :/-([\"", text[start - 1]))
		return false;
	return end == len || strchr(" :/-)]\"", text[end]) ||
	       (strchr(".,;", text[end]) &&
	        (end + 1 == len || text[end + 1] == ' '));
}

/* The longest words of a title: the rare ones, mostly. */
static struct nd_lookup_title
title_words(const void *ctx, const char *text)
{
	struct nd_lookup_title title = {.count = 0};
	size_t len = strlen(text), start, end = 0;

	while (nd_title_next_word(text, len, &start, &end)) {
		size_t at = title.count;
		char *word;

		if (end - start < WORD_BYTES || end - start > 60 ||
		    !is_plain_word(text, len, start, end) ||
		    nd_title_is_small_word(text + start, end - start))
			continue;
		while (at > 0 && strlen(title.word[at - 1]) < end - start)
			at--;
		if (at == ND_LOOKUP_WORDS)
			continue;
		word = nd_str_lower(x_strndup(ctx, text + start, end - start));
		if (title.count < ND_LOOKUP_WORDS)
			title.count++;
		memmove(&title.word[at + 1], &title.word[at],
		        (title.count - 1 - at) * sizeof *title.word);
		title.word[at] = word;
	}
	return title;
}

static void
add_author(struct nd_lookup *lookup, const struct nd_fingerprint *fingerprint,
           struct nd_map *authors)
{
	int64_t since_s = fingerprint->date_s - (int64_t)AGE_DAYS * DAY_S;

	if (!*fingerprint->posted_by)
		return;
	if (since_s < 0)
		since_s = 0;
	if (lookup->author_count == 0 || since_s < lookup->authors_since_s)
		lookup->authors_since_s = since_s;
	if (nd_map_set(authors, fingerprint->posted_by, NULL))
		*x_append(lookup, lookup->author, lookup->author_count) =
			fingerprint->posted_by;
}

/* May this mention name another version, or only something of interest? */
static bool
is_promising(const struct nd_fingerprint *fingerprint,
             const struct nd_maillink *link)
{
	if (!*link->id || (link->flags & ND_MAILLINK_BASE))
		return false;
	return link->version > 0 || link->flags != 0 ||
	       fingerprint->version > 1;
}

static void
add_links(struct nd_lookup *lookup, const struct nd_fingerprint *fingerprint,
          struct nd_map *known)
{
	const struct nd_maillink_list *link = fingerprint->link;

	for (size_t i = 0; link && i < link->count; i++)
		if (is_promising(fingerprint, &link->link[i]) &&
		    nd_map_set(known, link->link[i].id, NULL))
			*x_append(lookup, lookup->id, lookup->id_count) =
				link->link[i].id;
	for (size_t i = 0;
	     fingerprint->version > 1 && i < fingerprint->reply_to_count; i++)
		if (nd_map_set(known, fingerprint->reply_to[i], NULL))
			*x_append(lookup, lookup->id, lookup->id_count) =
				fingerprint->reply_to[i];
}

static struct nd_map *
known_ids(const void *ctx, const struct nd_fingerprint_list *fingerprints)
{
	struct nd_map *known = nd_map_new(ctx);

	for (size_t i = 0; i < fingerprints->count; i++)
		for (size_t k = 0; k < fingerprints->fingerprint[i]->id_count;
		     k++)
			nd_map_set(known, fingerprints->fingerprint[i]->id[k],
			           NULL);
	return known;
}

void
nd_versionlookup_add_title(struct nd_lookup *lookup, const char *title)
{
	struct nd_lookup_title words = title_words(lookup, title);

	if (words.count > 0)
		*x_append(lookup, lookup->title, lookup->title_count) = words;
}

/* Titles of the prints from first on that no earlier one has. */
static void
add_titles(struct nd_lookup *lookup,
           const struct nd_fingerprint_list *fingerprints, size_t first)
{
	struct nd_map *titles = nd_map_new(NULL);

	for (size_t i = 0; i < fingerprints->count; i++) {
		const struct nd_fingerprint *fingerprint =
			fingerprints->fingerprint[i];
		char text[ND_TITLE_KEY_BYTES];

		if (nd_map_set(titles, nd_title_key(&fingerprint->title, text),
		               NULL) &&
		    i >= first)
			nd_versionlookup_add_title(lookup,
			                           fingerprint->title_text);
	}
	talloc_free(titles);
}

static void
add_authors(struct nd_lookup *lookup,
            const struct nd_fingerprint_list *fingerprints)
{
	struct nd_map *authors = nd_map_new(NULL);

	for (size_t i = 0; i < fingerprints->count; i++)
		add_author(lookup, fingerprints->fingerprint[i], authors);
	talloc_free(authors);
}

struct nd_lookup *
nd_versionlookup_new(const void *ctx,
                     const struct nd_fingerprint_list *fingerprints,
                     size_t first, int64_t until_s)
{
	struct nd_lookup *lookup = x_new(ctx, struct nd_lookup);
	struct nd_map *known = known_ids(NULL, fingerprints);

	lookup->until_s = until_s;
	for (size_t i = first; i < fingerprints->count; i++)
		add_links(lookup, fingerprints->fingerprint[i], known);
	add_titles(lookup, fingerprints, first);
	if (first == 0)
		add_authors(lookup, fingerprints);
	talloc_free(known);
	return lookup;
}

/* A hit, as far as its headers tell. */
struct guess {
	struct nd_hit *hit;
	const struct nd_subject *parts;
	struct nd_title title;
	const char *author;
	bool posting; /* a cover letter or a patch that stands alone */
};

struct choosing {
	const struct nd_fingerprint_list *fingerprints;
	struct guess *guess;
	size_t count;
	struct nd_map *by_author; /* of prints: struct related */
	struct nd_map *by_title;
};

struct related {
	const struct nd_fingerprint **fingerprint;
	size_t count;
};

/* Who posted, by "Name <user@host>". */
static const char *
key_of(const void *ctx, const char *from)
{
	const char *open = strrchr(from, '<');
	struct nd_address who = {.name = "", .addr = from};

	if (open) {
		who.name = x_strndup(ctx, from, (size_t)(open - from));
		who.addr = x_strndup(ctx, open + 1, strcspn(open + 1, ">"));
	}
	return nd_writer_key(ctx, &who);
}

static bool
is_patch_like(const struct nd_subject *parts)
{
	if (parts->flags & (ND_SUBJECT_PULL | ND_SUBJECT_FORWARD))
		return false;
	return parts->flags & (ND_SUBJECT_PATCH | ND_SUBJECT_RFC);
}

static bool
is_inner_patch(const struct nd_subject *parts)
{
	return (parts->flags & ND_SUBJECT_NUMBERED) && parts->number > 0;
}

static void
file_print(struct nd_map *map, const char *key,
           const struct nd_fingerprint *fingerprint)
{
	struct related *related = nd_map_get(map, key);

	if (!related) {
		related = x_new(map, struct related);
		nd_map_set(map, key, related);
	}
	*x_append(related, related->fingerprint, related->count) = fingerprint;
}

static void
file_prints(struct choosing *choosing)
{
	for (size_t i = 0; i < choosing->fingerprints->count; i++) {
		const struct nd_fingerprint *fingerprint =
			choosing->fingerprints->fingerprint[i];
		char text[ND_TITLE_KEY_BYTES];

		nd_title_key(&fingerprint->title, text);
		file_print(choosing->by_title, text, fingerprint);
		file_print(choosing->by_author, fingerprint->posted_by,
		           fingerprint);
	}
}

static void
make_guesses(struct choosing *choosing, struct nd_hit *hit, size_t count)
{
	choosing->guess = x_array(choosing->by_title, struct guess, count + 1);
	for (size_t i = 0; i < count; i++) {
		struct guess *guess = &choosing->guess[choosing->count];

		*guess = (struct guess){.hit = &hit[i]};
		guess->parts =
			nd_subjectline_parse(choosing->guess, hit[i].subject);
		if (!is_patch_like(guess->parts))
			continue;
		nd_title_read(guess->parts->title, strlen(guess->parts->title),
		              &guess->title);
		guess->author = key_of(choosing->guess, hit[i].from);
		guess->posting = !(guess->parts->flags & ND_SUBJECT_REPLY) &&
		                 !is_inner_patch(guess->parts);
		choosing->count++;
	}
}

/* A patch of a series that was sent alone in the next version. */
static bool
is_patch_sent_again(const struct choosing *choosing, const struct guess *guess)
{
	char text[ND_TITLE_KEY_BYTES];
	const struct related *related = nd_map_get(
		choosing->by_title, nd_title_key(&guess->title, text));

	if (guess->parts->flags & ND_SUBJECT_REPLY)
		return false;
	for (size_t i = 0;
	     related && i < related->count && i < ND_LIMIT_RELATED; i++) {
		const struct nd_fingerprint *fingerprint =
			related->fingerprint[i];

		if (fingerprint->total == 1 &&
		    fingerprint->version == guess->parts->version + 1 &&
		    strcmp(fingerprint->posted_by, guess->author) == 0)
			return true;
	}
	return false;
}

/* Is there a print by this title, or a similar one by this author? */
static bool
has_title(const struct choosing *choosing, const struct guess *guess)
{
	const struct related *related;
	char text[ND_TITLE_KEY_BYTES];

	nd_title_key(&guess->title, text);
	if (nd_map_has(choosing->by_title, text))
		return true;
	related = nd_map_get(choosing->by_author, guess->author);
	for (size_t i = 0; guess->posting && related && i < related->count &&
	                   i < ND_LIMIT_RELATED;
	     i++)
		if (nd_title_likeness(&related->fingerprint[i]->title,
		                      &guess->title) >= ALIKE)
			return true;
	return false;
}

/* Postings of one version have one key, and so do the answers to them. */
static const char *
posting_key(const void *ctx, const struct guess *guess)
{
	const struct nd_subject *parts = guess->parts;

	return x_asprintf(ctx, "%llx v%d.%d/%d %d",
	                  (unsigned long long)guess->title.hash, parts->version,
	                  parts->revision, parts->total,
	                  !!(parts->flags & ND_SUBJECT_RFC));
}

/* All postings of the title; answers only where there is no posting. */
static void
choose_by_title(struct choosing *choosing)
{
	struct nd_map *first = nd_map_new(NULL); /* of answers, by key */
	struct nd_map *posted = nd_map_new(NULL);

	for (size_t i = 0; i < choosing->count; i++) {
		struct guess *guess = &choosing->guess[i];
		struct guess *other;
		const char *key;

		if (is_inner_patch(guess->parts)) {
			guess->hit->wanted = guess->hit->answer =
				is_patch_sent_again(choosing, guess);
			continue;
		}
		if (!has_title(choosing, guess))
			continue;
		key = posting_key(first, guess);
		other = nd_map_get(first, key);
		if (guess->posting) {
			guess->hit->wanted = true;
			nd_map_set(posted, key, NULL);
		} else if (!other || guess->hit->date_s < other->hit->date_s) {
			nd_map_set(first, key, guess);
		}
	}
	for (size_t i = 0; i < choosing->fingerprints->count; i++) {
		const struct nd_fingerprint *fingerprint =
			choosing->fingerprints->fingerprint[i];

		nd_map_set(
			posted,
			x_asprintf(first, "%llx v%d.%d/%d %d",
		                   (unsigned long long)fingerprint->title.hash,
		                   fingerprint->version, fingerprint->revision,
		                   fingerprint->total, fingerprint->rfc),
			NULL);
	}
	for (size_t i = 0; i < choosing->count; i++) {
		struct guess *guess = &choosing->guess[i];
		const char *key = posting_key(first, guess);

		if (nd_map_get(first, key) == guess && !nd_map_has(posted, key))
			guess->hit->wanted = guess->hit->answer = true;
	}
	talloc_free(posted);
	talloc_free(first);
}

/* Where the guess stands to the print: -1 just before, 1 just after, 0 not. */
static int
place_of(const struct guess *guess, const struct nd_fingerprint *fingerprint)
{
	const struct nd_subject *parts = guess->parts;
	bool rfc = parts->flags & ND_SUBJECT_RFC;
	int64_t days = (guess->hit->date_s - fingerprint->date_s) / DAY_S;

	if (days > NEAR_DAYS || days < -NEAR_DAYS)
		return 0;
	if (guess->hit->date_s < fingerprint->date_s)
		return parts->version + 1 == fingerprint->version ||
		                       (rfc && !fingerprint->rfc &&
		                        fingerprint->version == 1)
		               ? -1
		               : 0;
	return parts->version == fingerprint->version + 1 ||
	                       (fingerprint->rfc && !rfc && parts->version == 1)
	               ? 1
	               : 0;
}

static int64_t
distance(const struct guess *guess, const struct nd_fingerprint *fingerprint)
{
	return llabs(guess->hit->date_s - fingerprint->date_s);
}

/* Postings of one author, by date. */
struct postings {
	struct guess **guess;
	size_t count;
};

static int
compare_guesses(const void *a, const void *b)
{
	const struct guess *x = *(struct guess *const *)a;
	const struct guess *y = *(struct guess *const *)b;

	if (x->hit->date_s != y->hit->date_s)
		return x->hit->date_s < y->hit->date_s ? -1 : 1;
	return x < y ? -1 : x > y; /* as they were found */
}

/* How many of them were posted before the print. */
static size_t
count_older(const struct postings *by, const struct nd_fingerprint *fingerprint)
{
	size_t low = 0, high = by->count;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (by->guess[mid]->hit->date_s < fingerprint->date_s)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/* The author's nearest postings of the version before or after. */
static void
choose_near(const struct postings *by, const struct nd_fingerprint *fingerprint,
            int place)
{
	struct guess *nearest[NEAREST + 1];
	size_t older = count_older(by, fingerprint), found = 0;
	size_t near = place < 0 ? older : by->count - older;

	for (size_t i = 0; i < near && i < ND_LIMIT_RELATED; i++) {
		struct guess *guess =
			by->guess[place < 0 ? older - 1 - i : older + i];
		size_t at = found;

		if (place_of(guess, fingerprint) != place)
			continue;
		/* Somebody gave it the same title: nothing to guess. */
		if (guess->title.hash == fingerprint->title.hash)
			return;
		while (at > 0 &&
		       distance(guess, fingerprint) <
		               distance(nearest[at - 1], fingerprint)) {
			nearest[at] = nearest[at - 1];
			at--;
		}
		nearest[at] = guess;
		if (found < NEAREST)
			found++;
	}
	for (size_t i = 0; i < found; i++)
		nearest[i]->hit->wanted = true;
}

static bool
is_known(const struct choosing *choosing,
         const struct nd_fingerprint *fingerprint, int place)
{
	const struct related *related =
		nd_map_get(choosing->by_author, fingerprint->posted_by);

	for (size_t i = 0; i < related->count && i < ND_LIMIT_RELATED; i++) {
		const struct nd_fingerprint *other = related->fingerprint[i];

		if (other != fingerprint &&
		    other->title.hash == fingerprint->title.hash &&
		    other->version == fingerprint->version + place)
			return true;
	}
	return false;
}

/* Series whose neighbours have another title. */
static void
choose_by_author(struct choosing *choosing)
{
	struct nd_map *by_author = nd_map_new(NULL);
	struct postings *by, **all = NULL;
	size_t all_count = 0;

	for (size_t i = 0; i < choosing->count; i++) {
		struct guess *guess = &choosing->guess[i];

		if (!guess->posting ||
		    !nd_map_has(choosing->by_author, guess->author))
			continue;
		by = nd_map_get(by_author, guess->author);
		if (!by) {
			by = x_new(by_author, struct postings);
			nd_map_set(by_author, guess->author, by);
			*x_append(by_author, all, all_count) = by;
		}
		*x_append(by, by->guess, by->count) = guess;
	}
	for (size_t i = 0; i < all_count; i++)
		qsort(all[i]->guess, all[i]->count, sizeof *all[i]->guess,
		      compare_guesses);
	for (size_t i = 0; i < choosing->fingerprints->count; i++) {
		const struct nd_fingerprint *fingerprint =
			choosing->fingerprints->fingerprint[i];

		by = nd_map_get(by_author, fingerprint->posted_by);
		for (int place = -1; by && place <= 1; place += 2)
			if (!is_known(choosing, fingerprint, place))
				choose_near(by, fingerprint, place);
	}
	talloc_free(by_author);
}

void
nd_versionlookup_choose(const struct nd_fingerprint_list *fingerprints,
                        struct nd_hit *hit, size_t count)
{
	struct choosing choosing = {.fingerprints = fingerprints};

	choosing.by_title = nd_map_new(NULL);
	choosing.by_author = nd_map_new(choosing.by_title);
	file_prints(&choosing);
	make_guesses(&choosing, hit, count);
	choose_by_title(&choosing);
	choose_by_author(&choosing);
	talloc_free(choosing.by_title);
}
