/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * settings.h - the digest.* keys of notmuch's configuration
 *
 * There is no other configuration file. Unknown keys and bad values are errors
 * that name the key and what is accepted.
 */
#ifndef ND_APP_SETTINGS_H
#define ND_APP_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>

#include "mail/db.h"
#include "model/standing.h"
#include "util/secret.h"
#include "util/status.h"

/* digest.category.NAME=QUERY, digest.list.NAME=QUERY */
struct nd_named_query {
	const char *name;
	const char *query;
};

/* digest.llm.*: strings are "", numbers 0 when they are not set. */
struct nd_llm_settings {
	const char *provider;
	const char *url;
	const char *model;
	const char *allow; /* query: which mails may leave the machine */
	const char *key_command, *key_file, *key_env;
	const char *allow_http; /* hosts beside this one without TLS */
	const char *thinking;   /* "off", "low", "medium", "high" */
	const char *ca_file;
	unsigned concurrency;
	unsigned timeout_s;
	unsigned context_tokens; /* tokens of the model */
	unsigned budget_tokens;
	double price_in, price_out; /* of a million tokens; 0: not known */
};

struct nd_settings {
	const char *query; /* "" when not set */
	const char *engine;
	const char *lang;
	unsigned large;     /* more new mails make a thread large */
	unsigned max_words; /* of a summary */
	const char *link;   /* an archive's URL with %s for the id; "" */
	const char *fold;   /* "series": one entry a family; "none" */
	const char *folder; /* below the mail root; "" when not set */
	const char *tag_prefix;
	const char *tag_scope; /* "root" or "thread" */
	const char *since;     /* a span: threads without mail since are old */
	const char *mute;      /* query: threads with such a mail are muted */
	const char *write;     /* "yes"; "no": another host writes digests */
	const char *from;
	unsigned min_messages; /* smaller threads get no digest mail */
	unsigned lock_timeout; /* seconds */
	struct nd_named_query *category; /* in the user's order */
	size_t category_count;
	struct nd_named_query *list; /* in the user's order */
	size_t list_count;
	struct nd_llm_settings llm;
	bool any;             /* is some digest.* key set? */
	struct nd_user user;  /* user.name, user.primary_email, … */
	const char **warning; /* what was wrong, when that is not an error */
	size_t warning_count;
};

/* Where digests go when digest.folder is not set. */
#define ND_FOLDER_DEFAULT "digest"

/** Has this name of a list or category a meaning of its own among our tags? */
bool nd_settings_is_reserved(const char *name);

/** Where the key of the service comes from. */
struct nd_secret_source
nd_settings_key_source(const struct nd_llm_settings *settings);

/** The folder in force, below the mail root. */
const char *nd_settings_folder(const struct nd_settings *settings);

/* A setting as `status` shows it. */
struct nd_setting_line {
	const char *key;    /* "digest.engine" */
	const char *value;  /* "" for none, or one that depends on others */
	const char *source; /* "file", "database" or "default" */
};

struct nd_setting_list {
	struct nd_setting_line *line;
	size_t count;
};

/** All settings in force and where each comes from; owned by ctx. */
struct nd_setting_list *nd_settings_list(const void *ctx, struct nd_db *db);

/**
 * Read and check all digest.* keys.
 *
 * lenient    what is wrong is a warning, and its default holds
 * *out       owned by ctx, complete with defaults; untouched on failure
 * Returns    ND_OK; ND_ERR_CONFIG for the first key that is wrong
 */
enum nd_status nd_settings_load(const void *ctx, struct nd_db *db, bool lenient,
                                const struct nd_settings **out,
                                struct nd_error *err) ND_MUST_CHECK;

#endif
