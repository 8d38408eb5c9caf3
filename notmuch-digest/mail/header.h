/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * header.h - the header facts of a mail
 *
 * Values are decoded, harmless (util/utf8.h) and on one line; a value over
 * ND_LIMIT_HEADER_BYTES is cut.
 */
#ifndef ND_MAIL_HEADER_H
#define ND_MAIL_HEADER_H

#include <gmime/gmime.h>

#include "mail/received.h"
#include "model/message.h"

/**
 * Set from, sender, author, to, cc, subject, list_id, link, reference, the AUTO
 * flag, the times of Received and, when they are 0, written_s and date_s. What
 * is set is owned by message.
 *
 * received   what nd_source_prune() took out of the mail
 */
void nd_header_read(struct nd_message *message, GMimeMessage *mime,
                    struct nd_received *received);

/**
 * Set what the text says about author and sender, once body has been read: the
 * in-body From of a patch, the person of whom a tracker's mail tells. What the
 * tracker itself says above becomes ATTRIBUTION.
 */
void nd_header_read_inner(struct nd_message *message, GMimeMessage *mime);

#endif
