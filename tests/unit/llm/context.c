/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "build.h"
#include "ceiling.h"
#include "llm/cache.h"
#include "llm/chunk.h"
#include "llm/context.h"
#include "util/cachedir.h"
#include "util/limits.h"

/* A hash without its first digit. */
#define HEX_REST "123456789abcdef0123456789abcdef01234567"

static const struct test_mail mails[] = {
	{"[PATCH] x: fix y", "Ann <ann@example.org>",
         "This fixes y in x_fix().\nSigned-off-by: Ann <ann@example.org>\n"
         "Cc: stable@example.org\n",
         ND_NO_MESSAGE},
	{"Re: [PATCH] x: fix y", "Bob <bob@example.com>",
         "> one\n> two\n> three\nDoes it?\n\n> nothing is answered here\n", 0},
	{"Re: [PATCH] x: fix y", "Secret Sid <sid@example.net>",
         "Off the list: the password is hunter2.\n", 1},
	{"Re: [PATCH] x: fix y", "Ann <ann@example.org>",
         "> Off the list: the password is hunter2.\nNot here, please.\n", 2},
	{"Re: [PATCH] x: fix y", "Bob <bob@example.com>", "Applied.\n", 0},
};

enum { COUNT = sizeof mails / sizeof *mails };

static struct nd_thread *
new_thread(const void *ctx)
{
	struct nd_thread *thread = test_thread(ctx, mails, COUNT);

	for (size_t i = 0; i < COUNT; i++)
		if (i != 2)
			thread->message[i]->flags |= ND_MESSAGE_SHARED;
	/* Reading knows where quotes come from. */
	thread->message[3]->body->line[0].source = 2;
	return thread;
}

/* A mail that is not allowed leaves no trace in what is shown. */
static void
test_allowed(void **state)
{
	void *ctx = talloc_new(NULL);
	struct nd_thread *thread = new_thread(ctx);
	struct nd_llm_context *context = nd_llm_context_new(ctx, thread);

	(void)state;
	assert_int_equal(context->mail_count, 4);
	assert_int_equal(context->left_out, 1);
	assert_int_equal(context->person_count, 2);
	for (size_t i = 0; i < context->mail_count; i++)
		assert_null(strstr(context->mail[i].text, "hunter2"));
	assert_null(strstr(context->facts, "kind:"));
	assert_string_equal(context->mail[2].text, "Not here, please.\n");
	/* It answers the nearest mail that is there. */
	assert_int_equal(context->mail[2].answers, 1);
	assert_int_equal(context->mail[2].branch, 1);
	assert_int_equal(context->mail[3].branch, 3);
	thread->encrypted = true;
	assert_null(nd_llm_context_new(ctx, thread));
	thread->encrypted = false;
	for (size_t i = 0; i < COUNT; i++)
		thread->message[i]->flags &= ~(unsigned)ND_MESSAGE_SHARED;
	assert_null(nd_llm_context_new(ctx, thread));
	talloc_free(ctx);
}

static void
test_reduced(void **state)
{
	void *ctx = talloc_new(NULL);
	struct nd_llm_context *context =
		nd_llm_context_new(ctx, new_thread(ctx));

	(void)state;
	assert_string_equal(context->mail[0].text,
	                    "This fixes y in x_fix().\n");
	assert_string_equal(context->mail[1].text,
	                    "> two\n> three\nDoes it?\n");
	talloc_free(ctx);
}

static void
test_long_block(void **state)
{
	void *ctx = talloc_new(NULL);
	struct nd_buf *text = nd_buf_new(ctx, 1 << 20);
	struct test_mail mail = {"log", "Ann <ann@example.org>", NULL,
	                         ND_NO_MESSAGE};
	struct nd_thread *thread;
	struct nd_llm_context *context;

	(void)state;
	for (int i = 0; i < 100; i++)
		nd_buf_addf(text, "[%d] a line of a log\n", i);
	mail.text = text->data;
	thread = test_thread(ctx, &mail, 1);
	thread->message[0]->flags |= ND_MESSAGE_SHARED;
	context = nd_llm_context_new(ctx, thread);
	assert_non_null(strstr(context->mail[0].text, "[0] a line"));
	assert_non_null(strstr(context->mail[0].text, "(84 lines left out)\n"));
	assert_non_null(strstr(context->mail[0].text, "[99] a line"));
	assert_null(strstr(context->mail[0].text, "[50] a line"));
	talloc_free(ctx);
}

/* Every mail is in some request, and replies stay with what they answer. */
static void
test_plan(void **state)
{
	void *ctx = talloc_new(NULL);
	struct nd_llm_context *context =
		nd_llm_context_new(ctx, new_thread(ctx));
	struct nd_llm_chunks *chunks =
		nd_llm_chunk_plan(ctx, context, NULL, 100000);
	bool skip[4] = {true, true, true, false};

	(void)state;
	assert_int_equal(chunks->count, 1);
	assert_int_equal(chunks->chunk[0].count, 4);
	chunks = nd_llm_chunk_plan(ctx, context, skip, 100000);
	assert_int_equal(chunks->count, 1);
	assert_int_equal(chunks->chunk[0].count, 1);
	assert_int_equal(chunks->chunk[0].mail[0], 3);
	memset(skip, 1, sizeof skip);
	assert_int_equal(nd_llm_chunk_plan(ctx, context, skip, 100)->count, 0);
	chunks = nd_llm_chunk_plan(ctx, context, NULL,
	                           context->mail[0].tokens +
	                                   context->mail[1].tokens +
	                                   context->mail[2].tokens);
	assert_int_equal(chunks->count, 2);
	assert_int_equal(chunks->chunk[0].count, 3);
	assert_int_equal(chunks->chunk[1].mail[0], 0);
	assert_int_equal(chunks->chunk[1].mail[1], 3);
	chunks = nd_llm_chunk_plan(ctx, context, NULL, 1);
	assert_int_equal(chunks->count, 3);
	talloc_free(ctx);
}

/* ---- what is kept ---- */

static const char *
new_dir(void)
{
	static char dir[64];

	snprintf(dir, sizeof dir, "/tmp/nd-cache.XXXXXX");
	assert_non_null(mkdtemp(dir));
	return dir;
}

/* One answer, with one statement, as the model gave it. */
static struct nd_llm_answers *
remember(const void *ctx, const struct nd_llm_context *context,
         const char *gist)
{
	struct nd_llm_answers *answers = x_new(ctx, struct nd_llm_answers);
	struct nd_llm_answer *answer =
		x_append(answers, answers->answer, answers->count);

	*answer = (struct nd_llm_answer){
		.flags = ND_LLM_ANSWER_LATER,
		.shown = x_array(answers, bool, context->mail_count + 1),
		.gist = gist,
		.malformed = 3,
	};
	answer->shown[0] = true;
	*x_append(answers, answer->claims.claim, answer->claims.count) =
		(struct nd_llm_claim){
			.zone = ND_ZONE_NEW,
			.source = {3, 99},
			.source_count = 2,
			.by = "{P2}",
			.quote = "Applied.",
			.text = "{P2} applied it.",
			.act = ND_LLM_CLAIM_APPLIES,
		};
	*x_append(answers, answer->superseded, answer->superseded_count) =
		"That is so.";
	return answers;
}

static void
test_memory(void **state)
{
	void *ctx = talloc_new(NULL);
	const char *dir = new_dir();
	struct nd_thread *thread = new_thread(ctx);
	struct nd_llm_context *context, *more;
	struct nd_llm_cached *cached;
	const struct nd_llm_answer *answer;
	size_t count;

	(void)state;
	thread->message[4]->flags &= ~(unsigned)ND_MESSAGE_SHARED;
	context = nd_llm_context_new(ctx, thread);
	assert_null(nd_llm_cache_load(ctx, dir, "p", context));
	nd_llm_cache_save(dir, "p", context, remember(ctx, context, "x"));
	cached = nd_llm_cache_load(ctx, dir, "p", context);
	assert_true(cached->complete);
	assert_int_equal(cached->answers.count, 1);
	answer = &cached->answers.answer[0];
	assert_int_equal(answer->flags, ND_LLM_ANSWER_LATER);
	assert_int_equal(answer->malformed, 3);
	assert_true(answer->shown[0] && !answer->shown[1]);
	assert_string_equal(answer->superseded[0], "That is so.");
	assert_int_equal(answer->claims.claim[0].source[0], 3);
	assert_int_equal(answer->claims.claim[0].source[1], 0);
	assert_string_equal(answer->claims.claim[0].by, "{P2}");
	assert_string_equal(answer->claims.claim[0].text, "{P2} applied it.");
	assert_null(nd_llm_cache_load(ctx, dir, "other", context));
	assert_null(nd_llm_cache_load(ctx, NULL, "p", context));

	/* One mail more: what is known of the others. */
	thread->message[4]->flags |= ND_MESSAGE_SHARED;
	more = nd_llm_context_new(ctx, thread);
	cached = nd_llm_cache_load(ctx, dir, "p", more);
	assert_false(cached->complete);
	assert_true(cached->covered[0] && !cached->covered[3]);
	assert_int_equal(cached->answers.answer[0].claims.claim[0].source[0],
	                 3);

	/* One that comes in between makes {P2} somebody else. */
	thread->message[2]->flags |= ND_MESSAGE_SHARED;
	thread->message[3]->body->line[0].source = ND_NO_MESSAGE;
	thread->message[0]->author = thread->message[2]->author;
	assert_null(nd_llm_cache_load(ctx, dir, "p",
	                              nd_llm_context_new(ctx, thread)));

	/* A mail that has changed or gone: all is asked again. */
	thread->message[1]->flags &= ~(unsigned)ND_MESSAGE_SHARED;
	assert_null(nd_llm_cache_load(ctx, dir, "p",
	                              nd_llm_context_new(ctx, thread)));
	assert_int_equal(nd_cachedir_clear(dir, true, &count, NULL), ND_OK);
	assert_int_equal(count, 2);
	assert_int_equal(nd_cachedir_clear(dir, false, &count, NULL), ND_OK);
	assert_int_equal(access(dir, F_OK), -1);
	talloc_free(ctx);
}

static void
put(const char *dir, char digit, size_t bytes)
{
	char key[41], *text = calloc(1, bytes + 1);

	memset(key, digit, 40);
	key[40] = '\0';
	memset(text, 'x', bytes);
	nd_cachedir_put(dir, key, text, bytes);
	free(text);
}

/* Only what is ours and was not used for longest goes. */
static void
test_cachedir(void **state)
{
	void *ctx = talloc_new(NULL);
	const char *dir = new_dir();
	const char *stranger = x_asprintf(ctx, "%s/notes.txt", dir);
	struct nd_buf *out = nd_buf_new(ctx, 100);
	const struct timespec nap = {.tv_nsec = 20000000};
	struct stat st;
	size_t count;

	(void)state;
	fclose(fopen(stranger, "w"));
	put(dir, 'a', 10);
	nanosleep(&nap, NULL);
	put(dir, 'b', 10);
	nanosleep(&nap, NULL);
	assert_true(nd_cachedir_get(
		dir, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", out));
	assert_int_equal(out->len, 10);
	put(dir, 'c', 200);
	assert_false(nd_cachedir_get(
		dir, "cccccccccccccccccccccccccccccccccccccccc", out));
	assert_int_equal(out->len, 10);
	assert_int_equal(
		stat(x_asprintf(ctx, "%s/%s", dir,
	                        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"),
	             &st),
		0);
	assert_int_equal(st.st_mode & 07777, 0600);
	nd_cachedir_trim(dir, 212);
	assert_false(nd_cachedir_get(
		dir, "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb", out));
	assert_int_equal(nd_cachedir_clear(dir, false, &count, NULL), ND_OK);
	assert_int_equal(count, 2);
	assert_int_equal(access(stranger, F_OK), 0);
	unlink(stranger);
	rmdir(dir);
	talloc_free(ctx);
}

/* A file with nothing but holes: they count like others. */
static void
add_hole(const char *dir, char digit, off_t bytes, time_t used_s)
{
	const struct timespec times[2] = {{.tv_sec = used_s},
	                                  {.tv_sec = used_s}};
	char *path = x_asprintf(NULL, "%s/%c" HEX_REST, dir, digit);
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	assert_int_equal(ftruncate(fileno(file), bytes), 0);
	assert_int_equal(futimens(fileno(file), times), 0);
	assert_int_equal(fclose(file), 0);
	talloc_free(path);
}

static void
test_cache_bytes(void **state)
{
	(void)state;
	for (unsigned more = 0; more < 2; more++) {
		void *ctx = talloc_new(NULL);
		const char *dir = test_folder(ctx);
		const char *oldest = x_asprintf(ctx, "%s/a" HEX_REST, dir);
		size_t count;

		add_hole(dir, 'a', 1, 1000);
		add_hole(dir, 'b', ND_LIMIT_CACHE_BYTES - 1 + more, 2000);
		nd_cachedir_trim(dir, ND_LIMIT_CACHE_BYTES);
		assert_int_equal(access(oldest, F_OK) == 0, !more);
		assert_int_equal(nd_cachedir_clear(dir, false, &count, NULL),
		                 ND_OK);
		assert_int_equal(count, 2 - more);
		talloc_free(ctx);
	}
}

/* Is an answer kept whose gist has so many bytes? */
static bool
save_gist(const char *dir, const struct nd_llm_context *context, size_t len)
{
	void *ctx = talloc_new(NULL);
	struct nd_buf *gist = nd_buf_new(ctx, TEST_ROOM);
	struct nd_llm_cached *again;
	size_t count;
	bool kept;

	test_repeat(gist, "x", len);
	nd_llm_cache_save(dir, "p", context,
	                  remember(ctx, context, gist->data));
	again = nd_llm_cache_load(ctx, dir, "p", context);
	kept = again && strlen(again->answers.answer[0].gist) == len;
	assert_int_equal(nd_cachedir_clear(dir, true, &count, NULL), ND_OK);
	assert_int_equal(count, kept ? 2 : 0);
	assert_int_equal(nd_cachedir_clear(dir, false, &count, NULL), ND_OK);
	talloc_free(ctx);
	return kept;
}

/* The longest gist that is kept, and one that is longer by a byte. */
static void
test_cache_entry_bytes(void **state)
{
	void *ctx = talloc_new(NULL);
	const char *dir = x_asprintf(ctx, "%s/answers", test_folder(ctx));
	struct nd_llm_context *context =
		nd_llm_context_new(ctx, new_thread(ctx));
	size_t low = 1, high = ND_LIMIT_CACHE_ENTRY_BYTES;

	(void)state;
	assert_true(save_gist(dir, context, low));
	assert_false(save_gist(dir, context, high));
	while (high - low > 1) {
		size_t mid = low + (high - low) / 2;

		if (save_gist(dir, context, mid))
			low = mid;
		else
			high = mid;
	}
	/* What stands around it is not much. */
	assert_true(low > ND_LIMIT_CACHE_ENTRY_BYTES - 1000);
	talloc_free(ctx);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_allowed),
		cmocka_unit_test(test_reduced),
		cmocka_unit_test(test_long_block),
		cmocka_unit_test(test_plan),
		cmocka_unit_test(test_memory),
		cmocka_unit_test(test_cachedir),
		cmocka_unit_test(test_cache_bytes),
		cmocka_unit_test(test_cache_entry_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
