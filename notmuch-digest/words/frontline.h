/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * frontline.h - the lines of the front page in words
 *
 * As in labels.h: plain text on one line, owned by ctx, to be escaped as a
 * whole. All formats say the same words.
 *
 * Limits: titles, questions and the findings of tests are cut.
 */
#ifndef ND_WORDS_FRONTLINE_H
#define ND_WORDS_FRONTLINE_H

#include "agenda/front.h"
#include "words/labels.h"

/** "93 mails in 31 threads, 24 participants; 1 large thread (over 20 mails)" */
const char *
nd_frontline_section_totals(const void *ctx, const struct nd_labels *labels,
                            const struct nd_report_section *section);

/** "2 muted threads", with new mail and told of nowhere else; "" */
const char *nd_frontline_muted(const void *ctx, const struct nd_labels *labels);

/** "Needs you", "Closed" */
const char *
nd_frontline_heading(const struct nd_labels *labels, enum nd_front_list list);

/** How many lines of a list are printed; the rest is counted. */
size_t
nd_frontline_shown(const struct nd_front *front, enum nd_front_list list);

/** "Still open from before": what threads still owe that have no new mail. */
const char *nd_frontline_quiet_heading(const struct nd_labels *labels);

/** How many lines of that are printed; the rest is counted. */
size_t nd_frontline_quiet_shown(const struct nd_front *front);

/** Its line in the report's list of what was closed, or NULL. */
const struct nd_front_line *nd_frontline_closed(const struct nd_thread *thread);

/** Has it a line that is printed? */
bool nd_frontline_has(const struct nd_labels *labels,
                      const struct nd_thread *thread);

/**
 * What it is about, without tags, and with its list where the report has several:
 * "[netdev] ring: do not wait (v3)".
 */
const char *nd_frontline_listed(const void *ctx, const struct nd_labels *labels,
                                const struct nd_thread *thread);

/**
 * The numbers of the report's entries, which are numbered through: section by
 * section, in each what matters first. As many as report->front orders threads,
 * in that order; 0 for one that is told in another one's entry. Owned by ctx.
 */
const size_t *
nd_frontline_numbers(const void *ctx, const struct nd_labels *labels);

/** Where the thread stands in the order of report->front, from 0; its length:
 * it has no place there. */
size_t nd_frontline_place(const struct nd_labels *labels,
                          const struct nd_thread *thread);

/** That and what is said: "ring: do not wait (v3): Ann asks you: “why?”" */
const char *nd_frontline_text(const void *ctx, const struct nd_labels *labels,
                              const struct nd_front_line *line);

/** The same of what is owed, whatever list its thread is in. */
const char *nd_frontline_owed(const void *ctx, const struct nd_labels *labels,
                              const struct nd_obligation *owed);

/** What is said of it with its day: "Ann asks you, since 03-10". */
const char *nd_frontline_dated(const void *ctx, const struct nd_labels *labels,
                               const struct nd_front_line *line);

/** A line of a thread that no list has: "title: under review; 3 new mails" */
const char *nd_frontline_brief(const void *ctx, const struct nd_labels *labels,
                               const struct nd_thread *thread);

/** Who asks, is waited for, closed it, …; a name, or NULL. */
const char *nd_frontline_who(const void *ctx, const struct nd_front_line *line);

#endif
