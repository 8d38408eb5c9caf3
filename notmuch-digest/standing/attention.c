/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "standing/attention.h"

#include <stdlib.h>
#include <string.h>

#include "analyse/committers.h"
#include "model/address.h"
#include "standing/doubt.h"
#include "text/phrase.h"
#include "util/alloc.h"

enum { STALLED_DAYS = 14 };

/* Nobody is expected to do anything, whatever was said before. */
static bool
is_over(enum nd_thread_state state)
{
	switch (state) {
	case ND_STATE_MERGED_STABLE:
	case ND_STATE_SUPERSEDED:
	case ND_STATE_WITHDRAWN:
	case ND_STATE_REJECTED:
		return true;
	default:
		return false;
	}
}

static bool
is_final(enum nd_thread_state state)
{
	switch (state) {
	case ND_STATE_NEW:
	case ND_STATE_UNDER_REVIEW:
	case ND_STATE_CHANGES_REQUESTED:
	case ND_STATE_REVIEWED:
	case ND_STATE_OPEN:
		return false;
	default:
		return true;
	}
}

/* What was expected before the patches were taken is done, or not needed. */
static bool
is_settled(const struct nd_thread *thread, int32_t message)
{
	return is_final(thread->state) && thread->applied &&
	       thread->message[message]->date_s < thread->applied->date_s;
}

/* The name that goes with a bare address, if the mailbox has it. */
static struct nd_address
named(const struct nd_thread *thread, const struct nd_address *who)
{
	struct nd_address full = *who;

	for (size_t i = 0; !*full.name && i < thread->participant_count; i++)
		if (nd_address_same_person(&thread->participant[i].who, who))
			full.name = thread->participant[i].who.name;
	if (!*full.name) {
		const char *name =
			nd_committers_name(thread->committers, who->addr);

		full.name = name ? x_strdup(thread, name) : "";
	}
	return full;
}

static struct nd_attention
attention_of(struct nd_thread *thread, const struct nd_address *who,
             enum nd_attention_why why, int32_t message, int32_t pinged)
{
	struct nd_attention one = {
		.who = named(thread, who),
		.why = why,
		.message = message,
		.last = message,
		.since_s = thread->message[message]->date_s,
		.pinged = pinged,
		.taken_up = ND_NO_MESSAGE,
	};

	one.name = nd_address_name(thread, &one.who);
	return one;
}

/* One entry for what one person is expected to do for one reason, among those
 * from an index on; further mails that say so stand beside it. */
static void
add(struct nd_thread *thread, size_t from, struct nd_attention next)
{
	const struct nd_address *who = &next.who;
	enum nd_attention_why why = next.why;
	int32_t message = next.message;

	for (size_t i = from; i < thread->attention_count; i++) {
		struct nd_attention *one = &thread->attention[i];

		if (!nd_address_same_person(&one->who, who) || one->why != why)
			continue;
		if (message > one->last)
			one->last = message;
		one->doubted = one->doubted && next.doubted;
		next.again = true;
		*x_append(thread, thread->more_attention,
		          thread->more_attention_count) = next;
		return;
	}
	*x_append(thread, thread->attention, thread->attention_count) = next;
}

/* The surest first; of the same, the newest. */
static int
compare(const void *a, const void *b)
{
	const struct nd_attention *x = a, *y = b;

	if (x->why != y->why)
		return (int)x->why - (int)y->why;
	if (x->message != y->message)
		return x->message > y->message ? -1 : 1;
	return strcmp(x->who.addr, y->who.addr);
}

/* Of what is expected of one person the surest; the rest stands beside it. */
static void
keep_first(struct nd_thread *thread)
{
	size_t kept = 0;

	for (size_t i = 0; i < thread->attention_count; i++) {
		size_t k = 0;

		while (k < kept &&
		       !nd_address_same_person(&thread->attention[k].who,
		                               &thread->attention[i].who))
			k++;
		if (k < kept)
			*x_append(thread, thread->more_attention,
			          thread->more_attention_count) =
				thread->attention[i];
		else
			thread->attention[kept++] = thread->attention[i];
	}
	thread->attention_count = kept;
}

/* "With that fixed: Reviewed-by: …" */
static bool
has_condition(const struct nd_thread *thread, int32_t message)
{
	for (size_t i = 0; i < thread->trailer_count; i++)
		if (thread->trailer[i].message == message &&
		    thread->trailer[i].condition)
			return true;
	return false;
}

/* Where another one does it the author need not, be it who takes the patches. */
static int32_t
find_taken_up(const struct nd_thread *thread, const struct nd_turn_entry *entry)
{
	for (size_t i = (size_t)entry->message + 1; i < thread->message_count;
	     i++) {
		const struct nd_message *mail = thread->message[i];

		if (mail->parent == entry->message &&
		    nd_message_is_person(mail) &&
		    !nd_address_same_person(&mail->sender, entry->who) &&
		    mail->flags & ND_MESSAGE_AMENDS)
			return (int32_t)i;
	}
	return ND_NO_MESSAGE;
}

static void
add_entries(struct nd_thread *thread, const struct nd_turn *turn, bool nits)
{
	size_t from = thread->attention_count;
	struct nd_attention next;

	for (size_t i = 0; i < turn->entry_count; i++) {
		const struct nd_turn_entry *entry = &turn->entry[i];

		if (!entry->left && entry->who && entry->nit == nits &&
		    !is_settled(thread, entry->message) &&
		    (entry->why != ND_ATTENTION_TO_APPLY ||
		     !is_final(thread->state))) {
			next = attention_of(thread, entry->who, entry->why,
			                    entry->message, entry->pinged);
			next.since_s = thread->message[entry->since]->date_s;
			next.aside =
				nits && !has_condition(thread, entry->message);
			next.doubted = nd_doubt_is(thread, entry);
			if (entry->why == ND_ATTENTION_CHANGES)
				next.taken_up = find_taken_up(thread, entry);
			add(thread, from, next);
		}
	}
}

/* Is it said of a patch that is taken, while others of the series are not? */
static bool
is_of_taken(const struct nd_thread *thread, const struct nd_event *event)
{
	const struct nd_applied *applied = thread->applied;
	const struct nd_subject *parts;

	if (!applied || event->about == ND_NO_MESSAGE)
		return false;
	parts = thread->message[event->about]->parts;
	for (size_t i = 0; parts && i < applied->patch_count; i++)
		if (applied->patch[i] == parts->number)
			return true;
	return false;
}

/* The last mail that tags or praises the patches, or ND_NO_MESSAGE. */
static int32_t
last_approval(const struct nd_thread *thread)
{
	for (size_t i = thread->event_count; i-- > 0;) {
		const struct nd_event *event = &thread->event[i];

		if ((event->type == ND_EVENT_TRAILER ||
		     event->type == ND_EVENT_APPROVED) &&
		    !is_of_taken(thread, event))
			return event->message;
	}
	return ND_NO_MESSAGE;
}

/* ---- what is expected no more ---- */

static bool
is_expected(const struct nd_thread *thread, const struct nd_address *who)
{
	for (size_t i = 0; i < thread->attention_count; i++)
		if (nd_address_same_person(&thread->attention[i].who, who))
			return true;
	return false;
}

/* The mail that ended the thread: its own, or the newer version elsewhere. */
static const char *
end_of(const struct nd_thread *thread, const struct nd_turn_walk *walk)
{
	size_t count = thread->state_evidence_count;

	if (count > 0)
		return thread->message[thread->state_evidence[count - 1]]->id;
	return walk->series && walk->series->next ? walk->series->next->root_id
	                                          : NULL;
}

static void
add_closed(struct nd_thread *thread, const struct nd_address *who,
           enum nd_attention_why why, int32_t message, const char *closed_by)
{
	struct nd_attention *one;

	if (!closed_by)
		return;
	one = x_append(thread, thread->closed, thread->closed_count);
	*one = attention_of(thread, who, why, message, ND_NO_MESSAGE);
	one->closed_by = closed_by;
}

/* The last mail of a person behind this one; NULL: there is none. */
static const char *
last_mail(const struct nd_thread *thread, int32_t message)
{
	for (size_t i = thread->message_count; i-- > (size_t)message + 1;)
		if (nd_message_is_person(thread->message[i]))
			return thread->message[i]->id;
	return NULL;
}

/* Is somebody expected to do something because of this mail? */
static bool
is_told(const struct nd_thread *thread, int32_t message)
{
	for (size_t i = 0; i < thread->attention_count; i++)
		if (thread->attention[i].message == message)
			return true;
	return false;
}

/*
 * With each approval somebody could have applied it; the next one took its
 * place, and the last one is answered by what ended the wait. Who that is may
 * have been somebody else when the mailbox knew less.
 */
static void
close_approvals(struct nd_thread *thread, const struct nd_turn_walk *walk,
                int32_t last, const char *end)
{
	const struct nd_address *who = walk->committer;
	const char *next = end ? end : last_mail(thread, last);
	int32_t done = ND_NO_MESSAGE;

	if (!who && walk->author)
		who = walk->author;
	for (size_t i = thread->event_count; who && i-- > 0;) {
		const struct nd_event *event = &thread->event[i];

		if ((event->type != ND_EVENT_TRAILER &&
		     event->type != ND_EVENT_APPROVED) ||
		    event->message == done)
			continue;
		if (!is_told(thread, event->message))
			add_closed(thread, who, ND_ATTENTION_TO_APPLY,
			           event->message, next);
		done = event->message;
		next = thread->message[done]->id;
	}
}

/* What nobody has done is closed by what ended the thread, unless it is still
 * expected. */
static void
find_closed(struct nd_thread *thread, const struct nd_turn_walk *walk,
            const struct nd_turn *turn)
{
	int32_t approval = last_approval(thread), wanted = ND_NO_MESSAGE;
	const char *end = is_final(thread->state) ? end_of(thread, walk) : NULL;

	for (size_t i = 0; i < turn->entry_count; i++) {
		const struct nd_turn_entry *entry = &turn->entry[i];

		if (!entry->left && !entry->nit)
			wanted = entry->message;
		if (!entry->who)
			continue;
		if (entry->left)
			add_closed(thread, entry->who, entry->why,
			           entry->message,
			           thread->message[entry->left_by]->id);
		else if (!is_expected(thread, entry->who))
			add_closed(thread, entry->who, entry->why,
			           entry->message, end);
	}
	if (!walk->talk && approval != ND_NO_MESSAGE)
		close_approvals(thread, walk, approval,
		                end || wanted == ND_NO_MESSAGE
		                        ? end
		                        : thread->message[wanted]->id);
}

/* "Reviewed-by: …. Andrew, could you pick this up?": another one is to. */
static bool
hands_on(const struct nd_thread *thread, int32_t message,
         const struct nd_address *who)
{
	static const struct nd_phrase taking[] = {
		{"apply", 1}, {"merge", 1}, {"pick", 1},
		{"queue", 1}, {"take", 1},  {"your tree", 1},
	};

	for (size_t i = 0; i < thread->event_count; i++) {
		const struct nd_event *event = &thread->event[i];

		if (event->message == message &&
		    event->type == ND_EVENT_QUESTION &&
		    event->flags & ND_EVENT_CALLS &&
		    !(event->asked &&
		      nd_address_same_person(event->asked, who)) &&
		    nd_phrases_in(ND_PHRASES(taking), event->text,
		                  strlen(event->text)))
			return true;
	}
	return false;
}

/*
 * "Acked-by: …. Please send it to the other list.": who takes patches leaves
 * that to others, as is plain when it has not been done for weeks.
 */
static bool
is_left_to_others(const struct nd_thread *thread, const struct nd_turn *turn,
                  const struct nd_address *who, int64_t clock_s)
{
	int32_t last = last_approval(thread);
	bool acked = false, wished = false;

	if (nd_address_same_person(&thread->message[last]->sender, who) &&
	    hands_on(thread, last, who))
		return true;
	for (size_t i = 0; i < thread->trailer_count; i++)
		acked = acked ||
		        (thread->trailer[i].message == last &&
		         nd_trailer_says(thread->trailer[i].type, "acked") &&
		         nd_address_same_person(&thread->trailer[i].who, who));
	for (size_t i = 0; i < turn->entry_count; i++)
		wished = wished || (turn->entry[i].message == last &&
		                    !turn->entry[i].left &&
		                    turn->entry[i].why == ND_ATTENTION_CHANGES);
	return acked && (wished || clock_s - thread->message[last]->date_s >=
	                                   STALLED_DAYS * 24 * 3600);
}

/* Reviewed, or praised in words and nothing is open. */
static bool
could_be_taken(const struct nd_thread *thread, const struct nd_turn *turn)
{
	if (last_approval(thread) == ND_NO_MESSAGE)
		return false;
	if (thread->state == ND_STATE_REVIEWED)
		return true;
	if (thread->state != ND_STATE_UNDER_REVIEW)
		return false;
	for (size_t i = 0; i < turn->entry_count; i++)
		if (!turn->entry[i].left && !turn->entry[i].nit)
			return false;
	return true;
}

static bool
awaits_something(const struct nd_thread *thread)
{
	if (is_final(thread->state) || thread->kind == ND_KIND_STABLE_REVIEW)
		return false;
	/* Talks end without a last word; nobody answers announcements. */
	if (thread->state == ND_STATE_OPEN)
		return thread->attention_count > 0;
	return thread->state != ND_STATE_NEW ||
	       thread->kind != ND_KIND_ANNOUNCEMENT;
}

static bool
is_stalled(const struct nd_thread *thread, const struct nd_window *window)
{
	int64_t clock_s = nd_window_clock(window), last_s = 0;

	for (size_t i = 0; i < thread->message_count; i++)
		if (thread->message[i]->date_s > last_s)
			last_s = thread->message[i]->date_s;
	return awaits_something(thread) &&
	       clock_s - last_s >= STALLED_DAYS * 24 * 3600;
}

void
nd_attention_find(struct nd_thread *thread, const struct nd_turn_walk *walk,
                  const struct nd_turn *turn, const struct nd_window *window)
{
	TALLOC_FREE(thread->attention);
	thread->attention_count = 0;
	TALLOC_FREE(thread->more_attention);
	thread->more_attention_count = 0;
	if (!is_over(thread->state))
		add_entries(thread, turn, false);
	if (walk->committer && !walk->talk && could_be_taken(thread, turn) &&
	    !is_left_to_others(thread, turn, walk->committer,
	                       nd_window_clock(window)))
		add(thread, 0,
		    attention_of(thread, walk->committer, ND_ATTENTION_TO_APPLY,
		                 last_approval(thread), ND_NO_MESSAGE));
	if (thread->attention_count > 0)
		qsort(thread->attention, thread->attention_count,
		      sizeof *thread->attention, compare);
	/* What blocks nothing comes last. */
	if (!is_over(thread->state))
		add_entries(thread, turn, true);
	keep_first(thread);
	TALLOC_FREE(thread->closed);
	thread->closed_count = 0;
	find_closed(thread, walk, turn);
	thread->waiting_for =
		thread->attention_count > 0 ? thread->attention[0].name : NULL;
	thread->stalled = is_stalled(thread, window);
}
