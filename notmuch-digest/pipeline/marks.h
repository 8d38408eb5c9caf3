/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * marks.h - what the index says of the mails of loaded threads
 *
 * Which are new, which of the user's categories and lists they are of, and
 * which were said to need the user. Below threads are those of one list;
 * app->db is open. Returned is what nd_threads_match() returns.
 */
#ifndef ND_PIPELINE_MARKS_H
#define ND_PIPELINE_MARKS_H

#include "mail/threads.h"
#include "pipeline/reportrequest.h"
#include "util/map.h"

/**
 * Mails that are new: for a start, as what is known of their times when they are
 * read may differ.
 *
 * *matching  ids of those that how->new_query matches, owned by app; NULL
 *            without one
 */
enum nd_status
nd_marks_new(struct nd_app *app, const struct nd_report_request *how,
             struct nd_thread_list *list,
             struct nd_map **matching) ND_MUST_CHECK;

/** The same for one thread, from what nd_marks_new() has found. */
void
nd_marks_thread(struct nd_thread *thread, const struct nd_report_request *how,
                const struct nd_map *matching);

/** Has the thread a mail that is new? */
bool nd_marks_has_new(const struct nd_thread *thread);

/** The user's categories, in order: the first that has a mail of it wins. */
enum nd_status nd_marks_categories(struct nd_app *app,
                                   struct nd_thread_list *list) ND_MUST_CHECK;

/**
 * The user's lists, in order: the first that has a mail of a thread wins.
 *
 * *name      the first that every thread has a mail of; "" if none
 */
enum nd_status nd_marks_lists(struct nd_app *app, struct nd_thread_list *list,
                              const struct nd_named_query *const *wanted,
                              size_t count, const char **name) ND_MUST_CHECK;

/**
 * Mails that were given the tag of those that need the user, and those that
 * the user has taken it off again.
 */
enum nd_status
nd_marks_asked(struct nd_app *app, struct nd_thread_list *list) ND_MUST_CHECK;

#endif
