/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "clients/linkdir.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "mail/maildirfile.h"
#include "util/alloc.h"
#include "util/child.h"
#include "util/hash.h"
#include "util/map.h"
#include "util/str.h"

#define MARKER ".notmuch-digest"
#define SUFFIX ".notmuch-digest" /* of our names, behind a hash */

static const char *const parts[] = {"cur", "new", "tmp"};

enum { PART_COUNT = sizeof parts / sizeof *parts };

struct nd_linkdir {
	const char *path;
	int fd; /* of the directory, locked */
	const char **file;
	size_t file_count;
};

static int
linkdir_destructor(struct nd_linkdir *dir)
{
	if (dir->fd >= 0)
		close(dir->fd);
	return 0;
}

static enum nd_status
io_error(struct nd_error *err, const char *what, const char *path)
{
	return nd_fail(err, ND_ERR_IO, "cannot %s '%.300s': %s", what, path,
	               strerror(errno));
}

/* The real path of what is there, or will be; NULL when that is nowhere. */
static char *
real_path(const void *ctx, const char *path)
{
	char *real = realpath(path, NULL), *copy, *slash, *parent;

	if (real) {
		copy = x_strdup(ctx, real);
		free(real);
		return copy;
	}
	copy = x_strdup(ctx, path);
	slash = strrchr(copy, '/');
	if (errno != ENOENT || !slash || slash == copy)
		return NULL;
	*slash = '\0';
	parent = real_path(ctx, copy);
	return parent ? x_asprintf(ctx, "%s/%s", parent, slash + 1) : NULL;
}

/* Is it the directory root, or in there? */
static bool
is_below(const char *path, const char *root)
{
	void *tmp = talloc_new(NULL);
	const char *real = real_path(tmp, path);
	const char *real_root = real_path(tmp, root);
	size_t len = real_root ? strlen(real_root) : 0;
	bool below = !real || !real_root ||
	             (strncmp(real, real_root, len) == 0 &&
	              (real[len] == '/' || real[len] == '\0'));

	talloc_free(tmp);
	return below;
}

static enum nd_status
make_with_parents(const char *path, struct nd_error *err)
{
	char *copy = x_strdup(NULL, path);
	enum nd_status st = ND_OK;

	for (char *slash = copy + 1; (slash = strchr(slash, '/')); slash++) {
		*slash = '\0';
		mkdir(copy, 0700);
		*slash = '/';
	}
	if (mkdir(copy, 0700) != 0 && errno != EEXIST)
		st = io_error(err, "create", path);
	talloc_free(copy);
	return st;
}

static DIR *
open_list(int fd, const char *name)
{
	int copy = openat(fd, name,
	                  O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
	DIR *list = copy >= 0 ? fdopendir(copy) : NULL;

	if (copy >= 0 && !list)
		close(copy);
	return list;
}

static bool
is_empty(int fd)
{
	DIR *list = open_list(fd, ".");
	const struct dirent *entry;
	bool empty = list != NULL;

	while (empty && (entry = readdir(list)))
		empty = strcmp(entry->d_name, ".") == 0 ||
		        strcmp(entry->d_name, "..") == 0;
	if (list)
		closedir(list);
	return empty;
}

static bool
is_ours(int fd)
{
	struct stat st;

	return fstatat(fd, MARKER, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
	       S_ISREG(st.st_mode) && st.st_uid == geteuid();
}

/* HASH.notmuch-digest, with flags or without. */
static bool
is_our_name(const char *name)
{
	return strlen(name) >= ND_HASH_DIGITS + strlen(SUFFIX) &&
	       nd_hash_is_hex(name, ND_HASH_DIGITS) &&
	       nd_str_starts(name + ND_HASH_DIGITS, SUFFIX) &&
	       nd_maildirfile_stem(name) == ND_HASH_DIGITS + strlen(SUFFIX);
}

/* Remove our links, but for those whose stem is a key of keep. */
static void
clear(int fd, const struct nd_map *keep)
{
	char stem[ND_HASH_DIGITS + sizeof SUFFIX];
	const struct dirent *entry;

	for (size_t i = 0; i < PART_COUNT; i++) {
		DIR *list = open_list(fd, parts[i]);

		while (list && (entry = readdir(list))) {
			if (!is_our_name(entry->d_name))
				continue;
			snprintf(stem, sizeof stem, "%.*s",
			         (int)sizeof stem - 1, entry->d_name);
			if (!keep || !nd_map_has(keep, stem))
				unlinkat(dirfd(list), entry->d_name, 0);
		}
		if (list)
			closedir(list);
	}
}

/* Take away a directory of ours with what we have made in it; false: it is not
 * ours, or something else is left in it. */
static bool
remove_one(const char *path)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
	bool ours = fd >= 0 && is_ours(fd);

	if (ours) {
		clear(fd, NULL);
		for (size_t i = 0; i < PART_COUNT; i++)
			ours = (unlinkat(fd, parts[i], AT_REMOVEDIR) == 0 ||
			        errno == ENOENT) &&
			       ours;
		if (ours)
			unlinkat(fd, MARKER, 0);
	}
	if (fd >= 0)
		close(fd);
	return ours && rmdir(path) == 0;
}

void
nd_linkdir_remove_all(const char *path)
{
	DIR *list = opendir(path);
	const struct dirent *entry;

	while (list && (entry = readdir(list))) {
		char *below = x_asprintf(NULL, "%s/%s", path, entry->d_name);

		if (entry->d_name[0] != '.')
			remove_one(below);
		talloc_free(below);
	}
	if (list)
		closedir(list);
	rmdir(path);
}

/* Directories like path, NAME.PID, of clients that are gone. */
static void
sweep(const char *path)
{
	const char *name = strrchr(path, '/') + 1, *dot = strrchr(name, '.');
	char *parent = x_strndup(NULL, path, (size_t)(name - path));
	size_t len = dot ? (size_t)(dot + 1 - name) : 0;
	DIR *list = len > 0 && nd_is_digit(name[len]) ? opendir(parent) : NULL;
	const struct dirent *entry;

	while (list && (entry = readdir(list))) {
		char *end;
		long pid;

		if (strncmp(entry->d_name, name, len) != 0 ||
		    !nd_is_digit(entry->d_name[len]))
			continue;
		pid = strtol(entry->d_name + len, &end, 10);
		if (*end || pid <= 0 || !nd_child_is_gone(pid))
			continue;
		end = x_asprintf(parent, "%s%s", parent, entry->d_name);
		remove_one(end);
	}
	if (list)
		closedir(list);
	talloc_free(parent);
}

static enum nd_status
make_parts(struct nd_linkdir *dir, struct nd_error *err)
{
	int fd = openat(dir->fd, MARKER,
	                O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);

	if (fd < 0)
		return io_error(err, "write into", dir->path);
	close(fd);
	for (size_t i = 0; i < PART_COUNT; i++)
		if (mkdirat(dir->fd, parts[i], 0700) != 0 && errno != EEXIST)
			return io_error(err, "write into", dir->path);
	return ND_OK;
}

enum nd_status
nd_linkdir_open(const void *ctx, const char *path, const char *mail_root,
                struct nd_linkdir **out, struct nd_error *err)
{
	struct nd_linkdir *dir = x_new(ctx, struct nd_linkdir);
	enum nd_status st;
	struct stat buf;
	char cwd[PATH_MAX];

	dir->fd = -1;
	talloc_set_destructor(dir, linkdir_destructor);
	if (*path != '/' && !getcwd(cwd, sizeof cwd))
		return io_error(err, "find", path);
	dir->path = *path == '/' ? x_strdup(dir, path)
	                         : x_asprintf(dir, "%s/%s", cwd, path);
	if (is_below(dir->path, mail_root))
		return nd_fail(err, ND_ERR_CONFIG,
		               "'%.300s' lies among your mail: it would be "
		               "indexed, and mail sync would upload it",
		               path);
	st = make_with_parents(dir->path, err);
	if (st != ND_OK)
		return st;
	dir->fd = open(dir->path,
	               O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
	if (dir->fd < 0 && (errno == ENOTDIR || errno == ELOOP))
		return nd_fail(err, ND_ERR_CONFIG,
		               "'%.300s' is not a directory", path);
	if (dir->fd < 0 || fstat(dir->fd, &buf) != 0)
		return io_error(err, "open", path);
	while (flock(dir->fd, LOCK_EX) != 0 && errno == EINTR)
		;
	if (buf.st_uid != geteuid() ||
	    (!is_ours(dir->fd) && !is_empty(dir->fd)))
		return nd_fail(err, ND_ERR_CONFIG,
		               "'%.300s' is not empty, and not ours: it was "
		               "left alone\n"
		               "name a directory that is not there yet",
		               path);
	sweep(dir->path);
	st = make_parts(dir, err);
	if (st == ND_OK)
		*out = dir;
	return st;
}

const char *
nd_linkdir_path(const struct nd_linkdir *dir)
{
	return dir->path;
}

void
nd_linkdir_want(struct nd_linkdir *dir, const char *file)
{
	if (*file)
		*x_append(dir, dir->file, dir->file_count) =
			x_strdup(dir, file);
}

/*
 * A name that stays the same for the same file, so that a client that has the
 * folder open keeps its place, and is another one for a digest that was
 * replaced, so that no header cache is wrong.
 */
static const char *
stem_of(const void *ctx, const char *file)
{
	size_t len = (size_t)(strrchr(file, '/') + 1 - file);
	const char *name = file + len;
	char *bare = x_strndup(ctx, name, nd_maildirfile_stem(name));
	const char *hex = nd_hash_text(ctx, bare);

	return x_asprintf(ctx, "%s" SUFFIX, hex);
}

static bool
same_file(const char *file, int fd, const char *link)
{
	struct stat a, b;

	return stat(file, &a) == 0 && fstatat(fd, link, &b, 0) == 0 &&
	       a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

static enum nd_status
make_link(struct nd_linkdir *dir, const char *file, const char *name,
          struct nd_error *err)
{
	if (same_file(file, dir->fd, name))
		return ND_OK;
	unlinkat(dir->fd, name, 0);
	if (linkat(AT_FDCWD, file, dir->fd, name, AT_SYMLINK_FOLLOW) == 0 ||
	    errno == ENOENT || symlinkat(file, dir->fd, name) == 0)
		return ND_OK; /* mail that has just gone is not a failure */
	return io_error(err, "write into", dir->path);
}

/* Links whose flags are not those of the mail any more go, too. */
static void
drop_other_flags(struct nd_linkdir *dir, const struct nd_map *wanted)
{
	const struct dirent *entry;
	DIR *list = open_list(dir->fd, "cur");

	while (list && (entry = readdir(list))) {
		char stem[ND_HASH_DIGITS + sizeof SUFFIX];
		const char *name;

		if (!is_our_name(entry->d_name))
			continue;
		snprintf(stem, sizeof stem, "%.*s", (int)sizeof stem - 1,
		         entry->d_name);
		name = nd_map_get(wanted, stem);
		if (name && strcmp(name + strlen("cur/"), entry->d_name) != 0)
			unlinkat(dirfd(list), entry->d_name, 0);
	}
	if (list)
		closedir(list);
}

enum nd_status
nd_linkdir_settle(struct nd_linkdir *dir, struct nd_error *err)
{
	void *tmp = talloc_new(NULL);
	struct nd_map *wanted = nd_map_new(tmp); /* stem -> cur/STEM:2,FLAGS */
	enum nd_status st = ND_OK;

	for (size_t i = 0; i < dir->file_count; i++) {
		const char *stem = stem_of(tmp, dir->file[i]);
		const char *flags = strstr(strrchr(dir->file[i], '/'), ":2,");

		nd_map_set(wanted, stem,
		           x_asprintf(tmp, "cur/%s%s", stem,
		                      flags ? flags : ":2,"));
	}
	clear(dir->fd, wanted);
	drop_other_flags(dir, wanted);
	for (size_t i = 0; st == ND_OK && i < dir->file_count; i++)
		st = make_link(dir, dir->file[i],
		               nd_map_get(wanted, stem_of(tmp, dir->file[i])),
		               err);
	talloc_free(tmp);
	return st;
}
