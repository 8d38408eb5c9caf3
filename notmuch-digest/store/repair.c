/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/repair.h"

#include "mail/db_private.h"
#include "store/maildir.h"
#include "util/alloc.h"
#include "util/map.h"

bool
nd_repair_is_needed(const char *path)
{
	return nd_maildir_is_marked(path);
}

struct file_set {
	const char *query; /* where they are */
	struct nd_map *names;
	const struct nd_folders *folders;
};

static bool
take_files(void *arg, notmuch_message_t *message)
{
	struct file_set *set = arg;
	notmuch_filenames_t *names = notmuch_message_get_filenames(message);

	for (; notmuch_filenames_valid(names);
	     notmuch_filenames_move_to_next(names)) {
		const char *name = notmuch_filenames_get(names);

		if (name && nd_digestfile_has_place(set->folders, name))
			nd_map_set(set->names, name, NULL);
	}
	notmuch_filenames_destroy(names);
	return true;
}

static enum nd_status
load_files_once(struct nd_db *db, void *arg, bool *lost, struct nd_error *err)
{
	struct file_set *set = arg;

	talloc_free(set->names);
	set->names = nd_map_new(NULL);
	return nd_db_walk(db, set->query, false, take_files, set, lost, err);
}

/* All files in our folders that the index knows. */
static enum nd_status
load_files(const void *ctx, const struct nd_store *store, struct nd_db *db,
           struct nd_map **out, struct nd_error *err)
{
	struct file_set set = {.query = store->query,
	                       .folders = &store->folders};
	enum nd_status st = nd_db_retry(db, load_files_once, &set, err);

	if (st == ND_OK)
		*out = talloc_steal(ctx, set.names);
	else
		talloc_free(set.names);
	return st;
}

/*
 * A digest that is not in the index was to be put there, or replaced; one that
 * another host has written may be the news, and `notmuch new` brings it. */
static bool
is_left_over(const struct nd_map *indexed, const char *file)
{
	return !nd_map_has(indexed, file) && nd_maildir_is_of_host(file);
}

/* What cannot be done now leaves the marker, for the next run. */
static void
repair_one(const struct nd_store *store, const char *path,
           const struct nd_map *indexed)
{
	struct nd_name_list *files = nd_maildir_list(NULL, path);
	bool whole = !files->torn;

	for (size_t i = 0; i < files->count; i++)
		if (is_left_over(indexed, files->name[i]) &&
		    !nd_maildir_unlink(&store->folders, files->name[i]))
			whole = false;
	talloc_free(files);
	nd_maildir_clear_tmp(path);
	if (whole)
		nd_maildir_unmark(path);
}

enum nd_status
nd_repair_folder(struct nd_store *store, struct nd_db *db, struct nd_error *err)
{
	void *tmp = talloc_new(NULL);
	struct nd_map *indexed = NULL;
	enum nd_status st = ND_OK;

	for (size_t i = 0; st == ND_OK && i < store->folders.count; i++) {
		if (!nd_repair_is_needed(store->folders.path[i]))
			continue;
		store->killed = true;
		if (!indexed)
			st = load_files(tmp, store, db, &indexed, err);
		if (st == ND_OK)
			repair_one(store, store->folders.path[i], indexed);
	}
	talloc_free(tmp);
	return st;
}
