/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/event.h"

static const char *const event_names[ND_EVENT_COUNT] = {
	[ND_EVENT_POSTED] = "posted",
	[ND_EVENT_TRAILER] = "trailer",
	[ND_EVENT_APPROVED] = "approved",
	[ND_EVENT_NACK] = "nack",
	[ND_EVENT_OBJECTION] = "objection",
	[ND_EVENT_QUESTION] = "question",
	[ND_EVENT_ANSWER] = "answer",
	[ND_EVENT_CHANGES_REQUESTED] = "changes-requested",
	[ND_EVENT_RESPIN_PROMISED] = "respin-promised",
	[ND_EVENT_REVIEW_PROMISED] = "review-promised",
	[ND_EVENT_DEFERRED] = "deferred",
	[ND_EVENT_APPLIED] = "applied",
	[ND_EVENT_PULLED] = "pulled",
	[ND_EVENT_MERGED] = "merged",
	[ND_EVENT_MERGED_STABLE] = "merged-stable",
	[ND_EVENT_SUPERSEDED] = "superseded",
	[ND_EVENT_WITHDRAWN] = "withdrawn",
	[ND_EVENT_REJECTED] = "rejected",
	[ND_EVENT_UNDER_REVIEW] = "under-review",
	[ND_EVENT_AGREED] = "agreed",
	[ND_EVENT_DECIDED] = "decided",
	[ND_EVENT_TEST_RESULT] = "test-result",
	[ND_EVENT_AI_REVIEW] = "ai-review",
	[ND_EVENT_COMMAND] = "command",
};

const char *
nd_event_name(enum nd_event_type type)
{
	return event_names[type];
}
