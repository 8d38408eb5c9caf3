/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "util/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "util/alloc.h"

struct nd_buf *
nd_buf_new(const void *ctx, size_t limit_bytes)
{
	struct nd_buf *buf = x_new(ctx, struct nd_buf);

	buf->limit_bytes =
		limit_bytes < ND_BUF_BYTES_MAX ? limit_bytes : ND_BUF_BYTES_MAX;
	buf->size = 64;
	buf->data = x_array(buf, char, buf->size);
	return buf;
}

/* Make room for len more bytes and the NUL; false when that is too much. */
static bool
reserve(struct nd_buf *buf, size_t len)
{
	size_t size = buf->size;

	if (len > buf->limit_bytes - buf->len) {
		buf->full = true;
		return false;
	}
	while (size < buf->len + len + 1)
		size *= 2;
	if (size > ND_BUF_BYTES_MAX)
		size = buf->limit_bytes + 1;
	if (size > buf->size) {
		buf->data = x_check(talloc_realloc_size(buf, buf->data, size));
		buf->size = size;
	}
	return true;
}

void
nd_buf_add(struct nd_buf *buf, const char *bytes, size_t len)
{
	if (len == 0 || !reserve(buf, len))
		return;
	memcpy(buf->data + buf->len, bytes, len);
	buf->len += len;
	buf->data[buf->len] = '\0';
}

void
nd_buf_adds(struct nd_buf *buf, const char *text)
{
	nd_buf_add(buf, text, strlen(text));
}

void
nd_buf_addc(struct nd_buf *buf, char c)
{
	nd_buf_add(buf, &c, 1);
}

void
nd_buf_addf(struct nd_buf *buf, const char *fmt, ...)
{
	va_list args;
	int len;

	va_start(args, fmt);
	len = vsnprintf(NULL, 0, fmt, args);
	va_end(args);
	if (len < 0 || !reserve(buf, (size_t)len))
		return;
	va_start(args, fmt);
	vsnprintf(buf->data + buf->len, (size_t)len + 1, fmt, args);
	va_end(args);
	buf->len += (size_t)len;
}

void
nd_buf_cut(struct nd_buf *buf, size_t len)
{
	if (len >= buf->len)
		return;
	buf->len = len;
	buf->data[len] = '\0';
}

char *
nd_buf_finish(const void *ctx, struct nd_buf *buf)
{
	char *text = talloc_steal(ctx, buf->data);

	talloc_free(buf);
	return text;
}
