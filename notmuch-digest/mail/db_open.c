/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "mail/db_private.h"
#include "mail/gobject.h"
#include "util/alloc.h"
#include "util/guard.h"
#include "util/utf8.h"

enum { PLACES = 2, DESCRIPTORS = 4096 };

/* Where Xapian's files are, below the path of the database. */
static const char *const places[PLACES] = {".notmuch/xapian", "xapian"};

/*
 * Of a writer that failed; still known, so that it is not taken for a leak.
 * Nobody reads it: the compiler must not drop it.
 */
static notmuch_database_t *volatile left_open;

/*
 * Closing commits. After a failure that would be half of a change, with blocks
 * missing: worse than a kill, which leaves the last commit in force. So the
 * handle stays open, and the lock is free when the process ends.
 */
static int
db_destructor(struct nd_db *db)
{
	if (!db->handle)
		return 0;
	if (db->failed && db->mode == NOTMUCH_DATABASE_MODE_READ_WRITE)
		left_open = db->handle;
	else
		notmuch_database_destroy(db->handle);
	nd_guard_leave();
	return 0;
}

/* Copy and free an error text of libnotmuch; without its line end. */
static const char *
library_error(const void *ctx, char *text, notmuch_status_t status)
{
	const char *why = text ? text : notmuch_status_to_string(status);
	char *copy = nd_utf8_clean_line(ctx, why, strlen(why));

	free(text);
	return copy;
}

/*
 * What the file of the newest commit holds, which has another number in each;
 * "" when it cannot be read.
 */
static void
read_stamp(const char *path, char stamp[ND_DB_STAMP_BYTES])
{
	size_t got = 0;

	for (size_t i = 0; path && got == 0 && i < PLACES; i++) {
		char *name =
			x_asprintf(NULL, "%s/%s/iamglass", path, places[i]);
		FILE *file = fopen(name, "re");

		if (file) {
			got = fread(stamp, 1, ND_DB_STAMP_BYTES, file);
			fclose(file);
		}
		talloc_free(name);
	}
	memset(stamp + got, 0, ND_DB_STAMP_BYTES - got);
}

static bool
is_same_stamp(const char *a, const char *b)
{
	static const char none[ND_DB_STAMP_BYTES];

	return memcmp(a, b, ND_DB_STAMP_BYTES) == 0 &&
	       memcmp(a, none, ND_DB_STAMP_BYTES) != 0;
}

/* Where the database would be, owned by ctx; NULL when nothing tells. */
static const char *
find_path(const void *ctx, const char *path, const char *config)
{
	notmuch_database_t *handle = NULL;
	const char *found = NULL;
	char *text = NULL;

	if (path)
		return x_strdup(ctx, path);
	(void)notmuch_database_load_config(NULL, config, NULL, &handle, &text);
	free(text);
	if (handle)
		found = notmuch_config_get(handle,
		                           NOTMUCH_CONFIG_DATABASE_PATH);
	if (found)
		found = x_strdup(ctx, found);
	if (handle)
		notmuch_database_destroy(handle);
	return found;
}

/* Has this process opened the file? (An unknown one it need not have.) */
static bool
has_opened(const char *path)
{
	struct stat file, open_file;

	if (stat(path, &file) != 0)
		return true;
	for (int fd = 0; fd < DESCRIPTORS; fd++)
		if (fstat(fd, &open_file) == 0 &&
		    open_file.st_ino == file.st_ino &&
		    open_file.st_dev == file.st_dev)
			return true;
	return false;
}

/*
 * Xapian takes the table that says which folders mails are in for one that is
 * not there yet when it cannot be opened, whatever the reason; then no mail has
 * its folder.
 */
static bool
lacks_folders(notmuch_database_t *handle)
{
	const char *path = notmuch_database_get_path(handle);
	bool lacks = false;

	for (size_t i = 0; path && !lacks && i < PLACES; i++) {
		char *name = x_asprintf(NULL, "%s/%s/docdata.glass", path,
		                        places[i]);

		lacks = !has_opened(name);
		talloc_free(name);
	}
	return lacks;
}

enum nd_status
nd_db_look(const char *database, struct nd_error *err)
{
	static const char *const files[] = {"", "/iamglass", "/postlist.glass"};
	struct stat file;
	int number = 0;

	for (size_t i = 0; i < PLACES; i++)
		for (size_t k = 0; k < sizeof files / sizeof *files; k++) {
			char *name = x_asprintf(NULL, "%s/%s%s", database,
			                        places[i], files[k]);

			if (stat(name, &file) != 0 && errno != ENOENT &&
			    errno != ENOTDIR)
				number = errno;
			talloc_free(name);
		}
	if (number == 0)
		return ND_OK;
	return nd_fail(err, ND_ERR_IO,
	               "cannot look at the notmuch database in '%.200s': %s",
	               database, strerror(number));
}

/* One try to open. */
struct opening {
	const char *path, *config; /* NULL: libnotmuch's own choice */
	notmuch_database_mode_t mode;
	notmuch_database_t *handle;
	notmuch_status_t status;
	int number; /* errno, when it failed */
	char *text;
};

static void
try_once(struct opening *opening)
{
	free(opening->text);
	opening->text = NULL;
	errno = 0;
	opening->status = notmuch_database_open_with_config(
		opening->path, opening->mode, opening->config, NULL,
		&opening->handle, &opening->text);
	opening->number = errno;
	if (opening->status != NOTMUCH_STATUS_SUCCESS ||
	    !lacks_folders(opening->handle))
		return;
	notmuch_database_destroy(opening->handle);
	opening->handle = NULL;
	opening->status = NOTMUCH_STATUS_XAPIAN_EXCEPTION;
	opening->number = EIO;
	opening->text = strdup("Error reading from file docdata.glass");
}

static void
try_to_open(struct opening *opening)
{
	try_once(opening);
	/* `notmuch compact` has put another one in its place. */
	if (opening->number == EIO)
		try_once(opening);
}

static bool
has_lost(const struct opening *opening)
{
	/* Which status that is, depends on the version; the words do not. */
	return opening->status != NOTMUCH_STATUS_SUCCESS &&
	       opening->mode == NOTMUCH_DATABASE_MODE_READ_ONLY &&
	       opening->text && nd_db_says_lost(opening->text);
}

/*
 * Two commits of other programs while it is being opened for reading, and it
 * fails: that passes. When nobody has committed all the while it is another
 * failure, in the same words. Returns whether it is that.
 */
static bool
open_patiently(struct opening *opening)
{
	struct timespec pause = {.tv_nsec = 10 * 1000000};
	char before[ND_DB_STAMP_BYTES], stamp[ND_DB_STAMP_BYTES];
	const char *path;

	try_to_open(opening);
	if (!has_lost(opening))
		return false;
	path = find_path(NULL, opening->path, opening->config);
	read_stamp(path, before);
	for (int i = 0; i < ND_DB_TRIES && has_lost(opening); i++) {
		nanosleep(&pause, NULL);
		pause.tv_nsec *= 2;
		try_to_open(opening);
	}
	read_stamp(path, stamp);
	talloc_free((void *)path);
	return is_same_stamp(before, stamp);
}

/* ND_OK, or why it failed. */
static enum nd_status
open_or_explain(struct opening *opening, struct nd_error *err)
{
	bool damaged = open_patiently(opening);
	enum nd_status st;
	const char *why;

	if (opening->status == NOTMUCH_STATUS_SUCCESS)
		return ND_OK;
	if (has_lost(opening) && !damaged)
		return nd_db_gave_up(err);
	why = library_error(NULL, opening->text, opening->status);
	opening->text = NULL;
	st = nd_db_open_failed(opening->status, opening->number, why, err);
	talloc_free((void *)why);
	return st;
}

static enum nd_status
open_handle(notmuch_database_t **handle, notmuch_database_mode_t mode,
            struct nd_error *err)
{
	struct opening opening = {
		.path = getenv("NOTMUCH_DATABASE"),
		.config = getenv("NOTMUCH_CONFIG"),
		.mode = mode,
	};
	enum nd_status st;

	/*
	 * `notmuch --config= digest` hands us an empty NOTMUCH_CONFIG, which
	 * means "no file"; for the library that is "", not NULL. The path goes
	 * in explicitly, else the file's would be used for the mail root.
	 */
	if (opening.config && *opening.config)
		opening.config = NULL;
	if (opening.path && !*opening.path)
		opening.path = NULL;
	nd_gobject_init();
	nd_guard_enter();
	st = open_or_explain(&opening, err);
	free(opening.text);
	if (st != ND_OK)
		nd_guard_leave();
	*handle = st == ND_OK ? opening.handle : NULL;
	return st;
}

static void
load_exclude_tags(struct nd_db *db)
{
	notmuch_config_values_t *values = notmuch_config_get_values(
		db->handle, NOTMUCH_CONFIG_EXCLUDE_TAGS);

	for (; notmuch_config_values_valid(values);
	     notmuch_config_values_move_to_next(values)) {
		struct nd_exclude *exclude =
			x_append(db, db->exclude, db->exclude_count);

		exclude->tag = x_strdup(db, notmuch_config_values_get(values));
	}
	notmuch_config_values_destroy(values);
}

enum nd_status
nd_db_open_mode(const void *ctx, notmuch_database_mode_t mode,
                struct nd_db **out, struct nd_error *err)
{
	struct nd_db *db = x_new(NULL, struct nd_db);
	enum nd_status st = open_handle(&db->handle, mode, err);

	db->mode = mode;
	talloc_set_destructor(db, db_destructor);
	if (st != ND_OK) {
		talloc_free(db);
		return st;
	}
	load_exclude_tags(db);
	*out = talloc_steal(ctx, db);
	return ND_OK;
}

enum nd_status
nd_db_open(const void *ctx, struct nd_db **out, struct nd_error *err)
{
	return nd_db_open_mode(ctx, NOTMUCH_DATABASE_MODE_READ_ONLY, out, err);
}

enum nd_status
nd_db_open_fresh(struct nd_db *db, struct nd_error *err)
{
	notmuch_database_t *fresh;
	enum nd_status st;

	read_stamp(nd_db_path(db), db->stamp);
	st = open_handle(&fresh, db->mode, err);
	if (st != ND_OK)
		return st;
	notmuch_database_destroy(db->handle);
	nd_guard_leave();
	db->handle = fresh;
	return ND_OK;
}

enum nd_status
nd_db_open_again(struct nd_db *db, struct nd_error *err)
{
	char before[ND_DB_STAMP_BYTES];

	/* A second handle would wait for the lock that the first one has. */
	if (db->mode != NOTMUCH_DATABASE_MODE_READ_ONLY)
		return nd_db_failed(db, "cannot read the notmuch database",
		                    NOTMUCH_STATUS_XAPIAN_EXCEPTION, err);
	memcpy(before, db->stamp, sizeof before);
	read_stamp(nd_db_path(db), db->stamp);
	/* Lost again, and nobody has committed: it never was that. */
	if (is_same_stamp(before, db->stamp))
		return nd_db_failed(db, "cannot read the notmuch database",
		                    NOTMUCH_STATUS_XAPIAN_EXCEPTION, err);
	return nd_db_open_fresh(db, err);
}
