/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "util/outfile.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "util/alloc.h"

int
nd_outfile_write_all(int fd, const char *bytes, size_t len)
{
	while (len > 0) {
		ssize_t done = write(fd, bytes, len);

		if (done < 0 && errno == EINTR)
			continue;
		/* What takes nothing and says nothing has no room. */
		if (done == 0)
			errno = ENOSPC;
		if (done <= 0)
			return -1;
		bytes += done;
		len -= (size_t)done;
	}
	return 0;
}

static enum nd_status
io_error(struct nd_error *err, const char *what, const char *path)
{
	return nd_fail(err, ND_ERR_IO, "cannot %s '%s': %s", what, path,
	               strerror(errno));
}

static enum nd_status
write_through(const char *path, const char *bytes, size_t len,
              struct nd_error *err)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
	int failed;

	if (fd < 0)
		return io_error(err, "open", path);
	failed = nd_outfile_write_all(fd, bytes, len);
	if (close(fd) != 0)
		failed = -1;
	return failed ? io_error(err, "write", path) : ND_OK;
}

void
nd_outfile_sync_dir(const char *path)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd >= 0) {
		fsync(fd);
		close(fd);
	}
}

/* The rename is only certain to last when the directory is on disk, too. */
static void
sync_directory_of(char *path)
{
	char *slash = strrchr(path, '/');

	if (slash)
		slash[slash == path] = '\0';
	nd_outfile_sync_dir(slash ? path : ".");
}

/* Fill the temporary file fd and put it in place of path. */
static enum nd_status
fill_and_rename(int fd, const char *temporary, char *path, mode_t mode,
                const char *bytes, size_t len, struct nd_error *err)
{
	enum nd_status st = ND_OK;
	struct stat before;

	if (fd < 0)
		return io_error(err, "create a file beside", path);
	/* Of the same owner, or at least group, where the user may do that. */
	if (stat(path, &before) == 0 &&
	    fchown(fd, before.st_uid, before.st_gid) != 0 &&
	    fchown(fd, (uid_t)-1, before.st_gid) != 0)
		errno = 0;
	if (fchmod(fd, mode) != 0 ||
	    nd_outfile_write_all(fd, bytes, len) != 0 || fsync(fd) != 0)
		st = io_error(err, "write", path);
	if (close(fd) != 0 && st == ND_OK)
		st = io_error(err, "write", path);
	if (st == ND_OK && rename(temporary, path) != 0)
		st = io_error(err, "replace", path);
	if (st != ND_OK)
		unlink(temporary);
	else
		sync_directory_of(path);
	return st;
}

static enum nd_status
write_and_rename(char *path, mode_t mode, const char *bytes, size_t len,
                 struct nd_error *err)
{
	char *temporary = x_asprintf(NULL, "%s.XXXXXX", path);
	enum nd_status st = fill_and_rename(mkstemp(temporary), temporary, path,
	                                    mode, bytes, len, err);

	talloc_free(temporary);
	return st;
}

enum nd_status
nd_outfile_replace(const char *path, const char *temporary, mode_t mode,
                   const char *bytes, size_t len, struct nd_error *err)
{
	char *copy = x_strdup(NULL, path);
	int fd = open(temporary,
	              O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW,
	              0600);
	enum nd_status st =
		fill_and_rename(fd, temporary, copy, mode, bytes, len, err);

	talloc_free(copy);
	return st;
}

enum nd_status
nd_outfile_write(const char *path, const char *bytes, size_t len,
                 struct nd_error *err)
{
	mode_t mode = 0600;
	struct stat stat_buf;
	char *real, *target;
	enum nd_status st;

	if (stat(path, &stat_buf) == 0) {
		if (!S_ISREG(stat_buf.st_mode))
			return write_through(path, bytes, len, err);
		mode = stat_buf.st_mode & 07777;
	} else if (errno != ENOENT) {
		return io_error(err, "open", path);
	}
	real = realpath(path, NULL);
	target = x_strdup(NULL, real ? real : path);
	free(real);
	st = write_and_rename(target, mode, bytes, len, err);
	talloc_free(target);
	return st;
}
