/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Processes that we speak with: whoever cannot read or write, on which side, the
 * other one does not wait for it. The clock ends a test that waits.
 */
#define _GNU_SOURCE /* syscall() */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cmocka.h>

#include "util/alloc.h"
#include "util/buf.h"
#include "util/child.h"
#include "util/str.h"

enum { WAIT_S = 20, MANY = 300 };

/* ---- calls that fail ------------------------------------------------------ */

/* The how manyth from now on fails with error, 0: none; in this process, or in
 * those that it starts meanwhile. Without an error it is of no byte. */
struct fault {
	unsigned at;
	int error;
};
static struct fault of_read, of_write;

static bool
is_hit(struct fault *fault)
{
	if (fault->at == 0 || --fault->at > 0)
		return false;
	errno = fault->error;
	return true;
}

/* These are found before those of libc, by all of the program. */
ssize_t read(int fd, void *bytes, size_t len);
ssize_t write(int fd, const void *bytes, size_t len);

ssize_t
read(int fd, void *bytes, size_t len)
{
	return is_hit(&of_read) ? -1 : syscall(SYS_read, fd, bytes, len);
}

/* What <unistd.h> makes of it where libc is to look for overflows. */
ssize_t __read_chk(int fd, void *bytes, size_t len, size_t room);

ssize_t
__read_chk(int fd, void *bytes, size_t len, size_t room)
{
	assert_true(len <= room);
	return read(fd, bytes, len);
}

ssize_t
write(int fd, const void *bytes, size_t len)
{
	if (is_hit(&of_write))
		return of_write.error ? -1 : 0;
	return syscall(SYS_write, fd, bytes, len);
}

static int
set_clock(void **state)
{
	(void)state;
	alarm(WAIT_S);
	return 0;
}

static int
no_faults(void **state)
{
	(void)state;
	of_read.at = of_write.at = 0;
	alarm(0);
	return 0;
}

/* ---- work ----------------------------------------------------------------- */

static enum nd_status
echo(void *arg, const char *bytes, size_t len, struct nd_buf *out,
     struct nd_error *err)
{
	(void)arg;
	(void)err;
	nd_buf_add(out, bytes, len);
	return ND_OK;
}

static enum nd_status
refuse(void *arg, const char *bytes, size_t len, struct nd_buf *out,
       struct nd_error *err)
{
	(void)bytes;
	(void)len;
	(void)out;
	return nd_fail(err, ND_ERR_CONFIG, "%s", (const char *)arg);
}

/* How many files are open behind the standard ones. */
static enum nd_status
count_files(void *arg, const char *bytes, size_t len, struct nd_buf *out,
            struct nd_error *err)
{
	int count = 0;

	(void)arg;
	(void)bytes;
	(void)len;
	(void)err;
	for (int fd = STDERR_FILENO + 1; fd < 2 * MANY; fd++)
		count += fcntl(fd, F_GETFD) >= 0;
	nd_buf_addf(out, "%d", count);
	return ND_OK;
}

static struct nd_child *
prepare(nd_child_work *work, void *arg)
{
	struct nd_child *child = nd_child_prepare(NULL, work, arg);

	assert_non_null(child);
	return child;
}

/* ---- tests ---------------------------------------------------------------- */

static void
test_work(void **state)
{
	struct nd_child *child = prepare(echo, NULL);
	struct nd_buf *out = nd_buf_new(child, 1 << 20);
	char much[50000];
	struct nd_error err;

	(void)state;
	memset(much, 'x', sizeof much);
	assert_int_equal(nd_child_ask(child, much, sizeof much, out, &err),
	                 ND_OK);
	assert_int_equal(out->len, sizeof much);
	assert_memory_equal(out->data, much, sizeof much);
	talloc_free(child);
	child = prepare(refuse, (char[]){"no such thing"});
	assert_int_equal(nd_child_ask(child, "", 0, NULL, &err), ND_ERR_CONFIG);
	assert_string_equal(err.msg, "no such thing");
	talloc_free(child);
}

/* A part of the word, or nothing of it, is no word. */
static void
test_cannot_ask(void **state)
{
	static const struct {
		int error, told;
	} list[] = {{EIO, EIO}, {ENOSPC, ENOSPC}, {0, ENOSPC}};

	(void)state;
	for (unsigned i = 0; i < 6; i++) {
		struct nd_child *child = prepare(echo, NULL);
		struct nd_buf *out = nd_buf_new(child, 100);
		struct nd_error err;

		of_write = (struct fault){i / 3 + 1, list[i % 3].error};
		assert_int_equal(nd_child_ask(child, "word", 4, out, &err),
		                 ND_ERR_IO);
		assert_int_equal(of_write.at, 0);
		assert_non_null(strstr(err.msg, strerror(list[i % 3].told)));
		talloc_free(child);
	}
}

static void
test_cannot_hear(void **state)
{
	(void)state;
	for (unsigned at = 1; at <= 2; at++) {
		struct nd_child *child = prepare(echo, NULL);
		struct nd_buf *out = nd_buf_new(child, 100);

		of_read = (struct fault){at, EIO};
		assert_int_equal(nd_child_ask(child, "word", 4, out, NULL),
		                 ND_ERR_IO);
		assert_int_equal(of_read.at, 0);
		talloc_free(child);
	}
}

/* The same in the process: what it has not heard, or said, is missed. */
static void
test_cannot_answer(void **state)
{
	(void)state;
	for (unsigned at = 1; at <= 4; at++) {
		struct fault *fault = at <= 2 ? &of_read : &of_write;
		struct nd_child *child;
		struct nd_buf *out;

		*fault = (struct fault){(at - 1) % 2 + 1, ENOSPC};
		child = prepare(echo, NULL);
		fault->at = 0;
		out = nd_buf_new(child, 100);
		assert_int_equal(nd_child_ask(child, "word", 4, out, NULL),
		                 ND_ERR_IO);
		talloc_free(child);
	}
}

/* A signal is no failure, on either side. */
static void
test_interrupted(void **state)
{
	struct nd_child *child;
	struct nd_buf *out;

	(void)state;
	of_read = of_write = (struct fault){1, EINTR};
	child = prepare(echo, NULL);
	out = nd_buf_new(child, 100);
	assert_int_equal(nd_child_ask(child, "word", 4, out, NULL), ND_OK);
	assert_string_equal(out->data, "word");
	talloc_free(child);
}

/* Its own end of a socket, whatever else we have: another's, it would keep open. */
static void
test_inherits_nothing(void **state)
{
	int open = fcntl(STDERR_FILENO, F_DUPFD, MANY);
	struct nd_child *child = prepare(count_files, NULL);
	struct nd_buf *out = nd_buf_new(child, 100);

	(void)state;
	assert_true(open >= MANY);
	assert_int_equal(nd_child_ask(child, "", 0, out, NULL), ND_OK);
	assert_string_equal(out->data, "1");
	talloc_free(child);
	close(open);
}

static void
test_program_is_read(void **state)
{
	const char *const argv[] = {"echo", "a word", NULL};
	static const struct {
		int error;
		enum nd_status status;
	} list[] = {{0, ND_OK}, {EINTR, ND_OK}, {EIO, ND_ERR_SERVICE}};

	(void)state;
	for (size_t i = 0; i < sizeof list / sizeof *list; i++) {
		struct nd_buf *out = nd_buf_new(NULL, 100);

		of_read = (struct fault){list[i].error != 0, list[i].error};
		assert_int_equal(nd_child_read(argv, WAIT_S * 1000, out, NULL),
		                 list[i].status);
		if (list[i].status == ND_OK)
			assert_string_equal(out->data, "a word\n");
		talloc_free(out);
	}
}

/* One that leaves early wants no more; one that is given less was not fed. */
static void
test_program_is_fed(void **state)
{
	const char *const leaves[] = {"true", NULL};
	const char *const reads[] = {"cat", NULL};
	struct nd_error err;
	static char much[1 << 20];
	int exit_code = -1;

	(void)state;
	assert_int_equal(
		nd_child_feed(leaves, much, sizeof much, &exit_code, &err),
		ND_OK);
	assert_int_equal(exit_code, 0);
	nd_child_prepare_feed(reads);
	for (int i = 0; i < 2; i++) {
		of_write = (struct fault){1, EIO};
		assert_int_equal(nd_child_feed(reads, much, sizeof much,
		                               &exit_code, &err),
		                 ND_ERR_IO);
		assert_true(nd_str_starts(err.msg, "cannot write to 'cat'"));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_work, set_clock,
	                                        no_faults),
		cmocka_unit_test_setup_teardown(test_cannot_ask, set_clock,
	                                        no_faults),
		cmocka_unit_test_setup_teardown(test_cannot_hear, set_clock,
	                                        no_faults),
		cmocka_unit_test_setup_teardown(test_cannot_answer, set_clock,
	                                        no_faults),
		cmocka_unit_test_setup_teardown(test_interrupted, set_clock,
	                                        no_faults),
		cmocka_unit_test_setup_teardown(test_inherits_nothing,
	                                        set_clock, no_faults),
		cmocka_unit_test_setup_teardown(test_program_is_read, set_clock,
	                                        no_faults),
		cmocka_unit_test_setup_teardown(test_program_is_fed, set_clock,
	                                        no_faults),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
