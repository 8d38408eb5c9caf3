/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * hookfile.h - our lines in the user's post-new hook
 *
 * Pure: from the text of a hook to another text. What is put in is taken out
 * byte for byte, whatever the user has written around it.
 */
#ifndef ND_CMD_HOOKFILE_H
#define ND_CMD_HOOKFILE_H

#include <stdbool.h>

/** The marked block that runs the program at this path; owned by ctx. */
const char *nd_hookfile_block(const void *ctx, const char *program);

/** Is this text one that sh or bash reads, by its first line? */
bool nd_hookfile_is_shell(const char *text);

/** Is our block in it? */
bool nd_hookfile_has_block(const char *text);

/**
 * The text with the block for program, once: an older block is replaced where
 * it stands. For a hook that does not exist text is "". Owned by ctx.
 */
const char *
nd_hookfile_install(const void *ctx, const char *text, const char *program);

/** The text without the block; "" when nothing of the user's is left. */
const char *nd_hookfile_remove(const void *ctx, const char *text);

/**
 * The number of the line, from 1, that ends the hook above the block: an exit
 * or exec that no condition stands before. 0 when there is none.
 */
unsigned nd_hookfile_end_above(const char *text);

#endif
