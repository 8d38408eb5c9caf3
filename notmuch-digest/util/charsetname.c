/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "util/charsetname.h"

#include <string.h>

#include "util/str.h"

enum {
	META_BYTES = 16384, /* of HTML: <meta> stands in its head */
	TAG_BYTES = 1000,   /* of that <meta> */
	KEY_BYTES = ND_CHARSETNAME_BYTES - 10, /* a longer name is none */
};

/* ---- names --------------------------------------------------------------- */

/*
 * What senders declare, and what they mean: letters and digits only, without
 * "x-" and "cs" before it. Right hand sides are supersets, so that correctly
 * labelled text is not harmed.
 *
 * Sources: the labels of the WHATWG Encoding Standard, which are those that
 * were met on the web; code pages by the names of Windows and Outlook; names of
 * old Macs (Eudora), of Java, Python and databases; RFC 1345; what Exchange
 * writes for unknown (ANSI_X3.110-1983).
 */
static const struct {
	const char *names; /* with blanks between them */
	struct nd_charsetname charset;
} labels[] = {
	/* nothing said: by standard, by mailers that could not tell */
	{"usascii ascii us iso646us isoir6 ansix34 ansix341968 "
         "ansix341986 ibm367 cp367 unknown unknown8bit 8bit 7bit "
         "binary none null undefined default defaultcharset "
         "userdefined autodetect",
         {ND_CHARSETNAME_GUESSED, 0, 0}},
	{"utf8 utf8n utf8mb3 utf8mb4 utf8mac utf8bom utf8sig "
         "utf8strict unicode11utf8 unicode20utf8 iso10646utf8 "
         "cp65001",
         {ND_CHARSETNAME_UTF8, 0, 0}},
	{"utf16 ucs2 unicode iso10646 iso10646ucs2",
         {ND_CHARSETNAME_UTF16, 0, 0}},
	{"utf16le ucs2le unicodefeff cp1200",
         {ND_CHARSETNAME_ICONV, "UTF-16LE", 0}},
	{"utf16be ucs2be unicodefffe cp1201",
         {ND_CHARSETNAME_ICONV, "UTF-16BE", 0}},
	{"unicode11utf7 unicode20utf7 cp65000",
         {ND_CHARSETNAME_ICONV, "UTF-7", 0}},
	/* the west */
	{"iso88591 iso8859 isoir100 isolatin1 latin1 l1 ibm819 cp819 "
         "cp28591 cp1252 ansi msansi ansix3110 ansix31101983",
         {ND_CHARSETNAME_ICONV, "WINDOWS-1252", 0}},
	{"macroman applemacroman", {ND_CHARSETNAME_ICONV, "MACINTOSH", 0}},
	{"latin9 latin0 l9 isolatin9",
         {ND_CHARSETNAME_ICONV, "ISO-8859-15", 0}},
	/* other alphabets */
	{"latin2 l2 isolatin2", {ND_CHARSETNAME_ICONV, "ISO-8859-2", 0}},
	{"maccyrillic", {ND_CHARSETNAME_ICONV, "MAC-CYRILLIC", 0}},
	{"macukrainian", {ND_CHARSETNAME_ICONV, "MAC-UK", 0}},
	{"macce maccentraleurroman",
         {ND_CHARSETNAME_ICONV, "MAC-CENTRALEUROPE", 0}},
	{"macicelandic", {ND_CHARSETNAME_ICONV, "MAC-IS", 0}},
	{"koi koi8 koi8r cp20866", {ND_CHARSETNAME_ICONV, "KOI8-R", 0}},
	{"koi8u koi8ru cp21866", {ND_CHARSETNAME_ICONV, "KOI8-U", 0}},
	{"iso88598i iso88598e logical",
         {ND_CHARSETNAME_ICONV, "WINDOWS-1255", 0}},
	{"visual", {ND_CHARSETNAME_ICONV, "ISO-8859-8", 0}},
	{"iso88599 isolatin5 latin5",
         {ND_CHARSETNAME_ICONV, "WINDOWS-1254", 0}},
	{"iso885911 tis620 dos874", {ND_CHARSETNAME_ICONV, "WINDOWS-874", 0}},
	/* China: GB18030 holds what GBK and GB 2312 hold */
	{"gb2312 gb231280 gb chinese iso58gb231280 isoir58 gbk cp936 "
         "ms936 cp54936 cp20936 cngb euccn macchinesesimp gb18030 "
         "gb180302000",
         {ND_CHARSETNAME_ICONV, "GB18030", 0}},
	{"hz hzgb2312 cp52936", {ND_CHARSETNAME_HZ, 0, 0}},
	{"iso2022cn iso2022cnext cp50227", {ND_CHARSETNAME_CN, 0, 0}},
	/* Taiwan and Hong Kong: those of Microsoft have the sign of the euro */
	{"big5 big5hkscs big5eten cnbig5 xbig5 cp951 macchinesetrad",
         {ND_CHARSETNAME_ICONV, "BIG5-HKSCS", "CP950"}},
	{"cp950", {ND_CHARSETNAME_ICONV, "CP950", "BIG5-HKSCS"}},
	{"cns11643 cp20000", {ND_CHARSETNAME_ICONV, "EUC-TW", 0}},
	/* Korea: CP949 is KS X 1001 with all syllables */
	{"euckr ksc56011987 ksc56011989 ksc5601 ksx1001 korean "
         "isoir149 uhc cp949 ms949 cp51949 cp20949 mackorean",
         {ND_CHARSETNAME_ICONV, "CP949", 0}},
	{"iso2022kr cp50225", {ND_CHARSETNAME_KR, 0, 0}},
	/* Japan: with the rows of NEC and IBM */
	{"shiftjis shiftjisms sjis sjiswin mskanji ms932 cp932 cp943 "
         "cp943c windows31j macjapanese",
         {ND_CHARSETNAME_ICONV, "CP932", "SHIFT_JISX0213"}},
	{"extendedunixcodepackedformatforjapanese eucjp euc ujis eucjpms eucjpwin eucpkdfmtjapanese cp51932 "
         "cp20932",
         {ND_CHARSETNAME_ICONV, "EUC-JP-MS", "EUC-JISX0213"}},
	{"jis jis7 iso2022jp iso2022jp1 iso2022jp2 iso2022jp3 "
         "iso2022jp2004 iso2022jpms iso2022jpext cp50220 cp50221 "
         "cp50222",
         {ND_CHARSETNAME_JP, 0, 0}},
};

/* What stands before the number of a code page. */
static const char *const code_page[] = {
	"windows", "windowscp", "win", "msdos", "dos", "mscp",
	"ibm",     "codepage",  "oem", "cp",    "ms"};

/* ISO 8859-N, and what Windows has in its place when C1 controls are used. */
static const struct {
	const char *part, *windows;
} parts_8859[] = {
	{"2", "WINDOWS-1250"},  {"7", "WINDOWS-1253"},  {"8", "WINDOWS-1255"},
	{"13", "WINDOWS-1257"}, {"15", "WINDOWS-1252"},
};

/* "utf-8; format=flowed", "iso-8859-1:1987", "utf-8//IGNORE"; a blank ends a
 * name that has its number: "windows 1251", "utf-8 format=flowed". */
static bool
ends_name(char c, bool number)
{
	return strchr(";,:/\"'", c) || (nd_is_space(c) && number);
}

/* Letters and digits of what a mail declares, in lower case. */
static void
squeeze(char *name, const char *declared)
{
	static const char again[] = "charset";
	bool number = false;
	size_t len = 0;

	/* "charset=charset=utf-8", "\"'utf-8\"", "=utf-8" */
	for (const char *at = declared; *at; at++)
		if (nd_str_starts_nocase(at, again) &&
		    (at[strlen(again)] == '=' || at[strlen(again)] == ' '))
			declared = at + strlen(again);
	while (*declared && !nd_is_alnum(*declared))
		declared++;
	for (; *declared && !ends_name(*declared, number); declared++) {
		number = number || nd_is_digit(*declared);
		if (nd_is_alnum(*declared) && len < KEY_BYTES - 1)
			name[len++] = nd_lower(*declared);
	}
	name[len] = '\0';
}

/* Is it one of the words of names? */
static bool
is_among(const char *names, const char *name)
{
	size_t len = strlen(name);

	for (const char *at = names; (at = strstr(at, name)); at += len)
		if ((at == names || at[-1] == ' ') &&
		    (at[len] == ' ' || !at[len]))
			return true;
	return false;
}

static bool
find_label(const char *name, struct nd_charsetname *out)
{
	for (size_t i = 0; *name && i < sizeof labels / sizeof *labels; i++)
		if (is_among(labels[i].names, name)) {
			*out = labels[i].charset;
			return true;
		}
	return false;
}

/* "windows1251", "win1251" and "cp1251" are "cp1251". */
static bool
find_code_page(char *page, const char *name)
{
	for (size_t i = 0; i < sizeof code_page / sizeof *code_page; i++) {
		size_t len = strlen(code_page[i]);

		if (!nd_str_starts(name, code_page[i]) ||
		    strlen(name) < len + 3 ||
		    strspn(name + len, "0123456789") != strlen(name + len))
			continue;
		memcpy(page, "cp", 2);
		memcpy(page + 2, name + len, strlen(name + len) + 1);
		return true;
	}
	return false;
}

/* "iso88597", "88597" and "iso885907" are ISO-8859-7. */
static bool
find_8859(char *iso, const char *name, bool c1, struct nd_charsetname *out)
{
	const char *part = nd_str_starts(name, "iso8859") ? name + 7
	                   : nd_str_starts(name, "8859")  ? name + 4
	                                                  : "";
	char key[KEY_BYTES];

	while (*part == '0')
		part++;
	if (!*part || strlen(part) > 2 ||
	    strspn(part, "0123456789") != strlen(part))
		return false;
	memcpy(iso, "iso-8859-", 9);
	memcpy(iso + 9, part, strlen(part) + 1);
	squeeze(key, iso);
	if (find_label(key, out)) /* "8859-1" is as good as "iso-8859-1" */
		return true;
	*out = (struct nd_charsetname){ND_CHARSETNAME_ICONV, iso, NULL};
	for (size_t i = 0; c1 && i < sizeof parts_8859 / sizeof *parts_8859;
	     i++)
		if (strcmp(parts_8859[i].part, part) == 0)
			out->name = parts_8859[i].windows;
	return true;
}

/* As it stands, but for marks that mean something to iconv. */
static void
copy_name(char *name, const char *declared)
{
	size_t end;

	while (*declared && !nd_is_alnum(*declared))
		declared++;
	end = strcspn(declared, ";,/\"' \t");
	if (end >= ND_CHARSETNAME_BYTES)
		end = ND_CHARSETNAME_BYTES - 1;
	memcpy(name, declared, end);
	name[end] = '\0';
}

struct nd_charsetname
nd_charsetname_find(const char *declared, bool c1,
                    char made[ND_CHARSETNAME_BYTES])
{
	char key[KEY_BYTES];
	struct nd_charsetname found = {ND_CHARSETNAME_ICONV, made, NULL};
	const char *bare;

	squeeze(key, declared ? declared : "");
	bare = *key == 'x' ? key + 1 : nd_str_starts(key, "cs") ? key + 2 : key;
	if (!*key || nd_str_starts(bare, "unknown") ||
	    nd_str_starts(bare, "autodetect"))
		found.way = ND_CHARSETNAME_GUESSED;
	else if (find_label(key, &found) || find_label(bare, &found) ||
	         find_8859(made, bare, c1, &found))
		return found;
	else if (find_code_page(made, bare))
		find_label(made, &found);
	else
		copy_name(made, declared);
	return found;
}

/* ---- HTML ---------------------------------------------------------------- */

/* The value behind "charset=" or "encoding=" in a tag: quotes or none. */
static bool
read_value(char *value, const char *tag, size_t len, const char *name)
{
	const char *at = nd_mem_find_nocase(tag, len, name);
	size_t left, used = 0;

	if (!at)
		return false;
	at += strlen(name);
	left = len - (size_t)(at - tag);
	while (left > 0 && (nd_is_space(*at) || strchr("=\"'", *at)) && *at)
		at++, left--;
	while (left > 0 && *at && !nd_is_space(*at) &&
	       !strchr("\"';>/?", *at) && used < ND_CHARSETNAME_BYTES - 1)
		value[used++] = *at++, left--;
	value[used] = '\0';
	return used > 0;
}

/* The algorithm of WHATWG HTML, 13.2.3.2, not in a comment. */
bool
nd_charsetname_in_html(const char *bytes, size_t len,
                       char said[ND_CHARSETNAME_BYTES])
{
	const char *at = bytes, *end;
	static const struct {
		const char *tag, *name;
	} tags[] = {{"<?xml", "encoding"}, {"<meta", "charset"}};

	end = bytes + (len < META_BYTES ? len : META_BYTES);
	while ((at = memchr(at, '<', (size_t)(end - at)))) {
		size_t left = (size_t)(end - at), tag;
		const char *close;

		if (nd_mem_starts(at, left, "<!--") &&
		    (close = nd_mem_find(at + 4, left - 4, "-->"))) {
			at = close;
			continue;
		}
		close = memchr(at, '>', left);
		tag = close ? (size_t)(close - at) : left;
		if (tag > TAG_BYTES)
			tag = TAG_BYTES;
		for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
			if (nd_mem_starts_nocase(at, left, tags[i].tag) &&
			    read_value(said, at, tag, tags[i].name))
				return true;
		at++;
	}
	return false;
}
