/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analyse/applied.h"

#include <stdlib.h>
#include <string.h>

#include "analyse/acceptance.h"
#include "analyse/mailevents.h"
#include "analyse/patchlist.h"
#include "analyse/posting.h"
#include "model/address.h"
#include "text/phrase.h"
#include "util/alloc.h"
#include "util/buf.h"
#include "util/str.h"

/* "as commit 1a2b3c4", "(commit 1a2b3c4)" of the sentence itself. */
static void
add_said_commit(const struct nd_mailevents *mail, struct nd_event *event,
                const struct nd_acceptance *claim)
{
	static const char *const before[] = {"as commit ", "(commit ", " as ",
	                                     ", commit "};
	const char *text = claim->said->text;
	const char *end = text + claim->said->len;

	for (size_t i = 0; i < sizeof before / sizeof *before; i++) {
		const char *at =
			nd_mem_find_nocase(text, claim->said->len, before[i]);
		size_t len;

		if (!at)
			continue;
		at += strlen(before[i]);
		len = nd_mailevents_commit_len(at, (size_t)(end - at));
		if (len == 0)
			continue;
		nd_mailevents_add_commit(mail->thread, event, at, len);
		return;
	}
}

static void
add_range(const struct nd_mailevents *mail, struct nd_event *event, int first,
          int last)
{
	enum { RANGE_MAX = 200 };

	if (first < 1 || last < first || last - first > RANGE_MAX)
		return;
	for (int i = first; i <= last; i++)
		nd_mailevents_add_patch(mail->thread, event, i);
}

static int
read_number(const char **at, const char *end)
{
	int number = 0;

	while (*at < end && nd_is_digit(**at) && number < 100000)
		number = number * 10 + *(*at)++ - '0';
	return number;
}

/* "5", "1-3 and 7", "#2", "1/5, 2/5": what follows the word patches. */
static void
add_numbers(const struct nd_mailevents *mail, struct nd_event *event,
            const char *at, const char *end)
{
	while (at < end) {
		int first, last;

		if (nd_mem_starts_nocase(at, (size_t)(end - at), "and "))
			at += 4;
		if (at < end && strchr(" ,#&", *at)) {
			at++;
			continue;
		}
		first = last = read_number(&at, end);
		if (first == 0)
			return;
		if (at < end && *at == '-') {
			at++;
			last = read_number(&at, end);
		} else if (at < end && *at == '/') {
			at++;
			read_number(&at, end); /* the total */
		}
		add_range(mail, event, first, last);
	}
}

static void
set_patches(const struct nd_mailevents *mail, struct nd_event *event,
            const struct nd_acceptance *claim)
{
	const struct nd_message *target = NULL;
	const char *text = claim->said->text;
	const char *end = text + claim->said->len;
	const char *at = nd_phrase_find_word(text, claim->said->len, "patches");

	if (mail->target != ND_NO_MESSAGE)
		target = mail->thread->message[mail->target];
	if (!at)
		at = nd_phrase_find_word(text, claim->said->len, "patch");
	if (at) {
		while (at < end && nd_phrase_is_word_byte(*at))
			at++;
		add_numbers(mail, event, at, end);
	}
	if (event->patch_count > 0)
		return;
	if (nd_acceptance_says(claim, "first patch"))
		nd_mailevents_add_patch(mail->thread, event, 1);
	else if (nd_acceptance_says(claim, "first two"))
		add_range(mail, event, 1, 2);
	else if (nd_acceptance_says(claim, "first three"))
		add_range(mail, event, 1, 3);
	else if (target && target->parts->number > 0 &&
	         target->parts->total > 1 &&
	         !nd_acceptance_says(claim, "series") &&
	         !nd_acceptance_says(claim, "all") &&
	         !nd_acceptance_says(claim, "both") &&
	         !nd_acceptance_says(claim, "patches") &&
	         !nd_acceptance_says(claim, "set") &&
	         !nd_acceptance_says(claim, "them") &&
	         !nd_acceptance_says(claim, "these"))
		nd_mailevents_add_patch(mail->thread, event,
		                        target->parts->number);
}

static enum nd_event_type
type_of(const struct nd_mailevents *mail, const struct nd_acceptance *claim)
{
	const struct nd_thread *thread = mail->thread;
	const struct nd_message *about = mail->message;

	if (claim->bits & ND_ACCEPTANCE_PULL)
		return ND_EVENT_PULLED;
	if (mail->target != ND_NO_MESSAGE)
		about = thread->message[mail->target];
	/* "Merged, thanks": a pull request is merged by pulling it. */
	if ((about->parts->flags & ND_SUBJECT_PULL) &&
	    nd_acceptance_says(claim, "merged"))
		return ND_EVENT_PULLED;
	return ND_EVENT_APPLIED;
}

/*
 * Authors say "Applied" of what they will send next ("Applied, thanks" to a
 * suggestion); a maintainer's own patches need a tree or a proof.
 */
static bool
may_claim(const struct nd_mailevents *mail, const struct nd_acceptance *claim)
{
	if (!mail->by_author)
		return true;
	return nd_patchlist_is_there(mail) ||
	       (claim->tree &&
	        !(claim->bits & (ND_ACCEPTANCE_PERSON | ND_ACCEPTANCE_VAGUE)));
}

void
nd_applied_read(const struct nd_mailevents *mail)
{
	if (!mail->on_patch)
		return;
	for (size_t i = 0; i < mail->said.count; i++) {
		struct nd_event *event;
		struct nd_acceptance claim;

		if (!nd_acceptance_read(&mail->said.utterance[i], &claim) ||
		    !may_claim(mail, &claim))
			continue;
		event = nd_mailevents_say(mail, type_of(mail, &claim),
		                          claim.said);
		if (claim.tree)
			event->tree = x_strndup(mail->thread, claim.tree,
			                        claim.tree_len);
		if (nd_patchlist_read(mail, event) == 0) {
			add_said_commit(mail, event, &claim);
			nd_patchlist_add_shown(mail, event);
			set_patches(mail, event, &claim);
		}
		return; /* one mail says it once */
	}
}

/* ---- all mails that say so together -------------------------------------- */

enum { NAMES_BYTES = 1000 };

static bool
is_taken(const bool *foreign, const struct nd_event *event)
{
	if (event->about != ND_NO_MESSAGE && foreign[event->about])
		return false;
	return event->type == ND_EVENT_APPLIED ||
	       event->type == ND_EVENT_PULLED ||
	       event->type == ND_EVENT_MERGED ||
	       event->type == ND_EVENT_MERGED_STABLE;
}

/* Append to a list of names, unless it is there. */
static void
add_name(struct nd_buf *names, const char *name)
{
	const char *at = names->data;
	size_t len = strlen(name);

	if (len == 0)
		return;
	while ((at = strstr(at, name))) {
		if ((at == names->data || at[-1] == ' ') &&
		    (at[len] == '\0' || at[len] == ';'))
			return;
		at += len;
	}
	nd_buf_addf(names, "%s%s", names->len > 0 ? "; " : "", name);
}

static int
compare_ints(const void *a, const void *b)
{
	int x = *(const int *)a, y = *(const int *)b;

	return (x > y) - (x < y);
}

static void
add_patches(struct nd_applied *applied, const struct nd_event *event)
{
	for (size_t i = 0; i < event->patch_count; i++)
		*(int *)x_append(applied, applied->patch,
		                 applied->patch_count) = event->patch[i];
}

/* Sorted, each once; none at all when they are all of the series. */
static void
tidy_patches(struct nd_applied *applied, bool all, int total)
{
	size_t kept = 0;

	if (all)
		applied->patch_count = 0;
	if (applied->patch_count == 0)
		return;
	qsort(applied->patch, applied->patch_count, sizeof *applied->patch,
	      compare_ints);
	for (size_t i = 0; i < applied->patch_count; i++)
		if (kept == 0 || applied->patch[kept - 1] != applied->patch[i])
			applied->patch[kept++] = applied->patch[i];
	applied->patch_count = kept == (size_t)total ? 0 : kept;
}

static void
add_commits(struct nd_applied *applied, const struct nd_event *event)
{
	for (size_t i = 0; i < event->commit_count; i++)
		*x_append(applied, applied->commit, applied->commit_count) =
			event->commit[i];
}

static bool
is_by_person(const struct nd_thread *thread, const struct nd_event *event)
{
	const struct nd_message *message = thread->message[event->message];

	return !(message->flags & ND_MESSAGE_ROBOT) ||
	       !nd_str_equal_nocase(event->who.addr, message->sender.addr);
}

/* Those who took patches, each once, as a mail of theirs names them. */
struct takers {
	const struct nd_address **who;
	size_t count;
};

static void
add_taker(const void *ctx, struct takers *takers, const struct nd_address *who)
{
	for (size_t i = 0; i < takers->count; i++) {
		if (!nd_address_same_person(takers->who[i], who))
			continue;
		/* A tree's scripts send mail without a name. */
		if (!*takers->who[i]->name)
			takers->who[i] = who;
		return;
	}
	*x_append(ctx, takers->who, takers->count) = who;
}

static const char *
taker_names(const void *ctx, const struct takers *takers)
{
	struct nd_buf *names = nd_buf_new(ctx, NAMES_BYTES);

	for (size_t i = 0; i < takers->count; i++)
		add_name(names, nd_address_name(names, takers->who[i]));
	return names->data;
}

void
nd_applied_settle(struct nd_thread *thread, const bool *foreign)
{
	const struct nd_series *series = nd_posting_newest_series(thread);
	struct nd_applied *applied = NULL;
	struct nd_buf *trees = nd_buf_new(NULL, NAMES_BYTES);
	struct takers takers = {0};
	const char *robot = "";
	bool all = false;

	for (size_t i = 0; i < thread->event_count; i++) {
		const struct nd_event *event = &thread->event[i];

		if (!is_taken(foreign, event))
			continue;
		if (!applied)
			applied = x_new(thread, struct nd_applied);
		all = all || event->patch_count == 0;
		add_patches(applied, event);
		add_commits(applied, event);
		add_name(trees, event->tree ? event->tree : "");
		if (is_by_person(thread, event))
			add_taker(trees, &takers, &event->who);
		else
			robot = nd_address_name(trees, &event->who);
		applied->message = event->message;
		applied->date_s = thread->message[event->message]->date_s;
	}
	TALLOC_FREE(thread->applied);
	if (applied) {
		tidy_patches(applied, all, series ? series->total : 0);
		applied->tree = x_strdup(applied, trees->data);
		applied->by = x_strdup(
			applied,
			takers.count > 0 ? taker_names(trees, &takers) : robot);
		thread->applied = applied;
	}
	talloc_free(trees);
}
