/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/warn.h"

#include <stdio.h>

void
nd_warn_problems(const struct nd_options *options,
                 const struct nd_report *report)
{
	if (options->quiet || report->problem_total == 0)
		return;
	fprintf(stderr, "notmuch-digest: %zu problem%s with mails%s\n",
	        report->problem_total, report->problem_total == 1 ? "" : "s",
	        options->verbose ? "" : " (--verbose names them)");
	for (size_t i = 0; options->verbose && i < report->problem_count; i++) {
		const struct nd_problem *problem = &report->problem[i];

		fprintf(stderr, "notmuch-digest: %s%s: %s\n",
		        problem->id ? "id:" : "",
		        problem->id     ? problem->id
		        : problem->file ? problem->file
		                        : "?",
		        problem->what);
	}
}
