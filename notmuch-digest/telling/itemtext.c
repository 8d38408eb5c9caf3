/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "telling/itemtext.h"

#include <stdbool.h>
#include <string.h>

#include "util/alloc.h"
#include "util/buf.h"
#include "util/limits.h"
#include "util/str.h"

char *
nd_itemtext_letters(const void *ctx, const char *text, size_t len)
{
	char *letters = x_array(ctx, char, len + 1);
	size_t count = 0;

	for (size_t i = 0; i < len; i++)
		if (nd_mem_starts(text + i, len - i, "\xc2\xa0"))
			i++; /* a no-break space */
		else if (nd_is_alnum(text[i]) || (unsigned char)text[i] >= 0x80)
			letters[count++] = nd_lower(text[i]);
	letters[count] = '\0';
	return letters;
}

unsigned
nd_itemtext_words(const char *text)
{
	unsigned words = 0;
	bool inside = false;

	for (; *text; text++) {
		bool blank = nd_is_space(*text);

		words += !blank && !inside;
		inside = !blank;
	}
	return words;
}

/* The bytes of "<marc@example.org>" at text, or 0. */
static size_t
address_bytes(const char *text, size_t len)
{
	bool at = false;

	if (!len || text[0] != '<')
		return 0;
	for (size_t i = 1; i < len && text[i] != ' '; i++) {
		at |= text[i] == '@';
		if (text[i] == '>')
			return at ? i + 1 : 0;
	}
	return 0;
}

/* Does a clause end right before text[at]? */
static bool
is_clause_end(const char *text, size_t at)
{
	static const char *const wide[] = {"，", "；", "、", "：", "）"};

	if (at && strchr(",;:)", text[at - 1]))
		return true;
	for (size_t i = 0; i < sizeof wide / sizeof wide[0]; i++)
		if (at >= strlen(wide[i]) &&
		    !memcmp(text + at - strlen(wide[i]), wide[i],
		            strlen(wide[i])))
			return true;
	return false;
}

/*
 * The bytes to keep of a text with too many words: up to the last clause that
 * ends in the second half of what fits, else up to the last word. Two wide
 * characters count as a word.
 */
static size_t
cut_at_clause(const char *text, size_t len, bool *is_cut)
{
	unsigned halves = 0;
	size_t clause = 0;

	*is_cut = true;
	for (size_t i = 0; i < len; i++) {
		bool wide = (unsigned char)text[i] >= 0xe3;

		if (text[i] != ' ' && !wide)
			continue;
		halves += wide ? 1 : 2;
		if (halves > ND_ITEMTEXT_WORDS_MAX && is_clause_end(text, i))
			clause = i;
		if (halves >= 2 * ND_ITEMTEXT_WORDS_MAX)
			return clause ? clause : i;
	}
	*is_cut = false;
	return len;
}

/* List items often lack the full stop that parts them from what follows. */
static bool
wants_stop(const char *text, size_t len)
{
	size_t word = len;

	while (word && text[word - 1] != ' ')
		word--;
	/* A stop behind a link would become a part of it. */
	if (nd_mem_find_nocase(text + word, len - word, "://"))
		return false;
	while (len && strchr(")\"'*_]", text[len - 1]))
		len--;
	return len && nd_is_alnum(text[len - 1]);
}

/* "added a flag" is a sentence; "kvm_arm_foo", "x86" and "iOS" are names. */
static void
capitalise(char *text)
{
	size_t word = 0;

	while (nd_is_alpha(text[word]) && nd_lower(text[word]) == text[word])
		word++;
	if (word && strchr(" ,'", text[word]))
		*text = (char)(*text - 'a' + 'A');
}

/* "However the timer", and not "however long it takes" */
static bool
begins_clause(const char *text, size_t len)
{
	static const char *const words[] = {
		"the ",   "this ", "that ",  "it ", "we ",  "i ",
		"there ", "if ",   "when ",  "in ", "a ",   "an ",
		"since ", "for ",  "these ", "as ", "not ", "you "};

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (nd_mem_starts_nocase(text, len, words[i]))
			return true;
	return false;
}

size_t
nd_itemtext_connective(const char *text, size_t len)
{
	/* With a comma only, unless they lead back wherever they stand; the
	 * first one also where a clause begins behind it. */
	static const struct {
		const char *word;
		bool bare;
	} table[] = {
		{"however", false},      {"also", true},
		{"thus", false},         {"so", false},
		{"therefore", true},     {"hence", false},
		{"moreover", false},     {"furthermore", false},
		{"additionally", false}, {"besides", false},
		{"in addition", false},  {"and", true},
		{"but", true},           {"anyway", false},
		{"again", false},        {"well", false},
		{"hmm", false},          {"hmmm", false},
		{"hm", false},           {"fwiw", false},
		{"btw", false},          {"ugh", false},
	};

	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		size_t at = strlen(table[i].word);
		bool comma;

		if (!nd_mem_starts_nocase(text, len, table[i].word))
			continue;
		comma = at < len && text[at] == ',';
		at += comma;
		if (at + 1 >= len || text[at] != ' ' ||
		    !(comma || table[i].bare ||
		      (i == 0 && begins_clause(text + at + 1, len - at - 1))) ||
		    !nd_is_alpha(text[at + 1]))
			continue;
		at++;
		return at + nd_itemtext_connective(text + at, len - at);
	}
	return 0;
}

/* The bytes before ", e.g." at the end: the example stands below. */
static size_t
before_example(const char *text, size_t len)
{
	static const char *const ends[] = {" e.g.", " i.e.", " for example",
	                                   " for instance"};

	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
		if (nd_mem_ends_nocase(text, len, ends[i]))
			return len - strlen(ends[i]);
	return len;
}

/* The bytes of "[quote] " at text: said of the mail, not in it; or 0. */
static size_t
quote_tag_bytes(const char *text, size_t len)
{
	static const char *const tags[] = {
		"[quote]", "[/quote]", "[unquote]", "[end quote]", "[snip]",
		"[cut]",   "[...]",    "[..]",      "<snip>",      "[…]",
	};

	for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
		size_t at = strlen(tags[i]);

		if (!nd_mem_starts_nocase(text, len, tags[i]))
			continue;
		while (at < len && text[at] == ' ')
			at++;
		return at;
	}
	return 0;
}

/* "I write for two boards: 1.": the bytes before the number of what follows. */
static size_t
before_number(const char *text, size_t len)
{
	enum { BYTES = 4 };

	return len >= BYTES && strchr(".)", text[len - 1]) &&
	                       nd_is_alnum(text[len - 2]) &&
	                       text[len - 3] == ' ' && text[len - 4] == ':'
	               ? len - 3
	               : len;
}

char *
nd_itemtext_clean(const void *ctx, const char *text, size_t len)
{
	struct nd_buf *buf = nd_buf_new(NULL, ND_LIMIT_SENTENCE_BYTES);
	bool is_cut;
	size_t keep, skip_tag;
	char *result;

	/* "* general protection fault": a bullet, and no word of it */
	if (len > 2 && strchr("*-", text[0]) && text[1] == ' ') {
		text += 2;
		len -= 2;
	}
	skip_tag = quote_tag_bytes(text, len);
	text += skip_tag;
	len -= skip_tag;
	for (size_t i = 0; i < len;) {
		size_t skip = address_bytes(text + i, len - i);
		if (skip && buf->len && buf->data[buf->len - 1] == ' ')
			nd_buf_cut(buf, buf->len - 1);
		if (!skip)
			nd_buf_addc(buf, text[i]);
		i += skip ? skip : 1;
	}
	nd_buf_cut(buf, before_example(buf->data, buf->len));
	nd_buf_cut(buf, before_number(buf->data, buf->len));
	keep = cut_at_clause(buf->data, buf->len, &is_cut);
	/* The items of a list go on; an item of a summary does not. */
	if (!is_cut && keep && strchr(";,", buf->data[keep - 1]))
		nd_buf_cut(buf, --keep);
	while (is_cut && keep && strchr(",;:( -", buf->data[keep - 1]))
		keep--;
	result = x_asprintf(ctx, "%.*s%s", (int)keep, buf->data,
	                    is_cut                               ? "…"
	                    : keep && buf->data[keep - 1] == ':' ? " …"
	                    : wants_stop(buf->data, buf->len)    ? "."
	                                                         : "");
	capitalise(result);
	talloc_free(buf);
	return result;
}
