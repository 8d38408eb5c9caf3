/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/thread.h"

#include <string.h>

#include "model/address.h"
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
nd_thread_category_name(enum nd_category category)
{
	return category_names[category];
}

const char *
nd_thread_kind_name(enum nd_kind kind)
{
	return kind_names[kind];
}

const char *
nd_thread_category(const struct nd_thread *thread)
{
	if (thread->user_category)
		return thread->user_category;
	return nd_thread_category_name(thread->category);
}

int32_t
nd_thread_find_mail(const struct nd_thread *thread, const char *id)
{
	for (size_t i = 0; id && i < thread->message_count; i++)
		if (strcmp(thread->message[i]->id, id) == 0)
			return (int32_t)i;
	return ND_NO_MESSAGE;
}

bool
nd_thread_has_mail(const struct nd_thread *thread, const char *id)
{
	return nd_thread_find_mail(thread, id) != ND_NO_MESSAGE;
}

bool
nd_thread_is_silent(const struct nd_thread *thread,
                    const struct nd_attention *one)
{
	for (size_t i = (size_t)one->message + 1; i < thread->message_count;
	     i++)
		if (nd_address_same_person(&thread->message[i]->sender,
		                           &one->who))
			return false;
	return true;
}

const struct nd_message *
nd_thread_root(const struct nd_thread *thread)
{
	return thread->message[thread->root];
}

static int64_t
newest_mail_s(const struct nd_thread *thread)
{
	int64_t newest_s = INT64_MIN;

	for (size_t i = 0; i < thread->message_count; i++)
		if (thread->message[i]->date_s > newest_s)
			newest_s = thread->message[i]->date_s;
	return newest_s;
}

int
nd_thread_compare_newest(const void *a, const void *b)
{
	const struct nd_thread *const *x = a, *const *y = b;
	int64_t x_s = newest_mail_s(*x), y_s = newest_mail_s(*y);

	if (x_s != y_s)
		return x_s > y_s ? -1 : 1;
	return strcmp((*x)->id, (*y)->id);
}

static bool
has_posted(const struct nd_series *series, int32_t mail)
{
	if (series->root == mail)
		return true;
	for (int i = 0; i < series->total; i++)
		if (series->patch[i] == mail)
			return true;
	return false;
}

int
nd_thread_taken_version(const struct nd_thread *thread)
{
	int32_t mail = thread->applied && thread->series
	                       ? thread->applied->message
	                       : ND_NO_MESSAGE;

	for (; mail >= 0; mail = thread->message[mail]->parent) {
		if (has_posted(thread->series, mail))
			return 0;
		for (size_t i = 0; i < thread->more_series_count; i++) {
			const struct nd_series *more = thread->more_series[i];

			if (has_posted(more, mail))
				return more->version > thread->series->version
				               ? more->version
				               : 0;
		}
	}
	return 0;
}

int
nd_thread_posted_patches(const struct nd_thread *thread,
                         const struct nd_series *series)
{
	const struct nd_subject *root = thread->message[series->root]->parts;
	int here = 0;

	if (!root || root->number <= 1)
		return series->total;
	for (int i = 0; i < series->total; i++)
		here += series->patch[i] != ND_NO_MESSAGE;
	return here;
}

static void
drop_addresses(struct nd_address_list *list)
{
	TALLOC_FREE(list->address);
	list->count = 0;
}

/* Whom patches were sent to says who could take them. */
static bool
is_root(const struct nd_thread *thread, int32_t index)
{
	if (index == thread->root ||
	    (thread->series && thread->series->root == index))
		return true;
	for (size_t i = 0; i < thread->more_series_count; i++)
		if (thread->more_series[i]->root == index)
			return true;
	return false;
}

void
nd_thread_drop_text(struct nd_thread *thread)
{
	for (size_t i = 0; i < thread->message_count; i++) {
		struct nd_message *message = thread->message[i];

		TALLOC_FREE(message->body);
		talloc_free((void *)message->withheld);
		message->withheld = NULL;
		if (!is_root(thread, (int32_t)i)) {
			drop_addresses(&message->to);
			drop_addresses(&message->cc);
		}
		TALLOC_FREE(message->reference);
		message->reference_count = 0;
	}
	for (size_t i = 0; i < thread->hidden_count; i++)
		talloc_free(thread->hidden[i]);
	TALLOC_FREE(thread->hidden);
	thread->hidden_count = 0;
}
