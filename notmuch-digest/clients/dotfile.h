/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * dotfile.h - a file of the user's that we put lines into
 *
 * A symbolic link is followed and stays one. What is not text, no regular file
 * or somebody else's is refused. Files are replaced whole (util/outfile.h),
 * with the mode they had; a run that was killed leaves the old file or the new
 * one, and what it has left beside it goes with the next run.
 */
#ifndef ND_CLIENTS_DOTFILE_H
#define ND_CLIENTS_DOTFILE_H

#include <stdbool.h>
#include <sys/types.h>

#include "clients/block.h"
#include "util/status.h"

struct nd_dotfile {
	const char *path; /* as its program opens it */
	const char *real; /* where links lead to */
	const char *text; /* "" when it is not there */
	bool there;
};

/**
 * Read it.
 *
 * file       its strings are owned by ctx
 * Returns    ND_OK, also when it is not there; ND_ERR_CONFIG when it must be
 *            left alone; ND_ERR_IO
 */
enum nd_status
nd_dotfile_read(const void *ctx, const char *path, struct nd_dotfile *file,
                struct nd_error *err) ND_MUST_CHECK;

/**
 * Can our lines be told from the user's?
 *
 * Returns    ND_OK; ND_ERR_CONFIG naming a line that is half a mark of ours
 */
enum nd_status nd_dotfile_check_marks(const struct nd_dotfile *file,
                                      const struct nd_block_style *style,
                                      struct nd_error *err) ND_MUST_CHECK;

/** How many directories would have to be made for it. */
unsigned nd_dotfile_missing_dirs(const struct nd_dotfile *file);

/** Copy what is there to *backup, beside it; owned by ctx. */
enum nd_status
nd_dotfile_backup(const void *ctx, const struct nd_dotfile *file,
                  const char **backup, struct nd_error *err) ND_MUST_CHECK;

/** Replace it, or make it with this mode and the directories above it. */
enum nd_status
nd_dotfile_write(const struct nd_dotfile *file, const char *text, mode_t mode,
                 struct nd_error *err) ND_MUST_CHECK;

/**
 * Replace it by what is left without our lines. When that is nothing and the
 * mark says that the file was ours, it goes, with the directories that were. A
 * backup of the same bytes goes, too.
 */
enum nd_status
nd_dotfile_restore(const struct nd_dotfile *file, const char *rest,
                   const struct nd_block_mark *mark,
                   struct nd_error *err) ND_MUST_CHECK;

#endif
