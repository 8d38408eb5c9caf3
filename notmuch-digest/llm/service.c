/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "llm/service.h"

#include <stdio.h>
#include <string.h>
#include <sys/random.h>

#include "util/alloc.h"
#include "util/http.h"
#include "util/limits.h"
#include "util/secret.h"
#include "util/str.h"

enum {
	TRIES = 4,        /* of one request that fails for now */
	SWAPS = 6,        /* refused parameters of one request */
	FAILURES_MAX = 3, /* in a row, then no further one is tried */
	BACKOFF_MS = 1000,
	BACKOFF_MAX_MS = 30 * 1000,
	RETRY_AFTER_MAX_MS = 120 * 1000,
	OUT_MIN = 1024, /* tokens that an answer should have */
	TIMEOUT_S = 600,
	TIMEOUT_LOCAL_S = 3600, /* a model on somebody's processor */
};

/* A question on its way. */
struct errand {
	struct nd_llm_question question;
	struct nd_buf *body;
	struct nd_llm_dialect dialect; /* that the body is written in */
	unsigned tries, swaps;
};

struct nd_llm_service {
	struct nd_llm_service_options options;
	struct nd_http *http;
	struct nd_llm_dialect dialect;
	char *url;
	const char **header; /* NULL at the end */
	unsigned under_way;
	unsigned failures; /* in a row */
	uint64_t reserved; /* tokens of what is under way, at most */
	struct nd_llm_service_spent spent;
	char stopped[256];
};

/* ---- requests ------------------------------------------------------------ */

static int
wipe_headers(struct nd_llm_service *service)
{
	for (const char **header = service->header; header && *header; header++)
		nd_secret_wipe((void *)(uintptr_t)*header, strlen(*header));
	return 0;
}

static void
set_headers(struct nd_llm_service *service)
{
	const struct nd_llm_provider *provider = service->options.provider;
	size_t count = 0;

	service->header = x_array(service, const char *, 5);
	service->header[count++] =
		x_strdup(service, "Content-Type: application/json");
	service->header[count++] =
		x_strdup(service, "Accept: application/json");
	if (provider->header)
		service->header[count++] = x_strdup(service, provider->header);
	if (*service->options.key) {
		size_t size = strlen(provider->key_header) +
		              strlen(service->options.key) + 1;
		char *line = x_array(service, char, size);
		const char *hole = strstr(provider->key_header, "%s");

		snprintf(line, size, "%.*s%s",
		         (int)(hole - provider->key_header),
		         provider->key_header, service->options.key);
		service->header[count++] = line;
	}
}

/* max_completion_tokens is OpenAI's own; others know the older name. */
static bool
is_openai(const char *url)
{
	return nd_str_starts_nocase(url, "https://api.openai.com/");
}

struct nd_llm_service *
nd_llm_service_new(const void *ctx,
                   const struct nd_llm_service_options *options)
{
	struct nd_llm_service *service = x_new(ctx, struct nd_llm_service);
	struct nd_http_options http = {
		.concurrency = options->concurrency,
		.ca_file = options->ca_file,
		.cancel = options->cancel,
	};
	size_t len = strlen(options->url);

	service->options = *options;
	service->http = nd_http_new(service, &http);
	service->dialect = options->provider->dialect;
	service->dialect.new_limit = is_openai(options->url);
	while (len > 0 && options->url[len - 1] == '/')
		len--;
	service->url = x_asprintf(service, "%.*s%s", (int)len, options->url,
	                          options->provider->path);
	set_headers(service);
	talloc_set_destructor(service, wipe_headers);
	return service;
}

const char *
nd_llm_service_url(const struct nd_llm_service *service)
{
	return service->url;
}

static void
write_body(const struct nd_llm_service *service,
           const struct nd_llm_dialect *dialect,
           const struct nd_llm_question *question, struct nd_buf *out)
{
	const struct nd_llm_ask ask = {
		.model = service->options.model,
		.system = question->system,
		.user = question->user,
		.schema = question->schema,
		.max_out = question->max_out,
		.context_tokens = service->options.context_tokens,
		.dialect = dialect,
	};

	service->options.provider->build(&ask, out);
}

void
nd_llm_service_body(const struct nd_llm_service *service,
                    const struct nd_llm_question *question, struct nd_buf *out)
{
	write_body(service, &service->dialect, question, out);
}

unsigned
nd_service_timeout_s(const char *url)
{
	return nd_http_is_local(url) ? TIMEOUT_LOCAL_S : TIMEOUT_S;
}

static unsigned
timeout_ms(const struct nd_llm_service *service)
{
	if (service->options.timeout_s)
		return service->options.timeout_s * 1000;
	return 1000 * nd_service_timeout_s(service->url);
}

static void
send_errand(struct nd_llm_service *service, struct errand *errand,
            unsigned delay_ms)
{
	struct nd_http_request request = {
		.url = service->url,
		.header = service->header,
		.timeout_ms = timeout_ms(service),
		.delay_ms = delay_ms,
		.tag = errand,
	};

	TALLOC_FREE(errand->body);
	errand->body = nd_buf_new(errand, ND_LIMIT_PROMPT_BYTES);
	errand->dialect = service->dialect;
	write_body(service, &errand->dialect, &errand->question, errand->body);
	request.body = errand->body->data;
	request.body_len = errand->body->len;
	nd_http_add(service->http, &request);
	service->spent.requests++;
}

static uint64_t
most_tokens(const struct nd_llm_question *question)
{
	return (uint64_t)question->tokens + question->max_out;
}

bool
nd_llm_service_has_room(const struct nd_llm_service *service)
{
	return service->under_way < service->options.concurrency;
}

enum nd_llm_fit
nd_llm_service_fit(const struct nd_llm_service *service,
                   struct nd_llm_question *question)
{
	const struct nd_llm_service_options *options = &service->options;
	uint64_t used = service->spent.tokens_in + service->spent.tokens_out +
	                service->reserved;
	uint64_t left = options->budget_tokens > used
	                        ? options->budget_tokens - used
	                        : 0;
	unsigned least =
		question->max_out < OUT_MIN ? question->max_out : OUT_MIN;

	if (!options->budget_tokens || most_tokens(question) <= left)
		return ND_LLM_FIT_NOW;
	if (service->under_way > 0)
		return ND_LLM_FIT_LATER;
	if (question->tokens + least > left)
		return ND_LLM_FIT_NEVER;
	question->max_out = (unsigned)(left - question->tokens);
	return ND_LLM_FIT_NOW;
}

void
nd_llm_service_ask(struct nd_llm_service *service,
                   const struct nd_llm_question *question)
{
	struct errand *errand = x_new(service, struct errand);

	errand->question = *question;
	service->under_way++;
	service->reserved += most_tokens(question);
	send_errand(service, errand, 0);
}

const char *
nd_llm_service_stopped(const struct nd_llm_service *service)
{
	return *service->stopped ? service->stopped : NULL;
}

struct nd_llm_service_spent
nd_llm_service_spent(const struct nd_llm_service *service)
{
	return service->spent;
}

/* ---- what to do with a failure ------------------------------------------- */

static void
stop(struct nd_llm_service *service, const char *why)
{
	if (!*service->stopped)
		snprintf(service->stopped, sizeof service->stopped, "%s", why);
}

static unsigned
random_below(unsigned limit)
{
	unsigned value = 0;

	if (getrandom(&value, sizeof value, 0) != (ssize_t)sizeof value)
		value = 0;
	return limit ? value % limit : 0;
}

/* Full jitter; what the server asks for is the least. */
static unsigned
backoff_ms(const struct errand *errand, long retry_after_ms)
{
	unsigned most = BACKOFF_MS << (errand->tries - 1), wait;

	wait = random_below(most < BACKOFF_MAX_MS ? most : BACKOFF_MAX_MS);
	return retry_after_ms > (long)wait ? (unsigned)retry_after_ms : wait;
}

/* Send it again later, if that may help. */
static bool
try_later(struct nd_llm_service *service, struct errand *errand,
          const struct nd_http_reply *reply)
{
	unsigned wait_ms;

	if (*service->stopped || ++errand->tries >= TRIES ||
	    reply->should_retry == 0 ||
	    reply->retry_after_ms > RETRY_AFTER_MAX_MS)
		return false;
	wait_ms = backoff_ms(errand, reply->retry_after_ms);
	/* What one request is told holds for all of them. */
	if (reply->status == 429 || reply->status == 503 ||
	    reply->status == 529)
		nd_http_pause(service->http, wait_ms);
	send_errand(service, errand, wait_ms);
	return true;
}

/* Leave out what the server does not take, for the rest of the run. */
static bool
try_otherwise(struct nd_llm_service *service, struct errand *errand,
              enum nd_llm_fault_kind kind)
{
	struct nd_llm_dialect *now = &service->dialect;
	const struct nd_llm_dialect *was = &errand->dialect;

	if (*service->stopped || ++errand->swaps > SWAPS)
		return false;
	switch (kind) {
	case ND_LLM_FAULT_LIMIT_FIELD:
		if (now->new_limit == was->new_limit)
			now->new_limit = !was->new_limit;
		break;
	case ND_LLM_FAULT_TEMPERATURE:
		if (!was->temperature)
			return false;
		now->temperature = false;
		break;
	case ND_LLM_FAULT_FORMAT:
		if (was->rung == ND_LLM_FORMAT_FREE)
			return false;
		if (now->rung == was->rung)
			now->rung++;
		break;
	default:
		return false;
	}
	send_errand(service, errand, 0);
	return true;
}

/* The answer is final; the errand is over. */
static void
finish(struct nd_llm_service *service, struct errand *errand,
       struct nd_llm_service_reply *out)
{
	out->tag = errand->question.tag;
	service->under_way--;
	service->reserved -= most_tokens(&errand->question);
	talloc_free(errand);
}

static void
fail(struct nd_llm_service *service, struct nd_llm_service_reply *out,
     const char *why)
{
	out->outcome = ND_LLM_OUTCOME_FAILED;
	snprintf(out->why, sizeof out->why, "%s", why);
	if (++service->failures >= FAILURES_MAX)
		stop(service, why);
}

/*
 * The server has counted the prompt: its tokens in ours, so that the next plan
 * is right for it.
 */
static size_t
own_count(const struct errand *errand, const struct nd_llm_fault *fault)
{
	double factor = 1;

	if (fault->context_tokens <= 0)
		return 0;
	if (fault->real_tokens > 0 && errand->question.tokens > 0)
		factor = (double)errand->question.tokens /
		         (double)fault->real_tokens;
	return (size_t)((double)fault->context_tokens *
	                (factor < 1 ? factor : 1));
}

/* A status other than 200, or a body that is not an answer; true: asked
 * again. */
static bool
handle_fault(struct nd_llm_service *service, struct errand *errand,
             const struct nd_http_reply *reply,
             struct nd_llm_service_reply *out)
{
	struct nd_llm_fault fault;

	nd_llm_provider_fault(reply->status, reply->body, reply->body_len,
	                      &fault);
	if (reply->should_retry == 1 && fault.kind != ND_LLM_FAULT_RUN)
		fault.kind = ND_LLM_FAULT_RETRY;
	switch (fault.kind) {
	case ND_LLM_FAULT_RETRY:
		if (try_later(service, errand, reply))
			return true;
		break;
	case ND_LLM_FAULT_LIMIT_FIELD:
	case ND_LLM_FAULT_TEMPERATURE:
	case ND_LLM_FAULT_FORMAT:
		if (try_otherwise(service, errand, fault.kind))
			return true;
		break;
	case ND_LLM_FAULT_CONTEXT:
		out->outcome = ND_LLM_OUTCOME_TOO_LONG;
		out->context_tokens = own_count(errand, &fault);
		snprintf(out->why, sizeof out->why, "%s", fault.message);
		return false;
	case ND_LLM_FAULT_RUN:
		stop(service, fault.message);
		break;
	case ND_LLM_FAULT_NONE:
	case ND_LLM_FAULT_REQUEST:
		break;
	}
	fail(service, out, fault.message);
	return false;
}

static bool
handle_no_answer(struct nd_llm_service *service, struct errand *errand,
                 const struct nd_http_reply *reply,
                 struct nd_llm_service_reply *out)
{
	if (reply->failure != ND_HTTP_TOO_LARGE &&
	    try_later(service, errand, reply))
		return true;
	fail(service, out, reply->why);
	return false;
}

static void
note_usage(struct nd_llm_service *service, const struct errand *errand,
           const struct nd_llm_said *said)
{
	service->spent.tokens_in += said->tokens_in >= 0
	                                    ? (uint64_t)said->tokens_in
	                                    : errand->question.tokens;
	service->spent.tokens_out += said->tokens_out >= 0
	                                     ? (uint64_t)said->tokens_out
	                                     : errand->question.max_out;
}

/* false: the question was sent again. */
static bool
handle(struct nd_llm_service *service, struct errand *errand,
       const struct nd_http_reply *reply, struct nd_llm_service_reply *out)
{
	char text[200];

	if (reply->failure != ND_HTTP_ANSWERED)
		return !handle_no_answer(service, errand, reply, out);
	if (reply->location || (reply->status >= 300 && reply->status < 400)) {
		snprintf(text, sizeof text,
		         "the server sends us on to '%.100s', where nothing "
		         "of yours goes",
		         reply->location ? reply->location : "?");
		stop(service, text);
		fail(service, out, text);
		return true;
	}
	if (reply->status != 200 ||
	    !service->options.provider->read(out, reply->body, reply->body_len,
	                                     &out->said))
		return !handle_fault(service, errand, reply, out);
	service->failures = 0;
	note_usage(service, errand, &out->said);
	out->outcome = ND_LLM_OUTCOME_SAID;
	return true;
}

bool
nd_llm_service_wait(struct nd_llm_service *service, const void *ctx,
                    struct nd_llm_service_reply **out)
{
	struct nd_http_reply *reply;

	while (nd_http_wait(service->http, service, &reply)) {
		struct nd_llm_service_reply *done =
			x_new(ctx, struct nd_llm_service_reply);
		struct errand *errand = reply->tag;
		bool final = handle(service, errand, reply, done);

		talloc_free(reply);
		if (final) {
			finish(service, errand, done);
			*out = done;
			return true;
		}
		talloc_free(done);
	}
	return false;
}
