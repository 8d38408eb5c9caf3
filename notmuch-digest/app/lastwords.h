/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * lastwords.h - a message and an exit code where libnotmuch leaves no choice
 *
 * It waits for the write lock without limit, lets exceptions of Xapian escape
 * into C, where they abort the process, and calls exit(1) for what it calls an
 * internal error. All of that ends here: one message, one exit code of the
 * manual, as abrupt as a kill. The next run mends what that leaves behind.
 */
#ifndef ND_APP_LASTWORDS_H
#define ND_APP_LASTWORDS_H

/**
 * From now on an abort() or exit() in a thread with an open handle of the
 * database ends the process with ND_ERR_IO. Other aborts stay aborts.
 */
void nd_lastwords_prepare(void);

/** Signal handlers, for store.h's on_timeout and on_overrun. */
void nd_lastwords_timeout(int signal);
void nd_lastwords_overrun(int signal);

#endif
