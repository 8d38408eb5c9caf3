/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/text.h"

#include <stdio.h>
#include <string.h>

#include "render/escape.h"
#include "render/textpage.h"
#include "render/textthread.h"
#include "util/alloc.h"
#include "util/archiveurl.h"
#include "util/limits.h"
#include "util/utf8.h"
#include "words/entry.h"
#include "words/familylist.h"
#include "words/frontline.h"
#include "words/maillist.h"
#include "words/readingtime.h"
#include "words/sinceline.h"

/* ---- the report ---------------------------------------------------------- */

static void
add_totals(const struct nd_textpage *to,
           const struct nd_report_section *section)
{
	void *tmp = talloc_new(NULL);

	nd_textpage_add(to, "", "", "",
	                nd_frontline_section_totals(tmp, to->labels, section));
	talloc_free(tmp);
}

/* A row of counts: of a category, or of a list. */
struct count_row {
	const char *name;
	unsigned threads, messages;
};

/* "  PATCH     6 threads, 20 mails" */
static void
add_rows(const struct nd_textpage *to, const struct count_row *row,
         size_t count)
{
	size_t widest = 0;

	for (size_t i = 0; i < count; i++) {
		size_t width = nd_utf8_width(row[i].name, strlen(row[i].name));

		if (width > widest)
			widest = width;
	}
	for (size_t i = 0; i < count; i++) {
		size_t width = nd_utf8_width(row[i].name, strlen(row[i].name));
		void *tmp = talloc_new(NULL);

		nd_buf_addf(to->out, "  %s%*s", row[i].name,
		            (int)(widest - width + 2), "");
		nd_buf_addf(to->out, nd_label_tr(to->labels, "%s, %s"),
		            nd_label_threads(tmp, to->labels, row[i].threads),
		            nd_label_mails(tmp, to->labels, row[i].messages));
		nd_buf_addc(to->out, '\n');
		talloc_free(tmp);
	}
}

/* Those that have threads. */
static void
add_categories(const struct nd_textpage *to,
               const struct nd_report_section *section)
{
	void *tmp = talloc_new(NULL);
	struct count_row *row = NULL;
	size_t count = 0;

	for (size_t i = 0; i < section->category_count; i++) {
		const struct nd_category_row *from = &section->category[i];

		if (from->threads > 0)
			*x_append(tmp, row, count) = (struct count_row){
				.name = nd_label_category(to->labels,
			                                  from->name),
				.threads = from->threads,
				.messages = from->messages,
			};
	}
	add_rows(to, row, count);
	talloc_free(tmp);
}

/* All: a list without mail is worth knowing. */
static void
add_lists(const struct nd_textpage *to)
{
	const struct nd_report *report = to->labels->report;
	void *tmp = talloc_new(NULL);
	struct count_row *row = NULL;
	size_t count = 0;

	for (size_t i = 0; i < report->section_count; i++) {
		const struct nd_report_section *from = &report->section[i];

		*x_append(tmp, row, count) = (struct count_row){
			.name = nd_label_list(tmp, from->list),
			.threads = (unsigned)from->thread_total,
			.messages = from->messages,
		};
	}
	add_rows(to, row, count);
	talloc_free(tmp);
}

static void
add_numbered_thread(const struct nd_textpage *to,
                    const struct nd_thread *thread, size_t number)
{
	char *lead = x_asprintf(NULL, "%zu. ", number);

	nd_buf_addc(to->out, '\n');
	nd_textpage_add(to, lead, ND_TEXTPAGE_INDENT, ND_TEXTPAGE_TITLE,
	                nd_label_subject(to->labels, thread));
	nd_textthread_add(to, thread);
	talloc_free(lead);
}

/* ---- the front page ------------------------------------------------------ */

/* Is there an entry of the thread below? */
static bool
is_below(const struct nd_textpage *to, const struct nd_thread *thread)
{
	return !to->labels->brief && nd_frontline_place(to->labels, thread) <
	                                     nd_entry_shown(to->labels);
}

/* The text of a line with its mail, "[#4]", where an entry below has it. */
static const char *
placed(const void *ctx, const struct nd_textpage *to,
       const struct nd_thread *thread, int32_t mail, const char *text)
{
	if (!is_below(to, thread) ||
	    !nd_maillist_has(to->labels, thread->message[mail]))
		return text;
	return x_asprintf(ctx, "%s %s", text,
	                  nd_maillist_place(ctx, to->labels, thread, mail));
}

/* With the number of the entry, where there is one: "12. …", or "12 …". */
static void
add_numbered_line(const struct nd_textpage *to, const struct nd_thread *thread,
                  const char *text)
{
	char *lead =
		x_asprintf(NULL, is_below(to, thread) ? "%4zu. " : "%4zu  ",
	                   to->number[nd_frontline_place(to->labels, thread)]);

	nd_textpage_add(to, lead, "      ", "", text);
	talloc_free(lead);
}

/*
 * "  12. title: Ann asks you, since 03-10 [#4]". False: there is no time to read
 * it.
 */
static bool
add_front_line(const struct nd_textpage *to, const struct nd_front_line *line)
{
	const struct nd_labels *labels = to->labels;
	void *tmp = talloc_new(NULL);
	const char *text =
		x_asprintf(tmp, nd_label_tr(labels, "%s: %s"),
	                   nd_frontline_listed(tmp, labels, line->thread),
	                   nd_frontline_dated(tmp, labels, line));
	bool fits;

	text = placed(tmp, to, line->thread, line->message, text);
	fits = nd_readingtime_take(to->time, text, strlen(text));
	if (fits)
		add_numbered_line(to, line->thread, text);
	talloc_free(tmp);
	return fits;
}

static void
add_more(const struct nd_textpage *to, size_t count)
{
	void *tmp = talloc_new(NULL);

	if (count > 0)
		nd_textpage_add(
			to, "      ", "      ", "",
			x_asprintf(tmp,
		                   nd_trn(to->labels->i18n, "and %lu more",
		                          "and %lu more", count),
		                   (unsigned long)count));
	talloc_free(tmp);
}

static void
add_front_list(const struct nd_textpage *to, enum nd_front_list list)
{
	const struct nd_front *front = to->labels->report->front;
	size_t count = front->count[list], done = 0;
	size_t shown = nd_frontline_shown(front, list);
	const char *heading = nd_frontline_heading(to->labels, list);
	void *tmp = talloc_new(NULL);

	if (count == 0) {
		nd_textpage_add(to, "", ND_TEXTPAGE_INDENT, "",
		                x_asprintf(tmp,
		                           nd_label_tr(to->labels, "%s: none"),
		                           heading));
		goto done;
	}
	nd_textpage_add(to, "", ND_TEXTPAGE_INDENT, ND_TEXTPAGE_ZONE,
	                x_asprintf(tmp, nd_label_tr(to->labels, "%s: %zu"),
	                           heading, count));
	while (done < shown && add_front_line(to, &front->line[list][done]))
		done++;
	add_more(to, count - done);
done:
	talloc_free(tmp);
}

/* A thread that is told of nowhere else: with its link, since a number of it
 * would lead nowhere. False: there is no time to read it. */
static bool
add_quiet_line(const struct nd_textpage *to, const struct nd_front_line *line)
{
	void *tmp = talloc_new(NULL);
	const char *id = line->thread->message[line->message]->id;
	const char *text =
		x_asprintf(tmp, nd_label_tr(to->labels, "%s: %s"),
	                   nd_frontline_listed(tmp, to->labels, line->thread),
	                   nd_frontline_dated(tmp, to->labels, line));
	bool fits = nd_readingtime_take(to->time, text, strlen(text));

	if (fits) {
		nd_textpage_add(to, "      ", "      ", "", text);
		nd_buf_addf(to->out, "      %s\n", nd_archiveurl_mid(tmp, id));
	}
	talloc_free(tmp);
	return fits;
}

/* What was open before, and nothing has come of it in the window. */
static void
add_quiet(const struct nd_textpage *to)
{
	const struct nd_front *front = to->labels->report->front;
	size_t done = 0, shown = nd_frontline_quiet_shown(front);
	void *tmp = talloc_new(NULL);
	const char *heading = x_asprintf(
		tmp, nd_label_tr(to->labels, "%s: %zu"),
		nd_frontline_quiet_heading(to->labels), front->quiet_count);

	if (shown > 0 &&
	    nd_readingtime_take(to->time, heading, strlen(heading))) {
		nd_textpage_add(to, "", ND_TEXTPAGE_INDENT, ND_TEXTPAGE_ZONE,
		                heading);
		while (done < shown && add_quiet_line(to, &front->quiet[done]))
			done++;
		add_more(to, front->quiet_count - done);
	}
	talloc_free(tmp);
}

static void
add_front(const struct nd_textpage *to)
{
	nd_buf_addc(to->out, '\n');
	for (enum nd_front_list k = 0; k < ND_FRONT_LIST_COUNT; k++)
		add_front_list(to, k);
	add_quiet(to);
}

/* ---- since the last report ----------------------------------------------- */

static void
add_since_list(const struct nd_textpage *to, enum nd_sincelast_list list)
{
	const struct nd_labels *labels = to->labels;
	const struct nd_sincelast *since = labels->report->since_last;
	size_t shown = nd_sinceline_shown(since, list);
	void *tmp = talloc_new(NULL);

	nd_textpage_add(to, "", ND_TEXTPAGE_INDENT, "",
	                nd_sinceline_counted(tmp, labels, list));
	for (size_t i = 0; i < shown; i++) {
		const struct nd_sincelast_line *line = &since->line[list][i];

		add_numbered_line(to, line->thread,
		                  placed(tmp, to, line->thread, line->message,
		                         nd_sinceline_text(tmp, labels, line)));
	}
	add_more(to, since->count[list] - shown);
	talloc_free(tmp);
}

static void
add_since_last(const struct nd_textpage *to)
{
	void *tmp = talloc_new(NULL);

	nd_textpage_add(to, "", ND_TEXTPAGE_INDENT, ND_TEXTPAGE_ZONE,
	                nd_sinceline_heading(tmp, to->labels));
	for (enum nd_sincelast_list k = 0; k < ND_SINCELAST_LIST_COUNT; k++)
		add_since_list(to, k);
	nd_buf_addc(to->out, '\n');
	talloc_free(tmp);
}

/* ---- the threads --------------------------------------------------------- */

/* "12. title: under review; 3 new mails", of those that have no line above. */
static void
add_brief(const struct nd_textpage *to, const struct nd_report_section *section)
{
	const struct nd_labels *labels = to->labels;
	const struct nd_front *front = labels->report->front;
	size_t shown = nd_entry_shown(to->labels);
	bool has_heading = false;

	for (size_t i = 0; i < shown; i++) {
		const struct nd_thread *thread = front->order[i];
		void *tmp = talloc_new(NULL);

		if (nd_report_section_has(section, thread) &&
		    !nd_frontline_has(labels, thread)) {
			if (!has_heading) {
				nd_buf_addc(to->out, '\n');
				nd_textpage_add(
					to, "", ND_TEXTPAGE_INDENT,
					ND_TEXTPAGE_ZONE,
					nd_label_tr(to->labels,
				                    "The other threads"));
			}
			has_heading = true;
			nd_textpage_add(
				to, x_asprintf(tmp, "%4zu  ", to->number[i]),
				"      ", "",
				nd_frontline_brief(tmp, labels, thread));
		}
		talloc_free(tmp);
	}
}

/* What the time did not suffice for, in one line. */
static void
add_left(const struct nd_textpage *to, const struct nd_readingtime_left *left)
{
	char *text = nd_readingtime_left_text(NULL, to->labels, left);

	if (*text) {
		nd_buf_addc(to->out, '\n');
		nd_textpage_add(to, "", "", "", text);
	}
	talloc_free(text);
}

/* One of several: its heading stands out without colours, too. */
static void
add_section_head(const struct nd_textpage *to,
                 const struct nd_report_section *section)
{
	void *tmp = talloc_new(NULL);
	const char *title = nd_label_section(tmp, to->labels, section);

	nd_buf_addc(to->out, '\n');
	nd_textpage_add(to, "", "", ND_TEXTPAGE_TITLE, title);
	for (size_t i = nd_utf8_width(title, strlen(title)); i > 0; i--)
		nd_buf_addc(to->out, '=');
	nd_buf_addc(to->out, '\n');
	if (section->thread_total == 0) {
		nd_textpage_add(to, "", "", "",
		                nd_label_no_mail_here(to->labels, section));
	} else {
		add_totals(to, section);
		add_categories(to, section);
	}
	talloc_free(tmp);
}

/* They are read in any case. */
static void
spend_section_heads(const struct nd_textpage *to)
{
	const struct nd_report *report = to->labels->report;
	struct nd_textpage own = *to;

	own.out = nd_buf_new(NULL, ND_LIMIT_OUTPUT_BYTES);
	if (nd_report_has_sections(report))
		for (size_t i = 0; i < report->section_count; i++)
			add_section_head(&own, &report->section[i]);
	nd_readingtime_spend(to->time,
	                     nd_readingtime_words(own.out->data, own.out->len));
	talloc_free(own.out);
}

/* What is read is chosen of the whole report, what matters first. */
static struct nd_readingtime_left *
choose_threads(const void *ctx, const struct nd_textpage *to)
{
	const struct nd_labels *labels = to->labels;
	const struct nd_front *front = labels->report->front;
	size_t shown = nd_entry_shown(to->labels);
	struct nd_readingtime_left *left = nd_readingtime_left_new(ctx, shown);

	for (size_t i = 0; labels->minutes && i < shown; i++) {
		struct nd_textpage own = *to;

		own.out = nd_buf_new(NULL, ND_LIMIT_OUTPUT_BYTES);
		add_numbered_thread(&own, front->order[i], to->number[i]);
		if (!nd_readingtime_take(to->time, own.out->data, own.out->len))
			nd_readingtime_leave(left, front->order[i],
			                     to->number[i]);
		talloc_free(own.out);
	}
	return left;
}

static void
add_section(const struct nd_textpage *to,
            const struct nd_report_section *section,
            const struct nd_readingtime_left *left)
{
	const struct nd_front *front = to->labels->report->front;
	size_t shown = nd_entry_shown(to->labels);

	for (size_t i = 0; i < shown; i++)
		if (nd_report_section_has(section, front->order[i]) &&
		    !nd_readingtime_is_left(left, front->order[i]))
			add_numbered_thread(to, front->order[i], to->number[i]);
}

/* By section, in it by consequence, numbered through. */
static void
add_threads(const struct nd_textpage *to)
{
	const struct nd_report *report = to->labels->report;
	struct nd_report_section whole = nd_report_whole(report);
	bool divided = nd_report_has_sections(report);
	size_t count = divided ? report->section_count : 1;
	void *tmp = talloc_new(NULL);
	struct nd_readingtime_left *left =
		to->labels->brief ? nd_readingtime_left_new(tmp, 0)
				  : choose_threads(tmp, to);

	for (size_t i = 0; i < count; i++) {
		const struct nd_report_section *section =
			divided ? &report->section[i] : &whole;

		if (divided)
			add_section_head(to, section);
		if (to->labels->brief)
			add_brief(to, section);
		else
			add_section(to, section, left);
	}
	add_left(to, left);
	talloc_free(tmp);
}

static void
add_problems(const struct nd_textpage *to)
{
	const struct nd_report *report = to->labels->report;
	void *tmp = talloc_new(NULL);
	const char *dropped = nd_label_dropped(tmp, to->labels);

	if (report->problem_count == 0 && !*dropped)
		goto done;
	nd_buf_addc(to->out, '\n');
	nd_textpage_add(to, "", "", ND_TEXTPAGE_TITLE,
	                nd_label_tr(to->labels, "Problems"));
	for (size_t i = 0; i < report->problem_count; i++)
		nd_textpage_add(to, "- ", "  ", "",
		                nd_label_problem(tmp, to->labels, i));
	nd_textpage_add(to, "- ", "  ", "",
	                nd_label_problems_left(tmp, to->labels));
	nd_textpage_add(to, "- ", "  ", "", dropped);
done:
	talloc_free(tmp);
}

static struct nd_textpage
make_page(const void *ctx, const struct nd_labels *labels,
          const struct nd_text_page *page, struct nd_buf *out)
{
	return (struct nd_textpage){
		.labels = labels,
		.wrap = nd_wrap_new(ctx, page->width),
		.out = out,
		.width = page->width,
		.color = page->color,
		.links = page->links,
	};
}

void
nd_text_thread(const struct nd_labels *labels, const struct nd_text_page *page,
               const struct nd_thread *thread, struct nd_buf *out)
{
	void *tmp = talloc_new(NULL);
	struct nd_textpage to = make_page(tmp, labels, page, out);

	if (out->len > 0)
		nd_buf_addc(out, '\n');
	nd_textpage_add(&to, "", ND_TEXTPAGE_INDENT, ND_TEXTPAGE_TITLE,
	                nd_label_subject(labels, thread));
	nd_textthread_add(&to, thread);
	talloc_free(tmp);
}

void
nd_text_report(const struct nd_labels *labels, const struct nd_text_page *page,
               struct nd_buf *out)
{
	const struct nd_report *report = labels->report;
	struct nd_report_section whole = nd_report_whole(report);
	void *tmp = talloc_new(NULL);
	struct nd_textpage to = make_page(tmp, labels, page, out);
	const char *limit = nd_label_limit(tmp, labels);
	const char *muted = nd_frontline_muted(tmp, labels);

	to.time = nd_readingtime_new(tmp, labels->minutes);
	to.number = nd_frontline_numbers(tmp, labels);
	nd_textpage_add(&to, "", "", ND_TEXTPAGE_TITLE,
	                nd_label_title(tmp, labels));
	nd_textpage_add(&to, "", "", "", nd_label_period(tmp, labels));
	nd_buf_addc(out, '\n');
	if (report->since_last)
		add_since_last(&to);
	if (report->thread_count == 0) {
		const char *query = nd_label_query(tmp, labels);

		nd_textpage_add(&to, "", "", "", nd_label_no_mail(labels));
		if (*query)
			nd_textpage_add(&to, "", "", "", query);
		nd_textpage_add(&to, "", "", "", muted);
	} else {
		add_totals(&to, &whole);
		nd_textpage_add(&to, "", "", "", muted);
		if (nd_report_has_sections(report))
			add_lists(&to);
		else
			add_categories(&to, &whole);
		nd_readingtime_take(to.time, out->data, out->len);
		spend_section_heads(&to);
		add_front(&to);
	}
	if (*limit) {
		nd_buf_addc(out, '\n');
		nd_textpage_add(&to, "", "", "", limit);
	}
	if (report->thread_count > 0)
		add_threads(&to);
	add_problems(&to);
	talloc_free(tmp);
}
