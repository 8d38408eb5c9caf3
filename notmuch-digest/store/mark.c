/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _DEFAULT_SOURCE /* S_ISVTX */
#include "store/mark.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "util/alloc.h"
#include "util/str.h"

#define MADE ND_MARK_START "made-"
#define FOUND ND_MARK_START "found"

static void
parse_mark(const char *name, struct nd_mark *mark)
{
	*mark = (struct nd_mark){.levels = 0};
	if (nd_str_starts(name, MADE))
		mark->levels = (unsigned)strtoul(name + strlen(MADE), NULL, 10);
	for (size_t i = 0; i < ND_MAILDIR_PARTS; i++)
		mark->part[i] =
			mark->levels > 0 || strstr(name, nd_maildir_part[i]);
}

/* Of several the one that claims least. */
bool
nd_mark_read(const void *ctx, const char *path, struct nd_mark *mark)
{
	DIR *dir = opendir(path);
	struct dirent *entry;
	int number = dir || errno == ENOENT ? 0 : errno;

	*mark = (struct nd_mark){.name = NULL};
	while (dir && (errno = 0, entry = readdir(dir))) {
		if (!nd_str_starts(entry->d_name, MADE) &&
		    !nd_str_starts(entry->d_name, FOUND))
			continue;
		if (mark->name && strcmp(mark->name, entry->d_name) < 0)
			continue;
		parse_mark(entry->d_name, mark);
		mark->name = x_strdup(ctx, entry->d_name);
	}
	if (dir) {
		number = errno;
		closedir(dir);
	}
	errno = number;
	return number == 0;
}

static char *
mark_name(const void *ctx, const struct nd_mark *mark)
{
	char *name;

	if (mark->levels > 0)
		return x_asprintf(ctx, MADE "%u", mark->levels);
	name = x_strdup(ctx, FOUND);
	for (size_t i = ND_MAILDIR_PARTS; i-- > 0;)
		if (mark->part[i])
			name = x_asprintf(ctx, "%s-%s", name,
			                  nd_maildir_part[i]);
	return name;
}

enum nd_status
nd_mark_put(const char *path, const struct nd_mark *mark, struct nd_error *err)
{
	void *tmp = talloc_new(NULL);
	char *to = x_asprintf(tmp, "%s/%s", path, mark_name(tmp, mark));
	enum nd_status st = ND_OK;
	int failed;

	if (mark->name)
		failed = rename(x_asprintf(tmp, "%s/%s", path, mark->name), to);
	else
		failed = mkdir(to, 0700) != 0 && errno != EEXIST;
	if (failed)
		st = nd_fail(err, ND_ERR_IO, "cannot create '%.300s': %s", to,
		             strerror(errno));
	talloc_free(tmp);
	return st;
}

static bool
has_mode(const char *path, mode_t mode)
{
	struct stat stat_buf;

	return lstat(path, &stat_buf) == 0 && S_ISDIR(stat_buf.st_mode) &&
	       stat_buf.st_uid == geteuid() &&
	       (stat_buf.st_mode & (S_ISVTX | 0777)) == mode;
}

bool
nd_mark_is_pending(const char *path)
{
	return has_mode(path, S_ISVTX | 0700);
}

void
nd_mark_set_pending(const char *path, bool pending)
{
	if (has_mode(path, pending ? 0700 : S_ISVTX | 0700))
		(void)!chmod(path, pending ? S_ISVTX | 0700 : 0700);
}
