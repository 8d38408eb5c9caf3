/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Quotes without marks: what stands below an attribution, a block of headers
 * or a heading, in the languages and forms of the mail clients. Each row of
 * model/clientwords.c is tried; the forms are in the tables here.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "body/body.h"
#include "mail/html.h"
#include "model/clientwords.h"
#include "util/alloc.h"
#include "util/buf.h"

/* What each sample says: the author, then somebody else. */
#define MINE "The branch from yesterday fixes it for me."
#define THEIRS "Our link loses frames since the update."

static enum nd_line_kind
kind_of(const struct nd_body *body, const char *words)
{
	for (size_t i = 0; i < body->line_count; i++) {
		size_t len;
		const char *text = nd_message_line(body, i, &len);

		if (nd_mem_find(text, len, words))
			return body->line[i].kind;
	}
	fail_msg("'%s' is in no line", words);
	return ND_LINE_BLANK;
}

static size_t
own_lines(const struct nd_body *body)
{
	size_t count = 0;

	for (size_t i = 0; i < body->line_count; i++)
		count += body->line[i].kind == ND_LINE_OWN;
	return count;
}

/* Above the words of somebody else, head leaves only MINE to the author. */
static void
check_head(const char *name, const char *head)
{
	struct nd_buf *text = nd_buf_new(NULL, 1u << 16);
	struct nd_body *body = x_new(text, struct nd_body);

	nd_buf_addf(text, MINE "\n\n%s\n\n" THEIRS "\n\nDid you see it?\n",
	            head);
	nd_body_add(body, text->data, text->len, 0);
	if (kind_of(body, MINE) != ND_LINE_OWN || own_lines(body) != 1)
		fail_msg("%s: not quoted below\n%s", name, head);
	talloc_free(text);
}

/* The same head above marked quotes: the answers below them are the author's. */
static void
check_answered(const char *name, const char *head)
{
	struct nd_buf *text = nd_buf_new(NULL, 1u << 16);
	struct nd_body *body = x_new(text, struct nd_body);

	nd_buf_addf(text,
	            "%s\n\n> " THEIRS "\n\n" MINE "\n\n> And then?\n\n"
	            "Nothing.\n",
	            head);
	nd_body_add(body, text->data, text->len, 0);
	if (kind_of(body, MINE) != ND_LINE_OWN ||
	    kind_of(body, THEIRS) != ND_LINE_QUOTE || own_lines(body) != 2)
		fail_msg("%s: not answered below\n%s", name, head);
	talloc_free(text);
}

static const char *
word(const char *const *column, size_t i)
{
	size_t count = 0;

	while (count < ND_CLIENTWORDS_MAX && column[count])
		count++;
	return count > 0 ? column[i % count] : NULL;
}

static void
add_header(struct nd_buf *out, const char *name, const char *value)
{
	if (name)
		nd_buf_addf(out, "%s: %s\n", name, value);
}

static void
test_headers_of_all_languages(void **state)
{
	const struct nd_clientwords *row;

	(void)state;
	for (size_t r = 0; (row = nd_clientwords_row(r)); r++) {
		for (size_t i = 0; i < ND_CLIENTWORDS_MAX; i++) {
			struct nd_buf *head = nd_buf_new(NULL, 1u << 12);

			add_header(head, word(row->from, i),
			           "Ada Berg <ada@example.org>");
			add_header(head, word(row->date, i), "2.3.2026 10:00");
			add_header(head, word(row->to, i), "dev@example.org");
			add_header(head, word(row->cc, i), "Bo Lind");
			add_header(head, word(row->subject, i), "frames lost");
			check_head(row->language, head->data);
			check_answered(row->language, head->data);
			talloc_free(head);
		}
	}
	assert_true(row == NULL);
}

static void
check_heading(const char *language, const char *words)
{
	static const char *const rules[][2] = {
		{"-----", "-----"},
		{"-------- ", " --------"},
		{"------------------ ", " ------------------"},
		{"*----- ", " -----*"},
		{"\xe2\x80\x90\xe2\x80\x90\xe2\x80\x90 ",
	         " \xe2\x80\x90\xe2\x80\x90\xe2\x80\x90"},
	};

	for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
		struct nd_buf *head = nd_buf_new(NULL, 1u << 12);

		nd_buf_addf(head, "%s%s%s", rules[i][0], words, rules[i][1]);
		check_head(language, head->data);
		check_answered(language, head->data);
		talloc_free(head);
	}
}

/* Who stands behind words that end in a blank. */
static const char *
named(const char *words)
{
	return words[strlen(words) - 1] == ' ' ? "Ada <ada@example.org>" : "";
}

/* Below these words the author goes on. */
static void
check_ending(const char *language, const char *words)
{
	struct nd_buf *text = nd_buf_new(NULL, 1u << 12);
	struct nd_body *body = x_new(text, struct nd_body);

	nd_buf_addf(text,
	            "-------- Forwarded message --------\nFrom: Ada\n\n" THEIRS
	            "\n\n-------- %s%s --------\n\n" MINE "\n",
	            words, named(words));
	nd_body_add(body, text->data, text->len, 0);
	if (kind_of(body, THEIRS) != ND_LINE_QUOTE || own_lines(body) != 1)
		fail_msg("%s: %s", language, words);
	talloc_free(text);
}

/* Words that are a heading only above headers. */
static void
check_bare_heading(const struct nd_clientwords *row, size_t i)
{
	struct nd_buf *head;

	if (!row->bare[i])
		return;
	head = nd_buf_new(NULL, 1u << 12);
	nd_buf_addf(head, "-------- %s%s --------\n%s: Ada\n%s: z",
	            row->bare[i], named(row->bare[i]), row->from[0],
	            row->subject[0]);
	check_head(row->language, head->data);
	talloc_free(head);
}

static void
test_headings_of_all_languages(void **state)
{
	const struct nd_clientwords *row;

	(void)state;
	for (size_t r = 0; (row = nd_clientwords_row(r)); r++) {
		for (size_t i = 0; i < ND_CLIENTWORDS_MAX; i++) {
			if (row->original[i])
				check_heading(row->language, row->original[i]);
			if (row->forwarded[i])
				check_heading(row->language, row->forwarded[i]);
			if (row->opening[i])
				check_head(row->language, row->opening[i]);
			if (row->ending[i])
				check_ending(row->language, row->ending[i]);
			check_bare_heading(row, i);
		}
	}
}

static void
check_wrote(const char *language, const char *on, const char *wrote)
{
	struct nd_buf *head = nd_buf_new(NULL, 1u << 12);

	nd_buf_addf(head,
	            "%s2.3.2026 10:00, Ada Berg <ada@example.org> %s:", on,
	            wrote);
	check_head(language, head->data);
	check_answered(language, head->data);
	talloc_free(head);
}

static void
test_attributions_of_all_languages(void **state)
{
	const struct nd_clientwords *row;

	(void)state;
	for (size_t r = 0; (row = nd_clientwords_row(r)); r++) {
		for (size_t i = 0; i < ND_CLIENTWORDS_MAX; i++) {
			const char *on = word(row->on, i);

			if (row->wrote[i])
				check_wrote(row->language, on ? on : "",
				            row->wrote[i]);
		}
	}
}

struct form {
	const char *client, *text;
};

/* Attributions as clients write them. */
static const struct form attributions[] = {
	{"Gmail, English", "On Mon, Mar 2, 2026 at 10:00\xe2\x80\xaf"
                           "AM Ada Berg <ada@example.org> wrote:"},
	{"Gmail, wrapped", "On Mon, Mar 2, 2026 at 10:00 AM Ada Berg via dev\n"
                           "<dev@lists.example.org>\nwrote:"},
	{"Gmail, German", "Am Mo., 2. März 2026 um 10:00 Uhr schrieb Ada Berg "
                          "<ada@example.org>:"},
	{"Gmail, French", "Le lun. 2 mars 2026 à 10:00, Ada Berg "
                          "<ada@example.org> a écrit :"},
	{"Gmail, Spanish", "El lun, 2 mar 2026 a las 10:00, Ada Berg "
                           "(<ada@example.org>) escribió:"},
	{"Gmail, Brazil", "Em seg., 2 de mar. de 2026 às 10:00, Ada Berg "
                          "<ada@example.org> escreveu:"},
	{"Gmail, Portugal", "Ada Berg <ada@example.org> escreveu (segunda, "
                            "2/03/2026 à(s) 10:00):"},
	{"Gmail, Italian", "Il giorno lun 2 mar 2026 alle ore 10:00 Ada Berg "
                           "<ada@example.org> ha scritto:"},
	{"Gmail, Dutch", "Op ma 2 mrt 2026 om 10:00 schreef Ada Berg "
                         "<ada@example.org>:"},
	{"Gmail, Swedish", "Den mån 2 mars 2026 kl 10:00 skrev Ada Berg "
                           "<ada@example.org>:"},
	{"Gmail, Norwegian", "man. 2. mars 2026 kl. 10:00 skrev Ada Berg "
                             "<ada@example.org>:"},
	{"Gmail, Finnish", "ma 2. maalisk. 2026 klo 10.00 Ada Berg "
                           "(ada@example.org) kirjoitti:"},
	{"Gmail, Polish", "pon., 2 mar 2026 o 10:00 Ada Berg "
                          "<ada@example.org> napisał(a):"},
	{"Gmail, Czech", "po 2. 3. 2026 v 10:00 odesílatel Ada Berg "
                         "<ada@example.org> napsal:"},
	{"Gmail, Slovak", "po 2. 3. 2026 o 10:00 Ada Berg "
                          "<ada@example.org> napísal(a):"},
	{"Gmail, Hungarian", "Ada Berg <ada@example.org> ezt írta (időpont: "
                             "2026. márc. 2., H, 10:00):"},
	{"Gmail, Romanian", "În lun., 2 mar. 2026 la 10:00, Ada Berg "
                            "<ada@example.org> a scris:"},
	{"Gmail, Russian, no verb", "пн, 2 мар. 2026 г. в 10:00, Ada Berg "
                                    "<ada@example.org>:"},
	{"Gmail, Ukrainian", "пн, 2 бер. 2026 р. о 10:00 Ada Berg "
                             "<ada@example.org> пише:"},
	{"Gmail, Bulgarian", "На пн, 2.03.2026 г. в 10:00 Ada Berg "
                             "<ada@example.org> написа:"},
	{"Gmail, Turkish", "Ada Berg <ada@example.org>, 2 Mar 2026 Pzt, 10:00 "
                           "tarihinde şunu yazdı:"},
	{"Gmail, Greek", "Στις Δευ 2 Μαρ 2026 στις 10:00 π.μ., ο/η Ada Berg "
                         "<ada@example.org> έγραψε:"},
	{"Gmail, Hebrew", "בתאריך יום ב׳, 2 במרץ 2026 ב-10:00 מאת Ada Berg "
                          "<ada@example.org>:"},
	{"Gmail, Arabic", "في الاثنين، 2 مارس 2026 في 10:00 ص تمت كتابة ما يلي "
                          "بواسطة Ada Berg <ada@example.org>:"},
	{"Gmail, Persian",
         "در تاریخ دوشنبه ۲ مارس ۲۰۲۶،‏ ۱۰:۰۰ Ada Berg "
         "<ada@example.org> نوشت:"},
	{"Gmail, Japanese", "2026年3月2日(月) 10:00 Ada Berg "
                            "<ada@example.org>:"},
	{"Gmail, Korean", "2026년 3월 2일 (월) 오전 10:00, Ada Berg "
                          "<ada@example.org>님이 작성:"},
	{"Gmail, Chinese", "Ada Berg <ada@example.org> 于2026年3月2日周一 "
                           "10:00写道："},
	{"Gmail, Taiwan, wrapped",
         "Ada Berg <ada@example.org> 於 2026年3月2日 週一\n"
         "上午10:00寫道："},
	{"Gmail, Vietnamese", "Vào Th 2, 2 thg 3, 2026 vào lúc 10:00 Ada Berg "
                              "<ada@example.org> đã viết:"},
	{"Gmail, Thai", "ในวันที่ จ. 2 มี.ค. 2026 เวลา 10:00 Ada Berg "
                        "<ada@example.org> เขียนว่า:"},
	{"Gmail, Indonesian", "Pada tanggal Sen, 2 Mar 2026 pukul 10.00 Ada "
                              "Berg <ada@example.org> menulis:"},
	{"Gmail, Croatian", "pon, 2. ožu 2026. u 10:00 Ada Berg "
                            "<ada@example.org> napisao je:"},
	{"Gmail, Slovenian",
         "V V pon., 2. mar. 2026 ob 10:00 je oseba Ada Berg <ada@example.org> napisala:"},
	{"Gmail, Lithuanian", "2026-03-02, pr, 10:00 Ada Berg "
                              "<ada@example.org> rašė:"},
	{"Gmail, Catalan", "Missatge de Ada Berg <ada@example.org> del dia "
                           "dl., 2 de març 2026 a les 10:00:"},
	{"Gmail of old", "2026-03-02 10:00 GMT+01:00 Ada Berg "
                         "<ada@example.org>:"},
	{"Apple Mail", "On 2 Mar 2026, at 10:00, Ada Berg <ada@example.org> "
                       "wrote:"},
	{"Apple Mail, German", "Am 02.03.2026 um 10:00 schrieb Ada Berg "
                               "<ada@example.org>:"},
	{"Apple Mail, Japanese", "2026/03/02 10:00、Ada Berg "
                                 "<ada@example.org>のメール:"},
	{"Apple Mail, Korean", "2026. 3. 2. 오전 10:00, Ada Berg "
                               "<ada@example.org> 작성:"},
	{"Apple Mail, Chinese", "在 2026年3月2日，上午10:00，Ada Berg "
                                "<ada@example.org> 写道："},
	{"Thunderbird", "On 3/2/26 10:00, Ada Berg wrote:"},
	{"Apple Mail, Polish",
         "Wiadomość napisana przez Ada Berg "
         "<ada@example.org> w dniu 02.03.2026, o godz. 10:00:"},
	{"Thunderbird, Czech", "Dne 02. 03. 26 v 10:00 Ada Berg napsal(a):"},
	{"Thunderbird, Taiwan", "Ada Berg 於 2026/3/2 上午 10:00 寫道:"},
	{"Thunderbird, Hungarian", "2026. 03. 02. 10:00 keltezéssel, Ada Berg "
                                   "írta:"},
	{"SeaMonkey", "Ada Berg wrote on 3/2/26 10:00:"},
	{"Outlook for Mac", "On 3/2/26, 10:00 AM, \"Ada Berg\" "
                            "<ada@example.org> wrote:"},
	{"Outlook, mailto", "On Mar 2, 2026, at 10:00 AM, Ada Berg "
                            "<ada@example.org<mailto:ada@example.org>> "
                            "wrote:"},
	{"Outlook, Polish", "Dnia 2 marca 2026 10:00 „Ada Berg” "
                            "<ada@example.org> napisał:"},
	{"Lotus Notes", "Ada Berg <ada@example.org> wrote on 03/02/2026 "
                        "10:00:00 AM:"},
	{"Yahoo", "    On Monday, March 2, 2026 at 10:00:00 AM UTC, Ada Berg "
                  "<ada@example.org> wrote:  "},
	{"Yahoo, Slovenian", "    Dne ponedeljek, 2. marec 2026 10:00:00 "
                             "GMT+1 je uporabnik Ada Berg "
                             "<ada@example.org> napisal:"},
	{"Yahoo, Russian", "    понедельник, 2 марта 2026 г., 10:00:00 GMT+3, "
                           "Ada Berg <ada@example.org> написал(-а):"},
	{"Yahoo, two lines", "On Monday, March 2, 2026, 10:00 AM,\nAda Berg "
                             "<ada@example.org> wrote:"},
	{"Proton Mail", "On Monday, March 2nd, 2026 at 10:00 AM, Ada Berg "
                        "<ada@example.org> wrote:"},
	{"Yandex", "02.03.2026, 10:00, \"Ada Berg\" <ada@example.org>:"},
	{"Mail.ru", "Понедельник, 2 марта 2026, 10:00 +03:00 от Ada Berg "
                    "<ada@example.org>:"},
	{"Tutanota", "2 Mar 2026, 10:00 by ada@example.org:"},
	{"Tutanota, German", "02.03.2026, 10:00 von ada@example.org:"},
	{"Roundcube", "On 2026-03-02 10:00, Ada Berg wrote:"},
	{"Roundcube, Turkish", "Tarih: 2026-03-02 10:00, Yazan: Ada Berg:"},
	{"Roundcube, Taiwan", "Ada Berg 於 2026-03-02 10:00 寫到:"},
	{"Roundcube, Norwegian", "Den 2026-03-02 10:00, skrev Ada Berg:"},
	{"Open-Xchange", "Ada Berg <ada@example.org> hat am 02.03.2026 10:00 "
                         "CET geschrieben:"},
	{"KMail", "Am Montag, 2. März 2026, 10:00:00 CET schrieb Ada Berg:"},
	{"KMail, Russian", "В письме от понедельник, 2 марта 2026 г. "
                           "10:00:00 MSK пользователь Ada Berg написал:"},
	{"Evolution, Polish", "W dniu pon, 02.03.2026 o godzinie 10∶00 +0100, "
                              "użytkownik Ada Berg napisał:"},
	{"Evolution, Hungarian",
         "2026. 03. 02, hétfő keltezéssel 10.00-kor Ada Berg ezt írta:"},
	{"Lotus Notes, Italian",
         "Ada Berg <ada@example.org> scritti il 02/03/2026 10:00:00:"},
	{"Evolution", "Am Montag, dem 02.03.2026 um 10:00 +0100 schrieb Ada "
                      "Berg:"},
	{"Claws", "On Mon, 2 Mar 2026 10:00:00 +0100\nAda Berg "
                  "<ada@example.org> wrote:"},
	{"mutt", "On Mon, Mar 02, 2026 at 10:00:00AM +0000, Ada Berg wrote:"},
	{"NetEase", "At 2026-03-02 10:00:00, \"Ada Berg\" <ada@example.org> "
                    "wrote:"},
	{"NetEase, Chinese", "在 2026-03-02 10:00:00，\"Ada Berg\" "
                             "<ada@example.org> 写道："},
	{"Android", "Ada Berg <ada@example.org> wrote:"},
	{"Android, German", "Ada Berg <ada@example.org> schrieb:"},
	{"an address in brackets", "Ada Berg [ada@example.org] wrote:"},
};

/* Headers, with a heading or without. */
static const struct form heads[] = {
	{"Outlook", "From: Ada Berg <ada@example.org>\n"
                    "Sent: Monday, March 2, 2026 10:00 AM\n"
                    "To: dev@lists.example.org\nSubject: frames lost"},
	{"Outlook, bold", "*From:* Ada Berg <ada@example.org>\n"
                          "*Sent:* Monday, March 2, 2026 10:00 AM\n"
                          "*To:* dev@lists.example.org\n"
                          "*Subject:* frames lost"},
	{"Outlook, bold with its blank", "*From: *Ada Berg\n*Sent: *Monday\n"
                                         "*To: *dev\n*Subject: *z"},
	{"Outlook, on the web", "________________________________\n"
                                "De : Ada Berg <ada@example.org>\n"
                                "Envoyé : lundi 2 mars 2026 10:00\n"
                                "À : dev@lists.example.org\n"
                                "Objet : frames lost"},
	{"Outlook, no-break spaces", "De\xc2\xa0: Ada Berg <ada@example.org>\n"
                                     "Envoyé\xc2\xa0: lundi 2 mars 2026 10:00\n"
                                     "À\xc2\xa0: dev@lists.example.org\n"
                                     "Objet\xc2\xa0: frames lost"},
	{"Outlook, no recipients", "Von: Ada Berg\nGesendet: Montag\n"
                                   "Betreff: frames lost"},
	{"Outlook for Mac", "From: Ada Berg <ada@example.org>\n"
                            "Date: Monday, 2 March 2026 at 10:00\n"
                            "To: dev@lists.example.org\n"
                            "Subject: frames lost"},
	{"Outlook, wrapped", "From: Ada Berg <ada@example.org>\n"
                             "Sent: Monday\nTo: dev@lists.example.org; Bo;\n"
                             "Cy\nCc: Di\nSubject: frames lost in\n the net"},
	{"GMX", "Gesendet: Montag, 02. März 2026 um 10:00 Uhr\n"
                "Von: \"Ada Berg\" <ada@example.org>\n"
                "An: dev@lists.example.org\nBetreff: frames lost"},
	{"mail.com", "Sent: Monday, March 02, 2026 at 10:00 AM\n"
                     "From: \"Ada Berg\" <ada@example.org>\n"
                     "To: dev@lists.example.org\nSubject: frames lost"},
	{"Hotmail", "Date: Mon, 2 Mar 2026 10:00:00 +0000\n"
                    "From: ada@example.org\nTo: dev@lists.example.org\n"
                    "Subject: frames lost"},
	{"Hotmail, subject first",
         "Subject: frames lost\nTo: dev@lists.example.org\n"
         "From: ada@example.org\nDate: Mon, 2 Mar 2026 10:00:00 +0000"},
	{"Lotus Notes", "From:        Ada Berg/Example\nTo:        dev\n"
                        "Date:        03/02/2026 10:00\n"
                        "Subject:        frames lost\n"
                        "Sent by:        Bo Lind"},
	{"Lotus Notes, forwarded",
         "----- Forwarded by Ada Berg/Example on 03/02/2026 10:00 AM -----"},
	{"Samsung", "-------- Original message --------\n"
                    "From: Ada Berg <ada@example.org> \n"
                    "Date: 02/03/2026  10:00  (GMT+00:00) \n"
                    "To: dev@lists.example.org \nSubject: frames lost "},
	{"Samsung, in one line",
         "-------- Original message --------From: Ada Berg "
         "<ada@example.org> Date: 02/03/2026  10:00  (GMT+00:00) To: "
         "dev@lists.example.org Subject: frames lost "},
	{"Samsung, one line, German",
         "-------- Ursprüngliche Nachricht --------Von: Ada Berg "
         "<ada@example.org> Datum: 02.03.26  10:00  (GMT+01:00) An: "
         "dev@lists.example.org Betreff: frames lost "},
	{"one line without a heading",
         "From: Ada Berg <ada@example.org> Sent: Monday, March 2, 2026 "
         "10:00 AM To: dev@lists.example.org Subject: frames lost"},
	{"one line, bold", "*De :* Ada Berg *Envoyé :* lundi 2 mars 2026 "
                           "10:00 *À :* dev *Objet :* frames lost"},
	{"BlackBerry", "  Original Message  \nFrom: Ada Berg\nSent: Monday, "
                       "March 2, 2026 10:00 AM\nTo: dev\n"
                       "Subject: frames lost"},
	{"HTC", "----- Reply message -----\nFrom: \"Ada Berg\" "
                "<ada@example.org>\nTo: <dev@lists.example.org>\n"
                "Subject: frames lost\nDate: Mon, Mar 2, 2026 10:00 AM"},
	{"a webmail, rule and header in one line",
         "\t-----------------------------------------From: \"Ada Berg\"\n"
         "\nTo: dev@lists.example.org\nCc:\nSent: Monday March 2 2026 "
         "10:00:00AM\nSubject: frames lost"},
	{"QQ", "------------------ 原始邮件 ------------------\n"
               "发件人: \"Ada Berg\" <ada@example.org>;\n"
               "发送时间: 2026年3月2日(星期一) 上午10:00\n"
               "收件人: \"dev\" <dev@lists.example.org>;\n"
               "主题: frames lost"},
	{"QQ, no-break",
         "------------------\xc2\xa0Original\xc2\xa0------------------\n"
         "From: \"Ada Berg\" <ada@example.org>;\nDate: Mon, Mar 2, 2026\n"
         "To: \"dev\";\nSubject: frames lost"},
	{"QQ, entities",
         "------------------&nbsp;原始邮件&nbsp;------------------"},
	{"NetEase, for mobiles",
         "---- Replied Message ----\n"
         "| From | Ada Berg<ada@example.org> |\n| Date | 03/02/2026 10:00 |\n"
         "| To | dev@lists.example.org |\n| Subject | frames lost |"},
	{"Horde", "----- Message from Ada Berg <ada@example.org> ---------\n"
                  "   Date: Mon, 02 Mar 2026 10:00:00 +0100\n"
                  "   From: Ada Berg <ada@example.org>\nSubject: frames lost\n"
                  "     To: dev@lists.example.org"},
	{"Horde, German",
         "----- Nachricht von Ada Berg <ada@example.org> ---------\n"
         "   Datum: Mon, 02 Mar 2026 10:00:00 +0100\n"
         "     Von: Ada Berg <ada@example.org>\n Betreff: frames lost\n"
         "      An: dev@lists.example.org"},
	{"Foxmail", "发件人： Ada Berg\n发送时间： 2026-03-02 10:00\n"
                    "收件人： dev\n主题： frames lost"},
	{"Alimail", "---------------------------------------------\n"
                    "发件人：Ada Berg <ada@example.org>\n"
                    "日　期：2026年03月02日 10:00:00\n"
                    "收件人：<dev@lists.example.org>\n主　题：frames lost"},
	{"Naver", "-----Original Message-----\nFrom: \"Ada Berg\"\n"
                  "To: dev\nSent: 2026-03-02 (월) 10:00:00\n"
                  "Subject: frames lost"},
	{"Yahoo of old", "--- On Mon, 3/2/26, Ada Berg <ada@example.org> "
                         "wrote:\n\nFrom: Ada Berg <ada@example.org>\n"
                         "Subject: frames lost\nTo: dev\n"
                         "Date: Monday, March 2, 2026, 10:00 AM"},
	{"Zimbra", "De: \"Ada Berg\" <ada@example.org>\nÀ: \"dev\"\n"
                   "Envoyé: Lundi 2 Mars 2026 10:00:00\n"
                   "Objet: frames lost"},
	{"Zoho", "---- On Mon, 02 Mar 2026 10:00:00 +0000 Ada Berg "
                 "<ada@example.org> wrote ----"},
	{"Zoho, Spanish", "---- El lun., 02 mar. 2026 10:00:00 +0000 Ada Berg "
                          "<ada@example.org> escribió ----"},
	{"Android", "---- Ada Berg wrote ----"},
	{"Proton Mail", "------- Original Message -------\n"
                        "On Monday, March 2nd, 2026 at 10:00 AM, Ada Berg "
                        "<ada@example.org> wrote:"},
	{"eM Client", "------ Originalnachricht ------\n"
                      "Von \"Ada Berg\" <ada@example.org>\nAn dev\n"
                      "Datum 02.03.2026 10:00:00\nBetreff frames lost"},
	{"Yandex", "----------------\nКому: dev (dev@lists.example.org);\n"
                   "Тема: frames lost;\n02.03.2026, 10:00, \"Ada Berg\" "
                   "<ada@example.org>:"},
	{"Mail.ru", "-------- Пересылаемое сообщение --------\n"
                    "От кого: Ada Berg <ada@example.org>\n"
                    "Кому: dev@lists.example.org\n"
                    "Дата: Понедельник, 2 марта 2026, 10:00 +03:00\n"
                    "Тема: frames lost"},
	{"Thunderbird", "-------- Forwarded Message --------\n"
                        "Subject: \tframes lost\nDate: \tMon, 2 Mar 2026\n"
                        "From: \tAda Berg <ada@example.org>\n"
                        "To: \tdev@lists.example.org"},
	{"Apple Mail", "Begin forwarded message:\n\nFrom: Ada Berg "
                       "<ada@example.org>\nSubject: frames lost\n"
                       "Date: 2 March 2026 at 10:00:00 CET\n"
                       "To: dev@lists.example.org"},
};

static void
check_forms(const struct form *forms, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		check_head(forms[i].client, forms[i].text);
		check_answered(forms[i].client, forms[i].text);
	}
}

static void
test_attributions_of_clients(void **state)
{
	(void)state;
	check_forms(attributions, sizeof attributions / sizeof *attributions);
}

static void
test_heads_of_clients(void **state)
{
	(void)state;
	check_forms(heads, sizeof heads / sizeof *heads);
	check_head("GroupWise",
	           ">>> Ada Berg <ada@example.org> 3/2/2026 10:00 AM >>>");
}

/* Where HTML has no mark of a quote, its words tell. */
static const struct form html_heads[] = {
	{"Gmail, forwarding",
         "<div class=gmail_quote><div class=gmail_attr>---------- Forwarded "
         "message ---------<br>From: <strong>Ada</strong><br>Date: Mon<br>"
         "Subject: z<br>To: dev<br></div></div>"},
	{"QQ",
         "<div>------------------&nbsp;原始邮件&nbsp;------------------</div>"
         "<div><div><b>发件人:</b>&nbsp;Ada;</div><div><b>发送时间:</b>&nbsp;"
         "2026年3月2日</div><div><b>主题:</b>&nbsp;z</div></div>"},
	{"Samsung",
         "<div><div>-------- Ursprüngliche Nachricht --------</div>"
         "<div>Von: Ada </div><div>Datum: 02.03.26 </div><div>An: dev </div>"
         "<div>Betreff: z </div></div>"},
	{"NetEase, for mobiles",
         "<div>---- Replied Message ----</div><table>"
         "<tr><td>From</td><td>Ada</td></tr><tr><td>Date</td><td>03/02/2026"
         "</td></tr><tr><td>Subject</td><td>z</td></tr></table>"},
	{"Roundcube",
         "<p>-------- Oorspronkelijk bericht --------</p><table>"
         "<tr><th>Onderwerp: </th><td>z</td></tr><tr><th>Datum: </th><td>"
         "02-03-2026</td></tr><tr><th>Afzender: </th><td>Ada</td></tr></table>"},
	{"Lotus Notes",
         "<br><font size=1 color=#5f5f5f>From: &nbsp; &nbsp;"
         "</font><font size=1>Ada</font><br><font size=1>To: &nbsp; &nbsp;"
         "</font>dev<br>Date: &nbsp; 02.03.2026<br>Subject: &nbsp; z<br><hr>"},
	{"Outlook, a paragraph",
         "<p class=MsoNormal><b>Od:</b> Ada<br>"
         "<b>Wysłano:</b> poniedziałek<br><b>Do:</b> dev<br><b>Temat:</b> z</p>"},
	{"a paragraph a header",
         "<p><b>Da:</b> Ada</p><p><b>Inviato:</b> "
         "lunedì</p><p><b>A:</b> dev</p><p><b>Oggetto:</b> z</p>"},
	{"a table of headers",
         "<hr><table><tr><td><b>Van:</b></td><td>Ada</td>"
         "</tr><tr><td>Verzonden:</td><td>maandag</td></tr><tr><td>Aan:</td>"
         "<td>dev</td></tr><tr><td>Onderwerp:</td><td>z</td></tr></table>"},
};

static void
test_html_of_clients(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof html_heads / sizeof *html_heads; i++) {
		struct nd_buf *html = nd_buf_new(NULL, 1u << 14), *text;
		struct nd_body *body = x_new(html, struct nd_body);

		nd_buf_addf(html,
		            "<div>" MINE "</div>%s<div>" THEIRS "</div>"
		            "<div><br></div><div>Did you see it?</div>",
		            html_heads[i].text);
		text = nd_html_to_text(html, html->data, html->len);
		nd_body_add(body, text->data, text->len, 0);
		if (kind_of(body, MINE) != ND_LINE_OWN || own_lines(body) != 1)
			fail_msg("%s: %s", html_heads[i].client, text->data);
		talloc_free(html);
	}
}

/* Below a name, without a blank line. */
static void
test_no_blank_line(void **state)
{
	static const struct form forms[] = {
		{"Outlook", "From: Ada Berg <ada@example.org>\nSent: Monday\n"
	                    "To: dev\nSubject: z"},
		{"Outlook, German",
	         "Von: Ada Berg <ada@example.org>\nGesendet: Montag\n"
	         "An: dev\nBetreff: z"},
		{"eM Client", "On 3/2/2026 10:00:28 AM, Ada Berg "
	                      "<ada@example.org> wrote:"},
		{"heading", "-----Original Message-----"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
		struct nd_buf *text = nd_buf_new(NULL, 1u << 12);
		struct nd_body *body = x_new(text, struct nd_body);

		nd_buf_addf(text, MINE "\nBo\n%s\n\n" THEIRS "\n",
		            forms[i].text);
		nd_body_add(body, text->data, text->len, 0);
		if (own_lines(body) != 2)
			fail_msg("%s", forms[i].client);
		talloc_free(text);
	}
}

/* What looks alike, and is the author's: no line of it is taken away. */
static void
test_not_quoted(void **state)
{
	static const struct {
		const char *name, *text;
		size_t own;
	} samples[] = {
		{"the quote is gone, below a greeting",
	         "Hi Ada,\n\nOn 27/08/26 1:42 am, Ada Berg wrote:\n\n"
	         "The code changes look okay.\n",
	         2},
		{"the quote is gone, at the top",
	         "On 27/08/26 1:42 am, Ada Berg wrote:\n\nYes.\n\n"
	         "On 27/08/26 1:50 am, Cy Dahl wrote:\n\nNo.\n",
	         2},
		{"answers to quotes further below",
	         "Thank you for your patch.\n\n"
	         "Am 27.02.26 um 01:13 schrieb Ada Berg:\n\n"
	         "For the summary I would use a statement.\n\n"
	         "> some words\n\nTypo.\n",
	         3},
		{"cut",
	         "Thanks.\n\nOn 2026-03-02 10:00, Ada wrote:\n"
	         "[...]\nApplied.\n",
	         3},
		{"cut, with dots",
	         "Thanks.\n\nOn 2026-03-02 10:00, Ada wrote:\n"
	         "...\nApplied.\n",
	         3},
		{"cited in between",
	         "I looked it up.\n\nOn Mon, 2 Mar 2026 at 10:00, Ada Berg "
	         "wrote:\n\n    It is slow.\n\nThat is still so.\n",
	         3},
		{"after marked quotes",
	         "> a\n\nYes.\n\nOn 2026-03-02 10:00, Ada wrote:\n\nNo.\n", 2},
		/* … are marked as those for git am are */
		{"headers that are shown",
	         "The headers that arrive are:\n\nFrom: a@example.org\n"
	         "To: b@example.org\n"
	         "Date: Mon, 2 Mar 2026 10:00:00 +0000\nSubject: test\n\n"
	         "Do you see why?\n",
	         2},
		{"headers of a mail's source",
	         "This came back.\n\nFrom: a@example.org\n"
	         "To: b@example.org\nDate: Mon, 2 Mar 2026 10:00:00 +0000\n"
	         "Message-ID: <1@example.org>\nSubject: test\n\n"
	         "Do you see why?\n",
	         2},
		{"indented headers",
	         "It says\n\n  From: a\n  Sent: b\n  To: c\n"
	         "  Subject: d\n\nand no more.\n",
	         6},
		{"a log",
	         "It prints\nFrom: 10.0.0.1 port 80\nTo: 10.0.0.2\nIt hangs.\n",
	         4},
		{"fields",
	         "The form has these:\nFrom: a station\nDate: any\n"
	         "To: a station\nSubject: none\nIs it enough?\n",
	         6},
		{"a heading of one's own",
	         "--- Original patch ---\nIt fails.\n", 2},
		{"one's own cover letter of old",
	         "I have changed much.\n\n--- Original email ---\n\nHello,\n"
	         "\nthis is the first part.\n",
	         4},
		{"one word between dashes",
	         "--- original ---\nFrom: here on it works\nand is fine\n", 3},
		{"a log with addresses",
	         "It prints\n2026-03-02 10:00:01 smtpd[12]: to=<a@example.org>:"
	         "\nno route\n",
	         3},
		{"a message from somebody, without headers",
	         "It printed\n--- Message from kernel ---\nDate: none\nand died.\n",
	         4},
		{"a session of SMTP",
	         "I typed\n\nDATA\nFrom: a@example.org\nTo: b@example.org\n"
	         "Subject: test\nDate: today\n\nbody\n.\n\nand got 550.\n",
	         9},
		{"a form",
	         "Name: Ada\nDate: 2026-03-02\nFrom: Berlin\nTo: Paris\n"
	         "Subject: travel\n\nWho pays?\n",
	         6},
		{"a meeting",
	         "It is ready.\n\nOn 2026-03-02 10:00 we meet Ada Berg "
	         "<ada@example.org>:\n\nPlease come.\n",
	         3},
		{"what somebody wrote",
	         "It is ready.\n\nAs Ada Berg <ada@example.org> wrote:\n\n"
	         "It did not work. Now it does.\n",
	         3},
		{"a sentence", "On 5.10 the test wrote these:\n1 2 3\n", 2},
		{"a time of a test",
	         "The run of 2026-03-02 10:00 said this:\nfail\n", 2},
	};

	(void)state;
	for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
		struct nd_body *body = x_new(NULL, struct nd_body);

		nd_body_add(body, samples[i].text, strlen(samples[i].text), 0);
		if (own_lines(body) != samples[i].own)
			fail_msg("%s: %zu own", samples[i].name,
			         own_lines(body));
		talloc_free(body);
	}
}

/* A patch that is posted for somebody else is a patch. */
static void
test_patches_stay(void **state)
{
	static const char text[] =
		"From: Ada Berg <ada@example.org>\n"
		"Date: Mon, 2 Mar 2026 10:00:00 +0000\n"
		"To: dev@lists.example.org\nSubject: [PATCH] fix the link\n\n"
		"It lost frames.\n\nSigned-off-by: Ada Berg <a@example.org>\n"
		"---\ndiff --git a/x.c b/x.c\n--- a/x.c\n+++ b/x.c\n"
		"@@ -1 +1 @@\n-one\n+two\n";
	struct nd_body *body = x_new(NULL, struct nd_body);

	(void)state;
	nd_body_add(body, text, sizeof text - 1, 0);
	assert_int_equal(kind_of(body, "It lost frames."), ND_LINE_OWN);
	assert_int_equal(kind_of(body, "+two"), ND_LINE_DIFF);
	assert_int_equal(body->insertions, 1);
	talloc_free(body);
}

/* Nor is a mail quoted that a patch brings for a test, or a log. */
static void
test_patch_with_mails(void **state)
{
	static const char text[] =
		"Test the parser.\n\n---\n"
		"diff --git a/x.eml b/x.eml\n--- a/x.eml\n+++ b/x.eml\n"
		"@@ -1,9 +1,10 @@\n From: Ada\n Sent: b\n To: c\n"
		" Subject: d\n \n-------Original Message-----\n"
		"+[    0.0 <  0.0>] Linux 6.6 (x@y) 2026 10:00:00 wrote:\n"
		"+On 2026-03-02 10:00, Ada <ada@example.org> wrote:\n"
		" one\n two\n three\n\nIt passes.\n";
	struct nd_body *body = x_new(NULL, struct nd_body);

	(void)state;
	nd_body_add(body, text, sizeof text - 1, 0);
	assert_int_equal(kind_of(body, "wrote:"), ND_LINE_DIFF);
	assert_int_equal(kind_of(body, "three"), ND_LINE_DIFF);
	assert_int_equal(kind_of(body, "It passes."), ND_LINE_OWN);
	talloc_free(body);
}

/* Old text asks no questions and gives no tags. */
static void
test_quoted_patch(void **state)
{
	static const char text[] =
		MINE "\n\n    On Monday, March 2, 2026 at 10:00:00 AM UTC, Ada "
		     "Berg <ada@example.org> wrote:  \n \n Fix the link.\n\n"
		     "Signed-off-by: Ada Berg <ada@example.org>\n"
		     "Reviewed-by: Cy Dahl <cy@example.org>\n---\n"
		     "diff --git a/x.c b/x.c\n--- a/x.c\n+++ b/x.c\n"
		     "@@ -1 +1 @@\n-one\n+two\n";
	struct nd_body *body = x_new(NULL, struct nd_body);

	(void)state;
	nd_body_add(body, text, sizeof text - 1, 0);
	assert_int_equal(own_lines(body), 1);
	assert_false(body->flags & ND_BODY_DIFF);
	talloc_free(body);
}

static void
repeat(const char *unit, size_t count)
{
	struct nd_buf *text = nd_buf_new(NULL, 8u << 20);
	struct nd_body *body = x_new(text, struct nd_body);

	nd_buf_adds(text, MINE "\n\n");
	for (size_t i = 0; i < count; i++)
		nd_buf_adds(text, unit);
	nd_body_add(body, text->data, text->len, 0);
	assert_true(body->line_count > 0);
	talloc_free(text);
}

/* Linear: none of these takes long. */
static void
test_hostile(void **state)
{
	(void)state;
	repeat("On 2026-03-02 10:00, Ada wrote:\n\n[...]\n", 30000);
	repeat("From: a Sent: b To: c ", 50000);
	repeat("From: a\n", 50000);
	repeat("From:\n", 50000);
	repeat("From: a\nSent: b\n\n", 30000);
	repeat("To: a\nSubject: b\n\n", 30000);
	repeat("-----\n", 50000);
	repeat("----- x ", 100000);
	repeat("-----Original Message-----From: a: b: c: d\n", 30000);
	repeat("__________\n\n\n", 30000);
	repeat("----- Message from x -----\n   Date: a\n", 30000);
	repeat("-----&nbsp;&nbsp;&nbsp;", 20000);
	repeat("1. 2. 3. ", 50000);
	repeat("Mon, 2 Mar 2026 10:00 <\n", 50000);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_headers_of_all_languages),
		cmocka_unit_test(test_headings_of_all_languages),
		cmocka_unit_test(test_attributions_of_all_languages),
		cmocka_unit_test(test_attributions_of_clients),
		cmocka_unit_test(test_heads_of_clients),
		cmocka_unit_test(test_html_of_clients),
		cmocka_unit_test(test_no_blank_line),
		cmocka_unit_test(test_not_quoted),
		cmocka_unit_test(test_patches_stay),
		cmocka_unit_test(test_patch_with_mails),
		cmocka_unit_test(test_quoted_patch),
		cmocka_unit_test(test_hostile),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
