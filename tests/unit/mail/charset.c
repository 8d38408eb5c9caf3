/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "mail/charset.h"
#include "util/alloc.h"
#include "util/str.h"
#include "util/utf8.h"

static void
test_charsets(void **state)
{
	size_t wrong = 0;
	static const struct {
		const char *charset, *bytes, *want;
	} cases[] = {
		{"utf-8", "na\xc3\xafve", "naïve"},
		{"UTF-8", "na\xefve", "naïve"},
		{"us-ascii", "na\xc3\xafve", "naïve"},
		{"us-ascii", "na\xefve \x93x\x94", "naïve “x”"},
		{NULL, "na\xc3\xafve", "naïve"},
		{NULL, "na\xefve", "naïve"},
		{"", "plain", "plain"},
		{"iso-8859-1", "\x93x\x94 \xe9", "“x” é"},
		{"ISO-8859-1", "na\xc3\xafve", "naïve"},
		{"windows-1252", "\x80 5", "€ 5"},
		{"iso-8859-15", "\xa4 5", "€ 5"},
		{"iso-8859-2", "\xb3", "ł"},
		{"koi8-r", "\xcd\xc9\xd2", "мир"},
		/* in gb18030, not in gb2312 */
		{"gb2312", "\xe9\x46 \xd6\xd0", "镕 中"},
		{"GBK", "\xd6\xd0\xce\xc4", "中文"},
		{"big5", "\xa4\xa4\xa4\xe5", "中文"},
		{"iso-2022-jp", "\x1b$B$\"\x1b(B", "あ"},
		{"shift_jis", "\x82\xa0", "あ"},
		{"euc-kr", "\xc7\xd1", "한"},
		{"ks_c_5601-1987", "\xc7\xd1", "한"},
		{"no-such-charset", "na\xefve", "naïve"},
		{"no-such-charset", "na\xc3\xafve", "naïve"},
		{"unknown-8bit", "\xc3\xaf", "ï"},
		/* what cannot be converted is seen, not lost */
		{"gb2312",
	         "a\xff"
	         "b",
	         "a\xef\xbf\xbd"
	         "b"},
		{"iso-2022-jp", "a\x1b$B$", "a\xef\xbf\xbd"},
		/* names as they are spelled; what vendors added; one bad
		 * character costs no other */
		{"Shift_JIS",
	         "\x93\xfa\x96{\x8c\xea\x82\xcc\x83\x8a\x83\x93\x83O\x87@",
	         "日本語のリング①"},
		{"shift-jis",
	         "\x93\xfa\x96{\x8c\xea\x82\xcc\x83\x8a\x83\x93\x83O\x87@",
	         "日本語のリング①"},
		{"x-sjis",
	         "\x93\xfa\x96{\x8c\xea\x82\xcc\x83\x8a\x83\x93\x83O\x87@",
	         "日本語のリング①"},
		{"SJIS-win",
	         "\x93\xfa\x96{\x8c\xea\x82\xcc\x83\x8a\x83\x93\x83O\x87@",
	         "日本語のリング①"},
		{"MS_Kanji",
	         "\x93\xfa\x96{\x8c\xea\x82\xcc\x83\x8a\x83\x93\x83O\x87@",
	         "日本語のリング①"},
		{"Windows-31J",
	         "\x93\xfa\x96{\x8c\xea\x82\xcc\x83\x8a\x83\x93\x83O\x87@",
	         "日本語のリング①"},
		{"cp932",
	         "\x93\xfa\x96{\x8c\xea\x82\xcc\x83\x8a\x83\x93\x83O\x87@",
	         "日本語のリング①"},
		{"csShiftJIS",
	         "\x93\xfa\x96{\x8c\xea\x82\xcc\x83\x8a\x83\x93\x83O\x87@",
	         "日本語のリング①"},
		{"x-mac-japanese",
	         "\x93\xfa\x96{\x8c\xea\x82\xcc\x83\x8a\x83\x93\x83O\x87@",
	         "日本語のリング①"},
		{"Shift_JIS", "\x87@\xee\xe0\x87\x8a\xb1", "①髙㈱ｱ"},
		{"euc-jp",
	         "\xc6\xfc\xcb\xdc\xb8\xec\xa4\xce\xa5\xea\xa5\xf3\xa5\xb0\xad\xa1",
	         "日本語のリング①"},
		{"EUC_JP",
	         "\xc6\xfc\xcb\xdc\xb8\xec\xa4\xce\xa5\xea\xa5\xf3\xa5\xb0\xad\xa1",
	         "日本語のリング①"},
		{"x-euc-jp",
	         "\xc6\xfc\xcb\xdc\xb8\xec\xa4\xce\xa5\xea\xa5\xf3\xa5\xb0\xad\xa1",
	         "日本語のリング①"},
		{"ujis",
	         "\xc6\xfc\xcb\xdc\xb8\xec\xa4\xce\xa5\xea\xa5\xf3\xa5\xb0\xad\xa1",
	         "日本語のリング①"},
		{"eucJP-ms",
	         "\xc6\xfc\xcb\xdc\xb8\xec\xa4\xce\xa5\xea\xa5\xf3\xa5\xb0\xad\xa1",
	         "日本語のリング①"},
		{"cp51932",
	         "\xc6\xfc\xcb\xdc\xb8\xec\xa4\xce\xa5\xea\xa5\xf3\xa5\xb0\xad\xa1",
	         "日本語のリング①"},
		{"Extended_UNIX_Code_Packed_Format_for_Japanese",
	         "\xc6\xfc\xcb\xdc\xb8\xec\xa4\xce\xa5\xea\xa5\xf3\xa5\xb0\xad\xa1",
	         "日本語のリング①"},
		{"ISO-2022-JP", "\x1b$BF|K\\8l$N%j%s%0-!\x1b(B x",
	         "日本語のリング① x"},
		{"iso2022jp", "\x1b$BF|K\\8l$N%j%s%0-!\x1b(B x",
	         "日本語のリング① x"},
		{"iso-2022-jp-1", "\x1b$BF|K\\8l$N%j%s%0-!\x1b(B x",
	         "日本語のリング① x"},
		{"ISO-2022-JP-MS", "\x1b$BF|K\\8l$N%j%s%0-!\x1b(B x",
	         "日本語のリング① x"},
		{"csISO2022JP", "\x1b$BF|K\\8l$N%j%s%0-!\x1b(B x",
	         "日本語のリング① x"},
		{"cp50220", "\x1b$BF|K\\8l$N%j%s%0-!\x1b(B x",
	         "日本語のリング① x"},
		{"cp50221", "\x1b$BF|K\\8l$N%j%s%0-!\x1b(B x",
	         "日本語のリング① x"},
		{"jis", "\x1b$BF|K\\8l$N%j%s%0-!\x1b(B x", "日本語のリング① x"},
		{"ISO-2022-JP", "\x1b$B-@!!$G$9!!-j-d-7\x1b(B",
	         "㍉　です　㈱℡Ⅲ"},
		{"ISO-2022-JP", "\x1b$@F|K\\8l$N%j%s%0-!\x1b(J!",
	         "日本語のリング①!"},
		{"ISO-2022-JP", "\x1b(I1\x1b(B a", "ｱ a"},
		{"ISO-2022-JP", "\xb1\xb2 \x1b$B$\"\x1b(B", "ｱｲ あ"},
		{"ISO-2022-JP",
	         "\x0e"
	         "1\x0f"
	         "1 \x1b(B",
	         "ｱ1 "},
		{"iso-2022-jp-2", "\x1b$(CGQ1[\x1b$AVP\x1b(B", "한글中"},
		{"iso-2022-jp-2", "\x1b.A\x1bNi", "é"},
		{"iso-2022-jp-3", "\x1b$(O$\"-!\x1b(B", "あ①"},
		{"iso-2022-jp-2004", "\x1b&@\x1b$(Q$\"\x1b(B", "あ"},
		{"iso-2022-jp-1", "\x1b$(D0!\x1b(B", "丂"},
		{"ISO-2022-JP", "\xe3\x83\xaa\xe3\x83\xb3\xe3\x82\xb0",
	         "リング"},
		{"ISO-2022-JP", "\x83\x8a\x83\x93\x83O", "リング"},
		{"us-ascii", "\x1b$B%j%s%0\x1b(B", "リング"},
		{"iso-2022-jp", "\x1b$B$\"$~$~$$\x1b(B z",
	         "\xe3\x81\x82\xef\xbf\xbd\xef\xbf\xbd\xe3\x81\x84 z"},
		{"iso-2022-jp", "\x1b$B$\"$\x0a$\" z",
	         "\xe3\x81\x82\xef\xbf\xbd\x0a$\" z"},
		{"iso-2022-jp", "a\x1b[1mb", "a\xef\xbf\xbd[1mb"},
		{"euc-jp", "\xa4\xa2\xff\xa4\xa4\xa4\xa6",
	         "\xe3\x81\x82\xef\xbf\xbd\xe3\x81\x84\xe3\x81\x86"},
		{"euc-jp", "\xa4\xa2\x8f\xa2\xa1\xa4\xa4\xa4\xa6",
	         "\xe3\x81\x82\xef\xbf\xbd\xe3\x81\x84\xe3\x81\x86"},
		{"euc-jp", "\xa4\xa2\xf4\xa9\xa4\xa4", "あ帔い"},
		{"gb2312", "\xd6\xd0\xff\xd6\xd0\xb9\xfa",
	         "\xe4\xb8\xad\xef\xbf\xbd\xe4\xb8\xad\xe5\x9b\xbd"},
		{"big5", "\xa4\xa4\xff\xa4\xe5\xa6r",
	         "\xe4\xb8\xad\xef\xbf\xbd\xe6\x96\x87\xe5\xad\x97"},
		{"euc-kr", "\xc7\xd1\xfe\xff\xb1\xdb",
	         "\xed\x95\x9c\xef\xbf\xbd\xea\xb8\x80"},
		{"utf-8",
	         "\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e\xe6\xff\xe3\x81\xae",
	         "\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e\xef\xbf\xbd\xef\xbf\xbd\xe3\x81\xae"},
		{"us-ascii", "\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e\xe6",
	         "\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e\xef\xbf\xbd"},
		{"ks_c_5601-1987",
	         "\xc7\xd1\xb1\xdb \x8c"
	         "c\xb9\xe6\xb0\xa2\xc7\xcf",
	         "한글 똠방각하"},
		{"KS_C_5601-1989",
	         "\xc7\xd1\xb1\xdb \x8c"
	         "c\xb9\xe6\xb0\xa2\xc7\xcf",
	         "한글 똠방각하"},
		{"ksc5601",
	         "\xc7\xd1\xb1\xdb \x8c"
	         "c\xb9\xe6\xb0\xa2\xc7\xcf",
	         "한글 똠방각하"},
		{"euc-kr",
	         "\xc7\xd1\xb1\xdb \x8c"
	         "c\xb9\xe6\xb0\xa2\xc7\xcf",
	         "한글 똠방각하"},
		{"EUCKR",
	         "\xc7\xd1\xb1\xdb \x8c"
	         "c\xb9\xe6\xb0\xa2\xc7\xcf",
	         "한글 똠방각하"},
		{"korean",
	         "\xc7\xd1\xb1\xdb \x8c"
	         "c\xb9\xe6\xb0\xa2\xc7\xcf",
	         "한글 똠방각하"},
		{"x-windows-949",
	         "\xc7\xd1\xb1\xdb \x8c"
	         "c\xb9\xe6\xb0\xa2\xc7\xcf",
	         "한글 똠방각하"},
		{"cp949",
	         "\xc7\xd1\xb1\xdb \x8c"
	         "c\xb9\xe6\xb0\xa2\xc7\xcf",
	         "한글 똠방각하"},
		{"uhc",
	         "\xc7\xd1\xb1\xdb \x8c"
	         "c\xb9\xe6\xb0\xa2\xc7\xcf",
	         "한글 똠방각하"},
		{"iso-2022-kr", "\x1b$)C\x0eGQ1[\x0f a", "한글 a"},
		{"csISO2022KR", "\x1b$)C\x0eGQ1[\x0f a", "한글 a"},
		{"iso-2022-kr", "\x0eGQ\x0f.", "한."},
		{"gb2312",
	         "\xd6\xec\xe9"
	         "F\xbb\xf9 \xa2\xe3",
	         "朱镕基 €"},
		{"GB_2312-80",
	         "\xd6\xec\xe9"
	         "F\xbb\xf9 \xa2\xe3",
	         "朱镕基 €"},
		{"x-gbk",
	         "\xd6\xec\xe9"
	         "F\xbb\xf9 \xa2\xe3",
	         "朱镕基 €"},
		{"cp936",
	         "\xd6\xec\xe9"
	         "F\xbb\xf9 \xa2\xe3",
	         "朱镕基 €"},
		{"windows-936",
	         "\xd6\xec\xe9"
	         "F\xbb\xf9 \xa2\xe3",
	         "朱镕基 €"},
		{"gb18030",
	         "\xd6\xec\xe9"
	         "F\xbb\xf9 \xa2\xe3",
	         "朱镕基 €"},
		{"x-mac-chinesesimp",
	         "\xd6\xec\xe9"
	         "F\xbb\xf9 \xa2\xe3",
	         "朱镕基 €"},
		{"csGB2312",
	         "\xd6\xec\xe9"
	         "F\xbb\xf9 \xa2\xe3",
	         "朱镕基 €"},
		{"chinese",
	         "\xd6\xec\xe9"
	         "F\xbb\xf9 \xa2\xe3",
	         "朱镕基 €"},
		{"hz-gb-2312",
	         "~{VPND~} a~~b~\x0a"
	         "c",
	         "中文 a~bc"},
		{"HZ",
	         "~{VPND~} a~~b~\x0a"
	         "c",
	         "中文 a~bc"},
		{"hz-gb-2312", "~{VP\x0aVP", "中\nVP"},
		{"iso-2022-cn", "\x1b$)A\x0eVPND\x0f a", "中文 a"},
		{"big5", "\xa4\xa4\xa4\xe5 \xa3\xe1\xf9\xd6", "中文 €碁"},
		{"Big5-HKSCS", "\xa4\xa4\xa4\xe5 \xa3\xe1\xf9\xd6", "中文 €碁"},
		{"x-x-big5", "\xa4\xa4\xa4\xe5 \xa3\xe1\xf9\xd6", "中文 €碁"},
		{"cn-big5", "\xa4\xa4\xa4\xe5 \xa3\xe1\xf9\xd6", "中文 €碁"},
		{"csBig5", "\xa4\xa4\xa4\xe5 \xa3\xe1\xf9\xd6", "中文 €碁"},
		{"cp950", "\xa4\xa4\xa4\xe5 \xa3\xe1\xf9\xd6", "中文 €碁"},
		{"windows-950", "\xa4\xa4\xa4\xe5 \xa3\xe1\xf9\xd6",
	         "中文 €碁"},
		{"big5", "\x9d\xef\x9d\xf7", "嘅咗"},
		{"koi8-r", "\xcd\xc9\xd2", "мир"},
		{"koi8", "\xcd\xc9\xd2", "мир"},
		{"KOI8R", "\xcd\xc9\xd2", "мир"},
		{"cskoi8r", "\xcd\xc9\xd2", "мир"},
		{"koi8-u", "\xcd\xc9\xd2", "мир"},
		{"windows-1251", "\xec\xe8\xf0", "мир"},
		{"win-1251", "\xec\xe8\xf0", "мир"},
		{"windows 1251", "\xec\xe8\xf0", "мир"},
		{"cp-1251", "\xec\xe8\xf0", "мир"},
		{"x-cp1251", "\xec\xe8\xf0", "мир"},
		{"MS-CYRL", "\xec\xe8\xf0", "мир"},
		{"ibm866", "\xac\xa8\xe0", "мир"},
		{"dos-866", "\xac\xa8\xe0", "мир"},
		{"cp 866", "\xac\xa8\xe0", "мир"},
		{"iso-8859-5", "\xdc\xd8\xe0", "мир"},
		{"8859-5", "\xdc\xd8\xe0", "мир"},
		{"ISO_8859-5:1988", "\xdc\xd8\xe0", "мир"},
		{"x-mac-cyrillic", "\xec\xe8\xf0", "мир"},
		{"cp-850", "\x82", "é"},
		{"IBM850", "\x82", "é"},
		{"cp437", "\x82", "é"},
		{"windows-1250", "\x9e\x9a", "žš"},
		{"iso-8859-2", "\x9e\x9a\x84", "žš„"},
		{"iso-8859-2", "\xbe\xb9", "žš"},
		{"latin-2", "\xbe", "ž"},
		{"iso-8859-7", "\xe1\x80", "α€"},
		{"iso-8859-8-i", "\xf9\xec\xe5\xed", "שלום"},
		{"iso-8859-9", "\xf0\x93", "ğ“"},
		{"iso-8859-15", "\x93\xe9\x94", "“é”"},
		{"Latin-9", "\xa4", "€"},
		{"iso-8859-13", "\xfe\x93", "ž“"},
		{"windows-1256", "\xd3\xe1\xc7\xe3", "سلام"},
		{"windows-1258", "\xf0", "đ"},
		{"tis-620", "\xe4\xb7\xc2", "ไทย"},
		{"windows-874", "\xe4\x80", "ไ€"},
		{"x-mac-roman", "\x8e", "é"},
		{"macintosh", "\x8e", "é"},
		{"x-mac-ce", "\xec", "ž"},
		{"ansi_x3.110-1983", "\xe9 \x93", "é “"},
		{"x-ansi", "\xe9", "é"},
		{"latin1", "\x80", "€"},
		{"iso8859_1", "\x80", "€"},
		{"iso-8859-1:1987", "\xe9", "é"},
		{"iso-8859-01", "\xe9", "é"},
		{"x-user-defined", "\xe9", "é"},
		{"x-unknown", "\xe9", "é"},
		{"DEFAULT_CHARSET", "\xe9", "é"},
		{"utf8", "na\xc3\xafve \xce\xa9", "naïve Ω"},
		{"UTF_8", "na\xc3\xafve \xce\xa9", "naïve Ω"},
		{"utf-8;format=flowed", "na\xc3\xafve \xce\xa9", "naïve Ω"},
		{"utf-8 format=flowed", "na\xc3\xafve \xce\xa9", "naïve Ω"},
		{"'utf-8'", "na\xc3\xafve \xce\xa9", "naïve Ω"},
		{"\"utf-8\"", "na\xc3\xafve \xce\xa9", "naïve Ω"},
		{"=utf-8", "na\xc3\xafve \xce\xa9", "naïve Ω"},
		{"charset=utf-8", "na\xc3\xafve \xce\xa9", "naïve Ω"},
		{"utf8mb4", "na\xc3\xafve \xce\xa9", "naïve Ω"},
		{"x-utf-8", "na\xc3\xafve \xce\xa9", "naïve Ω"},
		{"unicode-1-1-utf-8", "na\xc3\xafve \xce\xa9", "naïve Ω"},
		{"x-unicode-2-0-utf-8", "na\xc3\xafve \xce\xa9", "naïve Ω"},
		{"cp65001", "na\xc3\xafve \xce\xa9", "naïve Ω"},
		{"utf-8//IGNORE", "na\xc3\xafve \xce\xa9", "naïve Ω"},
		{"x-user-defined", "na\xc3\xafve \xce\xa9", "naïve Ω"},
		{"unknown-8bit", "na\xc3\xafve \xce\xa9", "naïve Ω"},
		{"utf-7", "na+AO8-ve", "naïve"},
		{"unicode-1-1-utf-7", "na+AO8-ve", "naïve"},
		{"utf-16", "only ascii", "only ascii"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct nd_buf *out = nd_buf_new(NULL, 1000);

		nd_charset_to_utf8(out, cases[i].bytes, strlen(cases[i].bytes),
		                   cases[i].charset);
		if (strcmp(out->data, cases[i].want) != 0) {
			print_error("row %zu, %s: got '%s', want '%s'\n", i,
			            cases[i].charset ? cases[i].charset
			                             : "none",
			            out->data, cases[i].want);
			wrong++;
		}
		talloc_free(out);
	}
	assert_int_equal(wrong, 0);
}

static void
test_nul(void **state)
{
	struct nd_buf *out = nd_buf_new(NULL, 1000);

	(void)state;
	nd_charset_to_utf8(out, "a\0b", 3, "utf-8");
	assert_string_equal(out->data, "a b");
	nd_charset_to_utf8(out, "\0x\0y", 4, "utf-16be");
	assert_string_equal(out->data, "a bxy");
	/* An empty part has no bytes at all. */
	nd_charset_html_to_utf8(out, NULL, 0, NULL);
	assert_string_equal(out->data, "a bxy");
	talloc_free(out);
}

/* Which byte is first: by the mark, else by where the NULs of ASCII are. */
static void
test_utf16(void **state)
{
	static const struct {
		const char *charset, *bytes;
	} cases[] = {
		{NULL, "\xfe\xff\0x\0y\0z"},
		{"utf-8", "\xff\xfex\0y\0z\0"},
		{"utf-16", "\xff\xfex\0y\0z\0"},
		{"utf-16", "\xfe\xff\0x\0y\0z"},
		{"utf-16le", "\xff\xfex\0y\0z\0"},
		{"unicodeFFFE", "\xfe\xff\0x\0y\0z"},
		{"utf-16", "\0\n\0x\0y\0z"},
		{"unicode", "\n\0x\0y\0z\0"},
		{"ucs-2", "\n\0x\0y\0z\0"},
		{"iso-10646-ucs-2", "\0\n\0x\0y\0z"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct nd_buf *out = nd_buf_new(NULL, 1000);

		nd_charset_to_utf8(out, cases[i].bytes, 8, cases[i].charset);
		assert_non_null(strstr(out->data, "xyz"));
		assert_true(out->len <= 6);
		talloc_free(out);
	}
}

/* HTML says it itself; what the mail says comes first where it can be. */
static void
test_html(void **state)
{
	static const struct {
		const char *charset, *html, *want;
	} cases[] = {
		{NULL, "<meta charset=koi8-r>\xcd\xc9\xd2", "мир"},
		{NULL, "<META CHARSET = 'KOI8-R' />\xcd\xc9\xd2", "мир"},
		{"us-ascii",
	         "<html><head><meta http-equiv=Content-Type "
	         "content=\"text/html; charset=koi8-r\">\xcd\xc9\xd2",
	         "мир"},
		{"utf-8",
	         "<meta content='text/html;charset=windows-1251' "
	         "http-equiv='content-type'>\xec\xe8\xf0",
	         "мир"},
		{"x-unknown",
	         "<?xml version=\"1.0\" encoding=\"windows-1251\"?>"
	         "\xec\xe8\xf0",
	         "мир"},
		{"no-such-charset", "<meta charset=gb2312>\xd6\xd0", "中"},
		{NULL, "<meta charset=iso-2022-jp>\x1b$B$\"\x1b(B\xb1", "あｱ"},
		/* what the mail says is possible */
		{"windows-1251", "<meta charset=koi8-r>\xec\xe8\xf0", "мир"},
		{NULL, "<meta charset=koi8-r>\xd0\xbc\xd0\xb8\xd1\x80", "мир"},
		{NULL, "\xef\xbb\xbf<meta charset=koi8-r>\xd0\xbc", "м"},
		/* what the HTML says is not */
		{NULL, "<meta charset=utf-16>\xe9", "é"},
		{NULL, "<meta charset=utf-7>\xe9+AO8-", "é+AO8-"},
		{NULL, "<meta charset=>\xe9", "é"},
		{NULL, "<meta charset=nonsense>\xe9", "é"},
		{NULL, "<!-- <meta charset=koi8-r> -->\xe9", "é"},
		{NULL, "<meta name=charset>\xe9", "é"},
		{NULL, "<p>charset=koi8-r \xe9", "é"},
		{NULL, "<meta \xe9", "é"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct nd_buf *out = nd_buf_new(NULL, 1000);
		const char *html = cases[i].html;

		nd_charset_html_to_utf8(out, html, strlen(html),
		                        cases[i].charset);
		if (!nd_mem_ends_nocase(out->data, out->len, cases[i].want))
			fail_msg("row %zu: got '%s'", i, out->data);
		talloc_free(out);
	}
}

/* Where armour can hide. */
static void
test_keeps_ascii(void **state)
{
	(void)state;
	assert_true(nd_charset_keeps_ascii(NULL));
	assert_true(nd_charset_keeps_ascii("utf-8"));
	assert_true(nd_charset_keeps_ascii("shift_jis"));
	assert_true(nd_charset_keeps_ascii("iso-2022-jp"));
	assert_true(nd_charset_keeps_ascii("no-such-charset"));
	assert_false(nd_charset_keeps_ascii("utf-7"));
	assert_false(nd_charset_keeps_ascii("x-unicode-2-0-utf-7"));
	assert_false(nd_charset_keeps_ascii("hz-gb-2312"));
	assert_false(nd_charset_keeps_ascii("cp037"));
	assert_false(nd_charset_keeps_ascii("utf-16le"));
}

/* Cut at the ceiling, between two characters. */
static void
test_full(void **state)
{
	static const char text[] = "ab\xe4\xb8\xad\xe4\xb8\xad";

	(void)state;
	for (size_t limit = 0; limit < sizeof text; limit++) {
		struct nd_buf *out = nd_buf_new(NULL, limit);

		nd_charset_to_utf8(out, text, strlen(text), "utf-8");
		assert_true(nd_utf8_is_valid(out->data, out->len));
		assert_true(out->len + 2 >= limit);
		assert_int_equal(out->full, limit < strlen(text));
		talloc_free(out);
	}
}

static void
test_garbage(void **state)
{
	static const char *const charsets[] = {NULL,          "utf-8", "gb2312",
	                                       "iso-2022-kr", "utf-7", "utf-16",
	                                       "hz-gb-2312"};
	char bytes[5000];
	uint32_t seed = 1;

	(void)state;
	for (size_t i = 0; i < sizeof bytes; i++) {
		seed = seed * 1664525u + 1013904223u;
		bytes[i] = (char)(seed >> 24);
	}
	for (size_t i = 0; i < sizeof charsets / sizeof *charsets; i++) {
		struct nd_buf *out = nd_buf_new(NULL, 1u << 20);

		nd_charset_to_utf8(out, bytes, sizeof bytes, charsets[i]);
		assert_true(nd_utf8_is_valid(out->data, out->len));
		talloc_free(out);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_charsets),    cmocka_unit_test(test_nul),
		cmocka_unit_test(test_utf16),       cmocka_unit_test(test_html),
		cmocka_unit_test(test_keeps_ascii), cmocka_unit_test(test_full),
		cmocka_unit_test(test_garbage),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
