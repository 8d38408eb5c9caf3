/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * outfile.h - write a file so that it is there whole, or not at all
 */
#ifndef ND_UTIL_OUTFILE_H
#define ND_UTIL_OUTFILE_H

#include <stddef.h>
#include <sys/types.h>

#include "util/status.h"

/**
 * Replace the file at path by (bytes, len).
 *
 * A temporary file in the same directory is written, synced and renamed, then
 * the directory is synced. A symbolic link is followed; the mode of a file that
 * is replaced stays, and its owner where the user may do that. A new file is
 * the user's alone, as mail is. A path that is not a regular file (/dev/stdout,
 * a FIFO) is written to as it is.
 *
 * Returns    ND_OK; ND_ERR_IO: what was at path is still there
 */
enum nd_status nd_outfile_write(const char *path, const char *bytes, size_t len,
                                struct nd_error *err) ND_MUST_CHECK;

/**
 * The same for one who has looked at what is at path, and wants to know the
 * name of the temporary file, so that it is found again after a kill.
 *
 * temporary  in the same directory; must not be there
 * mode       of the file
 */
enum nd_status nd_outfile_replace(const char *path, const char *temporary,
                                  mode_t mode, const char *bytes, size_t len,
                                  struct nd_error *err) ND_MUST_CHECK;

/** As well as it goes: what is in a directory is on disk. */
void nd_outfile_sync_dir(const char *path);

/** write() until all is written; 0, or -1 with errno. */
int nd_outfile_write_all(int fd, const char *bytes, size_t len);

#endif
