/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * source.h - what a mail would make the MIME parser do, counted before it does
 *
 * GMime makes objects of every part, header field and address: a few bytes of
 * mail become kilobytes of memory, and nothing can stop it once it has begun.
 * One pass over the lines tells what it would find. The counts are never too
 * small; they are too large where a line only looks like a boundary.
 *
 * Limits: ND_LIMIT_PARSE_PARTS, ND_LIMIT_PARSE_FIELDS, ND_LIMIT_PARSE_MARKS,
 * ND_LIMIT_PARSE_HEADER_BYTES; counting ends when one of them is passed.
 */
#ifndef ND_MAIL_SOURCE_H
#define ND_MAIL_SOURCE_H

#include <stddef.h>

#include "mail/received.h"

struct nd_source {
	size_t parts;  /* boundary lines, and mails in the mail */
	size_t fields; /* header fields, those of parts, too */
	size_t marks;  /* , ; : < @ in headers: of addresses, parameters */
	size_t header_bytes; /* of all headers */
};

/** Count what is in the mail (bytes, len), which may hold NUL bytes. */
struct nd_source nd_source_count(const char *bytes, size_t len);

/**
 * The ceiling that the counts are over, in words, owned by ctx: "over 2000
 * MIME parts"; NULL when they are over none.
 */
const char *nd_source_over(const void *ctx, const struct nd_source *scan);

/**
 * Remove headers such as DKIM-Signature from the mail in
 * (bytes, len), in place. The body and the headers that header.h and mime.h
 * read stay as they are; malformed lines stay, too, but not as the first.
 *
 * *received  gains the times of the Received fields, which go as well
 * Returns    the new length
 */
size_t nd_source_prune(char *bytes, size_t len, struct nd_received *received);

/**
 * Leave of the mail in (bytes, len) only what its header facts need, in place:
 * no body, no malformed lines, of each field ND_LIMIT_PRUNED_FIELD_BYTES, of
 * each name ND_LIMIT_PRUNED_FIELDS fields. For mails that must not be parsed.
 *
 * Returns    the new length
 */
size_t nd_source_prune_to_facts(char *bytes, size_t len);

#endif
