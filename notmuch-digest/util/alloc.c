/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "util/alloc.h"

#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void *
x_check(void *mem)
{
	if (!mem) {
		fputs("notmuch-digest: out of memory\n", stderr);
		/* It is not libnotmuch that aborts (app/lastwords.h). */
		signal(SIGABRT, SIG_DFL);
		abort();
	}
	return mem;
}

void *
x_grow(const void *ctx, void *array, size_t size_bytes, size_t count)
{
	enum { FIRST = 4 };
	char *grown = array;

	if (array && (count < FIRST || (count & (count - 1)) != 0)) {
		memset(grown + count * size_bytes, 0, size_bytes);
		return array;
	}
	if (count > SIZE_MAX / size_bytes / 2)
		x_check(NULL);
	grown = x_check(talloc_realloc_size(
		ctx, array, (count < FIRST ? FIRST : 2 * count) * size_bytes));
	memset(grown + count * size_bytes, 0, size_bytes);
	return grown;
}

char *
x_strdup(const void *ctx, const char *text)
{
	return x_check(talloc_strdup(ctx, text));
}

char *
x_strndup(const void *ctx, const char *text, size_t len)
{
	return x_check(talloc_strndup(ctx, text, len));
}

char *
x_asprintf(const void *ctx, const char *fmt, ...)
{
	va_list args;
	char *text;

	va_start(args, fmt);
	text = talloc_vasprintf(ctx, fmt, args);
	va_end(args);
	return x_check(text);
}
