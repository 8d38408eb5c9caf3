/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * boilerplate.h - ask the mailbox what people and lists have in most mails
 *
 * For senders whose mails give reason (conversation/boilerplate.h) a few of
 * their newest mails are read, each of another thread and subject; so are some
 * of the list. What is learned is kept for the run. A thread has what the
 * newest mails say, whoever asks for it and whatever else is asked for.
 */
#ifndef ND_PIPELINE_BOILERPLATE_H
#define ND_PIPELINE_BOILERPLATE_H

#include "app/app.h"
#include "model/thread.h"
#include "model/window.h"

/* What is known of whom, by all mail before a time. */
struct nd_habits;

/**
 * What the run knows, by all mail before the window's end (before now, if that
 * is earlier); owned by app.
 */
struct nd_habits *
nd_boilerplate_habits(struct nd_app *app, const struct nd_window *window);

/* Of whom the mailbox must be asked for a thread. */
struct nd_boilerplate_request;

/**
 * Mark the boilerplate of a thread that has been read.
 *
 * Returns    NULL: done; else who is not known yet, owned by ctx: nothing was
 *            marked. Any number of threads may ask at once.
 */
struct nd_boilerplate_request *
nd_boilerplate_settle(const void *ctx, const struct nd_habits *habits,
                      struct nd_thread *thread);

/**
 * Learn what the requests want to know; habits knows all of them then.
 *
 * app        its db is open
 * request    NULL entries are passed over
 * jobs       worker threads, at least 1
 */
enum nd_status nd_boilerplate_ask(struct nd_app *app, struct nd_habits *habits,
                                  struct nd_boilerplate_request *const *request,
                                  size_t count, unsigned jobs) ND_MUST_CHECK;

#endif
