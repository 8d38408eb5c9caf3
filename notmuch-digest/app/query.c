/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/query.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

#include "app/mailname.h"
#include "app/querytext.h"
#include "util/alloc.h"

/* What the handler says; it may call next to nothing. */
static char message[512];
static int exit_code;

static void
give_up(int signal)
{
	(void)signal;
	(void)!write(STDERR_FILENO, message, strlen(message));
	_exit(exit_code);
}

/* Seconds of computing, so that a busy machine changes nothing; 0: enough. */
static void
set_timer(int seconds)
{
	struct itimerval timer = {.it_value = {.tv_sec = seconds}};
	struct sigaction action = {.sa_handler = give_up};

	if (seconds == 0) {
		setitimer(ITIMER_PROF, &timer, NULL);
		action.sa_handler = SIG_DFL;
	}
	sigemptyset(&action.sa_mask);
	sigaction(SIGPROF, &action, NULL);
	if (seconds > 0)
		setitimer(ITIMER_PROF, &timer, NULL);
}

/* Names that queries may use beside notmuch's own. */
static bool
is_known(void *arg, const char *kind, const char *name, const char **text)
{
	struct nd_db *const *db = arg;
	char *key = x_asprintf(
		db, "%s.%s",
		strcmp(kind, "header") == 0 ? "index.header" : kind, name);

	*text = nd_db_setting(db, *db, key);
	return **text != '\0';
}

/*
 * Does it have wildcards or expressions ("from:/x/"), which stand for words that
 * only a search finds? Folders with all below them ("path:lists/" and two stars)
 * and tags with a slash are single words of the index.
 */
static bool
has_pattern(const char *query)
{
	for (const char *p = query; *p; p++) {
		char before = ' ';

		if (p > query)
			before = p[-1];
		if (*p == '/' && (before == ':' || before == '"'))
			return true;
		if (*p == '*' && p > query && before != '/' && before != '*')
			return true;
	}
	return false;
}

/* By our own reading first, then by notmuch's, with what patterns stand for. */
static enum nd_status
check_whole(struct nd_db *db, const char *query, struct nd_error *err)
{
	struct nd_db **known = x_new(NULL, struct nd_db *);
	enum nd_status st;
	unsigned count;

	*known = db;
	st = nd_querytext_check(query, is_known, known, err);
	talloc_free(known);
	if (st == ND_OK)
		st = nd_db_check_query(db, query, err);
	return st == ND_OK && has_pattern(query)
	               ? nd_db_count(db, query, &count, err)
	               : st;
}

static enum nd_status
check(struct nd_db *db, const char *key, const char *query,
      enum nd_status status, struct nd_error *err)
{
	enum nd_status st;

	snprintf(message, sizeof message,
	         "notmuch-digest: %s%sthe query '%.100s' takes longer than "
	         "%d s to read\nuse fewer words, wildcards and expressions\n",
	         key, *key ? ": " : "", query, ND_QUERY_PATIENCE_S);
	exit_code = nd_status_exit_code(status);
	set_timer(ND_QUERY_PATIENCE_S);
	st = check_whole(db, query, err);
	set_timer(0);
	return st;
}

enum nd_status
nd_query_check_argument(struct nd_db *db, const char *query,
                        struct nd_error *err)
{
	return check(db, "", query, ND_ERR_USAGE, err);
}

enum nd_status
nd_query_check_mail(struct nd_db *db, const char *query, struct nd_error *err)
{
	const char *id = nd_mailname_single(NULL, query);
	enum nd_status st = ND_OK;
	unsigned count = 1;

	if (id)
		st = nd_db_count(db, query, &count, err);
	if (st == ND_OK && count == 0)
		st = nd_fail(err, ND_ERR_PARSE,
		             "the mail '%.250s' is not in the mailbox", id);
	talloc_free((void *)id);
	return st;
}

enum nd_status
nd_query_check_setting(struct nd_db *db, const char *key, const char *query,
                       bool lenient, struct nd_error *err)
{
	struct nd_error why;
	enum nd_status st;

	if (lenient && !nd_querytext_is_plain(query))
		return ND_OK;
	st = check(db, key, query, ND_ERR_CONFIG, &why);
	if (st == ND_OK)
		return ND_OK;
	if (st != ND_ERR_USAGE) {
		*err = why; /* the database, not the query */
		return st;
	}
	return nd_fail(err, ND_ERR_CONFIG, "%.100s: %.400s", key, why.msg);
}
