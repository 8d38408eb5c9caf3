/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "mail/digestfile.h"
#include "util/alloc.h"
#include "util/hash.h"

#define HEX "0123456789abcdef0123456789abcdef01234567"

static void
hash_is_sha256(void **state)
{
	void *ctx = talloc_new(NULL);
	struct nd_hash *one = nd_hash_new(ctx), *two = nd_hash_new(ctx);

	(void)state;
	/* printf a@b | sha256sum */
	assert_string_equal(nd_hash_text(ctx, "a@b"),
	                    "7508d8b5018ea640b85269861a101203f0c26900");
	nd_hash_add(one, "ab");
	nd_hash_add(one, "c");
	nd_hash_add(two, "a");
	nd_hash_add(two, "bc");
	assert_string_not_equal(nd_hash_hex(ctx, one), nd_hash_hex(ctx, two));
	/* Asking does not end it. */
	assert_string_equal(nd_hash_hex(ctx, one), nd_hash_hex(ctx, one));
	assert_true(nd_hash_is_hex(HEX, 40));
	assert_false(nd_hash_is_hex(HEX, 39));
	assert_false(
		nd_hash_is_hex("0123456789ABCDEF0123456789abcdef01234567", 40));
	talloc_free(ctx);
}

static void
ids_of_our_form(void **state)
{
	static const struct {
		const char *id;
		bool ours;
	} cases[] = {
		{"digest.v1." HEX "@digest.invalid", true},
		{"digest.v1." HEX ".2@digest.invalid", true},
		{"digest.v1." HEX ".9@digest.invalid", true},
		{"digest.v1." HEX ".1@digest.invalid", false},
		{"digest.v1." HEX ".22@digest.invalid", false},
		{"digest.v1." HEX "@digest.invalid.example.org", false},
		{"digest.v1." HEX "@DIGEST.invalid", false},
		{"digest.v1." HEX "0@digest.invalid", false},
		{"digest.v2." HEX "@digest.invalid", false},
		{"xdigest.v1." HEX "@digest.invalid", false},
		{"digest.v1.@digest.invalid", false},
		{"digest.v1.", false},
		{"digest.report.v1." HEX "@digest.invalid", true},
		{"digest.report.v1." HEX ".2@digest.invalid", true},
		{"digest.report.v1." HEX ".sent@digest.invalid", false},
		{"digest.report.v2." HEX "@digest.invalid", false},
		{"digest.report." HEX "@digest.invalid", false},
		{"", false},
	};
	const char *id = nd_digestfile_id(NULL, "x@y", 1);
	const char *second = nd_digestfile_id(NULL, "x@y", 2);

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		if (nd_digestfile_has_id(cases[i].id) != cases[i].ours)
			fail_msg("%s", cases[i].id);
	assert_true(nd_digestfile_has_id(id));
	assert_true(nd_digestfile_has_id(second));
	assert_string_not_equal(id, second);
	assert_false(nd_digestfile_has_report_id(id));
	talloc_free((void *)id);
	talloc_free((void *)second);
}

static void
places_of_our_folder(void **state)
{
	const char *paths[] = {"/mail/digest", "/mail/old"};
	struct nd_folders folders = {paths, 2};
	static const struct {
		const char *path;
		bool ours;
	} cases[] = {
		{"/mail/digest/cur/1:2,S", true},
		{"/mail/digest/new/1", true},
		{"/mail/old/cur/1", true},
		{"/mail/digest/tmp/1", false},
		{"/mail/digest/cur/", false},
		{"/mail/digest/cur", false},
		{"/mail/digest/cur/../../list/cur/1", false},
		{"/mail/digest/sub/cur/1", false},
		{"/mail/digest2/cur/1", false},
		{"/mail/list/cur/1", false},
		{"mail/digest/cur/1", false},
		{"", false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		if (nd_digestfile_has_place(&folders, cases[i].path) !=
		    cases[i].ours)
			fail_msg("%s", cases[i].path);
	assert_false(nd_digestfile_has_place(NULL, "/mail/digest/cur/1"));
}

struct place {
	char dir[64];
	char file[96];
	const char *path[1];
	struct nd_folders folders;
};

static int
make_place(void **state)
{
	struct place *place = calloc(1, sizeof *place);
	char cur[80];

	snprintf(place->dir, sizeof place->dir, "/tmp/nd-unit.XXXXXX");
	assert_non_null(mkdtemp(place->dir));
	snprintf(cur, sizeof cur, "%s/cur", place->dir);
	assert_int_equal(mkdir(cur, 0700), 0);
	snprintf(place->file, sizeof place->file, "%s/1:2,S", cur);
	place->path[0] = place->dir;
	place->folders = (struct nd_folders){place->path, 1};
	*state = place;
	return 0;
}

static int
remove_place(void **state)
{
	struct place *place = *state;
	char cur[80];

	unlink(place->file);
	snprintf(cur, sizeof cur, "%s/cur", place->dir);
	rmdir(cur);
	rmdir(place->dir);
	free(place);
	return 0;
}

static void
put(const struct place *place, const char *text)
{
	FILE *file = fopen(place->file, "w");

	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

#define ID_LINE "Message-ID: <digest.v1." HEX "@digest.invalid>\n"
#define OUR_LINE \
	"X-Notmuch-Digest: v=1; engine=extract; model=-; lang=de; covers=7; " \
	"key=" HEX "; last=" HEX "\n"

static void
three_things_make_it_ours(void **state)
{
	static const struct {
		const char *text;
		bool ours;
	} cases[] = {
		{ID_LINE OUR_LINE "\nbody\n", true},
		{"message-id:\n <digest.v1." HEX "@digest.invalid>\n"
	         "x-notmuch-digest: v=1\n\n",
	         true},
		{ID_LINE "\n" OUR_LINE, false},
		{OUR_LINE "\n" ID_LINE, false},
		{"Message-ID: <x@y>\n" OUR_LINE "\n", false},
		{"Subject: x\n " ID_LINE OUR_LINE "\n", false},
		{"Message-ID: digest.v1." HEX "@digest.invalid\n" OUR_LINE "\n",
	         false},
		{ID_LINE "X-Notmuch-Digest-Tags: digest\n\n", false},
		{ID_LINE "X-Notmuch-Digest", false},
		{"", false},
	};
	struct place *place = *state;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		put(place, cases[i].text);
		if (nd_digestfile_read(NULL, &place->folders, place->file,
		                       NULL) != cases[i].ours)
			fail_msg("case %zu", i);
	}
	/* All of it, elsewhere. */
	put(place, cases[0].text);
	place->folders.count = 0;
	assert_false(
		nd_digestfile_read(NULL, &place->folders, place->file, NULL));
}

static void
headers_are_read(void **state)
{
	struct place *place = *state;
	struct nd_digest_header header;
	void *ctx = talloc_new(NULL);

	put(place, ID_LINE OUR_LINE
	    "X-Notmuch-Digest-Tags: digest\n digest/patch\n\nkey=no\n");
	assert_true(
		nd_digestfile_read(ctx, &place->folders, place->file, &header));
	assert_string_equal(header.id, "digest.v1." HEX "@digest.invalid");
	assert_string_equal(header.engine, "extract");
	assert_string_equal(header.model, "-");
	assert_string_equal(header.behind, "");
	assert_string_equal(header.lang, "de");
	assert_string_equal(header.key, HEX);
	assert_string_equal(header.last, HEX);
	assert_string_equal(header.tags, "digest digest/patch");
	assert_int_equal(header.covers, 7);
	put(place, ID_LINE "X-Notmuch-Digest: v=1; key=short; last=; covers=x"
	                   "\n\n");
	assert_true(
		nd_digestfile_read(ctx, &place->folders, place->file, &header));
	assert_string_equal(header.key, "");
	assert_string_equal(header.last, "");
	assert_string_equal(header.tags, "");
	assert_int_equal(header.covers, 0);
	put(place, ID_LINE "X-Notmuch-Digest: v=1; engine=llm; model=m-1; "
	                   "behind=" HEX "\n\n");
	assert_true(
		nd_digestfile_read(ctx, &place->folders, place->file, &header));
	assert_string_equal(header.model, "m-1");
	assert_string_equal(header.behind, HEX);
	talloc_free(ctx);
}

static void
what_is_no_file_is_not_ours(void **state)
{
	struct place *place = *state;

	assert_false(
		nd_digestfile_read(NULL, &place->folders, place->file, NULL));
	assert_int_equal(mkfifo(place->file, 0600), 0);
	assert_false(
		nd_digestfile_read(NULL, &place->folders, place->file, NULL));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hash_is_sha256),
		cmocka_unit_test(ids_of_our_form),
		cmocka_unit_test(places_of_our_folder),
		cmocka_unit_test_setup_teardown(three_things_make_it_ours,
	                                        make_place, remove_place),
		cmocka_unit_test_setup_teardown(headers_are_read, make_place,
	                                        remove_place),
		cmocka_unit_test_setup_teardown(what_is_no_file_is_not_ours,
	                                        make_place, remove_place),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
