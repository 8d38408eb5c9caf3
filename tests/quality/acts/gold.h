/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * gold.h - what annotators say that people do, mail by mail
 */
#ifndef ND_TESTS_ACTS_GOLD_H
#define ND_TESTS_ACTS_GOLD_H

#include <stdbool.h>
#include <stddef.h>

#include "acts/act.h"
#include "util/map.h"

struct gold {
	enum nd_act act;
	const char *words; /* of the sentence, or of some of it */
	bool hit;          /* a sentence of the mail matches it */
	struct gold *next; /* of the same mail */
};

/** From the file that acts.py makes: Message-ID -> struct gold. */
struct nd_map *gold_load(const void *ctx, const char *path);

/** The acts, as bits, of those that (text, len) matches; marks them as hit. */
unsigned gold_match(struct gold *gold, const char *text, size_t len);

/** All acts of a mail, as bits. */
unsigned gold_acts(const struct gold *gold);

#endif
