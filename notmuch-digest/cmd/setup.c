/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmd/cmd.h"
#include "cmd/hookfile.h"
#include "util/alloc.h"
#include "util/buf.h"
#include "util/outfile.h"

enum { HOOK_BYTES = 1 << 20, MODE_NEW = 0755 };

static const struct nd_option setup_options[] = {
	ND_OPTION(FLAG, "install", install, NULL, "put it in place"),
	ND_OPTION(FLAG, "remove", remove, NULL, "take it out again"),
	ND_OPTION(FLAG, "help", help, NULL, "print this"),
	{0},
};

static enum nd_status
find_program(struct nd_app *app, const char **program)
{
	char path[PATH_MAX];
	ssize_t len = readlink("/proc/self/exe", path, sizeof path - 1);

	if (len < 0)
		return nd_fail(app->err, ND_ERR_IO,
		               "cannot find out where this program is: %s",
		               strerror(errno));
	*program = x_strndup(app, path, (size_t)len);
	return ND_OK;
}

/* *text is "" and *there false when there is no such file. */
static enum nd_status
read_hook(struct nd_app *app, const char *path, const char **text, bool *there)
{
	struct nd_buf *bytes = nd_buf_new(app, HOOK_BYTES);
	FILE *file = fopen(path, "re");
	char chunk[4096];
	size_t got;
	bool failed;

	*text = "";
	*there = file != NULL;
	if (!file && errno == ENOENT)
		return ND_OK;
	if (!file)
		return nd_fail(app->err, ND_ERR_IO, "cannot read '%.300s': %s",
		               path, strerror(errno));
	while ((got = fread(chunk, 1, sizeof chunk, file)) > 0)
		nd_buf_add(bytes, chunk, got);
	failed = ferror(file);
	fclose(file);
	if (failed)
		return nd_fail(app->err, ND_ERR_IO, "cannot read '%.300s'",
		               path);
	/* A program is no text: whole or not at all. */
	if (bytes->full || strlen(bytes->data) != bytes->len)
		*text = "\n";
	else
		*text = bytes->data;
	return ND_OK;
}

static enum nd_status
write_hook(struct nd_app *app, const char *path, const char *text, bool there)
{
	enum nd_status st =
		nd_outfile_write(path, text, strlen(text), app->err);

	if (st == ND_OK && !there && chmod(path, MODE_NEW) != 0)
		st = nd_fail(app->err, ND_ERR_IO,
		             "cannot make '%.300s' executable: %s", path,
		             strerror(errno));
	return st;
}

static void
warn_about(const char *path, const char *text)
{
	unsigned line = nd_hookfile_end_above(text);

	if (line > 0)
		fprintf(stderr,
		        "notmuch-digest: '%s' ends in line %u, above our lines"
		        "\nmove them up, between the marks, so that they are "
		        "reached\n",
		        path, line);
	if (access(path, X_OK) != 0)
		fprintf(stderr,
		        "notmuch-digest: '%s' is not executable, so notmuch "
		        "does not run it\nchmod +x it\n",
		        path);
}

static enum nd_status
install(struct nd_app *app, const char *dir, const char *path,
        const char *program)
{
	const char *text, *with;
	bool there;
	enum nd_status st = read_hook(app, path, &text, &there);

	if (st != ND_OK)
		return st;
	if (there && !nd_hookfile_is_shell(text)) {
		fputs(nd_hookfile_block(app, program), stdout);
		return nd_fail(app->err, ND_ERR_CONFIG,
		               "'%.300s' is no shell script: it was left alone"
		               "\nlet it run what these lines run",
		               path);
	}
	if (mkdir(dir, 0755) != 0 && errno != EEXIST)
		return nd_fail(app->err, ND_ERR_IO,
		               "cannot create '%.300s': %s", dir,
		               strerror(errno));
	with = nd_hookfile_install(app, text, program);
	if (strcmp(with, text) != 0)
		st = write_hook(app, path, with, there);
	if (st != ND_OK)
		return st;
	printf("%s\n", path);
	warn_about(path, with);
	return ND_OK;
}

static enum nd_status
take_out(struct nd_app *app, const char *dir, const char *path)
{
	const char *text, *rest;
	bool there;
	enum nd_status st = read_hook(app, path, &text, &there);

	if (st != ND_OK || !nd_hookfile_has_block(text))
		return st;
	rest = nd_hookfile_remove(app, text);
	if (*rest)
		return write_hook(app, path, rest, true);
	if (unlink(path) != 0)
		return nd_fail(app->err, ND_ERR_IO,
		               "cannot remove '%.300s': %s", path,
		               strerror(errno));
	rmdir(dir);
	return ND_OK;
}

static enum nd_status
setup_run(struct nd_app *app)
{
	const struct nd_options *options = &app->options;
	const char *dir = nd_db_hook_dir(app->db), *path, *program;
	enum nd_status st;

	if (*options->query && strcmp(options->query, "hook") != 0)
		return nd_fail(app->err, ND_ERR_USAGE,
		               "setup knows: hook, not '%.60s'",
		               options->query);
	if (options->install && options->remove)
		return nd_fail(app->err, ND_ERR_USAGE,
		               "--install and --remove exclude each other");
	st = find_program(app, &program);
	if (st != ND_OK)
		return st;
	path = x_asprintf(app, "%s/post-new", dir);
	if (options->install)
		return install(app, dir, path, program);
	if (options->remove)
		return take_out(app, dir, path);
	printf("# for %s\n%s", path, nd_hookfile_block(app, program));
	return ND_OK;
}

const struct nd_cmd nd_cmd_setup = {
	.name = "setup",
	.usage = "[hook]",
	.summary = "print, install or remove the hook of notmuch new",
	.options = setup_options,
	.flags = ND_CMD_DB_READ | ND_CMD_LENIENT,
	.run = setup_run,
};
