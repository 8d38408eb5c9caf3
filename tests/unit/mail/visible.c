/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text that a browser would not show, by means that need more than one look. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "mail/html.h"
#include "mail/read.h"
#include "util/alloc.h"
#include "util/str.h"

static bool
is_shown(const char *html)
{
	struct nd_buf *text = nd_html_to_text(NULL, html, strlen(html));
	bool shown = strstr(text->data, "HID") != NULL;

	talloc_free(text);
	return shown;
}

/* Names all that are not as they should be. */
static void
check(const char *const *html, size_t count, bool shown)
{
	size_t wrong = 0;

	for (size_t i = 0; i < count; i++) {
		if (is_shown(html[i]) == shown)
			continue;
		print_message("# %s: %s\n", shown ? "not shown" : "shown",
		              html[i]);
		wrong++;
	}
	assert_int_equal(wrong, 0);
}

#define COUNT(list) (sizeof(list) / sizeof *(list))
#define P(style) "<p style='" style "'>HID</p>"

/* Each of them does it alone. */
static void
test_styles(void **state)
{
	static const char *const hidden[] = {
		P("left:-150px;position:absolute"),
		P("position:absolute;left:100vw"),
		P("position:absolute;left:-100dvw"),
		P("text-indent:-20em"),
		P("padding-left:5000px"),
		P("padding:0 0 0 200em"),
		P("padding-block-start:9000px"),
		P("margin-right:-5000px;float:right"),
		P("margin-inline:5000px 0"),
		P("inset-inline-start:-9999px;position:absolute"),
		P("inset-block:-9999px auto;position:absolute"),
		P("block-size:0;overflow:hidden"),
		P("inline-size:0;overflow:hidden"),
		P("max-block-size:0;overflow:hidden"),
		P("height:0dvh;overflow:hidden"),
		P("height:0lh;overflow:hidden"),
		P("height:0;overflow-block:hidden"),
		P("height:abs(0px);overflow:hidden"),
		P("contain:strict"),
		P("contain:size;overflow:clip"),
		P("display:-webkit-box;-webkit-line-clamp:1;overflow:hidden"),
		P("line-clamp:1"),
		P("display:grid;grid-template-rows:0fr;overflow:hidden"),
		P("font-size:0.1rlh"),
		P("font-size:.01cqw"),
		P("font-size:9000px"),
		P("font-size-adjust:0"),
		P("letter-spacing:900px"),
		P("word-spacing:9000px"),
		P("line-height:90000px"),
		P("transform:skewX(90deg)"),
		P("transform:translate(-300px)"),
		P("transform:translate(-95%)"),
		P("transform-origin:-9000px 0;transform:rotate(180deg)"),
		P("offset:path(\"M-9000 0\")"),
		P("offset-path:ray(0deg)"),
		P("perspective:1px"),
		P("mix-blend-mode:screen"),
		P("mask-border:url(x) 30"),
		P("-webkit-mask-box-image:linear-gradient(#0000,#0000)"),
		P("box-shadow:inset 0 0 0 900px #000"),
		P("background:linear-gradient(#000,#000),url(a.png)"),
		P("background:#000;-webkit-background-clip:text;color:#fff"),
		P("background:#000 text;color:#fff"),
		P("background:#000;color:#fff;height:0"),
		P("-webkit-text-stroke:20px #fff"),
		P("-webkit-text-stroke-width:2em;-webkit-text-stroke-color:#fff"),
		P("outline:20px solid #fff;outline-offset:-20px"),
		P("text-decoration:line-through 1em #fff"),
		P("text-decoration-line:line-through;"
	          "text-decoration-thickness:2em;text-decoration-color:#fff"),
		P("unicode-bidi:bidi-override;direction:rtl"),
		P("color:AppWorkspace"),
		P("color:Background"),
		P("color:-moz-field"),
		P("color:rgb(from white r g b)"),
		P("color:rgb(none none none)"),
		P("color:hsl(0 0% 99%)"),
		P("color:hsla(120,100%,100%,1)"),
		P("color:hwb(0 100% 0%)"),
		P("color:device-cmyk(0 0 0 0)"),
		P("color:contrast-color(black)"),
		P("color:#ffffe0"),
		P("color:lightcyan"),
		P("background:#000;color:#00005f"),
		P("all:initial;color:#fff"),
		P("background:#000;color:#fff;all:unset"),
		P("color:#ddd;opacity:.4"),
		P("color:rgba(0,0,0,.2);opacity:.3"),
		P("background:rgba(0,0,0,.01);color:#fff"),
	};

	(void)state;
	check(hidden, COUNT(hidden), false);
}

/* None of them does it alone. */
static void
test_nested(void **state)
{
#define IN(outer, inner) \
	"<div style='" outer "'><div style='" inner "'>HID</div></div>"
	static const char *const hidden[] = {
		IN("overflow:hidden", "height:0"),
		IN("overflow:hidden;float:left", "width:0"),
		IN("width:0", "overflow:hidden"),
		IN("height:0", "overflow:hidden;height:100%"),
		IN("position:relative;left:-80px", "margin-left:-80px"),
		IN("margin-left:-60px", "margin-left:-60px"),
		IN("transform:translate(-90px)", "transform:translate(-90px)"),
		IN("transform:scale(.3)", "transform:scale(.3)"),
		IN("transform:scale(.2)", "font-size:9px"),
		IN("zoom:.3", "zoom:.3"),
		IN("opacity:.3", "opacity:.3"),
		IN("opacity:.3", "color:#ddd"),
		IN("background:#fff;color:#000", "color:currentColor;"
	                                         "background:#000"),
		IN("color:#eee;background:#fff", "color:inherit"),
		IN("background:#000;color:#fff", "all:initial"),
		IN("background:#00e", "color:#fff'><a href=x>HID</a><b style='"
	                              "display:none"),
		"<body link=white><a href=x>HID</a>",
		"<div style='background:#0000ee'><a href=x>HID</a></div>",
		"<mark style='color:#ff0'>HID</mark>",
		("<div style='color:#fff;background:#000'><mark "
	         "style='background:#fff'><b style='color:#fff'>HID</b></mark>"),
		"<details>HID</details>",
		"<details><summary>a</summary><p>HID</details>",
		"<details><details open>HID</details></details>",
		"<marquee width=0 height=0>HID</marquee>",
		"<bdo dir=rtl>HID</bdo>",
	};
	static const char *const shown[] = {
		"<details open><summary>a</summary>HID</details>",
		"<details><summary>HID</summary>x</details>",
		"<body bgcolor=black link=white><a href=x>HID</a>",
		"<mark>HID</mark>",
		"<a name=x>HID</a>",
		IN("overflow:hidden", "height:40px"),
		IN("overflow:hidden", "width:50%"),
		IN("margin-left:36pt", "margin-left:36pt;text-indent:-18pt"),
		IN("transform:scale(.9)", "transform:scale(.9)"),
		IN("opacity:.8", "opacity:.8"),
		IN("background:#000", "color:#fff"),
		IN("font-size:0", "font-size:12px"),
	};

	(void)state;
	check(hidden, COUNT(hidden), false);
	check(shown, COUNT(shown), true);
}

/* What a browser does not understand it ignores: the value before it holds. */
static void
test_invalid_declarations(void **state)
{
	static const char *const hidden[] = {
		P("display:none;display:block foo"),
		P("display:none;display:block;display:none"),
		P("visibility:hidden;visibility:visible 1"),
		P("font-size:0;font-size:16px foo"),
		P("font-size:0;font-size:auto"),
		P("font-size:0;font-size:none"),
		P("font:0/0 a;font:16px"),
		P("font-size:0;font:bold"),
		P("opacity:0;opacity:1 1"),
		P("opacity:0;opacity:1px"),
		P("opacity:0;opacity:auto"),
		P("overflow:hidden;height:0;height:medium"),
		P("overflow:hidden;height:0;height:normal"),
		P("line-height:0;line-height:auto"),
		P("color:#fff;color:rgb(0,0,0) x"),
		P("color:#fff;color:rgb(0,0,0,0,0)"),
		P("color:#fff;color:hsl(0)"),
		P("color:#fff;color:#12345"),
		P("transform:scale(0);transform:translate(1px 2px)"),
		P("transform:scale(0);transform:rotate(1deg"),
		P("filter:opacity(0);filter:foo"),
		P("filter:opacity(0);filter:sepia(1) foo(1)"),
		P("clip-path:inset(100%);clip-path:auto"),
		P("mask:linear-gradient(#0000,#0000);mask:auto"),
		P("background:#000;color:#000;background:foo #fff"),
		P("background-image:linear-gradient(#000,#000);"
	          "background-image:foo"),
		P("left:-9999px;left:0 0;position:absolute"),
		P("z-index:-1;z-index:none"),
		P("display:none;a:(;display:block;)"),
		P("display:none;a:[;display:block;]"),
		P("display:none;a:{;display:block;}"),
	};

	(void)state;
	check(hidden, COUNT(hidden), false);
}

/* What looks like the end of something and is not, and the other way round. */
static void
test_tokens(void **state)
{
	static const char *const hidden[] = {
		P("background:url(/*);display:none"),
		P("background:url(a\"b);display:none"),
		P("background:URL( a&#39;b);display:none"),
		P("background:url(a\\);display:block);display:none"),
		P("background:u\\72l(/*);display:none"),
		P("d\\69&#13;&#10;splay:none"),
		P("d\\000069splay:none"),
		"<style>.\\0{display:none}</style><p class='&#xfffd;'>HID",
		P("display:non\\65"),
		P("-x:&#39;\n;display:none"),
		"<style>.\\e9{display:none}</style><p class=&eacute;>HID",
		"<style>.\\4e2d x,.\\4e2d{display:none}</style><p "
		"class=&#x4e2d;>HID",
		"<style>p{display:none}a{b:(}p{display:block})}</style><p>HID",
		"<style>p{display:none}} p{display:block}</style><p>HID",
		"<style>p{display:none}a;p{display:block}</style><p>HID",
		"<style>p{display:none}p,:b(c{display:block}</style><p>HID",
		"<style>p{display:none}p,::bogus{display:block}</style><p>HID",
		"<style>p{display:none}p,a%{display:block}</style><p>HID",
		"<style>@import \"data:text/css,p{display:none}\";</style>"
		"<p>HID",
		"<style>@import url(cid:a);</style><p>HID",
		"<link rel=stylesheet href='data:text/css,p{display:none}'>"
		"<p>HID",
		"<style>p::first-line{font-size:0}</style><p>HID",
		"<style>p:first-letter{font-size:0}p{display:none}</style>"
		"<p>HID",
		"<input type=checkbox checked><p>HID</p><style>"
		":checked+p{display:none}</style>",
		"<style>p{display:none}</style><p style='display:revert-layer'>"
		"HID",
	};
	static const char *const shown[] = {
		P("background:url(a.png);color:#333"),
		P("background:url( \"a.png\" ) no-repeat center/cover #fff"),
		P("font-family:\"A;B\",serif"),
		P("filter:grayscale(1) sepia(20%)"),
		P("font-size:70%%;padding:2px 0"),
		P("color:#ffff55"),
		P("font:12px/1.5 a"),
		P("font:bold 12px Arial,sans-serif"),
		P("font:700 1em/1 \"A B\""),
		P("color:hsl(0,0%,20%)"),
		P("color:hsl(210deg 50% 30% / 90%)"),
		P("color:hwb(0 10% 80%)"),
		P("color:rgb(0 0 0 / 80%)"),
		P("opacity:.9;z-index:1"),
		P("height:1.5em;line-height:1.5"),
		P("left:0;top:0;position:relative"),
		P("margin:0 auto"),
		P("margin:0in 0in 0.0001pt"),
		P("padding:10px 20px 10px 20px"),
		P("transform:translate(-50%,-50%)"),
		P("transform:none;filter:none"),
		P("text-decoration:line-through"),
		P("outline:none;box-shadow:0 1px 2px #000"),
		P("-webkit-text-stroke:0"),
		P("text-size-adjust:100%;-webkit-text-size-adjust:none"),
		P("display:block flow"),
		P("visibility:inherit"),
		P("letter-spacing:normal;word-spacing:1px"),
		P("mso-line-height-rule:exactly;line-height:15.75pt"),
		P("unicode-bidi:embed;direction:rtl"),
		P("flex:1 1 0;min-width:0"),
		P("color:#a00;background:rgba(0,0,0,.05)"),
	};

	(void)state;
	check(hidden, COUNT(hidden), false);
	check(shown, COUNT(shown), true);
}

/* Of two that may hold, each alone. */
static void
test_unsure(void **state)
{
	static const char *const hidden[] = {
		"<style>@supports(display:block){p{color:#fff}}"
		"@supports(a:b){p{color:#000}}</style><p>HID",
		"<style>@supports(display:block){p{color:#fff}}"
		"@supports(a:b){p{background:#000}}</style><p>HID",
		"<style>@supports(display:block){p{font-size:1px}}"
		"@supports(a:b){p{font-size:1em}}</style><p>HID",
		"<style>p{left:0;position:absolute}@supports(display:block){"
		"p{left:9000px}}</style><p>HID",
		"<style>p{left:-10px;position:absolute}@media(min-width:9px){"
		"p{left:9000px}}</style><p>HID",
		"<style>@media(min-width:9px){p{opacity:0}}"
		"@media(min-width:99px){p{opacity:1}}</style><p>HID",
	};
	static const char *const shown[] = {
		"<style>p{color:#000}@media(prefers-color-scheme:dark){"
		"body{background:#000}p{color:#fff}}</style><body><p>HID",
		"<style>@media(prefers-color-scheme:dark){p{color:#fff}}"
		"@media (prefers-color-scheme: dark){body{background:#000}}"
		"</style><body><p>HID",
		"<style>a:link{color:#0563c1}</style><a href=x>HID</a>",
		"<style>@media(max-width:600px){p{font-size:14px}}"
		"@media(min-width:9px){p{font-size:15px}}</style><p>HID",
	};

	(void)state;
	check(hidden, COUNT(hidden), false);
	check(shown, COUNT(shown), true);
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
		cmocka_unit_test(test_styles),
		cmocka_unit_test(test_nested),
		cmocka_unit_test(test_invalid_declarations),
		cmocka_unit_test(test_tokens),
		cmocka_unit_test(test_unsure),
	};

	return cmocka_run_group_tests(tests, init, NULL);
}
