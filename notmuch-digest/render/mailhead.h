/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * mailhead.h - headers of the mails that we write, and their transfer encoding
 *
 * GMime encodes; on top of that the headers are read back, and a mail that has
 * other ones than its writer named is refused, whatever the mails of others
 * hold that they were made of. Lines end in LF. Pure.
 *
 * GMime must have been initialised (opening the database does it).
 */
#ifndef ND_RENDER_MAILHEAD_H
#define ND_RENDER_MAILHEAD_H

#include <stdbool.h>

#include "util/buf.h"

/**
 * May it stand between the brackets of a Message-ID header? An id that is not
 * ASCII (RFC 6532) stands there as it does in its own mail: encoded, it would
 * be another id.
 */
bool nd_mailhead_has_id_form(const char *id);

/** Is it printable ASCII? */
bool nd_mailhead_is_plain(const char *text);

/** Is this one mail address, with a name or without? */
bool nd_mailhead_is_address(const char *text);

/** Append "From: …": the address, or ours when it is none. */
void nd_mailhead_add_from(struct nd_buf *out, const char *from);

/** Append "To: …": the address, or nobody's when it is none or NULL. */
void nd_mailhead_add_to(struct nd_buf *out, const char *to);

/** Append "Subject: …", encoded and folded; value is one line of UTF-8. */
void nd_mailhead_add_subject(struct nd_buf *out, const char *value);

/**
 * Read the headers back as others will find them.
 *
 * bytes      a whole mail
 * name       of the headers, in their order, each once
 * Returns    are they these and no other, in short lines of printable
 *            characters?
 */
bool
nd_mailhead_holds(const char *bytes, const char *const *name, size_t count);

/** Can a body go as it is: ASCII, in short lines? */
bool nd_mailhead_is_seven_bit(const struct nd_buf *body);

/** Append a body in quoted-printable. */
void
nd_mailhead_add_quoted_printable(struct nd_buf *out, const struct nd_buf *body);

#endif
