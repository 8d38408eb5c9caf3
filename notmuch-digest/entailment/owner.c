/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "entailment/owner.h"

#include <string.h>

#include "text/phrase.h"
#include "util/alloc.h"
#include "util/str.h"

enum {
	MINE_REACH = 48, /* bytes from "my" to what it is */
	OWN_REACH = 24,  /* bytes between a name and the patch it has */
};

bool
nd_owner_of_patch(const char *text, size_t start, size_t end)
{
	static const char *const before[] = {
		"patch of ",    "patches of ",    "series of ",
		"patch from ",  "patches from ",  "series from ",
		"patch by ",    "patches by ",    "series by ",
		"patchset of ", "patchset from ", "patchset by "};
	static const char *const behind[] = {
		"'s patch", "’s patch", "'s series", "’s series",
		"的补丁",   " 的补丁",  "的系列",    " 的系列"};

	for (size_t i = 0; i < sizeof before / sizeof *before; i++)
		if (nd_mem_ends_nocase(text, start, before[i]))
			return true;
	for (size_t i = 0; i < sizeof behind / sizeof *behind; i++)
		if (nd_str_starts_nocase(text + end, behind[i]))
			return true;
	return false;
}

bool
nd_owner_is_named(const char *own, const char *part)
{
	size_t len = strlen(own), size = strlen(part);

	for (const char *at = own;
	     (at = nd_phrase_find_word(at, len - (size_t)(at - own), part));
	     at += size) {
		const char *behind = at + size;
		size_t reach = strnlen(behind, OWN_REACH);

		if (nd_mem_ends_nocase(own, (size_t)(at - own), " from ") ||
		    nd_mem_ends_nocase(own, (size_t)(at - own), " by "))
			return true;
		if ((nd_str_starts(behind, "'s ") ||
		     nd_str_starts(behind, "’s ")) &&
		    (nd_mem_find_nocase(behind, reach, "patch") ||
		     nd_mem_find_nocase(behind, reach, "series") ||
		     nd_mem_find_nocase(behind, reach, "set")))
			return true;
	}
	return false;
}

const char *
nd_owner_thing(const void *ctx, const char *text, size_t start, size_t end)
{
	const char *from = text + end;
	size_t len = start;

	if (nd_str_starts(from, "'s ") || nd_str_starts(from, "’s ")) {
		from = strchr(from, ' ') + 1;
		return x_strndup(ctx, from, strcspn(from, " ,.;:"));
	}
	if (!nd_mem_ends_nocase(text, start, " of "))
		return NULL;
	len -= strlen(" of ");
	for (start = len; start > 0 && text[start - 1] != ' ';)
		start--;
	return x_strndup(ctx, text + start, len - start);
}

bool
nd_owner_is_speaker(const char *quote, const char *thing)
{
	static const char *const mine[] = {"my",      "I've got", "I have",
	                                   "I wrote", "I made",   "I posted",
	                                   "I sent"};
	size_t len = strlen(quote);
	bool found = false;

	for (size_t i = 0; i < sizeof mine / sizeof *mine && !found; i++) {
		const char *at = nd_mem_find_nocase(quote, len, mine[i]);
		char *reach;

		if (!at || (at > quote && nd_is_word_byte(at[-1])))
			continue;
		reach = x_strndup(NULL, at, strnlen(at, MINE_REACH));
		found = nd_phrase_find_word(reach, strlen(reach), thing);
		talloc_free(reach);
	}
	return found;
}
