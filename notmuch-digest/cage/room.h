/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * room.h - what goes on in a cage: what is done there, with how much
 *
 * All processes are copies of one program, so that a function has the same
 * address in each of them.
 */
#ifndef ND_CAGE_ROOM_H
#define ND_CAGE_ROOM_H

#include <stddef.h>

#include "util/buf.h"

/* What one item of work is about, as the worker has it. */
struct nd_cage_request {
	const char *bytes; /* as the caller gave them; not NUL-terminated */
	size_t len;
	const int *fd; /* open for reading; closed behind the work */
	size_t fd_count;
};

/** Do the work, and append to answer; no more than ND_LIMIT_CAGE_ANSWER_BYTES,
 * or there is none. */
typedef void
nd_cage_work_fn(const struct nd_cage_request *request, struct nd_buf *answer);

struct nd_cage_room {
	/* Called once, before there is a worker: what it will need and cannot
	 * open itself. May be NULL. */
	void (*prepare)(void);
	/* Called between workers for each word that one wanted
	 * (nd_worker_want()); the word is anybody's. NULL: none is. */
	void (*learn)(const char *word);
	unsigned cpu_s;      /* of one worker; 0: as much as it takes */
	size_t memory_bytes; /* likewise */
	unsigned wait_s;     /* for an answer, before it is given up */
	size_t items;        /* a worker is replaced after about so many */
};

#endif
