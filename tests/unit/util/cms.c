/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "util/alloc.h"
#include "util/buf.h"
#include "util/cms.h"

#define OID "\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07"
#define AUTH_ENVELOPED "\x06\x0b\x2a\x86\x48\x86\xf7\x0d\x01\x09\x10\x01\x17"
#define B(bytes) bytes, sizeof bytes - 1
/* SignedData up to its content, with lengths that are indefinite. */
#define HEAD "\x30\x80" OID "\x02\xa0\x80\x30\x80\x02\x01\x01\x31\x00\x30\x80"
#define TAIL "\x00\x00\x00\x00\x00\x00\x00\x00"

static void
test_kind(void **state)
{
	static const struct {
		const char *bytes;
		size_t len;
		enum nd_cms want;
	} cases[] = {
		{B("\x30\x80" OID "\x02\xa0\x80xxxxxxxx"), ND_CMS_SIGNED},
		{B("\x30\x82\x01\x00" OID "\x02\xa0xxxxxx"), ND_CMS_SIGNED},
		{B("\x30\x80" OID "\x03\xa0\x80xxxxxxxx"), ND_CMS_OTHER},
		{B("\x30\x80" OID "\x06\xa0\x80xxxxxxxx"), ND_CMS_OTHER},
		{B("\x30\x80" OID "\x01\xa0\x80xxxxxxxx"), ND_CMS_OTHER},
		{B("\x30\x80" AUTH_ENVELOPED "\xa0\x80xxx"), ND_CMS_OTHER},
		{B("\x30\x80" OID "\x02"), ND_CMS_NONE},
		{B("MIIF+wYJKoZIhvcNAQcCoIIF7DCC"), ND_CMS_NONE},
		{B("\x30\xff" OID "\x02\xa0\x80xxxxxxxx"), ND_CMS_NONE},
		{B("\x30\x80\x06\xff\x2a\x86\x48\x86\xf7xxxxxxxx"),
	         ND_CMS_NONE},
		{B(""), ND_CMS_NONE},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_int_equal(
			nd_cms_kind((const unsigned char *)cases[i].bytes,
		                    cases[i].len),
			cases[i].want);
}

static void
test_content(void **state)
{
	static const struct {
		const char *bytes;
		size_t len;
		enum nd_cms want;
		const char *text;
	} cases[] = {
		{B("\x30\x27" OID "\x02\xa0\x1a\x30\x18\x02\x01\x01\x31\x00"
	           "\x30\x11" OID "\x01\xa0\x04\x04\x02hi"),
	         ND_CMS_SIGNED, "hi"},
		{B(HEAD OID "\x01\xa0\x80\x24\x80\x04\x03one\x04\x04 two"
	                    "\x00\x00\x00\x00" TAIL),
	         ND_CMS_SIGNED, "one two"},
		/* pieces of pieces, and of a length that is told */
		{B(HEAD OID "\x01\xa0\x80\x24\x80\x24\x80\x04\x01"
	                    "a\x00\x00\x24\x03\x04\x01"
	                    "b\x00\x00\x00\x00" TAIL),
	         ND_CMS_SIGNED, "ab"},
		{B(HEAD OID "\x01\xa0\x80\x24\x07\x04\x01"
	                    "a\x04\x02"
	                    "bc\x00\x00" TAIL),
	         ND_CMS_SIGNED, "abc"},
		/* the digests have an end of their own, with ends in it */
		{B("\x30\x80" OID "\x02\xa0\x80\x30\x80\x02\x01\x01\x31\x80\x30"
	           "\x80\x06\x01\x2a\x00\x00\x00\x00\x30\x80" OID
	           "\x01\xa0\x80\x04\x01z\x00\x00" TAIL),
	         ND_CMS_SIGNED, "z"},
		/* what is signed is encrypted, signed again, or not known */
		{B(HEAD OID "\x03\xa0\x80\x04\x02xx\x00\x00" TAIL),
	         ND_CMS_OTHER, ""},
		{B(HEAD OID "\x02\xa0\x80\x04\x02xx\x00\x00" TAIL),
	         ND_CMS_OTHER, ""},
		{B(HEAD AUTH_ENVELOPED "\xa0\x80\x04\x02xx\x00\x00" TAIL),
	         ND_CMS_OTHER, ""},
		{B(HEAD "\x06\x01\x2a\xa0\x80\x04\x02xx\x00\x00" TAIL),
	         ND_CMS_OTHER, ""},
		/* certificates only; a signature beside its text */
		{B(HEAD OID "\x01\x00\x00" TAIL), ND_CMS_NONE, ""},
		/* damaged: cut, or longer than the file */
		{B(HEAD OID "\x01\xa0\x80\x24\x80\x04\x03one"), ND_CMS_NONE,
	         ""},
		{B(HEAD OID "\x01\xa0\x80\x24\x80\x04\x03one\x04\x7f two"),
	         ND_CMS_NONE, ""},
		{B(HEAD OID "\x01\xa0\x80\x24\x80\x04\x01o\x02\x01x"),
	         ND_CMS_NONE, ""},
		{B("\x30\x80" OID "\x02\xa0\x80\x30\x80\x02\x89\x01\x01\x01"),
	         ND_CMS_NONE, ""},
		{B("\x30"), ND_CMS_NONE, ""},
		{B(""), ND_CMS_NONE, ""},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct nd_buf *out = nd_buf_new(NULL, 1000);

		assert_int_equal(nd_cms_signed_content(
					 out,
					 (const unsigned char *)cases[i].bytes,
					 cases[i].len),
		                 cases[i].want);
		assert_string_equal(out->data, cases[i].text);
		talloc_free(out);
	}
}

/* Very many elements that do not end; every cut of a whole one. */
static void
test_hostile(void **state)
{
	static const char whole[] =
		HEAD OID "\x01\xa0\x80\x24\x80\x04\x03one\x00\x00\x00\x00" TAIL;
	static const char start[] = HEAD OID "\x01\xa0\x80";
	enum { MANY = 2000000 };
	struct nd_buf *out = nd_buf_new(NULL, 1000);
	unsigned char *bytes = x_array(out, unsigned char, MANY);

	(void)state;
	for (size_t len = 0; len < sizeof whole; len++) {
		memcpy(bytes, whole, len);
		nd_cms_kind(bytes, len);
		nd_cms_signed_content(out, bytes, len);
		nd_buf_cut(out, 0);
	}
	for (size_t i = 0; i < MANY; i += 2)
		memcpy(bytes + i, "\x24\x80", 2);
	memcpy(bytes, start, sizeof start - 1);
	assert_int_equal(nd_cms_signed_content(out, bytes, MANY), ND_CMS_NONE);
	for (size_t i = 0; i < MANY; i += 2)
		memcpy(bytes + i, "\x31\x80", 2);
	memcpy(bytes, start, 17);
	assert_int_equal(nd_cms_signed_content(out, bytes, MANY), ND_CMS_NONE);
	talloc_free(out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_kind),
		cmocka_unit_test(test_content),
		cmocka_unit_test(test_hostile),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
