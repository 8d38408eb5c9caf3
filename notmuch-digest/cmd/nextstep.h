/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * nextstep.h - one line behind a report for somebody who is new here
 *
 * On a terminal only, on stderr, and only while it helps: when there is no
 * mail to report, where there is some; and as long as nothing is set up.
 */
#ifndef ND_CMD_NEXTSTEP_H
#define ND_CMD_NEXTSTEP_H

#include "app/app.h"
#include "model/report.h"

/** Say it, if there is something to say. query: the report's. */
enum nd_status nd_nextstep_say(struct nd_app *app, const char *query,
                               const struct nd_report *report) ND_MUST_CHECK;

#endif
