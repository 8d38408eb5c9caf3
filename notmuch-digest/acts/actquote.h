/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * actquote.h - what stands quoted above a sentence: what it may answer
 */
#ifndef ND_ACTS_ACTQUOTE_H
#define ND_ACTS_ACTQUOTE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "acts/act.h"
#include "acts/actfeature.h"

struct nd_actquote {
	enum nd_actfeature_quote kind; /* of its last line */
	unsigned lines;
	bool has_mark;     /* a "?" in its last lines of text */
	uint8_t line_bits; /* enum nd_act_line of its last lines, as the mails
			    * that they are of have them */
};

/**
 * Look at the quote whose last line this is.
 *
 * mails      of the thread; those quoted have their `line`
 */
void
nd_actquote_see(const struct nd_act_mail *mails, const struct nd_act_mail *mail,
                size_t last, struct nd_actquote *quote);

#endif
