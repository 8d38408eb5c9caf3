/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/service.h"

#include <stdio.h>
#include <string.h>
#include <sys/random.h>

#include "service/vendor.h"
#include "util/alloc.h"
#include "util/http.h"
#include "util/limits.h"
#include "util/secret.h"
#include "util/str.h"

enum {
	TRIES = 4,        /* of one request that fails for now */
	SWAPS = 6,        /* refused parameters of one request */
	FAILURES_MAX = 3, /* in a row, then no further one is tried */
	USELESS_MAX = 6,  /* answers in a row that are none */
	BACKOFF_MS = 1000,
	BACKOFF_MAX_MS = 30 * 1000,
	RETRY_AFTER_MAX_MS = 120 * 1000,
	OUT_MIN = 1024, /* tokens that an answer should have */
	TIMEOUT_S = 600,
	TIMEOUT_LOCAL_S = 3600, /* a model on somebody's processor */
};

/* A question on its way. */
struct errand {
	struct nd_service_question question;
	struct nd_buf *body;
	struct nd_provider_dialect dialect; /* that the body is written in */
	unsigned tries, swaps;
};

struct nd_service {
	struct nd_service_options options;
	struct nd_http *http;
	const struct nd_vendor *vendor;
	const struct nd_vendor_thinking *ladder; /* of the vendor */
	struct nd_provider_dialect dialect;
	char *url;
	const char **header; /* NULL at the end */
	unsigned under_way;
	unsigned failures; /* in a row */
	unsigned useless;  /* in a row */
	uint64_t reserved; /* tokens of what is under way, at most */
	struct nd_service_spent spent;
	char stopped[ND_PROVIDER_WHY_BYTES];
};

static const char *
tr(const struct nd_service *service, const char *text)
{
	return nd_tr(service->options.i18n, text);
}

/* ---- requests ------------------------------------------------------------ */

static int
wipe_headers(struct nd_service *service)
{
	for (const char **header = service->header; header && *header; header++)
		nd_secret_wipe((void *)(uintptr_t)*header, strlen(*header));
	return 0;
}

static void
set_headers(struct nd_service *service)
{
	const struct nd_provider *provider = service->options.provider;
	const char *form = service->vendor->key_header;
	size_t count = 0;

	if (!form)
		form = provider->key_header;

	service->header = x_array(service, const char *, 5);
	service->header[count++] =
		x_strdup(service, "Content-Type: application/json");
	service->header[count++] =
		x_strdup(service, "Accept: application/json");
	if (provider->header)
		service->header[count++] = x_strdup(service, provider->header);
	if (*service->options.key) {
		size_t size = strlen(form) + strlen(service->options.key) + 1;
		char *line = x_array(service, char, size);
		const char *hole = strstr(form, "%s");

		snprintf(line, size, "%.*s%s", (int)(hole - form), form,
		         service->options.key);
		service->header[count++] = line;
	}
}

/* ---- thinking ------------------------------------------------------------ */

enum {
	THINKING_TOKENS = 8192, /* where it cannot be turned off, too */
	THINKING_HIGH = 2,      /* times as many */
	THINKING_SHARE = 4,     /* of the context, at most the quarter */
};

static bool
is_off(const struct nd_service_options *options)
{
	return strcmp(options->thinking, "off") == 0;
}

/* Room for thoughts, when there are any. */
static unsigned
room_tokens(const struct nd_service_options *options)
{
	unsigned most = options->context_tokens / THINKING_SHARE;
	unsigned tokens = THINKING_TOKENS;

	if (strcmp(options->thinking, "high") == 0)
		tokens *= THINKING_HIGH;
	return tokens < most ? tokens : most;
}

unsigned
nd_service_thinking_tokens(const struct nd_service_options *options)
{
	return is_off(options) ? 0 : room_tokens(options);
}

static const struct nd_vendor_thinking *
rung_of(const struct nd_service *service,
        const struct nd_provider_dialect *dialect)
{
	return &service->ladder[dialect->thinking];
}

/* The rung behind; the last of a ladder is empty. */
static bool
step_down(const struct nd_service *service, struct nd_provider_dialect *dialect)
{
	if (nd_vendor_is_silent(rung_of(service, dialect)))
		return false;
	dialect->thinking++;
	dialect->thinks |= rung_of(service, dialect)->thinks;
	return true;
}

/* It thinks all the same: with room, and where it can be told, shortly. */
static void
let_it_think(const struct nd_service *service,
             struct nd_provider_dialect *dialect)
{
	struct nd_provider_dialect found = *dialect;

	dialect->thinks = true;
	while (!rung_of(service, &found)->thinks)
		if (!step_down(service, &found))
			return;
	*dialect = found;
}

/* ---- the service --------------------------------------------------------- */

struct nd_service *
nd_service_new(const void *ctx, const struct nd_service_options *options)
{
	struct nd_service *service = x_new(ctx, struct nd_service);
	struct nd_http_options http = {
		.concurrency = options->concurrency,
		.ca_file = options->ca_file,
		.cancel = options->cancel,
	};

	service->options = *options;
	service->http = nd_http_new(service, &http);
	service->dialect = options->provider->dialect;
	service->vendor = nd_vendor_find(options->provider->name, options->url);
	service->ladder =
		is_off(options) ? service->vendor->off : service->vendor->on;
	service->dialect.new_limit = service->vendor->new_limit;
	service->dialect.thinks = service->ladder->thinks;
	/* Models that think choose that for themselves, and refuse it. */
	service->dialect.temperature &= is_off(options);
	service->url =
		nd_vendor_endpoint(service, options->provider, options->url);
	set_headers(service);
	talloc_set_destructor(service, wipe_headers);
	return service;
}

const char *
nd_service_url(const struct nd_service *service)
{
	return service->url;
}

static void
write_body(const struct nd_service *service,
           const struct nd_provider_dialect *dialect,
           const struct nd_service_question *question, struct nd_buf *out)
{
	unsigned max_out = question->max_out;
	struct nd_provider_ask ask = {
		.model = service->options.model,
		.system = question->system,
		.user = question->user,
		.schema = question->schema,
		.context_tokens = service->options.context_tokens,
		.dialect = dialect,
		.thinking = rung_of(service, dialect),
		.level = service->options.thinking,
		.again = question->again,
	};

	if (dialect->thinks)
		max_out += room_tokens(&service->options);
	if (dialect->most_out && max_out > dialect->most_out)
		max_out = dialect->most_out;
	ask.max_out = max_out;
	service->options.provider->build(&ask, out);
}

void
nd_service_body(const struct nd_service *service,
                const struct nd_service_question *question, struct nd_buf *out)
{
	write_body(service, &service->dialect, question, out);
}

unsigned
nd_service_timeout_s(const char *url)
{
	return nd_http_is_plain(url) ? TIMEOUT_LOCAL_S : TIMEOUT_S;
}

static unsigned
timeout_ms(const struct nd_service *service)
{
	if (service->options.timeout_s)
		return service->options.timeout_s * 1000;
	return 1000 * nd_service_timeout_s(service->url);
}

static void
send_errand(struct nd_service *service, struct errand *errand,
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
most_tokens(const struct nd_service *service,
            const struct nd_service_question *question)
{
	uint64_t most = (uint64_t)question->tokens + question->max_out;

	return most + nd_service_thinking_tokens(&service->options);
}

bool
nd_service_has_room(const struct nd_service *service)
{
	return service->under_way < service->options.concurrency;
}

enum nd_service_fit
nd_service_fit(const struct nd_service *service,
               struct nd_service_question *question)
{
	const struct nd_service_options *options = &service->options;
	uint64_t used = service->spent.tokens_in + service->spent.tokens_out +
	                service->reserved;
	uint64_t left = options->budget_tokens > used
	                        ? options->budget_tokens - used
	                        : 0;
	unsigned least =
		question->max_out < OUT_MIN ? question->max_out : OUT_MIN;
	unsigned thinking = nd_service_thinking_tokens(options);

	if (!options->budget_tokens || most_tokens(service, question) <= left)
		return ND_SERVICE_FIT_NOW;
	if (service->under_way > 0)
		return ND_SERVICE_FIT_LATER;
	if (question->tokens + thinking + least > left)
		return ND_SERVICE_FIT_NEVER;
	question->max_out = (unsigned)(left - question->tokens - thinking);
	return ND_SERVICE_FIT_NOW;
}

void
nd_service_ask(struct nd_service *service,
               const struct nd_service_question *question)
{
	struct errand *errand = x_new(service, struct errand);

	errand->question = *question;
	service->under_way++;
	service->reserved += most_tokens(service, question);
	send_errand(service, errand, 0);
}

const char *
nd_service_stopped(const struct nd_service *service)
{
	return *service->stopped ? service->stopped : NULL;
}

struct nd_service_spent
nd_service_spent(const struct nd_service *service)
{
	return service->spent;
}

/* ---- what to do with a failure ------------------------------------------- */

static void
stop(struct nd_service *service, const char *why)
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
try_later(struct nd_service *service, struct errand *errand,
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

/* Another errand may have found it out meanwhile. */
static bool
think_otherwise(struct nd_service *service, const struct errand *errand,
                enum nd_provider_fault_kind kind)
{
	struct nd_provider_dialect *now = &service->dialect;

	if (now->thinking != errand->dialect.thinking)
		return true;
	if (!step_down(service, now))
		return false;
	if (kind == ND_PROVIDER_FAULT_LEVEL)
		return true;
	while (step_down(service, now))
		;
	now->thinks = !is_off(&service->options);
	return true;
}

/* Leave out what the server does not take, for the rest of the run. */
static bool
try_otherwise(struct nd_service *service, struct errand *errand,
              const struct nd_provider_fault *fault)
{
	struct nd_provider_dialect *now = &service->dialect;
	const struct nd_provider_dialect *was = &errand->dialect;

	if (*service->stopped || ++errand->swaps > SWAPS)
		return false;
	switch (fault->kind) {
	case ND_PROVIDER_FAULT_LEVEL:
	case ND_PROVIDER_FAULT_THINKING:
		if (!think_otherwise(service, errand, fault->kind))
			return false;
		break;
	case ND_PROVIDER_FAULT_ROOM:
		if (was->most_out && was->most_out <= fault->most_out)
			return false;
		now->most_out = (unsigned)fault->most_out;
		break;
	case ND_PROVIDER_FAULT_LIMIT_FIELD:
		if (now->new_limit == was->new_limit)
			now->new_limit = !was->new_limit;
		break;
	case ND_PROVIDER_FAULT_TEMPERATURE:
		if (!was->temperature)
			return false;
		now->temperature = false;
		break;
	case ND_PROVIDER_FAULT_FORMAT:
		if (was->rung == ND_PROVIDER_FORMAT_FREE)
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
finish(struct nd_service *service, struct errand *errand,
       struct nd_service_reply *out)
{
	out->tag = errand->question.tag;
	service->under_way--;
	service->reserved -= most_tokens(service, &errand->question);
	talloc_free(errand);
}

static void
fail(struct nd_service *service, struct nd_service_reply *out, const char *why)
{
	out->outcome = ND_SERVICE_OUTCOME_FAILED;
	snprintf(out->why, sizeof out->why, "%s", why);
	if (++service->failures >= FAILURES_MAX)
		stop(service, why);
}

/*
 * The server has counted the prompt: its tokens in ours, so that the next plan
 * is right for it.
 */
static size_t
own_count(const struct errand *errand, const struct nd_provider_fault *fault)
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
handle_fault(struct nd_service *service, struct errand *errand,
             const struct nd_http_reply *reply, struct nd_service_reply *out)
{
	struct nd_provider_fault fault;

	nd_provider_fault(reply->status, reply->body, reply->body_len, &fault);
	if (reply->should_retry == 1 && fault.kind != ND_PROVIDER_FAULT_RUN)
		fault.kind = ND_PROVIDER_FAULT_RETRY;
	switch (fault.kind) {
	case ND_PROVIDER_FAULT_RETRY:
		if (try_later(service, errand, reply))
			return true;
		break;
	case ND_PROVIDER_FAULT_LIMIT_FIELD:
	case ND_PROVIDER_FAULT_TEMPERATURE:
	case ND_PROVIDER_FAULT_FORMAT:
	case ND_PROVIDER_FAULT_LEVEL:
	case ND_PROVIDER_FAULT_THINKING:
	case ND_PROVIDER_FAULT_ROOM:
		if (try_otherwise(service, errand, &fault))
			return true;
		break;
	case ND_PROVIDER_FAULT_CONTEXT:
		out->outcome = ND_SERVICE_OUTCOME_TOO_LONG;
		out->context_tokens = own_count(errand, &fault);
		snprintf(out->why, sizeof out->why, "%s", fault.message);
		return false;
	case ND_PROVIDER_FAULT_RUN:
		stop(service, fault.message);
		break;
	case ND_PROVIDER_FAULT_NONE:
	case ND_PROVIDER_FAULT_REQUEST:
		break;
	}
	fail(service, out, fault.message);
	return false;
}

static bool
handle_no_answer(struct nd_service *service, struct errand *errand,
                 const struct nd_http_reply *reply,
                 struct nd_service_reply *out)
{
	if (reply->failure != ND_HTTP_TOO_LARGE &&
	    try_later(service, errand, reply))
		return true;
	fail(service, out, reply->why);
	return false;
}

static void
note_usage(struct nd_service *service, const struct errand *errand,
           const struct nd_provider_said *said)
{
	service->spent.tokens_in += said->tokens_in >= 0
	                                    ? (uint64_t)said->tokens_in
	                                    : errand->question.tokens;
	service->spent.tokens_out += said->tokens_out >= 0
	                                     ? (uint64_t)said->tokens_out
	                                     : errand->question.max_out;
}

static bool
is_blank(const char *text)
{
	while (nd_is_space(*text))
		text++;
	return !*text;
}

/*
 * All of its tokens went into thinking: again with room for that, once; false:
 * it was sent again.
 */
static bool
handle_thoughts(struct nd_service *service, struct errand *errand,
                struct nd_service_reply *out)
{
	if (!errand->dialect.thinks && !*service->stopped &&
	    ++errand->swaps <= SWAPS) {
		if (!service->dialect.thinks)
			let_it_think(service, &service->dialect);
		send_errand(service, errand, 0);
		return false;
	}
	fail(service, out,
	     tr(service,
	        "the model used all of its tokens for thinking and answered "
	        "nothing; digest.llm.thinking (off), a larger "
	        "digest.llm.context or another digest.llm.model may help"));
	return true;
}

void
nd_service_judge(struct nd_service *service, bool of_use)
{
	if (of_use)
		service->useless = 0;
	else if (++service->useless >= USELESS_MAX)
		stop(service,
		     tr(service, "the model does not answer in the form asked "
		                 "for; another digest.llm.model may"));
}

/* false: the question was sent again. */
static bool
handle(struct nd_service *service, struct errand *errand,
       const struct nd_http_reply *reply, struct nd_service_reply *out)
{
	char text[ND_PROVIDER_WHY_BYTES];

	if (reply->failure != ND_HTTP_ANSWERED)
		return !handle_no_answer(service, errand, reply, out);
	if (reply->location || (reply->status >= 300 && reply->status < 400)) {
		snprintf(text, sizeof text,
		         tr(service, "the server sends us on to '%.200s', "
		                     "where nothing of yours goes"),
		         reply->location ? reply->location : "?");
		stop(service, text);
		fail(service, out, text);
		return true;
	}
	if (reply->status != 200 ||
	    !service->options.provider->read(out, reply->body, reply->body_len,
	                                     &out->said))
		return !handle_fault(service, errand, reply, out);
	note_usage(service, errand, &out->said);
	if (out->said.thought && is_blank(out->said.content) &&
	    out->said.finish != ND_PROVIDER_FINISH_REFUSED)
		return handle_thoughts(service, errand, out);
	service->dialect.thinks |= out->said.thought;
	service->failures = 0;
	out->outcome = ND_SERVICE_OUTCOME_SAID;
	return true;
}

bool
nd_service_wait(struct nd_service *service, const void *ctx,
                struct nd_service_reply **out)
{
	struct nd_http_reply *reply;

	while (nd_http_wait(service->http, service, &reply)) {
		struct nd_service_reply *done =
			x_new(ctx, struct nd_service_reply);
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
