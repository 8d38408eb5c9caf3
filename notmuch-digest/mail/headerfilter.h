/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * headerfilter.h - the headers of a mail that nobody here asks for
 *
 * A mail has some forty headers, of which a dozen say something to us. GMime
 * makes several objects of each: without the rest it takes half the time.
 */
#ifndef ND_MAIL_HEADERFILTER_H
#define ND_MAIL_HEADERFILTER_H

#include <stddef.h>

/**
 * Remove headers such as Received and DKIM-Signature from the mail in
 * (bytes, len), in place. The body and the headers that header.h and mime.h
 * read stay as they are; malformed lines stay, too, but not as the first.
 *
 * Returns    the new length
 */
size_t nd_source_prune(char *bytes, size_t len);

/**
 * Leave of the mail in (bytes, len) only what its header facts need, in place:
 * no body, no malformed lines, of each field ND_LIMIT_PRUNED_FIELD_BYTES, of
 * each name ND_LIMIT_PRUNED_FIELDS fields. For mails that must not be parsed.
 *
 * Returns    the new length
 */
size_t nd_source_prune_to_facts(char *bytes, size_t len);

#endif
