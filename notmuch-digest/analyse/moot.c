/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analyse/moot.h"

#include "acts/errand.h"
#include "model/address.h"

enum {
	DEEDS_MAX =
		200, /* tags and such behind a question that are looked at */
	TAKEN = 1u << ND_EVENT_APPLIED | 1u << ND_EVENT_PULLED |
	        1u << ND_EVENT_MERGED | 1u << ND_EVENT_MERGED_STABLE,
	CONTENT = TAKEN | 1u << ND_EVENT_TRAILER,
	REVIEW = 1u << ND_EVENT_TRAILER | 1u << ND_EVENT_APPROVED |
	         1u << ND_EVENT_NACK | 1u << ND_EVENT_OBJECTION |
	         1u << ND_EVENT_CHANGES_REQUESTED | 1u << ND_EVENT_REJECTED,
	DEEDS = CONTENT | REVIEW,
};

/* What would settle a question: bits 1u << enum nd_event_type. */
struct wanted {
	unsigned of_any;
	unsigned of_asked; /* if somebody is; never of who asks */
	bool content; /* that who asked, or was asked, has nothing against it */
};

/* Of the patch that is asked about, or of all of them? */
static bool
is_on_same(const struct nd_thread *thread, const struct nd_event *question,
           const struct nd_event *event)
{
	return event->about == question->about ||
	       (event->about != ND_NO_MESSAGE &&
	        thread->message[event->about]->parts->number == 0);
}

/* "I applied it, but can you add a test?": what follows changes nothing then. */
static bool
had_taken(const struct nd_thread *thread, const struct nd_event *question)
{
	for (size_t i = 0; i < thread->event_count; i++) {
		const struct nd_event *event = &thread->event[i];

		if (TAKEN & 1u << event->type &&
		    event->message <= question->message &&
		    nd_address_same_person(&event->who, &question->who))
			return true;
	}
	return false;
}

static struct wanted
wanted_by(const struct nd_thread *thread, const struct nd_event *question)
{
	struct wanted wanted = {0};

	if (nd_errand_to_take(question->text) ||
	    nd_errand_to_send(question->text))
		wanted.of_any = TAKEN;
	if (nd_errand_to_review(question->text))
		wanted.of_asked = REVIEW;
	wanted.content = question->about != ND_NO_MESSAGE &&
	                 !had_taken(thread, question);
	return wanted;
}

static bool
does_it(const struct nd_event *question, const struct wanted *wanted,
        const struct nd_event *event)
{
	if (wanted->of_any & 1u << event->type)
		return true;
	return wanted->of_asked & 1u << event->type &&
	       !nd_address_same_person(&event->who, &question->who) &&
	       (!question->asked ||
	        nd_address_same_person(&event->who, question->asked));
}

/* Who asked, or was asked, has taken it, or has nothing more against it. */
static bool
is_content(const struct nd_thread *thread, const struct nd_event *question,
           const struct nd_event *event)
{
	return CONTENT & 1u << event->type &&
	       !(event->flags & ND_EVENT_UNDONE) &&
	       is_on_same(thread, question, event) &&
	       (nd_address_same_person(&event->who, &question->who) ||
	        (question->asked &&
	         nd_address_same_person(&event->who, question->asked)));
}

/* Who began a talk has what they wanted; a tracker writes for all in one name. */
static bool
is_over(const struct nd_thread *thread, const struct nd_event *event)
{
	return thread->category == ND_CATEGORY_OTHER && !thread->series &&
	       event->type == ND_EVENT_AGREED &&
	       nd_address_same_person(&event->who,
	                              &nd_thread_root(thread)->sender);
}

static bool
settles(const struct nd_thread *thread, const struct nd_event *question,
        const struct wanted *wanted, const struct nd_event *event)
{
	return does_it(question, wanted, event) ||
	       (wanted->content && is_content(thread, question, event)) ||
	       is_over(thread, event);
}

/* Who was asked to look at a patch has written below it, whatever that says. */
static int32_t
looked_at_by(const struct nd_thread *thread, const struct nd_event *question)
{
	if (!question->asked || question->about == ND_NO_MESSAGE ||
	    !nd_errand_to_review(question->text))
		return ND_NO_MESSAGE;
	for (size_t i = (size_t)question->message + 1;
	     i < thread->message_count; i++)
		if (thread->message[i]->parent == question->about &&
		    nd_address_same_person(&thread->message[i]->sender,
		                           question->asked))
			return (int32_t)i;
	return ND_NO_MESSAGE;
}

int32_t
nd_moot_by(const struct nd_thread *thread, const struct nd_event *question)
{
	struct wanted wanted = wanted_by(thread, question);
	int32_t by = looked_at_by(thread, question);
	size_t deeds = 0;

	for (size_t i = (size_t)(question - thread->event) + 1;
	     i < thread->event_count && by == ND_NO_MESSAGE &&
	     deeds < DEEDS_MAX;
	     i++) {
		const struct nd_event *event = &thread->event[i];

		deeds += (DEEDS & 1u << event->type) != 0;
		if (event->message > question->message &&
		    settles(thread, question, &wanted, event))
			by = event->message;
	}
	return by;
}
