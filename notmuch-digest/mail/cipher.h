/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cipher.h - is a mail encrypted, in whatever form it arrived?
 *
 * PGP/MIME and S/MIME are told by their types; what gateways, archives and
 * mailers make of them by content: ASCII armour anywhere in a text (behind
 * quote marks, in HTML, in any alternative, in an attachment), OpenPGP packets
 * and CMS structures in a file of any name. In doubt a mail is encrypted: it
 * is then neither told of nor sent anywhere. What is only signed is not.
 *
 * Pure: nothing is decrypted, no key is looked for. Linear in the mail, and
 * without a ceiling on depth: parts that mime.h no longer shows are looked at.
 *
 * Does not: look into archives and documents (zip, PDF); decode a mail that is
 * itself encoded as an attachment.
 */
#ifndef ND_MAIL_CIPHER_H
#define ND_MAIL_CIPHER_H

#include <gmime/gmime.h>
#include <stdbool.h>
#include <stddef.h>

/**
 * Does the text hold the armour of an encrypted message, or one of OTR? Its line
 * may begin with quote marks; in running text some of the cipher must follow,
 * else it is only spoken of.
 */
bool nd_cipher_in_text(const char *text, size_t len);

/**
 * The same, and the header of an encrypted part, in the bytes of a mail that
 * were not taken apart: it is over a ceiling, or not all there.
 */
bool nd_cipher_in_source(const char *bytes, size_t len);

/** Is this part, by itself, encrypted? Multiparts: by their type only. */
bool nd_cipher_is_part(GMimeObject *part);

/** Is any part of the mail, shown or not, at any depth? */
bool nd_cipher_in_mail(GMimeMessage *mime);

#endif
