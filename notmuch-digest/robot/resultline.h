/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * resultline.h - what a line of a test's report says: good or bad
 *
 * Compilers, crashes, rows of tables ("GitLint  FAIL  0.5 seconds"), TAP,
 * counts ("0 failed", "failures: 2", "1 of 2 checks failed") and sentences
 * ("no regressions", "the build has failed"). Nothing is known of who writes.
 *
 * Input is UTF-8, one line without its end. Linear in its length.
 */
#ifndef ND_ROBOT_RESULTLINE_H
#define ND_ROBOT_RESULTLINE_H

#include <stdbool.h>
#include <stddef.h>

/* The later ones say more. */
enum nd_resultline {
	ND_RESULTLINE_NONE,
	ND_RESULTLINE_PASSED,      /* "PASS", "build success" */
	ND_RESULTLINE_COUNTED,     /* of several: "2 passed, 0 failed" */
	ND_RESULTLINE_CLEAN,       /* that of all: "No regressions found" */
	ND_RESULTLINE_WARNED,      /* "WARNING", in a row or a sentence */
	ND_RESULTLINE_TOTALS,      /* "pass: 9, fail: 2" */
	ND_RESULTLINE_ANNOUNCED,   /* a failure that lines below name */
	ND_RESULTLINE_WARNING,     /* of a compiler */
	ND_RESULTLINE_FAILED,      /* "FAIL", "the build has failed" */
	ND_RESULTLINE_NEW_WARNING, /* marked as new: ">> x.c:1: warning: …" */
	ND_RESULTLINE_CRASH,     /* what went wrong, by its title: "BUG: …" */
	ND_RESULTLINE_ERROR,     /* of a compiler */
	ND_RESULTLINE_NEW_ERROR, /* marked as new */
};

/** What (text, len) says of what was tested. */
enum nd_resultline nd_resultline_read(const char *text, size_t len);

/** Does it name a test, a file, a machine, beside what it says? */
bool nd_resultline_names(const char *text, size_t len);

#endif
