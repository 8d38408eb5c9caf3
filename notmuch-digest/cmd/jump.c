/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cmd/cmd.h"
#include "mail/digestfile.h"
#include "store/members.h"
#include "util/alloc.h"
#include "util/cachedir.h"
#include "util/str.h"

static const struct nd_option jump_options[] = {
	ND_COMMON_STDIN,
	ND_OPTION(FLAG, "thread", thread, NULL,
                  "as a mailbox of its own, not in the one that is open"),
	ND_COMMON_NO_SANDBOX,
	ND_COMMON_HELP,
	{0},
};

/* Does neomutt take the tag as it is, whatever it is told to do with it? */
static bool
is_plain_tag(const char *tag)
{
	for (; *tag; tag++)
		if (!nd_is_alpha(*tag) && !nd_is_digit(*tag) &&
		    !strchr("/._-", *tag))
			return false;
	return true;
}

/*
 * The commands for neomutt. What mail says of itself never gets in here: the
 * id is a hash of ours, which has just been proven, or there is none.
 */
static const char *
commands(struct nd_app *app, const struct nd_member *digest, const char *tag)
{
	const char *open = "", *read = "";

	if (!digest || !nd_digestfile_has_id(digest->id))
		return "echo \"this thread has no digest\"\n";
	if (digest->fresh && is_plain_tag(tag))
		read = x_asprintf(app, "<modify-labels>-%s<enter>", tag);
	if (app->options.thread)
		open = x_asprintf(app,
		                  "<vfolder-from-query>thread:{id:%s}<enter>",
		                  digest->id);
	/*
	 * Opening a mail unfolds its thread, or the search would not see the
	 * digest; looked at that shortly, it stays unread. Changing tags may
	 * move the cursor, and searching may stop at the end: while this runs
	 * they do as we need, whatever the user wants.
	 */
	return x_asprintf(
		app,
		"set my_nd_resolve=$resolve my_nd_wrap=$wrap_search "
		"my_nd_delay=$pager_read_delay\n"
		"set resolve=no wrap_search=yes pager_read_delay=60\n"
		"push \"%s<display-message><exit><search>~i %s<enter>%s"
		"<enter-command>set resolve=$my_nd_resolve "
		"wrap_search=$my_nd_wrap pager_read_delay=$my_nd_delay<enter>"
		"<display-message>\"\n",
		open, digest->id, read);
}

static enum nd_status
write_commands(struct nd_app *app, const char *text)
{
	const char *path = nd_cachedir_path(app, ND_JUMP_FILE), *dir;

	if (!path)
		return nd_fail(app->err, ND_ERR_CONFIG, "HOME is not set");
	dir = x_strndup(app, path, (size_t)(strrchr(path, '/') - path));
	if (nd_cachedir_put(dir, ND_JUMP_FILE, text, strlen(text)))
		return ND_OK;
	/* A disk that is full: better nothing than the thread before. */
	unlink(path);
	return nd_fail(app->err, ND_ERR_IO, "cannot write '%.300s'", path);
}

static enum nd_status
jump_run(struct nd_app *app)
{
	const char *tag, *query;
	struct nd_member_list *list;
	struct nd_error unused;
	enum nd_status st = nd_app_start_reader(app);

	if (st == ND_OK)
		st = nd_app_open(app, true);
	if (st == ND_OK)
		st = nd_app_query_wanted(app, app->options.query, "jump",
		                         &query);
	if (st == ND_OK) {
		tag = x_asprintf(app, "%s/fresh", app->settings->tag_prefix);
		st = nd_members_load(app, app->db, query, tag, &list, app->err);
	}
	if (st == ND_OK)
		return write_commands(
			app, commands(app, nd_members_digest(list), tag));
	/* The macro goes on to what is in the file: not to the last thread. */
	unused = *app->err;
	if (write_commands(app, "echo \"notmuch-digest jump has failed\"\n") ==
	    ND_OK)
		*app->err = unused;
	return st;
}

const struct nd_cmd nd_cmd_jump = {
	.name = "jump",
	.usage = "[QUERY...]",
	.summary = "write the neomutt commands that open a thread's digest",
	.options = jump_options,
	.needs = ND_SANDBOX_CACHE,
	.run = jump_run,
};
