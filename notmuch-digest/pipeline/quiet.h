/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * quiet.h - threads without new mail that may still owe something
 *
 * They are chosen by what the index tells, before any file is opened: a posting
 * that a newer version of the same author had replaced before the window is
 * closed, and of the rest those that concern the user come first, then those in
 * which nobody but their author has written, then the others, the newest first,
 * until they have ND_LIMIT_CARRIED_MAILS mails.
 */
#ifndef ND_PIPELINE_QUIET_H
#define ND_PIPELINE_QUIET_H

#include "app/app.h"
#include "mail/threads.h"
#include "model/window.h"
#include "util/map.h"

/**
 * Load the threads with mail in the ND_CARRIED_DAYS (agenda/carried.h) before
 * the window.
 *
 * query      of the report
 * window     the report's
 * user       whom threads may concern; NULL: nobody is known
 * known      ids of threads that are not wanted
 * *out       owned by app, as nd_threads_load() gives them
 * *left_out  how many were too many
 * Returns    what nd_threads_load() returns
 */
enum nd_status
nd_quiet_load(struct nd_app *app, const char *query,
              const struct nd_window *window, const struct nd_user *user,
              const struct nd_map *known, struct nd_thread_list **out,
              size_t *left_out) ND_MUST_CHECK;

#endif
