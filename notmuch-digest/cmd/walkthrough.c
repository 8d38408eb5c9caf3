/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/walkthrough.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/terminal.h"
#include "clients/linediff.h"
#include "clients/reporttimer.h"
#include "cmd/placement.h"
#include "render/escape.h"
#include "store/maildir.h"
#include "util/alloc.h"
#include "util/limits.h"
#include "util/str.h"

enum { LISTS_SHOWN = 20, DIFF_BYTES = 8 << 20 };

bool
nd_walkthrough_can(void)
{
	return nd_terminal_can_ask() && isatty(STDOUT_FILENO);
}

/* What cannot be done is no reason not to ask about the rest. */
static enum nd_status
skip(const struct nd_app *app, enum nd_status st)
{
	if (st != ND_ERR_CONFIG)
		return st;
	printf("%s\n", app->err->msg);
	return ND_OK;
}

static void
print_diff(struct nd_app *app, const struct nd_buf *diff)
{
	putchar('\n');
	/* Line by line: it is text of the user's, and of their programs. */
	for (const char *line = diff->data; *line;) {
		size_t len = strcspn(line, "\n");
		char *text = x_strndup(app, line, len);

		printf("    %s\n", nd_escape_terminal(text, text));
		talloc_free(text);
		line += len + (line[len] == '\n');
	}
	putchar('\n');
}

/* Show it, ask, make it. */
static enum nd_status
offer(struct nd_app *app, const struct nd_placement *placement, bool *made)
{
	struct nd_buf *diff = nd_buf_new(app, DIFF_BYTES);

	*made = false;
	if (!nd_placement_is_new(placement)) {
		printf("It is in place.\n");
		return ND_OK;
	}
	nd_placement_show(placement, diff);
	print_diff(app, diff);
	talloc_free(diff);
	if (!nd_terminal_agrees("Make this change? [y/N] "))
		return ND_OK;
	*made = true;
	return nd_placement_make(app, placement);
}

/* ---- lists ---------------------------------------------------------------- */

static size_t
print_lists(const struct nd_listsample_list *found)
{
	size_t shown = found->count < LISTS_SHOWN ? found->count : LISTS_SHOWN;

	printf("By List-Id of the newest %u mails:\n\n", found->looked_at);
	for (size_t i = 0; i < shown; i++)
		printf("  %2zu  %-44s %6u of them, %u in all\n", i + 1,
		       found->list[i].query, found->list[i].sampled,
		       found->list[i].mails);
	putchar('\n');
	return shown;
}

/*
 * "1 3", "1,3", "all": the lists of these numbers, each once. False when
 * something else stands there.
 */
static bool
read_choice(const char *answer, const struct nd_listsample_list *found,
            size_t shown, const struct nd_listsample **chosen, size_t *count)
{
	bool has[LISTS_SHOWN] = {false};

	*count = 0;
	if (nd_str_equal_nocase(answer, "all"))
		memset(has, true, shown);
	else
		while (*(answer += strspn(answer, " ,\t"))) {
			char *end;
			unsigned long number = strtoul(answer, &end, 10);

			if (!nd_is_digit(*answer) || number < 1 ||
			    number > shown || (*end && !strchr(" ,\t", *end)))
				return false;
			has[number - 1] = true;
			answer = end;
		}
	for (size_t i = 0; i < shown; i++)
		if (has[i])
			chosen[(*count)++] = &found->list[i];
	return true;
}

/*
 * The folder has to be named where a mail sync might take it for one of its
 * own. Returns it, or NULL.
 */
static const char *
ask_about_folder(struct nd_app *app)
{
	const char *folder = nd_settings_folder(app->settings), *sign;

	if (*app->settings->folder ||
	    !nd_maildir_is_synced(app, nd_db_mail_root(app->db), folder, &sign))
		return NULL;
	printf("\nA mail sync may upload the digests: there is '%s'.\n"
	       "Exclude '%s' from the sync (mbsync: Patterns * !%s).\n",
	       sign, folder, folder);
	if (nd_terminal_agrees("Is it excluded, or may they go along? [y/N] "))
		return folder;
	printf("Until then 'notmuch-digest update' writes nothing.\n");
	return NULL;
}

static enum nd_status
choose_lists(struct nd_app *app, const struct nd_listsample_list *found)
{
	const struct nd_listsample *chosen[LISTS_SHOWN];
	struct nd_placement placement;
	size_t shown = print_lists(found), count = 0;
	const char *answer;
	enum nd_status st;
	bool made;

	do {
		answer = nd_terminal_ask(app,
		                         "Which of them get digests? Numbers, "
		                         "\"all\", or nothing: ");
	} while (answer && !read_choice(answer, found, shown, chosen, &count));
	if (!answer || count == 0)
		return ND_OK;
	st = nd_placement_of_lists(app, chosen, count, ask_about_folder(app),
	                           &placement);
	return st == ND_OK ? offer(app, &placement, &made) : skip(app, st);
}

static enum nd_status
walk_lists(struct nd_app *app)
{
	struct nd_listsample_list *found;
	enum nd_status st;

	printf("Lists: which mails get digests (digest.query)\n");
	/* What the user has written themselves is not ours to change. */
	if (*app->settings->query && !nd_placement_has_lists(app)) {
		printf("It is set: %s\n", app->settings->query);
		return ND_OK;
	}
	st = nd_listsample_find(app, app->db, &found, app->err);
	if (st != ND_OK)
		return st;
	if (found->count > 0)
		return choose_lists(app, found);
	printf("No list is to be seen in the newest %u mails.\n"
	       "notmuch config set digest.query QUERY says which mails.\n",
	       found->looked_at);
	return ND_OK;
}

/* ---- hook, clients, timer ------------------------------------------------- */

static enum nd_status
walk_hook(struct nd_app *app, const char *program)
{
	struct nd_placement placement;
	enum nd_status st;
	bool made;

	printf("\nHook: digests are brought up to date after each 'notmuch "
	       "new'\n");
	st = nd_placement_of_hook(app, program, &placement);
	if (st != ND_OK)
		return skip(app, st);
	st = offer(app, &placement, &made);
	if (st == ND_OK && made)
		nd_placement_warn_of_hook(&placement);
	return st;
}

static enum nd_status
walk_client(struct nd_app *app, const struct nd_client *client,
            const struct nd_client_plan *plan)
{
	struct nd_placement placement;
	enum nd_status st;
	bool made;

	printf("\nMail client: keys for digests in %s\n",
	       nd_client_name(client));
	st = nd_placement_of_client(app, plan, &placement);
	return st == ND_OK ? offer(app, &placement, &made) : skip(app, st);
}

/* Those that the user has a file of; when there are none, those that are
 * installed. */
static enum nd_status
walk_clients(struct nd_app *app, const char *program)
{
	enum nd_client_use most = ND_CLIENT_INSTALLED;
	enum nd_status st = ND_OK;

	for (int round = 0; round < 2; round++) {
		const struct nd_client *client = nd_client_next(NULL);

		for (; st == ND_OK && client; client = nd_client_next(client)) {
			struct nd_client_plan *plan;
			enum nd_client_use use;
			struct nd_error why;

			if (nd_client_plan(app, client, program, &plan, &why) !=
			    ND_OK)
				continue;
			use = nd_client_use(client, plan);
			if (round == 0 && use > most)
				most = use;
			if (round == 1 && use == most)
				st = walk_client(app, client, plan);
		}
	}
	return st;
}

static enum nd_status
walk_timer(struct nd_app *app, const char *program)
{
	struct nd_reporttimer timer;
	enum nd_status st;
	struct nd_buf *diff;

	printf("\nReport: one each Monday, in the mailbox\n");
	st = nd_reporttimer_find(app, program, &timer, app->err);
	if (st != ND_OK)
		return skip(app, st);
	if (!nd_reporttimer_has_systemd()) {
		printf("systemd does not run here. For 'crontab -e':\n\n"
		       "    %s\n",
		       timer.cron);
		return ND_OK;
	}
	if (nd_reporttimer_is_there(&timer)) {
		printf("It is in place.\n");
		return ND_OK;
	}
	diff = nd_buf_new(app, DIFF_BYTES);
	nd_linediff_add(diff, timer.service.file.path, timer.service.file.text,
	                nd_reporttimer_text(app, &timer.service));
	nd_linediff_add(diff, timer.timer.file.path, timer.timer.file.text,
	                nd_reporttimer_text(app, &timer.timer));
	print_diff(app, diff);
	if (!nd_terminal_agrees("Make these files? [y/N] "))
		return ND_OK;
	st = nd_reporttimer_install(&timer, app->err);
	if (st == ND_OK)
		printf("%s\n%s\n%s\n" ND_REPORTTIMER_BEGINS,
		       timer.service.file.path, timer.timer.file.path,
		       timer.link);
	return st;
}

enum nd_status
nd_walkthrough_run(struct nd_app *app, const char *program)
{
	enum nd_status st = nd_app_open(app, true);

	if (st != ND_OK)
		return st;
	printf("Each change is shown before it is made; nothing is made that "
	       "you do not agree to.\n"
	       "'notmuch-digest setup --remove' takes all of it out again.\n"
	       "\n");
	st = walk_lists(app);
	if (st == ND_OK)
		st = walk_hook(app, program);
	if (st == ND_OK)
		st = walk_clients(app, program);
	if (st == ND_OK)
		st = walk_timer(app, program);
	if (st == ND_OK)
		printf("\nDone. 'notmuch-digest update' makes the first "
		       "digests, 'notmuch-digest' prints a report.\n");
	return st;
}
