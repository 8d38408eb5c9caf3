/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * folder.h - whose the digest folder is; making it, leaving it
 *
 * It is ours when we made it, or when it was empty, or held nothing but digests
 * of ours, before we first wrote to it: the mark in it (mark.h) remembers that.
 * Whatever we have not made stays. Directories only ever go by rmdir(), and
 * only from a folder that nobody has anything in.
 */
#ifndef ND_STORE_FOLDER_H
#define ND_STORE_FOLDER_H

#include <stdbool.h>

#include "store/store.h"
#include "util/status.h"

enum nd_folder_kind {
	ND_FOLDER_ABSENT,
	ND_FOLDER_MARKED,  /* ours, whatever has come into it since */
	ND_FOLDER_EMPTY,   /* no mail, and nothing else of interest */
	ND_FOLDER_DIGESTS, /* not marked, and every mail in it is ours: of
			    * another host, or of a version without marks */
	ND_FOLDER_FOREIGN, /* not for us to write to */
};

/**
 * May this be digest.folder: below the mail root, without ".." and the names
 * that maildirs and notmuch have for themselves?
 *
 * Returns    ND_OK; ND_ERR_CONFIG with the remedy
 */
enum nd_status
nd_folder_check_name(const char *folder, struct nd_error *err) ND_MUST_CHECK;

/**
 * Look at a folder; writes nothing. One that is not marked is read, up to the
 * first file that is not ours.
 *
 * root       the mail root, absolute
 * path       of the folder, below it
 * err        says why it is foreign, and what to do (ND_ERR_CONFIG), or that it
 *            cannot be read now (ND_ERR_IO); may be NULL
 */
enum nd_folder_kind
nd_folder_look(const char *root, const char *path, struct nd_error *err);

/**
 * Mark a folder that has no mark, and is not foreign.
 *
 * made       whether it counts as made by us, so that leaving it takes it away
 */
enum nd_status nd_folder_adopt(const char *path, bool made,
                               struct nd_error *err) ND_MUST_CHECK;

/** Make what is missing of store->path, the mark first. */
enum nd_status nd_folder_make(const struct nd_store *store,
                              struct nd_error *err) ND_MUST_CHECK;

/**
 * Take away what we made of a folder, unless something is in it, and the mark.
 * One that has no mark stays as it is.
 *
 * Returns    ND_OK, whether it went or is in use; ND_ERR_IO when that cannot be
 *            done now: it can be tried again
 */
enum nd_status nd_folder_leave(const char *root, const char *path,
                               struct nd_error *err) ND_MUST_CHECK;

#endif
