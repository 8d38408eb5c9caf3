/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * selector.h - which elements of an HTML document a rule of CSS is for
 *
 * Selectors of types, classes, ids, attributes and the four combinators are
 * compared as a browser does; of others it is not sure for whom they are. What
 * is only below a pointer or a pseudo-element is for none.
 *
 * Limits: ND_LIMIT_STYLE_STEPS comparisons.
 */
#ifndef ND_MAIL_SELECTOR_H
#define ND_MAIL_SELECTOR_H

#include <libxml/tree.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Is it so? */
enum nd_selector_sure {
	ND_SELECTOR_NO,
	ND_SELECTOR_PERHAPS,
	ND_SELECTOR_YES,
};

struct nd_selector_compound;

struct nd_selector {
	unsigned count;
	struct nd_selector_compound *compounds;
	uint32_t specificity;
	enum nd_selector_sure sure;
	bool doubtful; /* a browser may not know it, and drop the whole rule */
};

/** The selectors of a list, as far as rules have room; owned by ctx. */
struct nd_selector *nd_selector_read_list(const void *ctx, const char *text,
                                          size_t len, size_t *count);

/**
 * Is it for node?
 *
 * unsure   without regard to capital letters, as in quirks mode
 * *steps   goes up by each comparison; over ND_LIMIT_STYLE_STEPS the answer
 *          is false
 */
bool nd_selector_matches(const struct nd_selector *s, const xmlNode *node,
                         bool unsure, size_t *steps);

#endif
