/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "summarise/results.h"

#include <string.h>

#include "util/alloc.h"

const char *
nd_results_text(const void *ctx, const struct nd_thread *thread,
                const struct nd_event *event)
{
	const struct nd_event *other = thread->event;

	if (!event->url || strstr(event->text, event->url))
		return event->text;
	for (; other < event; other++)
		if (other->url && strcmp(other->url, event->url) == 0)
			return event->text;
	return x_asprintf(ctx, "%s (%s)", event->text, event->url);
}

/* What programs found: the one line of each of their mails that matters. */
static void
find_results(const struct nd_thread *thread, struct nd_source *source)
{
	for (size_t i = 0; i < thread->event_count; i++) {
		const struct nd_event *event = &thread->event[i];
		struct nd_source *of = &source[event->message];

		if (event->type == ND_EVENT_TEST_RESULT && of->robot &&
		    !of->result)
			of->result = event;
	}
}

/*
 * What a program found wrong is not told any more when it has found later that
 * all is well: that is.
 */
static void
settle_results(const struct nd_thread *thread, struct nd_source *source)
{
	for (size_t i = thread->message_count; i-- > 0;) {
		struct nd_source *late = &source[i];

		if (!late->result || late->result->flags & ND_EVENT_FAILED)
			continue;
		for (size_t k = 0; k < i; k++) {
			struct nd_source *early = &source[k];

			if (!early->result || early->person != late->person ||
			    early->result->about != late->result->about ||
			    !(early->result->flags & ND_EVENT_FAILED))
				continue;
			early->stale = true;
			late->mends = true;
		}
	}
}

/* Does it say what the same program has said of an earlier mail of its kind? */
static bool
is_repeated(const struct nd_thread *thread, const struct nd_source *source,
            size_t i)
{
	const struct nd_source *late = &source[i];
	const struct nd_message *message = thread->message[i];

	for (size_t k = 0; k < i; k++) {
		const struct nd_source *early = &source[k];

		if (early->result && !early->stale &&
		    early->person == late->person &&
		    (thread->message[k]->flags & ND_MESSAGE_NEW) ==
		            (message->flags & ND_MESSAGE_NEW) &&
		    strcmp(early->result->text, late->result->text) == 0)
			return true;
	}
	return false;
}

/* What a program answers, quoting what it said, is told by what it said. */
static void
drop_repeated(const struct nd_thread *thread, struct nd_source *source)
{
	for (size_t i = 0; i < thread->message_count; i++)
		if (source[i].result && is_repeated(thread, source, i))
			source[i].stale = true;
}

void
nd_results_find(const struct nd_thread *thread, struct nd_source *source)
{
	find_results(thread, source);
	settle_results(thread, source);
	drop_repeated(thread, source);
}
