/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/maildir.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "util/alloc.h"
#include "util/outfile.h"
#include "util/str.h"

/* No other program gives its files in tmp such a name. */
#define TMP_START "notmuch-digest."
#define MARKER TMP_START "batch"

enum {
	HOST_BYTES = 64,
	/* What is older in tmp, nobody is writing: maildir(5). */
	TMP_S = 36 * 3600,
};

const char *const nd_maildir_part[ND_MAILDIR_PARTS] = {"tmp", "new", "cur"};

/* What mail syncs keep beside the mail that they own. */
static const char *const sync_signs[] = {".mbsyncstate", ".uidvalidity",
                                         ".isyncuidmap.db"};

static enum nd_status
io_error(struct nd_error *err, const char *what, const char *path)
{
	return nd_fail(err, ND_ERR_IO, "cannot %s '%.300s': %s", what, path,
	               strerror(errno));
}

static bool
has_sign(const void *ctx, const char *dir, const char **sign)
{
	for (size_t i = 0; i < sizeof sync_signs / sizeof *sync_signs; i++) {
		const char *path = x_asprintf(ctx, "%s/%s", dir, sync_signs[i]);

		if (access(path, F_OK) == 0) {
			*sign = path;
			return true;
		}
	}
	return false;
}

/* A folder beside ours that is synced tells that ours would be, too. */
static bool
has_sign_below(const void *ctx, const char *parent, const char **sign)
{
	DIR *dir = opendir(parent);
	struct dirent *entry;
	bool found = false;

	if (!dir)
		return false;
	while (!found && (entry = readdir(dir))) {
		char *path;

		if (strcmp(entry->d_name, ".") == 0 ||
		    strcmp(entry->d_name, "..") == 0)
			continue;
		path = x_asprintf(NULL, "%s/%s", parent, entry->d_name);
		found = has_sign(ctx, path, sign);
		talloc_free(path);
	}
	closedir(dir);
	return found;
}

bool
nd_maildir_is_synced(const void *ctx, const char *root, const char *folder,
                     const char **sign)
{
	char *path = x_asprintf(NULL, "%s/%s", root, folder);
	bool found = has_sign(ctx, path, sign);
	char *slash = strrchr(path, '/');

	*slash = '\0';
	found = found || has_sign_below(ctx, path, sign);
	while (!found && strlen(path) >= strlen(root)) {
		found = has_sign(ctx, path, sign);
		slash = strrchr(path, '/');
		if (!slash)
			break;
		*slash = '\0';
	}
	talloc_free(path);
	return found;
}

/* As it stands in names of files. */
static void
get_host(char host[HOST_BYTES])
{
	memset(host, 0, HOST_BYTES);
	if (gethostname(host, HOST_BYTES - 1) != 0 || !*host)
		snprintf(host, HOST_BYTES, "localhost");
	for (char *c = host; *c; c++)
		if (!nd_is_alpha(*c) && !nd_is_digit(*c) && *c != '.' &&
		    *c != '-')
			*c = '_';
}

/* "<sec>.M<usec>P<pid>.<host>" */
static char *
unique_name(const void *ctx)
{
	char host[HOST_BYTES];
	struct timeval now;

	gettimeofday(&now, NULL);
	get_host(host);
	return x_asprintf(ctx, "%lld.M%06ldP%ld.%s", (long long)now.tv_sec,
	                  (long)now.tv_usec, (long)getpid(), host);
}

enum nd_status
nd_maildir_write(const void *ctx, const char *path, const char *bytes,
                 size_t len, const char **name, struct nd_error *err)
{
	void *tmp = talloc_new(NULL);
	enum nd_status st = ND_OK;
	char *unique, *file;
	int fd;

	/* Two in the same microsecond: the clock goes on. */
	do {
		unique = unique_name(tmp);
		file = x_asprintf(tmp, "%s/tmp/" TMP_START "%s", path, unique);
		fd = open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	} while (fd < 0 && errno == EEXIST);
	if (fd < 0)
		st = io_error(err, "create", file);
	else if (nd_outfile_write_all(fd, bytes, len) != 0 || fsync(fd) != 0)
		st = io_error(err, "write", file);
	if (fd >= 0 && close(fd) != 0 && st == ND_OK)
		st = io_error(err, "write", file);
	if (st == ND_OK)
		*name = talloc_steal(ctx, unique);
	else if (fd >= 0)
		unlink(file);
	talloc_free(tmp);
	return st;
}

enum nd_status
nd_maildir_publish(const void *ctx, const char *path, const char *name,
                   const char **file, struct nd_error *err)
{
	void *tmp = talloc_new(NULL);
	char *from = x_asprintf(tmp, "%s/tmp/" TMP_START "%s", path, name);
	char *to = x_asprintf(tmp, "%s/cur/%s:2,S", path, name);
	enum nd_status st = ND_OK;

	if (rename(from, to) != 0)
		st = io_error(err, "rename", from);
	else
		*file = talloc_steal(ctx, to);
	talloc_free(tmp);
	return st;
}

enum nd_status
nd_maildir_sync(const char *path, struct nd_error *err)
{
	char *cur = x_asprintf(NULL, "%s/cur", path);
	int fd = open(cur, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	enum nd_status st = ND_OK;

	if (fd < 0 || fsync(fd) != 0)
		st = io_error(err, "sync", cur);
	if (fd >= 0)
		close(fd);
	talloc_free(cur);
	return st;
}

/* Another host that has the same maildir has its own. */
static char *
marker_path(const void *ctx, const char *path)
{
	char host[HOST_BYTES];

	get_host(host);
	return x_asprintf(ctx, "%s/tmp/" MARKER ".%s", path, host);
}

enum nd_status
nd_maildir_mark(const char *path, struct nd_error *err)
{
	char *marker = marker_path(NULL, path);
	int fd = open(marker, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	enum nd_status st = ND_OK;

	if (fd < 0)
		st = io_error(err, "create", marker);
	else
		close(fd);
	*strrchr(marker, '/') = '\0';
	if (st == ND_OK)
		nd_outfile_sync_dir(marker);
	talloc_free(marker);
	return st;
}

void
nd_maildir_unmark(const char *path)
{
	char *marker = marker_path(NULL, path);

	unlink(marker);
	*(strstr(marker, MARKER) + strlen(MARKER)) = '\0';
	unlink(marker); /* of an earlier version */
	talloc_free(marker);
}

/* The host in what unique_name() makes; NULL when it is something else. */
static const char *
host_of(const char *name)
{
	static const char *const behind[] = {".M", "P", "."};

	for (size_t i = 0; i < sizeof behind / sizeof *behind; i++) {
		if (!nd_is_digit(*name))
			return NULL;
		while (nd_is_digit(*name))
			name++;
		if (!nd_str_starts(name, behind[i]))
			return NULL;
		name += strlen(behind[i]);
	}
	return *name ? name : NULL;
}

static bool
is_marker(const char *name)
{
	return nd_str_starts(name, MARKER) &&
	       (name[strlen(MARKER)] == '\0' || name[strlen(MARKER)] == '.');
}

bool
nd_maildir_is_own_name(const char *name)
{
	return is_marker(name) || (nd_str_starts(name, TMP_START) &&
	                           host_of(name + strlen(TMP_START)));
}

/* Is it of a run of this host? Earlier versions did not say whose a marker is. */
static bool
is_local(const char *name)
{
	char host[HOST_BYTES];
	const char *of;

	if (strcmp(name, MARKER) == 0)
		return true;
	get_host(host);
	if (is_marker(name))
		of = name + strlen(MARKER) + 1;
	else
		of = host_of(name + strlen(TMP_START));
	return of && strcmp(of, host) == 0;
}

bool
nd_maildir_is_of_host(const char *file)
{
	const char *slash = strrchr(file, '/');
	const char *of = host_of(slash ? slash + 1 : file);
	char host[HOST_BYTES];
	size_t len;

	if (!of)
		return false;
	get_host(host);
	len = strlen(host);
	return strncmp(of, host, len) == 0 &&
	       (of[len] == '\0' || of[len] == ':');
}

static bool
is_old(DIR *dir, const char *name)
{
	struct stat file;

	return fstatat(dirfd(dir), name, &file, AT_SYMLINK_NOFOLLOW) == 0 &&
	       time(NULL) - file.st_mtime > TMP_S;
}

/*
 * Files in tmp that a run of ours on this host made, or one that is long over;
 * counts them, may unlink them.
 */
static size_t
walk_tmp(const char *path, bool with_marker, bool remove)
{
	char *tmp = x_asprintf(NULL, "%s/tmp", path);
	DIR *dir = opendir(tmp);
	struct dirent *entry;
	size_t count = 0;

	while (dir && (entry = readdir(dir))) {
		const char *name = entry->d_name;

		if (!nd_maildir_is_own_name(name) ||
		    !(is_local(name) || is_old(dir, name)) ||
		    (!with_marker && is_marker(name) && is_local(name)))
			continue;
		count++;
		if (remove)
			unlinkat(dirfd(dir), name, 0);
	}
	if (dir)
		closedir(dir);
	talloc_free(tmp);
	return count;
}

bool
nd_maildir_is_marked(const char *path)
{
	return walk_tmp(path, true, false) > 0;
}

void
nd_maildir_clear_tmp(const char *path)
{
	walk_tmp(path, false, true);
}

static int
compare_names(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

struct nd_name_list *
nd_maildir_list(const void *ctx, const char *path)
{
	static const char *const parts[] = {"cur", "new"};
	struct nd_name_list *list = x_new(ctx, struct nd_name_list);

	for (size_t i = 0; i < 2; i++) {
		char *part = x_asprintf(list, "%s/%s", path, parts[i]);
		DIR *dir = opendir(part);
		struct dirent *entry;

		errno = dir || errno == ENOENT ? 0 : errno;
		while (dir && (entry = readdir(dir))) {
			if (entry->d_name[0] != '.')
				*x_append(list, list->name, list->count) =
					x_asprintf(list, "%s/%s", part,
				                   entry->d_name);
			errno = 0;
		}
		list->torn = list->torn || errno != 0;
		if (dir)
			closedir(dir);
	}
	if (list->count > 1)
		qsort(list->name, list->count, sizeof *list->name,
		      compare_names);
	return list;
}

bool
nd_maildir_unlink(const struct nd_folders *folders, const char *file)
{
	if (!nd_digestfile_read(NULL, folders, file, NULL))
		return errno == 0;
	return unlink(file) == 0 || errno == ENOENT;
}
