/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "summarise/topic.h"

#include <string.h>

#include "summarise/clean.h"
#include "util/alloc.h"
#include "util/buf.h"
#include "util/utf8.h"

enum {
	TITLE_MIN = 48, /* columns of the title that stay readable */
	GIVERS_MAX = 3, /* of trailers that are named */
	EVENT_BYTES = 400,
};

static const char *
title_of(const struct nd_thread *thread)
{
	const struct nd_message *root = nd_thread_root(thread);
	const char *title = root->parts ? root->parts->title : root->subject;

	return title && *title ? title : "(no subject)";
}

/* A copy of text cut to columns between words, with an ellipsis. */
static const char *
fit_words(const void *ctx, const char *text, size_t columns)
{
	size_t len = strlen(text);
	size_t keep = nd_utf8_fit(text, len, columns);
	size_t blank;

	if (keep == len)
		return text;
	keep = blank = nd_utf8_fit(text, len, columns - 1);
	while (blank > keep / 2 && text[blank] != ' ')
		blank--;
	if (text[blank] == ' ')
		keep = blank;
	while (keep && strchr(" ,;:-(", text[keep - 1]))
		keep--;
	return x_asprintf(ctx, "%.*s…", (int)keep, text);
}

static size_t
width_of(const char *text)
{
	return nd_utf8_width(text, strlen(text));
}

/* "Marc Zyngier: Applied to kvmarm/next", the latest of a zone; or NULL. */
static const char *
latest_of(const void *ctx, const struct nd_material *m,
          const struct nd_choices *choices, enum nd_zone zone)
{
	const struct nd_candidate *latest = NULL;
	const struct nd_sentence *s;

	for (size_t i = 0; i < choices->count; i++)
		if (choices->choice[i].zone == zone)
			latest = &m->candidate[choices->choice[i].candidate];
	if (!latest)
		return NULL;
	s = &latest->sentence;
	return x_asprintf(ctx, "%s: %s",
	                  m->speaker[m->source[latest->message].person].name,
	                  nd_clean_sentence(ctx, s->text, s->len));
}

/* "Reviewed-by Will Deacon, Mark Brown" of new mails; or NULL. */
static const char *
trailers_of(const void *ctx, const struct nd_thread *thread)
{
	struct nd_buf *event = nd_buf_new(ctx, EVENT_BYTES);
	const char *type = NULL;
	unsigned named = 0;

	for (size_t i = 0; i < thread->trailer_count; i++) {
		const struct nd_trailer *t = &thread->trailer[i];
		unsigned flags = thread->message[t->message]->flags;
		const char *who = nd_address_label(ctx, &t->who);

		if (!(flags & ND_MESSAGE_NEW) || strstr(event->data, who) ||
		    (type && strcmp(type, t->type) != 0))
			continue;
		if (named++ == GIVERS_MAX)
			break;
		if (!type)
			nd_buf_adds(event, t->type);
		type = t->type;
		nd_buf_addf(event, "%s %s", named > 1 ? "," : "", who);
	}
	return named ? event->data : NULL;
}

/* "v6, 38 patches" while nobody has answered; or NULL. */
static const char *
posting_of(const void *ctx, const struct nd_thread *thread)
{
	const struct nd_series *series = thread->series;
	unsigned flags = nd_thread_root(thread)->flags;

	if (!series || !(flags & ND_MESSAGE_NEW))
		return NULL;
	if (series->total > 1)
		return x_asprintf(ctx, "v%d, %d patches", series->version,
		                  series->total);
	return x_asprintf(ctx, "v%d", series->version);
}

const char *
nd_topic(const void *ctx, const struct nd_material *m,
         const struct nd_choices *choices)
{
	void *tmp = talloc_new(NULL);
	const char *title = title_of(m->thread), *topic;
	/* What a reader would ask for first. */
	const char *events[] = {
		latest_of(tmp, m, choices, ND_ZONE_DECISION),
		trailers_of(tmp, m->thread),
		latest_of(tmp, m, choices, ND_ZONE_QUESTION),
		posting_of(tmp, m->thread),
	};
	const char *event = NULL;
	size_t room = ND_TOPIC_CHARS_MAX;

	for (size_t i = 0; i < sizeof events / sizeof events[0]; i++)
		if (!event && events[i] &&
		    width_of(events[i]) <= ND_TOPIC_CHARS_MAX - TITLE_MIN - 3)
			event = events[i];
	if (event)
		room -= width_of(event) + 3;
	title = fit_words(tmp, title, room);
	if (event)
		topic = x_asprintf(ctx, "%s – %s", title, event);
	else
		topic = x_strdup(ctx, title);
	talloc_free(tmp);
	return topic;
}
