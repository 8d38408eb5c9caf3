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

static const char *
own_words(const void *ctx, const char *text, unsigned flags)
{
	struct nd_buf *own = nd_buf_new(ctx, 1 << 16);
	struct nd_body *body = x_new(own, struct nd_body);

	nd_body_add(body, text, strlen(text), flags);
	for (size_t i = 0; i < body->line_count; i++)
		if (body->line[i].kind == ND_LINE_OWN)
			nd_buf_addf(own, "%.*s|", (int)body->line[i].len,
			            body->text + body->line[i].start);
	return own->data;
}

/* Each row is a notice below the author's words. */
static void
check_rows(const char *const *rows, size_t count, const char *above)
{
	for (size_t i = 0; i < count; i++) {
		void *ctx = talloc_new(NULL);
		const char *text =
			x_asprintf(ctx, WORDS "\n%s%s\n", above, rows[i]);

		if (strcmp(own_words(ctx, text, 0), WORDS "|") != 0)
			fail_msg("%s: %s", rows[i], own_words(ctx, text, 0));
		talloc_free(ctx);
	}
}

#define CHECK_ROWS(rows, above) \
	check_rows(rows, sizeof(rows) / sizeof *(rows), above)

static const char *const services[] = {
	/* GitHub, GitLab, Zulip */
	"-- \nReply to this email directly or view it on GitHub:\n"
	"https://github.com/example/link/pull/12#issuecomment-1\n"
	"You are receiving this because you are subscribed to this thread.\n\n"
	"Message ID: <example/link/pull/12/c1@github.com>",
	"--\nReply to this email directly or view it on GitHub:\n"
	"https://github.com/example/link/pull/12#issuecomment-1\n"
	"You are receiving this because you authored the thread.\n\n"
	"Message ID: <example/link/pull/12/c1@github.com>",
	"—\nReply to this email directly, view it on GitHub\n"
	"<https://github.com/example/link/issues/12>, or unsubscribe\n"
	"<https://github.com/notifications/unsubscribe-auth/A>.\n"
	"You are receiving this because you were mentioned.Message ID:\n"
	"<example/link/issues/12/1@github.com>",
	"— Reply to this email directly, view it on GitHub, or unsubscribe.",
	"You are receiving this because you commented.",
	"Triage notifications on the go with GitHub Mobile for iOS or Android.",
	"—\nView it on GitLab: https://gitlab.example.org/link/-/issues/12\n"
	"You're receiving this email because of your account on gitlab.com.",
	"View it on GitHub: https://github.com/example/link/issues/12",
	"You're receiving this email because you have been mentioned.",
	"Message ID: <example/link/issues/12/1@github.com>",
	"---\nReply to this email directly, or view it in Example Zulip.",
	/* Google Groups */
	"-- \nYou received this message because you are subscribed to the "
	"Google Groups \"link\" group.\nTo unsubscribe from this group and "
	"stop receiving emails from it, send an email to x@example.org.",
	"You received this message because you are subscribed to the Google "
	"Groups \"link\" group.\n\nFor more options, visit "
	"https://groups.google.com/d/optout.",
	"Sie erhalten diese Nachricht, weil Sie in Google Groups die Gruppe "
	"\"link\" abonniert haben.",
	"Sie haben diese Nachricht erhalten, weil Sie der Google Groups-Gruppe "
	"beigetreten sind.",
	"Vous recevez ce message, car vous êtes abonné au groupe Google Groupes "
	"\"link\".",
	"Vous avez reçu ce message, car vous êtes abonné à Google Groupes.",
	"Has recibido este mensaje porque estás suscrito al grupo \"link\".",
	"Recibiste este mensaje porque te suscribiste al grupo \"link\".",
	"Você recebeu essa mensagem porque está inscrito no grupo \"link\".",
	"Você está recebendo esta mensagem porque se inscreveu no grupo.",
	"Recebeu esta mensagem porque subscreveu ao grupo \"link\".",
	"Hai ricevuto questo messaggio perché sei iscritto al gruppo \"link\".",
	"U ontvangt dit bericht omdat u zich hebt geabonneerd op de groep van "
	"Google Groepen.",
	"Je hebt dit bericht ontvangen omdat je je hebt geabonneerd.",
	"Otrzymujesz tę wiadomość, ponieważ subskrybujesz grupę \"link\".",
	"Вы получили это сообщение, поскольку подписаны на группу \"link\".",
	"Вы получили это сообщение, так как подписаны на группу.",
	"您收到此邮件是因为您订阅了Google网上论坛上的“link”群组。",
	"您会收到此邮件，是因为您订阅了“link”群组。",
	"您收到這封郵件，是因為您已訂閱「link」群組。",
	"このメールは Google グループのグループ「link」に登録しているユーザーに送"
	"られています。",
	"このメールは、Google グループのグループに登録している方に届きます。",
	"Google 그룹스 'link' 그룹에 가입했으므로 본 메일이 전송되었습니다.",
	"To unsubscribe from this group and stop receiving emails from it, send "
	"an email to x@example.org.",
	"To view this discussion visit https://groups.google.com/d/msgid/x/1.",
	"To view this discussion on the web visit https://x.example.org/1.",
	"For more options, visit https://groups.google.com/d/optout.",
	/* groups.io, Yahoo */
	"-=-=-=-=-=-=-=-=-=-=-=-\nGroups.io Links: You receive all messages "
	"sent to this group.\nView/Reply Online (#12): "
	"https://example.groups.io/g/link/message/12\nMute This Topic: "
	"https://groups.io/mt/1/1\nGroup Owner: link+owner@example.groups.io\n"
	"Unsubscribe: https://example.groups.io/g/link/unsub [x@example.org]\n"
	"-=-=-=-=-=-=-=-=-=-=-=-",
	"View/Reply Online (#12): https://example.groups.io/g/link/message/12",
	"You automatically follow any topics you start or reply to.\n"
	"View/Reply Online (#12): https://example.groups.io/g/link/message/12",
	"------------------------------------\nYahoo Groups Links\n\n"
	"<*> To visit your group on the web, go to:\n"
	"    http://groups.yahoo.com/group/link/",
	"Yahoo! Groups Links\n\n<*> To unsubscribe from this group",
	"Reply via web post • Reply to sender • Reply to group",
	"__________________________________________________\nDo You Yahoo!?\n"
	"Tired of spam?  Yahoo! Mail has the best spam protection around",
	/* Bugzilla, Launchpad, Debbugs */
	"-- \nYou may reply to this email to add a comment.\n\n"
	"You are receiving this mail because:\nYou are the assignee.",
	"You may reply to this email to add a comment.",
	"You are receiving this mail because:\nYou are the assignee.",
	"Configure bugmail: http://bugs.example.org/userprefs.cgi?tab=email\n"
	"------- You are receiving this mail because: -------\n"
	"You are watching all bug changes.",
	"------- You are receiving this mail because: -------\n"
	"You are on the CC list for the bug.",
	"-- \nYou received this bug notification because you are subscribed to "
	"linux.\nhttps://bugs.launchpad.net/bugs/12\n\nTitle:\n  frames lost\n\n"
	"Status in linux package in Ubuntu:\n  New\n\nBug description:\n"
	"  Our link loses frames.\n\n  1\n  2\n  3\n  4\n  5\n  6\n  7\n  8\n"
	"  9\n  10\n  11\n  12\n  13\n  14\n  15\n  16\n  17\n  18\n  19\n  20\n"
	"  21\n  22\n  23\n  24\n  25\n  26\n  27\n  28\n  29\n  30\n  31\n"
	"  32\n  33\n  34\n  35\n  36\n  37\n  38\n  39\n  40\n\n"
	"To manage notifications about this bug go to:\n"
	"https://bugs.launchpad.net/linux/+bug/12/+subscriptions",
	"To manage notifications about this bug go to:\nhttps://x.example.org",
	"Mailing list: https://launchpad.net/~link\n"
	"Post to     : link@lists.launchpad.net",
	"Debian Bug Tracking System\n"
	"Contact owner@bugs.debian.org with problems",
	"GNU Bug Tracking System\nContact help-debbugs@gnu.org with problems",
	"Contact owner@bugs.debian.org with problems",
	/* Jira, Gerrit, Phabricator */
	"--\nThis message was sent by Atlassian Jira\n(v8.20.10#820010)",
	"This message is automatically generated by JIRA.\n-\n"
	"If you think it was sent incorrectly contact one of the "
	"administrators: https://x.example.org\n-\nFor more information on "
	"JIRA, see: http://www.atlassian.com/software/jira",
	"If you think it was sent incorrectly contact one of the "
	"administrators: https://x.example.org",
	"For more information on JIRA, see: http://www.atlassian.com/",
	"-- \nTo view, visit https://gerrit.example.org/c/link/+/12\n"
	"To unsubscribe, or for help writing mail filters, visit "
	"https://gerrit.example.org/settings\n\nGerrit-Project: link\n"
	"Gerrit-MessageType: comment",
	"To view, visit https://gerrit.example.org/c/link/+/12",
	"To unsubscribe, or for help writing mail filters, visit "
	"https://gerrit.example.org/settings",
	"Gerrit-Project: link\nGerrit-Branch: main",
	"Gerrit-MessageType: comment\nGerrit-Project: link",
	"CHANGES SINCE LAST ACTION\n  https://reviews.example.org/D12/new/\n\n"
	"https://reviews.example.org/D12",
	"REVISION DETAIL\n  https://reviews.example.org/D12\n\n"
	"EMAIL PREFERENCES\n  https://reviews.example.org/settings/",
	"TASK DETAIL\n  https://phabricator.example.org/T12",
	"EMAIL PREFERENCES\n  https://phabricator.example.org/settings/",
	/* Redmine, Trac, SourceForge, Savannah */
	"-- \nYou have received this notification because you have either "
	"subscribed to it, or are involved in it.\nTo change your notification "
	"preferences, please click here: http://x.example.org/my/account",
	"You have received this notification because you have either "
	"subscribed to it, or are involved in it.",
	"--\nTicket URL: <https://trac.example.org/ticket/12#comment:3>\n"
	"Link <https://example.org>",
	"---\n\nSent from sourceforge.net because link@lists.sourceforge.net is "
	"subscribed to https://sourceforge.net/p/link/bugs/",
	"To unsubscribe from further messages, please visit "
	"https://sourceforge.net/auth/subscriptions/",
	"    _______________________________________________________\n\n"
	"Reply to this item at:\n\n  <https://savannah.gnu.org/bugs/?12>\n\n"
	"_______________________________________________\n"
	"Message sent via Savannah\nhttps://savannah.gnu.org/",
	"Nachricht gesendet via Savannah",
	/* Discourse, Nabble */
	"---\nVisit Topic or reply to this email to respond.\n\n"
	"You are receiving this because you enabled mailing list mode.\n\n"
	"To unsubscribe from these emails, click here.",
	"[Visit Topic](https://forum.example.org/t/12/3) or reply to this email "
	"to respond.",
	"To unsubscribe from these emails, click here.",
	"You are receiving this mail because you are subscribed.",
	"________________________________\nIf you reply to this email, your "
	"message will be added to the discussion below:\n"
	"http://link.nabble.com/frames-tp1p2.html\n"
	"To unsubscribe from link, click here.\nNAML",
	"View this message in context: http://link.nabble.com/x-tp1p2.html",
	"Sent from the link mailing list archive at Nabble.com.",
	/* lists */
	"To unsubscribe from this list: send the line \"unsubscribe link\" in\n"
	"the body of a message to majordomo@example.org",
	"########################################################\n\n"
	"To unsubscribe from the LINK list, click the following link:\n"
	"https://listserv.example.org/scripts/wa.exe?SUBED1=LINK&A=1",
	"To unsubscribe from the link mailing list, write to x@example.org.",
	"To unsubscribe from LINK, write to LISTSERV@example.org.",
	"To unsubscribe, e-mail: dev-unsubscribe@link.example.org\n"
	"For additional commands, e-mail: dev-help@link.example.org",
	"For additional commands, e-mail: dev-help@link.example.org",
	"To unsubscribe, send mail to link-request@example.org",
	"To unsubscribe send an email to link-leave@lists.example.org",
	"To UNSUBSCRIBE, email to link-REQUEST@lists.example.org\n"
	"with a subject of \"unsubscribe\".",
	"Unsubscribe: https://lists.example.org/link/unsubscribe",
	"Unsubscribe: mailto:link-unsubscribe@example.org",
	"To change your subscription or unsubscribe, go to "
	"https://lists.example.org",
	"------------------------------------------\nlink: frames lost\n"
	"Permalink: https://link.topicbox.com/groups/dev/T1-M1\n"
	"Delivery options: https://link.topicbox.com/groups/dev/subscription",
	"Permalink: https://link.topicbox.com/groups/dev/T1-M1",
	"Delivery options: https://link.topicbox.com/groups/dev/subscription",
};

static const char *const scanners[] = {
	"This email has been checked for viruses by Avast antivirus software.\n"
	"https://www.avast.com/antivirus",
	"This e-mail has been checked for viruses by AVG.",
	"This email has been scanned by the Symantec Email Security.cloud "
	"service.",
	"This e-mail has been scanned by MessageLabs.",
	"This message has been scanned for viruses and\ndangerous content by "
	"MailScanner, and is\nbelieved to be clean.",
	"This email is free from viruses and malware because avast! Antivirus "
	"protection is active.",
	"Virus-free.www.avast.com",
	"No virus found in this message.\nChecked by AVG - www.avg.com\n"
	"Version: 2016.0.7998 / Virus Database: 4769/13780 - Release Date: "
	"02/03/26",
	"No virus found in this incoming message.",
	"Checked by AVG - www.avg.com",
	"__________ Information from ESET NOD32 Antivirus, version of virus "
	"signature database 12 (20260302) __________",
	"The message was checked by ESET NOD32 Antivirus.\nhttp://www.eset.com",
	"Scanned by ClamAV, no virus found",
	"Diese E-Mail wurde von Avast Antivirus-Software auf Viren geprüft.",
	"Diese E-Mail wurde vom Server auf Viren überprüft.",
	"Virenfrei.www.avast.com",
	"L'absence de virus dans ce courrier électronique a été vérifiée par le "
	"logiciel antivirus Avast.",
	"Sans virus.www.avast.com",
	"Garanti sans virus. www.avast.com",
	"Ce message a été vérifié par MailScanner",
	"El software de antivirus Avast ha analizado este correo electrónico en "
	"busca de virus.",
	"Este correo electrónico ha sido comprobado en busca de virus.",
	"Libre de virus.www.avast.com",
	"Este email foi escaneado pelo Avast antivírus.",
	"Este e-mail foi verificado em termos de vírus pelo software Avast.",
	"Livre de vírus. www.avast.com",
	"Não contém vírus.www.avg.com",
	"Questa e-mail è stata controllata per individuare virus con Avast "
	"antivirus.",
	"Privo di virus.www.avast.com",
	"Mail priva di virus. www.avast.com",
	"Deze e-mail is gecontroleerd op virussen door Avast.",
	"Virusvrij.www.avast.com",
	"Virusfri. www.avast.com",
	"Detta e-postmeddelande har sökts igenom efter virus med Avast.",
	"Denne e-mail er blevet kontrolleret for virusser af Avast.",
	"Tento e-mail byl zkontrolován na viry programem Avast antivirus.",
	"Bez virů.www.avast.com",
	"Ta wiadomość została sprawdzona na obecność wirusów przez Avast.",
	"Ta wiadomość e-mail została sprawdzona przez program Avast.",
	"Wolny od wirusów.www.avast.com",
	"Это сообщение проверено на вирусы антивирусом Avast.",
	"Это письмо проверено на вирусы Avast.",
	"Без вирусов.www.avast.com",
	"Bu e-posta Avast antivirüs yazılımı tarafından kontrol edilmiştir.",
	"無病毒。www.avast.com",
	"无病毒。www.avast.com",
	"不含病毒。www.avast.com",
	"ウイルス フリー。 www.avast.com",
	"この E メールはアバスト アンチウイルスによりウイルススキャンされています。",
};

static const char *const devices[] = {
	"Sent from my iPhone",
	"Sent from my Android device with K-9 Mail. Please excuse my brevity.",
	"Sent from Mail for Windows",
	"Sent from Yahoo Mail on Android",
	"Sent from Outlook for iOS",
	"Sent from Gmail Mobile",
	"Sent from ProtonMail mobile",
	"Sent from Samsung tablet",
	"Sent from Mailbird",
	"Sent from BlueMail for Android",
	"Sent from iPhone",
	"Sent from iPad",
	"Sent from Nine",
	"Sent from Workspace ONE Boxer",
	"Sent via BlackBerry",
	"Sent with Proton Mail secure email.",
	"Sent using Zoho Mail",
	"Get Outlook for Android<https://aka.ms/AAb9ysg>",
	"Get BlueMail for Android",
	"Get TypeApp for Android",
	"Secured with Tuta Mail",
	"Please excuse my brevity.",
	"Please excuse brevity and typos.",
	"Von meinem iPhone gesendet",
	"Gesendet von Mail für Windows",
	"Gesendet mit der Telekom Mail App",
	"Gesendet aus der iCloud",
	"Diese Nachricht wurde von meinem Android-Gerät mit K-9 Mail gesendet.",
	"Holen Sie sich Outlook für Android",
	"Envoyé de mon iPhone",
	"Envoyé depuis l'application Mail Orange",
	"Envoyé à partir d'Outlook pour Android",
	"Envoyé avec Proton Mail",
	"Télécharger Outlook pour iOS",
	"Obtenez Outlook pour Android",
	"Enviado desde mi iPhone",
	"Enviado con Proton Mail",
	"Enviado do meu iPhone",
	"Enviado a partir do meu smartphone Samsung",
	"Enviado de Yahoo Mail",
	"Obtener Outlook para Android",
	"Obter o Outlook para iOS",
	"Inviato da iPhone",
	"Inviato dal mio dispositivo Android",
	"Inviato con Proton Mail",
	"Scarica Outlook per Android",
	"Trimis de pe iPhone-ul meu",
	"Verzonden vanaf mijn iPhone",
	"Verzonden met Proton Mail",
	"Verstuurd vanaf mijn iPhone",
	"Outlook voor Android downloaden",
	"Skickat från min iPhone",
	"Sendt fra min iPhone",
	"Sendt med Proton Mail",
	"Hämta Outlook för Android",
	"Få Outlook til Android",
	"Hent Outlook til iOS",
	"Lähetetty iPhonesta",
	"Wysłane z iPhone'a",
	"Wysłano z urządzenia Samsung",
	"Pobierz aplikację Outlook dla systemu Android",
	"Odesláno z iPhonu",
	"Odoslané z iPhonu",
	"Poslano s iPhonea",
	"Poslano sa iPhonea",
	"Elküldve az iPhone készülékemről",
	"Küldve az iPhone-omról",
	"Отправлено с iPhone",
	"Отправлено из мобильной Почты Mail.ru",
	"Надіслано з iPhone",
	"Відправлено з мого iPhone",
	"Изпратено от моя iPhone",
	"Στάλθηκε από το iPhone μου",
	"Εστάλη από το iPhone μου",
	"iPhone'umdan gönderildi",
	"Samsung cihazımdan gönderildi",
	"iPhone'umden gönderildi",
	"נשלח מה-iPhone שלי",
	"أرسلت من الـ iPhone",
	"أُرسلت من الـ iPhone",
	"مرسل من الـ iPhone",
	"ارسال شده از iPhone من",
	"Dikirim dari iPhone saya",
	"Đã gửi từ iPhone của tôi",
	"Được gửi từ iPhone của tôi",
	"ส่งจาก iPhone ของฉัน",
	"发自我的iPhone",
	"从我的iPhone发送",
	"來自我的 iPhone",
	"从 Windows 版邮件 发送",
	"傳送自我的 iPhone",
	"從我的 iPhone 傳送",
	"获取 Outlook for iOS",
	"iPhoneから送信",
	"Androidより送信",
	"나의 iPhone에서 보냄",
	"Galaxy에서 전송",
};

/* What lawyers have below all mail of a company. */
static const char *const small_print[] = {
	"This email and any attachments are confidential and intended for the "
	"recipient only. Please delete it when you are not.",
	"Diese E-Mail ist vertraulich. Wenn Sie nicht der richtige Empfänger "
	"sind, vernichten Sie sie.",
	"Ce message et ses pièces jointes sont confidentiels. Si vous n'êtes "
	"pas le destinataire, veuillez le détruire.",
	"Este mensaje es confidencial y va dirigido a su destinatario. Si lo "
	"recibió por error, elimínelo.",
	"Esta mensagem é confidencial. Se não for o destinatário e a recebeu "
	"por engano, apague-a.",
	"Questo messaggio è riservato al destinatario. Se ricevuto per errore, "
	"va distrutto.",
	"Dit bericht is vertrouwelijk en alleen voor de geadresseerde bestemd.",
	"Detta meddelande är konfidentiellt. Om du fått det av misstag och inte "
	"är rätt mottagare, ta bort det.",
	"Denne e-mail er fortrolig. Er du ikke den rette modtager, slet den.",
	"Tämä viesti on luottamuksellinen ja tarkoitettu vain "
	"vastaanottajalle.",
	"Ta wiadomosc wraz z zalacznikami jest przeznaczona dla okreslonego "
	"adresata i moze zawierac informacje poufne.",
	"Tato zpráva je důvěrná. Pokud nejste adresát, smažte ji.",
	"Bu e-posta gizli bilgiler içerebilir. Alıcı siz değilseniz ve "
	"yanlışlıkla aldıysanız siliniz.",
	"Это сообщение содержит конфиденциальную информацию. Если вы не "
	"являетесь его получателем, удалите его.",
	"本邮件为保密内容，如您不是收件人，请立即删除。",
	"本郵件含機密資料，若您並非收件者，請刪除。",
	"本メールには機密情報が含まれます。受信者でない場合は削除してください。",
	"본 메일은 기밀 정보를 포함합니다. 수신인이 아니면 삭제하십시오.",
};

static void
test_rows(void **state)
{
	(void)state;
	CHECK_ROWS(services, "\n");
	CHECK_ROWS(scanners, "\n");
	CHECK_ROWS(devices, "\n");
	CHECK_ROWS(small_print, "\n");
}

/* In HTML nothing parts them from the text; an answer may be below. */
static void
test_places(void **state)
{
	void *ctx = talloc_new(NULL);

	(void)state;
	CHECK_ROWS(devices, "");
	assert_string_equal(own_words(ctx,
	                              WORDS "\n\nSent from my iPhone\n\n"
	                                    "> Does it work?\n\n" WORDS "\n",
	                              0),
	                    WORDS "|" WORDS "|");
	assert_string_equal(
		own_words(ctx,
	                  WORDS "\n\n—\nReply to this email directly, view it "
	                        "on GitHub.\n\n> Does it work?\n\nYes.\n",
	                  0),
		WORDS "|Yes.|");
	assert_string_equal(
		own_words(ctx, WORDS "\n\nSent from my iPhone\nBo\n", 0),
		WORDS "|Bo|");
	talloc_free(ctx);
}

/* Lines that begin like that, in the middle of what somebody says. */
static void
test_own(void **state)
{
	static const char *const texts[] = {
		"The frames are lost when they are\n"
		"Sent with the flag that says that there are more of them.\n",
		"Unsubscribe: the function frees it twice.\n",
		"I use the notifications.\n"
		"To unsubscribe from the list of events the driver calls it,\n"
		"and that is where it hangs.\n",
		"To view the log, visit the page of the build.\n",
	};
	void *ctx = talloc_new(NULL);

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct nd_buf *want = nd_buf_new(ctx, 1000);

		nd_buf_adds(want, texts[i]);
		for (char *at = want->data; *at; at++)
			if (*at == '\n')
				*at = '|';
		assert_string_equal(own_words(ctx, texts[i], 0), want->data);
	}
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
