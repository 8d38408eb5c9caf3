/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * speakers.h - who speaks in a thread, and what they are called
 *
 * One person for all addresses that are the same person's (model/address.h); a program
 * and those who answer for it from its address are two.
 */
#ifndef ND_SUMMARISE_SPEAKERS_H
#define ND_SUMMARISE_SPEAKERS_H

#include "model/thread.h"
#include "summarise/sourcemail.h"

struct nd_speaker {
	const struct nd_address *who; /* of the first mail */
	const char *name;
	const char *short_name; /* the first one, if nobody shares it */
};

/**
 * Find those who sent or wrote the mails, and set the person and the author of each
 * source.
 *
 * Returns    them in order of appearance, with their texts owned by ctx
 */
struct nd_speaker *
nd_speakers_find(const void *ctx, const struct nd_thread *thread,
                 struct nd_source *source, size_t *count);

#endif
