/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/selector.h"

#include <glib.h>
#include <string.h>

#include "mail/style.h"
#include "util/alloc.h"
#include "util/limits.h"
#include "util/str.h"

#define COMPOUNDS 16 /* of one selector */
#define CONDITIONS 16

enum condition_kind { TYPE, CLASS, ID, HAS_ATTRIBUTE, ATTRIBUTE_IS };

struct condition {
	enum condition_kind kind;
	const char *name;
	const char *value; /* of the attribute */
};

/* "p.note#n" and what stands between it and the one before. */
struct nd_selector_compound {
	char combinator; /* ' ', '>', '+', '~'; of the first, 0 */
	unsigned count;
	struct condition conditions[CONDITIONS];
};

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
	char *raw, *name, *to;
	size_t start = *at;

	while (*at < len && is_name_byte(text[*at]))
		*at = nd_style_skip(text, len, *at);
	if (*at == start)
		return NULL;
	raw = x_strndup(ctx, text + start, *at - start);
	/* "\0" becomes one byte longer. */
	name = to = x_array(ctx, char, 2 * strlen(raw) + 1);
	for (const char *from = raw; *from;) {
		unsigned c = 0, digits = 0;

		if (*from != '\\') {
			*to++ = *from++;
			continue;
		}
		for (from++; digits < 6 && g_ascii_isxdigit(*from); digits++)
			c = c * 16 + (unsigned)g_ascii_xdigit_value(*from++);
		if (digits == 0) {
			if (*from)
				*to++ = *from++;
			continue;
		}
		if (from[0] == '\r' && from[1] == '\n')
			from++;
		if (nd_is_space(*from))
			from++;
		if (c == 0 || c > 0x10ffff || (c >= 0xd800 && c < 0xe000))
			c = 0xfffd;
		to += g_unichar_to_utf8(c, to);
	}
	*to = '\0';
	talloc_free(raw);
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
read_attribute(struct nd_selector *s, const char *text, size_t len,
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
			s->sure = ND_SELECTOR_PERHAPS;
		s->doubtful = s->doubtful || !condition->name;
		return;
	}
	at++;
	mark = at < len && strchr("\"'", text[at]) ? text[at++] : ']';
	condition->kind = ATTRIBUTE_IS;
	condition->value = x_strndup(
		s->compounds, text + at,
		strcspn(text + at, (const char[]){mark, '\\', ']', '\0'}));
	if (strchr(text + at, '\\'))
		s->sure = ND_SELECTOR_PERHAPS;
}

static bool
is_of(const char *name, const char *const *list)
{
	for (; name && *list; list++)
		if (nd_str_equal_nocase(name, *list))
			return true;
	return false;
}

/* What follows ':'. Returns where it ends. */
static size_t
read_pseudo(struct nd_selector *s, const char *text, size_t len, size_t at)
{
	/* Of nothing, until somebody points at it; what is no element. */
	static const char *const later[] = {
		"hover",       "active",    "focus",    "visited",
		"target",      "before",    "after",    "marker",
		"placeholder", "selection", "backdrop", NULL};
	/* Others that all browsers know. */
	static const char *const known[] = {
		"link",          "any-link",     "checked",      "root",
		"first-child",   "last-child",   "only-child",   "nth-child",
		"first-of-type", "last-of-type", "only-of-type", "empty",
		"not",           "first-line",   "first-letter", "enabled",
		"disabled",      "lang",         "nth-of-type",  NULL};
	bool element = at + 1 < len && text[at + 1] == ':';
	char *name;

	at += element ? 2 : 1;
	name = read_name(s->compounds, text, len, &at);
	s->specificity += 1u << 8;
	if (at < len && text[at] == '(')
		at = skip_brackets(text, len, at);
	s->doubtful =
		s->doubtful || (!is_of(name, later) && !is_of(name, known));
	if (is_of(name, later))
		s->sure = ND_SELECTOR_NO;
	if (s->sure != ND_SELECTOR_NO)
		s->sure = ND_SELECTOR_PERHAPS;
	return at;
}

/* One condition at text[at]; returns where it ends. */
static size_t
read_condition(struct nd_selector *s, const char *text, size_t len, size_t at)
{
	struct nd_selector_compound *last = &s->compounds[s->count - 1];
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
		s->sure = ND_SELECTOR_PERHAPS;
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
	s->doubtful = true;
	s->sure = ND_SELECTOR_PERHAPS;
	return nd_style_skip(text, len, at);
}

static bool
is_combinator(char c)
{
	return c == '>' || c == '+' || c == '~' || nd_is_space(c);
}

/* Begin the next compound; false when there are too many. */
static bool
add_compound(struct nd_selector *s, char combinator)
{
	if (s->count == COMPOUNDS)
		return false;
	s->compounds[s->count].combinator = combinator;
	s->count++;
	return true;
}

static void
read_selector(const void *ctx, const char *text, size_t len,
              struct nd_selector *s)
{
	size_t at = 0;

	nd_mem_trim(&text, &len);
	*s = (struct nd_selector){.sure = len > 0 ? ND_SELECTOR_YES
	                                          : ND_SELECTOR_NO};
	s->compounds = x_array(ctx, struct nd_selector_compound, COMPOUNDS);
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
			s->sure = ND_SELECTOR_PERHAPS;
			return;
		}
	}
	s->compounds = talloc_realloc(ctx, s->compounds,
	                              struct nd_selector_compound, s->count);
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
matches(const struct nd_selector *s, unsigned count, const xmlNode *node,
        bool unsure, size_t *steps)
{
	const struct nd_selector_compound *last = &s->compounds[count - 1];
	bool across, again;

	if (++*steps > ND_LIMIT_STYLE_STEPS)
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
		if (node && matches(s, count - 1, node, unsure, steps))
			return true;
	} while (node && again && *steps <= ND_LIMIT_STYLE_STEPS);
	return false;
}

bool
nd_selector_matches(const struct nd_selector *s, const xmlNode *node,
                    bool unsure, size_t *steps)
{
	return matches(s, s->count, node, unsure, steps);
}

struct nd_selector *
nd_selector_read_list(const void *ctx, const char *text, size_t len,
                      size_t *count)
{
	struct nd_selector *list = NULL;
	size_t start = 0, at = 0;

	*count = 0;
	while (at <= len && *count <= ND_LIMIT_STYLE_RULES) {
		if (at < len && (text[at] == '(' || text[at] == '[')) {
			at = skip_brackets(text, len, at);
			continue;
		}
		if (at == len || text[at] == ',') {
			read_selector(ctx, text + start, at - start,
			              x_append(ctx, list, *count));
			start = at + 1;
		}
		at = at < len ? nd_style_skip(text, len, at) : len + 1;
	}
	return list;
}
