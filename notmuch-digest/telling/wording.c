/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "telling/wording.h"

#include <string.h>
#include <time.h>

#include "text/phrase.h"
#include "util/alloc.h"

/* Marks a text for xgettext where it stands in a table. */
#define N_(text) text

enum { LISTED_MAX = 3 /* patches that are named one by one */ };

void
nd_wording_add_name(struct nd_wording_names *names, const char *name)
{
	for (size_t i = 0; i < names->count && i < ND_WORDING_NAMES_MAX; i++)
		if (strcmp(names->name[i], name) == 0)
			return;
	if (names->count < ND_WORDING_NAMES_MAX)
		names->name[names->count] = name;
	names->count++;
}

const char *
nd_wording_names(const void *ctx, const struct nd_i18n *i18n,
                 const struct nd_wording_names *names)
{
	const char *const *name = names->name;

	switch (names->count) {
	case 0:
		return "";
	case 1:
		return x_strdup(ctx, name[0]);
	case 2:
		return x_asprintf(ctx, nd_tr(i18n, "%s and %s"), name[0],
		                  name[1]);
	case 3:
		return x_asprintf(ctx, nd_tr(i18n, "%s, %s and %s"), name[0],
		                  name[1], name[2]);
	default:
		return x_asprintf(ctx, nd_tr(i18n, "%s, %s and others"),
		                  name[0], name[1]);
	}
}

const char *
nd_wording_day(const void *ctx, const struct nd_i18n *i18n, int64_t date_s,
               int64_t now_s)
{
	static const char *const days[] = {
		N_("%d January"), N_("%d February"), N_("%d March"),
		N_("%d April"),   N_("%d May"),      N_("%d June"),
		N_("%d July"),    N_("%d August"),   N_("%d September"),
		N_("%d October"), N_("%d November"), N_("%d December"),
	};
	time_t date = (time_t)date_s, now = (time_t)now_s;
	struct tm then, today;
	const char *day;

	gmtime_r(&date, &then);
	gmtime_r(&now, &today);
	day = x_asprintf(ctx, nd_tr(i18n, days[then.tm_mon]), then.tm_mday);
	if (then.tm_year == today.tm_year)
		return day;
	return x_asprintf(ctx, nd_tr(i18n, "%1$s %2$d"), day,
	                  then.tm_year + 1900);
}

/* "2/4", "2/4 and 3/4", "1/4, 2/4 and 4/4" */
static const char *
list_patches(const void *ctx, const struct nd_i18n *i18n, const int *number,
             size_t count, int total)
{
	struct nd_wording_names names = {0};

	for (size_t i = 0; i < count; i++)
		nd_wording_add_name(&names,
		                    x_asprintf(ctx, "%d/%d", number[i], total));
	return nd_wording_names(ctx, i18n, &names);
}

const char *
nd_wording_patches(const void *ctx, const struct nd_i18n *i18n,
                   const int *number, size_t count, int total)
{
	int first = number[0], last = number[count - 1];

	if (count <= LISTED_MAX)
		return list_patches(ctx, i18n, number, count, total);
	if ((size_t)(last - first) + 1 == count)
		return x_asprintf(ctx,
		                  nd_tr(i18n, "patches %1$d to %2$d of %3$d"),
		                  first, last, total);
	return x_asprintf(ctx, nd_tr(i18n, "%1$zu of %2$d patches"), count,
	                  total);
}

const char *
nd_wording_taken(const struct nd_thread *thread)
{
	static const char *const queued = N_("queued");
	const char *const words[] = {N_("applied"), N_("merged"), N_("pushed"),
	                             queued};
	static const struct nd_phrase plans[] = {
		{"i will", 1},  {"i'll", 1},  {"i'm going to", 1},
		{"we will", 1}, {"we'll", 1},
	};
	const char *found = NULL;

	for (size_t i = 0; thread->applied && i < thread->event_count; i++) {
		const struct nd_event *event = &thread->event[i];

		if (event->type != ND_EVENT_APPLIED ||
		    event->message != thread->applied->message)
			continue;
		/* "I'll apply this.": it is not there yet */
		if (!found && nd_phrases_in(ND_PHRASES(plans), event->text,
		                            strlen(event->text)))
			found = queued;
		for (size_t k = 0; k < sizeof words / sizeof *words; k++) {
			if (!nd_phrase_find_word(event->text,
			                         strlen(event->text), words[k]))
				continue;
			if (found && found != words[k])
				return words[0];
			found = words[k];
		}
	}
	return found ? found : words[0];
}
