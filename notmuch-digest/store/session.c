/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/session.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "mail/handle.h"
#include "store/maildir.h"
#include "util/alloc.h"
#include "util/time.h"

struct nd_plan_rules
nd_store_rules(const struct nd_store *store)
{
	return (struct nd_plan_rules){.tags = &store->tags,
	                              .every_mail = store->every_mail,
	                              .killed = store->killed,
	                              .trusted = store->trusted};
}

/* Not committed: the new files are not in the index, so nobody sees them. */
static int
session_destructor(struct nd_session *session)
{
	TALLOC_FREE(session->db);
	for (size_t i = 0; i < session->born_count; i++)
		nd_maildir_unlink(&session->store->folders, session->born[i]);
	if (session->marked)
		nd_maildir_unmark(session->store->path);
	return 0;
}

static void
set_alarm(const struct nd_store *store, unsigned seconds)
{
	struct sigaction action = {.sa_handler = SIG_DFL};

	if (seconds > 0)
		action.sa_handler = store->on_timeout;
	else
		alarm(0);
	sigemptyset(&action.sa_mask);
	sigaction(SIGALRM, &action, NULL);
	if (seconds > 0)
		alarm(seconds);
}

enum nd_status
nd_session_open(const void *ctx, struct nd_store *store,
                struct nd_session **out, struct nd_error *err)
{
	struct nd_session *session = x_new(NULL, struct nd_session);
	enum nd_status st;

	session->store = store;
	set_alarm(store, store->lock_timeout_s);
	st = nd_db_open_mode(session, NOTMUCH_DATABASE_MODE_READ_WRITE,
	                     &session->db, err);
	set_alarm(store, 0);
	if (st == ND_OK && notmuch_database_needs_upgrade(session->db->handle))
		st = nd_fail(err, ND_ERR_DB,
		             "the notmuch database needs an upgrade\n"
		             "run 'notmuch new', which makes a backup first");
	if (st == ND_OK && notmuch_database_begin_atomic(session->db->handle) !=
	                           NOTMUCH_STATUS_SUCCESS)
		st = nd_fail(err, ND_ERR_DB,
		             "cannot begin to write to the database");
	if (st != ND_OK) {
		talloc_free(session);
		return st;
	}
	talloc_set_destructor(session, session_destructor);
	session->db->folders = store->folders;
	session->opened_ms = nd_time_monotonic_ms();
	session->revision =
		notmuch_database_get_revision(session->db->handle, NULL);
	*out = talloc_steal(ctx, session);
	return ND_OK;
}

long
nd_session_age_ms(const struct nd_session *session)
{
	return nd_time_monotonic_ms() - session->opened_ms;
}

enum nd_status
nd_session_mark(struct nd_session *session, struct nd_error *err)
{
	enum nd_status st;

	if (session->marked)
		return ND_OK;
	st = nd_maildir_make(session->store->path, err);
	if (st == ND_OK)
		st = nd_maildir_mark(session->store->path, err);
	session->marked = st == ND_OK;
	return st;
}

/*
 * When nobody else has written since we looked, our own change is seen, too.
 * Otherwise the next run begins where we know everything up to; it meets our
 * own changes there once and finds nothing to do.
 */
static void
move_watermark(struct nd_session *session, enum nd_session_end end)
{
	struct nd_store *store = session->store;
	const char *uuid;

	if (session->revision == store->seen)
		store->seen += session->changed;
	if (end != ND_SESSION_LAST)
		return;
	store->state.revision = store->seen;
	store->state.folder = store->folder;
	store->state.prefix = store->tags.prefix;
	notmuch_database_get_revision(session->db->handle, &uuid);
	store->state.uuid = x_strdup(store, uuid);
}

static enum nd_status
commit(struct nd_session *session, enum nd_session_end end,
       struct nd_error *err)
{
	struct nd_db *db = session->db;
	notmuch_status_t status;
	enum nd_status st = ND_OK;

	if (session->born_count > 0)
		st = nd_maildir_sync(session->store->path, err);
	if (st == ND_OK)
		st = nd_state_save(db,
		                   end == ND_SESSION_FORGET
		                           ? NULL
		                           : &session->store->state,
		                   err);
	if (st != ND_OK)
		return st;
	status = notmuch_database_end_atomic(db->handle);
	/* Only closing makes it durable, and tells whether it is. */
	if (status == NOTMUCH_STATUS_SUCCESS)
		status = notmuch_database_close(db->handle);
	if (status == NOTMUCH_STATUS_SUCCESS)
		return ND_OK;
	/* It may be there or not: the next run sees the marker, and looks. */
	session->born_count = 0;
	session->marked = false;
	return nd_fail(err, ND_ERR_DB,
	               "cannot commit to the notmuch database: %s",
	               notmuch_status_to_string(status));
}

enum nd_status
nd_session_commit(struct nd_session *session, enum nd_session_end end,
                  struct nd_error *err)
{
	struct nd_store *store = session->store;
	struct nd_state before = store->state;
	unsigned long seen_before = store->seen;
	enum nd_status st;

	move_watermark(session, end);
	st = commit(session, end, err);
	if (st == ND_OK) {
		session->born_count = 0;
		TALLOC_FREE(session->db);
		for (size_t i = 0; i < session->gone_count; i++)
			nd_maildir_unlink(&store->folders, session->gone[i]);
		if (session->gone_count > 0)
			st = nd_maildir_sync(store->path, err);
	} else {
		store->state = before;
		store->seen = seen_before;
	}
	talloc_free(session);
	return st;
}
