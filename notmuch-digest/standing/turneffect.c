/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "standing/turneffect.h"

#include <string.h>

#include "model/address.h"
#include "standing/addressee.h"
#include "util/alloc.h"
#include "util/str.h"

enum { ENTRIES_MAX = 500 }; /* at once; further ones do not enter */

/* ---- who ---- */

/* Of those who still want something, or wanted what was not promised. */
static const struct nd_address *
last_requester(const struct nd_turn *turn)
{
	for (size_t i = turn->entry_count; i-- > 0;) {
		const struct nd_turn_entry *entry = &turn->entry[i];

		if (entry->nit || (entry->left && !entry->disputed))
			continue;
		if (entry->why == ND_ATTENTION_CHANGES ||
		    (entry->why == ND_ATTENTION_PROMISED &&
		     !nd_turnwalker_same(entry->by, entry->who)))
			return entry->by;
	}
	return NULL;
}

/* A program has tested a commit of a tree, "[net:main 3/7]", and begins to tell
 * of it; bugs that are reported to a maintainer are nobody's commit. */
static bool
begins_as_report(const struct nd_turnwalker *walker)
{
	return walker->walk->talk &&
	       walker->index == walker->walk->thread->root &&
	       (nd_turnwalker_mail(walker)->flags & ND_MESSAGE_ROBOT) &&
	       strchr(nd_turnwalker_mail(walker)->parts->prefix, ':');
}

static const struct nd_address *
entrant_of(const struct nd_turnwalker *walker, const struct nd_turnrule *rule,
           const struct nd_event *event)
{
	switch (rule->enters) {
	case ND_TURNRULE_THE_AUTHOR:
		return begins_as_report(walker)
		               ? nd_addressee_alone(walker->walk->thread,
		                                    walker->index)
		               : walker->walk->author;
	case ND_TURNRULE_THE_SPEAKER:
		return &nd_turnwalker_mail(walker)->sender;
	case ND_TURNRULE_THE_ASKED:
		if (event->asked)
			return event->asked;
		if (event->flags & (ND_EVENT_CALLS | ND_EVENT_VOLUNTEERS))
			return NULL;
		/* fall through */
	case ND_TURNRULE_THE_ANSWERED:
		return nd_addressee_answered(walker->walk->thread,
		                             walker->index);
	case ND_TURNRULE_THE_REQUESTER:
		return last_requester(walker->turn);
	default:
		return NULL;
	}
}

/* ---- what it does ---- */

/* The patches are to be different. */
static bool
is_wish(enum nd_attention_why why)
{
	return why == ND_ATTENTION_CHANGES || why == ND_ATTENTION_TEST_FAILED;
}

static bool
wants(const struct nd_turn_entry *entry)
{
	return !entry->left && is_wish(entry->why);
}

/* Was this wanted in the mail that is answered, or above by the same one? */
static bool
is_answered(struct nd_turnwalker *walker, const struct nd_turn_entry *entry)
{
	const struct nd_thread *thread = walker->walk->thread;
	const struct nd_message *parent;

	if (nd_turnwalker_mail(walker)->parent == ND_NO_MESSAGE)
		return false;
	if (entry->message == nd_turnwalker_mail(walker)->parent)
		return true;
	parent = thread->message[nd_turnwalker_mail(walker)->parent];
	return nd_address_same_person(&parent->sender, entry->by) &&
	       nd_turnwalker_is_above(walker, entry->message);
}

/* Returns whether something was wanted. */
static bool
promise(struct nd_turnwalker *walker)
{
	bool found = false;

	for (size_t i = 0; i < walker->turn->entry_count; i++) {
		struct nd_turn_entry *entry = &walker->turn->entry[i];

		if ((!wants(entry) && !entry->disputed) ||
		    !is_answered(walker, entry))
			continue;
		entry->why = ND_ATTENTION_PROMISED;
		entry->since = walker->index;
		entry->left = entry->disputed = false;
		found = true;
	}
	return found;
}

static void
dispute(struct nd_turnwalker *walker)
{
	for (size_t i = 0; i < walker->turn->entry_count; i++) {
		struct nd_turn_entry *entry = &walker->turn->entry[i];

		if (!wants(entry) || !is_answered(walker, entry))
			continue;
		entry->disputed = true;
		nd_turnwalker_leave(walker, entry);
	}
}

/* Of a posting that is missing the subject of the mail in hand tells. */
static bool
is_on_whole(const struct nd_turnwalker *walker, int32_t about)
{
	const struct nd_subject *parts =
		about == ND_NO_MESSAGE
			? nd_turnwalker_mail(walker)->parts
			: walker->walk->thread->message[about]->parts;

	return parts->number == 0 || parts->total <= 1;
}

/* Is what was wanted of the patch that the mail in hand is about? Of one that is
 * missing the subjects of the answers to it tell. */
static bool
is_on_same(const struct nd_turnwalker *walker,
           const struct nd_turn_entry *entry, const struct nd_event *event)
{
	const struct nd_thread *thread = walker->walk->thread;
	const struct nd_subject *here = nd_turnwalker_mail(walker)->parts;
	const struct nd_subject *there = thread->message[entry->message]->parts;

	if (entry->about != ND_NO_MESSAGE || event->about != ND_NO_MESSAGE)
		return entry->about == event->about ||
		       is_on_whole(walker, event->about);
	return here->number == 0 || here->total <= 1 ||
	       here->number == there->number;
}

/* "Sounds good.", said of what the author will do, leaves it to be done. */
static bool
is_outstanding(const struct nd_turn_entry *entry, const struct nd_event *event)
{
	return entry->why == ND_ATTENTION_PROMISED &&
	       event->type != ND_EVENT_TRAILER;
}

/* Was it wanted by this person, or promised to them unasked? */
static bool
is_theirs(struct nd_turnwalker *walker, const struct nd_turn_entry *entry,
          const struct nd_address *who)
{
	const struct nd_thread *thread = walker->walk->thread;

	if (nd_address_same_person(entry->by, who))
		return true;
	return entry->why == ND_ATTENTION_PROMISED &&
	       nd_turnwalker_same(entry->by, entry->who) &&
	       nd_turnwalker_same(nd_addressee_answered(thread, entry->message),
	                          who) &&
	       nd_turnwalker_is_above(walker, entry->message);
}

static void
clear(struct nd_turnwalker *walker, const struct nd_event *event, bool all)
{
	for (size_t i = 0; i < walker->turn->entry_count; i++) {
		struct nd_turn_entry *entry = &walker->turn->entry[i];

		if (all && entry->message < walker->index)
			nd_turnwalker_leave(walker, entry);
		if (entry->message >= walker->index ||
		    !is_theirs(walker, entry, &event->who) ||
		    is_outstanding(entry, event) ||
		    !is_on_same(walker, entry, event))
			continue;
		nd_turnwalker_leave(walker, entry);
		entry->disputed = false;
	}
}

/* Is it one of the patches that were taken? All of them, if none is named. */
static bool
is_taken(const struct nd_turnwalker *walker, const struct nd_event *event,
         int32_t about)
{
	const struct nd_subject *parts;

	if (event->patch_count == 0)
		return true;
	if (about == ND_NO_MESSAGE)
		return false;
	parts = walker->walk->thread->message[about]->parts;
	for (size_t i = 0; i < event->patch_count; i++)
		if (event->patch[i] == parts->number)
			return true;
	return false;
}

/* But for what the same mail asks. */
static void
leave_all(struct nd_turnwalker *walker, const struct nd_event *event)
{
	struct nd_turn *turn = walker->turn;

	for (size_t i = 0; i < turn->entry_count; i++) {
		struct nd_turn_entry *entry = &turn->entry[i];

		if ((entry->message >= walker->index && !is_wish(entry->why)) ||
		    !is_taken(walker, event, entry->about))
			continue;
		nd_turnwalker_leave(walker, entry);
		entry->disputed = false;
	}
	walker->ended = event->patch_count == 0;
}

static void
leave_older(struct nd_turnwalker *walker)
{
	struct nd_turn *turn = walker->turn;

	for (size_t i = 0; i < turn->entry_count; i++) {
		int32_t about = turn->entry[i].about;

		if (about == ND_NO_MESSAGE || walker->walk->older[about]) {
			nd_turnwalker_leave(walker, &turn->entry[i]);
			turn->entry[i].disputed = false;
		}
	}
	turn->refused = turn->withdrawn = ND_NO_MESSAGE;
}

/* What was asked in a talk is answered by whoever knows. */
static void
help(struct nd_turnwalker *walker, const struct nd_event *answer)
{
	const struct nd_turn_walk *walk = walker->walk;
	int32_t asking = answer->answers != ND_NO_MESSAGE
	                         ? answer->answers
	                         : nd_turnwalker_mail(walker)->parent;

	for (size_t i = 0; i < walker->turn->entry_count; i++) {
		struct nd_turn_entry *entry = &walker->turn->entry[i];

		if (entry->message == asking ||
		    (nd_turnwalker_same(entry->by, walk->author) &&
		     nd_turnwalker_is_above(walker, entry->message)))
			nd_turnwalker_leave(walker, entry);
	}
}

static bool
gives_tag(const struct nd_turnwalker *walker)
{
	const struct nd_thread *thread = walker->walk->thread;

	for (size_t i = walker->first; i < walker->end; i++)
		if (thread->event[i].type == ND_EVENT_TRAILER &&
		    nd_address_same_person(&thread->event[i].who,
		                           &nd_turnwalker_mail(walker)->sender))
			return true;
	return false;
}

/* What is wanted or asked beside one's own tag keeps nobody waiting. */
static bool
is_aside(const struct nd_turnwalker *walker, const struct nd_turnrule *rule)
{
	return (rule->why == ND_ATTENTION_CHANGES ||
	        rule->why == ND_ATTENTION_ASKED) &&
	       gives_tag(walker);
}

/* False: there is no room, also when those who have left are forgotten. */
static bool
make_room(struct nd_turn *turn)
{
	size_t kept = 0;

	if (turn->entry_count < ENTRIES_MAX)
		return true;
	for (size_t i = 0; i < turn->entry_count; i++)
		if (!turn->entry[i].left || turn->entry[i].disputed)
			turn->entry[kept++] = turn->entry[i];
	turn->entry_count = kept;
	return kept < ENTRIES_MAX;
}

/* For the same reason, with the mail in hand. */
static struct nd_turn_entry *
find_entered(const struct nd_turnwalker *walker, const struct nd_turnrule *rule,
             const struct nd_address *who)
{
	struct nd_turn *turn = walker->turn;

	for (size_t i = 0; i < turn->entry_count; i++)
		if (turn->entry[i].message == walker->index &&
		    turn->entry[i].why == rule->why &&
		    nd_turnwalker_same(turn->entry[i].who, who))
			return &turn->entry[i];
	return NULL;
}

static void
enter(struct nd_turnwalker *walker, const struct nd_turnrule *rule,
      const struct nd_event *event, const struct nd_address *who)
{
	struct nd_turn *turn = walker->turn;
	struct nd_turn_entry *entry;

	if (!who && (rule->enters != ND_TURNRULE_THE_AUTHOR ||
	             begins_as_report(walker)))
		return;
	if (who && nd_addressee_is_robot(walker->walk->thread, who))
		return;
	entry = find_entered(walker, rule, who);
	if (entry) {
		/* The mail also asks what nobody has answered. */
		entry->left = false;
		return;
	}
	if (!make_room(turn))
		return;
	entry = x_append(turn, turn->entry, turn->entry_count);
	*entry = (struct nd_turn_entry){
		.who = who,
		.by = &nd_turnwalker_mail(walker)->sender,
		.why = rule->why,
		.message = walker->index,
		.about = event->about,
		.pinged = ND_NO_MESSAGE,
		.since = walker->index,
		.nit = is_aside(walker, rule),
	};
}

/* Does nobody else stand between a mail and what was posted? */
static bool
is_afresh(const struct nd_thread *thread, int32_t index, int32_t posted)
{
	const struct nd_address *who = &thread->message[index]->sender;
	size_t steps = 0;

	do
		index = thread->message[index]->parent;
	while (index != ND_NO_MESSAGE && index != posted &&
	       nd_address_same_person(&thread->message[index]->sender, who) &&
	       steps++ < thread->message_count);
	return index == posted;
}

/* What people tell robots when a bug is no more. */
static bool
says_fixed(const char *text)
{
	static const char *const commands[] = {
		"#syz fix",         "#syz dup",         "#syz invalid",
		"#regzbot dup",     "#regzbot fix",     "#regzbot inconclusive",
		"#regzbot invalid", "#regzbot resolve",
	};

	for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
		if (nd_mem_starts_nocase(text, strlen(text), commands[i]))
			return true;
	return false;
}

static bool
is_newer(const struct nd_turn_walk *walk, const struct nd_event *event)
{
	return walk->series && walk->thread->series &&
	       walk->series != walk->thread->series &&
	       event->message == walk->series->root;
}

static bool
applies_to(const struct nd_turnwalker *walker, const struct nd_turnrule *rule,
           const struct nd_event *event)
{
	const struct nd_thread *thread = walker->walk->thread;
	unsigned effects = rule->effects;

	if (rule->act != event->type || !(rule->by & walker->role) ||
	    event->flags & (ND_EVENT_OTHERS | ND_EVENT_UNDONE))
		return false;
	if ((effects & ND_TURNRULE_IF_FAILED) &&
	    !(event->flags & ND_EVENT_FAILED))
		return false;
	if ((effects & ND_TURNRULE_IF_PASSED) && event->flags & ND_EVENT_FAILED)
		return false;
	if ((effects & ND_TURNRULE_IF_FIXED) && !says_fixed(event->text))
		return false;
	if ((effects & ND_TURNRULE_IF_NEWER) && !is_newer(walker->walk, event))
		return false;
	if ((effects & ND_TURNRULE_IF_ON_WHOLE) &&
	    !is_on_whole(walker, event->about))
		return false;
	return !(effects & ND_TURNRULE_IF_AFRESH) ||
	       is_afresh(thread, walker->index, event->about);
}

/* Afterwards only who takes patches can still ask; what they wish for then keeps
 * nobody waiting. */
static bool
is_too_late(const struct nd_turnwalker *walker, const struct nd_turnrule *rule)
{
	return walker->ended && !walker->walk->talk &&
	       (walker->role != ND_TURNRULE_COMMITTER || is_wish(rule->why));
}

/* Who has the turn no more since a mail: it is known what was expected. */
static void
enter_left(struct nd_turnwalker *walker, const struct nd_turnrule *rule,
           const struct nd_event *event, const struct nd_address *who,
           int32_t left_by)
{
	struct nd_turn_entry *entry;

	if (find_entered(walker, rule, who))
		return;
	enter(walker, rule, event, who);
	entry = find_entered(walker, rule, who);
	if (entry) {
		entry->left = true;
		entry->left_by = left_by;
	}
}

/* It is known who would have had to do it, and that they need not. */
static void
enter_late(struct nd_turnwalker *walker, const struct nd_turnrule *rule,
           const struct nd_event *event)
{
	if (rule->why == ND_ATTENTION_CHANGES &&
	    rule->enters != ND_TURNRULE_NOBODY)
		enter_left(walker, rule, event, entrant_of(walker, rule, event),
		           walker->index);
}

static void
take_effect(struct nd_turnwalker *walker, const struct nd_turnrule *rule,
            const struct nd_event *event)
{
	const struct nd_address *who = entrant_of(walker, rule, event);
	struct nd_turn *turn = walker->turn;
	unsigned effects = rule->effects;
	bool kept = false; /* what was wanted is, and says who wants it */

	/* The mail that promises something answers the rest with it. */
	if (walker->promises && rule->why == ND_ATTENTION_TO_ANSWER &&
	    rule->enters == ND_TURNRULE_THE_ANSWERED)
		return;
	turn->used |= (uint64_t)1 << (rule - walker->rule);
	if (effects & ND_TURNRULE_ENDS)
		leave_all(walker, event);
	if (effects & ND_TURNRULE_RESTARTS)
		leave_older(walker);
	if (effects & (ND_TURNRULE_CLEARS_OWN | ND_TURNRULE_CLEARS_ALL))
		clear(walker, event, effects & ND_TURNRULE_CLEARS_ALL);
	if (effects & ND_TURNRULE_DISPUTES)
		dispute(walker);
	if (effects & (ND_TURNRULE_PROMISES | ND_TURNRULE_AGREES))
		kept = promise(walker);
	if ((effects & ND_TURNRULE_REFUSES) &&
	    is_on_whole(walker, event->about))
		turn->refused = walker->index;
	if (effects & (ND_TURNRULE_PROMISES | ND_TURNRULE_DISPUTES))
		turn->refused = ND_NO_MESSAGE;
	if (effects & ND_TURNRULE_WITHDRAWS)
		turn->withdrawn = walker->index;
	/* "Please ignore this, I'll send another one." */
	if (effects & ND_TURNRULE_PROMISES && turn->withdrawn != walker->index)
		turn->withdrawn = ND_NO_MESSAGE;
	if (effects & ND_TURNRULE_SETTLES) {
		help(walker, event);
		turn->settled = walker->index;
	}
	if (effects & ND_TURNRULE_UNSETTLES)
		turn->settled = ND_NO_MESSAGE;
	if (!kept && event->flags & ND_EVENT_ANSWERED)
		enter_left(walker, rule, event, who, event->settled_by);
	else if (!kept)
		enter(walker, rule, event, who);
}

void
nd_turneffect_apply(struct nd_turnwalker *walker,
                    const struct nd_turnrule *rule,
                    const struct nd_event *event)
{
	if (!applies_to(walker, rule, event))
		return;
	if (is_too_late(walker, rule))
		enter_late(walker, rule, event);
	else
		take_effect(walker, rule, event);
}
