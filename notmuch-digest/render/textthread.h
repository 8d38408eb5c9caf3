/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * textthread.h - one thread on the terminal: facts, summary, family, mails
 */
#ifndef ND_RENDER_TEXTTHREAD_H
#define ND_RENDER_TEXTTHREAD_H

#include "render/textpage.h"

/** All but its title. */
void
nd_textthread_add(const struct nd_textpage *to, const struct nd_thread *thread);

#endif
