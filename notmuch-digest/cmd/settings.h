/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * settings.h - the digest.* keys of notmuch's configuration
 *
 * There is no other configuration file. Unknown keys and bad values are errors
 * that name the key and what is accepted.
 */
#ifndef ND_CMD_SETTINGS_H
#define ND_CMD_SETTINGS_H

#include <stddef.h>

#include "mail/db.h"
#include "model/ledger.h"
#include "util/status.h"

/* digest.category.NAME=QUERY, digest.list.NAME=QUERY */
struct nd_named_query {
	const char *name;
	const char *query;
};

struct nd_settings {
	const char *query; /* "" when not set */
	const char *engine;
	const char *lang;
	unsigned large;     /* more new mails make a thread large */
	unsigned max_words; /* of a summary */
	struct nd_named_query *category; /* in the user's order */
	size_t category_count;
	struct nd_named_query *list; /* in the user's order */
	size_t list_count;
	struct nd_user user; /* user.name, user.primary_email, … */
};

/**
 * Read and check all digest.* keys.
 *
 * *out       owned by ctx, complete with defaults; untouched on failure
 * Returns    ND_OK; ND_ERR_CONFIG for the first key that is wrong
 */
enum nd_status nd_settings_load(const void *ctx, struct nd_db *db,
                                const struct nd_settings **out,
                                struct nd_error *err) ND_MUST_CHECK;

#endif
