/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/thread.h"

#include <string.h>

#include "util/alloc.h"

static const char *const category_names[ND_CATEGORY_COUNT] = {
	[ND_CATEGORY_PULL] = "pull",
	[ND_CATEGORY_RFC] = "rfc",
	[ND_CATEGORY_PATCH] = "patch",
	[ND_CATEGORY_OTHER] = "other",
};

static const char *const kind_names[ND_KIND_COUNT] = {
	[ND_KIND_SERIES] = "series",
	[ND_KIND_SINGLE_PATCH] = "single-patch",
	[ND_KIND_PULL_REQUEST] = "pull-request",
	[ND_KIND_STABLE_REVIEW] = "stable-review",
	[ND_KIND_STABLE_NOTICE] = "stable-notice",
	[ND_KIND_BACKPORT] = "backport",
	[ND_KIND_BUG_REPORT] = "bug-report",
	[ND_KIND_QUESTION] = "question",
	[ND_KIND_ANNOUNCEMENT] = "announcement",
	[ND_KIND_DISCUSSION] = "discussion",
};

const char *
nd_category_name(enum nd_category category)
{
	return category_names[category];
}

const char *
nd_kind_name(enum nd_kind kind)
{
	return kind_names[kind];
}

const char *
nd_thread_category(const struct nd_thread *thread)
{
	if (thread->user_category)
		return thread->user_category;
	return nd_category_name(thread->category);
}

const struct nd_message *
nd_thread_root(const struct nd_thread *thread)
{
	return thread->message[thread->root];
}

static void
drop_addresses(struct nd_address_list *list)
{
	TALLOC_FREE(list->address);
	list->count = 0;
}

void
nd_thread_drop_text(struct nd_thread *thread)
{
	for (size_t i = 0; i < thread->message_count; i++) {
		struct nd_message *message = thread->message[i];

		TALLOC_FREE(message->body);
		drop_addresses(&message->to);
		drop_addresses(&message->cc);
		TALLOC_FREE(message->reference);
		message->reference_count = 0;
	}
}
