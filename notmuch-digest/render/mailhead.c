/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/mailhead.h"

#include <gmime/gmime.h>
#include <string.h>

#include "util/alloc.h"
#include "util/str.h"
#include "util/utf8.h"

enum {
	HEADER_LINE_MAX = 998,
	HEADER_LINE_COLUMNS = 76, /* RFC 2047, with encoded words */
};

/* ---- what may stand there ------------------------------------------------ */

/* Is it UTF-8 without control, zero-width and other unsafe characters? */
static bool
is_safe_utf8(const char *text, size_t len)
{
	char *clean;
	bool safe;

	if (!nd_utf8_is_valid(text, len))
		return false;
	clean = nd_utf8_clean_line(NULL, text, len);
	safe = strlen(clean) == len && memcmp(clean, text, len) == 0;
	talloc_free(clean);
	return safe;
}

/*
 * What may stand between the brackets of a Message-ID header. An id that is
 * not ASCII (RFC 6532) stands there as it does in its own mail: encoded, it
 * would be another id, and the digest in no thread.
 */
bool
nd_mailhead_has_id_form(const char *id)
{
	size_t len = strlen(id);

	for (const char *c = id; *c; c++)
		if ((unsigned char)*c <= ' ' || *c == 0x7f || *c == '<' ||
		    *c == '>')
			return false;
	return len > 0 && len < HEADER_LINE_MAX - strlen("In-Reply-To: <>") &&
	       is_safe_utf8(id, len);
}

bool
nd_mailhead_is_plain(const char *text)
{
	for (; *text; text++)
		if (*text < ' ' || *text > '~')
			return false;
	return true;
}

/*
 * What looks like an encoded word in the text is none: a reader would decode it
 * to what was never looked at. Owned by ctx.
 */
static char *
without_encoded_words(const void *ctx, const char *value)
{
	struct nd_buf *out = nd_buf_new(NULL, 2 * strlen(value));

	for (; *value; value++) {
		nd_buf_addc(out, *value);
		if (nd_str_starts(value, "=?"))
			nd_buf_addc(out, ' ');
	}
	return nd_buf_finish(ctx, out);
}

/* One byte of an encoded word of the form "Q". */
static const char *
q_byte(const void *ctx, char byte)
{
	if (byte == ' ')
		return "_";
	return nd_is_alnum(byte) || byte == '-'
	               ? x_strndup(ctx, &byte, 1)
	               : x_asprintf(ctx, "=%02X", (unsigned char)byte);
}

/* "Name: =?utf-8?Q?…?=", folded between encoded words of whole characters. */
static void
add_q_words(struct nd_buf *out, const char *name, const char *value)
{
	static const char begin[] = "=?utf-8?Q?", end[] = "?=";
	size_t len = strlen(value), columns;

	nd_buf_addf(out, "%s: %s", name, begin);
	columns = strlen(name) + strlen(": ") + strlen(begin);
	for (size_t at = 0; at < len;) {
		struct nd_buf *letter = nd_buf_new(NULL, HEADER_LINE_COLUMNS);
		size_t from = at;

		nd_utf8_next(value, len, &at);
		while (from < at)
			nd_buf_adds(letter, q_byte(letter, value[from++]));
		if (columns + letter->len + strlen(end) > HEADER_LINE_COLUMNS) {
			nd_buf_addf(out, "%s\n %s", end, begin);
			columns = strlen(" ") + strlen(begin);
		}
		nd_buf_adds(out, letter->data);
		columns += letter->len;
		talloc_free(letter);
	}
	nd_buf_addf(out, "%s\n", end);
}

void
nd_mailhead_add_subject(struct nd_buf *out, const char *value)
{
	char *plain = without_encoded_words(NULL, value);
	char *encoded = g_mime_utils_header_encode_text(NULL, plain, "utf-8");
	char *line = g_strdup_printf("Subject: %s\n", encoded);
	char *folded = g_mime_utils_unstructured_header_fold(NULL, NULL, line);
	char *read = g_mime_utils_header_decode_text(NULL, encoded);

	/* GMime, with which notmuch reads, loses what follows a word in base64
	 * that is filled up with "=" (3.2.13), and makes such words. */
	if (strcmp(read, plain) == 0)
		nd_buf_adds(out, folded);
	else
		add_q_words(out, "Subject", plain);
	g_free(read);
	g_free(folded);
	g_free(line);
	g_free(encoded);
	talloc_free(plain);
}

static InternetAddressList *
parse_address(const char *text)
{
	InternetAddressList *list =
		nd_mailhead_is_plain(text) ||
				nd_utf8_is_valid(text, strlen(text))
			? internet_address_list_parse(NULL, text)
			: NULL;

	if (list && internet_address_list_length(list) == 1 &&
	    INTERNET_ADDRESS_IS_MAILBOX(
		    internet_address_list_get_address(list, 0)))
		return list;
	if (list)
		g_object_unref(list);
	return NULL;
}

bool
nd_mailhead_is_address(const char *text)
{
	InternetAddressList *list = parse_address(text);
	const char *addr;
	bool valid;

	if (!list)
		return false;
	addr = internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(
		internet_address_list_get_address(list, 0)));
	valid = addr && strchr(addr, '@') && addr[0] != '@' &&
	        nd_mailhead_is_plain(addr) && !strpbrk(text, "\r\n");
	g_object_unref(list);
	return valid;
}

/* "Name: address"; instead when it is none. */
static void
add_address(struct nd_buf *out, const char *name, const char *text,
            const char *instead)
{
	InternetAddressList *list = text ? parse_address(text) : NULL;
	char *encoded = list ? internet_address_list_to_string(list, NULL, true)
	                     : g_strdup(instead);

	nd_buf_addf(out, "%s: %s\n", name, encoded);
	g_free(encoded);
	if (list)
		g_object_unref(list);
}

void
nd_mailhead_add_from(struct nd_buf *out, const char *from)
{
	add_address(out, "From", from, "Digest <digest@digest.invalid>");
}

void
nd_mailhead_add_to(struct nd_buf *out, const char *to)
{
	add_address(out, "To", to, "undisclosed-recipients:;");
}

/* ---- read back ----------------------------------------------------------- */

/* Does the line name the root? Its id is all that need not be ASCII. */
static bool
names_root(const char *line, size_t len)
{
	return nd_mem_starts(line, len, "In-Reply-To: ") ||
	       nd_mem_starts(line, len, "References: ");
}

static bool
is_header_line(const char *line, size_t len)
{
	if (names_root(line, len))
		return is_safe_utf8(line, len);
	for (size_t i = 0; i < len; i++)
		if ((line[i] < ' ' && line[i] != '\t') || line[i] > '~')
			return false;
	return true;
}

bool
nd_mailhead_holds(const char *bytes, const char *const *name, size_t count)
{
	size_t next = 0;

	while (*bytes && *bytes != '\n') {
		size_t len = strcspn(bytes, "\n"), name_len;

		if (len > HEADER_LINE_MAX || bytes[len] != '\n' ||
		    !is_header_line(bytes, len))
			return false;
		if (*bytes != ' ' && *bytes != '\t') {
			if (next == count)
				return false;
			name_len = strlen(name[next]);
			if (!nd_mem_starts(bytes, len, name[next]) ||
			    bytes[name_len] != ':')
				return false;
			next++;
		}
		bytes += len + 1;
	}
	return next == count;
}

/* ---- the body ------------------------------------------------------------ */

bool
nd_mailhead_is_seven_bit(const struct nd_buf *text)
{
	size_t line = 0;

	for (size_t i = 0; i < text->len; i++) {
		line = text->data[i] == '\n' ? 0 : line + 1;
		if ((unsigned char)text->data[i] > '~' ||
		    line > HEADER_LINE_MAX)
			return false;
	}
	return true;
}

void
nd_mailhead_add_quoted_printable(struct nd_buf *out, const struct nd_buf *text)
{
	GMimeEncoding encoding;
	char *encoded;
	size_t len;

	g_mime_encoding_init_encode(&encoding,
	                            GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
	encoded = g_malloc(g_mime_encoding_outlen(&encoding, text->len));
	len = g_mime_encoding_flush(&encoding, text->data, text->len, encoded);
	nd_buf_add(out, encoded, len);
	g_free(encoded);
}
