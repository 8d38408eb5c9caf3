/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "body/body.h"
#include "conversation/threading.h"
#include "util/alloc.h"
#include "util/buf.h"

static struct nd_thread *
new_thread(void)
{
	return x_new(NULL, struct nd_thread);
}

/* Add a mail; references are separated by blanks, the parent comes last. */
static struct nd_message *
add(struct nd_thread *thread, const char *id, int64_t date_s,
    const char *references, const char *text)
{
	struct nd_message *message = x_new(thread, struct nd_message);

	*x_append(thread, thread->message, thread->message_count) = message;
	message->id = x_strdup(message, id);
	message->subject = "";
	message->from = message->sender = (struct nd_address){"", ""};
	message->date_s = date_s;
	while (*references) {
		size_t len = strcspn(references, " ");

		*x_append(message, message->reference,
		          message->reference_count) =
			x_strndup(message, references, len);
		references += len + (references[len] == ' ');
	}
	if (text) {
		message->body = x_new(message, struct nd_body);
		nd_body_add(message->body, text, strlen(text), 0);
	}
	return message;
}

static const struct nd_message *
mail(const struct nd_thread *thread, const char *id)
{
	for (size_t i = 0; i < thread->message_count; i++)
		if (strcmp(thread->message[i]->id, id) == 0)
			return thread->message[i];
	fail_msg("no mail %s", id);
	return NULL;
}

static const char *
parent_of(const struct nd_thread *thread, const char *id)
{
	int32_t parent = mail(thread, id)->parent;

	return parent == ND_NO_MESSAGE ? "" : thread->message[parent]->id;
}

/* "id:line" of the source of a line; "" when it has none. */
static const char *
source_of(struct nd_thread *thread, const char *id, size_t line)
{
	const struct nd_line *quoted = &mail(thread, id)->body->line[line];

	if (quoted->source == ND_NO_MESSAGE)
		return "";
	return x_asprintf(thread, "%s:%u", thread->message[quoted->source]->id,
	                  quoted->source_line);
}

static void
test_tree(void **state)
{
	struct nd_thread *thread = new_thread();

	(void)state;
	add(thread, "c", 30, "gone a b", NULL);
	add(thread, "b", 20, "a", NULL);
	add(thread, "d", 40, "a b gone", NULL);
	add(thread, "a", 10, "", NULL);
	add(thread, "e2", 50, "e2", NULL);
	add(thread, "e1", 50, "b a", NULL);
	nd_threading_link(thread);
	assert_string_equal(thread->message[0]->id, "a");
	assert_string_equal(thread->message[4]->id, "e1");
	assert_string_equal(thread->message[5]->id, "e2");
	assert_string_equal(parent_of(thread, "a"), "");
	assert_string_equal(parent_of(thread, "b"), "a");
	assert_string_equal(parent_of(thread, "c"), "b");
	assert_string_equal(parent_of(thread, "d"), "b");
	assert_string_equal(parent_of(thread, "e1"), "a");
	assert_string_equal(parent_of(thread, "e2"), "");
	assert_int_equal(thread->root, 0);
	talloc_free(thread);
}

static void
test_loops(void **state)
{
	struct nd_thread *thread = new_thread();

	(void)state;
	add(thread, "a", 10, "c", NULL);
	add(thread, "b", 20, "a", NULL);
	add(thread, "c", 30, "b", NULL);
	add(thread, "d", 5, "c", NULL);
	nd_threading_link(thread);
	assert_string_equal(parent_of(thread, "a"), "");
	assert_string_equal(parent_of(thread, "b"), "a");
	assert_string_equal(parent_of(thread, "c"), "b");
	assert_string_equal(parent_of(thread, "d"), "c");
	assert_string_equal(thread->message[thread->root]->id, "a");
	talloc_free(thread);
}

static void
test_cover_letter_is_root(void **state)
{
	struct nd_thread *thread = new_thread();

	(void)state;
	add(thread, "p1", 10, "", NULL)->subject = "[PATCH v2 1/2] a";
	add(thread, "p0", 12, "", NULL)->subject = "[PATCH v2 0/2] ab";
	add(thread, "p2", 11, "", NULL)->subject = "[PATCH v2 2/2] b";
	nd_threading_link(thread);
	assert_string_equal(thread->message[thread->root]->id, "p0");
	talloc_free(thread);

	thread = new_thread();
	add(thread, "q", 10, "", NULL)->subject = "and/or 0/1";
	add(thread, "p0", 12, "", NULL)->subject = "[PATCH 0/2] ab";
	nd_threading_link(thread);
	assert_string_equal(thread->message[thread->root]->id, "q");
	talloc_free(thread);
}

static void
test_sources(void **state)
{
	struct nd_thread *thread = new_thread();

	(void)state;
	add(thread, "a", 10, "",
	    "It fails with this error here.\n\nfoo {\n}\nThanks\n");
	add(thread, "b", 20, "a",
	    "> It fails  with this error here.\n>\n> foo {\n> }\n"
	    "Which version do you use there?\n");
	add(thread, "c", 30, "a b",
	    ">> It fails with this error here.\n> Which version do you use "
	    "there?\n> }\n> never said by anybody\nThe current one.\n");
	nd_threading_link(thread);
	assert_string_equal(source_of(thread, "b", 0), "a:0");
	assert_string_equal(source_of(thread, "b", 1), "");
	/* few letters, but part of a run */
	assert_string_equal(source_of(thread, "b", 2), "a:2");
	assert_string_equal(source_of(thread, "b", 3), "a:3");
	assert_string_equal(source_of(thread, "c", 0), "a:0");
	assert_string_equal(source_of(thread, "c", 1), "b:4");
	assert_string_equal(source_of(thread, "c", 2), "");
	assert_string_equal(source_of(thread, "c", 3), "");
	talloc_free(thread);
}

/* Runs reach upwards; ancestors go before others that say the same. */
static void
test_best_source(void **state)
{
	struct nd_thread *thread = new_thread();

	(void)state;
	add(thread, "a", 10, "", "a {\nthe same line of words\n");
	add(thread, "b", 20, "", "the same line of words\n");
	add(thread, "c", 30, "a", "> a {\n> the same line of words\nyes\n");
	add(thread, "d", 40, "gone", "> the same line of words\nyes\n");
	nd_threading_link(thread);
	assert_string_equal(source_of(thread, "c", 0), "a:0");
	assert_string_equal(source_of(thread, "c", 1), "a:1");
	assert_string_equal(source_of(thread, "d", 0), "b:0");
	talloc_free(thread);
}

/* A flowed paragraph is quoted in pieces. */
static void
test_pieces(void **state)
{
	struct nd_thread *thread = new_thread();
	struct nd_message *a = add(thread, "a", 10, "", NULL);
	static const char text[] = "This is a long paragraph \nthat flows over "
				   "several lines \nin the mail.\n";

	(void)state;
	a->body = x_new(a, struct nd_body);
	nd_body_add(a->body, text, strlen(text), ND_TEXT_FLOWED);
	assert_int_equal(a->body->line_count, 1);
	add(thread, "b", 20, "a",
	    "> This is a long paragraph\n> that flows over several lines\n");
	nd_threading_link(thread);
	assert_string_equal(source_of(thread, "b", 0), "a:0");
	assert_string_equal(source_of(thread, "b", 1), "a:0");
	talloc_free(thread);
}

/* A parent whose clock is late is still the source. */
static void
test_clock(void **state)
{
	struct nd_thread *thread = new_thread();

	(void)state;
	add(thread, "a", 90, "", "some words that are quoted\n");
	add(thread, "b", 20, "a", "> some words that are quoted\nyes\n");
	nd_threading_link(thread);
	assert_string_equal(source_of(thread, "b", 0), "a:0");
	assert_string_equal(thread->message[thread->root]->id, "a");
	talloc_free(thread);
}

static void
test_hostile(void **state)
{
	struct nd_thread *thread = new_thread();
	char id[20], references[20] = "";
	struct nd_buf *text = nd_buf_new(thread, 20000);

	(void)state;
	while (!text->full)
		nd_buf_adds(text, "the same line\n> the same line\n");
	for (int i = 0; i < 200; i++) {
		snprintf(id, sizeof id, "m%d", i);
		add(thread, id, i, references, text->data);
		memcpy(references, id, sizeof id);
	}
	add(thread, "empty", 300, "", NULL);
	nd_threading_link(thread);
	talloc_free(thread);
	thread = new_thread();
	nd_threading_link(thread);
	talloc_free(thread);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_tree),
		cmocka_unit_test(test_loops),
		cmocka_unit_test(test_cover_letter_is_root),
		cmocka_unit_test(test_sources),
		cmocka_unit_test(test_best_source),
		cmocka_unit_test(test_pieces),
		cmocka_unit_test(test_clock),
		cmocka_unit_test(test_hostile),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
