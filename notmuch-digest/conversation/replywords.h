/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * replywords.h - the words of a reply, and which were said before it
 *
 * Read are its own lines, and those quoted ones beside them that the end of a
 * wrapped line may belong to. What was said in a row is a run. A run weighs as
 * many words as it has of prose: commands, titles in lists, code, logs, URLs
 * and trailers weigh nothing. Pure; linear in the text.
 */
#ifndef ND_CONVERSATION_REPLYWORDS_H
#define ND_CONVERSATION_REPLYWORDS_H

#include "conversation/sharedwords.h"
#include "model/thread.h"

struct nd_replywords_line {
	uint32_t first; /* its first word; the next line's is behind the last */
	uint32_t plain; /* words of prose in it */
};

struct nd_replywords {
	const struct nd_thread *thread;
	const struct nd_sharedwords *shared;
	struct nd_shingle_words *words;
	size_t *from; /* of each word: where it was said; or SIZE_MAX */
	struct nd_replywords_line *line; /* of the body; one more at the end */
};

/* Words in a row that were said in a row. */
struct nd_replywords_run {
	size_t first, end; /* words: [first, end) */
	size_t first_line, last_line;
	int32_t source; /* index of the mail that says them */
	size_t words;   /* of prose, in own lines */
	size_t lines;   /* own lines of prose that it fills */
};

/**
 * Read a reply; shared holds the mails before it.
 *
 * Returns    NULL: it has nothing of those
 */
struct nd_replywords *
nd_replywords_new(const void *ctx, const struct nd_thread *thread,
                  const struct nd_sharedwords *shared,
                  const struct nd_body *body);

/** Go on to the next run, from a zeroed one; false when there is none. */
bool nd_replywords_next(const struct nd_replywords *reply,
                        struct nd_replywords_run *run);

/** How many words has a line? */
size_t nd_replywords_count(const struct nd_replywords *reply, size_t line);

/** How many words of the run are in the line? */
size_t nd_replywords_covered(const struct nd_replywords *reply,
                             const struct nd_replywords_run *run, size_t line);

/** Are all words of the line in the run, but perhaps one of many? */
bool nd_replywords_fills(const struct nd_replywords *reply,
                         const struct nd_replywords_run *run, size_t line);

/** The bytes of a mark as no program should use: "| ", "Name> ", "} ". */
size_t nd_replywords_mark(const char *text, size_t len);

#endif
