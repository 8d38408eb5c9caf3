/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * fulfilled.h - promises that were kept since are no decisions any more
 *
 * Seen by who posts or takes what and when: whether a newer version has what
 * was promised is not looked at. Of a settled thread; pure.
 */
#ifndef ND_TELLING_FULFILLED_H
#define ND_TELLING_FULFILLED_H

#include "telling/teller.h"

/**
 * Has who promised it posted a newer version since, here or elsewhere, or taken
 * the patches? False for an event that is no promise.
 */
bool
nd_fulfilled_is(const struct nd_thread *thread, const struct nd_event *event);

/** Tell such promises in their order among the new mails, where their part of
 * the thread is told. */
void nd_fulfilled_move(struct nd_teller *to);

#endif
