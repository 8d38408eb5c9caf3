/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * filter.h - the bars of the cage: what a worker may ask of the kernel
 *
 * It may compute, take and give back memory, read and write what is open. It
 * may not open, execute, connect, fork, signal others, or set limits: the
 * process is killed (seccomp, by libseccomp). Limits hold for memory, CPU
 * time, open files; it can write no file and leaves no core.
 *
 * Exemptions, all of them:
 * - a build with AddressSanitizer has no limit of memory, since its shadow
 *   takes terabytes of addresses, ten times the CPU time, and keeps stderr,
 *   where it reports;
 * - valgrind makes system calls of its own and cannot be caged: see
 *   nd_filter_is_available(); tests/valgrind.sh reads without.
 */
#ifndef ND_CAGE_FILTER_H
#define ND_CAGE_FILTER_H

#include <stdbool.h>

#include "cage/room.h"

/** Can this kernel hold a process to a filter? */
bool nd_filter_is_available(void);

/** In the zygote: find out what the kernel has, once for all workers. */
void nd_filter_prepare(void);

/** Does the process say on stderr what a sanitizer has found? */
bool nd_filter_keeps_stderr(void);

/**
 * From here on and for good, in a process of one thread.
 *
 * Returns    NULL, or what could not be had
 */
const char *nd_filter_lock(const struct nd_cage_room *room);

#endif
