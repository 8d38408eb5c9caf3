/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cms.h - what a structure of S/MIME (CMS, RFC 5652) holds
 *
 * DER or BER, as it comes: lengths may be indefinite, and the text in chunks.
 * Pure: nothing is verified, no key is looked for. Linear, without recursion.
 *
 * Does not: read PEM armour; undo compression (RFC 3274).
 */
#ifndef ND_UTIL_CMS_H
#define ND_UTIL_CMS_H

#include <stddef.h>

#include "util/buf.h"

enum nd_cms {
	ND_CMS_NONE,   /* no such structure */
	ND_CMS_SIGNED, /* signed-data (RFC 5652, 5); certs-only is that, too */
	ND_CMS_OTHER,  /* encrypted, or what is not known */
};

/** What the ContentInfo (RFC 5652, 3) at (bytes, len) says it holds. */
enum nd_cms nd_cms_kind(const unsigned char *bytes, size_t len);

/**
 * Append what was signed, a MIME entity, to out.
 *
 * bytes, len   signed-data
 * Returns      ND_CMS_SIGNED when it is there whole; ND_CMS_OTHER when what was
 *              signed is such a structure again, or not known: in doubt it is
 *              encrypted; ND_CMS_NONE when there is none (the signature stands
 *              apart) or it is damaged. But for ND_CMS_SIGNED out is as before.
 */
enum nd_cms nd_cms_signed_content(struct nd_buf *out,
                                  const unsigned char *bytes, size_t len);

#endif
