/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * update.h - make the digests of some threads again
 */
#ifndef ND_CMD_UPDATE_H
#define ND_CMD_UPDATE_H

#include "cmd/cmd.h"
#include "store/apply.h"
#include "util/map.h"

/**
 * Write the digests and tags of the threads of a query, although their mails
 * are the same, with what commits said of them.
 *
 * merged     root id -> text for thread->merged
 * counts     what was done is added to it
 */
enum nd_status nd_update_merged(struct nd_app *app, const char *query,
                                const struct nd_map *merged,
                                struct nd_apply_counts *counts) ND_MUST_CHECK;

#endif
