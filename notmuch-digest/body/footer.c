/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "body/footer.h"

#include <string.h>

#include "body/notice.h"
#include "util/alloc.h"
#include "util/needles.h"
#include "util/str.h"

/* More than this below "-- " and somebody has used it as a ruler. */
#define SIGNATURE_LINES 40
/* "--" without its blank must be near the end. */
#define LOOSE_SIGNATURE_LINES 8
#define RULE_MIN 20
#define RULE_BLANKS 2
/* What small print says, and how many of these it takes. */
#define SMALL_PRINT_WORDS 3
#define SMALL_PRINT_BYTES 4000

static const char *const small_print[] = {
	/* English */
	"confidential",
	"privileged",
	"intended",
	"recipient",
	"this email",
	"this e-mail",
	"this message",
	"disclose",
	"notify the sender",
	"delete",
	"unauthorized",
	"unauthorised",
	"virus",
	"attachments",
	"registered office",
	"received this",
	/* German, and what its law wants of companies */
	"vertraulich",
	"empfänger",
	"irrtümlich",
	"diese e-mail",
	"geschäftsführ",
	"geschaeftsfuehr",
	"eingetragen am",
	"handelsregister",
	"sitz:",
	"hrb ",
	"ust-id",
	"amtsgericht",
	/* French */
	"confidentiel",
	"destinataire",
	"par erreur",
	"ce message",
	"ce courriel",
	"détruire",
	/* Spanish, Portuguese */
	"confidencia",
	"destinatario",
	"destinatário",
	"por error",
	"por engano",
	"este mensaje",
	"este correo",
	"esta mensagem",
	"este e-mail",
	"privilegiad",
	/* Italian */
	"riservat",
	"destinatari",
	"per errore",
	"questo messaggio",
	"questa e-mail",
	/* Dutch */
	"vertrouwelijk",
	"geadresseerde",
	"dit bericht",
	"deze e-mail",
	"ten onrechte",
	/* Swedish, Danish, Norwegian, Finnish */
	"konfidentiel",
	"fortrolig",
	"mottagare",
	"modtager",
	"mottaker",
	"av misstag",
	"ved en fejl",
	"ved en feil",
	"detta meddelande",
	"denne e-mail",
	"luottamuksell",
	"vastaanottaj",
	"tämä viesti",
	/* Polish, Czech */
	"poufn",
	"adresat",
	"wiadomos",
	"wiadomoś",
	"omyłkow",
	"zabronion",
	"důvěrn",
	"adresát",
	"omylem",
	"tato zpráva",
	"tento e-mail",
	/* Turkish */
	"gizli",
	"alıcı",
	"bu e-posta",
	"yanlışlıkla",
	/* Russian */
	"конфиденциальн",
	"получател",
	"адресат",
	"по ошибке",
	"сообщение",
	/* Chinese, Japanese, Korean */
	"保密",
	"机密",
	"機密",
	"收件人",
	"收件者",
	"本邮件",
	"本郵件",
	"删除",
	"刪除",
	"受信者",
	"本メール",
	"削除",
	"기밀",
	"수신인",
	"수신자",
	"본 메일",
	"삭제",
};

enum { SMALL_PRINT = sizeof small_print / sizeof *small_print };

/* A block of addresses without "-- " in front is short. */
#define CONTACT_LINES 10
#define CONTACT_BYTES 76
#define PHONE_DIGITS 7

static const char *const contacts[] = {
	"phone",     "tel:",    "tel.",    "tel ",    "fax",
	"mobile:",   "e-mail:", "email",   "mailto:", "www.",
	"homepage:", "ph:",     "twitter", "skype",   "voice:",
};

/* How small print begins; the last paragraph of a mail needs no such start. */
static const char *const small_print_starts[] = {
	"IMPORTANT NOTICE",
	"CONFIDENTIAL",
	"This e",
	"This message",
	"The information",
	"The contents of this",
	"Disclaimer",
	"Notice",
	"NOTICE",
	"Important",
	"Diese E-Mail",
	"Diese Nachricht",
	"Ta wiadomo",
	"Este mensaje",
	"Este correo",
	"Esta mensagem",
	"Questo messaggio",
	"Dit bericht",
	"Deze e-mail",
	"Detta meddelande",
	"Denne e-mail",
	"Tato zpráva",
	"Это сообщение",
	"本邮件",
	"本郵件",
	"本メール",
	"Ce message",
	"***",
	"Email Disclaimer",
	"DISCLAIMER",
	"The content of this",
};

static bool
is_unclaimed(const struct nd_lines *lines, size_t i)
{
	return i < lines->count && lines->line[i].kind <= ND_LINE_OWN;
}

static bool
line_is(const struct nd_lines *lines, size_t i, const char *text)
{
	return nd_lines_starts(lines, i, text) &&
	       lines->line[i].len == strlen(text);
}

/* Behind the last of the lines that nobody has claimed, or of too many. */
static size_t
signature_end(const struct nd_lines *lines, size_t i, size_t *used)
{
	size_t end = i;

	for (*used = 0; is_unclaimed(lines, i) && *used <= SIGNATURE_LINES;
	     i++) {
		if (lines->line[i].kind == ND_LINE_BLANK)
			continue;
		end = i + 1;
		(*used)++;
	}
	return end;
}

static bool
is_signature(const struct nd_lines *lines, size_t i, size_t end, size_t used)
{
	if (line_is(lines, i, "-- ") || line_is(lines, i, "- -- "))
		return used <= SIGNATURE_LINES;
	return line_is(lines, i, "--") && used <= LOOSE_SIGNATURE_LINES &&
	       end == nd_lines_skip_blank(lines, end) && end == lines->count;
}

/* Does git's signature, the end of a patch, stand right above? */
static bool
is_below_patch(const struct nd_lines *lines, size_t i)
{
	while (i > 0 && lines->line[i - 1].kind == ND_LINE_BLANK)
		i--;
	return i > 1 && lines->line[i - 1].kind == ND_LINE_DIFF &&
	       lines->line[i - 2].kind == ND_LINE_DIFF &&
	       lines->line[i - 2].len >= 2 && lines->line[i - 2].len <= 3 &&
	       memcmp(nd_lines_text(lines, i - 2), "--", 2) == 0;
}

/* A long rule with "mailing list" or its address below. */
static bool
is_list_footer(const struct nd_lines *lines, size_t i)
{
	const char *text;
	size_t len, at = 0;

	if (!nd_lines_starts(lines, i, "___") &&
	    !nd_lines_starts(lines, i, "---") &&
	    !nd_lines_starts(lines, i, "==="))
		return false;
	text = nd_lines_text(lines, i);
	len = lines->line[i].len;
	while (at < len && text[at] == *text)
		at++;
	if (at < RULE_MIN)
		return false;
	for (size_t k = i + 1; k < i + 4 && is_unclaimed(lines, k); k++) {
		text = nd_lines_text(lines, k);
		len = lines->line[k].len;
		if (nd_mem_find_nocase(text, len, "mailing list") ||
		    nd_mem_find_nocase(text, len, "listinfo") ||
		    nd_mem_find_nocase(text, len, "unsubscribe"))
			return true;
	}
	return false;
}

/* "Phone: 1", "web http://…", "x@example.org", "+49 30 1234567" */
static bool
is_contact(const struct nd_lines *lines, size_t i)
{
	const char *text = nd_lines_text(lines, i);
	size_t len = lines->line[i].len, digits = 0;

	for (size_t k = 0; k < sizeof contacts / sizeof *contacts; k++)
		if (nd_mem_find_nocase(text, len, contacts[k]))
			return true;
	for (size_t at = 0; at < len; at++)
		digits += nd_is_digit(text[at]);
	return digits >= PHONE_DIGITS && nd_mem_starts(text, len, "+");
}

static bool
is_ruler(const struct nd_lines *lines, size_t i)
{
	const char *text = nd_lines_text(lines, i);
	size_t len = lines->line[i].len;

	if (len < 3 || !strchr("-_=*~", *text))
		return false;
	for (size_t at = 1; at < len; at++)
		if (text[at] != *text)
			return false;
	return true;
}

/*
 * Who one is and where, at the end of a mail and without "-- ": a few short
 * lines below a ruler with an address among them, or with two and no ruler.
 */
static size_t
contact_end(const struct nd_lines *lines, size_t i)
{
	size_t need = is_ruler(lines, i) ? 1 : 2, end = i, next;

	for (; end < lines->count && lines->line[end].kind == ND_LINE_OWN;
	     end++)
		if (end - i >= CONTACT_LINES ||
		    lines->line[end].len > CONTACT_BYTES)
			return i;
	next = nd_lines_skip_blank(lines, end);
	if (next < lines->count && !is_list_footer(lines, next))
		return i;
	for (size_t k = i; k < end && need > 0; k++)
		need -= is_contact(lines, k);
	return need == 0 ? end : i;
}

static bool
may_be_small_print(const struct nd_lines *lines, size_t i, size_t end)
{
	size_t count = sizeof small_print_starts / sizeof *small_print_starts;

	for (size_t k = 0; k < count; k++)
		if (nd_lines_starts(lines, i, small_print_starts[k]))
			return true;
	end = nd_lines_skip_blank(lines, end);
	return end == lines->count || is_list_footer(lines, end);
}

/* The line behind the paragraph at line i when it is small print, else i. */
static size_t
small_print_end(const struct nd_lines *lines, size_t i)
{
	size_t end = i, len, words = 0;
	const char *text = nd_lines_text(lines, i);
	bool found[SMALL_PRINT] = {false};
	struct nd_needles needles;

	while (end < lines->count && lines->line[end].kind == ND_LINE_OWN)
		end++;
	len = lines->line[end - 1].start + lines->line[end - 1].len -
	      lines->line[i].start;
	if (len > SMALL_PRINT_BYTES || !may_be_small_print(lines, i, end))
		return i;
	nd_needles_init(&needles, small_print, SMALL_PRINT);
	nd_needles_find(&needles, text, len, found);
	for (size_t k = 0; k < SMALL_PRINT; k++)
		words += found[k];
	return words >= SMALL_PRINT_WORDS ? end : i;
}

/* "-----BEGIN PGP SIGNATURE-----" and the like, to its END line. */
static size_t
pgp_end(const struct nd_lines *lines, size_t i)
{
	if (!nd_lines_starts(lines, i, "-----BEGIN PGP "))
		return i;
	if (nd_lines_starts(lines, i, "-----BEGIN PGP SIGNED MESSAGE")) {
		while (is_unclaimed(lines, i) &&
		       lines->line[i].kind == ND_LINE_OWN)
			i++;
		return i;
	}
	while (is_unclaimed(lines, i))
		if (nd_lines_starts(lines, i++, "-----END PGP "))
			break;
	return i;
}

static size_t
block_end(const struct nd_lines *lines, size_t i)
{
	bool paragraph = i == 0 || lines->line[i - 1].kind != ND_LINE_OWN;
	size_t end, used;

	switch (*nd_lines_text(lines, i)) {
	case '-':
		end = pgp_end(lines, i);
		if (end > i)
			return end;
		/* Gateways of companies write there. */
		if (nd_notice_is_rule(lines, i) && is_below_patch(lines, i)) {
			end = signature_end(lines, i, &used);
			if (used <= SIGNATURE_LINES)
				return end;
		}
		if (lines->line[i].len > 5)
			break;
		end = signature_end(lines, i + 1, &used);
		if (is_signature(lines, i, end, used))
			return end > i ? end : i + 1;
		break;
	default:
		break;
	}
	if (is_list_footer(lines, i))
		return signature_end(lines, i, &used);
	end = nd_notice_end(lines, i);
	if (end > i)
		return end;
	if (paragraph) {
		end = small_print_end(lines, i);
		if (end > i)
			return end;
	}
	return paragraph || is_ruler(lines, i) ? contact_end(lines, i) : i;
}

/* The rule that parts a footer from the text goes with it. */
static void
mark_rule_above(struct nd_lines *lines, size_t i)
{
	size_t blanks = 0;

	while (i > 0 && lines->line[i - 1].kind == ND_LINE_BLANK &&
	       ++blanks <= RULE_BLANKS)
		i--;
	if (nd_lines_starts(lines, i > 0 ? i - 1 : lines->count, "") &&
	    nd_notice_is_rule(lines, i - 1))
		nd_lines_mark(lines, i - 1, i, ND_LINE_SIGNATURE);
}

void
nd_footer_mark(struct nd_lines *lines)
{
	size_t i = 0, end;

	while (i < lines->count) {
		if (lines->line[i].kind != ND_LINE_OWN) {
			i++;
			continue;
		}
		end = block_end(lines, i);
		if (end > i)
			mark_rule_above(lines, i);
		nd_lines_mark(lines, i, end, ND_LINE_SIGNATURE);
		i = end > i ? end : i + 1;
	}
}
