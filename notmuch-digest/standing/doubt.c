/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "standing/doubt.h"

#include "model/address.h"

/* Those who say these things say it in passing, or it is only thought so: the
 * events of a mail, or of whoever promised. */
static bool
is_heard_unsurely(const struct nd_thread *thread,
                  const struct nd_turn_entry *entry, unsigned types)
{
	bool promised = entry->why == ND_ATTENTION_PROMISED, heard = promised;

	for (size_t i = 0; i < thread->event_count; i++) {
		const struct nd_event *event = &thread->event[i];

		if (!(types & 1u << event->type) ||
		    (promised ? event->message < entry->message ||
		                        !nd_address_same_person(&event->who,
		                                                entry->who)
		              : event->message != entry->message))
			continue;
		if (nd_event_is_sure(event))
			return false;
		heard = true;
	}
	return heard;
}

/* Does a mail do this, in a way that has all these flags? */
static bool
does(const struct nd_thread *thread, int32_t mail, enum nd_event_type type,
     unsigned flags)
{
	for (size_t i = 0; i < thread->event_count; i++) {
		const struct nd_event *event = &thread->event[i];

		if (event->message == mail && event->type == type &&
		    (event->flags & flags) == flags)
			return true;
	}
	return false;
}

/* "Finally, I found it.", said to one's own mail that asks */
static bool
goes_on(const struct nd_thread *thread, const struct nd_turn_entry *entry,
        int32_t mail)
{
	const struct nd_message *message = thread->message[mail];

	return nd_address_same_person(&message->sender, entry->by) &&
	       !(message->flags & ND_MESSAGE_REMINDS) &&
	       !does(thread, mail, ND_EVENT_QUESTION, 0);
}

/* Who is not called by name was not asked more than all others. */
static bool
answers_for(const struct nd_thread *thread, const struct nd_turn_entry *entry,
            int32_t mail)
{
	return !nd_address_same_person(&thread->message[mail]->sender,
	                               entry->by) &&
	       !does(thread, entry->message, ND_EVENT_QUESTION, ND_EVENT_CALLS);
}

/* Has the question another answer than that of the one who was asked? */
static bool
is_answered_by_others(const struct nd_thread *thread,
                      const struct nd_turn_entry *entry)
{
	for (size_t i = (size_t)entry->message + 1; i < thread->message_count;
	     i++)
		if (thread->message[i]->parent == entry->message &&
		    nd_message_is_person(thread->message[i]) &&
		    (goes_on(thread, entry, (int32_t)i) ||
		     answers_for(thread, entry, (int32_t)i)))
			return true;
	return false;
}

/* "Shall I send a v2, or do you?": the next word is that of who wanted it. */
static bool
is_asked_back(const struct nd_thread *thread, const struct nd_turn_entry *entry)
{
	for (size_t i = (size_t)entry->message + 1; i < thread->message_count;
	     i++)
		if (thread->message[i]->parent == entry->message &&
		    nd_address_same_person(&thread->message[i]->sender,
		                           entry->who) &&
		    does(thread, (int32_t)i, ND_EVENT_QUESTION, 0))
			return true;
	return false;
}

bool
nd_doubt_is(const struct nd_thread *thread, const struct nd_turn_entry *entry)
{
	switch (entry->why) {
	case ND_ATTENTION_PROMISED:
		return is_heard_unsurely(thread, entry,
		                         1u << ND_EVENT_RESPIN_PROMISED);
	case ND_ATTENTION_CHANGES:
		return is_heard_unsurely(thread, entry,
		                         1u << ND_EVENT_CHANGES_REQUESTED |
		                                 1u << ND_EVENT_OBJECTION |
		                                 1u << ND_EVENT_NACK |
		                                 1u << ND_EVENT_REJECTED) ||
		       is_asked_back(thread, entry);
	case ND_ATTENTION_ASKED:
		return is_heard_unsurely(thread, entry,
		                         1u << ND_EVENT_QUESTION) ||
		       is_answered_by_others(thread, entry);
	default:
		return false;
	}
}
