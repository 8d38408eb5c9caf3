/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * store.h - from settings and state to what store/ works with
 */
#ifndef ND_PIPELINE_STORE_H
#define ND_PIPELINE_STORE_H

#include "app/app.h"
#include "store/store.h"

/** The places, names and limits in force; owned by app. */
struct nd_store *nd_store_in_force(struct nd_app *app);

/**
 * May we write: is the folder ours or empty, and not a mail sync's, and the
 * tag prefix nobody else's?
 *
 * Returns    ND_OK; ND_ERR_CONFIG with the remedy
 */
enum nd_status
nd_store_check(struct nd_app *app, struct nd_store *store) ND_MUST_CHECK;

/**
 * Has a newer version of this program written here, by what the last run has
 * left? Then nobody knows what its marks mean.
 *
 * Returns    ND_OK; ND_ERR_CONFIG with the remedy
 */
enum nd_status nd_store_check_version(struct nd_app *app) ND_MUST_CHECK;

/** The failure for that. */
enum nd_status
nd_store_is_newer(struct nd_app *app, const char *what, unsigned version);

/** Mark folders that have no mark and hold nothing but digests of ours. */
enum nd_status
nd_store_adopt(struct nd_app *app, const struct nd_store *store) ND_MUST_CHECK;

/**
 * The entry of new.ignore that hides the folder from `notmuch new`, which then
 * takes the digests out of the database each time; NULL if none does. Owned by
 * app.
 */
const char *nd_store_ignored(struct nd_app *app, const char *folder);

#endif
