/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/warn.h"

#include <stdio.h>

void
nd_warn_problems(const struct nd_options *options,
                 const struct nd_report *report)
{
	size_t mails = report->problem_total;

	if (options->quiet)
		return;
	/* What is no mail's is about the run, and always said. */
	for (size_t i = 0; i < report->problem_count; i++) {
		const struct nd_problem *problem = &report->problem[i];

		if (problem->id || problem->file)
			continue;
		fprintf(stderr, "notmuch-digest: %s\n", problem->what);
		mails--;
	}
	if (mails == 0)
		return;
	fprintf(stderr, "notmuch-digest: %zu problem%s with mails%s\n", mails,
	        mails == 1 ? "" : "s",
	        options->verbose ? "" : " (--verbose names them)");
	for (size_t i = 0; options->verbose && i < report->problem_count; i++) {
		const struct nd_problem *problem = &report->problem[i];

		if (!problem->id && !problem->file)
			continue;
		fprintf(stderr, "notmuch-digest: %s%s: %s\n",
		        problem->id ? "id:" : "",
		        problem->id ? problem->id : problem->file,
		        problem->what);
	}
}

void
nd_warn_mail(const struct nd_options *options, const char *id, const char *what)
{
	if (!options->quiet)
		fprintf(stderr, "notmuch-digest: id:%s: %s\n", id, what);
}
