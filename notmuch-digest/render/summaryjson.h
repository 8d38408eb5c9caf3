/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * summaryjson.h - the member "summary" of a thread: doc/schema.md
 */
#ifndef ND_RENDER_SUMMARYJSON_H
#define ND_RENDER_SUMMARYJSON_H

#include "model/thread.h"
#include "util/json.h"

/** Set "summary" of object; null when the thread has none. */
void nd_summaryjson_set(struct nd_json *object, const struct nd_thread *thread);

#endif
