/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * secret.h - the key of a service: from a program, a file, the environment
 *
 * A key is never an argument of this process, never in a message and never in
 * a file of ours; memory that held it is overwritten before it is freed.
 */
#ifndef ND_UTIL_SECRET_H
#define ND_UTIL_SECRET_H

#include <stdbool.h>
#include <stddef.h>

#include "util/status.h"

/* At most one of them is set; the others are NULL or "". */
struct nd_secret_source {
	const char *command; /* words divided by ';' or, without any, blanks */
	const char *file;
	const char *env;
};

struct nd_secret {
	char *text;    /* one word of printable ASCII; "" when there is none */
	bool readable; /* by others: the mode of the file lets them */
};

/**
 * Is there at most one source, and a variable set when one is named? Nothing is
 * run or read.
 *
 * Returns    ND_OK; ND_ERR_CONFIG
 */
enum nd_status nd_secret_check(const struct nd_secret_source *source,
                               struct nd_error *err) ND_MUST_CHECK;

/**
 * Have the program of the source ready for nd_secret_read(), which may come
 * when no program can be started any more (util/child.h).
 */
void nd_secret_expect(const struct nd_secret_source *source);

/**
 * Read the key: the first line of what the source gives.
 *
 * *out       owned by ctx, wiped when it is freed; untouched on failure
 * Returns    ND_OK, also when no source is set; ND_ERR_CONFIG for two of them,
 *            an unset variable, or a key that no header can carry;
 *            ND_ERR_SERVICE when the program or file cannot be read now
 */
enum nd_status
nd_secret_read(const void *ctx, const struct nd_secret_source *source,
               struct nd_secret **out, struct nd_error *err) ND_MUST_CHECK;

/** Overwrite memory; the compiler does not leave it out. */
void nd_secret_wipe(void *bytes, size_t len);

#endif
