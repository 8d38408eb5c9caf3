/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/mime.h"

#include <string.h>

#include "body/body.h"
#include "mail/charset.h"
#include "mail/cipher.h"
#include "mail/html.h"
#include "mail/parts.h"
#include "util/alloc.h"
#include "util/limits.h"
#include "util/str.h"
#include "util/utf8.h"

enum { EXCUSE_BYTES = 600 }; /* a longer text is one to be read */

struct walk {
	struct nd_body *body;
	unsigned parts;     /* looked at so far */
	unsigned forwarded; /* attached mails we are inside of */
	bool ciphers;       /* there are such parts */
	size_t signed_room; /* bytes that may be taken out of signatures */
};

static void walk_part(struct walk *walk, GMimeObject *part, unsigned depth);

static const char *
file_name(GMimeObject *part)
{
	const char *name = g_mime_part_get_filename(GMIME_PART(part));

	return name ? name : "";
}

static bool
is_attached(GMimeObject *part)
{
	const char *how = g_mime_object_get_disposition(part);

	/* Some mailers attach the text of the mail itself, without a name. */
	return how && nd_str_equal_nocase(how, "attachment") &&
	       *file_name(part);
}

static bool
is_patch_file(GMimeObject *part)
{
	const char *name = file_name(part);
	bool text = nd_parts_is_type(part, "text", "*");

	if (nd_parts_is_type(part, "text", "x-patch") ||
	    nd_parts_is_type(part, "text", "x-diff"))
		return true;
	return (text || nd_parts_is_type(part, "application", "octet-stream") ||
	        nd_parts_is_type(part, "application", "x-patch") ||
	        nd_parts_is_type(part, "application", "mbox")) &&
	       (nd_str_ends_nocase(name, ".patch") ||
	        nd_str_ends_nocase(name, ".diff"));
}

/* The text of a part as UTF-8, unsafe characters still in it. */
static struct nd_buf *
part_text(const void *ctx, GMimeObject *part)
{
	struct nd_buf *text = nd_buf_new(ctx, ND_LIMIT_PART_BYTES);
	GByteArray *bytes = nd_parts_bytes(text, GMIME_PART(part));
	const char *charset =
		g_mime_object_get_content_type_parameter(part, "charset");

	if (nd_parts_is_type(part, "text", "html"))
		nd_charset_html_to_utf8(text, (const char *)bytes->data,
		                        bytes->len, charset);
	else
		nd_charset_to_utf8(text, (const char *)bytes->data, bytes->len,
		                   charset);
	return text;
}

static void
add_attachment(struct walk *walk, GMimeObject *part, const char *name)
{
	struct nd_body *body = walk->body;
	struct nd_attachment *attachment =
		x_append(body, body->attachment, body->attachment_count);
	GMimeDataWrapper *content = NULL;
	char *type = g_mime_content_type_get_mime_type(
		g_mime_object_get_content_type(part));
	gint64 bytes = 0;

	if (GMIME_IS_PART(part))
		content = g_mime_part_get_content(GMIME_PART(part));
	if (content)
		bytes = g_mime_stream_length(
			g_mime_data_wrapper_get_stream(content));
	attachment->name = nd_utf8_clean_line(body, name, strlen(name));
	attachment->type =
		nd_str_lower(nd_utf8_clean_line(body, type, strlen(type)));
	attachment->bytes = bytes > 0 ? (size_t)bytes : 0;
	g_free(type);
}

static void
add_text(struct walk *walk, const char *text, size_t len, unsigned flags)
{
	size_t removed = 0;
	char *clean = nd_utf8_clean(NULL, text, len, &removed);

	walk->body->unsafe_count += removed;
	if (walk->forwarded > 0)
		flags |= ND_TEXT_FORWARDED;
	nd_body_add(walk->body, clean, strlen(clean), flags);
	talloc_free(clean);
}

static unsigned
plain_flags(GMimeObject *part)
{
	const char *format =
		g_mime_object_get_content_type_parameter(part, "format");
	const char *delsp =
		g_mime_object_get_content_type_parameter(part, "delsp");
	unsigned flags = 0;

	if (format && nd_str_equal_nocase(format, "flowed"))
		flags |= ND_TEXT_FLOWED;
	if (delsp && nd_str_equal_nocase(delsp, "yes"))
		flags |= ND_TEXT_DELSP;
	return flags;
}

static void
part_is_cut(struct walk *walk)
{
	nd_message_set_cut(walk->body,
	                   "a part of over %u bytes: not all of it was read",
	                   ND_LIMIT_PART_BYTES);
}

static void
walk_text(struct walk *walk, GMimeObject *part)
{
	struct nd_buf *text = part_text(NULL, part);

	if (text->full)
		part_is_cut(walk);
	if (is_patch_file(part)) {
		add_text(walk, text->data, text->len, 0);
	} else if (nd_parts_is_type(part, "text", "html")) {
		struct nd_buf *shown =
			nd_html_to_text(text, text->data, text->len);

		if (shown->full)
			nd_message_set_cut(
				walk->body,
				"HTML of too many tags: not all of it "
				"was read");
		add_text(walk, shown->data, shown->len, ND_TEXT_HTML);
	} else {
		add_text(walk, text->data, text->len, plain_flags(part));
	}
	talloc_free(text);
}

/*
 * Signed as a whole: the text stands inside of the signature. A mail that is
 * all of that hides its header so (RFC 8551, 3.1): it is not a forwarded one.
 */
static bool
walk_signed(struct walk *walk, GMimeObject *part, unsigned depth)
{
	void *tmp = talloc_new(NULL);
	GMimeObject *inner = nd_parts_signed(tmp, part, &walk->signed_room);
	GMimeMessage *mail = NULL;

	if (inner && GMIME_IS_MESSAGE_PART(inner))
		mail = g_mime_message_part_get_message(
			GMIME_MESSAGE_PART(inner));
	if (mail && g_mime_message_get_mime_part(mail))
		inner = g_mime_message_get_mime_part(mail);
	if (inner) {
		walk->body->flags |= ND_BODY_SIGNED;
		walk_part(walk, inner, depth + 1);
	}
	talloc_free(tmp);
	return inner != NULL;
}

static void
walk_leaf(struct walk *walk, GMimeObject *part, unsigned depth)
{
	bool text = nd_parts_is_type(part, "text", "plain") ||
	            nd_parts_is_type(part, "text", "markdown") ||
	            nd_parts_is_type(part, "text", "html");

	if (walk->ciphers && nd_cipher_is_part(part)) {
		walk->body->flags |= ND_BODY_ENCRYPTED;
		return;
	}
	if (is_patch_file(part) || (text && !is_attached(part))) {
		walk_text(walk, part);
		return;
	}
	if (walk_signed(walk, part, depth))
		return;
	/* A signature that cannot be opened, a mail in an encoding of its own.
	 */
	if (nd_parts_is_smime(part) ||
	    nd_parts_is_type(part, "message", "rfc822") ||
	    nd_parts_is_type(part, "message", "global") ||
	    nd_parts_is_type(part, "message", "partial"))
		walk->body->flags |= ND_BODY_UNSEEN;
	/* The detached signature says that the mail is signed, no more. */
	if (nd_parts_is_type(part, "application", "pgp-signature") ||
	    nd_parts_is_type(part, "application", "pkcs7-signature") ||
	    nd_parts_is_type(part, "application", "x-pkcs7-signature"))
		walk->body->flags |= ND_BODY_SIGNED;
	else
		add_attachment(walk, part, file_name(part));
}

/* ---- alternatives -------------------------------------------------------- */

/* What mailers leave of markup in a text part that has no text. */
static const char *const no_text[] = {"&nbsp;", "&#160;", "&#xa0;",
                                      "<br>",   "<br/>",  "<br />"};

static size_t
pass_no_text(const char *text, size_t len)
{
	for (size_t i = 0; i < sizeof no_text / sizeof *no_text; i++)
		if (nd_mem_starts_nocase(text, len, no_text[i]))
			return strlen(no_text[i]);
	return 0;
}

/* Nothing that can be read, such as one no-break space? */
static bool
is_blank(const char *text, size_t len)
{
	size_t at = 0;

	while (at < len) {
		size_t no = pass_no_text(text + at, len - at);

		if (no > 0)
			at += no;
		else if (!nd_utf8_is_blank(nd_utf8_next(text, len, &at)))
			return false;
	}
	return true;
}

static bool
is_empty_text(GMimeObject *part)
{
	struct nd_buf *text = part_text(NULL, part);
	bool empty = is_blank(text->data, text->len);

	talloc_free(text);
	return empty;
}

/* How well one of several alternatives can be shown; 0 is not at all. */
static int
rank(GMimeObject *part)
{
	if (GMIME_IS_MULTIPART(part))
		return 2;
	if (!GMIME_IS_PART(part))
		return 0;
	if (nd_parts_is_type(part, "text", "plain"))
		return is_empty_text(part) ? 0 : 3;
	return nd_parts_is_type(part, "text", "html") ? 1 : 0;
}

/* The HTML of an alternative, which may stand among its pictures; or NULL. */
static GMimeObject *
html_of(GMimeObject *part)
{
	for (int depth = 0;
	     part && GMIME_IS_MULTIPART(part) && depth < ND_LIMIT_MIME_DEPTH;
	     depth++)
		part = g_mime_multipart_get_count(GMIME_MULTIPART(part)) > 0
		               ? g_mime_multipart_get_part(
					 GMIME_MULTIPART(part), 0)
		               : NULL;
	return part && GMIME_IS_PART(part) &&
	                       nd_parts_is_type(part, "text", "html")
	               ? part
	               : NULL;
}

/* Letters and digits alone: what two forms of one text have in common. */
static struct nd_buf *
letters_of(const void *ctx, const char *text, size_t len)
{
	struct nd_buf *out = nd_buf_new(ctx, ND_LIMIT_PART_BYTES);

	for (size_t at = 0; at < len;) {
		size_t start = at;

		if (nd_utf8_letter(nd_utf8_next(text, len, &at)) <
		    ND_LETTER_PART)
			continue;
		for (; start < at; start++)
			nd_buf_addc(out, nd_lower(text[start]));
	}
	return out;
}

/* The line that speaks of HTML, not of a file "index.html"; NULL: none does. */
static const char *
line_of_html(const char *text, size_t len, size_t *line_len)
{
	static const char word[] = "html";
	const char *at = text, *end = text + len, *line, *lf;

	while ((at = nd_mem_find_nocase(at, (size_t)(end - at), word))) {
		const char *behind = at + strlen(word);

		if ((at == text || !strchr("./-_", at[-1])) &&
		    (behind == end || !nd_is_alnum(*behind)))
			break;
		at = behind;
	}
	if (!at)
		return NULL;
	for (line = at; line > text && line[-1] != '\n'; line--)
		continue;
	lf = memchr(at, '\n', (size_t)(end - at));
	*line_len = (size_t)((lf ? lf : end) - line);
	return line;
}

/*
 * "Your mail program cannot show HTML": a short text that speaks of HTML, in
 * whatever language, and the HTML does not say that.
 */
static bool
is_excuse(GMimeObject *plain, GMimeObject *html)
{
	struct nd_buf *said = part_text(NULL, plain), *text, *shown, *letters;
	bool excuse = false;
	size_t len;
	const char *line = said->len <= EXCUSE_BYTES
	                           ? line_of_html(said->data, said->len, &len)
	                           : NULL;

	if (line) {
		text = part_text(said, html);
		shown = nd_html_to_text(said, text->data, text->len);
		letters = letters_of(said, line, len);
		excuse =
			!is_blank(shown->data, shown->len) &&
			!strstr(letters_of(said, shown->data, shown->len)->data,
		                letters->data);
	}
	talloc_free(said);
	return excuse;
}

/* Does the text of chosen stand in place of the HTML of another? */
static GMimeObject *
html_instead(GMimeMultipart *multipart, GMimeObject *chosen)
{
	int count = g_mime_multipart_get_count(multipart);

	if (!nd_parts_is_type(chosen, "text", "plain"))
		return NULL;
	for (int i = 0; i < count && i < ND_LIMIT_MIME_PARTS; i++) {
		GMimeObject *part = g_mime_multipart_get_part(multipart, i);
		GMimeObject *html = html_of(part);

		if (html)
			return is_excuse(chosen, html) ? part : NULL;
	}
	return NULL;
}

static void
walk_alternative(struct walk *walk, GMimeMultipart *multipart, unsigned depth)
{
	int count = g_mime_multipart_get_count(multipart), best = 0;
	GMimeObject *chosen = NULL, *instead;

	for (int i = 0; i < count && i < ND_LIMIT_MIME_PARTS; i++) {
		GMimeObject *part = g_mime_multipart_get_part(multipart, i);
		int how = rank(part);

		if (how > best) {
			best = how;
			chosen = part;
		}
	}
	if (!chosen)
		return;
	instead = html_instead(multipart, chosen);
	walk_part(walk, instead ? instead : chosen, depth + 1);
}

/* ---- parts --------------------------------------------------------------- */

/* Without a boundary parameter all there is ends up in the prologue. */
static void
walk_prologue(struct walk *walk, GMimeMultipart *multipart)
{
	const char *text = g_mime_multipart_get_prologue(multipart);
	struct nd_buf *utf8;

	if (!text)
		return;
	utf8 = nd_buf_new(NULL, ND_LIMIT_PART_BYTES);
	nd_charset_to_utf8(utf8, text, strlen(text), NULL);
	add_text(walk, utf8->data, utf8->len, 0);
	talloc_free(utf8);
}

static void
walk_multipart(struct walk *walk, GMimeMultipart *multipart, unsigned depth)
{
	int count = g_mime_multipart_get_count(multipart);

	if (walk->ciphers && nd_cipher_is_part(GMIME_OBJECT(multipart))) {
		walk->body->flags |= ND_BODY_ENCRYPTED;
		return;
	}
	if (GMIME_IS_MULTIPART_SIGNED(multipart)) {
		walk->body->flags |= ND_BODY_SIGNED;
		count = count > 0 ? 1 : 0;
	}
	if (g_mime_content_type_is_type(
		    g_mime_object_get_content_type(GMIME_OBJECT(multipart)),
		    "multipart", "alternative")) {
		walk_alternative(walk, multipart, depth);
		return;
	}
	for (int i = 0; i < count; i++)
		walk_part(walk, g_mime_multipart_get_part(multipart, i),
		          depth + 1);
	if (g_mime_multipart_get_count(multipart) == 0)
		walk_prologue(walk, multipart);
}

/* A mail in the mail: its words are somebody else's. */
static void
walk_message(struct walk *walk, GMimeMessagePart *part, unsigned depth)
{
	GMimeMessage *inner = g_mime_message_part_get_message(part);
	const char *subject = inner ? g_mime_message_get_subject(inner) : NULL;

	add_attachment(walk, GMIME_OBJECT(part), subject ? subject : "");
	if (!inner || !g_mime_message_get_mime_part(inner))
		return;
	walk->forwarded++;
	walk_part(walk, g_mime_message_get_mime_part(inner), depth + 1);
	walk->forwarded--;
}

/* Recursion ends at ND_LIMIT_MIME_DEPTH. */
static void
walk_part(struct walk *walk, GMimeObject *part, unsigned depth)
{
	if (depth > ND_LIMIT_MIME_DEPTH) {
		nd_message_set_cut(walk->body,
		                   "parts over %d deep: not all of it was read",
		                   ND_LIMIT_MIME_DEPTH);
		return;
	}
	if (walk->parts++ >= ND_LIMIT_MIME_PARTS) {
		nd_message_set_cut(
			walk->body,
			"over %d MIME parts: only its start was read",
			ND_LIMIT_MIME_PARTS);
		return;
	}
	if (GMIME_IS_MULTIPART(part))
		walk_multipart(walk, GMIME_MULTIPART(part), depth);
	else if (GMIME_IS_MESSAGE_PART(part))
		walk_message(walk, GMIME_MESSAGE_PART(part), depth);
	else if (GMIME_IS_PART(part))
		walk_leaf(walk, part, depth);
}

void
nd_mime_read(struct nd_body *body, GMimeMessage *mime)
{
	struct walk walk = {.body = body, .signed_room = ND_LIMIT_MAIL_BYTES};
	GMimeObject *part = g_mime_message_get_mime_part(mime);

	/* Alternatives, what is deep and what is attached count as well. */
	walk.ciphers = nd_cipher_in_mail(mime);
	if (walk.ciphers)
		body->flags |= ND_BODY_ENCRYPTED;
	if (part)
		walk_part(&walk, part, 0);
	if (!body->text)
		body->text = x_strdup(body, "");
}

/* ---- all text ------------------------------------------------------------ */

static void
add_part_text(struct nd_buf *out, GMimeObject *part)
{
	struct nd_buf *text = part_text(NULL, part);
	struct nd_buf *shown = text;
	char *clean;

	if (nd_parts_is_type(part, "text", "html"))
		shown = nd_html_to_text(text, text->data, text->len);
	clean = nd_utf8_clean(text, shown->data, shown->len, NULL);
	out->full = out->full || text->full || shown->full;
	nd_buf_adds(out, clean);
	nd_buf_addc(out, '\n');
	talloc_free(text);
}

static void
add_subject(struct nd_buf *out, GMimeMessage *mime)
{
	const char *subject = mime ? g_mime_message_get_subject(mime) : NULL;
	char *clean = nd_utf8_clean_line(NULL, subject ? subject : "",
	                                 subject ? strlen(subject) : 0);

	nd_buf_addf(out, "%s\n", clean);
	talloc_free(clean);
}

void
nd_mime_add_text(struct nd_buf *out, GMimeMessage *mime)
{
	struct nd_parts *parts = nd_parts_new(NULL, mime);
	GMimeObject *part;

	while ((part = nd_parts_next(parts))) {
		if (GMIME_IS_MULTIPART(part)) {
			const char *text = g_mime_multipart_get_prologue(
				GMIME_MULTIPART(part));

			nd_buf_adds(out, text ? text : "");
		} else if (GMIME_IS_MESSAGE_PART(part)) {
			add_subject(out, g_mime_message_part_get_message(
						 GMIME_MESSAGE_PART(part)));
		} else if (GMIME_IS_PART(part) &&
		           (nd_parts_is_type(part, "text", "*") ||
		            is_patch_file(part))) {
			add_part_text(out, part);
		}
	}
	talloc_free(parts);
}
