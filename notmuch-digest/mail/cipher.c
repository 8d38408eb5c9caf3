/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/cipher.h"

#include <string.h>

#include "mail/charset.h"
#include "mail/html.h"
#include "mail/parts.h"
#include "util/alloc.h"
#include "util/cms.h"
#include "util/limits.h"
#include "util/str.h"
#include "util/utf8.h"

enum {
	MARK_LETTERS = 12,    /* "Bob Smith> ": letters of a quote mark */
	NEAR_BYTES = 4096,    /* how far the cipher is behind its armour line */
	RUN_BYTES = 40,       /* base64 in one piece: no word of any language */
	OTR_HEAD_BYTES = 120, /* what a piece has before its base64, and that */
	SPOKEN_OF = 100,      /* more armour lines than that are not talk */
	HEADER_BYTES = 2000,
};

/* ---- armour -------------------------------------------------------------- */

static const char *const labels[] = {
	"PGP MESSAGE",
	"PKCS7",
	"CMS",
	"AGE ENCRYPTED FILE",
	"PRIVACY-ENHANCED MESSAGE",
};

/* Blanks, the no-break one too; the bytes passed. */
static size_t
pass_blanks(const char *text, size_t len)
{
	size_t at = 0;

	while (at < len) {
		if (text[at] == ' ' || text[at] == '\t')
			at++;
		else if (nd_mem_starts(text + at, len - at, "\xc2\xa0"))
			at += 2;
		else
			break;
	}
	return at;
}

/* Mailers make typographic dashes of "--": U+2010..U+2015 and U+2212. */
static size_t
dash_at(const char *text, size_t len)
{
	if (len > 0 && *text == '-')
		return 1;
	if (len >= 3 && (unsigned char)text[0] == 0xe2 &&
	    (((unsigned char)text[1] == 0x80 &&
	      (unsigned char)text[2] >= 0x90 &&
	      (unsigned char)text[2] <= 0x95) ||
	     ((unsigned char)text[1] == 0x88 &&
	      (unsigned char)text[2] == 0x92)))
		return 3;
	return 0;
}

/* The start of the dashes and blanks that end before end; end: no dash. */
static size_t
dashes_before(const char *text, size_t end)
{
	size_t at = end, dashes = 0;

	while (at > 0) {
		if (at >= 3 && dash_at(text + at - 3, 3) == 3) {
			at -= 3;
			dashes += 2;
		} else if (text[at - 1] == '-') {
			at--;
			dashes++;
		} else if (text[at - 1] == ' ' || text[at - 1] == '\t') {
			at--;
		} else if (at >= 2 && pass_blanks(text + at - 2, 2) == 2) {
			at -= 2;
		} else {
			break;
		}
	}
	return dashes >= 2 ? at : end;
}

/* "PGP  MESSAGE, PART 1/2 -----" behind BEGIN: its bytes, 0 for any other. */
static size_t
pass_label(const char *text, size_t len, const char *label)
{
	size_t at = pass_blanks(text, len), dash;

	if (at == 0)
		return 0;
	for (; *label; label++) {
		size_t blanks = pass_blanks(text + at, len - at);

		if (*label == ' ' && blanks == 0)
			return 0;
		if (*label == ' ')
			at += blanks;
		else if (at < len && text[at] == *label)
			at++;
		else
			return 0;
	}
	if (nd_mem_starts(text + at, len - at, ", PART "))
		while (at < len && text[at] != '-' && text[at] != '\n')
			at++;
	at += pass_blanks(text + at, len - at);
	if (!dash_at(text + at, len - at))
		return 0;
	while ((dash = dash_at(text + at, len - at)))
		at += dash;
	return at;
}

static size_t
count_letters(const char *text, size_t len)
{
	size_t count = 0;

	for (size_t i = 0; i < len; i++)
		count += nd_is_alnum(text[i]);
	return count;
}

/* Is what stands before the dashes of a line only a mark, or a tag? */
static bool
is_mark(const char *text, size_t len)
{
	size_t letters = count_letters(text, len);

	while (len > 0 && nd_is_space(text[len - 1]))
		len--;
	if (letters == 0)
		return true;
	return text[len - 1] == '>' &&
	       (letters <= MARK_LETTERS || *text == '<');
}

/* Nothing but marks, or a tag, up to the end of the line? */
static bool
ends_line(const char *text, size_t len)
{
	const char *lf;

	if (len > NEAR_BYTES)
		len = NEAR_BYTES;
	lf = memchr(text, '\n', len);
	if (lf)
		len = (size_t)(lf - text);
	return (len > 0 && *text == '<') || count_letters(text, len) == 0;
}

static bool
is_base64(char c)
{
	return nd_is_alnum(c) || c == '+' || c == '/' || c == '=';
}

static bool
has_cipher(const char *text, size_t len)
{
	size_t run = 0;

	for (size_t i = 0; i < len && i < NEAR_BYTES; i++) {
		run = is_base64(text[i]) ? run + 1 : 0;
		if (run >= RUN_BYTES)
			return true;
	}
	return false;
}

enum armour { ARMOUR_NONE, ARMOUR_SPOKEN_OF, ARMOUR_REAL };

/* What is the "BEGIN" at text[begin]? */
static enum armour
armour_at(const char *text, size_t len, size_t begin)
{
	size_t dashes = dashes_before(text, begin), line = dashes, end = 0;

	if (dashes == begin)
		return ARMOUR_NONE;
	begin += strlen("BEGIN");
	for (size_t i = 0; i < sizeof labels / sizeof *labels && !end; i++)
		end = pass_label(text + begin, len - begin, labels[i]);
	if (!end)
		return ARMOUR_NONE;
	end += begin;
	while (line > 0 && text[line - 1] != '\n' && dashes - line < NEAR_BYTES)
		line--;
	if ((is_mark(text + line, dashes - line) &&
	     ends_line(text + end, len - end)) ||
	    has_cipher(text + end, len - end))
		return ARMOUR_REAL;
	return ARMOUR_SPOKEN_OF;
}

/*
 * "?OTR:AAMD…." and its pieces "?OTR|…,1,2,AAMD…,": a conversation that was
 * recorded, or sent by mail (Off-the-Record Messaging 3, data messages).
 */
static bool
has_otr(const char *text, size_t len)
{
	static const char mark[] = "?OTR";
	const char *at = text;

	while ((at = nd_mem_find(at, len - (size_t)(at - text), mark))) {
		size_t left;

		at += strlen(mark);
		left = len - (size_t)(at - text);
		if (left > RUN_BYTES && strchr(":|,", *at) &&
		    has_cipher(at,
		               left < OTR_HEAD_BYTES ? left : OTR_HEAD_BYTES))
			return true;
	}
	return false;
}

bool
nd_cipher_in_text(const char *text, size_t len)
{
	const char *at = text;
	unsigned spoken_of = 0;

	if (has_otr(text, len))
		return true;

	while ((at = nd_mem_find(at, len - (size_t)(at - text), "BEGIN"))) {
		switch (armour_at(text, len, (size_t)(at - text))) {
		case ARMOUR_REAL:
			return true;
		case ARMOUR_SPOKEN_OF:
			if (++spoken_of > SPOKEN_OF)
				return true;
			break;
		case ARMOUR_NONE:
			break;
		}
		at += strlen("BEGIN");
	}
	return false;
}

/* ---- types --------------------------------------------------------------- */

static bool
has(const char *text, size_t len, const char *word)
{
	return nd_mem_find_nocase(text, len, word) != NULL;
}

/* A value of Content-Type, as its mail has it. */
static bool
is_cipher_type(const char *value, size_t len)
{
	if (has(value, len, "multipart/encrypted") ||
	    has(value, len, "application/pgp-encrypted") ||
	    has(value, len, "pgp-message") || has(value, len, "rpmsg-message"))
		return true;
	if (has(value, len, "x-action") && has(value, len, "encrypt"))
		return true;
	return has(value, len, "pkcs7-mime") &&
	       !has(value, len, "signed-data") &&
	       !has(value, len, "certs-only");
}

bool
nd_cipher_in_source(const char *bytes, size_t len)
{
	static const char name[] = "content-type:";
	size_t at = 0;

	while (at < len) {
		const char *lf = memchr(bytes + at, '\n', len - at);
		size_t next = lf ? (size_t)(lf - bytes) + 1 : len;

		if (nd_mem_starts_nocase(bytes + at, len - at, name)) {
			while (next < len && next - at < HEADER_BYTES &&
			       (bytes[next] == ' ' || bytes[next] == '\t')) {
				lf = memchr(bytes + next, '\n', len - next);
				next = lf ? (size_t)(lf - bytes) + 1 : len;
			}
			if (is_cipher_type(bytes + at, next - at))
				return true;
		}
		at = next;
	}
	return nd_cipher_in_text(bytes, len);
}

/* ---- binary forms -------------------------------------------------------- */

/* The packet's tag (RFC 4880, 4.2), *body behind its header; -1: no packet. */
static int
packet_tag(const unsigned char *bytes, size_t len, size_t *body)
{
	if (len < 8 || !(bytes[0] & 0x80))
		return -1;
	if (bytes[0] & 0x40) {
		*body = bytes[1] < 192 ? 2 : bytes[1] < 224 ? 3 : 6;
		return bytes[0] & 0x3f;
	}
	*body = (bytes[0] & 3) == 0 ? 2 : (bytes[0] & 3) == 1 ? 3 : 5;
	return (bytes[0] >> 2) & 0xf;
}

/* Does the file begin with a session key or an encrypted packet? */
static bool
is_openpgp(const unsigned char *bytes, size_t len)
{
	size_t body;
	int tag = packet_tag(bytes, len, &body);
	unsigned version = tag >= 0 && body < len ? bytes[body] : 0;

	switch (tag) {
	case 1:
		return version == 2 || version == 3 || version == 6;
	case 3:
		return version >= 4 && version <= 6;
	case 18:
		return version == 1 || version == 2;
	case 20:
		return version == 1;
	case 10: /* "PGP": a marker before what old programs cannot read */
		return nd_mem_starts((const char *)bytes + body, len - body,
		                     "PGP");
	default:
		return false;
	}
}

/* Keys and detached signatures are called .pgp, .gpg and .asc, too. */
static bool
is_key_or_signature(const unsigned char *bytes, size_t len)
{
	const char *text = (const char *)bytes;
	size_t body;

	switch (packet_tag(bytes, len, &body)) {
	case 2:
	case 5:
	case 6:
		return true;
	default:
		return nd_mem_find(text, len, "BEGIN PGP SIGN") ||
		       nd_mem_find(text, len, "BEGIN PGP PUBLIC KEY") ||
		       nd_mem_find(text, len, "BEGIN PGP PRIVATE KEY");
	}
}

/* ---- parts --------------------------------------------------------------- */

static const char *
parameter(GMimeObject *part, const char *name)
{
	const char *value =
		g_mime_object_get_content_type_parameter(part, name);

	return value ? value : "";
}

static const char *
file_name(GMimeObject *part)
{
	const char *name = g_mime_part_get_filename(GMIME_PART(part));

	return name ? name : "";
}

/* Does its type alone say so? */
static bool
is_cipher_by_type(GMimeObject *part)
{
	const char *action = parameter(part, "x-action");

	return GMIME_IS_MULTIPART_ENCRYPTED(part) ||
	       nd_parts_is_type(part, "multipart", "encrypted") ||
	       nd_parts_is_type(part, "application", "pgp-encrypted") ||
	       nd_parts_is_type(part, "application", "pgp-message") ||
	       nd_parts_is_type(part, "application", "x-pgp-message") ||
	       nd_parts_is_type(part, "application",
	                        "x-microsoft-rpmsg-message") ||
	       has(action, strlen(action), "encrypt") ||
	       nd_str_equal_nocase(parameter(part, "protocol"),
	                           "application/pgp-encrypted");
}

/*
 * Signed, and what is signed may be encrypted once more. Where the content can
 * be taken out nd_cipher_in_mail() looks at its parts, else the types that
 * stand in it tell.
 */
static bool
is_signed_cipher(GMimeObject *part, const unsigned char *bytes, size_t len)
{
	struct nd_buf *content = nd_buf_new(NULL, ND_LIMIT_MAIL_BYTES);
	enum nd_cms kind = nd_cms_signed_content(content, bytes, len);

	talloc_free(content);
	if (kind == ND_CMS_SIGNED && nd_parts_is_smime(part))
		return false;
	return kind == ND_CMS_OTHER ||
	       nd_cipher_in_source((const char *)bytes, len);
}

static bool
is_smime(GMimeObject *part, const unsigned char *bytes, size_t len)
{
	switch (nd_cms_kind(bytes, len)) {
	case ND_CMS_SIGNED:
		return is_signed_cipher(part, bytes, len);
	case ND_CMS_OTHER:
		return true;
	case ND_CMS_NONE:
		break;
	}
	return nd_parts_is_smime(part);
}

/* A file that only its name calls encrypted; .asc is a format of texts, too. */
static bool
is_named_pgp(GMimeObject *part, const unsigned char *bytes, size_t len)
{
	const char *name = file_name(part);

	if (nd_str_ends_nocase(name, "encrypted.asc"))
		return true;
	return (nd_parts_is_type(part, "application", "pgp") ||
	        nd_str_ends_nocase(name, ".pgp") ||
	        nd_str_ends_nocase(name, ".gpg")) &&
	       !is_key_or_signature(bytes, len);
}

static bool
is_cipher_text(GMimeObject *part, const char *bytes, size_t len)
{
	struct nd_buf *text = nd_buf_new(NULL, ND_LIMIT_PART_BYTES);
	char *clean;
	bool found;

	if (nd_parts_is_type(part, "text", "html"))
		nd_charset_html_to_utf8(text, bytes, len,
		                        parameter(part, "charset"));
	else
		nd_charset_to_utf8(text, bytes, len,
		                   parameter(part, "charset"));
	clean = nd_utf8_clean(text, text->data, text->len, NULL);
	found = nd_cipher_in_text(clean, strlen(clean));
	if (!found && nd_parts_is_type(part, "text", "html")) {
		struct nd_buf *shown =
			nd_html_to_text(text, clean, strlen(clean));

		found = nd_cipher_in_text(shown->data, shown->len);
	}
	talloc_free(text);
	return found;
}

/* Is the text worth a second look, with its charset and markup undone? */
static bool
may_hide_armour(GMimeObject *part, const char *bytes, size_t len)
{
	return len > 0 && nd_parts_is_type(part, "text", "*") &&
	       (memchr(bytes, '\0', len) || /* UTF-16, UTF-32 */
	        !nd_charset_keeps_ascii(parameter(part, "charset")) ||
	        (nd_parts_is_type(part, "text", "html") &&
	         (nd_mem_find(bytes, len, "PGP") ||
	          nd_mem_find(bytes, len, "&#"))) ||
	        nd_mem_find(bytes, len, "BEGIN") ||
	        nd_mem_find(bytes, len, "?OTR"));
}

bool
nd_cipher_is_part(GMimeObject *part)
{
	GByteArray *bytes;
	bool found;
	void *tmp;

	if (is_cipher_by_type(part))
		return true;
	if (!GMIME_IS_PART(part))
		return false;
	tmp = talloc_new(NULL);
	bytes = nd_parts_bytes(tmp, GMIME_PART(part));
	found = nd_cipher_in_text((const char *)bytes->data, bytes->len) ||
	        (!nd_parts_is_type(part, "text", "*") &&
	         is_openpgp(bytes->data, bytes->len)) ||
	        is_smime(part, bytes->data, bytes->len) ||
	        is_named_pgp(part, bytes->data, bytes->len) ||
	        (may_hide_armour(part, (const char *)bytes->data, bytes->len) &&
	         is_cipher_text(part, (const char *)bytes->data, bytes->len));
	talloc_free(tmp);
	return found;
}

bool
nd_cipher_in_mail(GMimeMessage *mime)
{
	struct nd_parts *parts = nd_parts_new(NULL, mime);
	GMimeObject *part;

	bool found;

	while ((part = nd_parts_next(parts)) && !nd_cipher_is_part(part))
		continue;
	found = part || nd_parts_are_over(parts);
	talloc_free(parts);
	return found;
}
