/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/markdown.h"

#include "render/escape.h"
#include "render/markdownthread.h"
#include "util/alloc.h"
#include "util/archiveurl.h"
#include "util/limits.h"
#include "util/time.h"
#include "words/familylist.h"
#include "words/frontline.h"
#include "words/readingtime.h"
#include "words/sinceline.h"

void
nd_markdown_thread(const struct nd_labels *labels,
                   const struct nd_thread *thread, struct nd_buf *out)
{
	char *subject =
		nd_escape_markdown(NULL, nd_label_subject(labels, thread));

	if (out->len > 0)
		nd_buf_adds(out, "\n---\n\n");
	nd_buf_addf(out, "### %s\n\n", subject);
	nd_markdownthread_add(out, labels, thread);
	nd_buf_cut(out, out->len - 1); /* one line end closes it */
	talloc_free(subject);
}

/* "- **PATCH**: 6 threads (20 mails)": of a category, or of a list. */
static void
add_row(struct nd_buf *out, const struct nd_labels *labels, const char *name,
        unsigned threads, unsigned messages)
{
	const struct nd_i18n *cat = labels->i18n;
	void *tmp = talloc_new(NULL);
	const char *mails = x_asprintf(
		tmp, nd_trn(cat, "(%u mail)", "(%u mails)", messages),
		messages);

	nd_buf_addf(out, "- **%s**: ", nd_escape_markdown(tmp, name));
	nd_buf_addf(out, nd_trn(cat, "%u thread %s", "%u threads %s", threads),
	            threads, mails);
	nd_buf_addc(out, '\n');
	talloc_free(tmp);
}

static void
add_category_rows(struct nd_buf *out, const struct nd_labels *labels,
                  const struct nd_report_section *section)
{
	nd_buf_addf(out, "### %s\n\n", nd_label_tr(labels, "Categories"));
	for (size_t i = 0; i < section->category_count; i++) {
		const struct nd_category_row *row = &section->category[i];

		if (row->threads > 0)
			add_row(out, labels,
			        nd_label_category(labels, row->name),
			        row->threads, row->messages);
	}
	nd_buf_addc(out, '\n');
}

/* All: a list without mail is worth knowing. */
static void
add_list_rows(struct nd_buf *out, const struct nd_labels *labels)
{
	const struct nd_report *report = labels->report;
	void *tmp = talloc_new(NULL);

	nd_buf_addf(out, "### %s\n\n", nd_label_tr(labels, "Lists"));
	for (size_t i = 0; i < report->section_count; i++)
		add_row(out, labels,
		        nd_label_list(tmp, report->section[i].list),
		        (unsigned)report->section[i].thread_total,
		        report->section[i].messages);
	nd_buf_addc(out, '\n');
	talloc_free(tmp);
}

/* What was added to out since it had len bytes is read in any case. */
static void
spend_since(struct nd_readingtime *time, const struct nd_buf *out, size_t len)
{
	nd_readingtime_spend(
		time, nd_readingtime_words(out->data + len, out->len - len));
}

/* "  - title: Ann asks you, since 03-10 (<mid:…>)"; false: no time for it. */
static bool
add_front_line(struct nd_buf *out, const struct nd_labels *labels,
               struct nd_readingtime *time, const struct nd_front_line *line)
{
	void *tmp = talloc_new(NULL);
	const char *id = line->thread->message[line->message]->id;
	size_t before = out->len;
	bool fits;

	nd_buf_addf(
		out, "  - %s: %s (<%s>)\n",
		nd_escape_markdown(
			tmp, nd_frontline_listed(tmp, labels, line->thread)),
		nd_escape_markdown(tmp, nd_frontline_dated(tmp, labels, line)),
		nd_archiveurl_mid(tmp, id));
	fits = nd_readingtime_take(time, out->data + before, out->len - before);
	if (!fits)
		nd_buf_cut(out, before);
	talloc_free(tmp);
	return fits;
}

static void
add_more(struct nd_buf *out, const struct nd_labels *labels, size_t count)
{
	if (count == 0)
		return;
	nd_buf_adds(out, "  - ");
	nd_buf_addf(out,
	            nd_trn(labels->i18n, "and %lu more", "and %lu more", count),
	            (unsigned long)count);
	nd_buf_addc(out, '\n');
}

static void
add_front_list(struct nd_buf *out, const struct nd_labels *labels,
               struct nd_readingtime *time, enum nd_front_list list)
{
	const struct nd_front *front = labels->report->front;
	size_t count = front->count[list], done = 0;
	size_t shown = nd_frontline_shown(front, list);
	const char *heading = nd_frontline_heading(labels, list);

	if (count == 0) {
		nd_buf_addf(out, nd_label_tr(labels, "- **%s**: none"),
		            heading);
		nd_buf_addc(out, '\n');
		return;
	}
	nd_buf_addf(out, "- **%s**: %zu\n", heading, count);
	while (done < shown &&
	       add_front_line(out, labels, time, &front->line[list][done]))
		done++;
	add_more(out, labels, count - done);
}

/* What was open before, and nothing has come of it in the window. */
static void
add_quiet(struct nd_buf *out, const struct nd_labels *labels,
          struct nd_readingtime *time)
{
	const struct nd_front *front = labels->report->front;
	size_t done = 0, shown = nd_frontline_quiet_shown(front);
	size_t before = out->len;

	if (shown == 0)
		return;
	nd_buf_addf(out, "- **%s**: %zu\n", nd_frontline_quiet_heading(labels),
	            front->quiet_count);
	if (!nd_readingtime_take(time, out->data + before, out->len - before)) {
		nd_buf_cut(out, before);
		return;
	}
	while (done < shown &&
	       add_front_line(out, labels, time, &front->quiet[done]))
		done++;
	add_more(out, labels, front->quiet_count - done);
}

static void
add_front(struct nd_buf *out, const struct nd_labels *labels,
          struct nd_readingtime *time)
{
	nd_buf_addf(out, "### %s\n\n", nd_label_tr(labels, "Front page"));
	for (enum nd_front_list k = 0; k < ND_FRONT_LIST_COUNT; k++)
		add_front_list(out, labels, time, k);
	add_quiet(out, labels, time);
	nd_buf_addc(out, '\n');
}

static void
add_since_list(struct nd_buf *out, const struct nd_labels *labels,
               enum nd_sincelast_list list)
{
	const struct nd_sincelast *since = labels->report->since_last;
	const char *heading = nd_sinceline_list(labels, list);
	void *tmp = talloc_new(NULL);

	if (since->count[list] == 0) {
		nd_buf_addf(out, nd_label_tr(labels, "- **%s**: none"),
		            heading);
		nd_buf_addc(out, '\n');
	} else {
		nd_buf_addf(out, "- **%s**: %zu\n", heading,
		            since->count[list]);
	}
	for (size_t i = 0; i < nd_sinceline_shown(since, list); i++) {
		const struct nd_sincelast_line *line = &since->line[list][i];
		const char *id = line->thread->message[line->message]->id;

		nd_buf_addf(out, "  - %s (<%s>)\n",
		            nd_escape_markdown(
				    tmp, nd_sinceline_text(tmp, labels, line)),
		            nd_archiveurl_mid(tmp, id));
	}
	nd_markdownthread_point(out, "  - ",
	                        nd_sinceline_rest(tmp, labels, list));
	talloc_free(tmp);
}

static void
add_since_last(struct nd_buf *out, const struct nd_labels *labels)
{
	void *tmp = talloc_new(NULL);

	nd_buf_addf(out, "## %s\n\n", nd_sinceline_heading(tmp, labels));
	for (enum nd_sincelast_list k = 0; k < ND_SINCELAST_LIST_COUNT; k++)
		add_since_list(out, labels, k);
	nd_buf_addc(out, '\n');
	talloc_free(tmp);
}

static void
add_totals(struct nd_buf *out, const struct nd_labels *labels,
           const struct nd_report_section *section)
{
	nd_buf_addf(out, "## 📊 %s\n\n", nd_label_tr(labels, "Totals"));
	nd_buf_addf(out, nd_label_tr(labels, "- **Mails**: %u\n"),
	            section->messages);
	nd_buf_addf(out, nd_label_tr(labels, "- **Threads**: %zu\n"),
	            section->thread_total);
	if (section->large_threads > 0)
		nd_buf_addf(
			out,
			nd_label_tr(labels,
		                    "- **Large threads** (>%u mails): %u\n"),
			labels->report->large, section->large_threads);
	/* Of the whole report: a muted thread stands in no list. */
	if (!*section->list && labels->report->muted > 0)
		nd_buf_addf(out,
		            nd_label_tr(labels, "- **Muted threads**: %u\n"),
		            labels->report->muted);
	nd_buf_addc(out, '\n');
}

/* What stands above the threads of one of several lists. */
static void
add_section_head(struct nd_buf *out, const struct nd_labels *labels,
                 const struct nd_report_section *section)
{
	void *tmp = talloc_new(NULL);
	const char *title = nd_label_section(tmp, labels, section);

	nd_buf_addf(out, "---\n\n# %s\n\n", nd_escape_markdown(tmp, title));
	add_totals(out, labels, section);
	if (section->thread_total > 0)
		add_category_rows(out, labels, section);
	else
		nd_buf_addf(out, "%s\n\n",
		            nd_label_no_mail_here(labels, section));
	talloc_free(tmp);
}

/* They are read in any case. */
static void
spend_section_heads(const struct nd_labels *labels, struct nd_readingtime *time)
{
	const struct nd_report *report = labels->report;
	struct nd_buf *out = nd_buf_new(NULL, ND_LIMIT_OUTPUT_BYTES);

	if (nd_report_has_sections(report))
		for (size_t i = 0; i < report->section_count; i++)
			add_section_head(out, labels, &report->section[i]);
	spend_since(time, out, 0);
	talloc_free(out);
}

/* What stands before the threads. */
static void
add_overview(struct nd_buf *out, const struct nd_labels *labels,
             struct nd_readingtime *time)
{
	struct nd_report_section whole = nd_report_whole(labels->report);
	struct nd_buf *rows;

	add_totals(out, labels, &whole);
	if (whole.thread_count == 0)
		return;
	spend_since(time, out, 0);
	spend_section_heads(labels, time);
	/* They are printed in any case: what else there is time for follows. */
	rows = nd_buf_new(NULL, ND_LIMIT_OUTPUT_BYTES);
	if (nd_report_has_sections(labels->report))
		add_list_rows(rows, labels);
	else
		add_category_rows(rows, labels, &whole);
	spend_since(time, rows, 0);
	add_front(out, labels, time);
	nd_buf_adds(out, rows->data);
	talloc_free(rows);
}

static void
add_numbered_thread(struct nd_buf *out, const struct nd_labels *labels,
                    const struct nd_thread *thread, size_t number)
{
	char *subject =
		nd_escape_markdown(NULL, nd_label_subject(labels, thread));

	nd_buf_adds(out, "---\n\n### ");
	nd_buf_addf(out, nd_label_tr(labels, "Thread %zu: %s"), number,
	            subject);
	nd_buf_adds(out, "\n\n");
	nd_markdownthread_add(out, labels, thread);
	talloc_free(subject);
}

/* Threads from index first to before end that are printed. */
static size_t
count_told(const struct nd_report_section *section, size_t first, size_t end,
           const struct nd_readingtime_left *left)
{
	size_t count = 0;

	for (size_t i = first; i < end; i++)
		count += !nd_readingtime_is_left(left, section->thread[i]);
	return count;
}

/* The threads of a category, from index first on; returns the next one. */
static size_t
add_category(struct nd_buf *out, const struct nd_labels *labels,
             const struct nd_report_section *section, size_t category,
             size_t first, const struct nd_readingtime_left *left)
{
	const struct nd_category_row *row = &section->category[category];
	size_t end = first;
	char *name =
		nd_escape_markdown(NULL, nd_label_category(labels, row->name));

	while (end < section->thread_count &&
	       nd_report_category(section, section->thread[end]) == category)
		end++;
	if (count_told(section, first, end, left) > 0) {
		nd_buf_addf(out, "---\n\n## 📌 %s\n\n", name);
		nd_buf_addf(out,
		            nd_trn(labels->i18n, "%u thread in this category",
		                   "%u threads in this category", row->threads),
		            row->threads);
		nd_buf_adds(out, "\n\n");
	}
	for (size_t i = first; i < end; i++)
		if (!nd_readingtime_is_left(left, section->thread[i]))
			add_numbered_thread(out, labels, section->thread[i],
			                    i - first + 1);
	talloc_free(name);
	return end;
}

/*
 * What there is no time for. The threads stand in the order of the categories,
 * those that matter are chosen first.
 */
static struct nd_readingtime_left *
choose_threads(const void *ctx, const struct nd_labels *labels,
               struct nd_readingtime *time)
{
	const struct nd_report *report = labels->report;
	const struct nd_front *front = report->front;
	struct nd_readingtime_left *left =
		nd_readingtime_left_new(ctx, report->thread_count);

	for (size_t i = 0; i < report->thread_count; i++) {
		struct nd_buf *text = nd_buf_new(NULL, ND_LIMIT_OUTPUT_BYTES);

		add_numbered_thread(text, labels, front->order[i], i + 1);
		if (!nd_readingtime_take(time, text->data, text->len))
			nd_readingtime_leave(left, front->order[i], i + 1);
		talloc_free(text);
	}
	return left;
}

static void
add_categories(struct nd_buf *out, const struct nd_labels *labels,
               const struct nd_report_section *section,
               const struct nd_readingtime_left *left)
{
	size_t next = 0;

	for (size_t i = 0; i < section->category_count; i++)
		next = add_category(out, labels, section, i, next, left);
}

/* Those that have no line of their own above. */
static void
add_brief(struct nd_buf *out, const struct nd_labels *labels,
          const struct nd_report_section *section)
{
	bool any = false;

	for (size_t i = 0; i < section->thread_count; i++) {
		const struct nd_thread *thread = section->thread[i];
		void *tmp = talloc_new(NULL);

		if (!nd_frontline_has(labels, thread) &&
		    !nd_familylist_is_told(labels, thread)) {
			if (!any)
				nd_buf_addf(out, "### %s\n\n",
				            nd_label_tr(labels,
				                        "The other threads"));
			any = true;
			nd_buf_addf(out, "- %s (<%s>)\n",
			            nd_escape_markdown(
					    tmp, nd_frontline_brief(tmp, labels,
			                                            thread)),
			            nd_archiveurl_mid(
					    tmp, nd_thread_root(thread)->id));
		}
		talloc_free(tmp);
	}
	if (any)
		nd_buf_addc(out, '\n');
}

static void
add_threads(struct nd_buf *out, const struct nd_labels *labels,
            const struct nd_report_section *section,
            const struct nd_readingtime_left *left)
{
	if (labels->brief)
		add_brief(out, labels, section);
	else
		add_categories(out, labels, section, left);
}

/* Each list as a report of its own would have it, below the front page. */
static void
add_sections(struct nd_buf *out, const struct nd_labels *labels,
             const struct nd_readingtime_left *left)
{
	const struct nd_report *report = labels->report;

	for (size_t i = 0; i < report->section_count; i++) {
		add_section_head(out, labels, &report->section[i]);
		add_threads(out, labels, &report->section[i], left);
	}
}

static void
add_body(struct nd_buf *out, const struct nd_labels *labels,
         struct nd_readingtime *time)
{
	struct nd_report_section whole = nd_report_whole(labels->report);
	void *tmp = talloc_new(NULL);
	struct nd_readingtime_left *left =
		labels->minutes && !labels->brief
			? choose_threads(tmp, labels, time)
			: nd_readingtime_left_new(tmp, 0);
	const char *named = nd_readingtime_left_text(tmp, labels, left);

	if (nd_report_has_sections(labels->report) && whole.thread_count > 0)
		add_sections(out, labels, left);
	else
		add_threads(out, labels, &whole, left);
	if (*named)
		nd_buf_addf(out, "---\n\n%s\n\n",
		            nd_escape_markdown(tmp, named));
	talloc_free(tmp);
}

static void
add_problems(struct nd_buf *out, const struct nd_labels *labels)
{
	const struct nd_report *report = labels->report;
	void *tmp = talloc_new(NULL);
	const char *left = nd_label_problems_left(tmp, labels);
	const char *dropped = nd_label_dropped(tmp, labels);

	if (report->problem_count == 0 && !*dropped)
		goto done;
	nd_buf_addf(out, "---\n\n## ⚠️ %s\n\n",
	            nd_label_tr(labels, "Problems"));
	for (size_t i = 0; i < report->problem_count; i++)
		nd_buf_addf(out, "- %s\n",
		            nd_escape_markdown(
				    tmp, nd_label_problem(tmp, labels, i)));
	if (*left)
		nd_buf_addf(out, "- %s\n", left);
	if (*dropped)
		nd_buf_addf(out, "- %s\n", dropped);
	nd_buf_addc(out, '\n');
done:
	talloc_free(tmp);
}

static void
add_no_mail(struct nd_buf *out, const struct nd_labels *labels)
{
	void *tmp = talloc_new(NULL);
	const char *query = nd_label_query(tmp, labels);

	nd_buf_addf(out, "%s\n\n", nd_label_no_mail(labels));
	if (*query)
		nd_buf_addf(out, "%s\n\n", nd_escape_markdown(tmp, query));
	talloc_free(tmp);
}

void
nd_markdown_report(const struct nd_labels *labels, struct nd_buf *out)
{
	const struct nd_report *report = labels->report;
	void *tmp = talloc_new(NULL);
	struct nd_readingtime *time = nd_readingtime_new(tmp, labels->minutes);
	const char *limit = nd_label_limit(tmp, labels);

	nd_buf_addf(out, "# %s\n\n",
	            nd_escape_markdown(tmp, nd_label_title(tmp, labels)));
	nd_buf_addf(
		out, "**%s**: %s\n\n", nd_label_tr(labels, "Generated"),
		nd_time_format(tmp, "%Y-%m-%d %H:%M:%S", report->generated_s));
	nd_buf_addf(out, "**%s**: %s\n\n", nd_label_tr(labels, "Period"),
	            nd_label_period(tmp, labels));
	if (report->since_last)
		add_since_last(out, labels);
	add_overview(out, labels, time);
	if (report->thread_count == 0)
		add_no_mail(out, labels);
	if (*limit)
		nd_buf_addf(out, "%s\n\n", limit);
	add_body(out, labels, time);
	add_problems(out, labels);
	nd_buf_cut(out, out->len - 1);
	talloc_free(tmp);
}
