/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * json.h - JSON values: built and written, or read (json-c inside)
 *
 * Members keep the order in which they were set. Texts are made valid UTF-8
 * without unsafe characters (util/utf8.h), so what is written is always JSON
 * that any reader takes and that does no harm on a terminal.
 *
 * A value that a set, add or get function returns belongs to the one it is in
 * and must not be used after it is freed.
 */
#ifndef ND_UTIL_JSON_H
#define ND_UTIL_JSON_H

#include <stdbool.h>
#include <stdint.h>

#include "util/buf.h"
#include "util/status.h"

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

/** Set a member to a value written as JSON; a constant of the program. */
void
nd_json_set_json(struct nd_json *object, const char *key, const char *json);

/** Append to an array. */
void nd_json_add_text(struct nd_json *array, const char *text);
void nd_json_add_int(struct nd_json *array, int64_t value);
struct nd_json *nd_json_add_object(struct nd_json *array);

/** Append value to out, on one line without an end of line. */
void nd_json_write(const struct nd_json *value, struct nd_buf *out);

/* ---- reading ---- */

enum nd_json_type {
	ND_JSON_NULL, /* also what is not there */
	ND_JSON_BOOL,
	ND_JSON_INT,
	ND_JSON_REAL,
	ND_JSON_TEXT,
	ND_JSON_ARRAY,
	ND_JSON_OBJECT,
};

/**
 * Read one JSON value that fills (text, len), white space aside.
 *
 * Strict: json-c alone would let pass single quotes, NaN, control characters
 * in strings and much that is not UTF-8.
 * *out       owned by ctx; untouched on failure
 * Returns    ND_OK; ND_ERR_PARSE; ND_ERR_LIMIT for nesting deeper than
 *            ND_LIMIT_JSON_DEPTH or a text of 2 GB
 */
enum nd_status
nd_json_parse(const void *ctx, const char *text, size_t len,
              struct nd_json **out, struct nd_error *err) ND_MUST_CHECK;

/*
 * These take NULL and values of any type, so that a way through an answer
 * needs one question at its end: nothing is ever converted.
 */
enum nd_json_type nd_json_type(const struct nd_json *value);

/** The member of an object, or NULL. */
struct nd_json *nd_json_get(struct nd_json *object, const char *key);

/** Elements of an array; 0 for anything else. */
size_t nd_json_count(const struct nd_json *array);

/** Element i of an array, or NULL. */
struct nd_json *nd_json_at(struct nd_json *array, size_t i);

/** A text without NUL, or NULL for anything else; lives as long as value. */
const char *nd_json_text(const struct nd_json *value);

/** A whole number, or missing for anything else. */
int64_t nd_json_int(const struct nd_json *value, int64_t missing);

#endif
