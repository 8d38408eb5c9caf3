/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "robot/autoreply.h"

#include <string.h>

#include "util/alloc.h"
#include "util/buf.h"
#include "util/segment.h"
#include "util/str.h"

enum {
	SUBJECT_BYTES = 300, /* of a subject that are looked at */
	OPENING_LINES = 3,   /* where a text says that nobody wrote it */
	DECLARED_LINES = 5,  /* where a program says so of itself */
	SHORT_LINES = 12,    /* an automatic answer has nothing else to say */
	SHORT_BYTES = 1500,
	BRACKETS_MAX = 3,
};

/* ---- subjects ---- */

enum needs {
	COLON,  /* "Automatic reply: SUBJECT", or nothing behind it */
	ANSWER, /* it answers a mail; whatever stands behind it */
	BOTH,
	ALONE, /* nothing else begins like that */
};

struct form {
	const char *text; /* case folded */
	enum needs needs;
};

/*
 * What Exchange, Outlook and Lotus Notes put before the subject in the
 * languages they are sold in, and what webmailers and vacation(1) write.
 */
static const struct form subjects[] = {
	/* en */
	{"automatic reply", COLON},
	{"automatic response", COLON},
	{"automated reply", COLON},
	{"automated response", COLON},
	{"autoreply", COLON},
	{"auto-reply", COLON},
	{"auto reply", COLON},
	{"autoresponse", COLON},
	{"auto-response", COLON},
	{"auto response", COLON},
	{"auto", BOTH}, /* Notes: "AUTO: Ann is out of the office" */
	{"out of office autoreply", COLON},
	{"out of office reply", COLON},
	{"out of office", ANSWER},
	{"out-of-office", ANSWER},
	{"out of the office", ANSWER},
	{"vacation reply", ANSWER},
	{"vacation response", ANSWER},
	{"away from the office", ANSWER},
	{"away from my mail", ANSWER}, /* vacation(1) */
	{"i am out of the office", ANSWER},
	{"i'm out of the office", ANSWER},
	/* de */
	{"automatische antwort", COLON},
	{"automatische rückantwort", COLON},
	{"abwesenheitsnotiz", ANSWER},
	{"abwesenheitsmeldung", ANSWER},
	{"abwesenheitsnachricht", ANSWER},
	{"abwesenheitsbenachrichtigung", ANSWER},
	{"abwesenheitsassistent", ANSWER},
	{"abwesend", ANSWER},
	{"abwesenheit", ANSWER},
	{"nicht im büro", ANSWER},
	{"ausser haus", ANSWER}, /* folded ß */
	/* fr */
	{"réponse automatique", COLON},
	{"absence du bureau", ANSWER},
	{"absent du bureau", ANSWER},
	{"message d'absence", ANSWER},
	{"message d’absence", ANSWER},
	{"absent(e)", ANSWER},
	/* es, ca, gl */
	{"respuesta automática", COLON},
	{"respuesta automatica", COLON},
	{"fuera de la oficina", ANSWER},
	{"fuera de oficina", ANSWER},
	{"ausente de la oficina", ANSWER},
	{"resposta automàtica", COLON},
	/* it */
	{"risposta automatica", COLON},
	{"fuori ufficio", ANSWER},
	{"fuori sede", ANSWER},
	/* pt */
	{"resposta automática", COLON},
	{"resposta automatica", COLON},
	{"fora do escritório", ANSWER},
	{"ausente do escritório", ANSWER},
	{"ausência temporária", ANSWER},
	/* nl */
	{"automatisch antwoord", COLON},
	{"afwezigheidsbericht", ANSWER},
	{"afwezigheidsmelding", ANSWER},
	{"afwezigheid", ANSWER},
	{"afwezig", ANSWER},
	{"niet aanwezig", ANSWER},
	{"buiten kantoor", ANSWER},
	/* sv, da, nb, fi */
	{"automatiskt svar", COLON},
	{"automatisk svar", COLON},
	{"autosvar", COLON},
	{"frånvaromeddelande", ANSWER},
	{"frånvaro", ANSWER},
	{"frånvarande", ANSWER},
	{"ikke til stede", ANSWER},
	{"ikke på kontoret", ANSWER},
	{"fraværsmeddelelse", ANSWER},
	{"fraværsassistent", ANSWER},
	{"fraværende", ANSWER},
	{"fravær", ANSWER},
	{"automaattinen vastaus", COLON},
	{"poissaoloilmoitus", ANSWER},
	{"poissa toimistosta", ANSWER},
	{"poissa", ANSWER},
	/* pl, cs, sk, hu, ro, sl, hr */
	{"odpowiedź automatyczna", COLON},
	{"automatyczna odpowiedź", COLON},
	{"autoodpowiedź", COLON},
	{"poza biurem", ANSWER},
	{"nieobecność", ANSWER},
	{"automatická odpověď", COLON},
	{"mimo kancelář", ANSWER},
	{"nepřítomnost", ANSWER},
	{"automatická odpoveď", COLON},
	{"automatikus válasz", COLON},
	{"házon kívül", ANSWER},
	{"răspuns automat", COLON},
	{"samodejni odgovor", COLON},
	{"automatski odgovor", COLON},
	/* ru, uk, bg, sr, el */
	{"автоматический ответ", COLON},
	{"автоответчик", COLON},
	{"автоответ", COLON},
	{"вне офиса", ANSWER},
	{"отсутствую", ANSWER},
	{"нет на работе", ANSWER},
	{"автоматична відповідь", COLON},
	{"автовідповідь", COLON},
	{"автоматичен отговор", COLON},
	{"аутоматски одговор", COLON},
	{"αυτόματη απάντηση", COLON},
	{"εκτόσ γραφείου", ANSWER},
	/* tr, et, lv, lt, vi, id */
	{"otomatik yanıt", COLON},
	{"ofis dışında", ANSWER},
	{"automaatvastus", COLON},
	{"automātiskā atbilde", COLON},
	{"automatinis atsakymas", COLON},
	{"trả lời tự động", COLON},
	{"balasan otomatis", COLON},
	/* he, ar */
	{"תשובה אוטומטית", COLON},
	{"מענה אוטומטי", COLON},
	{"رد تلقائي", COLON},
	/* zh, ja, ko */
	{"自动回复", COLON},
	{"自動回覆", COLON},
	{"自动答复", COLON},
	{"自動答覆", COLON},
	{"外出", COLON},
	{"不在办公室", ANSWER},
	{"自動応答", COLON},
	{"自動返信", COLON},
	{"不在通知", ANSWER},
	{"不在のお知らせ", ANSWER},
	{"자동 회신", COLON},
	{"자동 응답", COLON},
	{"자동응답", COLON},
	{"부재중", ANSWER},

	/* delivery: sendmail, Postfix, Exim, qmail, Exchange, Gmail */
	{"undelivered mail returned to sender", ALONE},
	{"mail delivery failed", COLON},
	{"mail delivery failure", ALONE},
	{"message delivery failure", ALONE},
	{"delivery status notification", ALONE},
	{"delivery notification", COLON},
	{"delivery failure", COLON},
	{"delivery delayed", COLON},
	{"delayed mail (still being retried)", ALONE},
	{"returned mail", COLON},
	{"failure notice", COLON},
	{"undeliverable", COLON},
	{"undeliverable mail", COLON},
	{"unzustellbar", COLON},
	{"nicht zustellbar", COLON},
	{"non remis", COLON},
	{"impossible de remettre", COLON},
	{"no se puede entregar", COLON},
	{"non recapitabile", COLON},
	{"não é possível entregar", COLON},
	{"onbestelbaar", COLON},
	{"kan inte levereras", COLON},
	{"kan ikke leveres", COLON},
	{"nie można dostarczyć", COLON},
	{"недоставленное сообщение", COLON},
	{"не удается доставить", COLON},
	{"未送达", COLON},
	{"无法送达", COLON},
	{"配信不能", COLON},
	{"배달되지 않음", COLON},

	/* receipts: Thunderbird, KMail, Notes; Exchange's have their MIME type */
	{"return receipt", ALONE},
	{"read receipt", ALONE},
	{"read-receipt", ALONE},
	{"lesebestätigung", ALONE},
	{"accusé de réception", ALONE},
	{"confirmación de lectura", ALONE},
	{"conferma di lettura", ALONE},
	{"confirmação de leitura", ALONE},
	{"leesbevestiging", ALONE},
	{"开封済み", COLON},
	{"開封済み", COLON},
	{"开信回条", ALONE},

	/* Mailman and others */
	{"auto-discard notification", ALONE},
};

/* ": ", " :", " - ", or nothing; "(was" and "!" as well. */
static bool
ends_form(const char *rest)
{
	while (*rest == ' ')
		rest++;
	return !*rest || strchr(":-(![]", *rest) || nd_str_starts(rest, "–");
}

/* Does the form stop where a word stops? Not "auto" in "automount:". */
static bool
ends_word(const char *rest)
{
	return !nd_is_alnum(*rest) && *rest != '_' && *rest != '/';
}

static bool
fits(const struct form *form, const char *subject, bool answers)
{
	const char *rest;

	/* Most differ in their first byte. */
	if (*subject != *form->text || !nd_str_starts(subject, form->text))
		return false;
	rest = subject + strlen(form->text);
	if (!ends_word(rest))
		return false;
	switch (form->needs) {
	case COLON:
		return ends_form(rest) && (answers || *rest);
	case ANSWER:
		return answers;
	case BOTH:
		return answers && ends_form(rest);
	case ALONE:
		return true;
	}
	return false;
}

static bool
has_form(const char *subject, bool answers)
{
	for (size_t i = 0; i < sizeof subjects / sizeof *subjects; i++)
		if (fits(&subjects[i], subject, answers))
			return true;
	return false;
}

/* "[PATCH]" belongs to what somebody wrote. */
static bool
is_posting(const char *group, size_t len)
{
	return nd_mem_find(group, len, "patch") ||
	       nd_mem_find(group, len, "pull") ||
	       nd_mem_find(group, len, "rfc");
}

/*
 * Lists put their name before a subject. "AUTO:" and the like may themselves
 * be in brackets.
 */
static bool
has_subject(const struct nd_message *message)
{
	bool answers = message->reference_count > 0 ||
	               message->parent != ND_NO_MESSAGE;
	size_t len = strlen(message->subject);
	char *folded =
		nd_segment_fold(NULL, message->subject,
	                        len < SUBJECT_BYTES ? len : SUBJECT_BYTES);
	const char *at = folded;
	bool found = has_form(at, answers);

	for (int i = 0; !found && i < BRACKETS_MAX && *at == '['; i++) {
		const char *close = strchr(at, ']');

		if (!close || is_posting(at, (size_t)(close - at)))
			break;
		found = has_form(at + 1, answers);
		for (at = close + 1; *at == ' ';)
			at++;
		found = found || has_form(at, answers);
	}
	talloc_free(folded);
	return found;
}

/* ---- senders ---- */

/* Who sends nothing but bounces: RFC 5321, and what MTAs use. */
static bool
is_postal(const struct nd_address *who)
{
	static const char *const users[] = {"mailer-daemon", "mailer_daemon",
	                                    "mailerdaemon"};
	static const char *const names[] = {"mail delivery subsystem",
	                                    "mail delivery system",
	                                    "mail delivery service"};
	size_t len = strcspn(who->addr, "@");

	for (size_t i = 0; i < sizeof users / sizeof *users; i++)
		if (strlen(users[i]) == len &&
		    nd_mem_equal_nocase(who->addr, users[i], len))
			return true;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (nd_str_equal_nocase(who->name, names[i]))
			return true;
	return false;
}

/* ---- texts ---- */

/*
 * How an automatic answer opens that a person set up. All of the mail must be
 * that: see is_away().
 */
static const char *const away[] = {
	"out of office",
	"out of the office",
	"away from the office",
	"away from my desk",
	"i am away",
	"i'm away",
	"i am currently away",
	"i'm currently away",
	"on vacation",
	"on annual leave",
	"on leave",
	"on parental leave",
	"on paternity leave",
	"on maternity leave",
	"on holiday",
	"no longer with",
	"no longer work",
	/* de */
	"nicht im büro",
	"nicht im haus",
	"bin im urlaub",
	"bin abwesend",
	"zurzeit abwesend",
	"nicht erreichbar",
	"ausser haus",
	/* fr */
	"suis absent",
	"serai absent",
	"actuellement absent",
	"suis en congé",
	"absent du bureau",
	/* es */
	"fuera de la oficina",
	"fuera de oficina",
	"estoy de vacaciones",
	"me encuentro de vacaciones",
	/* it */
	"fuori ufficio",
	"fuori sede",
	"sono assente",
	"sarò assente",
	"sono in ferie",
	/* pt */
	"fora do escritório",
	"estou de férias",
	"estarei ausente",
	/* nl */
	"ben afwezig",
	"momenteel afwezig",
	"niet aanwezig",
	"niet op kantoor",
	"ben op vakantie",
	/* sv, da, nb, fi */
	"inte på kontoret",
	"är på semester",
	"har semester",
	"ikke på kontoret",
	"på ferie",
	"olen lomalla",
	"poissa toimistosta",
	/* pl, cs */
	"poza biurem",
	"na urlopie",
	"mimo kancelář",
	"na dovolené",
	/* ru, uk */
	"в отпуске",
	"вне офиса",
	"нет в офисе",
	"отсутствую на рабочем месте",
	"у відпустці",
	/* tr */
	"ofis dışında",
	"yıllık izinde",
	/* zh, ja, ko */
	"正在休假",
	"休假中",
	"不在办公室",
	"不在辦公室",
	"出差在外",
	"不在にして",
	"休暇をいただいて",
	"休暇中",
	"부재중",
	"휴가 중",
};

/* A program says of itself that it answers. */
static const char *const declared[] = {
	"this is an automatic reply",
	"this is an automated reply",
	"this is an automatic response",
	"this is an automated response",
	"this is an auto-reply",
	"this is an auto reply",
	"this is an auto-response",
	"this is an auto response",
	"this is an automatically generated reply", /* Debian's BTS */
	"this is an automatic vacation",
	"this is an automated vacation",
	"this is an out of office",
	"this is an out-of-office",
	"dies ist eine automatische antwort",
	"dies ist eine automatisch generierte antwort",
	"ceci est une réponse automatique",
	"ceci est un message automatique d'absence",
	"esta es una respuesta automática",
	"questa è una risposta automatica",
	"esta é uma resposta automática",
	"dit is een automatisch antwoord",
	"detta är ett automatiskt svar",
	"dette er et automatisk svar",
	"tämä on automaattinen vastaus",
	"to jest automatyczna odpowiedź",
	"toto je automatická odpověď",
	"это автоматический ответ",
	"це автоматична відповідь",
	"bu otomatik bir yanıttır",
	"这是一封自动回复",
	"这是自动回复",
	"这是来自qq邮箱的假期自动回复邮件",
	"此邮件为自动回复",
	"您的邮件已收到",
	"自動返信メール",
	"このメールは自動",
	"자동 회신 메일",
	"자동응답 메일",
};

/* Bounces, receipts, recalls, moderators' notices: what only these say. */
static const char *const notices[] = {
	/* MTAs */
	"this is the mail system at host",
	"this message was created automatically by mail delivery software",
	"i'm sorry to have to inform you that your message could not be",
	"your message did not reach some or all of the intended recipients",
	"delivery has failed to these recipients or groups",
	"delivery to the following recipients failed",
	"delivery to the following recipient failed permanently",
	"the following addresses had permanent fatal errors",
	"this is an automatically generated delivery status notification",
	"your message wasn't delivered to",
	"i wasn't able to deliver your message to the following addresses",
	"i'm afraid i wasn't able to deliver your message",
	"the original message was received at",
	"diese nachricht wurde automatisch von einem mailserver",
	/* receipts */
	"this is a return receipt for the mail that you sent",
	"your message was displayed on",
	"would like to recall the message",
	/* moderators: Mailman, Sympa, Google Groups, ezmlm */
	"is being held until the list moderator",
	"is being held for moderation",
	"your message is awaiting moderator approval",
	"has been automatically rejected",
	"your message has been automatically discarded",
	"you are not allowed to post to this mailing list",
	"non-members are not allowed to post messages to this list",
	"is closed to non-subscribers",
	/* those who want to know whether you are a person */
	"confirm that you are a person",
	"your email requires verification",
	"this message requires verification",
};

/* What somebody who reads the mail writes about. */
static const char *const reads[] = {
	"patch",  "series",   "review",      "merge",   "applied", "commit",
	"rebase", "the code", "take a look", "look at", "v2",
};

/* What an automatic answer adds: who else, how to be reached. */
static const char *const adds[] = {
	"urgent",
	"contact",
	"access to e",
	"access to my e",
	"access to mail",
	"in my absence",
	"your email",
	"your e-mail",
	"your message",
	"your mail",
	"my return",
	"when i return",
	"automatic",
	"auto-reply",
	"auto reply",
	"autoreply",
	"delegate",
	/* de, fr, es, it, pt, nl */
	"dringend",
	"wenden sie sich",
	"ihre nachricht",
	"ihre e-mail",
	"ihre mail",
	"vertret",
	"automatisch",
	"weitergeleitet",
	"en mon absence",
	"votre message",
	"contacter",
	"mon retour",
	"automatique",
	"su mensaje",
	"su correo",
	"urgente",
	"contacte",
	"urgenza",
	"contattare",
	"sua mensagem",
	"contato",
	"contacteer",
	"contact op",
	"uw bericht",
	"uw e-mail",
	/* sv, da, nb, fi, pl, cs, tr */
	"kontakta",
	"kontakt",
	"ottakaa yhteyttä",
	"pilnych",
	"acil",
	/* ru, uk */
	"срочн",
	"обращайтесь",
	"обращаться",
	"терміново",
	/* zh, ja, ko */
	"联系",
	"聯繫",
	"回复您",
	"紧急",
	"ご連絡",
	"返信",
	"연락",
	"회신",
};

static bool
has_one_of(const char *text, const char *const *form, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strstr(text, form[i]))
			return true;
	return false;
}

#define HAS_ONE_OF(text, forms) \
	has_one_of(text, forms, sizeof(forms) / sizeof *(forms))

/* The first own lines as one, case folded; *lines: how many there are. */
static char *
own_text(const void *ctx, const struct nd_body *body, size_t max, size_t *lines)
{
	struct nd_buf *out = nd_buf_new(NULL, SHORT_BYTES);
	char *folded;

	*lines = 0;
	for (size_t i = 0; i < body->line_count; i++) {
		const struct nd_line *line = &body->line[i];

		if (line->kind != ND_LINE_OWN)
			continue;
		if ((*lines)++ >= max)
			continue;
		nd_buf_add(out, body->text + line->start, line->len);
		nd_buf_addc(out, ' ');
	}
	folded = nd_segment_fold(ctx, out->data, out->len);
	talloc_free(out);
	return folded;
}

/* Words of an earlier mail with an answer below them: somebody was there. */
static bool
answers_below_quote(const struct nd_body *body)
{
	bool quoted = false;

	for (size_t i = 0; i < body->line_count; i++) {
		if (body->line[i].kind == ND_LINE_QUOTE)
			quoted = true;
		else if (quoted && body->line[i].kind == ND_LINE_OWN)
			return true;
	}
	return false;
}

/*
 * A text that says it is away, adds what such answers add, and nothing about
 * the matter.
 */
static bool
is_away(const struct nd_message *message)
{
	const struct nd_body *body = message->body;
	void *tmp = talloc_new(NULL);
	size_t lines, ignored;
	const char *opening, *all;
	bool found = false;

	if (message->reference_count == 0 && message->parent == ND_NO_MESSAGE)
		goto done;
	if (body->flags & ND_BODY_DIFF || body->own_bytes > SHORT_BYTES)
		goto done;
	opening = own_text(tmp, body, OPENING_LINES, &ignored);
	if (!HAS_ONE_OF(opening, away))
		goto done;
	all = own_text(tmp, body, SHORT_LINES, &lines);
	found = lines <= SHORT_LINES && !HAS_ONE_OF(all, reads) &&
	        HAS_ONE_OF(all, adds);
done:
	talloc_free(tmp);
	return found;
}

static bool
is_declared(const struct nd_message *message)
{
	size_t lines;
	char *opening = own_text(NULL, message->body, DECLARED_LINES, &lines);
	bool found = HAS_ONE_OF(opening, declared);

	talloc_free(opening);
	return found && lines <= 2 * SHORT_LINES;
}

static bool
is_notice(const struct nd_message *message)
{
	size_t lines;
	char *opening = own_text(NULL, message->body, OPENING_LINES, &lines);
	bool found = HAS_ONE_OF(opening, notices);

	talloc_free(opening);
	return found;
}

bool
nd_autoreply_is(const struct nd_message *message)
{
	if (has_subject(message) || is_postal(&message->sender))
		return true;
	if (!message->body || answers_below_quote(message->body))
		return false;
	return is_declared(message) || is_away(message) || is_notice(message);
}
