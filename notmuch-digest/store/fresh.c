/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/fresh.h"

#include "mail/db_private.h"
#include "store/watch.h"
#include "util/alloc.h"

enum { PATIENCE_S = 3 };

enum nd_status
nd_fresh_take_off(const char *id, const char *tag, void (*give_up)(int signal),
                  struct nd_error *err)
{
	notmuch_message_t *message;
	notmuch_status_t status = NOTMUCH_STATUS_SUCCESS;
	struct nd_db *db;
	enum nd_status st;

	/* Until it is closed: nobody else has to wait longer, either. */
	nd_watch_start(PATIENCE_S, give_up);
	st = nd_db_open_mode(NULL, NOTMUCH_DATABASE_MODE_READ_WRITE, &db, err);
	if (st != ND_OK) {
		nd_watch_stop();
		return st;
	}
	st = nd_db_find_mail(db, id, &message, err);
	if (st == ND_OK && message) {
		status = notmuch_message_remove_tag(message, tag);
		notmuch_message_destroy(message);
	}
	/* It commits: not what is half done. */
	if (st == ND_OK && status == NOTMUCH_STATUS_SUCCESS)
		status = notmuch_database_close(db->handle);
	if (st == ND_OK && status != NOTMUCH_STATUS_SUCCESS)
		st = nd_db_failed(db, "cannot take off a tag", status, err);
	talloc_free(db);
	nd_watch_stop();
	return st;
}
