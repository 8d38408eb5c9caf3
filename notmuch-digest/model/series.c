/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/series.h"

const char *
nd_series_link_reason_name(enum nd_link_reason reason)
{
	static const char *const names[ND_LINK_COUNT] = {
		[ND_LINK_CHANGE_ID] = "change-id",
		[ND_LINK_MENTION] = "link",
		[ND_LINK_TITLE] = "title",
		[ND_LINK_REPLY] = "reply",
		[ND_LINK_PATCHES] = "patches",
		[ND_LINK_SIMILAR] = "similar-title",
		[ND_LINK_AGAIN] = "again",
	};

	return names[reason];
}
