/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "llm/chunk.h"

#include <stdlib.h>
#include <string.h>

#include "util/alloc.h"

/* The share of a request that one mail may take, when not all fit into one. */
enum { MAIL_SHARE = 3 };

struct planner {
	const struct nd_llm_context *dossier;
	const bool *skip;
	size_t tokens;
	struct nd_llm_chunks *plan;
	uint32_t *next; /* mail of the same branch; 0: none */
	size_t *sum;    /* tokens of the branch that begins with a mail */
};

static bool
is_skipped(const struct planner *planner, size_t mail)
{
	return planner->skip && planner->skip[mail];
}

static size_t
cost(const struct planner *planner, size_t mail)
{
	size_t tokens = planner->dossier->mail[mail].tokens;
	size_t most = planner->plan->mail_tokens;

	return most && tokens > most ? most : tokens;
}

static void
add(const struct planner *planner, struct nd_llm_chunk *piece, size_t mail)
{
	*x_append(planner->plan, piece->mail, piece->count) = (uint32_t)mail;
	piece->tokens += cost(planner, mail);
}

static struct nd_llm_chunk *
begin(const struct planner *planner)
{
	struct nd_llm_chunks *plan = planner->plan;
	struct nd_llm_chunk *piece = x_append(plan, plan->piece, plan->count);

	if (!is_skipped(planner, 0))
		add(planner, piece, 0);
	return piece;
}

/* Chain the mails of each branch, and add up what they take. */
static void
join_branches(struct planner *planner)
{
	size_t count = planner->dossier->mail_count;
	uint32_t *last = x_array(planner->plan, uint32_t, count);

	planner->next = x_array(planner->plan, uint32_t, count);
	planner->sum = x_array(planner->plan, size_t, count);

	for (uint32_t i = 1; i < count; i++) {
		int32_t branch = planner->dossier->mail[i].branch;

		if (branch != (int32_t)i)
			planner->next[last[branch]] = i;
		last[branch] = i;
		if (!is_skipped(planner, i))
			planner->sum[branch] += cost(planner, i);
	}
}

/* A branch with what it fits to; one too big for any request in a row. */
static struct nd_llm_chunk *
add_branch(const struct planner *planner, struct nd_llm_chunk *piece,
           uint32_t branch)
{
	if (piece->count > 1 &&
	    piece->tokens + planner->sum[branch] > planner->tokens)
		piece = begin(planner);
	for (uint32_t i = branch; i > 0; i = planner->next[i]) {
		if (is_skipped(planner, i))
			continue;
		if (piece->count > 1 &&
		    piece->tokens + cost(planner, i) > planner->tokens)
			piece = begin(planner);
		add(planner, piece, i);
	}
	return piece;
}

static int
compare_mails(const void *a, const void *b)
{
	const uint32_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

/* The newest pieces say more about where the thread stands. */
static void
leave_out_oldest(struct nd_llm_chunks *plan)
{
	size_t extra;

	if (plan->count <= ND_LLM_CHUNKS_MAX)
		return;
	extra = plan->count - ND_LLM_CHUNKS_MAX;
	memmove(plan->piece, plan->piece + extra,
	        ND_LLM_CHUNKS_MAX * sizeof *plan->piece);
	plan->count = ND_LLM_CHUNKS_MAX;
}

static void
cut_in_pieces(struct planner *planner)
{
	struct nd_llm_chunks *plan = planner->plan;
	struct nd_llm_chunk *piece;

	plan->mail_tokens = planner->tokens / MAIL_SHARE;
	join_branches(planner);
	piece = begin(planner);
	for (uint32_t i = 1; i < planner->dossier->mail_count; i++)
		if (planner->dossier->mail[i].branch == (int32_t)i)
			piece = add_branch(planner, piece, i);
	for (size_t i = 0; i < plan->count; i++)
		if (plan->piece[i].count > 1)
			qsort(plan->piece[i].mail, plan->piece[i].count,
			      sizeof *plan->piece[i].mail, compare_mails);
	leave_out_oldest(plan);
}

struct nd_llm_chunks *
nd_llm_chunk_plan(const void *ctx, const struct nd_llm_context *dossier,
                  const bool *skip, size_t tokens)
{
	struct nd_llm_chunks *plan = x_new(ctx, struct nd_llm_chunks);
	struct planner planner = {
		.dossier = dossier,
		.skip = skip,
		.tokens = tokens,
		.plan = plan,
	};
	size_t total = 0;

	for (size_t i = 0; i < dossier->mail_count; i++)
		total += is_skipped(&planner, i) ? 0 : cost(&planner, i);
	if (total > tokens) {
		cut_in_pieces(&planner);
	} else if (total > 0) {
		struct nd_llm_chunk *piece =
			x_append(plan, plan->piece, plan->count);

		for (size_t i = 0; i < dossier->mail_count; i++)
			if (!is_skipped(&planner, i))
				add(&planner, piece, i);
	}
	return plan;
}
