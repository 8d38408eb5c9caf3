/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * walkthrough.h - setup, question by question
 *
 * Lists, hook, mail client, timer: each change is shown as a difference before
 * it is asked for, and made at once when the user agrees, so that at any
 * question everything is whole and the user may leave.
 */
#ifndef ND_CMD_WALKTHROUGH_H
#define ND_CMD_WALKTHROUGH_H

#include "app/app.h"

/** May the user be asked, and see it: are stdin, stdout, stderr terminals? */
bool nd_walkthrough_can(void);

/**
 * Walk through it. What must be left alone is told, and the next thing asked.
 *
 * program    absolute path of this program
 * Returns    ND_OK, whatever the user has answered; ND_ERR_CONFIG without a
 *            database; ND_ERR_IO
 */
enum nd_status
nd_walkthrough_run(struct nd_app *app, const char *program) ND_MUST_CHECK;

#endif
