/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analyse/state.h"

#include <string.h>

#include "analyse/answers.h"
#include "analyse/applied.h"
#include "analyse/attention.h"
#include "analyse/mailevents.h"
#include "analyse/posting.h"
#include "model/address.h"
#include "util/alloc.h"
#include "util/map.h"
#include "util/str.h"

/* What is asked while a state is looked for. */
struct survey {
	struct nd_thread *thread;
	const struct nd_series *series; /* the newest in the thread */
	bool *foreign; /* of each mail: it posts patches of another series */
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

/* A pull request stands for all the patches that were posted with it. */
static void
find_foreign(struct survey *survey)
{
	const struct nd_thread *thread = survey->thread;

	if (!survey->series)
		return;
	if (survey->series != thread->series)
		mark_series(survey->foreign, thread->series);
	for (size_t i = 0; i < thread->more_series_count; i++)
		if (thread->more_series[i] != survey->series)
			mark_series(survey->foreign, thread->more_series[i]);
}

static bool
counts(const struct survey *survey, const struct nd_event *event)
{
	if (event->about != ND_NO_MESSAGE && survey->foreign[event->about])
		return false;
	return !survey->series || event->message >= survey->series->root ||
	       survey->series == survey->thread->series;
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

static bool
is_here(const struct nd_thread *thread, const char *id)
{
	for (size_t i = 0; id && i < thread->message_count; i++)
		if (strcmp(thread->message[i]->id, id) == 0)
			return true;
	return false;
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
		if (*state == ND_STATE_MERGED &&
		    thread->category == ND_CATEGORY_PULL)
			*state = ND_STATE_PULLED;
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
	         is_here(survey->thread, series->next->root_id))
		return false;
	*state = ND_STATE_SUPERSEDED;
	return true;
}

/* Does an event speak of all patches, not only of one of several? */
static bool
is_about_all(const struct survey *survey, const struct nd_event *event)
{
	const struct nd_subject *parts;

	if (event->about == ND_NO_MESSAGE)
		return true;
	parts = survey->thread->message[event->about]->parts;
	return parts->number == 0 || parts->total <= 1 ||
	       nd_mem_find_nocase(event->text, strlen(event->text), "series");
}

/* An author who promises to do better has heard a no. */
static bool
is_heard(const struct survey *survey, const struct nd_event *no)
{
	const struct nd_event *promise =
		last_of(survey, ND_EVENT_RESPIN_PROMISED);
	const struct nd_event *back = last_of(survey, ND_EVENT_UNDER_REVIEW);

	return (promise && promise->message > no->message) ||
	       (back && back->message > no->message);
}

static bool
find_refused(const struct survey *survey, enum nd_thread_state *state)
{
	static const struct {
		enum nd_event_type event;
		enum nd_thread_state state;
	} ends[] = {
		{ND_EVENT_WITHDRAWN, ND_STATE_WITHDRAWN},
		{ND_EVENT_REJECTED, ND_STATE_REJECTED},
		{ND_EVENT_NACK, ND_STATE_REJECTED},
	};

	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		const struct nd_event *event = last_of(survey, ends[i].event);

		if (!event || !is_about_all(survey, event) ||
		    is_heard(survey, event))
			continue;
		add_evidence(survey->thread, event->message);
		*state = ends[i].state;
		return true;
	}
	return false;
}

/* ---- in review ---- */

/* The last mail in which each person gives a tag, by address and by name. */
static struct nd_map *
last_tags(const struct nd_thread *thread)
{
	struct nd_map *last = nd_map_new(NULL);

	for (size_t i = 0; i < thread->trailer_count; i++) {
		const struct nd_trailer *trailer = &thread->trailer[i];
		char *addr = nd_str_lower(x_strdup(last, trailer->who.addr));

		nd_map_set_int(last, addr, trailer->message);
		if (*trailer->who.name)
			nd_map_set_int(last, trailer->who.name,
			               trailer->message);
	}
	return last;
}

/* Whoever asks for a change and gives a tag with it or later is content. */
static bool
is_content(const struct nd_map *tags, const struct nd_event *request)
{
	char *addr = nd_str_lower(x_strdup(NULL, request->who.addr));
	bool content =
		nd_map_get_int(tags, addr, -1) >= request->message ||
		nd_map_get_int(tags, request->who.name, -1) >= request->message;

	talloc_free(addr);
	return content;
}

static bool
find_changes(const struct survey *survey, enum nd_thread_state *state)
{
	struct nd_thread *thread = survey->thread;
	const struct nd_event *back = last_of(survey, ND_EVENT_UNDER_REVIEW);
	struct nd_map *tags = last_tags(thread);
	bool found = false;

	for (size_t i = 0; i < thread->event_count; i++) {
		const struct nd_event *event = &thread->event[i];
		bool wanted = event->type == ND_EVENT_CHANGES_REQUESTED &&
		              !is_content(tags, event);

		if (!wanted && event->type != ND_EVENT_RESPIN_PROMISED &&
		    event->type != ND_EVENT_NACK &&
		    event->type != ND_EVENT_REJECTED)
			continue;
		if (!counts(survey, event) ||
		    (back && event->message < back->message))
			continue;
		add_evidence(thread, event->message);
		found = true;
	}
	talloc_free(tags);
	if (found)
		*state = ND_STATE_CHANGES_REQUESTED;
	return found;
}

static bool
is_review(const struct nd_trailer *trailer)
{
	return strcmp(trailer->type, "Reviewed-by") == 0 ||
	       strcmp(trailer->type, "Acked-by") == 0;
}

/* Has every patch, or the whole, a tag of a reviewer? */
static bool
find_reviewed(const struct survey *survey, enum nd_thread_state *state)
{
	struct nd_thread *thread = survey->thread;
	int total = survey->series ? survey->series->total : 1, tagged = 0;
	bool *seen = x_array(NULL, bool, total + 1);

	for (size_t i = 0; i < thread->trailer_count; i++) {
		const struct nd_trailer *trailer = &thread->trailer[i];
		int number = total == 1 ? 0 : trailer->number;

		if (!is_review(trailer) ||
		    (trailer->patch != ND_NO_MESSAGE &&
		     survey->foreign[trailer->patch]) ||
		    number > total || seen[number])
			continue;
		seen[number] = true;
		tagged += number > 0;
		add_evidence(thread, trailer->message);
	}
	if (seen[0] || tagged == total)
		*state = ND_STATE_REVIEWED;
	else
		thread->state_evidence_count = 0;
	talloc_free(seen);
	return *state == ND_STATE_REVIEWED;
}

static bool
is_person(const struct nd_message *message)
{
	return !(message->flags & (ND_MESSAGE_ROBOT | ND_MESSAGE_AUTO));
}

/* The first mail of somebody else than the one who began. */
static bool
find_reply(const struct survey *survey, bool robots)
{
	struct nd_thread *thread = survey->thread;
	const struct nd_address *author = &nd_thread_root(thread)->sender;
	int32_t start = survey->series ? survey->series->root : thread->root;

	if (survey->series && *survey->series->author.addr)
		author = &survey->series->author;
	for (size_t i = 0; i < thread->message_count; i++) {
		const struct nd_message *message = thread->message[i];

		if ((int32_t)i < start || (!robots && !is_person(message)) ||
		    message->flags & ND_MESSAGE_AUTO ||
		    nd_address_same_person(&message->sender, author) ||
		    survey->foreign[i])
			continue;
		add_evidence(thread, (int32_t)i);
		return true;
	}
	return false;
}

static enum nd_thread_state
patch_state(const struct survey *survey)
{
	enum nd_thread_state state = ND_STATE_NEW;

	if (find_taken(survey, &state) || find_superseded(survey, &state) ||
	    find_refused(survey, &state) || find_changes(survey, &state) ||
	    find_reviewed(survey, &state))
		return state;
	/* All that is left of a thread is an answer. */
	if (survey->series && !*survey->series->author.addr)
		return ND_STATE_UNDER_REVIEW;
	if (find_reply(survey, false) || last_of(survey, ND_EVENT_TEST_RESULT))
		return ND_STATE_UNDER_REVIEW;
	return ND_STATE_NEW;
}

/* ---- talks ---- */

/* The last mail that says that they agree. */
static bool
find_agreement(const struct survey *survey)
{
	const struct nd_event *agreed = last_of(survey, ND_EVENT_AGREED);

	if (!agreed || agreed->message == survey->thread->root)
		return false;
	add_evidence(survey->thread, agreed->message);
	return true;
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
	if (find_agreement(survey))
		return ND_STATE_ANSWERED;
	if (!find_reply(survey, false))
		return ND_STATE_NEW;
	if (thread->kind == ND_KIND_BUG_REPORT ||
	    thread->open_question_count > 0)
		return ND_STATE_OPEN;
	return ND_STATE_ANSWERED;
}

void
nd_state_settle(struct nd_thread *thread, const struct nd_window *window)
{
	struct survey survey = {
		.thread = thread,
		.series = nd_posting_newest_series(thread),
		.foreign = x_array(NULL, bool, thread->message_count),
	};

	TALLOC_FREE(thread->state_evidence);
	thread->state_evidence_count = 0;
	find_foreign(&survey);
	if (survey.series && survey.series->next &&
	    survey.series->next->date_s > 0)
		nd_answers_close(thread, survey.series->next->date_s);
	if (thread->category == ND_CATEGORY_OTHER && !thread->series)
		thread->state = talk_state(&survey);
	else
		thread->state = patch_state(&survey);
	nd_applied_settle(thread, survey.foreign);
	nd_attention_find(thread, survey.series, window);
	talloc_free(survey.foreign);
}
