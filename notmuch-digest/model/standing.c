/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/standing.h"

#include "model/address.h"
#include "util/str.h"

static const char *const state_names[ND_STATE_COUNT] = {
	[ND_STATE_NEW] = "new",
	[ND_STATE_UNDER_REVIEW] = "under-review",
	[ND_STATE_CHANGES_REQUESTED] = "changes-requested",
	[ND_STATE_REVIEWED] = "reviewed",
	[ND_STATE_APPLIED] = "applied",
	[ND_STATE_PULLED] = "pulled",
	[ND_STATE_MERGED] = "merged",
	[ND_STATE_MERGED_STABLE] = "merged-stable",
	[ND_STATE_SUPERSEDED] = "superseded",
	[ND_STATE_WITHDRAWN] = "withdrawn",
	[ND_STATE_REJECTED] = "rejected",
	[ND_STATE_ANSWERED] = "answered",
	[ND_STATE_OPEN] = "open",
};

static const char *const for_you_names[ND_FOR_YOU_COUNT] = {
	[ND_FOR_YOU_ASKED] = "asked",
	[ND_FOR_YOU_PROMISED] = "promised",
	[ND_FOR_YOU_ANSWER] = "to-answer",
	[ND_FOR_YOU_REVIEW] = "to-review",
	[ND_FOR_YOU_APPLY] = "to-apply",
	[ND_FOR_YOU_QUESTION] = "question",
	[ND_FOR_YOU_CHANGES] = "changes-requested",
	[ND_FOR_YOU_TAG] = "tag",
	[ND_FOR_YOU_APPLIED] = "applied",
	[ND_FOR_YOU_TEST] = "test-result",
	[ND_FOR_YOU_TO] = "to",
};

static const char *const attention_names[ND_ATTENTION_COUNT] = {
	[ND_ATTENTION_PROMISED] = "promised",
	[ND_ATTENTION_CHANGES] = "changes-requested",
	[ND_ATTENTION_ASKED] = "asked",
	[ND_ATTENTION_TEST_FAILED] = "test-failed",
	[ND_ATTENTION_TO_ANSWER] = "to-answer",
	[ND_ATTENTION_TO_REVIEW] = "to-review",
	[ND_ATTENTION_TO_APPLY] = "to-apply",
};

const char *
nd_standing_state_name(enum nd_thread_state state)
{
	return state_names[state];
}

const char *
nd_standing_for_you_name(enum nd_for_you_why why)
{
	return for_you_names[why];
}

const char *
nd_standing_attention_name(enum nd_attention_why why)
{
	return attention_names[why];
}

bool
nd_standing_is_user(const struct nd_user *user, const struct nd_address *who)
{
	const struct nd_address me = {.name = user->name, .addr = ""};

	for (size_t i = 0; i < user->address_count; i++)
		if (*user->address[i] &&
		    nd_str_equal_nocase(user->address[i], who->addr))
			return true;
	/* A relay kept the address. */
	return !*who->addr && nd_address_same_person(&me, who);
}
