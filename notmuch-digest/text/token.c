/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text/token.h"

#include <libstemmer.h>
#include <string.h>

#include "util/alloc.h"
#include "util/str.h"

enum { WORD_BYTES_MAX = 48, COMMIT_MIN = 7, COMMIT_MAX = 40 };

struct nd_tokenizer {
	struct sb_stemmer *stemmer;
};

/* What is being read. */
struct reading {
	struct nd_tokenizer *tokenizer;
	const char *text, *end;
	struct nd_token *token;
	size_t count, max;
};

static int
tokenizer_destructor(struct nd_tokenizer *tokenizer)
{
	sb_stemmer_delete(tokenizer->stemmer);
	return 0;
}

struct nd_tokenizer *
nd_tokenizer_new(const void *ctx)
{
	struct nd_tokenizer *tokenizer = x_new(ctx, struct nd_tokenizer);

	tokenizer->stemmer = sb_stemmer_new("english", "UTF_8");
	x_check(tokenizer->stemmer);
	talloc_set_destructor(tokenizer, tokenizer_destructor);
	return tokenizer;
}

/* FNV-1a. */
uint32_t
nd_token_hash(const char *word, size_t len)
{
	uint32_t hash = 2166136261u;

	for (size_t i = 0; i < len; i++)
		hash = (hash ^ (unsigned char)word[i]) * 16777619u;
	return hash;
}

static bool
is_word_byte(char c)
{
	return nd_is_alnum(c) || c == '_' || (unsigned char)c >= 0x80;
}

const char *
nd_token_kind_name(enum nd_token_kind kind)
{
	static const char *const names[] = {
		[ND_TOKEN_WORD] = "",
		[ND_TOKEN_NUMBER] = "<number>",
		[ND_TOKEN_IDENTIFIER] = "<identifier>",
		[ND_TOKEN_VERSION] = "<version>",
		[ND_TOKEN_COMMIT] = "<commit>",
		[ND_TOKEN_PATH] = "<path>",
		[ND_TOKEN_URL] = "<url>",
		[ND_TOKEN_ADDRESS] = "<address>",
		[ND_TOKEN_MARK] = "",
		[ND_TOKEN_SMILEY] = "<smiley>",
	};

	return names[kind];
}

/* The hash of the first WORD_BYTES_MAX bytes in lower case. */
static uint32_t
hash_lower(const char *text, size_t len)
{
	char form[WORD_BYTES_MAX];

	if (len > sizeof form)
		len = sizeof form;
	for (size_t i = 0; i < len; i++)
		form[i] = nd_lower(text[i]);
	return nd_token_hash(form, len);
}

static struct nd_token *
add(struct reading *r, const char *text, size_t len, enum nd_token_kind kind)
{
	const char *name = nd_token_kind_name(kind);
	struct nd_token *token;

	if (r->count == r->max)
		return NULL;
	token = &r->token[r->count++];
	*token = (struct nd_token){
		.text = text,
		.len = (uint16_t)(len < UINT16_MAX ? len : UINT16_MAX),
		.capital = *text >= 'A' && *text <= 'Z',
		.kind = (uint8_t)kind,
		.word = hash_lower(text, len)};
	token->stem = *name ? nd_token_hash(name, strlen(name)) : token->word;
	return token;
}

static void
add_word(struct reading *r, const char *text, size_t len)
{
	char form[WORD_BYTES_MAX];
	struct nd_token *token = add(r, text, len, ND_TOKEN_WORD);
	const sb_symbol *stem;
	bool ascii = true;

	if (!token)
		return;
	if (len > sizeof form)
		len = sizeof form;
	for (size_t i = 0; i < len; i++) {
		form[i] = nd_lower(text[i]);
		ascii = ascii && (unsigned char)text[i] < 0x80;
	}
	if (!ascii)
		return;
	stem = sb_stemmer_stem(r->tokenizer->stemmer, (const sb_symbol *)form,
	                       (int)len);
	x_check((void *)(uintptr_t)stem);
	token->stem =
		nd_token_hash((const char *)stem,
	                      (size_t)sb_stemmer_length(r->tokenizer->stemmer));
}

/* The bytes of an apostrophe at text: "'" or the typographic one; else 0. */
static size_t
apostrophe_len(const char *text, const char *end)
{
	if (*text == '\'')
		return 1;
	return nd_mem_starts(text, (size_t)(end - text), "\u2019") ? 3 : 0;
}

/* What stands behind an apostrophe, and the word that it means. */
static const struct contraction {
	const char *tail, *word;
} contractions[] = {
	{"ll", "will"}, {"ve", "have"}, {"re", "are"},
	{"m", "am"},    {"d", "would"}, {"s", "'s"},
};

/* "don't", "I'll": text up to the apostrophe, tail behind it. */
static void
add_contraction(struct reading *r, const char *text, size_t len,
                const char *tail, size_t tail_len)
{
	if (tail_len == 1 && nd_lower(*tail) == 't' && len > 1 &&
	    nd_lower(text[len - 1]) == 'n') {
		/* "can't" keeps its n, "won't" means "will not" */
		if (len == 3 && nd_mem_equal_nocase(text, "can", 3))
			len++;
		if (len == 3 && nd_mem_equal_nocase(text, "won", 3))
			add_word(r, "will", 4);
		else
			add_word(r, text, len - 1);
		add_word(r, "not", 3);
		return;
	}
	add_word(r, text, len);
	for (size_t i = 0; i < sizeof contractions / sizeof *contractions; i++)
		if (strlen(contractions[i].tail) == tail_len &&
		    nd_mem_equal_nocase(tail, contractions[i].tail, tail_len))
			add_word(r, contractions[i].word,
			         strlen(contractions[i].word));
}

static bool
is_all(const char *text, size_t len, bool (*is)(char))
{
	for (size_t i = 0; i < len; i++)
		if (!is(text[i]))
			return false;
	return len > 0;
}

static bool
is_lower(char c)
{
	return c >= 'a' && c <= 'z';
}

static bool
is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

static bool
is_hex(char c)
{
	return nd_is_digit(c) || (c >= 'a' && c <= 'f');
}

static bool
has_any(const char *text, size_t len, bool (*is)(char))
{
	for (size_t i = 0; i < len; i++)
		if (is(text[i]))
			return true;
	return false;
}

/* A run of word bytes without signs in it. */
static enum nd_token_kind
kind_of_run(const char *text, size_t len)
{
	if (len > 1 && len < 4 && (text[0] == 'v' || text[0] == 'V') &&
	    is_all(text + 1, len - 1, nd_is_digit))
		return ND_TOKEN_VERSION;
	if (len >= COMMIT_MIN && len <= COMMIT_MAX &&
	    is_all(text, len, is_hex) && has_any(text, len, nd_is_digit))
		return ND_TOKEN_COMMIT;
	if (nd_is_digit(text[0]))
		return ND_TOKEN_NUMBER;
	if (memchr(text, '_', len) || has_any(text, len, nd_is_digit) ||
	    (len > 3 && is_all(text, len, is_upper)))
		return ND_TOKEN_IDENTIFIER;
	for (size_t i = 1; i < len; i++)
		if (is_lower(text[i - 1]) && is_upper(text[i]))
			return ND_TOKEN_IDENTIFIER;
	return ND_TOKEN_WORD;
}

static size_t
run_len(const char *text, const char *end)
{
	const char *at = text;

	/* The typographic apostrophe is no letter. */
	while (at < end && is_word_byte(*at) && !apostrophe_len(at, end))
		at++;
	return (size_t)(at - text);
}

/* The sign that joins two runs to one name, "->", "::", ".", "/"; else 0. */
static size_t
joint_len(const char *at, const char *end)
{
	size_t left = (size_t)(end - at);

	if (left > 2 &&
	    (memcmp(at, "->", 2) == 0 || memcmp(at, "::", 2) == 0) &&
	    is_word_byte(at[2]))
		return 2;
	if (left > 1 &&
	    (*at == '.' || *at == '/' || *at == '@' || *at == '+') &&
	    is_word_byte(at[1]))
		return 1;
	if (left > 1 && *at == '-' && nd_is_digit(at[1]))
		return 1;
	return 0;
}

/* "foo.c", "a->b", "drivers/net", "x@example.org", "and/or", "6.1-rc2" */
static const char *
read_joined(struct reading *r, const char *text, size_t first)
{
	const char *at = text + first;
	bool slash = false, at_sign = false, words = true;
	size_t joint;

	words = is_all(text, first, is_lower);
	while (at < r->end && (joint = joint_len(at, r->end)) > 0) {
		size_t len = run_len(at + joint, r->end);

		slash = slash || *at == '/';
		at_sign = at_sign || *at == '@';
		words = words && *at == '/' &&
		        is_all(at + joint, len, is_lower);
		at += joint + len;
	}
	if (at_sign)
		add(r, text, (size_t)(at - text), ND_TOKEN_ADDRESS);
	else if (words && slash)
		return NULL; /* "and/or": two words */
	else if (slash)
		add(r, text, (size_t)(at - text), ND_TOKEN_PATH);
	else
		add(r, text, (size_t)(at - text),
		    nd_is_digit(*text) ? ND_TOKEN_NUMBER : ND_TOKEN_IDENTIFIER);
	return at;
}

static const char *
read_run(struct reading *r, const char *text)
{
	size_t len = run_len(text, r->end), mark;
	const char *at = text + len, *joined;
	enum nd_token_kind kind;

	if (at < r->end && joint_len(at, r->end) > 0 &&
	    (joined = read_joined(r, text, len)))
		return joined;
	if (at < r->end && (mark = apostrophe_len(at, r->end)) > 0) {
		size_t tail = run_len(at + mark, r->end);

		if (tail > 0 && tail < 3) {
			add_contraction(r, text, len, at + mark, tail);
			return at + mark + tail;
		}
	}
	kind = kind_of_run(text, len);
	if (kind == ND_TOKEN_WORD && at + 1 < r->end && at[0] == '(' &&
	    at[1] == ')')
		kind = ND_TOKEN_IDENTIFIER;
	if (kind == ND_TOKEN_WORD)
		add_word(r, text, len);
	else
		add(r, text, len, kind);
	return at;
}

/* ":-)", ";)", ":D" */
static size_t
smiley_len(const char *text, const char *end)
{
	size_t left = (size_t)(end - text), nose;

	if (left < 2 || (*text != ':' && *text != ';'))
		return 0;
	nose = text[1] == '-';
	if (left < 2 + nose || !strchr(")(DPp", text[1 + nose]) ||
	    !text[1 + nose])
		return 0;
	return left == 2 + nose || !nd_is_alnum(text[2 + nose]) ? 2 + nose : 0;
}

size_t
nd_tokenizer_read(struct nd_tokenizer *tokenizer, const char *text, size_t len,
                  struct nd_token *token, size_t max)
{
	struct reading r = {.tokenizer = tokenizer,
	                    .text = text,
	                    .end = text + len,
	                    .token = token,
	                    .max = max};
	const char *at = text;

	while (at < r.end && r.count < max) {
		size_t left = (size_t)(r.end - at), size;

		if (nd_mem_starts(at, left, "http://") ||
		    nd_mem_starts(at, left, "https://")) {
			size = 0;
			while (at + size < r.end && at[size] != ' ' &&
			       at[size] != '>')
				size++;
			add(&r, at, size, ND_TOKEN_URL);
			at += size;
		} else if (apostrophe_len(at, r.end)) {
			at += apostrophe_len(at, r.end);
		} else if (is_word_byte(*at)) {
			at = read_run(&r, at);
		} else if ((size = smiley_len(at, r.end)) > 0) {
			add(&r, at, size, ND_TOKEN_SMILEY);
			at += size;
		} else {
			if (*at == '?' || *at == '!')
				add(&r, at, 1, ND_TOKEN_MARK);
			else if (r.count > 0 && strchr(",:;-", *at) && *at)
				r.token[r.count - 1].comma = true;
			at++;
		}
	}
	return r.count;
}
