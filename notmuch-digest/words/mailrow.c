/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "words/mailrow.h"

#include <stdio.h>
#include <string.h>

#include "util/alloc.h"
#include "words/entry.h"
#include "words/familylist.h"
#include "words/maillist.h"

/* ---- what a mail's subject adds to the thread's --------------------------- */

static bool
ends_with(const char *text, const char *end)
{
	size_t len = strlen(text), end_len = strlen(end);

	return len >= end_len && strcmp(text + len - end_len, end) == 0;
}

/*
 * How the subjects of the thread's series are numbered: as its root's, or, when
 * that is a cover letter without a tag, as those of its patches; or NULL.
 */
static const struct nd_subject *
numbered(const struct nd_thread *thread)
{
	const struct nd_subject *parts = nd_thread_root(thread)->parts;
	const struct nd_series *series = thread->series;

	for (int i = 0; series && i < series->total; i++)
		if (parts && !(parts->flags & ND_SUBJECT_NUMBERED) &&
		    series->patch[i] != ND_NO_MESSAGE)
			parts = thread->message[series->patch[i]]->parts;
	return parts && parts->flags & ND_SUBJECT_NUMBERED ? parts : NULL;
}

/*
 * What the subject adds to the thread's: nothing in most answers, "03/11 title"
 * for the patches of its series, without the title where the lines above tell
 * what is in the mail.
 */
static const char *
own_subject(const void *ctx, const struct nd_labels *labels,
            const struct nd_thread *thread, size_t index)
{
	const struct nd_message *mail = thread->message[index];
	const struct nd_message *root = nd_thread_root(thread);
	const struct nd_subject *parts = mail->parts, *all = numbered(thread);
	bool in_series = all && parts && parts->flags & ND_SUBJECT_NUMBERED &&
	                 parts->version == all->version &&
	                 parts->total == all->total;
	int digits;
	bool told;

	/* A patch may have the title of its cover letter. */
	if ((!in_series || parts->number == root->parts->number) &&
	    (ends_with(mail->subject, root->subject) ||
	     ends_with(root->subject, mail->subject)))
		return "";
	if (!in_series)
		return mail->subject;
	told = parts->flags & ND_SUBJECT_REPLY &&
	       nd_entry_tells(labels, thread, (int32_t)index);
	/* "01/36", as git writes it: the titles stand below each other. */
	digits = snprintf(NULL, 0, "%d", parts->total);
	return x_asprintf(ctx, "%s%0*d/%d%s%s",
	                  parts->flags & ND_SUBJECT_REPLY ? "Re: " : "", digits,
	                  parts->number, parts->total, told ? "" : " ",
	                  told ? "" : parts->title);
}

/* ---- postings ------------------------------------------------------------- */

/* The series that a mail posts, with *is_cover when it is its cover letter. */
static const struct nd_series *
posted_in(const struct nd_thread *thread, int32_t mail, bool *is_cover)
{
	for (size_t k = 0; k <= thread->more_series_count; k++) {
		const struct nd_series *series =
			k == 0 ? thread->series : thread->more_series[k - 1];

		if (!series || series->total < 2)
			continue;
		for (int i = 0; i < series->total; i++)
			if (series->patch[i] == mail) {
				*is_cover = false;
				return series;
			}
		*is_cover = series->root == mail;
		if (*is_cover)
			return series;
	}
	return NULL;
}

/* Mails of one posting that follow each other in the list. */
struct posting {
	const struct nd_series *series;
	unsigned covers, patches;
};

static struct posting
read_posting(const struct nd_labels *labels, const struct nd_thread *thread,
             size_t first)
{
	struct posting run = {.series = NULL};

	for (size_t i = first; i < thread->message_count; i++) {
		bool is_cover = false;
		const struct nd_series *series =
			posted_in(thread, (int32_t)i, &is_cover);

		if (!nd_maillist_has(labels, thread->message[i]) || !series ||
		    (run.series && series != run.series) ||
		    strcmp(thread->message[i]->sender.name,
		           thread->message[first]->sender.name) != 0)
			break;
		run.series = series;
		run.covers += is_cover;
		run.patches += !is_cover;
	}
	return run;
}

static const char *
posting_text(const void *ctx, const struct nd_labels *labels,
             const struct posting *run)
{
	const char *patches = x_asprintf(
		ctx,
		nd_trn(labels->i18n, "%u patch", "%u patches", run->patches),
		run->patches);

	if (run->covers == 0)
		return patches;
	return x_asprintf(ctx, nd_tr(labels->i18n, "cover letter, %s"),
	                  patches);
}

/* ---- the list ------------------------------------------------------------- */

/* Mails of a thread told in short, of which nothing is told. */
static bool
can_fold(const struct nd_labels *labels, const struct nd_thread *thread,
         size_t mail)
{
	return labels->mails == ND_MAILS_NEW &&
	       nd_entry_is_short(labels, thread) &&
	       !nd_entry_tells(labels, thread, (int32_t)mail);
}

/*
 * The rows of mail i and of those that are posted with it; returns how many
 * mails that are.
 */
static unsigned
add_rows(const void *ctx, const struct nd_labels *labels,
         const struct nd_thread *thread, size_t i, unsigned number,
         struct nd_mailrow *row)
{
	struct posting run = read_posting(labels, thread, i);

	*row = (struct nd_mailrow){.mail = thread->message[i],
	                           .number = number,
	                           .count = run.covers + run.patches};
	if (run.patches > 1) {
		row->text = posting_text(ctx, labels, &run);
		return row->count;
	}
	row->count = 1;
	row->text = own_subject(ctx, labels, thread, i);
	return 1;
}

/* The rows that can be folded go, unless it is one: "and 1 more" is as long. */
static void
fold(struct nd_mailrow_list *list, const bool *foldable)
{
	size_t kept = 0;
	unsigned count = 0;

	for (size_t i = 0; i < list->count; i++)
		count += foldable[i];
	if (count < 2)
		return;
	for (size_t i = 0; i < list->count; i++)
		if (!foldable[i])
			list->row[kept++] = list->row[i];
	list->count = kept;
	list->folded = count;
}

static void
add_family(const struct nd_labels *labels, const struct nd_thread *thread,
           unsigned number, struct nd_mailrow_list *list)
{
	size_t count = nd_familylist_count(labels, thread);

	for (size_t i = 0; i < count; i++) {
		const struct nd_message *root =
			nd_thread_root(thread->family.member[i]);

		list->row[list->count++] =
			(struct nd_mailrow){.mail = root,
		                            .number = number + 1 + (unsigned)i,
		                            .count = 1,
		                            .text = "",
		                            .id = root->id};
	}
}

struct nd_mailrow_list
nd_mailrow_list(const void *ctx, const struct nd_labels *labels,
                const struct nd_thread *thread)
{
	struct nd_mailrow_list list = {.row = NULL};
	bool *foldable;
	unsigned number = 0;

	if (labels->mails == ND_MAILS_NONE)
		return list;
	list.row = x_array(ctx, struct nd_mailrow,
	                   thread->message_count +
	                           nd_familylist_count(labels, thread));
	foldable = x_array(NULL, bool, thread->message_count);
	for (size_t i = 0; i < thread->message_count;) {
		unsigned mails = 1;

		if (nd_maillist_has(labels, thread->message[i])) {
			mails = add_rows(ctx, labels, thread, i, number + 1,
			                 &list.row[list.count]);
			foldable[list.count++] =
				mails == 1 && can_fold(labels, thread, i);
			number += mails;
		}
		i += mails;
	}
	fold(&list, foldable);
	add_family(labels, thread, number, &list);
	talloc_free(foldable);
	return list;
}

const char *
nd_mailrow_lead(const void *ctx, const struct nd_mailrow *row)
{
	if (row->count == 1)
		return x_asprintf(ctx, "#%u", row->number);
	return x_asprintf(ctx, "#%u-%u", row->number,
	                  row->number + row->count - 1);
}

const char *
nd_mailrow_folded(const void *ctx, const struct nd_labels *labels,
                  const struct nd_mailrow_list *list)
{
	if (list->folded == 0)
		return "";
	return x_asprintf(ctx,
	                  nd_trn(labels->i18n, "and %u more mail",
	                         "and %u more mails", list->folded),
	                  list->folded);
}
