/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * alloc.h - talloc without the out-of-memory branches
 *
 * Memory comes zeroed and is never NULL: when there is none, the process
 * prints one line and aborts. What grows from outside is kept below the
 * ceilings of limits.h long before that. Nothing the program writes is left
 * half done by a sudden death, so dying is safe.
 *
 * A talloc tree belongs to one thread at a time.
 */
#ifndef ND_UTIL_ALLOC_H
#define ND_UTIL_ALLOC_H

#include <stddef.h>
#include <talloc.h>

/* One zeroed object, or an array of them, owned by ctx. */
#define x_new(ctx, type) ((type *)x_check(talloc_zero(ctx, type)))
#define x_array(ctx, type, count) \
	((type *)x_check(talloc_zero_array(ctx, type, count)))

/*
 * Append one zeroed element to a growing array and return its address. The
 * array needs no capacity field: it grows when count is a power of two.
 * `struct nd_item *item = x_append(list, list->items, list->count);`
 */
#define x_append(ctx, array, count) \
	((array) = x_grow((ctx), (array), sizeof *(array), (count)), \
	 &(array)[(count)++])

void *x_check(void *mem);
void *x_grow(const void *ctx, void *array, size_t size_bytes, size_t count);
char *
x_strdup(const void *ctx, const char *text) __attribute__((returns_nonnull));
char *x_strndup(const void *ctx, const char *text, size_t len)
	__attribute__((returns_nonnull));
char *x_asprintf(const void *ctx, const char *fmt, ...)
	__attribute__((format(printf, 2, 3), returns_nonnull));

#endif
