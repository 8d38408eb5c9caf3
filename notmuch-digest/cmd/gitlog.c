/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/gitlog.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "cmd/libgit.h"
#include "mail/charset.h"
#include "util/alloc.h"
#include "util/limits.h"
#include "util/utf8.h"

enum {
	TITLE_BYTES = 4096,
	TRAILER_BYTES = 64 << 10, /* of the end of a message */
	/* Clocks differ: so many commits in a row are before the first one
	 * that is wanted, then the rest is, too. */
	OLD_ONES = 1000,
};

struct reading {
	const struct nd_gitlog_range *range;
	git_repository *repository;
	git_revwalk *walk;
	struct nd_commit_list *list;
	struct nd_error *err;
};

static const char *
git_words(void)
{
	const git_error *error = nd_libgit.error_last();

	return error && error->message ? error->message : "unknown error";
}

/* ---- the repository ------------------------------------------------------ */

static enum nd_status
open_failed(const struct reading *reading, int code)
{
	const char *directory = reading->range->directory;
	const char *words = git_words();

	/* Where no configuration has the list, it is told to be missing. */
	if (code == GIT_EOWNER || strstr(words, "safe.directory"))
		return nd_fail(reading->err, ND_ERR_IO,
		               "'%.200s' belongs to another user\n"
		               "if you trust it: git config --global --add "
		               "safe.directory DIR",
		               directory);
	/* libgit2 1.5 names the setting, 1.9 the format. */
	if (strstr(words, "objectformat") || strstr(words, "object format"))
		return nd_fail(reading->err, ND_ERR_PARSE,
		               "'%.200s' has SHA-256 ids, which libgit2 cannot "
		               "read",
		               directory);
	if (code == GIT_ENOTFOUND && access(directory, X_OK) != 0)
		return nd_fail(reading->err, ND_ERR_IO,
		               "cannot open '%.200s': %s", directory,
		               strerror(errno));
	if (code == GIT_ENOTFOUND)
		return nd_fail(reading->err, ND_ERR_PARSE,
		               "'%.200s' is not a git repository", directory);
	return nd_fail(reading->err, ND_ERR_PARSE,
	               "cannot read the repository '%.150s': %.80s", directory,
	               words);
}

static enum nd_status
open_repository(struct reading *reading)
{
	int code = nd_libgit.repository_open_ext(
		&reading->repository, reading->range->directory, 0, NULL);

	if (code == 0)
		code = nd_libgit.revwalk_new(&reading->walk,
		                             reading->repository);
	return code == 0 ? ND_OK : open_failed(reading, code);
}

static void
close_repository(struct reading *reading)
{
	if (reading->walk)
		nd_libgit.revwalk_free(reading->walk);
	if (reading->repository)
		nd_libgit.repository_free(reading->repository);
}

/* ---- the range ----------------------------------------------------------- */

typedef int nd_gitlog_mark(git_revwalk *walk, const git_oid *id);

/* The commit that a revision stands for, which may be a tag of it. */
static bool
mark(struct reading *reading, nd_gitlog_mark *how, git_object *object,
     git_oid *id)
{
	git_object *commit = NULL;
	bool is_marked = false;

	if (object &&
	    nd_libgit.object_peel(&commit, object, GIT_OBJECT_COMMIT) == 0) {
		*id = *nd_libgit.object_id(commit);
		is_marked = how(reading->walk, id) == 0;
	}
	nd_libgit.object_free(commit);
	return is_marked;
}

/* What two histories share; nothing when they have no commit in common. */
static bool
hide_shared(struct reading *reading, const git_oid *a, const git_oid *b)
{
	git_oidarray bases = {0};
	int code = nd_libgit.merge_bases(&bases, reading->repository, a, b);
	bool is_hidden = code == 0 || code == GIT_ENOTFOUND;

	for (size_t i = 0; is_hidden && i < bases.count; i++)
		is_hidden = nd_libgit.revwalk_hide(reading->walk,
		                                   &bases.ids[i]) == 0;
	nd_libgit.oidarray_dispose(&bases);
	return is_hidden;
}

/* "a..b", "a...b", "a", and "^a" without its '^'. */
static bool
mark_revision(struct reading *reading, const char *text, bool hidden)
{
	nd_gitlog_mark *push = nd_libgit.revwalk_push;
	nd_gitlog_mark *hide = nd_libgit.revwalk_hide;
	git_revspec spec = {0};
	git_oid from, to;
	bool is_marked;

	if (nd_libgit.revparse(&spec, reading->repository, text) != 0)
		return false;
	if (spec.flags & GIT_REVSPEC_MERGE_BASE)
		is_marked = !hidden && mark(reading, push, spec.from, &from) &&
		            mark(reading, push, spec.to, &to) &&
		            hide_shared(reading, &from, &to);
	else if (spec.flags & GIT_REVSPEC_RANGE)
		is_marked = !hidden && mark(reading, hide, spec.from, &from) &&
		            mark(reading, push, spec.to, &to);
	else
		is_marked =
			mark(reading, hidden ? hide : push, spec.from, &from);
	nd_libgit.object_free(spec.from);
	nd_libgit.object_free(spec.to);
	return is_marked;
}

static enum nd_status
mark_range(struct reading *reading)
{
	const struct nd_gitlog_range *range = reading->range;
	static char head[] = "HEAD";
	static char *const whole[] = {head};
	size_t count = range->revision_count > 0 ? range->revision_count : 1;
	char *const *revision =
		range->revision_count > 0 ? range->revision : whole;

	for (size_t i = 0; i < count; i++) {
		bool hidden = *revision[i] == '^';

		if (!mark_revision(reading, revision[i] + hidden, hidden))
			return nd_fail(reading->err,
			               range->revision_count > 0 ? ND_ERR_USAGE
			                                         : ND_ERR_PARSE,
			               "'%.80s' is no commit or range of "
			               "'%.150s'",
			               revision[i], range->directory);
	}
	return ND_OK;
}

/* ---- commits ------------------------------------------------------------- */

/* In UTF-8, on any number of lines; owned by ctx. */
static char *
text_of(const void *ctx, const char *bytes, size_t len, const char *charset)
{
	struct nd_buf *text = nd_buf_new(NULL, 4 * len + 16);
	char *clean;

	nd_charset_to_utf8(text, bytes, len, charset);
	clean = nd_utf8_clean(ctx, text->data, text->len, NULL);
	talloc_free(text);
	return clean;
}

static const char *
line_of(const void *ctx, const char *bytes, size_t len, const char *charset)
{
	char *text = text_of(NULL, bytes, len, charset);
	const char *line = nd_utf8_clean_line(ctx, text, strlen(text));

	talloc_free(text);
	return line;
}

/* Bytes of the first paragraph, which git takes as the title. */
static size_t
title_len(const char *message)
{
	const char *end = strstr(message, "\n\n");

	return end ? (size_t)(end - message) : strlen(message);
}

static void
add_commit(struct reading *reading, git_commit *from, const git_oid *id)
{
	struct nd_commit_list *list = reading->list;
	struct nd_commit *commit = x_append(list, list->commit, list->count);
	const git_signature *author = nd_libgit.commit_author(from);
	const char *charset = nd_libgit.commit_message_encoding(from);
	const char *message = nd_libgit.commit_message(from);
	size_t len = title_len(message), rest_len;
	char hex[GIT_OID_HEXSZ + 1];

	if (!charset)
		charset = "UTF-8";
	commit->id = x_strdup(list, nd_libgit.oid_tostr(hex, sizeof hex, id));
	commit->date_s = (int64_t)nd_libgit.commit_time(from);
	commit->title = line_of(list, message,
	                        len < TITLE_BYTES ? len : TITLE_BYTES, charset);
	commit->author.name =
		line_of(list, author->name, strlen(author->name), charset);
	commit->author.addr =
		line_of(list, author->email, strlen(author->email), charset);
	/* Trailers are what is looked for in the rest, and stand last. */
	message += len;
	rest_len = strlen(message);
	if (rest_len > TRAILER_BYTES) {
		message += rest_len - TRAILER_BYTES;
		rest_len = TRAILER_BYTES;
	}
	commit->message = text_of(list, message, rest_len, charset);
}

/* False when it cannot be read. */
static bool
take_commit(struct reading *reading, const git_oid *id, size_t *old)
{
	git_commit *commit;

	if (nd_libgit.commit_lookup(&commit, reading->repository, id) != 0)
		return false;
	if ((int64_t)nd_libgit.commit_time(commit) < reading->range->since_s) {
		++*old;
	} else {
		*old = 0;
		add_commit(reading, commit, id);
	}
	nd_libgit.commit_free(commit);
	return true;
}

static enum nd_status
walk_failed(const struct reading *reading)
{
	const char *directory = reading->range->directory;

	if (nd_libgit.repository_is_shallow(reading->repository))
		return nd_fail(reading->err, ND_ERR_PARSE,
		               "'%.150s' is a shallow clone, which ends within "
		               "what is asked for\n"
		               "git fetch --unshallow, or name a RANGE that is "
		               "there",
		               directory);
	return nd_fail(reading->err, ND_ERR_PARSE,
	               "cannot read the commits of '%.150s': %.80s", directory,
	               git_words());
}

/* Without sorting, libgit2 walks from one to the next by date. */
static enum nd_status
read_commits(struct reading *reading)
{
	size_t old = 0;
	git_oid id;
	int code;

	while (old < OLD_ONES &&
	       (code = nd_libgit.revwalk_next(&id, reading->walk)) == 0) {
		if (!take_commit(reading, &id, &old))
			return walk_failed(reading);
		if (reading->list->count > ND_LIMIT_GIT_COMMITS)
			return nd_fail(reading->err, ND_ERR_LIMIT,
			               "these are more than %d commits of "
			               "'%.150s'\n"
			               "name a smaller RANGE, or --since=TIME",
			               ND_LIMIT_GIT_COMMITS,
			               reading->range->directory);
	}
	return old >= OLD_ONES || code == GIT_ITEROVER ? ND_OK
	                                               : walk_failed(reading);
}

/* A repository without commits has merged nothing. */
static bool
is_empty(const struct reading *reading)
{
	return reading->range->revision_count == 0 &&
	       nd_libgit.repository_head_unborn(reading->repository) == 1;
}

enum nd_status
nd_gitlog_load(const void *ctx, const struct nd_gitlog_range *range,
               struct nd_commit_list **out, struct nd_error *err)
{
	struct reading reading = {.range = range, .err = err};
	enum nd_status st = nd_libgit_load(err);

	if (st != ND_OK)
		return st;
	reading.list = x_new(NULL, struct nd_commit_list);
	st = open_repository(&reading);
	if (st == ND_OK && !is_empty(&reading)) {
		st = mark_range(&reading);
		if (st == ND_OK)
			st = read_commits(&reading);
	}
	close_repository(&reading);
	if (st == ND_OK)
		*out = talloc_steal(ctx, reading.list);
	else
		talloc_free(reading.list);
	return st;
}
