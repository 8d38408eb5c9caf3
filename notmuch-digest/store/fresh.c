/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/fresh.h"

#include <signal.h>
#include <unistd.h>

#include "mail/handle.h"
#include "util/alloc.h"

enum { PATIENCE_S = 3 };

/* libnotmuch waits for the lock without limit; a signal is the way out. */
static void
give_up(int signal)
{
	(void)signal;
	_exit(0);
}

enum nd_status
nd_fresh_take_off(const char *id, const char *tag, struct nd_error *err)
{
	struct sigaction action = {.sa_handler = give_up};
	notmuch_message_t *message;
	struct nd_db *db;
	enum nd_status st;

	sigemptyset(&action.sa_mask);
	sigaction(SIGALRM, &action, NULL);
	alarm(PATIENCE_S);
	st = nd_db_open_mode(NULL, NOTMUCH_DATABASE_MODE_READ_WRITE, &db, err);
	alarm(0);
	if (st != ND_OK)
		return st;
	st = nd_db_find_mail(db, id, &message, err);
	if (st == ND_OK && message) {
		if (notmuch_message_remove_tag(message, tag) !=
		    NOTMUCH_STATUS_SUCCESS)
			st = nd_fail(err, ND_ERR_DB, "cannot take off a tag");
		notmuch_message_destroy(message);
	}
	if (notmuch_database_close(db->handle) != NOTMUCH_STATUS_SUCCESS &&
	    st == ND_OK)
		st = nd_fail(err, ND_ERR_DB,
		             "cannot commit to the notmuch database");
	talloc_free(db);
	return st;
}
