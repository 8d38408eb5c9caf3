/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * reportmail.h - a report as a mail, for its reader's mailbox or to be sent
 *
 * The text report for a terminal of 71 columns (format=flowed, space-stuffed),
 * and the HTML report, without its script, as its alternative.
 * Headers in ASCII, looked at again when they are written (mailhead.h): what
 * the mails hold gets into the body alone. The same input gives the same
 * bytes.
 *
 * GMime must have been initialised (opening the database does it).
 */
#ifndef ND_RENDER_REPORTMAIL_H
#define ND_RENDER_REPORTMAIL_H

#include "render/render.h"
#include "util/status.h"

/* What the headers hold besides what is in the report. */
struct nd_report_mail {
	const char *from;  /* "Digest <digest@digest.invalid>" */
	const char *to;    /* an address; NULL: nobody's */
	const char *id;    /* Message-ID, without brackets */
	const char *query; /* hash of the query: 40 digits */
	const char *tags;  /* divided by blanks; only printable ASCII */
};

/**
 * Append the mail to out; its Date is the report's generated_s.
 *
 * options    of both parts; width, colours and links are not looked at
 * Returns    ND_OK; ND_ERR_LIMIT when out is full; ND_ERR_PARSE when a header
 *            would be odd
 */
enum nd_status
nd_reportmail_render(const struct nd_report *report,
                     const struct nd_render_options *options,
                     const struct nd_report_mail *mail, struct nd_buf *out,
                     struct nd_error *err) ND_MUST_CHECK;

#endif
