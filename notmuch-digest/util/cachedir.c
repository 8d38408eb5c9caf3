/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "util/cachedir.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "util/alloc.h"
#include "util/hash.h"
#include "util/outfile.h"
#include "util/str.h"

#define TEMPORARY ".new-"

/* A file of ours in the directory. */
struct entry {
	const char *name;
	struct timespec used;
	size_t bytes;
};

const char *
nd_cachedir_path(const void *ctx, const char *name)
{
	const char *base = getenv("XDG_CACHE_HOME");
	const char *home = getenv("HOME");

	/* The specification wants relative paths ignored. */
	if (base && *base == '/')
		return x_asprintf(ctx, "%s/notmuch-digest/%s", base, name);
	if (home && *home == '/')
		return x_asprintf(ctx, "%s/.cache/notmuch-digest/%s", home,
		                  name);
	return NULL;
}

/* Open the directory if it is the user's and nobody else can look into it. */
static int
open_dir(const char *dir)
{
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
	struct stat st;

	if (fd < 0)
		return -1;
	if (fstat(fd, &st) != 0 || st.st_uid != geteuid() ||
	    ((st.st_mode & 077) && fchmod(fd, 0700) != 0)) {
		close(fd);
		return -1;
	}
	return fd;
}

void
nd_cachedir_make(const char *dir)
{
	char *path = x_strdup(NULL, dir);

	for (char *slash = path + 1; (slash = strchr(slash, '/')); slash++) {
		*slash = '\0';
		mkdir(path, 0700);
		*slash = '/';
	}
	mkdir(path, 0700);
	talloc_free(path);
}

bool
nd_cachedir_get(const char *dir, const char *key, struct nd_buf *out)
{
	size_t before = out->len;
	int dir_fd = open_dir(dir), fd = -1;
	char chunk[8192];
	ssize_t got = -1;

	if (dir_fd >= 0)
		fd = openat(dir_fd, key,
		            O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	while (fd >= 0 && !out->full &&
	       (got = read(fd, chunk, sizeof chunk)) > 0)
		nd_buf_add(out, chunk, (size_t)got);
	/* So that trimming knows what is in use. */
	if (fd >= 0)
		futimens(fd, NULL);
	if (fd >= 0)
		close(fd);
	if (dir_fd >= 0)
		close(dir_fd);
	if (got == 0 && !out->full)
		return true;
	nd_buf_cut(out, before);
	return false;
}

bool
nd_cachedir_put(const char *dir, const char *key, const char *bytes, size_t len)
{
	char name[sizeof TEMPORARY + ND_HASH_DIGITS + 16];
	int dir_fd, fd, failed = -1;

	nd_cachedir_make(dir);
	dir_fd = open_dir(dir);
	if (dir_fd < 0)
		return false;
	snprintf(name, sizeof name, TEMPORARY "%.*s.%ld", ND_HASH_DIGITS, key,
	         (long)getpid() % 1000000000);
	unlinkat(dir_fd, name, 0);
	fd = openat(dir_fd, name,
	            O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd >= 0) {
		failed = nd_outfile_write_all(fd, bytes, len);
		if (close(fd) != 0)
			failed = -1;
		if (!failed)
			failed = renameat(dir_fd, name, dir_fd, key);
		if (failed)
			unlinkat(dir_fd, name, 0);
	}
	close(dir_fd);
	return !failed;
}

static bool
is_ours(const char *name)
{
	if (!nd_str_starts(name, TEMPORARY))
		return nd_hash_is_hex(name, strlen(name));
	name += sizeof TEMPORARY - 1;
	return nd_hash_is_hex(name, strcspn(name, "."));
}

/* All files of ours; owned by ctx. */
static struct entry *
list(const void *ctx, int dir_fd, size_t *count)
{
	struct entry *entries = NULL;
	int fd = dup(dir_fd);
	DIR *dir = fd >= 0 ? fdopendir(fd) : NULL;
	const struct dirent *found;

	*count = 0;
	if (!dir && fd >= 0)
		close(fd);
	while (dir && (found = readdir(dir))) {
		struct entry *entry;
		struct stat st;

		if (!is_ours(found->d_name) ||
		    fstatat(dir_fd, found->d_name, &st, AT_SYMLINK_NOFOLLOW) !=
		            0 ||
		    !S_ISREG(st.st_mode))
			continue;
		entry = x_append(ctx, entries, *count);
		entry->name = x_strdup(ctx, found->d_name);
		entry->used = st.st_mtim;
		entry->bytes = (size_t)st.st_size;
	}
	if (dir)
		closedir(dir);
	return entries;
}

static int
compare_used(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;

	if (x->used.tv_sec != y->used.tv_sec)
		return x->used.tv_sec < y->used.tv_sec ? -1 : 1;
	if (x->used.tv_nsec != y->used.tv_nsec)
		return x->used.tv_nsec < y->used.tv_nsec ? -1 : 1;
	return strcmp(x->name, y->name);
}

void
nd_cachedir_trim(const char *dir, size_t limit_bytes)
{
	void *tmp = talloc_new(NULL);
	int dir_fd = open_dir(dir);
	struct entry *entries;
	size_t count, bytes = 0;

	if (dir_fd >= 0) {
		entries = list(tmp, dir_fd, &count);
		for (size_t i = 0; i < count; i++)
			bytes += entries[i].bytes;
		if (count > 1)
			qsort(entries, count, sizeof *entries, compare_used);
		for (size_t i = 0; i < count && bytes > limit_bytes; i++) {
			unlinkat(dir_fd, entries[i].name, 0);
			bytes -= entries[i].bytes;
		}
		close(dir_fd);
	}
	talloc_free(tmp);
}

enum nd_status
nd_cachedir_clear(const char *dir, bool dry_run, size_t *count,
                  struct nd_error *err)
{
	int dir_fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
	void *tmp = talloc_new(NULL);
	enum nd_status st = ND_OK;
	struct entry *entries;

	*count = 0;
	if (dir_fd < 0 && errno != ENOENT)
		st = nd_fail(err, ND_ERR_IO, "cannot open '%s': %s", dir,
		             strerror(errno));
	if (dir_fd >= 0) {
		entries = list(tmp, dir_fd, count);
		for (size_t i = 0; !dry_run && st == ND_OK && i < *count; i++)
			if (unlinkat(dir_fd, entries[i].name, 0) != 0)
				st = nd_fail(err, ND_ERR_IO,
				             "cannot remove '%s/%s': %s", dir,
				             entries[i].name, strerror(errno));
		close(dir_fd);
		if (!dry_run)
			rmdir(dir); /* fails when others keep files in it */
	}
	talloc_free(tmp);
	return st;
}
