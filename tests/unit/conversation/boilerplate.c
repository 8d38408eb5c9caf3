/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "body/body.h"
#include "conversation/boilerplate.h"
#include "util/alloc.h"
#include "util/buf.h"

#define TEMPLATE \
	"If you send further changes they should be sent as incremental\n" \
	"updates, and please add the relevant lists to the mail.\n"

static struct nd_message *
new_mail(const void *ctx, const char *subject, const char *text)
{
	struct nd_message *mail = x_new(ctx, struct nd_message);

	mail->subject = subject;
	mail->from = mail->sender =
		(struct nd_address){"Ada Berg", "ada@example.org"};
	mail->body = x_new(mail, struct nd_body);
	nd_body_add(mail->body, text, strlen(text), 0);
	return mail;
}

static const char *
own_words(const struct nd_message *mail)
{
	struct nd_buf *own = nd_buf_new(mail, 1 << 16);
	const struct nd_body *body = mail->body;
	size_t bytes = 0;

	for (size_t i = 0; i < body->line_count; i++) {
		if (body->line[i].kind != ND_LINE_OWN)
			continue;
		nd_buf_addf(own, "%.*s|", (int)body->line[i].len,
		            body->text + body->line[i].start);
		bytes += body->line[i].len;
	}
	assert_int_equal(bytes, body->own_bytes);
	return own->data;
}

struct example {
	const char *what;
	const char *subject[4]; /* of the mails that are learned from */
	const char *text[4];
	const char *mail; /* another one, an answer */
	const char *own;  /* what its author says */
};

static const struct example examples[] = {
	{"below the words",
         {"Re: one", "Re: two", "Re: three", "Re: four"},
         {"Yes.\n\n" TEMPLATE, "No, it does not.\n\n" TEMPLATE,
          "Hm.\n\n" TEMPLATE "\nThanks,\nAda\n", "Else.\n"},
         "That is right.\n\n" TEMPLATE,
         "That is right.|"},
	{"above them",
         {"Re: one", "Re: two", "three", "Re: four"},
         {TEMPLATE "\nYes.\n", TEMPLATE "\nNo.\n", TEMPLATE "\nHello.\n",
          "> q\n\nElse.\n"},
         TEMPLATE "\nThat is right.\n",
         "That is right.|"},
	{"wrapped in another way",
         {"Re: one", "Re: two", "Re: three", "Re: four"},
         {"Yes.\n\n" TEMPLATE, "No.\n\n" TEMPLATE, "Hm.\n\n" TEMPLATE,
          "Else.\n"},
         "That is right.\n\nIf you send further changes they should be sent "
         "as incremental updates, and\nplease add the relevant lists to the "
         "mail.\n",
         "That is right.|"},
	{"above what is quoted below",
         {"Re: one", "Re: two", "Re: three", "Re: four"},
         {"Yes.\n\n" TEMPLATE, "No.\n\n" TEMPLATE, "Hm.\n\n" TEMPLATE,
          "Else.\n"},
         "That is right.\n\n" TEMPLATE "\n> Is it?\n",
         "That is right.|"},
	/* What stays. */
	{"in two mails only",
         {"Re: one", "Re: two", "Re: three", "Re: four"},
         {"Yes.\n\n" TEMPLATE, "No.\n\n" TEMPLATE, "Hm.\n",
          "It is another one, with as many words in it.\n"},
         "No.\n\nIf you send further changes they should be sent as "
         "incremental updates, and please add the relevant lists to the "
         "mail.\n",
         "No.|If you send further changes they should be sent as incremental "
         "updates, and please add the relevant lists to the mail.|"},
	{"in the same mail, sent again and again",
         {"one", "one", "[list] one", "one"},
         {"Hi,\n\n" TEMPLATE, "Hi,\n\n" TEMPLATE, "Hi,\n\n" TEMPLATE,
          "Hi,\n\n" TEMPLATE},
         "No.\n\nIf you send further changes they should be sent as "
         "incremental updates, and please add the relevant lists to the "
         "mail.\n",
         "No.|If you send further changes they should be sent as incremental "
         "updates, and please add the relevant lists to the mail.|"},
	{"what a mail says alone",
         {"Re: one", "Re: two", "Re: three", "Re: four"},
         {"Yes.\n\n" TEMPLATE, "No.\n\n" TEMPLATE, "Hm.\n\n" TEMPLATE,
          "Else.\n"},
         "Hi Bo,\n\nIf you send further changes they should be sent as "
         "incremental updates, and please add the relevant lists to the "
         "mail.\n\nThanks,\n",
         "Hi Bo,|If you send further changes they should be sent as "
         "incremental updates, and please add the relevant lists to the "
         "mail.|Thanks,|"},
	{"few words",
         {"Re: one", "Re: two", "Re: three", "Re: four"},
         {"Yes.\n\nPlease send it to the list.\n",
          "No.\n\nPlease send it to the list.\n",
          "Hm.\n\nPlease send it to the list.\n", "Else.\n"},
         "Right.\n\nPlease send it to the list.\n",
         "Right.|Please send it to the list.|"},
	{"that patches were taken",
         {"Re: one", "Re: two", "Re: three", "Re: four"},
         {"Hi,\n\nApplied to the next branch of the link tree, thanks a lot.\n",
          "Hi,\n\nApplied to the next branch of the link tree, thanks a lot.\n",
          "Hi,\n\nApplied to the next branch of the link tree, thanks a lot.\n",
          "Else.\n"},
         "It is fine.\n\nApplied to the next branch of the link tree, thanks a "
         "lot.\n",
         "It is fine.|Applied to the next branch of the link tree, thanks a "
         "lot.|"},
	{"tags",
         {"Re: one", "Re: two", "Re: three", "Re: four"},
         {"Ok.\n\nReviewed-by: Ada Berg of the Link Team (network drivers) "
          "<ada@example.org>\n",
          "Ok.\n\nReviewed-by: Ada Berg of the Link Team (network drivers) "
          "<ada@example.org>\n",
          "Ok.\n\nReviewed-by: Ada Berg of the Link Team (network drivers) "
          "<ada@example.org>\n",
          "Else.\n"},
         "Fine.\n\nReviewed-by: Ada Berg of the Link Team (network drivers) "
         "<ada@example.org>\n",
         "Fine.|Reviewed-by: Ada Berg of the Link Team (network drivers) "
         "<ada@example.org>|"},
	{"the message of a patch",
         {"[PATCH] one", "[PATCH v2] two", "[PATCH] three", "[PATCH] four"},
         {TEMPLATE "\nFor one.\n", TEMPLATE "\nFor two.\n",
          TEMPLATE "\nFor three.\n", "Else.\n"},
         "Fine.\n\nIf you send further changes they should be sent as "
         "incremental updates, and please add the relevant lists to the "
         "mail.\n",
         "Fine.|If you send further changes they should be sent as "
         "incremental updates, and please add the relevant lists to the "
         "mail.|"},
};

static void
test_examples(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
		const struct example *example = &examples[i];
		void *ctx = talloc_new(NULL);
		struct nd_boilerplate *known = nd_boilerplate_new(ctx);
		struct nd_boilerplate *all = nd_boilerplate_new(ctx);
		struct nd_message *learned[4], *mail;

		for (size_t k = 0; k < 4; k++)
			learned[k] = new_mail(ctx, example->subject[k],
			                      example->text[k]);
		mail = new_mail(ctx, "Re: five", example->mail);
		nd_boilerplate_learn(known, learned, 4);
		nd_boilerplate_add(all, known);
		nd_boilerplate_mark(all, mail);
		if (strcmp(own_words(mail), example->own) != 0)
			fail_msg("%s: %s", example->what, own_words(mail));
		talloc_free(ctx);
	}
}

static void
test_suspects(void **state)
{
	static const struct {
		const char *text;
		bool suspect;
	} rows[] = {
		{"Yes.\n\n" TEMPLATE, true},
		{"Yes.\n\nThis e-mail was written by a company of some size.\n",
	         true},
		{"Yes.\n\nXY Spolka z o.o. ul. Slowackiego 173, 80-298 "
	         "Gdansk.\n",
	         true},
		{"Yes.\n\nIt is the queue that is freed before the ring of "
	         "it.\n",
	         false},
		{"Yes.\n\nMail me.\n", false},
		{"Yes.\n\nReviewed-by: X of the mailing list of a company "
	         "<x@example.org>\n",
	         false},
		{"", false},
	};
	void *ctx = talloc_new(NULL);

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (nd_boilerplate_suspects(new_mail(
			    ctx, "Re: one", rows[i].text)) != rows[i].suspect)
			fail_msg("%s", rows[i].text);
	talloc_free(ctx);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_examples),
		cmocka_unit_test(test_suspects),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
