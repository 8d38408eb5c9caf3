/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * listchoice.h - the mailing lists that a report is asked for
 *
 * digest.lists names them, --list chooses some. Without either --list or QUERY
 * a report is about all of them; a QUERY alone is about no list.
 */
#ifndef ND_APP_LISTCHOICE_H
#define ND_APP_LISTCHOICE_H

#include "app/app.h"

struct nd_listchoice {
	const struct nd_named_query **list; /* in the order of digest.lists,
					     * each once */
	size_t count;                       /* 0: no lists */
};

/**
 * The lists that the options ask for.
 *
 * out        its array is owned by app
 * Returns    ND_OK; ND_ERR_USAGE for a name that digest.lists does not have
 */
enum nd_status
nd_listchoice_read(struct nd_app *app, struct nd_listchoice *out) ND_MUST_CHECK;

/**
 * The mails of these lists that match query; owned by ctx.
 *
 * query      "" or "*" for all
 */
const char *
nd_listchoice_query(const void *ctx, const struct nd_listchoice *choice,
                    const char *query);

#endif
