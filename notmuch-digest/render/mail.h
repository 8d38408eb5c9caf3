/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * mail.h - a thread's digest as a mail for its reader's mailbox
 *
 * Plain text of at most 72 columns (format=flowed, space-stuffed), headers in
 * ASCII but for the id of a root that is not, times in UTC: what is read in a
 * thread, in any mail client. The same input gives the same bytes. GMime
 * encodes; on top of that the headers are read back, and a mail that has other
 * ones than ours is refused, whatever the mails of the thread hold.
 *
 * GMime must have been initialised (opening the database does it).
 *
 * Only a Message-ID that is too long for it can make a line wider.
 */
#ifndef ND_RENDER_MAIL_H
#define ND_RENDER_MAIL_H

#include "render/render.h"
#include "util/status.h"

/* What the headers hold besides what is in the thread. */
struct nd_digest_mail {
	const char *from;      /* "Digest <digest@digest.invalid>" */
	const char *id;        /* Message-ID, without brackets */
	const char *parent_id; /* the root's, as the database has it */
	int64_t date_s;        /* the root's Date, as written */
	int64_t now_s;         /* when it was made; named in the last line */
	const char *key;       /* of the mails it covers: 40 digits */
	const char *last;      /* hash of the id of the newest: 40 digits */
	const char *behind;    /* last of the digest before it; "" if none */
	const char *tags;      /* divided by blanks; only printable ASCII */
	const char *merged;    /* words as analyse/merged.h has them, or NULL */
};

/**
 * Append the mail to out.
 *
 * report     the one that the thread is in
 * catalogue  of the language of headings
 * Returns    ND_OK; ND_ERR_PARSE when the root's id cannot stand in a header,
 *            ND_ERR_LIMIT when out is full
 */
enum nd_status
nd_mail_render_digest(const struct nd_report *report,
                      const struct nd_thread *thread,
                      const struct nd_i18n *i18n,
                      const struct nd_digest_mail *mail, struct nd_buf *out,
                      struct nd_error *err) ND_MUST_CHECK;

#endif
