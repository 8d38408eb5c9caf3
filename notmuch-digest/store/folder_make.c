/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/folder.h"
#include "store/maildir.h"
#include "store/mark.h"
#include "util/alloc.h"
#include "util/outfile.h"
#include "util/str.h"

static enum nd_status
io_error(struct nd_error *err, const char *what, const char *path)
{
	return nd_fail(err, ND_ERR_IO, "cannot %s '%.300s': %s", what, path,
	               strerror(errno));
}

enum nd_status
nd_folder_adopt(const char *path, bool made, struct nd_error *err)
{
	const struct nd_mark mark = {.levels = made};

	return nd_mark_put(path, &mark, err);
}

/* ---- making it ----------------------------------------------------------- */

/* Is the directory one that we made, for this folder or the one before it? */
static bool
is_made(const struct nd_store *store, const char *path)
{
	bool made = nd_mark_is_pending(path);

	for (size_t i = 0; !made && i < store->folders.count; i++) {
		const char *folder = store->folders.path[i];
		size_t len = strlen(path);
		struct nd_mark mark;

		if (!nd_str_starts(folder, path) ||
		    (folder[len] != '\0' && folder[len] != '/'))
			continue;
		nd_mark_read(NULL, folder, &mark);
		for (folder += len; *folder && mark.levels > 0; mark.levels--)
			folder += 1 + strcspn(folder + 1, "/");
		made = mark.levels > 0;
		talloc_free(mark.name);
	}
	return made;
}

/* The folder, and what is missing above it; counts what is ours. */
static enum nd_status
make_way(const struct nd_store *store, unsigned *levels, struct nd_error *err)
{
	char *copy = x_strdup(NULL, store->path);
	char *end = copy + strlen(store->root);
	enum nd_status st = ND_OK;

	*levels = 0;
	while (st == ND_OK && end && *end) {
		end = strchr(end + 1, '/');
		if (end)
			*end = '\0';
		if (mkdir(copy, S_ISVTX | 0700) == 0)
			(*levels)++;
		else if (errno != EEXIST)
			st = io_error(err, "create", copy);
		else
			*levels = is_made(store, copy) ? *levels + 1 : 0;
		if (end)
			*end = '/';
	}
	talloc_free(copy);
	return st;
}

/* What the mark has to say before the missing parts are made. */
static enum nd_status
mark_missing(const char *path, unsigned levels, struct nd_error *err)
{
	void *tmp = talloc_new(NULL);
	struct nd_mark mark;
	bool known = nd_mark_read(tmp, path, &mark), differs = !mark.name;
	enum nd_status st = ND_OK;

	if (!known) {
		st = io_error(err, "read", path);
		talloc_free(tmp);
		return st;
	}
	if (!mark.name)
		mark.levels = levels;
	for (size_t i = 0; i < ND_MAILDIR_PARTS; i++) {
		char *part = x_asprintf(tmp, "%s/%s", path, nd_maildir_part[i]);

		if (mark.part[i] || access(part, F_OK) == 0)
			continue;
		mark.part[i] = true;
		differs = differs || mark.levels == 0;
	}
	if (differs)
		st = nd_mark_put(path, &mark, err);
	talloc_free(tmp);
	return st;
}

/* The folder and so many directories in all, from there up. */
static void
set_way_pending(const char *root, const char *path, unsigned levels,
                bool pending)
{
	char *copy = x_strdup(NULL, path);

	for (; levels > 0 && strlen(copy) > strlen(root); levels--) {
		nd_mark_set_pending(copy, pending);
		*strrchr(copy, '/') = '\0';
	}
	talloc_free(copy);
}

enum nd_status
nd_folder_make(const struct nd_store *store, struct nd_error *err)
{
	const char *path = store->path;
	unsigned levels;
	enum nd_status st = make_way(store, &levels, err);

	if (st == ND_OK)
		st = mark_missing(path, levels, err);
	for (size_t i = 0; st == ND_OK && i < ND_MAILDIR_PARTS; i++) {
		char *part =
			x_asprintf(NULL, "%s/%s", path, nd_maildir_part[i]);

		if (mkdir(part, 0700) != 0 && errno != EEXIST)
			st = io_error(err, "create", part);
		talloc_free(part);
	}
	if (st != ND_OK)
		return st;
	set_way_pending(store->root, path, UINT_MAX, false);
	nd_outfile_sync_dir(path);
	return ND_OK;
}

/* ---- leaving it ---------------------------------------------------------- */

static bool
is_dots(const char *name)
{
	return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

/* What is in the way of a directory's leaving. */
enum hold {
	HOLD_NOTHING,
	HOLD_SOMETHING, /* somebody's */
	HOLD_UNKNOWN,   /* it cannot be looked into, now */
};

/* Does a directory hold nothing, or nothing but directories? */
static enum hold
hold_of(const char *path, bool but_directories)
{
	DIR *dir = opendir(path);
	struct dirent *entry = NULL;
	enum hold hold = HOLD_NOTHING;

	if (!dir)
		return errno == ENOENT ? HOLD_NOTHING : HOLD_UNKNOWN;
	while (hold == HOLD_NOTHING && (errno = 0, entry = readdir(dir))) {
		struct stat stat_buf;

		if (is_dots(entry->d_name))
			continue;
		if (!but_directories)
			hold = HOLD_SOMETHING;
		else if (fstatat(dirfd(dir), entry->d_name, &stat_buf,
		                 AT_SYMLINK_NOFOLLOW) != 0)
			hold = errno == ENOENT ? HOLD_NOTHING : HOLD_UNKNOWN;
		else if (!S_ISDIR(stat_buf.st_mode))
			hold = HOLD_SOMETHING;
	}
	if (!entry && errno != 0)
		hold = HOLD_UNKNOWN;
	closedir(dir);
	return hold;
}

/* Has nobody mail in it, nor a file that tells of another program? */
static enum hold
hold_of_maildir(const char *path)
{
	enum hold hold = hold_of(path, true);

	for (size_t i = 0; hold == HOLD_NOTHING && i < ND_MAILDIR_PARTS; i++) {
		char *part =
			x_asprintf(NULL, "%s/%s", path, nd_maildir_part[i]);

		hold = hold_of(part, false);
		talloc_free(part);
	}
	return hold;
}

static enum hold
remove_dir(const char *path)
{
	int number;

	if (rmdir(path) == 0 || errno == ENOENT)
		return HOLD_NOTHING;
	/* A read-only file system says so of what is not there, too. */
	number = errno;
	if (access(path, F_OK) != 0 && errno == ENOENT)
		return HOLD_NOTHING;
	errno = number;
	/* Not a directory: the user has put a link in its place. */
	return errno == ENOTEMPTY || errno == EEXIST || errno == ENOTDIR
	               ? HOLD_SOMETHING
	               : HOLD_UNKNOWN;
}

/*
 * All parts, or none: a maildir without tmp takes no mail any more. One comes
 * back when mail has been delivered right now.
 */
static enum hold
remove_parts(const char *path, const struct nd_mark *mark)
{
	enum hold hold = HOLD_NOTHING;

	for (size_t i = 0; hold == HOLD_NOTHING && i < ND_MAILDIR_PARTS; i++) {
		char *part =
			x_asprintf(NULL, "%s/%s", path, nd_maildir_part[i]);
		int number;

		if (mark->part[i])
			hold = remove_dir(part);
		number = errno;
		talloc_free(part);
		while (hold != HOLD_NOTHING && i-- > 0) {
			part = x_asprintf(NULL, "%s/%s", path,
			                  nd_maildir_part[i]);
			(void)!mkdir(part, 0700);
			talloc_free(part);
		}
		if (hold != HOLD_NOTHING) {
			errno = number;
			break;
		}
	}
	return hold;
}

/*
 * The folder itself, and what we made above it, as far as that is empty. What
 * cannot go now stays pending, so that it goes another time.
 */
static enum hold
remove_way(const char *root, const char *path, unsigned levels)
{
	char *copy = x_strdup(NULL, path);
	enum hold hold = HOLD_NOTHING;

	while (levels > 0 && strlen(copy) > strlen(root) &&
	       (hold = remove_dir(copy)) == HOLD_NOTHING) {
		*strrchr(copy, '/') = '\0';
		levels--;
	}
	if (hold != HOLD_UNKNOWN)
		set_way_pending(root, copy, levels, false);
	talloc_free(copy);
	return hold;
}

static unsigned
count_pending(const char *root, const char *path)
{
	char *copy = x_strdup(NULL, path);
	unsigned levels = 0;

	for (; strlen(copy) > strlen(root) &&
	       (nd_mark_is_pending(copy) ||
	        (levels == 0 && access(copy, F_OK) != 0));
	     levels++)
		*strrchr(copy, '/') = '\0';
	talloc_free(copy);
	return levels;
}

/* With its mark, so that it can be left another time. */
static enum nd_status
cannot_leave(const char *path, struct nd_error *err)
{
	return io_error(err, "remove", path);
}

enum nd_status
nd_folder_leave(const char *root, const char *path, struct nd_error *err)
{
	enum hold hold = hold_of_maildir(path);
	void *tmp;
	struct nd_mark mark;

	if (hold == HOLD_UNKNOWN)
		return cannot_leave(path, err);
	tmp = talloc_new(NULL);
	if (!nd_mark_read(tmp, path, &mark))
		hold = HOLD_UNKNOWN;
	else if (!mark.name) {
		/* All but done by a run that was killed. */
		mark.levels = count_pending(root, path);
		for (size_t i = 0; i < ND_MAILDIR_PARTS; i++)
			mark.part[i] = mark.levels > 0;
	}
	if (hold == HOLD_NOTHING)
		hold = remove_parts(path, &mark);
	if (hold == HOLD_NOTHING)
		/* Should this run be killed, the next one goes on. */
		set_way_pending(root, path, mark.levels, true);
	else
		mark.levels = 0;
	if (hold != HOLD_UNKNOWN && mark.name)
		hold = remove_dir(x_asprintf(tmp, "%s/%s", path, mark.name));
	if (hold != HOLD_UNKNOWN)
		hold = remove_way(root, path, mark.levels);
	talloc_free(tmp);
	return hold == HOLD_UNKNOWN ? cannot_leave(path, err) : ND_OK;
}
