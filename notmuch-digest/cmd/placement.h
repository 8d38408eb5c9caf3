/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * placement.h - what setup puts into files of the user's: looked at, then made
 *
 * A placement is worked out without touching anything, can be shown as a
 * difference, and is made file by file, each of them whole or not at all.
 */
#ifndef ND_CMD_PLACEMENT_H
#define ND_CMD_PLACEMENT_H

#include <sys/types.h>

#include "app/app.h"
#include "clients/client.h"
#include "clients/dotfile.h"
#include "mail/listsample.h"
#include "util/buf.h"

struct nd_placement_file {
	struct nd_dotfile before;
	const char *after;
	mode_t mode; /* of one that is made, before umask */
	bool kept;   /* a copy of what the user had is put beside it */
};

struct nd_placement {
	struct nd_placement_file *file;
	size_t count;
};

/** Would making it change anything? */
bool nd_placement_is_new(const struct nd_placement *placement);

/** Append it as diff -u would show it. */
void
nd_placement_show(const struct nd_placement *placement, struct nd_buf *out);

/** Make it; names the files on stdout. Returns ND_OK; ND_ERR_IO */
enum nd_status
nd_placement_make(struct nd_app *app,
                  const struct nd_placement *placement) ND_MUST_CHECK;

/*
 * Each of the following works one out, owned by app.
 *
 * Returns    ND_OK; ND_ERR_CONFIG when a file must be left alone, with the
 *            reason; ND_ERR_IO
 */

/** The hook of notmuch new; app's database is open. */
enum nd_status
nd_placement_of_hook(struct nd_app *app, const char *program,
                     struct nd_placement *placement) ND_MUST_CHECK;

/** What is wrong with the hook as it is now, on stderr. */
void nd_placement_warn_of_hook(const struct nd_placement *placement);

/** The files of a mail client. */
enum nd_status
nd_placement_of_client(struct nd_app *app, const struct nd_client_plan *plan,
                       struct nd_placement *placement) ND_MUST_CHECK;

/**
 * digest.query in notmuch's configuration and, for several lists, digest.lists;
 * app's database is open.
 *
 * list       at least one
 * folder     digest.folder; NULL: it need not be named
 */
enum nd_status
nd_placement_of_lists(struct nd_app *app,
                      const struct nd_listsample *const *list, size_t count,
                      const char *folder,
                      struct nd_placement *placement) ND_MUST_CHECK;

/** Take what that put into the configuration out again; *path names the file
 * when there was something, else it is NULL. */
enum nd_status
nd_placement_remove_lists(struct nd_app *app, const char **path) ND_MUST_CHECK;

/** Is what that put there in the configuration? */
bool nd_placement_has_lists(struct nd_app *app);

#endif
