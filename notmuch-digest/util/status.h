/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * status.h - how functions say that they failed
 *
 * Every function that can fail returns an enum nd_status and explains the
 * failure in a struct nd_error that its caller owns. Nothing below cmd/ prints
 * an error or ends the process. Running out of memory is not among the
 * failures: see alloc.h.
 */
#ifndef ND_UTIL_STATUS_H
#define ND_UTIL_STATUS_H

#define ND_MUST_CHECK __attribute__((warn_unused_result))
#define ND_PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))

/* One value for each exit code of the program (sysexits.h). */
enum nd_status {
	ND_OK,
	ND_ERR_USAGE,   /* 64: the command line is wrong */
	ND_ERR_CONFIG,  /* 78: a setting is wrong */
	ND_ERR_DB,      /*  1: libnotmuch failed */
	ND_ERR_BUSY,    /* 75: somebody else holds what we need; try again */
	ND_ERR_IO,      /* 74: reading or writing failed */
	ND_ERR_PARSE,   /* 65: the input cannot be understood */
	ND_ERR_SERVICE, /* 69: a service that is needed is down */
	ND_ERR_LIMIT,   /* 65: the input is over a ceiling of limits.h */
};

struct nd_error {
	enum nd_status code;
	char msg[512]; /* lower case, no full stop; the remedy on line two */
};

/**
 * Fill *err and return code, so that a failure is one statement:
 * `return nd_fail(err, ND_ERR_IO, "cannot open '%s': %s", path, why);`
 *
 * err may be NULL when the caller only wants the status.
 */
enum nd_status nd_fail(struct nd_error *err, enum nd_status code,
                       const char *fmt, ...) ND_PRINTF(3, 4);

/** The exit code of the process for a status (sysexits.h values). */
int nd_status_exit_code(enum nd_status status);

#endif
