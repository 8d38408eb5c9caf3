/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * maildirfile.h - where a mail's file is now
 *
 * A client that has shown a mail or flagged it renames its file: from new to
 * cur, from :2, to :2,S. The database knows of that only after the next
 * `notmuch new`, but the name stays the same up to the flags.
 */
#ifndef ND_MAIL_MAILDIRFILE_H
#define ND_MAIL_MAILDIRFILE_H

/**
 * Look for a file that is not where it was.
 *
 * path       as the database has it, below cur or new of a maildir
 * Returns    its path now, owned by ctx; NULL when it is in neither
 */
char *nd_maildirfile_locate(const void *ctx, const char *path);

/** Length of a file name up to the flags and the UID that mbsync adds. */
unsigned nd_maildirfile_stem(const char *name);

#endif
