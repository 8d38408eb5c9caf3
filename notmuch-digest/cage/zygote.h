/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * zygote.h - the process from which workers are forked
 *
 * A program with threads and open files is no good parent. So a copy of it is
 * made early, with one thread, without its files, its terminal and its
 * environment, which can hold keys; workers are copies of that. It ends
 * with the one who started it, and all workers with it.
 *
 * One caller at a time.
 */
#ifndef ND_CAGE_ZYGOTE_H
#define ND_CAGE_ZYGOTE_H

#include <stdbool.h>
#include <sys/types.h>

#include "cage/room.h"
#include "util/status.h"

struct nd_zygote {
	int sock;
	pid_t pid;
};

/** Start it, by the main thread and while there is no other. */
enum nd_status
nd_zygote_start(const struct nd_cage_room *room, struct nd_zygote *out,
                struct nd_error *err) ND_MUST_CHECK;

/**
 * Make a worker.
 *
 * *sock      the caller's end of its socket
 * Returns    false with errno when it cannot be
 */
bool nd_zygote_fork(const struct nd_zygote *zygote, int *sock, pid_t *pid);

/** End a worker, if it has not ended; its status as waitpid() has it, or -1. */
int nd_zygote_end_worker(const struct nd_zygote *zygote, pid_t pid);

/** Learn a word, for the workers that come. */
void nd_zygote_learn(const struct nd_zygote *zygote, const char *word);

/** End it, and wait until it is gone. */
void nd_zygote_stop(struct nd_zygote *zygote);

#endif
