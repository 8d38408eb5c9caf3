/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * guard.h - is libnotmuch at work?
 *
 * Exceptions of Xapian that libnotmuch does not catch end the process by
 * abort(), its own "Internal error" by exit(1). While a handle is open in a
 * thread, such an end of it is the library's: cmd/ asks, and says so.
 */
#ifndef ND_UTIL_GUARD_H
#define ND_UTIL_GUARD_H

#include <stdbool.h>

/** Around the life of each handle of the database. */
void nd_guard_enter(void);
void nd_guard_leave(void);

/** Has this thread an open handle? May be called in a signal handler. */
bool nd_guard_is_inside(void);

#endif
