/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analyse/analyse.h"

#include <string.h>

#include "analyse/category.h"
#include "analyse/changelog.h"
#include "analyse/committers.h"
#include "analyse/fingerprint.h"
#include "analyse/ledger.h"
#include "analyse/people.h"
#include "analyse/posting.h"
#include "analyse/speech.h"
#include "analyse/trailers.h"
#include "text/subjectline.h"
#include "util/alloc.h"

static void
describe_series(const struct nd_thread *thread, struct nd_series *series)
{
	/* What a pull request brings along has been posted before. */
	if (!series || thread->category == ND_CATEGORY_PULL)
		return;
	nd_changelog_find(series, thread->message[series->root]->body);
	nd_fingerprint_make(thread, series);
}

/* notmuch sets it for PGP/MIME and S/MIME; the user may take it away. */
static bool
has_encrypted_tag(const struct nd_thread *thread)
{
	for (size_t i = 0; i < thread->tag_count; i++)
		if (strcmp(thread->tag[i], "encrypted") == 0)
			return true;
	return false;
}

/* What people say is read once, for the kind of the thread and its events. */
static void
find_events(struct nd_thread *thread)
{
	int32_t *target = nd_posting_targets(NULL, thread);
	const struct nd_act_mail *acts = nd_speech_read(target, thread, target);

	nd_category_find_kind(thread, acts);
	nd_ledger_find(thread, target, acts);
	talloc_free(target);
}

void
nd_analyse_posting(struct nd_thread *thread)
{
	if (has_encrypted_tag(thread))
		thread->encrypted = true;
	for (size_t i = 0; i < thread->message_count; i++) {
		struct nd_message *message = thread->message[i];

		message->parts =
			nd_subjectline_parse(message, message->subject);
		if (message->body && (message->body->flags & ND_BODY_ENCRYPTED))
			thread->encrypted = true;
	}
	nd_people_lend(thread);
	nd_people_count(thread);
	nd_posting_find_series(thread);
	nd_category_find(thread);
	nd_fingerprint_pull(thread);
	describe_series(thread, thread->series);
	for (size_t i = 0; i < thread->more_series_count; i++)
		describe_series(thread, thread->more_series[i]);
}

void
nd_analyse_thread(struct nd_thread *thread)
{
	nd_analyse_posting(thread);
	nd_trailers_find(thread);
	nd_committers_compare(thread);
	find_events(thread);
}
