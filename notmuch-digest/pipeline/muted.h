/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * muted.h - the threads that the user does not want to hear of
 *
 * A thread is muted when one of its mails matches digest.mute; digests of ours
 * do not count, since a tag on one goes with it. What search.exclude_tags hides
 * counts.
 */
#ifndef ND_PIPELINE_MUTED_H
#define ND_PIPELINE_MUTED_H

#include "app/app.h"
#include "util/map.h"

/**
 * Which of these threads are muted?
 *
 * *out       owned by app: a map that has their ids as keys
 */
enum nd_status
nd_muted_find(struct nd_app *app, const struct nd_value_list *among,
              struct nd_map **out) ND_MUST_CHECK;

/**
 * The query for the mails that mute their threads, limited to those that match
 * condition (NULL: all of them). Owned by app.
 */
const char *nd_muted_query(struct nd_app *app, const char *condition);

/**
 * Is digest.mute another one than the last update has looked at? Then threads
 * that have not changed may have to get their digests, or lose them.
 */
bool nd_muted_is_other(const struct nd_app *app);

/** What the watermark has of the one in force; owned by ctx. */
const char *nd_muted_key(const void *ctx, const struct nd_app *app);

#endif
