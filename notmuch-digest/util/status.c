/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "util/status.h"

#include <stdarg.h>
#include <stdio.h>
#include <sysexits.h>

enum nd_status
nd_fail(struct nd_error *err, enum nd_status code, const char *fmt, ...)
{
	va_list args;

	if (!err)
		return code;
	err->code = code;
	va_start(args, fmt);
	vsnprintf(err->msg, sizeof err->msg, fmt, args);
	va_end(args);
	return code;
}

int
nd_status_exit_code(enum nd_status status)
{
	switch (status) {
	case ND_OK:
		return EX_OK;
	case ND_ERR_USAGE:
		return EX_USAGE;
	case ND_ERR_CONFIG:
		return EX_CONFIG;
	case ND_ERR_DB:
		return 1;
	case ND_ERR_BUSY:
		return EX_TEMPFAIL;
	case ND_ERR_IO:
		return EX_IOERR;
	case ND_ERR_SERVICE:
		return EX_UNAVAILABLE;
	case ND_ERR_PARSE:
	case ND_ERR_LIMIT:
		return EX_DATAERR;
	}
	return 1;
}
