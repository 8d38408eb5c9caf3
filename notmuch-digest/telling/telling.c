/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "telling/telling.h"

#include <string.h>

#include "model/address.h"
#include "telling/fulfilled.h"
#include "telling/gifts.h"
#include "telling/itemtext.h"
#include "telling/posted.h"
#include "telling/teller.h"
#include "telling/wording.h"
#include "text/treename.h"
#include "util/alloc.h"

enum {
	COVERED_WORDS = 14, /* a longer sentence says more than the fact */
	COMMIT_DIGITS = 12,
};

static const unsigned taken_events =
	1u << ND_EVENT_APPLIED | 1u << ND_EVENT_PULLED | 1u << ND_EVENT_MERGED |
	1u << ND_EVENT_MERGED_STABLE;

/* ---- taken ---- */

static const char *
taken_what(const struct nd_teller *to)
{
	const struct nd_applied *applied = to->thread->applied;
	const struct nd_series *series = to->thread->series;
	int version = nd_thread_taken_version(to->thread);

	if (series && applied->message < series->root)
		return nd_tr(to->i18n, "an earlier patch");
	if (version > 0 && applied->patch_count == 0)
		return x_asprintf(to->summary, "v%d", version);

	if (applied->patch_count > 0 && applied->patch_total > 0)
		return nd_wording_patches(to->summary, to->i18n, applied->patch,
		                          applied->patch_count,
		                          applied->patch_total);
	if (to->thread->category == ND_CATEGORY_PULL)
		return nd_tr(to->i18n, "the pull request");
	return series && series->total > 1 ? nd_tr(to->i18n, "the series")
	                                   : nd_tr(to->i18n, "the patch");
}

/* "a and b" of "a; b" */
static const char *
list_words(const struct nd_teller *to, const char *list)
{
	struct nd_wording_names names = {0};

	while (*list) {
		size_t len = strcspn(list, ";");

		nd_wording_add_name(&names, x_strndup(to->summary, list, len));
		list += len + strspn(list + len, "; ");
	}
	return nd_wording_names(to->summary, to->i18n, &names);
}

static const char *
taken_words(const struct nd_teller *to)
{
	const struct nd_thread *thread = to->thread;
	const struct nd_applied *applied = thread->applied;
	const char *what = taken_what(to);
	const char *by = list_words(to, applied->by);
	const char *did = nd_tr(to->i18n, nd_wording_taken(thread));
	const char *tree =
		list_words(to, nd_treename_short(to->summary, applied->tree));

	if (thread->state == ND_STATE_MERGED && *tree)
		return x_asprintf(to->summary,
		                  nd_tr(to->i18n, "%1$s was merged into %2$s"),
		                  what, tree);
	if (applied->noticed && *tree)
		return x_asprintf(to->summary,
		                  nd_tr(to->i18n, "%1$s was applied to %2$s"),
		                  what, tree);
	if (*by && *tree)
		return x_asprintf(to->summary,
		                  nd_tr(to->i18n, "%1$s %2$s %3$s to %4$s"), by,
		                  did, what, tree);
	if (*by)
		return x_asprintf(to->summary,
		                  nd_tr(to->i18n, "%1$s %2$s %3$s"), by, did,
		                  what);
	return x_asprintf(to->summary,
	                  applied->merged ? nd_tr(to->i18n, "%1$s was merged")
	                                  : nd_tr(to->i18n, "%1$s was applied"),
	                  what);
}

static void
tell_taken(struct nd_teller *to)
{
	const struct nd_thread *thread = to->thread;
	const struct nd_applied *applied = thread->applied;
	enum nd_zone zone;
	const char *text;

	if (!applied || applied->message == ND_NO_MESSAGE)
		return;
	text = taken_words(to);
	zone = nd_teller_is_new(thread, applied->message) ? ND_ZONE_DECISION
	                                                  : ND_ZONE_EARLIER;
	if (applied->commit_count == 1)
		text = x_asprintf(to->summary,
		                  nd_tr(to->i18n, "%1$s (%2$.*3$s)."), text,
		                  applied->commit[0], COMMIT_DIGITS);
	else
		text = x_asprintf(to->summary, nd_tr(to->i18n, "%s."), text);
	nd_teller_add(to, zone, text, applied->message);
}

/* ---- what comes next ---- */

/* The mail that posts the newer version; what it replaces, if that is elsewhere. */
static int32_t
mail_of_newer(const struct nd_thread *thread)
{
	int32_t mail =
		nd_thread_find_mail(thread, thread->series->next->root_id);

	return mail != ND_NO_MESSAGE ? mail : thread->series->root;
}

static void
tell_newer(struct nd_teller *to)
{
	const struct nd_series *series = to->thread->series;
	const struct nd_series_link *next = series ? series->next : NULL;
	enum nd_zone zone;
	const char *who, *day;

	if (!next || next->date_s <= 0 || !*series->author.addr)
		return;
	zone = nd_teller_is_news(to, next->date_s)
	               ? ND_ZONE_DECISION
	               : nd_teller_zone_of(to->thread, series->root);
	who = nd_address_name(to->summary, &series->author);
	day = nd_teller_day_of(to, next->date_s);
	nd_teller_add_dated(
		to, zone, next->date_s,
		next->version > series->version
			? x_asprintf(
				  to->summary,
				  nd_tr(to->i18n, "%1$s posted v%2$d on %3$s."),
				  who, next->version, day)
			: x_asprintf(to->summary,
	                             nd_tr(to->i18n,
	                                   "%1$s posted it anew on %2$s."),
	                             who, day),
		mail_of_newer(to->thread));
}

static bool
is_unanswered(const struct nd_thread *thread, const struct nd_attention *one)
{
	for (size_t i = 0; i < thread->event_count; i++)
		if (thread->event[i].type == ND_EVENT_ANSWER &&
		    thread->event[i].answers == one->message)
			return false; /* by somebody else */
	return !one->doubted &&
	       (one->why == ND_ATTENTION_ASKED ||
	        one->why == ND_ATTENTION_CHANGES) &&
	       nd_teller_is_new(thread, one->message) &&
	       nd_thread_is_silent(thread, one);
}

/* Whoever asked for something in the window, and has heard nothing. */
static void
tell_silence(struct nd_teller *to)
{
	const struct nd_thread *thread = to->thread;
	const struct nd_attention *last = NULL;
	const struct nd_address *asker;
	struct nd_wording_names names = {0};

	for (size_t i = 0; i < thread->attention_count; i++)
		if (is_unanswered(thread, &thread->attention[i]) &&
		    (!last || thread->attention[i].message > last->message))
			last = &thread->attention[i];
	if (!last)
		return;
	asker = &thread->message[last->message]->sender;
	for (size_t i = 0; i < thread->attention_count; i++) {
		const struct nd_attention *one = &thread->attention[i];

		if (is_unanswered(thread, one) &&
		    nd_address_same_person(
			    &thread->message[one->message]->sender, asker))
			nd_wording_add_name(&names, one->name);
	}
	nd_teller_add(
		to, ND_ZONE_NEW,
		x_asprintf(to->summary,
	                   nd_tr(to->i18n, "%1$s awaits an answer from %2$s."),
	                   nd_address_name(to->summary, asker),
	                   nd_wording_names(to->summary, to->i18n, &names)),
		last->message);
}

/* ---- what programs found ---- */

static bool
is_cited(const struct nd_summary *summary, int32_t mail)
{
	for (int zone = 0; zone < ND_ZONE_COUNT; zone++) {
		const struct nd_item_list *list = &summary->zone[zone];

		for (size_t i = 0; i < list->count; i++)
			for (size_t k = 0; k < list->item[i].source_count; k++)
				if (list->item[i].source[k] == mail)
					return true;
	}
	return false;
}

static const struct nd_event *
failure_of(const struct nd_thread *thread, int32_t mail)
{
	for (size_t i = 0; i < thread->event_count; i++)
		if (thread->event[i].message == mail &&
		    thread->event[i].type == ND_EVENT_TEST_RESULT &&
		    thread->event[i].flags & ND_EVENT_FAILED)
			return &thread->event[i];
	return NULL;
}

/* What is broken still, unless the program's own line tells it. */
static void
tell_failures(struct nd_teller *to)
{
	const struct nd_thread *thread = to->thread;

	for (size_t i = 0; i < thread->attention_count; i++) {
		const struct nd_attention *one = &thread->attention[i];
		const struct nd_event *event;

		if (one->why != ND_ATTENTION_TEST_FAILED ||
		    nd_message_is_person(thread->message[one->message]) ||
		    is_cited(to->summary, one->message))
			continue;
		event = failure_of(thread, one->message);
		if (event)
			nd_teller_add(
				to, nd_teller_zone_of(thread, one->message),
				x_asprintf(
					to->summary,
					nd_tr(to->i18n,
			                      "%1$s reports a failure: %2$s"),
					nd_address_name(to->summary,
			                                &event->who),
					event->text),
				one->message);
	}
}

/* ---- all of it ---- */

static void
tell_all(struct nd_teller *to)
{
	nd_posted_tell(to);
	nd_gifts_tell(to, ND_ZONE_EARLIER);
	nd_gifts_tell(to, ND_ZONE_NEW);
	tell_taken(to);
	tell_newer(to);
	tell_failures(to);
	/* In a talk the question itself says so, and the status. */
	if (to->thread->series)
		tell_silence(to);
}

unsigned
nd_telling_words(const struct nd_i18n *i18n, struct nd_thread *thread)
{
	struct nd_teller to = {.i18n = i18n,
	                       .thread = thread,
	                       .summary = x_new(NULL, struct nd_summary)};
	unsigned words = 0;

	tell_all(&to);
	for (int zone = 0; zone < ND_ZONE_COUNT; zone++) {
		const struct nd_item_list *list = &to.summary->zone[zone];

		for (size_t i = 0; i < list->count; i++)
			words += nd_itemtext_words(list->item[i].text);
	}
	words += nd_posted_name_words(&to);
	talloc_free(to.summary);
	return words;
}

bool
nd_telling_covers(unsigned events, unsigned words)
{
	return events & taken_events && words <= COVERED_WORDS;
}

/* "Applied, thanks!", above the fact that says what and where. */
static void
drop_covered(struct nd_teller *to)
{
	if (!to->thread->applied)
		return;
	for (int zone = 0; zone < ND_ZONE_COUNT; zone++) {
		struct nd_item_list *list = &to->summary->zone[zone];

		for (size_t i = list->count; i-- > 0;)
			if (!list->item[i].fact &&
			    nd_telling_covers(
				    list->item[i].events,
				    nd_itemtext_words(list->item[i].text)))
				nd_teller_take_out(list, i);
	}
}

void
nd_telling_tell(const struct nd_i18n *i18n, struct nd_thread *thread)
{
	struct nd_teller to = {
		.i18n = i18n, .thread = thread, .summary = thread->summary};

	if (!thread->summary || thread->summary->model)
		return;
	drop_covered(&to);
	nd_fulfilled_move(&to);
	nd_posted_name_author(&to);
	nd_posted_name_patches(&to);
	nd_posted_name_quoter(&to);
	tell_all(&to);
}
