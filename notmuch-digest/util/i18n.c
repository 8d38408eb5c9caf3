/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "util/i18n.h"

#include <dirent.h>
#include <errno.h>
#include <libintl.h>
#include <locale.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "util/alloc.h"
#include "util/buf.h"
#include "util/str.h"

#define DOMAIN "notmuch-digest"
#define FILE_IN_LOCALE "LC_MESSAGES/" DOMAIN ".mo"

enum { PATH_BYTES = 4096, LANGUAGE_BYTES_MAX = 32, LANGUAGES_NAMED_MAX = 20 };

/* Counts changes of LANGUAGE: gettext forgets what it knew (its manual). */
extern int _nl_msg_cat_cntr;

struct nd_i18n {
	const char *language;
	locale_t locale; /* 0: English */
};

static int
i18n_destructor(struct nd_i18n *i18n)
{
	if (i18n->locale)
		freelocale(i18n->locale);
	return 0;
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

static enum nd_status
bind_language(struct nd_i18n *i18n, const char *dir, struct nd_error *err)
{
	i18n->locale = newlocale(LC_ALL_MASK, "C.UTF-8", (locale_t)0);
	if (!i18n->locale)
		return nd_fail(err, ND_ERR_CONFIG,
		               "cannot use the locale C.UTF-8: %s",
		               strerror(errno));
	talloc_set_destructor(i18n, i18n_destructor);
	bindtextdomain(DOMAIN, dir);
	bind_textdomain_codeset(DOMAIN, "UTF-8");
	setenv("LANGUAGE", i18n->language, 1);
	_nl_msg_cat_cntr++;
	return ND_OK;
}

enum nd_status
nd_i18n_open(const void *ctx, const char *language, const struct nd_i18n **out,
             struct nd_error *err)
{
	struct nd_i18n *i18n = x_new(NULL, struct nd_i18n);
	char name[LANGUAGE_BYTES_MAX];
	const char *dir = locale_dir(i18n);
	bool named = normalise(language, name);
	enum nd_status st = ND_OK;

	i18n->language = "en";
	if (!named || !is_english(name)) {
		if (!named || !find_catalogue(dir, name))
			st = fail_unknown(i18n, language, err);
		else
			i18n->language = x_strdup(i18n, name);
		if (st == ND_OK)
			st = bind_language(i18n, dir, err);
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
	locale_t before;
	const char *found;

	/* The translation of nothing is the header of the catalogue. */
	if (!i18n->locale || !*text)
		return text;
	before = uselocale(i18n->locale);
	found = dgettext(DOMAIN, text);
	uselocale(before);
	return found;
}

const char *
nd_trn(const struct nd_i18n *i18n, const char *one, const char *many,
       unsigned long n)
{
	locale_t before;
	const char *found;

	if (!i18n->locale)
		return n == 1 ? one : many;
	before = uselocale(i18n->locale);
	found = dngettext(DOMAIN, one, many, n);
	uselocale(before);
	return found;
}
