/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/maildirfile.h"

#include <dirent.h>
#include <string.h>
#include <unistd.h>

#include "util/alloc.h"
#include "util/str.h"

unsigned
nd_maildirfile_stem(const char *name)
{
	const char *flags = strstr(name, ":2,");
	size_t len = flags ? (size_t)(flags - name) : strlen(name);
	size_t at = len;

	while (at > 0 && nd_is_digit(name[at - 1]))
		at--;
	if (at > 3 && at < len && memcmp(name + at - 3, ",U=", 3) == 0)
		len = at - 3;
	return (unsigned)len;
}

/* A maildir may be large; most renamed mails were only read or answered. */
static char *
guess(const void *ctx, const char *dir, int dir_len, const char *name,
      unsigned stem)
{
	static const char *const flags[] = {"S", "RS", "FS", "", "FRS", "F"};

	for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
		char *path = x_asprintf(ctx, "%.*s/cur/%.*s:2,%s", dir_len, dir,
		                        (int)stem, name, flags[i]);

		if (access(path, F_OK) == 0)
			return path;
		talloc_free(path);
	}
	return NULL;
}

static char *
search(const void *ctx, const char *dir, int dir_len, const char *below,
       const char *name, unsigned stem)
{
	char *path = x_asprintf(NULL, "%.*s/%s", dir_len, dir, below);
	DIR *open_dir = opendir(path);
	char *found = NULL;
	const struct dirent *entry;

	while (open_dir && !found && (entry = readdir(open_dir)))
		if (strncmp(entry->d_name, name, stem) == 0 &&
		    nd_maildirfile_stem(entry->d_name) == stem)
			found = x_asprintf(ctx, "%s/%s", path, entry->d_name);
	if (open_dir)
		closedir(open_dir);
	talloc_free(path);
	return found;
}

char *
nd_maildirfile_locate(const void *ctx, const char *path)
{
	const char *slash = strrchr(path, '/'), *name;
	unsigned stem;
	char *found;
	int dir_len;

	if (!slash || slash - path < 4 ||
	    (memcmp(slash - 4, "/cur", 4) != 0 &&
	     memcmp(slash - 4, "/new", 4) != 0))
		return NULL;
	name = slash + 1;
	dir_len = (int)(slash - 4 - path);
	stem = nd_maildirfile_stem(name);
	if (stem == 0)
		return NULL;
	found = guess(ctx, path, dir_len, name, stem);
	if (!found)
		found = search(ctx, path, dir_len, "cur", name, stem);
	if (!found)
		found = search(ctx, path, dir_len, "new", name, stem);
	return found;
}
