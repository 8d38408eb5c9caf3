/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "words/entry.h"

#include <string.h>

#include "agenda/front.h"
#include "util/alloc.h"
#include "util/str.h"
#include "util/time.h"
#include "words/facts.h"
#include "words/familylist.h"
#include "words/frontline.h"
#include "words/maillist.h"
#include "words/subthread.h"

enum { POINT_BYTES_MAX = 1 << 16 };

size_t
nd_entry_shown(const struct nd_labels *labels)
{
	const struct nd_report *report = labels->report;
	const struct nd_front *front = report->front;
	size_t count = 0;

	while (count < front->order_count && count < report->thread_count &&
	       !nd_familylist_is_told(labels, front->order[count]))
		count++;
	return count;
}

/* ---- the facts above the summary ------------------------------------------ */

static const char *
started(const void *ctx, const struct nd_labels *labels,
        const struct nd_thread *thread)
{
	int64_t date_s = nd_message_day_s(nd_thread_root(thread));

	if (date_s == 0)
		return "";
	return x_asprintf(ctx, nd_label_tr(labels, "since %s"),
	                  nd_time_format(ctx, "%Y-%m-%d", date_s));
}

/* "7 new mails of 18, 3 participants" */
static const char *
mails_and_people(const void *ctx, const struct nd_labels *labels,
                 const struct nd_thread *thread)
{
	const struct nd_counts *c = &thread->counts;
	const char *people =
		nd_label_participants(ctx, labels, c->participants);

	if (c->new_messages == c->total)
		return x_asprintf(ctx, nd_label_tr(labels, "%s, %s"),
		                  nd_label_mails(ctx, labels, c->total),
		                  people);
	return x_asprintf(ctx,
	                  nd_trn(labels->i18n, "%u new mail of %u, %s",
	                         "%u new mails of %u, %s", c->new_messages),
	                  c->new_messages, c->total, people);
}

const char *
nd_entry_counts(const void *ctx, const struct nd_labels *labels,
                const struct nd_thread *thread)
{
	void *tmp = talloc_new(NULL);
	const char *part[] = {
		mails_and_people(tmp, labels, thread),
		started(tmp, labels, thread),
		nd_facts_coverage(tmp, labels, thread),
	};
	const char *line =
		nd_label_join(ctx, labels, part, sizeof part / sizeof *part);

	talloc_free(tmp);
	return line;
}

/* ---- what is said already ------------------------------------------------- */

/* Until that mail a closed thread is told in short; NULL: as a whole. */
static const struct nd_front_line *
closing(const struct nd_labels *labels, const struct nd_thread *thread)
{
	return labels->alone ? NULL : nd_frontline_closed(thread);
}

bool
nd_entry_is_short(const struct nd_labels *labels,
                  const struct nd_thread *thread)
{
	return closing(labels, thread) != NULL;
}

/* The last item of a zone with one of these events; -1: there is none. */
static ptrdiff_t
last_with(const struct nd_item_list *list, unsigned events)
{
	ptrdiff_t i = (ptrdiff_t)list->count - 1;

	while (i >= 0 && !(list->item[i].events & events))
		i--;
	return i;
}

/* Do both stand in one line? */
static bool
are_joined(const struct nd_item_list *list, size_t a, size_t b)
{
	size_t first = a < b ? a : b, last = a < b ? b : a;

	while (last > first && list->item[last].join != ND_JOIN_NONE)
		last--;
	return last == first;
}

/*
 * Why a version was not taken that has a newer one: the last refusal, else the
 * last wish. Is this item of it?
 */
static bool
tells_reason(const struct nd_thread *thread, enum nd_zone zone,
             const struct nd_item *item)
{
	static const unsigned reasons[] = {
		1u << ND_EVENT_NACK | 1u << ND_EVENT_REJECTED |
			1u << ND_EVENT_OBJECTION,
		1u << ND_EVENT_CHANGES_REQUESTED,
	};
	static const enum nd_zone zones[] = {ND_ZONE_NEW, ND_ZONE_EARLIER};

	for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
		for (size_t k = 0; k < sizeof zones / sizeof *zones; k++) {
			const struct nd_item_list *list =
				&thread->summary->zone[zones[k]];
			ptrdiff_t last = last_with(list, reasons[i]);

			if (last >= 0)
				return zone == zones[k] &&
				       are_joined(list, (size_t)last,
				                  (size_t)(item - list->item));
		}
	return false;
}

static bool
is_passed_over(const struct nd_labels *labels, const struct nd_thread *thread,
               enum nd_zone zone, const struct nd_item *item)
{
	const struct nd_front_line *closed = closing(labels, thread);

	if (!closed || (zone != ND_ZONE_EARLIER && zone != ND_ZONE_NEW))
		return false;
	if (thread->state == ND_STATE_SUPERSEDED)
		return !tells_reason(thread, zone, item);
	return item->source[0] < closed->message;
}

/* Does the mail say that the patches were taken? */
static bool
tells_taken(const struct nd_thread *thread, int32_t mail)
{
	const unsigned taken = 1u << ND_EVENT_APPLIED | 1u << ND_EVENT_PULLED |
	                       1u << ND_EVENT_MERGED |
	                       1u << ND_EVENT_MERGED_STABLE;

	for (size_t i = 0; i < thread->event_count; i++)
		if (thread->event[i].message == mail &&
		    1u << thread->event[i].type & taken)
			return true;
	return false;
}

/* "Patch "ring: do not wait" has been added to the 5.4-stable tree." */
static bool
names_patch(const struct nd_thread *thread, const struct nd_item *item)
{
	const struct nd_subject *parts = nd_thread_root(thread)->parts;

	return parts && *parts->title &&
	       nd_mem_find(item->text, strlen(item->text), parts->title);
}

/*
 * A script's notice, and what somebody sends in its form, has no more to say
 * than the line of the state.
 */
static bool
is_bare_notice(const struct nd_labels *labels, const struct nd_thread *thread,
               const struct nd_item *item)
{
	int32_t mail = item->source[0];

	return closing(labels, thread) && tells_taken(thread, mail) &&
	       (!nd_message_is_person(thread->message[mail]) ||
	        names_patch(thread, item));
}

/*
 * What was posted, the trailers, who has taken it, which version is newer, and
 * who is awaited stand above the summary.
 */
static bool
is_said(const struct nd_labels *labels, const struct nd_thread *thread,
        enum nd_zone zone, const struct nd_item *item)
{
	bool below = nd_summary_zone_has_headings(zone) && item->subthread;

	return (item->fact && !below && !labels->alone) ||
	       is_bare_notice(labels, thread, item) ||
	       is_passed_over(labels, thread, zone, item);
}

bool
nd_entry_tells(const struct nd_labels *labels, const struct nd_thread *thread,
               int32_t mail)
{
	const struct nd_summary *summary = thread->summary;

	for (enum nd_zone zone = 0; summary && zone < ND_ZONE_COUNT; zone++)
		for (size_t i = 0; i < summary->zone[zone].count; i++) {
			const struct nd_item *item =
				&summary->zone[zone].item[i];

			if (is_passed_over(labels, thread, zone, item))
				continue;
			for (size_t k = 0; k < item->source_count; k++)
				if (item->source[k] == mail)
					return true;
		}
	return false;
}

/* ---- the summary ---------------------------------------------------------- */

static void
add_point(struct nd_entry_zone *to, const char *text,
          const struct nd_item *item, bool below)
{
	if (*text)
		to->point[to->count++] = (struct nd_entry_point){
			.text = text, .item = item, .below = below};
}

/* Items of one line are told together; returns the index of the next line's. */
static size_t
add_line(const void *ctx, const struct nd_labels *labels,
         const struct nd_thread *thread, enum nd_zone zone, size_t i,
         struct nd_entry_zone *to)
{
	const struct nd_item *item = &thread->summary->zone[zone].item[i];
	struct nd_buf *words;
	const char *quote;

	if (is_said(labels, thread, zone, item))
		return i + 1;
	words = nd_buf_new(ctx, POINT_BYTES_MAX);
	add_point(to, nd_subthread_heading(ctx, labels, thread, zone, i), NULL,
	          false);
	i = nd_maillist_words(words, thread, zone, i);
	add_point(to, words->data, item,
	          nd_summary_zone_has_headings(zone) && item->subthread);
	quote = nd_maillist_quote(ctx, labels, item, zone);
	add_point(to, quote ? quote : "", NULL, true);
	return i;
}

struct nd_entry_zone
nd_entry_zone(const void *ctx, const struct nd_labels *labels,
              const struct nd_thread *thread, enum nd_zone zone)
{
	const struct nd_item_list *list = &thread->summary->zone[zone];
	struct nd_entry_zone told = {.heading = ""};
	const char *rest;

	if (list->count == 0)
		return told;
	/* Each item may have a heading and a quote; behind them a number. */
	told.point = x_array(ctx, struct nd_entry_point,
	                     3 * list->count + list->rest_count + 1);
	told.heading = nd_label_writer(ctx, labels, thread, zone,
	                               nd_label_zone(labels, zone));
	for (size_t i = 0; i < list->count;)
		i = add_line(ctx, labels, thread, zone, i, &told);
	if (closing(labels, thread))
		return told;
	for (size_t i = 0; (rest = nd_subthread_rest(ctx, labels, list, i));
	     i++)
		add_point(&told, rest, NULL, false);
	return told;
}

/* ---- its family ----------------------------------------------------------- */

static unsigned
count_listed(const struct nd_labels *labels, const struct nd_thread *thread)
{
	unsigned count = 0;

	for (size_t i = 0; i < thread->message_count; i++)
		count += nd_maillist_has(labels, thread->message[i]);
	return count;
}

const char *
nd_entry_family(const void *ctx, const struct nd_labels *labels,
                const struct nd_thread *thread, size_t i)
{
	const char *line = nd_familylist_line(ctx, labels, thread, i);

	if (labels->mails == ND_MAILS_NONE)
		return x_asprintf(ctx, "%s id:%s", line,
		                  nd_thread_root(thread->family.member[i])->id);
	return x_asprintf(ctx, "%s [#%zu]", line,
	                  count_listed(labels, thread) + i + 1);
}
