/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/summary.h"

#include "util/alloc.h"

static const char *const zone_names[ND_ZONE_COUNT] = {
	[ND_ZONE_BACKGROUND] = "background",
	[ND_ZONE_EARLIER] = "earlier",
	[ND_ZONE_NEW] = "new",
	[ND_ZONE_DECISION] = "decisions",
	[ND_ZONE_QUESTION] = "open_questions",
};

const char *
nd_summary_zone_name(enum nd_zone zone)
{
	return zone_names[zone];
}

static const char *const outcome_names[ND_OUTCOME_COUNT] = {
	[ND_OUTCOME_ANSWERED] = "answered",
	[ND_OUTCOME_AGREED] = "agreed",
	[ND_OUTCOME_ASKED] = "question",
	[ND_OUTCOME_TAGGED] = "tagged",
	[ND_OUTCOME_CHANGES_REQUESTED] = "changes-requested",
	[ND_OUTCOME_CHANGES_PROMISED] = "changes-promised",
	[ND_OUTCOME_NACK] = "nack",
	[ND_OUTCOME_SUPERSEDED] = "superseded",
	[ND_OUTCOME_WITHDRAWN] = "withdrawn",
	[ND_OUTCOME_REJECTED] = "rejected",
	[ND_OUTCOME_APPLIED] = "applied",
};

const char *
nd_summary_outcome_name(enum nd_outcome outcome)
{
	return outcome_names[outcome];
}

bool
nd_summary_zone_has_headings(enum nd_zone zone)
{
	return zone == ND_ZONE_EARLIER || zone == ND_ZONE_NEW;
}

bool
nd_summary_zone_has_quotes(enum nd_zone zone)
{
	return zone == ND_ZONE_DECISION || zone == ND_ZONE_QUESTION;
}

const char *
nd_summary_item_label(const struct nd_item *item, enum nd_zone zone)
{
	return item->subthread && !nd_summary_zone_has_headings(zone)
	               ? item->subthread->label
	               : NULL;
}

const char *
nd_summary_item_text(const void *ctx, const struct nd_item *item)
{
	if (!item->who || item->join != ND_JOIN_NONE)
		return item->text;
	return x_asprintf(ctx, "%s: %s", item->who, item->text);
}
