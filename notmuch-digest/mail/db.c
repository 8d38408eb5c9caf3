/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/handle.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "mail/gobject.h"
#include "util/alloc.h"
#include "util/buf.h"
#include "util/utf8.h"

static int
db_destructor(struct nd_db *db)
{
	if (db->handle)
		notmuch_database_destroy(db->handle);
	return 0;
}

/* Copy and free an error text of libnotmuch; without its line end. */
static const char *
library_error(const void *ctx, char *text, notmuch_status_t status)
{
	const char *why = text ? text : notmuch_status_to_string(status);
	char *copy = nd_utf8_clean_line(ctx, why, strlen(why));

	free(text);
	return copy;
}

/*
 * Two commits of other programs while it is being opened, and it fails: that
 * passes. Any other failure stays the same, some 0.1 s later.
 */
static notmuch_status_t
try_to_open(const char *path, const char *config, notmuch_database_mode_t mode,
            notmuch_database_t **handle, char **text)
{
	struct timespec pause = {.tv_nsec = 10 * 1000000};
	notmuch_status_t status;

	for (int i = 0;; i++) {
		*text = NULL;
		status = notmuch_database_open_with_config(path, mode, config,
		                                           NULL, handle, text);
		if (status != NOTMUCH_STATUS_XAPIAN_EXCEPTION ||
		    i == ND_DB_TRIES)
			return status;
		free(*text);
		nanosleep(&pause, NULL);
		pause.tv_nsec *= 2;
	}
}

static enum nd_status
open_handle(notmuch_database_t **handle, notmuch_database_mode_t mode,
            struct nd_error *err)
{
	const char *path = getenv("NOTMUCH_DATABASE");
	const char *config = getenv("NOTMUCH_CONFIG");
	char *text = NULL;
	notmuch_status_t status;
	enum nd_status st;
	const char *why;

	/*
	 * `notmuch --config= digest` hands us an empty NOTMUCH_CONFIG, which
	 * means "no file"; for the library that is "", not NULL. The path goes
	 * in explicitly, else the file's would be used for the mail root.
	 */
	if (config && *config)
		config = NULL;
	if (path && !*path)
		path = NULL;
	nd_gmime_init();
	status = try_to_open(path, config, mode, handle, &text);
	if (status == NOTMUCH_STATUS_SUCCESS) {
		free(text);
		return ND_OK;
	}
	why = library_error(NULL, text, status);
	if (status == NOTMUCH_STATUS_NO_CONFIG)
		st = nd_fail(err, ND_ERR_CONFIG,
		             "no notmuch configuration: %.300s\n"
		             "run 'notmuch setup', then 'notmuch new'",
		             why);
	else
		st = nd_fail(err, ND_ERR_DB,
		             "cannot open the notmuch database: %.300s\n"
		             "'notmuch config get database.path' names it; "
		             "'notmuch new' creates it",
		             why);
	talloc_free((void *)why);
	*handle = NULL;
	return st;
}

static void
load_exclude_tags(struct nd_db *db)
{
	notmuch_config_values_t *values = notmuch_config_get_values(
		db->handle, NOTMUCH_CONFIG_EXCLUDE_TAGS);

	for (; notmuch_config_values_valid(values);
	     notmuch_config_values_move_to_next(values)) {
		struct nd_exclude *exclude =
			x_append(db, db->exclude, db->exclude_count);

		exclude->tag = x_strdup(db, notmuch_config_values_get(values));
	}
	notmuch_config_values_destroy(values);
}

enum nd_status
nd_db_open_mode(const void *ctx, notmuch_database_mode_t mode,
                struct nd_db **out, struct nd_error *err)
{
	struct nd_db *db = x_new(NULL, struct nd_db);
	enum nd_status st = open_handle(&db->handle, mode, err);

	db->mode = mode;
	talloc_set_destructor(db, db_destructor);
	if (st != ND_OK) {
		talloc_free(db);
		return st;
	}
	load_exclude_tags(db);
	*out = talloc_steal(ctx, db);
	return ND_OK;
}

enum nd_status
nd_db_open(const void *ctx, struct nd_db **out, struct nd_error *err)
{
	return nd_db_open_mode(ctx, NOTMUCH_DATABASE_MODE_READ_ONLY, out, err);
}

enum nd_status
nd_db_open_again(struct nd_db *db, struct nd_error *err)
{
	notmuch_database_t *fresh;
	enum nd_status st = open_handle(&fresh, db->mode, err);

	/* On failure the old one stays: stale, but there. */
	if (st != ND_OK)
		return st;
	notmuch_database_destroy(db->handle);
	db->handle = fresh;
	return ND_OK;
}

enum nd_status
nd_db_find_mail(struct nd_db *db, const char *id, notmuch_message_t **message,
                struct nd_error *err)
{
	notmuch_status_t status;
	notmuch_bool_t ghost = 0;

	*message = NULL;
	for (int i = 0; i < ND_DB_TRIES; i++) {
		status = notmuch_database_find_message(db->handle, id, message);
		if (status == NOTMUCH_STATUS_SUCCESS && *message)
			status = notmuch_message_get_flag_st(
				*message, NOTMUCH_MESSAGE_FLAG_GHOST, &ghost);
		if (status == NOTMUCH_STATUS_SUCCESS ||
		    db->mode != NOTMUCH_DATABASE_MODE_READ_ONLY ||
		    nd_db_open_again(db, err) != ND_OK)
			break;
		*message = NULL;
	}
	if (status != NOTMUCH_STATUS_SUCCESS)
		return nd_fail(err, ND_ERR_DB, "cannot look up id:%.200s: %s",
		               id, notmuch_status_to_string(status));
	if (ghost) {
		notmuch_message_destroy(*message);
		*message = NULL;
	}
	return ND_OK;
}

void
nd_db_set_folders(struct nd_db *db, const char *const *folder, size_t count)
{
	const char *root = nd_db_mail_root(db);

	TALLOC_FREE(db->folders.path);
	db->folders.count = 0;
	for (size_t i = 0; i < count; i++)
		if (*folder[i])
			*(const char **)x_append(db, db->folders.path,
			                         db->folders.count) =
				x_asprintf(db, "%s/%s", root, folder[i]);
}

struct nd_pair_list *
nd_db_settings(const void *ctx, struct nd_db *db, const char *prefix)
{
	struct nd_pair_list *list = x_new(ctx, struct nd_pair_list);
	notmuch_config_pairs_t *pairs =
		notmuch_config_get_pairs(db->handle, prefix);

	for (; notmuch_config_pairs_valid(pairs);
	     notmuch_config_pairs_move_to_next(pairs)) {
		struct nd_pair *pair = x_append(list, list->pair, list->count);
		const char *value = notmuch_config_pairs_value(pairs);

		pair->key = x_strdup(list, notmuch_config_pairs_key(pairs));
		pair->value = x_strdup(list, value ? value : "");
	}
	notmuch_config_pairs_destroy(pairs);
	return list;
}

const char *
nd_db_setting(const void *ctx, struct nd_db *db, const char *key)
{
	char *value = NULL;
	const char *copy;

	if (notmuch_database_get_config(db->handle, key, &value) !=
	    NOTMUCH_STATUS_SUCCESS)
		return "";
	copy = x_strdup(ctx, value ? value : "");
	free(value);
	return copy;
}

const char *
nd_db_setting_source(struct nd_db *db, const char *key)
{
	const char *path = notmuch_config_path(db->handle);
	const char *dot = strchr(key, '.');
	char *group = x_strndup(NULL, key, (size_t)(dot - key));
	GKeyFile *file = g_key_file_new();
	const char *source = "database";

	if (path &&
	    g_key_file_load_from_file(file, path, G_KEY_FILE_NONE, NULL) &&
	    g_key_file_has_key(file, group, dot + 1, NULL))
		source = "file";
	g_key_file_free(file);
	talloc_free(group);
	return source;
}

const char *
nd_db_mail_root(struct nd_db *db)
{
	return notmuch_config_get(db->handle, NOTMUCH_CONFIG_MAIL_ROOT);
}

const char *
nd_db_path(struct nd_db *db)
{
	return notmuch_database_get_path(db->handle);
}

const char *
nd_db_hook_dir(struct nd_db *db)
{
	return notmuch_config_get(db->handle, NOTMUCH_CONFIG_HOOK_DIR);
}

unsigned long
nd_db_revision(struct nd_db *db)
{
	return notmuch_database_get_revision(db->handle, NULL);
}

unsigned
nd_db_count(struct nd_db *db, const char *query)
{
	struct nd_error why;

	for (int i = 0; i < ND_DB_TRIES; i++) {
		notmuch_query_t *handle =
			notmuch_query_create(db->handle, query);
		unsigned count = 0;
		notmuch_status_t status;

		notmuch_query_set_omit_excluded(handle, NOTMUCH_EXCLUDE_FALSE);
		status = notmuch_query_count_messages(handle, &count);
		notmuch_query_destroy(handle);
		if (status == NOTMUCH_STATUS_SUCCESS)
			return count;
		/* Two commits of another program, and the snapshot is gone. */
		if (nd_db_open_again(db, &why) != ND_OK)
			break;
	}
	return 0;
}

struct nd_value_list *
nd_db_values(const void *ctx, struct nd_db *db, const char *key)
{
	struct nd_value_list *list = x_new(ctx, struct nd_value_list);
	notmuch_config_values_t *values =
		notmuch_config_get_values_string(db->handle, key);

	for (; notmuch_config_values_valid(values);
	     notmuch_config_values_move_to_next(values))
		*(const char **)x_append(list, list->value, list->count) =
			x_strdup(list, notmuch_config_values_get(values));
	notmuch_config_values_destroy(values);
	return list;
}

struct nd_value_list *
nd_db_all_tags(const void *ctx, struct nd_db *db)
{
	struct nd_value_list *list = x_new(ctx, struct nd_value_list);
	notmuch_tags_t *tags = notmuch_database_get_all_tags(db->handle);

	for (; notmuch_tags_valid(tags); notmuch_tags_move_to_next(tags))
		*(const char **)x_append(list, list->value, list->count) =
			x_strdup(list, notmuch_tags_get(tags));
	notmuch_tags_destroy(tags);
	return list;
}

bool
nd_db_is_all_mail(const char *query)
{
	return *query == '\0' || strcmp(query, "*") == 0;
}

const char *
nd_db_dated_query(const void *ctx, const char *query, int64_t since_s,
                  int64_t until_s)
{
	/* date: takes both ends as inside. */
	const char *dates =
		x_asprintf(ctx, "date:@%lld..@%lld", (long long)since_s,
	                   (long long)until_s - 1);

	if (nd_db_is_all_mail(query))
		return dates;
	return x_asprintf(ctx, "(%s) and %s", query, dates);
}

const char *
nd_db_id_query(const void *ctx, const char *id)
{
	struct nd_buf *query = nd_buf_new(ctx, 4 * strlen(id) + 8);

	/* Quotes inside of quotes are doubled (notmuch-search-terms(7)). */
	nd_buf_adds(query, "id:\"");
	for (const char *p = id; *p; p++)
		nd_buf_adds(query, *p == '"' ? "\"\"" : (char[]){*p, '\0'});
	nd_buf_addc(query, '"');
	return nd_buf_finish(ctx, query);
}

/* Round brackets and double quotes, as Xapian's query parser reads them. */
static const char *
query_imbalance(const char *query)
{
	bool quoted = false;
	int depth = 0;

	for (const char *p = query; *p; p++) {
		if (*p == '"')
			quoted = !quoted;
		else if (quoted)
			continue;
		else if (*p == '(')
			depth++;
		else if (*p == ')' && --depth < 0)
			return "a ')' without '('";
	}
	if (quoted)
		return "a '\"' without its other half";
	return depth > 0 ? "a '(' without ')'" : NULL;
}

enum nd_status
nd_db_query_failed(struct nd_db *db, const char *query, notmuch_status_t status,
                   struct nd_error *err)
{
	const char *detail = notmuch_database_status_string(db->handle);
	enum nd_status st;
	char *why;

	if (!detail)
		detail = notmuch_status_to_string(status);
	why = nd_utf8_clean_line(NULL, detail, strlen(detail));
	st = nd_fail(err, ND_ERR_USAGE, "cannot parse the query '%.100s': %s",
	             query, why);
	talloc_free(why);
	return st;
}

bool
nd_db_is_lost(const struct nd_db *db)
{
	const char *text = notmuch_database_status_string(db->handle);

	return db->mode == NOTMUCH_DATABASE_MODE_READ_ONLY && text &&
	       strstr(text, "reopen()");
}

static notmuch_status_t
try_query(struct nd_db *db, const char *query)
{
	notmuch_query_t *handle = notmuch_query_create(db->handle, query);
	unsigned count;
	notmuch_status_t status = notmuch_query_count_messages(handle, &count);

	notmuch_query_destroy(handle);
	return status;
}

enum nd_status
nd_db_check_query(struct nd_db *db, const char *query, struct nd_error *err)
{
	const char *imbalance = query_imbalance(query);
	notmuch_status_t status = NOTMUCH_STATUS_SUCCESS;

	if (imbalance)
		return nd_fail(err, ND_ERR_USAGE,
		               "cannot parse the query '%.100s': it has %s",
		               query, imbalance);
	for (int i = 0; i < ND_DB_TRIES; i++) {
		status = try_query(db, query);
		if (status == NOTMUCH_STATUS_SUCCESS)
			return ND_OK;
		if (!nd_db_is_lost(db) || nd_db_open_again(db, err) != ND_OK)
			break;
	}
	return nd_db_query_failed(db, query, status, err);
}
