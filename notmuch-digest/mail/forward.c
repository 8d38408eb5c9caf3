/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/forward.h"

#include <string.h>

#include "util/limits.h"
#include "util/str.h"

/* Copied headers of one mail; hostile lists of them end here. */
#define HEADER_LINES 60
/* "-----Original Message-----" and its like are short. */
#define RULE_BYTES 100

enum key { OTHER = 1, FROM = 2, DATE = 4, TO = 8, SUBJECT = 16 };

/* Header names as mailers translate them. */
static const struct {
	const char *name;
	enum key key;
} keys[] = {
	{"From", FROM},
	{"Von", FROM},
	{"De", FROM},
	{"Da", FROM},
	{"Van", FROM},
	{"Från", FROM},
	{"Fra", FROM},
	{"Lähettäjä", FROM},
	{"Od", FROM},
	{"От", FROM},
	{"发件人", FROM},
	{"寄件者", FROM},
	{"寄件人", FROM},
	{"差出人", FROM},
	{"보낸 사람", FROM},
	{"Sent", DATE},
	{"Date", DATE},
	{"Gesendet", DATE},
	{"Datum", DATE},
	{"Envoyé", DATE},
	{"Enviado", DATE},
	{"Fecha", DATE},
	{"Data", DATE},
	{"Inviato", DATE},
	{"Verzonden", DATE},
	{"Skickat", DATE},
	{"Sendt", DATE},
	{"Lähetetty", DATE},
	{"Odesláno", DATE},
	{"Wysłano", DATE},
	{"Отправлено", DATE},
	{"Дата", DATE},
	{"发送时间", DATE},
	{"日期", DATE},
	{"时间", DATE},
	{"寄件日期", DATE},
	{"送信日時", DATE},
	{"日時", DATE},
	{"日付", DATE},
	{"보낸 날짜", DATE},
	{"To", TO},
	{"An", TO},
	{"À", TO},
	{"Para", TO},
	{"A", TO},
	{"Aan", TO},
	{"Till", TO},
	{"Til", TO},
	{"Vastaanottaja", TO},
	{"Komu", TO},
	{"Do", TO},
	{"Кому", TO},
	{"收件人", TO},
	{"收件者", TO},
	{"宛先", TO},
	{"받는 사람", TO},
	{"Subject", SUBJECT},
	{"Betreff", SUBJECT},
	{"Objet", SUBJECT},
	{"Asunto", SUBJECT},
	{"Assunto", SUBJECT},
	{"Oggetto", SUBJECT},
	{"Onderwerp", SUBJECT},
	{"Ämne", SUBJECT},
	{"Emne", SUBJECT},
	{"Aihe", SUBJECT},
	{"Předmět", SUBJECT},
	{"Temat", SUBJECT},
	{"Тема", SUBJECT},
	{"主题", SUBJECT},
	{"主旨", SUBJECT},
	{"件名", SUBJECT},
	{"제목", SUBJECT},
	{"Cc", OTHER},
	{"Kopie", OTHER},
	{"Copie", OTHER},
	{"Copia", OTHER},
	{"Копия", OTHER},
	{"抄送", OTHER},
	{"副本", OTHER},
	{"Reply-To", OTHER},
	{"Resent-From", OTHER},
	{"Message-ID", OTHER},
	{"In-Reply-To", OTHER},
	{"References", OTHER},
	{"Importance", OTHER},
	{"Priority", OTHER},
	{"Attachments", OTHER},
	{"Organization", OTHER},
	{"Newsgroups", OTHER},
	{"List-Id", OTHER},
	{"Sender", OTHER},
};

/* What stands between rules of dashes, or alone on its line. */
static const char *const headings[] = {
	"original message",
	"original appointment",
	"original mail",
	"forwarded message",
	"forwarded by",
	"forwarded mail",
	"ursprüngliche nachricht",
	"weitergeleitete nachricht",
	"message d'origine",
	"message original",
	"message transféré",
	"mail original",
	"mensaje original",
	"mensaje reenviado",
	"mensagem original",
	"mensagem encaminhada",
	"messaggio originale",
	"messaggio inoltrato",
	"oorspronkelijk bericht",
	"doorgestuurd bericht",
	"originalmeddelande",
	"původní zpráva",
	"wiadomość oryginalna",
	"исходное сообщение",
	"пересылаемое сообщение",
	"邮件原件",
	"原始邮件",
	"原邮件",
	"转发邮件",
	"原始郵件",
	"元のメッセージ",
	"转发的邮件",
	"원본 메시지",
};

/* Apple Mail's, without dashes. */
static const char *const openings[] = {
	"Begin forwarded message:",
	"Start of forwarded message",
	"Anfang der weitergeleiteten Nachricht:",
	"Début du message réexpédié :",
	"Début du message transféré :",
	"Inicio del mensaje reenviado:",
	"Inizio messaggio inoltrato:",
	"Início da mensagem encaminhada:",
	"Begin doorgestuurd bericht:",
};

/* The bytes of ":" or its wide sister at the start of (text, len). */
static size_t
colon(const char *text, size_t len)
{
	size_t at = 0;

	while (at < len && (text[at] == ' ' || text[at] == '*'))
		at++;
	if (nd_mem_starts(text + at, len - at, "\xc2\xa0"))
		at += 2;
	if (at < len && text[at] == ':')
		return at + 1;
	if (nd_mem_starts(text + at, len - at, "\xef\xbc\x9a"))
		return at + 3;
	return 0;
}

/* Which copied header line i is; 0 when it is none. */
static unsigned
header_key(const struct nd_lines *lines, size_t i)
{
	const char *text;
	size_t len;

	if (!nd_lines_starts(lines, i, ""))
		return 0;
	text = nd_lines_text(lines, i);
	len = lines->line[i].len;
	if (!memchr(text, ':', len < 40 ? len : 40) &&
	    (len == 0 || (unsigned char)*text < 0x80))
		return 0;
	if (*text == '*') {
		text++;
		len--;
	}
	for (size_t k = 0; k < sizeof keys / sizeof *keys; k++) {
		size_t name = strlen(keys[k].name), end;

		if (!nd_mem_starts_nocase(text, len, keys[k].name))
			continue;
		end = colon(text + name, len - name);
		if (end > 0 && name + end < len)
			return keys[k].key;
		if (end > 0 && keys[k].key != FROM)
			return keys[k].key;
	}
	return 0;
}

/* Long To: lines are wrapped, with or without a blank at the start. */
static bool
is_continuation(const struct nd_lines *lines, size_t i)
{
	if (!nd_lines_starts(lines, i, ""))
		return false;
	if (strchr(" \t", *nd_lines_text(lines, i)))
		return true;
	for (size_t k = i + 1; k < i + 4; k++)
		if (header_key(lines, k))
			return true;
	return false;
}

/* The line behind the header block at line i; *found are its keys. */
static size_t
headers_end(const struct nd_lines *lines, size_t i, unsigned *found)
{
	size_t end = i;

	*found = 0;
	for (size_t n = 0; n < HEADER_LINES && i < lines->count; n++, i++) {
		unsigned key = header_key(lines, i);

		/* HTML mail leaves blank lines between them. */
		if (lines->line[i].kind == ND_LINE_BLANK && end == i &&
		    *found && header_key(lines, i + 1) && !(*found & SUBJECT))
			end = i + 1;
		else if (key || (*found && is_continuation(lines, i)))
			end = i + 1;
		else
			break;
		*found |= key;
	}
	return end;
}

static bool
holds_heading(const char *text, size_t len)
{
	for (size_t k = 0; k < sizeof headings / sizeof *headings; k++)
		if (nd_mem_find_nocase(text, len, headings[k]))
			return true;
	return false;
}

/* "----- Original Message -----" */
static bool
is_heading(const struct nd_lines *lines, size_t i)
{
	const char *text;
	size_t len;

	if (!nd_lines_starts(lines, i, "--"))
		return false;
	text = nd_lines_text(lines, i);
	len = lines->line[i].len;
	nd_mem_trim(&text, &len);
	return len < RULE_BYTES && text[len - 1] == '-' &&
	       holds_heading(text, len);
}

static bool
is_underscores(const struct nd_lines *lines, size_t i)
{
	const char *text;
	size_t len, at = 0;

	if (!nd_lines_starts(lines, i, "__________"))
		return false;
	text = nd_lines_text(lines, i);
	len = lines->line[i].len;
	nd_mem_trim(&text, &len);
	while (at < len && text[at] == '_')
		at++;
	return at == len;
}

static bool
is_opening(const struct nd_lines *lines, size_t i)
{
	for (size_t k = 0; k < sizeof openings / sizeof *openings; k++)
		if (nd_lines_starts(lines, i, openings[k]))
			return true;
	return false;
}

static bool
is_end_rule(const struct nd_lines *lines, size_t i)
{
	const char *text = nd_lines_text(lines, i);
	size_t len = lines->line[i].len;

	return len < RULE_BYTES && nd_mem_starts(text, len, "--") &&
	       nd_mem_find_nocase(text, len, "end ") &&
	       holds_heading(text, len);
}

/* The headers below a heading, or the heading alone. */
static size_t
below_heading(const struct nd_lines *lines, size_t i)
{
	unsigned found;
	size_t next = nd_lines_skip_blank(lines, i + 1);
	size_t end = headers_end(lines, next, &found);

	return (found & ~(unsigned)OTHER) ? end : i + 1;
}

/* Outlook's rule of underscores is one only when headers are below. */
static size_t
below_underscores(const struct nd_lines *lines, size_t i)
{
	unsigned found;
	size_t next = nd_lines_skip_blank(lines, i + 1);
	size_t end = headers_end(lines, next, &found);

	return (found & FROM) && (found & (DATE | TO | SUBJECT)) ? end : i;
}

/*
 * Headers without a heading. Without To: they are for git am, and no mail that
 * was copied in.
 */
static size_t
bare_headers_end(const struct nd_lines *lines, size_t i)
{
	unsigned found;
	size_t end;

	if (header_key(lines, i) != FROM)
		return i;
	end = headers_end(lines, i, &found);
	return (found & DATE) && (found & TO) ? end : i;
}

/* Below the headers of the mail at line i; i when no other mail begins here. */
static size_t
other_mail(const struct nd_lines *lines, size_t i)
{
	char c = *nd_lines_text(lines, i);

	if (lines->line[i].kind != ND_LINE_OWN)
		return i;
	if (c == '-')
		return is_heading(lines, i) ? below_heading(lines, i) : i;
	if (c == '_')
		return is_underscores(lines, i) ? below_underscores(lines, i)
		                                : i;
	if (i > 0 && lines->line[i - 1].kind != ND_LINE_BLANK)
		return i;
	if (is_opening(lines, i))
		return below_heading(lines, i);
	return bare_headers_end(lines, i);
}

void
nd_forward_quote(struct nd_lines *lines, size_t start, size_t end)
{
	for (size_t i = start; i < end; i++) {
		struct nd_line *line = &lines->line[i];

		if (line->depth < ND_LIMIT_QUOTE_DEPTH)
			line->depth++;
		line->kind = ND_LINE_QUOTE;
	}
}

/* The copied mail goes on to the end of the text, or to a rule that says so. */
static size_t
other_mail_end(struct nd_lines *lines, size_t i)
{
	for (; i < lines->count; i++)
		if (lines->line[i].kind == ND_LINE_OWN &&
		    is_end_rule(lines, i)) {
			lines->line[i].kind = ND_LINE_ATTRIBUTION;
			return i;
		}
	return i;
}

/* "From 0123abcd… Mon Sep 17 00:00:00 2001", as mailboxes have between mails */
static bool
is_mailbox_line(const struct nd_lines *lines, size_t i)
{
	static const char days[] = "SunMonTueWedThuFriSat";
	const char *text, *day;
	size_t len;

	if (!nd_lines_starts(lines, i, "From "))
		return false;
	text = nd_lines_text(lines, i) + 5;
	len = lines->line[i].len - 5;
	day = memchr(text, ' ', len);
	if (!day || text + len - day < 20)
		return false;
	for (size_t k = 0; days[k]; k += 3)
		if (memcmp(day + 1, days + k, 3) == 0 && day[4] == ' ')
			return true;
	return false;
}

/* Behind the headers for git am at line i, the first of its paragraph, or i. */
static size_t
patch_headers_end(const struct nd_lines *lines, size_t i, bool top)
{
	unsigned found;
	size_t first = is_mailbox_line(lines, i) ? i + 1 : i;
	size_t end = headers_end(lines, first, &found);

	if (first > i)
		return found ? end : i;
	if (top && (found & FROM))
		return end;
	return (found & SUBJECT) && (found & (FROM | DATE)) ? end : i;
}

void
nd_forward_mark(struct nd_lines *lines)
{
	for (size_t i = 0, end; i < lines->count; i++) {
		if (lines->line[i].kind == ND_LINE_BLANK)
			continue;
		end = other_mail(lines, i);
		if (end == i)
			continue;
		nd_lines_mark(lines, i, end, ND_LINE_ATTRIBUTION);
		i = nd_lines_skip_blank(lines, end);
		/* With quote marks it is answered line by line. */
		if (i < lines->count && lines->line[i].depth > 0)
			continue;
		i = other_mail_end(lines, end);
		nd_forward_quote(lines, end, i);
	}
}

void
nd_forward_mark_patch_headers(struct nd_lines *lines)
{
	size_t top = nd_lines_skip_blank(lines, 0);

	for (size_t i = top; i < lines->count; i++) {
		char c = *nd_lines_text(lines, i);

		if (lines->line[i].kind != ND_LINE_OWN || !strchr("FSD", c) ||
		    (i > top && lines->line[i - 1].kind == ND_LINE_OWN &&
		     !is_mailbox_line(lines, i)))
			continue;
		nd_lines_mark(lines, i, patch_headers_end(lines, i, i == top),
		              ND_LINE_ATTRIBUTION);
	}
}
