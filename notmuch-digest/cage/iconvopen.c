/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* RTLD_NEXT */
#include "cage/iconvopen.h"

#include <dlfcn.h>
#include <errno.h>
#include <iconv.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "cage/worker.h"
#include "util/limits.h"
#include "util/str.h"

#define NONE ((iconv_t)-1)

/* glibc 2.36 knows 1,170 names. */
enum { CHARSETS = 2048, OTHERS = 256 };

/* What has been tried. What is a charset stays open: its code stays loaded. */
struct names {
	char (*pair)[ND_LIMIT_CAGE_WORD_BYTES];
	size_t count, max;
};
static char charset_pair[CHARSETS][ND_LIMIT_CAGE_WORD_BYTES];
static char other_pair[OTHERS][ND_LIMIT_CAGE_WORD_BYTES];
static struct names charsets = {charset_pair, 0, CHARSETS};
static struct names others = {other_pair, 0, OTHERS};

static iconv_t
open_really(const char *to, const char *from)
{
	static _Atomic(void *) known;
	iconv_t (*real)(const char *, const char *);
	void *found = atomic_load(&known);

	if (!found)
		atomic_store(&known, found = dlsym(RTLD_NEXT, "iconv_open"));
	if (!found) {
		errno = EINVAL;
		return NONE;
	}
	/* Code has addresses like data: POSIX, dlsym() */
	memcpy(&real, &found, sizeof found);
	return real(to, from);
}

/* Neither a path, nor what glibc takes behind a slash. */
static bool
is_name(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (!nd_is_alnum(text[i]) && !strchr("-_.:+()", text[i]))
			return false;
	return len > 0;
}

static bool
has(const struct names *names, const char *pair)
{
	for (size_t i = 0; i < names->count; i++)
		if (strcmp(names->pair[i], pair) == 0)
			return true;
	return false;
}

static void
add(struct names *names, const char *pair)
{
	if (names->count < names->max)
		memcpy(names->pair[names->count++], pair, strlen(pair) + 1);
}

/* "TO FROM", in upper case as glibc compares them; false: no two names. */
static bool
make_pair(char pair[ND_LIMIT_CAGE_WORD_BYTES], const char *to, const char *from)
{
	int len;

	if (!is_name(to, strlen(to)) || !is_name(from, strlen(from)))
		return false;
	len = snprintf(pair, ND_LIMIT_CAGE_WORD_BYTES, "%s %s", to, from);
	if (len >= ND_LIMIT_CAGE_WORD_BYTES)
		return false;
	for (char *c = pair; *c; c++)
		if (*c >= 'a' && *c <= 'z')
			*c = (char)(*c - 'a' + 'A');
	return true;
}

iconv_t
iconv_open(const char *to, const char *from)
{
	char pair[ND_LIMIT_CAGE_WORD_BYTES];

	if (!nd_worker_is_here())
		return open_really(to, from);
	errno = EINVAL;
	if (!make_pair(pair, to, from))
		return NONE;
	if (has(&charsets, pair))
		return open_really(to, from);
	if (!has(&others, pair))
		nd_worker_want(pair);
	errno = EINVAL;
	return NONE;
}

void
nd_iconvopen_learn(const char *word)
{
	const char *blank = strchr(word, ' ');
	char to[ND_LIMIT_CAGE_WORD_BYTES], pair[ND_LIMIT_CAGE_WORD_BYTES];
	iconv_t cd;

	if (!blank || (size_t)(blank - word) >= sizeof to)
		return;
	memcpy(to, word, (size_t)(blank - word));
	to[blank - word] = '\0';
	if (!make_pair(pair, to, blank + 1) || has(&charsets, pair) ||
	    has(&others, pair) || charsets.count == charsets.max)
		return;
	cd = open_really(to, blank + 1);
	add(cd == NONE ? &others : &charsets, pair);
}

void
nd_iconvopen_prepare(void)
{
	static const char *const common[] = {
		"UTF-8 UTF-8", "UTF-8 US-ASCII", "UTF-8 ISO-8859-1",
		"UTF-8 ISO-8859-15", "UTF-8 WINDOWS-1252"};

	for (size_t i = 0; i < sizeof common / sizeof *common; i++)
		nd_iconvopen_learn(common[i]);
}
