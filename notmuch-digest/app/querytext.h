/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * querytext.h - is a query one that notmuch takes as it is written?
 *
 * Xapian's parser drops what it does not understand: a '-' or '!' in front of
 * a term, empty brackets, "tag:" with nothing behind it, the other half of a
 * quote; and a misspelt prefix ("frm:bob") becomes a search for words, which
 * behind "not" matches all mail. In a query that says what may be sent, or
 * removed, that must not be: each of them is an error here.
 *
 * Pure but for the names of settings that the caller looks up. Linear.
 *
 * Does not: parse; nd_db_check_query() asks notmuch for the rest.
 */
#ifndef ND_APP_QUERYTEXT_H
#define ND_APP_QUERYTEXT_H

#include <stdbool.h>

#include "util/status.h"

/**
 * Does the user's configuration know this name? For "query", the saved query,
 * *text is its text, which lives as long as arg; for "header", a prefix of
 * their own.
 */
typedef bool nd_querytext_known(void *arg, const char *kind, const char *name,
                                const char **text);

/**
 * Check (all of) query, and the ones it names.
 *
 * Returns    ND_OK; ND_ERR_USAGE with what is wrong and the remedy: it is over
 *            ND_LIMIT_QUERY_BYTES or _WORDS, or part of it would be dropped
 */
enum nd_status
nd_querytext_check(const char *query, nd_querytext_known *known, void *arg,
                   struct nd_error *err) ND_MUST_CHECK;

/** A query whose check by notmuch itself takes no time worth mentioning. */
bool nd_querytext_is_plain(const char *query);

#endif
