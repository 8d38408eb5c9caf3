/* SPDX-License-Identifier: GPL-3.0-or-later */
/* URLs of archives: the id in them, and the URL of an id. */
#include "util/archiveurl.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <talloc.h>
#include <cmocka.h>

static const struct {
	const char *url;
	const char *id; /* NULL: none */
} forms[] = {
	/* public-inbox: lore.kernel.org and others */
	{"https://lore.kernel.org/r/a-1@x.org", "a-1@x.org"},
	{"https://lore.kernel.org/r/a-1@x.org/", "a-1@x.org"},
	{"https://lore.kernel.org/kvmarm/a-1@x.org/", "a-1@x.org"},
	{"https://lore.kernel.org/all/a-1@x.org/T/#u", "a-1@x.org"},
	{"https://lore.kernel.org/all/a-1@x.org/t.mbox.gz", "a-1@x.org"},
	{"https://lore.kernel.org/all/a-1@x.org/raw", "a-1@x.org"},
	{"https://lore.kernel.org/all/a-1@x.org/#t", "a-1@x.org"},
	{"https://lore.kernel.org/all/?q=m:a-1@x.org", "a-1@x.org"},
	{"https://lore.kernel.org/all/?q=mid%3Aa-1@x.org", "a-1@x.org"},
	{"https://lore.kernel.org/all/?q=f:ann@x.org", NULL},
	{"https://lore.kernel.org/all/?q=tc%3aann%40x.org", NULL},
	{"https://lore.kernel.org/r/a%2F1%40x.org", "a/1@x.org"},
	{"https://lore.kernel.org/r/a%2B1@x.org", "a+1@x.org"},
	{"https://lore.kernel.org/r/a+1@x.org", "a+1@x.org"},
	{"https://lore.kernel.org/r/CA=1@x.org", "CA=1@x.org"},
	{"https://lore.kernel.org/r/<a-1@x.org>", "a-1@x.org"},
	{"https://lore.kernel.org/r/%3Ca-1@x.org%3E", "a-1@x.org"},
	{"https://lore.kernel.org/r/%3ca-1%40x.org%3e/", "a-1@x.org"},
	{"https://inbox.sourceware.org/libc-alpha/a-1@x.org/", "a-1@x.org"},
	{"https://patch.msgid.link/a-1@x.org", "a-1@x.org"},
	{"https://lkml.kernel.org/r/a-1@x.org", "a-1@x.org"},
	/* MARC */
	{"https://marc.info/?i=a-1@x.org", "a-1@x.org"},
	{"https://marc.info/?i=%3Ca-1@x.org%3E", "a-1@x.org"},
	{"http://marc.info/?l=git&i=a-1%40x.org", "a-1@x.org"},
	{"https://marc.info/?l=linux-kernel&m=161580", NULL},
	/* The Mail Archive */
	{"https://mid.mail-archive.com/a-1@x.org", "a-1@x.org"},
	{"https://www.mail-archive.com/search?l=mid&q=a-1@x.org", "a-1@x.org"},
	{"https://www.mail-archive.com/search?q=msgid:a-1@x.org&l=all",
         "a-1@x.org"},
	{"https://www.mail-archive.com/dev@lists.x.org/msg00123.html", NULL},
	/* patchwork */
	{"https://patchwork.kernel.org/project/linux-mm/patch/a-1@x.org/",
         "a-1@x.org"},
	{"https://patchwork.kernel.org/project/linux-mm/cover/a-1@x.org/mbox/",
         "a-1@x.org"},
	{"https://patchwork.ozlabs.org/patch/msgid/a-1@x.org", "a-1@x.org"},
	{"https://patchwork.kernel.org/project/linux-mm/patch/a-1%40x.org/",
         "a-1@x.org"},
	{"https://patchwork.kernel.org/patch/12345/", NULL},
	{"https://patchwork.kernel.org/project/linux-mm/list/?series=1", NULL},
	/* Google Groups */
	{"https://groups.google.com/d/msgid/dev/a-1%40x.org", "a-1@x.org"},
	{"https://groups.google.com/d/msgid/dev/X6/Kz%2B1%40x.org?utm=1",
         "X6/Kz+1@x.org"},
	{"https://groups.google.com/d/msgid/dev", NULL},
	{"https://groups.google.com/d/msgid/", NULL},
	{"https://groups.google.com/g/dev/c/AbCd", NULL},
	/* others */
	{"https://lists.debian.org/msgid-search/a-1@x.org", "a-1@x.org"},
	{"https://patchew.org/QEMU/a-1@x.org/", "a-1@x.org"},
	{"https://lists.x.org/archives/list/dev@x.org/message/ABC/", NULL},
	{"https://lists.x.org/archives/list/dev@x.org/2021/3/", NULL},
	{"https://x.org/", NULL},
	{"https://x.org", NULL},
	{"https://x.org/?", NULL},
	{"https://x.org/?q=", NULL},
	{"https://x.org/?q=m:", NULL},
	{"https://x.org/a%00b@x", NULL},
	{"https://x.org/a%0Ab@x", NULL},
	{"https://x.org/%3C%3E", NULL},
	{"https://x.org/%3Ca@b", NULL},
};

static void
ids_are_found(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
		void *ctx = talloc_new(NULL);
		const char *url = forms[i].url;
		const char *id = nd_archiveurl_id(ctx, url, strlen(url));

		if (forms[i].id)
			assert_non_null(id);
		else if (id)
			fail_msg("%s: %s", url, id);
		if (id)
			assert_string_equal(id, forms[i].id);
		talloc_free(ctx);
	}
}

static const struct {
	const char *template, *id;
	const char *url; /* NULL: none */
} made[] = {
	{"https://lore.kernel.org/r/%s", "a-1@x.org",
         "https://lore.kernel.org/r/a-1@x.org"},
	{"https://lore.kernel.org/all/%s/", "a/1+2=3@x.org",
         "https://lore.kernel.org/all/a%2F1+2=3@x.org/"},
	{"https://marc.info/?i=%s", "a/1+2=3&4@x.org",
         "https://marc.info/?i=a%2F1%2B2%3D3%264@x.org"},
	{"https://x.org/%s", "a%2F@x?#.org",
         "https://x.org/a%252F@x%3F%23.org"},
	{"https://x.org/%s", "a b\"<>@x", "https://x.org/a%20b%22%3C%3E@x"},
	{"https://x.org/%s", "\xc3\xa4\033\n@x",
         "https://x.org/%C3%A4%1B%0A@x"},
	{"https://x.org/a%20b/%s", "i@x", "https://x.org/a%20b/i@x"},
	{"https://x.org/%s", "no-host", "https://x.org/no-host"},
	{"https://x.org/%s", "..", NULL},
	{"https://x.org/%s", ".", NULL},
	{"https://x.org/%s", "", NULL},
	{"https://x.org/%s",
         "notmuch-sha1-0123456789abcdef0123456789abcdef01234567", NULL},
	{"", "a@x", NULL},
};

static void
urls_are_made(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof made / sizeof *made; i++) {
		void *ctx = talloc_new(NULL);
		const char *url =
			nd_archiveurl_fill(ctx, made[i].template, made[i].id);

		if (made[i].url)
			assert_string_equal(url, made[i].url);
		else
			assert_null(url);
		talloc_free(ctx);
	}
}

/* What is made of an id leads back to it. */
static void
there_and_back(void **state)
{
	static const char *const ids[] = {
		"a-1@x.org",       "a/b@x",  "a%2Fb@x", "a+b=c&d;e,f:g@x",
		"a'b(c)!*$d~_.@x", "a#b?@x", "100%@x",  "[a]{b}|^`\\@x",
	};
	static const char *const templates[] = {
		"https://lore.kernel.org/r/%s", "https://marc.info/?i=%s",
		"https://x.org/list/%s/T/#u",
		"https://x.org/?l=a&msgid=%s&f=1"};

	(void)state;
	for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
		for (size_t k = 0; k < sizeof templates / sizeof *templates;
		     k++) {
			void *ctx = talloc_new(NULL);
			const char *url =
				nd_archiveurl_fill(ctx, templates[k], ids[i]);

			assert_string_equal(
				nd_archiveurl_id(ctx, url, strlen(url)),
				ids[i]);
			talloc_free(ctx);
		}
	}
}

static void
templates(void **state)
{
	static const char *const good[] = {
		"https://lore.kernel.org/r/%s", "http://localhost:8080/%s/",
		"HTTPS://x.org/?i=%s", "https://[::1]/%s", "https://x/%20%s"};
	static const char *const bad[] = {"",
	                                  "%s",
	                                  "https://lore.kernel.org/r/",
	                                  "https://x.org/%s/%s",
	                                  "https://x.org/%d",
	                                  "https://x.org/%s%",
	                                  "https://x.org/%s%2",
	                                  "https://x.org/%%s",
	                                  "https://%s/",
	                                  "https://x%s",
	                                  "ftp://x.org/%s",
	                                  "javascript:alert(%s)//",
	                                  "https://x.org/ %s",
	                                  "https://x.org/<%s>",
	                                  "https://x.org/\033%s",
	                                  "https:///%s",
	                                  "https://user@x.org/%s"};

	(void)state;
	for (size_t i = 0; i < sizeof good / sizeof *good; i++)
		if (!nd_archiveurl_is_template(good[i]))
			fail_msg("%s", good[i]);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		if (nd_archiveurl_is_template(bad[i]))
			fail_msg("%s", bad[i]);
}

static const struct {
	const char *archived_at, *list_archive;
	const char *url; /* NULL: none */
} headers[] = {
	{"<https://lists.x.org/message/ABC/>", "",
         "https://lists.x.org/message/ABC/"},
	{"https://lists.x.org/message/ABC/", "",
         "https://lists.x.org/message/ABC/"},
	{"<mailto:a@x>, <https://x.org/1> (comment)", "", "https://x.org/1"},
	{"<https://a.org/1>", "<https://lore.kernel.org/git/>",
         "https://a.org/1"},
	{"", "<https://lore.kernel.org/git/>",
         "https://lore.kernel.org/git/i%2F1@x"},
	{"", "<https://lore.kernel.org/git>",
         "https://lore.kernel.org/git/i%2F1@x"},
	{"", "<mailto:a@x.org>,\n <https://public-inbox.org/meta/>",
         "https://public-inbox.org/meta/i%2F1@x"},
	{"", "<https://groups.google.com/group/dev-list", NULL}, /* a slash */
	{"", "<https://groups.google.com/group/>", NULL},
	/* Mails are numbered there, or nobody knows how. */
	{"", "<https://lists.x.org/pipermail/dev/>", NULL},
	{"", "<https://lore.kernel.org/>", NULL},
	{"", "<https://lore.kernel.org.evil.org/git/>", NULL},
	{"", "<https://lore.kernel.org/git/?q=1>", NULL},
	/* Not to be clicked on. */
	{"<javascript:alert(1)>", "", NULL},
	{"<file:///etc/passwd>", "", NULL},
	{"<https://lore.kernel.org@evil.org/>", "", NULL},
	{"<https://x.org/\033]8;;>", "", NULL},
	{"<https://x.org/\xe2\x80\xae>", "", NULL},
	{"<https://x.org/a\"b>", "", NULL},
	{"<https://>", "", NULL},
	{"<", "<", NULL},
	{"<>", ",,", NULL},
	{"", "", NULL},
};

static void
headers_tell(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof headers / sizeof *headers; i++) {
		void *ctx = talloc_new(NULL);
		const char *url = nd_archiveurl_of_header(
			ctx, headers[i].archived_at, headers[i].list_archive,
			"i/1@x");

		if (headers[i].url)
			assert_string_equal(url, headers[i].url);
		else if (url)
			fail_msg("%zu: %s", i, url);
		talloc_free(ctx);
	}
}

static void
google_groups(void **state)
{
	void *ctx = talloc_new(NULL);
	/* As its lists write it: the bracket is not closed. */
	const char *list = "<https://groups.google.com/group/dev-list";

	(void)state;
	assert_string_equal(
		nd_archiveurl_of_header(ctx, "", list, "a-1@x.org"),
		"https://groups.google.com/d/msgid/dev-list/a-1@x.org");
	talloc_free(ctx);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ids_are_found),
		cmocka_unit_test(urls_are_made),
		cmocka_unit_test(there_and_back),
		cmocka_unit_test(templates),
		cmocka_unit_test(headers_tell),
		cmocka_unit_test(google_groups),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
