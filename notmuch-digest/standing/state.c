/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "standing/state.h"

#include <string.h>

#include "analyse/accepted.h"
#include "analyse/closing.h"
#include "analyse/committers.h"
#include "analyse/mailevents.h"
#include "analyse/people.h"
#include "analyse/posting.h"
#include "model/address.h"
#include "model/recipients.h"
#include "standing/attention.h"
#include "standing/turnwalk.h"
#include "util/alloc.h"
#include "util/limits.h"
#include "util/str.h"

/* What is asked while a state is looked for. */
struct survey {
	struct nd_thread *thread;
	const struct nd_series *series;  /* the newest in the thread */
	const struct nd_address *author; /* of it, or who began; or NULL */
	const struct nd_turn *turn;
	bool *foreign; /* of each mail: it posts patches of another series */
	bool *older;   /* of each mail: namely, of an older version */
};

/* In the order of the mails, so that one that is there is the last one. */
static void
add_evidence(struct nd_thread *thread, int32_t message)
{
	size_t count = thread->state_evidence_count;

	if (count > 0 && thread->state_evidence[count - 1] == message)
		return;
	*(int32_t *)x_append(thread, thread->state_evidence,
	                     thread->state_evidence_count) = message;
}

static void
mark_series(bool *mark, const struct nd_series *series)
{
	mark[series->root] = true;
	for (int i = 0; i < series->total; i++)
		if (series->patch[i] != ND_NO_MESSAGE)
			mark[series->patch[i]] = true;
}

/* The thread's own series is an older version when there is a newer one. */
static void
find_foreign(struct survey *survey)
{
	const struct nd_thread *thread = survey->thread;

	/* A pull request stands for all the patches posted with it, but not
	 * for what others post below it. */
	for (size_t i = 0; !survey->series && i < thread->more_series_count;
	     i++)
		if (thread->category == ND_CATEGORY_PULL &&
		    !nd_address_same_person(&thread->more_series[i]->author,
		                            &nd_thread_root(thread)->sender))
			mark_series(survey->foreign, thread->more_series[i]);
	if (!survey->series)
		return;
	if (thread->series && survey->series != thread->series) {
		mark_series(survey->foreign, thread->series);
		mark_series(survey->older, thread->series);
	}
	for (size_t i = 0; i < thread->more_series_count; i++) {
		const struct nd_series *other = thread->more_series[i];

		if (other == survey->series)
			continue;
		mark_series(survey->foreign, other);
		if (other->root < survey->series->root &&
		    other->version < survey->series->version &&
		    nd_address_same_person(&other->author,
		                           &survey->series->author))
			mark_series(survey->older, other);
	}
}

static bool
counts(const struct survey *survey, const struct nd_event *event)
{
	if (event->flags & ND_EVENT_UNDONE ||
	    (event->about != ND_NO_MESSAGE && survey->foreign[event->about]) ||
	    nd_posting_is_aside(survey->thread, (size_t)event->message))
		return false;
	return !survey->series || survey->series == survey->thread->series ||
	       event->message >= survey->series->root;
}

/* The last event of a type that counts; NULL when there is none. */
static const struct nd_event *
last_of(const struct survey *survey, enum nd_event_type type)
{
	const struct nd_thread *thread = survey->thread;

	for (size_t i = thread->event_count; i-- > 0;)
		if (thread->event[i].type == type &&
		    counts(survey, &thread->event[i]))
			return &thread->event[i];
	return NULL;
}

/* ---- taken, or over ---- */

static bool
find_taken(const struct survey *survey, enum nd_thread_state *state)
{
	static const struct {
		enum nd_event_type event;
		enum nd_thread_state state;
	} ends[] = {
		{ND_EVENT_MERGED, ND_STATE_MERGED},
		{ND_EVENT_MERGED_STABLE, ND_STATE_MERGED_STABLE},
		{ND_EVENT_PULLED, ND_STATE_PULLED},
		{ND_EVENT_APPLIED, ND_STATE_APPLIED},
	};
	struct nd_thread *thread = survey->thread;

	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		const struct nd_event *event = last_of(survey, ends[i].event);

		if (!event)
			continue;
		*state = ends[i].state;
		for (size_t k = 0; k < thread->event_count; k++)
			if (thread->event[k].type == ends[i].event &&
			    counts(survey, &thread->event[k]))
				add_evidence(thread, thread->event[k].message);
		return true;
	}
	return false;
}

static bool
find_superseded(const struct survey *survey, enum nd_thread_state *state)
{
	const struct nd_series *series = survey->series;
	const struct nd_event *said = last_of(survey, ND_EVENT_SUPERSEDED);

	if (said)
		add_evidence(survey->thread, said->message);
	else if (!series || !series->next ||
	         nd_thread_has_mail(survey->thread, series->next->root_id))
		return false;
	*state = ND_STATE_SUPERSEDED;
	return true;
}

static bool
find_refused(const struct survey *survey, enum nd_thread_state *state)
{
	const struct nd_turn *turn = survey->turn;

	if (turn->withdrawn != ND_NO_MESSAGE) {
		add_evidence(survey->thread, turn->withdrawn);
		*state = ND_STATE_WITHDRAWN;
	} else if (turn->refused != ND_NO_MESSAGE) {
		add_evidence(survey->thread, turn->refused);
		*state = ND_STATE_REJECTED;
	} else {
		return false;
	}
	return true;
}

/* ---- in review ---- */

/* Is this wanted of the patches, and keeps them from being taken? */
static bool
blocks(const struct survey *survey, const struct nd_turn_entry *entry)
{
	return !entry->left && !entry->nit &&
	       (!entry->who || !survey->author ||
	        nd_address_same_person(entry->who, survey->author)) &&
	       (entry->why == ND_ATTENTION_CHANGES ||
	        entry->why == ND_ATTENTION_PROMISED);
}

static bool
find_changes(const struct survey *survey, enum nd_thread_state *state)
{
	const struct nd_turn *turn = survey->turn;

	for (size_t i = 0; i < turn->entry_count; i++) {
		if (!blocks(survey, &turn->entry[i]))
			continue;
		add_evidence(survey->thread, turn->entry[i].message);
		*state = ND_STATE_CHANGES_REQUESTED;
	}
	return *state == ND_STATE_CHANGES_REQUESTED;
}

/* Has anybody but the author written, be it in another version? */
static bool
find_any_reply(const struct survey *survey)
{
	const struct nd_thread *thread = survey->thread;

	for (size_t i = 0; survey->author && i < thread->message_count; i++)
		if (nd_message_is_person(thread->message[i]) &&
		    !nd_address_same_person(&thread->message[i]->sender,
		                            survey->author))
			return true;
	return false;
}

/* Something was asked, or wanted and not promised. */
static bool
find_dispute(const struct survey *survey, enum nd_thread_state *state)
{
	const struct nd_turn *turn = survey->turn;
	bool answered = !survey->author || find_any_reply(survey);

	for (size_t i = 0; i < turn->entry_count; i++) {
		const struct nd_turn_entry *entry = &turn->entry[i];

		/* So far only the author asks: whether there is an answer. */
		if (!answered && entry->why == ND_ATTENTION_ASKED)
			continue;
		if (!entry->disputed &&
		    (entry->left || entry->nit ||
		     (entry->why != ND_ATTENTION_ASKED &&
		      entry->why != ND_ATTENTION_TO_ANSWER)))
			continue;
		add_evidence(survey->thread, entry->message);
		*state = ND_STATE_UNDER_REVIEW;
	}
	return *state == ND_STATE_UNDER_REVIEW;
}

/* Which patches of a series have a tag; [0]: the whole has. */
struct tagged {
	bool *seen;
	int total, count;
};

/* Does the trailer tag one that had no tag yet? */
static bool
tag_patch(struct tagged *tagged, int number)
{
	if (tagged->total == 1)
		number = 0;
	if (number > tagged->total || tagged->seen[number])
		return false;
	tagged->seen[number] = true;
	tagged->count += number > 0;
	return true;
}

static bool
tag_patches(struct tagged *tagged, const struct nd_trailer *trailer)
{
	bool any = false;

	for (size_t i = 0; i < trailer->named_count; i++)
		any = tag_patch(tagged, trailer->named[i]) || any;
	return trailer->named_count > 0 ? any
	                                : tag_patch(tagged, trailer->number);
}

/* Has every patch that is not taken, or the whole, a tag of a reviewer? */
static bool
find_reviewed(const struct survey *survey, enum nd_thread_state *state)
{
	struct nd_thread *thread = survey->thread;
	const struct nd_applied *applied = thread->applied;
	struct tagged tagged = {.total = survey->series ? survey->series->total
	                                                : 1};

	tagged.seen = x_array(NULL, bool, tagged.total + 1);
	for (size_t i = 0; applied && i < applied->patch_count; i++)
		tag_patch(&tagged, applied->patch[i]);
	for (size_t i = 0; i < thread->trailer_count; i++) {
		const struct nd_trailer *trailer = &thread->trailer[i];

		if (nd_trailer_is_review(trailer) &&
		    (trailer->patch == ND_NO_MESSAGE ||
		     !survey->foreign[trailer->patch]) &&
		    tag_patches(&tagged, trailer))
			add_evidence(thread, trailer->message);
	}
	if (tagged.seen[0] || tagged.count == tagged.total)
		*state = ND_STATE_REVIEWED;
	else
		thread->state_evidence_count = 0;
	talloc_free(tagged.seen);
	return *state == ND_STATE_REVIEWED;
}

/* The first mail of somebody else than the one who began. */
static bool
find_reply(const struct survey *survey)
{
	struct nd_thread *thread = survey->thread;
	const struct nd_address *author = &nd_thread_root(thread)->sender;
	int32_t start = survey->series ? survey->series->root : thread->root;

	if (survey->series && *survey->series->author.addr)
		author = &survey->series->author;
	for (size_t i = (size_t)start; i < thread->message_count; i++) {
		const struct nd_message *message = thread->message[i];

		if (!nd_message_is_person(message) ||
		    nd_address_same_person(&message->sender, author) ||
		    survey->foreign[i])
			continue;
		add_evidence(thread, (int32_t)i);
		return true;
	}
	return false;
}

/* All that is left of a thread is an answer. */
static bool
is_fragment(const struct survey *survey)
{
	return nd_thread_root(survey->thread)->parts->flags & ND_SUBJECT_REPLY;
}

/* ---- partly taken ---- */

static bool
is_named(const struct nd_applied *applied, int number)
{
	for (size_t i = 0; i < applied->patch_count; i++)
		if (applied->patch[i] == number)
			return true;
	return false;
}

/* Somebody does not want this patch, or its author not any more. */
static bool
is_turned_down(const struct survey *survey, int32_t patch)
{
	const struct nd_thread *thread = survey->thread;

	for (size_t i = 0; i < thread->event_count; i++) {
		const struct nd_event *event = &thread->event[i];

		if (event->about == patch &&
		    !(event->flags & ND_EVENT_UNDONE) &&
		    (event->type == ND_EVENT_NACK ||
		     event->type == ND_EVENT_REJECTED ||
		     event->type == ND_EVENT_WITHDRAWN))
			return true;
	}
	return false;
}

/* The patches that were posted here and that nobody has taken or turned down. */
static size_t
find_left(const struct survey *survey, int32_t *left)
{
	const struct nd_series *series = survey->series;
	const struct nd_turn *turn = survey->turn;
	size_t count = 0;

	if (!series || turn->refused != ND_NO_MESSAGE ||
	    turn->withdrawn != ND_NO_MESSAGE)
		return 0;
	for (int i = 0; i < series->total; i++)
		if (series->patch[i] != ND_NO_MESSAGE &&
		    !is_named(survey->thread->applied, i + 1) &&
		    !is_turned_down(survey, series->patch[i]))
			left[count++] = series->patch[i];
	return count;
}

/* Has whoever took the others answered to this one before, and let it be? */
static bool
is_let_be(const struct nd_thread *thread, const int32_t *target, int32_t patch)
{
	int32_t end = thread->applied->message;

	for (int32_t i = patch + 1; i < end; i++)
		if (target[i] == patch &&
		    nd_address_same_person(&thread->message[i]->sender,
		                           &thread->message[end]->sender))
			return true;
	return false;
}

static bool
are_let_be(const struct survey *survey, const int32_t *left, size_t count)
{
	int32_t *target = nd_posting_targets(NULL, survey->thread);
	size_t i = 0;

	while (i < count && is_let_be(survey->thread, target, left[i]))
		i++;
	talloc_free(target);
	return i == count;
}

/* Where they stand when nothing is wanted of them. */
static bool
find_left_state(const struct survey *survey, enum nd_thread_state *state)
{
	int32_t *left = x_array(NULL, int32_t, ND_LIMIT_PATCHES);
	size_t count = find_left(survey, left);
	bool found = count > 0 && (find_dispute(survey, state) ||
	                           find_reviewed(survey, state));

	if (count > 0 && !found && !are_let_be(survey, left, count)) {
		/* Who took the others has looked at them. */
		add_evidence(survey->thread, survey->thread->applied->message);
		*state = ND_STATE_UNDER_REVIEW;
		found = true;
	}
	talloc_free(left);
	return found;
}

/* Some patches were taken: where the others stand. */
static bool
find_rest(const struct survey *survey, enum nd_thread_state *state)
{
	const struct nd_applied *applied = survey->thread->applied;

	if (!applied || applied->patch_count == 0)
		return false;
	return find_superseded(survey, state) || find_changes(survey, state) ||
	       find_left_state(survey, state);
}

static enum nd_thread_state
patch_state(const struct survey *survey)
{
	enum nd_thread_state state = ND_STATE_NEW;

	if (find_rest(survey, &state) || find_taken(survey, &state) ||
	    find_superseded(survey, &state) || find_refused(survey, &state) ||
	    find_changes(survey, &state) || find_dispute(survey, &state) ||
	    find_reviewed(survey, &state))
		return state;
	if (is_fragment(survey))
		return ND_STATE_UNDER_REVIEW;
	/* An older version in the same thread has been reviewed. */
	if (survey->thread->series &&
	    survey->series != survey->thread->series && find_any_reply(survey))
		return ND_STATE_UNDER_REVIEW;
	if (find_reply(survey) || last_of(survey, ND_EVENT_TEST_RESULT))
		return ND_STATE_UNDER_REVIEW;
	return ND_STATE_NEW;
}

/* ---- talks ---- */

/* Is an answer, or a deed, still owed to those who talk? */
static bool
is_awaited(const struct survey *survey)
{
	for (size_t i = 0; i < survey->turn->entry_count; i++)
		if (!survey->turn->entry[i].left)
			return true;
	return false;
}

static enum nd_thread_state
talk_state(const struct survey *survey)
{
	const struct nd_thread *thread = survey->thread;
	enum nd_thread_state state;

	if (find_taken(survey, &state))
		return state;
	if (thread->kind == ND_KIND_STABLE_NOTICE)
		return ND_STATE_MERGED_STABLE;
	if (survey->turn->settled != ND_NO_MESSAGE && !is_awaited(survey)) {
		add_evidence(survey->thread, survey->turn->settled);
		return ND_STATE_ANSWERED;
	}
	if (!find_reply(survey) && !is_fragment(survey))
		return ND_STATE_NEW;
	return ND_STATE_OPEN;
}

/* ---- questions --------------------------------------------------------- */

/*
 * When nobody wants to know any more what was asked; 0: they still may. That
 * patches are taken answers nothing that was asked of them.
 */
static int64_t
end_of(const struct nd_thread *thread)
{
	size_t count = thread->state_evidence_count;

	switch (thread->state) {
	case ND_STATE_SUPERSEDED:
	case ND_STATE_WITHDRAWN:
	case ND_STATE_REJECTED:
		break;
	default:
		return 0;
	}
	return count > 0 ? thread->message[thread->state_evidence[count - 1]]
	                           ->date_s
	                 : 0;
}

/* Nobody waits for a program. */
static const struct nd_address *
if_person(const struct nd_address *who)
{
	return who && !nd_people_is_robot(who) ? who : NULL;
}

/* "Will do, thank you.": what is left begins with the author's answer. */
static bool
promises_first(const struct nd_thread *thread)
{
	for (size_t i = 0; i < thread->event_count; i++)
		if (thread->event[i].message == thread->root &&
		    thread->event[i].type == ND_EVENT_RESPIN_PROMISED &&
		    !(thread->event[i].flags & ND_EVENT_UNSURE))
			return nd_message_is_person(nd_thread_root(thread));
	return false;
}

static bool
answers_program(const struct nd_thread *thread)
{
	const struct nd_message *root = nd_thread_root(thread);
	const struct nd_address *first =
		nd_recipients_first(thread, root, NULL);

	return first && nd_people_is_robot(first) && nd_message_is_person(root);
}

static const struct nd_address *
author_of(const struct survey *survey)
{
	const struct nd_message *root = nd_thread_root(survey->thread);

	if (!survey->series)
		return &root->sender;
	if (*survey->series->author.addr)
		return &survey->series->author;
	/* What was posted is missing: it is answered to who posted it, unless
	 * who posted it answers, such as a program's report about it. */
	if (promises_first(survey->thread) || answers_program(survey->thread))
		return &root->sender;
	return if_person(nd_recipients_first(survey->thread, root, NULL));
}

void
nd_state_settle(struct nd_thread *thread, const struct nd_window *window)
{
	struct survey survey = {
		.thread = thread,
		.series = nd_posting_newest_series(thread),
		.foreign = x_array(NULL, bool, thread->message_count),
		.older = x_array(NULL, bool, thread->message_count),
	};
	struct nd_turn_walk walk = {
		.thread = thread,
		.series = survey.series,
		.foreign = survey.foreign,
		.older = survey.older,
		.talk = thread->category == ND_CATEGORY_OTHER && !survey.series,
	};

	TALLOC_FREE(thread->state_evidence);
	thread->state_evidence_count = 0;
	find_foreign(&survey);
	survey.author = walk.author = author_of(&survey);
	walk.committer = if_person(nd_committers_expect(thread, survey.series));
	thread->newest = survey.series;
	thread->author_takes = survey.series && survey.author &&
	                       nd_committers_is_one(thread, survey.author);
	if (survey.series && survey.series->next &&
	    survey.series->next->date_s > 0)
		nd_closing_questions(thread, survey.series->next->date_s);
	nd_accepted_settle(thread, survey.foreign);
	survey.turn = nd_turnwalk_take(survey.foreign, &walk);
	thread->state = walk.talk ? talk_state(&survey) : patch_state(&survey);
	/* What was asked before is asked no more, unless somebody repeats it. */
	nd_closing_thread(thread, end_of(thread));
	nd_attention_find(thread, &walk, survey.turn, window);
	talloc_free(survey.older);
	talloc_free(survey.foreign);
}
