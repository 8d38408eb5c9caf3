/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/repair.h"

#include "mail/handle.h"
#include "store/maildir.h"
#include "util/alloc.h"

bool
nd_repair_is_needed(const char *path)
{
	return nd_maildir_is_marked(path);
}

/* *known: some mail in the index has this file. */
static enum nd_status
find_file(struct nd_db *db, const char *file, bool *known, struct nd_error *err)
{
	notmuch_message_t *message = NULL;
	notmuch_status_t status = notmuch_database_find_message_by_filename(
		db->handle, file, &message);

	if (status != NOTMUCH_STATUS_SUCCESS)
		return nd_fail(err, ND_ERR_DB, "cannot look up '%.300s': %s",
		               file, notmuch_status_to_string(status));
	*known = message != NULL;
	if (message)
		notmuch_message_destroy(message);
	return ND_OK;
}

enum nd_status
nd_repair_folder(const struct nd_store *store, struct nd_db *db,
                 struct nd_error *err)
{
	enum nd_status st = ND_OK;

	for (size_t i = 0; st == ND_OK && i < store->folders.count; i++) {
		const char *path = store->folders.path[i];
		struct nd_name_list *files;

		if (!nd_repair_is_needed(path))
			continue;
		files = nd_maildir_list(NULL, path);
		for (size_t k = 0; st == ND_OK && k < files->count; k++) {
			bool known = true;

			st = find_file(db, files->name[k], &known, err);
			if (st == ND_OK && !known)
				nd_maildir_unlink(&store->folders,
				                  files->name[k]);
		}
		talloc_free(files);
		if (st != ND_OK)
			break;
		nd_maildir_clear_tmp(path);
		nd_maildir_unmark(path);
	}
	return st;
}
