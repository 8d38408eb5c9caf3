/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/htmlpage.h"

#include <string.h>

#include "agenda/front.h"
#include "page.css.inc"
#include "page.js.inc"
#include "render/escape.h"
#include "render/heardlist.h"
#include "render/htmlchart.h"
#include "render/htmlfront.h"
#include "render/htmlthread.h"
#include "util/alloc.h"
#include "util/hash.h"
#include "util/limits.h"
#include "util/str.h"
#include "words/entry.h"
#include "words/familylist.h"
#include "words/frontline.h"
#include "words/readingtime.h"

enum { TITLE_LEVEL = 1, SECTION_LEVEL, THREAD_LEVEL };

/* ---- around it ------------------------------------------------------------ */

/* "zh-CN" (BCP 47) for "zh_CN". */
static void
add_language(struct nd_buf *out, const struct nd_labels *labels)
{
	for (const char *at = nd_i18n_language(labels->i18n); *at; at++)
		nd_buf_addc(out, *at == '_' ? '-' : *at);
}

static void
begin_page(struct nd_buf *out, const struct nd_labels *labels,
           const char *title)
{
	void *tmp = talloc_new(NULL);

	nd_buf_adds(out, "<!DOCTYPE html>\n<html lang=\"");
	add_language(out, labels);
	nd_buf_addf(out,
	            "\">\n<head>\n<meta charset=\"utf-8\">\n"
	            "<meta http-equiv=\"Content-Security-Policy\" "
	            "content=\"default-src 'none'; style-src 'sha256-%s'; "
	            "script-src %s; base-uri 'none'; form-action 'none'\">\n",
	            nd_hash_base64(tmp, page_css),
	            labels->mailed ? "'none'"
	                           : x_asprintf(tmp, "'sha256-%s'",
	                                        nd_hash_base64(tmp, page_js)));
	nd_buf_adds(out, "<meta name=\"viewport\" "
	                 "content=\"width=device-width, initial-scale=1\">\n"
	                 "<meta name=\"color-scheme\" content=\"light dark\">\n"
	                 "<meta name=\"referrer\" content=\"no-referrer\">\n"
	                 "<title>");
	nd_escape_html_add(out, title);
	nd_buf_addf(out, "</title>\n<style>%s</style>\n</head>\n<body>\n",
	            page_css);
	/* Inboxes show the first words of a mail. */
	if (labels->report->thread_count > 0 && !labels->mailed)
		nd_buf_addf(out, "<a class=\"skip\" href=\"#threads\">%s</a>\n",
		            nd_label_tr(labels, "Skip to the threads"));
	talloc_free(tmp);
}

/* What is mailed has no script: many a reader takes it for an attack. */
static void
end_page(struct nd_buf *out, const struct nd_labels *labels)
{
	nd_buf_adds(out, "</main>\n");
	if (!labels->mailed)
		nd_buf_addf(out, "<script>%s</script>\n", page_js);
	nd_buf_adds(out, "</body>\n</html>\n");
}

/* ---- filter and keys: shown by the script --------------------------------- */

static void
add_choices(struct nd_buf *out, const struct nd_labels *labels)
{
	const struct nd_report *report = labels->report;

	nd_buf_addf(out, "<label>%s <select><option value=\"\">%s</option>\n",
	            nd_label_tr(labels, "Category"),
	            nd_label_tr(labels, "all"));
	for (size_t i = 0; i < report->category_count; i++) {
		if (report->category[i].threads == 0)
			continue;
		nd_buf_addf(out, "<option value=\"%zu\">", i);
		nd_escape_html_add(
			out,
			nd_label_category(labels, report->category[i].name));
		nd_buf_adds(out, "</option>\n");
	}
	nd_buf_adds(out, "</select></label>\n");
}

static void
add_keys(struct nd_buf *out, const struct nd_labels *labels)
{
	const struct {
		const char *keys, *what;
	} row[] = {
		{"<kbd>j</kbd> <kbd>k</kbd>",
	         nd_label_tr(labels, "next thread, the one before")},
		{"<kbd>m</kbd>", nd_label_tr(labels, "its mails")},
		{"<kbd>o</kbd>", nd_label_tr(labels, "open its first mail")},
		{"<kbd>f</kbd>", nd_label_tr(labels, "front page")},
		{"<kbd>/</kbd>", nd_label_tr(labels, "filter")},
		{"<kbd>Esc</kbd>", nd_label_tr(labels, "show all again")},
	};

	nd_buf_addf(out, "<details><summary>%s</summary>\n<dl>\n",
	            nd_label_tr(labels, "Keys"));
	for (size_t i = 0; i < sizeof row / sizeof *row; i++)
		nd_buf_addf(out, "<div><dt>%s</dt><dd>%s</dd></div>\n",
		            row[i].keys, row[i].what);
	nd_buf_addf(out,
	            "</dl>\n<label><input type=\"checkbox\" checked> %s"
	            "</label>\n</details>\n",
	            nd_label_tr(labels, "use these keys"));
}

static void
add_filter(struct nd_buf *out, const struct nd_labels *labels)
{
	nd_buf_addf(out,
	            "<form role=\"search\" hidden>\n"
	            "<label>%s <input type=\"search\"></label>\n",
	            nd_label_tr(labels, "Filter"));
	add_choices(out, labels);
	/* TRANSLATORS: threads that the filter shows, and all. */
	nd_buf_addf(out, "<output data-text=\"%s\"></output>\n",
	            nd_label_tr(labels, "%s of %s threads"));
	add_keys(out, labels);
	nd_buf_adds(out, "</form>\n");
}

/* ---- totals --------------------------------------------------------------- */

static void
add_category_row(struct nd_buf *out, const struct nd_labels *labels,
                 const struct nd_report_section *section, size_t i)
{
	const struct nd_category_row *row = &section->category[i];
	void *tmp = talloc_new(NULL);

	if (row->threads > 0) {
		nd_buf_addf(out,
		            "<li><svg aria-hidden=\"true\"><rect "
		            "class=\"c%zu\" width=\"100%%\" height=\"100%%\"/>"
		            "</svg> ",
		            i % ND_HTMLCHART_COLOURS);
		nd_escape_html_add(out, nd_label_category(labels, row->name));
		nd_buf_addc(out, ' ');
		nd_buf_addf(out, nd_label_tr(labels, "%s, %s"),
		            nd_label_threads(tmp, labels, row->threads),
		            nd_label_mails(tmp, labels, row->messages));
		nd_buf_adds(out, "</li>\n");
	}
	talloc_free(tmp);
}

static void
add_totals(struct nd_buf *out, const struct nd_labels *labels,
           const struct nd_report_section *section)
{
	void *tmp = talloc_new(NULL);

	nd_htmlthread_text(out, "<p>",
	                   nd_frontline_section_totals(tmp, labels, section),
	                   "</p>");
	nd_buf_adds(out, "<ul class=\"legend\">\n");
	for (size_t i = 0; i < section->category_count; i++)
		add_category_row(out, labels, section, i);
	nd_buf_adds(out, "</ul>\n");
	talloc_free(tmp);
}

/* Where each of several lists begins; names of lists are letters, digits, - and
 * _. */
static void
add_lists(struct nd_buf *out, const struct nd_labels *labels)
{
	const struct nd_report *report = labels->report;
	void *tmp = talloc_new(NULL);

	nd_buf_adds(out, "<ul class=\"legend\">\n");
	for (size_t i = 0; i < report->section_count; i++) {
		const struct nd_report_section *section = &report->section[i];

		nd_buf_addf(out, "<li><a href=\"#list-%s\">%s</a> ",
		            section->list, nd_label_list(tmp, section->list));
		nd_buf_addf(out, nd_label_tr(labels, "%s, %s"),
		            nd_label_threads(tmp, labels,
		                             (unsigned)section->thread_total),
		            nd_label_mails(tmp, labels, section->messages));
		nd_buf_adds(out, "</li>\n");
	}
	nd_buf_adds(out, "</ul>\n");
	talloc_free(tmp);
}

/* ---- the whole ------------------------------------------------------------ */

static void
add_charts(struct nd_buf *out, const struct nd_labels *labels)
{
	nd_buf_addf(out, "<section class=\"glance\">\n<h2>%s</h2>\n<div>\n",
	            nd_label_tr(labels, "At a glance"));
	nd_htmlchart_days(out, labels);
	nd_htmlchart_lists(out, labels);
	nd_htmlchart_states(out, labels);
	nd_buf_adds(out, "</div>\n</section>\n");
}

/* ---- the threads ---------------------------------------------------------- */

static const char *
front_class(const struct nd_labels *labels, const struct nd_thread *thread)
{
	return thread->front && !labels->alone
	               ? nd_front_list_name(thread->front->list)
	               : "other";
}

/* number 0: it has none; newer: where its next version is on the page. */
static void
add_thread(struct nd_buf *out, const struct nd_labels *labels,
           const struct nd_thread *thread, size_t number, const char *newer,
           unsigned level)
{
	const struct nd_message *root = nd_thread_root(thread);

	nd_buf_addf(out, "<article class=\"%s\" data-category=\"%zu\"",
	            front_class(labels, thread),
	            nd_htmlchart_category(labels->report, thread));
	if (number > 0)
		nd_buf_addf(out, " id=\"t%zu\"", number);
	nd_buf_addf(out, ">\n<h%u>", level);
	if (number > 0)
		nd_buf_addf(out, "<a href=\"#t%zu\">%zu.</a> ", number, number);
	nd_htmlthread_link(out, root, root->subject);
	nd_buf_addf(out, "</h%u>\n", level);
	nd_htmlthread_add(out, labels, thread, newer, level + 1);
	nd_buf_adds(out, "</article>\n");
}

/*
 * What is read of a part of the page: without tags, pictures, and what is
 * folded away.
 */
static struct nd_buf *
visible_text(const void *ctx, const char *html, size_t len)
{
	static const char *const ends[][2] = {{"<svg", "</svg>"},
	                                      {"<details", "</details>"}};
	struct nd_buf *text = nd_buf_new(ctx, len);
	const char *at = html, *end = html + len;

	while (at < end) {
		const char *close = ">";

		if (*at != '<') {
			nd_buf_addc(text, *at++);
			continue;
		}
		for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
			if (nd_mem_starts(at, (size_t)(end - at), ends[i][0]))
				close = ends[i][1];
		at = nd_mem_find(at, (size_t)(end - at), close);
		at = at ? at + strlen(close) : end;
	}
	return text;
}

/* What is read is chosen of the whole report, what matters first. */
static void
choose_threads(const struct nd_labels *labels,
               const struct nd_htmlfront_plan *plan)
{
	const struct nd_front *front = labels->report->front;
	size_t shown = nd_entry_shown(labels);

	for (size_t i = 0; labels->minutes && i < shown; i++) {
		struct nd_buf *html = nd_buf_new(NULL, ND_LIMIT_OUTPUT_BYTES);
		struct nd_buf *text;

		add_thread(html, labels, front->order[i], plan->number[i], NULL,
		           THREAD_LEVEL);
		text = visible_text(html, html->data, html->len);
		if (!nd_readingtime_take(plan->time, text->data, text->len))
			nd_readingtime_leave(plan->left, front->order[i],
			                     plan->number[i]);
		talloc_free(html);
	}
}

/* By consequence. */
static void
add_entries(struct nd_buf *out, const struct nd_labels *labels,
            const struct nd_report_section *section,
            const struct nd_htmlfront_plan *plan)
{
	const struct nd_front *front = labels->report->front;
	size_t shown = nd_entry_shown(labels);

	for (size_t i = 0; i < shown; i++) {
		const struct nd_thread *thread = front->order[i];
		void *tmp = talloc_new(NULL);

		if (nd_report_section_has(section, thread) &&
		    !nd_readingtime_is_left(plan->left, thread))
			add_thread(
				out, labels, thread, plan->number[i],
				nd_htmlfront_entry(tmp, labels, plan, thread),
				THREAD_LEVEL);
		talloc_free(tmp);
	}
}

/* A line each, of those that have none on the front page. */
static void
add_brief(struct nd_buf *out, const struct nd_labels *labels,
          const struct nd_report_section *section,
          const struct nd_htmlfront_plan *plan)
{
	const struct nd_front *front = labels->report->front;
	size_t shown = nd_entry_shown(labels);

	nd_buf_adds(out, "<ol>\n");
	for (size_t i = 0; i < shown; i++) {
		void *tmp = talloc_new(NULL);

		if (nd_report_section_has(section, front->order[i]) &&
		    !nd_frontline_has(labels, front->order[i])) {
			nd_buf_addf(out, "<li value=\"%zu\">", plan->number[i]);
			nd_htmlthread_link(out, nd_thread_root(front->order[i]),
			                   nd_frontline_brief(tmp, labels,
			                                      front->order[i]));
			nd_buf_adds(out, "</li>\n");
		}
		talloc_free(tmp);
	}
	nd_buf_adds(out, "</ol>\n");
}

static void
add_section_head(struct nd_buf *out, const struct nd_labels *labels,
                 const struct nd_report_section *section)
{
	void *tmp = talloc_new(NULL);

	nd_htmlthread_text(out, "<h2>", nd_label_section(tmp, labels, section),
	                   "</h2>");
	if (section->thread_total > 0)
		add_totals(out, labels, section);
	else
		nd_htmlthread_text(out, "<p>",
		                   nd_label_no_mail_here(labels, section),
		                   "</p>");
	talloc_free(tmp);
}

static void
add_section(struct nd_buf *out, const struct nd_labels *labels,
            const struct nd_report_section *section,
            const struct nd_htmlfront_plan *plan)
{
	if (labels->brief)
		add_brief(out, labels, section, plan);
	else
		add_entries(out, labels, section, plan);
}

/* Each list below a heading of its own, or all below one. */
static void
add_sections(struct nd_buf *out, const struct nd_labels *labels,
             const struct nd_htmlfront_plan *plan)
{
	const struct nd_report *report = labels->report;
	struct nd_report_section whole = nd_report_whole(report);

	if (!nd_report_has_sections(report)) {
		add_section(out, labels, &whole, plan);
		return;
	}
	for (size_t i = 0; i < report->section_count; i++) {
		const struct nd_report_section *section = &report->section[i];

		nd_buf_addf(out, "<section class=\"list\" id=\"list-%s\">\n",
		            section->list);
		add_section_head(out, labels, section);
		add_section(out, labels, section, plan);
		nd_buf_adds(out, "</section>\n");
	}
}

static void
add_threads(struct nd_buf *out, const struct nd_labels *labels,
            const struct nd_htmlfront_plan *plan)
{
	const char *heading = labels->brief
	                              ? nd_label_tr(labels, "The other threads")
	                              : nd_label_tr(labels, "Threads");
	void *tmp = talloc_new(NULL);

	if (nd_report_has_sections(labels->report))
		nd_buf_addf(out, "<section id=\"threads\" aria-label=\"%s\">\n",
		            heading);
	else
		nd_buf_addf(out, "<section id=\"threads\">\n<h2>%s</h2>\n",
		            heading);
	if (!labels->brief && !labels->mailed)
		add_filter(out, labels);
	add_sections(out, labels, plan);
	nd_htmlthread_text(out, "<p>",
	                   nd_readingtime_left_text(tmp, labels, plan->left),
	                   "</p>");
	nd_buf_adds(out, "</section>\n");
	talloc_free(tmp);
}

/* ---- the report ----------------------------------------------------------- */

static void
add_problems(struct nd_buf *out, const struct nd_labels *labels)
{
	const struct nd_report *report = labels->report;
	void *tmp = talloc_new(NULL);
	const char *dropped = nd_label_dropped(tmp, labels);

	if (report->problem_count == 0 && !*dropped)
		goto done;
	nd_buf_addf(out, "<section>\n<h2>%s</h2>\n<ul>\n",
	            nd_label_tr(labels, "Problems"));
	for (size_t i = 0; i < report->problem_count; i++)
		nd_htmlthread_text(out, "<li>",
		                   nd_label_problem(tmp, labels, i), "</li>");
	nd_htmlthread_text(out, "<li>", nd_label_problems_left(tmp, labels),
	                   "</li>");
	nd_htmlthread_text(out, "<li>", dropped, "</li>");
	nd_buf_adds(out, "</ul>\n</section>\n");
done:
	talloc_free(tmp);
}

static void
add_title(struct nd_buf *out, const struct nd_labels *labels, const char *title)
{
	struct nd_report_section whole = nd_report_whole(labels->report);
	void *tmp = talloc_new(NULL);

	nd_buf_adds(out, "<header>\n");
	nd_htmlthread_text(out, "<h1>", title, "</h1>");
	nd_htmlthread_text(out, "<p>", nd_label_period(tmp, labels), "</p>");
	if (labels->report->thread_count > 0) {
		add_totals(out, labels, &whole);
		if (nd_report_has_sections(labels->report))
			add_lists(out, labels);
	} else {
		nd_htmlthread_text(out, "<p>", nd_label_no_mail(labels),
		                   "</p>");
		nd_htmlthread_text(out, "<p>", nd_label_query(tmp, labels),
		                   "</p>");
	}
	nd_htmlthread_text(out, "<p>", nd_frontline_muted(tmp, labels), "</p>");
	nd_htmlthread_text(out, "<p>", nd_label_limit(tmp, labels), "</p>");
	nd_buf_adds(out, "</header>\n<main>\n");
	talloc_free(tmp);
}

/* What stands in out is read, from a place on. */
static void
spend(const struct nd_htmlfront_plan *plan, const struct nd_buf *out,
      size_t from)
{
	struct nd_buf *text =
		visible_text(NULL, out->data + from, out->len - from);

	nd_readingtime_take(plan->time, text->data, text->len);
	talloc_free(text);
}

/* A new plan, in which the page has been read from a place on, what has happened
 * since the last report, and what stands above the threads of each list. */
static struct nd_htmlfront_plan
make_plan(const void *ctx, const struct nd_labels *labels,
          const struct nd_buf *out, size_t from)
{
	const struct nd_report *report = labels->report;
	struct nd_buf *heads = nd_buf_new(NULL, ND_LIMIT_OUTPUT_BYTES);
	struct nd_htmlfront_plan plan = {
		.time = nd_readingtime_new(ctx, labels->minutes),
		.left = nd_readingtime_left_new(ctx, nd_entry_shown(labels)),
		.number = nd_frontline_numbers(ctx, labels),
	};

	spend(&plan, out, from);
	if (report->since_last)
		nd_htmlfront_since(heads, labels, &plan);
	if (nd_report_has_sections(report))
		for (size_t i = 0; i < report->section_count; i++)
			add_section_head(heads, labels, &report->section[i]);
	spend(&plan, heads, 0);
	talloc_free(heads);
	return plan;
}

/*
 * The front page takes its time before the threads do, and links to those that
 * got some: so it is made twice.
 */
static void
add_body(struct nd_buf *out, const struct nd_labels *labels, size_t title)
{
	void *tmp = talloc_new(NULL);
	struct nd_buf *front = nd_buf_new(tmp, ND_LIMIT_OUTPUT_BYTES);
	struct nd_htmlfront_plan plan = make_plan(tmp, labels, out, title);
	struct nd_htmlfront_plan again = make_plan(tmp, labels, out, title);

	nd_htmlfront_add(front, labels, &plan);
	if (!labels->brief)
		choose_threads(labels, &plan);
	again.left = plan.left;
	if (labels->report->since_last)
		nd_htmlfront_since(out, labels, &again);
	nd_htmlfront_add(out, labels, &again);
	add_charts(out, labels);
	add_threads(out, labels, &again);
	talloc_free(tmp);
}

void
nd_htmlpage_report(const struct nd_labels *labels, struct nd_buf *out)
{
	const char *title = nd_label_title(out, labels);
	size_t before;

	begin_page(out, labels, title);
	before = out->len;
	add_title(out, labels, title);
	if (labels->report->thread_count > 0)
		add_body(out, labels, before);
	else if (labels->report->since_last)
		nd_htmlfront_since(out, labels, &(struct nd_htmlfront_plan){0});
	add_problems(out, labels);
	end_page(out, labels);
}

/* What each mail does, as text has it. */
static void
add_heard(struct nd_buf *out, const struct nd_labels *labels,
          const struct nd_thread *thread)
{
	struct nd_buf *heard = nd_buf_new(NULL, ND_LIMIT_OUTPUT_BYTES);

	nd_heardlist_add(labels->i18n, thread, heard);
	if (heard->len > 0) {
		nd_buf_adds(out, "<pre tabindex=\"0\">\n");
		for (const char *at = heard->data; *at;) {
			size_t len = strcspn(at, "\n"), blanks;
			char *line = x_strndup(NULL, at, len);

			blanks = strspn(line, " ");
			nd_buf_addf(out, "%*s", (int)blanks, "");
			nd_escape_html_add(out, line);
			nd_buf_addc(out, '\n');
			talloc_free(line);
			at += len + (at[len] == '\n');
		}
		nd_buf_adds(out, "</pre>\n");
	}
	talloc_free(heard);
}

void
nd_htmlpage_threads(const struct nd_labels *labels, struct nd_buf *out)
{
	const struct nd_report *report = labels->report;
	const char *title = "";

	if (report->thread_count > 0) {
		const struct nd_message *root =
			nd_thread_root(report->thread[0]);

		title = nd_htmlthread_name(out, root, root->subject);
	}
	begin_page(out, labels, title);
	nd_buf_adds(out, "<main id=\"threads\">\n");
	for (size_t i = 0; i < report->thread_count; i++) {
		add_thread(out, labels, report->thread[i], 0, NULL,
		           TITLE_LEVEL);
		add_heard(out, labels, report->thread[i]);
	}
	end_page(out, labels);
}
