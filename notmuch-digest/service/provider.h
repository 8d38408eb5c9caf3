/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * provider.h - the wire formats of language model services
 *
 * A provider writes the body of a request and reads the body of an answer; both
 * are pure, the bytes travel by util/http.h. Three formats cover all services
 * we know: OpenAI's chat completions (vLLM, llama.cpp, Gemini, gateways),
 * Anthropic's messages, and Ollama's own.
 *
 * Answers come from anywhere: no member's type is taken for granted.
 */
#ifndef ND_SERVICE_PROVIDER_H
#define ND_SERVICE_PROVIDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "util/buf.h"
#include "util/json.h"

/* Room for what went wrong, in the words of a server. */
enum { ND_PROVIDER_WHY_BYTES = 480 };

/* How an answer is kept in form; each rung is for servers below the last. */
enum nd_provider_format {
	ND_PROVIDER_FORMAT_SCHEMA,
	ND_PROVIDER_FORMAT_OBJECT, /* "some JSON object" */
	ND_PROVIDER_FORMAT_FREE,   /* the prompt alone asks for JSON */
};

/* What a server takes, learnt from what it refused in this run. */
struct nd_provider_dialect {
	enum nd_provider_format rung;
	bool new_limit;    /* max_completion_tokens instead of max_tokens */
	bool temperature;  /* may be sent */
	unsigned thinking; /* rung of the vendor's ladder (vendor.h) */
	bool thinks;       /* part of the answer's tokens goes into that */
	unsigned most_out; /* tokens of an answer that it allows; 0: unknown */
};

struct nd_vendor_thinking;

struct nd_provider_ask {
	const char *model;
	const char *system;
	const char *user;
	const char *schema;
	unsigned max_out;        /* tokens of the answer, thinking included */
	unsigned context_tokens; /* tokens of all, for servers that must be told
	                          */
	const struct nd_provider_dialect *dialect;
	const struct nd_vendor_thinking *thinking;
	const char *level; /* of thinking, for rungs that want one */
	unsigned again;    /* so many answers to it were of no use */
};

enum nd_provider_finish {
	ND_PROVIDER_FINISH_STOP,
	ND_PROVIDER_FINISH_LENGTH,
	ND_PROVIDER_FINISH_REFUSED
};

struct nd_provider_said {
	const char *content; /* "" when there is none */
	enum nd_provider_finish finish;
	bool thought; /* there is text or a count of what it thought */
	int64_t tokens_in, tokens_out; /* -1: not told */
};

/* What a failed request means for the next ones. */
enum nd_provider_fault_kind {
	ND_PROVIDER_FAULT_NONE,
	ND_PROVIDER_FAULT_RETRY,       /* the same again, later */
	ND_PROVIDER_FAULT_LIMIT_FIELD, /* the other name for max_tokens */
	ND_PROVIDER_FAULT_TEMPERATURE, /* without it */
	ND_PROVIDER_FAULT_FORMAT,      /* one rung down */
	ND_PROVIDER_FAULT_LEVEL,    /* that much thinking: another rung of it */
	ND_PROVIDER_FAULT_THINKING, /* nothing may be said about thinking */
	ND_PROVIDER_FAULT_ROOM,     /* so long an answer: see most_out */
	ND_PROVIDER_FAULT_CONTEXT,  /* too long: in smaller pieces */
	ND_PROVIDER_FAULT_REQUEST,  /* this one will never work */
	ND_PROVIDER_FAULT_RUN,      /* nor will any other: key, quota, model */
};

struct nd_provider_fault {
	enum nd_provider_fault_kind kind;
	/* one line, as the server says it */
	char message[ND_PROVIDER_WHY_BYTES];
	int64_t real_tokens; /* of a prompt that was too long; 0 if unknown */
	int64_t context_tokens; /* that the server has; 0 if unknown */
	int64_t most_out;       /* tokens of an answer; 0 if unknown */
};

struct nd_provider {
	const char *name;
	const char *version;     /* behind a URL that is only a host */
	const char *path;        /* behind digest.llm.url */
	const char *const *ends; /* what of it may stand there already */
	const char *key_header;  /* format with one %s for the key */
	const char *header;      /* one more, or NULL */
	struct nd_provider_dialect dialect; /* to begin with */
	void (*build)(const struct nd_provider_ask *ask, struct nd_buf *out);
	/* false: this is not an answer of such a server */
	bool (*read)(const void *ctx, const char *body, size_t len,
	             struct nd_provider_said *out);
};

/** Does a member that some services have for thoughts hold any? */
bool nd_provider_thought(struct nd_json *message);

/** Set "messages", as OpenAI and Ollama have them. */
void nd_provider_set_messages(struct nd_json *object,
                              const struct nd_provider_ask *ask);

/** Set "temperature": cold, and warmer where the same was asked before. */
void nd_provider_set_temperature(struct nd_json *object,
                                 const struct nd_provider_ask *ask);

extern const struct nd_provider nd_provider_openai;
extern const struct nd_provider nd_provider_anthropic;
extern const struct nd_provider nd_provider_ollama;

/** The provider of that name, or NULL. */
const struct nd_provider *nd_provider_find(const char *name);

/**
 * What an error answer means. status may be 200 when the body holds an error
 * all the same. Works for all providers and for proxies that answer HTML.
 */
void nd_provider_fault(long status, const char *body, size_t len,
                       struct nd_provider_fault *out);

#endif
