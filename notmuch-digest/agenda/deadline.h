/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * deadline.h - until when a call for papers, talks, votes is open
 *
 * Pure. English only. A day counts only where it is certain: in a thread whose
 * subject is that of a call, on a line of the caller's own that says what the
 * day is for, with its year, and no other day on that line.
 */
#ifndef ND_AGENDA_DEADLINE_H
#define ND_AGENDA_DEADLINE_H

#include "model/thread.h"

/**
 * Set thread->deadline, or leave it NULL: the first of the days that are named
 * and lie behind the date of the mail, by a year at most.
 *
 * thread     analysed, with its text
 */
void nd_deadline_find(struct nd_thread *thread);

#endif
