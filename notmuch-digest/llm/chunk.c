/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "llm/chunk.h"

#include <stdlib.h>
#include <string.h>

#include "util/alloc.h"

enum {
	MAIL_SHARE = 3, /* the part of a request that one mail may take, when
			 * not all fit into one */
	WORDS_MIN = 30, /* a piece that may say less says nothing */
};

struct planner {
	const struct nd_llm_context *context;
	const bool *skip;
	size_t tokens;
	struct nd_llm_chunks *chunks;
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
	size_t tokens = planner->context->mail[mail].tokens;
	size_t most = planner->chunks->mail_tokens;

	return most && tokens > most ? most : tokens;
}

static void
add(const struct planner *planner, struct nd_llm_chunk *chunk, size_t mail)
{
	*x_append(planner->chunks, chunk->mail, chunk->count) = (uint32_t)mail;
	chunk->tokens += cost(planner, mail);
}

static struct nd_llm_chunk *
begin(const struct planner *planner)
{
	struct nd_llm_chunks *chunks = planner->chunks;
	struct nd_llm_chunk *chunk =
		x_append(chunks, chunks->chunk, chunks->count);

	if (is_skipped(planner, 0))
		return chunk;
	add(planner, chunk, 0);
	chunk->lead = 1;
	if (chunks->count == 1)
		return chunk;
	if (chunk->tokens > ND_LLM_CHUNK_LEAD_TOKENS)
		chunk->tokens = ND_LLM_CHUNK_LEAD_TOKENS;
	chunk->lead_tokens = chunk->tokens;
	return chunk;
}

/* A piece in which a branch goes on. */
static struct nd_llm_chunk *
go_on(const struct planner *planner, uint32_t branch)
{
	struct nd_llm_chunk *chunk = begin(planner);

	if (is_skipped(planner, branch))
		return chunk;
	add(planner, chunk, branch);
	chunk->lead++;
	chunk->lead_tokens += cost(planner, branch);
	return chunk;
}

/* Does it show a mail that is not there for others, and lacks room for more? */
static bool
is_full(const struct planner *planner, const struct nd_llm_chunk *chunk,
        size_t more)
{
	return chunk->count > chunk->lead &&
	       chunk->tokens + more > planner->tokens;
}

/* Chain the mails of each branch, and add up what they take. */
static void
join_branches(struct planner *planner)
{
	size_t count = planner->context->mail_count;
	uint32_t *last = x_array(planner->chunks, uint32_t, count);

	planner->next = x_array(planner->chunks, uint32_t, count);
	planner->sum = x_array(planner->chunks, size_t, count);

	for (uint32_t i = 1; i < count; i++) {
		int32_t branch = planner->context->mail[i].branch;

		if (branch != (int32_t)i)
			planner->next[last[branch]] = i;
		last[branch] = i;
		if (!is_skipped(planner, i))
			planner->sum[branch] += cost(planner, i);
	}
}

/* A branch with what it fits to; one too big for any request in a row. */
static struct nd_llm_chunk *
add_branch(const struct planner *planner, struct nd_llm_chunk *chunk,
           uint32_t branch)
{
	if (is_full(planner, chunk, planner->sum[branch]))
		chunk = begin(planner);
	for (uint32_t i = branch; i > 0; i = planner->next[i]) {
		if (is_skipped(planner, i))
			continue;
		if (is_full(planner, chunk, cost(planner, i)))
			chunk = i == branch ? begin(planner)
			                    : go_on(planner, branch);
		add(planner, chunk, i);
	}
	return chunk;
}

static int
compare_mails(const void *a, const void *b)
{
	const uint32_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

/* The newest pieces say more about where the thread stands. */
static void
leave_out_oldest(struct nd_llm_chunks *chunks)
{
	size_t extra;

	if (chunks->count <= ND_LLM_CHUNKS_MAX)
		return;
	extra = chunks->count - ND_LLM_CHUNKS_MAX;
	memmove(chunks->chunk, chunks->chunk + extra,
	        ND_LLM_CHUNKS_MAX * sizeof *chunks->chunk);
	chunks->count = ND_LLM_CHUNKS_MAX;
}

static void
cut_in_pieces(struct planner *planner)
{
	struct nd_llm_chunks *chunks = planner->chunks;
	struct nd_llm_chunk *chunk;

	chunks->mail_tokens = planner->tokens / MAIL_SHARE;
	join_branches(planner);
	chunk = begin(planner);
	for (uint32_t i = 1; i < planner->context->mail_count; i++)
		if (planner->context->mail[i].branch == (int32_t)i)
			chunk = add_branch(planner, chunk, i);
	for (size_t i = 0; i < chunks->count; i++)
		if (chunks->chunk[i].count > 1)
			qsort(chunks->chunk[i].mail, chunks->chunk[i].count,
			      sizeof *chunks->chunk[i].mail, compare_mails);
	leave_out_oldest(chunks);
}

struct nd_llm_chunks *
nd_llm_chunk_plan(const void *ctx, const struct nd_llm_context *context,
                  const bool *skip, size_t tokens)
{
	struct nd_llm_chunks *chunks = x_new(ctx, struct nd_llm_chunks);
	struct planner planner = {
		.context = context,
		.skip = skip,
		.tokens = tokens,
		.chunks = chunks,
	};
	size_t total = 0;

	for (size_t i = 0; i < context->mail_count; i++)
		total += is_skipped(&planner, i) ? 0 : cost(&planner, i);
	if (total > tokens) {
		cut_in_pieces(&planner);
	} else if (total > 0) {
		struct nd_llm_chunk *chunk =
			x_append(chunks, chunks->chunk, chunks->count);

		for (size_t i = 0; i < context->mail_count; i++)
			if (!is_skipped(&planner, i))
				add(&planner, chunk, i);
	}
	return chunks;
}

unsigned
nd_llm_chunk_words(const struct nd_llm_chunks *chunks, size_t i,
                   unsigned max_words)
{
	size_t all = 0,
	       own = chunks->chunk[i].tokens - chunks->chunk[i].lead_tokens;
	unsigned words;

	for (size_t k = 0; k < chunks->count; k++)
		all += chunks->chunk[k].tokens - chunks->chunk[k].lead_tokens;
	if (chunks->count < 2 || all == 0)
		return max_words;
	words = (unsigned)((double)max_words * (double)own / (double)all);
	return words < WORDS_MIN ? WORDS_MIN : words;
}
