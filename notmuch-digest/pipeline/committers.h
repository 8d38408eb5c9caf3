/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * committers.h - ask the mailbox who takes patches here
 */
#ifndef ND_PIPELINE_COMMITTERS_H
#define ND_PIPELINE_COMMITTERS_H

#include "app/app.h"
#include "model/window.h"

/**
 * Fill app->committers from all mail before the window's end (before now, if
 * that is earlier): a few cheap queries, no file is opened. Asked once as long as the
 * end stays the same.
 *
 * app        its db is open, and stays so
 */
enum nd_status nd_committers_load(struct nd_app *app,
                                  const struct nd_window *window) ND_MUST_CHECK;

#endif
