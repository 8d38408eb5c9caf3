/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/htmlfront.h"

#include <string.h>

#include "agenda/front.h"
#include "render/escape.h"
#include "render/htmlchart.h"
#include "render/htmlthread.h"
#include "util/alloc.h"
#include "words/entry.h"
#include "words/familylist.h"
#include "words/frontline.h"
#include "words/sinceline.h"

/* Has the thread at this place an entry on the page? */
static bool
is_on_page(const struct nd_labels *labels, const struct nd_htmlfront_plan *plan,
           size_t place)
{
	return !labels->brief && plan->number[place] > 0 &&
	       place < nd_entry_shown(labels) &&
	       !nd_readingtime_is_left(plan->left,
	                               labels->report->front->order[place]);
}

/* The thread of the report that begins with this mail, or NULL. */
static const struct nd_thread *
find_thread(const struct nd_front *front, const char *root_id)
{
	for (size_t i = 0; i < front->order_count; i++)
		if (strcmp(nd_thread_root(front->order[i])->id, root_id) == 0)
			return front->order[i];
	return NULL;
}

const char *
nd_htmlfront_entry(const void *ctx, const struct nd_labels *labels,
                   const struct nd_htmlfront_plan *plan,
                   const struct nd_thread *thread)
{
	const struct nd_front *front = labels->report->front;
	const struct nd_series *series = thread->series;
	const struct nd_thread *next =
		series && series->next
			? find_thread(front, series->next->root_id)
			: NULL;

	if (next && nd_familylist_is_told(labels, next))
		next = next->family.entry;
	for (size_t i = 0; next && i < front->order_count; i++)
		if (front->order[i] == next && is_on_page(labels, plan, i))
			return x_asprintf(ctx, "#t%zu", plan->number[i]);
	return NULL;
}

/*
 * The begin of a line, "title: ". The title leads to the thread below, when it
 * is printed there, else to its mail; then the line says its category, for the
 * filter.
 */
static void
begin_line(struct nd_buf *out, const struct nd_labels *labels,
           const struct nd_thread *thread, const struct nd_message *mail,
           const struct nd_htmlfront_plan *plan)
{
	size_t place = nd_frontline_place(labels, thread);
	bool ordered = place < labels->report->front->order_count;
	bool below = ordered && is_on_page(labels, plan, place);
	void *tmp = talloc_new(NULL);
	const char *title = nd_frontline_listed(tmp, labels, thread);

	nd_buf_adds(out, "<li");
	if (ordered && plan->number[place] > 0)
		nd_buf_addf(out, " value=\"%zu\"", plan->number[place]);
	if (below) {
		nd_buf_addf(out, "><a href=\"#t%zu\">", plan->number[place]);
		nd_escape_html_add(
			out,
			nd_htmlthread_name(tmp, nd_thread_root(thread), title));
		nd_buf_adds(out, "</a>");
	} else {
		nd_buf_addf(out, " data-category=\"%zu\">",
		            nd_htmlchart_category(labels->report, thread));
		nd_htmlthread_link(out, mail, title);
	}
	/* What the language has between the two. */
	nd_buf_addf(out, nd_label_tr(labels, "%s: %s"), "", "");
	talloc_free(tmp);
}

/*
 * "title: Ann asks you, since 03-10 [#4]". False: there is no time to read it.
 */
static bool
add_front_line(struct nd_buf *out, const struct nd_labels *labels,
               const struct nd_front_line *line,
               const struct nd_htmlfront_plan *plan)
{
	const struct nd_thread *thread = line->thread;
	void *tmp = talloc_new(NULL);
	const char *title = nd_frontline_listed(tmp, labels, thread);
	const char *dated = nd_frontline_dated(tmp, labels, line);
	const char *text =
		x_asprintf(tmp, nd_label_tr(labels, "%s: %s"), title, dated);
	bool fits = nd_readingtime_take(plan->time, text, strlen(text));

	if (!fits)
		goto done;
	begin_line(out, labels, thread, nd_thread_root(thread), plan);
	nd_htmlthread_newer(out, thread, dated,
	                    nd_htmlfront_entry(tmp, labels, plan, thread));
	nd_htmlthread_place(out, labels, thread, line->message);
	nd_buf_adds(out, "</li>\n");
done:
	talloc_free(tmp);
	return fits;
}

static void
add_more(struct nd_buf *out, const struct nd_labels *labels, size_t count)
{
	void *tmp = talloc_new(NULL);

	if (count > 0)
		nd_htmlthread_text(
			out, "<p>",
			x_asprintf(tmp,
		                   nd_trn(labels->i18n, "and %lu more",
		                          "and %lu more", count),
		                   (unsigned long)count),
			"</p>");
	talloc_free(tmp);
}

static void
add_front_list(struct nd_buf *out, const struct nd_labels *labels,
               enum nd_front_list list, const struct nd_htmlfront_plan *plan)
{
	const struct nd_front *front = labels->report->front;
	size_t count = front->count[list], done = 0;
	size_t shown = nd_frontline_shown(front, list);
	const char *heading = nd_frontline_heading(labels, list);
	void *tmp = talloc_new(NULL);

	if (count == 0) {
		nd_htmlthread_text(out, "<section class=\"none\"><h2>",
		                   x_asprintf(tmp,
		                              nd_label_tr(labels, "%s: none"),
		                              heading),
		                   "</h2></section>");
		goto done;
	}
	nd_buf_addf(out, "<section class=\"%s\">\n", nd_front_list_name(list));
	nd_htmlthread_text(
		out, "<h2>",
		x_asprintf(tmp, nd_label_tr(labels, "%s: %zu"), heading, count),
		"</h2>");
	nd_buf_adds(out, "<ol>\n");
	while (done < shown &&
	       add_front_line(out, labels, &front->line[list][done], plan))
		done++;
	nd_buf_adds(out, "</ol>\n");
	add_more(out, labels, count - done);
	nd_buf_adds(out, "</section>\n");
done:
	talloc_free(tmp);
}

/* A thread that the page does not have: its link leads to the archive. */
static bool
add_quiet_line(struct nd_buf *out, const struct nd_labels *labels,
               const struct nd_front_line *line,
               const struct nd_htmlfront_plan *plan)
{
	void *tmp = talloc_new(NULL);
	const char *title = nd_frontline_listed(tmp, labels, line->thread);
	const char *dated = nd_frontline_dated(tmp, labels, line);
	const char *text =
		x_asprintf(tmp, nd_label_tr(labels, "%s: %s"), title, dated);
	bool fits = nd_readingtime_take(plan->time, text, strlen(text));

	if (fits) {
		begin_line(out, labels, line->thread,
		           line->thread->message[line->message], plan);
		nd_htmlthread_words(out, dated);
		nd_buf_adds(out, "</li>\n");
	}
	talloc_free(tmp);
	return fits;
}

/* What was open before, and nothing has come of it in the window. */
static void
add_quiet(struct nd_buf *out, const struct nd_labels *labels,
          const struct nd_htmlfront_plan *plan)
{
	const struct nd_front *front = labels->report->front;
	size_t done = 0, shown = nd_frontline_quiet_shown(front);
	void *tmp = talloc_new(NULL);
	const char *heading = x_asprintf(tmp, nd_label_tr(labels, "%s: %zu"),
	                                 nd_frontline_quiet_heading(labels),
	                                 front->quiet_count);

	if (shown > 0 &&
	    nd_readingtime_take(plan->time, heading, strlen(heading))) {
		nd_buf_adds(out, "<section class=\"quiet\">\n");
		nd_htmlthread_text(out, "<h2>", heading, "</h2>");
		nd_buf_adds(out, "<ul>\n");
		while (done < shown &&
		       add_quiet_line(out, labels, &front->quiet[done], plan))
			done++;
		nd_buf_adds(out, "</ul>\n");
		add_more(out, labels, front->quiet_count - done);
		nd_buf_adds(out, "</section>\n");
	}
	talloc_free(tmp);
}

void
nd_htmlfront_add(struct nd_buf *out, const struct nd_labels *labels,
                 const struct nd_htmlfront_plan *plan)
{
	nd_buf_adds(out, "<div class=\"front\">\n");
	for (enum nd_front_list k = 0; k < ND_FRONT_LIST_COUNT; k++)
		add_front_list(out, labels, k, plan);
	add_quiet(out, labels, plan);
	nd_buf_adds(out, "</div>\n");
}

/* ---- since the last report ------------------------------------------------ */

static void
add_since_list(struct nd_buf *out, const struct nd_labels *labels,
               enum nd_sincelast_list list,
               const struct nd_htmlfront_plan *plan)
{
	const struct nd_sincelast *since = labels->report->since_last;
	size_t shown = nd_sinceline_shown(since, list);
	void *tmp = talloc_new(NULL);

	nd_buf_adds(out, "<section>\n");
	nd_htmlthread_text(out, "<h3>", nd_sinceline_counted(tmp, labels, list),
	                   "</h3>");
	if (shown > 0)
		nd_buf_adds(out, "<ol>\n");
	for (size_t i = 0; i < shown; i++) {
		const struct nd_sincelast_line *line = &since->line[list][i];

		begin_line(out, labels, line->thread,
		           line->thread->message[line->message], plan);
		nd_htmlthread_words(out, nd_sinceline_state(tmp, labels, line));
		nd_htmlthread_place(out, labels, line->thread, line->message);
		nd_buf_adds(out, "</li>\n");
	}
	if (shown > 0)
		nd_buf_adds(out, "</ol>\n");
	nd_htmlthread_text(out, "<p>", nd_sinceline_rest(tmp, labels, list),
	                   "</p>");
	nd_buf_adds(out, "</section>\n");
	talloc_free(tmp);
}

void
nd_htmlfront_since(struct nd_buf *out, const struct nd_labels *labels,
                   const struct nd_htmlfront_plan *plan)
{
	void *tmp = talloc_new(NULL);

	nd_buf_adds(out, "<section class=\"since\">\n");
	nd_htmlthread_text(out, "<h2>", nd_sinceline_heading(tmp, labels),
	                   "</h2>");
	nd_buf_adds(out, "<div>\n");
	for (enum nd_sincelast_list k = 0; k < ND_SINCELAST_LIST_COUNT; k++)
		add_since_list(out, labels, k, plan);
	nd_buf_adds(out, "</div>\n</section>\n");
	talloc_free(tmp);
}
