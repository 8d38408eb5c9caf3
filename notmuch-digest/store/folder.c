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

/* Who may not look into it has not made it; on a disk that fails it may be
 * ours. */
static enum nd_folder_kind
unreadable(struct nd_error *err, const char *path, int number)
{
	if (number == EACCES)
		return foreign(err, path, "it cannot be read");
	(void)nd_fail(err, ND_ERR_IO,
	              "cannot read the digest folder '%.200s': %s", path,
	              strerror(number));
	return ND_FOLDER_FOREIGN;
}

/* A directory, and no link to one, or nothing at all. */
static enum nd_folder_kind
look_at_dir(const char *path, bool mine, struct nd_error *err)
{
	struct stat stat_buf;

	if (lstat(path, &stat_buf) != 0)
		return errno == ENOENT ? ND_FOLDER_ABSENT
		                       : unreadable(err, path, errno);
	if (S_ISLNK(stat_buf.st_mode))
		return foreign(err, path, "it is a symbolic link");
	if (!S_ISDIR(stat_buf.st_mode))
		return foreign(err, path, "it is not a directory");
	if (mine && stat_buf.st_uid != geteuid())
		return foreign(err, path, "it belongs to another user");
	return ND_FOLDER_EMPTY;
}

/* The way from the mail root to the folder. */
static enum nd_folder_kind
look_at_way(const char *root, const char *path, struct nd_error *err)
{
	char *copy = x_strdup(NULL, path), *end = copy + strlen(root);
	enum nd_folder_kind kind = ND_FOLDER_EMPTY;

	while (kind == ND_FOLDER_EMPTY && end && *end) {
		end = strchr(end + 1, '/');
		if (end)
			*end = '\0';
		kind = look_at_dir(copy, !end, err);
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

	for (size_t i = 0; kind != ND_FOLDER_FOREIGN && i < ND_MAILDIR_PARTS;
	     i++) {
		char *part =
			x_asprintf(NULL, "%s/%s", path, nd_maildir_part[i]);

		kind = look_at_dir(part, true, err);
		talloc_free(part);
	}
	return kind == ND_FOLDER_FOREIGN ? kind : ND_FOLDER_EMPTY;
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

/* The first name in the folder that is none of ours; NULL: there is none, or
 * *number says why it cannot be read. */
static char *
find_foreign(const void *ctx, const char *path, int *number)
{
	DIR *dir = opendir(path);
	struct dirent *entry = NULL;
	char *foreign = NULL;

	while (dir && !foreign && (errno = 0, entry = readdir(dir)))
		if (!is_expected(entry->d_name) &&
		    !is_marked_below(path, entry->d_name))
			foreign = x_strdup(ctx, entry->d_name);
	*number = entry ? 0 : errno;
	if (dir)
		closedir(dir);
	return foreign;
}

/* The same for a part, which may be missing; counts digests. */
static char *
find_foreign_mail(const void *ctx, const char *path, const char *part,
                  size_t *digests, int *number)
{
	char *dir_path = x_asprintf(NULL, "%s/%s", path, part);
	const struct nd_folders only = {&path, 1};
	DIR *dir = opendir(dir_path);
	struct dirent *entry = NULL;
	char *found = NULL;

	*number = dir || errno == ENOENT ? 0 : errno;
	while (dir && !found && *number == 0 &&
	       (errno = 0, entry = readdir(dir))) {
		const char *name = entry->d_name;
		char *file = x_asprintf(dir_path, "%s/%s", dir_path, name);

		if (is_dots(name) ||
		    (strcmp(part, "tmp") == 0 && nd_maildir_is_own_name(name)))
			;
		else if (nd_digestfile_read(NULL, &only, file, NULL))
			(*digests)++;
		else if (errno != 0)
			*number = errno;
		else
			found = x_asprintf(ctx, "%s/%s", part, name);
		talloc_free(file);
	}
	if (dir && !entry)
		*number = errno;
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
	int number;
	char *found = find_foreign(tmp, path, &number);
	size_t digests = 0;

	for (size_t i = 0; !found && number == 0 && i < ND_MAILDIR_PARTS; i++)
		found = find_foreign_mail(tmp, path, nd_maildir_part[i],
		                          &digests, &number);
	if (number != 0)
		kind = unreadable(err, path, number);
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
	if (!nd_mark_read(NULL, path, &mark))
		kind = unreadable(err, path, errno);
	else if (!mark.name)
		kind = look_inside(path, err);
	else
		kind = ND_FOLDER_MARKED;
	talloc_free(mark.name);
	return kind;
}
