/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * torn.c - a block of the database that somebody is writing, as a reader sees it
 *
 * Preloaded: the first TORN opens for reading fail with Xapian's words for that.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <notmuch.h>
#include <stdlib.h>
#include <string.h>

notmuch_status_t
notmuch_database_open_with_config(const char *path,
                                  notmuch_database_mode_t mode,
                                  const char *config, const char *profile,
                                  notmuch_database_t **database, char **text)
{
	static int left = -1;
	notmuch_status_t (*open)(const char *, notmuch_database_mode_t,
	                         const char *, const char *,
	                         notmuch_database_t **, char **) =
		dlsym(RTLD_NEXT, "notmuch_database_open_with_config");

	if (left < 0)
		left = atoi(getenv("TORN"));
	if (mode != NOTMUCH_DATABASE_MODE_READ_ONLY || left == 0)
		return open(path, mode, config, profile, database, text);
	left--;
	*text = strdup("A Xapian exception occurred opening database: "
	               "Expected block 12 to be level 1, not 0");
	return NOTMUCH_STATUS_XAPIAN_EXCEPTION;
}
