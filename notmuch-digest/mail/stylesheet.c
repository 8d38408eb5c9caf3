/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/stylesheet.h"

#include <glib.h>
#include <string.h>

#include "util/alloc.h"
#include "util/limits.h"
#include "util/str.h"

/* Blocks in blocks that are looked into. */
#define BLOCK_DEPTH 8
#define COMPOUNDS 16 /* of one selector */
#define CONDITIONS 16
#define MEDIA_BYTES 400
/* A window that is narrower is a telephone's: what is only for those is not
 * what a reader at a desk sees. */
#define DESK_PX 640
#define WIDE_PX 4000

/* Is it so? */
enum sure { NO, PERHAPS, YES };

enum condition_kind { TYPE, CLASS, ID, HAS_ATTRIBUTE, ATTRIBUTE_IS };

struct condition {
	enum condition_kind kind;
	const char *name;
	const char *value; /* of the attribute */
};

/* "p.note#n" and what stands between it and the one before. */
struct compound {
	char combinator; /* ' ', '>', '+', '~'; of the first, 0 */
	unsigned count;
	struct condition conditions[CONDITIONS];
};

struct selector {
	unsigned count;
	struct compound *compounds;
	uint32_t specificity;
	enum sure sure;
};

struct rule {
	struct selector selector;
	const struct nd_style *style; /* rules of one block share it */
	bool unsure;
};

struct nd_stylesheet {
	struct rule *rules;
	size_t count;
	size_t steps;
	bool over;
};

struct nd_stylesheet *
nd_stylesheet_new(const void *ctx)
{
	return x_new(ctx, struct nd_stylesheet);
}

bool
nd_stylesheet_is_empty(const struct nd_stylesheet *sheet)
{
	return sheet->count == 0;
}

bool
nd_stylesheet_is_over(const struct nd_stylesheet *sheet)
{
	return sheet->over;
}

/* ---- selectors ----------------------------------------------------------- */

static bool
is_name_byte(char c)
{
	return nd_is_alnum(c) || c == '-' || c == '_' || c == '\\' ||
	       (unsigned char)c >= 0x80;
}

/* An identifier, its escapes undone, owned by ctx; NULL when none is here. */
static char *
read_name(const void *ctx, const char *text, size_t len, size_t *at)
{
	char *name, *to;
	size_t start = *at;

	while (*at < len && is_name_byte(text[*at]))
		*at = nd_style_skip(text, len, *at);
	if (*at == start)
		return NULL;
	name = to = x_strndup(ctx, text + start, *at - start);
	for (const char *from = name; *from;) {
		unsigned c = 0, digits = 0;

		if (*from != '\\') {
			*to++ = *from++;
			continue;
		}
		for (from++; digits < 6 && g_ascii_isxdigit(*from); digits++)
			c = c * 16 + (unsigned)g_ascii_xdigit_value(*from++);
		if (digits > 0 && nd_is_space(*from))
			from++;
		else if (digits == 0 && *from)
			c = (unsigned char)*from++;
		*to++ = c > 0 && c < 0x7f ? (char)c : 'x';
	}
	*to = '\0';
	return name;
}

/* The end of the brackets that open at text[at]. */
static size_t
skip_brackets(const char *text, size_t len, size_t at)
{
	unsigned depth = 0;

	do {
		depth += text[at] == '(' || text[at] == '[';
		depth -= text[at] == ')' || text[at] == ']';
		at = nd_style_skip(text, len, at);
	} while (at < len && depth > 0);
	return at;
}

/* [name], [name=value]; other comparisons are unsure. */
static void
read_attribute(struct selector *s, const char *text, size_t len,
               struct condition *condition)
{
	size_t at = 1;
	char mark;

	s->specificity += 1u << 8;
	while (at < len && nd_is_space(text[at]))
		at++;
	condition->kind = HAS_ATTRIBUTE;
	condition->name = read_name(s->compounds, text, len, &at);
	if (!condition->name || at >= len || text[at] != '=') {
		if (!condition->name || at >= len || text[at] != ']')
			s->sure = PERHAPS;
		return;
	}
	at++;
	mark = at < len && strchr("\"'", text[at]) ? text[at++] : ']';
	condition->kind = ATTRIBUTE_IS;
	condition->value = x_strndup(
		s->compounds, text + at,
		strcspn(text + at, (const char[]){mark, '\\', ']', '\0'}));
	if (strchr(text + at, '\\'))
		s->sure = PERHAPS;
}

/* What follows ':'. Returns where it ends. */
static size_t
read_pseudo(struct selector *s, const char *text, size_t len, size_t at)
{
	/* Of nothing, until somebody points at it. */
	static const char *const later[] = {"hover",    "active", "focus",
	                                    "visited",  "target", "checked",
	                                    "selected", NULL};
	bool element = at + 1 < len && text[at + 1] == ':';
	char *name;

	at += element ? 2 : 1;
	name = read_name(s->compounds, text, len, &at);
	s->specificity += 1u << 8;
	if (at < len && text[at] == '(')
		at = skip_brackets(text, len, at);
	if (element || (name && (strcmp(name, "before") == 0 ||
	                         strcmp(name, "after") == 0)))
		s->sure = NO;
	for (size_t i = 0; name && later[i]; i++)
		if (nd_str_equal_nocase(name, later[i]))
			s->sure = NO;
	if (s->sure != NO)
		s->sure = PERHAPS;
	return at;
}

/* One condition at text[at]; returns where it ends. */
static size_t
read_condition(struct selector *s, const char *text, size_t len, size_t at)
{
	struct compound *last = &s->compounds[s->count - 1];
	struct condition spare, *condition = &spare;
	char c = text[at];

	memset(&spare, 0, sizeof spare);
	if (c == ':')
		return read_pseudo(s, text, len, at);
	if (c == '*')
		return at + 1;
	if (last->count < CONDITIONS)
		condition = &last->conditions[last->count++];
	else
		s->sure = PERHAPS;
	if (c == '[') {
		size_t end = skip_brackets(text, len, at);
		char *inside = x_strndup(s->compounds, text + at, end - at);

		read_attribute(s, inside, end - at, condition);
		if (!condition->name)
			last->count -= condition != &spare;
		return end;
	}
	if (c == '.' || c == '#')
		at++;
	condition->kind = c == '.' ? CLASS : c == '#' ? ID : TYPE;
	s->specificity += c == '.' ? 1u << 8 : c == '#' ? 1u << 16 : 1;
	condition->name = read_name(s->compounds, text, len, &at);
	if (condition->name)
		return at;
	/* "&", "|" and what else is new: it may be anything. */
	last->count -= condition != &spare;
	s->sure = PERHAPS;
	return nd_style_skip(text, len, at);
}

static bool
is_combinator(char c)
{
	return c == '>' || c == '+' || c == '~' || nd_is_space(c);
}

/* Begin the next compound; false when there are too many. */
static bool
add_compound(struct selector *s, char combinator)
{
	if (s->count == COMPOUNDS)
		return false;
	s->compounds[s->count].combinator = combinator;
	s->count++;
	return true;
}

static void
read_selector(const void *ctx, const char *text, size_t len, struct selector *s)
{
	size_t at = 0;

	nd_mem_trim(&text, &len);
	*s = (struct selector){.sure = len > 0 ? YES : NO};
	s->compounds = x_array(ctx, struct compound, COMPOUNDS);
	add_compound(s, 0);
	while (at < len) {
		char combinator = ' ';

		if (nd_mem_starts(text + at, len - at, "/*")) {
			at = nd_style_skip(text, len, at);
			continue;
		}
		if (!is_combinator(text[at])) {
			at = read_condition(s, text, len, at);
			continue;
		}
		for (; at < len && is_combinator(text[at]); at++)
			if (!nd_is_space(text[at]))
				combinator = text[at];
		if (at < len && !add_compound(s, combinator)) {
			/* The last ones of it would be missing. */
			s->count = 1;
			s->compounds[0].count = 0;
			s->sure = PERHAPS;
			return;
		}
	}
	/* Beyond these, one more counts no more. */
	if (s->specificity >= ND_STYLE_WEIGHT_INLINE)
		s->specificity = ND_STYLE_WEIGHT_INLINE - 1;
}

/* Documents in quirks mode do not tell capital letters from small ones. */
static bool
is_name(const char *text, size_t len, const char *name, bool unsure)
{
	return strlen(name) == len &&
	       (unsure ? nd_mem_equal_nocase(text, name, len)
	               : memcmp(text, name, len) == 0);
}

static bool
holds(const xmlNode *node, const struct condition *condition, bool unsure)
{
	const char *attribute = condition->kind == CLASS ? "class"
	                        : condition->kind == ID  ? "id"
	                                                 : condition->name;
	const char *at;
	xmlChar *value;
	bool found = false;

	if (condition->kind == TYPE)
		return nd_str_equal_nocase((const char *)node->name,
		                           condition->name);
	value = xmlGetProp((xmlNode *)node, (const xmlChar *)attribute);
	if (!value)
		return false;
	at = (const char *)value;
	switch (condition->kind) {
	case ID:
		found = is_name(at, strlen(at), condition->name, unsure);
		break;
	case ATTRIBUTE_IS:
		found = is_name(at, strlen(at), condition->value, unsure);
		break;
	case CLASS:
		while (*at && !found) {
			size_t word = strcspn(at, " \t\r\n\f");

			found = is_name(at, word, condition->name, unsure);
			at += word + (at[word] != '\0');
		}
		break;
	default:
		found = true;
	}
	xmlFree(value);
	return found;
}

static const xmlNode *
element_before(const xmlNode *node)
{
	do
		node = node->prev;
	while (node && node->type != XML_ELEMENT_NODE);
	return node;
}

static const xmlNode *
element_above(const xmlNode *node)
{
	node = node->parent;
	return node && node->type == XML_ELEMENT_NODE ? node : NULL;
}

/* Do the first count compounds of s hold, the last of them for node? */
static bool
matches(struct nd_stylesheet *sheet, const struct selector *s, unsigned count,
        const xmlNode *node, bool unsure)
{
	const struct compound *last = &s->compounds[count - 1];
	bool across, again;

	if (++sheet->steps > ND_LIMIT_STYLE_STEPS)
		sheet->over = true;
	if (sheet->over)
		return false;
	for (unsigned i = 0; i < last->count; i++)
		if (!holds(node, &last->conditions[i], unsure))
			return false;
	if (count == 1)
		return true;
	across = last->combinator == '+' || last->combinator == '~';
	again = last->combinator == ' ' || last->combinator == '~';
	do {
		node = across ? element_before(node) : element_above(node);
		if (node && matches(sheet, s, count - 1, node, unsure))
			return true;
	} while (node && again && !sheet->over);
	return false;
}

void
nd_stylesheet_apply(struct nd_stylesheet *sheet, const xmlNode *node,
                    bool unsure, struct nd_style *style)
{
	for (size_t i = 0; i < sheet->count && !sheet->over; i++) {
		const struct rule *rule = &sheet->rules[i];

		if ((rule->unsure && !unsure) ||
		    !matches(sheet, &rule->selector, rule->selector.count, node,
		             unsure))
			continue;
		for (unsigned p = 0; p < ND_STYLE_PROPERTIES; p++) {
			struct nd_style_value value = rule->style->of[p];

			value.weight += rule->selector.specificity;
			if (value.kind == ND_STYLE_UNSET)
				continue;
			if (rule->unsure)
				nd_style_suspect(style, p, value);
			else
				nd_style_set(style, p, value);
		}
	}
}

/* ---- sheets -------------------------------------------------------------- */

/* The number of pixels behind name in a media query; fallback: none is. */
static double
media_width(const char *query, const char *name, double fallback)
{
	const char *at = strstr(query, name);
	double number;
	char *end;

	if (!at)
		return fallback;
	at += strlen(name);
	number = g_ascii_strtod(at, &end);
	if (end == at)
		return fallback;
	return nd_str_starts(end, "em") || nd_str_starts(end, "rem")
	               ? 16 * number
	               : number;
}

/* One query of a list, in small letters and without blanks. */
static enum sure
media_holds(const char *query)
{
	static const char *const others[] = {
		"print", "speech",   "tv",       "tty",        "braille",
		"aural", "handheld", "embossed", "projection", NULL};
	const char *type = nd_str_starts(query, "only") ? query + 4 : query;
	double at_most, at_least;

	if (nd_str_starts(query, "not"))
		return PERHAPS;
	for (size_t i = 0; others[i]; i++)
		if (nd_str_starts(type, others[i]))
			return NO;
	if (!strchr(query, '('))
		return !*type || strcmp(type, "all") == 0 ||
		                       strcmp(type, "screen") == 0
		               ? YES
		               : NO;
	at_most = media_width(query, "max-width:", WIDE_PX);
	if (!strstr(query, "max-width:"))
		at_most = media_width(query, "max-device-width:", WIDE_PX);
	at_least = media_width(query, "min-width:", 0);
	if (at_most < DESK_PX || at_least > WIDE_PX)
		return NO;
	return PERHAPS;
}

static enum sure
media_list_holds(const char *text, size_t len)
{
	char query[MEDIA_BYTES];
	size_t to = 0;
	enum sure sure = NO;

	for (size_t at = 0; at <= len; at++) {
		if (at < len && text[at] != ',') {
			if (to + 1 == sizeof query)
				return PERHAPS;
			if (!nd_is_space(text[at]))
				query[to++] = nd_lower(text[at]);
			continue;
		}
		query[to] = '\0';
		to = 0;
		if (media_holds(query) > sure)
			sure = media_holds(query);
	}
	return memchr(text, '\\', len) || nd_mem_find(text, len, "/*") ? PERHAPS
	                                                               : sure;
}

static bool
declares(const struct nd_style *style)
{
	for (unsigned p = 0; p < ND_STYLE_PROPERTIES; p++)
		if (style->of[p].kind != ND_STYLE_UNSET)
			return true;
	return false;
}

static void
add_rule(struct nd_stylesheet *sheet, const char *text, size_t len,
         const struct nd_style *style, enum sure sure)
{
	struct selector s;
	struct rule *rule;

	if (sheet->count == ND_LIMIT_STYLE_RULES) {
		sheet->over = true;
		return;
	}
	read_selector(sheet, text, len, &s);
	if (s.sure == NO) {
		talloc_free(s.compounds);
		return;
	}
	s.compounds =
		talloc_realloc(sheet, s.compounds, struct compound, s.count);
	rule = x_append(sheet, sheet->rules, sheet->count);
	rule->selector = s;
	rule->style = style;
	rule->unsure = sure == PERHAPS || s.sure == PERHAPS;
}

/* "a, b {…}": the block holds for each. */
static void
add_rules(struct nd_stylesheet *sheet, const char *text, size_t len,
          const char *block, size_t block_len, enum sure sure)
{
	struct nd_style *style = x_new(sheet, struct nd_style);
	size_t start = 0;

	nd_style_declare(style, block, block_len, 0);
	if (!declares(style)) {
		talloc_free(style);
		return;
	}
	for (size_t at = 0; at < len && !sheet->over;) {
		if (text[at] == '(' || text[at] == '[') {
			at = skip_brackets(text, len, at);
			continue;
		}
		if (text[at] == ',') {
			add_rule(sheet, text + start, at - start, style, sure);
			start = at + 1;
		}
		at = nd_style_skip(text, len, at);
	}
	add_rule(sheet, text + start, len - start, style, sure);
}

/* Where the block ends whose '{' is at text[at]: at its '}', or at len. */
static size_t
block_end(const char *text, size_t len, size_t at)
{
	unsigned depth = 0;

	while (at < len) {
		depth += text[at] == '{';
		depth -= text[at] == '}';
		if (depth == 0)
			return at;
		at = nd_style_skip(text, len, at);
	}
	return len;
}

/* How far what stands in the block of an @-rule holds. */
static enum sure
at_rule_holds(const char *text, size_t len)
{
	static const char *const others[] = {
		"@font-face",      "@keyframes",
		"@page",           "@-webkit-keyframes",
		"@-moz-keyframes", "@property",
		"@counter-style",  NULL};

	if (nd_mem_starts_nocase(text, len, "@media"))
		return media_list_holds(text + 6, len - 6);
	for (size_t i = 0; others[i]; i++)
		if (nd_mem_starts_nocase(text, len, others[i]))
			return NO;
	return PERHAPS;
}

static void add_block(struct nd_stylesheet *sheet, const char *text, size_t len,
                      enum sure sure, unsigned depth);

/* What stands before a block, and the block. */
static void
add_item(struct nd_stylesheet *sheet, const char *head, size_t head_len,
         const char *block, size_t len, enum sure sure, unsigned depth)
{
	nd_mem_trim(&head, &head_len);
	while (nd_mem_starts(head, head_len, "/*")) {
		size_t end = nd_style_skip(head, head_len, 0);

		head += end;
		head_len -= end;
		nd_mem_trim(&head, &head_len);
	}
	if (nd_mem_starts(head, head_len, "@")) {
		enum sure inside = at_rule_holds(head, head_len);

		if (inside != NO)
			add_block(sheet, block, len,
			          inside < sure ? inside : sure, depth + 1);
		return;
	}
	add_rules(sheet, head, head_len, block, len, sure);
	/* Rules in a rule: for whom depends on those around. */
	if (memchr(block, '{', len))
		add_block(sheet, block, len, PERHAPS, depth + 1);
}

static void
add_block(struct nd_stylesheet *sheet, const char *text, size_t len,
          enum sure sure, unsigned depth)
{
	size_t start = 0;

	if (depth > BLOCK_DEPTH)
		sheet->over = true;
	for (size_t at = 0; at < len && !sheet->over;) {
		size_t end;

		if (nd_mem_starts(text + at, len - at, "<!--") ||
		    nd_mem_starts(text + at, len - at, "-->")) {
			at += text[at] == '<' ? 4 : 3;
			start = at;
			continue;
		}
		if (text[at] == ';' || text[at] == '}')
			start = at + 1;
		if (text[at] != '{') {
			at = nd_style_skip(text, len, at);
			continue;
		}
		end = block_end(text, len, at);
		add_item(sheet, text + start, at - start, text + at + 1,
		         end - at - 1, sure, depth);
		at = start = end < len ? end + 1 : len;
	}
}

void
nd_stylesheet_add(struct nd_stylesheet *sheet, const char *text,
                  const char *media, bool unsure)
{
	enum sure sure = media ? media_list_holds(media, strlen(media)) : YES;

	if (unsure && sure == YES)
		sure = PERHAPS;
	if (sure != NO)
		add_block(sheet, text, strlen(text), sure, 0);
}
