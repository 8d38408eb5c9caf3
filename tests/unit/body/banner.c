/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "body/body.h"
#include "util/alloc.h"
#include "util/buf.h"

#define WORDS "The branch from yesterday fixes it for me."

/* The own lines of a text, each with "|" behind it. */
static const char *
own_words(const void *ctx, const char *text, unsigned flags)
{
	struct nd_buf *own = nd_buf_new(ctx, 1 << 16);
	struct nd_body *body = x_new(own, struct nd_body);
	size_t bytes = 0;

	nd_body_add(body, text, strlen(text), flags);
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

static void
check_row(const char *row, const char *between)
{
	void *ctx = talloc_new(NULL);
	const char *text = x_asprintf(ctx, "%s%s" WORDS "\n", row, between);

	if (strcmp(own_words(ctx, text, 0), WORDS "|") != 0)
		fail_msg("%s: %s", row, own_words(ctx, text, 0));
	talloc_free(ctx);
}

/* Warnings as administrators write them. */
static const char *const warnings[] = {
	/* Exchange transport rules, and what companies made of them */
	"CAUTION: This email originated from outside of the organization. Do "
	"not click links or open attachments unless you recognize the sender "
	"and know the content is safe.",
	"WARNING: This email originated from outside of Qualcomm. Please be "
	"wary\nof any links or attachments, and do not enable macros.",
	"EXTERNAL EMAIL: Do not click links or open attachments unless you "
	"know the content is safe",
	"External email: Use caution opening links or attachments",
	"Caution: This is an external email. Please take care when clicking "
	"links or opening attachments. When in doubt, report the message using "
	"the 'Report this email' button",
	"Caution: This message originated from an External Source. Use proper "
	"caution when opening attachments, clicking links, or responding.",
	"[EXTERNAL EMAIL NOTICE: This email originated from an external "
	"sender. Please be mindful of safe email handling and proprietary "
	"information protection practices.]",
	"*This e-mail originated from outside the UMass Lowell network.*",
	"This message originated outside of your organization; please beware "
	"of links.",
	"[CAUTION: Non-example Email] This message is from an EXTERNAL SENDER "
	"- be vigilant, particularly with links and attachments.",
	"⚠ WARNING: This email originated from outside your organization.",
	"External email : Please do not click links or open attachments until "
	"you have verified the sender or the content.",
	/* Proofpoint */
	"This Message Is From an External Sender\n"
	"This message came from outside your organization.",
	"ZjQcmQRYFpfptBannerStart\nThis Message Is From an Untrusted Sender\n"
	"You have not previously corresponded with this sender.\n"
	"ZjQcmQRYFpfptBannerEnd",
	/* Exchange Online, first contact */
	"[You don't often get email from bo@example.net. Learn why this is "
	"important at https://aka.ms/LearnAboutSenderIdentification ]",
	"Some people who received this message don't often get email from "
	"bo@example.net. Learn why this is important",
	"Sie erhalten nicht häufig E-Mails von bo@example.net. Erfahren Sie, "
	"warum dies wichtig ist",
	"Vous n’obtenez pas souvent d’e-mail à partir de bo@example.net. "
	"Découvrez pourquoi cela est important",
	"No suele recibir correos electrónicos de bo@example.net. Por qué esto "
	"es importante",
	"Non si ricevono spesso messaggi di posta elettronica da "
	"bo@example.net. Informazioni sul perché è importante",
	"U ontvangt niet vaak e-mail van bo@example.net. Meer informatie over "
	"waarom dit belangrijk is",
	"Você não recebe emails com frequência de bo@example.net.",
	"Du får inte ofta e-post från bo@example.net.",
	"您通常不会收到来自 bo@example.net 的电子邮件。",
	/* German */
	"ACHTUNG: Diese E-Mail stammt von einem externen Absender. Bitte "
	"öffnen Sie keine Anhänge.",
	"Diese Nachricht kommt von extern. Bitte seien Sie vorsichtig.",
	"Diese E-Mail kommt von außerhalb der Organisation. Klicken Sie nicht "
	"auf Links.",
	"VORSICHT: externe E-Mail",
	/* French */
	"ATTENTION : Ce courriel provient de l'extérieur de l'organisation.",
	"Mise en garde : ce message provient d’un expéditeur externe, soyez "
	"prudent.",
	/* Spanish, Portuguese, Italian */
	"PRECAUCIÓN: Este correo electrónico se originó fuera de la "
	"organización. No haga clic en enlaces.",
	"ADVERTENCIA: correo externo",
	"ATENÇÃO: Este e-mail foi enviado de fora da organização. Não clique "
	"em links.",
	"ATTENZIONE: Questa e-mail proviene dall'esterno dell'organizzazione.",
	"ATTENZIONE: mittente esterno",
	/* Dutch, Swedish, Danish, Norwegian, Finnish */
	"LET OP: Deze e-mail is afkomstig van buiten de organisatie.",
	"VARNING: Detta e-postmeddelande kommer från en extern avsändare.",
	"Denne mail kommer fra en ekstern afsender.",
	"ADVARSEL: Denne e-posten kommer fra en ekstern avsender.",
	"HUOMIO: Tämä viesti on lähetetty organisaation ulkopuolelta.",
	/* Polish, Czech, Hungarian, Romanian, Turkish, Greek */
	"UWAGA: Ta wiadomość pochodzi spoza organizacji.",
	"UPOZORNĚNÍ: Tato zpráva pochází z externího zdroje.",
	"FIGYELEM: Ez a levél külső feladótól érkezett.",
	"ATENȚIE: Acest e-mail provine din afara organizației.",
	"DİKKAT: Bu e-posta kurum dışından gönderilmiştir.",
	"ΠΡΟΣΟΧΗ: Αυτό το μήνυμα προέρχεται εκτός του οργανισμού.",
	/* Russian, Ukrainian */
	"ВНИМАНИЕ: внешнее письмо. Не переходите по ссылкам.",
	"Внимание! Это сообщение от внешнего отправителя.",
	"УВАГА: цей лист надійшов ззовні.",
	/* Chinese, Japanese, Korean */
	"注意：此邮件来自外部，请谨慎点击链接。",
	"【警告】此郵件來自組織外部，請勿開啟附件。",
	"注意：このメールは外部から送信されました。",
	"주의: 이 메일은 외부에서 발송되었습니다.",
	/* Hebrew, Arabic */
	"זהירות: הודעה זו נשלחה מחוץ לארגון.",
	"تحذير: هذه رسالة من خارج المؤسسة.",
};

/* No more than a label; and what companies call their own mail. */
static const char *const labels[] = {
	"[EXTERNAL EMAIL]",
	"*** EXTERNAL ***",
	"[External]",
	"[EXT]",
	"EXTERNAL EMAIL",
	"External Email\n\n------------------------------------------",
	"<External Sender>",
	"[EXTERN]",
	"[EXTERNE]",
	"[EXTERNO]",
	"*** Externe E-Mail ***",
	"【社外】",
	"[外部邮件]",
	"[외부메일]",
	"[AMD Official Use Only - General]",
	"[AMD Public Use]",
	"[Public]",
	"[Internal]",
	"Internal Use - Confidential",
	"Juniper Business Use Only",
	"ST Restricted",
	"Classification: Public",
	"Classified as: Internal",
};

static const char *const comments[] = {
	/* Bugzilla */
	"https://bugs.example.org/show_bug.cgi?id=12345\n\n"
	"--- Comment #3 from Bo Lind <bo@example.net> ---",
	"https://bugs.example.org/show_bug.cgi?id=12345\n\n"
	"--- Comment #3 from Bo Lind <bo@example.net>  2026-03-03 15:00 UTC\n"
	"---",
	"http://bugs.example.org/show_bug.cgi?id=12\n\n\n\n\n"
	"------- Comment #3 from bo@example.net  2006-03-03 15:00 -------",
	"------- Additional Comments From bo@example.net  2005-03-03 -------",
	"Comment # 3 on bug 12345 from Bo Lind",
	"https://bugs.example.org/show_bug.cgi?id=12345\n\n"
	"Bo Lind <bo@example.net> changed:\n\n"
	"           What    |Removed                     |Added\n"
	"-------------------------------------------------------------------\n"
	"             Status|NEW                         |ASSIGNED\n"
	"                   |                            |x@example.org\n\n"
	"--- Comment #1 from Bo Lind <bo@example.net> ---",
	/* Jira */
	"    [ https://issues.example.org/browse/FOO-12?focusedId=1#1 ]\n\n"
	"Bo Lind commented on FOO-12:\n----------------------------",
	"Bo Lind created FOO-12:\n-------------------------",
	"Bo Lind edited comment on FOO-12 at 3/3/26 3:00 PM:\n"
	"---------------------------------------------------",
	"Bo Lind edited a comment on FOO-12:",
	"Bo Lind updated FOO_X-12:",
	/* Launchpad */
	"You have been subscribed to a public bug:",
	"Public bug reported:",
	"*** This bug is a duplicate of bug 12345 ***\n"
	"    https://bugs.launchpad.net/bugs/12345",
	"** Changed in: linux (Ubuntu)",
	"** Also affects: linux (Ubuntu)",
	"** Tags added: burst",
	"** Tags removed: burst",
	/* GitHub */
	"@bo commented on this pull request.",
	"@bo commented on this gist.",
	"bo left a comment (example/link#12)",
	/* GitLab */
	"Bo Lind commented:",
	"Bo Lind commented on a discussion on src/link.c:",
	"Bo Lind commented on a discussion: https://gitlab.example/x#note_1",
	"Bo Lind started a new discussion on src/link.c:",
	"Bo Lind started a new discussion: https://gitlab.example/x#note_1",
	/* Gerrit */
	"Bo Lind has posted comments on this change. ( "
	"https://gerrit.example.org/c/link/+/12 )\n\n"
	"Change subject: link: fix bursts\n"
	"......................................................................",
	"Attention is currently required from: Ada Berg.",
	/* Phabricator */
	"bo added a comment.",
	"bo added inline comments.",
	/* Redmine, Trac, Savannah */
	"Issue #12 has been updated by Bo Lind.",
	"Bug #12 has been reported by Bo Lind.",
	"#12: frames lost\n"
	"----------------------------+-----------------------\n"
	" Reporter:  ada             |       Owner:  bo\n"
	"     Type:  defect          |      Status:  new\n"
	"Component:  link            |     Version:  1.0\n"
	"----------------------------+-----------------------\n"
	"Changes (by bo):",
	"Comment (by bo):",
	"Follow-up Comment #3, bug #12 (project link):",
	"Update of bug #12 (project link):",
	/* help desks */
	"##- Please type your reply above this line -##",
	"--- Please reply above this line ---",
	"## In replies all text above this line is added to the ticket ##",
	"— Bitte antworten Sie oberhalb dieser Linie —",
	"Veuillez taper votre réponse au-dessus de cette ligne",
	"##- Por favor, escriba su respuesta encima de esta línea -##",
};

static void
test_rows(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof warnings / sizeof *warnings; i++)
		check_row(warnings[i], "\n\n");
	for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
		check_row(labels[i], "\n\n");
	for (size_t i = 0; i < sizeof comments / sizeof *comments; i++)
		check_row(comments[i], "\n\n");
}

/* In HTML nothing parts a warning from the text, and one follows the other. */
static void
test_places(void **state)
{
	void *ctx = talloc_new(NULL);

	(void)state;
	check_row(warnings[0], "\n");
	check_row("[AMD Public Use]\n\nCAUTION: External sender! Do not click.",
	          "\n\n");
	check_row("--------------------------\n*** EXTERNAL EMAIL ***\n"
	          "--------------------------",
	          "\n");
	check_row("Bo Lind commented on FOO-12:\n----------------------------",
	          "\n");
	assert_string_equal(
		own_words(ctx,
	                  "CAUTION: This email originated from outside of the\n"
	                  "organization. Do not click links unless you know\n"
	                  "the sender.\n\n> quoted\n\nNo.\n",
	                  0),
		"No.|");
	talloc_free(ctx);
}

/* What authors write at the top of their mails. */
static void
test_own(void **state)
{
	static const char *const texts[] = {
		("The message is sent to the external PHY, and the link loses "
	         "it.\n"),
		"Warning: the email address of the maintainer has changed.\n",
		"External memory is mapped here.\n",
		"I added a comment.\n",
		"We added inline comments.\n",
		"I created a work-around: it drops v2-3 of the table.\n",
		"#syz fix: link: do not lose frames\n",
		"#regzbot ^introduced: 0123456789ab\n",
		"Attention: with this the driver is outside of the tree.\n",
		"Please do not click the reset button twice, the sender hangs.\n",
		"Caution is needed outside of the lock.\n",
		"ext\n",
		"external\n",
		"Public\n",
		"----\nHello\n",
	};
	void *ctx = talloc_new(NULL);

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		const char *text = x_asprintf(ctx, "%s\n" WORDS "\n", texts[i]);
		struct nd_buf *want = nd_buf_new(ctx, 1000);

		nd_buf_adds(want, texts[i]);
		for (char *at = want->data; *at; at++)
			if (*at == '\n')
				*at = '|';
		nd_buf_adds(want, WORDS "|");
		assert_string_equal(own_words(ctx, text, 0), want->data);
	}
	/* Below the first words nothing is looked for. */
	assert_string_equal(own_words(ctx, WORDS "\n\n[EXTERNAL EMAIL]\n", 0),
	                    WORDS "|[EXTERNAL EMAIL]|");
	talloc_free(ctx);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_places),
		cmocka_unit_test(test_own),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
