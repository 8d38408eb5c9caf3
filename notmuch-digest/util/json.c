/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "util/json.h"

#include <json-c/json.h>
#include <string.h>

#include "util/alloc.h"
#include "util/limits.h"
#include "util/str.h"
#include "util/utf8.h"

struct nd_json {
	json_object *value;
};

static int
put_destructor(struct nd_json *json)
{
	json_object_put(json->value);
	return 0;
}

static struct nd_json *
own(const void *ctx, json_object *value)
{
	struct nd_json *json = x_new(ctx, struct nd_json);

	json->value = x_check(value);
	talloc_set_destructor(json, put_destructor);
	return json;
}

/* A handle for what already belongs to parent, hence without destructor. */
static struct nd_json *
inside(struct nd_json *parent, json_object *value)
{
	struct nd_json *json = x_new(parent, struct nd_json);

	json->value = value;
	return json;
}

static json_object *
text_value(const char *text)
{
	char *clean;
	json_object *value;

	if (!text)
		return NULL; /* json-c's null */
	clean = nd_utf8_clean(NULL, text, strlen(text), NULL);
	value = x_check(json_object_new_string(clean));
	talloc_free(clean);
	return value;
}

static void
set(struct nd_json *object, const char *key, json_object *value)
{
	if (json_object_object_add(object->value, key, value) != 0)
		x_check(NULL);
}

static void
add(struct nd_json *array, json_object *value)
{
	if (json_object_array_add(array->value, value) != 0)
		x_check(NULL);
}

struct nd_json *
nd_json_object_new(const void *ctx)
{
	return own(ctx, json_object_new_object());
}

struct nd_json *
nd_json_array_new(const void *ctx)
{
	return own(ctx, json_object_new_array());
}

void
nd_json_set_text(struct nd_json *object, const char *key, const char *text)
{
	set(object, key, text_value(text));
}

void
nd_json_set_int(struct nd_json *object, const char *key, int64_t value)
{
	set(object, key, x_check(json_object_new_int64(value)));
}

void
nd_json_set_bool(struct nd_json *object, const char *key, bool value)
{
	set(object, key, x_check(json_object_new_boolean(value)));
}

struct nd_json *
nd_json_set_object(struct nd_json *object, const char *key)
{
	json_object *value = x_check(json_object_new_object());

	set(object, key, value);
	return inside(object, value);
}

struct nd_json *
nd_json_set_array(struct nd_json *object, const char *key)
{
	json_object *value = x_check(json_object_new_array());

	set(object, key, value);
	return inside(object, value);
}

void
nd_json_set_json(struct nd_json *object, const char *key, const char *json)
{
	set(object, key, x_check(json_tokener_parse(json)));
}

void
nd_json_add_text(struct nd_json *array, const char *text)
{
	add(array, text_value(text));
}

void
nd_json_add_int(struct nd_json *array, int64_t value)
{
	add(array, x_check(json_object_new_int64(value)));
}

struct nd_json *
nd_json_add_object(struct nd_json *array)
{
	json_object *value = x_check(json_object_new_object());

	add(array, value);
	return inside(array, value);
}

void
nd_json_write(const struct nd_json *value, struct nd_buf *out)
{
	size_t len;
	const char *text = json_object_to_json_string_length(
		value->value,
		JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE, &len);

	nd_buf_add(out, x_check((void *)text), len);
}

/* ---- reading ------------------------------------------------------------- */

/* Behind the string that begins at text[at]; len when it is not one. */
static size_t
skip_string(const char *text, size_t len, size_t at)
{
	for (at++; at < len && text[at] != '"'; at++) {
		if ((unsigned char)text[at] < 0x20)
			return len;
		at += text[at] == '\\';
	}
	return at < len ? at + 1 : len;
}

/*
 * What json-c does not mind: single quotes, NaN and Infinity, control
 * characters in strings. Everything else is left to it.
 */
static bool
is_plain(const char *text, size_t len)
{
	static const char *const words[] = {"true", "false", "null"};
	size_t at = 0;

	while (at < len) {
		bool known = false;

		if (text[at] == '"') {
			size_t end = skip_string(text, len, at);

			if (text[end - 1] != '"')
				return false;
			at = end;
			continue;
		}
		for (size_t i = 0; i < 3 && !known; i++)
			if (nd_mem_starts(text + at, len - at, words[i])) {
				at += strlen(words[i]);
				known = true;
			}
		if (known)
			continue;
		if (!text[at] ||
		    !strchr("{}[],:0123456789+-.eE \t\r\n", text[at]))
			return false;
		at++;
	}
	return true;
}

static json_object *
parse_as(const char *text, size_t len, int flags, enum json_tokener_error *why)
{
	struct json_tokener *tokener =
		x_check(json_tokener_new_ex(ND_LIMIT_JSON_DEPTH));
	json_object *value;

	json_tokener_set_flags(tokener, flags);
	value = json_tokener_parse_ex(tokener, text, (int)len);
	*why = json_tokener_get_error(tokener);
	if (*why == json_tokener_success &&
	    json_tokener_get_parse_end(tokener) != len)
		*why = json_tokener_error_parse_unexpected;
	json_tokener_free(tokener);
	if (*why == json_tokener_success)
		return value;
	json_object_put(value);
	return NULL;
}

/*
 * json-c 0.18, when it is strict, takes each byte over 127 for a control
 * character (its issues 875, 892): there the form is looked at with a letter in
 * place of those, and then the text is read.
 */
static json_object *
parse(const char *text, size_t len, enum json_tokener_error *why)
{
	int minor = json_c_version_num() >> 8;
	char *ascii;

	if (minor != 18)
		return parse_as(text, len, JSON_TOKENER_STRICT, why);
	ascii = x_strndup(NULL, text, len);
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)ascii[i] > 127)
			ascii[i] = 'x';
	json_object_put(parse_as(ascii, len, JSON_TOKENER_STRICT, why));
	talloc_free(ascii);
	return *why == json_tokener_success ? parse_as(text, len, 0, why)
	                                    : NULL;
}

enum nd_status
nd_json_parse(const void *ctx, const char *text, size_t len,
              struct nd_json **out, struct nd_error *err)
{
	enum json_tokener_error why;
	json_object *value;

	nd_mem_trim(&text, &len);
	if (len > INT32_MAX)
		return nd_fail(err, ND_ERR_LIMIT, "too much JSON");
	if (len == 0 || !nd_utf8_is_valid(text, len) || !is_plain(text, len))
		return nd_fail(err, ND_ERR_PARSE, "no JSON");
	value = parse(text, len, &why);
	if (why == json_tokener_error_depth)
		return nd_fail(err, ND_ERR_LIMIT, "JSON is nested too deep");
	if (why == json_tokener_continue)
		return nd_fail(err, ND_ERR_PARSE, "JSON ends too early");
	if (why != json_tokener_success)
		return nd_fail(err, ND_ERR_PARSE, "no JSON: %s",
		               json_tokener_error_desc(why));
	*out = x_new(ctx, struct nd_json);
	(*out)->value = value;
	talloc_set_destructor(*out, put_destructor);
	return ND_OK;
}

enum nd_json_type
nd_json_type(const struct nd_json *value)
{
	if (!value)
		return ND_JSON_NULL;
	switch (json_object_get_type(value->value)) {
	case json_type_boolean:
		return ND_JSON_BOOL;
	case json_type_int:
		return ND_JSON_INT;
	case json_type_double:
		return ND_JSON_REAL;
	case json_type_string:
		return ND_JSON_TEXT;
	case json_type_array:
		return ND_JSON_ARRAY;
	case json_type_object:
		return ND_JSON_OBJECT;
	case json_type_null:
		break;
	}
	return ND_JSON_NULL;
}

struct nd_json *
nd_json_get(struct nd_json *object, const char *key)
{
	json_object *value;

	if (nd_json_type(object) != ND_JSON_OBJECT ||
	    !json_object_object_get_ex(object->value, key, &value))
		return NULL;
	return inside(object, value);
}

size_t
nd_json_count(const struct nd_json *array)
{
	if (nd_json_type(array) != ND_JSON_ARRAY)
		return 0;
	return json_object_array_length(array->value);
}

struct nd_json *
nd_json_at(struct nd_json *array, size_t i)
{
	if (i >= nd_json_count(array))
		return NULL;
	return inside(array, json_object_array_get_idx(array->value, i));
}

const char *
nd_json_text(const struct nd_json *value)
{
	const char *text;

	if (nd_json_type(value) != ND_JSON_TEXT)
		return NULL;
	text = json_object_get_string(value->value);
	return strlen(text) == (size_t)json_object_get_string_len(value->value)
	               ? text
	               : NULL;
}

int64_t
nd_json_int(const struct nd_json *value, int64_t missing)
{
	return nd_json_type(value) == ND_JSON_INT
	               ? json_object_get_int64(value->value)
	               : missing;
}
