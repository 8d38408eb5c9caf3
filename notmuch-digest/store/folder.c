/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/folder.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/maildir.h"
#include "store/mark.h"
#include "util/alloc.h"
#include "util/str.h"

#define REMEDY \
	"name one that is empty or not there yet: " \
	"notmuch config set digest.folder FOLDER"

/* What mail syncs and servers keep in every maildir, and no user's. */
static const char *const housekeeping[] = {".mbsyncstate", ".uidvalidity",
                                           ".isyncuidmap.db", "dovecot",
                                           "maildirfolder"};

static bool
is_dots(const char *name)
{
	return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

/* ---- names --------------------------------------------------------------- */

static bool
is_reserved(const char *part, size_t len)
{
	static const char *const names[] = {".",   "..",  "cur",
	                                    "new", "tmp", ".notmuch"};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strlen(names[i]) == len && memcmp(part, names[i], len) == 0)
			return true;
	return len == 0;
}

enum nd_status
nd_folder_check_name(const char *folder, struct nd_error *err)
{
	const char *part = folder;

	while (*part) {
		size_t len = strcspn(part, "/");

		if (is_reserved(part, len))
			break;
		part += len;
		if (*part == '\0')
			return ND_OK;
		part++;
	}
	return nd_fail(err, ND_ERR_CONFIG,
	               "digest.folder is a folder below the mail root, not "
	               "'%.100s'\n"
	               "such as: notmuch config set digest.folder digest",
	               folder);
}

/* ---- whose it is --------------------------------------------------------- */

static enum nd_folder_kind
foreign(struct nd_error *err, const char *path, const char *why)
{
	(void)nd_fail(err, ND_ERR_CONFIG,
	              "the digest folder '%.200s' is not ours: %s\n" REMEDY,
	              path, why);
	return ND_FOLDER_FOREIGN;
}

/* A directory, and no link to one; *absent when there is nothing at all. */
static const char *
what_is_wrong(const char *path, bool mine, bool *absent)
{
	struct stat stat_buf;

	*absent = false;
	if (lstat(path, &stat_buf) != 0) {
		*absent = errno == ENOENT;
		return *absent ? NULL : strerror(errno);
	}
	if (S_ISLNK(stat_buf.st_mode))
		return "it is a symbolic link";
	if (!S_ISDIR(stat_buf.st_mode))
		return "it is not a directory";
	if (mine && stat_buf.st_uid != geteuid())
		return "it belongs to another user";
	return NULL;
}

/* The way from the mail root to the folder. */
static enum nd_folder_kind
look_at_way(const char *root, const char *path, struct nd_error *err)
{
	char *copy = x_strdup(NULL, path), *end = copy + strlen(root);
	enum nd_folder_kind kind = ND_FOLDER_EMPTY;
	bool absent = false;

	while (kind == ND_FOLDER_EMPTY && end && *end) {
		const char *wrong;

		end = strchr(end + 1, '/');
		if (end)
			*end = '\0';
		wrong = what_is_wrong(copy, !end, &absent);
		if (wrong)
			kind = foreign(err, copy, wrong);
		else if (absent)
			kind = ND_FOLDER_ABSENT;
		if (end)
			*end = '/';
	}
	talloc_free(copy);
	return kind;
}

static enum nd_folder_kind
look_at_parts(const char *path, struct nd_error *err)
{
	enum nd_folder_kind kind = ND_FOLDER_EMPTY;

	for (size_t i = 0; kind == ND_FOLDER_EMPTY && i < ND_MAILDIR_PARTS;
	     i++) {
		char *part =
			x_asprintf(NULL, "%s/%s", path, nd_maildir_part[i]);
		bool absent;
		const char *wrong = what_is_wrong(part, true, &absent);

		if (wrong)
			kind = foreign(err, part, wrong);
		talloc_free(part);
	}
	return kind;
}

static bool
is_expected(const char *name)
{
	for (size_t i = 0; i < ND_MAILDIR_PARTS; i++)
		if (strcmp(name, nd_maildir_part[i]) == 0)
			return true;
	for (size_t i = 0; i < sizeof housekeeping / sizeof *housekeeping; i++)
		if (nd_str_starts(name, housekeeping[i]))
			return true;
	return is_dots(name);
}

/* A digest folder below this one: digest.folder has changed, or will. */
static bool
is_marked_below(const char *path, const char *name)
{
	char *below = x_asprintf(NULL, "%s/%s", path, name);
	struct nd_mark mark;

	nd_mark_read(below, below, &mark);
	talloc_free(below);
	return mark.name != NULL;
}

/* The first name in the folder that is none of ours; NULL: there is none. */
static char *
find_foreign(const void *ctx, const char *path, bool *readable)
{
	DIR *dir = opendir(path);
	struct dirent *entry;
	char *foreign = NULL;

	*readable = dir != NULL;
	while (dir && !foreign && (entry = readdir(dir)))
		if (!is_expected(entry->d_name) &&
		    !is_marked_below(path, entry->d_name))
			foreign = x_strdup(ctx, entry->d_name);
	if (dir)
		closedir(dir);
	return foreign;
}

/* The same for a part; counts digests. */
static char *
find_foreign_mail(const void *ctx, const char *path, const char *part,
                  size_t *digests)
{
	char *dir_path = x_asprintf(NULL, "%s/%s", path, part);
	const struct nd_folders only = {&path, 1};
	DIR *dir = opendir(dir_path);
	struct dirent *entry;
	char *found = NULL;

	while (dir && !found && (entry = readdir(dir))) {
		const char *name = entry->d_name;
		char *file = x_asprintf(dir_path, "%s/%s", dir_path, name);

		if (is_dots(name) ||
		    (strcmp(part, "tmp") == 0 && nd_maildir_is_own_name(name)))
			;
		else if (nd_digestfile_read(NULL, &only, file, NULL))
			(*digests)++;
		else
			found = x_asprintf(ctx, "%s/%s", part, name);
		talloc_free(file);
	}
	if (dir)
		closedir(dir);
	talloc_free(dir_path);
	return found;
}

static enum nd_folder_kind
look_inside(const char *path, struct nd_error *err)
{
	void *tmp = talloc_new(NULL);
	enum nd_folder_kind kind;
	bool readable;
	char *found = find_foreign(tmp, path, &readable);
	size_t digests = 0;

	for (size_t i = 0; !found && i < ND_MAILDIR_PARTS; i++)
		found = find_foreign_mail(tmp, path, nd_maildir_part[i],
		                          &digests);
	if (!readable)
		kind = foreign(err, path, "it cannot be read");
	else if (found)
		kind = foreign(err, path,
		               x_asprintf(tmp, "it holds '%.120s'", found));
	else
		kind = digests > 0 ? ND_FOLDER_DIGESTS : ND_FOLDER_EMPTY;
	talloc_free(tmp);
	return kind;
}

enum nd_folder_kind
nd_folder_look(const char *root, const char *path, struct nd_error *err)
{
	enum nd_folder_kind kind = look_at_way(root, path, err);
	struct nd_mark mark;

	if (kind == ND_FOLDER_EMPTY)
		kind = look_at_parts(path, err);
	if (kind != ND_FOLDER_EMPTY)
		return kind;
	nd_mark_read(NULL, path, &mark);
	if (!mark.name)
		return look_inside(path, err);
	talloc_free(mark.name);
	return ND_FOLDER_MARKED;
}
