/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "standing/turnwalk.h"

#include <string.h>

#include "analyse/posting.h"
#include "model/address.h"
#include "standing/turneffect.h"
#include "standing/turnwalker.h"
#include "text/phrase.h"
#include "util/alloc.h"

static bool
counts(const struct nd_turn_walk *walk, const struct nd_event *event)
{
	if (event->about == ND_NO_MESSAGE)
		return walk->talk ||
		       !nd_posting_is_aside(walk->thread,
		                            (size_t)event->message);
	if (walk->older[event->about])
		return event->message < walk->series->root;
	return !walk->foreign[event->about];
}

/* The first of the mails that somebody wrote in a row, each below the last. */
static int32_t
first_in_row(const struct nd_thread *thread, int32_t index)
{
	const struct nd_address *who = &thread->message[index]->sender;
	size_t steps = 0;

	for (int32_t at = thread->message[index]->parent;
	     at != ND_NO_MESSAGE && steps++ < ND_TURNWALKER_ABOVE &&
	     thread->message[at]->parent != ND_NO_MESSAGE &&
	     nd_address_same_person(&thread->message[at]->sender, who);
	     at = thread->message[at]->parent)
		index = at;
	return index;
}

/* A mail that adds to one's own last one is answered with that, too. */
static bool
is_below(struct nd_turnwalker *walker, int32_t asking)
{
	return walker->walk->talk || nd_turnwalker_is_above(walker, asking) ||
	       nd_turnwalker_is_above(
		       walker, first_in_row(walker->walk->thread, asking));
}

/* Who promised a review, and says something of the patches, has begun with it. */
static bool
reviews(const struct nd_turnwalker *walker, const struct nd_turn_entry *entry)
{
	return entry->why == ND_ATTENTION_TO_REVIEW &&
	       nd_turnwalker_same(entry->by, entry->who) &&
	       walker->first < walker->end;
}

/* Who got an answer, and writes elsewhere of the patches, was content with it. */
static bool
goes_on(const struct nd_turnwalker *walker, const struct nd_turn_entry *entry)
{
	return !walker->walk->talk && entry->why == ND_ATTENTION_TO_ANSWER;
}

/* Who was asked, and writes below: whatever it says, that is the answer. */
static void
take_turn(struct nd_turnwalker *walker)
{
	const struct nd_address *who = &nd_turnwalker_mail(walker)->sender;

	for (size_t i = 0; i < walker->turn->entry_count; i++) {
		struct nd_turn_entry *entry = &walker->turn->entry[i];

		if (entry->why != ND_ATTENTION_ASKED &&
		    entry->why != ND_ATTENTION_TO_ANSWER &&
		    entry->why != ND_ATTENTION_TO_REVIEW &&
		    !(walker->walk->talk &&
		      entry->why == ND_ATTENTION_TEST_FAILED))
			continue;
		if (!entry->left && nd_turnwalker_same(entry->who, who) &&
		    (is_below(walker, entry->message) ||
		     reviews(walker, entry) || goes_on(walker, entry)))
			nd_turnwalker_leave(walker, entry);
	}
}

/* "Gentle ping": who is expected to act is reminded, and nobody is asked. */
static bool
is_ping(const struct nd_event *event)
{
	return event->type == ND_EVENT_QUESTION &&
	       nd_phrase_find_word(event->text, strlen(event->text), "ping");
}

static void
ping(struct nd_turnwalker *walker)
{
	for (size_t i = 0; i < walker->turn->entry_count; i++) {
		struct nd_turn_entry *entry = &walker->turn->entry[i];

		if (!entry->left &&
		    !nd_turnwalker_same(entry->who,
		                        &nd_turnwalker_mail(walker)->sender))
			entry->pinged = walker->index;
	}
}

static bool
promises(const struct nd_turnwalker *walker)
{
	const struct nd_thread *thread = walker->walk->thread;

	for (size_t i = walker->first; i < walker->end; i++)
		if (thread->event[i].type == ND_EVENT_RESPIN_PROMISED)
			return true;
	return false;
}

static void
read_mail(struct nd_turnwalker *walker)
{
	const struct nd_thread *thread = walker->walk->thread;

	if (nd_turnwalker_mail(walker)->flags & ND_MESSAGE_RESPONDER)
		return;
	walker->marked = false;
	take_turn(walker);
	if (walker->first == walker->end)
		return;
	walker->role = nd_turnwalker_role(walker);
	walker->promises = promises(walker);
	for (size_t i = walker->first; i < walker->end; i++) {
		const struct nd_event *event = &thread->event[i];

		if (!counts(walker->walk, event))
			continue;
		if (is_ping(event)) {
			ping(walker);
			if (!(event->flags & ND_EVENT_CALLS))
				continue;
		}
		for (size_t k = 0; k < walker->rule_count; k++)
			nd_turneffect_apply(walker, &walker->rule[k], event);
	}
}

struct nd_turn *
nd_turnwalk_take(const void *ctx, const struct nd_turn_walk *walk)
{
	const struct nd_thread *thread = walk->thread;
	struct nd_turnwalker walker = {.walk = walk};
	struct nd_turn *turn = x_new(ctx, struct nd_turn);

	turn->refused = turn->withdrawn = turn->settled = ND_NO_MESSAGE;
	walker.turn = turn;
	walker.rule = nd_turnrule_all(&walker.rule_count);
	walker.mark = x_array(turn, int32_t, thread->message_count);
	nd_turnwalker_find_takers(&walker);
	for (size_t i = 0; i < thread->message_count; i++) {
		walker.index = (int32_t)i;
		walker.first = walker.end;
		while (walker.end < thread->event_count &&
		       thread->event[walker.end].message == walker.index)
			walker.end++;
		read_mail(&walker);
	}
	return turn;
}
