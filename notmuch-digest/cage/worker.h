/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * worker.h - the process in the cage: it takes work, does it and answers
 *
 * On its socket come messages of items, their files with the first byte; each
 * item is answered in turn, several at once where answers are short. The file also holds what both sides of the socket
 * say to each other.
 */
#ifndef ND_CAGE_WORKER_H
#define ND_CAGE_WORKER_H

#include <stdbool.h>
#include <stdint.h>

#include "cage/room.h"

/* At the head of a message. */
struct nd_worker_batch {
	nd_cage_work_fn *work;
	uint32_t item_count, bytes; /* bytes: of items, which follow */
};

/* At the head of an item, whose bytes follow. */
struct nd_worker_item {
	uint32_t bytes, fd_count;
	uint32_t last; /* nothing more can be learnt for it */
};

enum nd_worker_word {
	ND_WORKER_READY = 1, /* said once, first */
	ND_WORKER_REFUSED,   /* instead of that: why follows; the worker ends */
	ND_WORKER_DONE,      /* an item's answer follows */
	ND_WORKER_WANTS,     /* words, each with its NUL; the worker ends, as it
	                      * cannot learn them itself */
};

/* At the head of what a worker says. */
struct nd_worker_answer {
	uint32_t word; /* enum nd_worker_word */
	uint32_t bytes;
};

/** Be a worker until the socket ends; in a process that is one's own. */
void nd_worker_run(int sock, const struct nd_cage_room *room)
	__attribute__((noreturn));

/** Is this process a worker, which cannot open anything? */
bool nd_worker_is_here(void);

/**
 * The item in hand wants word to be learnt (struct nd_cage_room). It will be
 * done again by a worker that has it; the answer of this one does not count,
 * unless the item had its chances: it is to be answered without, then.
 */
void nd_worker_want(const char *word);

#endif
