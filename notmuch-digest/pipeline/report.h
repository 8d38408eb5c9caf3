/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * report.h - from a query to a report: the one place that joins the layers
 *
 * query -> mail/ (load, read, link) -> analyse/ -> summarise/ -> struct
 * nd_report. Threads are worked on in parallel; each gives up its text when it
 * has been summarised, so memory stays small whatever the size of the mailbox.
 */
#ifndef ND_PIPELINE_REPORT_H
#define ND_PIPELINE_REPORT_H

#include "app/app.h"
#include "pipeline/reportrequest.h"

/**
 * Make the report.
 *
 * app        its db is opened when it is not, and closed as soon as all has
 *            been copied out of it
 * *out       owned by app; untouched on failure
 *
 * A mail that cannot be read is a problem in the report, not a failure.
 * Returns    ND_OK, also when llm only looked (nd_llm_preview()); what
 *            nd_llm_run() and the database return
 */
enum nd_status
nd_report_gather(struct nd_app *app, const struct nd_report_request *how,
                 struct nd_report **out) ND_MUST_CHECK;

#endif
