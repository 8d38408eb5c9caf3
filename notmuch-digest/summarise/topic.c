/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "summarise/topic.h"

#include <string.h>

#include "util/alloc.h"
#include "util/utf8.h"

static const char *
title_of(const struct nd_thread *thread)
{
	const struct nd_message *root = nd_thread_root(thread);
	const char *title = root->parts ? root->parts->title : root->subject;

	return title && *title ? title : "(no subject)";
}

const char *
nd_topic(const void *ctx, const struct nd_material *m,
         const struct nd_choices *choices)
{
	const char *title = title_of(m->thread);
	size_t len = strlen(title);
	size_t keep = nd_utf8_fit(title, len, ND_TOPIC_CHARS_MAX - 1);

	(void)choices;
	if (keep == len)
		return x_strdup(ctx, title);
	return x_asprintf(ctx, "%.*s…", (int)keep, title);
}
