/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * http.h - one request to an HTTP server (libcurl inside)
 *
 * https by default; redirects are not followed, credentials in URLs and
 * netrc files are not used, cookies are not kept. Everything received is
 * counted as it comes in, decompressed: what is over the ceiling ends the
 * transfer. Blocks until the reply is there; thread-safe after nd_http_init().
 */
#ifndef ND_UTIL_HTTP_H
#define ND_UTIL_HTTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "util/status.h"

enum nd_http_plain {
	ND_HTTP_PLAIN_NEVER,
	ND_HTTP_PLAIN_LOOPBACK, /* http to this machine only */
	ND_HTTP_PLAIN_ANYWHERE,
};

struct nd_http_request {
	const char *url;
	const char *body; /* posted; NULL: GET */
	size_t body_len;
	const char *const
		*header; /* "Name: value"; control bytes are refused */
	size_t header_count;
	unsigned timeout_ms; /* of the whole; 0: a minute */
	size_t limit_bytes;  /* of the reply's body */
	enum nd_http_plain plain;
	const char *ca_file; /* NULL: the system's */
};

struct nd_http_reply {
	int status;       /* 200 to 599, but never 3xx */
	const char *body; /* NUL-terminated */
	size_t len;
	const char *type;      /* Content-Type, "" when there is none */
	int64_t retry_after_s; /* what the server asks for; -1: nothing */
};

/** Once, before the first request, while there is one thread. */
void nd_http_init(void);

/** Is this the begin of a URL that nd_http_fetch() knows: http:, https:? */
bool nd_http_is_url(const char *text);

/**
 * Send a request.
 *
 * *out       owned by ctx; untouched on failure
 * Returns    ND_OK for any reply that is no redirect; ND_ERR_USAGE for a URL
 *            that is malformed or not allowed; ND_ERR_LIMIT for a reply over
 *            limit_bytes; ND_ERR_SERVICE for everything that went wrong on the
 *            way, redirects included
 */
enum nd_status
nd_http_fetch(const void *ctx, const struct nd_http_request *request,
              struct nd_http_reply **out, struct nd_error *err) ND_MUST_CHECK;

#endif
