/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * fuzz.c - the targets, and what each input goes through
 *
 * Linked with driver.c it is a program of its own (build/tests/fuzz); with
 * clang's libFuzzer the target is that of the variable FUZZ_TARGET.
 */
#define _GNU_SOURCE /* memfd_create() */
#include "fuzz.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "mail/read.h"
#include "util/alloc.h"
#include "util/outfile.h"
#include "util/utf8.h"

/* With sanitizers, on a slow machine: what is linear is far below. */
#define FIXED_NS 2000000000L
#define BYTE_NS 100000L

const struct fuzz_target fuzz_targets[] = {
	{"subject", 2048, fuzz_subject},
	{"body", 32768, fuzz_body},
	{"trailer", 2048, fuzz_trailer},
	{"acts", 8192, fuzz_acts},
	{"commit", 8192, fuzz_commit},
	{"archive", 2048, fuzz_archive},
	{"fence", 4096, fuzz_fence},
	{"html", 32768, fuzz_html},
	{"style", 4096, fuzz_style},
	{"charset", 8192, fuzz_charset},
	{"mime", 32768, fuzz_mime},
	{"digestfile", 16384, fuzz_digestfile},
	{"feed", 32768, fuzz_feed},
	{"json", 8192, fuzz_json},
	{"response", 16384, fuzz_response},
	{"when", 256, fuzz_when},
	{"options", 2048, fuzz_options},
	{"settings", 2048, fuzz_settings},
	{"block", 8192, fuzz_block},
	{"watermark", 2048, fuzz_watermark},
	{"thread", 60000, fuzz_thread},
	{NULL, 0, NULL},
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

const struct fuzz_target *
fuzz_target_find(const char *name)
{
	const struct fuzz_target *target = fuzz_targets;

	while (target->name && (!name || strcmp(target->name, name) != 0))
		target++;
	return target->name ? target : NULL;
}

void
fuzz_fail(const char *file, int line, const char *what)
{
	fprintf(stderr, "%s:%d: does not hold: %s\n", file, line, what);
	abort();
}

void
fuzz_check_text(const char *text, size_t len, bool one_line)
{
	MUST(nd_utf8_is_valid(text, len));
	for (size_t at = 0; at < len;) {
		int32_t c = nd_utf8_next(text, len, &at);

		MUST(!nd_utf8_is_unsafe(c));
		MUST(!one_line || (c != '\n' && c != '\t'));
	}
}

void
fuzz_check_line(const char *text)
{
	if (text)
		fuzz_check_text(text, strlen(text), true);
}

char *
fuzz_clean(void *ctx, const char *text, size_t len)
{
	char *clean = nd_utf8_clean(ctx, text, len, NULL);

	fuzz_check_text(clean, strlen(clean), false);
	return clean;
}

char *
fuzz_clean_line(void *ctx, const char *text, size_t len)
{
	char *clean = nd_utf8_clean_line(ctx, text, len);

	fuzz_check_line(clean);
	return clean;
}

static int
close_file(int *fd)
{
	close(*fd);
	return 0;
}

const char *
fuzz_file(void *ctx, const char *data, size_t size)
{
	int *fd = x_new(ctx, int);

	*fd = memfd_create("fuzz", MFD_CLOEXEC);
	MUST(*fd >= 0 && nd_outfile_write_all(*fd, data, size) == 0);
	talloc_set_destructor(fd, close_file);
	return x_asprintf(fd, "/proc/self/fd/%d", *fd);
}

static long
cpu_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
	return now.tv_sec * 1000000000L + now.tv_nsec;
}

long
fuzz_run(const struct fuzz_target *target, const char *data, size_t size)
{
	void *ctx = talloc_new(NULL);
	size_t len = size < target->max_bytes ? size : target->max_bytes;
	/* Of its own, so that what reads behind it is seen. */
	char *text = malloc(len + 1);
	long start, took;

	MUST(text);
	memcpy(text, data, len);
	text[len] = '\0';
	start = cpu_ns();
	target->run(ctx, text, len);
	talloc_free(ctx);
	took = cpu_ns() - start;
	free(text);
	MUST(took < FIXED_NS + BYTE_NS * (long)len);
	return took;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct fuzz_target *target;

	if (!target) {
		target = fuzz_target_find(getenv("FUZZ_TARGET"));
		if (!target) {
			fputs("FUZZ_TARGET names no target\n", stderr);
			exit(2);
		}
		setenv("TZ", "UTC", 1);
		nd_read_init();
	}
	fuzz_run(target, (const char *)data, size);
	return 0;
}
