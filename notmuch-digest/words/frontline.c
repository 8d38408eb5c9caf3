/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "words/frontline.h"

#include <string.h>

#include "model/address.h"
#include "util/alloc.h"
#include "util/time.h"
#include "util/utf8.h"
#include "words/familylist.h"
#include "words/maillist.h"
#include "words/owed.h"
#include "words/statusline.h"

enum {
	NEEDS_YOU_MAX = 7,
	QUIET_MAX = 2, /* todo lists them all */
	LIST_MAX = 12,
	TITLE_COLUMNS = 72,
	SAID_COLUMNS = 120,
};

/* Marks a text for xgettext where it stands in a table. */
#define N_(text) text

const char *
nd_frontline_section_totals(const void *ctx, const struct nd_labels *labels,
                            const struct nd_report_section *section)
{
	const char *threads =
		nd_label_threads(ctx, labels, (unsigned)section->thread_total);
	const char *told = nd_familylist_told(ctx, labels, section->thread,
	                                      section->thread_count);
	const char *part[] = {
		x_asprintf(ctx, nd_label_tr(labels, "%s in %s, %s"),
	                   nd_label_mails(ctx, labels, section->messages),
	                   *told ? x_asprintf(ctx,
	                                      nd_label_tr(labels, "%s (%s)"),
	                                      threads, told)
	                         : threads,
	                   nd_label_participants(ctx, labels,
	                                         section->participants)),
		"",
	};

	if (section->large_threads > 0)
		part[1] = x_asprintf(
			ctx,
			nd_trn(labels->i18n, "%u large thread (over %u mails)",
		               "%u large threads (over %u mails)",
		               section->large_threads),
			section->large_threads, labels->report->large);
	return nd_label_join(ctx, labels, part, sizeof part / sizeof *part);
}

const char *
nd_frontline_muted(const void *ctx, const struct nd_labels *labels)
{
	unsigned count = labels->report->muted;

	if (count == 0)
		return "";
	return x_asprintf(ctx,
	                  nd_trn(labels->i18n, "%u muted thread",
	                         "%u muted threads", count),
	                  count);
}

const char *
nd_frontline_heading(const struct nd_labels *labels, enum nd_front_list list)
{
	static const char *const words[ND_FRONT_LIST_COUNT] = {
		[ND_FRONT_NEEDS_YOU] = N_("Needs you"),
		[ND_FRONT_WAITS_FOR_OTHERS] = N_("You wait for"),
		[ND_FRONT_CLOSED] = N_("Closed"),
		[ND_FRONT_BROKE] = N_("Broke"),
		[ND_FRONT_OVERDUE] = N_("Overdue"),
		[ND_FRONT_UNANSWERED] = N_("New and unanswered"),
		[ND_FRONT_DEADLINES] = N_("Deadlines"),
	};

	return nd_tr(labels->i18n, words[list]);
}

size_t
nd_frontline_shown(const struct nd_front *front, enum nd_front_list list)
{
	size_t most = list == ND_FRONT_NEEDS_YOU ? NEEDS_YOU_MAX : LIST_MAX;

	return front->count[list] < most ? front->count[list] : most;
}

const char *
nd_frontline_quiet_heading(const struct nd_labels *labels)
{
	return nd_label_tr(labels, "Still open from before");
}

size_t
nd_frontline_quiet_shown(const struct nd_front *front)
{
	return front->quiet_count < QUIET_MAX ? front->quiet_count : QUIET_MAX;
}

const struct nd_front_line *
nd_frontline_closed(const struct nd_thread *thread)
{
	const struct nd_front_line *line = thread->front;

	return line && line->list == ND_FRONT_CLOSED ? line : NULL;
}

bool
nd_frontline_has(const struct nd_labels *labels, const struct nd_thread *thread)
{
	const struct nd_front *front = labels->report->front;
	const struct nd_front_line *line = thread->front;

	return line && (size_t)(line - front->line[line->list]) <
	                       nd_frontline_shown(front, line->list);
}

/* text with "…" where more than so many columns are left out. */
static const char *
cut(const void *ctx, const char *text, size_t columns)
{
	size_t len = strlen(text);

	if (nd_utf8_width(text, len) <= columns)
		return text;
	len = nd_utf8_fit(text, len, columns - 1);
	while (len > 0 && text[len - 1] == ' ')
		len--;
	return x_asprintf(ctx, "%.*s…", (int)len, text);
}

/* What the thread is about, without tags: "ring: do not wait (v3)". */
static const char *
title_of(const void *ctx, const struct nd_labels *labels,
         const struct nd_thread *thread)
{
	const struct nd_message *root = nd_thread_root(thread);
	const struct nd_series *series =
		thread->newest ? thread->newest : thread->series;
	const char *title = series && *series->title ? series->title
	                    : root->parts            ? root->parts->title
	                                             : root->subject;

	title = cut(ctx, *title ? title : nd_label_subject(labels, thread),
	            TITLE_COLUMNS);
	/* Which of several was applied is said with that. */
	if (!series || series->version < 2 ||
	    series->version == nd_thread_taken_version(thread))
		return title;
	return x_asprintf(ctx, nd_label_tr(labels, "%s (v%d)"), title,
	                  series->version);
}

const char *
nd_frontline_listed(const void *ctx, const struct nd_labels *labels,
                    const struct nd_thread *thread)
{
	const char *title = title_of(ctx, labels, thread);

	if (!nd_report_has_sections(labels->report))
		return title;
	return x_asprintf(ctx, "[%s] %s", thread->list, title);
}

/* The entries of a section get the numbers behind number; returns the last. */
static size_t
number_section(const struct nd_labels *labels,
               const struct nd_report_section *section, size_t number,
               size_t *numbers)
{
	const struct nd_front *front = labels->report->front;

	for (size_t i = 0; i < front->order_count; i++)
		if (nd_report_section_has(section, front->order[i]) &&
		    !nd_familylist_is_told(labels, front->order[i]))
			numbers[i] = ++number;
	return number;
}

const size_t *
nd_frontline_numbers(const void *ctx, const struct nd_labels *labels)
{
	const struct nd_report *report = labels->report;
	struct nd_report_section whole = nd_report_whole(report);
	size_t *numbers = x_array(ctx, size_t, report->front->order_count + 1);
	size_t last = 0;

	if (!nd_report_has_sections(report))
		number_section(labels, &whole, 0, numbers);
	else
		for (size_t i = 0; i < report->section_count; i++)
			last = number_section(labels, &report->section[i], last,
			                      numbers);
	return numbers;
}

size_t
nd_frontline_place(const struct nd_labels *labels,
                   const struct nd_thread *thread)
{
	const struct nd_front *front = labels->report->front;
	size_t place = 0;

	while (place < front->order_count && front->order[place] != thread)
		place++;
	return place;
}

static const char *
sender(const void *ctx, const struct nd_front_line *line)
{
	return nd_address_name(ctx,
	                       &line->thread->message[line->message]->sender);
}

/* ---- what is said of a thread -------------------------------------------- */

static const char *
owed_words(const void *ctx, const struct nd_labels *labels,
           const struct nd_obligation *owed)
{
	const char *text = nd_owed_text(ctx, labels->i18n, owed);

	if (!owed->question)
		return text;
	return x_asprintf(ctx, nd_label_tr(labels, "%s: “%s”"), text,
	                  cut(ctx, owed->question, SAID_COLUMNS));
}

/* "superseded by v3, 2 of 5 applied" */
static const char *
with_part(const void *ctx, const struct nd_labels *labels,
          const struct nd_thread *thread, const char *words)
{
	const char *part = nd_statusline_part(ctx, labels, thread);

	return part ? x_asprintf(ctx, nd_label_tr(labels, "%s, %s"), words,
	                         part)
	            : words;
}

static const char *
closed_words(const void *ctx, const struct nd_labels *labels,
             const struct nd_front_line *line)
{
	const struct nd_thread *thread = line->thread;
	const struct nd_series *series = thread->series;
	const char *state = nd_statusline_state(labels, thread->state);

	switch (thread->state) {
	case ND_STATE_SUPERSEDED:
		if (series && series->next)
			state = nd_statusline_superseded(ctx, labels, series);
		return with_part(ctx, labels, thread, state);
	case ND_STATE_WITHDRAWN:
	case ND_STATE_REJECTED:
		state = x_asprintf(ctx, nd_label_tr(labels, "%s by %s"), state,
		                   sender(ctx, line));
		return with_part(ctx, labels, thread, state);
	default:
		return nd_statusline_outcome(ctx, labels, thread);
	}
}

/* The mail that reports it is missing: another one began to talk of it. */
static bool
is_answer(const struct nd_front_line *line)
{
	const struct nd_subject *parts =
		line->thread->message[line->message]->parts;

	return !line->event && parts && parts->flags & ND_SUBJECT_REPLY;
}

static const char *
broke_words(const void *ctx, const struct nd_labels *labels,
            const struct nd_front_line *line)
{
	if (is_answer(line))
		return nd_label_tr(labels, "a bug report");
	if (!line->event)
		return x_asprintf(ctx, nd_label_tr(labels, "%s reports a bug"),
		                  sender(ctx, line));
	return x_asprintf(ctx, nd_label_tr(labels, "%s: a test failed: “%s”"),
	                  nd_address_name(ctx, &line->event->who),
	                  cut(ctx, line->event->text, SAID_COLUMNS));
}

static const char *
list_words(const void *ctx, const struct nd_labels *labels,
           const struct nd_front_line *line)
{
	if (line->owed.thread && line->list != ND_FRONT_UNANSWERED)
		return owed_words(ctx, labels, &line->owed);
	switch (line->list) {
	case ND_FRONT_CLOSED:
		return closed_words(ctx, labels, line);
	case ND_FRONT_BROKE:
		return broke_words(ctx, labels, line);
	case ND_FRONT_DEADLINES:
		return x_asprintf(ctx, nd_label_tr(labels, "until %s"),
		                  nd_time_utc(ctx, "%Y-%m-%d",
		                              line->thread->deadline->day_s));
	default:
		return nd_owed_no_answer(ctx, labels->i18n, sender(ctx, line),
		                         line->user);
	}
}

/* What is said of it: "Ann asks you: “why?”", "applied to next by Ben". */
static const char *
what_of(const void *ctx, const struct nd_labels *labels,
        const struct nd_front_line *line)
{
	const char *words = list_words(ctx, labels, line);

	return line->list == ND_FRONT_CLOSED
	               ? words
	               : with_part(ctx, labels, line->thread, words);
}

const char *
nd_frontline_text(const void *ctx, const struct nd_labels *labels,
                  const struct nd_front_line *line)
{
	return x_asprintf(ctx, nd_label_tr(labels, "%s: %s"),
	                  nd_frontline_listed(ctx, labels, line->thread),
	                  what_of(ctx, labels, line));
}

const char *
nd_frontline_owed(const void *ctx, const struct nd_labels *labels,
                  const struct nd_obligation *owed)
{
	return x_asprintf(ctx, nd_label_tr(labels, "%s: %s"),
	                  nd_frontline_listed(ctx, labels, owed->thread),
	                  owed_words(ctx, labels, owed));
}

const char *
nd_frontline_dated(const void *ctx, const struct nd_labels *labels,
                   const struct nd_front_line *line)
{
	const char *what = what_of(ctx, labels, line);
	const char *day;

	if (line->since_s <= 0 || line->list == ND_FRONT_DEADLINES)
		return what;
	day = nd_maillist_day(ctx, labels, line->since_s);
	return line->list == ND_FRONT_CLOSED
	               ? x_asprintf(ctx, nd_label_tr(labels, "%s, %s"), what,
	                            day)
	               : x_asprintf(ctx, nd_label_tr(labels, "%s, since %s"),
	                            what, day);
}

const char *
nd_frontline_who(const void *ctx, const struct nd_front_line *line)
{
	const struct nd_applied *applied = line->thread->applied;

	switch (line->list) {
	case ND_FRONT_WAITS_FOR_OTHERS:
	case ND_FRONT_OVERDUE:
		return line->owed.name;
	case ND_FRONT_CLOSED:
		if (applied && *applied->by &&
		    applied->message == line->message)
			return applied->by;
		break;
	case ND_FRONT_BROKE:
		if (is_answer(line))
			return NULL;
		if (line->event)
			return nd_address_name(ctx, &line->event->who);
		break;
	default:
		break;
	}
	return sender(ctx, line);
}

const char *
nd_frontline_brief(const void *ctx, const struct nd_labels *labels,
                   const struct nd_thread *thread)
{
	unsigned count = thread->counts.new_messages;
	const char *title = title_of(ctx, labels, thread);
	const char *what =
		x_asprintf(ctx,
	                   nd_trn(labels->i18n, "%s; %u new mail",
	                          "%s; %u new mails", count),
	                   nd_statusline_brief(ctx, labels, thread), count);

	return x_asprintf(ctx, nd_label_tr(labels, "%s: %s"), title, what);
}
