/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * libgit.h - libgit2, loaded when it is needed (util/library.h)
 *
 * cmd/gitlog.c calls nd_libgit.revwalk_new() where it would call
 * git_revwalk_new(). Its ABI changes with each minor version: what is loaded is
 * the one that the program was built with.
 */
#ifndef ND_CMD_LIBGIT_H
#define ND_CMD_LIBGIT_H

#include <git2.h>

#include "util/status.h"

#define ND_LIBGIT_FUNCTION(name) __typeof__(git_##name) *name

struct nd_libgit {
	ND_LIBGIT_FUNCTION(commit_author);
	ND_LIBGIT_FUNCTION(commit_free);
	ND_LIBGIT_FUNCTION(commit_lookup);
	ND_LIBGIT_FUNCTION(commit_message);
	ND_LIBGIT_FUNCTION(commit_message_encoding);
	ND_LIBGIT_FUNCTION(commit_time);
	ND_LIBGIT_FUNCTION(error_last);
	ND_LIBGIT_FUNCTION(libgit2_init);
	ND_LIBGIT_FUNCTION(libgit2_opts);
	ND_LIBGIT_FUNCTION(libgit2_version);
	ND_LIBGIT_FUNCTION(merge_bases);
	ND_LIBGIT_FUNCTION(object_free);
	ND_LIBGIT_FUNCTION(object_id);
	ND_LIBGIT_FUNCTION(object_peel);
	ND_LIBGIT_FUNCTION(oid_tostr);
	ND_LIBGIT_FUNCTION(oidarray_dispose);
	ND_LIBGIT_FUNCTION(repository_free);
	ND_LIBGIT_FUNCTION(repository_head_unborn);
	ND_LIBGIT_FUNCTION(repository_is_shallow);
	ND_LIBGIT_FUNCTION(repository_open_ext);
	ND_LIBGIT_FUNCTION(revparse);
	ND_LIBGIT_FUNCTION(revwalk_free);
	ND_LIBGIT_FUNCTION(revwalk_hide);
	ND_LIBGIT_FUNCTION(revwalk_new);
	ND_LIBGIT_FUNCTION(revwalk_next);
	ND_LIBGIT_FUNCTION(revwalk_push);
};

/** Filled by nd_libgit_load(); nothing of it may be called before. */
extern struct nd_libgit nd_libgit;

/**
 * Load libgit2, once, and prepare it for reading commits: objects are not kept,
 * and extensions of the repository format that say nothing about commits are
 * known to it.
 *
 * Returns    ND_OK; ND_ERR_SERVICE when it is not there
 */
enum nd_status nd_libgit_load(struct nd_error *err) ND_MUST_CHECK;

/**
 * "libgit2 1.5.1", loaded for that; the one that this was built with, and that
 * it is missing, when it cannot be. Owned by ctx.
 */
const char *nd_libgit_version(const void *ctx);

#endif
