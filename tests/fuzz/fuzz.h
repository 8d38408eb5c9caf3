/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * fuzz.h - what the targets of the fuzzer share
 *
 * A target gives one input to one parser and aborts when what comes out is not
 * as its header promises. Targets keep nothing between two inputs, but for what
 * they make once.
 */
#ifndef ND_TESTS_FUZZ_H
#define ND_TESTS_FUZZ_H

#include <stdbool.h>
#include <stddef.h>

struct fuzz_target {
	const char *name;
	size_t max_bytes; /* of an input; what is behind is left out */
	/* ctx is freed behind it; text may hold NUL bytes, and one follows. */
	void (*run)(void *ctx, const char *text, size_t len);
};

extern const struct fuzz_target fuzz_targets[]; /* ends with a name of NULL */

const struct fuzz_target *fuzz_target_find(const char *name);

/**
 * Give it one input, and abort when that takes more processor time than any of
 * its size may. Returns the time in nanoseconds.
 */
long fuzz_run(const struct fuzz_target *target, const char *data, size_t size);

void fuzz_fail(const char *file, int line, const char *what)
	__attribute__((noreturn));

#define MUST(condition) \
	do { \
		if (!(condition)) \
			fuzz_fail(__FILE__, __LINE__, #condition); \
	} while (0)

/** Valid UTF-8 without unsafe characters; one_line: without LF and tab. */
void fuzz_check_text(const char *text, size_t len, bool one_line);

/** The same of a string, which may be NULL. */
void fuzz_check_line(const char *text);

/** The input as mail/ hands it on: clean, on one line if that is wanted. */
char *fuzz_clean(void *ctx, const char *text, size_t len);
char *fuzz_clean_line(void *ctx, const char *text, size_t len);

/** The path of a file that holds the input until ctx is freed. */
const char *fuzz_file(void *ctx, const char *data, size_t size);

/* texts.c */
void fuzz_subject(void *ctx, const char *text, size_t len);
void fuzz_body(void *ctx, const char *text, size_t len);
void fuzz_trailer(void *ctx, const char *text, size_t len);
void fuzz_acts(void *ctx, const char *text, size_t len);
void fuzz_commit(void *ctx, const char *text, size_t len);
void fuzz_archive(void *ctx, const char *text, size_t len);
void fuzz_fence(void *ctx, const char *text, size_t len);

/* mails.c */
void fuzz_html(void *ctx, const char *text, size_t len);
void fuzz_style(void *ctx, const char *text, size_t len);
void fuzz_charset(void *ctx, const char *text, size_t len);
void fuzz_mime(void *ctx, const char *text, size_t len);
void fuzz_digestfile(void *ctx, const char *text, size_t len);

/* inputs.c */
void fuzz_feed(void *ctx, const char *text, size_t len);
void fuzz_json(void *ctx, const char *text, size_t len);
void fuzz_response(void *ctx, const char *text, size_t len);
void fuzz_when(void *ctx, const char *text, size_t len);
void fuzz_options(void *ctx, const char *text, size_t len);
void fuzz_settings(void *ctx, const char *text, size_t len);
void fuzz_block(void *ctx, const char *text, size_t len);
void fuzz_watermark(void *ctx, const char *text, size_t len);

/* thread.c */
void fuzz_thread(void *ctx, const char *text, size_t len);

#endif
