/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _DEFAULT_SOURCE /* flock(): unlike fcntl(), also for directories */
#include "store/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include "mail/db_private.h"
#include "util/alloc.h"
#include "util/time.h"

enum { RETRY_MS = 50 };

struct nd_lock {
	int fd;
};

static int
lock_destructor(struct nd_lock *lock)
{
	if (lock->fd >= 0)
		close(lock->fd);
	return 0;
}

static struct nd_lock *
open_lock(const char *path)
{
	struct nd_lock *lock = x_new(NULL, struct nd_lock);

	lock->fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	talloc_set_destructor(lock, lock_destructor);
	return lock;
}

static bool
is_taken(const struct nd_lock *lock)
{
	return lock->fd >= 0 && flock(lock->fd, LOCK_EX | LOCK_NB) != 0 &&
	       (errno == EWOULDBLOCK || errno == EINTR);
}

enum nd_status
nd_lock_take(const void *ctx, struct nd_db *db, unsigned timeout_s,
             struct nd_lock **out, struct nd_error *err)
{
	const struct timespec retry = {.tv_nsec = RETRY_MS * 1000000};
	struct nd_lock *lock = open_lock(notmuch_database_get_path(db->handle));
	long give_up_ms = nd_time_monotonic_ms() + (long)timeout_s * 1000;

	while (is_taken(lock)) {
		if (nd_time_monotonic_ms() > give_up_ms) {
			talloc_free(lock);
			return nd_fail(err, ND_ERR_BUSY,
			               "another notmuch-digest has been "
			               "writing for %u seconds\n"
			               "try again; digest.lock_timeout says "
			               "how long to wait",
			               timeout_s);
		}
		nanosleep(&retry, NULL);
	}
	*out = talloc_steal(ctx, lock);
	return ND_OK;
}

/* Xapian's own directory: the one inside of that of nd_lock_take(). */
struct nd_lock *
nd_lock_asking(const void *ctx, struct nd_db *db)
{
	const char *path = nd_db_index_path(NULL, db);
	struct nd_lock *lock = open_lock(path);

	talloc_free((void *)path);
	if (is_taken(lock))
		TALLOC_FREE(lock);
	return lock ? talloc_steal(ctx, lock) : NULL;
}
