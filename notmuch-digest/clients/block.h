/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * block.h - our lines in a file of the user's, put in and taken out again
 *
 * Pure: from the text of a file to another text. Lines of ours are marked, so
 * that they are found wherever the user moves them, and the mark tells what
 * else is ours: ends of line above, the file, directories. What is put in is
 * taken out byte for byte, whatever the user has written around it.
 *
 * A block is one line with the mark in a comment at its end, or several
 * between a line that begins it and one that ends it.
 */
#ifndef ND_CLIENTS_BLOCK_H
#define ND_CLIENTS_BLOCK_H

#include <stdbool.h>
#include <stddef.h>

/* A file with our lines has at most this many bytes. */
enum { ND_BLOCK_FILE_BYTES = 4 << 20 };

enum nd_block_flags {
	ND_BLOCK_ONE_LINE = 1u << 0,  /* comments may follow code on a line */
	ND_BLOCK_BACKSLASH = 1u << 1, /* a backslash at its end continues a
				       * line, a comment's, too */
};

struct nd_block_style {
	const char *comment; /* what begins a comment: "#" */
	unsigned flags;      /* enum nd_block_flags */
};

/* What is ours besides the lines. */
struct nd_block_mark {
	unsigned line_ends; /* at the end of the text above the block */
	unsigned dirs;      /* directories above the file */
	bool file;
};

/** The marked lines alone; lines end in LF. Owned by ctx. */
const char *nd_block_make(const void *ctx, const struct nd_block_style *style,
                          const struct nd_block_mark *mark, const char *lines);

/** The first block of text as [*start, *end); mark may be NULL. */
bool
nd_block_find(const struct nd_block_style *style, const char *text,
              const char **start, const char **end, struct nd_block_mark *mark);

/**
 * Is there a mark without its other half? Then nobody can tell which lines are
 * ours. Returns the number of its line, from 1; 0 when all is well.
 */
unsigned nd_block_torn(const struct nd_block_style *style, const char *text);

/**
 * The text with a block put in at offset, which is the beginning of a line or
 * the end of the text. mark->line_ends is worked out here. Owned by ctx.
 */
const char *nd_block_insert(const void *ctx, const struct nd_block_style *style,
                            const char *text, size_t offset,
                            struct nd_block_mark mark, const char *lines);

/** The text with its first block made of these lines, where it stands. */
const char *
nd_block_replace(const void *ctx, const struct nd_block_style *style,
                 const char *text, const char *lines);

/**
 * The text without any block.
 *
 * mark       is set to what was ours, of all blocks together; may be NULL
 */
const char *nd_block_remove(const void *ctx, const struct nd_block_style *style,
                            const char *text, struct nd_block_mark *mark);

#endif
