/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * vendor.h - what services of the same wire format differ in, as one table
 *
 * Who runs the service is told by the host in digest.llm.url; what no row names
 * is somebody's own server (vLLM, llama.cpp, LM Studio, a gateway). Each row
 * says where the key goes, what the limit of the answer is called, and which
 * members of a request keep the model from thinking aloud, with the document
 * that it is from. A service that refuses such a member is asked with those of
 * the next rung, so a row that has become old costs a request and no run.
 *
 * Pure; nothing here is owned by anybody.
 */
#ifndef ND_SERVICE_VENDOR_H
#define ND_SERVICE_VENDOR_H

#include <stdbool.h>

#include "service/provider.h"

enum { ND_VENDOR_RUNGS = 5, ND_VENDOR_MEMBERS = 2 };

/* A member of a request: "a.b" is b in the object a; %s is the level. */
struct nd_vendor_member {
	const char *key, *json;
};

/* What is sent about thinking; without members: nothing. */
struct nd_vendor_thinking {
	struct nd_vendor_member member[ND_VENDOR_MEMBERS];
	bool thinks; /* tokens of the answer go into thinking */
};

struct nd_vendor {
	const char *name;
	const char *wire;       /* the provider's name */
	const char *host;       /* ".x.y": all below x.y; NULL: any other */
	const char *key_header; /* NULL: as the provider does */
	bool new_limit;         /* max_completion_tokens */
	/* Tried in order until one is taken; the last one is empty. */
	struct nd_vendor_thinking off[ND_VENDOR_RUNGS], on[ND_VENDOR_RUNGS];
	const char *document;
};

/** Who answers at this URL; never NULL for the name of a provider. */
const struct nd_vendor *nd_vendor_find(const char *wire, const char *url);

/** Row i of the table, NULL behind the last: for tests and documents. */
const struct nd_vendor *nd_vendor_at(unsigned i);

/**
 * Where requests go, owned by ctx: the URL may be that of the host alone, the
 * base with its version (…/v1) or the whole endpoint; its query stays behind
 * the path.
 */
char *nd_vendor_endpoint(const void *ctx, const struct nd_provider *provider,
                         const char *url);

/** Does the rung send nothing? */
bool nd_vendor_is_silent(const struct nd_vendor_thinking *thinking);

/**
 * Put the members of a rung into a request.
 *
 * level    "low", "medium", "high"; any text for rungs without a level
 */
void nd_vendor_add_thinking(const struct nd_vendor_thinking *thinking,
                            const char *level, struct nd_json *request);

#endif
