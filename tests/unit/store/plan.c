/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "store/plan.h"
#include "store/watermark.h"
#include "util/alloc.h"
#include "util/buf.h"

static const char *user_category[] = {"net"};
static const struct nd_tag_names names = {"digest", user_category, 1};

/* ---- tags ---------------------------------------------------------------- */

static void
tags_of_the_list(void **state)
{
	static const struct {
		const char *tag;
		enum nd_tag_group group;
	} cases[] = {
		{"digest", ND_TAG_DIGEST},
		{"digest/fresh", ND_TAG_FRESH},
		{"digest/patch", ND_TAG_CATEGORY},
		{"digest/net", ND_TAG_CATEGORY},
		{"digest/state/merged", ND_TAG_STATE},
		{"digest/state/nonsense", ND_TAG_NONE},
		{"digest/state/", ND_TAG_NONE},
		{"digest/state", ND_TAG_NONE},
		{"digest/stalled", ND_TAG_STALLED},
		{"digest/failed", ND_TAG_RESULT},
		{"digest/me", ND_TAG_ME},
		{"digest/large", ND_TAG_LARGE},
		{"digest/report", ND_TAG_REPORT},
		{"digest/report/x", ND_TAG_NONE},
		{"digest/", ND_TAG_NONE},
		{"digest/mine", ND_TAG_NONE},
		{"digested", ND_TAG_NONE},
		{"inbox", ND_TAG_NONE},
		{"", ND_TAG_NONE},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		if (nd_tag_group(&names, cases[i].tag) != cases[i].group)
			fail_msg("%s", cases[i].tag);
	assert_true(nd_tag_has_prefix("digest", "digest/mine"));
	assert_false(nd_tag_has_prefix("digest", "digested"));
}

/* ---- state --------------------------------------------------------------- */

static void
state_is_read_as_written(void **state)
{
	const struct nd_watermark in = {
		.uuid = "f6870def-c201",
		.revision = 4711,
		.at_s = -5,
		.quiet_s = 17,
		.mute = "0123abc",
		.folder = "a b/\xc3\xa4=%20",
		.prefix = "sum/up",
		.names = "net,mm",
		.mails = 12,
		.foreign = 3,
		.digests = 7,
		.asked = "c0ffee",
		.why = "no answer: \"%\" = 0",
	};
	void *ctx = talloc_new(NULL);
	struct nd_watermark out;

	(void)state;
	nd_watermark_parse(ctx, nd_watermark_format(ctx, &in), &out);
	assert_string_equal(out.uuid, in.uuid);
	assert_int_equal(out.revision, in.revision);
	assert_int_equal(out.at_s, in.at_s);
	assert_int_equal(out.quiet_s, in.quiet_s);
	assert_string_equal(out.mute, in.mute);
	assert_string_equal(out.folder, in.folder);
	assert_string_equal(out.prefix, in.prefix);
	assert_string_equal(out.names, in.names);
	assert_int_equal(out.mails, in.mails);
	assert_int_equal(out.foreign, in.foreign);
	assert_int_equal(out.digests, in.digests);
	assert_string_equal(out.asked, in.asked);
	assert_string_equal(out.why, in.why);
	talloc_free(ctx);
}

static void
odd_state_is_no_state(void **state)
{
	static const char *const lines[] = {
		"",
		" ",
		"=",
		"=x",
		"v=1",
		"rubbish",
		"rev=x uuid= folder",
		"uui=x rev",
		"v=2 later=things %% folder=%",
	};
	void *ctx = talloc_new(NULL);

	(void)state;
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		struct nd_watermark out;

		nd_watermark_parse(ctx, lines[i], &out);
		assert_string_equal(out.uuid, "");
		assert_int_equal(out.revision, 0);
		assert_non_null(out.folder);
		assert_non_null(out.names);
		assert_string_equal(out.asked, "");
		assert_string_equal(out.why, "");
	}
	talloc_free(ctx);
}

/* ---- plans --------------------------------------------------------------- */

/* "tag tag": a mail with these tags. */
static struct nd_index_mail *
add_mail(struct nd_index_thread *indexed, const char *id, const char *tags)
{
	struct nd_index_mail *mail = x_new(indexed, struct nd_index_mail);
	size_t at = indexed->count;

	mail->id = id;
	mail->key = "";
	mail->model = "";
	mail->foreign_count = 1;
	while (*(tags += strspn(tags, " "))) {
		size_t len = strcspn(tags, " ");

		*x_append(mail, mail->tag, mail->tag_count) =
			x_strndup(mail, tags, len);
		tags += len;
	}
	x_append(indexed, indexed->mail, indexed->count);
	while (at > 0 && strcmp(indexed->mail[at - 1]->id, id) > 0) {
		indexed->mail[at] = indexed->mail[at - 1];
		at--;
	}
	indexed->mail[at] = mail;
	return mail;
}

static struct nd_index_mail *
add_digest(struct nd_index_thread *indexed, const char *id, const char *tags,
           const char *file)
{
	struct nd_index_mail *mail = add_mail(indexed, id, tags);

	mail->foreign_count = 0;
	mail->marked = *tags != '\0';
	*x_append(mail, mail->own, mail->own_count) = file;
	return mail;
}

/* A thread of root and answer, not digested yet, and what it should be. */
struct scene {
	struct nd_index_thread *indexed;
	struct nd_desired desired;
	struct nd_place place;
	struct nd_plan_rules rules;
};

static struct scene *
make_scene(const void *ctx)
{
	struct scene *scene = x_new(ctx, struct scene);

	scene->indexed = x_new(scene, struct nd_index_thread);
	scene->indexed->thread_id = "1";
	add_mail(scene->indexed, "root@x", "inbox");
	add_mail(scene->indexed, "two@x", "inbox");
	scene->desired = (struct nd_desired){
		.thread_id = "1",
		.root_id = "root@x",
		.category = "patch",
		.digest_id = "dig@x",
		.bytes = "bytes",
		.len = 5,
	};
	scene->place = (struct nd_place){
		.id = "dig@x", .thread_id = "", .foreign = ""};
	scene->rules.tags = &names;
	return scene;
}

static struct nd_plan *
plan(struct scene *scene)
{
	scene->desired.key = nd_index_key(scene, scene->indexed);
	return nd_plan_thread(scene, &scene->rules, &scene->desired,
	                      scene->indexed, &scene->place);
}

static const char *
text(const void *ctx, const struct nd_plan *plan)
{
	struct nd_buf *out = nd_buf_new(ctx, 1 << 16);

	for (size_t i = 0; i < plan->count; i++)
		nd_buf_addf(out, "%s\n",
		            nd_plan_action_text(ctx, &plan->action[i]));
	return out->data;
}

static void
new_thread(void **state)
{
	struct scene *scene = make_scene(NULL);

	(void)state;
	assert_string_equal(text(scene, plan(scene)),
	                    "write   id:dig@x +digest +digest/fresh\n"
	                    "tag     id:root@x +digest/patch "
	                    "+digest/summarized\n");
	talloc_free(scene);
}

static void
every_kind_of_tag(void **state)
{
	struct scene *scene = make_scene(NULL);
	const char *asks[] = {"two@x"};

	(void)state;
	scene->desired.state = "open";
	scene->desired.flags = ND_DESIRED_LARGE | ND_DESIRED_STALLED;
	scene->desired.asks = asks;
	scene->desired.ask_count = 1;
	scene->rules.every_mail = true;
	assert_string_equal(text(scene, plan(scene)),
	                    "write   id:dig@x +digest +digest/fresh\n"
	                    "tag     id:root@x +digest/patch "
	                    "+digest/state/open +digest/stalled "
	                    "+digest/summarized +digest/large +digest/me\n"
	                    "tag     id:two@x +digest/patch +digest/me\n");
	talloc_free(scene);
}

static void
done_is_done(void **state)
{
	struct scene *scene = make_scene(NULL);

	(void)state;
	/* Somebody else came first; or the user took all tags off. */
	scene->indexed->mail[0]->key = nd_index_key(scene, scene->indexed);
	assert_int_equal(plan(scene)->count, 0);
	assert_int_equal(plan(scene)->result, ND_PLAN_READY);
	scene->desired.flags = ND_DESIRED_AGAIN;
	assert_int_equal(plan(scene)->count, 2);
	talloc_free(scene);
}

/* A digest that is there gets a better text: all else is the user's. */
static void
only_the_text_is_upgraded(void **state)
{
	struct scene *scene = make_scene(NULL);
	struct nd_index_mail *root = scene->indexed->mail[0], *digest;

	(void)state;
	digest =
		add_digest(scene->indexed, "dig@x", "muted", "/digest/cur/old");
	root->key = nd_index_key(scene, scene->indexed);
	scene->place.digest = digest;
	scene->desired.flags = ND_DESIRED_UPGRADE;
	scene->desired.model = "c0ffee";
	assert_string_equal(text(scene, plan(scene)),
	                    "replace id:dig@x +digest/fresh\n");
	assert_int_equal(plan(scene)->action[0].file_count, 1);
	assert_string_equal(plan(scene)->action[0].model, "c0ffee");
	assert_false(plan(scene)->action[0].clean_new);

	/* No better text: only the index shall know that it was asked for. */
	scene->desired.digest_id = NULL;
	assert_string_equal(text(scene, plan(scene)), "tag     id:dig@x\n");
	digest->model = "c0ffee";
	assert_int_equal(plan(scene)->count, 0);

	/* It has been deleted meanwhile, or there is new mail. */
	scene->desired.digest_id = "dig@x";
	scene->place.digest = NULL;
	assert_int_equal(plan(scene)->count, 0);
	scene->place.digest = digest;
	digest->marked = false;
	assert_int_equal(plan(scene)->count, 0);
	digest->marked = true;
	root->key = "another";
	assert_int_equal(plan(scene)->count, 0);
	talloc_free(scene);
}

/* What is written anew by nobody's model is not by one any more. */
static void
a_new_digest_has_its_own_writer(void **state)
{
	struct scene *scene = make_scene(NULL);
	struct nd_index_mail *digest = add_digest(scene->indexed, "dig@x",
	                                          "digest", "/digest/cur/old");

	(void)state;
	digest->model = "c0ffee";
	scene->place.digest = digest;
	assert_string_equal(plan(scene)->action[0].model, "");
	scene->desired.model = "5eed";
	assert_string_equal(plan(scene)->action[0].model, "5eed");
	talloc_free(scene);
}

static void
grown_is_left(void **state)
{
	struct scene *scene = make_scene(NULL);
	struct nd_plan *left;

	(void)state;
	scene->desired.key = nd_index_key(scene, scene->indexed);
	add_mail(scene->indexed, "three@x", "inbox");
	left = nd_plan_thread(scene, &scene->rules, &scene->desired,
	                      scene->indexed, &scene->place);
	assert_int_equal(left->result, ND_PLAN_GREW);
	assert_int_equal(left->count, 0);
	left = nd_plan_thread(scene, &scene->rules, &scene->desired, NULL,
	                      &scene->place);
	assert_int_equal(left->result, ND_PLAN_GREW);
	/* The id that was written into the mail is not free any more. */
	scene->place.id = "dig.2@x";
	assert_int_equal(plan(scene)->result, ND_PLAN_GREW);
	talloc_free(scene);
}

static void
what_changes_and_what_stays(void **state)
{
	struct scene *scene = make_scene(NULL);
	struct nd_index_mail *root = scene->indexed->mail[0];

	(void)state;
	talloc_free(scene->indexed);
	scene->indexed = x_new(scene, struct nd_index_thread);
	root = add_mail(scene->indexed, "root@x",
	                "digest/rfc digest/state/new digest/stale digest/large "
	                "digest/me digest/mine inbox");
	root->marked = true;
	add_mail(scene->indexed, "two@x", "digest/patch digest/me");
	scene->place.digest = add_digest(scene->indexed, "dig@x",
	                                 "digest muted", "/digest/cur/old");
	assert_string_equal(text(scene, plan(scene)),
	                    "replace id:dig@x +digest/fresh\n"
	                    "tag     id:root@x +digest/patch "
	                    "+digest/summarized -digest/rfc "
	                    "-digest/state/new -digest/stale -digest/me\n"
	                    "tag     id:two@x -digest/me\n");
	assert_int_equal(plan(scene)->action[0].file_count, 1);
	assert_false(plan(scene)->action[0].clean_new);
	talloc_free(scene);
}

static void
merged_threads(void **state)
{
	struct scene *scene = make_scene(NULL);
	struct nd_index_mail *other;

	(void)state;
	other = add_mail(scene->indexed, "other@x",
	                 "digest/other digest/summarized digest/large inbox");
	other->marked = true;
	other->key = "oldkey";
	scene->place.digest =
		add_digest(scene->indexed, "dig@x", "digest", "/digest/cur/1");
	add_digest(scene->indexed, "dig2@x", "digest", "/digest/cur/2");
	assert_string_equal(text(scene, plan(scene)),
	                    "remove  id:dig2@x\n"
	                    "replace id:dig@x +digest/fresh\n"
	                    "tag     id:root@x +digest/patch "
	                    "+digest/summarized\n"
	                    "tag     id:other@x -digest/other "
	                    "-digest/summarized\n");
	/* digest/large stays, and with it the mark. */
	assert_false(plan(scene)->action[3].unmark);
	assert_string_equal(plan(scene)->action[3].key, "");
	talloc_free(scene);
}

static void
foreign_mail_under_our_id(void **state)
{
	struct scene *scene = make_scene(NULL);
	struct nd_index_mail *shared;

	(void)state;
	shared = add_digest(scene->indexed, "dig@x", "digest digest/fresh todo",
	                    "/digest/cur/1");
	shared->foreign_count = 1;
	scene->place.id = scene->desired.digest_id = "dig.2@x";
	assert_string_equal(text(scene, plan(scene)),
	                    "remove  id:dig@x -digest -digest/fresh\n"
	                    "write   id:dig.2@x +digest +digest/fresh\n"
	                    "tag     id:root@x +digest/patch "
	                    "+digest/summarized\n");
	assert_true(plan(scene)->action[0].unmark);
	talloc_free(scene);
}

/* What is planned for a report, with or without its bytes. */
static const char *
report_plan(struct scene *scene, bool written)
{
	struct nd_desired desired = {.window = "w", .query = "q"};

	if (written) {
		desired.digest_id = "dig@x";
		desired.bytes = "bytes";
		desired.len = 5;
	}
	return text(scene, nd_plan_report(scene, &scene->rules, &desired,
	                                  &scene->place));
}

static void
reports_have_no_thread(void **state)
{
	struct scene *scene = make_scene(NULL);
	struct nd_index_mail *stray, *there;

	(void)state;
	assert_string_equal(report_plan(scene, true),
	                    "write   id:dig@x +digest +digest/report\n");
	assert_string_equal(report_plan(scene, false), "");
	there = add_digest(scene->indexed, "dig@x", "digest mine",
	                   "/digest/cur/1");
	scene->place.digest = there;
	assert_string_equal(report_plan(scene, true),
	                    "replace id:dig@x +digest/report\n");
	assert_string_equal(report_plan(scene, false), "");
	there->marked = false;
	assert_string_equal(report_plan(scene, false),
	                    "tag     id:dig@x +digest/report\n");
	/* Foreign mail has taken the id that ours had. */
	stray = add_digest(scene->indexed, "old@x", "digest digest/report mine",
	                   "/digest/cur/2");
	stray->foreign_count = 1;
	scene->place.stray = &stray;
	scene->place.stray_count = 1;
	scene->place.digest = NULL;
	assert_string_equal(report_plan(scene, true),
	                    "write   id:dig@x +digest +digest/report\n"
	                    "remove  id:old@x -digest -digest/report\n");
	/* ... and, while we waited, the one that we chose. */
	scene->place.id = "other@x";
	assert_string_equal(report_plan(scene, true), "");
	talloc_free(scene);
}

static void
a_report_in_a_thread_is_not_its_digest(void **state)
{
	struct scene *scene = make_scene(NULL);
	struct nd_index_mail *report;

	(void)state;
	report = add_digest(scene->indexed, "rep@x", "digest digest/report",
	                    "/digest/cur/1");
	report->report = true;
	assert_string_equal(text(scene, plan(scene)),
	                    "write   id:dig@x +digest +digest/fresh\n"
	                    "tag     id:root@x +digest/patch "
	                    "+digest/summarized\n");
	scene->desired.digest_id = NULL;
	scene->desired.flags = ND_DESIRED_NO_MAIL;
	assert_string_equal(text(scene, plan(scene)),
	                    "tag     id:root@x +digest/patch\n");
	assert_string_equal(text(scene, nd_plan_clean(scene, &scene->rules,
	                                              scene->indexed, true)),
	                    "");
	assert_string_equal(text(scene, nd_plan_clean(scene, &scene->rules,
	                                              scene->indexed, false)),
	                    "remove  id:rep@x\n");
	talloc_free(scene);
}

static void
digest_that_lost_its_tags(void **state)
{
	struct scene *scene = make_scene(NULL);

	(void)state;
	scene->desired.digest_id = NULL;
	scene->desired.flags = ND_DESIRED_ADOPT;
	scene->place.digest =
		add_digest(scene->indexed, "dig@x", "", "/digest/cur/1");
	assert_string_equal(text(scene, plan(scene)),
	                    "tag     id:dig@x +digest\n"
	                    "tag     id:root@x +digest/patch "
	                    "+digest/summarized\n");
	assert_true(plan(scene)->action[0].clean_new);
	scene->rules.killed = true;
	assert_string_equal(text(scene, plan(scene)),
	                    "tag     id:dig@x +digest +digest/fresh\n"
	                    "tag     id:root@x +digest/patch "
	                    "+digest/summarized\n");
	talloc_free(scene);
}

static void
no_mail_wanted(void **state)
{
	struct scene *scene = make_scene(NULL);

	(void)state;
	scene->desired.digest_id = NULL;
	assert_string_equal(text(scene, plan(scene)),
	                    "tag     id:root@x +digest/patch\n");
	scene->desired.flags = ND_DESIRED_FAILED;
	assert_string_equal(text(scene, plan(scene)),
	                    "tag     id:root@x +digest/patch +digest/failed\n");
	scene->desired.flags = 0;
	add_digest(scene->indexed, "dig@x", "digest", "/digest/cur/1");
	assert_string_equal(text(scene, plan(scene)),
	                    "tag     id:root@x +digest/patch +digest/stale\n");
	/* An encrypted mail has come: nothing may stand in clear. */
	scene->desired.flags = ND_DESIRED_NO_MAIL;
	assert_string_equal(text(scene, plan(scene)),
	                    "remove  id:dig@x\n"
	                    "tag     id:root@x +digest/patch\n");
	talloc_free(scene);
}

static void
digest_goes_and_comes(void **state)
{
	struct scene *scene = make_scene(NULL);
	struct nd_index_mail *root = scene->indexed->mail[0];
	struct nd_plan *bereft;

	(void)state;
	root->marked = true;
	root->tag = x_array(root, const char *, 2);
	root->tag[0] = "digest/patch";
	root->tag[1] = "digest/summarized";
	root->tag_count = 2;
	bereft = nd_plan_bereft(scene, &scene->rules, scene->indexed);
	assert_string_equal(text(scene, bereft),
	                    "tag     id:root@x -digest/summarized\n");
	assert_null(bereft->action[0].key);
	assert_false(bereft->action[0].unmark);
	root->tag[1] = "digest/failed";
	bereft = nd_plan_bereft(scene, &scene->rules, scene->indexed);
	assert_int_equal(bereft->count, 0);
	root->tag[1] = "digest/summarized";
	root->marked = false;
	bereft = nd_plan_bereft(scene, &scene->rules, scene->indexed);
	assert_int_equal(bereft->count, 0);
	root->marked = true;
	root->tag_count = 1;
	root->key = nd_index_key(scene, scene->indexed);
	scene->place.digest =
		add_digest(scene->indexed, "dig@x", "", "/digest/cur/1");
	scene->desired.digest_id = NULL;
	scene->desired.flags = ND_DESIRED_ADOPT;
	assert_string_equal(text(scene, plan(scene)),
	                    "tag     id:dig@x +digest\n"
	                    "tag     id:root@x +digest/summarized\n");
	root->tag_count = 2;
	bereft = nd_plan_bereft(scene, &scene->rules, scene->indexed);
	assert_int_equal(bereft->count, 0);
	/* What the user took off stays off. */
	root->tag_count = 1;
	scene->place.digest->marked = true;
	scene->place.digest->key = root->key;
	assert_string_equal(text(scene, plan(scene)), "");
	talloc_free(scene);
}

static void
clean_takes_what_is_ours(void **state)
{
	struct scene *scene = make_scene(NULL);
	struct nd_index_mail *marked =
		add_mail(scene->indexed, "a@x", "digest/patch digest/mine x");
	struct nd_plan *clean;

	(void)state;
	add_mail(scene->indexed, "b@x", "digest/rfc");
	marked->marked = true;
	clean = nd_plan_clean(scene, &scene->rules, scene->indexed, false);
	assert_string_equal(text(scene, clean),
	                    "tag     id:a@x -digest/patch\n");
	assert_true(clean->action[0].unmark);
	scene->rules.trusted = true;
	clean = nd_plan_clean(scene, &scene->rules, scene->indexed, false);
	assert_string_equal(text(scene, clean), "tag     id:a@x -digest/patch\n"
	                                        "tag     id:b@x -digest/rfc\n");
	scene->rules.trusted = false;
	add_digest(scene->indexed, "dig@x", "digest", "/digest/cur/1");
	clean = nd_plan_clean(scene, &scene->rules, scene->indexed, false);
	assert_string_equal(text(scene, clean), "tag     id:a@x -digest/patch\n"
	                                        "tag     id:b@x -digest/rfc\n"
	                                        "remove  id:dig@x\n");
	talloc_free(scene);
}

/* Who took the tag off before muting has said so about the mail. */
static void
muting_keeps_what_was_taken_off(void **state)
{
	struct scene *scene = make_scene(NULL);
	struct nd_index_mail *taken =
		add_mail(scene->indexed, "a@x", "digest/patch");
	struct nd_index_mail *given =
		add_mail(scene->indexed, "b@x", "digest/me");
	struct nd_plan *muted;

	(void)state;
	taken->marked = taken->asked = given->marked = given->asked = true;
	taken->key = "0123";
	muted = nd_plan_clean(scene, &scene->rules, scene->indexed, true);
	assert_string_equal(text(scene, muted), "tag     id:a@x -digest/patch\n"
	                                        "tag     id:b@x -digest/me\n");
	assert_false(muted->action[0].unmark);
	assert_string_equal(muted->action[0].key, "");
	assert_true(muted->action[1].unmark);
	/* Done once, it is done. */
	taken->tag_count = 0;
	taken->key = "";
	given->tag_count = 0;
	given->marked = given->asked = false;
	muted = nd_plan_clean(scene, &scene->rules, scene->indexed, true);
	assert_int_equal(muted->count, 0);
	/* With clean it goes as well. */
	muted = nd_plan_clean(scene, &scene->rules, scene->indexed, false);
	assert_int_equal(muted->count, 1);
	assert_true(muted->action[0].unmark);
	talloc_free(scene);
}

static void
another_prefix(void **state)
{
	struct scene *scene = make_scene(NULL);
	const struct nd_tag_names renamed = {"sum/up", user_category, 1};
	struct nd_index_mail *mail = add_mail(
		scene->indexed, "a@x",
		"digest digest/net digest/state/open digest/mine digested");

	(void)state;
	mail->marked = true;
	scene->rules.tags = &renamed;
	assert_string_equal(
		text(scene, nd_plan_rename(scene, &scene->rules, "digest",
	                                   scene->indexed)),
		"tag     id:a@x +sum/up +sum/up/net "
		"+sum/up/state/open -digest -digest/net "
		"-digest/state/open\n");
	talloc_free(scene);
}

static void
keys_are_of_the_mails(void **state)
{
	struct scene *scene = make_scene(NULL);
	const char *before = nd_index_key(scene, scene->indexed);

	(void)state;
	assert_int_equal(strlen(before), 40);
	add_digest(scene->indexed, "dig@x", "digest", "/digest/cur/1");
	assert_string_equal(nd_index_key(scene, scene->indexed), before);
	scene->indexed->mail[0]->foreign_count = 1;
	assert_string_not_equal(nd_index_key(scene, scene->indexed), before);
	talloc_free(scene->indexed);
	scene->indexed = x_new(scene, struct nd_index_thread);
	add_digest(scene->indexed, "dig@x", "digest", "/digest/cur/1");
	assert_string_equal(nd_index_key(scene, scene->indexed), "");
	talloc_free(scene);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tags_of_the_list),
		cmocka_unit_test(state_is_read_as_written),
		cmocka_unit_test(odd_state_is_no_state),
		cmocka_unit_test(new_thread),
		cmocka_unit_test(every_kind_of_tag),
		cmocka_unit_test(done_is_done),
		cmocka_unit_test(only_the_text_is_upgraded),
		cmocka_unit_test(a_new_digest_has_its_own_writer),
		cmocka_unit_test(grown_is_left),
		cmocka_unit_test(what_changes_and_what_stays),
		cmocka_unit_test(merged_threads),
		cmocka_unit_test(foreign_mail_under_our_id),
		cmocka_unit_test(reports_have_no_thread),
		cmocka_unit_test(a_report_in_a_thread_is_not_its_digest),
		cmocka_unit_test(digest_that_lost_its_tags),
		cmocka_unit_test(no_mail_wanted),
		cmocka_unit_test(digest_goes_and_comes),
		cmocka_unit_test(clean_takes_what_is_ours),
		cmocka_unit_test(muting_keeps_what_was_taken_off),
		cmocka_unit_test(another_prefix),
		cmocka_unit_test(keys_are_of_the_mails),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
