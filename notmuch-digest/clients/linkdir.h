/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * linkdir.h - a maildir of links to some mails, made and cleaned by us
 *
 * For clients without notmuch, which see a thread with its digest as a folder.
 * Links are hard ones where the file system allows: when the client changes a
 * flag, it renames the link, and the mail keeps its own name; across file
 * systems they are symbolic. No mail is ever written to.
 *
 * The directory is ours when it has our marker in it; of what lies in it, only
 * names of our form are ever removed.
 */
#ifndef ND_CLIENTS_LINKDIR_H
#define ND_CLIENTS_LINKDIR_H

#include <stdbool.h>
#include <stddef.h>

#include "util/status.h"

struct nd_linkdir;

/**
 * Make the directory, or take one that is empty or ours. Others of its kind
 * beside it (NAME.PID, where the process PID is gone) are taken away.
 *
 * mail_root  it must not lie in there
 * *out       owned by ctx; no other run has it meanwhile
 * Returns    ND_OK; ND_ERR_CONFIG when it must be left alone; ND_ERR_IO
 */
enum nd_status
nd_linkdir_open(const void *ctx, const char *path, const char *mail_root,
                struct nd_linkdir **out, struct nd_error *err) ND_MUST_CHECK;

/** A file of a maildir that shall be in it; "" is skipped. */
void nd_linkdir_want(struct nd_linkdir *dir, const char *file);

/** Take away the links that are not wanted, make those that are missing. */
enum nd_status
nd_linkdir_settle(struct nd_linkdir *dir, struct nd_error *err) ND_MUST_CHECK;

/** Its path; owned by dir. */
const char *nd_linkdir_path(const struct nd_linkdir *dir);

/** All directories of ours in this one; it itself when nothing else is left. */
void nd_linkdir_remove_all(const char *path);

#endif
