/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "standing/turnwalker.h"

#include "analyse/committers.h"
#include "model/address.h"

const struct nd_message *
nd_turnwalker_mail(const struct nd_turnwalker *walker)
{
	return walker->walk->thread->message[walker->index];
}

bool
nd_turnwalker_same(const struct nd_address *a, const struct nd_address *b)
{
	return a == b || (a && b && nd_address_same_person(a, b));
}

static bool
is_taker(const struct nd_turnwalker *walker, const struct nd_address *who)
{
	for (size_t i = 0; i < walker->taker_count; i++)
		if (nd_address_same_person(walker->taker[i], who))
			return true;
	return false;
}

void
nd_turnwalker_find_takers(struct nd_turnwalker *walker)
{
	const struct nd_thread *thread = walker->walk->thread;

	for (size_t i = 0; i < thread->event_count; i++) {
		const struct nd_event *event = &thread->event[i];

		if ((event->type == ND_EVENT_APPLIED ||
		     event->type == ND_EVENT_PULLED) &&
		    walker->taker_count < ND_TURNWALKER_TAKERS &&
		    !is_taker(walker, &event->who))
			walker->taker[walker->taker_count++] = &event->who;
	}
}

unsigned
nd_turnwalker_role(const struct nd_turnwalker *walker)
{
	const struct nd_turn_walk *walk = walker->walk;
	const struct nd_message *message = nd_turnwalker_mail(walker);
	bool author = nd_turnwalker_same(&message->sender, walk->author);

	if (message->flags & ND_MESSAGE_ROBOT)
		return ND_TURNRULE_ROBOT;
	if (walk->talk)
		return author ? ND_TURNRULE_ASKER : ND_TURNRULE_HELPER;
	if (author)
		return ND_TURNRULE_AUTHOR;
	return nd_turnwalker_same(&message->sender, walk->committer) ||
	                       is_taker(walker, &message->sender) ||
	                       nd_committers_is_one(walk->thread,
	                                            &message->sender)
	               ? ND_TURNRULE_COMMITTER
	               : ND_TURNRULE_REVIEWER;
}

/* Is a mail above the one in hand? */
bool
nd_turnwalker_is_above(struct nd_turnwalker *walker, int32_t above)
{
	const struct nd_thread *thread = walker->walk->thread;
	int32_t at = nd_turnwalker_mail(walker)->parent;

	for (size_t i = 0; !walker->marked && at != ND_NO_MESSAGE &&
	                   i < ND_TURNWALKER_ABOVE && i < thread->message_count;
	     i++) {
		walker->mark[at] = walker->index + 1;
		at = thread->message[at]->parent;
	}
	walker->marked = true;
	return walker->mark[above] == walker->index + 1;
}

/* With the mail in hand, unless the turn was over before. */
void
nd_turnwalker_leave(const struct nd_turnwalker *walker,
                    struct nd_turn_entry *entry)
{
	if (!entry->left)
		entry->left_by = walker->index;
	entry->left = true;
}
