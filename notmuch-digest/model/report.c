/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/report.h"

#include <string.h>

struct nd_report_section
nd_report_whole(const struct nd_report *report)
{
	return (struct nd_report_section){
		.list = "",
		.messages = report->messages,
		.large_threads = report->large_threads,
		.participants = report->participants,
		.category = report->category,
		.category_count = report->category_count,
		.thread = report->thread,
		.thread_count = report->thread_count,
		.thread_total = report->thread_total,
	};
}

bool
nd_report_has_sections(const struct nd_report *report)
{
	return report->section_count > 1;
}

bool
nd_report_section_has(const struct nd_report_section *section,
                      const struct nd_thread *thread)
{
	return !*section->list ||
	       (thread->list && strcmp(section->list, thread->list) == 0);
}

size_t
nd_report_category(const struct nd_report_section *section,
                   const struct nd_thread *thread)
{
	const char *name = nd_thread_category(thread);
	/* A user's category may bear the name of one of ours. */
	size_t i = thread->user_category ? 0 : section->category_count - 1;

	if (thread->user_category) {
		while (strcmp(section->category[i].name, name) != 0)
			i++;
	} else {
		while (strcmp(section->category[i].name, name) != 0)
			i--;
	}
	return i;
}
