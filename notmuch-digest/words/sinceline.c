/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "words/sinceline.h"

#include "util/alloc.h"
#include "util/time.h"
#include "words/frontline.h"
#include "words/statusline.h"

/* Marks a text for xgettext where it stands in a table. */
#define N_(text) text

/* The front page has more of it. */
enum { SHOWN_MAX = 8 };

static const char *const headings[ND_SINCELAST_LIST_COUNT] = {
	[ND_SINCELAST_CLOSED] = N_("Closed"),
	[ND_SINCELAST_MOVED] = N_("Moved"),
	[ND_SINCELAST_NEW] = N_("New threads"),
};

const char *
nd_sinceline_heading(const void *ctx, const struct nd_labels *labels)
{
	const struct nd_report *report = labels->report;
	const char *since = nd_time_format(ctx, "%Y-%m-%d %H:%M %Z",
	                                   report->window.since_s);

	if (report->since_last->previous)
		return x_asprintf(
			ctx, nd_label_tr(labels, "Since the last report, %s"),
			since);
	return x_asprintf(ctx,
	                  nd_label_tr(labels,
	                              "No report of this query has been "
	                              "delivered before; since %s"),
	                  since);
}

const char *
nd_sinceline_list(const struct nd_labels *labels, enum nd_sincelast_list list)
{
	return nd_tr(labels->i18n, headings[list]);
}

const char *
nd_sinceline_counted(const void *ctx, const struct nd_labels *labels,
                     enum nd_sincelast_list list)
{
	const char *heading = nd_sinceline_list(labels, list);
	size_t count = labels->report->since_last->count[list];

	return count == 0 ? x_asprintf(ctx, nd_label_tr(labels, "%s: none"),
	                               heading)
	                  : x_asprintf(ctx, nd_label_tr(labels, "%s: %zu"),
	                               heading, count);
}

size_t
nd_sinceline_shown(const struct nd_sincelast *since,
                   enum nd_sincelast_list list)
{
	return since->count[list] < SHOWN_MAX ? since->count[list] : SHOWN_MAX;
}

const char *
nd_sinceline_state(const void *ctx, const struct nd_labels *labels,
                   const struct nd_sincelast_line *line)
{
	const char *state = nd_statusline_brief(ctx, labels, line->thread);

	if (line->before == ND_STATE_COUNT)
		return state;
	return x_asprintf(ctx, nd_label_tr(labels, "%s, was %s"), state,
	                  nd_statusline_state(labels, line->before));
}

const char *
nd_sinceline_text(const void *ctx, const struct nd_labels *labels,
                  const struct nd_sincelast_line *line)
{
	return x_asprintf(ctx, nd_label_tr(labels, "%s: %s"),
	                  nd_frontline_listed(ctx, labels, line->thread),
	                  nd_sinceline_state(ctx, labels, line));
}

const char *
nd_sinceline_rest(const void *ctx, const struct nd_labels *labels,
                  enum nd_sincelast_list list)
{
	const struct nd_sincelast *since = labels->report->since_last;
	size_t rest = since->count[list] - nd_sinceline_shown(since, list);

	if (rest == 0)
		return "";
	return x_asprintf(
		ctx, nd_trn(labels->i18n, "and %lu more", "and %lu more", rest),
		(unsigned long)rest);
}
