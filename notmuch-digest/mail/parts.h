/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * parts.h - every part of a mail, one after the other
 *
 * Without recursion and without a ceiling on depth: how deep a mail is nested
 * is the sender's to choose. What is signed as a whole (S/MIME, RFC 8551, 3.5.2)
 * has its parts inside of the signature; they come like any others.
 *
 * Limits: ND_LIMIT_MAIL_BYTES for all that is taken out of signatures, and
 * those of source.h for each.
 */
#ifndef ND_MAIL_PARTS_H
#define ND_MAIL_PARTS_H

#include <stdbool.h>

#include <gmime/gmime.h>

struct nd_parts;

/** A walk through mime, which must stay; owned by ctx. */
struct nd_parts *nd_parts_new(const void *ctx, GMimeMessage *mime);

/** The next part, multiparts before their children; NULL at the end. */
GMimeObject *nd_parts_next(struct nd_parts *parts);

/** Was something left out, since a ceiling was hit? */
bool nd_parts_are_over(const struct nd_parts *parts);

/** Is the part called an S/MIME structure, by its type or its file's name? */
bool nd_parts_is_smime(GMimeObject *part);

/**
 * What stands inside of a part that is signed as a whole.
 *
 * *room_bytes   how much of such may still be taken out; gets less, 0 when that
 *               did not suffice
 * Returns       the entity, owned by ctx; NULL when the part is nothing of the
 *               kind, damaged, or over a ceiling
 */
GMimeObject *
nd_parts_signed(const void *ctx, GMimeObject *part, size_t *room_bytes);

/** The bytes of a part without its encoding; owned by ctx, or by a text part. */
GByteArray *nd_parts_bytes(const void *ctx, GMimePart *part);

/** Has the part this content type ("text", "*")? */
bool nd_parts_is_type(GMimeObject *part, const char *type, const char *subtype);

#endif
