/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * sandbox.h - what the process may do: no more than its command needs
 *
 * A command goes into it when options and settings are known, before it reads a
 * mail. From then on, as far as the kernel can (rights/landlock.h and
 * rights/seccomp.h; what it cannot stays as it was):
 *
 * - no program is started: pager and digest.llm.key_command wait already, each
 *   in a process of its own (util/child.h), and so does who writes the file of
 *   --output;
 * - written is only what the command's needs say;
 * - there is no socket, but for a model and for feeds with a URL. Who has one
 *   reads nothing in home directories but mail, database and what settings and
 *   options name.
 *
 * Threads and processes that are started later are in it, too. It is entered
 * once, with one thread.
 */
#ifndef ND_APP_SANDBOX_H
#define ND_APP_SANDBOX_H

#include "app/app.h"

/* What a command does beside reading mail and writing to stdout. */
enum nd_sandbox_need {
	ND_SANDBOX_PRINT = 1u << 0,    /* by nd_emit(): pager, --output */
	ND_SANDBOX_MAILBOX = 1u << 1,  /* writes it, but for --dry-run */
	ND_SANDBOX_DELIVERY = 1u << 2, /* does so with --deliver */
	ND_SANDBOX_TAGS = 1u << 3,     /* changes tags, with --read */
	ND_SANDBOX_MODEL = 1u << 4,    /* asks it, when settings say so */
	ND_SANDBOX_FEEDS = 1u << 5,    /* fetches arguments that are URLs */
	ND_SANDBOX_CACHE = 1u << 6,    /* has files there */
	ND_SANDBOX_CLEAN = 1u << 7,    /* takes away all that is ours */
	ND_SANDBOX_SETUP = 1u << 8,    /* writes files of clients, anywhere */
};

/**
 * What every run does first: no other process of the user looks into our
 * memory, which may hold a key, and no core dump writes it down.
 */
void nd_sandbox_prepare(void);

/**
 * Go into it; nothing with --no-sandbox.
 *
 * needs      enum nd_sandbox_need
 * links      a directory that links to mails are made in; NULL: none are
 */
void nd_sandbox_enter(struct nd_app *app, unsigned needs, const char *links);

/** Why the process that has gone in is not limited, or not in all; or NULL. */
const char *nd_sandbox_missing(const struct nd_app *app);

#endif
