/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "util/i18n.h"

#include <dirent.h>
#include <glib.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "util/alloc.h"
#include "util/buf.h"
#include "util/str.h"

#define FILE_IN_LOCALE "LC_MESSAGES/notmuch-digest.mo"

enum {
	PATH_BYTES = 4096,
	LANGUAGE_BYTES_MAX = 32,
	LANGUAGES_NAMED_MAX = 20,
	PLURAL_DEPTH_MAX = 40, /* brackets in brackets */
};

/* What msgfmt has made of a translation (GNU gettext manual, "The Format of GNU
 * MO Files"), of revision 0: two tables of texts, the English ones in order. */
struct catalogue {
	const char *bytes;
	size_t len;
	bool swapped; /* it was made for the other order of bytes */
	uint32_t count;
	uint32_t originals, translations; /* where the tables begin */
	const char *plural;               /* which form n things want */
};

struct nd_i18n {
	const char *language;
	const struct catalogue *catalogue; /* NULL: English */
};

/* ---- catalogues ---------------------------------------------------------- */

static uint32_t
number_at(const struct catalogue *catalogue, size_t offset)
{
	uint32_t number;

	memcpy(&number, catalogue->bytes + offset, sizeof number);
	return catalogue->swapped ? GUINT32_SWAP_LE_BE(number) : number;
}

/* A text, which check_table() has looked at; forms of it are divided by NULs. */
static const char *
text_at(const struct catalogue *catalogue, uint32_t table, uint32_t i,
        size_t *len)
{
	size_t entry = (size_t)table + 8 * (size_t)i;

	*len = number_at(catalogue, entry);
	return catalogue->bytes + number_at(catalogue, entry + 4);
}

static bool
check_table(const struct catalogue *catalogue, uint32_t table)
{
	size_t end = catalogue->len;

	if (table > end || (end - table) / 8 < catalogue->count)
		return false;
	for (uint32_t i = 0; i < catalogue->count; i++) {
		size_t entry = (size_t)table + 8 * (size_t)i;
		size_t len = number_at(catalogue, entry);
		size_t offset = number_at(catalogue, entry + 4);

		if (offset >= end || len >= end - offset ||
		    catalogue->bytes[offset + len] != '\0')
			return false;
	}
	return true;
}

/* The translation of a text, all its forms; NULL when there is none. */
static const char *
find(const struct catalogue *catalogue, const char *text, size_t *len)
{
	uint32_t first = 0, end = catalogue->count;

	while (first < end) {
		uint32_t middle = first + (end - first) / 2;
		const char *original =
			text_at(catalogue, catalogue->originals, middle, len);
		int order = strcmp(text, original);

		if (order == 0) {
			text = text_at(catalogue, catalogue->translations,
			               middle, len);
			return *text ? text : NULL;
		}
		if (order < 0)
			end = middle;
		else
			first = middle + 1;
	}
	return NULL;
}

/* An expression of C that is being worked out, of numbers and n. */
struct plural {
	const char *at;
	unsigned long n;
	unsigned depth;
	bool wrong;
};

static bool
accept(struct plural *plural, const char *sign)
{
	plural->at += strspn(plural->at, " \t");
	if (!nd_str_starts(plural->at, sign))
		return false;
	plural->at += strlen(sign);
	return true;
}

static unsigned long expression(struct plural *plural, unsigned level);

static unsigned long
operand(struct plural *plural)
{
	unsigned long value = 0;

	if (plural->wrong || ++plural->depth > PLURAL_DEPTH_MAX) {
		plural->wrong = true;
	} else if (accept(plural, "!")) {
		value = !operand(plural);
	} else if (accept(plural, "(")) {
		value = expression(plural, 0);
		plural->wrong = plural->wrong || !accept(plural, ")");
	} else if (accept(plural, "n")) {
		value = plural->n;
	} else if (nd_is_digit(*plural->at)) {
		while (nd_is_digit(*plural->at))
			value = value * 10 +
			        (unsigned long)(*plural->at++ - '0');
	} else {
		plural->wrong = true;
	}
	plural->depth--;
	return value;
}

enum sign {
	OR,
	AND,
	EQ,
	NE,
	LE,
	GE,
	LT,
	GT,
	PLUS,
	MINUS,
	TIMES,
	BY,
	MOD,
	SIGNS
};

static unsigned long
work_out(enum sign sign, unsigned long a, unsigned long b, bool *wrong)
{
	switch (sign) {
	case OR:
		return a || b;
	case AND:
		return a && b;
	case EQ:
		return a == b;
	case NE:
		return a != b;
	case LE:
		return a <= b;
	case GE:
		return a >= b;
	case LT:
		return a < b;
	case GT:
		return a > b;
	case PLUS:
		return a + b;
	case MINUS:
		return a - b;
	case TIMES:
		return a * b;
	case BY:
	case MOD:
		*wrong = *wrong || b == 0;
		return b == 0 ? 0 : sign == BY ? a / b : a % b;
	case SIGNS:
		break;
	}
	return 0;
}

/* Signs that bind at least as strongly as level; at 0 also "?:". */
static unsigned long
expression(struct plural *plural, unsigned level)
{
	static const struct {
		const char *text;
		unsigned level;
	} signs[SIGNS] = {
		[OR] = {"||", 1},   [AND] = {"&&", 2},  [EQ] = {"==", 3},
		[NE] = {"!=", 3},   [LE] = {"<=", 4},   [GE] = {">=", 4},
		[LT] = {"<", 4},    [GT] = {">", 4},    [PLUS] = {"+", 5},
		[MINUS] = {"-", 5}, [TIMES] = {"*", 6}, [BY] = {"/", 6},
		[MOD] = {"%", 6},
	};
	unsigned long value = operand(plural);
	enum sign sign = OR;

	while (!plural->wrong && sign < SIGNS) {
		if (signs[sign].level < level ||
		    !accept(plural, signs[sign].text)) {
			sign++;
			continue;
		}
		value = work_out(sign, value,
		                 expression(plural, signs[sign].level + 1),
		                 &plural->wrong);
		sign = OR;
	}
	if (level == 0 && accept(plural, "?")) {
		unsigned long yes = expression(plural, 0), no;

		plural->wrong = plural->wrong || !accept(plural, ":");
		no = expression(plural, 0);
		value = value ? yes : no;
	}
	return value;
}

/* Which form; the first one where that cannot be told. */
static unsigned long
plural_form(const struct catalogue *catalogue, unsigned long n)
{
	struct plural plural = {.at = catalogue->plural, .n = n};
	unsigned long form = expression(&plural, 0);

	return plural.wrong ? 0 : form;
}

static bool
read_catalogue(struct catalogue *catalogue)
{
	static const char plural[] = "plural=";
	const uint32_t magic = 0x950412de;
	const char *header, *found;
	size_t len;

	if (catalogue->len < 20)
		return false;
	if (number_at(catalogue, 0) != magic)
		catalogue->swapped = true;
	/* Minor revisions have more behind what is looked at. */
	if (number_at(catalogue, 0) != magic ||
	    number_at(catalogue, 4) >> 16 > 0)
		return false;
	catalogue->count = number_at(catalogue, 8);
	catalogue->originals = number_at(catalogue, 12);
	catalogue->translations = number_at(catalogue, 16);
	if (!check_table(catalogue, catalogue->originals) ||
	    !check_table(catalogue, catalogue->translations))
		return false;
	/* The translation of nothing is its header. */
	header = find(catalogue, "", &len);
	found = header ? strstr(header, plural) : NULL;
	catalogue->plural = found ? found + strlen(plural) : "n != 1";
	return true;
}

static enum nd_status
load_catalogue(const void *ctx, const char *path, struct catalogue **out,
               struct nd_error *err)
{
	struct catalogue *catalogue = x_new(ctx, struct catalogue);
	GError *why = NULL;
	gchar *bytes = NULL;
	char *copy;

	if (!g_file_get_contents(path, &bytes, &catalogue->len, &why)) {
		nd_fail(err, ND_ERR_CONFIG, "cannot read '%.200s': %.200s",
		        path, why->message);
		g_error_free(why);
		talloc_free(catalogue);
		return ND_ERR_CONFIG;
	}
	/* Its end is a NUL, too. */
	copy = x_array(catalogue, char, catalogue->len + 1);
	memcpy(copy, bytes, catalogue->len + 1);
	catalogue->bytes = copy;
	g_free(bytes);
	if (!read_catalogue(catalogue)) {
		talloc_free(catalogue);
		return nd_fail(err, ND_ERR_CONFIG,
		               "'%.200s' is damaged: it is no catalogue of "
		               "messages",
		               path);
	}
	*out = catalogue;
	return ND_OK;
}

/* ---- languages ----------------------------------------------------------- */

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

static char *
catalogue_path(const void *ctx, const char *dir, const char *language)
{
	return x_asprintf(ctx, "%s/%s/" FILE_IN_LOCALE, dir, language);
}

/* Is there a catalogue, for it or without its region: de_AT, then de? */
static bool
find_catalogue(const char *dir, char *language)
{
	for (;;) {
		char *path = catalogue_path(NULL, dir, language);
		bool there = access(path, R_OK) == 0;

		talloc_free(path);
		if (there || !strchr(language, '_'))
			return there;
		*strrchr(language, '_') = '\0';
	}
}

static int
compare_names(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

const char **
nd_i18n_languages(const void *ctx, size_t *count)
{
	const char **name = x_array(ctx, const char *, LANGUAGES_NAMED_MAX);
	const char *dir = locale_dir(name);
	DIR *stream = opendir(dir);
	const struct dirent *entry;

	name[0] = "en";
	*count = 1;
	while (stream && *count < LANGUAGES_NAMED_MAX &&
	       (entry = readdir(stream)))
		if (*entry->d_name != '.' &&
		    access(catalogue_path(name, dir, entry->d_name), F_OK) == 0)
			name[(*count)++] = x_strdup(name, entry->d_name);
	if (stream)
		closedir(stream);
	qsort(name, *count, sizeof *name, compare_names);
	return name;
}

static enum nd_status
fail_unknown(const void *ctx, const char *language, struct nd_error *err)
{
	struct nd_buf *names = nd_buf_new(ctx, 256);
	size_t count;
	const char **name = nd_i18n_languages(ctx, &count);

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
	struct nd_i18n *i18n = x_new(NULL, struct nd_i18n);
	char name[LANGUAGE_BYTES_MAX];
	const char *dir = locale_dir(i18n);
	bool named = normalise(language, name);
	struct catalogue *catalogue = NULL;
	enum nd_status st = ND_OK;

	i18n->language = "en";
	if (!named || !is_english(name)) {
		if (!named || !find_catalogue(dir, name))
			st = fail_unknown(i18n, language, err);
		else
			st = load_catalogue(i18n,
			                    catalogue_path(i18n, dir, name),
			                    &catalogue, err);
		if (st == ND_OK) {
			i18n->language = x_strdup(i18n, name);
			i18n->catalogue = catalogue;
		}
	}
	if (st == ND_OK)
		*out = talloc_steal(ctx, i18n);
	else
		talloc_free(i18n);
	return st;
}

const char *
nd_i18n_language(const struct nd_i18n *i18n)
{
	return i18n->language;
}

const char *
nd_tr(const struct nd_i18n *i18n, const char *text)
{
	const char *found = NULL;
	size_t len;

	if (i18n->catalogue && *text)
		found = find(i18n->catalogue, text, &len);
	return found ? found : text;
}

const char *
nd_trn(const struct nd_i18n *i18n, const char *one, const char *many,
       unsigned long n)
{
	const char *found = NULL, *end;
	size_t len;

	if (i18n->catalogue && *one)
		found = find(i18n->catalogue, one, &len);
	if (!found)
		return n == 1 ? one : many;
	end = found + len;
	for (unsigned long form = plural_form(i18n->catalogue, n); form > 0;
	     form--) {
		const char *next = found + strlen(found) + 1;

		/* One that is missing is the last. */
		if (next >= end)
			break;
		found = next;
	}
	return found;
}
