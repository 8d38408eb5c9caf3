/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/xhtml.h"

#include "model/address.h"
#include "render/xmltree.h"
#include "util/alloc.h"
#include "words/entry.h"
#include "words/facts.h"
#include "words/frontline.h"
#include "words/maillist.h"
#include "words/mailrow.h"
#include "words/sinceline.h"
#include "words/statusline.h"

static void
add_unless_empty(struct _xmlNode *parent, const char *name, const char *text)
{
	if (*text)
		nd_xmltree_add(parent, name, text);
}

static struct _xmlNode *
add_link(struct _xmlNode *parent, const char *text,
         const struct nd_message *mail)
{
	struct _xmlNode *node = nd_xmltree_add(parent, "a", text);
	const char *url = nd_facts_link(NULL, mail);

	nd_xmltree_set(node, "href", url);
	talloc_free((void *)url);
	return node;
}

/* ---- one thread ----------------------------------------------------------- */

static void
add_facts(struct _xmlNode *parent, const struct nd_labels *labels,
          const struct nd_thread *thread)
{
	const struct nd_front_line *line = thread->front;
	void *tmp = talloc_new(NULL);
	const char *for_you = nd_statusline_for_you(tmp, labels, thread);

	/* How it was closed, the line of the state says. */
	if (line && !nd_frontline_closed(thread))
		nd_xmltree_add(
			parent, "p",
			x_asprintf(tmp, nd_label_tr(labels, "%s: %s"),
		                   nd_frontline_heading(labels, line->list),
		                   nd_frontline_dated(tmp, labels, line)));
	add_unless_empty(parent, "p", nd_statusline_add(tmp, labels, thread));
	if (*for_you)
		nd_xmltree_add(parent, "p",
		               x_asprintf(tmp,
		                          nd_label_tr(labels, "for you: %s"),
		                          for_you));
	add_unless_empty(parent, "p", nd_entry_counts(tmp, labels, thread));
	for (size_t i = 0; i < thread->more_series_count; i++)
		add_unless_empty(parent, "p",
		                 nd_facts_also(tmp, labels, thread, i));
	add_unless_empty(parent, "p", nd_facts_trailers(tmp, labels, thread));
	talloc_free(tmp);
}

/* Each of the mails that it comes from: "[#3]", or its day. */
static void
add_sources(struct _xmlNode *parent, const struct nd_labels *labels,
            const struct nd_thread *thread, const struct nd_item *item)
{
	void *tmp = talloc_new(NULL);

	for (size_t i = 0; i < item->source_count; i++) {
		int32_t mail = item->source[i];

		nd_xmltree_blank(parent);
		add_link(parent, nd_maillist_place(tmp, labels, thread, mail),
		         thread->message[mail]);
	}
	talloc_free(tmp);
}

static void
add_zone(struct _xmlNode *parent, const struct nd_labels *labels,
         const struct nd_thread *thread, enum nd_zone zone)
{
	void *tmp = talloc_new(NULL);
	struct nd_entry_zone told = nd_entry_zone(tmp, labels, thread, zone);
	struct _xmlNode *list = NULL, *below = NULL, *line = NULL;

	if (told.count > 0) {
		nd_xmltree_add(parent, "h3", told.heading);
		list = nd_xmltree_add(parent, "ul", "");
	}
	for (size_t i = 0; i < told.count; i++) {
		const struct nd_entry_point *point = &told.point[i];

		if (!point->below || !line)
			below = NULL;
		else if (!below)
			below = nd_xmltree_add(line, "ul", "");
		if (below) {
			struct _xmlNode *inner =
				nd_xmltree_add(below, "li", point->text);

			/* A quote has none of its own. */
			if (point->item)
				add_sources(inner, labels, thread, point->item);
			continue;
		}
		line = nd_xmltree_add(list, "li", point->text);
		if (point->item)
			add_sources(line, labels, thread, point->item);
	}
	talloc_free(tmp);
}

static void
add_summary(struct _xmlNode *parent, const struct nd_labels *labels,
            const struct nd_thread *thread)
{
	void *tmp = talloc_new(NULL);

	add_unless_empty(parent, "p",
	                 nd_label_gist_writer(tmp, labels, thread,
	                                      nd_label_gist(thread)));
	talloc_free(tmp);
	add_unless_empty(parent, "p", nd_label_nothing(labels, thread));
	if (!thread->summary || thread->encrypted)
		return;
	for (enum nd_zone zone = 0; zone < ND_ZONE_COUNT; zone++)
		add_zone(parent, labels, thread, zone);
}

/* "#1-4 04-02 09:14 Nora Winter cover letter, 3 patches" */
static void
add_row(struct _xmlNode *list, const struct nd_labels *labels,
        const struct nd_mailrow *row)
{
	void *tmp = talloc_new(NULL);
	struct _xmlNode *line = nd_xmltree_add(list, "li", "");
	const struct nd_message *mail = row->mail;

	add_link(line, nd_mailrow_lead(tmp, row), mail);
	nd_xmltree_blank(line);
	nd_xmltree_say(line,
	               x_asprintf(tmp, "%s %s %s",
	                          nd_maillist_date(tmp, labels,
	                                           nd_message_day_s(mail)),
	                          nd_address_name(tmp, &mail->sender),
	                          row->text));
	talloc_free(tmp);
}

static void
add_mails(struct _xmlNode *parent, const struct nd_labels *labels,
          const struct nd_thread *thread)
{
	void *tmp = talloc_new(NULL);
	struct nd_mailrow_list list = nd_mailrow_list(tmp, labels, thread);
	struct _xmlNode *rows;

	if (labels->mails == ND_MAILS_NONE)
		goto done;
	nd_xmltree_add(parent, "h3", nd_label_tr(labels, "Mails"));
	add_unless_empty(parent, "p", nd_maillist_earlier(tmp, labels, thread));
	rows = list.count > 0 ? nd_xmltree_add(parent, "ul", "") : NULL;
	for (size_t i = 0; i < list.count; i++)
		add_row(rows, labels, &list.row[i]);
	add_unless_empty(parent, "p", nd_mailrow_folded(tmp, labels, &list));
done:
	talloc_free(tmp);
}

void
nd_xhtml_thread(const struct nd_labels *labels, const struct nd_thread *thread,
                struct _xmlNode *parent)
{
	add_facts(parent, labels, thread);
	add_summary(parent, labels, thread);
	add_mails(parent, labels, thread);
}

/* ---- the report ----------------------------------------------------------- */

static void
add_totals(struct _xmlNode *parent, const struct nd_labels *labels)
{
	const struct nd_report *report = labels->report;
	void *tmp = talloc_new(NULL);
	const char *large = "";
	const char *totals = x_asprintf(
		tmp, nd_label_tr(labels, "%s in %s, %s"),
		nd_label_mails(tmp, labels, report->messages),
		nd_label_threads(tmp, labels, (unsigned)report->thread_total),
		nd_label_participants(tmp, labels, report->participants));

	if (report->large_threads > 0)
		large = x_asprintf(tmp,
		                   nd_trn(labels->i18n,
		                          "%u large thread (over %u mails)",
		                          "%u large threads (over %u mails)",
		                          report->large_threads),
		                   report->large_threads, report->large);
	nd_xmltree_add(
		parent, "p",
		nd_label_join(tmp, labels, (const char *[]){totals, large}, 2));
	talloc_free(tmp);
}

/* "PATCH: 12 threads, 93 mails", of a category or a list */
static void
add_counts(struct _xmlNode *list, const struct nd_labels *labels,
           const char *name, unsigned threads, unsigned mails)
{
	void *tmp = talloc_new(NULL);
	const char *counts = x_asprintf(tmp, nd_label_tr(labels, "%s, %s"),
	                                nd_label_threads(tmp, labels, threads),
	                                nd_label_mails(tmp, labels, mails));

	nd_xmltree_add(
		list, "li",
		x_asprintf(tmp, nd_label_tr(labels, "%s: %s"), name, counts));
	talloc_free(tmp);
}

static void
add_categories(struct _xmlNode *parent, const struct nd_labels *labels)
{
	const struct nd_report *report = labels->report;
	struct _xmlNode *list = nd_xmltree_add(parent, "ul", "");

	for (size_t i = 0; i < report->category_count; i++) {
		const struct nd_category_row *row = &report->category[i];

		if (row->threads > 0)
			add_counts(list, labels,
			           nd_label_category(labels, row->name),
			           row->threads, row->messages);
	}
}

/* All: a list without mail is worth knowing. */
static void
add_lists(struct _xmlNode *parent, const struct nd_labels *labels)
{
	const struct nd_report *report = labels->report;
	struct _xmlNode *list;

	if (!nd_report_has_sections(report))
		return;
	list = nd_xmltree_add(parent, "ul", "");
	for (size_t i = 0; i < report->section_count; i++) {
		const struct nd_report_section *row = &report->section[i];
		const char *name = nd_label_list(NULL, row->list);

		add_counts(list, labels, name, (unsigned)row->thread_total,
		           row->messages);
		talloc_free((void *)name);
	}
}

/* ---- since the last report ------------------------------------------------ */

static void
add_since_list(struct _xmlNode *parent, const struct nd_labels *labels,
               enum nd_sincelast_list which)
{
	const struct nd_sincelast *since = labels->report->since_last;
	size_t shown = nd_sinceline_shown(since, which);
	void *tmp = talloc_new(NULL);
	struct _xmlNode *list;

	nd_xmltree_add(parent, "p", nd_sinceline_counted(tmp, labels, which));
	list = shown > 0 ? nd_xmltree_add(parent, "ul", "") : NULL;
	for (size_t i = 0; i < shown; i++) {
		const struct nd_sincelast_line *line = &since->line[which][i];

		add_link(nd_xmltree_add(list, "li", ""),
		         nd_sinceline_text(tmp, labels, line),
		         line->thread->message[line->message]);
	}
	add_unless_empty(parent, "p", nd_sinceline_rest(tmp, labels, which));
	talloc_free(tmp);
}

static void
add_since(struct _xmlNode *parent, const struct nd_labels *labels)
{
	void *tmp = talloc_new(NULL);

	if (labels->report->since_last) {
		nd_xmltree_add(parent, "h3", nd_sinceline_heading(tmp, labels));
		for (enum nd_sincelast_list k = 0; k < ND_SINCELAST_LIST_COUNT;
		     k++)
			add_since_list(parent, labels, k);
	}
	talloc_free(tmp);
}

/* ---- the front page ------------------------------------------------------- */

/* Lines of the front page, the first of so many. */
static void
add_front_lines(struct _xmlNode *parent, const struct nd_labels *labels,
                const struct nd_front_line *line, size_t shown, size_t count)
{
	struct _xmlNode *list = nd_xmltree_add(parent, "ul", "");
	void *tmp = talloc_new(NULL);

	for (size_t i = 0; i < shown; i++)
		add_link(nd_xmltree_add(list, "li", ""),
		         x_asprintf(tmp, nd_label_tr(labels, "%s: %s"),
		                    nd_frontline_listed(tmp, labels,
		                                        line[i].thread),
		                    nd_frontline_dated(tmp, labels, &line[i])),
		         line[i].thread->message[line[i].message]);
	if (shown < count)
		nd_xmltree_add(list, "li",
		               x_asprintf(tmp,
		                          nd_trn(labels->i18n, "and %lu more",
		                                 "and %lu more", count - shown),
		                          (unsigned long)(count - shown)));
	talloc_free(tmp);
}

static void
add_front_list(struct _xmlNode *parent, const struct nd_labels *labels,
               enum nd_front_list which)
{
	const struct nd_front *front = labels->report->front;
	const char *heading = nd_frontline_heading(labels, which);
	size_t count = front->count[which];
	void *tmp = talloc_new(NULL);

	nd_xmltree_add(
		parent, "h3",
		count == 0 ? x_asprintf(tmp, nd_label_tr(labels, "%s: none"),
	                                heading)
			   : x_asprintf(tmp, nd_label_tr(labels, "%s: %zu"),
	                                heading, count));
	if (count > 0)
		add_front_lines(parent, labels, front->line[which],
		                nd_frontline_shown(front, which), count);
	talloc_free(tmp);
}

/* What was open before, and nothing has come of it in the window. */
static void
add_quiet(struct _xmlNode *parent, const struct nd_labels *labels)
{
	const struct nd_front *front = labels->report->front;
	void *tmp = talloc_new(NULL);

	if (front->quiet_count > 0) {
		nd_xmltree_add(parent, "h3",
		               x_asprintf(tmp, nd_label_tr(labels, "%s: %zu"),
		                          nd_frontline_quiet_heading(labels),
		                          front->quiet_count));
		add_front_lines(parent, labels, front->quiet,
		                nd_frontline_quiet_shown(front),
		                front->quiet_count);
	}
	talloc_free(tmp);
}

static void
add_problems(struct _xmlNode *parent, const struct nd_labels *labels)
{
	const struct nd_report *report = labels->report;
	void *tmp = talloc_new(NULL);
	const char *dropped = nd_label_dropped(tmp, labels);
	struct _xmlNode *list;

	if (report->problem_count == 0 && !*dropped)
		goto done;
	nd_xmltree_add(parent, "h3", nd_label_tr(labels, "Problems"));
	list = nd_xmltree_add(parent, "ul", "");
	for (size_t i = 0; i < report->problem_count; i++)
		nd_xmltree_add(list, "li", nd_label_problem(tmp, labels, i));
	add_unless_empty(list, "li", nd_label_problems_left(tmp, labels));
	add_unless_empty(list, "li", dropped);
done:
	talloc_free(tmp);
}

void
nd_xhtml_front(const struct nd_labels *labels, struct _xmlNode *parent)
{
	void *tmp = talloc_new(NULL);

	nd_xmltree_add(parent, "p", nd_label_period(tmp, labels));
	add_totals(parent, labels);
	add_unless_empty(parent, "p", nd_frontline_muted(tmp, labels));
	add_categories(parent, labels);
	add_lists(parent, labels);
	add_since(parent, labels);
	for (enum nd_front_list k = 0; k < ND_FRONT_LIST_COUNT; k++)
		add_front_list(parent, labels, k);
	add_quiet(parent, labels);
	add_unless_empty(parent, "p", nd_label_limit(tmp, labels));
	add_problems(parent, labels);
	talloc_free(tmp);
}
