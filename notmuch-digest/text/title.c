/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text/title.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "util/str.h"

/* A title that has grown or shrunk is the same one, if it says something. */
enum { WORDS_THAT_SAY = 3, LIKENESS_PART = 60, LIKENESS_MOST = 95 };

bool
nd_title_is_small_word(const char *word, size_t len)
{
	static const char *const small[] = {
		"a",    "an", "the", "of", "for",  "to",   "in",   "on",
		"at",   "by", "and", "or", "with", "from", "into", "via",
		"when", "as", "is",  "be", "it",   "its",  "some", "misc",
	};

	for (size_t i = 0; i < sizeof small / sizeof *small; i++)
		if (nd_mem_is_nocase(word, len, small[i]))
			return true;
	return false;
}

bool
nd_title_next_word(const char *text, size_t len, size_t *start, size_t *end)
{
	size_t at = *end;

	while (at < len && !nd_is_word_byte(text[at]))
		at++;
	if (at == len)
		return false;
	*start = at;
	while (at < len && nd_is_word_byte(text[at]))
		at++;
	*end = at;
	return true;
}

/* FNV-1a */
static uint64_t
hash_byte(uint64_t hash, unsigned char byte)
{
	return (hash ^ byte) * UINT64_C(0x100000001b3);
}

static uint64_t
hash_word(const char *word, size_t len)
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325);

	for (size_t i = 0; i < len; i++)
		hash = hash_byte(hash, (unsigned char)nd_lower(word[i]));
	return hash;
}

/* ---- what a word names ---------------------------------------------------- */

/* Directories of arch/ in Linux, and what distributions call them. */
static const char *const archs[] = {
	"alpha",    "amd64",      "arc",     "arm",     "arm32",
	"arm64",    "aarch64",    "armv7",   "armv8",   "csky",
	"hexagon",  "i386",       "i686",    "ia64",    "loongarch",
	"m68k",     "microblaze", "mips",    "mips64",  "nios2",
	"openrisc", "parisc",     "powerpc", "ppc",     "ppc64",
	"ppc64le",  "ppc32",      "riscv",   "riscv32", "riscv64",
	"s390",     "s390x",      "sh",      "sparc",   "sparc64",
	"um",       "x86",        "x86_64",  "xtensa",  "loongarch64",
};

/* Languages that programs are translated into, by name and by locale. */
static const char *const locales[] = {
	"arabic",    "basque",     "bulgarian",  "catalan",    "chinese",
	"croatian",  "czech",      "danish",     "dutch",      "english",
	"estonian",  "finnish",    "french",     "galician",   "georgian",
	"german",    "greek",      "hebrew",     "hindi",      "hungarian",
	"icelandic", "indonesian", "irish",      "italian",    "japanese",
	"korean",    "latvian",    "lithuanian", "norwegian",  "persian",
	"polish",    "portuguese", "romanian",   "russian",    "serbian",
	"slovak",    "slovenian",  "spanish",    "swedish",    "tamil",
	"thai",      "turkish",    "ukrainian",  "vietnamese", "welsh",
	"ar",        "bg",         "ca",         "cs",         "da",
	"de",        "el",         "es",         "et",         "eu",
	"fi",        "fr",         "gl",         "he",         "hr",
	"hu",        "id",         "it",         "ja",         "ko",
	"lt",        "lv",         "nb",         "nl",         "pl",
	"pt",        "pt_br",      "ro",         "ru",         "sk",
	"sl",        "sr",         "sv",         "tr",         "uk",
	"vi",        "zh",         "zh_cn",      "zh_tw",      "de_de",
	"en_us",     "en_gb",      "es_es",      "fr_fr",      "it_it",
	"ja_jp",     "ko_kr",      "pt_pt",      "ru_ru",      "zh_hk",
};

enum { NAMES = 512, NAMES_MAX = NAMES / 2 }; /* a power of two */

/* The kinds of all these by the hashes of the words; 0: it is free. */
static struct {
	uint64_t hash;
	unsigned kind;
} names[NAMES];

static size_t
place_of(uint64_t hash)
{
	size_t at = (hash ^ hash >> 32) % NAMES;

	while (names[at].kind && names[at].hash != hash)
		at = (at + 1) % NAMES;
	return at;
}

static void
add_names(const char *const *word, size_t count, unsigned kind)
{
	for (size_t i = 0; i < count; i++) {
		uint64_t hash = hash_word(word[i], strlen(word[i]));
		size_t at = place_of(hash);

		names[at].hash = hash;
		names[at].kind |= kind;
	}
}

#define COUNT(words) (sizeof(words) / sizeof *(words))

static void
make_names(void)
{
	_Static_assert(COUNT(archs) + COUNT(locales) < NAMES_MAX,
	               "names would lie in long rows");
	add_names(archs, COUNT(archs), ND_TITLE_ARCH);
	add_names(locales, COUNT(locales), ND_TITLE_LOCALE);
}

static unsigned
kind_of_name(uint64_t hash)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	pthread_once(&once, make_names);
	return names[place_of(hash)].kind;
}

/* "ab7193", "gicv3", "h6"; but not "v3", "u64", "64k" or a name with "_". */
static bool
is_part(const char *word, size_t len)
{
	size_t digits = 0;

	if (len < 2 || !nd_is_alpha(*word))
		return false;
	for (size_t i = 0; i < len; i++) {
		if (word[i] == '_')
			return false;
		digits += nd_is_digit(word[i]);
	}
	return digits > 0 &&
	       !(digits + 1 == len && strchr("vus", nd_lower(*word)));
}

/* "foo" of "foo.c", "locale.po": a dot and a short name behind it. */
static bool
is_file(const char *text, size_t len, size_t end)
{
	size_t at = end + 1;

	if (end >= len || text[end] != '.')
		return false;
	while (at < len && nd_is_alpha(text[at]))
		at++;
	return at > end + 1 && at - end <= 6 &&
	       (at == len || !nd_is_word_byte(text[at]));
}

static bool
has_capital(const char *word, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (word[i] >= 'A' && word[i] <= 'Z')
			return true;
	return false;
}

/* Where a title is being read. */
struct place {
	size_t start, end; /* the word */
	size_t prefix;     /* bytes of "KVM: arm64: " */
	bool first;        /* of the words behind the prefix */
	bool object;       /* a small word stands before it */
};

static unsigned
kind_of(const char *text, size_t len, const struct place *at, uint64_t hash)
{
	const char *word = text + at->start;
	size_t bytes = at->end - at->start;
	bool inner = at->start >= at->prefix;

	return (inner ? 0 : ND_TITLE_PREFIX) |
	       (is_part(word, bytes) ? ND_TITLE_PART : 0) |
	       (is_file(text, len, at->end) ? ND_TITLE_FILE : 0) |
	       kind_of_name(hash) |
	       (inner && !at->first && has_capital(word, bytes) ? ND_TITLE_NAME
	                                                        : 0) |
	       (inner && at->object ? ND_TITLE_OBJECT : 0);
}

static void
add_word(struct nd_title *title, uint64_t word, unsigned kind)
{
	bool inner = !(kind & ND_TITLE_PREFIX);
	size_t at = 0, after;

	while (at < title->count && title->word[at] < word)
		at++;
	if (at < title->count && title->word[at] == word) {
		title->inner_count += inner && !title->inner[at];
		title->inner[at] = title->inner[at] || inner;
		if (inner)
			title->kind[at] &= (uint8_t)~ND_TITLE_PREFIX;
		title->kind[at] |= (uint8_t)(kind & ~ND_TITLE_PREFIX);
		return;
	}
	if (title->count == ND_TITLE_WORDS)
		return;
	after = title->count - at;
	memmove(&title->word[at + 1], &title->word[at],
	        after * sizeof *title->word);
	memmove(&title->inner[at + 1], &title->inner[at],
	        after * sizeof *title->inner);
	memmove(&title->kind[at + 1], &title->kind[at],
	        after * sizeof *title->kind);
	title->word[at] = word;
	title->inner[at] = inner;
	title->kind[at] = (uint8_t)kind;
	title->inner_count += inner;
	title->count++;
}

/* Bytes of "KVM: arm64: " */
static size_t
prefix_len(const char *text, size_t len)
{
	size_t prefix = 0;

	for (size_t i = 0; i + 1 < len; i++)
		if (text[i] == ':' && text[i + 1] == ' ')
			prefix = i + 2;
	return prefix;
}

/* with inner those behind the prefix only; 0 when there are none */
static uint64_t
hash_words(const struct nd_title *title, bool inner)
{
	uint64_t hash = 0;

	for (size_t i = 0; i < title->count; i++)
		for (int shift = 0; shift < 64 && (!inner || title->inner[i]);
		     shift += 8)
			hash = hash_byte(
				hash, (unsigned char)(title->word[i] >> shift));
	return hash;
}

/* with_kinds    false: what the words name is not asked, which costs most */
static void
read_title(const char *text, size_t len, bool with_kinds, struct nd_title *out)
{
	struct place at = {.prefix = prefix_len(text, len), .first = true};

	*out = (struct nd_title){.count = 0};
	while (out->count < ND_TITLE_WORDS &&
	       nd_title_next_word(text, len, &at.start, &at.end)) {
		const char *word = text + at.start;
		size_t bytes = at.end - at.start;
		bool small = nd_title_is_small_word(word, bytes);
		uint64_t hash = small ? 0 : hash_word(word, bytes);

		if (!small)
			add_word(out, hash,
			         with_kinds ? kind_of(text, len, &at, hash)
			                    : 0);
		at.object = small;
		at.first = at.first && at.start < at.prefix;
	}
	out->hash = hash_words(out, false);
}

void
nd_title_read(const char *text, size_t len, struct nd_title *out)
{
	read_title(text, len, true, out);
}

bool
nd_title_read_hash(const char *text, size_t len, uint64_t *hash)
{
	struct nd_title title;

	read_title(text, len, false, &title);
	*hash = title.hash;
	return title.count > 0;
}

static const char *
hex_of(uint64_t hash, char *key)
{
	snprintf(key, ND_TITLE_KEY_BYTES, "%016llx", (unsigned long long)hash);
	return key;
}

const char *
nd_title_key(const struct nd_title *title, char *key)
{
	return hex_of(title->hash, key);
}

const char *
nd_title_inner_key(const struct nd_title *title, char *key)
{
	return title->inner_count > 0 ? hex_of(hash_words(title, true), key)
	                              : NULL;
}

/* Words of both; with inner those behind the prefix only. */
static size_t
common_words(const struct nd_title *a, const struct nd_title *b, bool inner)
{
	size_t common = 0, i = 0, k = 0;

	while (i < a->count && k < b->count) {
		if (a->word[i] < b->word[k]) {
			i++;
		} else if (a->word[i] > b->word[k]) {
			k++;
		} else {
			common += !inner || (a->inner[i] && b->inner[k]);
			i++;
			k++;
		}
	}
	return common;
}

unsigned
nd_title_likeness(const struct nd_title *a, const struct nd_title *b)
{
	/* "KVM: arm64: fixes" has no other words. */
	bool inner = a->inner_count >= 2 && b->inner_count >= 2;
	size_t count_a = inner ? a->inner_count : a->count;
	size_t count_b = inner ? b->inner_count : b->count;
	size_t less = count_a < count_b ? count_a : count_b;
	size_t common = common_words(a, b, inner);
	unsigned likeness;

	if (less == 0)
		return 0;
	if (a->hash == b->hash)
		return 100;
	likeness = (unsigned)(100 * common / (count_a + count_b - common));
	if (common == less && less >= WORDS_THAT_SAY &&
	    likeness < LIKENESS_PART)
		return LIKENESS_PART;
	/* Only the prefix differs. */
	return likeness < LIKENESS_MOST ? likeness : LIKENESS_MOST;
}

/* What the words of one title that the other has not are. */
struct rest {
	size_t count;
	unsigned any, all; /* enum nd_title_kind */
};

static struct rest
rest_of(const struct nd_title *title, const struct nd_title *other)
{
	struct rest rest = {.all = ~0u};
	size_t k = 0;

	for (size_t i = 0; i < title->count; i++) {
		while (k < other->count && other->word[k] < title->word[i])
			k++;
		if (k < other->count && other->word[k] == title->word[i])
			continue;
		rest.count++;
		rest.any |= title->kind[i];
		rest.all &= title->kind[i];
	}
	return rest;
}

enum nd_title_siblings
nd_title_siblings(const struct nd_title *a, const struct nd_title *b)
{
	enum { NAME_WORDS = 2 };
	const unsigned sure =
		ND_TITLE_PART | ND_TITLE_FILE | ND_TITLE_ARCH | ND_TITLE_LOCALE;
	struct rest x = rest_of(a, b), y = rest_of(b, a);

	if (x.count == 0 || y.count == 0)
		return ND_TITLE_NO_SIBLINGS;
	if (x.any & y.any & sure)
		return ND_TITLE_SURE;
	if (x.any & y.any & ND_TITLE_PREFIX)
		return ND_TITLE_LIKELY;
	if (x.count <= NAME_WORDS && y.count <= NAME_WORDS &&
	    (x.all & y.all & ND_TITLE_NAME))
		return ND_TITLE_LIKELY;
	return x.count == 1 && y.count == 1 && (x.all & y.all & ND_TITLE_OBJECT)
	               ? ND_TITLE_LIKELY
	               : ND_TITLE_NO_SIBLINGS;
}
