/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "util/http.h"

#include <arpa/inet.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "util/alloc.h"
#include "util/curl.h"
#include "util/limits.h"
#include "util/secret.h"
#include "util/str.h"
#include "util/time.h"
#include "util/utf8.h"

enum {
	TIMEOUT_MS = 600 * 1000,
	CONNECT_MS = 10 * 1000,
	POLL_MS = 250, /* how late a set cancel flag may be seen */
	RETRY_AFTER_MAX_S = 24 * 3600,
};

/* A request: queued while easy is NULL, then on its way. */
struct call {
	struct nd_http *http;
	struct nd_http_request request;
	long due_ms;
	CURL *easy;
	struct curl_slist *header;
	struct nd_buf *body;
	size_t header_bytes;
	size_t over_bytes; /* the ceiling that the answer is over; or 0 */
	char error[CURL_ERROR_SIZE];
	struct call *next;
};

struct nd_http {
	CURLM *multi;
	struct nd_http_options options;
	struct call *queue;   /* by due_ms, then by age */
	struct call *running; /* in no order */
	unsigned running_count;
	long paused_until_ms;
};

/* ---- URLs ---------------------------------------------------------------- */

static char *
url_part(CURLU *url, CURLUPart part)
{
	char *text = NULL;

	return nd_curl.url_get(url, part, &text, 0) == CURLUE_OK ? text : NULL;
}

/* Only literal addresses and "localhost": a name could resolve to anywhere. */
static bool
is_loopback(const char *host)
{
	struct in_addr v4;

	if (inet_pton(AF_INET, host, &v4) == 1)
		return ntohl(v4.s_addr) >> 24 == 127;
	return nd_str_equal_nocase(host, "localhost") ||
	       strcmp(host, "[::1]") == 0 || strcmp(host, "::1") == 0;
}

/* Of a URL: what decides whether it may be used. */
struct place {
	char *scheme, *host, *user, *password;
};

static bool
parse_place(const char *text, struct place *out)
{
	CURLU *url = x_check(nd_curl.url());
	bool is_url = nd_curl.url_set(url, CURLUPART_URL, text, 0) == CURLUE_OK;

	*out = (struct place){0};
	if (is_url) {
		out->scheme = url_part(url, CURLUPART_SCHEME);
		out->host = url_part(url, CURLUPART_HOST);
		out->user = url_part(url, CURLUPART_USER);
		out->password = url_part(url, CURLUPART_PASSWORD);
	}
	nd_curl.url_cleanup(url);
	return out->scheme && out->host;
}

static void
free_place(struct place *place)
{
	nd_curl.free(place->scheme);
	nd_curl.free(place->host);
	nd_curl.free(place->user);
	nd_curl.free(place->password);
}

static enum nd_status
check_place(const char *url, const struct place *place,
            enum nd_http_plain plain, struct nd_error *err)
{
	/* The URL itself would repeat the password. */
	if (place->user || place->password)
		return nd_fail(err, ND_ERR_USAGE,
		               "the URL for '%.200s' holds a user name or "
		               "password\nthey would end up in logs: leave "
		               "them out",
		               place->host);
	if (nd_str_equal_nocase(place->scheme, "https"))
		return ND_OK;
	if (!nd_str_equal_nocase(place->scheme, "http"))
		return nd_fail(err, ND_ERR_USAGE,
		               "'%.200s' is neither https nor http", url);
	if (plain == ND_HTTP_PLAIN_ANYWHERE ||
	    (plain == ND_HTTP_PLAIN_LOOPBACK && is_loopback(place->host)))
		return ND_OK;
	return nd_fail(err, ND_ERR_USAGE,
	               "'%.200s' is plain http: anybody on the way could "
	               "read and change it\nuse https",
	               url);
}

enum nd_status
nd_http_check_url(const char *url, enum nd_http_plain plain,
                  struct nd_error *err)
{
	struct place place;
	enum nd_status st = nd_curl_load(err);

	if (st != ND_OK)
		return st;
	if (parse_place(url, &place))
		st = check_place(url, &place, plain, err);
	else
		st = nd_fail(err, ND_ERR_USAGE, "'%.200s' is no URL", url);
	free_place(&place);
	return st;
}

bool
nd_http_is_url(const char *text)
{
	return nd_str_starts_nocase(text, "http://") ||
	       nd_str_starts_nocase(text, "https://");
}

bool
nd_http_is_plain(const char *url)
{
	return nd_str_starts_nocase(url, "http://");
}

bool
nd_http_is_host_among(const char *url, const char *hosts)
{
	static const char between[] = " \t,;";
	struct nd_error why;
	struct place place;
	bool found = false;

	if (!nd_http_is_url(url) || nd_curl_load(&why) != ND_OK)
		return false;
	if (parse_place(url, &place))
		while (!found && *(hosts += strspn(hosts, between))) {
			size_t len = strcspn(hosts, between);

			found = nd_mem_is_nocase(hosts, len, place.host);
			hosts += len;
		}
	free_place(&place);
	return found;
}

bool
nd_http_is_local(const char *url)
{
	struct nd_error why;
	struct place place;
	bool local;

	if (!nd_http_is_url(url) || nd_curl_load(&why) != ND_OK)
		return false;
	local = parse_place(url, &place) && is_loopback(place.host);
	free_place(&place);
	return local;
}

/* ---- one call ------------------------------------------------------------ */

static size_t
take_body(char *bytes, size_t size, size_t count, void *arg)
{
	struct call *call = arg;

	(void)size; /* always 1 */
	nd_buf_add(call->body, bytes, count);
	if (call->body->full)
		call->over_bytes = call->http->options.reply_bytes;
	return call->over_bytes ? 0 : count;
}

static size_t
take_header(char *bytes, size_t size, size_t count, void *arg)
{
	struct call *call = arg;

	(void)bytes;
	(void)size;
	call->header_bytes += count;
	if (call->header_bytes > ND_LIMIT_REPLY_HEADER_BYTES)
		call->over_bytes = ND_LIMIT_REPLY_HEADER_BYTES;
	return call->over_bytes ? 0 : count;
}

static struct curl_slist *
append_header(struct curl_slist *list, const char *header)
{
	return x_check(nd_curl.slist_append(list, header));
}

static void
set_options(struct call *call)
{
	const struct nd_http_request *request = &call->request;
	const struct nd_http_options *options = &call->http->options;
	CURL *easy = call->easy;

	nd_curl.easy_setopt(easy, CURLOPT_PRIVATE, call);
	nd_curl.easy_setopt(easy, CURLOPT_URL, request->url);
	nd_curl.easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
	nd_curl.easy_setopt(easy, CURLOPT_REDIR_PROTOCOLS_STR, "https");
	nd_curl.easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
	nd_curl.easy_setopt(easy, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
	nd_curl.easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
	nd_curl.easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, (long)CONNECT_MS);
	nd_curl.easy_setopt(
		easy, CURLOPT_TIMEOUT_MS,
		(long)(request->timeout_ms ? request->timeout_ms : TIMEOUT_MS));
	nd_curl.easy_setopt(easy, CURLOPT_TCP_KEEPALIVE, 1L);
	nd_curl.easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "");
	nd_curl.easy_setopt(easy, CURLOPT_ERRORBUFFER, call->error);
	nd_curl.easy_setopt(easy, CURLOPT_USERAGENT, "notmuch-digest");
	nd_curl.easy_setopt(easy, CURLOPT_HTTP_VERSION,
	                    (long)CURL_HTTP_VERSION_2TLS);
	/* Without TLS there is no HTTP/2 to wait for, only the first answer. */
	nd_curl.easy_setopt(easy, CURLOPT_PIPEWAIT,
	                    (long)nd_str_starts(request->url, "https"));
	nd_curl.easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_body);
	nd_curl.easy_setopt(easy, CURLOPT_WRITEDATA, call);
	nd_curl.easy_setopt(easy, CURLOPT_HEADERFUNCTION, take_header);
	nd_curl.easy_setopt(easy, CURLOPT_HEADERDATA, call);
	nd_curl.easy_setopt(easy, CURLOPT_HTTPHEADER, call->header);
	/* http_proxy of the environment must not see what stays here. */
	if (nd_http_is_local(request->url) ||
	    (nd_http_is_plain(request->url) &&
	     request->plain != ND_HTTP_PLAIN_ANYWHERE))
		nd_curl.easy_setopt(easy, CURLOPT_NOPROXY, "*");
	if (options->ca_file)
		nd_curl.easy_setopt(easy, CURLOPT_CAINFO, options->ca_file);
	if (request->body) {
		nd_curl.easy_setopt(easy, CURLOPT_POSTFIELDS, request->body);
		nd_curl.easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE,
		                    (curl_off_t)request->body_len);
	}
}

static void
start(struct nd_http *http, struct call *call)
{
	const char *const *header = call->request.header;

	call->easy = x_check(nd_curl.easy_init());
	/* Without it, a body over 1 MB waits a second for a 100 Continue. */
	call->header = append_header(NULL, "Expect:");
	for (; header && *header; header++)
		call->header = append_header(call->header, *header);
	call->body = nd_buf_new(call, http->options.reply_bytes);
	set_options(call);
	call->next = http->running;
	http->running = call;
	http->running_count++;
	if (nd_curl.multi_add_handle(http->multi, call->easy) != CURLM_OK)
		x_check(NULL);
}

static void
stop(struct nd_http *http, struct call *call)
{
	struct call **at = &http->running;

	while (*at != call)
		at = &(*at)->next;
	*at = call->next;
	http->running_count--;
	nd_curl.multi_remove_handle(http->multi, call->easy);
	nd_curl.easy_cleanup(call->easy);
	/* The headers hold the key. */
	for (struct curl_slist *item = call->header; item; item = item->next)
		nd_secret_wipe(item->data, strlen(item->data));
	nd_curl.slist_free_all(call->header);
}

static const char *
header_value(CURL *easy, const char *name)
{
	struct curl_header *header;

	return nd_curl.easy_header(easy, name, 0, CURLH_HEADER, -1, &header) ==
	                       CURLHE_OK
	               ? header->value
	               : NULL;
}

/* retry-after-ms, or Retry-After in seconds or as a date; -1 for neither. */
static long
retry_after_ms(CURL *easy)
{
	const char *ms = header_value(easy, "retry-after-ms");
	const char *s = header_value(easy, "retry-after");
	const double most = RETRY_AFTER_MAX_S;
	double seconds = -1;
	curl_off_t by_curl = 0;

	if (ms && nd_is_digit(*ms))
		seconds = strtod(ms, NULL) / 1000;
	else if (s && nd_is_digit(*s))
		seconds = strtod(s, NULL);
	else if (s && nd_curl.easy_getinfo(easy, CURLINFO_RETRY_AFTER,
	                                   &by_curl) == CURLE_OK)
		seconds = (double)by_curl;
	if (!(seconds >= 0))
		return -1;
	return (long)((seconds < most ? seconds : most) * 1000);
}

static const char *
redirect_target(const void *ctx, CURL *easy)
{
	char *target = NULL;

	nd_curl.easy_getinfo(easy, CURLINFO_REDIRECT_URL, &target);
	return target ? nd_utf8_clean_line(ctx, target, strlen(target)) : NULL;
}

static enum nd_http_failure
failure_of(const struct call *call, CURLcode code)
{
	if (call->over_bytes)
		return ND_HTTP_TOO_LARGE;
	switch (code) {
	case CURLE_OK:
		return ND_HTTP_ANSWERED;
	case CURLE_OPERATION_TIMEDOUT:
		return ND_HTTP_TIMEOUT;
	default:
		return ND_HTTP_NO_ANSWER;
	}
}

static struct nd_http_reply *
reply_of(const void *ctx, struct call *call, CURLcode code)
{
	struct nd_http_reply *reply = x_new(ctx, struct nd_http_reply);
	const char *retry = header_value(call->easy, "x-should-retry");

	reply->tag = call->request.tag;
	reply->failure = failure_of(call, code);
	if (reply->failure == ND_HTTP_TOO_LARGE)
		snprintf(reply->why, sizeof reply->why,
		         "the %s is over %zu bytes",
		         call->body->full ? "answer" : "answer's header",
		         call->over_bytes);
	else if (reply->failure != ND_HTTP_ANSWERED)
		snprintf(reply->why, sizeof reply->why, "%s",
		         *call->error ? call->error
		                      : nd_curl.easy_strerror(code));
	nd_curl.easy_getinfo(call->easy, CURLINFO_RESPONSE_CODE,
	                     &reply->status);
	reply->location = redirect_target(reply, call->easy);
	reply->retry_after_ms = retry_after_ms(call->easy);
	reply->should_retry = -1;
	if (retry && nd_str_equal_nocase(retry, "true"))
		reply->should_retry = 1;
	else if (retry && nd_str_equal_nocase(retry, "false"))
		reply->should_retry = 0;
	talloc_steal(reply, call->body);
	reply->body = call->body->data;
	reply->body_len = call->body->len;
	return reply;
}

/* ---- all of them --------------------------------------------------------- */

static int
http_destructor(struct nd_http *http)
{
	void (*on_sigpipe)(int) = signal(SIGPIPE, SIG_IGN);

	while (http->running)
		stop(http, http->running);
	nd_curl.multi_cleanup(http->multi);
	signal(SIGPIPE, on_sigpipe);
	return 0;
}

struct nd_http *
nd_http_new(const void *ctx, const struct nd_http_options *options)
{
	struct nd_http *http = x_new(ctx, struct nd_http);
	long most;

	http->options = *options;
	if (http->options.concurrency == 0)
		http->options.concurrency = 1;
	if (http->options.reply_bytes == 0)
		http->options.reply_bytes = ND_LIMIT_REPLY_BYTES;
	most = (long)http->options.concurrency;
	http->multi = x_check(nd_curl.multi_init());
	nd_curl.multi_setopt(http->multi, CURLMOPT_PIPELINING,
	                     (long)CURLPIPE_MULTIPLEX);
	nd_curl.multi_setopt(http->multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, most);
	nd_curl.multi_setopt(http->multi, CURLMOPT_MAXCONNECTS, most);
	talloc_set_destructor(http, http_destructor);
	return http;
}

void
nd_http_add(struct nd_http *http, const struct nd_http_request *request)
{
	struct call *call = x_new(http, struct call);
	struct call **at = &http->queue;

	call->http = http;
	call->request = *request;
	call->due_ms = nd_time_monotonic_ms() + (long)request->delay_ms;
	while (*at && (*at)->due_ms <= call->due_ms)
		at = &(*at)->next;
	call->next = *at;
	*at = call;
}

void
nd_http_pause(struct nd_http *http, unsigned ms)
{
	long until_ms = nd_time_monotonic_ms() + (long)ms;

	if (until_ms > http->paused_until_ms)
		http->paused_until_ms = until_ms;
}

/* Send what may be sent; returns how long nothing else is due. */
static long
start_due(struct nd_http *http)
{
	long at_ms = nd_time_monotonic_ms(), wait_ms;

	while (http->queue && http->running_count < http->options.concurrency) {
		struct call *call = http->queue;
		long due_ms = call->due_ms > http->paused_until_ms
		                      ? call->due_ms
		                      : http->paused_until_ms;

		if (due_ms > at_ms) {
			wait_ms = due_ms - at_ms;
			return wait_ms < POLL_MS ? wait_ms : POLL_MS;
		}
		http->queue = call->next;
		start(http, call);
	}
	return POLL_MS;
}

static struct nd_http_reply *
take_finished(struct nd_http *http, const void *ctx)
{
	int left;
	CURLMsg *message;

	while ((message = nd_curl.multi_info_read(http->multi, &left))) {
		struct nd_http_reply *reply;
		struct call *call;
		char *private;

		if (message->msg != CURLMSG_DONE)
			continue;
		nd_curl.easy_getinfo(message->easy_handle, CURLINFO_PRIVATE,
		                     &private);
		call = (struct call *)private;
		reply = reply_of(ctx, call, message->data.result);
		stop(http, call);
		talloc_free(call);
		return reply;
	}
	return NULL;
}

static void
drop_all(struct nd_http *http)
{
	while (http->running) {
		struct call *call = http->running;

		stop(http, call);
		talloc_free(call);
	}
	while (http->queue) {
		struct call *call = http->queue;

		http->queue = call->next;
		talloc_free(call);
	}
}

static bool
wait_for_reply(struct nd_http *http, const void *ctx,
               struct nd_http_reply **out)
{
	while (http->queue || http->running) {
		long wait_ms = start_due(http);
		struct nd_http_reply *reply;
		int running;

		if (http->options.cancel && *http->options.cancel) {
			drop_all(http);
			return false;
		}
		if (nd_curl.multi_perform(http->multi, &running) != CURLM_OK)
			x_check(NULL);
		reply = take_finished(http, ctx);
		if (reply) {
			/* Its place is taken before anybody thinks about it. */
			start_due(http);
			nd_curl.multi_perform(http->multi, &running);
			*out = reply;
			return true;
		}
		nd_curl.multi_poll(http->multi, NULL, 0, (int)wait_ms, NULL);
	}
	return false;
}

bool
nd_http_wait(struct nd_http *http, const void *ctx, struct nd_http_reply **out)
{
	/* A server that hangs up is its call's failure, not our end: with TLS
	 * libcurl does not keep the signal away. */
	void (*on_sigpipe)(int) = signal(SIGPIPE, SIG_IGN);
	bool got = wait_for_reply(http, ctx, out);

	signal(SIGPIPE, on_sigpipe);
	return got;
}

static enum nd_status
take_reply(const char *url, const struct nd_http_reply *reply,
           struct nd_buf *bytes, struct nd_error *err)
{
	if (reply->failure == ND_HTTP_TOO_LARGE)
		return nd_fail(err, ND_ERR_LIMIT, "cannot read '%.200s': %s",
		               url, reply->why);
	if (reply->failure != ND_HTTP_ANSWERED)
		return nd_fail(err, ND_ERR_SERVICE, "cannot reach '%.200s': %s",
		               url, reply->why);
	if (reply->location)
		return nd_fail(err, ND_ERR_SERVICE,
		               "'%.150s' sends us elsewhere, to '%.200s'\n"
		               "redirects are not followed: give that URL if "
		               "you trust it",
		               url, reply->location);
	if (reply->status != 200)
		return nd_fail(err, ND_ERR_SERVICE,
		               "'%.300s' answers with status %ld", url,
		               reply->status);
	nd_buf_add(bytes, reply->body, reply->body_len);
	return ND_OK;
}

enum nd_status
nd_http_fetch(const struct nd_http_request *request, struct nd_buf *bytes,
              struct nd_error *err)
{
	struct nd_http_options options = {.reply_bytes = bytes->limit_bytes};
	enum nd_status st =
		nd_http_check_url(request->url, request->plain, err);
	struct nd_http_reply *reply;
	struct nd_http *http;

	if (st != ND_OK)
		return st;
	http = nd_http_new(NULL, &options);
	nd_http_add(http, request);
	if (!nd_http_wait(http, http, &reply))
		x_check(NULL); /* nothing can cancel it */
	st = take_reply(request->url, reply, bytes, err);
	talloc_free(http);
	return st;
}
