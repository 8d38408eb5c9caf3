/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "standing/addressee.h"

#include "analyse/people.h"
#include "model/address.h"
#include "model/recipients.h"

enum { ABOVE_MAX = 2000 }; /* mails above one that are looked at */

bool
nd_addressee_is_robot(const struct nd_thread *thread,
                      const struct nd_address *who)
{
	if (nd_people_is_robot(who))
		return true;
	for (size_t i = 0; i < thread->participant_count; i++)
		if (thread->participant[i].robot &&
		    nd_address_same_person(&thread->participant[i].who, who))
			return true;
	return false;
}

const struct nd_address *
nd_addressee_answered(const struct nd_thread *thread, int32_t index)
{
	const struct nd_address *who = &thread->message[index]->sender;
	const struct nd_message *root;
	size_t steps = 0;

	for (int32_t at = thread->message[index]->parent;
	     at != ND_NO_MESSAGE && steps++ < ABOVE_MAX;
	     at = thread->message[at]->parent)
		if (nd_message_is_person(thread->message[at]) &&
		    !nd_address_same_person(&thread->message[at]->sender, who))
			return &thread->message[at]->sender;
	/* What the first mail that is there answers is missing. */
	root = nd_thread_root(thread);
	if (!(root->parts->flags & ND_SUBJECT_REPLY) ||
	    !nd_address_same_person(&root->sender, who))
		return NULL;
	return nd_recipients_first(thread, root, NULL);
}

const struct nd_address *
nd_addressee_alone(const struct nd_thread *thread, int32_t index)
{
	bool only = false;
	const struct nd_address *first =
		nd_recipients_first(thread, thread->message[index], &only);

	return only ? first : NULL;
}
