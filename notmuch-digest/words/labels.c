/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "words/labels.h"

#include <string.h>

#include "util/alloc.h"
#include "util/str.h"
#include "util/time.h"

enum {
	HOUR_S = 3600,
	DAY_S = 24 * HOUR_S,
	LINE_BYTES_MAX = 1 << 16,
	LISTS_NAMED_MAX = 3, /* in a title */
};

/* Marks a text for xgettext where it stands in a table. */
#define N_(text) text

/* ---- the report ---------------------------------------------------------- */

static bool
has_model_text(const struct nd_report_section *section)
{
	for (size_t i = 0; i < section->thread_count; i++) {
		const struct nd_summary *summary = section->thread[i]->summary;

		if (summary && summary->model)
			return true;
	}
	return false;
}

const char *
nd_label_list(const void *ctx, const char *list)
{
	char *name = x_strndup(ctx, list, strcspn(list, "."));

	for (char *c = name; *c; c++)
		if (*c >= 'a' && *c <= 'z')
			*c = (char)(*c - 'a' + 'A');
	return name;
}

/* "KVMARM, LINUX-MM, NETDEV and 2 more" */
static const char *
list_names(const void *ctx, const struct nd_labels *labels)
{
	const struct nd_report *report = labels->report;
	size_t count = report->section_count, named = count;
	const char *names = "";

	/* "1 more" is as long as its name. */
	if (named > LISTS_NAMED_MAX + 1)
		named = LISTS_NAMED_MAX;
	for (size_t i = 0; i < named; i++)
		names = x_asprintf(ctx, "%s%s%s", names, i > 0 ? ", " : "",
		                   nd_label_list(ctx, report->section[i].list));
	if (named == count)
		return names;
	return x_asprintf(ctx,
	                  nd_trn(labels->i18n, "%s and %lu more",
	                         "%s and %lu more", count - named),
	                  names, (unsigned long)(count - named));
}

static const char *
title_of_lists(const void *ctx, const struct nd_labels *labels, bool ai)
{
	return x_asprintf(
		ctx,
		ai ? nd_label_tr(labels, "%s mailing lists report, by AI")
		   : nd_label_tr(labels, "%s mailing lists report"),
		list_names(ctx, labels));
}

static const char *
title_of_list(const void *ctx, const struct nd_labels *labels, const char *list,
              bool ai)
{
	if (!*list)
		return ai ? nd_label_tr(labels, "Mailing list report, by AI")
		          : nd_label_tr(labels, "Mailing list report");
	return x_asprintf(
		ctx,
		ai ? nd_label_tr(labels, "%s mailing list report, by AI")
		   : nd_label_tr(labels, "%s mailing list report"),
		nd_label_list(ctx, list));
}

const char *
nd_label_title(const void *ctx, const struct nd_labels *labels)
{
	struct nd_report_section whole = nd_report_whole(labels->report);
	bool ai = has_model_text(&whole);

	if (nd_report_has_sections(labels->report))
		return title_of_lists(ctx, labels, ai);
	return title_of_list(ctx, labels, labels->report->list, ai);
}

const char *
nd_label_section(const void *ctx, const struct nd_labels *labels,
                 const struct nd_report_section *section)
{
	return title_of_list(ctx, labels, section->list,
	                     has_model_text(section));
}

/* "last 7 days", "36 hours"; "" when the window has no round length. */
static const char *
span(const void *ctx, const struct nd_labels *labels)
{
	const struct nd_i18n *cat = labels->i18n;
	const struct nd_window *window = &labels->report->window;
	int64_t length = window->until_s - window->since_s;
	int64_t days = (length + DAY_S / 2) / DAY_S;
	int64_t off = length - days * DAY_S;
	bool last = window->now_s >= window->until_s &&
	            window->now_s - window->until_s < DAY_S;

	/* The clocks change by an hour in some weeks. */
	if (days > 0 && off >= -HOUR_S && off <= HOUR_S) {
		unsigned long n = (unsigned long)days;

		if (last && n == 1)
			return nd_label_tr(labels, "last day");
		return x_asprintf(
			ctx,
			last ? nd_trn(cat, "last %lu day", "last %lu days", n)
			     : nd_trn(cat, "%lu day", "%lu days", n),
			n);
	}
	if (length > 0 && length % HOUR_S == 0) {
		unsigned long n = (unsigned long)(length / HOUR_S);

		return x_asprintf(
			ctx,
			last ? nd_trn(cat, "last %lu hour", "last %lu hours", n)
			     : nd_trn(cat, "%lu hour", "%lu hours", n),
			n);
	}
	return "";
}

/* "2021-03-15 00:00 UTC until 2021-03-22 00:00 UTC, exclusive" */
static const char *
both_ends(const void *ctx, const struct nd_labels *labels)
{
	const struct nd_window *window = &labels->report->window;
	/* Each with its zone: between them the clocks may change. */
	const char *format = "%Y-%m-%d %H:%M %Z";
	const char *until = nd_time_format(ctx, format, window->until_s);

	if (window->since_s <= 0)
		return x_asprintf(
			ctx,
			nd_label_tr(labels, "everything until %s, exclusive"),
			until);
	return x_asprintf(ctx, nd_label_tr(labels, "%s until %s, exclusive"),
	                  nd_time_format(ctx, format, window->since_s), until);
}

const char *
nd_label_period(const void *ctx, const struct nd_labels *labels)
{
	const char *ends = both_ends(ctx, labels);
	const char *days = "";

	if (labels->report->window.since_s > 0)
		days = span(ctx, labels);
	return *days ? x_asprintf(ctx, nd_label_tr(labels, "%s, %s"), days,
	                          ends)
	             : ends;
}

/* Is the time the begin of a day? */
static bool
is_midnight(int64_t time_s)
{
	const char *clock = nd_time_format(NULL, "%H%M%S", time_s);
	bool midnight = strcmp(clock, "000000") == 0;

	talloc_free((void *)clock);
	return midnight;
}

const char *
nd_label_title_dated(const void *ctx, const struct nd_labels *labels)
{
	const struct nd_window *window = &labels->report->window;
	const char *title = nd_label_title(ctx, labels);
	const char *format =
		is_midnight(window->since_s) && is_midnight(window->until_s)
			? "%Y-%m-%d"
			: "%Y-%m-%d %H:%M";
	const char *until = nd_time_format(ctx, format, window->until_s);

	if (window->since_s <= 0)
		return x_asprintf(ctx, nd_label_tr(labels, "%s, until %s"),
		                  title, until);
	return x_asprintf(ctx, nd_label_tr(labels, "%s, %s until %s"), title,
	                  nd_time_format(ctx, format, window->since_s), until);
}

/* Is there a term "date:" in the query, outside of quotes? */
static bool
has_date_term(const char *query)
{
	bool quoted = false;

	for (const char *at = query; *at; at++) {
		quoted = quoted != (*at == '"');
		if (!quoted && nd_str_starts(at, "date:") &&
		    (at == query || strchr(" (+-", at[-1])))
			return true;
	}
	return false;
}

const char *
nd_label_query(const void *ctx, const struct nd_labels *labels)
{
	const char *query = labels->report->query;

	if (strcmp(query, "*") == 0)
		return "";
	if (!has_date_term(query))
		return x_asprintf(ctx, nd_label_tr(labels, "Query: %s"), query);
	return x_asprintf(
		ctx,
		nd_label_tr(labels, "Query: %s (it has a date: of its own, "
	                            "and the period holds, too, which --since "
	                            "and --until set: %s)"),
		query, both_ends(ctx, labels));
}

const char *
nd_label_limit(const void *ctx, const struct nd_labels *labels)
{
	const struct nd_report *report = labels->report;
	const char *part[] = {"", ""};

	if (report->for_me && report->thread_count > 0)
		part[0] =
			nd_label_tr(labels, "Only threads that concern you are "
		                            "counted and shown.");
	if (report->thread_count < report->thread_total)
		part[1] = x_asprintf(
			ctx,
			nd_label_tr(labels,
		                    "The first %zu of %zu threads are shown."),
			report->thread_count, report->thread_total);
	return x_asprintf(ctx, "%s%s%s", part[0],
	                  *part[0] && *part[1] ? " " : "", part[1]);
}

const char *
nd_label_no_mail(const struct nd_labels *labels)
{
	return labels->report->for_me
	               ? nd_label_tr(labels,
	                             "Nothing in this period concerns you.")
	               : nd_label_tr(labels, "No mail matches in this period.");
}

const char *
nd_label_no_mail_here(const struct nd_labels *labels,
                      const struct nd_report_section *section)
{
	const struct nd_report *report = labels->report;

	for (size_t i = 0; &report->section[i] != section; i++)
		if (report->section[i].thread_total > 0)
			return nd_label_tr(
				labels,
				"No mail but in threads that stand above.");
	return nd_label_no_mail(labels);
}

const char *
nd_label_subject(const struct nd_labels *labels, const struct nd_thread *thread)
{
	const char *subject = nd_thread_root(thread)->subject;

	return *subject ? subject : nd_label_tr(labels, "(no subject)");
}

const char *
nd_label_category(const struct nd_labels *labels, const char *name)
{
	static const char *const shown[ND_CATEGORY_COUNT] = {
		[ND_CATEGORY_PULL] = N_("GIT PULL"),
		[ND_CATEGORY_RFC] = N_("RFC"),
		[ND_CATEGORY_PATCH] = N_("PATCH"),
		[ND_CATEGORY_OTHER] = N_("Other"),
	};

	for (enum nd_category i = 0; i < ND_CATEGORY_COUNT; i++)
		if (strcmp(nd_thread_category_name(i), name) == 0)
			return nd_label_tr(labels, shown[i]);
	return name;
}

static bool
is_week(const struct nd_window *window)
{
	int64_t off = window->until_s - window->since_s - 7 * DAY_S;

	return off >= -HOUR_S && off <= HOUR_S;
}

const char *
nd_label_zone(const struct nd_labels *labels, enum nd_zone zone)
{
	const struct nd_window *window = &labels->report->window;

	switch (zone) {
	case ND_ZONE_BACKGROUND:
		return nd_label_tr(labels, "Original patch or question");
	case ND_ZONE_EARLIER:
		return nd_label_tr(labels, "Earlier discussion");
	case ND_ZONE_DECISION:
		return nd_label_tr(labels, "Decisions");
	case ND_ZONE_QUESTION:
		return nd_label_tr(labels, "Open questions");
	case ND_ZONE_NEW:
	case ND_ZONE_COUNT:
		break;
	}
	if (labels->alone || window->since_s <= 0)
		return nd_label_tr(labels, "New");
	return is_week(window) ? nd_label_tr(labels, "New this week")
	                       : nd_label_tr(labels, "New in this period");
}

const char *
nd_label_excerpts(const void *ctx, const struct nd_labels *labels,
                  const struct nd_item_list *list, const char *heading)
{
	if (!list->extracted)
		return heading;
	return x_asprintf(ctx, nd_label_tr(labels, "%s (excerpts)"), heading);
}

/* Facts are ours, and excerpts the authors' of the mails. */
static bool
has_model_items(const struct nd_summary *summary, enum nd_zone zone)
{
	const struct nd_item_list *list = &summary->zone[zone];

	for (size_t i = 0; summary->model && i < list->count; i++)
		if (!list->extracted && !list->item[i].fact)
			return true;
	return false;
}

const char *
nd_label_writer(const void *ctx, const struct nd_labels *labels,
                const struct nd_thread *thread, enum nd_zone zone,
                const char *heading)
{
	const struct nd_summary *summary = thread->summary;

	if (has_model_items(summary, zone))
		return x_asprintf(ctx, nd_label_tr(labels, "%s (AI)"), heading);
	return nd_label_excerpts(ctx, labels, &summary->zone[zone], heading);
}

const char *
nd_label_gist_writer(const void *ctx, const struct nd_labels *labels,
                     const struct nd_thread *thread, const char *gist)
{
	const struct nd_summary *summary = thread->summary;

	if (!*gist || !summary || !summary->model_gist)
		return gist;
	return x_asprintf(ctx, nd_label_tr(labels, "AI: %s"), gist);
}

/* ---- counts -------------------------------------------------------------- */

const char *
nd_label_threads(const void *ctx, const struct nd_labels *labels,
                 unsigned count)
{
	return x_asprintf(
		ctx, nd_trn(labels->i18n, "%u thread", "%u threads", count),
		count);
}

const char *
nd_label_mails(const void *ctx, const struct nd_labels *labels, unsigned count)
{
	return x_asprintf(
		ctx, nd_trn(labels->i18n, "%u mail", "%u mails", count), count);
}

const char *
nd_label_participants(const void *ctx, const struct nd_labels *labels,
                      unsigned count)
{
	return x_asprintf(ctx,
	                  nd_trn(labels->i18n, "%u participant",
	                         "%u participants", count),
	                  count);
}

const char *
nd_label_count(const void *ctx, const struct nd_labels *labels,
               unsigned new_count, unsigned total)
{
	if (new_count == total)
		return x_asprintf(ctx, "%u", total);
	return x_asprintf(ctx, nd_label_tr(labels, "%u (%u in all)"), new_count,
	                  total);
}

const char *
nd_label_join(const void *ctx, const struct nd_labels *labels,
              const char *const *part, size_t count)
{
	struct nd_buf *out = nd_buf_new(ctx, LINE_BYTES_MAX);

	for (size_t i = 0; i < count; i++) {
		if (!*part[i])
			continue;
		if (out->len > 0)
			nd_buf_adds(out, nd_label_tr(labels, "; "));
		nd_buf_adds(out, part[i]);
	}
	return nd_buf_finish(ctx, out);
}

/* ---- what there is to say ------------------------------------------------ */

const char *
nd_label_gist(const struct nd_thread *thread)
{
	const struct nd_summary *summary = thread->summary;

	/* An extract's gist is the title and the state, which stand above. */
	if (!summary || !summary->model || !summary->gist ||
	    strstr(nd_thread_root(thread)->subject, summary->gist))
		return "";
	return summary->gist;
}

const char *
nd_label_nothing(const struct nd_labels *labels, const struct nd_thread *thread)
{
	if (thread->encrypted)
		return nd_label_tr(labels, "This thread holds encrypted mail; "
		                           "its text was not read.");
	if (thread->summary)
		for (size_t zone = 0; zone < ND_ZONE_COUNT; zone++)
			if (thread->summary->zone[zone].count > 0)
				return "";
	return nd_label_tr(labels,
	                   "There is nothing to quote from these mails.");
}

const char *
nd_label_problem(const void *ctx, const struct nd_labels *labels, size_t i)
{
	const struct nd_problem *problem = &labels->report->problem[i];

	if (problem->id)
		return x_asprintf(ctx, "id:%s: %s", problem->id, problem->what);
	if (problem->file)
		return x_asprintf(ctx, "%s: %s", problem->file, problem->what);
	return problem->what;
}

const char *
nd_label_problems_left(const void *ctx, const struct nd_labels *labels)
{
	const struct nd_report *report = labels->report;
	unsigned long left;

	if (report->problem_total <= report->problem_count)
		return "";
	left = report->problem_total - report->problem_count;
	return x_asprintf(
		ctx, nd_trn(labels->i18n, "and %lu more", "and %lu more", left),
		left);
}

/* Statements of a model in a summary that are printed. */
static unsigned
count_kept(const struct nd_summary *summary)
{
	size_t kept = 0;

	for (size_t zone = 0; summary->model && zone < ND_ZONE_COUNT; zone++)
		if (!summary->zone[zone].extracted)
			kept += summary->zone[zone].count;
	return (unsigned)kept;
}

static const char *
say_dropped(const void *ctx, const struct nd_labels *labels, unsigned dropped,
            unsigned kept)
{
	if (dropped == 0)
		return "";
	return x_asprintf(
		ctx,
		nd_label_tr(labels, "dropped after a check against the mails: "
	                            "%u of %u statements"),
		dropped, dropped + kept);
}

const char *
nd_label_thread_dropped(const void *ctx, const struct nd_labels *labels,
                        const struct nd_thread *thread)
{
	const struct nd_summary *summary = thread->summary;

	if (!summary)
		return "";
	return say_dropped(ctx, labels, summary->dropped, count_kept(summary));
}

const char *
nd_label_dropped(const void *ctx, const struct nd_labels *labels)
{
	const struct nd_report *report = labels->report;
	unsigned dropped = 0, kept = 0;

	for (size_t i = 0; i < report->thread_count; i++) {
		const struct nd_summary *summary = report->thread[i]->summary;

		if (!summary)
			continue;
		dropped += summary->dropped;
		kept += count_kept(summary);
	}
	return say_dropped(ctx, labels, dropped, kept);
}
