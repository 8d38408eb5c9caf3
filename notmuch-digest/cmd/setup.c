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
#include "cmd/placement.h"
#include "cmd/walkthrough.h"
#include "util/alloc.h"

static const struct nd_option setup_options[] = {
	ND_OPTION(FLAG, "install", install, NULL, "put it in place"),
	ND_OPTION(FLAG, "remove", remove, NULL, "take it out again"),
	ND_COMMON_NO_SANDBOX,
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

static enum nd_status
install_hook(struct nd_app *app, const char *program)
{
	struct nd_placement placement;
	enum nd_status st = nd_placement_of_hook(app, program, &placement);

	/* What the user has to do by hand. */
	if (st == ND_ERR_CONFIG)
		fputs(nd_hookfile_block(app, program), stdout);
	if (st == ND_OK)
		st = nd_placement_make(app, &placement);
	if (st == ND_OK)
		nd_placement_warn_of_hook(&placement);
	return st;
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
	if (options->install)
		return install_hook(app, program);
	st = nd_automatic_read_hook(app, app->db, &hook, app->err);
	return st == ND_OK ? nd_automatic_remove_hook(&hook, app->err) : st;
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

/* All files are looked at before the first is touched. */
static enum nd_status
install_client(struct nd_app *app, const struct nd_client_plan *plan)
{
	struct nd_placement placement;
	enum nd_status st = nd_placement_of_client(app, plan, &placement);

	if (st == ND_ERR_CONFIG)
		for (size_t i = 0; i < plan->count; i++)
			print_lines(app, &plan->file[i]);
	return st == ND_OK ? nd_placement_make(app, &placement) : st;
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

static enum nd_status
install_timer(struct nd_app *app, const struct nd_reporttimer *timer)
{
	enum nd_status st = nd_reporttimer_install(timer, app->err);

	if (st != ND_OK)
		return st;
	printf("%s\n%s\n%s\n", timer->service.file.path, timer->timer.file.path,
	       timer->link);
	if (nd_reporttimer_has_systemd())
		fputs("notmuch-digest: " ND_REPORTTIMER_BEGINS, stderr);
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

	if (st == ND_OK && nd_reporttimer_is_there(timer) &&
	    nd_reporttimer_has_systemd())
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

/* ---- all of it ---- */

static enum nd_status
remove_from_notmuch(struct nd_app *app)
{
	struct nd_dotfile hook;
	const char *settings;
	enum nd_status st = nd_app_open(app, true);

	if (st == ND_OK)
		st = nd_automatic_read_hook(app, app->db, &hook, app->err);
	if (st == ND_OK)
		st = nd_automatic_remove_hook(&hook, app->err);
	if (st == ND_OK)
		st = nd_placement_remove_lists(app, &settings);
	if (st == ND_OK && app->state.at_s > 0)
		fputs("notmuch-digest: digests and tags are still there\n"
		      "'notmuch-digest clean' removes them\n",
		      stderr);
	return st;
}

/* One that must be left alone keeps none of the others. */
static enum nd_status
remove_all(struct nd_app *app, const char *program)
{
	const struct nd_client *client = nd_client_next(NULL);
	struct nd_reporttimer timer;
	enum nd_status st = ND_OK, last;

	for (; client; client = nd_client_next(client)) {
		last = remove_client(app, client);
		st = last == ND_OK ? st : last;
	}
	last = nd_reporttimer_find(app, program, &timer, app->err);
	if (last == ND_OK)
		last = remove_timer(app, &timer);
	/* Units of the same name that somebody else has made stay. */
	st = last == ND_OK || last == ND_ERR_CONFIG ? st : last;
	last = remove_from_notmuch(app);
	return last == ND_OK ? st : last;
}

static enum nd_status
setup_run(struct nd_app *app)
{
	const struct nd_options *options = &app->options;
	const char *what = *options->query ? options->query : "hook";
	const struct nd_client *client = nd_client_find(what);
	bool is_timer = strcmp(what, "timer") == 0;
	bool prints = !options->install && !options->remove;
	bool walks = prints && !*options->query && nd_walkthrough_can();
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
	nd_sandbox_enter(app, prints && !walks ? 0 : ND_SANDBOX_SETUP, NULL);
	if (!*options->query && options->remove)
		return remove_all(app, program);
	if (walks)
		return nd_walkthrough_run(app, program);
	if (is_timer)
		return setup_timer(app, program);
	return client ? setup_client(app, client, program)
	              : setup_hook(app, program);
}

const struct nd_cmd nd_cmd_setup = {
	.name = "setup",
	.usage = "[hook|neomutt|mutt|aerc|alot|emacs|vim|timer]",
	.summary = "set up lists, hook, mail client and timer, or one of them",
	.options = setup_options,
	.flags = ND_CMD_ENTERS,
	.run = setup_run,
};
