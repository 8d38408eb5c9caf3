/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * format.h - the formats of reports, and what can be chosen about them
 */
#ifndef ND_WORDS_FORMAT_H
#define ND_WORDS_FORMAT_H

#include <stdbool.h>

#include "util/i18n.h"

enum nd_format {
	ND_FORMAT_MARKDOWN,
	ND_FORMAT_JSON,
	ND_FORMAT_TEXT,
	ND_FORMAT_HTML,
	ND_FORMAT_ATOM,
	ND_FORMAT_MBOX, /* of digests: pipeline/mailbox.h */
	ND_FORMAT_COUNT
};

/* Which mails a thread's mail list shows (--mails). */
enum nd_mails { ND_MAILS_NEW, ND_MAILS_ALL, ND_MAILS_NONE };

struct nd_render_options {
	const struct nd_i18n *i18n; /* of the report's language */
	enum nd_mails mails;
	unsigned width;   /* columns of text; at least 40 */
	bool color;       /* text may use ANSI colours */
	bool links;       /* and OSC 8 hyperlinks */
	bool fold;        /* text, HTML: one entry a family of threads */
	bool brief;       /* a line a thread; not JSON */
	unsigned minutes; /* of reading, 0: no matter; not JSON */
	bool mailed;      /* HTML for a mail: nothing in it runs */
};

/** The format with this word of --format: "markdown"; false when there is none,
 * *out is untouched. */
bool nd_format_find(const char *name, enum nd_format *out);

#endif
