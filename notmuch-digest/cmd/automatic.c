/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/automatic.h"

#include <unistd.h>

#include "clients/hookfile.h"
#include "clients/reporttimer.h"
#include "util/alloc.h"

enum nd_status
nd_automatic_read_hook(const void *ctx, struct nd_db *db,
                       struct nd_dotfile *hook, struct nd_error *err)
{
	const char *path = x_asprintf(ctx, "%s/post-new", nd_db_hook_dir(db));
	enum nd_status st = nd_dotfile_read(ctx, path, hook, err);

	if (st == ND_OK)
		st = nd_dotfile_check_marks(hook, &nd_hookfile_style, err);
	return st;
}

/* What nobody but us has made. */
static const char *
find_timer(const void *ctx)
{
	struct nd_reporttimer timer;
	struct nd_error why;

	if (nd_reporttimer_find(ctx, "", &timer, &why) != ND_OK ||
	    !nd_reporttimer_is_there(&timer))
		return NULL;
	return timer.timer.file.path;
}

void
nd_automatic_find(const void *ctx, struct nd_db *db, struct nd_automatic *found)
{
	struct nd_error why;

	found->has_block = false;
	/* Half a mark: the lines are there, but only the user can tell
	 * which. */
	if (nd_automatic_read_hook(ctx, db, &found->hook, &why) == ND_OK)
		found->has_block = nd_hookfile_has_block(found->hook.text);
	if (access(found->hook.path, X_OK) != 0)
		*found = (struct nd_automatic){.hook.text = ""};
	found->user_line = nd_hookfile_user_call(found->hook.text);
	found->timer = find_timer(ctx);
}

enum nd_status
nd_automatic_remove_hook(const struct nd_dotfile *hook, struct nd_error *err)
{
	struct nd_block_mark mark;
	const char *rest;
	enum nd_status st;
	void *tmp;

	if (!nd_hookfile_has_block(hook->text))
		return ND_OK;
	tmp = talloc_new(NULL);
	rest = nd_hookfile_remove(tmp, hook->text, &mark);
	st = nd_dotfile_restore(hook, rest, &mark, err);
	talloc_free(tmp);
	return st;
}

void
nd_automatic_print(const struct nd_automatic *found, const char *query,
                   bool only_some, FILE *out)
{
	const char *so = only_some ? "these threads get digests again when "
	                             "they get mail"
	                           : "the digests come back";

	if (!*query)
		so = "it does nothing while digest.query is not set";
	if (found->has_block)
		fprintf(out,
		        "notmuch-digest: '%s' runs update after each 'notmuch "
		        "new': %s\n'notmuch-digest setup hook --remove' takes "
		        "it out\n",
		        found->hook.path, so);
	if (found->user_line > 0)
		fprintf(out,
		        "notmuch-digest: line %u of '%s' runs update after "
		        "each 'notmuch new': %s\ntake it out by hand\n",
		        found->user_line, found->hook.path, so);
	if (found->timer && !only_some)
		fprintf(out,
		        "notmuch-digest: '%s' delivers a report each week\n"
		        "'notmuch-digest setup timer --remove' takes it away\n",
		        found->timer);
	if (*query)
		fprintf(out,
		        "notmuch-digest: digest.query is set: %s with each "
		        "'notmuch-digest update'\nto unset it: notmuch config "
		        "set digest.query\n",
		        only_some ? "threads with new mail get digests"
		                  : "the digests come back");
}
