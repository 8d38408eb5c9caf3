/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pipeline/store.h"

#include <regex.h>
#include <string.h>

#include "app/lastwords.h"
#include "mail/threads.h"
#include "store/folder.h"
#include "store/index.h"
#include "store/maildir.h"
#include "util/alloc.h"
#include "util/buf.h"
#include "util/str.h"

/* The user's categories, and those that tags may still be there of. */
static void
add_names(struct nd_store *store, const struct nd_settings *settings,
          const char *earlier)
{
	struct nd_tag_names *tags = &store->tags;
	struct nd_buf *names = nd_buf_new(store, 1 << 16);

	for (size_t i = 0; i < settings->category_count; i++)
		*x_append(store, tags->category, tags->category_count) =
			settings->category[i].name;
	while (*earlier) {
		size_t len = strcspn(earlier, ",");
		const char *name = x_strndup(store, earlier, len);
		bool known = len == 0;

		for (size_t i = 0; i < tags->category_count; i++)
			known = known || strcmp(tags->category[i], name) == 0;
		if (!known)
			*x_append(store, tags->category, tags->category_count) =
				name;
		earlier += len + (earlier[len] == ',');
	}
	for (size_t i = 0; i < tags->category_count; i++)
		nd_buf_addf(names, "%s%s", i > 0 ? "," : "", tags->category[i]);
	store->state.names = names->data;
}

/* The query for what lies in a folder below the mail root. */
static const char *
folder_query(const void *ctx, const char *folder)
{
	struct nd_buf *query = nd_buf_new(ctx, 1 << 16);

	nd_buf_adds(query, "folder:\"");
	for (const char *c = folder; *c; c++)
		nd_buf_adds(query, *c == '"' ? "\"\"" : (char[]){*c, '\0'});
	nd_buf_addc(query, '"');
	return nd_buf_finish(ctx, query);
}

/* After a rebuild of the database the digests still tell what it was. */
static bool
is_prefix_of_digests(const struct nd_store *store)
{
	struct nd_name_list *files = nd_maildir_list(NULL, store->path);
	size_t len = strlen(store->tags.prefix);
	bool proven = false;

	for (size_t i = 0; !proven && i < files->count; i++) {
		struct nd_digest_header header;

		proven = nd_digestfile_read(files, &store->folders,
		                            files->name[i], &header) &&
		         nd_str_starts(header.tags, store->tags.prefix) &&
		         header.tags[len] == ' ';
	}
	talloc_free(files);
	return proven;
}

static void
add_folder(struct nd_store *store, const char *folder)
{
	const char *query = folder_query(store, folder);

	*x_append(store, store->folders.path, store->folders.count) =
		x_asprintf(store, "%s/%s", store->root, folder);
	store->query =
		store->folders.count == 1
			? query
			: x_asprintf(store, "(%s or %s)", store->query, query);
}

/* The folder of the settings first, if it is ours, and the last run's. */
static void
add_folders(struct nd_app *app, struct nd_store *store)
{
	const char *before = app->state.folder;

	store->query = "(path:x and not path:x)";
	if (nd_app_has_folder(app))
		add_folder(store, store->folder);
	if (*before && strcmp(before, store->folder) != 0)
		add_folder(store, before);
	store->path = store->folders.count > 0
	                      ? store->folders.path[0]
	                      : x_asprintf(store, "%s/%s", store->root,
	                                   store->folder);
}

struct nd_store *
nd_store_in_force(struct nd_app *app)
{
	const struct nd_settings *settings = app->settings;
	struct nd_store *store = x_new(app, struct nd_store);
	struct nd_value_list *new_tags =
		nd_db_values(store, app->db, "new.tags");

	store->database = x_strdup(store, nd_db_path(app->db));
	store->root = x_strdup(store, nd_db_mail_root(app->db));
	store->folder = nd_settings_folder(settings);
	add_folders(app, store);
	store->every_mail = strcmp(settings->tag_scope, "thread") == 0;
	store->others = strcmp(settings->write, "no") == 0;
	store->new_tag = new_tags->value;
	store->new_tag_count = new_tags->count;
	store->lock_timeout_s = settings->lock_timeout;
	store->on_timeout = nd_lastwords_timeout;
	store->on_overrun = nd_lastwords_overrun;
	store->tags.prefix = settings->tag_prefix;
	store->prefix_before = app->state.prefix;
	store->state = app->state;
	if (!*store->state.folder)
		store->state.folder = store->folder;
	if (!*store->state.prefix)
		store->state.prefix = settings->tag_prefix;
	store->quiet_s = app->state.quiet_s;
	store->mute = app->state.mute;
	add_names(store, settings, app->state.names);
	store->trusted = strcmp(app->state.prefix, settings->tag_prefix) == 0 ||
	                 (!*app->state.prefix && is_prefix_of_digests(store));
	return store;
}

/* ---- what keeps us from writing ------------------------------------------ */

enum nd_status
nd_store_is_newer(struct nd_app *app, const char *what, unsigned version)
{
	return nd_fail(app->err, ND_ERR_CONFIG,
	               "a newer version of notmuch-digest has written here "
	               "(%s, v=%u): all of it was left alone\n"
	               "use that version to write; report, show and todo "
	               "only read",
	               what, version);
}

enum nd_status
nd_store_check_version(struct nd_app *app)
{
	if (app->state.version <= ND_WATERMARK_VERSION)
		return ND_OK;
	return nd_store_is_newer(app, "digest.state", app->state.version);
}

static enum nd_status
check_folder(struct nd_app *app, const struct nd_store *store)
{
	const char *folder = store->folder;
	const char *path = x_asprintf(app, "%s/%s", store->root, folder);
	const char *sign;

	if (nd_folder_look(store->root, path, app->err) == ND_FOLDER_FOREIGN)
		return app->err->code;
	/* Named by the user, it is the user's decision. */
	if (*app->settings->folder ||
	    !nd_maildir_is_synced(app, store->root, folder, &sign))
		return ND_OK;
	return nd_fail(app->err, ND_ERR_CONFIG,
	               "a mail sync would upload the digest folder: there is "
	               "'%.200s'\n"
	               "exclude '%s' from the sync (mbsync: Patterns * !%s), "
	               "then: notmuch config set digest.folder %s",
	               sign, folder, folder, folder);
}

/* Unmarked mail with tags of the prefix, that is in no thread of a digest. */
static bool
is_foreign_use(const struct nd_store *store,
               const struct nd_index_thread *known)
{
	bool ours = false, used = false;

	for (size_t i = 0; i < known->count; i++) {
		const struct nd_index_mail *mail = known->mail[i];

		ours = ours || (nd_index_is_digest(mail) && !mail->report);
		for (size_t k = 0; !mail->marked && k < mail->tag_count; k++)
			used = used || nd_tag_has_prefix(store->tags.prefix,
			                                 mail->tag[k]);
	}
	return used && !ours;
}

/* All tags of the prefix, as a query for unmarked mail; "" if there are
 * none. */
static const char *
prefix_query(const void *ctx, struct nd_app *app, const struct nd_store *store)
{
	struct nd_value_list *tags = nd_db_all_tags(app, app->db);
	struct nd_buf *query = nd_buf_new(ctx, SIZE_MAX / 2);

	for (size_t i = 0; i < tags->count; i++) {
		if (!nd_tag_has_prefix(store->tags.prefix, tags->value[i]) ||
		    strchr(tags->value[i], '"'))
			continue;
		nd_buf_addf(query, "%stag:\"%s\"", query->len > 0 ? " or " : "",
		            tags->value[i]);
	}
	if (query->len == 0)
		return "";
	return x_asprintf(ctx, "(%s) and not " ND_QUERY_MARKED, query->data);
}

static enum nd_status
check_prefix(struct nd_app *app, const struct nd_store *store)
{
	const char *query = prefix_query(app, app, store);
	struct nd_value_list *ids;
	struct nd_index_list *list;
	enum nd_status st;

	if (store->trusted || !*query)
		return ND_OK;
	st = nd_threads_ids(app, app->db, query, NULL, false, &ids, app->err);
	if (st == ND_OK)
		st = nd_index_load(app, app->db, ids->value, ids->count, &list,
		                   app->err);
	for (size_t i = 0; st == ND_OK && i < list->count; i++)
		if (is_foreign_use(store, &list->thread[i]))
			st = nd_fail(app->err, ND_ERR_CONFIG,
			             "the tag '%s' is in use on mail that is "
			             "not ours: thread:%s\n"
			             "choose another one: notmuch config set "
			             "digest.tag_prefix PREFIX",
			             store->tags.prefix,
			             list->thread[i].thread_id);
	return st;
}

enum nd_status
nd_store_check(struct nd_app *app, struct nd_store *store)
{
	enum nd_status st = nd_store_check_version(app);

	if (st == ND_OK)
		st = check_folder(app, store);
	return st == ND_OK ? check_prefix(app, store) : st;
}

/*
 * An earlier version had no marks; what it made itself is known by the name
 * that it has when nobody names another one.
 */
enum nd_status
nd_store_adopt(struct nd_app *app, const struct nd_store *store)
{
	const char *usual =
		x_asprintf(app, "%s/" ND_FOLDER_DEFAULT, store->root);
	bool was_usual = strcmp(app->state.folder, ND_FOLDER_DEFAULT) == 0;
	enum nd_status st = ND_OK;

	for (size_t i = 0; st == ND_OK && i < store->folders.count; i++) {
		const char *path = store->folders.path[i];
		enum nd_folder_kind kind =
			nd_folder_look(store->root, path, NULL);
		bool is_usual = strcmp(path, usual) == 0;

		if (kind == ND_FOLDER_DIGESTS ||
		    (kind == ND_FOLDER_EMPTY && is_usual && was_usual))
			st = nd_folder_adopt(path, is_usual, app->err);
	}
	return st;
}

/* ---- new.ignore ---------------------------------------------------------- */

static bool
has_component(const char *folder, const char *name)
{
	size_t name_len = strlen(name);

	while (*folder) {
		size_t len = strcspn(folder, "/");

		if (len == name_len && memcmp(folder, name, len) == 0)
			return true;
		folder += len + (folder[len] == '/');
	}
	return strcmp(name, "cur") == 0;
}

/* "/regex/" is matched against paths below the mail root. */
static bool
matches_path(const char *pattern, const char *folder)
{
	size_t len = strlen(pattern);
	char *inner = x_strndup(NULL, pattern + 1, len - 2);
	bool matches = false;
	regex_t regex;

	if (regcomp(&regex, inner, REG_EXTENDED | REG_NOSUB) == 0) {
		char *path = x_asprintf(
			inner, "%s/cur/1616000000.M000001P1.host:2,S", folder);

		while (!matches) {
			char *slash;

			matches = regexec(&regex, path, 0, NULL, 0) == 0;
			slash = strrchr(path, '/');
			if (!slash)
				break;
			*slash = '\0';
		}
		regfree(&regex);
	}
	talloc_free(inner);
	return matches;
}

const char *
nd_store_ignored(struct nd_app *app, const char *folder)
{
	struct nd_value_list *list = nd_db_values(app, app->db, "new.ignore");

	for (size_t i = 0; i < list->count; i++) {
		const char *entry = list->value[i];
		size_t len = strlen(entry);

		if (len > 2 && entry[0] == '/' && entry[len - 1] == '/'
		            ? matches_path(entry, folder)
		            : has_component(folder, entry))
			return entry;
	}
	return NULL;
}
