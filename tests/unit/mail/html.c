/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "mail/html.h"
#include "mail/read.h"
#include "util/alloc.h"
#include "util/limits.h"
#include "util/str.h"

static void
check(const char *html, const char *want)
{
	struct nd_buf *got = nd_html_to_text(NULL, html, strlen(html));

	assert_string_equal(got->data, want);
	talloc_free(got);
}

static void
test_shapes(void **state)
{
	static const struct {
		const char *html, *want;
	} cases[] = {
		{"plain  text\n here", "plain text here"},
		{"<p>one</p><p>two</p>", "one\n\ntwo"},
		{"<div>one</div><div>two</div>", "one\ntwo"},
		{"one<br>two<br><br>three", "one\ntwo\n\nthree"},
		{"<div>one<br></div>two", "one\ntwo"},
		{"a <b>bold</b><i>er</i> word", "a bolder word"},
		{"<ul><li>one<li>two</ul>after", "- one\n- two\n\nafter"},
		{"<table><tr><td>a</td><td>b</td></tr><tr><td>c</table>",
	         "a b\nc"},
		{"x<pre>a\n  b\n\nc</pre>y", "x\n\na\n  b\n\nc\n\ny"},
		{"a &lt;b&gt; &amp; &eacute; &#x4e2d;", "a <b> & é 中"},
		{"<a href='https://example.org/'>here</a>", "here"},
		{"a<hr>From: x", "a\n\n____________________\nFrom: x"},
		{"", ""},
		{"<p></p>", ""},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		check(cases[i].html, cases[i].want);
}

static void
test_quotes(void **state)
{
	(void)state;
	check("mine<blockquote>his<blockquote><p>hers<p>too</blockquote>"
	      "</blockquote>end",
	      "mine\n\n> his\n\n> > hers\n\n> > too\n\nend");
	check("<blockquote>a<br>b</blockquote>", "> a\n> b");
}

/* Around or above the mail that is answered, a row a client. */
static void
test_quotes_of_clients(void **state)
{
	static const struct {
		const char *client, *html;
	} rows[] = {
		{"Yahoo", "<div id='yahoo_quoted_12' class='yahoo_quoted'>"
	                  "<div>On Monday X wrote:</div><p>his</div>"},
		{"Yahoo, answered", "<div class='ydp12yahoo_quoted'>his</div>"},
		{"GMX", "<div name='quote' style='margin:10px 5px'>"
	                "<b>Gesendet:</b> Montag<div name='quoted-content'>"
	                "his</div></div>"},
		{"GMX, inside", "<div name='quoted-content'>his</div>"},
		{"Outlook on the web",
	         "<div id='appendonsend'></div><div id='divRplyFwdMsg'>"
	         "<b>Von:</b> X<br><b>An:</b> Y</div><div>his</div>"},
		{"Outlook for mobiles",
	         "<div id='mail-editor-reference-message-container'>"
	         "<b>De :</b> X<br><b>À :</b> Y<br>his</div>"},
		{"Outlook for mobiles of old",
	         "<div class='ms-outlook-mobile-reference-message'>"
	         "<b>De:</b> X<br><b>Para:</b> Y<br>his</div>"},
		{"Outlook for Mac",
	         "<span id='OLK_SRC_BODY_SECTION'><div>his</div></span>"},
		{"Outlook 2003", "<div class='OutlookMessageHeader' lang=en>"
	                         "<b>From:</b> X<br><b>To:</b> Y</div>his"},
		{"Outlook 2013",
	         "<div><div style='border:none;border-top:solid #E1E1E1 1.0pt;"
	         "padding:3.0pt 0in 0in 0in'><p>From: X<br>To: Y</p></div></div>"
	         "<p>his</p>"},
		{"Outlook 2010, centimetres",
	         "<div style='border:none; border-top:solid #B5C4DF 1.0pt; "
	         "padding:3.0pt 0cm 0cm 0cm'><p><b>Od:</b> X<br><b>Komu:</b> Y</p></div><p>his</p>"},
		{"Outlook, indented",
	         "<div style='border:none;border-left:solid blue 1.5pt;"
	         "padding:0in 0in 0in 4.0pt'><p>his</p></div>"},
		{"Windows Mail",
	         "<div style='padding-top: 5px; border-top-color: "
	         "rgb(229, 229, 229); border-top-width: 1px; "
	         "border-top-style: solid;'><b>From:</b> X<br>"
	         "<b>To:</b> Y</div>his"},
		{"Hotmail", "<hr id='stopSpelling'>Date: Mon<br>his"},
		{"Thunderbird, forwarding",
	         "<div class='moz-forward-container'>his</div>"},
		{"Zimbra", "<hr id='zwchr' data-marker='__DIVIDER__'>"
	                   "<div data-marker='__HEADERS__'><b>De: </b>X</div>"
	                   "<div data-marker='__QUOTED_TEXT__'>his</div>"},
		{"Zimbra, divider",
	         "<hr data-marker='__DIVIDER__'><div>his</div>"},
		{"Zimbra, headers", "<div data-marker='__HEADERS__'>his</div>"},
		{"Zimbra, quoted",
	         "<div data-marker='__QUOTED_TEXT__'>his</div>"},
		{"NetEase", "<div id='isReplyContent'>his</div>"},
		{"Lark", "<div class='history-quote-wrapper'>his</div>"},
		{"Lark, by id", "<div id='lark-mail-quote-1234'>his</div>"},
		{"Spark", "<div name='messageReplySection'>his</div>"},
		{"Newton", "<div class='cm_quote' style='color:#787878'>his"
	                   "</div>"},
		{"Missive", "<div class='x missive_quote'>his</div>"},
		{"Discourse", "<aside class='quote no-group'><div>X:</div>"
	                      "<blockquote>his</blockquote></aside>"},
		{"any, by its bar",
	         "<div style='border-left:2px solid #C3D9E5; "
	         "padding-left: 10px'>his</div>"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct nd_buf *html = nd_buf_new(NULL, 1u << 12), *text;

		nd_buf_addf(html, "<div>mine</div>%s", rows[i].html);
		text = nd_html_to_text(html, html->data, html->len);
		if (!nd_str_starts(text->data, "mine\n\n> "))
			fail_msg("%s: %s", rows[i].client, text->data);
		for (const char *at = strstr(text->data, "\n\n"); at;
		     at = strstr(at, "\n")) {
			at += strspn(at, "\n");
			if (*at && *at != '>')
				fail_msg("%s: %s", rows[i].client, text->data);
		}
		assert_non_null(strstr(text->data, "his"));
		talloc_free(html);
	}
}

/* What looks alike and is no quote, and answers between quotes. */
static void
test_no_quotes(void **state)
{
	(void)state;
	check("<div style='border-left:2px solid red;padding:3px'>a</div>b",
	      "a\nb");
	check("<div>a</div><div style='border-left:0 solid red;padding:3px'>b</div>",
	      "a\nb");
	check("<div>a</div><div style='border-left:2px solid red'>b</div>",
	      "a\nb");
	check("<div>a</div><div style='border:none;border-top:solid windowtext 1.0pt;"
	      "padding:1.0pt 0in 0in 0in'>b</div>c",
	      "a\nb\nc");
	check("<div>a</div><p name=quote>b</p><div class='quote'>c</div>",
	      "a\n\nb\n\nc");
	check("<div class=moz-cite-prefix>Hi,</div>"
	      "<div class=moz-cite-prefix>mine</div><blockquote>his"
	      "</blockquote><div class=gmail_attr>more</div>",
	      "Hi,\nmine\n\n> his\n\nmore");
	check("<div>a</div><div id=divRplyFwdMsg><br></div>b", "a\n\nb");
	check("<div>a</div><div class=ms-outlook-mobile-reference-message>[1] b: c<br>"
	      "[2] d: e</div>",
	      "a\n[1] b: c\n[2] d: e");
	check("<div>a</div><blockquote>b<div id=divRplyFwdMsg><b>F:</b><i>T:</i></div>d</blockquote>e",
	      "a\n\n> b\n> F:T:\n> d\n\ne");
	check("<div>a</div><div class=yahoo_quoted>b<hr id=stopSpelling>c</div>d",
	      "a\n\n> b\n\n> ____________________\n> c\n\nd");
}

static void
test_hidden(void **state)
{
	static const char *const hidden[] = {
		"<script>x</script>",
		"<style>x</style>",
		"<!-- x -->",
		"<head><title>x</title></head>",
		"<div style='display:none'>x<p>y</p></div>",
		"<span style=\"DISPLAY : none !important\">x</span>",
		"<span style='visibility: hidden'>x</span>",
		"<span style='font-size:1px'>x</span>",
		"<span style='font-size:0'>x</span>",
		"<span style='font-size:0.5pt'>x</span>",
		"<span style='color:red;opacity:0'>x</span>",
		"<div style='max-height:0px;overflow:hidden'>x</div>",
		"<div style='mso-hide:all'>x</div>",
		"<p hidden>x</p>",
		"<p aria-hidden=true>x</p>",
		"<textarea>x</textarea>",
		"<object>x</object>",
		"<img src='http://example.org/x.png' alt=''>",
	};

	(void)state;
	for (size_t i = 0; i < sizeof hidden / sizeof *hidden; i++) {
		struct nd_buf *html = nd_buf_new(NULL, 1000);

		nd_buf_addf(html, "<body>a%sb</body>", hidden[i]);
		html = nd_html_to_text(html, html->data, html->len);
		assert_null(strchr(html->data, 'x'));
		assert_null(strchr(html->data, 'y'));
		assert_non_null(strchr(html->data, 'b'));
		talloc_free(talloc_parent(html));
	}
	check("<span style='font-size:10px;opacity:0.9'>x</span>", "x");
	check("<span style='font-size:1.5em'>x</span>", "x");
	check("<p style='border-style:hidden'>x</p>", "x");
}

/* A style that shows nothing of the element, by each means that CSS has. */
static void
test_hiding_styles(void **state)
{
	static const char *const styles[] = {
		"display:/**/none",
		"d\\69splay:none",
		"display:n\\6f ne",
		"DISPLAY\n:\tNONE",
		"x:y;display:none",
		"display:none;display:nonsense",
		"display:none!important;display:block",
		"display&colon;none",
		"background:url('a;b');display:none",
		"display:table-column",
		"display:var(--x)",
		"visibility:hidden",
		"content-visibility:hidden",
		"opacity:0",
		"opacity:1%",
		"opacity:1e-9",
		"filter:opacity(0)",
		"filter:alpha(opacity=0)",
		"filter:blur(50px)",
		"font-size:.1pt",
		"font-size:0.05em",
		"font-size:1%",
		"font-size:calc(1px - 1px)",
		"font:0/0 a",
		"font:italic bold 1px/2 \"A B\", serif",
		"line-height:0",
		"line-height:1px",
		"letter-spacing:-1em",
		"text-indent:-9999px",
		"text-indent:100%;overflow:hidden;white-space:nowrap",
		"color:#fff",
		"color:#ffff",
		"color:white",
		"color:Snow",
		"color:rgb(255, 255, 255)",
		"color:rgb(100% 100% 100%)",
		"color:rgba(0,0,0,.01)",
		"color:#0000",
		"color:transparent",
		"color:hsl(0,0%,100%)",
		"color:#222;background:#222",
		"color:#224;background-color:#223",
		"color:navy;background:no-repeat #000080 url(x)",
		"background:linear-gradient(#000,#000)",
		"background:url(data:image/png;base64,AAAA)",
		"-webkit-text-fill-color:transparent",
		"-webkit-text-security:disc",
		"position:absolute;left:-9999px",
		"position:absolute;top:-100em",
		"position:absolute;right:9999px",
		"position:absolute;left:-100%",
		"position:fixed;inset:9999px auto auto 0",
		"margin-left:-3000px",
		"margin:-2000px 0 0",
		"max-height:0;overflow:hidden",
		"height:0;width:0;overflow:hidden",
		"height:1px;overflow:clip",
		"width:1px;overflow:hidden visible",
		"clip:rect(0,0,0,0);position:absolute",
		"clip-path:inset(100%)",
		"-webkit-clip-path:circle(0)",
		"mask:linear-gradient(#0000,#0000)",
		"transform:scale(0)",
		"transform:rotate(3deg) scale(1,0)",
		"transform:translate(-9999px)",
		"transform:translateY(-100vh)",
		"transform:rotateX(90deg)",
		"transform:matrix(0,0,0,0,0,0)",
		"scale:0",
		"translate:-200%",
		"rotate:y 90deg",
		"zoom:0.01",
		"z-index:-1;position:relative",
		"content:url(x.png)",
		"animation:gone 1ms forwards",
		"mso-hide:all",
	};

	(void)state;
	for (size_t i = 0; i < sizeof styles / sizeof *styles; i++) {
		struct nd_buf *html = nd_buf_new(NULL, 4096), *text;

		nd_buf_adds(html, "<body>a<div style='");
		for (const char *c = styles[i]; *c; c++)
			if (*c == '\'')
				nd_buf_adds(html, "&#39;");
			else
				nd_buf_addc(html, *c);
		nd_buf_adds(html, "'>HIDDEN<p>HIDDEN</p></div>b");
		text = nd_html_to_text(html, html->data, html->len);
		if (strstr(text->data, "HIDDEN"))
			fail_msg("shown: %s", styles[i]);
		assert_non_null(strchr(text->data, 'b'));
		talloc_free(html);
	}
}

/* What clients and newsletters write about text that is seen. */
static void
test_showing_styles(void **state)
{
	static const char *const shown[] = {
		"<p style='display:none;display:block'>x</p>",
		"<p style='display:inline-block!important;display:none'>x</p>",
		"<p style='x-display:none'>x</p>",
		"<p style='border-style:hidden;overflow:hidden'>x</p>",
		"<p style='max-height:none;height:auto;line-height:normal'>x</p>",
		"<p style='line-height:1.4;font:12px/1.5 Arial,sans-serif'>x</p>",
		"<p style='font:normal 400 11pt \"Calibri\",sans-serif'>x</p>",
		"<p style='margin:0;margin-left:-12px;text-indent:-.25in'>x</p>",
		"<p style='color:windowtext;background:white'>x</p>",
		"<p style='color:#fff;background:#3b5998 url(b.png)'>x</p>",
		"<p style='color:#999'>x</p>",
		"<p style='opacity:.6;letter-spacing:-.01em'>x</p>",
		"<p style='transform:rotate(2deg) translate(2px,-3px)'>x</p>",
		"<p style='width:100%;overflow:auto'>x</p>",
		/* MJML and Outlook: no room between the boxes */
		"<div style='font-size:0'><p style='font-size:13px'>x</p></div>",
		"<div style='line-height:0'><p style='line-height:18px'>x</div>",
		"<div style='visibility:hidden'><p style='visibility:visible'>x"
		"</p></div>",
		"<table bgcolor=black><tr><td><font color=white>x</table>",
		"<body bgcolor='#202020' text='#eeeeee'>x",
		"<div style='background:#000'><a style='color:#fff'>x</a></div>",
		"<dialog open>x</dialog>",
		"<details open><summary>a</summary>x</details>",
		"<style>.h{display:none}</style><p class=i>x",
		"<style>.h{display:none}.h{display:block}</style><p class=h>x",
		"<style>#i{display:block}.h{display:none}</style>"
		"<p id=i class=h>x",
		"<style>.h p{display:none}</style><p class=h>x",
		"<style>.h>p{display:none}</style><div class=h><b><i>x",
		"<style>a.h{color:#fff}</style><p class=h>x",
		"<style>.b a{color:#fff;background:#00f}</style>"
		"<div class=b><a>x</a></div>",
		"<style>@media print{p{display:none}}</style><p>x",
		"<style>@media only screen and (max-width:480px)"
		"{p{display:none!important}}</style><p>x",
		"<style>a:hover{color:#fff}p::before{display:none}</style>"
		"<p><a>x</a>",
		"<style>@font-face{font-family:a;src:url(b)}p{color:red}"
		"</style><p>x",
		"<style media=print>p{display:none}</style><p>x",
		"<style><!-- p{margin:0} --></style><p>x",
	};

	(void)state;
	for (size_t i = 0; i < sizeof shown / sizeof *shown; i++) {
		struct nd_buf *text =
			nd_html_to_text(NULL, shown[i], strlen(shown[i]));

		if (!strchr(text->data, 'x'))
			fail_msg("not shown: %s", shown[i]);
		talloc_free(text);
	}
}

/* Rules and elements that hide. */
static void
test_hiding_rules(void **state)
{
	static const char *const hidden[] = {
		"<style>.h{display:none}</style><p class='a h'>x",
		"<style>.H{display:none}</style><p class=h>x",
		"<style>.\\68{display:none}</style><p class=h>x",
		"<style>.h{display:none}.H{display:block}</style><p class=h>x",
		"<style>p#i.h{display:none}</style><p class=h id=i>x",
		"<style>a,p , b{display:none}</style><p>x",
		"<style>[data-a]{display:none}</style><p data-a>x",
		"<style>[data-a='b']{display:none}</style><p data-a=b>x",
		"<style>[data-a^='b']{display:none}</style><p data-a=bc>x",
		"<style>*{display:none}</style><p>x",
		"<style>div p{display:none}</style><div><b><p>x",
		"<style>div>p{display:none}</style><div><p>x</div>",
		"<style>b+p{display:none}</style><b>a</b><p>x",
		"<style>b~p{display:none}</style><b>a</b><i>b</i><p>x",
		"<style>p:not(.a){display:none}</style><p>x",
		"<style>:root p{display:none}</style><p>x",
		"<style>/*}*/p{a:'}';display:none}</style><p>x",
		"<style>a{}p{display:none</style><p>x",
		"<style>@import 'a';p{display:none}</style><p>x",
		"<style>@media all{p{display:none}}</style><p>x",
		"<style>@media(min-width:1px){p{display:none}}"
		"@media(max-width:700px){p{display:block}}</style><p>x",
		"<style>@supports(a:b){p{display:none}}</style><p>x",
		"<style>@layer a{p{display:none}}</style><p>x",
		"<style>.a{.h{display:none}}</style><p class=h>x",
		"<style>.h{&:hover{display:block} display:none}</style>"
		"<p class=h>x",
		"<style>p{display:none!important}</style>"
		"<p style='display:block'>x",
		"<style>p{color:#fff}</style><p>x",
		"<style>body{background:#000}p{color:#010101}</style><body><p>x",
		"<p>a<style>p{display:none}</style></p><p>x",
		"<style>p{display:none}</style><noscript><style>"
		"p{display:block}</style></noscript><p>x",
		"<noscript>x</noscript>",
		"<noframes>x</noframes>",
		"<datalist><option>x</datalist>",
		"<dialog>x</dialog>",
		"<p popover>x</p>",
		"<math><annotation>x</annotation></math>",
		"<font color=#ffffff>x</font>",
		"<font color=FFFFFE>x</font>",
		"<table bgcolor=#eee><tr><td><font color=#eeeeee>x</table>",
		"<body text=white bgcolor=white>x",
		"<ul style='visibility:hidden'><li>x</ul>",
	};

	(void)state;
	for (size_t i = 0; i < sizeof hidden / sizeof *hidden; i++) {
		struct nd_buf *text =
			nd_html_to_text(NULL, hidden[i], strlen(hidden[i]));

		if (strchr(text->data, 'x') || strchr(text->data, '-'))
			fail_msg("shown: %s", hidden[i]);
		talloc_free(text);
	}
}

/* At the ceiling all rules are held, one past it nothing is sure. */
static void
test_many_rules(void **state)
{
	struct nd_buf *css = nd_buf_new(NULL, 4u << 20);

	(void)state;
	for (unsigned more = 0; more < 2; more++) {
		struct nd_buf *text;

		nd_buf_cut(css, 0);
		nd_buf_adds(css, "<style>");
		for (unsigned i = 0; i < ND_LIMIT_STYLE_RULES + more; i++)
			nd_buf_addf(css, ".a%u{display:none}", i);
		nd_buf_addf(css, "</style><p class=a%u>x</p>y",
		            ND_LIMIT_STYLE_RULES - 1);
		text = nd_html_to_text(css, css->data, css->len);
		assert_string_equal(text->data, more ? "" : "y");
		assert_int_equal(text->full, more);
	}
	talloc_free(css);
}

/* So do the comparisons, ND_LIMIT_STYLE_STEPS: no document makes more. */
static void
test_many_comparisons(void **state)
{
	struct nd_buf *html = nd_buf_new(NULL, 4u << 20), *text;

	(void)state;
	nd_buf_adds(html, "<style>");
	for (unsigned i = 0; i < 1000; i++)
		nd_buf_adds(html, "b b b b b b b b c{display:none}");
	nd_buf_adds(html, "</style>a");
	for (unsigned i = 0; i < 60; i++)
		nd_buf_adds(html, "<b>");
	for (unsigned i = 0; i < 20; i++)
		nd_buf_adds(html, "<c>c</c>");
	text = nd_html_to_text(html, html->data, html->len);
	assert_false(text->full); /* all of them match at once */
	nd_buf_cut(html, 0);
	nd_buf_adds(html, "<style>i b b b b b b b b c{display:none}</style>a");
	for (unsigned i = 0; i < 60; i++)
		nd_buf_adds(html, "<b>");
	nd_buf_adds(html, "<c>c</c>");
	text = nd_html_to_text(html, html->data, html->len);
	assert_string_equal(text->data, "a");
	assert_true(text->full);
	talloc_free(html);
}

/* Whatever the document says, it is UTF-8, and nothing is loaded. */
static void
test_document_lies(void **state)
{
	static const char entity[] =
		"<!DOCTYPE html [<!ENTITY c SYSTEM \"file:///etc/passwd\">]>"
		"<p>&c;z</p>";
	struct nd_buf *text = nd_html_to_text(NULL, entity, strlen(entity));

	(void)state;
	assert_null(strstr(text->data, "root:"));
	assert_non_null(strstr(text->data, "z"));
	talloc_free(text);
	check("<meta charset=iso-8859-1><p>\xc3\xa9</p>", "é");
}

static void
repeat(const char *unit, size_t count, const char *end)
{
	struct nd_buf *html = nd_buf_new(NULL, 4u << 20);
	struct nd_buf *text;

	for (size_t i = 0; i < count; i++)
		nd_buf_adds(html, unit);
	nd_buf_adds(html, end);
	text = nd_html_to_text(html, html->data, html->len);
	assert_true(text->len <= text->limit_bytes);
	talloc_free(html);
}

static void
test_hostile(void **state)
{
	(void)state;
	repeat("<div>", 100000, "deep");
	repeat("<blockquote>", 10000, "deep");
	repeat("<b>", 50000, "x");
	repeat("<table><tr><td>", 5000, "x");
	repeat("<p", 100000, ">");
	repeat("&lt", 100000, "");
	repeat("<br>", 300000, "x");
	repeat("</p>", 100000, "x");
	repeat("<!--", 100000, "x");
	repeat("<pre>\n\n\n", 10000, "x");
	check("<p>a\0b", "a");
}

/* libxml2 compares each attribute of a tag with all others. */
static void
test_many_attributes(void **state)
{
	struct nd_buf *html = nd_buf_new(NULL, 4u << 20);
	struct nd_buf *text;

	(void)state;
	nd_buf_adds(html, "<p>before</p><p ");
	for (unsigned i = 0; i < 200000; i++)
		nd_buf_addf(html, "a%u='' ", i);
	nd_buf_adds(html, ">after</p>");
	text = nd_html_to_text(html, html->data, html->len);
	assert_string_equal(text->data, "before");
	assert_true(text->full);
	talloc_free(html);
}

/* A quote mark where no value begins hides no attributes from the count. */
static void
test_attributes_behind_quote(void **state)
{
	static const char *const tags[] = {"<p>before</p><p \"",
	                                   "<p>before</p><p x==\""};

	(void)state;
	for (size_t k = 0; k < sizeof tags / sizeof *tags; k++) {
		struct nd_buf *html = nd_buf_new(NULL, 4u << 20);
		struct nd_buf *text;

		nd_buf_adds(html, tags[k]);
		for (unsigned i = 0; i < 100000; i++)
			nd_buf_addf(html, " a%u", i);
		nd_buf_adds(html, ">after");
		text = nd_html_to_text(html, html->data, html->len);
		assert_string_equal(text->data, "before");
		assert_true(text->full);
		talloc_free(html);
	}
}

/* At the ceiling all is read, one past it the text ends there. */
static void
test_many_nodes(void **state)
{
	struct nd_buf *html = nd_buf_new(NULL, 4u << 20);
	struct nd_buf *text;

	(void)state;
	for (unsigned i = 0; i < ND_LIMIT_HTML_NODES; i++)
		nd_buf_adds(html, "<!---->");
	nd_buf_adds(html, "a");
	text = nd_html_to_text(html, html->data, html->len);
	assert_string_equal(text->data, "a");
	assert_false(text->full);
	nd_buf_adds(html, "<!---->b");
	text = nd_html_to_text(html, html->data, html->len);
	assert_string_equal(text->data, "a");
	assert_true(text->full);
	talloc_free(html);
}

static int
init(void **state)
{
	(void)state;
	nd_read_init();
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_shapes),
		cmocka_unit_test(test_quotes),
		cmocka_unit_test(test_quotes_of_clients),
		cmocka_unit_test(test_no_quotes),
		cmocka_unit_test(test_hidden),
		cmocka_unit_test(test_hiding_styles),
		cmocka_unit_test(test_showing_styles),
		cmocka_unit_test(test_hiding_rules),
		cmocka_unit_test(test_many_rules),
		cmocka_unit_test(test_many_comparisons),
		cmocka_unit_test(test_document_lies),
		cmocka_unit_test(test_hostile),
		cmocka_unit_test(test_many_attributes),
		cmocka_unit_test(test_attributes_behind_quote),
		cmocka_unit_test(test_many_nodes),
	};

	return cmocka_run_group_tests(tests, init, NULL);
}
