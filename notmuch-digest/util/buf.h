/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * buf.h - a growing string of bytes with a ceiling
 *
 * data is always NUL-terminated (the NUL is not counted in len), so it can be
 * handed to anything that reads C strings when no NUL was added to it.
 *
 * Going over the ceiling is not an error at once: the addition is dropped
 * whole, `full` is set and stays set, and the one who made the buffer asks for
 * it when everything has been added. A ceiling over ND_BUF_BYTES_MAX is taken
 * for that, since talloc gives no more in one block.
 */
#ifndef ND_UTIL_BUF_H
#define ND_UTIL_BUF_H

#include <stdbool.h>
#include <stddef.h>

#include "util/status.h"

#define ND_BUF_BYTES_MAX ((size_t)255 << 20)

struct nd_buf {
	char *data; /* never NULL */
	size_t len;
	size_t size;        /* allocated bytes */
	size_t limit_bytes; /* len never gets larger than this */
	bool full;          /* something did not fit and was dropped */
};

/** A new empty buffer, owned by ctx; its data is owned by the buffer. */
struct nd_buf *nd_buf_new(const void *ctx, size_t limit_bytes);

void nd_buf_add(struct nd_buf *buf, const char *bytes, size_t len);
void nd_buf_adds(struct nd_buf *buf, const char *text);
void nd_buf_addc(struct nd_buf *buf, char c);
void nd_buf_addf(struct nd_buf *buf, const char *fmt, ...) ND_PRINTF(2, 3);

/** Cut the buffer back to its first len bytes; a longer len does nothing. */
void nd_buf_cut(struct nd_buf *buf, size_t len);

/** The text alone, owned by ctx; the buffer is freed. */
char *nd_buf_finish(const void *ctx, struct nd_buf *buf);

#endif
