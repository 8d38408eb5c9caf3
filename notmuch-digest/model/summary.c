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

const char *
nd_item_text(const void *ctx, const struct nd_item *item)
{
	if (!item->who)
		return item->text;
	return x_asprintf(ctx, "%s: %s", item->who, item->text);
}
