/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * changelog.h - what the author says has changed since the last version
 *
 * Sections of a cover letter or of the notes below a patch's "---", as they
 * are headed on the lists: "Changes since v2:", "Changes in v3", "v2 -> v3:",
 * "* From v1 [1]:", "v3:". A section ends at the next heading, at text that is
 * no list any more, and at shortlog and diffstat.
 */
#ifndef ND_ANALYSE_CHANGELOG_H
#define ND_ANALYSE_CHANGELOG_H

#include "model/series.h"

/**
 * Set series->change from the lines of a mail that posts it.
 *
 * Limits: ND_LIMIT_CHANGES sections of ND_LIMIT_CHANGE_BYTES; longer ones are
 * cut at a line. Linear in the length of the text.
 */
void nd_changelog_find(struct nd_series *series, const struct nd_body *body);

/**
 * Is this line the head of a section? *from and *to are set then: from is 0
 * when it is not said; to is 0 when only from is ("Changes since v2"). *rest is
 * where the text behind the heading begins.
 */
bool nd_changelog_is_heading(const char *text, size_t len, int *from, int *to,
                             size_t *rest);

#endif
