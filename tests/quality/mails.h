/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * mails.h - threads from lists of files, for the tools beside this file
 *
 * A list has a line for each mail: fields parted by tabs, the last of which is
 * the file. Mails one after another whose other fields are the same are a
 * thread. Lines without a tab are passed over.
 */
#ifndef ND_TESTS_MAILS_H
#define ND_TESTS_MAILS_H

#include <stddef.h>
#include <stdint.h>

#include "model/thread.h"

struct mails;

/** NULL, and errno, when it cannot be opened. */
struct mails *mails_open(const void *ctx, const char *path);

/**
 * Go on to the next thread.
 *
 * Returns    its fields but the file, still parted by tabs; the caller may
 *            write into them, they are good until the next call. NULL at the
 *            end
 */
char *mails_next(struct mails *mails);

/**
 * Read that thread, with links between its mails and facts; owned by ctx.
 *
 * Mails before since_s are known already, those from until_s on are left out.
 * A mail that cannot be read is told on stderr.
 * Returns    NULL when no mail is left
 */
struct nd_thread *mails_read(const void *ctx, const struct mails *mails,
                             int64_t since_s, int64_t until_s);

/** Part a line at tabs and ends, in place; returns how many fields it has. */
size_t mails_split(char *line, char **field, size_t max);

#endif
