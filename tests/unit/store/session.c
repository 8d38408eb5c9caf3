/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a session with the write lock ends, and who ends the process. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <notmuch.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/lastwords.h"
#include "mail/db_private.h"
#include "store/session.h"
#include "store/watch.h"
#include "util/alloc.h"
#include "util/guard.h"
#include "util/limits.h"

static char root[] = "/tmp/nd-session-XXXXXX";

static void
leave_with_9(int number)
{
	(void)number;
	_exit(9);
}

/* ---- the watch ----------------------------------------------------------- */

static void
ignore_the_watch(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGALRM);
	sigprocmask(SIG_BLOCK, &set, NULL);
	nd_watch_start(1, leave_with_9);
	for (;;)
		pause();
}

/* What waitpid() says of a child that runs this, without its stderr. */
static int
end_of(void (*run)(void))
{
	pid_t child = fork();
	int status = 0;

	if (child == 0) {
		if (!freopen("/dev/null", "w", stderr))
			_exit(1);
		run();
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	return status;
}

static void
test_watch_ends_it(void **state)
{
	int status = end_of(ignore_the_watch);

	(void)state;
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 9);
}

/* ---- sessions ------------------------------------------------------------ */

static struct nd_store *
new_store(const void *ctx)
{
	struct nd_store *store = x_new(ctx, struct nd_store);

	store->database = root;
	store->path = x_asprintf(store, "%s/digest", root);
	store->folder = store->tags.prefix = "digest";
	store->lock_timeout_s = 5;
	store->on_timeout = store->on_overrun = leave_with_9;
	store->state.uuid = store->state.folder = store->state.prefix =
		store->state.names = store->state.asked = store->state.why = "";
	store->mute = store->state.mute = "";
	return store;
}

static int
make_database(void **state)
{
	notmuch_database_t *db;
	char *text = NULL;

	(void)state;
	if (!mkdtemp(root))
		return -1;
	setenv("HOME", root, 1);
	setenv("NOTMUCH_CONFIG", "", 1);
	setenv("NOTMUCH_DATABASE", root, 1);
	if (notmuch_database_create_with_config(root, "", NULL, &db, &text) !=
	    NOTMUCH_STATUS_SUCCESS)
		return -1;
	notmuch_database_destroy(db);
	return 0;
}

static int
remove_database(void **state)
{
	char command[64];

	(void)state;
	snprintf(command, sizeof command, "rm -rf '%s'", root);
	return system(command);
}

static void
test_session_has_an_end(void **state)
{
	void *ctx = talloc_new(NULL);
	struct nd_store *store = new_store(ctx);
	struct nd_session *session;
	struct nd_error err;
	unsigned left_s;

	(void)state;
	assert_int_equal(nd_session_open(ctx, store, &session, &err), ND_OK);
	left_s = alarm(0);
	assert_in_range(left_s, 1, ND_LIMIT_SESSION_S);
	nd_session_expect(session, 20000);
	left_s = alarm(0);
	assert_in_range(left_s, ND_LIMIT_SESSION_S + 1,
	                ND_LIMIT_SESSION_S + ND_LIMIT_SESSION_EXTRA_S);
	nd_session_expect(session, SIZE_MAX);
	left_s = alarm(left_s);
	assert_in_range(left_s, 1,
	                ND_LIMIT_SESSION_S + ND_LIMIT_SESSION_EXTRA_S);
	assert_int_equal(nd_session_commit(session, ND_SESSION_LAST, &err),
	                 ND_OK);
	assert_int_equal(alarm(0), 0);
	talloc_free(ctx);
}

static void
test_dropped_session_stops_it(void **state)
{
	void *ctx = talloc_new(NULL);
	struct nd_session *session;
	struct nd_error err;

	(void)state;
	assert_int_equal(nd_session_open(ctx, new_store(ctx), &session, &err),
	                 ND_OK);
	talloc_free(session);
	assert_int_equal(alarm(0), 0);
	assert_false(nd_guard_is_inside());
	talloc_free(ctx);
}

/* Only with a commit in between can a snapshot be lost a second time. */
static void
test_lost_twice_is_damage(void **state)
{
	void *ctx = talloc_new(NULL);
	struct nd_session *session;
	struct nd_error err;
	struct nd_db *db;

	(void)state;
	assert_int_equal(nd_db_open(ctx, &db, &err), ND_OK);
	assert_int_equal(nd_db_open_again(db, &err), ND_OK);
	assert_int_equal(nd_session_open(ctx, new_store(ctx), &session, &err),
	                 ND_OK);
	assert_int_equal(nd_session_commit(session, ND_SESSION_LAST, &err),
	                 ND_OK);
	assert_int_equal(nd_db_open_again(db, &err), ND_OK);
	assert_int_equal(nd_db_open_again(db, &err), ND_ERR_DB);
	talloc_free(ctx);
}

/* ---- aborts -------------------------------------------------------------- */

static void
abort_inside(void)
{
	nd_lastwords_prepare();
	nd_guard_enter();
	abort();
}

static void
exit_inside(void)
{
	nd_lastwords_prepare();
	nd_guard_enter();
	exit(1);
}

static void
abort_outside(void)
{
	nd_lastwords_prepare();
	nd_guard_enter();
	nd_guard_leave();
	abort();
}

static void
run_out_of_memory(void)
{
	nd_lastwords_prepare();
	nd_guard_enter();
	x_check(NULL);
}

static void
test_library_gives_up(void **state)
{
	int status = end_of(abort_inside);

	(void)state;
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 74);
	status = end_of(exit_inside);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 74);
}

static void
test_own_aborts_stay(void **state)
{
	int status = end_of(abort_outside);

	(void)state;
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGABRT);
	status = end_of(run_out_of_memory);
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGABRT);
}

/*
 * It is not opened again, which would wait for our own lock; nor closed, which
 * would commit.
 */
static void
test_failed_writer_stays_open(void **state)
{
	void *ctx = talloc_new(NULL);
	struct nd_session *session;
	struct nd_error err;
	notmuch_database_t *handle;

	(void)state;
	assert_int_equal(nd_session_open(ctx, new_store(ctx), &session, &err),
	                 ND_OK);
	handle = session->db->handle;
	assert_int_equal(nd_db_open_again(session->db, &err), ND_ERR_DB);
	assert_ptr_equal(session->db->handle, handle);
	talloc_free(ctx);
	assert_false(nd_guard_is_inside());
	/* Still usable: nobody has closed it. */
	assert_int_equal(notmuch_database_end_atomic(handle),
	                 NOTMUCH_STATUS_SUCCESS);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_watch_ends_it),
		cmocka_unit_test(test_session_has_an_end),
		cmocka_unit_test(test_dropped_session_stops_it),
		cmocka_unit_test(test_lost_twice_is_damage),
		cmocka_unit_test(test_library_gives_up),
		cmocka_unit_test(test_own_aborts_stay),
		/* The last: it leaves the database locked. */
		cmocka_unit_test(test_failed_writer_stays_open),
	};

	return cmocka_run_group_tests(tests, make_database, remove_database);
}
