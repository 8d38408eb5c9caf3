/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "words/seriesrow.h"

#include <stdlib.h>
#include <string.h>

#include "agenda/obligation.h"
#include "model/address.h"
#include "model/recipients.h"
#include "util/alloc.h"

static bool
has_mail(const struct nd_series *series, int32_t message)
{
	if (series->root == message)
		return true;
	for (int i = 0; i < series->total; i++)
		if (series->patch[i] == message)
			return true;
	return false;
}

/* Tags for patches that are missing go to the thread's own series. */
static void
count_tags(struct nd_series_row *row)
{
	const struct nd_thread *thread = row->thread;

	for (size_t i = 0; i < thread->trailer_count; i++) {
		const struct nd_trailer *trailer = &thread->trailer[i];

		if (trailer->patch == ND_NO_MESSAGE
		            ? row->series != thread->series
		            : !has_mail(row->series, trailer->patch))
			continue;
		row->acked += nd_trailer_says(trailer->type, "acked");
		row->reviewed += nd_trailer_says(trailer->type, "reviewed");
		row->tested += nd_trailer_says(trailer->type, "tested");
	}
}

static const struct nd_series *
series_at(const struct nd_thread *thread, const char *root_id)
{
	for (size_t i = 0; i < thread->more_series_count; i++) {
		const struct nd_series *series = thread->more_series[i];

		if (strcmp(thread->message[series->root]->id, root_id) == 0)
			return series;
	}
	return NULL;
}

/* Newer versions in the same thread: its state is that of the newest. */
static const struct nd_series *
newest_version(const struct nd_thread *thread)
{
	const struct nd_series *series = thread->series;

	for (size_t i = 0; series && i < thread->more_series_count; i++) {
		const struct nd_series *next = NULL;

		if (series->next && series->next->root_id)
			next = series_at(thread, series->next->root_id);
		if (!next)
			break;
		series = next;
	}
	return series;
}

/* ---- whose turn it is ---- */

/* The last person's mail; that of the posting when nobody answered. */
static bool
has_last_word(const struct nd_thread *thread, const struct nd_address *who)
{
	for (size_t i = thread->message_count; i-- > 0;)
		if (nd_message_is_person(thread->message[i]))
			return nd_address_same_person(
				&thread->message[i]->sender, who);
	return true;
}

static enum nd_series_turn
turn_of(const struct nd_series_row *row)
{
	const struct nd_thread *thread = row->thread;

	if (!row->stated || thread->kind == ND_KIND_STABLE_REVIEW)
		return ND_SERIES_TURN_NOBODY;
	if (thread->waiting_for)
		return ND_SERIES_TURN_NAMED;
	switch (thread->state) {
	case ND_STATE_NEW:
		return ND_SERIES_TURN_REVIEWER;
	case ND_STATE_REVIEWED:
		return ND_SERIES_TURN_COMMITTER;
	case ND_STATE_UNDER_REVIEW:
	case ND_STATE_OPEN:
		return has_last_word(thread, &row->series->author)
		               ? ND_SERIES_TURN_REVIEWER
		               : ND_SERIES_TURN_AUTHOR;
	case ND_STATE_CHANGES_REQUESTED:
		return ND_SERIES_TURN_AUTHOR;
	default:
		return ND_SERIES_TURN_NOBODY;
	}
}

/* Under which they write: of an address without a name, as many type it. */
static const struct nd_address *
named(const struct nd_report *report, const struct nd_address *who)
{
	for (size_t i = 0; !*who->name && i < report->thread_count; i++) {
		const struct nd_thread *thread = report->thread[i];

		for (size_t k = 0; k < thread->participant_count; k++) {
			const struct nd_address *one =
				&thread->participant[k].who;

			if (*one->name && nd_address_same_person(one, who))
				return one;
		}
	}
	return who;
}

/* Of whom it was sent to alone it is asked to review it. */
static const char *
reviewer_name(const void *ctx, const struct nd_report *report,
              const struct nd_series_row *row)
{
	bool only = false;
	const struct nd_address *to = nd_recipients_first(
		row->thread, row->thread->message[row->series->root], &only);

	return to && only ? nd_address_name(ctx, named(report, to)) : NULL;
}

static void
find_turn(const void *ctx, const struct nd_report *report,
          struct nd_series_row *row)
{
	row->turn = turn_of(row);
	if (row->turn == ND_SERIES_TURN_NAMED)
		row->turn_name = row->thread->waiting_for;
	else if (row->turn == ND_SERIES_TURN_AUTHOR &&
	         *row->series->author.addr)
		row->turn_name = nd_address_name(ctx, &row->series->author);
	else if (row->turn == ND_SERIES_TURN_REVIEWER)
		row->turn_name = reviewer_name(ctx, report, row);
}

/* ---- which are wanted ---- */

static bool
needs_user(const struct nd_report *report, const struct nd_thread *thread,
           const struct nd_user *user)
{
	struct nd_obligation *found;
	size_t count = nd_obligation_find(NULL, thread, user,
	                                  report->window.now_s, &found);
	bool needs = count > 0 && found[0].list == ND_OBLIGATION_NEEDS_YOU;

	talloc_free(found);
	return needs;
}

static bool
is_wanted(const struct nd_report *report, const struct nd_series_row *row,
          const struct nd_seriesrow_filter *filter)
{
	const struct nd_thread *thread = row->thread;

	if (filter->state &&
	    (!row->stated ||
	     strcmp(nd_standing_state_name(thread->state), filter->state) != 0))
		return false;
	if (filter->mine &&
	    !nd_standing_is_user(filter->user, &row->series->author))
		return false;
	return !filter->waiting ||
	       (row->stated && needs_user(report, thread, filter->user));
}

/* Of several who are to act the user is the one that is looked for. */
static void
name_user(struct nd_series_row *row, const struct nd_user *user)
{
	const struct nd_thread *thread = row->thread;

	row->turn = ND_SERIES_TURN_NAMED;
	row->turn_name = user->name;
	for (size_t i = 0; i < thread->attention_count; i++)
		if (nd_standing_is_user(user, &thread->attention[i].who))
			row->turn_name = thread->attention[i].name;
}

static void
keep_wanted(const struct nd_report *report, struct nd_seriesrow_list *rows,
            const struct nd_seriesrow_filter *filter)
{
	size_t kept = 0;

	for (size_t i = 0; i < rows->count; i++) {
		if (!is_wanted(report, &rows->row[i], filter))
			continue;
		if (filter->waiting)
			name_user(&rows->row[i], filter->user);
		rows->row[kept++] = rows->row[i];
	}
	rows->count = kept;
}

/* ---- in families ---- */

static const struct nd_thread *
entry_of(const struct nd_series_row *row)
{
	return row->thread->family.entry ? row->thread->family.entry
	                                 : row->thread;
}

/* When a thread had its last mail; for a family that of its entry. */
static int64_t
last_mail(const struct nd_thread *thread)
{
	int64_t last_s = 0;

	for (size_t i = 0; i < thread->message_count; i++)
		if (thread->message[i]->date_s > last_s)
			last_s = thread->message[i]->date_s;
	return last_s;
}

static void
add_row(struct nd_seriesrow_list *rows, const struct nd_report *report,
        const struct nd_thread *thread, const struct nd_series *series)
{
	struct nd_series_row *row;

	/* What a pull request carries is not a series of its own. */
	if (!series || thread->category == ND_CATEGORY_PULL)
		return;
	row = x_append(rows, rows->row, rows->count);
	row->thread = thread;
	row->series = series;
	row->stated = series == newest_version(thread);
	row->last_s = last_mail(thread);
	row->family_s = last_mail(entry_of(row));
	count_tags(row);
	find_turn(rows, report, row);
}

/* Behind the row of the family's entry, which may have been left out. */
static void
mark_members(struct nd_seriesrow_list *rows)
{
	for (size_t i = 1; i < rows->count; i++)
		rows->row[i].member =
			entry_of(&rows->row[i]) == entry_of(&rows->row[i - 1]);
}

static int
compare_rows(const void *a, const void *b)
{
	const struct nd_series_row *x = a, *y = b;
	const struct nd_thread *of_x = entry_of(x), *of_y = entry_of(y);

	if (of_x != of_y) {
		if (x->family_s != y->family_s)
			return x->family_s > y->family_s ? -1 : 1;
		return strcmp(nd_thread_root(of_x)->id,
		              nd_thread_root(of_y)->id);
	}
	if ((x->thread == of_x) != (y->thread == of_y))
		return x->thread == of_x ? -1 : 1;
	if (x->stated != y->stated)
		return x->stated ? -1 : 1;
	if (x->last_s != y->last_s)
		return x->last_s > y->last_s ? -1 : 1;
	return strcmp(x->thread->message[x->series->root]->id,
	              y->thread->message[y->series->root]->id);
}

struct nd_seriesrow_list *
nd_seriesrow_list(const void *ctx, const struct nd_report *report,
                  const struct nd_seriesrow_filter *filter)
{
	struct nd_seriesrow_list *rows = x_new(ctx, struct nd_seriesrow_list);

	for (size_t i = 0; i < report->thread_count; i++) {
		const struct nd_thread *thread = report->thread[i];

		add_row(rows, report, thread, thread->series);
		for (size_t k = 0; k < thread->more_series_count; k++)
			add_row(rows, report, thread, thread->more_series[k]);
	}
	keep_wanted(report, rows, filter);
	if (rows->count > 1)
		qsort(rows->row, rows->count, sizeof *rows->row, compare_rows);
	mark_members(rows);
	rows->total = rows->count;
	if (filter->limit > 0 && filter->limit < rows->count)
		rows->count = filter->limit;
	return rows;
}

const char *
nd_seriesrow_turn_name(enum nd_series_turn turn)
{
	static const char *const names[ND_SERIES_TURN_COUNT] = {
		[ND_SERIES_TURN_NAMED] = "named",
		[ND_SERIES_TURN_AUTHOR] = "author",
		[ND_SERIES_TURN_REVIEWER] = "reviewer",
		[ND_SERIES_TURN_COMMITTER] = "committer",
	};

	return names[turn];
}
