/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "summarise/gist.h"

#include <stdbool.h>
#include <string.h>

#include "model/address.h"
#include "summarise/itemtext.h"
#include "util/alloc.h"
#include "util/buf.h"
#include "util/str.h"
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

static size_t
width_of(const char *text)
{
	return nd_utf8_width(text, strlen(text));
}

/* "Marc Zyngier: Applied to kvmarm/next", the latest of a zone; or NULL. */
static const char *
latest_of(const void *ctx, const struct nd_candidates *m,
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
	                  nd_itemtext_clean(ctx, s->text, s->len));
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
		const char *who = nd_address_name(ctx, &t->who);

		/* Who reported it is not news of this thread. */
		if (!(flags & ND_MESSAGE_NEW) || strstr(event->data, who) ||
		    nd_str_starts(t->type, "Reported") ||
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

/* "v6, 38 patches" of a series that is new; or NULL. */
static const char *
posting_of(const void *ctx, const struct nd_thread *thread)
{
	const struct nd_series *series = thread->series;

	if (!series || thread->kind == ND_KIND_STABLE_REVIEW ||
	    !(nd_thread_root(thread)->flags & ND_MESSAGE_NEW))
		return NULL;
	if (series->version > 1 && series->total > 1)
		return x_asprintf(ctx, "v%d, %d patches", series->version,
		                  series->total);
	if (series->version > 1)
		return x_asprintf(ctx, "v%d", series->version);
	if (series->total > 1)
		return x_asprintf(ctx, "%d patches", series->total);
	return NULL;
}

/* "discussed by Will Deacon, Marc Zyngier" of those who are new; or NULL. */
static const char *
talkers_of(const void *ctx, const struct nd_candidates *m)
{
	struct nd_buf *event = nd_buf_new(ctx, EVENT_BYTES);
	int32_t starter = m->source[m->thread->root].person;
	unsigned named = 0;

	for (size_t i = 0; i < m->thread->message_count; i++) {
		const struct nd_source *source = &m->source[i];
		const char *name = m->speaker[source->person].name;

		if (source->robot || source->person == starter ||
		    !(m->thread->message[i]->flags & ND_MESSAGE_NEW) ||
		    strstr(event->data, name) || named == GIVERS_MAX)
			continue;
		nd_buf_addf(event, "%s%s", named++ ? ", " : "discussed by ",
		            name);
	}
	return named ? event->data : NULL;
}

/* "title – event", or the title alone, within the width of a subject. */
static const char *
join(const void *ctx, const char *title, const char *event)
{
	void *tmp = talloc_new(NULL);
	size_t room = ND_GIST_CHARS_MAX;
	const char *gist;

	if (event)
		room -= width_of(event) + 3;
	title = nd_utf8_truncate(tmp, title, room);
	if (event)
		gist = x_asprintf(ctx, "%s – %s", title, event);
	else
		gist = x_strdup(ctx, title);
	talloc_free(tmp);
	return gist;
}

static bool
fits(const char *event)
{
	return event && width_of(event) <= ND_GIST_CHARS_MAX - TITLE_MIN - 3;
}

const char *
nd_gist(const void *ctx, const struct nd_candidates *m,
        const struct nd_choices *choices)
{
	void *tmp = talloc_new(NULL);
	/* What a reader would ask for first. */
	const char *events[] = {
		latest_of(tmp, m, choices, ND_ZONE_DECISION),
		trailers_of(tmp, m->thread),
		latest_of(tmp, m, choices, ND_ZONE_QUESTION),
		talkers_of(tmp, m),
		posting_of(tmp, m->thread),
	};
	const char *event = NULL, *gist;

	for (size_t i = 0; i < sizeof events / sizeof events[0]; i++)
		if (!event && fits(events[i]))
			event = events[i];
	gist = join(ctx, title_of(m->thread), event);
	talloc_free(tmp);
	return gist;
}

/* "applied to kvmarm/next by Marc Zyngier", as far as it is known and fits. */
static const char *
taken_by(const void *ctx, const char *verb, const struct nd_applied *applied)
{
	const char *by = applied ? applied->by : "";
	const char *tree = applied ? applied->tree : "";
	const char *forms[] = {
		*by && *tree ? x_asprintf(ctx, "%s to %s by %s", verb, tree, by)
			     : NULL,
		*by ? x_asprintf(ctx, "%s by %s", verb, by) : NULL,
		*tree ? x_asprintf(ctx, "%s to %s", verb, tree) : NULL,
	};

	for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++)
		if (fits(forms[i]))
			return forms[i];
	return verb;
}

/* What became of what is to be taken; or NULL. */
static const char *
state_outcome(const void *ctx, const struct nd_thread *thread)
{
	const struct nd_series *series = thread->series;

	switch (thread->state) {
	case ND_STATE_APPLIED:
		return taken_by(ctx, "applied", thread->applied);
	case ND_STATE_PULLED:
		return taken_by(ctx, "pulled", thread->applied);
	case ND_STATE_MERGED:
		return "merged";
	case ND_STATE_MERGED_STABLE:
		return "in stable";
	case ND_STATE_SUPERSEDED:
		if (series && series->next)
			return x_asprintf(ctx, "superseded by v%d",
			                  series->next->version);
		return "superseded";
	case ND_STATE_WITHDRAWN:
		return "withdrawn";
	case ND_STATE_REJECTED:
		return "rejected";
	case ND_STATE_REVIEWED:
		return "reviewed, not applied yet";
	case ND_STATE_CHANGES_REQUESTED:
		return "changes requested";
	default:
		return NULL;
	}
}

/* "2 of 5 applied": of patches that mails or commits name. */
static const char *
part_of(const void *ctx, const struct nd_thread *thread)
{
	const struct nd_applied *applied = thread->applied;

	if (!applied || applied->patch_count == 0 || applied->patch_total == 0)
		return NULL;
	return x_asprintf(ctx, "%zu of %d applied", applied->patch_count,
	                  applied->patch_total);
}

/* What became of the thread, when that is more than talk; or NULL. */
static const char *
outcome_of(const void *ctx, const struct nd_thread *thread)
{
	const char *outcome = state_outcome(ctx, thread);
	const char *part = part_of(ctx, thread), *both;

	if (!part)
		return outcome;
	if (!outcome || thread->state == ND_STATE_APPLIED ||
	    thread->state == ND_STATE_REVIEWED)
		return taken_by(ctx, part, thread->applied);
	both = x_asprintf(ctx, "%s, %s", outcome, part);
	return fits(both) ? both : part;
}

void
nd_gist_outcome(struct nd_thread *thread)
{
	void *tmp = talloc_new(NULL);
	const char *outcome = outcome_of(tmp, thread);

	if (thread->summary && !thread->summary->model && fits(outcome))
		thread->summary->gist =
			join(thread->summary, title_of(thread), outcome);
	talloc_free(tmp);
}
