/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/markdown.h"

#include <string.h>

#include "render/escape.h"
#include "util/alloc.h"
#include "util/archiveurl.h"
#include "util/limits.h"
#include "util/time.h"
#include "words/facts.h"
#include "words/familylist.h"
#include "words/frontline.h"
#include "words/maillist.h"
#include "words/readingtime.h"
#include "words/sinceline.h"
#include "words/statusline.h"
#include "words/subthread.h"

enum { LINE_BYTES_MAX = 1 << 16 };

/* "**label**: value" as a paragraph; nothing for an empty value. */
static void
add_fact(struct nd_buf *out, const char *label, const char *value)
{
	char *escaped = nd_escape_markdown(NULL, value);

	if (*escaped)
		nd_buf_addf(out, "**%s**: %s\n\n", label, escaped);
	talloc_free(escaped);
}

/* ---- one thread ---------------------------------------------------------- */

static void
add_counts(struct nd_buf *out, const struct nd_labels *labels,
           const struct nd_thread *thread)
{
	const struct nd_counts *counts = &thread->counts;
	int64_t started_s = nd_message_day_s(nd_thread_root(thread));
	void *tmp = talloc_new(NULL);

	nd_buf_addf(out, nd_label_tr(labels, "**📧 Mails**: %s"),
	            nd_label_count(tmp, labels, counts->new_messages,
	                           counts->total));
	nd_buf_addf(out, nd_label_tr(labels, " | **👥 Participants**: %s"),
	            nd_label_count(tmp, labels, counts->new_participants,
	                           counts->participants));
	nd_buf_addf(out, nd_label_tr(labels, " | **📅 Started**: %s"),
	            started_s == 0
	                    ? nd_label_tr(labels, "no date")
	                    : nd_time_format(tmp, "%a, %-d %b %Y %H:%M:%S %z",
	                                     started_s));
	nd_buf_adds(out, "\n\n");
	talloc_free(tmp);
}

static void
add_facts(struct nd_buf *out, const struct nd_labels *labels,
          const struct nd_thread *thread)
{
	void *tmp = talloc_new(NULL);

	nd_buf_addf(out, "**%s**: <%s>\n\n", nd_label_tr(labels, "Link"),
	            nd_facts_link(tmp, nd_thread_root(thread)));
	add_fact(out, nd_label_tr(labels, "Status"),
	         nd_statusline_add(tmp, labels, thread));
	add_fact(out, nd_label_tr(labels, "For you"),
	         nd_statusline_for_you(tmp, labels, thread));
	for (size_t i = 0; i < thread->more_series_count; i++)
		add_fact(out, nd_label_tr(labels, "Also in this thread"),
		         nd_facts_more_series(tmp, labels, thread, i));
	add_fact(out, nd_label_tr(labels, "Given in replies"),
	         nd_facts_trailers(tmp, labels, thread));
	talloc_free(tmp);
}

/* "- **[3/8] vfs: count them** (5 mails)" above the lines of a part. */
static void
add_point(struct nd_buf *out, const char *mark, const char *text)
{
	char *escaped = nd_escape_markdown(NULL, text);

	if (*escaped)
		nd_buf_addf(out, "%s%s\n", mark, escaped);
	talloc_free(escaped);
}

static void
add_zone(struct nd_buf *out, const struct nd_labels *labels,
         const struct nd_thread *thread, enum nd_zone zone)
{
	const struct nd_item_list *list = &thread->summary->zone[zone];
	void *tmp = talloc_new(NULL);
	const char *rest;

	nd_buf_addf(out, nd_label_tr(labels, "**%s**:"),
	            nd_label_excerpts(tmp, labels, list,
	                              nd_label_zone(labels, zone)));
	nd_buf_adds(out, "\n\n");
	for (size_t i = 0; i < list->count;) {
		struct nd_buf *line = nd_buf_new(NULL, LINE_BYTES_MAX);
		const char *quote =
			nd_maillist_quote(line, labels, &list->item[i], zone);
		bool below = nd_summary_zone_has_headings(zone) &&
		             list->item[i].subthread;

		add_point(out, "- ",
		          nd_subthread_heading(line, labels, thread, zone, i));
		i = nd_maillist_say(line, labels, thread, zone, i);
		add_point(out, below ? "  - " : "- ", line->data);
		add_point(out, "  - ", quote ? quote : "");
		talloc_free(line);
	}
	for (size_t i = 0; (rest = nd_subthread_rest(tmp, labels, list, i));
	     i++)
		add_point(out, "- ", rest);
	nd_buf_addc(out, '\n');
	talloc_free(tmp);
}

static void
add_summary(struct nd_buf *out, const struct nd_labels *labels,
            const struct nd_thread *thread)
{
	const struct nd_summary *summary = thread->summary;
	const char *nothing = nd_label_nothing(labels, thread);
	void *tmp = talloc_new(NULL);
	const char *gist = nd_escape_markdown(tmp, nd_label_gist(thread));
	const char *coverage = nd_facts_coverage(tmp, labels, thread);

	nd_buf_addf(out, "#### %s\n\n",
	            summary && summary->model
	                    ? nd_label_tr(labels, "🤖 AI summary")
	                    : nd_label_tr(labels, "📝 Summary (excerpts)"));
	if (*gist)
		nd_buf_addf(out, "%s\n\n", gist);
	if (*nothing)
		nd_buf_addf(out, "%s\n\n", nothing);
	if (summary && !thread->encrypted)
		for (enum nd_zone zone = 0; zone < ND_ZONE_COUNT; zone++)
			if (summary->zone[zone].count > 0)
				add_zone(out, labels, thread, zone);
	if (*coverage)
		nd_buf_addf(out, nd_label_tr(labels, "(%s)"), coverage);
	if (*coverage)
		nd_buf_adds(out, "\n\n");
	talloc_free(tmp);
}

static void
add_mail(struct nd_buf *out, const struct nd_labels *labels,
         const struct nd_message *mail, unsigned number)
{
	void *tmp = talloc_new(NULL);
	const char *mark = x_asprintf(tmp, "%u. ", number);
	const char *name = nd_escape_markdown(tmp, mail->sender.name);

	nd_buf_addf(out, "%s**[%s]** %s\n", mark,
	            nd_maillist_date(tmp, labels, nd_message_day_s(mail)),
	            nd_escape_markdown(tmp, mail->subject));
	/* Below the text of the item, or it would end the list. */
	nd_buf_addf(out, "%*s- %s: %s%s%s\n", (int)strlen(mark), "",
	            nd_label_tr(labels, "From"), name,
	            *name && *mail->sender.addr ? " " : "",
	            nd_escape_markdown_address(tmp, mail->sender.addr));
	nd_buf_addf(out, "%*s- %s: <%s>\n", (int)strlen(mark), "",
	            nd_label_tr(labels, "Link"), nd_facts_link(tmp, mail));
	talloc_free(tmp);
}

static void
add_mails(struct nd_buf *out, const struct nd_labels *labels,
          const struct nd_thread *thread)
{
	void *tmp = talloc_new(NULL);
	const char *earlier = nd_maillist_earlier(tmp, labels, thread);
	unsigned number = 0;

	if (labels->mails == ND_MAILS_NONE)
		goto done;
	nd_buf_addf(out, "#### 📝 %s\n\n", nd_label_tr(labels, "List of mails"));
	if (*earlier) {
		nd_buf_addf(out, nd_label_tr(labels, "(%s)"), earlier);
		nd_buf_adds(out, "\n\n");
	}
	for (size_t i = 0; i < thread->message_count; i++)
		if (nd_maillist_has(labels, thread->message[i]))
			add_mail(out, labels, thread->message[i], ++number);
	if (number > 0)
		nd_buf_addc(out, '\n');
done:
	talloc_free(tmp);
}

static void
add_thread(struct nd_buf *out, const struct nd_labels *labels,
           const struct nd_thread *thread)
{
	add_counts(out, labels, thread);
	add_facts(out, labels, thread);
	add_summary(out, labels, thread);
	add_mails(out, labels, thread);
}

void
nd_markdown_thread(const struct nd_labels *labels,
                   const struct nd_thread *thread, struct nd_buf *out)
{
	char *subject =
		nd_escape_markdown(NULL, nd_label_subject(labels, thread));

	if (out->len > 0)
		nd_buf_adds(out, "\n---\n\n");
	nd_buf_addf(out, "### %s\n\n", subject);
	add_thread(out, labels, thread);
	nd_buf_cut(out, out->len - 1); /* one line end closes it */
	talloc_free(subject);
}

/* ---- the report ---------------------------------------------------------- */

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
	add_point(out, "  - ", nd_sinceline_rest(tmp, labels, list));
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
	add_thread(out, labels, thread);
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
