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
nd_zone_name(enum nd_zone zone)
{
	return zone_names[zone];
}

static const char *const verdict_names[ND_VERDICT_COUNT] = {
	[ND_VERDICT_ANSWERED] = "answered",
	[ND_VERDICT_AGREED] = "agreed",
	[ND_VERDICT_ASKED] = "question",
	[ND_VERDICT_TAGGED] = "tagged",
	[ND_VERDICT_CHANGES_REQUESTED] = "changes-requested",
	[ND_VERDICT_CHANGES_PROMISED] = "changes-promised",
	[ND_VERDICT_NACK] = "nack",
	[ND_VERDICT_SUPERSEDED] = "superseded",
	[ND_VERDICT_WITHDRAWN] = "withdrawn",
	[ND_VERDICT_REJECTED] = "rejected",
	[ND_VERDICT_APPLIED] = "applied",
};

const char *
nd_verdict_name(enum nd_verdict verdict)
{
	return verdict_names[verdict];
}

bool
nd_zone_has_headings(enum nd_zone zone)
{
	return zone == ND_ZONE_EARLIER || zone == ND_ZONE_NEW;
}

const char *
nd_item_label(const struct nd_item *item, enum nd_zone zone)
{
	return item->subtree && !nd_zone_has_headings(zone)
	               ? item->subtree->label
	               : NULL;
}

const char *
nd_item_text(const void *ctx, const struct nd_item *item)
{
	if (!item->who)
		return item->text;
	return x_asprintf(ctx, "%s: %s", item->who, item->text);
}
