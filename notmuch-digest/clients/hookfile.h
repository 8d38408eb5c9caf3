/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * hookfile.h - our lines in the user's post-new hook
 *
 * Pure: from the text of a hook to another text; block.h does the work.
 */
#ifndef ND_CLIENTS_HOOKFILE_H
#define ND_CLIENTS_HOOKFILE_H

#include "clients/block.h"

extern const struct nd_block_style nd_hookfile_style;

/** The marked block that runs the program at this path; owned by ctx. */
const char *nd_hookfile_block(const void *ctx, const char *program);

/** Is this text one that sh or bash reads, by its first line? */
bool nd_hookfile_is_shell(const char *text);

/** Is our block in it? */
bool nd_hookfile_has_block(const char *text);

/**
 * The text with the block for program, once: an older block is replaced where
 * it stands. Owned by ctx.
 *
 * text       "" for a hook that does not exist
 * dirs       directories that are made for such a one
 */
const char *nd_hookfile_install(const void *ctx, const char *text,
                                const char *program, unsigned dirs);

/**
 * The text without the block; "" when there was no hook before us and nothing
 * of the user's is left.
 *
 * mark       what else was ours; may be NULL
 */
const char *nd_hookfile_remove(const void *ctx, const char *text,
                               struct nd_block_mark *mark);

/**
 * The number of the line, from 1, that ends the hook above the block: an exit
 * or exec that no condition stands before. 0 when there is none.
 */
unsigned nd_hookfile_end_above(const char *text);

/**
 * The number of the first line, from 1, that runs our update and is not of the
 * block; 0 when there is none. Comments do not count.
 */
unsigned nd_hookfile_user_call(const char *text);

#endif
