/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "clients/block.h"
#include "clients/configsection.h"
#include "clients/quote.h"
#include "util/alloc.h"

static const struct nd_block_style mutt = {"#", ND_BLOCK_ONE_LINE |
                                                        ND_BLOCK_BACKSLASH};
static const struct nd_block_style emacs = {";;", ND_BLOCK_ONE_LINE};
static const struct nd_block_style ini = {"#", ND_BLOCK_BACKSLASH};

static void
put_in_and_taken_out(void **state)
{
	static const char *const texts[] = {
		"",
		"set sort=threads\n",
		"set sort=threads",
		"\n\n",
		"set a=b \\\n",
		"# a comment \\",
		"set a=b \\\r\n",
		"source x # >>> notmuch-digest <<< no\n",
		"# >>> notmuch-digest, and half the world <<<\n",
	};
	static const struct nd_block_style *const styles[] = {&mutt, &emacs,
	                                                      &ini};
	void *ctx = talloc_new(NULL);

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		for (size_t k = 0; k < 3; k++) {
			const unsigned dirs = 1 + (unsigned)k;
			struct nd_block_mark mark = {.file = i == 0,
			                             .dirs = dirs};
			const char *in = nd_block_insert(
				ctx, styles[k], texts[i], strlen(texts[i]),
				mark, "source \"x\"\n");
			const char *other = nd_block_replace(ctx, styles[k], in,
			                                     "two\nlines\n");
			const char *below = x_asprintf(ctx, "%sbelow\n", in);
			const char *rest;

			assert_int_equal(nd_block_torn(styles[k], in), 0);
			assert_int_equal(nd_block_torn(styles[k], other), 0);
			assert_string_equal(nd_block_replace(ctx, styles[k],
			                                     other,
			                                     "source \"x\"\n"),
			                    in);
			rest = nd_block_remove(ctx, styles[k], in, &mark);
			assert_string_equal(rest, texts[i]);
			assert_int_equal(mark.file, i == 0);
			assert_int_equal(mark.dirs, dirs);
			assert_string_equal(
				nd_block_remove(ctx, styles[k], other, NULL),
				texts[i]);
			/* The user's line stays a line of its own. */
			rest = nd_block_remove(ctx, styles[k], below, NULL);
			assert_memory_equal(rest, texts[i], strlen(texts[i]));
			assert_true(rest == strstr(rest, "below\n") ||
			            strstr(rest, "\nbelow\n"));
		}
	}
	talloc_free(ctx);
}

static void
starts_on_a_line_of_its_own(void **state)
{
	void *ctx = talloc_new(NULL);
	const char *in;

	(void)state;
	in = nd_block_insert(ctx, &mutt, "set a=b \\", 9,
	                     (struct nd_block_mark){0}, "source \"x\"\n");
	assert_string_equal(in,
	                    "set a=b \\\n\nsource \"x\" # >>> notmuch-digest,"
	                    " and 2 ends of line above <<<\n");
	in = nd_block_insert(ctx, &emacs, "(foo)\n", 6,
	                     (struct nd_block_mark){0}, "(load \"x\")\n");
	assert_string_equal(in,
	                    "(foo)\n(load \"x\") ;; >>> notmuch-digest <<<\n");
	talloc_free(ctx);
}

static void
torn_blocks_are_seen(void **state)
{
	(void)state;
	assert_int_equal(
		nd_block_torn(&ini, "a\n# >>> notmuch-digest >>>\nb\n"), 2);
	assert_int_equal(nd_block_torn(&ini, "a\n# <<< notmuch-digest <<<\n"),
	                 2);
	assert_int_equal(nd_block_torn(&ini, "# >>> notmuch-digest >>>\n"
	                                     "# >>> notmuch-digest >>>\n"
	                                     "# <<< notmuch-digest <<<\n"),
	                 1);
	assert_int_equal(nd_block_torn(&ini, "# >>> notmuch-digest >>>\n"
	                                     "# <<< notmuch-digest <<<\n"),
	                 0);
}

/* From a file that we ship and one of the user's: what comes out. */
static const char *
inserted(void *ctx, unsigned flags, const char *shipped, const char *text)
{
	struct nd_block_mark mark = {.file = !*text};
	const char *out = "refused";
	struct nd_error err;

	if (nd_configsection_insert(ctx, &ini, flags,
	                            nd_configsection_parse(ctx, shipped), mark,
	                            text, &out, &err) == ND_OK)
		assert_string_equal(nd_block_remove(ctx, &ini, out, NULL),
		                    text);
	return out;
}

#define OPEN "# >>> notmuch-digest >>>\n"
#define CLOSE "# <<< notmuch-digest <<<\n"

static void
sections(void **state)
{
	static const char shipped[] = "# about\n[bindings]\n\n[[thread]]\n"
				      "# key\nD = show\n\n[[search]]\nE = up\n";
	void *ctx = talloc_new(NULL);

	(void)state;
	/* behind the headers that are there */
	assert_string_equal(
		inserted(ctx, 0, shipped,
	                 "[bindings]\nx = y\n [[ search ]]\n[[thread]]  # t\n"
	                 "q = r\n[tags]\n"),
		"[bindings]\nx = y\n [[ search ]]\n" OPEN "E = up\n" CLOSE
		"[[thread]]  # t\n" OPEN "D = show\n" CLOSE "q = r\n[tags]\n");
	/* one is missing: at the end of what is around it */
	assert_string_equal(
		inserted(ctx, 0, shipped,
	                 "[bindings]\nx = y\n[[search]]\nq = r\n\n# tags\n"
	                 "[tags]\n[[thread]]\n"),
		"[bindings]\nx = y\n[[search]]\n" OPEN "E = up\n" CLOSE
		"q = r\n" OPEN "[[thread]]\nD = show\n" CLOSE
		"\n# tags\n[tags]\n[[thread]]\n");
	/* all are missing */
	assert_string_equal(
		inserted(ctx, 0, shipped, "[tags]\na = b"),
		"[tags]\na = b\n"
		"# >>> notmuch-digest, and the end of line above >>>\n"
		"[bindings]\n[[thread]]\nD = show\n[[search]]\nE = up\n" CLOSE);
	/* those that go to one place make one block, never one in another */
	assert_string_equal(
		inserted(ctx, 0,
	                 "[k]\n[[t]]\nq = r\n[a]\nx = 1\n[[b]]\nx = 2\n"
	                 "[[c]]\nx = 3\n[[d]]\nx = 4\n[[e]]\n[[[f]]]\n"
	                 "x = 5\n[g]\nx = 6\n",
	                 "[a]\n[[d]]\n# end\n[z]\n"),
		"[a]\n" OPEN "x = 1\n" CLOSE "[[d]]\n" OPEN "x = 4\n" CLOSE OPEN
		"[[b]]\nx = 2\n[[c]]\nx = 3\n" CLOSE OPEN
		"[[e]]\n[[[f]]]\nx = 5\n" CLOSE "# end\n[z]\n" OPEN
		"[k]\n[[t]]\nq = r\n" CLOSE OPEN "[g]\nx = 6\n" CLOSE);
	assert_string_equal(inserted(ctx, 0, "k = v\n", "a = b\n[x]\n"),
	                    OPEN "k = v\n" CLOSE "a = b\n[x]\n");
	talloc_free(ctx);
}

static void
what_would_not_start_is_refused(void **state)
{
	static const char shipped[] = "[bindings]\n[[thread]]\n'D' = show\n";
	static const char *const refused[] = {
		"[bindings]\n[[thread]]\nD = other\n",
		"[bindings]\n[[thread]]\n  \"D\"=other\n",
		"a = '''\n[bindings]\n'''\n",
	};
	static const char *const taken[] = {
		"[bindings]\n[[search]]\nD = other\n",
		"[bindings]\nD = other\n[[thread]]\n",
		"[bindings]\n[[thread]]\n# D = other\n",
	};
	unsigned flags = ND_CONFIGSECTION_UNIQUE | ND_CONFIGSECTION_QUOTES;
	void *ctx = talloc_new(NULL);

	(void)state;
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
		assert_string_equal(inserted(ctx, flags, shipped, refused[i]),
		                    "refused");
	for (size_t i = 0; i < sizeof taken / sizeof *taken; i++)
		assert_string_not_equal(inserted(ctx, flags, shipped, taken[i]),
		                        "refused");
	talloc_free(ctx);
}

static void
quotes(void **state)
{
	void *ctx = talloc_new(NULL);
	struct nd_buf *out = nd_buf_new(ctx, 1000);

	(void)state;
	nd_quote_mutt(out, "/a \"b\"/$HOME/`id`\\");
	assert_string_equal(out->data, "\"/a \\\"b\\\"/\\$HOME/\\`id\\`\\\\\"");
	nd_buf_cut(out, 0);
	nd_quote_elisp(out, "/a \"b\"/\\");
	assert_string_equal(out->data, "\"/a \\\"b\\\"/\\\\\"");
	nd_buf_cut(out, 0);
	nd_quote_vim(out, "/it's\\");
	assert_string_equal(out->data, "'/it''s\\'");
	assert_true(nd_quote_can("/a b/\xc3\xa4"));
	assert_false(nd_quote_can("/a\nb"));
	talloc_free(ctx);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(put_in_and_taken_out),
		cmocka_unit_test(starts_on_a_line_of_its_own),
		cmocka_unit_test(torn_blocks_are_seen),
		cmocka_unit_test(sections),
		cmocka_unit_test(what_would_not_start_is_refused),
		cmocka_unit_test(quotes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
