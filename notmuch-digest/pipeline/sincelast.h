/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * sincelast.h - a report that begins where the one before it ended
 */
#ifndef ND_PIPELINE_SINCELAST_H
#define ND_PIPELINE_SINCELAST_H

#include "pipeline/report.h"
#include "store/delivered.h"

/**
 * Let the window begin where the delivered report of this query ended that
 * ended last before the window does; when there is none it stays as it is.
 *
 * how        its query, flags and window; app->db is open
 * last       filled in; its id is owned by app, NULL for none
 */
enum nd_status
nd_sincelast_begin(struct nd_app *app, struct nd_report_request *how,
                   struct nd_delivered *last) ND_MUST_CHECK;

/**
 * Find out what has become of the threads of the report since its window
 * began: those that have mail of before are analysed as they stood then.
 *
 * how        what the report was made with
 * report     its since_last is set
 */
enum nd_status
nd_sincelast_compare(struct nd_app *app, const struct nd_report_request *how,
                     const struct nd_delivered *last,
                     struct nd_report *report) ND_MUST_CHECK;

#endif
