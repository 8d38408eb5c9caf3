/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "render/escape.h"
#include "util/alloc.h"
#include "util/utf8.h"

static void
html_is_inert_in_text_and_in_quotes(void **state)
{
	static const struct {
		const char *text, *escaped;
	} cases[] = {
		{"KVM: arm64: fix kvm_arm_foo()", NULL},
		{"第 3 个补丁：修复", NULL},
		{"", NULL},
		{"a < b && c > d", "a &lt; b &amp;&amp; c &gt; d"},
		{"</title><script>alert(1)</script>",
	         "&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;"},
		{"\" onmouseover=\"x", "&quot; onmouseover=&quot;x"},
		{"' autofocus onfocus='x", "&#39; autofocus onfocus=&#39;x"},
		{"&lt; &#60; AT&T;", "&amp;lt; &amp;#60; AT&amp;T;"},
		{"<!-- --> ]]> <?x ?>", "&lt;!-- --&gt; ]]&gt; &lt;?x ?&gt;"},
		{" a\r\n\tb ", "a b"},
		{"a\xe2\x80\xae"
	         "b\x1b[31mc\xe2\x80\x8b",
	         "ab[31mc"},
		{"\xff<", "\xef\xbf\xbd&lt;"},
	};
	void *ctx = talloc_new(NULL);

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_string_equal(nd_escape_html(ctx, cases[i].text),
		                    cases[i].escaped ? cases[i].escaped
		                                     : cases[i].text);
	talloc_free(ctx);
}

static void
html_links_only_to_the_web_and_to_mails(void **state)
{
	static const struct {
		const char *url, *escaped;
	} cases[] = {
		{"https://lore.example.org/r/x@y",
	         "https://lore.example.org/r/x@y"},
		{"HTTP://example.org/", "HTTP://example.org/"},
		{"mid:a%2Fb@c", "mid:a%2Fb@c"},
		{"https://e.org/?a=1&b='2'",
	         "https://e.org/?a=1&amp;b=&#39;2&#39;"},
		{"https://e.org/\"><b> \xc3\xa9\n",
	         "https://e.org/%22%3E%3Cb%3E%20%C3%A9%0A"},
		{"javascript:alert(1)", NULL},
		{"data:text/html,x", NULL},
		{" https://e.org/", NULL},
		{"//e.org/", NULL},
		{"file:///etc/passwd", NULL},
		{"", NULL},
	};
	void *ctx = talloc_new(NULL);

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const char *got = nd_escape_html_url(ctx, cases[i].url);

		if (!cases[i].escaped)
			assert_null(got);
		else
			assert_string_equal(got, cases[i].escaped);
	}
	talloc_free(ctx);
}

static void
markdown_is_inert_and_readable(void **state)
{
	static const struct {
		const char *text, *escaped;
	} cases[] = {
		/* what needs nothing */
		{"KVM: arm64: fix kvm_arm_foo()", NULL},
		{"[PATCH v2 1/3] KVM: don't", NULL},
		{"Re: [kvm-unit-tests PATCH v3 00/11] GIC", NULL},
		{"a < b && c > d, 4 * 5, 100 %", NULL},
		{"if (a <= b) x -> y; see #12 and $foo", NULL},
		{"PSTATE.{N,Z} | a || b", NULL},
		{"take ~20 mails", NULL},
		{"path\\to C:\\dir", NULL},
		{"第 3 个补丁：修复", NULL},
		{"", NULL},
		/* HTML, autolinks, entities */
		{"<b>x</b>", "\\<b>x\\</b>"},
		{"<script>alert(1)</script>", "\\<script>alert(1)\\</script>"},
		{"<!-- x", "\\<!-- x"},
		{"<?php", "\\<?php"},
		{"<javascript:alert(1)>", "\\<javascript:alert(1)>"},
		{"&lt;b&gt; &#60; AT&T; a & b",
	         "\\&lt;b\\&gt; \\&#60; AT\\&T; a & b"},
		/* links, images, definitions */
		{"[x](javascript:alert(1))", "[x\\](javascript:alert(1))"},
		{"![x](http://e.org/p.png)", "![x\\](http://e.org/p.png)"},
		{"[3]: http://evil.org", "[3\\]: http://evil.org"},
		{"[PATCH]: title", "[PATCH\\]: title"},
		{"[ ] task", "\\[ ] task"},
		{"[x] task", "\\[x] task"},
		/* emphasis, code, strikethrough */
		{"*bold* **x**", "\\*bold\\* \\*\\*x\\*\\*"},
		{"__init and _foo_", "\\_\\_init and \\_foo\\_"},
		{"refactor __load() to add __store()", NULL},
		{"the *_map_set() and {clear, copy}_page()", NULL},
		{"mmfr* registers, kvm_* too", NULL},
		{"a*b*c and (*p)->x", "a\\*b\\*c and (*p)->x"},
		{"*第*", "\\*第\\*"},
		{"a__b", NULL},
		{"`rm -rf`", "\\`rm -rf\\`"},
		{"~~gone~~", "\\~\\~gone\\~\\~"},
		{"a\\*b\\", "a\\\\*b\\\\"},
		/* blocks, at the start only */
		{"# title", "\\# title"},
		{"## #", "\\## \\#"},
		{"title ##", "title \\##"},
		{"- item", "\\- item"},
		{"--- ", "\\---"},
		{"===", "\\==="},
		{"+ item", "\\+ item"},
		{"* item", "\\* item"},
		{"> quote", "\\> quote"},
		{"1. item", "1\\. item"},
		{"12) item", "12\\) item"},
		{"1.5 is a number", NULL},
		{"-1 is a number", NULL},
		{"```c", "\\`\\`\\`c"},
		{"~~~", "\\~\\~\\~"},
		/* lines and characters that are not text */
		{" a\n\n# b\r\n\tc ", "a # b c"},
		{"a\xe2\x80\xae"
	         "b\x1b[31mc\xe2\x80\x8b",
	         "ab[31mc"},
		{"\xff\xc3", "\xef\xbf\xbd\xef\xbf\xbd"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const char *want =
			cases[i].escaped ? cases[i].escaped : cases[i].text;
		char *got = nd_escape_markdown(NULL, cases[i].text);

		assert_string_equal(got, want);
		talloc_free(got);
	}
}

static void
addresses_are_links_only_when_plain(void **state)
{
	static const struct {
		const char *addr, *escaped;
	} cases[] = {
		{"a.b+c@example.org", "<a.b+c@example.org>"},
		{"", ""},
		{"javascript:alert(1)", "\\<javascript:alert(1)>"},
		{"a@b> <script>x", "\\<a@b> \\<script>x>"},
		{"a b@example.org", "\\<a b@example.org>"},
		{"a@b@c", "\\<a@b@c>"},
		{"a@example.org\n\n# x", "\\<a@example.org # x>"},
		{"a@-b", "\\<a@-b>"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char *got = nd_escape_markdown_address(NULL, cases[i].addr);

		assert_string_equal(got, cases[i].escaped);
		talloc_free(got);
	}
}

static void
terminals_get_no_commands(void **state)
{
	char *got = nd_escape_terminal(NULL, "\x1b]0;x\x07 a\x9b\n\xe2\x80\xae"
	                                     "b\x7f");

	(void)state;
	assert_string_equal(got, "]0;x a\xef\xbf\xbd b");
	assert_true(nd_utf8_is_valid(got, strlen(got)));
	talloc_free(got);
}

/* Linear: a megabyte of marks takes no time. */
static void
long_runs_are_no_work(void **state)
{
	static const char marks[] = "_*~#`[]<\\&-";
	enum { LEN = 1 << 20 };
	char *text = x_array(NULL, char, LEN + 1);

	(void)state;
	for (const char *mark = marks; *mark; mark++) {
		char *got;

		memset(text, *mark, LEN);
		got = nd_escape_markdown(text, text);
		assert_true(strlen(got) >= LEN);
		talloc_free(got);
	}
	talloc_free(text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(html_is_inert_in_text_and_in_quotes),
		cmocka_unit_test(html_links_only_to_the_web_and_to_mails),
		cmocka_unit_test(markdown_is_inert_and_readable),
		cmocka_unit_test(addresses_are_links_only_when_plain),
		cmocka_unit_test(terminals_get_no_commands),
		cmocka_unit_test(long_runs_are_no_work),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
