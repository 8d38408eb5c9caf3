/* SPDX-License-Identifier: GPL-3.0-or-later */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
/* clang-format on */

#include "robot/autoreply.h"
#include "build.h"
#include "text/subjectline.h"

#define BO "Bo Lind <bo@example.net>"

struct row {
	const char *subject, *from, *text;
	bool want, begins; /* begins: it answers nothing */
};

static void
check(const struct row *row, size_t count)
{
	bool same = true;

	for (size_t i = 0; i < count; i++) {
		void *ctx = talloc_new(NULL);
		const struct test_mail mail = {
			row[i].subject, row[i].from ? row[i].from : BO,
			row[i].text ? row[i].text : "Hello.\n",
			row[i].begins ? ND_NO_MESSAGE : 0};
		struct nd_message *message = test_message(ctx, &mail);

		message->parts = nd_subjectline_parse(ctx, message->subject);
		if (nd_autoreply_is(message) != row[i].want) {
			print_message("# '%s' '%s'\n", row[i].subject,
			              row[i].text ? row[i].text : "");
			same = false;
		}
		talloc_free(ctx);
	}
	assert_true(same);
}

#define CHECK(rows) check(rows, sizeof(rows) / sizeof *(rows))

static void
absent_by_subject(void **state)
{
	static const char *const prefixes[] = {
		"Automatic reply: ",
		"Automatic Response: ",
		"Automated reply: ",
		"Auto-Reply: ",
		"AutoReply: ",
		"Auto Reply: ",
		"Autoresponse: ",
		"Auto-Response: ",
		"AUTO: Bo Lind is out: ",
		"Out of Office: ",
		"Out of Office AutoReply: ",
		"Out-of-Office: ",
		"Out of the office ",
		"Vacation reply: ",
		"Away from the office: ",
		"away from my mail ",
		"Automatische Antwort: ",
		"Automatische Rückantwort: ",
		"Abwesenheitsnotiz: ",
		"Abwesenheitsmeldung: ",
		"Abwesenheitsnachricht: ",
		"Abwesenheitsbenachrichtigung: ",
		"Abwesenheitsassistent: ",
		"Abwesend: ",
		"Abwesenheit bis 9.3.",
		"Nicht im Büro: ",
		"Außer Haus: ",
		"Réponse automatique : ",
		"Réponse automatique\xc2\xa0: ",
		"Absence du bureau : ",
		"Absent du bureau : ",
		"Message d'absence : ",
		"Message d’absence : ",
		"Respuesta automática: ",
		"Fuera de la oficina: ",
		"Fuera de oficina: ",
		"Ausente de la oficina: ",
		"Resposta automàtica: ",
		"Risposta automatica: ",
		"Fuori ufficio: ",
		"Fuori sede: ",
		"Resposta automática: ",
		"RES: Resposta automática: ",
		"Fora do escritório: ",
		"Ausência temporária: ",
		"Automatisch antwoord: ",
		"Afwezigheidsbericht: ",
		"Afwezig: ",
		"Niet aanwezig: ",
		"Buiten kantoor: ",
		"Automatiskt svar: ",
		"Autosvar: ",
		"Frånvaro: ",
		"Frånvaromeddelande: ",
		"Automatisk svar: ",
		"Ikke til stede: ",
		"Ikke på kontoret: ",
		"Fravær: ",
		"Fraværsassistent: ",
		"Automaattinen vastaus: ",
		"Poissa toimistosta: ",
		"Odpowiedź automatyczna: ",
		"Autoodpowiedź: ",
		"Poza biurem: ",
		"Automatická odpověď: ",
		"Mimo kancelář: ",
		"Automatická odpoveď: ",
		"Automatikus válasz: ",
		"Házon kívül: ",
		"Răspuns automat: ",
		"Samodejni odgovor: ",
		"Automatski odgovor: ",
		"Автоматический ответ: ",
		"Автоответ: ",
		"Вне офиса: ",
		"Автоматична відповідь: ",
		"Автоматичен отговор: ",
		"Аутоматски одговор: ",
		"Αυτόματη απάντηση: ",
		"Εκτός γραφείου: ",
		"Otomatik Yanıt: ",
		"Ofis dışında: ",
		"Automaatvastus: ",
		"Automātiskā atbilde: ",
		"Automatinis atsakymas: ",
		"Trả lời tự động: ",
		"Balasan otomatis: ",
		"תשובה אוטומטית: ",
		"رد تلقائي: ",
		"自动回复: ",
		"自动回复：",
		"自動回覆: ",
		"自动答复: ",
		"不在办公室: ",
		"外出: ",
		"自動応答: ",
		"自動返信: ",
		"不在通知 ",
		"자동 회신: ",
		"부재중: ",
		"[dev] Automatic reply: ",
		"[Auto-Reply] ",
	};
	struct row row[sizeof prefixes / sizeof *prefixes] = {{0}};
	void *ctx = talloc_new(NULL);

	(void)state;
	for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
		row[i].subject =
			x_asprintf(ctx, "%s[PATCH] ring: grow", prefixes[i]);
		row[i].want = !nd_str_starts(prefixes[i], "RES:");
	}
	CHECK(row);
	talloc_free(ctx);
}

static void
posted_by_machines(void **state)
{
	static const struct row rows[] = {
		{"Undelivered Mail Returned to Sender", NULL, NULL, true, true},
		{"Mail delivery failed: returning message to sender", NULL,
	         NULL, true, true},
		{"Delivery Status Notification (Failure)", NULL, NULL, true,
	         true},
		{"Undeliverable: [PATCH] ring: grow", NULL, NULL, true, true},
		{"Unzustellbar: [PATCH] ring: grow", NULL, NULL, true, true},
		{"Non remis : [PATCH] ring: grow", NULL, NULL, true, true},
		{"No se puede entregar: [PATCH] ring", NULL, NULL, true, true},
		{"Non recapitabile: [PATCH] ring", NULL, NULL, true, true},
		{"Onbestelbaar: [PATCH] ring", NULL, NULL, true, true},
		{"未送达: [PATCH] ring", NULL, NULL, true, true},
		{"配信不能: [PATCH] ring", NULL, NULL, true, true},
		{"Returned mail: see transcript for details", NULL, NULL, true,
	         true},
		{"failure notice", NULL, NULL, true, false},
		{"Hi", "MAILER-DAEMON@mx.example.net", NULL, true, true},
		{"Hi", "Mail Delivery System <x@example.net>", NULL, true,
	         true},
		{"Return Receipt (displayed) - ring", NULL, NULL, true, true},
		{"Lesebestätigung: ring", NULL, NULL, true, true},
		{"Auto-discard notification", NULL, NULL, true, true},
		{"Your message to dev", "dev-owner@lists.example.org",
	         "Your mail to 'dev' with the subject\n\n    ring\n\nIs being "
	         "held until the list moderator can review it for approval.\n",
	         true, true},
		{"Bug#1: Acknowledgement (ring: grow)",
	         "Bug Tracking System <owner@example.org>",
	         "Thank you for filing a new bug report.\n\nYou can follow "
	         "progress on this Bug here: 1.\n\nThis is an automatically "
	         "generated reply to let you know your message\nhas been "
	         "received.\n",
	         true, true},
		{"Recall: ring", NULL,
	         "Bo Lind would like to recall the message, \"ring\".\n", true,
	         true},
	};

	(void)state;
	CHECK(rows);
}

static void
absent_by_text(void **state)
{
	static const char *const texts[] = {
		"Hello,\n\nI am out of the office until March 9 with limited "
		"access to email.\nIn urgent cases contact Cleo Marsh.\n",
		"I'm on vacation until Monday.\nYour message will be read "
		"when I return.\n",
		"This is an automatic reply. I am away.\n",
		"Sehr geehrte Damen und Herren,\n\nich bin bis zum 9. März "
		"nicht im Büro. In dringenden Fällen wenden Sie sich an "
		"Cleo.\n",
		"Bonjour,\n\nje suis absent jusqu'au 9 mars. En mon absence, "
		"contacter Cleo.\n",
		"Hola,\nestoy de vacaciones hasta el 9 de marzo. Para algo "
		"urgente, Cleo.\n",
		"Buongiorno, sono assente fino al 9 marzo. Per urgenza "
		"contattare Cleo.\n",
		"Estou de férias até 9 de março. Sua mensagem será lida "
		"depois.\n",
		"Ik ben afwezig tot 9 maart. Uw bericht wordt later "
		"gelezen.\n",
		"Hej, jag är på semester till den 9 mars. Kontakta Cleo.\n",
		"Jeg er på ferie til den 9. marts. Kontakt Cleo.\n",
		"Olen lomalla 9.3. asti. Ottakaa yhteyttä Cleoon.\n",
		"Jestem na urlopie do 9 marca. W pilnych sprawach Cleo.\n",
		"Здравствуйте! Я в отпуске до 9 марта. По срочным вопросам "
		"обращайтесь к Клео.\n",
		"您好，我正在休假，紧急情况请联系 Cleo。\n",
		"您好，您的邮件已收到。\n",
		"ただいま休暇中です。戻り次第ご連絡いたします。\n",
		"현재 휴가 중입니다. 돌아와서 연락드리겠습니다.\n",
	};
	struct row row[sizeof texts / sizeof *texts] = {{0}};

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		row[i] = (struct row){"Re: [PATCH] ring: grow", NULL, texts[i],
		                      true, false};
	CHECK(row);
}

static void
people_who_are_away(void **state)
{
	static const struct row rows[] = {
		{"Re: [PATCH] ring: grow", NULL,
	         "I am out of the office until Monday, but patch 2 looks "
	         "wrong: it leaks. Please contact Cleo for the rest.\n",
	         false, false},
		{"Re: [PATCH] ring: grow", NULL,
	         "I'm on vacation this week, I'll take a look when I "
	         "return.\n",
	         false, false},
		{"Re: [PATCH] ring: grow", NULL,
	         "> Can you take it?\nI am away until Monday, contact Cleo.\n",
	         false, false},
		{"Out of office next week", NULL,
	         "I am on vacation; Cleo takes what is urgent, contact her.\n",
	         false, true},
		{"Re: Automatic reply: [PATCH] ring", NULL,
	         "Ada, Bo is away.\n", false, false},
		{"[PATCH] auto: fix the ring", NULL, NULL, false, true},
		{"Re: [PATCH] auto: fix the ring", NULL, NULL, false, false},
		{"auto/ring: fix", NULL, NULL, false, false},
		{"Autoconf: fix the ring", NULL, NULL, false, false},
		{"[PATCH] out of office: a calendar", NULL, NULL, false, false},
		{"Delivery failure on the ring list?", NULL,
	         "Do you see this as well? Mail to me fails.\n", false, true},
		{"Read: the ring", NULL, NULL, false, false},
	};

	(void)state;
	CHECK(rows);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(absent_by_subject),
		cmocka_unit_test(posted_by_machines),
		cmocka_unit_test(absent_by_text),
		cmocka_unit_test(people_who_are_away),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
