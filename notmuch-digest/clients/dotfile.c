/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "clients/dotfile.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "util/alloc.h"
#include "util/buf.h"
#include "util/child.h"
#include "util/outfile.h"
#include "util/str.h"

#define BACKUP ".notmuch-digest.bak"
#define TEMPORARY ".notmuch-digest.new-" /* and the number of the process */

static enum nd_status
io_error(struct nd_error *err, const char *what, const char *path)
{
	return nd_fail(err, ND_ERR_IO, "cannot %s '%.300s': %s", what, path,
	               strerror(errno));
}

static enum nd_status
leave_alone(struct nd_error *err, const char *path, const char *why)
{
	return nd_fail(err, ND_ERR_CONFIG, "'%.300s' %s: it was left alone",
	               path, why);
}

static enum nd_status
read_fd(const void *ctx, int fd, struct nd_dotfile *file, struct nd_error *err)
{
	struct nd_buf *bytes = nd_buf_new(ctx, ND_BLOCK_FILE_BYTES / 2);
	char chunk[4096];
	struct stat st;
	ssize_t got;

	if (fstat(fd, &st) != 0)
		return io_error(err, "read", file->path);
	if (!S_ISREG(st.st_mode))
		return leave_alone(err, file->path, "is not a file");
	if (st.st_uid != geteuid())
		return leave_alone(err, file->path, "is not yours");
	while ((got = read(fd, chunk, sizeof chunk)) > 0)
		nd_buf_add(bytes, chunk, (size_t)got);
	if (got < 0)
		return io_error(err, "read", file->path);
	if (bytes->full || strlen(bytes->data) != bytes->len)
		return leave_alone(err, file->path, "is not text");
	file->text = nd_buf_finish(ctx, bytes);
	return ND_OK;
}

enum nd_status
nd_dotfile_read(const void *ctx, const char *path, struct nd_dotfile *file,
                struct nd_error *err)
{
	struct stat st;
	enum nd_status status;
	char *real;
	int fd;

	*file = (struct nd_dotfile){.path = path, .real = path, .text = ""};
	if (lstat(path, &st) != 0)
		return errno == ENOENT || errno == ENOTDIR
		               ? ND_OK
		               : io_error(err, "read", path);
	file->there = true;
	real = realpath(path, NULL);
	if (!real && errno == ENOENT)
		return leave_alone(err, path, "is a link to nothing");
	if (!real)
		return io_error(err, "read", path);
	file->real = x_strdup(ctx, real);
	free(real);
	/* A FIFO must not make us wait. */
	fd = open(file->real, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (fd < 0)
		return io_error(err, "read", path);
	status = read_fd(ctx, fd, file, err);
	close(fd);
	return status;
}

enum nd_status
nd_dotfile_check_marks(const struct nd_dotfile *file,
                       const struct nd_block_style *style, struct nd_error *err)
{
	unsigned line = nd_block_torn(style, file->text);

	if (line == 0)
		return ND_OK;
	return nd_fail(err, ND_ERR_CONFIG,
	               "line %u of '%.300s' is half of a mark of ours: it was "
	               "left alone\n"
	               "take our lines out by hand, with their marks",
	               line, file->path);
}

unsigned
nd_dotfile_missing_dirs(const struct nd_dotfile *file)
{
	char *path = x_strdup(NULL, file->real), *slash;
	unsigned missing = 0;
	struct stat st;

	while ((slash = strrchr(path, '/')) && slash > path) {
		*slash = '\0';
		if (stat(path, &st) == 0)
			break;
		missing++;
	}
	talloc_free(path);
	return missing;
}

static enum nd_status
make_dirs(const char *of, struct nd_error *err)
{
	char *path = x_strdup(NULL, of);
	enum nd_status st = ND_OK;

	for (char *slash = path + 1;
	     st == ND_OK && (slash = strchr(slash, '/')); slash++) {
		*slash = '\0';
		if (mkdir(path, 0755) != 0 && errno != EEXIST)
			st = io_error(err, "create", path);
		*slash = '/';
	}
	talloc_free(path);
	return st;
}

/* So many directories above the file, as far as nobody has put something into
 * them. */
static void
remove_dirs(const char *of, unsigned dirs)
{
	char *path = x_strdup(NULL, of), *slash;

	for (; dirs > 0 && (slash = strrchr(path, '/')) && slash > path;
	     dirs--) {
		*slash = '\0';
		if (rmdir(path) != 0 && errno != ENOENT)
			break;
	}
	talloc_free(path);
}

/* Unfinished files of runs that were killed. */
static void
sweep(const char *path)
{
	const char *name = strrchr(path, '/') + 1;
	size_t len = strlen(name);
	char *dir_path = x_strndup(NULL, path, (size_t)(name - path));
	DIR *dir = opendir(dir_path);
	const struct dirent *found;

	while (dir && (found = readdir(dir))) {
		const char *number = found->d_name + len + strlen(TEMPORARY);
		long pid;

		if (strlen(found->d_name) <= len + strlen(TEMPORARY) ||
		    memcmp(found->d_name, name, len) != 0 ||
		    !nd_str_starts(found->d_name + len, TEMPORARY))
			continue;
		pid = strtol(number, NULL, 10);
		if (pid > 0 && (pid == (long)getpid() || nd_child_is_gone(pid)))
			unlinkat(dirfd(dir), found->d_name, 0);
	}
	if (dir)
		closedir(dir);
	talloc_free(dir_path);
}

/* The mode of the file that is there; of a new one, as umask has it. */
static mode_t
mode_of(const char *path, mode_t mode)
{
	mode_t mask = umask(0);
	struct stat st;

	umask(mask);
	return stat(path, &st) == 0 ? st.st_mode & 07777 : mode & ~mask;
}

static enum nd_status
write_whole(const char *path, const char *text, mode_t mode,
            struct nd_error *err)
{
	char *temporary =
		x_asprintf(NULL, "%s" TEMPORARY "%ld", path, (long)getpid());
	enum nd_status st = nd_outfile_replace(path, temporary, mode, text,
	                                       strlen(text), err);

	talloc_free(temporary);
	return st;
}

static const char *
backup_path(const void *ctx, const struct nd_dotfile *file)
{
	return x_asprintf(ctx, "%s" BACKUP, file->real);
}

enum nd_status
nd_dotfile_backup(const void *ctx, const struct nd_dotfile *file,
                  const char **backup, struct nd_error *err)
{
	*backup = backup_path(ctx, file);
	sweep(*backup);
	return write_whole(*backup, file->text, mode_of(file->real, 0600), err);
}

enum nd_status
nd_dotfile_write(const struct nd_dotfile *file, const char *text, mode_t mode,
                 struct nd_error *err)
{
	unsigned missing = nd_dotfile_missing_dirs(file);
	enum nd_status st = make_dirs(file->real, err);

	if (st == ND_OK) {
		sweep(file->real);
		st = write_whole(file->real, text, mode_of(file->real, mode),
		                 err);
	}
	/* The next one shall know that they are ours. */
	if (st != ND_OK)
		remove_dirs(file->real, missing);
	return st;
}

/* What we have copied and is there again. */
static void
drop_backup(const struct nd_dotfile *file, const char *rest)
{
	void *tmp = talloc_new(NULL);
	const char *path = backup_path(tmp, file);
	struct nd_dotfile backup;
	struct nd_error err;

	sweep(path);
	if (nd_dotfile_read(tmp, path, &backup, &err) == ND_OK &&
	    backup.there && strcmp(backup.text, rest) == 0)
		unlink(path);
	talloc_free(tmp);
}

static enum nd_status
take_away(const struct nd_dotfile *file, unsigned dirs, struct nd_error *err)
{
	if (unlink(file->real) != 0)
		return io_error(err, "remove", file->path);
	remove_dirs(file->real, dirs);
	return ND_OK;
}

enum nd_status
nd_dotfile_restore(const struct nd_dotfile *file, const char *rest,
                   const struct nd_block_mark *mark, struct nd_error *err)
{
	enum nd_status st = ND_OK;

	sweep(file->real);
	if (mark->file && !*rest)
		return take_away(file, mark->dirs, err);
	if (strcmp(rest, file->text) != 0)
		st = nd_dotfile_write(file, rest, 0600, err);
	if (st == ND_OK)
		drop_backup(file, rest);
	return st;
}
