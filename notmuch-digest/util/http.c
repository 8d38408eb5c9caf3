/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "util/http.h"

#include <curl/curl.h>
#include <string.h>

#include "util/alloc.h"
#include "util/buf.h"
#include "util/str.h"
#include "util/utf8.h"

enum {
	CONNECT_MS = 10000,
	TIMEOUT_MS = 60000,
	RETRY_AFTER_MAX_S = 86400,
	HEADER_BYTES = 256 << 10
};

/* Everything of one transfer; its talloc tree frees the foreign objects. */
struct transfer {
	CURL *curl;
	CURLU *url;
	struct curl_slist *headers;
	struct nd_buf *body;
	size_t header_bytes;
	const char *host;
	char why[CURL_ERROR_SIZE];
};

static int
transfer_destructor(struct transfer *transfer)
{
	curl_easy_cleanup(transfer->curl);
	curl_url_cleanup(transfer->url);
	curl_slist_free_all(transfer->headers);
	return 0;
}

void
nd_http_init(void)
{
	curl_global_init(CURL_GLOBAL_DEFAULT);
}

bool
nd_http_is_url(const char *text)
{
	return nd_str_starts_nocase(text, "http://") ||
	       nd_str_starts_nocase(text, "https://");
}

/* A name that starts with "127." may be anybody's. */
static bool
is_loopback(const char *host)
{
	return nd_str_equal_nocase(host, "localhost") ||
	       strcmp(host, "[::1]") == 0 ||
	       (nd_str_starts(host, "127.") &&
	        strspn(host, "0123456789.") == strlen(host));
}

/* A part of the URL, owned by ctx; "" when it has none. */
static const char *
url_part(const void *ctx, CURLU *url, CURLUPart part)
{
	char *text = NULL;
	const char *copy = "";

	if (curl_url_get(url, part, &text, 0) == CURLUE_OK && text)
		copy = x_strdup(ctx, text);
	curl_free(text);
	return copy;
}

static enum nd_status
check_url(struct transfer *transfer, const struct nd_http_request *request,
          struct nd_error *err)
{
	const char *scheme;

	if (curl_url_set(transfer->url, CURLUPART_URL, request->url, 0) !=
	    CURLUE_OK)
		return nd_fail(err, ND_ERR_USAGE, "'%.200s' is no URL",
		               request->url);
	scheme = url_part(transfer, transfer->url, CURLUPART_SCHEME);
	transfer->host = url_part(transfer, transfer->url, CURLUPART_HOST);
	if (*url_part(transfer, transfer->url, CURLUPART_USER) ||
	    *url_part(transfer, transfer->url, CURLUPART_PASSWORD))
		return nd_fail(err, ND_ERR_USAGE,
		               "the URL for '%.200s' holds a user name or "
		               "password\nthey would end up in logs: leave "
		               "them out",
		               transfer->host);
	if (nd_str_equal_nocase(scheme, "https"))
		return ND_OK;
	if (!nd_str_equal_nocase(scheme, "http"))
		return nd_fail(err, ND_ERR_USAGE,
		               "'%.200s' is neither https nor http",
		               request->url);
	if (request->plain == ND_HTTP_PLAIN_ANYWHERE ||
	    (request->plain == ND_HTTP_PLAIN_LOOPBACK &&
	     is_loopback(transfer->host)))
		return ND_OK;
	return nd_fail(err, ND_ERR_USAGE,
	               "'%.200s' is plain http: anybody on the way could "
	               "change it\nuse https",
	               request->url);
}

static size_t
take_body(char *bytes, size_t size, size_t count, void *arg)
{
	struct transfer *transfer = arg;

	nd_buf_add(transfer->body, bytes, size * count);
	return transfer->body->full ? 0 : size * count;
}

/* The ceiling of all header lines; libcurl's own is per line. */
static size_t
take_header(char *bytes, size_t size, size_t count, void *arg)
{
	struct transfer *transfer = arg;

	(void)bytes;
	transfer->header_bytes += size * count;
	return transfer->header_bytes > HEADER_BYTES ? 0 : size * count;
}

static enum nd_status
add_headers(struct transfer *transfer, const struct nd_http_request *request,
            struct nd_error *err)
{
	/* No waiting for "100 Continue" before a large body. */
	transfer->headers = curl_slist_append(NULL, "Expect:");
	for (size_t i = 0; i < request->header_count; i++) {
		for (const char *p = request->header[i]; *p; p++)
			if ((unsigned char)*p < ' ' || *p == 0x7f)
				return nd_fail(err, ND_ERR_USAGE,
				               "a header of a request has a "
				               "control character");
		transfer->headers = curl_slist_append(transfer->headers,
		                                      request->header[i]);
	}
	return ND_OK;
}

static void
set_options(struct transfer *transfer, const struct nd_http_request *request)
{
	CURL *curl = transfer->curl;
	long timeout_ms = request->timeout_ms > 0 ? (long)request->timeout_ms
	                                          : TIMEOUT_MS;

	curl_easy_setopt(curl, CURLOPT_CURLU, transfer->url);
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(curl, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, (long)CONNECT_MS);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, timeout_ms);
	curl_easy_setopt(curl, CURLOPT_ACCEPT_ENCODING, "");
	curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, transfer->why);
	curl_easy_setopt(curl, CURLOPT_USERAGENT, "notmuch-digest");
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_body);
	curl_easy_setopt(curl, CURLOPT_WRITEDATA, transfer);
	curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, take_header);
	curl_easy_setopt(curl, CURLOPT_HEADERDATA, transfer);
	curl_easy_setopt(curl, CURLOPT_HTTPHEADER, transfer->headers);
	/* A proxy of the environment must not see what stays on this host. */
	if (is_loopback(transfer->host))
		curl_easy_setopt(curl, CURLOPT_NOPROXY, "*");
	if (request->ca_file)
		curl_easy_setopt(curl, CURLOPT_CAINFO, request->ca_file);
	if (request->body) {
		curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE,
		                 (curl_off_t)request->body_len);
		curl_easy_setopt(curl, CURLOPT_POSTFIELDS, request->body);
	}
}

static enum nd_status
redirected(struct transfer *transfer, struct nd_error *err)
{
	const char *to = NULL;
	char *clean;
	enum nd_status st;

	curl_easy_getinfo(transfer->curl, CURLINFO_REDIRECT_URL, &to);
	clean = nd_utf8_clean_line(NULL, to ? to : "", to ? strlen(to) : 0);
	st = nd_fail(err, ND_ERR_SERVICE,
	             "'%.150s' sends us elsewhere, to '%.200s'\n"
	             "redirects are not followed: give that URL if you trust "
	             "it",
	             transfer->host, clean);
	talloc_free(clean);
	return st;
}

static enum nd_status
perform(struct transfer *transfer, struct nd_error *err)
{
	CURLcode code = curl_easy_perform(transfer->curl);
	long status = 0;

	if (transfer->body->full)
		return nd_fail(err, ND_ERR_LIMIT,
		               "the reply of '%.200s' is over %zu bytes",
		               transfer->host, transfer->body->limit_bytes);
	if (code != CURLE_OK)
		return nd_fail(err, ND_ERR_SERVICE, "cannot reach '%.200s': %s",
		               transfer->host,
		               *transfer->why ? transfer->why
		                              : curl_easy_strerror(code));
	curl_easy_getinfo(transfer->curl, CURLINFO_RESPONSE_CODE, &status);
	return status >= 300 && status < 400 ? redirected(transfer, err)
	                                     : ND_OK;
}

static void
fill_reply(struct nd_http_reply *reply, struct transfer *transfer)
{
	CURL *curl = transfer->curl;
	const char *type = NULL;
	curl_off_t retry_s = 0;
	long status = 0;

	curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
	curl_easy_getinfo(curl, CURLINFO_CONTENT_TYPE, &type);
	curl_easy_getinfo(curl, CURLINFO_RETRY_AFTER, &retry_s);
	reply->status = (int)status;
	reply->body = talloc_steal(reply, transfer->body->data);
	reply->len = transfer->body->len;
	reply->type = nd_utf8_clean_line(reply, type ? type : "",
	                                 type ? strlen(type) : 0);
	reply->retry_after_s = retry_s > 0 ? (int64_t)retry_s : -1;
	if (reply->retry_after_s > RETRY_AFTER_MAX_S)
		reply->retry_after_s = RETRY_AFTER_MAX_S;
}

enum nd_status
nd_http_fetch(const void *ctx, const struct nd_http_request *request,
              struct nd_http_reply **out, struct nd_error *err)
{
	struct transfer *transfer = x_new(NULL, struct transfer);
	enum nd_status st;

	transfer->curl = x_check(curl_easy_init());
	transfer->url = x_check(curl_url());
	transfer->body = nd_buf_new(transfer, request->limit_bytes);
	talloc_set_destructor(transfer, transfer_destructor);
	st = check_url(transfer, request, err);
	if (st == ND_OK)
		st = add_headers(transfer, request, err);
	if (st == ND_OK) {
		set_options(transfer, request);
		st = perform(transfer, err);
	}
	if (st == ND_OK) {
		*out = x_new(ctx, struct nd_http_reply);
		fill_reply(*out, transfer);
	}
	talloc_free(transfer);
	return st;
}
