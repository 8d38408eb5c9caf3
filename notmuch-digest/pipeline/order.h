/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * order.h - order the threads of a report and count them
 */
#ifndef ND_PIPELINE_ORDER_H
#define ND_PIPELINE_ORDER_H

#include "app/settings.h"
#include "model/report.h"
#include "util/map.h"

/** Is some mail of the thread a key of ids? */
bool nd_order_has_any(const struct nd_thread *thread, const struct nd_map *ids);

/** Append problems to the report; over ND_LIMIT_PROBLEMS they only count. */
void nd_order_add_problems(struct nd_report *report,
                           const struct nd_problem *problem, size_t count);

/**
 * Fill in totals, category rows and the list's name, sort the threads, and
 * divide them among the sections, which have their names.
 */
void
nd_order_report(struct nd_report *report, const struct nd_settings *settings);

/**
 * Keep the first limit threads of the front page's order, all for 0: the same
 * ones in whatever order a format has them. Totals and front page stay.
 */
void nd_order_limit(struct nd_report *report, unsigned limit);

#endif
