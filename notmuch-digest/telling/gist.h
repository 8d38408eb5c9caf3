/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * gist.h - the gist of a thread in one line: what it is and where it stands
 *
 *	io_uring: fix the types, v2 by Pavel Example: applied by Jens Example
 *
 * From facts alone, in the language of the report.
 */
#ifndef ND_TELLING_GIST_H
#define ND_TELLING_GIST_H

#include "model/thread.h"
#include "util/i18n.h"

enum { ND_GIST_COLUMNS_MAX = 120 };

/**
 * The gist of a settled thread; owned by ctx, one line, never empty. The title
 * is cut where all together would be too wide.
 */
const char *nd_gist(const void *ctx, const struct nd_i18n *i18n,
                    const struct nd_thread *thread);

#endif
