/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * maildir.h - files in the folder that digests lie in
 *
 * A digest is written to tmp and synced before the database is opened for
 * writing, and renamed to cur while it is: so nothing half written is ever
 * seen, and no other program waits for our disk. A marker file in tmp stands
 * there from the first rename until the replaced files are gone: one that is
 * found at the start of a run tells that the run before it was killed. Hosts that
 * share a maildir leave each other's files in tmp alone; their names tell.
 */
#ifndef ND_STORE_MAILDIR_H
#define ND_STORE_MAILDIR_H

#include <stdbool.h>
#include <stddef.h>

#include "mail/digestfile.h"
#include "util/status.h"

/* tmp, new and cur, in the order in which they may go: mail begins in tmp. */
enum { ND_MAILDIR_PARTS = 3 };
extern const char *const nd_maildir_part[ND_MAILDIR_PARTS];

/* Names of files, without their directory. */
struct nd_name_list {
	const char **name;
	size_t count;
	bool torn; /* a directory could not be read to its end */
};

/**
 * Does a mail sync own the place, so that digests would be uploaded? Looks for
 * the files that mbsync and offlineimap keep in the folder, in its parents up
 * to the mail root, and in the folders beside it.
 *
 * *sign      the file found, owned by ctx
 */
bool nd_maildir_is_synced(const void *ctx, const char *root, const char *folder,
                          const char **sign);

/**
 * Write bytes to a new file in tmp and sync it.
 *
 * *name      of the file, owned by ctx: the same in tmp and, with ":2,S"
 *            behind it, in cur
 */
enum nd_status
nd_maildir_write(const void *ctx, const char *path, const char *bytes,
                 size_t len, const char **name,
                 struct nd_error *err) ND_MUST_CHECK;

/** Move it to cur; *file is then its path, owned by ctx. */
enum nd_status
nd_maildir_publish(const void *ctx, const char *path, const char *name,
                   const char **file, struct nd_error *err) ND_MUST_CHECK;

/** Sync cur, so that what was renamed or unlinked stays so. */
enum nd_status
nd_maildir_sync(const char *path, struct nd_error *err) ND_MUST_CHECK;

/** Put the marker there, or take it away. */
enum nd_status
nd_maildir_mark(const char *path, struct nd_error *err) ND_MUST_CHECK;
void nd_maildir_unmark(const char *path);

/** Was a run killed: is the marker there, or a file of ours in tmp? */
bool nd_maildir_is_marked(const char *path);

/** Has a file in tmp the name of one that a run of ours makes there? */
bool nd_maildir_is_own_name(const char *name);

/** Has a digest the name of one that this host wrote? */
bool nd_maildir_is_of_host(const char *file);

/** Remove what killed runs left in tmp, except for the marker. */
void nd_maildir_clear_tmp(const char *path);

/** The paths of all files in cur and new, sorted; owned by ctx. */
struct nd_name_list *nd_maildir_list(const void *ctx, const char *path);

/**
 * Unlink a file that the three-fold rule says is ours; others stay.
 *
 * Returns    false when it is still there and may be ours: errno says why
 */
bool nd_maildir_unlink(const struct nd_folders *folders, const char *file);

#endif
