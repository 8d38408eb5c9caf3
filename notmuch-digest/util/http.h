/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * http.h - requests over HTTP, several at once (libcurl inside)
 *
 * Redirects are never followed: libcurl would send some headers and the whole
 * body to wherever they point. Plain http goes to this machine only, unless the
 * request says otherwise; without TLS it passes by any proxy of the
 * environment, unless it may go anywhere else, too. Certificates are always verified, no cookies are kept, netrc
 * files and credentials in URLs are not used. Sizes are counted while bytes
 * arrive and after they were unpacked, so neither a chunked nor a compressed
 * answer gets over a ceiling.
 *
 * Does not: repeat what failed. Whoever asks decides what is worth repeating;
 * what it needs for that is in struct nd_http_reply.
 */
#ifndef ND_UTIL_HTTP_H
#define ND_UTIL_HTTP_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>

#include "util/buf.h"
#include "util/status.h"

struct nd_http_options {
	unsigned concurrency; /* requests on their way at once; 0 is 1 */
	const char *ca_file;  /* NULL: the system's certificates */
	size_t reply_bytes;   /* ceiling of a body; 0: ND_LIMIT_REPLY_BYTES */
	const volatile sig_atomic_t *cancel; /* set: stop waiting; or NULL */
};

/* Where a request may go without TLS. */
enum nd_http_plain {
	ND_HTTP_PLAIN_LOOPBACK, /* http to this machine only */
	ND_HTTP_PLAIN_NEVER,
	ND_HTTP_PLAIN_ANYWHERE,
};

/* Strings must stay until the reply is there. */
struct nd_http_request {
	const char *url;
	enum nd_http_plain plain;
	const char *const *header; /* "Name: value" …, NULL; may be NULL */
	const char *body;          /* NULL: GET, else POST */
	size_t body_len;
	unsigned timeout_ms; /* of the whole; 0: ten minutes */
	unsigned delay_ms;   /* wait so long before it is sent */
	void *tag;           /* handed back with the reply */
};

enum nd_http_failure {
	ND_HTTP_ANSWERED,  /* there is a status and a whole body */
	ND_HTTP_NO_ANSWER, /* no connection, cut off, TLS refused … */
	ND_HTTP_TIMEOUT,
	ND_HTTP_TOO_LARGE,
};

struct nd_http_reply {
	void *tag;
	enum nd_http_failure failure;
	char why[256];    /* of a failure, for people */
	long status;      /* 0 when there was no answer */
	const char *body; /* NUL-terminated; never NULL */
	size_t body_len;
	const char *location; /* where a redirect points to, or NULL */
	long retry_after_ms;  /* -1: the server does not say */
	int should_retry;     /* x-should-retry: 1, 0; -1: not said */
};

struct nd_http;

/** What carries requests, owned by ctx. Freeing it breaks off what runs. */
struct nd_http *
nd_http_new(const void *ctx, const struct nd_http_options *options);

/**
 * May a request go to this URL?
 *
 * Returns    ND_OK; ND_ERR_USAGE for what is no URL of http or https, for user
 *            and password in it, and for http where it is not allowed;
 *            ND_ERR_SERVICE when there is no libcurl. Nothing else of this file
 *            is to be called for a URL that was refused
 */
enum nd_status nd_http_check_url(const char *url, enum nd_http_plain plain,
                                 struct nd_error *err) ND_MUST_CHECK;

/** Is this the begin of a URL that we know: http:, https:? */
bool nd_http_is_url(const char *text);

/** Is this URL's host this machine ("localhost", 127.0.0.0/8, [::1])? */
bool nd_http_is_local(const char *url);

/** Is this http, without TLS? */
bool nd_http_is_plain(const char *url);

/**
 * Is this URL's host one of those named in hosts, divided by blanks, commas or
 * semicolons: names or addresses, in any case, [::1] with its brackets?
 */
bool nd_http_is_host_among(const char *url, const char *hosts);

/** Queue a request; the earliest one that is due is sent first. */
void nd_http_add(struct nd_http *http, const struct nd_http_request *request);

/** Send nothing new for so long: the server asked for a rest. */
void nd_http_pause(struct nd_http *http, unsigned ms);

/**
 * Wait for a reply.
 *
 * *out       owned by ctx
 * Returns    false when nothing is queued or on its way any more, or when
 *            *options.cancel was set; what is left is then dropped
 */
bool
nd_http_wait(struct nd_http *http, const void *ctx, struct nd_http_reply **out);

/**
 * Send one request and wait for it, for those who need no more.
 *
 * bytes      the body is appended; its ceiling is that of the body
 * Returns    ND_OK for a whole answer with status 200; nd_http_check_url()'s;
 *            ND_ERR_LIMIT for a body over the ceiling; ND_ERR_SERVICE for all
 *            else, redirects included
 */
enum nd_status
nd_http_fetch(const struct nd_http_request *request, struct nd_buf *bytes,
              struct nd_error *err) ND_MUST_CHECK;

#endif
