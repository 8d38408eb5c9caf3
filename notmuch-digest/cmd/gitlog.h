/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * gitlog.h - the commits of a local git repository (libgit2 inside)
 *
 * Bare repositories, work trees, and directories in one. Nothing is written,
 * no hook or program of the repository runs, and one that belongs to somebody
 * else is refused as git refuses it (safe.directory). Messages are text of
 * others, like mail: they come out as clean UTF-8.
 *
 * Does not: read repositories with SHA-256 ids, or histories that end where a
 * shallow clone was cut, if libgit2 cannot.
 */
#ifndef ND_CMD_GITLOG_H
#define ND_CMD_GITLOG_H

#include "model/commit.h"
#include "util/status.h"

struct nd_gitlog_range {
	const char *directory;
	/* As for git-rev-list(1): "v6.1..", "a..b", "a...b", "^a", a branch. */
	char *const *revision;
	size_t revision_count; /* 0: HEAD */
	int64_t since_s;       /* commits that were made before are left out */
};

/**
 * The commits of the range, the newest first.
 *
 * *out       owned by ctx; untouched on failure. Strings are clean UTF-8.
 * Returns    ND_OK; ND_ERR_USAGE for a revision that is none; ND_ERR_PARSE for
 *            what is no repository, or none that can be read; ND_ERR_IO for
 *            a repository of somebody else; ND_ERR_LIMIT over
 *            ND_LIMIT_GIT_COMMITS; ND_ERR_SERVICE without libgit2
 */
enum nd_status
nd_gitlog_load(const void *ctx, const struct nd_gitlog_range *range,
               struct nd_commit_list **out, struct nd_error *err) ND_MUST_CHECK;

#endif
