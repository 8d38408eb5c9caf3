/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <string.h>
#include <sys/statvfs.h>

#include "mail/db_private.h"
#include "util/alloc.h"
#include "util/limits.h"
#include "util/utf8.h"

#define FULL "the disk is full: make room, and run it again"
#define FAILS \
	"the disk fails, or it is over its quota; what was committed before " \
	"is still in force"
#define REMEDY \
	"if the disk is sound, the database is damaged: 'notmuch dump' " \
	"for the tags, remove '.notmuch/xapian', 'notmuch new', " \
	"'notmuch restore'"

/*
 * The words of libnotmuch and Xapian are all that tells failures apart: 0.37
 * has one status for every exception, and none on its iterators.
 */
static const char *
words(const struct nd_db *db)
{
	const char *text =
		db->handle ? notmuch_database_status_string(db->handle) : NULL;

	return text ? text : "";
}

bool
nd_db_says_lost(const char *text)
{
	static const char *const xapian[] = {
		"reopen()",
		/* A block that a writer is replacing, as it looks. */
		"Expected block ",
		"block overwritten",
		"dir_end invalid in block",
		"ran out unexpectedly",
		"Unexpected end of",
	};

	for (size_t i = 0; i < sizeof xapian / sizeof *xapian; i++)
		if (strstr(text, xapian[i]))
			return true;
	return false;
}

bool
nd_db_is_lost(const struct nd_db *db)
{
	/* A writer's own view of the database is never lost. */
	return db->mode == NOTMUCH_DATABASE_MODE_READ_ONLY &&
	       nd_db_says_lost(words(db));
}

static bool
is_syntax(const char *text)
{
	return strstr(text, "Xapian exception occurred parsing") != NULL;
}

bool
nd_db_is_broken(const struct nd_db *db)
{
	const char *text = words(db);

	/* A tag to take off that is not there is no failure. */
	return strstr(text, "Xapian exception") && !is_syntax(text) &&
	       !strstr(text, "is not present in document");
}

/* What a disk has refused: not what is wrong on it. */
static bool
is_disk_failure(const char *text)
{
	static const char *const xapian[] = {
		"Error reading block",        "Error writing block",
		"Error reading from file",    "Error writing to file",
		"failed to flush DB to disk", "Couldn't write new rev file",
		"Failed to rename",
	};

	for (size_t i = 0; i < sizeof xapian / sizeof *xapian; i++)
		if (strstr(text, xapian[i]))
			return true;
	return false;
}

/* A commit needs one file; a file system that has no end of them says 0. */
static bool
lacks_inodes(const struct statvfs *disk)
{
	return disk->f_files > 0 && disk->f_favail == 0;
}

/* Of a writer: is there no room left beside the database? */
static bool
is_disk_full(const struct nd_db *db)
{
	const char *path = notmuch_database_get_path(db->handle);
	struct statvfs disk;

	return db->mode == NOTMUCH_DATABASE_MODE_READ_WRITE && path &&
	       statvfs(path, &disk) == 0 &&
	       ((unsigned long long)disk.f_bavail * disk.f_frsize <
	                ND_LIMIT_DISK_FULL_BYTES ||
	        lacks_inodes(&disk));
}

enum nd_status
nd_db_failed(struct nd_db *db, const char *what, notmuch_status_t status,
             struct nd_error *err)
{
	const char *text = words(db);
	enum nd_status st;
	char *why;

	db->failed = true;
	if (!nd_db_is_broken(db))
		text = notmuch_status_to_string(status);
	why = nd_utf8_clean_line(NULL, text, strlen(text));
	if (is_disk_full(db))
		st = nd_fail(err, ND_ERR_IO, "%.200s: %.150s\n" FULL, what,
		             why);
	else if (is_disk_failure(text))
		st = nd_fail(err, ND_ERR_IO, "%.200s: %.150s\n" FAILS, what,
		             why);
	else if (nd_db_is_broken(db))
		st = nd_fail(err, ND_ERR_DB, "%.200s: %.150s\n" REMEDY, what,
		             why);
	else
		st = nd_fail(err, ND_ERR_DB, "%.200s: %.200s", what, why);
	talloc_free(why);
	return st;
}

enum nd_status
nd_db_query_failed(struct nd_db *db, const char *query, notmuch_status_t status,
                   struct nd_error *err)
{
	const char *text = words(db);
	enum nd_status st;
	char *why;

	if (nd_db_is_lost(db))
		return nd_db_gave_up(err);
	if (!is_syntax(text) && status != NOTMUCH_STATUS_BAD_QUERY_SYNTAX)
		return nd_db_failed(db, "cannot search the notmuch database",
		                    status, err);
	if (!*text)
		text = notmuch_status_to_string(status);
	why = nd_utf8_clean_line(NULL, text, strlen(text));
	st = nd_fail(err, ND_ERR_USAGE, "cannot parse the query '%.100s': %s",
	             query, why);
	talloc_free(why);
	return st;
}

enum nd_status
nd_db_gave_up(struct nd_error *err)
{
	return nd_fail(err, ND_ERR_BUSY,
	               "the notmuch database changes faster than it can be "
	               "read\ntry again when 'notmuch new' has finished");
}

enum nd_status
nd_db_open_failed(notmuch_status_t status, int number, const char *why,
                  struct nd_error *err)
{
	bool absent = number == 0 || number == ENOENT;

	if (status == NOTMUCH_STATUS_NO_CONFIG && absent)
		return nd_fail(err, ND_ERR_CONFIG,
		               "no notmuch configuration: %.300s\n"
		               "run 'notmuch setup', then 'notmuch new'",
		               why);
	if (status == NOTMUCH_STATUS_NO_CONFIG)
		return nd_fail(err,
		               number == EACCES ? ND_ERR_CONFIG : ND_ERR_IO,
		               "cannot read the notmuch configuration: "
		               "%.100s: %.200s",
		               strerror(number), why);
	if (number == EACCES || number == EPERM || number == EROFS)
		return nd_fail(err, ND_ERR_DB,
		               "cannot open the notmuch database: %.50s: "
		               "%.250s\n"
		               "its owner and permissions must let this user "
		               "have it: see 'ls -l' there",
		               strerror(number), why);
	if (strstr(why, "not supported by this version"))
		return nd_fail(
			err, ND_ERR_DB,
			"cannot open the notmuch database: %.300s\n"
			"a newer notmuch has made it: notmuch-digest needs "
			"that one's libnotmuch",
			why);
	if (is_disk_failure(why))
		return nd_fail(
			err, ND_ERR_IO,
			"cannot open the notmuch database: %.200s\n" FAILS,
			why);
	if (status == NOTMUCH_STATUS_XAPIAN_EXCEPTION)
		return nd_fail(
			err, ND_ERR_DB,
			"cannot open the notmuch database: %.200s\n" REMEDY,
			why);
	if (!absent)
		return nd_fail(err, ND_ERR_DB,
		               "cannot open the notmuch database: %.50s: "
		               "%.250s\n"
		               "'notmuch config get database.path' names it",
		               strerror(number), why);
	return nd_fail(err, ND_ERR_DB,
	               "cannot open the notmuch database: %.300s\n"
	               "'notmuch config get database.path' names it; "
	               "'notmuch new' creates it",
	               why);
}
