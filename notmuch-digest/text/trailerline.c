/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text/trailerline.h"

#include <string.h>

#include "model/address.h"
#include "text/phrase.h"
#include "util/alloc.h"
#include "util/buf.h"
#include "util/str.h"
#include "util/typo.h"
#include "util/utf8.h"

enum {
	TYPE_BYTES = 40,     /* "Reported-and-bisected-and-tested-by" */
	WRAPPED_BYTES = 998, /* a trailer without its continuation line */
	REMARK_BYTES = 120,  /* what a remark or a condition may be long */
	SCOPE_BYTES = 60,
	MISSPELT_BYTES = 8, /* shorter words look like too many others */
};

/* ---- the type ------------------------------------------------------------ */

/* The marks of other scripts and of typography that stand for plain ones. */
static const struct {
	int32_t code_point;
	char plain;
} plain_marks[] = {
	{0xa0, ' '},   {0x2002, ' '}, {0x2003, ' '}, {0x2004, ' '},
	{0x2005, ' '}, {0x2006, ' '}, {0x2007, ' '}, {0x2008, ' '},
	{0x2009, ' '}, {0x200a, ' '}, {0x202f, ' '}, {0x205f, ' '},
	{0x3000, ' '}, {0xff1a, ':'}, {0xfe55, ':'}, {0xa789, ':'},
	{0xff1c, '<'}, {0xff1e, '>'}, {0x2039, '<'}, {0x203a, '>'},
	{0x3008, '<'}, {0x3009, '>'}, {0x300a, '<'}, {0x300b, '>'},
	{0xff08, '('}, {0xff09, ')'}, {0xff3b, '['}, {0xff3d, ']'},
	{0x3010, '['}, {0x3011, ']'}, {0xff20, '@'}, {0xff0e, '.'},
	{0xff03, '#'}, {0xff0c, ','},
};

static char
plain_mark(int32_t c, bool in_type)
{
	for (size_t i = 0; i < sizeof plain_marks / sizeof *plain_marks; i++)
		if (plain_marks[i].code_point == c)
			return plain_marks[i].plain;
	/* hyphens and dashes; in a name they are the name's */
	if (in_type && ((c >= 0x2010 && c <= 0x2015) || c == 0x2212 ||
	                c == 0xfe58 || c == 0xfe63 || c == 0xff0d))
		return '-';
	return 0;
}

/* A copy with plain marks; (text, len) itself when it is ASCII. */
static const char *
make_plain(const void *ctx, const char *text, size_t *len)
{
	struct nd_buf *out;
	bool in_type = true;

	for (size_t i = 0;; i++)
		if (i == *len)
			return text;
		else if ((unsigned char)text[i] >= 0x80)
			break;
	out = nd_buf_new(ctx, *len);
	for (size_t at = 0; at < *len;) {
		size_t start = at;
		char plain = plain_mark(nd_utf8_next(text, *len, &at), in_type);

		if (plain)
			nd_buf_addc(out, plain);
		else
			nd_buf_add(out, text + start, at - start);
		in_type = in_type && out->data[out->len - 1] != ':';
	}
	*len = out->len;
	return out->data;
}

static bool
is_type_byte(char c)
{
	return nd_is_alpha(c) || c == '-';
}

static bool
is_markup(char c)
{
	return c == '*' || c == '_' || c == '`';
}

/* Types as they are meant, and short forms and refusals as people put them. */
static const struct {
	const char *written, *meant;
} words[] = {
	{"ack", "acked"},       {"aked", "acked"},   {"nack", "nacked"},
	{"nak", "nacked"},      {"naked", "nacked"}, {"nacced", "nacked"},
	{"review", "reviewed"}, {"test", "tested"},
};

/* What a participle may be meant to be that is none. */
static const char *const known[] = {"reviewed",  "reported",  "suggested",
                                    "requested", "developed", "bisected",
                                    "submitted", "diagnosed", NULL};

static const char *const irregular[] = {"found", "caught", "seen", "built"};

/* What is meant by a word of a type: "reviwed" is reviewed; NULL: nothing that
 * anybody does. Owned by ctx, in lower case. */
static const char *
meaning(const void *ctx, const char *word, size_t len)
{
	char *lower = nd_str_lower(x_strndup(ctx, word, len));

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strcmp(words[i].written, lower) == 0)
			return words[i].meant;
	for (size_t i = 0; i < sizeof irregular / sizeof *irregular; i++)
		if (strcmp(irregular[i], lower) == 0)
			return lower;
	if (len + 1 >= MISSPELT_BYTES)
		for (size_t i = 0; known[i]; i++)
			if (nd_typo_distance(lower, known[i]) == 1)
				return known[i];
	return len > 3 && nd_str_ends_nocase(lower, "ed") ? lower : NULL;
}

/* The type with its words as they are meant; NULL: nobody did anything. */
static char *
normal_type(const void *ctx, const char *line, size_t len)
{
	struct nd_buf *type = nd_buf_new(ctx, TYPE_BYTES * 2);
	bool done = false;
	size_t start = 0;

	for (size_t at = 0; at <= len; at++) {
		const char *meant;

		if (at < len && line[at] != '-' && line[at] != ' ')
			continue;
		meant = meaning(ctx, line + start, at - start);
		done = done || meant;
		nd_buf_addf(type, "%s%s", start > 0 ? "-" : "",
		            meant ? meant
		                  : nd_str_lower(x_strndup(ctx, line + start,
		                                           at - start)));
		start = at + 1;
	}
	if (!done || !*type->data || *type->data == '-')
		return NULL;
	if (strcmp(type->data, "not-acked-by") == 0) {
		nd_buf_cut(type, 0);
		nd_buf_adds(type, "nacked-by");
	}
	if (type->data[0] >= 'a')
		type->data[0] = (char)(type->data[0] - 'a' + 'A');
	return type->data;
}

/* Bytes of "Reviewed-by" at the start of the line; 0: it is not a trailer. */
static size_t
type_len(const char *line, size_t len, size_t *colon)
{
	/* Without the dash these are no prose, either. */
	static const char *const bare[] = {
		"reviewed by", "acked by",  "tested by",     "signed off by",
		"reported by", "nacked by", "signed-off by", "suggested by"};
	size_t end = 0;

	while (end < len && end <= TYPE_BYTES && is_type_byte(line[end]))
		end++;
	for (size_t i = 0; i < sizeof bare / sizeof *bare; i++)
		if (nd_mem_starts_nocase(line, len, bare[i]))
			end = strlen(bare[i]);
	*colon = end;
	while (*colon < len && (line[*colon] == ' ' || is_markup(line[*colon])))
		++*colon; /* "Reviewed-by : …", "*Reviewed-by*:" */
	if (*colon == len || line[*colon] != ':' || end < 6 ||
	    end > TYPE_BYTES || !nd_mem_equal_nocase(line + end - 2, "by", 2) ||
	    !strchr("- ", line[end - 3]))
		return 0;
	return end;
}

static bool
has_type(const char *line, size_t len)
{
	void *tmp = talloc_new(NULL);
	size_t colon;
	bool has;

	line = make_plain(tmp, line, &len);
	has = type_len(line, len, &colon) > 0;
	talloc_free(tmp);
	return has;
}

/* ---- scope and condition ------------------------------------------------- */

/* Does a word of this end in (text, len), at its start? */
static bool
starts_word(const char *text, size_t len, const char *word)
{
	size_t size = strlen(word);

	return nd_mem_starts_nocase(text, len, word) &&
	       (size == len || !nd_phrase_is_word_byte(text[size]));
}

static bool
has_any(const char *text, size_t len, const char *const *list)
{
	for (; *list; list++)
		if (nd_phrase_find_word(text, len, *list))
			return true;
	return false;
}

static bool
has_part(const char *text, size_t len, const char *const *list)
{
	for (; *list; list++)
		if (nd_mem_find_nocase(text, len, *list))
			return true;
	return false;
}

/* How a condition begins. */
enum opening {
	PROMISE, /* a condition in any place where a clause begins */
	IF,      /* … when the tag is its consequence */
	WITH,    /* … when something is done in it: "with that fixed" */
};

static const struct {
	const char *word;
	enum opening how;
} openings[] = {
	/* en */
	{"assuming", PROMISE},
	{"provided", PROMISE},
	{"providing", PROMISE},
	{"as long as", PROMISE},
	{"so long as", PROMISE},
	{"subject to", PROMISE},
	{"contingent on", PROMISE},
	{"conditional on", PROMISE},
	{"modulo", PROMISE},
	{"pending", PROMISE},
	{"given it", PROMISE},
	{"on condition", PROMISE},
	{"fixing", PROMISE},
	{"after fixing", PROMISE},
	{"after addressing", PROMISE},
	{"once", IF},
	{"if", IF},
	{"when", WITH},
	{"unless", IF},
	{"with", WITH},
	{"w/", WITH},
	{"after", WITH},
	/* de */
	{"sofern", PROMISE},
	{"vorausgesetzt", PROMISE},
	{"sobald", PROMISE},
	{"wenn", WITH},
	{"falls", IF},
	{"mit", WITH},
	{"nach", WITH},
	/* fr */
	{"une fois", PROMISE},
	{"sous réserve", PROMISE},
	{"à condition", PROMISE},
	{"À condition", PROMISE},
	{"avec", WITH},
	{"si", IF},
	{"après", WITH},
	{"Après", WITH},
	/* es, pt, it */
	{"una vez", PROMISE},
	{"siempre que", PROMISE},
	{"uma vez", PROMISE},
	{"desde que", PROMISE},
	{"una volta", PROMISE},
	{"purché", PROMISE},
	{"con", WITH},
	{"com", WITH},
	{"se", IF},
	/* ru, uk */
	{"при условии", PROMISE},
	{"При условии", PROMISE},
	{"если", IF},
	{"Если", IF},
	{"якщо", IF},
	{"Якщо", IF},
	{"с", WITH},
	{"С", WITH},
	{"со", WITH},
	{"Со", WITH},
	{"после", WITH},
	{"После", WITH},
	{"з", WITH},
	{"З", WITH},
	{"після", WITH},
	{"Після", WITH},
};

/* What is done in such a clause, as parts of words. */
static const char *const deeds[] = {
	"fixed", "address", "chang", "resolv", "correct", "remov", "dropped",
	"added", "updated", "included", "adjust", "renam", "split", "done",
	"taken care", "sorted", "clear", "rework", "rebas", "amended", "tweak",
	"clarif", "replaced", "squash", "folded", "incorporat", "fix", "way",
	"moved", "reword",
	/* de, fr, es, pt, it, ru */
	"behoben", "korrigier", "korrektur", "änderung", "Änderung", "geändert",
	"gefixt", "corrig", "modif", "correg", "arregl", "cambio", "correc",
	"correz", "ajust", "correç", "исправ", "правк", "измен", "виправ",
	"змін", NULL};

/* "with this applied, all tests pass", "with or without", "with that said" */
static const char *const no_deeds[] = {
	"applied",  "or without", "said",     "thanks", "tested", "testing",
	"attached", "enabled",    "disabled", "boot",   "booted", NULL};

/* "if you like": a wish, no condition. */
static const char *const wishes[] = {
	"you like",   "you want",   "you wish", "you prefer", "you need",
	"you care",   "you think",  "helps",    "useful",     "matters",
	"applicable", "necessary",  "needed",   "possible",   "too late",
	"in doubt",   "wanted",     "any",      "collecting", "once more",
	"once again", "you'd like", "desired",  "you mind",   "you'd prefer",
	NULL};

/* What the tag is given with, in the sentence that leads it in. */
static const char *const offers[] = {
	"add",  "feel free", "my",  "lgtm", "good", "fine", "ok",
	"okay", "happy",     "ack", "r-b",  "rb",   NULL};

/* Chinese and Japanese have no blanks, and end the clause with the deed. */
static const char *const cjk_conditions[] = {
	"修改后",   "修复后",   "改正后", "改好后", "改掉后",
	"修正后",   "解决后",   "如果",   "修正後", "修正したら",
	"修正され", "直したら", "直れば", "修改後", NULL};

static size_t
clause_len(const char *text, size_t len)
{
	static const char *const ends[] = {",",
	                                   ":",
	                                   ";",
	                                   "，",
	                                   "：",
	                                   "、",
	                                   " - ",
	                                   " -- ",
	                                   " — ",
	                                   " – ",
	                                   " feel free",
	                                   " you can add",
	                                   " you may add",
	                                   " please add"};
	size_t best = len;

	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		const char *at = nd_mem_find(text, best, ends[i]);

		if (at)
			best = (size_t)(at - text);
	}
	return best;
}

/* "with that", "with those": all of the clause. */
static bool
is_bare_with(const char *text, size_t len)
{
	static const char *const bare[] = {"with that",  "with this",
	                                   "with these", "with those",
	                                   "with it",    "with both"};

	for (size_t i = 0; i < sizeof bare / sizeof *bare; i++)
		if (len == strlen(bare[i]) &&
		    nd_mem_equal_nocase(text, bare[i], len))
			return true;
	return false;
}

/* Is the clause a condition? consequence: the sentence gives something. */
static bool
is_condition(const char *text, size_t len, bool consequence)
{
	for (size_t i = 0; i < sizeof openings / sizeof *openings; i++) {
		if (!starts_word(text, len, openings[i].word))
			continue;
		switch (openings[i].how) {
		case PROMISE:
			return len > strlen(openings[i].word) + 1;
		case IF:
			return consequence && !has_any(text, len, wishes) &&
			       len > strlen(openings[i].word) + 1;
		case WITH:
			return is_bare_with(text, len) ||
			       (has_part(text, len, deeds) &&
			        !has_any(text, len, no_deeds));
		}
	}
	return has_part(text, len, cjk_conditions);
}

/* The words, at most max bytes of whole ones, on one line; "With" is "with". */
static const char *
words_of(const void *ctx, const char *text, size_t len, size_t max)
{
	char *out;

	nd_mem_trim(&text, &len);
	while (len > 0 && strchr(".!?:;,", text[len - 1]))
		len--;
	out = nd_utf8_clean_line(ctx, text, len);
	if (strlen(out) > 1 && out[0] >= 'A' && out[0] <= 'Z' &&
	    out[1] >= 'a' && out[1] <= 'z')
		out[0] = nd_lower(out[0]);
	return nd_utf8_truncate(ctx, out, max);
}

/* What gives a tag by itself; "this works fine as long as …" does not. */
static const char *const gifts[] = {"add",        "feel free", "my",  "lgtm",
                                    "looks good", "look good", "ack", "r-b",
                                    "rb",         "carry",     NULL};

/*
 * Behind such a gift a condition begins without a comma: "LGTM with that
 * fixed", "you can add my tag once that is done"; open: also behind "so" in a
 * sentence that the tag ends: "it's a step forward so if Jens is happy:".
 */
static bool
may_begin_inside(const char *text, size_t at, bool open)
{
	return has_any(text, at, gifts) ||
	       (open && at >= 4 &&
	        nd_mem_starts_nocase(text + at - 4, 4, " so "));
}

static const char *
inner_condition(const char *text, size_t len, bool open)
{
	static const char *const inner[] = {
		"with that", "with this",  "with these", "with those",
		"with the",  "once",       "if",         "assuming",
		"provided",  "as long as", "after",      "when",
		"modulo",    "unless",     "pending"};

	for (size_t at = 1; at < len; at++)
		for (size_t i = 0;
		     text[at - 1] == ' ' && i < sizeof inner / sizeof *inner;
		     i++)
			if (starts_word(text + at, len - at, inner[i]) &&
			    may_begin_inside(text, at, open) &&
			    is_condition(text + at,
			                 clause_len(text + at, len - at), true))
				return text + at;
	return NULL;
}

/* Where the clause behind (at, len) begins; at + len: there is none. */
static const char *
next_clause(const char *at, const char *end)
{
	static const char *const between[] = {
		",",  ":", ";", " ",    "-",    "，",  "：",
		"、", "—", "–", "but ", "and ", "so ", "then "};
	bool more = true;

	at += clause_len(at, (size_t)(end - at));
	while (more) {
		more = false;
		for (size_t i = 0; i < sizeof between / sizeof *between; i++)
			if (nd_mem_starts(at, (size_t)(end - at), between[i])) {
				at += strlen(between[i]);
				more = true;
			}
	}
	return at;
}

static void
read_condition(const void *ctx, const char *text, size_t len,
               struct nd_trailer *trailer)
{
	bool open = len == 0 || !strchr(".!?", text[len - 1]);
	bool consequence = open || has_any(text, len, offers);
	const char *end = text + len, *at = text;

	while (at < end && !is_condition(at, clause_len(at, (size_t)(end - at)),
	                                 consequence))
		at = next_clause(at, end);
	if (at == end)
		at = inner_condition(text, len, open);
	if (at)
		trailer->condition =
			words_of(ctx, at, clause_len(at, (size_t)(end - at)),
		                 REMARK_BYTES);
}

enum scope { SCOPE_NONE, SCOPE_WHOLE, SCOPE_PART };

/* What something is for that is no part of the patches. */
static const char *const no_scope[] = {"what it",
                                       "what it's",
                                       "what its",
                                       "now",
                                       "time being",
                                       "record",
                                       "reference",
                                       "me",
                                       "you",
                                       "us",
                                       "posterity",
                                       "example",
                                       "instance",
                                       "merging",
                                       "applying",
                                       "stable",
                                       "completeness",
                                       "fixing",
                                       "doing",
                                       "adding",
                                       "this",
                                       "code",
                                       "the code",
                                       "change itself",
                                       "the change",
                                       "the patch",
                                       "it",
                                       "good measure",
                                       "sending",
                                       "your",
                                       "the fix",
                                       "inclusion",
                                       "rc1",
                                       "that",
                                       "those",
                                       "my",
                                       NULL};

static const char *const whole[] = {"series",      "patchset",   "patch set",
                                    "patch-set",   "set",        "patchseries",
                                    "all patches", "everything", "both patches",
                                    "whole thing", "the lot",    NULL};

/* What a part of patches is called, whatever it is a part of. */
static const char *const parts[] = {
	"part",    "parts",         "bit",      "bits",    "portion", "side",
	"changes", "patches",       "patch",    "hunk",    "hunks",   "driver",
	"drivers", "files",         "bindings", "binding", "dts",     "dt",
	"docs",    "documentation", "half",     "tests",   NULL};

/* "for all", "for all 12", "for these four patches", "for both" */
static bool
is_all(const char *text, size_t len)
{
	return starts_word(text, len, "all") ||
	       starts_word(text, len, "both") ||
	       ((starts_word(text, len, "these") ||
	         starts_word(text, len, "this")) &&
	        nd_phrase_find_word(text, len, "patches")) ||
	       has_any(text, len, whole);
}

/* "patches 1-3", "the patch 2", "#2", "1/5"; not "patch v6" */
static bool
names_numbers(const char *text, size_t len)
{
	static const char *const heads[] = {"the patches", "the patch",
	                                    "patches", "patch"};
	size_t at = 0;

	for (size_t i = 0; i < sizeof heads / sizeof *heads && at == 0; i++)
		if (starts_word(text, len, heads[i]))
			at = strlen(heads[i]);
	while (at < len && (text[at] == ' ' || text[at] == '#'))
		at++;
	return at < len && nd_is_digit(text[at]);
}

static unsigned
count_words(const char *text, size_t len)
{
	unsigned count = len > 0;

	for (size_t i = 0; i < len; i++)
		count += text[i] == ' ';
	return count;
}

/* "the original patch", "your changes", "my part": no part of what is answered */
static bool
is_whole_patch(const char *text, size_t len)
{
	return starts_word(text, len, "your") || starts_word(text, len, "my") ||
	       (starts_word(text, len, "the") &&
	        nd_mem_ends_nocase(text, len, " patch"));
}

/* What is "the KVM part", "patches 1-3", "the series" a part of? */
static enum scope
scope_of(const char *text, size_t len)
{
	if (names_numbers(text, len))
		return SCOPE_PART;
	if (is_all(text, len))
		return SCOPE_WHOLE;
	if (len == 0 || len > SCOPE_BYTES)
		return SCOPE_NONE;
	if (has_any(text, len, parts) && !starts_word(text, len, "this") &&
	    !nd_phrase_find_word(text, len, "code changes"))
		return is_whole_patch(text, len) ? SCOPE_NONE : SCOPE_PART;
	if (has_any(text, len, no_scope))
		return SCOPE_NONE;
	return memchr(text, '/', len) || count_words(text, len) <= 3
	               ? SCOPE_PART
	               : SCOPE_NONE;
}

static void
set_scope(const void *ctx, const char *text, size_t len,
          struct nd_trailer *trailer)
{
	switch (scope_of(text, len)) {
	case SCOPE_WHOLE:
		trailer->number = 0;
		break;
	case SCOPE_PART:
		trailer->scope = words_of(ctx, text, len, SCOPE_BYTES);
		break;
	case SCOPE_NONE:
		break;
	}
}

/* "For the KVM part: …", "for patches 1-3, looks good", "to series:" */
static void
read_scope(const void *ctx, const char *text, size_t len,
           struct nd_trailer *trailer)
{
	static const char *const heads[] = {"for", "to", "on"};
	const char *end = text + len;

	for (const char *at = text; at < end; at = next_clause(at, end)) {
		size_t clause = clause_len(at, (size_t)(end - at));

		if (starts_word(at, clause, "patches") ||
		    starts_word(at, clause, "patch")) {
			if (names_numbers(at, clause))
				set_scope(ctx, at, clause, trailer);
			return;
		}
		for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
			size_t head = strlen(heads[i]) + 1;

			if (!starts_word(at, clause, heads[i]) ||
			    clause <= head)
				continue;
			set_scope(ctx, at + head, clause - head, trailer);
			return;
		}
	}
}

/* The last sentence of (text, len), which it becomes. */
static void
take_last_sentence(const char **text, size_t *len)
{
	size_t at = *len;

	while (at > 1 && strchr(".!?:, \n", (*text)[at - 1]))
		at--;
	for (; at > 1; at--)
		if ((*text)[at - 1] == ' ' && strchr(".!?", (*text)[at - 2]) &&
		    !(at > 3 && (*text)[at - 3] == '.'))
			break;
	if (at <= 1)
		at = 0;
	*text += at;
	*len -= at;
	nd_mem_trim(text, len);
}

void
nd_trailerline_lead(const void *ctx, const char *text, size_t len,
                    struct nd_trailer *trailer)
{
	void *tmp = talloc_new(NULL);
	const char *said = nd_utf8_clean_line(tmp, text, len);
	size_t said_len = strlen(said);

	take_last_sentence(&said, &said_len);
	said = make_plain(tmp, said, &said_len);
	if (!trailer->condition)
		read_condition(ctx, said, said_len, trailer);
	if (!trailer->scope)
		read_scope(ctx, said, said_len, trailer);
	talloc_free(tmp);
}

void
nd_trailerline_follow(const void *ctx, const char *text, size_t len,
                      struct nd_trailer *trailer)
{
	size_t clause, end;

	nd_mem_trim(&text, &len);
	if (nd_mem_starts_nocase(text, len, "but "))
		text += 4, len -= 4;
	/* A sentence of its own begins with a capital. */
	clause = end = clause_len(text, len);
	/* What has a consequence of its own says nothing of the tag. */
	while (end < len && !nd_is_word_byte(text[end]))
		end++;
	if (!trailer->condition && end == len && len > 0 &&
	    !(*text >= 'A' && *text <= 'Z') && is_condition(text, clause, true))
		trailer->condition = words_of(ctx, text, clause, REMARK_BYTES);
}

/* "# the arm64 part", "[on board X]", "(for patches 1-3)" */
static void
read_remark(const void *ctx, const char *text, size_t len,
            struct nd_trailer *trailer)
{
	char close;

	nd_mem_trim(&text, &len);
	if (len < 2 || !strchr("#[({", *text))
		return;
	close = *text == '['   ? ']'
	        : *text == '(' ? ')'
	        : *text == '{' ? '}'
	                       : 0;
	text++, len--;
	if (close && memchr(text, close, len))
		len = (size_t)((const char *)memchr(text, close, len) - text);
	nd_mem_trim(&text, &len);
	if (is_condition(text, clause_len(text, len), true))
		trailer->condition = words_of(ctx, text, len, REMARK_BYTES);
	else if (starts_word(text, len, "for") && len > 4)
		set_scope(ctx, text + 4, len - 4, trailer);
	else if (!nd_trailer_says(trailer->type, "tested") ||
	         names_numbers(text, len)) /* "# s390" is where it was tested */
		set_scope(ctx, text, len, trailer);
}

/* ---- proposals ----------------------------------------------------------- */

bool
nd_trailerline_is_proposal(const char *text, size_t len,
                           const struct nd_trailer *trailer, bool robot)
{
	static const char *const puts[] = {"add",    "include", "use", "credit",
	                                   "adding", "append",  "put", NULL};
	static const char *const tags[] = {
		"tag",       "tags",   "trailer",     "trailers",
		"line",      "lines",  "reported-by", "tested-by",
		"following", "credit", NULL};
	static const char *const fixes[] = {"if you fix",
	                                    "if you send a fix",
	                                    "if you end up",
	                                    "if someone fixes",
	                                    "if anyone fixes",
	                                    "if anybody fixes",
	                                    "if somebody fixes",
	                                    "if this is a real",
	                                    "when you fix",
	                                    "when fixing",
	                                    "in the fix",
	                                    "to the fix",
	                                    NULL};
	static const char *const examples[] = {
		"for example", "e.g.",    "for instance",
		"such as",     "like so", "something like",
		"in the form", "format",  NULL};

	if (robot)
		return (has_any(text, len, puts) && has_any(text, len, tags)) ||
		       has_part(text, len, fixes);
	if (nd_trailer_says(trailer->type, "reported"))
		return has_part(text, len, fixes);
	return has_any(text, len, examples);
}

/* ---- the line ------------------------------------------------------------ */

/* The rest of a wrapped trailer: closes the address, is not a trailer
 * itself. */
static bool
is_continuation(const char *line, size_t len, bool open)
{
	size_t at = 0;

	nd_mem_trim(&line, &len);
	while (at < len && is_type_byte(line[at]))
		at++;
	if (at < len && at > 0 && line[at] == ':')
		return false;
	return memchr(line, '>', len)
	               ? open || memchr(line, '<', len)
	               : memchr(line, ']', len) &&
	                         (open || memchr(line, '[', len));
}

static const char *
find_open(const char *text, size_t len)
{
	const char *at = memchr(text, '<', len);

	return at ? at : memchr(text, '[', len);
}

static bool
is_wrapped(const char *text, size_t len, const char *next, size_t next_len)
{
	bool open = find_open(text, len);

	if (!next || next_len > WRAPPED_BYTES || memchr(text, '>', len) ||
	    memchr(text, ']', len) || (!open && memchr(text, '@', len)))
		return false;
	return is_continuation(next, next_len, open);
}

bool
nd_trailerline_parse(const void *ctx, const char *line, size_t len,
                     const char *next, size_t next_len,
                     struct nd_trailer *trailer)
{
	void *tmp;
	size_t type, colon, end;
	const char *text;
	char *name;

	if (len > WRAPPED_BYTES)
		return false;
	tmp = talloc_new(NULL);
	line = make_plain(tmp, line, &len);
	type = type_len(line, len, &colon);
	name = type > 0 ? normal_type(tmp, line, type) : NULL;
	if (!name) {
		talloc_free(tmp);
		return false;
	}
	text = line + colon + 1;
	len -= colon + 1;
	if (next)
		next = make_plain(tmp, next, &next_len);
	if (is_wrapped(text, len, next, next_len)) {
		nd_mem_trim(&next, &next_len);
		text = x_asprintf(tmp, "%.*s%s%.*s", (int)len, text,
		                  find_open(text, len) ? "" : " ",
		                  (int)next_len, next);
		len = strlen(text);
	}
	end = nd_address_read(ctx, text, len, &trailer->who);
	if (end > 0) {
		trailer->type = x_strdup(ctx, name);
		read_remark(ctx, text + end, len - end, trailer);
	}
	talloc_free(tmp);
	return end > 0;
}

/* "please drop my Reviewed-by: …" */
static bool
takes_back(const char *text, size_t len)
{
	static const char *const refusals[] = {"drop",   "remove",  "not ",
	                                       "n't ",   "without", "withdraw",
	                                       "retract"};

	for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++)
		if (nd_mem_find_nocase(text, len, refusals[i]))
			return true;
	return false;
}

size_t
nd_trailerline_start(const char *line, size_t len)
{
	const char *by;
	size_t start = 0, blank;

	while (start < len &&
	       (strchr(" \t|", line[start]) || is_markup(line[start])))
		start++;
	/* no-break spaces */
	while (start < len && (unsigned char)line[start] >= 0x80) {
		size_t next = start;

		if (plain_mark(nd_utf8_next(line, len, &next), false) != ' ')
			break;
		start = next;
	}
	blank = start;
	if (blank > 0 || has_type(line, len))
		return blank;
	by = nd_mem_find_nocase(line, len, "-by:");
	start = by ? (size_t)(by - line) : 0;
	while (start > 0 && is_type_byte(line[start - 1]))
		start--;
	return takes_back(line, start) ? 0 : start;
}
