/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * mime.h - the parts of a mail become text
 *
 * Shown as text: text/plain, text/html when there is no plain text, and patch
 * files, attached ones too. Everything else is recorded as an attachment.
 * Encrypted parts (cipher.h) are flagged and left alone.
 *
 * Limits: ND_LIMIT_MIME_DEPTH, ND_LIMIT_MIME_PARTS, ND_LIMIT_PART_BYTES; what
 * is over is left out and ND_BODY_CUT set.
 */
#ifndef ND_MAIL_MIME_H
#define ND_MAIL_MIME_H

#include <gmime/gmime.h>

#include "model/message.h"
#include "util/buf.h"

/** Fill body, which is new, from the parts of mime. */
void nd_mime_read(struct nd_body *body, GMimeMessage *mime);

/**
 * Append the text of every text part, shown or not, at any depth: HTML as
 * text, quotes and signatures as they are. A part that was cut makes out full.
 */
void nd_mime_add_text(struct nd_buf *out, GMimeMessage *mime);

#endif
