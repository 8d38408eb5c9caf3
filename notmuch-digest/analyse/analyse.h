/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * analyse.h - the facts about one thread, computed from its mails alone
 *
 * Deterministic and pure: no I/O, no globals. Threads may be analysed in
 * parallel. Facts that need other threads (version chains) come later, when
 * all threads have been analysed.
 */
#ifndef ND_ANALYSE_ANALYSE_H
#define ND_ANALYSE_ANALYSE_H

#include "model/thread.h"

/**
 * Fill in everything of the thread that follows from its mails: subject
 * grammar and robot flag of each mail, counts, participants, category, kind,
 * project, series, trailers, encrypted.
 *
 * thread     linked (conversation/threading.h), with the NEW flags set; results are
 *            owned by it
 */
void nd_analyse_thread(struct nd_thread *thread);

/**
 * Only what was posted there, not what is said about it: of the above without
 * kind, trailers and events. Costs a third.
 */
void nd_analyse_posting(struct nd_thread *thread);

#endif
