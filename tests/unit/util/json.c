/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "util/alloc.h"
#include "util/json.h"

static void
writes_every_kind_of_value(void **state)
{
	struct nd_json *object = nd_json_object_new(NULL), *list;
	struct nd_buf *out = nd_buf_new(object, 4096);

	(void)state;
	nd_json_set_text(object, "text", "a/b \"c\" ü\n");
	nd_json_set_text(object, "none", NULL);
	nd_json_set_int(object, "number", INT64_MIN);
	nd_json_set_bool(object, "yes", true);
	list = nd_json_set_array(object, "list");
	nd_json_add_text(list, "x");
	nd_json_set_int(nd_json_add_object(list), "k", 1);
	nd_json_set_object(object, "empty");
	nd_json_write(object, out);
	assert_string_equal(out->data,
	                    "{\"text\":\"a/b \\\"c\\\" ü\\n\",\"none\":null,"
	                    "\"number\":-9223372036854775808,\"yes\":true,"
	                    "\"list\":[\"x\",{\"k\":1}],\"empty\":{}}");
	talloc_free(object);
}

static void
text_is_made_harmless(void **state)
{
	struct nd_json *list = nd_json_array_new(NULL);
	struct nd_buf *out = nd_buf_new(list, 4096);

	(void)state;
	nd_json_add_text(list, "\xff \x1b[0m \xe2\x80\xae \xed\xa0\x80");
	nd_json_write(list, out);
	assert_string_equal(out->data,
	                    "[\"\xef\xbf\xbd [0m  \xef\xbf\xbd\xef\xbf\xbd"
	                    "\xef\xbf\xbd\"]");
	talloc_free(list);
}

static void
members_are_replaced_in_place(void **state)
{
	struct nd_json *object = nd_json_object_new(NULL);
	struct nd_buf *out = nd_buf_new(object, 4096);

	(void)state;
	nd_json_set_int(object, "a", 1);
	nd_json_set_int(object, "b", 2);
	nd_json_set_int(object, "a", 3);
	nd_json_write(object, out);
	assert_string_equal(out->data, "{\"a\":3,\"b\":2}");
	talloc_free(object);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(writes_every_kind_of_value),
		cmocka_unit_test(text_is_made_harmless),
		cmocka_unit_test(members_are_replaced_in_place),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
