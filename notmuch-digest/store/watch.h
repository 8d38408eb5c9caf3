/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * watch.h - a time limit for what libnotmuch does with the write lock
 *
 * libnotmuch can neither be told to give up waiting for the lock, nor to end a
 * commit to a disk that does not answer; a signal is the only way out. The
 * handler ends the process: that is safe at any time, as the next run mends
 * what a kill leaves behind (store/repair.h).
 *
 * There is one watch in the process, as there is one alarm clock.
 */
#ifndef ND_STORE_WATCH_H
#define ND_STORE_WATCH_H

/**
 * Call the handler when that many seconds have passed and the watch has been
 * neither started again nor stopped. 0 is the shortest time there is, a second.
 */
void nd_watch_start(unsigned seconds, void (*handler)(int signal));

void nd_watch_stop(void);

#endif
