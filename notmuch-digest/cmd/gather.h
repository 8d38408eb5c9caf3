/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * gather.h - the report behind a list: one query, facts without summaries
 */
#ifndef ND_CMD_GATHER_H
#define ND_CMD_GATHER_H

#include "app/app.h"
#include "model/report.h"
#include "words/format.h"

/**
 * Gather the threads that the options name (QUERY, else digest.query, else all;
 * --since, --until, --jobs), and warn of what could not be read.
 *
 * flags     enum nd_report_flags: what is wanted of each thread
 * *render   how to print it, by --lang and the terminal
 * *out      owned by app; untouched on failure
 * Returns   ND_OK; what the period, the query or the database is at fault for
 */
enum nd_status
nd_gather(struct nd_app *app, unsigned flags, struct nd_render_options *render,
          struct nd_report **out) ND_MUST_CHECK;

#endif
