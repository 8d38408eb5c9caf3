/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * interrupt.h - ^C that lets what is finished be kept
 *
 * A second ^C ends the process at once.
 */
#ifndef ND_APP_INTERRUPT_H
#define ND_APP_INTERRUPT_H

#include <signal.h>

/**
 * From now on SIGINT and SIGTERM set the flag that is returned. Signals that
 * were ignored stay so (nohup, background jobs).
 */
const volatile sig_atomic_t *nd_interrupt_watch(void);

/** End as the signal would have ended us, if one was caught. */
void nd_interrupt_repeat(void);

#endif
