/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * attribution.h - "On Tue, 10 Mar 2026, X wrote:" in the world's languages
 */
#ifndef ND_MAIL_ATTRIBUTION_H
#define ND_MAIL_ATTRIBUTION_H

#include "mail/lines.h"

/**
 * Mark the lines that say whose words are quoted below as ATTRIBUTION; they
 * may be wrapped over up to three lines.
 */
void nd_attribution_mark(struct nd_lines *lines);

#endif
