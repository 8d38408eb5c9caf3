/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * pool.h - do the same thing to many items with several threads
 */
#ifndef ND_UTIL_POOL_H
#define ND_UTIL_POOL_H

#include <stddef.h>

/**
 * Call work(arg, i) once for every i below count, with at most jobs threads;
 * returns when all calls have returned.
 *
 * Items are handed out in order, one at a time. With jobs of 0 or 1, or when
 * no thread can be started, the calling thread does the work alone. The calls
 * must not share a talloc tree.
 */
void nd_pool_run(size_t count, unsigned jobs, void (*work)(void *arg, size_t i),
                 void *arg);

/** The cores this process may use; at least 1. */
unsigned nd_pool_cores(void);

#endif
