/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * json.h - JSON values that are built and written (json-c inside)
 *
 * Members keep the order in which they were set. Texts are made valid UTF-8
 * without unsafe characters (util/utf8.h), so what is written is always JSON
 * that any reader takes and that does no harm on a terminal.
 *
 * A value that a set or add function returns belongs to the one it was put
 * into and must not be used after it is freed.
 */
#ifndef ND_UTIL_JSON_H
#define ND_UTIL_JSON_H

#include <stdbool.h>
#include <stdint.h>

#include "util/buf.h"

struct nd_json;

/** An empty object or array, owned by ctx. */
struct nd_json *nd_json_object_new(const void *ctx);
struct nd_json *nd_json_array_new(const void *ctx);

/** Set a member of an object. A text of NULL is null. */
void
nd_json_set_text(struct nd_json *object, const char *key, const char *text);
void nd_json_set_int(struct nd_json *object, const char *key, int64_t value);
void nd_json_set_bool(struct nd_json *object, const char *key, bool value);
struct nd_json *nd_json_set_object(struct nd_json *object, const char *key);
struct nd_json *nd_json_set_array(struct nd_json *object, const char *key);

/** Append to an array. */
void nd_json_add_text(struct nd_json *array, const char *text);
void nd_json_add_int(struct nd_json *array, int64_t value);
struct nd_json *nd_json_add_object(struct nd_json *array);

/** Append value to out, on one line without an end of line. */
void nd_json_write(const struct nd_json *value, struct nd_buf *out);

#endif
