/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "telling/outcome.h"

#include <string.h>

#include "model/address.h"
#include "util/alloc.h"
#include "util/str.h"

enum { NAMES_MAX = 2 };

/* A result while it grows: who says so is named when all have been heard. */
struct tally {
	const struct nd_address *who[NAMES_MAX];
	unsigned names; /* of different people */
};

struct teller {
	const struct nd_thread *thread;
	const struct nd_subthreads *subthreads;
	enum nd_zone zone;
	struct nd_subthread_outcome *result;
	struct tally *tally;
};

/* How final it is; among equals the latest is told. */
static unsigned
rank(enum nd_outcome outcome)
{
	switch (outcome) {
	case ND_OUTCOME_NONE:
		return 0;
	case ND_OUTCOME_ANSWERED:
		return 1;
	case ND_OUTCOME_AGREED:
	case ND_OUTCOME_ASKED:
	case ND_OUTCOME_TAGGED:
	case ND_OUTCOME_CHANGES_REQUESTED:
	case ND_OUTCOME_CHANGES_PROMISED:
		return 2;
	case ND_OUTCOME_NACK:
		return 3;
	default:
		return 4;
	}
}

static bool
is_same(const struct nd_subthread_outcome *result, enum nd_outcome outcome,
        const char *tag)
{
	if (result->outcome != outcome)
		return false;
	return !tag || !result->tag || strcmp(result->tag, tag) == 0;
}

static void
add_name(struct tally *tally, const struct nd_address *who)
{
	for (unsigned i = 0; i < tally->names && i < NAMES_MAX; i++)
		if (nd_str_equal_nocase(tally->who[i]->addr, who->addr))
			return;
	if (tally->names < NAMES_MAX)
		tally->who[tally->names] = who;
	tally->names++;
}

static void
note(struct teller *to, int32_t mail, enum nd_outcome outcome, const char *tag,
     const struct nd_address *who)
{
	int32_t tree = to->subthreads->tree[mail];
	struct nd_subthread_outcome *result;

	if (tree < 0 ||
	    !nd_subthreads_in_zone(to->thread->message[mail], to->zone))
		return;
	result = &to->result[tree];
	if (rank(outcome) < rank(result->outcome) ||
	    (rank(outcome) == rank(result->outcome) && mail < result->mail))
		return;
	if (!is_same(result, outcome, tag))
		to->tally[tree] = (struct tally){0};
	result->outcome = outcome;
	result->tag = tag;
	result->mail = mail;
	if (who)
		add_name(&to->tally[tree], who);
}

static enum nd_outcome
outcome_of(enum nd_event_type type)
{
	switch (type) {
	case ND_EVENT_NACK:
		return ND_OUTCOME_NACK;
	case ND_EVENT_ANSWER:
		return ND_OUTCOME_ANSWERED;
	case ND_EVENT_CHANGES_REQUESTED:
		return ND_OUTCOME_CHANGES_REQUESTED;
	case ND_EVENT_RESPIN_PROMISED:
		return ND_OUTCOME_CHANGES_PROMISED;
	case ND_EVENT_APPLIED:
	case ND_EVENT_PULLED:
	case ND_EVENT_MERGED:
	case ND_EVENT_MERGED_STABLE:
		return ND_OUTCOME_APPLIED;
	case ND_EVENT_SUPERSEDED:
		return ND_OUTCOME_SUPERSEDED;
	case ND_EVENT_WITHDRAWN:
		return ND_OUTCOME_WITHDRAWN;
	case ND_EVENT_REJECTED:
		return ND_OUTCOME_REJECTED;
	case ND_EVENT_AGREED:
		return ND_OUTCOME_AGREED;
	default:
		return ND_OUTCOME_NONE;
	}
}

static void
hear_events(struct teller *to)
{
	const struct nd_thread *thread = to->thread;

	for (size_t i = 0; i < thread->event_count; i++) {
		const struct nd_event *event = &thread->event[i];
		enum nd_outcome outcome = outcome_of(event->type);
		bool named = outcome != ND_OUTCOME_ANSWERED;

		if (outcome != ND_OUTCOME_NONE &&
		    !(event->flags &
		      (ND_EVENT_UNDONE | ND_EVENT_OTHERS | ND_EVENT_UNSURE)))
			note(to, event->message, outcome, NULL,
			     named ? &event->who : NULL);
	}
}

static void
hear_trailers(struct teller *to)
{
	static const struct {
		const char *deed, *tag;
	} tags[] = {{"reviewed", "Reviewed-by"},
	            {"acked", "Acked-by"},
	            {"tested", "Tested-by"}};
	const struct nd_thread *thread = to->thread;

	for (size_t i = 0; i < thread->trailer_count; i++) {
		const struct nd_trailer *t = &thread->trailer[i];

		if (nd_trailer_says(t->type, "nacked"))
			note(to, t->message, ND_OUTCOME_NACK, NULL, &t->who);
		for (size_t k = 0; k < sizeof tags / sizeof *tags; k++)
			if (nd_trailer_says(t->type, tags[k].deed))
				note(to, t->message, ND_OUTCOME_TAGGED,
				     tags[k].tag, &t->who);
	}
}

static void
hear_questions(struct teller *to)
{
	const struct nd_thread *thread = to->thread;

	for (size_t i = 0; i < thread->open_question_count; i++) {
		int32_t mail = thread->open_question[i].message;

		note(to, mail, ND_OUTCOME_ASKED, NULL,
		     &thread->message[mail]->sender);
	}
}

static const char *
names_of(const void *ctx, const struct tally *tally)
{
	void *tmp = talloc_new(NULL);
	const char *one, *two, *names;

	if (tally->names == 0) {
		names = "";
	} else if (tally->names == 1) {
		names = nd_address_name(ctx, tally->who[0]);
	} else {
		one = nd_address_name(tmp, tally->who[0]);
		two = nd_address_name(tmp, tally->who[1]);
		names = x_asprintf(ctx, "%s, %s%s", one, two,
		                   tally->names > NAMES_MAX ? ", …" : "");
	}
	talloc_free(tmp);
	return names;
}

struct nd_subthread_outcome *
nd_outcomes_find(const void *ctx, const struct nd_thread *thread,
                 const struct nd_subthreads *subthreads, enum nd_zone zone)
{
	struct teller to = {
		.thread = thread,
		.subthreads = subthreads,
		.zone = zone,
		.result = x_array(ctx, struct nd_subthread_outcome,
	                          thread->message_count),
	};

	to.tally = x_array(to.result, struct tally, thread->message_count);
	/* "With that fixed: Reviewed-by" is a tag: heard last, it stays. */
	hear_events(&to);
	hear_questions(&to);
	hear_trailers(&to);
	for (size_t i = 0; i < subthreads->count; i++) {
		int32_t tree = subthreads->first[i];

		to.result[tree].by = names_of(to.result, &to.tally[tree]);
	}
	talloc_free(to.tally);
	return to.result;
}
