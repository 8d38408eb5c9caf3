/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text/token.h"

#include <assert.h>
#include <libstemmer.h>
#include <pthread.h>
#include <string.h>

#include "util/alloc.h"
#include "util/str.h"

enum {
	WORD_BYTES_MAX = 48,
	COMMIT_MIN = 7,
	COMMIT_MAX = 40,
	WIDE_BYTES = 3,
	STEMS = 4096,       /* that are remembered; a power of two */
	STEM_BYTES_MAX = 15 /* of a word whose stem is */
};

/* A word in lower case whose stem is known. */
struct stem {
	char text[STEM_BYTES_MAX];
	uint8_t len; /* 0: free */
	uint32_t hash;
};

struct nd_tokenizer {
	struct sb_stemmer *stemmer;
	struct stem stem[STEMS]; /* by the hash of the word */
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

static pthread_key_t own_key;
static pthread_once_t own_once = PTHREAD_ONCE_INIT;

static void
free_own(void *tokenizer)
{
	talloc_free(tokenizer);
}

static void
make_own_key(void)
{
	int failed = pthread_key_create(&own_key, free_own);

	assert(!failed);
	(void)failed;
}

struct nd_tokenizer *
nd_tokenizer_own(void)
{
	struct nd_tokenizer *own;

	pthread_once(&own_once, make_own_key);
	own = pthread_getspecific(own_key);
	if (!own) {
		own = nd_tokenizer_new(NULL);
		pthread_setspecific(own_key, own);
	}
	return own;
}

/* FNV-1a. */
#define FNV_BASIS 2166136261u
#define FNV_PRIME 16777619u

uint32_t
nd_token_hash(const char *word, size_t len)
{
	uint32_t hash = FNV_BASIS;

	for (size_t i = 0; i < len; i++)
		hash = (hash ^ (unsigned char)word[i]) * FNV_PRIME;
	return hash;
}

/* What a byte may be; 0: it is none of a word. */
enum {
	LOWER = 1u << 0,
	UPPER = 1u << 1,
	DIGIT = 1u << 2,
	LINE = 1u << 3, /* "_" */
	WIDE = 1u << 4, /* not ASCII */
};

static unsigned
class_of(char c)
{
	if (c >= 'a' && c <= 'z')
		return LOWER;
	if (c >= 'A' && c <= 'Z')
		return UPPER;
	if (c >= '0' && c <= '9')
		return DIGIT;
	if (c == '_')
		return LINE;
	return (unsigned char)c >= 0x80 ? WIDE : 0;
}

static bool
is_word_byte(char c)
{
	return class_of(c) != 0;
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

/* The first WORD_BYTES_MAX bytes of a word in lower case. */
struct form {
	char text[WORD_BYTES_MAX];
	size_t len;
	uint32_t hash;
	bool ascii;
};

static void
make_form(struct form *form, const char *text, size_t len)
{
	unsigned char bits = 0;
	uint32_t hash = FNV_BASIS;

	form->len = len < sizeof form->text ? len : sizeof form->text;
	for (size_t i = 0; i < form->len; i++) {
		form->text[i] = nd_lower(text[i]);
		bits |= (unsigned char)text[i];
		hash = (hash ^ (unsigned char)form->text[i]) * FNV_PRIME;
	}
	form->hash = hash;
	form->ascii = bits < 0x80;
}

static struct nd_token *
add_form(struct reading *r, const char *text, size_t len,
         enum nd_token_kind kind, struct form *form)
{
	struct nd_token *token;

	if (r->count == r->max)
		return NULL;
	make_form(form, text, len);
	token = &r->token[r->count++];
	*token = (struct nd_token){
		.text = text,
		.len = (uint16_t)(len < UINT16_MAX ? len : UINT16_MAX),
		.capital = *text >= 'A' && *text <= 'Z',
		.kind = (uint8_t)kind,
		.word = form->hash,
		.stem = form->hash};
	return token;
}

static void
add(struct reading *r, const char *text, size_t len, enum nd_token_kind kind)
{
	const char *name = nd_token_kind_name(kind);
	struct form form;
	struct nd_token *token = add_form(r, text, len, kind, &form);

	if (token && *name)
		token->stem = nd_token_hash(name, strlen(name));
}

static uint32_t
hash_of_stem(struct nd_tokenizer *tokenizer, const struct form *form)
{
	const sb_symbol *stem =
		sb_stemmer_stem(tokenizer->stemmer,
	                        (const sb_symbol *)form->text, (int)form->len);

	x_check((void *)(uintptr_t)stem);
	return nd_token_hash((const char *)stem,
	                     (size_t)sb_stemmer_length(tokenizer->stemmer));
}

/* Half of what people write are the same few hundred words. */
static uint32_t
find_stem(struct nd_tokenizer *tokenizer, const struct form *form)
{
	struct stem *known =
		&tokenizer->stem[(form->hash ^ form->hash >> 16) % STEMS];

	if (form->len > STEM_BYTES_MAX)
		return hash_of_stem(tokenizer, form);
	if (known->len != form->len ||
	    memcmp(known->text, form->text, form->len) != 0) {
		known->hash = hash_of_stem(tokenizer, form);
		known->len = (uint8_t)form->len;
		memcpy(known->text, form->text, form->len);
	}
	return known->hash;
}

static void
add_word(struct reading *r, const char *text, size_t len)
{
	struct form form;
	struct nd_token *token = add_form(r, text, len, ND_TOKEN_WORD, &form);

	if (token && form.ascii)
		token->stem = find_stem(r->tokenizer, &form);
}

/* The bytes of an apostrophe at text: "'" or the typographic one; else 0. */
static size_t
apostrophe_len(const char *text, const char *end)
{
	if (*text == '\'')
		return 1;
	if ((unsigned char)*text < 0x80)
		return 0;
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

/*
 * Scripts that put no blanks between words, and their signs: each letter is a
 * word. By the first two bytes: U+3000 to U+9FFF, U+FF00 to U+FFBF.
 */
static bool
is_wide(const char *text, const char *end)
{
	unsigned char first = (unsigned char)*text;

	if (first >= 0xe3 && first <= 0xe9)
		return true;
	return first == 0xef && end - text > 1 &&
	       (unsigned char)text[1] >= 0xbc && (unsigned char)text[1] <= 0xbe;
}

/* A run of word bytes without signs in it. */
static enum nd_token_kind
kind_of_run(const char *text, size_t len)
{
	unsigned classes = 0, before = 0;

	if (len > 1 && len < 4 && (text[0] == 'v' || text[0] == 'V') &&
	    is_all(text + 1, len - 1, nd_is_digit))
		return ND_TOKEN_VERSION;
	if (len >= COMMIT_MIN && len <= COMMIT_MAX &&
	    is_all(text, len, is_hex) && has_any(text, len, nd_is_digit))
		return ND_TOKEN_COMMIT;
	if (nd_is_digit(text[0]))
		return ND_TOKEN_NUMBER;
	for (size_t i = 0; i < len; i++) {
		unsigned class = class_of(text[i]);

		/* fooBar */
		if (before == LOWER && class == UPPER)
			return ND_TOKEN_IDENTIFIER;
		classes |= class;
		before = class;
	}
	if (classes & (DIGIT | LINE) || (len > 3 && classes == UPPER))
		return ND_TOKEN_IDENTIFIER;
	return ND_TOKEN_WORD;
}

static size_t
run_len(const char *text, const char *end)
{
	const char *at = text;

	if (at < end && is_wide(at, end))
		return end - at < WIDE_BYTES ? (size_t)(end - at) : WIDE_BYTES;
	/* The typographic apostrophe is no letter. */
	while (at < end && is_word_byte(*at) && !apostrophe_len(at, end) &&
	       !is_wide(at, end))
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

		if (*at == 'h' && (nd_mem_starts(at, left, "http://") ||
		                   nd_mem_starts(at, left, "https://"))) {
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

bool
nd_token_is_one_of(const struct nd_token *token, const char *const *word,
                   size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (nd_mem_is_nocase(token->text, token->len, word[i]))
			return true;
	return false;
}
