/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * service.h - questions to a language model service, and what comes of them
 *
 * Knows what is worth repeating: a rate limit waits, a parameter that the
 * server does not take is left out for the rest of the run, a used-up quota
 * or a wrong key ends it. Spends no more tokens than it is told to.
 */
#ifndef ND_SERVICE_SERVICE_H
#define ND_SERVICE_SERVICE_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

#include "service/provider.h"
#include "util/i18n.h"

struct nd_service_options {
	const struct nd_provider *provider;
	const char *url; /* passed by nd_http_check_url() */
	const char *model;
	const char *key;     /* "" for none */
	const char *ca_file; /* or NULL */
	unsigned concurrency;
	unsigned timeout_s;         /* of one request; 0: by where it goes */
	unsigned context_tokens;    /* tokens of prompt and answer */
	uint64_t budget_tokens;     /* of the run; 0: no limit */
	const char *thinking;       /* "off", "low", "medium", "high" */
	const struct nd_i18n *i18n; /* of what is said in reply.why */
	const volatile sig_atomic_t *cancel;
};

/* Strings must stay until its reply is there. */
struct nd_service_question {
	const char *system;
	const char *user;
	const char *schema;
	unsigned max_out;
	size_t tokens;  /* estimate of the prompt */
	unsigned again; /* so many answers to it were of no use */
	void *tag;
};

enum nd_service_outcome {
	ND_SERVICE_OUTCOME_SAID,
	ND_SERVICE_OUTCOME_TOO_LONG, /* the prompt; see context of the reply */
	ND_SERVICE_OUTCOME_FAILED,   /* see why */
};

struct nd_service_reply {
	void *tag;
	enum nd_service_outcome outcome;
	struct nd_provider_said said;
	char why[ND_PROVIDER_WHY_BYTES];
	size_t context_tokens; /* what the server has, in our estimate's tokens;
			 * 0: it does not say */
};

struct nd_service_spent {
	unsigned requests; /* sent, repeated ones too */
	uint64_t tokens_in, tokens_out;
};

struct nd_service;

/** How long a request to this URL may take when timeout_s is 0, in seconds. */
unsigned nd_service_timeout_s(const char *url);

/** Tokens that such a service is given for thinking, beside the answer. */
unsigned nd_service_thinking_tokens(const struct nd_service_options *options);

/** A service for one run, owned by ctx; options and strings must stay. */
struct nd_service *
nd_service_new(const void *ctx, const struct nd_service_options *options);

/** The body of the request as it would be sent now. */
void
nd_service_body(const struct nd_service *service,
                const struct nd_service_question *question, struct nd_buf *out);

/** Where it would be sent; owned by the service. */
const char *nd_service_url(const struct nd_service *service);

/** Is there room for another question among those on their way? */
bool nd_service_has_room(const struct nd_service *service);

enum nd_service_fit {
	ND_SERVICE_FIT_NOW,
	ND_SERVICE_FIT_LATER, /* if answers under way are shorter than they may be */
	ND_SERVICE_FIT_NEVER, /* the budget is used up */
};

/**
 * Does the budget have room for this one? Its max_out is lowered to what is
 * left, as long as an answer can be told in that.
 */
enum nd_service_fit nd_service_fit(const struct nd_service *service,
                                   struct nd_service_question *question);

/** Ask. Exactly one reply will come, unless the run is cancelled. */
void nd_service_ask(struct nd_service *service,
                    const struct nd_service_question *question);

/**
 * Wait for a reply, owned by ctx.
 *
 * Returns    false when nothing is on its way or the run was cancelled
 */
bool nd_service_wait(struct nd_service *service, const void *ctx,
                     struct nd_service_reply **out);

/**
 * Was the last answer, one that was SAID, of use? After some in a row that
 * were not, no further question makes sense.
 */
void nd_service_judge(struct nd_service *service, bool of_use);

/** Why no further question makes sense, or NULL. */
const char *nd_service_stopped(const struct nd_service *service);

/** What this run has used so far. */
struct nd_service_spent nd_service_spent(const struct nd_service *service);

#endif
