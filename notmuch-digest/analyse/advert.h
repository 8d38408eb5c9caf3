/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * advert.h - is a talk that nobody took up an advertisement?
 *
 * Lists get offers, begging letters and mail of those who took the wrong
 * address, in all languages. What they have in common is what they lack: nothing
 * in them is of the field, neither a word of it, nor the list's own, nor any
 * identifier, path, version or name with digits. Once somebody has answered it
 * is a talk, whatever it says.
 */
#ifndef ND_ANALYSE_ADVERT_H
#define ND_ANALYSE_ADVERT_H

#include <stdbool.h>

#include "model/thread.h"

/** Of a thread that posts no patch; needs the text. */
bool nd_advert_is(const struct nd_thread *thread);

#endif
