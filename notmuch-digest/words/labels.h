/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * labels.h - the phrases that the reports for people share
 *
 * In the language of the catalogue, plain text on one line, owned by ctx. They
 * hold names and subjects of mails: the renderer escapes them as a whole, which
 * changes nothing of our own words.
 *
 * A phrase that there is nothing to say for is "".
 */
#ifndef ND_WORDS_LABELS_H
#define ND_WORDS_LABELS_H

#include "model/report.h"
#include "util/buf.h"
#include "words/format.h"

/* What every phrase may need; made by render.c for one report. */
struct nd_labels {
	const struct nd_report *report;
	const struct nd_i18n *i18n;
	enum nd_mails mails;
	bool alone; /* one thread without the report: "new" has no period */
	bool fold;  /* one entry a family of threads (--fold=series) */
	bool brief; /* a line a thread */
	unsigned minutes; /* of reading, 0: no matter */
	bool mailed;      /* HTML for a mail: nothing in it runs */
};

/** The text in the language of the report. */
static inline const char *
nd_label_tr(const struct nd_labels *labels, const char *text)
	__attribute__((format_arg(2)));

static inline const char *
nd_label_tr(const struct nd_labels *labels, const char *text)
{
	return nd_tr(labels->i18n, text);
}

/**
 * "KVMARM mailing list report", "KVMARM, NETDEV mailing lists report"; says AI
 * only where a model wrote text.
 */
const char *nd_label_title(const void *ctx, const struct nd_labels *labels);

/** The name of a list as people say it: "KVMARM". */
const char *nd_label_list(const void *ctx, const char *list);

/** "KVMARM mailing list report": above one of several sections. */
const char *nd_label_section(const void *ctx, const struct nd_labels *labels,
                             const struct nd_report_section *section);

/** The title with its period, for a subject: "… report, 2021-03-15 until
 * 2021-03-22" */
const char *
nd_label_title_dated(const void *ctx, const struct nd_labels *labels);

/** "last 7 days, 2021-03-15 00:00 UTC until 2021-03-22 00:00 UTC, exclusive" */
const char *nd_label_period(const void *ctx, const struct nd_labels *labels);

/**
 * "Query: from:x", for when nothing matches: with the period again when the
 * query has a date: of its own, as that does not replace it.
 */
const char *nd_label_query(const void *ctx, const struct nd_labels *labels);

/**
 * "The first 10 of 36 threads are shown.", and that only those of the user are
 * there.
 */
const char *nd_label_limit(const void *ctx, const struct nd_labels *labels);

/** "No mail matches in this period." */
const char *nd_label_no_mail(const struct nd_labels *labels);

/** The same of a section of the report, which may have mail in threads that
 * stand in those above: "No mail but in threads that stand above." */
const char *nd_label_no_mail_here(const struct nd_labels *labels,
                                  const struct nd_report_section *section);

/** What a thread is called: its first mail's subject, or "(no subject)". */
const char *nd_label_subject(const struct nd_labels *labels,
                             const struct nd_thread *thread);

/** "PATCH", "GIT PULL", or the user's own name as it is. */
const char *nd_label_category(const struct nd_labels *labels, const char *name);

/** "New this week" and the other headings of a summary. */
const char *nd_label_zone(const struct nd_labels *labels, enum nd_zone zone);

/**
 * The heading of one zone's items, which says so when they are excerpts in a
 * summary that a model wrote.
 */
const char *
nd_label_excerpts(const void *ctx, const struct nd_labels *labels,
                  const struct nd_item_list *list, const char *heading);

/** The same where nothing above says AI: it does where a model's words stand. */
const char *nd_label_writer(const void *ctx, const struct nd_labels *labels,
                            const struct nd_thread *thread, enum nd_zone zone,
                            const char *heading);

/** "AI: the gist", where a model wrote it; else the text as it is. */
const char *
nd_label_gist_writer(const void *ctx, const struct nd_labels *labels,
                     const struct nd_thread *thread, const char *gist);

/** "6 threads", "78 mails" and the like. */
const char *nd_label_threads(const void *ctx, const struct nd_labels *labels,
                             unsigned count);
const char *
nd_label_mails(const void *ctx, const struct nd_labels *labels, unsigned count);
const char *
nd_label_participants(const void *ctx, const struct nd_labels *labels,
                      unsigned count);

/** "7", or "7 (18 in all)" when the whole thread has another number. */
const char *nd_label_count(const void *ctx, const struct nd_labels *labels,
                           unsigned new_count, unsigned total);

/** "a; b; c" of the parts that are not "". */
const char *nd_label_join(const void *ctx, const struct nd_labels *labels,
                          const char *const *part, size_t count);

/** Why a thread has no summary to show. */
const char *nd_label_nothing(const struct nd_labels *labels,
                             const struct nd_thread *thread);

/** The gist that a model wrote, when it says more than the subject. */
const char *nd_label_gist(const struct nd_thread *thread);

/** Problem i of the report: "id:x@y: cannot read it" */
const char *
nd_label_problem(const void *ctx, const struct nd_labels *labels, size_t i);

/** "and 12 more": problems over the limit. */
const char *
nd_label_problems_left(const void *ctx, const struct nd_labels *labels);

/** "dropped … 3 of 14 statements": what a model wrote and we do not print. */
const char *nd_label_dropped(const void *ctx, const struct nd_labels *labels);

/** The same of one thread. */
const char *
nd_label_thread_dropped(const void *ctx, const struct nd_labels *labels,
                        const struct nd_thread *thread);

#endif
