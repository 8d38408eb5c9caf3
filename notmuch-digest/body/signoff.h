/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * signoff.h - the author's own name at the end of a mail, and what is below it
 *
 * Many sign without "-- ": a first name, then perhaps the whole name, role,
 * company and quotation. footer.h cannot see that, it does not know the author.
 */
#ifndef ND_BODY_SIGNOFF_H
#define ND_BODY_SIGNOFF_H

#include "model/message.h"

/**
 * Mark the author's name and the few lines below it as SIGNATURE.
 *
 * body       classified; own_bytes is kept right
 * from       the author
 *
 * Nothing is marked when the author goes on after it: text below a quote, a
 * trailer, or more lines than a signature has. A postscript stays.
 */
void nd_signoff_mark(struct nd_body *body, const struct nd_address *from);

#endif
