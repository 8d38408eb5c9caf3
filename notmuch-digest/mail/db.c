/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/db_private.h"

#include <glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "util/alloc.h"
#include "util/buf.h"
#include "util/str.h"
#include "util/utf8.h"

enum nd_status
nd_db_find_mail(struct nd_db *db, const char *id, notmuch_message_t **message,
                struct nd_error *err)
{
	notmuch_status_t status = NOTMUCH_STATUS_SUCCESS;
	notmuch_bool_t ghost = 0;
	char what[256];

	for (int i = 0; i < ND_DB_TRIES; i++) {
		enum nd_status st;

		*message = NULL;
		status = notmuch_database_find_message(db->handle, id, message);
		if (status == NOTMUCH_STATUS_SUCCESS && *message)
			status = notmuch_message_get_flag_st(
				*message, NOTMUCH_MESSAGE_FLAG_GHOST, &ghost);
		if (status == NOTMUCH_STATUS_SUCCESS || !nd_db_is_lost(db))
			break;
		st = nd_db_open_again(db, err);
		if (st != ND_OK)
			return st;
	}
	if (status != NOTMUCH_STATUS_SUCCESS && nd_db_is_lost(db))
		return nd_db_gave_up(err);
	snprintf(what, sizeof what, "cannot look up id:%.200s", id);
	if (status != NOTMUCH_STATUS_SUCCESS)
		return nd_db_failed(db, what, status, err);
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

static notmuch_status_t
try_query(struct nd_db *db, const char *query, bool exclude, unsigned *count)
{
	notmuch_query_t *handle = notmuch_query_create(db->handle, query);
	notmuch_status_t status;

	if (!exclude)
		notmuch_query_set_omit_excluded(handle, NOTMUCH_EXCLUDE_FALSE);
	status = notmuch_query_count_messages(handle, count);
	notmuch_query_destroy(handle);
	return status;
}

/* Count, on a fresh snapshot where that was lost. */
static enum nd_status
count_mails(struct nd_db *db, const char *query, bool exclude, unsigned *count,
            struct nd_error *err)
{
	notmuch_status_t status = NOTMUCH_STATUS_SUCCESS;

	for (int i = 0; i < ND_DB_TRIES; i++) {
		enum nd_status st;

		status = try_query(db, query, exclude, count);
		if (status == NOTMUCH_STATUS_SUCCESS)
			return ND_OK;
		if (!nd_db_is_lost(db))
			break;
		st = nd_db_open_again(db, err);
		if (st != ND_OK)
			return st;
	}
	return nd_db_query_failed(db, query, status, err);
}

enum nd_status
nd_db_count(struct nd_db *db, const char *query, unsigned *count,
            struct nd_error *err)
{
	unsigned found;
	enum nd_status st = count_mails(db, query, false, &found, err);

	if (st == ND_OK)
		*count = found;
	return st;
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
	size_t len = strlen(query);

	nd_mem_trim(&query, &len);
	return len == 0 || (len == 1 && *query == '*');
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

enum nd_status
nd_db_check_query(struct nd_db *db, const char *query, struct nd_error *err)
{
	struct nd_error unused;
	unsigned count;
	enum nd_status st = count_mails(db, query, true, &count, err);

	/* What libnotmuch says of a query it keeps saying: the next failure
	 * would not be seen. */
	if (st == ND_ERR_USAGE && db->mode == NOTMUCH_DATABASE_MODE_READ_ONLY)
		(void)!nd_db_open_fresh(db, &unused);
	return st;
}
