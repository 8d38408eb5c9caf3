/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pipeline/order.h"

#include <stdlib.h>
#include <string.h>

#include "agenda/front.h"
#include "util/alloc.h"
#include "util/limits.h"
#include "util/str.h"

bool
nd_order_has_any(const struct nd_thread *thread, const struct nd_map *ids)
{
	for (size_t i = 0; i < thread->message_count; i++)
		if (nd_map_has(ids, thread->message[i]->id))
			return true;
	return false;
}

void
nd_order_add_problems(struct nd_report *report,
                      const struct nd_problem *problem, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		report->problem_total++;
		if (report->problem_count < ND_LIMIT_PROBLEMS)
			*x_append(report, report->problem,
			          report->problem_count) = problem[i];
	}
}

/* The user's categories first, then ours in the order of the reports. */
static void
list_categories(struct nd_report *report, struct nd_report_section *section,
                const struct nd_settings *settings)
{
	static const enum nd_category ours[] = {
		ND_CATEGORY_PATCH, ND_CATEGORY_RFC, ND_CATEGORY_PULL,
		ND_CATEGORY_OTHER};

	for (size_t i = 0; i < settings->category_count; i++)
		x_append(report, section->category, section->category_count)
			->name = settings->category[i].name;
	for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
		x_append(report, section->category, section->category_count)
			->name = nd_thread_category_name(ours[i]);
}

static size_t
section_index(const struct nd_report *report, const struct nd_thread *thread)
{
	size_t i = 0;

	while (i < report->section_count &&
	       !nd_report_section_has(&report->section[i], thread))
		i++;
	return i;
}

/* qsort() has no argument to hand over: each thread carries its rank. */
struct ranked {
	struct nd_thread *thread;
	size_t section, category;
};

static int
compare_ranked(const void *a, const void *b)
{
	const struct ranked *x = a, *y = b;
	const struct nd_message *p = nd_thread_root(x->thread);
	const struct nd_message *q = nd_thread_root(y->thread);

	if (x->section != y->section)
		return x->section < y->section ? -1 : 1;
	if (x->category != y->category)
		return x->category < y->category ? -1 : 1;
	if (x->thread->counts.new_messages != y->thread->counts.new_messages)
		return x->thread->counts.new_messages >
		                       y->thread->counts.new_messages
		               ? -1
		               : 1;
	if (p->date_s != q->date_s)
		return p->date_s < q->date_s ? -1 : 1;
	return strcmp(p->id, q->id);
}

static void
sort_threads(struct nd_report *report, const struct nd_report_section *whole)
{
	struct ranked *ranked =
		x_array(NULL, struct ranked, report->thread_count + 1);

	for (size_t i = 0; i < report->thread_count; i++) {
		ranked[i].thread = report->thread[i];
		ranked[i].section = section_index(report, report->thread[i]);
		ranked[i].category =
			nd_report_category(whole, report->thread[i]);
	}
	qsort(ranked, report->thread_count, sizeof *ranked, compare_ranked);
	for (size_t i = 0; i < report->thread_count; i++)
		report->thread[i] = ranked[i].thread;
	talloc_free(ranked);
}

static unsigned
count_participants(const struct nd_report_section *section)
{
	struct nd_map *seen = nd_map_new(NULL);
	unsigned count;

	for (size_t i = 0; i < section->thread_count; i++) {
		const struct nd_thread *thread = section->thread[i];

		for (size_t k = 0; k < thread->participant_count; k++) {
			const struct nd_participant *p =
				&thread->participant[k];
			char *addr = nd_str_lower(x_strdup(NULL, p->who.addr));

			if (p->new_messages > 0)
				nd_map_set(seen, addr, NULL);
			talloc_free(addr);
		}
	}
	count = (unsigned)nd_map_count(seen);
	talloc_free(seen);
	return count;
}

/* section's threads are known, its numbers are zero. */
static void
count_section(struct nd_report *report, struct nd_report_section *section,
              const struct nd_settings *settings)
{
	list_categories(report, section, settings);
	for (size_t i = 0; i < section->thread_count; i++) {
		const struct nd_thread *thread = section->thread[i];
		struct nd_category_row *row =
			&section->category[nd_report_category(section, thread)];
		unsigned count = thread->counts.new_messages;

		row->threads++;
		row->messages += count;
		section->messages += count;
		section->large_threads += count > report->large;
	}
	section->participants = count_participants(section);
	section->thread_total = section->thread_count;
}

/*
 * Without a name from the settings: the first label of the List-Id, when all
 * new mails that have one have the same.
 */
static const char *
common_list(struct nd_report *report)
{
	const char *common = NULL;

	for (size_t i = 0; i < report->thread_count; i++) {
		const struct nd_thread *thread = report->thread[i];

		for (size_t k = 0; k < thread->message_count; k++) {
			const struct nd_message *m = thread->message[k];

			if (!(m->flags & ND_MESSAGE_NEW) || !m->list_id ||
			    !*m->list_id)
				continue;
			if (common && !nd_str_equal_nocase(common, m->list_id))
				return "";
			common = m->list_id;
		}
	}
	if (!common)
		return "";
	return x_strndup(report, common, strcspn(common, "."));
}

/* The threads are sorted: a section has those from next on; returns the index of
 * the next one's. */
static size_t
take_threads(const struct nd_report *report, struct nd_report_section *section,
             size_t next)
{
	section->thread = report->thread + next;
	section->thread_count = 0;
	while (next < report->thread_count &&
	       nd_report_section_has(section, report->thread[next])) {
		section->thread_count++;
		next++;
	}
	return next;
}

static void
divide(struct nd_report *report, const struct nd_settings *settings)
{
	size_t next = 0;

	for (size_t i = 0; i < report->section_count; i++) {
		next = take_threads(report, &report->section[i], next);
		count_section(report, &report->section[i], settings);
	}
}

void
nd_order_report(struct nd_report *report, const struct nd_settings *settings)
{
	struct nd_report_section whole = nd_report_whole(report);

	count_section(report, &whole, settings);
	report->category = whole.category;
	report->category_count = whole.category_count;
	report->messages = whole.messages;
	report->large_threads = whole.large_threads;
	report->participants = whole.participants;
	report->thread_total = whole.thread_total;
	if (!*report->list && report->section_count == 0)
		report->list = common_list(report);
	sort_threads(report, &whole);
	divide(report, settings);
}

void
nd_order_limit(struct nd_report *report, unsigned limit)
{
	struct nd_thread *const *first = report->front->order;
	size_t count = 0, next = 0;
	struct nd_map *kept;

	if (limit == 0 || limit >= report->thread_count)
		return;
	kept = nd_map_new(NULL);
	for (size_t i = 0; i < limit; i++)
		nd_map_set(kept, first[i]->id, first[i]);
	for (size_t i = 0; i < report->thread_count; i++)
		if (nd_map_has(kept, report->thread[i]->id))
			report->thread[count++] = report->thread[i];
	talloc_free(kept);
	report->thread_count = count;
	for (size_t i = 0; i < report->section_count; i++)
		next = take_threads(report, &report->section[i], next);
}
