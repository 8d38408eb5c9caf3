/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * landlock.h - give up rights to files and networks (Landlock, Linux 5.19)
 *
 * A set of limits is filled with what stays allowed and then put into force,
 * for good, for the thread that does it and all that it starts. What the kernel
 * does not know is left out of them: TRUNCATE before 6.2, networks before 6.7,
 * ioctl() of devices before 6.10, abstract sockets before 6.12. Kernels that
 * cannot allow a file to be moved to another directory (before 5.19) count as
 * having no Landlock.
 *
 * The rights of a directory are those of all that is below it; a file has what
 * any directory above it has. Starting programs is never allowed, looking at
 * names, modes and times always.
 */
#ifndef ND_UTIL_LANDLOCK_H
#define ND_UTIL_LANDLOCK_H

#include <stdbool.h>
#include <stddef.h>

/* What stays allowed below a path. */
enum nd_landlock_right {
	ND_LANDLOCK_READ = 1u << 0,   /* files, and the lists of directories */
	ND_LANDLOCK_WRITE = 1u << 1,  /* the bytes of files */
	ND_LANDLOCK_MAKE = 1u << 2,   /* files, directories, symbolic links */
	ND_LANDLOCK_UNLINK = 1u << 3, /* files */
	ND_LANDLOCK_RMDIR = 1u << 4,  /* empty directories */
	/* To link or move files to other directories, where their rights do
	 * not grow by it. */
	ND_LANDLOCK_MOVE = 1u << 5,
	ND_LANDLOCK_LIST = 1u << 6,         /* the lists of directories alone */
	ND_LANDLOCK_CHANGE = (1u << 7) - 1, /* all of that */
};

/* What the limits are about, beside writing and starting programs. */
enum nd_landlock_scope {
	ND_LANDLOCK_READING = 1u << 0, /* reading, too */
	ND_LANDLOCK_WRITING = 1u << 1,
	ND_LANDLOCK_NETWORK = 1u << 2, /* connecting, too, not only serving */
};

struct nd_landlock;

/** The version of the kernel's Landlock, at least 2; 0 when it has none. */
int nd_landlock_version(void);

/**
 * Limits that allow nothing of what scope says, nor to start programs, serve
 * TCP or connect to abstract sockets.
 *
 * scope      enum nd_landlock_scope
 * Returns    owned by ctx; NULL when the kernel has no Landlock
 */
struct nd_landlock *nd_landlock_new(const void *ctx, unsigned scope);

/**
 * Allow something. A path that is not there is no failure: nothing is allowed.
 *
 * path       symbolic links are followed, but for the last name of it with
 *            nd_landlock_allow_unlinked()
 * rights     enum nd_landlock_right; of a file only READ and WRITE count
 */
void nd_landlock_allow(struct nd_landlock *limits, const char *path,
                       unsigned rights);
void nd_landlock_allow_unlinked(struct nd_landlock *limits, const char *path,
                                unsigned rights);

/** Put them into force; false when the kernel refuses, and nothing changes. */
bool nd_landlock_enforce(struct nd_landlock *limits);

#endif
