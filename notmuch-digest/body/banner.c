/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "body/banner.h"

#include <string.h>

#include "util/needles.h"
#include "util/str.h"

enum {
	WARNING_LINES = 12,
	WARNING_BYTES = 1000,
	WRAPPED_BYTES = 50, /* a line as long goes on in the next one */
	LINE_BYTES = 400,
	LABEL_BYTES = 70
};

/* What a warning says: all three, in any order, or what nobody else says. */
enum { OUTSIDE = 1, MAIL = 2, CARE = 4, CERTAIN = 8 };

#define ALL (OUTSIDE | MAIL | CARE)

/*
 * By language. A phrase that says where a mail comes from has the word for mail
 * in it where the language puts them side by side.
 */
static const struct {
	const char *text;
	unsigned char says;
} phrases[] = {
	/* English */
	{"outside of ", OUTSIDE},
	{"outside the ", OUTSIDE},
	{"outside your ", OUTSIDE},
	{"outside our ", OUTSIDE},
	{"external e-mail", OUTSIDE | MAIL},
	{"external email", OUTSIDE | MAIL},
	{"external mail", OUTSIDE | MAIL},
	{"external message", OUTSIDE | MAIL},
	{"external sender", OUTSIDE | MAIL},
	{"external source", OUTSIDE},
	{"external to ", OUTSIDE},
	{"external:", OUTSIDE | MAIL},
	{"email", MAIL},
	{"e-mail", MAIL},
	{"message", MAIL},
	{"sender", MAIL},
	{"caution", CARE},
	{"warning", CARE},
	{"attention", CARE},
	{"beware", CARE},
	{"do not click", CARE},
	{"don't click", CARE},
	{"do not open", CARE},
	{"be careful", CARE},
	{"take care", CARE},
	{"be wary", CARE},
	{"be mindful", CARE},
	{"be cautious", CARE},
	{"vigilan", CARE},
	{"suspicious", CARE},
	{"phish", CARE},
	{"originate", CARE},
	{"came from", CARE},
	{"comes from", CARE},
	{"unless you", CARE},
	{"verify", CARE},
	/* Microsoft: first contact; Proofpoint */
	{"don't often get email from", CERTAIN},
	{"don’t often get email from", CERTAIN},
	{"LearnAboutSenderIdentification", CERTAIN},
	{"ZjQcmQRYFpfptBanner", CERTAIN},
	{"have not previously corresponded with this sender", CERTAIN},
	{"Message Is From an External Sender", CERTAIN},
	{"Message Is From an Untrusted Sender", CERTAIN},
	{"Sie erhalten nicht häufig E-Mails von", CERTAIN},
	{"Sie erhalten nicht oft E-Mails von", CERTAIN},
	{"obtenez pas souvent d", CERTAIN},
	{"recevez pas souvent d", CERTAIN},
	{"No suele recibir correos electrónicos de", CERTAIN},
	{"No suele recibir correo electrónico de", CERTAIN},
	{"ontvangt niet vaak e-mail van", CERTAIN},
	{"Non si ricevono spesso", CERTAIN},
	{"Não costuma receber e-mails de", CERTAIN},
	{"não recebe emails com frequência de", CERTAIN},
	{"får inte ofta e-post från", CERTAIN},
	{"часто получаете электронную почту от", CERTAIN},
	{"通常不会收到来自", CERTAIN},
	/* German */
	{"externe E-Mail", OUTSIDE | MAIL},
	{"externe Mail", OUTSIDE | MAIL},
	{"externe Nachricht", OUTSIDE | MAIL},
	{"externen Absender", OUTSIDE | MAIL},
	{"externer Absender", OUTSIDE | MAIL},
	{"externen Quelle", OUTSIDE},
	{"von extern", OUTSIDE},
	{"außerhalb", OUTSIDE},
	{"ausserhalb", OUTSIDE},
	{"Nachricht", MAIL},
	{"ACHTUNG", CARE},
	{"VORSICHT", CARE},
	{"WARNUNG", CARE},
	{"kommt von", CARE},
	{"stammt", CARE},
	{"Anhänge", CARE},
	/* French */
	{"l'extérieur", OUTSIDE},
	{"l’extérieur", OUTSIDE},
	{"expéditeur externe", OUTSIDE | MAIL},
	{"source externe", OUTSIDE},
	{"courriel externe", OUTSIDE | MAIL},
	{"courriel", MAIL},
	{"MISE EN GARDE", CARE},
	{"provient", CARE},
	{"prudent", CARE},
	{"pièces jointes", CARE},
	/* Spanish, Portuguese */
	{"fuera de", OUTSIDE},
	{"remitente externo", OUTSIDE | MAIL},
	{"correo externo", OUTSIDE | MAIL},
	{"origen externo", OUTSIDE},
	{"correo", MAIL},
	{"mensaje", MAIL},
	{"PRECAUCI", CARE},
	{"ADVERTENCIA", CARE},
	{"ATENCI", CARE},
	{"CUIDADO", CARE},
	{"haga clic", CARE},
	{"fora da ", OUTSIDE},
	{"externo à", OUTSIDE},
	{"remetente externo", OUTSIDE | MAIL},
	{"e-mail externo", OUTSIDE | MAIL},
	{"email externo", OUTSIDE | MAIL},
	{"mensagem", MAIL},
	{"ATENÇÃO", CARE},
	{"AVISO", CARE},
	{"clique em", CARE},
	/* Italian */
	{"all'esterno", OUTSIDE},
	{"dall’esterno", OUTSIDE},
	{"di fuori", OUTSIDE},
	{"mittente esterno", OUTSIDE | MAIL},
	{"mail esterna", OUTSIDE | MAIL},
	{"messaggio", MAIL},
	{"ATTENZIONE", CARE},
	{"AVVISO", CARE},
	/* Dutch */
	{"buiten de ", OUTSIDE},
	{"buiten uw ", OUTSIDE},
	{"externe afzender", OUTSIDE | MAIL},
	{"LET OP", CARE},
	{"WAARSCHUWING", CARE},
	{"afkomstig", CARE},
	/* Danish, Norwegian, Swedish */
	{"ekstern afsender", OUTSIDE | MAIL},
	{"ekstern avsender", OUTSIDE | MAIL},
	{"ekstern mail", OUTSIDE | MAIL},
	{"ekstern e-post", OUTSIDE | MAIL},
	{"uden for ", OUTSIDE},
	{"utenfor ", OUTSIDE},
	{"extern avsändare", OUTSIDE | MAIL},
	{"utanför ", OUTSIDE},
	{"e-post", MAIL},
	{"Denne mail", MAIL},
	{"ADVARSEL", CARE},
	{"VARNING", CARE},
	{"kommer fr", CARE},
	{"klik ikke", CARE},
	{"klikk ikke", CARE},
	{"klicka inte", CARE},
	/* Finnish */
	{"ulkopuole", OUTSIDE},
	{"ulkoinen ", OUTSIDE},
	{"viesti", MAIL},
	{"sähköposti", MAIL},
	{"HUOMIO", CARE},
	{"VAROITUS", CARE},
	{"lähetetty", CARE},
	/* Polish, Czech, Slovak */
	{"spoza ", OUTSIDE},
	{"zewnętrzn", OUTSIDE},
	{"wiadomo", MAIL},
	{"UWAGA", CARE},
	{"OSTRZEŻENIE", CARE},
	{"pochodzi", CARE},
	{"externího", OUTSIDE},
	{"externého", OUTSIDE},
	{"mimo organizaci", OUTSIDE},
	{"mimo organizácie", OUTSIDE},
	{"zpráva", MAIL},
	{"správa", MAIL},
	{"UPOZORNĚNÍ", CARE},
	{"UPOZORNENIE", CARE},
	{"POZOR", CARE},
	{"pochází", CARE},
	/* Hungarian, Romanian, Turkish, Greek */
	{"külső", OUTSIDE},
	{"levél", MAIL},
	{"FIGYELEM", CARE},
	{"din afara", OUTSIDE},
	{"expeditor extern", OUTSIDE | MAIL},
	{"ATENȚIE", CARE},
	{"provine", CARE},
	{"dışından", OUTSIDE},
	{"dış kaynak", OUTSIDE},
	{"e-posta", MAIL},
	{"DİKKAT", CARE},
	{"UYARI", CARE},
	{"εκτός", OUTSIDE},
	{"εξωτερικ", OUTSIDE},
	{"μήνυμα", MAIL},
	{"ΠΡΟΣΟΧΗ", CARE},
	{"Προσοχή", CARE},
	/* Russian, Ukrainian */
	{"внешн", OUTSIDE},
	{"Внешн", OUTSIDE},
	{"ВНЕШН", OUTSIDE},
	{"извне", OUTSIDE},
	{"зовнішн", OUTSIDE},
	{"ззовні", OUTSIDE},
	{"письмо", MAIL},
	{"ПИСЬМО", MAIL},
	{"сообщение", MAIL},
	{"отправител", MAIL},
	{"лист ", MAIL},
	{"повідомлення", MAIL},
	{"ВНИМАНИЕ", CARE},
	{"Внимание", CARE},
	{"осторожн", CARE},
	{"УВАГА", CARE},
	{"Увага", CARE},
	{"не переход", CARE},
	/* Chinese, Japanese, Korean */
	{"外部", OUTSIDE},
	{"组织外", OUTSIDE},
	{"組織外", OUTSIDE},
	{"社外", OUTSIDE},
	{"외부", OUTSIDE},
	{"邮件", MAIL},
	{"郵件", MAIL},
	{"メール", MAIL},
	{"메일", MAIL},
	{"注意", CARE},
	{"警告", CARE},
	{"谨慎", CARE},
	{"謹慎", CARE},
	{"请勿", CARE},
	{"請勿", CARE},
	{"ご注意", CARE},
	{"주의", CARE},
	{"경고", CARE},
	/* Hebrew, Arabic */
	{"מחוץ לארגון", OUTSIDE},
	{"הודעה", MAIL},
	{"זהירות", CARE},
	{"خارج", OUTSIDE},
	{"رسالة", MAIL},
	{"البريد", MAIL},
	{"تحذير", CARE},
	{"تنبيه", CARE},
};

enum { PHRASES = sizeof phrases / sizeof *phrases };

/* A line that says no more than that, between brackets, stars or dashes. */
static const char *const labels[] = {
	"EXT",
	"EXTERN",
	"EXTERNAL",
	"EXTERNAL EMAIL",
	"EXTERNAL E-MAIL",
	"EXTERNAL MAIL",
	"EXTERNAL MESSAGE",
	"EXTERNAL SENDER",
	"EXTERNE",
	"EXTERNE E-MAIL",
	"EXTERNE MAIL",
	"COURRIEL EXTERNE",
	"EXTERNO",
	"CORREO EXTERNO",
	"E-MAIL EXTERNO",
	"ESTERNO",
	"EMAIL ESTERNA",
	"EKSTERN",
	"EKSTERN MAIL",
	"EKSTERN E-POST",
	"外部邮件",
	"外部郵件",
	"外部メール",
	"社外メール",
	"社外",
	"외부메일",
	"외부 메일",
	"внешнее письмо",
	"ВНЕШНЕЕ ПИСЬМО",
};

/* What a company calls its own mail: AMD, Dell, Juniper, STMicroelectronics,
 * and labels of Microsoft Purview and Titus. */
static const char *const classes[] = {
	"[AMD *",
	"[Public]",
	"[Internal*]",
	"[Restricted*]",
	"[Confidential*]",
	"Internal Use - Confidential",
	"Dell Customer Communication - Confidential",
	"Juniper Business Use Only",
	"Juniper Public",
	"Juniper Internal",
	"ST Restricted",
	"ST Confidential",
	"Classification: *",
	"Classified as: *",
	"*Official Use Only*",
	"* Confidential – Internal*",
};

/* What a line must hold besides; people write some of these, too. */
enum also { NOTHING, ISSUE_KEY, LOGIN, STARS };

/* What trackers and code hosts say of a comment. */
static const struct {
	const char *pattern;
	enum also also;
} comments[] = {
	/* Bugzilla */
	{"http*show_bug.cgi?id=%*", NOTHING},
	{"--- Comment #%* from *", NOTHING},
	{"------- Comment #%* from *", NOTHING},
	{"------- Additional Comments From *", NOTHING},
	{"Comment #*%* on *%* from *", NOTHING},
	{"*@* changed:", NOTHING},
	{"What *|Removed*|Added*", NOTHING},
	/* Jira */
	{"[ http*/browse/*-%*]", NOTHING},
	{"* commented on *-%*:", ISSUE_KEY},
	{"* edited a comment on *-%*:", ISSUE_KEY},
	{"* edited comment on *-%*:", ISSUE_KEY},
	{"* created *-%*:", ISSUE_KEY},
	{"* updated *-%*:", ISSUE_KEY},
	/* Launchpad */
	{"You have been subscribed to a public bug*", NOTHING},
	{"Public bug reported:", NOTHING},
	{"http*bugs.launchpad.net/bugs/%*", NOTHING},
	{"*** This bug is a duplicate of bug %* ***", STARS},
	{"** Changed in: *", STARS},
	{"** Also affects: *", STARS},
	{"** Tags added: *", STARS},
	{"** Tags removed: *", STARS},
	/* GitHub */
	{"@* commented on this pull request.", NOTHING},
	{"@* commented on this gist.", NOTHING},
	{"* left a comment (*#%*)", NOTHING},
	/* GitLab */
	{"* commented:", NOTHING},
	{"* commented on a discussion:", NOTHING},
	{"* commented on a discussion: http*", NOTHING},
	{"* commented on a discussion on *:", NOTHING},
	{"* commented on a discussion on *: http*", NOTHING},
	{"* started a new discussion on *: http*", NOTHING},
	{"* started a new discussion on *:", NOTHING},
	{"* started a new discussion:*", NOTHING},
	/* Gerrit */
	{"* has posted comments on this change*", NOTHING},
	{"Attention is currently required from: *", NOTHING},
	{"Change subject: *", NOTHING},
	/* Phabricator */
	{"* added a comment.", LOGIN},
	{"* added inline comments.", LOGIN},
	/* Redmine */
	{"* #%* has been updated by *.", NOTHING},
	{"* #%* has been reported by *.", NOTHING},
	/* Trac */
	{"Comment (by *):", NOTHING},
	{"Changes (by *):", NOTHING},
	{"#%*: *", NOTHING},
	{"Reporter:*|*Owner:*", NOTHING},
	/* Savannah */
	{"Follow-up Comment #%*, * #%* (project *):", NOTHING},
	{"Update of * #%* (project *):", NOTHING},
	/* help desks: Zendesk, Jira Service, YouTrack, Freshdesk */
	{"*type your reply above this line*", NOTHING},
	{"*reply above this line*", NOTHING},
	{"*replies all text above this line*", NOTHING},
	{"*antworten Sie oberhalb dieser Linie*", NOTHING},
	{"*répon*au-dessus de cette ligne*", NOTHING},
	{"*respuesta*encima de esta línea*", NOTHING},
};

/* A line of dashes, dots or equals signs. */
static bool
is_rule(const char *text, size_t len)
{
	if (len < 3)
		return false;
	for (size_t i = 0; i < len; i++)
		if (text[i] != *text && text[i] != ' ' && text[i] != '+')
			return false;
	return *text == '-' || *text == '=' || *text == '_' || *text == '.' ||
	       *text == '*' || *text == '#' || *text == '~';
}

static unsigned
what_it_says(const struct nd_needles *needles, const char *text, size_t len)
{
	bool found[PHRASES] = {false};
	unsigned says = 0;

	nd_needles_find(needles, text, len, found);
	for (size_t k = 0; k < PHRASES; k++)
		says |= found[k] ? phrases[k].says : 0;
	return says;
}

static bool
ends_sentence(const char *text, size_t len)
{
	return len > 0 && (text[len - 1] == '.' || text[len - 1] == '!' ||
	                   text[len - 1] == ']' || text[len - 1] == '*' ||
	                   nd_mem_ends_nocase(text, len, "。"));
}

/*
 * Behind the warning at line i, or i. It may go on for some lines, and the
 * author's words may touch it.
 */
static size_t
warning_end(const struct nd_needles *needles, const struct nd_lines *lines,
            size_t i)
{
	unsigned says = 0;
	size_t bytes = 0, end = i;
	bool open = true; /* the sentence goes on */

	for (size_t at = i; at < lines->count && at - i < WARNING_LINES &&
	                    lines->line[at].kind == ND_LINE_OWN;
	     at++) {
		const char *text = nd_lines_text(lines, at);
		size_t len = lines->line[at].len;
		unsigned here;

		nd_mem_trim(&text, &len);
		bytes += len;
		if (bytes > WARNING_BYTES)
			break;
		here = what_it_says(needles, text, len);
		if (!here && !open)
			break;
		says |= here;
		open = len >= WRAPPED_BYTES && !ends_sentence(text, len);
		if (!open || here)
			end = at + 1;
	}
	return (says & CERTAIN) || (says & ALL) == ALL ? end : i;
}

static bool
is_upper(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (text[i] >= 'a' && text[i] <= 'z')
			return false;
	return true;
}

/* "[EXTERNAL EMAIL]", "*** External ***", "【社外】" */
static bool
is_label(const char *text, size_t len)
{
	static const char signs[] = "[]*-=<>(){}:!#~_|. ";
	static const char open[] = "\xe3\x80\x90";
	size_t all = len;

	if (len > LABEL_BYTES)
		return false;
	while (len > 0 && *text && strchr(signs, *text)) {
		text++;
		len--;
	}
	while (len > 0 && text[len - 1] && strchr(signs, text[len - 1]))
		len--;
	if (nd_mem_starts(text, len, open) && len > 2 * strlen(open)) {
		text += strlen(open);
		len -= 2 * strlen(open);
	}
	/* One word alone must shout. */
	if (len == all && !memchr(text, ' ', len) && !is_upper(text, len))
		return false;
	for (size_t k = 0; k < sizeof labels / sizeof *labels; k++)
		if (nd_mem_is_nocase(text, len, labels[k]))
			return true;
	return false;
}

static bool
is_class(const char *text, size_t len)
{
	for (size_t k = 0;
	     len <= LABEL_BYTES && k < sizeof classes / sizeof *classes; k++)
		if (nd_mem_matches(text, len, classes[k]))
			return true;
	return false;
}

/* "FOO-123" somewhere? */
static bool
has_issue_key(const char *text, size_t len)
{
	size_t letters = 0;

	for (size_t at = 0; at + 1 < len; at++) {
		if (text[at] >= 'A' && text[at] <= 'Z')
			letters++;
		else if (text[at] == '-' && letters > 1 &&
		         nd_is_digit(text[at + 1]))
			return true;
		else if (!(letters > 0 &&
		           (nd_is_digit(text[at]) || text[at] == '_')))
			letters = 0;
	}
	return false;
}

/* One word, as people are called there; "I" and "We" have done it themselves */
static bool
has_login(const char *text, size_t len)
{
	size_t word = 0;

	while (word < len && text[word] != ' ')
		word++;
	return nd_mem_starts(text + word, len - word, " added ") &&
	       !(*text >= 'A' && *text <= 'Z' && word < 3);
}

static bool
has_also(const char *text, size_t len, enum also also)
{
	switch (also) {
	case ISSUE_KEY:
		return has_issue_key(text, len);
	case LOGIN:
		return has_login(text, len);
	case STARS:
		return nd_mem_starts(text, len, "**");
	default:
		return true;
	}
}

static bool
is_comment(const char *text, size_t len)
{
	if (len > LINE_BYTES)
		return false;
	for (size_t k = 0; k < sizeof comments / sizeof *comments; k++)
		if (nd_mem_matches(text, len, comments[k].pattern) &&
		    has_also(text, len, comments[k].also))
			return true;
	return false;
}

/* The rest of a table, and of "--- Comment #3 from X" that was wrapped. */
static bool
goes_on(const char *text, size_t len)
{
	return len < LINE_BYTES && (nd_mem_matches(text, len, "*|*|*") ||
	                            nd_mem_matches(text, len, "*:*|*:*") ||
	                            nd_mem_matches(text, len, "* ---"));
}

/* Behind what a tracker says from line i on, or i. */
static size_t
comment_end(const struct nd_lines *lines, size_t i)
{
	const char *text = nd_lines_text(lines, i);
	size_t len = lines->line[i].len;

	nd_mem_trim(&text, &len);
	if (!is_comment(text, len))
		return i;
	for (i++; i < lines->count && lines->line[i].kind == ND_LINE_OWN; i++) {
		text = nd_lines_text(lines, i);
		len = lines->line[i].len;
		nd_mem_trim(&text, &len);
		if (!is_rule(text, len) && !is_comment(text, len) &&
		    !goes_on(text, len))
			break;
	}
	return i;
}

static size_t
block_end(const struct nd_needles *needles, const struct nd_lines *lines,
          size_t i)
{
	const char *text = nd_lines_text(lines, i);
	size_t len = lines->line[i].len, end;

	nd_mem_trim(&text, &len);
	if (is_label(text, len) || is_class(text, len))
		return i + 1;
	end = comment_end(lines, i);
	return end > i ? end : warning_end(needles, lines, i);
}

void
nd_banner_mark(struct nd_lines *lines)
{
	const char *text_of[PHRASES];
	struct nd_needles needles;
	size_t done = 0; /* behind the last line of a banner */

	for (size_t k = 0; k < PHRASES; k++)
		text_of[k] = phrases[k].text;
	nd_needles_init(&needles, text_of, PHRASES);
	for (size_t i = 0; i < lines->count;) {
		const char *text = nd_lines_text(lines, i);
		size_t len = lines->line[i].len, end;

		nd_mem_trim(&text, &len);
		if (lines->line[i].kind == ND_LINE_BLANK ||
		    (lines->line[i].kind == ND_LINE_OWN &&
		     is_rule(text, len))) {
			i++;
			continue;
		}
		if (lines->line[i].kind != ND_LINE_OWN)
			break;
		end = block_end(&needles, lines, i);
		if (end == i)
			break;
		for (size_t k = done; k < end; k++)
			if (lines->line[k].kind == ND_LINE_OWN)
				lines->line[k].kind = ND_LINE_SIGNATURE;
		i = done = end;
	}
	/* A rule between a banner and the text goes with the banner. */
	for (; done > 0 && done < lines->count; done++) {
		const char *text = nd_lines_text(lines, done);
		size_t len = lines->line[done].len;

		nd_mem_trim(&text, &len);
		if (lines->line[done].kind == ND_LINE_OWN && is_rule(text, len))
			lines->line[done].kind = ND_LINE_SIGNATURE;
		else if (lines->line[done].kind != ND_LINE_BLANK)
			break;
	}
}
