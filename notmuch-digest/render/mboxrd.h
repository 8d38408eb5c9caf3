/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * mboxrd.h - mails one behind the other in a file: mbox in its form "rd"
 *
 * RFC 4155 says what mbox is; in the form "rd" a line that begins with "From ",
 * or with that behind any number of ">", has one ">" more, so that every mail
 * comes out again as it went in. Mail clients open it as a folder.
 */
#ifndef ND_RENDER_MBOXRD_H
#define ND_RENDER_MBOXRD_H

#include <stdint.h>

#include "util/buf.h"

/**
 * Append a mail to out.
 *
 * sender     an address, for the line in front of the mail
 * date_s     for the same line: seconds since the epoch
 * mail, len  headers and body, lines end in LF
 */
void nd_mboxrd_add(struct nd_buf *out, const char *sender, int64_t date_s,
                   const char *mail, size_t len);

#endif
