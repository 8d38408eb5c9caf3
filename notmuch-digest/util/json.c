/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "util/json.h"

#include <json-c/json.h>
#include <string.h>

#include "util/alloc.h"
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
