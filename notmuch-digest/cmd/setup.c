/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "clients/client.h"
#include "clients/configsection.h"
#include "clients/dotfile.h"
#include "clients/hookfile.h"
#include "clients/reporttimer.h"
#include "cmd/automatic.h"
#include "cmd/cmd.h"
#include "util/alloc.h"

enum { MODE_HOOK = 0777, MODE_CLIENT = 0666 }; /* before umask */

static const struct nd_option setup_options[] = {
	ND_OPTION(FLAG, "install", install, NULL, "put it in place"),
	ND_OPTION(FLAG, "remove", remove, NULL, "take it out again"),
	ND_COMMON_HELP,
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

/* ---- the hook of notmuch new ---- */

static void
warn_about_hook(const char *path, const char *text)
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
install_hook(struct nd_app *app, const struct nd_dotfile *hook,
             const char *program)
{
	enum nd_status st = ND_OK;
	const char *with;

	if (hook->there && !nd_hookfile_is_shell(hook->text)) {
		fputs(nd_hookfile_block(app, program), stdout);
		return nd_fail(
			app->err, ND_ERR_CONFIG,
			"'%.300s' is not a shell script: it was left alone"
			"\nlet it run what these lines run",
			hook->path);
	}
	with = nd_hookfile_install(app, hook->text, program,
	                           nd_dotfile_missing_dirs(hook));
	if (strcmp(with, hook->text) != 0)
		st = nd_dotfile_write(hook, with, MODE_HOOK, app->err);
	if (st != ND_OK)
		return st;
	printf("%s\n", hook->path);
	warn_about_hook(hook->path, with);
	return ND_OK;
}

static enum nd_status
setup_hook(struct nd_app *app, const char *program)
{
	const struct nd_options *options = &app->options;
	enum nd_status st = nd_app_open(app, true);
	struct nd_dotfile hook;

	if (st != ND_OK)
		return st;
	if (!options->install && !options->remove) {
		printf("# for %s/post-new\n%s", nd_db_hook_dir(app->db),
		       nd_hookfile_block(app, program));
		return ND_OK;
	}
	st = nd_automatic_read_hook(app, app->db, &hook, app->err);
	if (st != ND_OK)
		return st;
	if (options->install)
		return install_hook(app, &hook, program);
	return nd_automatic_remove_hook(&hook, app->err);
}

/* ---- mail clients ---- */

static void
print_lines(struct nd_app *app, const struct nd_client_file *file)
{
	printf("%s for %s\n", file->style->comment, file->path);
	if (file->lines)
		fputs(file->lines, stdout);
	for (size_t i = 0; file->sections && i < file->sections->count; i++)
		fputs(nd_configsection_text(app, &file->sections->section[i]),
		      stdout);
}

static enum nd_status
read_file(struct nd_app *app, const struct nd_client_file *file,
          struct nd_dotfile *dotfile)
{
	enum nd_status st = nd_dotfile_read(app, file->path, dotfile, app->err);

	if (st == ND_OK)
		st = nd_dotfile_check_marks(dotfile, file->style, app->err);
	return st;
}

/* What the file will be; *with is owned by app. */
static enum nd_status
text_with(struct nd_app *app, const struct nd_client_file *file,
          const struct nd_dotfile *dotfile, const char **with)
{
	struct nd_block_mark mark = {
		.file = !dotfile->there,
		.dirs = nd_dotfile_missing_dirs(dotfile),
	};
	const char *text = dotfile->text, *start, *end;
	bool there = nd_block_find(file->style, text, &start, &end, NULL);
	struct nd_error why;
	enum nd_status st;

	if (file->refused)
		return nd_fail(
			app->err, ND_ERR_CONFIG, "'%.200s' %s: %s", file->path,
			dotfile->there ? "was left alone" : "is not there",
			file->refused);
	if (file->lines && there) {
		*with = nd_block_replace(app, file->style, text, file->lines);
		return ND_OK;
	}
	if (file->lines) {
		*with = nd_block_insert(app, file->style, text, strlen(text),
		                        mark, file->lines);
		return ND_OK;
	}
	if (there)
		text = nd_block_remove(app, file->style, text, &mark);
	st = nd_configsection_insert(app, file->style, file->section_flags,
	                             file->sections, mark, text, with, &why);
	if (st != ND_OK)
		nd_fail(app->err, st,
		        "'%.200s' was left alone: %.200s\n"
		        "put what you want of these lines into it by hand",
		        file->path, why.msg);
	return st;
}

static enum nd_status
install_file(struct nd_app *app, const struct nd_client_file *file,
             const struct nd_dotfile *dotfile, const char *with)
{
	enum nd_status st = ND_OK;
	const char *start, *end, *backup;

	if (strcmp(with, dotfile->text) == 0) {
		printf("%s\n", file->path);
		return ND_OK;
	}
	if (dotfile->there &&
	    !nd_block_find(file->style, dotfile->text, &start, &end, NULL)) {
		st = nd_dotfile_backup(app, dotfile, &backup, app->err);
		if (st == ND_OK)
			st = nd_dotfile_write(dotfile, with, MODE_CLIENT,
			                      app->err);
		if (st == ND_OK)
			printf("%s (before: %s)\n", file->path, backup);
		return st;
	}
	st = nd_dotfile_write(dotfile, with, MODE_CLIENT, app->err);
	if (st == ND_OK)
		printf("%s\n", file->path);
	return st;
}

/* All files are looked at before the first is touched. */
static enum nd_status
install_client(struct nd_app *app, const struct nd_client_plan *plan)
{
	struct nd_dotfile *dotfile =
		x_array(app, struct nd_dotfile, plan->count);
	const char **with = x_array(app, const char *, plan->count);
	enum nd_status st = ND_OK;

	for (size_t i = 0; st == ND_OK && i < plan->count; i++) {
		st = read_file(app, &plan->file[i], &dotfile[i]);
		if (st == ND_OK)
			st = text_with(app, &plan->file[i], &dotfile[i],
			               &with[i]);
	}
	if (st == ND_ERR_CONFIG)
		for (size_t i = 0; i < plan->count; i++)
			print_lines(app, &plan->file[i]);
	for (size_t i = 0; st == ND_OK && i < plan->count; i++)
		st = install_file(app, &plan->file[i], &dotfile[i], with[i]);
	return st;
}

/* Wherever we may have been: what the client reads may have changed. */
static enum nd_status
remove_client(struct nd_app *app, const struct nd_client *client)
{
	struct nd_client_plan *plan;
	enum nd_status st = nd_client_places(app, client, &plan, app->err);

	for (size_t i = 0; st == ND_OK && i < plan->count; i++) {
		const struct nd_client_file *file = &plan->file[i];
		struct nd_block_mark mark;
		struct nd_dotfile dotfile;
		const char *rest;

		st = nd_dotfile_read(app, file->path, &dotfile, app->err);
		/* What is to be left alone has never had lines of ours. */
		if (st == ND_ERR_CONFIG)
			st = ND_OK;
		if (st != ND_OK || !dotfile.there || !*dotfile.text)
			continue;
		st = nd_dotfile_check_marks(&dotfile, file->style, app->err);
		if (st != ND_OK)
			return st;
		rest = nd_block_remove(app, file->style, dotfile.text, &mark);
		st = nd_dotfile_restore(&dotfile, rest, &mark, app->err);
	}
	return st;
}

static enum nd_status
setup_client(struct nd_app *app, const struct nd_client *client,
             const char *program)
{
	struct nd_client_plan *plan;
	enum nd_status st;

	if (app->options.remove)
		return remove_client(app, client);
	st = nd_client_plan(app, client, program, &plan, app->err);
	if (st != ND_OK)
		return st;
	if (app->options.install)
		return install_client(app, plan);
	for (size_t i = 0; i < plan->count; i++)
		print_lines(app, &plan->file[i]);
	return ND_OK;
}

/* ---- a report each week ---- */

static void
print_timer(const struct nd_reporttimer *timer)
{
	printf("# for %s\n%s\n# for %s\n%s\n", timer->timer.file.path,
	       timer->timer.lines, timer->service.file.path,
	       timer->service.lines);
	printf("# where systemd does not run, for 'crontab -e':\n%s",
	       timer->cron);
}

static bool
has_systemd(void)
{
	return access("/run/systemd/system", F_OK) == 0;
}

static enum nd_status
install_timer(struct nd_app *app, const struct nd_reporttimer *timer)
{
	enum nd_status st = nd_reporttimer_install(timer, app->err);

	if (st != ND_OK)
		return st;
	printf("%s\n%s\n%s\n", timer->service.file.path, timer->timer.file.path,
	       timer->link);
	if (has_systemd())
		fputs("notmuch-digest: the timer runs from the next login "
		      "on\nfrom now on: systemctl --user daemon-reload && "
		      "systemctl --user start " ND_REPORTTIMER_NAME "\n",
		      stderr);
	else
		fprintf(stderr,
		        "notmuch-digest: systemd does not run here\n"
		        "the same for 'crontab -e': %s",
		        timer->cron);
	return ND_OK;
}

static enum nd_status
remove_timer(struct nd_app *app, const struct nd_reporttimer *timer)
{
	enum nd_status st = nd_reporttimer_remove(timer, app->err);

	if (st == ND_OK && nd_reporttimer_is_there(timer) && has_systemd())
		fputs("notmuch-digest: the timer runs until the next login\n"
		      "to stop it now: systemctl --user "
		      "stop " ND_REPORTTIMER_NAME "\n",
		      stderr);
	return st;
}

static enum nd_status
setup_timer(struct nd_app *app, const char *program)
{
	struct nd_reporttimer timer;
	enum nd_status st = nd_reporttimer_find(app, program, &timer, app->err);

	/* What is there need not be in the way of a look. */
	if (timer.cron && !app->options.install && !app->options.remove) {
		print_timer(&timer);
		return ND_OK;
	}
	if (st != ND_OK)
		return st;
	return app->options.install ? install_timer(app, &timer)
	                            : remove_timer(app, &timer);
}

static enum nd_status
setup_run(struct nd_app *app)
{
	const struct nd_options *options = &app->options;
	const char *what = *options->query ? options->query : "hook";
	const struct nd_client *client = nd_client_find(what);
	bool is_timer = strcmp(what, "timer") == 0;
	const char *program;
	enum nd_status st;

	if (!client && !is_timer && strcmp(what, "hook") != 0)
		return nd_fail(app->err, ND_ERR_USAGE,
		               "setup knows: hook, %s, timer, not '%.60s'",
		               nd_client_names(app), what);
	if (options->install && options->remove)
		return nd_fail(app->err, ND_ERR_USAGE,
		               "--install and --remove exclude each other");
	st = find_program(app, &program);
	if (st != ND_OK)
		return st;
	if (is_timer)
		return setup_timer(app, program);
	return client ? setup_client(app, client, program)
	              : setup_hook(app, program);
}

const struct nd_cmd nd_cmd_setup = {
	.name = "setup",
	.usage = "[hook|neomutt|mutt|aerc|alot|emacs|vim|timer]",
	.summary = "print, install or remove the lines for notmuch and clients",
	.options = setup_options,
	.run = setup_run,
};
