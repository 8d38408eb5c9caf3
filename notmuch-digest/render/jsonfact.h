/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * jsonfact.h - facts that threads, reports and lists of series have in common
 *
 * The members of their JSON that doc/schema.md describes once.
 */
#ifndef ND_RENDER_JSONFACT_H
#define ND_RENDER_JSONFACT_H

#include "model/thread.h"
#include "util/json.h"

#define ND_JSONFACT_SCHEMA "notmuch-digest/1"

/** As ISO 8601, UTC; null when it is not known. */
void nd_jsonfact_time(struct nd_json *object, const char *key, int64_t time_s);

/** "Name <user@host>", or what of it there is. */
void nd_jsonfact_address(struct nd_json *object, const char *key,
                         const struct nd_address *who);

/** Of a mail of the thread. */
const char *nd_jsonfact_id(const struct nd_thread *thread, int32_t message);

/** Fill an object with what is known of a series. */
void nd_jsonfact_series(struct nd_json *json, const struct nd_thread *thread,
                        const struct nd_series *series);

/** The member "applied" of a thread or series; null when it is not. */
void
nd_jsonfact_applied(struct nd_json *object, const struct nd_thread *thread);

#endif
