/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "util/i18n.h"

#include <dirent.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/upluralrules.h>
#include <unicode/ustring.h>
#include <unistd.h>

#include "util/alloc.h"
#include "util/buf.h"
#include "util/limits.h"
#include "util/str.h"

#define MO_MAGIC 0x950412deu
#define MO_MAGIC_SWAPPED 0xde120495u
#define FILE_IN_LOCALE "LC_MESSAGES/notmuch-digest.mo"

enum {
	MO_HEADER_BYTES = 20,
	MO_ENTRY_BYTES = 8,
	PATH_BYTES = 4096,
	LANGUAGE_BYTES_MAX = 32,
	LANGUAGES_NAMED_MAX = 20,
	RULE_SAMPLES = 200, /* whole numbers that show every category */
};

static const char *const plural_keywords[] = {"zero", "one",  "two",
                                              "few",  "many", "other"};

enum { PLURAL_KEYWORDS = sizeof plural_keywords / sizeof *plural_keywords };

struct nd_i18n {
	const char *language;
	const char *bytes; /* the .mo file; NULL for English */
	size_t len;
	bool swapped;
	uint32_t count, originals, translations;
	UPluralRules *rules;
	unsigned used_keywords; /* bit i: plural_keywords[i] */
};

static uint32_t
word_at(const struct nd_i18n *cat, size_t at)
{
	const unsigned char *b = (const unsigned char *)cat->bytes + at;

	if (cat->swapped)
		return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 |
		       (uint32_t)b[2] << 8 | b[3];
	return (uint32_t)b[3] << 24 | (uint32_t)b[2] << 16 |
	       (uint32_t)b[1] << 8 | b[0];
}

/* String i of a table of (length, offset) pairs, checked by check_table(). */
static const char *
string_at(const struct nd_i18n *cat, uint32_t table, uint32_t i, size_t *len)
{
	size_t at = table + (size_t)i * MO_ENTRY_BYTES;

	*len = word_at(cat, at);
	return cat->bytes + word_at(cat, at + 4);
}

static bool
check_table(const struct nd_i18n *cat, uint32_t table)
{
	if (table > cat->len ||
	    cat->count > (cat->len - table) / MO_ENTRY_BYTES)
		return false;
	for (uint32_t i = 0; i < cat->count; i++) {
		size_t at = table + (size_t)i * MO_ENTRY_BYTES;
		size_t len = word_at(cat, at), start = word_at(cat, at + 4);

		if (start >= cat->len || len >= cat->len - start ||
		    cat->bytes[start + len] != '\0')
			return false;
	}
	return true;
}

/* The binary search needs this order; msgfmt sorts so. */
static bool
check_order(const struct nd_i18n *cat)
{
	size_t len;

	for (uint32_t i = 1; i < cat->count; i++)
		if (strcmp(string_at(cat, cat->originals, i - 1, &len),
		           string_at(cat, cat->originals, i, &len)) >= 0)
			return false;
	return true;
}

static bool
check_file(struct nd_i18n *cat)
{
	uint32_t magic;

	if (cat->len < MO_HEADER_BYTES)
		return false;
	magic = word_at(cat, 0);
	if (magic != MO_MAGIC && magic != MO_MAGIC_SWAPPED)
		return false;
	cat->swapped = magic == MO_MAGIC_SWAPPED;
	if (word_at(cat, 4) >> 16 > 1) /* major revisions 0 and 1 exist */
		return false;
	cat->count = word_at(cat, 8);
	cat->originals = word_at(cat, 12);
	cat->translations = word_at(cat, 16);
	return check_table(cat, cat->originals) &&
	       check_table(cat, cat->translations) && check_order(cat);
}

static int
catalogue_destructor(struct nd_i18n *cat)
{
	if (cat->rules)
		uplrules_close(cat->rules);
	return 0;
}

/* The place of ICU's keyword for n in plural_keywords. */
static unsigned
keyword_for(const struct nd_i18n *cat, double n)
{
	UErrorCode status = U_ZERO_ERROR;
	UChar wide[16];
	char keyword[16];
	int32_t len = uplrules_select(cat->rules, n, wide,
	                              sizeof wide / sizeof *wide, &status);

	if (U_SUCCESS(status) && len < (int32_t)sizeof keyword) {
		u_UCharsToChars(wide, keyword, len);
		keyword[len] = '\0';
		for (unsigned i = 0; i < PLURAL_KEYWORDS; i++)
			if (strcmp(keyword, plural_keywords[i]) == 0)
				return i;
	}
	return PLURAL_KEYWORDS - 1;
}

/*
 * A language's rules may have categories that only fractions use ("other" in
 * Russian); a catalogue has no form for those.
 */
static void
find_rules(struct nd_i18n *cat)
{
	UErrorCode status = U_ZERO_ERROR;

	cat->rules = uplrules_open(cat->language, &status);
	/* ICU falls back to its root rules itself: what is left is no memory */
	x_check(U_SUCCESS(status) ? cat->rules : NULL);
	for (int n = 0; n <= RULE_SAMPLES; n++)
		cat->used_keywords |= 1u << keyword_for(cat, n);
}

static struct nd_i18n *
catalogue_new(const void *ctx, const char *language)
{
	struct nd_i18n *cat = x_new(ctx, struct nd_i18n);

	talloc_set_destructor(cat, catalogue_destructor);
	cat->language = x_strdup(cat, language);
	return cat;
}

enum nd_status
nd_i18n_parse(const void *ctx, const char *language, const char *bytes,
              size_t len, const struct nd_i18n **out, struct nd_error *err)
{
	struct nd_i18n *cat = catalogue_new(NULL, language);

	if (len > 0)
		cat->bytes = talloc_memdup(cat, bytes, len);
	cat->len = len;
	if (!check_file(cat)) {
		talloc_free(cat);
		return nd_fail(err, ND_ERR_PARSE,
		               "the catalogue of '%s' is no valid .mo file",
		               language);
	}
	find_rules(cat);
	*out = talloc_steal(ctx, cat);
	return ND_OK;
}

static enum nd_status
read_file(const void *ctx, const char *path, struct nd_buf **out,
          struct nd_error *err)
{
	FILE *file = fopen(path, "rb");
	struct nd_buf *buf;
	char chunk[8192];
	size_t len;

	if (!file)
		return nd_fail(err, ND_ERR_IO, "cannot open '%s': %s", path,
		               strerror(errno));
	buf = nd_buf_new(NULL, ND_LIMIT_CATALOGUE_BYTES);
	while (!buf->full && (len = fread(chunk, 1, sizeof chunk, file)) > 0)
		nd_buf_add(buf, chunk, len);
	if (ferror(file)) {
		nd_fail(err, ND_ERR_IO, "cannot read '%s': %s", path,
		        strerror(errno));
	} else if (buf->full) {
		nd_fail(err, ND_ERR_PARSE, "'%s' is no catalogue: too large",
		        path);
	} else {
		fclose(file);
		*out = talloc_steal(ctx, buf);
		return ND_OK;
	}
	fclose(file);
	talloc_free(buf);
	return err->code;
}

/* "zh-cn.UTF-8" -> "zh_CN"; false for what cannot name a language. */
static bool
normalise(const char *language, char out[static LANGUAGE_BYTES_MAX])
{
	size_t len = strcspn(language, ".@");
	bool region = false;

	if (len == 0 || len >= LANGUAGE_BYTES_MAX)
		return false;
	for (size_t i = 0; i < len; i++) {
		char c = language[i];

		if (c == '-' || c == '_') {
			region = true;
			c = '_';
		} else if (!nd_is_alpha(c) && !nd_is_digit(c)) {
			return false; /* it becomes part of a path */
		} else if (!region) {
			c = nd_lower(c);
		} else if (c >= 'a' && c <= 'z') {
			c = (char)(c - 'a' + 'A');
		}
		out[i] = c;
	}
	out[len] = '\0';
	return true;
}

static bool
is_english(const char *language)
{
	return strcmp(language, "c") == 0 || strcmp(language, "posix") == 0 ||
	       strcmp(language, "en") == 0 || nd_str_starts(language, "en_");
}

/*
 * Where the catalogues are: beside the program, so that one that was built but
 * not installed, or installed and moved, has its own.
 */
static const char *
locale_dir(const void *ctx)
{
	char exe[PATH_BYTES];
	ssize_t len = readlink("/proc/self/exe", exe, sizeof exe - 1);

	if (len <= 0)
		return "";
	exe[len] = '\0';
	*strrchr(exe, '/') = '\0';
	return x_asprintf(ctx, "%s/../share/locale", exe);
}

static const char *
catalogue_path(const void *ctx, const char *dir, const char *language)
{
	return x_asprintf(ctx, "%s/%s/" FILE_IN_LOCALE, dir, language);
}

/* The file for a language, or for it without its region: de_AT, then de. */
static const char *
find_file(const void *ctx, const char *dir, char *language)
{
	for (;;) {
		const char *path = catalogue_path(ctx, dir, language);

		if (access(path, F_OK) == 0)
			return path;
		if (!strchr(language, '_'))
			return NULL;
		*strrchr(language, '_') = '\0';
	}
}

static int
compare_names(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The languages there are, in order; returns how many. */
static size_t
list_languages(const void *ctx, const char *dir,
               const char *name[static LANGUAGES_NAMED_MAX])
{
	DIR *stream = opendir(dir);
	const struct dirent *entry;
	size_t count = 0;

	name[count++] = "en";
	while (stream && count < LANGUAGES_NAMED_MAX &&
	       (entry = readdir(stream)))
		if (*entry->d_name != '.' &&
		    access(catalogue_path(ctx, dir, entry->d_name), F_OK) == 0)
			name[count++] = x_strdup(ctx, entry->d_name);
	if (stream)
		closedir(stream);
	qsort(name, count, sizeof *name, compare_names);
	return count;
}

static enum nd_status
fail_unknown(const void *ctx, const char *dir, const char *language,
             struct nd_error *err)
{
	const char *name[LANGUAGES_NAMED_MAX];
	struct nd_buf *names = nd_buf_new(ctx, 256);
	size_t count = list_languages(ctx, dir, name);

	for (size_t i = 0; i < count; i++)
		nd_buf_addf(names, "%s%s", i > 0 ? ", " : "", name[i]);
	return nd_fail(err, ND_ERR_CONFIG,
	               "no translation for the language '%.40s'\n"
	               "there are: %s",
	               language, names->data);
}

enum nd_status
nd_i18n_open(const void *ctx, const char *language, const struct nd_i18n **out,
             struct nd_error *err)
{
	void *tmp = talloc_new(NULL);
	char name[LANGUAGE_BYTES_MAX];
	const char *dir, *path = NULL;
	struct nd_buf *file;
	enum nd_status st = ND_OK;
	bool named = normalise(language, name);

	if (named && is_english(name)) {
		*out = catalogue_new(ctx, "en");
		goto done;
	}
	dir = locale_dir(tmp);
	if (named)
		path = find_file(tmp, dir, name);
	if (!path) {
		st = fail_unknown(tmp, dir, language, err);
		goto done;
	}
	st = read_file(tmp, path, &file, err);
	if (st == ND_OK)
		st = nd_i18n_parse(ctx, name, file->data, file->len, out, err);
done:
	talloc_free(tmp);
	return st;
}

const char *
nd_i18n_language(const struct nd_i18n *cat)
{
	return cat->language;
}

/* The translation of text with its length; NULL when there is none. */
static const char *
find(const struct nd_i18n *cat, const char *text, size_t *len)
{
	uint32_t low = 0, high = cat->count;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		size_t original_len;
		int order = strcmp(text, string_at(cat, cat->originals, middle,
		                                   &original_len));

		if (order == 0) {
			const char *found =
				string_at(cat, cat->translations, middle, len);
			return *len > 0 ? found : NULL;
		}
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}

const char *
nd_tr(const struct nd_i18n *cat, const char *text)
{
	size_t len;
	const char *found = *text ? find(cat, text, &len) : NULL;

	return found ? found : text;
}

/* How many of the language's categories stand before that of n. */
static unsigned
plural_index(const struct nd_i18n *cat, unsigned long n)
{
	unsigned keyword = keyword_for(cat, (double)n), index = 0;

	for (unsigned i = 0; i < keyword; i++)
		index += cat->used_keywords >> i & 1;
	return index;
}

const char *
nd_trn(const struct nd_i18n *cat, const char *one, const char *many,
       unsigned long n)
{
	size_t len;
	const char *form = find(cat, one, &len);
	const char *end = form ? form + len : NULL;

	if (!form)
		return n == 1 ? one : many;
	for (unsigned index = plural_index(cat, n); index > 0; index--) {
		const char *next = form + strlen(form) + 1;

		if (next > end)
			break; /* fewer forms than categories: the last one */
		form = next;
	}
	return form;
}
