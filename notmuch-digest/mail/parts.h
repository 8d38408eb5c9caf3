/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * parts.h - every part of a mail, one after the other
 *
 * Without recursion and without a ceiling of its own: how deep a mail is
 * nested is the sender's to choose.
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

/** Has the part this content type ("text", "*")? */
bool nd_parts_is_type(GMimeObject *part, const char *type, const char *subtype);

#endif
