/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "words/familylist.h"

#include <string.h>

#include "model/address.h"
#include "text/lineform.h"
#include "util/alloc.h"
#include "util/str.h"
#include "util/utf8.h"
#include "words/maillist.h"
#include "words/statusline.h"

enum {
	LINE_BYTES_MAX = 4096,
	ASKERS_MAX = 3,
	CHANGE_COLUMNS = 72, /* of a change log's first line */
};

bool
nd_familylist_is_told(const struct nd_labels *labels,
                      const struct nd_thread *thread)
{
	return labels->fold && thread->family.entry;
}

size_t
nd_familylist_count(const struct nd_labels *labels,
                    const struct nd_thread *entry)
{
	size_t count = labels->fold ? entry->family.member_count : 0;

	return count < ND_FAMILYLIST_MAX ? count : ND_FAMILYLIST_MAX;
}

static bool
is_version(const struct nd_thread *thread)
{
	return thread->family.kin == ND_KIN_EARLIER ||
	       thread->family.kin == ND_KIN_AGAIN;
}

const char *
nd_familylist_heading(const struct nd_labels *labels,
                      const struct nd_thread *entry)
{
	const struct nd_family *family = &entry->family;
	/* Versions come first. */
	bool versions = is_version(family->member[0]);
	bool backports = !is_version(family->member[family->member_count - 1]);

	if (versions && backports)
		return nd_tr(labels->i18n, "Earlier versions and backports");
	return versions ? nd_tr(labels->i18n, "Earlier versions")
	                : nd_tr(labels->i18n, "Backports");
}

/* ---- what it is ---------------------------------------------------------- */

static void
add_version(struct nd_buf *out, const struct nd_series *series)
{
	nd_buf_addf(out, series->rfc ? "RFC v%d" : "v%d", series->version);
	if (series->revision > 0)
		nd_buf_addf(out, ".%d", series->revision);
}

/* Is there a release, or a list of some, in the text? */
static bool
names_release(const char *text)
{
	for (; *text; text++)
		if (*text == '{' || *text == ',' ||
		    (nd_is_digit(text[0]) && text[1] == '.' &&
		     nd_is_digit(text[2])))
			return true;
	return false;
}

/* "5.4", or what the tag says, when that is more: "[PATCH stable-4.{4,9}]". */
static const char *
tree_of(const struct nd_thread *thread)
{
	const struct nd_subject *parts =
		thread->message[thread->series->root]->parts;
	const char *stable = parts->stable ? parts->stable : "";
	const char *at = strstr(parts->prefix, stable);

	if (!*stable)
		return "";
	if (!at || strchr(parts->prefix, '{') ||
	    names_release(at + strlen(stable)))
		return parts->prefix;
	return stable;
}

static void
add_backport(struct nd_buf *out, const struct nd_labels *labels,
             const struct nd_thread *thread)
{
	const char *tree = tree_of(thread);

	/* A tag that is told whole names the version. */
	if (*tree && !nd_is_digit(*tree)) {
		nd_buf_addf(out, "%s %s", nd_tr(labels->i18n, "backport"),
		            tree);
		return;
	}
	if (*tree)
		nd_buf_addf(out, nd_tr(labels->i18n, "backport to %s"), tree);
	else
		nd_buf_adds(out, nd_tr(labels->i18n, "backport"));
	if (thread->series->version > 1) {
		nd_buf_addc(out, ' ');
		add_version(out, thread->series);
	}
}

static void
add_what(struct nd_buf *out, const struct nd_labels *labels,
         const struct nd_thread *thread)
{
	switch (thread->family.kin) {
	case ND_KIN_NONE:
		break;
	case ND_KIN_EARLIER:
		add_version(out, thread->series);
		break;
	case ND_KIN_AGAIN:
		add_version(out, thread->series);
		nd_buf_adds(out, nd_tr(labels->i18n, ", sent again later"));
		break;
	case ND_KIN_BACKPORT:
		add_backport(out, labels, thread);
		break;
	case ND_KIN_NOTICE:
		nd_buf_adds(out, nd_tr(labels->i18n, "notice"));
		break;
	}
}

/* Readers know it by the title that it had. */
static void
add_title(struct nd_buf *out, const struct nd_thread *thread,
          const struct nd_thread *entry)
{
	if (is_version(thread) && *thread->series->title &&
	    strcmp(thread->series->title, entry->series->title) != 0)
		nd_buf_addf(out, " “%s”", thread->series->title);
}

/* ---- what came of it ----------------------------------------------------- */

static bool
asks_for_changes(const struct nd_event *event)
{
	return (event->type == ND_EVENT_CHANGES_REQUESTED ||
	        event->type == ND_EVENT_NACK ||
	        event->type == ND_EVENT_OBJECTION) &&
	       !(event->flags & ND_EVENT_BY_AUTHOR);
}

/* "Ann, Ben, Cleo": the first of them; "" when nobody did. */
static const char *
askers(const void *ctx, const struct nd_thread *thread)
{
	struct nd_buf *out = nd_buf_new(ctx, LINE_BYTES_MAX);
	const struct nd_address *asker[ASKERS_MAX];
	size_t count = 0;

	for (size_t i = 0; i < thread->event_count && count < ASKERS_MAX; i++) {
		const struct nd_event *event = &thread->event[i];
		size_t k = 0;

		if (!asks_for_changes(event))
			continue;
		while (k < count &&
		       !nd_address_same_person(asker[k], &event->who))
			k++;
		if (k == count)
			asker[count++] = &event->who;
	}
	for (size_t i = 0; i < count; i++)
		nd_buf_addf(out, "%s%s", i > 0 ? ", " : "",
		            nd_address_name(out, asker[i]));
	return nd_buf_finish(ctx, out);
}

static void
add_outcome(struct nd_buf *out, const struct nd_labels *labels,
            const struct nd_thread *thread)
{
	const char *asked = askers(out, thread);
	const char *outcome = nd_statusline_outcome(out, labels, thread);

	/* Who asked for changes says that they were asked for. */
	if (*outcome &&
	    !(*asked && thread->state == ND_STATE_CHANGES_REQUESTED))
		nd_buf_addf(out, ", %s", outcome);
	if (*asked)
		nd_buf_addf(out,
		            nd_tr(labels->i18n, ", changes asked for by %s"),
		            asked);
}

/* ---- what changed after it ------------------------------------------------ */

static const struct nd_change *
change_in(const struct nd_series *series, int version)
{
	for (size_t i = 0; series && i < series->change_count; i++) {
		const struct nd_change *change = &series->change[i];

		if (change->from == version ||
		    (change->from == 0 && change->to == version + 1))
			return change;
	}
	return NULL;
}

/* What its successors say of it, the newest first. */
static const struct nd_change *
change_after(const struct nd_thread *thread, const struct nd_thread *entry)
{
	int version = thread->series->version;
	const struct nd_change *change = change_in(entry->series, version);

	for (size_t i = 0;
	     !change && i < entry->family.member_count && i < ND_FAMILYLIST_MAX;
	     i++)
		if (entry->family.member[i]->family.kin == ND_KIN_EARLIER)
			change = change_in(entry->family.member[i]->series,
			                   version);
	return change;
}

/* The first point of a list, or the first line of what is no list, in a line. */
static struct nd_buf *
first_point(const void *ctx, const char *text)
{
	struct nd_buf *point = nd_buf_new(ctx, LINE_BYTES_MAX);
	size_t len, bullet;

	text += strspn(text, " \t");
	len = strcspn(text, "\n");
	bullet = nd_lineform_bullet(text, len);
	text += bullet;
	len -= bullet;
	nd_buf_add(point, text, len);
	while (bullet > 0 && text[len] == '\n') {
		text += len + 1;
		len = strcspn(text, "\n");
		if (nd_lineform_bullet(text, len) > 0)
			break;
		nd_buf_addc(point, ' ');
		nd_buf_add(point, text + strspn(text, " \t"),
		           len - strspn(text, " \t"));
	}
	return point;
}

/* A line that must be cut is cut between words, where it has two. */
static size_t
before_last_blank(const char *text, size_t len)
{
	size_t end = len;

	while (end > 0 && text[end] != ' ')
		end--;
	return end > 0 ? end : len;
}

static void
add_change(struct nd_buf *out, const struct nd_labels *labels,
           const struct nd_thread *thread, const struct nd_thread *entry)
{
	const struct nd_change *change = thread->family.kin == ND_KIN_EARLIER
	                                         ? change_after(thread, entry)
	                                         : NULL;
	struct nd_buf *point;
	size_t fit;

	if (!change)
		return;
	point = first_point(out, change->text);
	fit = nd_utf8_fit(point->data, point->len, CHANGE_COLUMNS);
	if (point->len == 0)
		return;
	nd_buf_addf(out, nd_tr(labels->i18n, "; changed in v%d: "),
	            change->to ? change->to : thread->series->version + 1);
	if (fit < point->len)
		fit = before_last_blank(point->data, fit);
	nd_buf_add(out, point->data, fit);
	if (fit < point->len)
		nd_buf_adds(out, "…");
}

const char *
nd_familylist_line(const void *ctx, const struct nd_labels *labels,
                   const struct nd_thread *entry, size_t i)
{
	const struct nd_thread *thread = entry->family.member[i];
	const struct nd_counts *counts = &thread->counts;
	struct nd_buf *out = nd_buf_new(ctx, LINE_BYTES_MAX);

	add_what(out, labels, thread);
	add_title(out, thread, entry);
	nd_buf_addf(out, nd_tr(labels->i18n, ", %s: "),
	            nd_maillist_day(out, labels,
	                            nd_message_day_s(nd_thread_root(thread))));
	nd_buf_adds(out, nd_label_mails(out, labels, counts->total));
	if (counts->new_messages < counts->total)
		nd_buf_addf(out, nd_tr(labels->i18n, " (%u new)"),
		            counts->new_messages);
	add_outcome(out, labels, thread);
	add_change(out, labels, thread, entry);
	return nd_buf_finish(ctx, out);
}

const char *
nd_familylist_rest(const void *ctx, const struct nd_labels *labels,
                   const struct nd_thread *entry)
{
	unsigned long more =
		entry->family.member_count - nd_familylist_count(labels, entry);

	if (!labels->fold || more == 0)
		return "";
	return x_asprintf(
		ctx, nd_trn(labels->i18n, "and %lu more", "and %lu more", more),
		more);
}

const char *
nd_familylist_told(const void *ctx, const struct nd_labels *labels,
                   struct nd_thread *const *thread, size_t count)
{
	unsigned long told = 0;

	for (size_t i = 0; i < count; i++)
		told += nd_familylist_is_told(labels, thread[i]);
	if (told == 0)
		return "";
	return x_asprintf(ctx,
	                  nd_trn(labels->i18n,
	                         "%lu of them in the entry of another",
	                         "%lu of them in the entries of others", told),
	                  told);
}
