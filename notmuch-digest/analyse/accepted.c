/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analyse/accepted.h"

#include <stdlib.h>
#include <string.h>

#include "analyse/posting.h"
#include "model/address.h"
#include "text/treename.h"
#include "util/alloc.h"
#include "util/buf.h"

enum { NAMES_BYTES = 1000 };

/*
 * In talk without patches somebody may take what was sent in between; the talk
 * is settled by it when its first mail was answered so.
 */
static bool
settles_talk(const struct nd_thread *thread, const struct nd_event *event)
{
	const struct nd_message *message = thread->message[event->message];

	if (event->type != ND_EVENT_APPLIED || event->about != ND_NO_MESSAGE ||
	    event->message == thread->root || thread->series ||
	    thread->more_series_count > 0)
		return true;
	return message->flags & ND_MESSAGE_ROBOT ||
	       (message->parent == thread->root &&
	        thread->kind != ND_KIND_ANNOUNCEMENT);
}

static bool
is_taken(const struct nd_thread *thread, const bool *foreign,
         const struct nd_event *event)
{
	if (event->flags & ND_EVENT_UNDONE ||
	    (event->about != ND_NO_MESSAGE && foreign[event->about]) ||
	    nd_posting_is_aside(thread, (size_t)event->message))
		return false;
	return (event->type == ND_EVENT_APPLIED ||
	        event->type == ND_EVENT_PULLED ||
	        event->type == ND_EVENT_MERGED ||
	        event->type == ND_EVENT_MERGED_STABLE) &&
	       settles_talk(thread, event);
}

/* Append to a list of names, parted by "; ". */
static void
add_name(struct nd_buf *names, const char *name)
{
	nd_buf_addf(names, "%s%s", names->len > 0 ? "; " : "", name);
}

static int
compare_ints(const void *a, const void *b)
{
	int x = *(const int *)a, y = *(const int *)b;

	return (x > y) - (x < y);
}

static void
add_patches(struct nd_applied *applied, const struct nd_event *event)
{
	for (size_t i = 0; i < event->patch_count; i++)
		*(int *)x_append(applied, applied->patch,
		                 applied->patch_count) = event->patch[i];
}

/* Sorted, each once; none at all when they are all of the series. */
void
nd_accepted_tidy_patches(struct nd_applied *applied)
{
	size_t kept = 0;

	if (applied->patch_count > 1)
		qsort(applied->patch, applied->patch_count,
		      sizeof *applied->patch, compare_ints);
	for (size_t i = 0; i < applied->patch_count; i++)
		if (kept == 0 || applied->patch[kept - 1] != applied->patch[i])
			applied->patch[kept++] = applied->patch[i];
	applied->patch_count = kept == (size_t)applied->patch_total ? 0 : kept;
}

static void
add_commits(struct nd_applied *applied, const struct nd_event *event)
{
	for (size_t i = 0; i < event->commit_count; i++)
		*x_append(applied, applied->commit, applied->commit_count) =
			event->commit[i];
}

static bool
is_by_person(const struct nd_thread *thread, const struct nd_event *event)
{
	const struct nd_message *message = thread->message[event->message];

	return !(message->flags & ND_MESSAGE_ROBOT) ||
	       !nd_address_same_person(&event->who, &message->sender);
}

/* Those who took patches, and the trees they took them to; each once. */
struct takers {
	struct taker {
		const struct nd_address *who;
		bool says_tree;
	} * taker;
	const char **tree;
	size_t count, tree_count;
};

static void
add_taker(const void *ctx, struct takers *takers, const struct nd_address *who,
          bool says_tree)
{
	for (size_t i = 0; i < takers->count; i++)
		if (nd_address_same_person(takers->taker[i].who, who)) {
			takers->taker[i].says_tree |= says_tree;
			return;
		}
	*x_append(ctx, takers->taker, takers->count) =
		(struct taker){who, says_tree};
}

/* What one of them names is not where the others put theirs. */
static bool
is_of_all(const struct takers *takers)
{
	for (size_t i = 0; takers->count > 1 && i < takers->count; i++)
		if (!takers->taker[i].says_tree)
			return false;
	return true;
}

static void
add_tree(const void *ctx, struct takers *takers, const char *tree)
{
	size_t len = strlen(tree);

	if (len == 0 || !nd_treename_is_specific(tree, len))
		return;
	for (size_t i = 0; i < takers->tree_count; i++)
		if (nd_treename_is_same(takers->tree[i],
		                        strlen(takers->tree[i]), tree, len))
			return;
	*x_append(ctx, takers->tree, takers->tree_count) = tree;
}

static const char *
taker_names(const void *ctx, const struct takers *takers)
{
	struct nd_buf *names = nd_buf_new(ctx, NAMES_BYTES);

	for (size_t i = 0; i < takers->count; i++)
		add_name(names, nd_address_name(names, takers->taker[i].who));
	return names->data;
}

static const char *
tree_names(const void *ctx, const struct takers *takers)
{
	struct nd_buf *names = nd_buf_new(ctx, NAMES_BYTES);

	for (size_t i = 0; i < takers->tree_count; i++)
		add_name(names, takers->tree[i]);
	return names->data;
}

void
nd_accepted_settle(struct nd_thread *thread, const bool *foreign)
{
	const struct nd_series *series = nd_posting_newest_series(thread);
	struct nd_applied *applied = NULL;
	void *tmp = talloc_new(NULL);
	struct takers takers = {0};
	const char *robot = "";
	bool all = false;

	for (size_t i = 0; i < thread->event_count; i++) {
		const struct nd_event *event = &thread->event[i];

		if (!is_taken(thread, foreign, event))
			continue;
		if (!applied)
			applied = x_new(thread, struct nd_applied);
		all = all || event->patch_count == 0;
		add_patches(applied, event);
		add_commits(applied, event);
		if (event->tree)
			add_tree(tmp, &takers, event->tree);
		if (is_by_person(thread, event))
			add_taker(tmp, &takers, &event->who, event->tree);
		else
			robot = nd_address_name(tmp, &event->who);
		applied->message = event->message;
		applied->date_s = thread->message[event->message]->date_s;
	}
	TALLOC_FREE(thread->applied);
	if (applied) {
		applied->patch_total = series ? series->total : 0;
		if (all)
			applied->patch_count = 0;
		nd_accepted_tidy_patches(applied);
		applied->tree = x_strdup(
			applied,
			is_of_all(&takers) ? tree_names(tmp, &takers) : "");
		applied->by = x_strdup(
			applied,
			takers.count > 0 ? taker_names(tmp, &takers) : robot);
		applied->noticed = takers.count == 0 && *robot;
		thread->applied = applied;
	}
	talloc_free(tmp);
}
