/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * committers.h - ask the mailbox who takes patches here
 */
#ifndef ND_PIPELINE_COMMITTERS_H
#define ND_PIPELINE_COMMITTERS_H

#include "app/app.h"
#include "mail/threads.h"
#include "model/window.h"

/**
 * Tell the threads that may post patches who takes patches here, by all mail before the window's end (before now, if that is
 * earlier). When there are such threads the mailbox is asked: a few queries,
 * no file is opened; once as long as the end stays the same.
 *
 * app        its db is open, and stays so; keeps what it was told
 */
enum nd_status
nd_committers_load(struct nd_app *app, const struct nd_window *window,
                   const struct nd_thread_list *list) ND_MUST_CHECK;

#endif
