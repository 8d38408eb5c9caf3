/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * footer.h - signatures, list footers, disclaimers, PGP blocks
 */
#ifndef ND_BODY_FOOTER_H
#define ND_BODY_FOOTER_H

#include "body/lines.h"

/**
 * Mark what stands below a mail, or around it, and is not part of it, as
 * SIGNATURE: from "-- " on, what mailing lists add, "Sent from my phone", the
 * small print of companies, and what PGP puts into a signed text.
 */
void nd_footer_mark(struct nd_lines *lines);

#endif
