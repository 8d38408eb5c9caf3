/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/html.h"

#include <libxml/HTMLparser.h>
#include <string.h>

#include "mail/stylesheet.h"
#include "mail/visible.h"
#include "util/alloc.h"
#include "util/limits.h"
#include "util/str.h"

/* A tag with more attributes than this is an attack on libxml2, which looks
 * for doubles by comparing each with each. */
#define TAG_ATTRIBUTES 500
/* What marks a quote stands at the start of its style, if anywhere. */
#define STYLE_BYTES 1024
/* Among so many are the names of a quoted mail's headers. */
#define HEADER_NODES 60
#define HEADER_NAME_BYTES 60

/* How a tag shapes the text around it. */
enum shape {
	INLINE,
	DROPPED,   /* nothing in it is for reading */
	LINE,      /* begins and ends a line */
	PARAGRAPH, /* … with an empty line around */
	CELL,
	ITEM,
	QUOTE,
	PRE,
	BREAK,
	RULE,
	QUOTE_TO_END, /* what comes below is quoted, wherever it stands */
};

static const struct {
	const char *name;
	enum shape shape;
} tags[] = {
	{"script", DROPPED},
	{"style", DROPPED},
	{"head", DROPPED},
	{"title", DROPPED},
	{"template", DROPPED},
	{"object", DROPPED},
	{"svg", DROPPED},
	{"iframe", DROPPED},
	{"audio", DROPPED},
	{"video", DROPPED},
	{"canvas", DROPPED},
	{"select", DROPPED},
	{"textarea", DROPPED},
	{"applet", DROPPED},
	{"noscript", DROPPED},
	{"noframes", DROPPED},
	{"noembed", DROPPED},
	{"datalist", DROPPED},
	{"progress", DROPPED},
	{"meter", DROPPED},
	{"rp", DROPPED},
	{"annotation", DROPPED},
	{"annotation-xml", DROPPED},
	{"frameset", DROPPED},
	{"div", LINE},
	{"tr", LINE},
	{"address", LINE},
	{"section", LINE},
	{"article", LINE},
	{"header", LINE},
	{"footer", LINE},
	{"center", LINE},
	{"form", LINE},
	{"dt", LINE},
	{"dd", LINE},
	{"caption", LINE},
	{"figure", LINE},
	{"nav", LINE},
	{"p", PARAGRAPH},
	{"h1", PARAGRAPH},
	{"h2", PARAGRAPH},
	{"h3", PARAGRAPH},
	{"h4", PARAGRAPH},
	{"h5", PARAGRAPH},
	{"h6", PARAGRAPH},
	{"ul", PARAGRAPH},
	{"ol", PARAGRAPH},
	{"dl", PARAGRAPH},
	{"table", PARAGRAPH},
	{"td", CELL},
	{"th", CELL},
	{"li", ITEM},
	{"blockquote", QUOTE},
	{"pre", PRE},
	{"br", BREAK},
	{"hr", RULE},
};

/* How the value of an attribute is compared, word for word. */
enum match { IS, STARTS, ENDS };

/*
 * What clients put around the mail that is answered, or above it, where that is
 * no blockquote. Not those that stand around an attribution (moz-cite-prefix,
 * gmail_attr): people write on in them.
 */
static const struct {
	const char *tag; /* NULL: any */
	const char *attribute;
	enum match match;
	const char *value;
	enum shape shape;
	bool headed; /* only when headers stand in it: it may be left behind
	              * around what was written */
} quotings[] = {
	/* Yahoo and AOL; "ydp12345678yahoo_quoted" when it was answered */
	{NULL, "class", ENDS, "yahoo_quoted", QUOTE, false},
	{NULL, "id", STARTS, "yahoo_quoted", QUOTE, false},
	/* GMX, web.de, mail.com */
	{"div", "name", IS, "quote", QUOTE, false},
	{"div", "name", IS, "quoted-content", QUOTE, false},
	/* Outlook on the web, for mobiles, for Mac; Outlook 2003; Hotmail */
	{NULL, "id", STARTS, "divRplyFwdMsg", QUOTE_TO_END, true},
	{NULL, "id", IS, "mail-editor-reference-message-container", QUOTE,
         true},
	{NULL, "class", IS, "ms-outlook-mobile-reference-message", QUOTE, true},
	{NULL, "id", IS, "OLK_SRC_BODY_SECTION", QUOTE, false},
	{NULL, "class", IS, "OutlookMessageHeader", QUOTE_TO_END, true},
	{"hr", "id", IS, "stopSpelling", QUOTE_TO_END, false},
	/* Thunderbird, forwarding */
	{NULL, "class", IS, "moz-forward-container", QUOTE, false},
	/* Zimbra */
	{"hr", "id", IS, "zwchr", QUOTE_TO_END, false},
	{NULL, "data-marker", IS, "__DIVIDER__", QUOTE_TO_END, false},
	{NULL, "data-marker", IS, "__HEADERS__", QUOTE, false},
	{NULL, "data-marker", IS, "__QUOTED_TEXT__", QUOTE, false},
	/* NetEase, Lark, Spark, Newton, Missive, Discourse */
	{NULL, "id", IS, "isReplyContent", QUOTE, false},
	{NULL, "id", STARTS, "lark-mail-quote", QUOTE, false},
	{NULL, "class", IS, "history-quote-wrapper", QUOTE, false},
	{NULL, "name", IS, "messageReplySection", QUOTE, false},
	{NULL, "class", IS, "cm_quote", QUOTE, false},
	{NULL, "class", IS, "missive_quote", QUOTE, false},
	{"aside", "class", IS, "quote", QUOTE, false},
};

/* Where nothing but the looks tell; without blanks, in small letters. */
static const struct {
	const char *styles[3];
	enum shape shape;
} quoting_styles[] = {
	/* Outlook 2007 and later, above the headers */
	{{"border:none", "border-top:solid", "padding:3.0pt0"}, QUOTE_TO_END},
	/* Windows Mail */
	{{"border-top-color:rgb(229,229,229)", "border-top-style:solid",
          "padding-top:5px"},
         QUOTE_TO_END},
};

struct writer {
	struct nd_buf *out;
	unsigned quotes;   /* blockquotes we are inside of */
	unsigned pre;      /* the same for pre */
	unsigned newlines; /* to be written before the next text */
	bool space;        /* the same for one blank */
	bool line_start;
	struct nd_stylesheet *sheet;
	struct nd_visible *looks; /* of the elements that we are inside of */
};

static void
begin_line(struct writer *w)
{
	unsigned depth = w->quotes;

	if (depth > ND_LIMIT_QUOTE_DEPTH)
		depth = ND_LIMIT_QUOTE_DEPTH;
	for (; w->newlines > 0; w->newlines--) {
		nd_buf_addc(w->out, '\n');
		w->line_start = true;
	}
	if (w->line_start) {
		for (; depth > 0; depth--)
			nd_buf_adds(w->out, "> ");
		w->space = false;
	}
	w->line_start = false;
}

/* End the line, if something is on it, and leave count - 1 empty ones. */
static void
end_line(struct writer *w, unsigned count)
{
	if (w->out->len == 0)
		return;
	if (w->newlines < count)
		w->newlines = count;
}

static void
add_word(struct writer *w, const char *text, size_t len)
{
	begin_line(w);
	if (w->space)
		nd_buf_addc(w->out, ' ');
	w->space = false;
	nd_buf_add(w->out, text, len);
}

static void
add_collapsed(struct writer *w, const char *text)
{
	while (*text) {
		size_t blanks = strspn(text, " \t\n\r\f"), word;

		text += blanks;
		if (blanks > 0)
			w->space = true;
		word = strcspn(text, " \t\n\r\f");
		if (word > 0)
			add_word(w, text, word);
		text += word;
	}
}

static void
add_preformatted(struct writer *w, const char *text)
{
	while (*text && !w->out->full) {
		size_t len = strcspn(text, "\n");

		if (len > 0)
			add_word(w, text, len);
		text += len;
		if (*text == '\n') {
			w->newlines++;
			text++;
		}
	}
}

static const char *
attribute(const xmlNode *node, const char *name, char *value, size_t size)
{
	xmlAttr *attr = xmlHasProp(node, (const xmlChar *)name);
	const char *text = "";
	size_t len = 0;

	if (!attr)
		return NULL;
	if (attr->children && attr->children->content)
		text = (const char *)attr->children->content;
	for (; *text && len + 1 < size; text++)
		if (!nd_is_space(*text))
			value[len++] = nd_lower(*text);
	value[len] = '\0';
	return value;
}

static enum shape
shape_of(const xmlNode *node)
{
	for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
		if (strcmp((const char *)node->name, tags[i].name) == 0)
			return tags[i].shape;
	return INLINE;
}

static bool
is_match(const char *word, size_t len, enum match match, const char *value)
{
	size_t want = strlen(value);

	if (len < want || (match == IS && len > want))
		return false;
	return nd_mem_equal_nocase(match == ENDS ? word + len - want : word,
	                           value, want);
}

/* Is one of the words of that attribute such a value? */
static bool
has_word(const xmlNode *node, const char *attr, enum match match,
         const char *value)
{
	const xmlAttr *found = xmlHasProp(node, (const xmlChar *)attr);
	const char *text;

	if (!found || !found->children || !found->children->content)
		return false;
	text = (const char *)found->children->content;
	while (*text) {
		size_t len = strcspn(text, " \t\r\n\f");

		if (len > 0 && is_match(text, len, match, value))
			return true;
		text += len + (text[len] != '\0');
	}
	return false;
}

static bool
has_styles(const char *style, const char *const *styles, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (!strstr(style, styles[i]))
			return false;
	return true;
}

/* "border-left:2pxsolid#ccc" and room beside it: so do clients show quotes,
 * below what was written. */
static bool
has_bar(const struct writer *w, const char *style)
{
	const char *bar = strstr(style, "border-left:");
	size_t len;

	if (!bar || w->out->len == 0)
		return false;
	bar += strlen("border-left:");
	len = strcspn(bar, ";");
	return *bar != '0' && nd_mem_find(bar, len, "solid") &&
	       (strstr(style, "padding") || strstr(style, "margin"));
}

/* The next node behind node, in the order of the text, inside of root. */
static const xmlNode *
next_in(const xmlNode *root, const xmlNode *node)
{
	if (node->children)
		return node->children;
	while (node != root && !node->next)
		node = node->parent;
	return node == root ? NULL : node->next;
}

/* "From:", "Envoyé le :", "发件人：X" */
static bool
names_header(const char *text)
{
	size_t at = strspn(text, " \t\r\n");
	size_t start = at;

	while (nd_is_alpha(text[at]) || text[at] == ' ' ||
	       (unsigned char)text[at] >= 0x80) {
		if (nd_str_starts(text + at, "\xef\xbc\x9a"))
			return at > start;
		at++;
	}
	return text[at] == ':' && at > start && at - start <= HEADER_NAME_BYTES;
}

static bool
is_blank_text(const char *text)
{
	while (nd_is_space(*text) || nd_str_starts(text, "\xc2\xa0"))
		text += nd_is_space(*text) ? 1 : 2;
	return !*text;
}

/* Do "From:", "Sent:" … stand at the start of node, in some language? */
static bool
holds_headers(const xmlNode *node)
{
	unsigned headers = 0, nodes = 0;

	for (const xmlNode *at = node;
	     at && nodes < HEADER_NODES && headers < 2;
	     at = next_in(node, at), nodes++) {
		const char *text = (const char *)at->content;

		if (at->type != XML_TEXT_NODE || !text || is_blank_text(text))
			continue;
		if (names_header(text))
			headers++;
		else if (headers == 0)
			return false;
	}
	return headers >= 2;
}

static bool
is_quoting(const xmlNode *node, size_t i)
{
	return (!quotings[i].tag ||
	        strcmp((const char *)node->name, quotings[i].tag) == 0) &&
	       has_word(node, quotings[i].attribute, quotings[i].match,
	                quotings[i].value) &&
	       (!quotings[i].headed || holds_headers(node));
}

static enum shape
quoting_of(const struct writer *w, const xmlNode *node)
{
	char style[STYLE_BYTES];
	bool div = strcmp((const char *)node->name, "div") == 0;

	for (size_t i = 0; i < sizeof quotings / sizeof *quotings; i++)
		if (is_quoting(node, i))
			return quotings[i].shape;
	if (!div || !attribute(node, "style", style, sizeof style))
		return INLINE;
	for (size_t i = 0; i < sizeof quoting_styles / sizeof *quoting_styles;
	     i++)
		if (has_styles(style, quoting_styles[i].styles, 3) &&
		    holds_headers(node))
			return quoting_styles[i].shape;
	return has_bar(w, style) ? QUOTE : INLINE;
}

/* The shape that node is entered with. */
static enum shape
shape_in(const struct writer *w, const xmlNode *node)
{
	enum shape shape = shape_of(node), quoting;

	if (shape == DROPPED || shape == QUOTE || !node->properties)
		return shape;
	quoting = quoting_of(w, node);
	/* Inside of a quote the end is that of the quote. */
	if (quoting == QUOTE_TO_END && w->quotes > 0)
		return shape;
	return quoting == INLINE ? shape : quoting;
}

/*
 * False when the children of node are not to be looked at. How it is left is
 * kept in the node, for what was written has a say in it.
 */
static bool
enter(struct writer *w, xmlNode *node, const struct nd_visible *look)
{
	static const enum shape kept[] = {QUOTE, QUOTE_TO_END};
	enum shape shape = shape_in(w, node);

	if (shape == DROPPED || nd_visible_is_gone(look))
		return false;
	if (shape == QUOTE || shape == QUOTE_TO_END)
		node->_private = (void *)&kept[shape == QUOTE_TO_END];
	switch (shape) {
	case LINE:
		end_line(w, 1);
		break;
	case PARAGRAPH:
		end_line(w, 2);
		break;
	case ITEM:
		end_line(w, 1);
		if (!nd_visible_shows_text(look))
			break;
		add_word(w, "-", 1);
		w->space = true;
		break;
	case CELL:
		w->space = true;
		break;
	case QUOTE:
	case QUOTE_TO_END:
		end_line(w, 2);
		w->quotes++;
		break;
	case PRE:
		end_line(w, 2);
		w->pre++;
		break;
	case BREAK:
		w->newlines++;
		break;
	case RULE:
		/* Outlook draws it above the mail that is answered; as text
		 * it writes underscores there. */
		end_line(w, 2);
		add_word(w, "____________________", 20);
		end_line(w, 1);
		break;
	default:
		break;
	}
	return true;
}

static void
leave(struct writer *w, const xmlNode *node)
{
	enum shape shape = node->_private ? *(const enum shape *)node->_private
	                                  : shape_of(node);

	switch (shape) {
	case LINE:
	case ITEM:
	case QUOTE_TO_END:
		end_line(w, 1);
		break;
	case PARAGRAPH:
		end_line(w, 2);
		break;
	case CELL:
		w->space = true;
		break;
	case QUOTE:
		w->quotes--;
		end_line(w, 2);
		break;
	case PRE:
		w->pre--;
		end_line(w, 2);
		break;
	default:
		break;
	}
}

/* Returns the element whose children come next, NULL for none. */
static xmlNode *
visit(struct writer *w, xmlNode *node, unsigned depth)
{
	struct nd_visible *look = &w->looks[depth];

	if (node->type == XML_TEXT_NODE && node->content &&
	    nd_visible_shows_text(look)) {
		if (w->pre > 0)
			add_preformatted(w, (const char *)node->content);
		else
			add_collapsed(w, (const char *)node->content);
	}
	if (node->type != XML_ELEMENT_NODE)
		return NULL;
	nd_visible_enter(w->sheet, node, look, look + 1);
	if (!enter(w, node, look + 1))
		return NULL;
	if (node->children && depth < ND_LIMIT_HTML_DEPTH)
		return node->children;
	leave(w, node);
	return NULL;
}

static void
walk(struct writer *w, xmlNode *root)
{
	xmlNode *node = root;
	unsigned depth = 0;

	nd_visible_init(w->looks);
	while (node && !w->out->full && !nd_stylesheet_is_over(w->sheet)) {
		xmlNode *child = visit(w, node, depth);

		if (child) {
			node = child;
			depth++;
			continue;
		}
		while (!node->next && depth > 0) {
			node = node->parent;
			depth--;
			leave(w, node);
		}
		node = node->next;
	}
}

/* Is a <style> read at all, where it stands? */
static bool
is_aside(const xmlNode *style)
{
	for (const xmlNode *node = style->parent;
	     node && node->type == XML_ELEMENT_NODE; node = node->parent)
		if (shape_of(node) == DROPPED &&
		    strcmp((const char *)node->name, "head") != 0)
			return true;
	return false;
}

static void
add_sheet(struct nd_stylesheet *sheet, const xmlNode *style)
{
	xmlChar *text = xmlNodeGetContent(style);
	xmlChar *media = xmlGetProp((xmlNode *)style, (const xmlChar *)"media");
	char type[16];
	bool other = attribute(style, "type", type, sizeof type) && *type &&
	             strcmp(type, "text/css") != 0;

	if (text)
		nd_stylesheet_add(sheet, (const char *)text,
		                  (const char *)media,
		                  other || is_aside(style));
	xmlFree(media);
	xmlFree(text);
}

/* A sheet that comes with the mail is what @import of it would be. */
static void
add_link(struct nd_stylesheet *sheet, const xmlNode *link)
{
	char rel[32], href[16];

	if (attribute(link, "rel", rel, sizeof rel) &&
	    strstr(rel, "stylesheet") &&
	    attribute(link, "href", href, sizeof href) &&
	    (nd_str_starts(href, "data:") || nd_str_starts(href, "cid:")))
		nd_stylesheet_add(sheet, "@import 'data:';", NULL, false);
}

static struct nd_stylesheet *
read_sheets(const void *ctx, const xmlNode *root)
{
	struct nd_stylesheet *sheet = nd_stylesheet_new(ctx);

	for (const xmlNode *node = root; node; node = next_in(root, node)) {
		if (node->type != XML_ELEMENT_NODE)
			continue;
		if (strcmp((const char *)node->name, "style") == 0)
			add_sheet(sheet, node);
		else if (strcmp((const char *)node->name, "link") == 0)
			add_link(sheet, node);
	}
	return sheet;
}

/* Where in a tag a byte stands. */
enum place { OUTSIDE, NAMES, BEFORE_VALUE, VALUE, QUOTED };

struct tag_scan {
	enum place place;
	char quote;          /* that ends the value */
	unsigned attributes; /* what may part them, in this tag */
	size_t tag;          /* its start */
	size_t nodes;        /* what the tree may have */
};

/* A quote mark is one only where a value begins: so does libxml2 read. */
static void
scan_in_tag(struct tag_scan *scan, char c)
{
	bool space = nd_is_space(c);

	if (scan->place == QUOTED) {
		if (c == scan->quote)
			scan->place = NAMES;
		return;
	}
	if (space || c == '/' || c == '=' || c == '"' || c == '\'')
		scan->attributes++;
	if (c == '>') {
		scan->place = OUTSIDE;
	} else if (scan->place == BEFORE_VALUE && (c == '"' || c == '\'')) {
		scan->place = QUOTED;
		scan->quote = c;
	} else if (scan->place == BEFORE_VALUE && !space) {
		scan->place = VALUE;
	} else if (scan->place == VALUE && space) {
		scan->place = NAMES;
	} else if (scan->place == NAMES && c == '=') {
		scan->nodes++;
		scan->place = BEFORE_VALUE;
	} else if (scan->place == NAMES && space) {
		scan->nodes++;
	}
}

/*
 * The bytes that libxml2 can be given: up to the first tag with too many
 * attributes, or the one with which there are too many nodes.
 */
static size_t
safe_length(const char *html, size_t len)
{
	struct tag_scan scan = {.place = OUTSIDE};

	for (size_t i = 0; i < len; i++) {
		char c = html[i];

		scan.nodes += c == '<';
		if (scan.place != OUTSIDE) {
			scan_in_tag(&scan, c);
		} else if (c == '<' && i + 1 < len &&
		           nd_is_alpha(html[i + 1])) {
			scan.place = NAMES;
			scan.attributes = 0;
			scan.tag = i;
		}
		if (scan.attributes > 3 * TAG_ATTRIBUTES ||
		    scan.nodes > ND_LIMIT_HTML_NODES)
			return scan.place == OUTSIDE ? i : scan.tag;
	}
	return len;
}

struct nd_buf *
nd_html_to_text(const void *ctx, const char *html, size_t len)
{
	struct nd_buf *out = nd_buf_new(ctx, ND_LIMIT_PART_BYTES);
	struct writer w = {.out = out, .line_start = true};
	size_t safe = safe_length(html, len);
	int options = HTML_PARSE_RECOVER | HTML_PARSE_NOERROR |
	              HTML_PARSE_NOWARNING | HTML_PARSE_NONET |
	              HTML_PARSE_COMPACT;
	htmlDocPtr doc =
		htmlReadMemory(html, (int)safe, NULL, "UTF-8", options);

	if (doc) {
		void *tmp = talloc_new(NULL);

		w.sheet = read_sheets(tmp, (xmlNode *)doc);
		w.looks = x_array(tmp, struct nd_visible,
		                  ND_LIMIT_HTML_DEPTH + 2);
		walk(&w, doc->children);
		if (nd_stylesheet_is_over(w.sheet))
			out->full = true;
		talloc_free(tmp);
		xmlFreeDoc(doc);
	}
	if (safe < len)
		out->full = true;
	return out;
}
