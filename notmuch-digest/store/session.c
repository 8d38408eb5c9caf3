/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/session.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "mail/db_private.h"
#include "store/folder.h"
#include "store/maildir.h"
#include "store/watch.h"
#include "util/alloc.h"
#include "util/limits.h"
#include "util/time.h"

enum { QUIET_MS = 200, QUIET_TRIES = 30 };

/* What a slow machine changes in a second; ours take 500. */
enum { CHANGES_PER_S = 20 };

struct nd_plan_rules
nd_session_rules(const struct nd_store *store)
{
	return (struct nd_plan_rules){.tags = &store->tags,
	                              .every_mail = store->every_mail,
	                              .killed = store->killed,
	                              .others = store->others,
	                              .trusted = store->trusted};
}

/* Not committed: the new files are not in the index, so nobody sees them. */
static int
session_destructor(struct nd_session *session)
{
	bool locked = session->db && session->db->failed;

	/* While we have the lock: `notmuch new` fails when a file goes that it
	 * has just seen. */
	for (size_t i = 0; i < session->born_count; i++)
		if (!nd_maildir_unlink(&session->store->folders,
		                       session->born[i]))
			session->marked = false;
	TALLOC_FREE(session->db);
	if (session->marked)
		nd_maildir_unmark(session->store->path);
	/* A writer that failed has the lock until the process ends. */
	if (!locked)
		nd_watch_stop();
	return 0;
}

/*
 * A reader of 0.37 fails when two commits pass by while it reads. So not right
 * behind another program's, which `notmuch new` has just made when we are its
 * hook; but not for long either, where there is always somebody writing.
 */
static void
wait_for_quiet(const char *database)
{
	const struct timespec step = {.tv_nsec = 50 * 1000000};
	char *path = x_asprintf(NULL, "%s/.notmuch/xapian/iamglass", database);
	struct timespec now;
	struct stat last;

	if (access(path, F_OK) != 0) {
		talloc_free(path);
		path = x_asprintf(NULL, "%s/xapian/iamglass", database);
	}
	for (int i = 0; i < QUIET_TRIES && stat(path, &last) == 0; i++) {
		long age_ms;

		clock_gettime(CLOCK_REALTIME, &now);
		age_ms = (long)(now.tv_sec - last.st_mtim.tv_sec) * 1000 +
		         (now.tv_nsec - last.st_mtim.tv_nsec) / 1000000;
		if (age_ms < 0 || age_ms > QUIET_MS)
			break;
		nanosleep(&step, NULL);
	}
	talloc_free(path);
}

static enum nd_status
begin(struct nd_session *session, struct nd_error *err)
{
	struct nd_db *db = session->db;
	notmuch_status_t status;

	/* It creates what it cannot see: on a disk that fails, in the place of
	 * what is there. `notmuch new` would only fill it without the tags. */
	if (notmuch_database_get_version(db->handle) == 0)
		return nd_fail(err, ND_ERR_DB,
		               "the notmuch database is empty: the disk has "
		               "failed, and libnotmuch has made a new one\n"
		               "bring '.notmuch/xapian' back from a backup; or "
		               "remove it, run 'notmuch new', and 'notmuch "
		               "restore' the last dump");
	if (notmuch_database_needs_upgrade(db->handle))
		return nd_fail(err, ND_ERR_DB,
		               "the notmuch database needs an upgrade\n"
		               "run 'notmuch new', which makes a backup first");
	status = notmuch_database_begin_atomic(db->handle);
	if (status != NOTMUCH_STATUS_SUCCESS)
		return nd_db_failed(db, "cannot begin to write to the database",
		                    status, err);
	return ND_OK;
}

void
nd_session_expect(struct nd_session *session, size_t changes)
{
	size_t extra_s = changes / CHANGES_PER_S;

	if (extra_s > ND_LIMIT_SESSION_EXTRA_S)
		extra_s = ND_LIMIT_SESSION_EXTRA_S;
	nd_watch_start(ND_LIMIT_SESSION_S + (unsigned)extra_s,
	               session->store->on_overrun);
}

enum nd_status
nd_session_open(const void *ctx, struct nd_store *store,
                struct nd_session **out, struct nd_error *err)
{
	struct nd_session *session = x_new(NULL, struct nd_session);
	enum nd_status st;

	session->store = store;
	wait_for_quiet(store->database);
	nd_watch_start(store->lock_timeout_s, store->on_timeout);
	st = nd_db_look(store->database, err);
	if (st == ND_OK)
		st = nd_db_open_mode(session, NOTMUCH_DATABASE_MODE_READ_WRITE,
		                     &session->db, err);
	nd_session_expect(session, 0);
	if (st == ND_OK)
		st = begin(session, err);
	if (st != ND_OK) {
		talloc_free(session);
		nd_watch_stop();
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
	st = nd_folder_make(session->store, err);
	if (st == ND_OK)
		st = nd_maildir_mark(session->store->path, err);
	session->marked = st == ND_OK;
	return st;
}

static enum nd_status
count_digests(const struct nd_session *session, unsigned *count,
              struct nd_error *err)
{
	char *query = x_asprintf(NULL, "%s and " ND_QUERY_MARKED,
	                         session->store->query);
	enum nd_status st = nd_db_count(session->db, query, count, err);

	talloc_free(query);
	return st;
}

/*
 * When nobody else has written since we looked, our own change is seen, too.
 * Otherwise the next run begins where we know everything up to; it meets our
 * own changes there once and finds nothing to do.
 */
static enum nd_status
move_watermark(struct nd_session *session, enum nd_session_end end,
               struct nd_error *err)
{
	struct nd_store *store = session->store;
	enum nd_status st;
	const char *uuid;

	if (session->revision == store->seen)
		store->seen += session->changed;
	if (end != ND_SESSION_LAST)
		return ND_OK;
	st = count_digests(session, &store->state.digests, err);
	if (st != ND_OK)
		return st;
	store->state.revision = store->seen;
	store->state.quiet_s = store->quiet_s;
	store->state.mute = store->mute;
	/* The one before it is remembered until we have left it. */
	if (store->folders.count == 1)
		store->state.folder = store->folder;
	store->state.prefix = store->tags.prefix;
	notmuch_database_get_revision(session->db->handle, &uuid);
	store->state.uuid = x_strdup(store, uuid);
	return ND_OK;
}

/* Is what we have done on disk, for everybody to see? */
static bool
is_committed(const struct nd_session *session)
{
	unsigned long revision =
		notmuch_database_get_revision(session->db->handle, NULL);
	struct nd_error why;
	struct nd_db *db;
	bool there;

	if (nd_db_open(NULL, &db, &why) != ND_OK)
		return false;
	there = nd_db_revision(db) == revision && session->changed;
	talloc_free(db);
	return there;
}

/* It is out of the index, so only a marker tells the next run of it. */
static enum nd_status
stays(struct nd_session *session, const char *file, struct nd_error *err)
{
	enum nd_status st =
		nd_fail(err, ND_ERR_IO, "cannot remove '%.300s': %s", file,
	                strerror(errno));
	char *folder = x_strdup(NULL, file);
	struct nd_error why;

	*strrchr(folder, '/') = '\0';
	*strrchr(folder, '/') = '\0';
	(void)!nd_maildir_mark(folder, &why);
	talloc_free(folder);
	session->marked = false;
	return st;
}

static enum nd_status
unlink_gone(struct nd_session *session, struct nd_error *err)
{
	struct nd_store *store = session->store;
	size_t count = session->gone_count;
	enum nd_status st = ND_OK;

	session->gone_count = 0;
	for (size_t i = 0; i < count; i++)
		if (!nd_maildir_unlink(&store->folders, session->gone[i]))
			st = stays(session, session->gone[i], err);
	if (st == ND_OK && count > 0)
		st = nd_maildir_sync(store->path, err);
	return st;
}

/*
 * The library commits when it is closed, which also gives the lock to
 * `notmuch new`, which then sees replaced files that the index does not know
 * any more, and fails when they go under its hands. So they go before: with
 * this variable, which its own tests use, the end of the section commits.
 * Where it does not, they go afterwards.
 */
static notmuch_status_t
end_atomic(struct nd_session *session)
{
	static const char variable[] = "XAPIAN_FLUSH_THRESHOLD";
	notmuch_status_t status;

	setenv(variable, "1", 1);
	status = notmuch_database_end_atomic(session->db->handle);
	unsetenv(variable);
	return status;
}

static enum nd_status
commit_failed(const struct nd_session *session, notmuch_status_t status,
              struct nd_error *err)
{
	return nd_db_failed(session->db,
	                    "cannot commit to the notmuch database", status,
	                    err);
}

static enum nd_status
commit(struct nd_session *session, enum nd_session_end end,
       struct nd_error *err)
{
	struct nd_db *db = session->db;
	const struct nd_watermark *state =
		end == ND_SESSION_FORGET ? NULL : &session->store->state;
	enum nd_status st = ND_OK, unlinked = ND_OK;
	notmuch_status_t status;

	/* Some of what we did may be wrong, whatever was returned. */
	if (nd_db_is_broken(db))
		return commit_failed(session, NOTMUCH_STATUS_XAPIAN_EXCEPTION,
		                     err);
	if (session->born_count > 0)
		st = nd_maildir_sync(session->store->path, err);
	if (st == ND_OK)
		st = nd_watermark_save(db, state, err);
	if (st != ND_OK)
		return st;
	status = end_atomic(session);
	if (status == NOTMUCH_STATUS_SUCCESS && session->gone_count > 0 &&
	    is_committed(session))
		unlinked = unlink_gone(session, err);
	/* Only closing tells whether it is durable. */
	if (status == NOTMUCH_STATUS_SUCCESS)
		status = notmuch_database_close(db->handle);
	if (status == NOTMUCH_STATUS_SUCCESS) {
		session->born_count = 0;
		TALLOC_FREE(session->db);
		st = unlink_gone(session, err);
		return st == ND_OK ? unlinked : st;
	}
	/* It may be there or not: the next run sees the marker, and looks. */
	session->born_count = 0;
	session->marked = false;
	return commit_failed(session, status, err);
}

enum nd_status
nd_session_commit(struct nd_session *session, enum nd_session_end end,
                  struct nd_error *err)
{
	struct nd_store *store = session->store;
	struct nd_watermark before = store->state;
	unsigned long seen_before = store->seen;
	enum nd_status st;

	st = move_watermark(session, end, err);
	if (st == ND_OK)
		st = commit(session, end, err);
	if (st != ND_OK) {
		store->state = before;
		store->seen = seen_before;
	}
	talloc_free(session);
	return st;
}
