/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * people.h - who writes in a thread, under which name, and who is a program
 *
 * One participant is one address, whatever its case: what a person with two
 * addresses is called does not prove that they are one. Where a relay put itself
 * into From, the address it took away counts, else the name.
 */
#ifndef ND_ANALYSE_PEOPLE_H
#define ND_ANALYSE_PEOPLE_H

#include <stdbool.h>

#include "model/thread.h"

/**
 * Is this the name or address of a program: a build or test robot, a mailer
 * daemon, a patch tracker, an automatic reviewer?
 *
 * Goes by words ("bot", "noreply", "patchwork"), not by persons: Talbot and
 * Abbott are people.
 */
bool nd_people_is_robot(const struct nd_address *who);

/**
 * Who writes with a name here and without one there has it everywhere in the
 * thread: git send-email often knows an address alone. Where he never gives one,
 * he has that under which others write to him, To or Cc. Who writes from an
 * address here and by name alone there, behind a relay, has that: when only one
 * of the thread is called so.
 */
void nd_people_lend(struct nd_thread *thread);

/** Set the ROBOT flag of mails, thread->participant and thread->counts. */
void nd_people_count(struct nd_thread *thread);

#endif
