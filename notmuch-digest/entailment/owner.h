/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * owner.h - whose is it, as far as a text says so: "Ann's patch", "my project"
 */
#ifndef ND_ENTAILMENT_OWNER_H
#define ND_ENTAILMENT_OWNER_H

#include <stdbool.h>
#include <stddef.h>

/** Is a patch or series said to be that of the name at [start, end) of text? */
bool nd_owner_of_patch(const char *text, size_t start, size_t end);

/** "Ann's patch", "from Ann": is something said to be of the name? */
bool nd_owner_is_named(const char *own, const char *name);

/**
 * The word that is said to be of the name at [start, end) of text: "project" of
 * "project of Ann" and "Ann's project". Owned by ctx; NULL: none.
 */
const char *
nd_owner_thing(const void *ctx, const char *text, size_t start, size_t end);

/** "my side project": is the thing that of the one who writes the quote? */
bool nd_owner_is_speaker(const char *quote, const char *thing);

#endif
