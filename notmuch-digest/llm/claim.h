/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * claim.h - a statement of a model about a thread, with what should prove it
 */
#ifndef ND_LLM_CLAIM_H
#define ND_LLM_CLAIM_H

#include <stdbool.h>
#include <stddef.h>

#include "model/summary.h"

struct nd_llm_claim {
	enum nd_zone zone;
	int source[ND_ITEM_SOURCES_MAX]; /* numbers of mails, from 1 */
	size_t source_count;
	const char *quote; /* verbatim from a source */
	const char *text;  /* people as {Pn} */
};

struct nd_llm_claims {
	struct nd_llm_claim *claim;
	size_t count;
};

/* An abbreviation that a mail itself spells out. */
struct nd_llm_term {
	const char *term;
	const char *expansion;
};

#endif
