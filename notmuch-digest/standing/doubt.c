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

/* The last mail that a person wrote; ND_NO_MESSAGE: none did. */
static int32_t
last_word(const struct nd_thread *thread)
{
	for (size_t i = thread->message_count; i-- > 0;)
		if (nd_message_is_person(thread->message[i]))
			return (int32_t)i;
	return ND_NO_MESSAGE;
}

/* Does it say something about the patches, or stand elsewhere? "My bad." below a
 * wish does not. */
static bool
says_more(const struct nd_thread *thread, int32_t mail, int32_t wish)
{
	return thread->message[mail]->parent != wish ||
	       does(thread, mail, ND_EVENT_ANSWER, 0) ||
	       does(thread, mail, ND_EVENT_OBJECTION, 0) ||
	       does(thread, mail, ND_EVENT_TEST_RESULT, 0);
}

/* Who should change something has had the last word on that patch since, and did
 * not say that he will: what he found may be the answer. */
static bool
has_last_word(const struct nd_thread *thread, const struct nd_turn_entry *entry)
{
	int32_t last = last_word(thread);

	return last > entry->message &&
	       nd_address_same_person(&thread->message[last]->sender,
	                              entry->who) &&
	       thread->message[last]->parts->number ==
	               thread->message[entry->message]->parts->number &&
	       !(thread->message[last]->flags & ND_MESSAGE_REMINDS) &&
	       says_more(thread, last, entry->message) &&
	       !does(thread, last, ND_EVENT_RESPIN_PROMISED, 0) &&
	       !does(thread, last, ND_EVENT_AGREED, 0);
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
		       is_asked_back(thread, entry) ||
		       has_last_word(thread, entry);
	case ND_ATTENTION_ASKED:
		return is_heard_unsurely(thread, entry,
		                         1u << ND_EVENT_QUESTION) ||
		       is_answered_by_others(thread, entry);
	default:
		return false;
	}
}
