/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agenda/front.h"

#include <stdlib.h>
#include <string.h>

#include "agenda/carried.h"
#include "model/address.h"
#include "util/alloc.h"

static const char *const names[ND_FRONT_LIST_COUNT] = {
	[ND_FRONT_NEEDS_YOU] = "needs_you",
	[ND_FRONT_WAITS_FOR_OTHERS] = "waits_for_others",
	[ND_FRONT_CLOSED] = "closed",
	[ND_FRONT_BROKE] = "broke",
	[ND_FRONT_OVERDUE] = "overdue",
	[ND_FRONT_UNANSWERED] = "unanswered",
	[ND_FRONT_DEADLINES] = "deadlines",
};

static const enum nd_front_list front_list_of[ND_OBLIGATION_LIST_COUNT] = {
	[ND_OBLIGATION_NEEDS_YOU] = ND_FRONT_NEEDS_YOU,
	[ND_OBLIGATION_WAITS_FOR_OTHERS] = ND_FRONT_WAITS_FOR_OTHERS,
	[ND_OBLIGATION_OVERDUE] = ND_FRONT_OVERDUE,
	[ND_OBLIGATION_UNANSWERED] = ND_FRONT_UNANSWERED,
};

/* One thread while its list is looked for. */
struct look {
	const struct nd_report *report;
	const struct nd_thread *thread;
	const struct nd_user *user;
	const struct nd_obligation *owed; /* the surest first */
	size_t owed_count;
};

static bool
is_new(const struct nd_thread *thread, int32_t message)
{
	return thread->message[message]->flags & ND_MESSAGE_NEW;
}

static bool
set_mail(const struct look *look, int32_t message, struct nd_front_line *line)
{
	line->message = message;
	line->since_s = look->thread->message[message]->date_s;
	return true;
}

static bool
set_owed(const struct look *look, enum nd_obligation_list list,
         struct nd_front_line *line)
{
	for (size_t i = 0; i < look->owed_count; i++) {
		if (look->owed[i].list != list || look->owed[i].young)
			continue;
		line->owed = look->owed[i];
		return set_mail(look, look->owed[i].message, line);
	}
	return false;
}

static bool
needs_you(const struct look *look, struct nd_front_line *line)
{
	return set_owed(look, ND_OBLIGATION_NEEDS_YOU, line);
}

static bool
waits_for_others(const struct look *look, struct nd_front_line *line)
{
	return set_owed(look, ND_OBLIGATION_WAITS_FOR_OTHERS, line);
}

static bool
is_late(const struct look *look, struct nd_front_line *line)
{
	return set_owed(look, ND_OBLIGATION_OVERDUE, line);
}

/* ---- closed -------------------------------------------------------------- */

/* A newer version that lies in another thread has no mail in this one. */
static bool
was_replaced(const struct look *look, struct nd_front_line *line)
{
	const struct nd_series *series = look->thread->series;
	const struct nd_window *window = &look->report->window;

	if (!series || !series->next || series->next->date_s <= 0 ||
	    series->next->date_s < window->since_s ||
	    series->next->date_s >= window->until_s)
		return false;
	set_mail(look, series->root, line);
	line->since_s = series->next->date_s;
	return true;
}

/* In the window: what was closed before stands in an earlier report. */
static int32_t
closing_mail(const struct nd_thread *thread)
{
	size_t count = thread->state_evidence_count;
	int32_t mail =
		count > 0 ? thread->state_evidence[count - 1] : ND_NO_MESSAGE;

	switch (thread->state) {
	case ND_STATE_APPLIED:
	case ND_STATE_PULLED:
	case ND_STATE_MERGED:
	case ND_STATE_MERGED_STABLE:
		if (thread->applied)
			mail = thread->applied->message;
		break;
	case ND_STATE_SUPERSEDED:
	case ND_STATE_WITHDRAWN:
	case ND_STATE_REJECTED:
		break;
	default:
		return ND_NO_MESSAGE;
	}
	return mail != ND_NO_MESSAGE && is_new(thread, mail) ? mail
	                                                     : ND_NO_MESSAGE;
}

static bool
was_closed(const struct look *look, struct nd_front_line *line)
{
	int32_t mail = closing_mail(look->thread);

	if (look->thread->state == ND_STATE_SUPERSEDED &&
	    was_replaced(look, line))
		return true;
	return mail != ND_NO_MESSAGE && set_mail(look, mail, line);
}

/* ---- broke --------------------------------------------------------------- */

static bool
is_result(const struct nd_event *event)
{
	return event->type == ND_EVENT_TEST_RESULT;
}

/* Has the same tester said later that it is well? */
static bool
passes_later(const struct nd_thread *thread, size_t failed)
{
	const struct nd_event *event = &thread->event[failed];

	for (size_t i = failed + 1; i < thread->event_count; i++)
		if (is_result(&thread->event[i]) &&
		    !(thread->event[i].flags & ND_EVENT_FAILED) &&
		    nd_address_same_person(&thread->event[i].who, &event->who))
			return true;
	return false;
}

/* As a program says: what people say of tests is often about something else. */
static bool
has_failed(const struct look *look, struct nd_front_line *line)
{
	const struct nd_thread *thread = look->thread;

	for (size_t i = thread->event_count; i-- > 0;) {
		const struct nd_event *event = &thread->event[i];

		if (!is_result(event) || !(event->flags & ND_EVENT_FAILED) ||
		    nd_message_is_person(thread->message[event->message]) ||
		    !is_new(thread, event->message) || passes_later(thread, i))
			continue;
		line->event = event;
		return set_mail(look, event->message, line);
	}
	return false;
}

/* Does the program that reported it think that it is no more? */
static bool
seems_mended(const struct nd_thread *thread)
{
	for (size_t i = 0; i < thread->event_count; i++)
		if (thread->event[i].flags & ND_EVENT_MENDED)
			return true;
	return false;
}

static bool
broke(const struct look *look, struct nd_front_line *line)
{
	const struct nd_thread *thread = look->thread;

	/* Of what is taken back or replaced the next version will tell. */
	if (thread->state == ND_STATE_SUPERSEDED ||
	    thread->state == ND_STATE_WITHDRAWN ||
	    thread->state == ND_STATE_REJECTED)
		return false;
	if (thread->kind != ND_KIND_BUG_REPORT)
		return has_failed(look, line);
	switch (thread->state) {
	case ND_STATE_APPLIED:
	case ND_STATE_PULLED:
	case ND_STATE_MERGED:
	case ND_STATE_MERGED_STABLE:
	case ND_STATE_ANSWERED:
		return false;
	default:
		return !seems_mended(thread) &&
		       set_mail(look, thread->root, line);
	}
}

/* ---- unanswered ---------------------------------------------------------- */

/* What was sent a week ago is owed an answer; what is new is told, too. */
static bool
is_unanswered(const struct look *look, struct nd_front_line *line)
{
	if (set_owed(look, ND_OBLIGATION_UNANSWERED, line))
		return true;
	for (size_t i = 0; i < look->owed_count; i++) {
		int32_t mail = look->owed[i].message;

		if (!look->owed[i].young || !is_new(look->thread, mail))
			continue;
		line->user = nd_standing_is_user(
			look->user, &look->thread->message[mail]->sender);
		return set_mail(look, mail, line);
	}
	return false;
}

/* ---- calls --------------------------------------------------------------- */

static bool
is_call(const struct look *look, struct nd_front_line *line)
{
	const struct nd_deadline *deadline = look->thread->deadline;

	return deadline && deadline->day_s >= look->report->window.since_s &&
	       set_mail(look, deadline->message, line);
}

/* ---- the page ------------------------------------------------------------ */

/* Does the thread stand in this list? Then line says with which mail. */
static bool (*const fits[ND_FRONT_LIST_COUNT])(const struct look *look,
                                               struct nd_front_line *line) = {
	[ND_FRONT_NEEDS_YOU] = needs_you,
	[ND_FRONT_WAITS_FOR_OTHERS] = waits_for_others,
	[ND_FRONT_CLOSED] = was_closed,
	[ND_FRONT_BROKE] = broke,
	[ND_FRONT_OVERDUE] = is_late,
	[ND_FRONT_UNANSWERED] = is_unanswered,
	[ND_FRONT_DEADLINES] = is_call,
};

static bool
find_line(const struct look *look, struct nd_front_line *line)
{
	for (enum nd_front_list list = 0; list < ND_FRONT_LIST_COUNT; list++) {
		*line = (struct nd_front_line){
			.thread = look->thread,
			.list = list,
		};
		if (fits[list](look, line))
			return true;
	}
	return false;
}

static int
compare_lines(const void *a, const void *b)
{
	const struct nd_front_line *x = a, *y = b;

	if (x->since_s != y->since_s)
		return x->since_s < y->since_s ? -1 : 1;
	return strcmp(nd_thread_root(x->thread)->id,
	              nd_thread_root(y->thread)->id);
}

/* In the order of the lists. */
static int
compare_quiet(const void *a, const void *b)
{
	const struct nd_front_line *x = a, *y = b;

	if (x->list != y->list)
		return (int)x->list - (int)y->list;
	return compare_lines(a, b);
}

/* A thread that no list has. */
struct other {
	struct nd_thread *thread;
	bool told;     /* in the entry of another one */
	unsigned said; /* new answers of people */
};

static unsigned
count_said(const struct nd_thread *thread)
{
	unsigned count = 0;

	for (size_t i = 0; i < thread->message_count; i++) {
		const struct nd_message *mail = thread->message[i];

		count += (mail->flags & ND_MESSAGE_NEW) &&
		         nd_message_is_person(mail) && mail->parts &&
		         (mail->parts->flags & ND_SUBJECT_REPLY);
	}
	return count;
}

static int
compare_others(const void *a, const void *b)
{
	const struct other *x = a, *y = b;
	const struct nd_message *p = nd_thread_root(x->thread);
	const struct nd_message *q = nd_thread_root(y->thread);

	if (x->told != y->told)
		return x->told ? 1 : -1;
	if (x->said != y->said)
		return x->said > y->said ? -1 : 1;
	if (p->date_s != q->date_s)
		return p->date_s < q->date_s ? -1 : 1;
	return strcmp(p->id, q->id);
}

static void
add_order(struct nd_front *front, const struct nd_thread *thread,
          const struct nd_front_line *line)
{
	/* The report's own, which whoever has the front page only reads. */
	struct nd_thread *own = (struct nd_thread *)thread;

	own->front = line;
	front->order[front->order_count++] = own;
}

static void
order_threads(struct nd_front *front, struct other *others, size_t count)
{
	for (size_t list = 0; list < ND_FRONT_LIST_COUNT; list++) {
		if (front->count[list] > 1)
			qsort(front->line[list], front->count[list],
			      sizeof *front->line[list], compare_lines);
		for (size_t i = 0; i < front->count[list]; i++)
			add_order(front, front->line[list][i].thread,
			          &front->line[list][i]);
	}
	if (count > 1)
		qsort(others, count, sizeof *others, compare_others);
	for (size_t i = 0; i < count; i++)
		add_order(front, others[i].thread, NULL);
}

/* The threads that are told of nowhere else, each with the surest it owes. */
static void
add_quiet(struct nd_front *front, const struct nd_report *report)
{
	for (size_t i = 0; i < report->quiet_count; i++) {
		const struct nd_thread *thread = report->quiet[i];
		size_t count;
		const struct nd_obligation *owed =
			nd_carried_of(report, thread, &count);

		if (count == 0 || owed->list == ND_OBLIGATION_CARRIED)
			continue;
		*x_append(front, front->quiet, front->quiet_count) =
			(struct nd_front_line){
				.thread = thread,
				.list = front_list_of[owed->list],
				.owed = *owed,
				.message = owed->message,
				.since_s = owed->since_s,
			};
	}
	if (front->quiet_count > 1)
		qsort(front->quiet, front->quiet_count, sizeof *front->quiet,
		      compare_quiet);
}

void
nd_front_make(struct nd_report *report, const struct nd_user *user)
{
	struct nd_front *front = x_new(report, struct nd_front);
	void *tmp = talloc_new(NULL);
	struct other *others =
		x_array(tmp, struct other, report->thread_count + 1);
	size_t other_count = 0;

	if (!report->carried)
		nd_carried_find(report, user);
	front->order =
		x_array(front, struct nd_thread *, report->thread_count + 1);
	for (size_t i = 0; i < report->thread_count; i++) {
		struct nd_thread *thread = report->thread[i];
		struct look look = {
			.report = report,
			.thread = thread,
			.user = user,
		};
		struct nd_front_line line;

		look.owed = nd_carried_of(report, thread, &look.owed_count);
		if (thread->family.entry || !find_line(&look, &line))
			others[other_count++] = (struct other){
				.thread = thread,
				.told = thread->family.entry,
				.said = count_said(thread),
			};
		else
			*x_append(front, front->line[line.list],
			          front->count[line.list]) = line;
	}
	order_threads(front, others, other_count);
	add_quiet(front, report);
	report->front = front;
	talloc_free(tmp);
}

bool
nd_front_concerns(const struct nd_report *report,
                  const struct nd_thread *thread, const struct nd_user *user)
{
	struct nd_obligation *owed;
	size_t count = nd_obligation_find(
		NULL, thread, user, nd_window_clock(&report->window), &owed);
	bool concerns =
		count > 0 && owed[0].list <= ND_OBLIGATION_WAITS_FOR_OTHERS;

	talloc_free(owed);
	for (size_t i = 0; i < thread->for_you_count; i++)
		concerns = concerns || thread->for_you[i].why != ND_FOR_YOU_TO;
	return concerns;
}

const char *
nd_front_list_name(enum nd_front_list list)
{
	return names[list];
}

int32_t
nd_front_closing_mail(const struct nd_thread *thread)
{
	return closing_mail(thread);
}
