/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * http.h - requests over HTTP, several at once (libcurl inside)
 *
 * Redirects are never followed: libcurl would send some headers and the whole
 * body to wherever they point. Plain http goes to this machine only, and then
 * past any proxy of the environment. Certificates are always verified. Sizes
 * are counted while bytes arrive and after they were unpacked, so neither a
 * chunked nor a compressed answer gets over a ceiling.
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

/* Strings must stay until the reply is there. */
struct nd_http_request {
	const char *url;
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
	const char *location; /* host that a redirect points to, or NULL */
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
 * Returns    ND_OK; ND_ERR_CONFIG for anything but https to any host and http
 *            to the loopback interface, without user and password
 */
enum nd_status
nd_http_check_url(const char *url, struct nd_error *err) ND_MUST_CHECK;

/** Is this URL's host this machine ("localhost", 127.0.0.0/8, [::1])? */
bool nd_http_is_local(const char *url);

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
 * One GET, for those who need no more.
 *
 * *out       the body, owned by ctx
 * Returns    ND_OK; ND_ERR_CONFIG for the URL; ND_ERR_SERVICE unless the
 *            answer is a whole one with status 200
 */
enum nd_status
nd_http_get(const void *ctx, const char *url, size_t limit_bytes,
            struct nd_buf **out, struct nd_error *err) ND_MUST_CHECK;

#endif
