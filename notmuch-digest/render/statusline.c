/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/statusline.h"

#include <string.h>

#include "render/facts.h"
#include "render/maillist.h"
#include "util/alloc.h"
#include "util/time.h"

enum { STATUS_BYTES_MAX = 4096, TYPES_MAX = 8 };

/* Marks a text for xgettext where it stands in a table. */
#define N_(text) text

static const char *tr(const struct nd_labels *labels, const char *text)
	__attribute__((format_arg(2)));

static const char *
tr(const struct nd_labels *labels, const char *text)
{
	return nd_tr(labels->i18n, text);
}

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
		return x_asprintf(ctx, tr(labels, "%zu patches applied"),
		                  applied->patch_count);
	return x_asprintf(ctx, tr(labels, "%zu of %d applied"),
	                  applied->patch_count, applied->patch_total);
}

/* "2 of 4 applied to fabric/for-next by Henrik Aldous" */
static const char *
taken_words(const void *ctx, const struct nd_labels *labels,
            const struct nd_thread *thread)
{
	const struct nd_applied *applied = thread->applied;
	struct nd_buf *out = nd_buf_new(ctx, STATUS_BYTES_MAX);
	const char *part = nd_statusline_part(ctx, labels, thread);

	nd_buf_adds(out,
	            part ? part : nd_statusline_state(labels, thread->state));
	if (*applied->tree && *applied->by)
		nd_buf_addf(out, tr(labels, " to %s by %s"), applied->tree,
		            applied->by);
	else if (*applied->by)
		nd_buf_addf(out, tr(labels, " by %s"), applied->by);
	return nd_buf_finish(ctx, out);
}

static const char *
state_phrase(const void *ctx, const struct nd_labels *labels,
             const struct nd_thread *thread)
{
	const struct nd_series *series = thread->series;

	if (is_taken(thread->state) && thread->applied)
		return taken_words(ctx, labels, thread);
	if (thread->state == ND_STATE_SUPERSEDED && series && series->next)
		return x_asprintf(ctx, tr(labels, "superseded by v%d"),
		                  series->next->version);
	return nd_statusline_state(labels, thread->state);
}

/* Some patches are taken, and the state is that of the others. */
static bool
is_partly(const struct nd_thread *thread)
{
	return thread->applied && thread->applied->patch_count > 0 &&
	       !is_taken(thread->state);
}

/* "R-b" of Reviewed-by; others are spelled out. */
static const char *
short_type(const char *type)
{
	static const char *const pairs[][2] = {
		{"Reviewed-by", "R-b"},
		{"Acked-by", "A-b"},
		{"Tested-by", "T-b"},
	};

	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
		if (strcmp(pairs[i][0], type) == 0)
			return pairs[i][1];
	return type;
}

/* "R-b 3, T-b 1", in the order in which the types were first given. */
static const char *
tag_counts(const void *ctx, const struct nd_thread *thread)
{
	struct nd_buf *out = nd_buf_new(ctx, STATUS_BYTES_MAX);
	const char *type[TYPES_MAX];
	size_t count[TYPES_MAX] = {0}, types = 0;

	for (size_t i = 0; i < thread->trailer_count; i++) {
		size_t k = 0;

		while (k < types &&
		       strcmp(type[k], thread->trailer[i].type) != 0)
			k++;
		if (k == TYPES_MAX)
			continue;
		if (k == types)
			type[types++] = thread->trailer[i].type;
		count[k]++;
	}
	for (size_t k = 0; k < types; k++)
		nd_buf_addf(out, "%s%s %zu", k > 0 ? ", " : "",
		            short_type(type[k]), count[k]);
	return nd_buf_finish(ctx, out);
}

static const char *
waiting_words(const void *ctx, const struct nd_labels *labels,
              const struct nd_thread *thread)
{
	int64_t last_s = 0;

	if (!thread->waiting_for)
		return "";
	for (size_t i = 0; i < thread->message_count; i++)
		if (thread->message[i]->date_s > last_s)
			last_s = thread->message[i]->date_s;
	if (last_s <= 0)
		return x_asprintf(ctx, tr(labels, "waiting for %s"),
		                  thread->waiting_for);
	return x_asprintf(ctx, tr(labels, "waiting for %s since %s"),
	                  thread->waiting_for,
	                  nd_time_utc(ctx, "%Y-%m-%d", last_s));
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
	add_part(out, waiting_words(out, labels, thread));
	if (thread->stalled)
		add_part(out, tr(labels, "stalled"));
	return nd_buf_finish(ctx, out);
}

const char *
nd_statusline_for_you(const void *ctx, const struct nd_labels *labels,
                      const struct nd_thread *thread)
{
	static const char *const words[ND_FOR_YOU_COUNT] = {
		[ND_FOR_YOU_ASKED] = N_("asks you"),
		[ND_FOR_YOU_QUESTION] = N_("asks about your patches"),
		[ND_FOR_YOU_CHANGES] = N_("wants changes"),
		[ND_FOR_YOU_TAG] = N_("new tag"),
		[ND_FOR_YOU_APPLIED] = N_("taken"),
		[ND_FOR_YOU_TEST] = N_("test failed"),
		[ND_FOR_YOU_TO] = N_("to you"),
	};
	struct nd_buf *out = nd_buf_new(ctx, STATUS_BYTES_MAX);

	for (size_t i = 0; i < thread->for_you_count; i++) {
		const struct nd_for_you *one = &thread->for_you[i];

		/* That it is in To is only said when nothing else is. */
		if (one->why == ND_FOR_YOU_TO && i > 0 &&
		    one[-1].message == one->message)
			continue;
		nd_buf_addf(
			out, "%s%s %s", out->len > 0 ? ", " : "",
			nd_tr(labels->i18n, words[one->why]),
			nd_maillist_place(out, labels, thread, one->message));
	}
	return nd_buf_finish(ctx, out);
}
