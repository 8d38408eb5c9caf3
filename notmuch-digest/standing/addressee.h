/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * addressee.h - to whom a mail of a thread is said
 *
 * Pure. Addresses are those of the thread's mails.
 */
#ifndef ND_STANDING_ADDRESSEE_H
#define ND_STANDING_ADDRESSEE_H

#include "model/thread.h"

/** Is this a program, be it one that has not written here: a report is answered,
 * and missing? */
bool nd_addressee_is_robot(const struct nd_thread *thread,
                           const struct nd_address *who);

/**
 * The nearest other person above a mail; of a first mail that answers a missing
 * one the first person in To. NULL: there is none.
 */
const struct nd_address *
nd_addressee_answered(const struct nd_thread *thread, int32_t index);

/** The only person in To, as whose a commit is told of; NULL: there are others,
 * or none. */
const struct nd_address *
nd_addressee_alone(const struct nd_thread *thread, int32_t index);

#endif
