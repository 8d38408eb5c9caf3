/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * repair.h - the folder after a run that was killed
 *
 * The index is what counts: a digest that is on disk and not in the index was
 * either not committed, or has been replaced. What is wrong inside the index
 * is found by pipeline/changed.h.
 */
#ifndef ND_STORE_REPAIR_H
#define ND_STORE_REPAIR_H

#include <stdbool.h>

#include "store/store.h"

/** Did a run that was killed leave something in the folder at path? */
bool nd_repair_is_needed(const char *path);

/**
 * If so: unlink digests of ours that the index does not know, and what is in
 * tmp, and remember it in store->killed. Nothing is done otherwise.
 *
 * db         open for reading; another run of ours must be locked out
 */
enum nd_status nd_repair_folder(struct nd_store *store, struct nd_db *db,
                                struct nd_error *err) ND_MUST_CHECK;

#endif
