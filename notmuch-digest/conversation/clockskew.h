/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * clockskew.h - when the mails of a thread were sent, where clocks were wrong
 *
 * A Date is what the clock of its writer said. What others say against it: the
 * machines that passed the mail on (Received), and the mails that it answers or
 * that answer it. Times are seconds since the epoch, UTC. Pure.
 *
 * Does not: find out that a clock was slow by less than a day when no order
 * contradicts it; a mail may as well have waited in an outbox.
 */
#ifndef ND_CONVERSATION_CLOCKSKEW_H
#define ND_CONVERSATION_CLOCKSKEW_H

#include "model/thread.h"

/**
 * Set date_s of every mail to the time it was sent at, which is written_s unless
 *
 * - half of the machines on its way had it five minutes before that, or more,
 *   or none in the day behind it: then theirs is taken;
 * - no machine's time is known, and it is older than mail (RFC 822) or beyond
 *   future_s by more than a day: then it is right before its answers, or right
 *   behind what it answers, and ND_MESSAGE_UNDATED: that is no time to print;
 * - no machine's time is known, and an answer whose time is known, or answers
 *   of two other people, are older: it goes before them;
 * - the clock of its sender was found to be fast in the day before or after it,
 *   and no machine's time speaks for its own: then it was as fast;
 * - what it answers comes later: it goes right behind that.
 *
 * So nothing is sent, or sorted, before what it answers. Without anything that
 * helps date_s is written_s.
 *
 * thread     parents are set, without loops; in any order, and stays in it
 * future_s   nothing can have been sent after it
 *
 * Costs: linear in the number of mails. May be called again.
 */
void nd_clockskew_repair(struct nd_thread *thread, int64_t future_s);

#endif
