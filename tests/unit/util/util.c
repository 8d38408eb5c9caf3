/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "util/alloc.h"
#include "util/buf.h"
#include "util/map.h"
#include "util/needles.h"
#include "util/outfile.h"
#include "util/pool.h"
#include "util/segment.h"
#include "util/str.h"
#include "util/utf8.h"

static void
append_keeps_and_zeroes(void **state)
{
	void *ctx = talloc_new(NULL);
	int *array = NULL;
	size_t count = 0;

	(void)state;
	for (int i = 0; i < 1000; i++) {
		int *slot = x_append(ctx, array, count);

		assert_int_equal(*slot, 0);
		*slot = i;
	}
	assert_int_equal(count, 1000);
	for (int i = 0; i < 1000; i++)
		assert_int_equal(array[i], i);
	talloc_free(ctx);
}

static void
buf_drops_what_is_too_much(void **state)
{
	struct nd_buf *buf = nd_buf_new(NULL, 10);

	(void)state;
	nd_buf_adds(buf, "12345");
	nd_buf_addf(buf, "%d", 67890);
	assert_string_equal(buf->data, "1234567890");
	assert_false(buf->full);
	nd_buf_addc(buf, 'x');
	assert_true(buf->full);
	assert_string_equal(buf->data, "1234567890");
	nd_buf_cut(buf, 3);
	nd_buf_adds(buf, "abc");
	assert_string_equal(buf->data, "123abc");
	assert_true(buf->full);
	talloc_free(buf);
}

/* What talloc has no block for is dropped, and nothing aborts. */
static void
buf_is_full_before_talloc_is(void **state)
{
	enum { PIECE_BYTES = 50 << 20 };
	struct nd_buf *buf = nd_buf_new(NULL, SIZE_MAX);
	char *piece = x_array(buf, char, PIECE_BYTES);

	(void)state;
	memset(piece, 'x', PIECE_BYTES);
	for (int i = 0; i < 5; i++)
		nd_buf_add(buf, piece, PIECE_BYTES);
	assert_false(buf->full);
	nd_buf_add(buf, piece, ND_BUF_BYTES_MAX - buf->len);
	assert_false(buf->full);
	nd_buf_addc(buf, 'x');
	assert_true(buf->full);
	assert_int_equal(buf->len, ND_BUF_BYTES_MAX);
	talloc_free(buf);
}

static void
map_keeps_numbers_and_pointers(void **state)
{
	struct nd_map *map = nd_map_new(NULL);
	char key[] = "a";

	(void)state;
	assert_true(nd_map_set_int(map, key, 0));
	key[0] = 'b'; /* keys are copied */
	assert_int_equal(nd_map_get_int(map, "a", -1), 0);
	assert_int_equal(nd_map_get_int(map, "b", -1), -1);
	assert_false(nd_map_set_int(map, "a", 7));
	assert_int_equal(nd_map_get_int(map, "a", -1), 7);
	assert_true(nd_map_has(map, "a"));
	assert_null(nd_map_get(map, "b"));
	assert_int_equal(nd_map_count(map), 1);
	talloc_free(map);
}

static void
takes_out_unsafe_characters(void **state)
{
	static const struct {
		const char *dirty, *clean;
		size_t removed;
	} cases[] = {
		{"plain\ttext\n", "plain\ttext\n", 0},
		{"a\r\nb\rc", "a\nb\nc", 0},
		{"\033]52;c;x\007", "]52;c;x", 2},
		{"naïve 日本", "naïve 日本", 0},
		{"a\u202eb\u200bc\ufeff", "abc", 3},
		{"tag\U000e0041\U000e007f", "tag", 2},
		{"c1\xc2\x9bm", "c1m", 1},
		{"private\ue000", "private", 1},
		{"\u2028x\u3164", "x", 2},
		{"a\u115f\u1160\uffa0\u17b4\u034f\u180b\ufe0f\U000e0100b", "ab",
	         8},
		{"a\u2800b\u2800", "a b ", 0},
		{"\xff\xfe ok", "\ufffd\ufffd ok", 0},
		{"\xc3", "\ufffd", 0},
		{"\xed\xa0\x80", "\ufffd\ufffd\ufffd", 0},
		{"emoji 📌", "emoji 📌", 0},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		size_t removed;
		char *got = nd_utf8_clean(NULL, cases[i].dirty,
		                          strlen(cases[i].dirty), &removed);

		assert_string_equal(got, cases[i].clean);
		assert_int_equal(removed, cases[i].removed);
		assert_true(nd_utf8_is_valid(got, strlen(got)));
		talloc_free(got);
	}
}

static void
sees_each_unsafe_byte(void **state)
{
	(void)state;
	for (int c = 1; c < 0x80; c++) {
		char text[] = "0123456789abcdef01";
		bool safe = nd_utf8_is_unsafe(c) == false && c != '\r';
		size_t removed;
		char *got;

		text[c % 18] = (char)c;
		got = nd_utf8_clean(NULL, text, strlen(text), &removed);
		assert_int_equal(strcmp(got, text) == 0, safe);
		assert_int_equal(removed, !safe && c != '\r');
		talloc_free(got);
	}
}

static void
folds_to_one_line(void **state)
{
	const char *text = "  [PATCH]\r\n\tfold \n  me\x1b ";
	char *got = nd_utf8_clean_line(NULL, text, strlen(text));

	(void)state;
	assert_string_equal(got, "[PATCH] fold me");
	talloc_free(got);
}

static void
knows_what_is_not_utf8(void **state)
{
	(void)state;
	assert_true(nd_utf8_is_valid("日本", 6));
	assert_true(nd_utf8_is_valid("\xef\xbf\xbd", 3)); /* U+FFFD itself */
	assert_false(nd_utf8_is_valid("日本", 5));
	assert_false(nd_utf8_is_valid("\xc0\xaf", 2));
	assert_false(nd_utf8_is_valid("a\0b", 3));
}

static void
measures_columns(void **state)
{
	const char *text = "ab日本e\u0301"; /* e with a combining accent */

	(void)state;
	assert_int_equal(nd_utf8_width(text, strlen(text)), 7);
	assert_int_equal(nd_utf8_fit(text, strlen(text), 3), 2);
	assert_int_equal(nd_utf8_fit(text, strlen(text), 4), 5);
	assert_int_equal(nd_utf8_fit(text, strlen(text), 99), strlen(text));
}

static void
cuts_sentences_by_language(void **state)
{
	static const char text[] = "第一句。第二句！Third one? Yes.";
	static const char *const want[] = {"第一句。", "第二句！",
	                                   "Third one? ", "Yes."};
	struct nd_segmenter *seg =
		nd_segmenter_new(NULL, ND_SEGMENT_SENTENCES, "zh_CN");
	size_t start, end, i = 0;

	(void)state;
	nd_segmenter_set(seg, text, strlen(text));
	while (nd_segmenter_next(seg, &start, &end, NULL)) {
		assert_true(i < 4);
		assert_int_equal(end - start, strlen(want[i]));
		assert_memory_equal(text + start, want[i], end - start);
		i++;
	}
	assert_int_equal(i, 4);
	talloc_free(seg);
}

static void
folds_case_and_width(void **state)
{
	void *ctx = talloc_new(NULL);

	(void)state;
	assert_string_equal(nd_segment_fold(ctx, "KVM", 3), "kvm");
	assert_string_equal(nd_segment_fold(ctx, "Straße", 7), "strasse");
	assert_string_equal(nd_segment_fold(ctx, "ＫＶＭ", 9), "kvm");
	talloc_free(ctx);
}

static void
compares_ascii_only(void **state)
{
	const char *text = " \t a b \n";
	size_t len = strlen(text);

	(void)state;
	assert_true(nd_str_equal_nocase("Re:", "rE:"));
	assert_false(nd_str_equal_nocase("Re", "Re:"));
	assert_true(nd_str_starts_nocase("PATCH v2", "patch"));
	assert_false(nd_mem_starts("ab", 2, "abc"));
	assert_true(nd_mem_is_nocase("Ab", 2, "aB"));
	assert_false(nd_mem_is_nocase("abc", 3, "ab"));
	assert_false(nd_mem_is_nocase("", 0, "ab"));
	assert_null(nd_mem_find(NULL, 0, "ab"));
	assert_null(nd_mem_find(NULL, 0, ""));
	assert_null(nd_mem_find_nocase(NULL, 0, "ab"));
	assert_string_equal(nd_mem_find("ab", 2, ""), "ab");
	assert_null(nd_mem_find("a", 1, "ab"));
	assert_string_equal(nd_mem_find_nocase("xyABz", 5, "ab"), "ABz");
	assert_null(nd_mem_find_nocase("xyAz", 4, "ab"));
	assert_string_equal(nd_mem_find_nocase("AAAaAB", 6, "ab"), "AB");
	nd_mem_trim(&text, &len);
	assert_int_equal(len, 3);
	assert_memory_equal(text, "a b", 3);
}

static void
finds_far_away(void **state)
{
	char text[1000];

	(void)state;
	for (size_t at = 0; at + 2 < sizeof text; at++) {
		memset(text, 'A', sizeof text);
		text[at + 1] = 'b';
		assert_ptr_equal(nd_mem_find_nocase(text, sizeof text, "ab"),
		                 text + at);
		text[at] = (char)0x80;
		assert_int_equal(nd_mem_ascii_run(text, sizeof text), at);
	}
}

struct sum {
	atomic_long total;
	atomic_int calls[200];
};

static void
add_up(void *arg, size_t i)
{
	struct sum *sum = arg;

	atomic_fetch_add(&sum->total, (long)i);
	atomic_fetch_add(&sum->calls[i], 1);
}

static void
pool_does_each_once(void **state)
{
	static const unsigned jobs[] = {0, 1, 3, 500};

	(void)state;
	for (size_t k = 0; k < 4; k++) {
		struct sum sum = {0};

		nd_pool_run(200, jobs[k], add_up, &sum);
		assert_int_equal(atomic_load(&sum.total), 199 * 200 / 2);
		for (size_t i = 0; i < 200; i++)
			assert_int_equal(atomic_load(&sum.calls[i]), 1);
	}
	nd_pool_run(0, 4, add_up, NULL);
	assert_true(nd_pool_cores() >= 1);
}

static void
read_back(const char *path, char *text, size_t size)
{
	FILE *in = fopen(path, "r");
	size_t len;

	assert_non_null(in);
	len = fread(text, 1, size - 1, in);
	text[len] = '\0';
	fclose(in);
}

static void
outfile_replaces_whole(void **state)
{
	char dir[] = "/tmp/nd-outfile.XXXXXX";
	char path[64], link[64], text[64];
	struct nd_error err;
	struct stat st;

	(void)state;
	assert_non_null(mkdtemp(dir));
	snprintf(path, sizeof path, "%s/report", dir);
	snprintf(link, sizeof link, "%s/link", dir);
	assert_int_equal(nd_outfile_write(path, "one\n", 4, &err), ND_OK);
	assert_int_equal(chmod(path, 0640), 0);
	assert_int_equal(symlink(path, link), 0);
	assert_int_equal(nd_outfile_write(link, "two\n", 4, &err), ND_OK);
	read_back(path, text, sizeof text);
	assert_string_equal(text, "two\n");
	assert_int_equal(lstat(link, &st), 0);
	assert_true(S_ISLNK(st.st_mode));
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0640);

	assert_int_equal(nd_outfile_write("/nonexistent/x", "x", 1, &err),
	                 ND_ERR_IO);
	assert_non_null(strstr(err.msg, "/nonexistent/x"));
	if (access("/dev/full", W_OK) == 0)
		assert_int_equal(nd_outfile_write("/dev/full", "x", 1, &err),
		                 ND_ERR_IO);
	unlink(link);
	unlink(path);
	/* Nothing else was left behind. */
	assert_int_equal(rmdir(dir), 0);
}

static void
patterns_match_whole_texts(void **state)
{
	static const struct {
		const char *pattern, *text;
		bool matches;
	} rows[] = {
		{"", "", true},
		{"", "x", false},
		{"*", "", true},
		{"*", "any", true},
		{"one", "ONE", true},
		{"one", "ones", false},
		{"one*", "ones", true},
		{"*one", "no one", true},
		{"*one", "no ones", false},
		{"one*two*three", "one, two and three", true},
		{"one*two*three", "one three two", false},
		{"*a*a*", "a", false},
		{"*a*a*", "aa", true},
		{"bug #%*: *", "Bug #12: x", true},
		{"bug #%*: *", "Bug #x: x", false},
		{"%", "", false},
		{"one*one", "one", false},
		{"**a**", "a", true},
		{"**b", "a", false},
		{"*b", "", false},
		{"a*%", "a b 1", true},
		{"a*%", "a b", false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (nd_mem_matches(rows[i].text, strlen(rows[i].text),
		                   rows[i].pattern) != rows[i].matches)
			fail_msg("%s: %s", rows[i].pattern, rows[i].text);
}

static void
needles_are_found_in_one_walk(void **state)
{
	static const char *const texts[] = {"one", "on", "Two", "three", "ß"};
	bool found[5] = {false};
	struct nd_needles needles;

	(void)state;
	nd_needles_init(&needles, texts, 5);
	nd_needles_find(&needles, "ONE twß", strlen("ONE twß"), found);
	assert_true(found[0] && found[1] && !found[2] && !found[3] && found[4]);
	nd_needles_find(&needles, "two", 3, found);
	assert_true(found[2]);
	assert_true(nd_needles_begin(&needles, "a tWo", 5, 2));
	assert_false(nd_needles_begin(&needles, "a two", 5, 1));
	assert_false(nd_needles_begin(&needles, "a tw", 4, 9));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(append_keeps_and_zeroes),
		cmocka_unit_test(buf_drops_what_is_too_much),
		cmocka_unit_test(buf_is_full_before_talloc_is),
		cmocka_unit_test(map_keeps_numbers_and_pointers),
		cmocka_unit_test(takes_out_unsafe_characters),
		cmocka_unit_test(sees_each_unsafe_byte),
		cmocka_unit_test(folds_to_one_line),
		cmocka_unit_test(knows_what_is_not_utf8),
		cmocka_unit_test(measures_columns),
		cmocka_unit_test(cuts_sentences_by_language),
		cmocka_unit_test(folds_case_and_width),
		cmocka_unit_test(compares_ascii_only),
		cmocka_unit_test(finds_far_away),
		cmocka_unit_test(pool_does_each_once),
		cmocka_unit_test(outfile_replaces_whole),
		cmocka_unit_test(patterns_match_whole_texts),
		cmocka_unit_test(needles_are_found_in_one_walk),
	};

	return cmocka_run_group_tests_name("util", tests, NULL, NULL);
}
