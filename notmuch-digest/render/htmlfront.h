/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * htmlfront.h - the front page of an HTML report
 *
 * Its lines lead to the entries below, where the page has them, else to the
 * mails.
 */
#ifndef ND_RENDER_HTMLFRONT_H
#define ND_RENDER_HTMLFRONT_H

#include "words/labels.h"
#include "words/readingtime.h"

/* What can be read of the page: the time for it, and threads without. */
struct nd_htmlfront_plan {
	struct nd_readingtime *time;
	struct nd_readingtime_left *left;
	const size_t *number; /* of entries, as the front page orders them */
};

void nd_htmlfront_add(struct nd_buf *out, const struct nd_labels *labels,
                      const struct nd_htmlfront_plan *plan);

/** What has happened since the last report, which the report was compared to. */
void nd_htmlfront_since(struct nd_buf *out, const struct nd_labels *labels,
                        const struct nd_htmlfront_plan *plan);

/** "#t15": the entry that tells of the thread's next version, or NULL. */
const char *nd_htmlfront_entry(const void *ctx, const struct nd_labels *labels,
                               const struct nd_htmlfront_plan *plan,
                               const struct nd_thread *thread);

#endif
