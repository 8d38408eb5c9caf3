/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "mail/mailwire.h"
#include "util/alloc.h"
#include "util/limits.h"

/* As the reader sends it: a mail's answer, and the mail as it was before. */
struct sent {
	struct nd_message before, *read;
	struct nd_buf *answer;
};

static struct nd_buf *
answer_of(const void *ctx, const struct nd_message *message,
          enum nd_status status, const struct nd_error *why)
{
	struct nd_buf *out = nd_buf_new(ctx, ND_LIMIT_CAGE_ANSWER_BYTES);

	nd_mailwire_put_answer(out, message, status, why);
	assert_false(out->full);
	return out;
}

static struct sent *
send_file(const char *path, unsigned flags)
{
	struct sent *sent = x_new(NULL, struct sent);
	struct nd_message *message = x_new(sent, struct nd_message);
	struct nd_error why = {0};
	enum nd_status st;

	message->id = "id@example.org";
	message->flags = flags;
	*x_append(message, message->file, message->file_count) =
		x_strdup(message, path);
	sent->before = *message;
	sent->read = message;
	st = nd_read_mail(message, &why);
	sent->answer = answer_of(sent, message, st, &why);
	return sent;
}

/* Take bytes for sent's mail; NULL when they are refused. */
static struct nd_message *
take(const struct sent *sent, const char *bytes, size_t len,
     enum nd_status *status, struct nd_error *why)
{
	struct nd_message *message = x_new(NULL, struct nd_message);

	*message = sent->before;
	if (nd_mailwire_take_answer(message, bytes, len, status, why))
		return message;
	/* Nothing of it is left. */
	assert_string_equal(message->subject, "");
	assert_string_equal(message->from.addr, "");
	assert_null(message->body);
	assert_int_equal(message->flags, sent->before.flags);
	assert_int_equal(message->reference_count, 0);
	talloc_free(message);
	return NULL;
}

/*
 * Each answer has one form only: what is taken and put again has the same
 * bytes, so nothing is lost or changed on the way.
 */
static bool
is_taken_whole(const struct sent *sent, const char *bytes, size_t len)
{
	enum nd_status status;
	struct nd_error why = {0};
	struct nd_message *message = take(sent, bytes, len, &status, &why);
	struct nd_buf *again;
	bool same;

	if (!message)
		return false;
	again = answer_of(message, message, status, &why);
	same = again->len == len && memcmp(again->data, bytes, len) == 0;
	talloc_free(message);
	assert_true(same);
	return true;
}

static uint32_t
next_random(uint32_t *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 8;
}

/* Cut it short anywhere, change some bytes: refused, or taken for what it is. */
static void
spoil(const struct sent *sent, uint32_t seed)
{
	size_t len = sent->answer->len, step = len / 40 + 1;
	size_t cut_taken = 0;

	for (size_t cut = 0; cut < len; cut += step) {
		/* Of its own, so that a step over the end is seen. */
		char *some = x_array(NULL, char, cut + 1);

		some = talloc_realloc_size(NULL, some, cut > 0 ? cut : 1);
		memcpy(some, sent->answer->data, cut);
		cut_taken += is_taken_whole(sent, some, cut);
		talloc_free(some);
	}
	assert_int_equal(cut_taken, 0);
	for (int i = 0; i < 60; i++) {
		char *other = x_array(NULL, char, len);

		memcpy(other, sent->answer->data, len);
		for (uint32_t k = next_random(&seed) % 4 + 1; k > 0; k--)
			other[next_random(&seed) % len] =
				(char)next_random(&seed);
		is_taken_whole(sent, other, len);
		talloc_free(other);
	}
}

static void
try_folder(const char *corpus, size_t at_least)
{
	const char *src = getenv("ND_SRC");
	char *path = x_asprintf(NULL, "%s/tests/corpora/%s/cur",
	                        src ? src : ".", corpus);
	DIR *dir = opendir(path);
	const struct dirent *entry;
	size_t count = 0;

	assert_non_null(dir);
	while ((entry = readdir(dir))) {
		char *file;
		struct sent *sent;

		if (entry->d_name[0] == '.')
			continue;
		file = x_asprintf(path, "%s/%s", path, entry->d_name);
		sent = send_file(file, count % 2 ? ND_MESSAGE_NEW
		                                 : ND_MESSAGE_NEW |
		                                           ND_MESSAGE_WITHHELD);
		if (!is_taken_whole(sent, sent->answer->data,
		                    sent->answer->len))
			fail_msg("%s is refused", file);
		if (count % 8 == 0)
			spoil(sent, (uint32_t)count);
		count++;
		talloc_free(sent);
	}
	closedir(dir);
	talloc_free(path);
	assert_true(count >= at_least);
}

static void
test_corpora(void **state)
{
	(void)state;
	try_folder("sample", 40);
	try_folder("hostile", 100);
}

/* What is left of a mail when its text goes, as nd_thread_drop_text() has it. */
static size_t
bytes_kept(struct nd_message *message)
{
	TALLOC_FREE(message->body);
	talloc_free((void *)message->withheld);
	TALLOC_FREE(message->to.address);
	TALLOC_FREE(message->cc.address);
	TALLOC_FREE(message->reference);
	return talloc_total_size(message);
}

/* Reports keep the heads of all mails: no more of one that was sent. */
static void
test_keeps_no_more(void **state)
{
	const char *src = getenv("ND_SRC");
	char *path = x_asprintf(NULL, "%s/tests/corpora/sample/cur",
	                        src ? src : ".");
	DIR *dir = opendir(path);
	const struct dirent *entry;
	size_t here = 0, sent_bytes = 0;

	(void)state;
	assert_non_null(dir);
	while ((entry = readdir(dir))) {
		char *file = x_asprintf(path, "%s/%s", path, entry->d_name);
		struct sent *sent;
		struct nd_message *message;
		enum nd_status status;
		struct nd_error why;

		if (entry->d_name[0] == '.')
			continue;
		sent = send_file(file, ND_MESSAGE_NEW);
		message = take(sent, sent->answer->data, sent->answer->len,
		               &status, &why);
		assert_non_null(message);
		talloc_free(sent->read->file);
		here += bytes_kept(sent->read);
		sent_bytes += bytes_kept(message);
		talloc_free(message);
		talloc_free(sent);
	}
	closedir(dir);
	talloc_free(path);
	assert_in_range(sent_bytes, here / 2, here + here / 5);
}

/* A mail that can be changed field by field. */
static struct sent *
send_sample(void)
{
	struct sent *sent = x_new(NULL, struct sent);
	struct nd_message *message = x_new(sent, struct nd_message);
	struct nd_body *body = x_new(message, struct nd_body);

	message->id = "id@example.org";
	message->flags = ND_MESSAGE_SHARED | ND_MESSAGE_ASKED;
	nd_read_make_blank(message);
	sent->before = *message;
	message->flags |= ND_MESSAGE_READ;
	message->subject = "subject";
	message->body = body;
	body->text = "one\nt\xc3\xa4o\n";
	body->len = strlen(body->text);
	*x_append(body, body->line, body->line_count) =
		(struct nd_line){.start = 0, .len = 3, .kind = ND_LINE_OWN};
	*x_append(body, body->line, body->line_count) =
		(struct nd_line){.start = 4, .len = 4, .kind = ND_LINE_QUOTE};
	body->own_bytes = 3;
	message->author_until = 2;
	sent->read = message;
	return sent;
}

static bool
is_sample_taken(struct sent *sent)
{
	struct nd_buf *answer = answer_of(sent, sent->read, ND_OK, NULL);
	bool taken = is_taken_whole(sent, answer->data, answer->len);

	talloc_free(sent);
	return taken;
}

#define REFUSED(change) \
	do { \
		struct sent *sent = send_sample(); \
		struct nd_message *m = sent->read; \
		struct nd_line *line = m->body->line; \
\
		(void)line; \
		change; \
		if (is_sample_taken(sent)) \
			fail_msg("taken: %s", #change); \
	} while (0)

#define TAKEN(change) \
	do { \
		struct sent *sent = send_sample(); \
		struct nd_message *m = sent->read; \
\
		(void)m; \
		change; \
		if (!is_sample_taken(sent)) \
			fail_msg("refused: %s", #change); \
	} while (0)

static void
test_promises(void **state)
{
	(void)state;
	TAKEN(;);
	/* texts */
	REFUSED(m->subject = "two\nlines");
	REFUSED(m->subject = "a\ttab");
	REFUSED(m->subject = "an \x1b[31m escape");
	REFUSED(m->subject = "no \xff UTF-8");
	REFUSED(m->subject = "cut \xc3");
	REFUSED(m->subject = "left \xe2\x80\xae right");
	REFUSED(m->from.name = "zero\xe2\x80\x8bwidth");
	REFUSED(m->from.addr = "a\rb");
	REFUSED(m->body->text = "one\nt\x1b\x1bo\n");
	TAKEN(m->subject = "\xe4\xbd\xa0\xe5\xa5\xbd");
	/* lines */
	REFUSED(line[1].len = 6);
	REFUSED(line[1].len = UINT32_MAX);
	REFUSED(line[1].start = UINT32_MAX);
	REFUSED(line[1].start = 2);
	REFUSED(line[1].len = 2);
	REFUSED(line[1].start = 6; line[1].len = 1);
	REFUSED(line[0].len = 4);
	REFUSED(line[1].kind = ND_LINE_DIFF + 1);
	REFUSED(line[1].depth = ND_LIMIT_QUOTE_DEPTH + 1);
	REFUSED(m->body->own_bytes = 100);
	REFUSED(m->author_until = 3);
	REFUSED(m->author_first = 2; m->author_until = 1);
	/* flags: what is withheld stays so, and is there */
	REFUSED(m->flags |= ND_MESSAGE_ROBOT);
	REFUSED(m->flags &= ~(unsigned)ND_MESSAGE_ASKED);
	REFUSED(m->flags &= ~(unsigned)ND_MESSAGE_READ);
	REFUSED(m->flags |= ND_MESSAGE_WITHHELD);
	REFUSED(sent->before.flags = 0);
	TAKEN(m->flags &= ~(unsigned)ND_MESSAGE_SHARED);
	TAKEN(m->flags |= ND_MESSAGE_WITHHELD; m->withheld = "all");
	REFUSED(m->withheld = "\xff");
	REFUSED(m->body->flags = 1u << 20);
	REFUSED(m->body->flags = ND_BODY_CUT);
	REFUSED(m->body->cut = "why");
	/* numbers */
	REFUSED(m->date_s = INT64_MAX);
	REFUSED(m->written_s = INT64_MIN);
	REFUSED(m->received_s = INT64_MAX);
	REFUSED(m->body->unsafe_count = SIZE_MAX);
}

static void
test_failures(void **state)
{
	struct sent *sent = send_sample();
	struct nd_error why = {.msg = "'\xff' is not a mail"}, told = {0};
	struct nd_buf *answer = answer_of(sent, sent->read, ND_ERR_PARSE, &why);
	enum nd_status status;
	struct nd_message *message =
		take(sent, answer->data, answer->len, &status, &told);

	(void)state;
	assert_non_null(message);
	assert_int_equal(status, ND_ERR_PARSE);
	assert_string_equal(told.msg, "'\xef\xbf\xbd' is not a mail");
	assert_string_equal(message->subject, "");
	talloc_free(message);
	answer = answer_of(sent, sent->read, ND_ERR_CONFIG, &why);
	assert_null(take(sent, answer->data, answer->len, &status, &told));
	answer = answer_of(sent, sent->read, (enum nd_status)99, &why);
	assert_null(take(sent, answer->data, answer->len, &status, &told));
	assert_null(take(sent, "", 0, &status, &told));
	talloc_free(sent);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_corpora),
		cmocka_unit_test(test_keeps_no_more),
		cmocka_unit_test(test_promises),
		cmocka_unit_test(test_failures),
	};

	nd_read_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
