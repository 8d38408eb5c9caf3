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

#include "store/maildir.h"
#include "util/alloc.h"

#define OURS \
	"Message-ID: <digest.v1.0123456789abcdef0123456789abcdef01234567" \
	"@digest.invalid>\nX-Notmuch-Digest: v=1\n\nx\n"

struct place {
	char root[64];
	char path[96]; /* root/digest */
};

static int
make_place(void **state)
{
	struct place *place = calloc(1, sizeof *place);

	snprintf(place->root, sizeof place->root, "/tmp/nd-unit.XXXXXX");
	assert_non_null(mkdtemp(place->root));
	snprintf(place->path, sizeof place->path, "%s/digest", place->root);
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

static void
put(const char *dir, const char *name, const char *text)
{
	char path[256];
	FILE *file;

	snprintf(path, sizeof path, "%s/%s", dir, name);
	file = fopen(path, "w");
	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

static void
make_maildir(const struct place *place)
{
	char part[128];

	assert_int_equal(mkdir(place->path, 0700), 0);
	for (size_t i = 0; i < ND_MAILDIR_PARTS; i++) {
		snprintf(part, sizeof part, "%s/%s", place->path,
		         nd_maildir_part[i]);
		assert_int_equal(mkdir(part, 0700), 0);
	}
}

static void
written_and_published(void **state)
{
	struct place *place = *state;
	void *ctx = talloc_new(NULL);
	const char *name, *other, *file;

	make_maildir(place);
	assert_int_equal(nd_maildir_write(ctx, place->path, OURS, strlen(OURS),
	                                  &name, NULL),
	                 ND_OK);
	assert_int_equal(
		nd_maildir_write(ctx, place->path, "", 0, &other, NULL), ND_OK);
	assert_string_not_equal(name, other);
	assert_int_equal(nd_maildir_list(ctx, place->path)->count, 0);
	assert_true(nd_maildir_is_marked(place->path));
	assert_int_equal(
		nd_maildir_publish(ctx, place->path, name, &file, NULL), ND_OK);
	assert_int_equal(nd_maildir_sync(place->path, NULL), ND_OK);
	assert_non_null(strstr(file, ":2,S"));
	assert_true(nd_maildir_is_of_host(file));
	assert_false(nd_maildir_is_of_host(x_asprintf(
		ctx, "%.*s.other:2,S", (int)(strlen(file) - 4), file)));
	assert_false(nd_maildir_is_of_host("/mail/cur/1:2,S"));
	assert_int_equal(nd_maildir_list(ctx, place->path)->count, 1);
	assert_string_equal(nd_maildir_list(ctx, place->path)->name[0], file);
	nd_maildir_clear_tmp(place->path);
	assert_false(nd_maildir_is_marked(place->path));
	/* What is gone cannot be published. */
	assert_int_equal(
		nd_maildir_publish(ctx, place->path, other, &file, NULL),
		ND_ERR_IO);
	talloc_free(ctx);
}

static void
marker_stays_until_taken_away(void **state)
{
	struct place *place = *state;
	char tmp[128];

	assert_false(nd_maildir_is_marked(place->path));
	make_maildir(place);
	snprintf(tmp, sizeof tmp, "%s/tmp", place->path);
	put(tmp, "1616.M1P1.host", "of another program");
	assert_false(nd_maildir_is_marked(place->path));
	assert_int_equal(nd_maildir_mark(place->path, NULL), ND_OK);
	assert_int_equal(nd_maildir_mark(place->path, NULL), ND_OK);
	nd_maildir_clear_tmp(place->path);
	assert_true(nd_maildir_is_marked(place->path));
	nd_maildir_unmark(place->path);
	assert_false(nd_maildir_is_marked(place->path));
}

static void
names_in_tmp(void **state)
{
	static const struct {
		const char *name;
		bool own;
	} cases[] = {
		{"notmuch-digest.batch", true},
		{"notmuch-digest.batch.host", true},
		{"notmuch-digest.1616000000.M000001P1.host", true},
		{"notmuch-digest.1.M1P1.a.b", true},
		{"notmuch-digest.batches", false},
		{"notmuch-digest.", false},
		{"notmuch-digest.txt", false},
		{"notmuch-digest.1.M1P1", false},
		{"notmuch-digest.1.M1P1.", false},
		{"notmuch-digest.x.M1P1.host", false},
		{"1616000000.M000001P1.host", false},
		{"", false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		if (nd_maildir_is_own_name(cases[i].name) != cases[i].own)
			fail_msg("'%s'", cases[i].name);
}

static void
only_ours_is_unlinked(void **state)
{
	struct place *place = *state;
	const char *paths[] = {place->path};
	struct nd_folders folders = {paths, 1};
	char file[128], cur[160];

	make_maildir(place);
	snprintf(cur, sizeof cur, "%s/cur", place->path);
	snprintf(file, sizeof file, "%s/cur/1", place->path);
	put(cur, "1", "Subject: x\n\n");
	nd_maildir_unlink(&folders, file);
	assert_int_equal(access(file, F_OK), 0);
	put(cur, "1", OURS);
	nd_maildir_unlink(&folders, file);
	assert_int_not_equal(access(file, F_OK), 0);
	snprintf(file, sizeof file, "%s/1", place->root);
	put(place->root, "1", OURS);
	nd_maildir_unlink(&folders, file);
	assert_int_equal(access(file, F_OK), 0);
	/* A link to one of ours is somebody's. */
	assert_int_equal(symlink(file, strcat(cur, "/2")), 0);
	nd_maildir_unlink(&folders, cur);
	assert_int_equal(access(cur, F_OK), 0);
}

static void
synced_places(void **state)
{
	struct place *place = *state;
	void *ctx = talloc_new(NULL);
	const char *sign = NULL;
	char dir[128];

	assert_false(nd_maildir_is_synced(ctx, place->root, "digest", &sign));
	snprintf(dir, sizeof dir, "%s/acct", place->root);
	assert_int_equal(mkdir(dir, 0700), 0);
	snprintf(dir, sizeof dir, "%s/acct/inbox", place->root);
	assert_int_equal(mkdir(dir, 0700), 0);
	put(dir, ".uidvalidity", "");
	/* The accounts are beside it, their folders are not. */
	assert_false(nd_maildir_is_synced(ctx, place->root, "digest", &sign));
	assert_true(
		nd_maildir_is_synced(ctx, place->root, "acct/digest", &sign));
	assert_non_null(strstr(sign, "acct/inbox/.uidvalidity"));
	assert_true(nd_maildir_is_synced(ctx, place->root, "acct/inbox/digest",
	                                 &sign));
	put(place->root, ".mbsyncstate", "");
	assert_true(nd_maildir_is_synced(ctx, place->root, "digest", &sign));
	talloc_free(ctx);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_in_tmp),
		cmocka_unit_test_setup_teardown(written_and_published,
	                                        make_place, remove_place),
		cmocka_unit_test_setup_teardown(marker_stays_until_taken_away,
	                                        make_place, remove_place),
		cmocka_unit_test_setup_teardown(only_ours_is_unlinked,
	                                        make_place, remove_place),
		cmocka_unit_test_setup_teardown(synced_places, make_place,
	                                        remove_place),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
