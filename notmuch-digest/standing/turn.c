/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "standing/turn.h"

#include <string.h>

#include "analyse/committers.h"
#include "analyse/posting.h"
#include "model/address.h"
#include "standing/addressee.h"
#include "text/phrase.h"
#include "util/alloc.h"
#include "util/str.h"

enum {
	ABOVE_MAX = 2000,  /* mails above one that are looked at */
	TAKERS_MAX = 50,   /* people who say that they took patches */
	ENTRIES_MAX = 500, /* at once; further ones do not enter */
};

struct walker {
	const struct nd_turn_walk *walk;
	const struct nd_turnrule *rule;
	size_t rule_count;
	struct nd_turn *turn;
	int32_t index;     /* of the mail */
	unsigned role;     /* of its sender */
	size_t first, end; /* its events */
	bool promises;     /* one of them does */
	bool ended;        /* somebody has taken the patches */
	int32_t *mark;     /* of each mail: index + 1 of the last mail that
	                    * it was found to be above */
	bool marked;       /* those above index are */
	const struct nd_address *taker[TAKERS_MAX];
	size_t taker_count;
};

static const struct nd_message *
mail_of(const struct walker *walker)
{
	return walker->walk->thread->message[walker->index];
}

/* ---- who ---- */

static bool
is_same(const struct nd_address *a, const struct nd_address *b)
{
	return a == b || (a && b && nd_address_same_person(a, b));
}

static bool
is_taker(const struct walker *walker, const struct nd_address *who)
{
	for (size_t i = 0; i < walker->taker_count; i++)
		if (nd_address_same_person(walker->taker[i], who))
			return true;
	return false;
}

static void
find_takers(struct walker *walker)
{
	const struct nd_thread *thread = walker->walk->thread;

	for (size_t i = 0; i < thread->event_count; i++) {
		const struct nd_event *event = &thread->event[i];

		if ((event->type == ND_EVENT_APPLIED ||
		     event->type == ND_EVENT_PULLED) &&
		    walker->taker_count < TAKERS_MAX &&
		    !is_taker(walker, &event->who))
			walker->taker[walker->taker_count++] = &event->who;
	}
}

static unsigned
role_of(const struct walker *walker)
{
	const struct nd_turn_walk *walk = walker->walk;
	const struct nd_message *message = mail_of(walker);
	bool author = is_same(&message->sender, walk->author);

	if (message->flags & ND_MESSAGE_ROBOT)
		return ND_TURNRULE_ROBOT;
	if (walk->talk)
		return author ? ND_TURNRULE_ASKER : ND_TURNRULE_HELPER;
	if (author)
		return ND_TURNRULE_AUTHOR;
	return is_same(&message->sender, walk->committer) ||
	                       is_taker(walker, &message->sender) ||
	                       nd_committers_is_one(walk->thread,
	                                            &message->sender)
	               ? ND_TURNRULE_COMMITTER
	               : ND_TURNRULE_REVIEWER;
}

/* Is a mail above the one in hand? */
static bool
is_above(struct walker *walker, int32_t above)
{
	const struct nd_thread *thread = walker->walk->thread;
	int32_t at = mail_of(walker)->parent;

	for (size_t i = 0; !walker->marked && at != ND_NO_MESSAGE &&
	                   i < ABOVE_MAX && i < thread->message_count;
	     i++) {
		walker->mark[at] = walker->index + 1;
		at = thread->message[at]->parent;
	}
	walker->marked = true;
	return walker->mark[above] == walker->index + 1;
}

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
		     !is_same(entry->by, entry->who)))
			return entry->by;
	}
	return NULL;
}

/* A program has tested a commit of a tree, "[net:main 3/7]", and begins to tell
 * of it; bugs that are reported to a maintainer are nobody's commit. */
static bool
begins_as_report(const struct walker *walker)
{
	return walker->walk->talk &&
	       walker->index == walker->walk->thread->root &&
	       (mail_of(walker)->flags & ND_MESSAGE_ROBOT) &&
	       strchr(mail_of(walker)->parts->prefix, ':');
}

static const struct nd_address *
entrant_of(const struct walker *walker, const struct nd_turnrule *rule,
           const struct nd_event *event)
{
	switch (rule->enters) {
	case ND_TURNRULE_THE_AUTHOR:
		return begins_as_report(walker)
		               ? nd_addressee_alone(walker->walk->thread,
		                                    walker->index)
		               : walker->walk->author;
	case ND_TURNRULE_THE_SPEAKER:
		return &mail_of(walker)->sender;
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

/* With the mail in hand, unless the turn was over before. */
static void
leave(const struct walker *walker, struct nd_turn_entry *entry)
{
	if (!entry->left)
		entry->left_by = walker->index;
	entry->left = true;
}

/* Was this wanted in the mail that is answered, or above by the same one? */
static bool
is_answered(struct walker *walker, const struct nd_turn_entry *entry)
{
	const struct nd_thread *thread = walker->walk->thread;
	const struct nd_message *parent;

	if (mail_of(walker)->parent == ND_NO_MESSAGE)
		return false;
	if (entry->message == mail_of(walker)->parent)
		return true;
	parent = thread->message[mail_of(walker)->parent];
	return nd_address_same_person(&parent->sender, entry->by) &&
	       is_above(walker, entry->message);
}

/* Returns whether something was wanted. */
static bool
promise(struct walker *walker)
{
	bool found = false;

	for (size_t i = 0; i < walker->turn->entry_count; i++) {
		struct nd_turn_entry *entry = &walker->turn->entry[i];

		if ((!wants(entry) && !entry->disputed) ||
		    !is_answered(walker, entry))
			continue;
		entry->why = ND_ATTENTION_PROMISED;
		entry->left = entry->disputed = false;
		found = true;
	}
	return found;
}

static void
dispute(struct walker *walker)
{
	for (size_t i = 0; i < walker->turn->entry_count; i++) {
		struct nd_turn_entry *entry = &walker->turn->entry[i];

		if (!wants(entry) || !is_answered(walker, entry))
			continue;
		entry->disputed = true;
		leave(walker, entry);
	}
}

/* Of a posting that is missing the subject of the mail in hand tells. */
static bool
is_on_whole(const struct walker *walker, int32_t about)
{
	const struct nd_subject *parts =
		about == ND_NO_MESSAGE
			? mail_of(walker)->parts
			: walker->walk->thread->message[about]->parts;

	return parts->number == 0 || parts->total <= 1;
}

/* Is what was wanted of the patch that the mail in hand is about? Of one that is
 * missing the subjects of the answers to it tell. */
static bool
is_on_same(const struct walker *walker, const struct nd_turn_entry *entry,
           const struct nd_event *event)
{
	const struct nd_thread *thread = walker->walk->thread;
	const struct nd_subject *here = mail_of(walker)->parts;
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
is_theirs(struct walker *walker, const struct nd_turn_entry *entry,
          const struct nd_address *who)
{
	const struct nd_thread *thread = walker->walk->thread;

	if (nd_address_same_person(entry->by, who))
		return true;
	return entry->why == ND_ATTENTION_PROMISED &&
	       is_same(entry->by, entry->who) &&
	       is_same(nd_addressee_answered(thread, entry->message), who) &&
	       is_above(walker, entry->message);
}

static void
clear(struct walker *walker, const struct nd_event *event, bool all)
{
	for (size_t i = 0; i < walker->turn->entry_count; i++) {
		struct nd_turn_entry *entry = &walker->turn->entry[i];

		if (all && entry->message < walker->index)
			leave(walker, entry);
		if (entry->message >= walker->index ||
		    !is_theirs(walker, entry, &event->who) ||
		    is_outstanding(entry, event) ||
		    !is_on_same(walker, entry, event))
			continue;
		leave(walker, entry);
		entry->disputed = false;
	}
}

/* Is it one of the patches that were taken? All of them, if none is named. */
static bool
is_taken(const struct walker *walker, const struct nd_event *event,
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
leave_all(struct walker *walker, const struct nd_event *event)
{
	struct nd_turn *turn = walker->turn;

	for (size_t i = 0; i < turn->entry_count; i++) {
		struct nd_turn_entry *entry = &turn->entry[i];

		if ((entry->message >= walker->index && !is_wish(entry->why)) ||
		    !is_taken(walker, event, entry->about))
			continue;
		leave(walker, entry);
		entry->disputed = false;
	}
	walker->ended = event->patch_count == 0;
}

static void
leave_older(struct walker *walker)
{
	struct nd_turn *turn = walker->turn;

	for (size_t i = 0; i < turn->entry_count; i++) {
		int32_t about = turn->entry[i].about;

		if (about == ND_NO_MESSAGE || walker->walk->older[about]) {
			leave(walker, &turn->entry[i]);
			turn->entry[i].disputed = false;
		}
	}
	turn->refused = turn->withdrawn = ND_NO_MESSAGE;
}

/* What was asked in a talk is answered by whoever knows. */
static void
help(struct walker *walker, const struct nd_event *answer)
{
	const struct nd_turn_walk *walk = walker->walk;
	int32_t asking = answer->answers != ND_NO_MESSAGE
	                         ? answer->answers
	                         : mail_of(walker)->parent;

	for (size_t i = 0; i < walker->turn->entry_count; i++) {
		struct nd_turn_entry *entry = &walker->turn->entry[i];

		if (entry->message == asking ||
		    (is_same(entry->by, walk->author) &&
		     is_above(walker, entry->message)))
			leave(walker, entry);
	}
}

static bool
gives_tag(const struct walker *walker)
{
	const struct nd_thread *thread = walker->walk->thread;

	for (size_t i = walker->first; i < walker->end; i++)
		if (thread->event[i].type == ND_EVENT_TRAILER &&
		    nd_address_same_person(&thread->event[i].who,
		                           &mail_of(walker)->sender))
			return true;
	return false;
}

/* What is wanted or asked beside one's own tag keeps nobody waiting. */
static bool
is_aside(const struct walker *walker, const struct nd_turnrule *rule)
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

static void
enter(struct walker *walker, const struct nd_turnrule *rule,
      const struct nd_event *event, const struct nd_address *who)
{
	struct nd_turn *turn = walker->turn;
	struct nd_turn_entry *entry;

	if (!who && (rule->enters != ND_TURNRULE_THE_AUTHOR ||
	             begins_as_report(walker)))
		return;
	if (who && nd_addressee_is_robot(walker->walk->thread, who))
		return;
	for (size_t i = 0; i < turn->entry_count; i++)
		if (turn->entry[i].message == walker->index &&
		    turn->entry[i].why == rule->why &&
		    is_same(turn->entry[i].who, who))
			return;
	if (!make_room(turn))
		return;
	entry = x_append(turn, turn->entry, turn->entry_count);
	*entry = (struct nd_turn_entry){
		.who = who,
		.by = &mail_of(walker)->sender,
		.why = rule->why,
		.message = walker->index,
		.about = event->about,
		.pinged = ND_NO_MESSAGE,
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
applies_to(const struct walker *walker, const struct nd_turnrule *rule,
           const struct nd_event *event)
{
	const struct nd_thread *thread = walker->walk->thread;
	unsigned effects = rule->effects;

	if (rule->act != event->type || !(rule->by & walker->role) ||
	    event->flags & ND_EVENT_OTHERS)
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
is_too_late(const struct walker *walker, const struct nd_turnrule *rule)
{
	return walker->ended && !walker->walk->talk &&
	       (walker->role != ND_TURNRULE_COMMITTER || is_wish(rule->why));
}

/* It is known who would have had to do it, and that they need not. */
static void
enter_late(struct walker *walker, const struct nd_turnrule *rule,
           const struct nd_event *event)
{
	size_t count = walker->turn->entry_count;

	if (rule->why != ND_ATTENTION_CHANGES ||
	    rule->enters == ND_TURNRULE_NOBODY)
		return;
	enter(walker, rule, event, entrant_of(walker, rule, event));
	if (walker->turn->entry_count > count)
		leave(walker, &walker->turn->entry[count]);
}

static void
apply(struct walker *walker, const struct nd_turnrule *rule,
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
	if (effects & ND_TURNRULE_PROMISES)
		turn->withdrawn = ND_NO_MESSAGE;
	if (effects & ND_TURNRULE_SETTLES) {
		help(walker, event);
		turn->settled = walker->index;
	}
	if (effects & ND_TURNRULE_UNSETTLES)
		turn->settled = ND_NO_MESSAGE;
	if (!kept)
		enter(walker, rule, event, who);
}

/* ---- the walk ---- */

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
	     at != ND_NO_MESSAGE && steps++ < ABOVE_MAX &&
	     thread->message[at]->parent != ND_NO_MESSAGE &&
	     nd_address_same_person(&thread->message[at]->sender, who);
	     at = thread->message[at]->parent)
		index = at;
	return index;
}

/* A mail that adds to one's own last one is answered with that, too. */
static bool
is_below(struct walker *walker, int32_t asking)
{
	return walker->walk->talk || is_above(walker, asking) ||
	       is_above(walker, first_in_row(walker->walk->thread, asking));
}

/* Who promised a review, and says something of the patches, has begun with it. */
static bool
reviews(const struct walker *walker, const struct nd_turn_entry *entry)
{
	return entry->why == ND_ATTENTION_TO_REVIEW &&
	       is_same(entry->by, entry->who) && walker->first < walker->end;
}

/* Who was asked, and writes below: whatever it says, that is the answer. */
static void
take_turn(struct walker *walker)
{
	const struct nd_address *who = &mail_of(walker)->sender;

	for (size_t i = 0; i < walker->turn->entry_count; i++) {
		struct nd_turn_entry *entry = &walker->turn->entry[i];

		if (entry->why != ND_ATTENTION_ASKED &&
		    entry->why != ND_ATTENTION_TO_ANSWER &&
		    entry->why != ND_ATTENTION_TO_REVIEW &&
		    !(walker->walk->talk &&
		      entry->why == ND_ATTENTION_TEST_FAILED))
			continue;
		if (!entry->left && is_same(entry->who, who) &&
		    (is_below(walker, entry->message) ||
		     reviews(walker, entry)))
			leave(walker, entry);
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
ping(struct walker *walker)
{
	for (size_t i = 0; i < walker->turn->entry_count; i++) {
		struct nd_turn_entry *entry = &walker->turn->entry[i];

		if (!entry->left &&
		    !is_same(entry->who, &mail_of(walker)->sender))
			entry->pinged = walker->index;
	}
}

static bool
promises(const struct walker *walker)
{
	const struct nd_thread *thread = walker->walk->thread;

	for (size_t i = walker->first; i < walker->end; i++)
		if (thread->event[i].type == ND_EVENT_RESPIN_PROMISED)
			return true;
	return false;
}

static void
read_mail(struct walker *walker)
{
	const struct nd_thread *thread = walker->walk->thread;

	if (mail_of(walker)->flags & ND_MESSAGE_RESPONDER)
		return;
	walker->marked = false;
	take_turn(walker);
	if (walker->first == walker->end)
		return;
	walker->role = role_of(walker);
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
			if (!applies_to(walker, &walker->rule[k], event))
				continue;
			else if (is_too_late(walker, &walker->rule[k]))
				enter_late(walker, &walker->rule[k], event);
			else
				apply(walker, &walker->rule[k], event);
	}
}

struct nd_turn *
nd_turn_take(const void *ctx, const struct nd_turn_walk *walk)
{
	const struct nd_thread *thread = walk->thread;
	struct walker walker = {.walk = walk};
	struct nd_turn *turn = x_new(ctx, struct nd_turn);

	turn->refused = turn->withdrawn = turn->settled = ND_NO_MESSAGE;
	walker.turn = turn;
	walker.rule = nd_turnrule_all(&walker.rule_count);
	walker.mark = x_array(turn, int32_t, thread->message_count);
	find_takers(&walker);
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
