/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agenda/sincelast.h"

#include "agenda/front.h"
#include "util/alloc.h"
#include "util/map.h"

static const char *const names[ND_SINCELAST_LIST_COUNT] = {
	[ND_SINCELAST_CLOSED] = "closed",
	[ND_SINCELAST_MOVED] = "moved",
	[ND_SINCELAST_NEW] = "new",
};

/* Is nothing of it left to be done? */
static bool
is_closed(const struct nd_thread *thread)
{
	switch (thread->state) {
	case ND_STATE_APPLIED:
	case ND_STATE_PULLED:
	case ND_STATE_MERGED:
	case ND_STATE_MERGED_STABLE:
		return !thread->applied || thread->applied->patch_count == 0;
	case ND_STATE_SUPERSEDED:
	case ND_STATE_WITHDRAWN:
	case ND_STATE_REJECTED:
		return true;
	default:
		return false;
	}
}

/*
 * The last mail that the state follows from, as on the front page; the newest
 * when none does. What a thread of its own has replaced has no such mail: its
 * cover letter.
 */
static int32_t
evidence(const struct nd_thread *thread)
{
	if (thread->front && thread->front->list == ND_FRONT_CLOSED)
		return thread->front->message;
	if (thread->state == ND_STATE_SUPERSEDED && thread->series &&
	    thread->series->next)
		return thread->series->root;
	if (thread->state_evidence_count > 0)
		return thread->state_evidence[thread->state_evidence_count - 1];
	return (int32_t)thread->message_count - 1;
}

/* Returns false for a thread that has not moved. */
static bool
find_list(const struct nd_thread *thread, const struct nd_thread *before,
          enum nd_sincelast_list *list)
{
	if (is_closed(thread) && (!before || !is_closed(before)))
		*list = ND_SINCELAST_CLOSED;
	else if (!before)
		*list = ND_SINCELAST_NEW;
	else if (before->state != thread->state)
		*list = ND_SINCELAST_MOVED;
	else
		return false;
	return true;
}

static void
add_thread(struct nd_sincelast *found, const struct nd_thread *thread,
           const struct nd_thread *before)
{
	enum nd_sincelast_list list;
	struct nd_sincelast_line *line;

	if (thread->family.entry || !find_list(thread, before, &list))
		return;
	line = x_append(found, found->line[list], found->count[list]);
	line->thread = thread;
	line->before = before ? before->state : ND_STATE_COUNT;
	line->message =
		list == ND_SINCELAST_NEW ? thread->root : evidence(thread);
}

void
nd_sincelast_make(struct nd_report *report, const struct nd_report *before,
                  const char *previous)
{
	struct nd_sincelast *found = x_new(report, struct nd_sincelast);
	const struct nd_front *front = report->front;
	struct nd_map *earlier = nd_map_new(NULL);

	if (previous)
		found->previous = x_strdup(found, previous);
	for (size_t i = 0; i < before->thread_count; i++)
		nd_map_set(earlier, before->thread[i]->id, before->thread[i]);
	for (size_t i = 0; i < front->order_count; i++)
		add_thread(found, front->order[i],
		           nd_map_get(earlier, front->order[i]->id));
	report->since_last = found;
	talloc_free(earlier);
}

const char *
nd_sincelast_list_name(enum nd_sincelast_list list)
{
	return names[list];
}
