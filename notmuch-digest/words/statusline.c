/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "words/statusline.h"

#include <string.h>

#include "model/address.h"
#include "text/treename.h"
#include "util/alloc.h"
#include "util/time.h"
#include "words/facts.h"
#include "words/maillist.h"

enum { STATUS_BYTES_MAX = 4096, TYPES_MAX = 8, SHOWN_MAX = 3 };

/* Marks a text for xgettext where it stands in a table. */
#define N_(text) text

const char *
nd_statusline_state(const struct nd_labels *labels, enum nd_thread_state state)
{
	static const char *const words[ND_STATE_COUNT] = {
		[ND_STATE_NEW] = N_("no answer yet"),
		[ND_STATE_UNDER_REVIEW] = N_("under review"),
		[ND_STATE_CHANGES_REQUESTED] = N_("changes requested"),
		[ND_STATE_REVIEWED] = N_("reviewed"),
		[ND_STATE_APPLIED] = N_("applied"),
		[ND_STATE_PULLED] = N_("pulled"),
		[ND_STATE_MERGED] = N_("merged"),
		[ND_STATE_MERGED_STABLE] = N_("added to stable"),
		[ND_STATE_SUPERSEDED] = N_("superseded"),
		[ND_STATE_WITHDRAWN] = N_("withdrawn"),
		[ND_STATE_REJECTED] = N_("rejected"),
		[ND_STATE_ANSWERED] = N_("answered"),
		[ND_STATE_OPEN] = N_("open"),
	};

	return nd_tr(labels->i18n, words[state]);
}

static bool
is_taken(enum nd_thread_state state)
{
	return state == ND_STATE_APPLIED || state == ND_STATE_PULLED ||
	       state == ND_STATE_MERGED || state == ND_STATE_MERGED_STABLE;
}

const char *
nd_statusline_part(const void *ctx, const struct nd_labels *labels,
                   const struct nd_thread *thread)
{
	const struct nd_applied *applied = thread->applied;

	if (!applied || applied->patch_count == 0)
		return NULL;
	if (applied->patch_total == 0)
		return x_asprintf(ctx,
		                  nd_label_tr(labels, "%zu patches applied"),
		                  applied->patch_count);
	return x_asprintf(ctx,
	                  applied->merged
	                          ? nd_label_tr(labels, "%zu of %d merged")
	                          : nd_label_tr(labels, "%zu of %d applied"),
	                  applied->patch_count, applied->patch_total);
}

const char *
nd_statusline_brief(const void *ctx, const struct nd_labels *labels,
                    const struct nd_thread *thread)
{
	const char *state = nd_statusline_state(labels, thread->state);
	const char *part = nd_statusline_part(ctx, labels, thread);

	if (!part)
		return state;
	return is_taken(thread->state)
	               ? part
	               : x_asprintf(ctx, nd_label_tr(labels, "%s, %s"), state,
	                            part);
}

/* "a and b" of "a; b", "a, b and c" of "a; b; c" */
static const char *
names(const void *ctx, const struct nd_labels *labels, const char *list)
{
	const char *end = strrchr(list, ';');
	struct nd_buf *out = nd_buf_new(ctx, STATUS_BYTES_MAX);

	if (!end)
		return list;
	for (const char *at = list; at < end; at++)
		nd_buf_addc(out, *at == ';' ? ',' : *at);
	return x_asprintf(ctx, nd_label_tr(labels, "%s and %s"),
	                  nd_buf_finish(ctx, out), end + strspn(end, "; "));
}

/* "2 of 4 applied to fabric/for-next by Henrik Aldous" */
static const char *
taken_words(const void *ctx, const struct nd_labels *labels,
            const struct nd_thread *thread)
{
	const struct nd_applied *applied = thread->applied;
	struct nd_buf *out = nd_buf_new(ctx, STATUS_BYTES_MAX);
	const char *part = nd_statusline_part(ctx, labels, thread);
	const char *tree =
		names(out, labels, nd_treename_short(out, applied->tree));
	const char *by = names(out, labels, applied->by);
	bool merged = thread->state == ND_STATE_MERGED;
	int version = nd_thread_taken_version(thread);

	/* The tree says that it is a stable one. */
	if (!part && thread->state == ND_STATE_MERGED_STABLE && *applied->tree)
		part = nd_label_tr(labels, "added");
	nd_buf_adds(out,
	            part ? part : nd_statusline_state(labels, thread->state));
	if (*applied->tree && applied->noticed)
		nd_buf_addf(out,
		            merged ? nd_label_tr(labels, " into %s")
		                   : nd_label_tr(labels, " to %s"),
		            tree);
	else if (*applied->tree && *applied->by)
		nd_buf_addf(out,
		            merged ? nd_label_tr(labels, " into %s by %s")
		                   : nd_label_tr(labels, " to %s by %s"),
		            tree, by);
	else if (*applied->by)
		nd_buf_addf(out, nd_label_tr(labels, " by %s"), by);
	if (version > 0)
		nd_buf_addf(out, " (v%d)", version);
	return nd_buf_finish(ctx, out);
}

const char *
nd_statusline_superseded(const void *ctx, const struct nd_labels *labels,
                         const struct nd_series *series)
{
	/* An RFC is followed by what is none, a resend by the same. */
	if (series->next->version <= series->version)
		return nd_label_tr(labels, "posted anew");
	return x_asprintf(ctx, nd_label_tr(labels, "superseded by v%d"),
	                  series->next->version);
}

static const char *
state_phrase(const void *ctx, const struct nd_labels *labels,
             const struct nd_thread *thread)
{
	const struct nd_series *series = thread->series;

	if (is_taken(thread->state) && thread->applied)
		return taken_words(ctx, labels, thread);
	if (thread->state == ND_STATE_SUPERSEDED && series && series->next)
		return nd_statusline_superseded(ctx, labels, series);
	return nd_statusline_state(labels, thread->state);
}

/* Some patches are taken, and the state is that of the others. */
static bool
is_partly(const struct nd_thread *thread)
{
	return thread->applied && thread->applied->patch_count > 0 &&
	       !is_taken(thread->state);
}

/* How often each tag was given, in the order of the first of each. */
struct tags {
	const char *name[TYPES_MAX];
	size_t count[TYPES_MAX], types;
};

static void
count_tag(struct tags *tags, const char *name)
{
	size_t k = 0;

	while (k < tags->types && strcmp(tags->name[k], name) != 0)
		k++;
	if (k == TYPES_MAX)
		return;
	if (k == tags->types)
		tags->name[tags->types++] = name;
	tags->count[k]++;
}

/* "R-b" of Reviewed-by, and one more of Reviewed-and-tested-by; others are
 * spelled out. */
static void
count_trailer(struct tags *tags, const struct nd_trailer *trailer)
{
	static const char *const deeds[][2] = {
		{"reviewed", "R-b"},
		{"acked", "A-b"},
		{"tested", "T-b"},
	};
	bool counted = false;

	for (size_t i = 0; i < sizeof deeds / sizeof *deeds; i++)
		if (nd_trailer_says(trailer->type, deeds[i][0])) {
			count_tag(tags, deeds[i][1]);
			counted = true;
		}
	if (!counted)
		count_tag(tags, trailer->type);
}

/* "R-b 3, T-b 1" */
static const char *
tag_counts(const void *ctx, const struct nd_thread *thread)
{
	struct nd_buf *out = nd_buf_new(ctx, STATUS_BYTES_MAX);
	struct tags tags = {.types = 0};

	for (size_t i = 0; i < thread->trailer_count; i++)
		count_trailer(&tags, &thread->trailer[i]);
	for (size_t k = 0; k < tags.types; k++)
		nd_buf_addf(out, "%s%s %zu", k > 0 ? ", " : "", tags.name[k],
		            tags.count[k]);
	return nd_buf_finish(ctx, out);
}

/* "AI review 2": apart from those of people. */
static const char *
ai_reviews(const void *ctx, const struct nd_labels *labels,
           const struct nd_thread *thread)
{
	size_t count = 0;

	for (size_t i = 0; i < thread->message_count; i++)
		count += (thread->message[i]->flags & ND_MESSAGE_AI) != 0;
	return count == 0 ? ""
	                  : x_asprintf(ctx, "%s %zu",
	                               nd_label_tr(labels, "AI review"), count);
}

/* Whose mail it is. */
static const char *
writer(const void *ctx, const struct nd_thread *thread, int32_t message)
{
	return nd_address_name(ctx, &thread->message[message]->sender);
}

/* What was wanted, of which it is not sure that it was promised. */
static enum nd_attention_why
why_of(const struct nd_thread *thread, const struct nd_attention *one)
{
	if (one->why != ND_ATTENTION_PROMISED || !one->doubted)
		return one->why;
	return nd_message_is_person(thread->message[one->message])
	               ? ND_ATTENTION_CHANGES
	               : ND_ATTENTION_TEST_FAILED;
}

/* Others have said that they change it: all of what is wanted of this one. */
static bool
is_taken_up(const struct nd_thread *thread, const struct nd_attention *one)
{
	if (one->taken_up == ND_NO_MESSAGE)
		return false;
	for (size_t i = 0; i < thread->more_attention_count; i++) {
		const struct nd_attention *more = &thread->more_attention[i];

		if (more->why == one->why && more->taken_up == ND_NO_MESSAGE &&
		    nd_address_same_person(&more->who, &one->who))
			return false;
	}
	return true;
}

/*
 * Is it sure enough to be told? Of a doubtful promise what was wanted before is;
 * a last word is one when no other person has written since.
 */
static bool
is_sure(const struct nd_thread *thread, const struct nd_attention *one)
{
	size_t i = thread->message_count;

	if (is_taken_up(thread, one))
		return false;
	if (one->why == ND_ATTENTION_PROMISED)
		return !one->doubted ||
		       !nd_address_same_person(
			       &thread->message[one->message]->sender,
			       &one->who);
	if (one->why != ND_ATTENTION_TO_ANSWER)
		return !one->doubted;
	while (i-- > (size_t)one->message + 1)
		if (nd_message_is_person(thread->message[i]))
			return false;
	return true;
}

/*
 * "waiting for Ann since 2021-03-16 (changes asked for by Ben)"; of what is not
 * sure only what could be.
 */
static const char *
attention_words(const void *ctx, const struct nd_labels *labels,
                const struct nd_thread *thread, const struct nd_attention *one)
{
	static const char *const words[ND_ATTENTION_COUNT] = {
		[ND_ATTENTION_PROMISED] =
			N_("waiting for %1$s since %2$s (promised a change)"),
		[ND_ATTENTION_CHANGES] = N_("waiting for %1$s since %2$s "
	                                    "(changes asked for by %3$s)"),
		[ND_ATTENTION_ASKED] =
			N_("waiting for %1$s since %2$s (asked by %3$s)"),
		[ND_ATTENTION_TEST_FAILED] =
			N_("waiting for %1$s since %2$s (a test failed)"),
		[ND_ATTENTION_TO_ANSWER] = N_("last word: %3$s, %2$s, to %1$s"),
		[ND_ATTENTION_TO_REVIEW] =
			N_("could be reviewed by %1$s since %2$s"),
		[ND_ATTENTION_TO_APPLY] =
			N_("could be applied by %1$s since %2$s"),
	};
	const char *since = one->since_s > 0
	                            ? nd_time_utc(ctx, "%Y-%m-%d", one->since_s)
	                            : "?";

	return x_asprintf(ctx, nd_label_tr(labels, words[why_of(thread, one)]),
	                  one->name, since, writer(ctx, thread, one->message));
}

/* The last person's mail, when nobody is surely expected to act. */
static const char *
last_word(const void *ctx, const struct nd_labels *labels,
          const struct nd_thread *thread)
{
	size_t i = thread->message_count;

	if (thread->state != ND_STATE_UNDER_REVIEW &&
	    thread->state != ND_STATE_CHANGES_REQUESTED &&
	    thread->state != ND_STATE_OPEN)
		return "";
	while (i-- > 0) {
		const struct nd_message *message = thread->message[i];

		if ((int32_t)i == thread->root ||
		    nd_message_day_s(message) <= 0 ||
		    !nd_message_is_person(message))
			continue;
		return x_asprintf(
			ctx, nd_label_tr(labels, "last word: %s, %s"),
			nd_address_name(ctx, &message->sender),
			nd_time_utc(ctx, "%Y-%m-%d", message->date_s));
	}
	return "";
}

static const char *
waiting_words(const void *ctx, const struct nd_labels *labels,
              const struct nd_thread *thread)
{
	struct nd_buf *out = nd_buf_new(ctx, STATUS_BYTES_MAX);

	for (size_t i = 0; i < thread->attention_count && i < SHOWN_MAX; i++)
		if (is_sure(thread, &thread->attention[i]))
			nd_buf_addf(out, "%s%s", out->len > 0 ? "; " : "",
			            attention_words(out, labels, thread,
			                            &thread->attention[i]));
	return out->len > 0 ? nd_buf_finish(ctx, out)
	                    : last_word(ctx, labels, thread);
}

static void
add_part(struct nd_buf *out, const char *part)
{
	if (*part)
		nd_buf_addf(out, "%s%s", out->len > 0 ? " · " : "", part);
}

const char *
nd_statusline_add(const void *ctx, const struct nd_labels *labels,
                  const struct nd_thread *thread)
{
	struct nd_buf *out = nd_buf_new(ctx, STATUS_BYTES_MAX);

	add_part(out, nd_facts_kind(out, labels, thread));
	add_part(out, state_phrase(out, labels, thread));
	if (is_partly(thread))
		add_part(out, taken_words(out, labels, thread));
	add_part(out, nd_facts_versions(out, labels, thread));
	add_part(out, tag_counts(out, thread));
	add_part(out, ai_reviews(out, labels, thread));
	add_part(out, waiting_words(out, labels, thread));
	if (thread->stalled)
		add_part(out, nd_label_tr(labels, "stalled"));
	return nd_buf_finish(ctx, out);
}

const char *
nd_statusline_outcome(const void *ctx, const struct nd_labels *labels,
                      const struct nd_thread *thread)
{
	struct nd_buf *out = nd_buf_new(ctx, STATUS_BYTES_MAX);

	if (thread->state != ND_STATE_SUPERSEDED)
		nd_buf_adds(out, state_phrase(out, labels, thread));
	if (is_partly(thread))
		nd_buf_addf(out, "%s%s", out->len > 0 ? ", " : "",
		            taken_words(out, labels, thread));
	return nd_buf_finish(ctx, out);
}

static const char *
for_you_words(const struct nd_labels *labels, const struct nd_for_you *one)
{
	static const char *const words[ND_FOR_YOU_COUNT] = {
		[ND_FOR_YOU_ASKED] = N_("asks you"),
		[ND_FOR_YOU_PROMISED] = N_("you promised a change"),
		[ND_FOR_YOU_ANSWER] = N_("answers you"),
		[ND_FOR_YOU_REVIEW] = N_("could be reviewed by you"),
		[ND_FOR_YOU_APPLY] = N_("could be applied by you"),
		[ND_FOR_YOU_QUESTION] = N_("asks about your patches"),
		[ND_FOR_YOU_CHANGES] = N_("wants changes"),
		[ND_FOR_YOU_TEST] = N_("test failed"),
		[ND_FOR_YOU_TAG] = N_("new tag"),
		[ND_FOR_YOU_APPLIED] = N_("taken"),
	};

	return nd_tr(labels->i18n, words[one->why]);
}

static bool
is_same_reason(const struct nd_for_you *a, const struct nd_for_you *b)
{
	return a->why == b->why && a->turn == b->turn;
}

/* All mails of one reason: "new tag [#4], [#5] and 3 more". */
static void
add_reason(struct nd_buf *out, const struct nd_labels *labels,
           const struct nd_thread *thread, size_t first)
{
	const struct nd_for_you *you = &thread->for_you[first];
	unsigned long shown = 0, more = 0;

	nd_buf_adds(out, for_you_words(labels, you));
	for (size_t i = first; i < thread->for_you_count; i++) {
		const struct nd_for_you *one = &thread->for_you[i];

		if (!is_same_reason(one, you))
			continue;
		if (shown == SHOWN_MAX) {
			more++;
			continue;
		}
		nd_buf_addf(
			out, "%s %s", shown++ > 0 ? "," : "",
			nd_maillist_place(out, labels, thread, one->message));
	}
	if (more == 0)
		return;
	nd_buf_addc(out, ' ');
	nd_buf_addf(out,
	            nd_trn(labels->i18n, "and %lu more", "and %lu more", more),
	            more);
}

static bool
is_told(const struct nd_thread *thread, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (is_same_reason(&thread->for_you[k], &thread->for_you[i]))
			return true;
	return false;
}

static void
add_for_you(struct nd_buf *out, const struct nd_labels *labels,
            const struct nd_thread *thread, size_t i)
{
	const struct nd_for_you *one = &thread->for_you[i];

	if (is_told(thread, i))
		return;
	nd_buf_adds(out, out->len > 0 ? "; " : "");
	if (one->why == ND_FOR_YOU_TO)
		nd_buf_addf(out,
		            nd_trn(labels->i18n, "%u mail to you",
		                   "%u mails to you", one->mails),
		            one->mails);
	else
		add_reason(out, labels, thread, i);
}

/* What the user must do, then what is asked, then what is good to know. */
static unsigned
rank_of(const struct nd_for_you *one)
{
	if (one->turn)
		return 0;
	return one->why == ND_FOR_YOU_ASKED || one->why == ND_FOR_YOU_QUESTION
	               ? 1
	               : 2;
}

const char *
nd_statusline_for_you(const void *ctx, const struct nd_labels *labels,
                      const struct nd_thread *thread)
{
	struct nd_buf *out = nd_buf_new(ctx, STATUS_BYTES_MAX);

	for (unsigned rank = 0; rank <= 2; rank++)
		for (size_t i = 0; i < thread->for_you_count; i++)
			if (rank_of(&thread->for_you[i]) == rank)
				add_for_you(out, labels, thread, i);
	return nd_buf_finish(ctx, out);
}
