/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cage.h - hostile bytes are parsed by processes that can do nothing else
 *
 * A worker can neither open, execute nor connect (cage/filter.h); it is
 * given items of work with open files and answers each with bytes, which the
 * caller must not trust either. An item that kills its worker is lost, with
 * why; the others go on in a new one. A worker does the items of one caller at
 * a time; several threads may call, each gets a worker of its own.
 *
 * Whose fault is it when one dies? Of an item that had a new worker to itself:
 * it is lost. Behind others, which may have left something broken, those that
 * are not answered are done once more, to each its own worker.
 */
#ifndef ND_CAGE_CAGE_H
#define ND_CAGE_CAGE_H

#include <stdbool.h>

#include "cage/room.h"
#include "util/status.h"

struct nd_cage;

/** Can there be one on this machine? */
bool nd_cage_is_available(void);

/**
 * Start a cage, by the main thread and while there is no other; it is emptied
 * when it is freed. No worker is made before there is work.
 *
 * room       outlives the cage
 */
enum nd_status
nd_cage_new(const void *ctx, const struct nd_cage_room *room,
            struct nd_cage **out, struct nd_error *err) ND_MUST_CHECK;

struct nd_cage_item {
	const char *bytes;
	size_t len; /* at most ND_LIMIT_CAGE_REQUEST_BYTES */
	const int *fd;
	size_t fd_count; /* at most ND_FDPASS_MAX */
};

/* For each item one of two is called, in the order of items. */
struct nd_cage_job {
	nd_cage_work_fn *work; /* what the worker does */
	/* Its answer; false when it is not such as work gives. */
	bool (*take)(void *arg, size_t i, const char *bytes, size_t len);
	/* It has none: why, without a full stop. */
	void (*lost)(void *arg, size_t i, const char *why);
	void *arg;
};

/**
 * Have work done.
 *
 * Returns    ND_OK; ND_ERR_IO when there can be no worker: neither function
 *            has been called for what is left
 */
enum nd_status
nd_cage_run(struct nd_cage *cage, const struct nd_cage_item *item, size_t count,
            const struct nd_cage_job *job, struct nd_error *err) ND_MUST_CHECK;

#endif
