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

#include "store/folder.h"
#include "store/mark.h"
#include "util/alloc.h"

#define OURS \
	"Message-ID: <digest.v1.0123456789abcdef0123456789abcdef01234567" \
	"@digest.invalid>\nX-Notmuch-Digest: v=1\n\nx\n"

struct place {
	char root[64];
	char path[96]; /* root/lists/digest */
	const char *folder[2];
	struct nd_store store;
};

static int
make_place(void **state)
{
	struct place *place = calloc(1, sizeof *place);

	snprintf(place->root, sizeof place->root, "/tmp/nd-unit.XXXXXX");
	assert_non_null(mkdtemp(place->root));
	snprintf(place->path, sizeof place->path, "%s/lists/digest",
	         place->root);
	place->folder[0] = place->path;
	place->store.root = place->root;
	place->store.path = place->path;
	place->store.folders = (struct nd_folders){place->folder, 1};
	*state = place;
	return 0;
}

static int
remove_place(void **state)
{
	struct place *place = *state;
	char command[128];

	snprintf(command, sizeof command, "rm -rf %s", place->root);
	assert_int_equal(system(command), 0);
	free(place);
	return 0;
}

/* Runs a command in the mail root. */
static void
in_root(const struct place *place, const char *command)
{
	char line[1024];

	snprintf(line, sizeof line, "cd %s && %s", place->root, command);
	if (system(line) != 0)
		fail_msg("%s", line);
}

/* The tree below the mail root, in find's words, sorted. */
static void
expect_tree(const struct place *place, const char *tree)
{
	char line[256], got[1024] = "";
	size_t len;
	FILE *pipe;

	snprintf(line, sizeof line,
	         "cd %s && find . -mindepth 1 -printf '%%m %%P\\n' | "
	         "LC_ALL=C sort -k2",
	         place->root);
	pipe = popen(line, "r");
	assert_non_null(pipe);
	len = fread(got, 1, sizeof got - 1, pipe);
	got[len] = '\0';
	assert_int_equal(pclose(pipe), 0);
	assert_string_equal(got, tree);
}

static void
names_of_folders(void **state)
{
	static const struct {
		const char *name;
		bool good;
	} cases[] = {
		{"digest", true},      {"acct/digest", true},
		{".digest", true},     {"..digest", true},
		{"current", true},     {"", false},
		{"/digest", false},    {"digest/", false},
		{"a//b", false},       {".", false},
		{"../digest", false},  {"a/../b", false},
		{"a/..", false},       {"./a", false},
		{".notmuch", false},   {".notmuch/digest", false},
		{"a/.notmuch", false}, {"inbox/cur", false},
		{"inbox/new", false},  {"inbox/tmp/digest", false},
	};
	struct nd_error err;

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		if ((nd_folder_check_name(cases[i].name, NULL) == ND_OK) !=
		    cases[i].good)
			fail_msg("'%s'", cases[i].name);
	assert_int_equal(nd_folder_check_name(".", &err), ND_ERR_CONFIG);
	assert_non_null(strstr(err.msg, "\nsuch as: notmuch config set "));
}

#define MADE_TREE \
	"700 lists\n700 lists/digest\n700 lists/digest/.notmuch-digest.made-2" \
	"\n700 lists/digest/cur\n700 lists/digest/new\n700 lists/digest/tmp\n"

static void
what_we_made_goes(void **state)
{
	struct place *place = *state;

	assert_int_equal(nd_folder_look(place->root, place->path, NULL),
	                 ND_FOLDER_ABSENT);
	assert_int_equal(nd_folder_make(&place->store, NULL), ND_OK);
	assert_int_equal(nd_folder_make(&place->store, NULL), ND_OK);
	expect_tree(place, MADE_TREE);
	assert_int_equal(nd_folder_look(place->root, place->path, NULL),
	                 ND_FOLDER_MARKED);
	in_root(place, "mkdir -m 755 lists/other");
	assert_int_equal(nd_folder_leave(place->root, place->path, NULL),
	                 ND_OK);
	expect_tree(place, "700 lists\n755 lists/other\n");
}

/* As it is after each step of making it, and of taking it away. */
static void
killed_in_between(void **state)
{
	static const char *const trees[] = {
		"mkdir -m 1700 lists",
		"mkdir -m 1700 lists lists/digest",
		"mkdir -m 1700 lists lists/digest; mkdir -m 700 "
		"lists/digest/.notmuch-digest.made-2",
		"mkdir -m 1700 lists lists/digest; mkdir -m 700 "
		"lists/digest/.notmuch-digest.made-2 lists/digest/tmp "
		"lists/digest/cur",
	};
	struct place *place = *state;

	for (size_t i = 0; i < sizeof trees / sizeof *trees; i++) {
		in_root(place, trees[i]);
		assert_int_not_equal(
			nd_folder_look(place->root, place->path, NULL),
			ND_FOLDER_FOREIGN);
		assert_int_equal(
			nd_folder_leave(place->root, place->path, NULL), ND_OK);
		expect_tree(place, "");
		in_root(place, trees[i]);
		assert_int_equal(nd_folder_make(&place->store, NULL), ND_OK);
		expect_tree(place, MADE_TREE);
		assert_int_equal(
			nd_folder_leave(place->root, place->path, NULL), ND_OK);
		expect_tree(place, "");
	}
}

/* What was there, and what it is when we have been there and left. */
static void
what_was_there_stays(void **state)
{
	static const struct {
		const char *made, *mark, *left;
	} cases[] = {
		{"mkdir -m 750 lists", "lists/digest/.notmuch-digest.made-1",
	         "750 lists\n"},
		{"mkdir -m 750 lists lists/digest",
	         "lists/digest/.notmuch-digest.found-cur-new-tmp",
	         "750 lists\n750 lists/digest\n"},
		{"mkdir -m 750 lists lists/digest lists/digest/new",
	         "lists/digest/.notmuch-digest.found-cur-tmp",
	         "750 lists\n750 lists/digest\n750 lists/digest/new\n"},
		{"mkdir -m 750 lists lists/digest lists/digest/new "
	         "lists/digest/tmp lists/digest/cur",
	         "lists/digest/.notmuch-digest.found",
	         "750 lists\n750 lists/digest\n750 lists/digest/cur\n"
	         "750 lists/digest/new\n750 lists/digest/tmp\n"},
	};
	struct place *place = *state;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char command[128];

		in_root(place, cases[i].made);
		assert_int_equal(nd_folder_make(&place->store, NULL), ND_OK);
		snprintf(command, sizeof command, "test -d %s", cases[i].mark);
		in_root(place, command);
		assert_int_equal(
			nd_folder_leave(place->root, place->path, NULL), ND_OK);
		expect_tree(place, cases[i].left);
		assert_int_equal(
			nd_folder_leave(place->root, place->path, NULL), ND_OK);
		expect_tree(place, cases[i].left);
		in_root(place, "rm -rf lists");
	}
}

static void
nobody_may_have_anything_in_it(void **state)
{
	static const char *const things[] = {
		"lists/digest/cur/1:2,S", "lists/digest/new/1",
		"lists/digest/tmp/1", "lists/digest/.uidvalidity"};
	struct place *place = *state;

	for (size_t i = 0; i < sizeof things / sizeof *things; i++) {
		char command[128];

		assert_int_equal(nd_folder_make(&place->store, NULL), ND_OK);
		snprintf(command, sizeof command, ": >%s", things[i]);
		in_root(place, command);
		assert_int_equal(
			nd_folder_leave(place->root, place->path, NULL), ND_OK);
		snprintf(command, sizeof command, "rm %s", things[i]);
		in_root(place, command);
		expect_tree(place, "700 lists\n700 lists/digest\n"
		                   "700 lists/digest/cur\n"
		                   "700 lists/digest/new\n"
		                   "700 lists/digest/tmp\n");
		in_root(place, "rm -rf lists");
	}
}

/* The folder after this one counts what was made for this one. */
static void
folders_follow_each_other(void **state)
{
	static const char *const next[] = {"lists/digest/deeper", "lists/more"};
	struct place *place = *state;

	for (size_t i = 0; i < sizeof next / sizeof *next; i++) {
		struct nd_store store = place->store;
		const char *folder[2];
		char path[128];

		assert_int_equal(nd_folder_make(&place->store, NULL), ND_OK);
		snprintf(path, sizeof path, "%s/%s", place->root, next[i]);
		folder[0] = store.path = path;
		folder[1] = place->path;
		store.folders = (struct nd_folders){folder, 2};
		assert_int_equal(nd_folder_make(&store, NULL), ND_OK);
		assert_int_equal(
			nd_folder_leave(place->root, place->path, NULL), ND_OK);
		assert_int_equal(nd_folder_look(place->root, path, NULL),
		                 ND_FOLDER_MARKED);
		assert_int_equal(nd_folder_leave(place->root, path, NULL),
		                 ND_OK);
		expect_tree(place, "");
	}
}

static void
whose_it_is(void **state)
{
	static const struct {
		const char *command;
		enum nd_folder_kind kind;
		const char *why;
	} cases[] = {
		{"mkdir -p lists", ND_FOLDER_ABSENT, ""},
		{"mkdir -p lists/digest", ND_FOLDER_EMPTY, ""},
		{"mkdir -p lists/digest/tmp", ND_FOLDER_EMPTY, ""},
		{"mkdir -p lists/digest/cur && cp ours lists/digest/cur/1",
	         ND_FOLDER_DIGESTS, ""},
		{"mkdir -p lists/digest/new && cp ours lists/digest/new/1 && "
	         ": >lists/digest/.uidvalidity",
	         ND_FOLDER_DIGESTS, ""},
		{"mkdir -p lists/digest/tmp && "
	         ": >lists/digest/tmp/notmuch-digest.1.M2P3.host",
	         ND_FOLDER_EMPTY, ""},
		{"mkdir -p lists/digest/cur && cp ours theirs "
	         "lists/digest/cur",
	         ND_FOLDER_FOREIGN, "it holds 'cur/theirs'"},
		{"mkdir -p lists/digest/new && cp theirs lists/digest/new",
	         ND_FOLDER_FOREIGN, "it holds 'new/theirs'"},
		{"mkdir -p lists/digest/tmp && cp ours lists/digest/tmp",
	         ND_FOLDER_FOREIGN, "it holds 'tmp/ours'"},
		{"mkdir -p lists/digest/cur/sub", ND_FOLDER_FOREIGN,
	         "it holds 'cur/sub'"},
		{"mkdir -p lists/digest/cur && ln -s ../../../ours "
	         "lists/digest/cur/1",
	         ND_FOLDER_FOREIGN, "it holds 'cur/1'"},
		{"mkdir -p lists/digest/kvm/cur", ND_FOLDER_FOREIGN,
	         "it holds 'kvm'"},
		{"mkdir -p lists/digest && cp ours lists/digest",
	         ND_FOLDER_FOREIGN, "it holds 'ours'"},
		{"mkdir lists && cp ours lists/digest", ND_FOLDER_FOREIGN,
	         "it is not a directory"},
		{"cp ours lists", ND_FOLDER_FOREIGN, "it is not a directory"},
		{"mkdir -p lists else && ln -s ../else lists/digest",
	         ND_FOLDER_FOREIGN, "it is a symbolic link"},
		{"mkdir -p else/digest && ln -s else lists", ND_FOLDER_FOREIGN,
	         "it is a symbolic link"},
		{"mkdir -p lists && ln -s nothing lists/digest",
	         ND_FOLDER_FOREIGN, "it is a symbolic link"},
		{"mkdir -p lists/digest else && ln -s ../../else "
	         "lists/digest/cur",
	         ND_FOLDER_FOREIGN, "it is a symbolic link"},
		{"mkdir -p lists/digest/cur && cp theirs lists/digest/cur && "
	         "mkdir lists/digest/.notmuch-digest.found",
	         ND_FOLDER_MARKED, ""},
		{"mkdir -p else lists && ln -s ../else lists/digest && "
	         "mkdir else/.notmuch-digest.made-1",
	         ND_FOLDER_FOREIGN, "it is a symbolic link"},
	};
	struct place *place = *state;
	FILE *file;
	char path[96];

	snprintf(path, sizeof path, "%s/ours", place->root);
	file = fopen(path, "w");
	assert_non_null(file);
	fputs(OURS, file);
	fclose(file);
	in_root(place, "echo 'Subject: x' >theirs");
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct nd_error err = {.msg = ""};
		enum nd_folder_kind kind;

		in_root(place, cases[i].command);
		kind = nd_folder_look(place->root, place->path, &err);
		if (kind != cases[i].kind || !strstr(err.msg, cases[i].why))
			fail_msg("%s: %d, '%s'", cases[i].command, (int)kind,
			         err.msg);
		if (kind == ND_FOLDER_FOREIGN)
			assert_non_null(strstr(err.msg, "\nname one that is "));
		in_root(place, "rm -rf lists else");
	}
}

static void
of_another_user(void **state)
{
	struct place *place = *state;
	struct nd_error err;

	if (geteuid() != 0)
		skip();
	assert_int_equal(nd_folder_make(&place->store, NULL), ND_OK);
	assert_int_equal(chown(place->path, 12345, 12345), 0);
	assert_int_equal(nd_folder_look(place->root, place->path, &err),
	                 ND_FOLDER_FOREIGN);
	assert_non_null(strstr(err.msg, "it belongs to another user"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_of_folders),
		cmocka_unit_test_setup_teardown(what_we_made_goes, make_place,
	                                        remove_place),
		cmocka_unit_test_setup_teardown(killed_in_between, make_place,
	                                        remove_place),
		cmocka_unit_test_setup_teardown(what_was_there_stays,
	                                        make_place, remove_place),
		cmocka_unit_test_setup_teardown(nobody_may_have_anything_in_it,
	                                        make_place, remove_place),
		cmocka_unit_test_setup_teardown(folders_follow_each_other,
	                                        make_place, remove_place),
		cmocka_unit_test_setup_teardown(whose_it_is, make_place,
	                                        remove_place),
		cmocka_unit_test_setup_teardown(of_another_user, make_place,
	                                        remove_place),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
