/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * concession.h - who gives in: a reviewer is content, an author lets a patch go
 *
 * Told by its form and by what was said above it, since the words by themselves
 * ("Fair enough.", "Let's keep it as is.") may mean anything. Pure.
 */
#ifndef ND_ANALYSE_CONCESSION_H
#define ND_ANALYSE_CONCESSION_H

#include "analyse/mailevents.h"

/**
 * Add what the mail gives in to. The events of the mails above it, and its own
 * acts, are read before.
 */
void nd_concession_read(const struct nd_mailevents *mail);

#endif
