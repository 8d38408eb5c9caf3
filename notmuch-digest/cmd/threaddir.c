/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>
#include <unistd.h>

#include "app/sandbox.h"
#include "clients/linkdir.h"
#include "cmd/cmd.h"
#include "store/fresh.h"
#include "store/members.h"
#include "util/alloc.h"

static const struct nd_option thread_dir_options[] = {
	ND_COMMON_STDIN,
	ND_OPTION(FLAG, "read", read, NULL,
                  "the digest is read now: take its tag fresh off"),
	ND_COMMON_NO_SANDBOX,
	ND_COMMON_HELP,
	{0},
};

/* The tag is not worth waiting for; what the reader asked for is there. */
static void
leave_quietly(int signal)
{
	(void)signal;
	_exit(0);
}

/* Once all else is done, since it may end the process. */
static enum nd_status
mark_read(struct nd_app *app, const struct nd_member_list *list,
          const char *tag)
{
	const struct nd_member *digest = nd_members_digest(list);

	if (!app->options.read || !digest || !digest->fresh)
		return ND_OK;
	TALLOC_FREE(app->db);
	return nd_fresh_take_off(digest->id, tag, leave_quietly, app->err);
}

static enum nd_status
thread_dir_run(struct nd_app *app)
{
	const struct nd_options *options = &app->options;
	const char *path = options->arg_count > 0 ? options->arg[0] : "";
	const char *given = options->query, *query, *tag;
	struct nd_member_list *list = NULL;
	struct nd_linkdir *dir;
	enum nd_status st, found;

	if (!*path)
		return nd_fail(app->err, ND_ERR_USAGE,
		               "thread-dir needs a directory");
	given += strlen(path);
	given += *given == ' ';
	st = nd_linkdir_open(app, path, nd_db_mail_root(app->db), &dir,
	                     app->err);
	if (st != ND_OK)
		return st;
	nd_sandbox_enter(app, ND_SANDBOX_TAGS, nd_linkdir_path(dir));
	tag = x_asprintf(app, "%s/fresh", app->settings->tag_prefix);
	found = nd_app_query_wanted(app, given, "thread-dir", &query);
	if (found == ND_OK)
		found = nd_members_load(app, app->db, query, tag, &list,
		                        app->err);
	/* Without a thread it is empty: not the one before. */
	for (size_t i = 0; found == ND_OK && i < list->count; i++)
		nd_linkdir_want(dir, list->member[i].file);
	if (found != ND_OK) {
		struct nd_error why = *app->err;

		if (nd_linkdir_settle(dir, app->err) == ND_OK)
			*app->err = why;
		return found;
	}
	st = nd_linkdir_settle(dir, app->err);
	return st == ND_OK ? mark_read(app, list, tag) : st;
}

const struct nd_cmd nd_cmd_thread_dir = {
	.name = "thread-dir",
	.usage = "DIR [QUERY...]",
	.summary = "make a maildir of links to the mails of a thread",
	.options = thread_dir_options,
	.flags = ND_CMD_ENTERS | ND_CMD_DB_READ | ND_CMD_READS_MAIL |
                 ND_CMD_LENIENT,
	.run = thread_dir_run,
};
