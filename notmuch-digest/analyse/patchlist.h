/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * patchlist.h - lists of patches and their commits, as b4 and patchwork write
 *
 *	[1/2] foo: a                      - [net-next,v2,1/2] foo: a
 *	      commit: 3bf0a93dcc92          https://git.kernel.org/foo/c/3bf0a93
 *
 * and as others do: "3bf0a93dcc92 foo: a", one a line. And the commit of a
 * patch that is shown as git does ("From ID Mon Sep 17").
 */
#ifndef ND_ANALYSE_PATCHLIST_H
#define ND_ANALYSE_PATCHLIST_H

#include "analyse/mailevents.h"

/**
 * Take the numbers and commits of a list in the mail into the event; no
 * numbers when the list has all patches.
 *
 * Returns how many commits there were
 */
size_t
nd_patchlist_read(const struct nd_mailevents *mail, struct nd_event *event);

/** Take the commits of patches that are shown whole. */
void nd_patchlist_add_shown(const struct nd_mailevents *mail,
                            struct nd_event *event);

/** Has the mail a list, or a patch that is shown whole? */
bool nd_patchlist_is_there(const struct nd_mailevents *mail);

/**
 * The first line of a list in which patches of a series have their commits;
 * false when there is none. It says that they were taken, whatever the words.
 */
bool nd_patchlist_find(const struct nd_mailevents *mail, size_t *line);

#endif
