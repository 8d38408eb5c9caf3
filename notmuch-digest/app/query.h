/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * query.h - queries of the user: arguments and settings, checked in time
 *
 * nd_db_check_query() with a watchdog: notmuch cannot be stopped while it
 * reads a query, so one that keeps it busy for ND_QUERY_PATIENCE_S seconds of
 * computing ends the process, with the message and exit code that the function
 * would have given. Nothing is written before queries have been checked.
 */
#ifndef ND_APP_QUERY_H
#define ND_APP_QUERY_H

#include <stdbool.h>

#include "mail/db.h"

enum { ND_QUERY_PATIENCE_S = 10 };

/** Check the query of an argument or option. Returns ND_OK; ND_ERR_USAGE. */
enum nd_status nd_query_check_argument(struct nd_db *db, const char *query,
                                       struct nd_error *err) ND_MUST_CHECK;

/**
 * When the query names one mail and nothing else, is it in the mailbox?
 *
 * query      checked
 * Returns    ND_OK; ND_ERR_PARSE when it is not; what the database returns
 */
enum nd_status nd_query_check_mail(struct nd_db *db, const char *query,
                                   struct nd_error *err) ND_MUST_CHECK;

/**
 * Check the query of a setting.
 *
 * key        its whole name, for the message
 * lenient    for commands that must go on with any setting: what might take
 *            long is not given to notmuch
 * Returns    ND_OK; ND_ERR_CONFIG; what the database returns
 */
enum nd_status
nd_query_check_setting(struct nd_db *db, const char *key, const char *query,
                       bool lenient, struct nd_error *err) ND_MUST_CHECK;

#endif
