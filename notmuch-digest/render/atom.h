/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * atom.h - reports as Atom feeds (RFC 4287), an entry a thread
 *
 * Ids stand for the same thing in every run, so that a reader of feeds knows
 * what it has shown: that of a feed is made of the query; that of a thread of
 * its root's Message-ID, by the same hash as its digest's; that of the front
 * page of the query and the days of the window, so that each day has one.
 *
 * `updated` is the newest mail that is told of, and the feed's that of the
 * newest entry: the same mail gives the same bytes, whatever the clock says.
 * Each thread has its own entry. Times are in UTC where programs read them.
 *
 * Does not: name where the feed can be fetched; it is a file.
 */
#ifndef ND_RENDER_ATOM_H
#define ND_RENDER_ATOM_H

#include "words/labels.h"

void nd_atom_report(const struct nd_labels *labels, struct nd_buf *out);

#endif
