/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "telling/gifts.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "model/address.h"
#include "model/trailer.h"
#include "telling/wording.h"
#include "util/alloc.h"

enum {
	GIFTS_MAX = 3, /* sentences about tags in a zone */
	TYPES_MAX = 4,
};

/* What one person gave in the mails of a zone. */
struct gift {
	const struct nd_address *who;
	const char *scope, *condition; /* as in the trailer */
	const char *type[TYPES_MAX];
	size_t type_count;
	int *number; /* of patches; 0: the whole series */
	size_t number_count;
	int total;
	int32_t mail; /* the last one that gives it */
};

struct gifts {
	struct gift *gift;
	size_t count;
};

static bool
is_of_review(const struct nd_trailer *trailer)
{
	return nd_trailer_says(trailer->type, "reviewed") ||
	       nd_trailer_says(trailer->type, "acked") ||
	       nd_trailer_says(trailer->type, "tested");
}

static bool
is_same_text(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

static struct gift *
find_gift(struct nd_teller *to, struct gifts *gifts,
          const struct nd_trailer *trailer)
{
	struct gift *gift;

	for (size_t i = 0; i < gifts->count; i++) {
		gift = &gifts->gift[i];
		if (nd_address_same_person(gift->who, &trailer->who) &&
		    is_same_text(gift->scope, trailer->scope) &&
		    is_same_text(gift->condition, trailer->condition))
			return gift;
	}
	gift = x_append(to->summary, gifts->gift, gifts->count);
	gift->who = &trailer->who;
	gift->scope = trailer->scope;
	gift->condition = trailer->condition;
	return gift;
}

static void
note_trailer(struct nd_teller *to, struct gifts *gifts,
             const struct nd_trailer *trailer)
{
	struct gift *gift = find_gift(to, gifts, trailer);
	bool known = false;

	for (size_t i = 0; i < gift->type_count; i++)
		known |= strcmp(gift->type[i], trailer->type) == 0;
	if (!known && gift->type_count < TYPES_MAX)
		gift->type[gift->type_count++] = trailer->type;
	if (trailer->named_count == 0)
		*(int *)x_append(to->summary, gift->number,
		                 gift->number_count) = trailer->number;
	for (size_t i = 0; i < trailer->named_count; i++)
		*(int *)x_append(to->summary, gift->number,
		                 gift->number_count) = trailer->named[i];
	if (trailer->total > gift->total)
		gift->total = trailer->total;
	gift->mail = trailer->message;
}

static int
compare_ints(const void *a, const void *b)
{
	int x = *(const int *)a, y = *(const int *)b;

	return (x > y) - (x < y);
}

/* In order, each once. */
static void
order_numbers(struct gift *gift)
{
	size_t kept = 0;

	qsort(gift->number, gift->number_count, sizeof *gift->number,
	      compare_ints);
	for (size_t i = 0; i < gift->number_count; i++)
		if (kept == 0 || gift->number[i] != gift->number[kept - 1])
			gift->number[kept++] = gift->number[i];
	gift->number_count = kept;
}

static bool
is_for_all(const struct gift *gift)
{
	return gift->number[0] == 0 || gift->total <= 1 ||
	       gift->number_count >= (size_t)gift->total;
}

/* "Reviewed-by and Tested-by for 2/4 (with that fixed)" */
static const char *
gift_words(const struct nd_teller *to, const struct gift *gift)
{
	const struct nd_i18n *i18n = to->i18n;
	struct nd_wording_names types = {0};
	const char *words;

	for (size_t i = 0; i < gift->type_count; i++)
		nd_wording_add_name(&types, gift->type[i]);
	words = nd_wording_names(to->summary, i18n, &types);
	if (gift->scope)
		words = x_asprintf(to->summary,
		                   nd_tr(to->i18n, "%1$s for %2$s"), words,
		                   gift->scope);
	else if (!is_for_all(gift))
		words = x_asprintf(
			to->summary, nd_tr(to->i18n, "%1$s for %2$s"), words,
			nd_wording_patches(to->summary, i18n, gift->number,
		                           gift->number_count, gift->total));
	return gift->condition
	               ? x_asprintf(to->summary, nd_tr(to->i18n, "%s (%s)"),
	                            words, gift->condition)
	               : words;
}

static bool
is_told_earlier(const struct nd_teller *to, const char *text)
{
	const struct nd_item_list *list = &to->summary->zone[ND_ZONE_EARLIER];

	for (size_t i = 0; i < list->count; i++)
		if (list->item[i].fact && strcmp(list->item[i].text, text) == 0)
			return true;
	return false;
}

/* "Ben gave Reviewed-by." */
static const char *
gave_words(const struct nd_teller *to, enum nd_zone zone,
           const struct nd_wording_names *names, const char *words)
{
	const char *who = nd_wording_names(to->summary, to->i18n, names);
	const char *text = x_asprintf(
		to->summary, nd_tr(to->i18n, "%1$s gave %2$s."), who, words);

	if (zone == ND_ZONE_EARLIER || !is_told_earlier(to, text))
		return text;
	return x_asprintf(to->summary, nd_tr(to->i18n, "%1$s gave %2$s again."),
	                  who, words);
}

/* Those who gave the same are told together. */
static void
tell_gifts(struct nd_teller *to, struct gifts *gifts, enum nd_zone zone)
{
	const char **words = x_array(to->summary, const char *, gifts->count);
	unsigned told = 0;

	for (size_t i = 0; i < gifts->count; i++) {
		order_numbers(&gifts->gift[i]);
		words[i] = gift_words(to, &gifts->gift[i]);
	}
	for (size_t i = 0; i < gifts->count && told < GIFTS_MAX; i++) {
		struct nd_wording_names names = {0};
		struct nd_item *item;
		size_t same = 0;

		if (!words[i])
			continue;
		item = nd_teller_add(to, zone, "", gifts->gift[i].mail);
		item->source_count = 0;
		for (size_t k = gifts->count; k-- > i;)
			same += words[k] && strcmp(words[k], words[i]) == 0;
		for (size_t k = i; k < gifts->count && same > 0; k++) {
			if (!words[k] ||
			    (k > i && strcmp(words[k], words[i]) != 0))
				continue;
			nd_wording_add_name(
				&names, nd_address_name(to->summary,
			                                gifts->gift[k].who));
			if (item->source_count < ND_ITEM_SOURCES_MAX)
				item->source[item->source_count++] =
					gifts->gift[k].mail;
			if (k > i)
				words[k] = NULL;
		}
		item->text = gave_words(to, zone, &names, words[i]);
		told++;
	}
}

void
nd_gifts_tell(struct nd_teller *to, enum nd_zone zone)
{
	const struct nd_thread *thread = to->thread;
	struct gifts gifts = {0};

	for (size_t i = 0; i < thread->trailer_count; i++)
		if (is_of_review(&thread->trailer[i]) &&
		    nd_teller_zone_of(thread, thread->trailer[i].message) ==
		            zone)
			note_trailer(to, &gifts, &thread->trailer[i]);
	if (gifts.count > 0)
		tell_gifts(to, &gifts, zone);
}
