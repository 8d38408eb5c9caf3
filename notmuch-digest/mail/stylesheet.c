/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/stylesheet.h"

#include <glib.h>
#include <string.h>

#include "mail/selector.h"
#include "util/alloc.h"
#include "util/limits.h"
#include "util/str.h"

/* Blocks in blocks that are looked into. */
#define BLOCK_DEPTH 8
#define BRACKETS 64 /* in brackets, of any kind */
#define MEDIA_BYTES 400
/* A window that is narrower is a telephone's: what is only for those is not
 * what a reader at a desk sees. */
#define DESK_PX 640
#define WIDE_PX 4000

/* What a block declares: not much of all that could be. */
struct block {
	struct nd_style style;
	uint8_t set[ND_STYLE_PROPERTIES];
	unsigned count;
};

struct rule {
	struct nd_selector selector;
	const struct block *block; /* rules of one block share it */
	uint32_t condition;        /* of an unsure one: what it hangs on */
};

/* Where a block stands: how far it holds, and by what. */
struct scope {
	enum nd_selector_sure sure;
	uint32_t condition;
	unsigned depth;
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

void
nd_stylesheet_apply(struct nd_stylesheet *sheet, const xmlNode *node,
                    bool unsure, struct nd_style *style)
{
	for (size_t at = 0; at < sheet->count && !sheet->over; at++) {
		const struct rule *rule = &sheet->rules[at];

		if (rule->condition != 0 && !unsure)
			continue;
		if (!nd_selector_matches(&rule->selector, node, unsure,
		                         &sheet->steps)) {
			sheet->over = sheet->steps > ND_LIMIT_STYLE_STEPS;
			continue;
		}
		for (unsigned i = 0; i < rule->block->count; i++) {
			enum nd_style_property p = rule->block->set[i];
			struct nd_style_value value = rule->block->style.of[p];

			value.weight += rule->selector.specificity;
			value.condition = rule->condition;
			if (rule->condition != 0)
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
static enum nd_selector_sure
media_holds(const char *query)
{
	static const char *const others[] = {
		"print", "speech",   "tv",       "tty",        "braille",
		"aural", "handheld", "embossed", "projection", NULL};
	const char *type = nd_str_starts(query, "only") ? query + 4 : query;
	double at_most, at_least;

	if (nd_str_starts(query, "not"))
		return ND_SELECTOR_PERHAPS;
	for (size_t i = 0; others[i]; i++)
		if (nd_str_starts(type, others[i]))
			return ND_SELECTOR_NO;
	if (!strchr(query, '('))
		return !*type || strcmp(type, "all") == 0 ||
		                       strcmp(type, "screen") == 0
		               ? ND_SELECTOR_YES
		               : ND_SELECTOR_NO;
	at_most = media_width(query, "max-width:", WIDE_PX);
	if (!strstr(query, "max-width:"))
		at_most = media_width(query, "max-device-width:", WIDE_PX);
	at_least = media_width(query, "min-width:", 0);
	if (at_most < DESK_PX || at_least > WIDE_PX)
		return ND_SELECTOR_NO;
	return ND_SELECTOR_PERHAPS;
}

static enum nd_selector_sure
media_list_holds(const char *text, size_t len)
{
	char query[MEDIA_BYTES];
	size_t to = 0;
	enum nd_selector_sure sure = ND_SELECTOR_NO;

	for (size_t at = 0; at <= len; at++) {
		if (at < len && text[at] != ',') {
			if (to + 1 == sizeof query)
				return ND_SELECTOR_PERHAPS;
			if (!nd_is_space(text[at]))
				query[to++] = nd_lower(text[at]);
			continue;
		}
		query[to] = '\0';
		to = 0;
		if (media_holds(query) > sure)
			sure = media_holds(query);
	}
	return memchr(text, '\\', len) || nd_mem_find(text, len, "/*")
	               ? ND_SELECTOR_PERHAPS
	               : sure;
}

/* A block, owned by ctx; NULL when it declares nothing that matters. */
static struct block *
read_block(const void *ctx, const char *text, size_t len)
{
	struct block *block = x_new(ctx, struct block);

	nd_style_declare(&block->style, text, len, 0);
	for (unsigned p = 0; p < ND_STYLE_PROPERTIES; p++)
		if (block->style.of[p].kind != ND_STYLE_UNSET)
			block->set[block->count++] = (uint8_t)p;
	if (block->count == 0)
		TALLOC_FREE(block);
	return block;
}

/* What a rule hangs on, as a number that is not 0. */
static uint32_t
hash(uint32_t start, const char *text, size_t len)
{
	uint32_t value = start ^ 0x811c9dc5u; /* FNV-1a */

	for (size_t i = 0; i < len; i++)
		if (!nd_is_space(text[i]))
			value = (value ^ (unsigned char)nd_lower(text[i])) *
			        0x01000193u;
	return value | 1;
}

static void
add_rule(struct nd_stylesheet *sheet, const struct nd_selector *s,
         const struct block *block, uint32_t condition)
{
	struct rule *rule;

	if (sheet->count == ND_LIMIT_STYLE_RULES) {
		sheet->over = true;
		return;
	}
	rule = x_append(sheet, sheet->rules, sheet->count);
	rule->selector = *s;
	rule->block = block;
	rule->condition = condition;
}

/* "a, b {…}": the block holds for each, if a browser knows them all. */
static void
add_rules(struct nd_stylesheet *sheet, const char *text, size_t len,
          const char *inside, size_t inside_len, const struct scope *scope)
{
	const struct block *block = read_block(sheet, inside, inside_len);
	enum nd_selector_sure sure = scope->sure;
	uint32_t condition = scope->condition;
	struct nd_selector *list;
	size_t count;

	if (!block)
		return;
	list = nd_selector_read_list(sheet, text, len, &count);
	for (size_t i = 0; i < count; i++)
		if (list[i].doubtful)
			sure = ND_SELECTOR_PERHAPS;
	if (sure == ND_SELECTOR_PERHAPS && scope->sure == ND_SELECTOR_YES)
		condition = hash(condition, text, len);
	for (size_t i = 0; i < count && !sheet->over; i++) {
		if (list[i].sure == ND_SELECTOR_YES && sure == ND_SELECTOR_YES)
			add_rule(sheet, &list[i], block, 0);
		else if (list[i].sure == ND_SELECTOR_YES)
			add_rule(sheet, &list[i], block, condition);
		else if (list[i].sure == ND_SELECTOR_PERHAPS)
			add_rule(sheet, &list[i], block,
			         hash(condition, text, len));
		else
			talloc_free(list[i].compounds);
	}
	talloc_free(list);
}

/*
 * Where the block ends whose '{' is at text[at]: at its '}', or at len. Brackets
 * in it that are not closed hold all that follows.
 */
static size_t
block_end(const char *text, size_t len, size_t at)
{
	char open[BRACKETS];
	unsigned depth = 0;

	while (at < len) {
		char c = text[at];
		char want = c == ')'   ? '('
		            : c == ']' ? '['
		            : c == '}' ? '{'
		                       : 0;

		if (c == '{' || c == '(' || c == '[') {
			if (depth == BRACKETS)
				return len;
			open[depth++] = c;
		} else if (want && depth > 0 && open[depth - 1] == want) {
			depth--;
		}
		if (depth == 0)
			return at;
		at = nd_style_skip(text, len, at);
	}
	return len;
}

/* How far what stands in the block of an @-rule holds. */
static enum nd_selector_sure
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
			return ND_SELECTOR_NO;
	return ND_SELECTOR_PERHAPS;
}

static void add_block(struct nd_stylesheet *sheet, const char *text, size_t len,
                      const struct scope *scope);

static void
add_inner(struct nd_stylesheet *sheet, const char *head, size_t head_len,
          const char *text, size_t len, enum nd_selector_sure sure,
          const struct scope *outer)
{
	struct scope scope = {.sure = sure < outer->sure ? sure : outer->sure,
	                      .condition = outer->condition,
	                      .depth = outer->depth + 1};

	if (sure == ND_SELECTOR_PERHAPS)
		scope.condition = hash(outer->condition, head, head_len);
	if (sure != ND_SELECTOR_NO)
		add_block(sheet, text, len, &scope);
}

/* What stands before a block, and the block. */
static void
add_item(struct nd_stylesheet *sheet, const char *head, size_t head_len,
         const char *block, size_t len, const struct scope *scope)
{
	nd_mem_trim(&head, &head_len);
	while (nd_mem_starts(head, head_len, "/*")) {
		size_t end = nd_style_skip(head, head_len, 0);

		head += end;
		head_len -= end;
		nd_mem_trim(&head, &head_len);
	}
	if (nd_mem_starts(head, head_len, "@")) {
		add_inner(sheet, head, head_len, block, len,
		          at_rule_holds(head, head_len), scope);
		return;
	}
	add_rules(sheet, head, head_len, block, len, scope);
	/* Rules in a rule: for whom depends on those around. */
	if (memchr(block, '{', len))
		add_inner(sheet, head, head_len, block, len,
		          ND_SELECTOR_PERHAPS, scope);
}

/* Sheets that come with the mail are loaded, and not read here. */
static bool
is_import(const char *text, size_t len)
{
	nd_mem_trim(&text, &len);
	return nd_mem_starts_nocase(text, len, "@import") &&
	       (memchr(text, '\\', len) ||
	        nd_mem_find_nocase(text, len, "data:") ||
	        nd_mem_find_nocase(text, len, "cid:"));
}

/* Is the ';' at the end of an @-rule, or of declarations around rules? */
static bool
ends_statement(const char *text, size_t start, size_t at)
{
	const char *line = text + start;
	size_t len = at - start;

	nd_mem_trim(&line, &len);
	return text[at] == ';' &&
	       (len == 0 || *line == '@' || memchr(line, ':', len));
}

static void
add_block(struct nd_stylesheet *sheet, const char *text, size_t len,
          const struct scope *scope)
{
	/* Of a rule behind what does not belong there. */
	const struct scope doubtful = {.sure = ND_SELECTOR_PERHAPS,
	                               .condition =
	                                       hash(scope->condition, "?", 1),
	                               .depth = scope->depth};
	size_t start = 0;
	bool stray = false;

	if (scope->depth > BLOCK_DEPTH)
		sheet->over = true;
	for (size_t at = 0; at < len && !sheet->over;) {
		size_t end;

		if (nd_mem_starts(text + at, len - at, "<!--") ||
		    nd_mem_starts(text + at, len - at, "-->")) {
			at += text[at] == '<' ? 4 : 3;
			start = at;
			continue;
		}
		if (text[at] == ';' || text[at] == '}') {
			if (is_import(text + start, at - start))
				sheet->over = true;
			stray = stray || !ends_statement(text, start, at);
			start = at + 1;
		}
		if (text[at] != '{') {
			at = nd_style_skip(text, len, at);
			continue;
		}
		end = block_end(text, len, at);
		add_item(sheet, text + start, at - start, text + at + 1,
		         end - at - 1, stray ? &doubtful : scope);
		stray = false;
		at = start = end < len ? end + 1 : len;
	}
	if (is_import(text + start, len - start))
		sheet->over = true;
}

void
nd_stylesheet_add(struct nd_stylesheet *sheet, const char *text,
                  const char *media, bool unsure)
{
	struct scope scope = {.sure = ND_SELECTOR_YES};

	if (media)
		scope.sure = media_list_holds(media, strlen(media));
	if (unsure && scope.sure == ND_SELECTOR_YES)
		scope.sure = ND_SELECTOR_PERHAPS;
	if (scope.sure == ND_SELECTOR_PERHAPS)
		scope.condition =
			hash(0, media ? media : "", media ? strlen(media) : 0);
	if (scope.sure != ND_SELECTOR_NO)
		add_block(sheet, text, strlen(text), &scope);
}
