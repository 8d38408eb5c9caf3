/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cover.h - the cover letter of a series as its author wrote it
 */
#ifndef ND_TELLING_COVER_H
#define ND_TELLING_COVER_H

#include "model/thread.h"

/**
 * Set series->cover of all series of the thread: the lines of the root mail
 * with its diffstat, without signature and diff.
 *
 * Limits: cut behind the line that goes over ND_LIMIT_COVER_BYTES.
 */
void nd_cover_keep(struct nd_thread *thread);

#endif
