/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "util/iso2022.h"

#include <iconv.h>
#include <stdbool.h>
#include <string.h>

#include "util/str.h"

#define REPLACEMENT "\xef\xbf\xbd"

enum {
	ESCAPE = 0x1b,
	SHIFT_OUT = 0x0e,
	SHIFT_IN = 0x0f,
	UTF8_BYTES = 16, /* one character, and what is composed with it */
};

/* What iconv knows: EUC forms of the sets, by which they can be looked up. */
enum euc { JP, JP_MS, JP_0213, CN, KR, TW, LATIN, GREEK, EUCS };

static const char *const euc_names[EUCS] = {
	[JP] = "EUC-JP",
	[JP_MS] = "EUC-JP-MS",
	[JP_0213] = "EUC-JISX0213",
	[CN] = "GB18030",
	[KR] = "CP949",
	[TW] = "EUC-TW",
	[LATIN] = "ISO-8859-1",
	[GREEK] = "ISO-8859-7",
};

/* Set where the bytes of a character come from. */
struct set {
	const char *escape; /* behind ESC */
	int slot;           /* G0, G1, G2 */
	int width;          /* bytes of a character; 0: ASCII */
	const char *prefix; /* its EUC form has these before the bytes */
	enum euc euc;
};

static const struct set sets[] = {
	{"(B", 0, 0, "", JP},        /* ASCII */
	{"(J", 0, 0, "", JP},        /* JIS X 0201 Roman: "\" is meant by it */
	{"(H", 0, 0, "", JP},        /* the same, of old programs */
	{"(I", 0, 1, "\x8e", JP_MS}, /* half-width katakana */
	{")I", 1, 1, "\x8e", JP_MS}, /* the same behind a shift */
	{"$@", 0, 2, "", JP},        /* JIS C 6226-1978 */
	{"$B", 0, 2, "", JP},        /* JIS X 0208 */
	{"$(@", 0, 2, "", JP},
	{"$(B", 0, 2, "", JP},
	{"$)B", 1, 2, "", JP},
	{"$(D", 0, 2, "\x8f", JP_MS},   /* JIS X 0212 */
	{"$(O", 0, 2, "", JP_0213},     /* JIS X 0213:2000, plane 1 */
	{"$(Q", 0, 2, "", JP_0213},     /* JIS X 0213:2004, plane 1 */
	{"$(P", 0, 2, "\x8f", JP_0213}, /* plane 2 */
	{"$A", 0, 2, "", CN},           /* GB 2312 */
	{"$(A", 0, 2, "", CN},
	{"$)A", 1, 2, "", CN},
	{"$(C", 0, 2, "", KR}, /* KS X 1001 */
	{"$)C", 1, 2, "", KR},
	{"$)G", 1, 2, "", TW}, /* CNS 11643, plane 1 */
	{"$*H", 2, 2, "\x8e\xa2", TW},
	{".A", 2, 1, "", LATIN},
	{".F", 2, 1, "", GREEK},
};

/* What bytes over 127 are, which should not be there; between ~{ and ~}, too. */
static const struct set eight_bit[] = {
	[ND_ISO2022_JP] = {"", 1, 1, "\x8e", JP_MS},
	[ND_ISO2022_KR] = {"", 1, 2, "", KR},
	[ND_ISO2022_CN] = {"", 1, 2, "", CN},
	[ND_ISO2022_HZ] = {"", 1, 2, "", CN},
};

struct reader {
	struct nd_buf *out;
	const unsigned char *bytes;
	size_t len, at;
	enum nd_iso2022 form;
	const struct set *slot[3];
	bool shifted;     /* G1 is in use */
	iconv_t cd[EUCS]; /* opened when needed first */
	bool is_open[EUCS];
};

static iconv_t
descriptor(struct reader *reader, enum euc euc)
{
	if (!reader->is_open[euc]) {
		reader->cd[euc] = iconv_open("UTF-8", euc_names[euc]);
		reader->is_open[euc] = true;
	}
	return reader->cd[euc];
}

/* What Microsoft leaves to the user, U+E000 to U+F8FF, is nobody's letter. */
static bool
is_private(const char *utf8, size_t len)
{
	unsigned char first = len > 1 ? (unsigned char)utf8[0] : 0;

	return first == 0xee ||
	       (first == 0xef && (unsigned char)utf8[1] < 0xa4);
}

/* Append one character in its EUC form; false: there is no such. */
static bool
add_euc(struct reader *reader, enum euc euc, const char *bytes, size_t len)
{
	iconv_t cd = descriptor(reader, euc);
	char utf8[UTF8_BYTES], *to = utf8, *in = (char *)bytes;
	size_t room = sizeof utf8;

	if (cd == (iconv_t)-1)
		return false;
	iconv(cd, NULL, NULL, NULL, NULL);
	if (iconv(cd, &in, &len, &to, &room) == (size_t)-1 || len > 0)
		return false;
	/* What could have been composed with a next one. */
	iconv(cd, NULL, NULL, &to, &room);
	if (is_private(utf8, sizeof utf8 - room))
		return false;
	nd_buf_add(reader->out, utf8, sizeof utf8 - room);
	return true;
}

static void
add_replacement(struct reader *reader)
{
	nd_buf_adds(reader->out, REPLACEMENT);
}

/* The rows that vendors and later standards put into gaps of JIS X 0208. */
static bool
add_extended(struct reader *reader, const struct set *set, const char *bytes,
             size_t len)
{
	if (add_euc(reader, set->euc, bytes, len))
		return true;
	if (set->euc != JP && set->euc != JP_0213)
		return false;
	return add_euc(reader, JP_MS, bytes, len) ||
	       add_euc(reader, JP_0213, bytes, len);
}

static bool
is_graphic(unsigned char c)
{
	return (c & 0x7f) > 0x20 && (c & 0x7f) < 0x7f;
}

/* Read a character of set; what is damaged costs the bytes that are its. */
static void
read_character(struct reader *reader, const struct set *set)
{
	size_t prefix = strlen(set->prefix), width = (size_t)set->width;
	unsigned high = reader->bytes[reader->at] & 0x80;
	char euc[8];

	memcpy(euc, set->prefix, prefix);
	for (size_t i = 0; i < width; i++) {
		size_t at = reader->at + i;

		if (at >= reader->len || !is_graphic(reader->bytes[at]) ||
		    (reader->bytes[at] & 0x80) != high) {
			reader->at = i > 0 ? at : at + 1;
			add_replacement(reader);
			return;
		}
		euc[prefix + i] = (char)(reader->bytes[at] | 0x80);
	}
	reader->at += width;
	if (!add_extended(reader, set, euc, prefix + width))
		add_replacement(reader);
}

/* At an escape: the set that it chooses, or nothing. */
static void
read_escape(struct reader *reader)
{
	const char *text = (const char *)reader->bytes + reader->at + 1;
	size_t len = reader->len - reader->at - 1;

	for (size_t i = 0; i < sizeof sets / sizeof *sets; i++)
		if (nd_mem_starts(text, len, sets[i].escape)) {
			reader->slot[sets[i].slot] = &sets[i];
			reader->at += 1 + strlen(sets[i].escape);
			return;
		}
	if (nd_mem_starts(text, len, "&@")) { /* a revision is announced */
		reader->at += 3;
		return;
	}
	reader->at++;
	if (len > 0 && *text == 'N' && reader->slot[2] && len > 1) {
		reader->at++;
		read_character(reader, reader->slot[2]);
		return;
	}
	add_replacement(reader);
}

/* "~{" and "~}" of HZ; false: it is a tilde. */
static bool
read_tilde(struct reader *reader)
{
	char next = reader->at + 1 < reader->len
	                    ? (char)reader->bytes[reader->at + 1]
	                    : '\0';

	if (reader->form != ND_ISO2022_HZ || !next || !strchr("{}~\n", next) ||
	    (reader->slot[0]->width == 2 && next != '}'))
		return false;
	reader->at += 2;
	if (next == '~')
		nd_buf_addc(reader->out, '~');
	else if (next == '{')
		reader->slot[0] = &eight_bit[ND_ISO2022_HZ];
	else if (next == '}')
		reader->slot[0] = &sets[0];
	return true;
}

static void
read_byte(struct reader *reader)
{
	unsigned char c = reader->bytes[reader->at];
	const struct set *set = reader->slot[reader->shifted];

	if (c == ESCAPE) {
		read_escape(reader);
	} else if (c == SHIFT_OUT || c == SHIFT_IN) {
		reader->shifted = c == SHIFT_OUT;
		reader->at++;
	} else if (c == '~' && read_tilde(reader)) {
		return;
	} else if (c & 0x80) {
		read_character(reader, &eight_bit[reader->form]);
	} else if (is_graphic(c) && set->width > 0) {
		read_character(reader, set);
	} else {
		/* A line ends in ASCII, whether it says so or not. */
		if (c == '\n') {
			reader->slot[0] = &sets[0];
			reader->shifted = false;
		}
		nd_buf_addc(reader->out, (char)c);
		reader->at++;
	}
}

void
nd_iso2022_to_utf8(struct nd_buf *out, const char *bytes, size_t len,
                   enum nd_iso2022 form)
{
	struct reader reader = {
		.out = out,
		.bytes = (const unsigned char *)bytes,
		.len = len,
		.form = form,
		.slot = {&sets[0], &eight_bit[form], NULL},
	};

	while (reader.at < len && !out->full)
		read_byte(&reader);
	for (int i = 0; i < EUCS; i++)
		if (reader.is_open[i] && reader.cd[i] != (iconv_t)-1)
			iconv_close(reader.cd[i]);
}
