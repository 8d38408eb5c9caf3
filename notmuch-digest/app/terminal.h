/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * terminal.h - what the terminal can show, and what the pager lets through
 *
 * Answers come from the environment and from ioctl(), never from asking the
 * terminal: its answer could arrive in the next program's input. What is not
 * known to work is taken not to.
 */
#ifndef ND_APP_TERMINAL_H
#define ND_APP_TERMINAL_H

#include <stdbool.h>

/** Can somebody be asked: are stdin and stderr terminals? */
bool nd_terminal_can_ask(void);

/**
 * Ask on stderr for a line of text. Owned by ctx, without blanks around it;
 * NULL when there is no answer any more (^D).
 */
const char *nd_terminal_ask(const void *ctx, const char *question);

/** Ask on stderr; only "y" and "yes" are an agreement. */
bool nd_terminal_agrees(const char *question);

/**
 * Columns for text: $COLUMNS, else those of the terminal on stdout, else, when
 * stdout is a pipe (to a pager, mostly), of the one on stderr, else 80; never
 * under 40 nor over 100, since long lines do not read well.
 */
unsigned nd_terminal_width(void);

/** Does $TERM name a terminal with colours, and NO_COLOR not forbid them? */
bool nd_terminal_has_color(void);

/**
 * Is this a terminal that is known to take OSC 8 hyperlinks? Not within screen,
 * tmux, Emacs, Vim or aerc, whose own terminals may not pass them on.
 */
bool nd_terminal_has_links(void);

/** The user's pager as git finds it; NULL for none ("" and "cat"). */
const char *nd_terminal_pager_command(void);

/**
 * Does this pager pass OSC 8 on? Only less from version 581 on does, which is
 * asked for it; NULL, no pager, does.
 */
bool nd_terminal_pager_has_links(const char *command);

/** That will be asked when no program can be started any more. */
void nd_terminal_pager_expect(const char *command);

/** Options of less and lv that make them show colours, for its environment. */
void nd_terminal_pager_prepare(void);

#endif
