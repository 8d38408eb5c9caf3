/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/db_private.h"

#include <glib.h>
#include <gmime/gmime.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "util/alloc.h"
#include "util/buf.h"
#include "util/limits.h"
#include "util/str.h"
#include "util/utf8.h"

enum nd_status
nd_db_retry(struct nd_db *db, nd_db_attempt *attempt, void *arg,
            struct nd_error *err)
{
	for (int i = 0; i < ND_DB_TRIES; i++) {
		bool lost = false;
		enum nd_status st = attempt(db, arg, &lost, err);

		if (st != ND_OK || !lost)
			return st;
		st = nd_db_open_again(db, err);
		if (st != ND_OK)
			return st;
	}
	return nd_db_gave_up(err);
}

struct finding {
	const char *id;
	notmuch_message_t *message;
	notmuch_bool_t ghost;
};

static enum nd_status
find_mail_once(struct nd_db *db, void *arg, bool *lost, struct nd_error *err)
{
	struct finding *finding = arg;
	notmuch_status_t status;
	char what[256];

	finding->message = NULL;
	finding->ghost = 0;
	status = notmuch_database_find_message(db->handle, finding->id,
	                                       &finding->message);
	if (status == NOTMUCH_STATUS_SUCCESS && finding->message)
		status = notmuch_message_get_flag_st(finding->message,
		                                     NOTMUCH_MESSAGE_FLAG_GHOST,
		                                     &finding->ghost);
	if (status == NOTMUCH_STATUS_SUCCESS)
		return ND_OK;
	*lost = nd_db_is_lost(db);
	if (*lost)
		return ND_OK;
	snprintf(what, sizeof what, "cannot look up id:%.200s", finding->id);
	return nd_db_failed(db, what, status, err);
}

enum nd_status
nd_db_find_mail(struct nd_db *db, const char *id, notmuch_message_t **message,
                struct nd_error *err)
{
	struct finding finding = {.id = id};
	enum nd_status st = nd_db_retry(db, find_mail_once, &finding, err);

	*message = NULL;
	if (st != ND_OK)
		return st;
	if (!finding.ghost)
		*message = finding.message;
	else
		notmuch_message_destroy(finding.message);
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
			*x_append(db, db->folders.path, db->folders.count) =
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
nd_db_index_path(const void *ctx, struct nd_db *db)
{
	const char *base = nd_db_path(db);
	char *path = x_asprintf(ctx, "%s/.notmuch/xapian", base);

	/* Beside the mail, or since notmuch 0.32 in a place of its own. */
	if (access(path, F_OK) == 0)
		return path;
	talloc_free(path);
	return x_asprintf(ctx, "%s/xapian", base);
}

const char *
nd_db_hook_dir(struct nd_db *db)
{
	return notmuch_config_get(db->handle, NOTMUCH_CONFIG_HOOK_DIR);
}

const char *
nd_db_config_path(struct nd_db *db)
{
	return notmuch_config_path(db->handle);
}

unsigned long
nd_db_revision(struct nd_db *db)
{
	return notmuch_database_get_revision(db->handle, NULL);
}

struct counting {
	const char *query;
	unsigned count;
};

static enum nd_status
count_once(struct nd_db *db, void *arg, bool *lost, struct nd_error *err)
{
	struct counting *counting = arg;
	notmuch_query_t *handle =
		notmuch_query_create(db->handle, counting->query);
	notmuch_status_t status;

	notmuch_query_set_omit_excluded(handle, NOTMUCH_EXCLUDE_FALSE);
	status = notmuch_query_count_messages(handle, &counting->count);
	notmuch_query_destroy(handle);
	if (status == NOTMUCH_STATUS_SUCCESS)
		return ND_OK;
	*lost = nd_db_is_lost(db);
	return *lost ? ND_OK
	             : nd_db_query_failed(db, counting->query, status, err);
}

enum nd_status
nd_db_count(struct nd_db *db, const char *query, unsigned *count,
            struct nd_error *err)
{
	struct counting counting = {.query = query};
	enum nd_status st = nd_db_retry(db, count_once, &counting, err);

	if (st == ND_OK)
		*count = counting.count;
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
		*x_append(list, list->value, list->count) =
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
		*x_append(list, list->value, list->count) =
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
nd_db_dates(const void *ctx, int64_t from_s, int64_t to_s)
{
	/* It does not read what a clock says that has lost its time. */
	if (from_s < 0)
		from_s = 0;
	if (to_s == INT64_MAX)
		return x_asprintf(ctx, "date:@%lld..", (long long)from_s);
	return x_asprintf(ctx, "date:@%lld..@%lld", (long long)from_s,
	                  (long long)(to_s < from_s ? from_s : to_s));
}

const char *
nd_db_dated_query(const void *ctx, const char *query, int64_t since_s,
                  int64_t until_s)
{
	const char *dates = nd_db_dates(
		ctx, since_s, until_s == INT64_MAX ? until_s : until_s - 1);

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

/* A query is parsed when a tag is excluded, and no mail is looked for: to count
 * those of a mailbox takes longer the more it has. */
static enum nd_status
parse_once(struct nd_db *db, void *arg, bool *lost, struct nd_error *err)
{
	const char *query = *(const char *const *)arg;
	notmuch_query_t *handle = notmuch_query_create(db->handle, query);
	notmuch_status_t status = notmuch_query_add_tag_exclude(handle, "");

	notmuch_query_destroy(handle);
	if (status == NOTMUCH_STATUS_SUCCESS ||
	    status == NOTMUCH_STATUS_IGNORED)
		return ND_OK;
	*lost = nd_db_is_lost(db);
	return *lost ? ND_OK : nd_db_query_failed(db, query, status, err);
}

enum nd_status
nd_db_check_query(struct nd_db *db, const char *query, struct nd_error *err)
{
	struct nd_error unused;
	enum nd_status st = nd_db_retry(db, parse_once, &query, err);

	/* What libnotmuch says of a query it keeps saying: the next failure
	 * would not be seen. */
	if (st == ND_ERR_USAGE && db->mode == NOTMUCH_DATABASE_MODE_READ_ONLY)
		(void)!nd_db_open_fresh(db, &unused);
	return st;
}

/* ---- all messages of a query --------------------------------------------- */

/* Has a failure ended it? libnotmuch says so since 5.7 (notmuch 0.40); before that,
 * and in any version, nd_db_is_broken() may see it. */
static bool
has_broken_off(notmuch_messages_t *messages)
{
#if LIBNOTMUCH_CHECK_VERSION(5, 7, 0)
	notmuch_status_t status = notmuch_messages_status(messages);

	return status != NOTMUCH_STATUS_SUCCESS &&
	       status != NOTMUCH_STATUS_ITERATOR_EXHAUSTED;
#else
	(void)messages;
	return false;
#endif
}

static enum nd_status
walk(struct nd_db *db, const char *query, bool exclude, size_t newest,
     nd_db_take *take, void *arg, bool *lost, struct nd_error *err)
{
	notmuch_query_t *handle = notmuch_query_create(db->handle, query);
	notmuch_messages_t *messages;
	notmuch_status_t status;
	bool whole = true;

	notmuch_query_set_sort(handle, newest < SIZE_MAX
	                                       ? NOTMUCH_SORT_NEWEST_FIRST
	                                       : NOTMUCH_SORT_UNSORTED);
	notmuch_query_set_omit_excluded(
		handle, exclude ? NOTMUCH_EXCLUDE_TRUE : NOTMUCH_EXCLUDE_FALSE);
	for (size_t i = 0; exclude && i < db->exclude_count; i++)
		db->exclude[i].lifted = notmuch_query_add_tag_exclude(
						handle, db->exclude[i].tag) ==
		                        NOTMUCH_STATUS_IGNORED;
	status = notmuch_query_search_messages(handle, &messages);
	if (status != NOTMUCH_STATUS_SUCCESS) {
		notmuch_query_destroy(handle);
		*lost = nd_db_is_lost(db);
		return *lost ? ND_OK
		             : nd_db_query_failed(db, query, status, err);
	}
	for (; whole && newest > 0 && notmuch_messages_valid(messages);
	     notmuch_messages_move_to_next(messages), newest--) {
		notmuch_message_t *message = notmuch_messages_get(messages);

		/* Before 5.7 a failure ends an iterator silently. */
		whole = message && take(arg, message) && !nd_db_is_broken(db);
		if (message)
			notmuch_message_destroy(message);
	}
	whole = whole && !has_broken_off(messages);
	notmuch_query_destroy(handle);
	if (whole && !nd_db_is_broken(db))
		return ND_OK;
	*lost = nd_db_is_lost(db) ||
	        (db->mode == NOTMUCH_DATABASE_MODE_READ_ONLY &&
	         !nd_db_is_broken(db));
	return *lost ? ND_OK
	             : nd_db_failed(db, "cannot read the notmuch database",
	                            NOTMUCH_STATUS_XAPIAN_EXCEPTION, err);
}

enum nd_status
nd_db_walk(struct nd_db *db, const char *query, bool exclude, nd_db_take *take,
           void *arg, bool *lost, struct nd_error *err)
{
	return walk(db, query, exclude, SIZE_MAX, take, arg, lost, err);
}

enum nd_status
nd_db_walk_newest(struct nd_db *db, const char *query, size_t count,
                  nd_db_take *take, void *arg, bool *lost, struct nd_error *err)
{
	return walk(db, query, true, count, take, arg, lost, err);
}

static int
compare_strings(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

void
nd_db_copy_files(struct nd_message *to, notmuch_message_t *from)
{
	notmuch_filenames_t *names = notmuch_message_get_filenames(from);

	for (; notmuch_filenames_valid(names) &&
	       to->file_count < ND_LIMIT_FILES_PER_MAIL;
	     notmuch_filenames_move_to_next(names)) {
		const char *name = notmuch_filenames_get(names);

		if (name)
			*x_append(to, to->file, to->file_count) =
				x_strdup(to, name);
	}
	notmuch_filenames_destroy(names);
	/* Their order is arbitrary; which copy is read must not be. */
	if (to->file_count > 1)
		qsort(to->file, to->file_count, sizeof *to->file,
		      compare_strings);
}

/*
 * Take our own digest out of the message's files. False when nothing is left,
 * so that it was only that; a foreign file under the same id is ordinary mail.
 */
bool
nd_db_leave_out_ours(const struct nd_db *db, struct nd_message *message,
                     const char **merged)
{
	struct nd_digest_header header;
	size_t kept = 0;

	if (!nd_digestfile_has_id(message->id))
		return true;
	for (size_t i = 0; i < message->file_count; i++)
		if (!nd_digestfile_read(message, &db->folders, message->file[i],
		                        &header))
			message->file[kept++] = message->file[i];
		else if (merged && *header.merged)
			*merged = header.merged;
	message->file_count = kept;
	return kept > 0;
}

bool
nd_db_is_ours(const struct nd_db *db, notmuch_message_t *message)
{
	const char *id = notmuch_message_get_message_id(message);
	struct nd_message *copy;
	bool ours;

	if (!id || !nd_digestfile_has_id(id))
		return false;
	copy = x_new(NULL, struct nd_message);
	copy->id = id;
	nd_db_copy_files(copy, message);
	ours = !nd_db_leave_out_ours(db, copy, NULL);
	talloc_free(copy);
	return ours;
}

const char *
nd_db_libraries(const void *ctx)
{
	/* libnotmuch does not say at run time which one it is. */
	return x_asprintf(ctx, "libnotmuch %d.%d.%d, GMime %u.%u.%u",
	                  LIBNOTMUCH_MAJOR_VERSION, LIBNOTMUCH_MINOR_VERSION,
	                  LIBNOTMUCH_MICRO_VERSION, gmime_major_version,
	                  gmime_minor_version, gmime_micro_version);
}
