/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * htmlchart.h - what a look says faster than words: pictures in an HTML page
 *
 * Tables of which one column is inline SVG, as wide as there is room and as high
 * as a line. Each picture has its text (<title>, <desc>), and the number stands
 * beside it. Colours are those of the page's classes c0, c1, … (of a category,
 * by its place in the report) and bar.
 *
 * Appends to out, nothing when there is nothing to see.
 */
#ifndef ND_RENDER_HTMLCHART_H
#define ND_RENDER_HTMLCHART_H

#include "words/labels.h"

enum { ND_HTMLCHART_COLOURS = 6 };

/** The place of the thread's category among those of the report. */
size_t nd_htmlchart_category(const struct nd_report *report,
                             const struct nd_thread *thread);

/* Of all threads of the report, also those that --limit leaves out. */

/** New mails by category, a row a day, or a row for several in long periods. */
void nd_htmlchart_days(struct nd_buf *out, const struct nd_labels *labels);

/** New mails by list and category, where the report has several lists. */
void nd_htmlchart_lists(struct nd_buf *out, const struct nd_labels *labels);

/** Threads by state, those that stand in another one's entry among them. */
void nd_htmlchart_states(struct nd_buf *out, const struct nd_labels *labels);

/**
 * Who wrote when: the mails of a large thread, a row for each of those who wrote
 * most; patches, other mails, and what was taken have marks of their own.
 */
void nd_htmlchart_timeline(struct nd_buf *out, const struct nd_labels *labels,
                           const struct nd_thread *thread);

#endif
