/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text/trailerscope.h"

#include <string.h>

#include "text/phrase.h"
#include "text/plainmark.h"
#include "util/alloc.h"
#include "util/str.h"
#include "util/utf8.h"

enum {
	REMARK_BYTES = 120, /* what a remark or a condition may be long */
	SCOPE_BYTES = 60,
};

/* ---- words ---------------------------------------------------------------- */

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

/* "everything except patch 3", "all but the last" */
static const char *const exceptions[] = {
	"all but",   "except",     "apart from", "everything but",
	"excluding", "other than", "minus",      NULL};

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
	if (names_numbers(text, len) || has_any(text, len, exceptions))
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

/* "The first two look good": the bytes of "the first two"; else 0. */
static size_t
counted_len(const char *text, size_t len)
{
	static const struct nd_phrase ends[] = {
		{"first", 1},
		{"last", 1},
		{"the first", 1},
		{"the last", 1},
	};
	static const struct nd_phrase amounts[] = {
		{"five", 1}, {"four", 1},  {"one", 1}, {"patch", 1},
		{"six", 1},  {"three", 1}, {"two", 1},
	};
	size_t end = 0, amount = 0;

	if (!nd_phrases_at(ND_PHRASES(ends), text, len, &end) || end == len ||
	    text[end++] != ' ')
		return 0;
	if (nd_phrases_at(ND_PHRASES(amounts), text + end, len - end, &amount))
		return end + amount;
	while (end + amount < len && nd_is_digit(text[end + amount]))
		amount++;
	return amount > 0 ? end + amount : 0;
}

/* Behind one of these words and its blank, or where it was. */
static const char *
skip_word(const char *at, const char *end, const char *const *words)
{
	for (; *words; words++)
		if (starts_word(at, (size_t)(end - at), *words) &&
		    at + strlen(*words) < end)
			return at + strlen(*words) + 1;
	return at;
}

/* "The whole series looks good", "whole patchset LGTM" */
static bool
speaks_of_all(const char *at, const char *end)
{
	static const char *const articles[] = {"the", "this", NULL};
	static const char *const all[] = {"whole", "entire", "complete", NULL};
	static const char *const names[] = {"series",      "patchset",
	                                    "patch set",   "patch-set",
	                                    "all patches", "both patches"};

	at = skip_word(skip_word(at, end, articles), end, all);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (starts_word(at, (size_t)(end - at), names[i]))
			return true;
	return false;
}

/*
 * "For the KVM part: …", "for patches 1-3, looks good", "to series:", "Otherwise
 * for the whole set:"
 */
static void
read_scope(const void *ctx, const char *text, size_t len,
           struct nd_trailer *trailer)
{
	static const char *const heads[] = {"for", "to", "on"};
	static const char *const joints[] = {"also", "and",       "but",
	                                     "so",   "otherwise", NULL};
	const char *end = text + len;

	for (const char *at = text; at < end; at = next_clause(at, end)) {
		size_t clause;

		at = skip_word(at, end, joints);
		clause = clause_len(at, (size_t)(end - at));
		if (speaks_of_all(at, at + clause)) {
			trailer->number = 0;
			return;
		}

		if (trailer->total > 1 && counted_len(at, clause) > 0) {
			set_scope(ctx, at, counted_len(at, clause), trailer);
			return;
		}
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
nd_trailerscope_lead(const void *ctx, const char *text, size_t len,
                     struct nd_trailer *trailer)
{
	void *tmp = talloc_new(NULL);
	const char *said = nd_utf8_clean_line(tmp, text, len);
	size_t said_len = strlen(said);

	take_last_sentence(&said, &said_len);
	said = nd_plainmark_text(tmp, said, &said_len);
	if (!trailer->condition)
		read_condition(ctx, said, said_len, trailer);
	if (!trailer->scope)
		read_scope(ctx, said, said_len, trailer);
	talloc_free(tmp);
}

void
nd_trailerscope_follow(const void *ctx, const char *text, size_t len,
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

void
nd_trailerscope_remark(const void *ctx, const char *text, size_t len,
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
nd_trailerscope_is_proposal(const char *text, size_t len,
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
