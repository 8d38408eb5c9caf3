/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ceiling.h - what the tests of the ceilings of limits.h share
 *
 * Long texts, and files that hold them. Include cmocka.h before.
 */
#ifndef ND_TESTS_CEILING_H
#define ND_TESTS_CEILING_H

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "util/alloc.h"
#include "util/buf.h"
#include "util/str.h"

/* More than any text of these tests has. */
#define TEST_ROOM (64u << 20)

static inline void
test_repeat(struct nd_buf *out, const char *piece, size_t count)
{
	for (size_t i = 0; i < count; i++)
		nd_buf_adds(out, piece);
}

static inline int
test_remove_path(char *path)
{
	if (unlink(path) != 0)
		rmdir(path);
	return 0;
}

/* An empty folder, owned by ctx and gone with it when it is empty again. */
static inline const char *
test_folder(const void *ctx)
{
	char *path = x_strdup(ctx, "/tmp/nd-ceiling-XXXXXX");

	assert_non_null(mkdtemp(path));
	talloc_set_destructor(path, test_remove_path);
	return path;
}

/* The text, in a file of that path; owned by ctx and gone with it. */
static inline const char *
test_file_at(const void *ctx, const char *path, const struct nd_buf *text)
{
	char *own = x_strdup(ctx, path);
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	assert_int_equal(fwrite(text->data, 1, text->len, file), text->len);
	assert_int_equal(fclose(file), 0);
	talloc_set_destructor(own, test_remove_path);
	return own;
}

/* The same, of any name. */
static inline const char *
test_file_of(const void *ctx, const struct nd_buf *text)
{
	char *path = x_strdup(NULL, "/tmp/nd-ceiling-XXXXXX");
	int fd = mkstemp(path);
	const char *own;

	assert_true(fd >= 0);
	close(fd);
	own = test_file_at(ctx, path, text);
	talloc_free(path);
	return own;
}

#endif
