/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/htmlchart.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "agenda/front.h"
#include "model/address.h"
#include "render/escape.h"
#include "util/alloc.h"
#include "util/calendar.h"
#include "util/map.h"
#include "words/maillist.h"
#include "words/statusline.h"

enum {
	ROWS_MAX = 14,  /* of a period */
	PEOPLE_MAX = 8, /* with a row of their own */
	WHOLE = 10000,  /* parts of a picture's width: hundredths of a % */
	DAY_S = 86400,
	MARGIN = 200, /* for half a mark, on both sides */
};

/* ---- pictures ------------------------------------------------------------- */

/* part of all, in parts of a picture's width. */
static unsigned
share(int64_t part, int64_t all)
{
	return all > 0 ? (unsigned)(part * WHOLE / all) : 0;
}

/* A length or place as SVG takes it: "37.5%", whatever the locale. */
static const char *
percent(const void *ctx, unsigned parts)
{
	return x_asprintf(ctx, "%u.%02u%%", parts / 100, parts % 100);
}

static void
begin_table(struct nd_buf *out, const char *caption)
{
	nd_buf_adds(out, "<table class=\"chart\">\n<caption>");
	nd_escape_html_add(out, caption);
	nd_buf_adds(out, "</caption>\n");
}

static void
begin_row(struct nd_buf *out, const char *name)
{
	nd_buf_adds(out, "<tr><th scope=\"row\">");
	nd_escape_html_add(out, name);
	nd_buf_adds(out, "</th><td>");
}

static void
begin_picture(struct nd_buf *out, const char *title, const char *desc)
{
	nd_buf_adds(out, "<svg role=\"img\"><title>");
	nd_escape_html_add(out, title);
	nd_buf_adds(out, "</title>");
	if (*desc) {
		nd_buf_adds(out, "<desc>");
		nd_escape_html_add(out, desc);
		nd_buf_adds(out, "</desc>");
	}
}

static void
add_bar(struct nd_buf *out, const char *class, unsigned from, unsigned width)
{
	void *tmp = talloc_new(NULL);

	nd_buf_addf(out,
	            "<rect class=\"%s\" x=\"%s\" width=\"%s\" "
	            "height=\"100%%\"/>",
	            class, percent(tmp, from), percent(tmp, width));
	talloc_free(tmp);
}

static void
end_row(struct nd_buf *out, unsigned count)
{
	nd_buf_addf(out, "</svg></td><td>%u</td></tr>\n", count);
}

/* ---- mails a day ---------------------------------------------------------- */

/* The day of a mail, as the user's clocks have it; false: none is known. */
static bool
day_of(const struct nd_message *mail, int64_t *day)
{
	int64_t wall_s;

	if (nd_message_day_s(mail) == 0 ||
	    !nd_calendar_wall(mail->date_s, &wall_s))
		return false;
	*day = nd_calendar_day_of(wall_s);
	return true;
}

/*
 * The days of a report's new mails, and how many of them make a row. A last row
 * is of mails without a day.
 */
struct days {
	int64_t first, last;
	int64_t step;
	size_t rows;
	unsigned *count; /* of each category in each row */
};

/* A day of a short period without a mail has a row, too. */
static void
add_quiet_days(const struct nd_window *window, struct days *days)
{
	int64_t until_s = window->until_s < window->now_s ? window->until_s
	                                                  : window->now_s;
	int64_t first, last;

	if (window->since_s <= 0 || until_s <= window->since_s ||
	    !nd_calendar_wall(window->since_s, &first) ||
	    !nd_calendar_wall(until_s - 1, &last))
		return;
	first = nd_calendar_day_of(first);
	last = nd_calendar_day_of(last);
	if (last - first >= ROWS_MAX)
		return;
	if (first < days->first)
		days->first = first;
	if (last > days->last)
		days->last = last;
}

static void
find_days(const struct nd_report *report, struct days *days)
{
	bool any = false;
	int64_t day;

	for (size_t i = 0; i < report->front->order_count; i++) {
		const struct nd_thread *thread = report->front->order[i];

		for (size_t k = 0; k < thread->message_count; k++) {
			const struct nd_message *mail = thread->message[k];

			if (!(mail->flags & ND_MESSAGE_NEW) ||
			    !day_of(mail, &day))
				continue;
			if (!any || day < days->first)
				days->first = day;
			if (!any || day > days->last)
				days->last = day;
			any = true;
		}
	}
	if (any)
		add_quiet_days(&report->window, days);
	days->step = 1;
	while ((days->last - days->first) / days->step >= ROWS_MAX)
		days->step = days->step == 1 ? 7 : 2 * days->step;
	days->rows =
		any ? (size_t)((days->last - days->first) / days->step) + 1 : 0;
}

size_t
nd_htmlchart_category(const struct nd_report *report,
                      const struct nd_thread *thread)
{
	const char *name = nd_thread_category(thread);
	size_t i = 0;

	while (i + 1 < report->category_count &&
	       strcmp(report->category[i].name, name) != 0)
		i++;
	return i;
}

static void
count_days(const struct nd_report *report, struct days *days)
{
	for (size_t i = 0; i < report->front->order_count; i++) {
		const struct nd_thread *thread = report->front->order[i];
		size_t category = nd_htmlchart_category(report, thread);

		for (size_t k = 0; k < thread->message_count; k++) {
			size_t row = days->rows;
			int64_t day;

			if (!(thread->message[k]->flags & ND_MESSAGE_NEW))
				continue;
			if (day_of(thread->message[k], &day))
				row = (size_t)((day - days->first) /
				               days->step);
			days->count[row * report->category_count + category]++;
		}
	}
}

static unsigned
row_total(const struct nd_report *report, const struct days *days, size_t row)
{
	unsigned total = 0;

	for (size_t i = 0; i < report->category_count; i++)
		total += days->count[row * report->category_count + i];
	return total;
}

/* "PATCH: 12; Other: 3" */
static const char *
row_text(const void *ctx, const struct nd_labels *labels, const unsigned *count)
{
	const struct nd_report *report = labels->report;
	const char **part = x_array(ctx, const char *, report->category_count);

	for (size_t i = 0; i < report->category_count; i++) {
		const char *name =
			nd_label_category(labels, report->category[i].name);

		part[i] =
			count[i] == 0
				? ""
				: x_asprintf(ctx, nd_label_tr(labels, "%s: %u"),
		                             name, count[i]);
	}
	return nd_label_join(ctx, labels, part, report->category_count);
}

static const char *
row_name(const void *ctx, const struct nd_labels *labels,
         const struct days *days, size_t row)
{
	int64_t day = days->first + (int64_t)row * days->step, time_s = 0;

	if (row == days->rows || !nd_calendar_time(day * DAY_S, &time_s))
		time_s = 0; /* no date */
	return nd_maillist_day(ctx, labels, time_s);
}

/* A bar of mails, count of each category, with a part for each. */
static void
add_mails(struct nd_buf *out, const struct nd_labels *labels, const char *name,
          const unsigned *count, unsigned most)
{
	const struct nd_report *report = labels->report;
	void *tmp = talloc_new(NULL);
	unsigned before = 0;

	begin_row(out, name);
	begin_picture(out, name, row_text(tmp, labels, count));
	for (size_t i = 0; i < report->category_count; i++) {
		if (count[i] > 0)
			add_bar(out,
			        x_asprintf(tmp, "c%zu",
			                   i % ND_HTMLCHART_COLOURS),
			        share(before, most), share(count[i], most));
		before += count[i];
	}
	end_row(out, before);
	talloc_free(tmp);
}

void
nd_htmlchart_days(struct nd_buf *out, const struct nd_labels *labels)
{
	const struct nd_report *report = labels->report;
	struct days days = {.rows = 0};
	void *tmp = talloc_new(NULL);
	unsigned most = 0;

	find_days(report, &days);
	days.count = x_array(tmp, unsigned,
	                     (days.rows + 1) * report->category_count);
	count_days(report, &days);
	for (size_t row = 0; row <= days.rows; row++)
		if (row_total(report, &days, row) > most)
			most = row_total(report, &days, row);
	if (most == 0)
		goto done;
	begin_table(out, days.step == 1
	                         ? nd_label_tr(labels, "Mails a day")
	                         : x_asprintf(tmp,
	                                      nd_label_tr(labels,
	                                                  "Mails in %u days"),
	                                      (unsigned)days.step));
	for (size_t row = 0; row <= days.rows; row++)
		if (row < days.rows || row_total(report, &days, row) > 0)
			add_mails(out, labels,
			          row_name(tmp, labels, &days, row),
			          &days.count[row * report->category_count],
			          most);
	nd_buf_adds(out, "</table>\n");
done:
	talloc_free(tmp);
}

/* ---- mails by list -------------------------------------------------------- */

static void
add_list(struct nd_buf *out, const struct nd_labels *labels,
         const struct nd_report_section *section, unsigned most)
{
	void *tmp = talloc_new(NULL);
	unsigned *count = x_array(tmp, unsigned, section->category_count);

	for (size_t i = 0; i < section->category_count; i++)
		count[i] = section->category[i].messages;
	add_mails(out, labels, nd_label_list(tmp, section->list), count, most);
	talloc_free(tmp);
}

void
nd_htmlchart_lists(struct nd_buf *out, const struct nd_labels *labels)
{
	const struct nd_report *report = labels->report;
	unsigned most = 0;

	if (!nd_report_has_sections(report))
		return;
	for (size_t i = 0; i < report->section_count; i++)
		if (report->section[i].messages > most)
			most = report->section[i].messages;
	begin_table(out, nd_label_tr(labels, "Mails by list"));
	for (size_t i = 0; i < report->section_count; i++)
		add_list(out, labels, &report->section[i], most);
	nd_buf_adds(out, "</table>\n");
}

/* ---- states --------------------------------------------------------------- */

void
nd_htmlchart_states(struct nd_buf *out, const struct nd_labels *labels)
{
	const struct nd_report *report = labels->report;
	unsigned count[ND_STATE_COUNT] = {0}, most = 0;
	void *tmp = talloc_new(NULL);

	for (size_t i = 0; i < report->front->order_count; i++) {
		enum nd_thread_state state = report->front->order[i]->state;

		if (++count[state] > most)
			most = count[state];
	}
	if (most == 0)
		goto done;
	begin_table(out, nd_label_tr(labels, "Threads by state"));
	for (enum nd_thread_state state = 0; state < ND_STATE_COUNT; state++) {
		const char *name = nd_statusline_state(labels, state);

		if (count[state] == 0)
			continue;
		begin_row(out, name);
		begin_picture(out, name,
		              nd_label_threads(tmp, labels, count[state]));
		add_bar(out, "bar", 0, share(count[state], most));
		end_row(out, count[state]);
	}
	nd_buf_adds(out, "</table>\n");
done:
	talloc_free(tmp);
}

/* ---- who wrote when ------------------------------------------------------- */

struct person {
	const char *name;
	unsigned mails;
	size_t order; /* in which they came */
};

struct timeline {
	const struct nd_labels *labels;
	const struct nd_thread *thread;
	int64_t first_s, last_s;
	struct person *person; /* those who wrote most first */
	size_t people;
	size_t *writer; /* of each mail: index of the person; NOBODY: it is not
	                 * in the picture */
	bool *posts, *takes; /* each mail: a patch; that something is taken? */
};

#define NOBODY SIZE_MAX

static bool
is_drawn(const struct nd_labels *labels, const struct nd_message *mail)
{
	return (labels->alone || mail->flags & ND_MESSAGE_NEW) &&
	       nd_message_day_s(mail) != 0;
}

static int
compare_people(const void *a, const void *b)
{
	const struct person *x = a, *y = b;

	if (x->mails != y->mails)
		return x->mails > y->mails ? -1 : 1;
	return x->order < y->order ? -1 : x->order > y->order;
}

/* The person, by the order of appearance. */
static size_t
find_person(struct timeline *line, struct nd_map *known,
            const struct nd_address *who)
{
	const char *key = nd_address_key(line->person, who);
	size_t i = (size_t)nd_map_get_int(known, key, (intptr_t)line->people);

	if (i == line->people) {
		nd_map_set_int(known, key, (intptr_t)i);
		line->person[line->people++] = (struct person){
			.name = nd_address_name(line->person, who), .order = i};
	}
	line->person[i].mails++;
	return i;
}

static void
note_events(struct timeline *line)
{
	const unsigned taken = 1u << ND_EVENT_APPLIED | 1u << ND_EVENT_PULLED |
	                       1u << ND_EVENT_MERGED |
	                       1u << ND_EVENT_MERGED_STABLE;
	const struct nd_thread *thread = line->thread;

	for (size_t i = 0; i < thread->event_count; i++) {
		const struct nd_event *event = &thread->event[i];

		if (1u << event->type & taken)
			line->takes[event->message] = true;
		if (event->type == ND_EVENT_POSTED)
			line->posts[event->message] = true;
	}
	for (size_t i = 0; i < thread->message_count; i++) {
		const struct nd_subject *parts = thread->message[i]->parts;

		line->posts[i] = line->posts[i] ||
		                 (parts && parts->flags & ND_SUBJECT_NUMBERED &&
		                  !(parts->flags & ND_SUBJECT_REPLY));
	}
}

static void
read_mails(struct timeline *line)
{
	const struct nd_thread *thread = line->thread;
	void *tmp = talloc_new(NULL);
	struct nd_map *known = nd_map_new(tmp);
	size_t *place;

	for (size_t i = 0; i < thread->message_count; i++) {
		const struct nd_message *mail = thread->message[i];

		line->writer[i] = NOBODY;
		if (!is_drawn(line->labels, mail))
			continue;
		if (line->people == 0 || mail->date_s < line->first_s)
			line->first_s = mail->date_s;
		if (line->people == 0 || mail->date_s > line->last_s)
			line->last_s = mail->date_s;
		line->writer[i] = find_person(line, known, &mail->sender);
	}
	qsort(line->person, line->people, sizeof *line->person, compare_people);
	place = x_array(tmp, size_t, line->people);
	for (size_t i = 0; i < line->people; i++)
		place[line->person[i].order] = i;
	for (size_t i = 0; i < thread->message_count; i++)
		if (line->writer[i] != NOBODY)
			line->writer[i] = place[line->writer[i]];
	talloc_free(tmp);
}

static void
add_mark(struct nd_buf *out, const struct timeline *line, size_t i)
{
	int64_t offset_s = line->thread->message[i]->date_s - line->first_s;
	int64_t span_s = line->last_s - line->first_s;
	void *tmp = talloc_new(NULL);
	const char *x = percent(
		tmp,
		MARGIN + (span_s > 0 ? (unsigned)(offset_s *
	                                          (WHOLE - 2 * MARGIN) / span_s)
	                             : 0));

	if (line->takes[i])
		nd_buf_addf(out,
		            "<svg x=\"%s\" y=\"50%%\"><path "
		            "d=\"M0-6 6 0 0 6-6 0z\"/></svg>",
		            x);
	else if (line->posts[i])
		nd_buf_addf(out,
		            "<svg x=\"%s\" y=\"50%%\"><path "
		            "d=\"M-3-3h6v6h-6z\"/></svg>",
		            x);
	else
		nd_buf_addf(out, "<circle cx=\"%s\" cy=\"50%%\" r=\"3\"/>", x);
	talloc_free(tmp);
}

/* The mails of people from one to the other, exclusive. */
static void
add_people(struct nd_buf *out, const struct timeline *line, size_t from,
           size_t to, const char *name)
{
	const struct nd_thread *thread = line->thread;
	void *tmp = talloc_new(NULL);
	const char *first = "", *last = "";
	unsigned count = 0;
	struct nd_buf *marks = nd_buf_new(tmp, out->limit_bytes);

	for (size_t i = 0; i < thread->message_count; i++) {
		if (line->writer[i] < from || line->writer[i] >= to)
			continue;
		last = nd_maillist_date(tmp, line->labels,
		                        thread->message[i]->date_s);
		first = count++ == 0 ? last : first;
		add_mark(marks, line, i);
	}
	begin_row(out, name);
	begin_picture(
		out, name,
		count == 1
			? first
			: x_asprintf(tmp, nd_label_tr(line->labels, "%s to %s"),
	                             first, last));
	nd_buf_adds(out, "<line x1=\"0\" y1=\"50%\" x2=\"100%\" y2=\"50%\"/>");
	nd_buf_add(out, marks->data, marks->len);
	end_row(out, count);
	talloc_free(tmp);
}

static bool
is_large(const struct nd_labels *labels, const struct nd_thread *thread)
{
	return (labels->alone
	                ? thread->counts.total
	                : thread->counts.new_messages) > labels->report->large;
}

static void
add_timeline(struct nd_buf *out, struct timeline *line)
{
	const struct nd_labels *labels = line->labels;
	void *tmp = talloc_new(NULL);
	size_t named = line->people;
	const char *first = nd_maillist_day(tmp, labels, line->first_s);
	const char *last = nd_maillist_day(tmp, labels, line->last_s);

	/* "1 other" is as long as the name. */
	if (named > PEOPLE_MAX + 1)
		named = PEOPLE_MAX;
	begin_table(out,
	            x_asprintf(tmp,
	                       nd_label_tr(labels, "Who wrote when, %s to %s "
	                                           "(■ patch, ◆ taken)"),
	                       first, last));
	for (size_t i = 0; i < named; i++)
		add_people(out, line, i, i + 1, line->person[i].name);
	if (named < line->people)
		add_people(
			out, line, named, line->people,
			x_asprintf(tmp,
		                   nd_trn(labels->i18n, "%lu other",
		                          "%lu others", line->people - named),
		                   (unsigned long)(line->people - named)));
	nd_buf_adds(out, "</table>\n");
	talloc_free(tmp);
}

void
nd_htmlchart_timeline(struct nd_buf *out, const struct nd_labels *labels,
                      const struct nd_thread *thread)
{
	void *tmp = talloc_new(NULL);
	struct timeline line = {.labels = labels, .thread = thread};

	if (!is_large(labels, thread))
		goto done;
	line.person = x_array(tmp, struct person, thread->message_count);
	line.writer = x_array(tmp, size_t, thread->message_count);
	line.posts = x_array(tmp, bool, thread->message_count);
	line.takes = x_array(tmp, bool, thread->message_count);
	note_events(&line);
	read_mails(&line);
	if (line.people > 1)
		add_timeline(out, &line);
done:
	talloc_free(tmp);
}
