/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* dl_iterate_phdr(), DT_LNK */
#include <dirent.h>
#include <link.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/sandbox_private.h"
#include "util/alloc.h"
#include "util/http.h"
#include "util/str.h"

enum {
	CLOSED_COUNT = 4,
	LINK_DEPTH = 16,        /* of folders */
	FOLDERS_LOOKED = 20000, /* for links: who has more names them */
};

/* Directories that are closed but for what is named. */
struct homes {
	char *closed[CLOSED_COUNT]; /* absolute, real; NULL: not there */
	struct nd_landlock *limits;
};

/* Is path the directory, or in there? Both are real. */
static bool
is_below(const char *path, const char *directory)
{
	size_t len = strlen(directory);

	return strncmp(path, directory, len) == 0 &&
	       (path[len] == '\0' || path[len] == '/' || len == 1);
}

static void
find_homes(const void *ctx, struct homes *homes)
{
	const char *const places[CLOSED_COUNT] = {"/home", "/root", "/run/user",
	                                          getenv("HOME")};

	for (size_t i = 0; i < CLOSED_COUNT; i++) {
		char *real = places[i] ? realpath(places[i], NULL) : NULL;

		/* Who lives in / has no home to close. */
		homes->closed[i] = real && strcmp(real, "/") != 0
		                           ? x_strdup(ctx, real)
		                           : NULL;
		free(real);
	}
}

static bool
is_closed(const struct homes *homes, const char *path)
{
	for (size_t i = 0; i < CLOSED_COUNT; i++)
		if (homes->closed[i] && is_below(path, homes->closed[i]))
			return true;
	return false;
}

static bool
is_on_the_way(const struct homes *homes, const char *path)
{
	for (size_t i = 0; i < CLOSED_COUNT; i++)
		if (homes->closed[i] && is_below(homes->closed[i], path))
			return true;
	return false;
}

/* All below a directory but the homes: links lead there or are not needed. */
static void
allow_others(const struct homes *homes, const char *path)
{
	DIR *dir;
	const struct dirent *entry;

	if (is_closed(homes, path))
		return;
	if (!is_on_the_way(homes, path)) {
		nd_landlock_allow_unlinked(homes->limits, path,
		                           ND_LANDLOCK_READ);
		return;
	}
	dir = opendir(path);
	while (dir && (entry = readdir(dir))) {
		char *below;

		if (strcmp(entry->d_name, ".") == 0 ||
		    strcmp(entry->d_name, "..") == 0 || entry->d_type == DT_LNK)
			continue;
		below = x_asprintf(NULL, "%s/%s", path[1] ? path : "",
		                   entry->d_name);
		allow_others(homes, below);
		talloc_free(below);
	}
	if (dir)
		closedir(dir);
}

/* ---- mail ---------------------------------------------------------------- */

static void allow_links(struct nd_landlock *limits, const char *path,
                        unsigned depth, unsigned *left);

/* A folder, or a mail, that is kept somewhere else. */
static void
allow_target(struct nd_landlock *limits, const char *link, unsigned depth,
             unsigned *left)
{
	struct stat st;

	nd_landlock_allow(limits, link, ND_LANDLOCK_READ);
	if (stat(link, &st) == 0 && S_ISDIR(st.st_mode))
		allow_links(limits, link, depth, left);
}

static bool
is_folder(const char *path, unsigned char type)
{
	struct stat st;

	if (type != DT_UNKNOWN)
		return type == DT_DIR;
	return lstat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static bool
is_link(const char *path, unsigned char type)
{
	struct stat st;

	if (type != DT_UNKNOWN)
		return type == DT_LNK;
	return lstat(path, &st) == 0 && S_ISLNK(st.st_mode);
}

/* Not among the mails of a maildir: there may be a million, and no links. */
static void
allow_links(struct nd_landlock *limits, const char *path, unsigned depth,
            unsigned *left)
{
	DIR *dir = depth > 0 && *left > 0 ? opendir(path) : NULL;
	const struct dirent *entry;

	if (dir)
		(*left)--;
	while (dir && (entry = readdir(dir))) {
		const char *name = entry->d_name;
		char *below;

		if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0 ||
		    entry->d_type == DT_REG)
			continue;
		below = x_asprintf(NULL, "%s/%s", path, name);
		if (is_link(below, entry->d_type))
			allow_target(limits, below, depth - 1, left);
		else if (is_folder(below, entry->d_type) &&
		         strcmp(name, "cur") != 0 && strcmp(name, "new") != 0 &&
		         strcmp(name, "tmp") != 0)
			allow_links(limits, below, depth - 1, left);
		talloc_free(below);
	}
	if (dir)
		closedir(dir);
}

/* ---- libraries, and files of theirs --------------------------------------- */

/*
 * The directory of a program or library and the one above, where its own files
 * are (share/, etc/), unless that would open a home.
 */
static void
allow_origin(const struct homes *homes, const char *file)
{
	char *real = realpath(file, NULL), *slash;

	if (!real || !is_closed(homes, real)) {
		free(real);
		return;
	}
	slash = strrchr(real, '/');
	*slash = '\0';
	nd_landlock_allow(homes->limits, real, ND_LANDLOCK_READ);
	slash = strrchr(real, '/');
	if (slash)
		*slash = '\0';
	if (*real && !is_on_the_way(homes, real))
		nd_landlock_allow(homes->limits, real, ND_LANDLOCK_READ);
	free(real);
}

static int
allow_library(struct dl_phdr_info *info, size_t size, void *homes)
{
	(void)size;
	if (info->dlpi_name && *info->dlpi_name == '/')
		allow_origin(homes, info->dlpi_name);
	return 0;
}

/* What libraries are told of by the environment: a file, or a list of places. */
static void
allow_environment(struct nd_landlock *limits)
{
	static const char *const names[] = {
		"CURL_CA_BUNDLE", "SSL_CERT_FILE",   "SSL_CERT_DIR",
		"OPENSSL_CONF",   "OPENSSL_MODULES", "NIX_SSL_CERT_FILE",
		"GCONV_PATH",     "LOCPATH",         "LOCALE_ARCHIVE",
		"ICU_DATA",       "TZDIR",           "LD_LIBRARY_PATH",
	};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const char *value = getenv(names[i]);

		while (value && *value) {
			size_t len = strcspn(value, ":");
			char *path = x_strndup(NULL, value, len);

			if (*path == '/')
				nd_landlock_allow(limits, path,
				                  ND_LANDLOCK_READ);
			talloc_free(path);
			value += len + (value[len] != '\0');
		}
	}
}

void
nd_sandbox_allow_reading(struct nd_app *app, struct nd_landlock *limits,
                         bool files)
{
	const struct nd_llm_settings *llm = &app->settings->llm;
	const char *root = nd_db_mail_root(app->db);
	const char *config = nd_db_config_path(app->db);
	struct homes homes = {.limits = limits};
	void *tmp = talloc_new(NULL);
	unsigned left = FOLDERS_LOOKED;

	find_homes(tmp, &homes);
	allow_others(&homes, "/");
	nd_landlock_allow(limits, root, ND_LANDLOCK_READ);
	allow_links(limits, root, LINK_DEPTH, &left);
	nd_landlock_allow(limits, nd_db_path(app->db), ND_LANDLOCK_READ);
	if (config)
		nd_landlock_allow(limits, config, ND_LANDLOCK_READ);
	if (*llm->key_file)
		nd_landlock_allow(limits, llm->key_file, ND_LANDLOCK_READ);
	if (*llm->ca_file)
		nd_landlock_allow(limits, llm->ca_file, ND_LANDLOCK_READ);
	for (size_t i = 0; files && i < app->options.arg_count; i++)
		if (!nd_http_is_url(app->options.arg[i]))
			nd_landlock_allow(limits, app->options.arg[i],
			                  ND_LANDLOCK_READ);
	allow_origin(&homes, "/proc/self/exe");
	dl_iterate_phdr(allow_library, &homes);
	allow_environment(limits);
	talloc_free(tmp);
}
