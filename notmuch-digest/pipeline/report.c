/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pipeline/report.h"

#include "agenda/carried.h"
#include "agenda/front.h"
#include "analyse/merged.h"
#include "lineage/family.h"
#include "lineage/sequel.h"
#include "lineage/torn.h"
#include "pipeline/gathering.h"
#include "pipeline/order.h"
#include "pipeline/summaries.h"
#include "pipeline/versions.h"
#include "standing/foryou.h"
#include "standing/state.h"
#include "util/alloc.h"
#include "util/archiveurl.h"
#include "util/map.h"
#include "util/pool.h"

static void
settle_merged(struct nd_thread *thread, const struct nd_report_request *how)
{
	const char *root_id = nd_thread_root(thread)->id;
	const char *text =
		how->merged ? nd_map_get(how->merged, root_id) : NULL;

	if (text)
		thread->merged = x_strdup(thread, text);
	if (!thread->merged)
		return;
	/* What came later is no more of the window than later mail. */
	thread->merged =
		nd_merged_until(thread, thread->merged, how->window.until_s);
	nd_merged_settle(thread);
}

/* The archive that the user has chosen, in place of what headers say. */
static void
link_mails(struct nd_thread *thread, const char *template)
{
	for (size_t i = 0; *template && i < thread->message_count; i++) {
		struct nd_message *mail = thread->message[i];
		const char *link = nd_archiveurl_fill(mail, template, mail->id);

		if (link)
			mail->link = link;
	}
}

static void
keep_concerning(struct nd_report *report, struct nd_thread_list *quiet,
                const struct nd_report_request *how)
{
	size_t kept = 0;

	for (size_t i = 0; i < report->thread_count; i++) {
		struct nd_thread *thread = report->thread[i];

		if (nd_front_concerns(report, thread, how->user))
			report->thread[kept++] = thread;
		else
			*x_append(quiet, quiet->thread, quiet->count) = thread;
	}
	report->thread_count = kept;
	report->for_me = true;
}

/* Both lists, the report's first. */
static struct nd_thread_list *
both_lists(const void *ctx, const struct nd_thread_list *list,
           const struct nd_thread_list *quiet)
{
	struct nd_thread_list *both = x_new(ctx, struct nd_thread_list);

	both->count = list->count + quiet->count;
	both->thread = x_array(both, struct nd_thread *, both->count + 1);
	for (size_t i = 0; i < list->count; i++)
		both->thread[i] = list->thread[i];
	for (size_t i = 0; i < quiet->count; i++)
		both->thread[list->count + i] = quiet->thread[i];
	return both;
}

static void
add_quiet_left(struct nd_report *report, size_t count)
{
	const struct nd_problem problem = {
		.what = x_asprintf(report,
	                           "what %zu older threads still owe is not "
	                           "known: there are too many mails",
	                           count),
	};

	if (count > 0)
		nd_order_add_problems(report, &problem, 1);
}

/* What is known of a thread when its versions are. */
static void
settle(struct nd_app *app, const struct nd_gathering *gathering,
       struct nd_thread *thread)
{
	const struct nd_report_request *how = gathering->how;

	nd_state_settle(thread, &how->window);
	settle_merged(thread, how);
	nd_foryou_find(thread, how->user);
	link_mails(thread, app->settings->link);
	if (!gathering->contexts)
		nd_summaries_tell(thread, how->i18n);
}

/* Of all that was gathered, which is the report's then. */
static struct nd_report *
new_report(struct nd_app *app, const struct nd_gathering *gathering)
{
	const struct nd_report_request *how = gathering->how;
	struct nd_report *report = x_new(app, struct nd_report);

	report->generated_s = how->window.now_s;
	report->window = how->window;
	report->query = *how->query ? how->query : "*";
	report->list = gathering->list_name;
	report->engine = how->llm ? "llm" : "extract";
	report->large = how->large;
	report->muted = gathering->muted;
	for (size_t i = 0; i < gathering->count; i++)
		nd_order_add_problems(report, gathering->work[i].problem,
		                      gathering->work[i].problem_count);
	add_quiet_left(report, gathering->quiet_left);
	talloc_steal(report, gathering->list);
	talloc_steal(report, gathering->quiet);
	report->thread = gathering->list->thread;
	report->thread_count = gathering->list->count;
	if (how->flags & ND_REPORT_FOR_ME)
		keep_concerning(report, gathering->quiet, how);
	report->quiet = gathering->quiet->thread;
	report->quiet_count = gathering->quiet->count;
	for (size_t i = 0; i < how->list_count; i++)
		x_append(report, report->section, report->section_count)->list =
			how->list[i]->name;
	return report;
}

enum nd_status
nd_report_gather(struct nd_app *app, const struct nd_report_request *how,
                 struct nd_report **out)
{
	struct nd_gathering gathering = {.how = how, .contexts = how->contexts};
	bool late = nd_summaries_are_late(how);
	struct nd_thread_list *all;
	struct nd_report *report;
	enum nd_status st = nd_gathering_load(app, &gathering);

	if (st != ND_OK)
		return st;
	if (late)
		gathering.contexts = nd_map_new(gathering.list);
	gathering.jobs = how->jobs > 0 ? how->jobs : nd_pool_cores();
	st = nd_summaries_make(app, &gathering);
	nd_gathering_settle(&gathering);
	all = both_lists(app, gathering.list, gathering.quiet);
	if (st == ND_OK)
		st = nd_versions_find(app, gathering.list, how->window.until_s,
		                      gathering.jobs);
	/* What is said of a thread of the report does not depend on others. */
	if (st == ND_OK && gathering.quiet->count > 0)
		st = nd_versions_find(app, all, how->window.until_s,
		                      gathering.jobs);
	if (st != ND_OK)
		return st;

	for (size_t i = 0; i < all->count; i++)
		settle(app, &gathering, all->thread[i]);
	report = new_report(app, &gathering);
	nd_order_report(report, app->settings);
	/* What is owed may be told in a thread that is not printed. */
	nd_torn_find(report, all->thread, all->count);
	nd_sequel_find(all->thread, all->count);
	nd_family_find(all->thread, all->count);
	nd_carried_find(report, how->user);
	talloc_free(all);
	/* The front page is about all of them, whatever is printed. */
	nd_family_find(report->thread, report->thread_count);
	nd_front_make(report, how->user);
	nd_order_limit(report, how->limit);
	if (late)
		st = nd_summaries_ask_late(app, &gathering, report);
	if (st != ND_OK)
		return st;
	if (how->llm)
		nd_llm_add_problems(how->llm, report);
	report->thread_total += gathering.left_out;
	*out = report;
	return ND_OK;
}
