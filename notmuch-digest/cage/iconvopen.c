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

/* What has been tried: it stays open, so that its code stays loaded. */
static struct {
	char pair[ND_LIMIT_CAGE_WORD_BYTES];
	iconv_t cd; /* NONE: there is no such */
} tried[ND_ICONVOPEN_MAX];
static size_t tried_count;

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

/* -1: it has not been tried */
static int
find(const char *pair)
{
	for (size_t i = 0; i < tried_count; i++)
		if (strcmp(tried[i].pair, pair) == 0)
			return (int)i;
	return -1;
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
	int known;

	if (!nd_worker_is_here())
		return open_really(to, from);
	errno = EINVAL;
	if (!make_pair(pair, to, from))
		return NONE;
	known = find(pair);
	if (known >= 0 && tried[known].cd != NONE)
		return open_really(to, from);
	if (known < 0 && tried_count < ND_ICONVOPEN_MAX)
		nd_worker_want(pair);
	errno = EINVAL;
	return NONE;
}

void
nd_iconvopen_learn(const char *pair)
{
	const char *blank = strchr(pair, ' ');
	char own[ND_LIMIT_CAGE_WORD_BYTES], *to = own, *from;

	if (!blank || tried_count >= ND_ICONVOPEN_MAX ||
	    strlen(pair) >= sizeof own)
		return;
	memcpy(own, pair, strlen(pair) + 1);
	own[blank - pair] = '\0';
	from = own + (blank - pair) + 1;
	if (!make_pair(tried[tried_count].pair, to, from) ||
	    find(tried[tried_count].pair) >= 0)
		return;
	tried[tried_count].cd = open_really(to, from);
	tried_count++;
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
