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

#define ADA "Ada Berg <ada@example.org>"
#define QUESTION \
	"Our link loses frames since the update, and only in bursts.\n\n" \
	"Did anybody else see frames lost at 40 Gbit on this board?\n"

static struct nd_address
person(const void *ctx, const char *text)
{
	const char *open = strchr(text, '<');
	struct nd_address who;

	who.name = x_strndup(ctx, text, (size_t)(open - text - 1));
	who.addr = x_strndup(ctx, open + 1, strcspn(open + 1, ">"));
	return who;
}

static struct nd_message *
add(struct nd_thread *thread, const char *from, const char *subject,
    const char *text, unsigned flags)
{
	struct nd_message *message = x_new(thread, struct nd_message);

	*x_append(thread, thread->message, thread->message_count) = message;
	message->id = x_asprintf(message, "%zu@x", thread->message_count);
	message->date_s = (int64_t)thread->message_count;
	message->subject = subject;
	message->from = message->sender = person(message, from);
	if (thread->message_count > 1)
		*x_append(message, message->reference,
		          message->reference_count) =
			thread->message[thread->message_count - 2]->id;
	message->body = x_new(message, struct nd_body);
	nd_body_add(message->body, text, strlen(text), flags);
	return message;
}

/* The lines of a kind, each with "|" behind it. */
static const char *
lines_of(const struct nd_message *mail, enum nd_line_kind kind)
{
	struct nd_buf *text = nd_buf_new(NULL, 1 << 16);
	const struct nd_body *body = mail->body;

	for (size_t i = 0; i < body->line_count; i++)
		if (body->line[i].kind == kind)
			nd_buf_addf(text, "%.*s|", (int)body->line[i].len,
			            body->text + body->line[i].start);
	return nd_buf_finish(mail, text);
}

static void
assert_bytes(const struct nd_message *mail)
{
	size_t bytes = 0;

	for (size_t i = 0; i < mail->body->line_count; i++)
		if (mail->body->line[i].kind == ND_LINE_OWN)
			bytes += mail->body->line[i].len;
	assert_int_equal(bytes, mail->body->own_bytes);
}

struct form {
	const char *what, *reply, *own;
	unsigned flags;
};

/* All are answers of Bo Lind to QUESTION of Ada Berg. */
static const struct form forms[] = {
	{"no mark at all", "It does not for me.\n\n" QUESTION,
         "It does not for me.|", 0},
	{"above the text", QUESTION "\nIt does not for me.\n",
         "It does not for me.|", 0},
	{"wrapped at another column",
         "No.\n\nOur link loses frames since the update, and\nonly in bursts."
         "\n\nDid anybody else see\nframes lost at 40 Gbit on this board?\n",
         "No.|", 0},
	{"indented",
         "No.\n\n    Our link loses frames since the update, and only in "
         "bursts.\n\n    Did anybody else see frames lost at 40 Gbit on this "
         "board?\n",
         "No.|", 0},
	{"a bar",
         "No.\n| Our link loses frames since the update, and only in bursts.\n"
         "|\n| Did anybody else see frames lost at 40 Gbit on this board?\n",
         "No.|", 0},
	{"indented marks",
         "No.\n    > Our link loses frames since the update, and only in "
         "bursts.\n    >\n    > Hm.\n",
         "No.|", 0},
	{"a name as mark",
         "No.\nAda Berg> Our link loses frames since the update, and only in\n"
         "Ada Berg> bursts.\n",
         "No.|", 0},
	{"the end of a quoted line on the next one",
         "> Our link loses frames since the update, and\nonly in bursts.\n>\n"
         "> Did anybody else see frames lost at 40 Gbit\non this board?\n\n"
         "No.\n",
         "No.|", 0},
	{"a paragraph of HTML from some word on",
         "It does not for me; is it version 5? On 2 March Ada said: Our link "
         "loses frames since the update, and only in bursts. Did anybody else "
         "see frames lost at 40 Gbit on this board? We use the old one.\n",
         "It does not for me; is it version 5? On 2 March Ada said: |We use "
         "the old one.|",
         ND_TEXT_HTML},
	{"name and address in front",
         "No.\n\n" ADA " kirjoitti maanantaina 2. maaliskuuta 2026:\n\n"
         "Our link loses frames since the update, and only in bursts.\n",
         "No.|", 0},
	{"headers in a language nobody knows",
         "No.\n\nOddiwrth: " ADA "\nAnfonwyd: 2 Mawrth 2026\nAt: dev@x\n\n"
         "Our link loses frames since the update, and only in bursts.\n",
         "No.|", 0},
	{"headers on the line of the heading",
         "No.\n\n-------- Neges --------From: " ADA " Date: 02/03/2026\n\n"
         "Our link loses frames since the update, and only in bursts.\n",
         "No.|", 0},
	{"her name below it",
         "No.\n\n" QUESTION "\nKind regards\nAda and all the others\n", "No.|",
         0},
	/* What is no quote. */
	{"a name in a sentence stays", "I agree with Ada Berg:\n\n" QUESTION,
         "I agree with Ada Berg:|", 0},
	{"few words are anybody's",
         "Our link loses frames since the update, too.\n",
         "Our link loses frames since the update, too.|", 0},
	{"a citation inside of a sentence",
         "You write \"loses frames since the update, and only in bursts\", but "
         "when\nis that?\n",
         "You write \"loses frames since the update, and only in bursts\", but "
         "when|is that?|",
         0},
};

static void
test_forms(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
		const struct form *form = &forms[i];
		struct nd_thread *thread = x_new(NULL, struct nd_thread);
		struct nd_message *reply;

		add(thread, ADA, "frames",
		    QUESTION "\nKind regards,\nAda and all the others\n", 0);
		reply = add(thread, "Bo Lind <bo@example.net>", "Re: frames",
		            form->reply, form->flags);
		nd_threading_link(thread);
		if (strcmp(lines_of(reply, ND_LINE_OWN), form->own) != 0)
			fail_msg("%s: %s", form->what,
			         lines_of(reply, ND_LINE_OWN));
		assert_bytes(reply);
		talloc_free(thread);
	}
}

struct repeated {
	const char *what;
	const char *from, *subject, *first; /* the earlier mail */
	const char *who, *answer, *second;  /* the later one, all of it own */
};

#define BO "Bo Lind <bo@example.net>"
#define MESSAGE \
	"The driver forgets to stop the queue before the ring is freed, which\n" \
	"loses what is in flight. Stop it first, and free it when it is idle.\n"

static const struct repeated repeated[] = {
	{"her own words again", ADA, "frames", QUESTION, ADA, "Re: frames",
         "No answer so far, so once more:\n" QUESTION},
	{"her own words, from another account",
         "ada.berg@work.example <ada.berg@work.example>", "frames", QUESTION,
         ADA, "Re: frames", "My first mail was HTML, so once more:\n" QUESTION},
	{"a new version of a patch by somebody else", ADA, "[PATCH] net: stop",
         MESSAGE "\nSigned-off-by: " ADA "\n", BO, "[PATCH v2] net: stop",
         MESSAGE},
	{"the same, sent as an answer", ADA, "[PATCH] net: stop",
         MESSAGE "\nSigned-off-by: " ADA "\n", BO, "Re: [PATCH v2] net: stop",
         MESSAGE "\nSigned-off-by: " ADA "\nSigned-off-by: " BO
                 "\n---\n a.c | 2 +-\n\ndiff --git a/a.c b/a.c\n--- a/a.c\n"
                 "+++ b/a.c\n@@ -1 +1 @@\n-a\n+b\n"},
	{"a notice of a tree", ADA, "[PATCH] net: stop", MESSAGE, BO,
         "[tip: net/core] net: stop", MESSAGE},
	{"titles in a list", ADA, "[PATCH 0/2] net: stop",
         "  net: stop the queue of the ring before the ring itself is freed\n"
         "  net: free the ring of a queue when the queue has been idle long\n",
         BO, "Re: [PATCH 0/2] net: stop",
         "Applied, thanks!\n\n"
         "[1/2] net: stop the queue of the ring before the ring itself is "
         "freed\n      commit: 0123456789ab\n"
         "[2/2] net: free the ring of a queue when the queue has been idle "
         "long\n      commit: 123456789abc\n"},
	{"a command to a robot", ADA, "warning",
         "#syz fix: net: stop the queue of the ring before the ring itself is "
         "freed by them\n",
         BO, "Re: warning",
         "#syz fix: net: stop the queue of the ring before the ring itself is "
         "freed by them\n"},
	{"code", ADA, "frames",
         "if (ring->queue) {\n\tnd_queue_stop(ring->queue, true, 0);\n"
         "\tnd_ring_free(ring, ring->queue, flags | 1);\n}\n",
         BO, "Re: frames",
         "if (ring->queue) {\n\tnd_queue_stop(ring->queue, true, 0);\n"
         "\tnd_ring_free(ring, ring->queue, flags | 1);\n}\n"},
	{"a short form that everybody writes", ADA, "frames",
         "Applied, thanks.\n", BO, "Re: frames", "Applied, thanks.\n"},
	{"tags that are given again", ADA, "[PATCH v2] net: stop",
         "Reviewed-by: Cy Dahl <cy@example.com>\n"
         "Tested-by: Cy Dahl <cy@example.com>\n",
         BO, "Re: [PATCH v2] net: stop",
         "Reviewed-by: Cy Dahl <cy@example.com>\n"
         "Tested-by: Cy Dahl <cy@example.com>\n"},
};

static void
test_repeated(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof repeated / sizeof *repeated; i++) {
		const struct repeated *row = &repeated[i];
		struct nd_thread *thread = x_new(NULL, struct nd_thread);
		struct nd_message *reply;

		add(thread, row->from, row->subject, row->first, 0);
		reply = add(thread, row->who, row->answer, row->second, 0);
		nd_threading_link(thread);
		if (*lines_of(reply, ND_LINE_QUOTE))
			fail_msg("%s: %s", row->what,
			         lines_of(reply, ND_LINE_QUOTE));
		talloc_free(thread);
	}
}

/* Tags in what is quoted are not given; the author's own is, between them. */
static void
test_trailers(void **state)
{
	struct nd_thread *thread = x_new(NULL, struct nd_thread);
	struct nd_message *reply;

	(void)state;
	add(thread, ADA, "[PATCH] net: stop",
	    MESSAGE "\nReported-by: Cy Dahl <cy@example.com>\n"
	            "Acked-by: " BO "\nSigned-off-by: " ADA "\n",
	    0);
	reply = add(thread, BO, "Re: [PATCH] net: stop",
	            "Fine with me.\n\n" MESSAGE
	            "\nReported-by: Cy Dahl <cy@example.com>\n"
	            "Acked-by: " BO "\nSigned-off-by: " ADA "\n",
	            0);
	nd_threading_link(thread);
	assert_string_equal(lines_of(reply, ND_LINE_OWN),
	                    "Fine with me.|Acked-by: " BO "|");
	talloc_free(thread);
}

/* A patch below an answer is the patch that is answered. */
static void
test_diff(void **state)
{
	static const char patch[] =
		MESSAGE "\nSigned-off-by: " ADA
			"\n---\n a.c | 2 +-\n 1 file changed, 1 insertion(+), "
			"1 deletion(-)\n\ndiff --git a/a.c b/a.c\n--- a/a.c\n"
			"+++ b/a.c\n@@ -1 +1 @@\n-int old_name;\n"
			"+int new_name;\n";
	struct nd_thread *thread = x_new(NULL, struct nd_thread);
	struct nd_message *reply, *other;

	(void)state;
	add(thread, ADA, "[PATCH] net: stop", patch, 0);
	reply = add(thread, BO, "Re: [PATCH] net: stop",
	            x_asprintf(thread, "Fine with me.\n\n%s", patch), 0);
	other = add(thread, BO, "Re: [PATCH] net: stop",
	            "I mean this:\n\ndiff --git a/a.c b/a.c\n--- a/a.c\n"
	            "+++ b/a.c\n@@ -1 +1 @@\n-int old_name;\n"
	            "+long old_name;\n",
	            0);
	nd_threading_link(thread);
	assert_string_equal(lines_of(reply, ND_LINE_OWN), "Fine with me.|");
	assert_string_equal(lines_of(reply, ND_LINE_DIFF), "");
	assert_false(reply->body->flags & ND_BODY_DIFF);
	assert_int_equal(reply->body->diff_file_count, 0);
	assert_true(other->body->flags & ND_BODY_DIFF);
	talloc_free(thread);
}

/* Below what she answers, a mailer puts what she had said before. */
static void
test_chain(void **state)
{
	struct nd_thread *thread = x_new(NULL, struct nd_thread);
	struct nd_message *last;
	static const char answer[] =
		"It does not for me, with the branch that was merged last "
		"week.\n";

	(void)state;
	add(thread, ADA, "frames", QUESTION, 0);
	add(thread, BO, "Re: frames", answer, 0);
	last = add(thread, ADA, "RE: frames",
	           x_asprintf(thread,
	                      "Then I will try that.\n\nAnfonwyd gan: " BO
	                      "\n%s\nAnfonwyd gan: " ADA "\n%s",
	                      answer, QUESTION),
	           0);
	nd_threading_link(thread);
	assert_string_equal(lines_of(last, ND_LINE_OWN),
	                    "Then I will try that.|");
	assert_string_equal(lines_of(last, ND_LINE_ATTRIBUTION),
	                    "Anfonwyd gan: " BO "|Anfonwyd gan: " ADA "|");
	assert_int_equal(last->body->line[3].source, 1);
	assert_int_equal(last->body->line[3].source_line, 0);
	assert_int_equal(last->body->line[3].depth, 1);
	assert_int_equal(last->body->line[6].source, 0);
	assert_int_equal(last->body->line[6].depth, 2);
	assert_bytes(last);
	talloc_free(thread);
}

/* What a gateway or a mailer has changed inside of a quote belongs to it. */
static void
test_changed(void **state)
{
	struct nd_thread *thread = x_new(NULL, struct nd_thread);
	struct nd_message *reply;

	(void)state;
	add(thread, ADA, "frames",
	    "It began with the update, and what I see of it is in this log:\n"
	    "https://logs.example.org/2026/03/02\n"
	    "Our link loses frames, and only in bursts of 40 Gbit and more.\n"
	    "Who knows?\n"
	    "The board is the one that we have had in the rack since January.\n",
	    0);
	reply = add(
		thread, BO, "Re: frames",
		"No.\n\n"
		"It began with the update, and what I see of it is in this log:\n"
		"https://safelinks.example.com/?u=https%3A%2F%2Flogs\n"
		"Our link loses frames, and only in bursts of 40 Gbit and more.\n"
		"I do.\n"
		"The board is the one that we have had in the rack since "
		"January.\n",
		0);
	nd_threading_link(thread);
	assert_string_equal(lines_of(reply, ND_LINE_OWN), "No.|I do.|");
	talloc_free(thread);
}

/* In scripts without blanks letters are counted, in others words. */
static void
test_scripts(void **state)
{
	static const char *const texts[] = {
		"升级之后我们的网卡在突发流量时会丢失很多数据帧，有人遇到过吗？\n",
		"После обновления наша сетевая карта теряет кадры при всплесках "
		"трафика, и только на этой плате.\n",
		"업데이트 후 링크가 버스트에서 프레임을 잃습니다. 이 보드에서 다른 "
		"사람도 같은 문제를 보았습니까? 알려 주시기 바랍니다.\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct nd_thread *thread = x_new(NULL, struct nd_thread);
		struct nd_message *reply;

		add(thread, ADA, "frames", texts[i], 0);
		reply = add(thread, BO, "答复: frames",
		            x_asprintf(thread, "No.\n\n%s", texts[i]), 0);
		nd_threading_link(thread);
		assert_string_equal(lines_of(reply, ND_LINE_OWN), "No.|");
		talloc_free(thread);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_forms),
		cmocka_unit_test(test_repeated),
		cmocka_unit_test(test_trailers),
		cmocka_unit_test(test_diff),
		cmocka_unit_test(test_chain),
		cmocka_unit_test(test_changed),
		cmocka_unit_test(test_scripts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
