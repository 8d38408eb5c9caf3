/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * sections.h - which parts of a big thread are told, each under a heading
 *
 * Where a zone speaks for many mails its sentences say little unless a reader
 * knows what each of them is about. So the parts that matter most get a
 * heading with their outcome, what is said of the others is left out, and one
 * line tells how much that is.
 *
 * Costs: linear in mails, sentences and ledger.
 */
#ifndef ND_SUMMARISE_SECTIONS_H
#define ND_SUMMARISE_SECTIONS_H

#include "summarise/candidates.h"
#include "summarise/select.h"

struct nd_sections;

/**
 * Find the parts, and let their sentences be chosen for what the parts are
 * worth and what their headings cost.
 *
 * m          scored; scores, branches and prices are changed; must stay
 * large      a zone with more mails is told in parts; 0: none ever
 * max_words  of the whole summary
 * Returns    owned by ctx; NULL when nothing is to be told in parts
 */
struct nd_sections *nd_sections_new(const void *ctx, struct nd_candidates *m,
                                    unsigned large, unsigned max_words);

/** The words of lines that tell how much is not told; 0 for NULL. */
unsigned nd_sections_words(const struct nd_sections *trees);

/** Bring together what is chosen from one part. NULL: they stay. */
void
nd_sections_order(const struct nd_sections *trees, struct nd_choices *choices);

/**
 * Put the parts that items come from into the summary. NULL: none.
 *
 * summary    its items are in the order of choices
 */
void
nd_sections_tell(const struct nd_sections *trees, struct nd_summary *summary);

/** Words of the headings and labels that a zone prints. */
unsigned
nd_sections_heading_words(const struct nd_item_list *list, enum nd_zone zone);

#endif
