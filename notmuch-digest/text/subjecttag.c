/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text/subjecttag.h"

#include <string.h>

#include "util/alloc.h"
#include "util/limits.h"
#include "util/str.h"

/*
 * Words that stand beside PATCH in a tag and name no tree: about the posting,
 * the kind of change, or what a mail gateway thinks of the sender.
 */
static const char *const marker_words[] = {
	"git",        "patch",      "rfc",        "pull",
	"request",    "rft",        "wip",        "poc",
	"draft",      "resend",     "resent",     "repost",
	"reposted",   "re-send",    "re-post",    "v",
	"trivial",    "fix",        "fixes",      "fixed",
	"bugfix",     "hotfix",     "fixup",      "update",
	"updated",    "new",        "urgent",     "important",
	"minor",      "small",      "cleanup",    "test",
	"testing",    "debug",      "hack",       "experimental",
	"untested",   "proposal",   "demo",       "example",
	"question",   "discuss",    "discussion", "bug",
	"regression", "report",     "autosel",    "stable",
	"backport",   "for",        "to",         "of",
	"the",        "and",        "or",         "on",
	"in",         "with",       "from",       "do",
	"not",        "don't",      "merge",      "apply",
	"commit",     "only",       "please",     "part",
	"take",       "try",        "round",      "version",
	"series",     "set",        "patchset",   "cover",
	"letter",     "next",       "mainline",   "upstream",
	"linux",      "kernel",     "lts",        "external",
	"ext",        "extern",     "spam",       "suspected",
	"unverified", "sender",     "caution",    "internal",
	"security",   "offlist",    "offline",    "was",
	"again",      "final",      "re",         "fwd",
	"docs",       "doc",        "treewide",   "cleanups",
	"nomerge",    "donotmerge", "nfc",        "about",
};

/* Digits at *at as a number, moving behind them; -1 without any or over max. */
static int
read_number(const char *text, size_t len, size_t *at, int max)
{
	int value = -1;

	while (*at < len && nd_is_digit(text[*at])) {
		value = (value < 0 ? 0 : value) * 10 + (text[*at] - '0');
		if (value > max)
			return -1;
		(*at)++;
	}
	return value;
}

/* "v3", "V3", "v5.1"; the whole of (text, len). */
static bool
read_version(struct nd_subjecttag_reader *p, const char *text, size_t len)
{
	size_t at = 1;
	int version, revision = 0;

	if (len < 2 || nd_lower(text[0]) != 'v')
		return false;
	version = read_number(text, len, &at, ND_LIMIT_VERSION);
	if (version < 0)
		return false;
	if (at < len && text[at] == '.') {
		at++;
		revision = read_number(text, len, &at, ND_LIMIT_VERSION);
	}
	if (at != len || revision < 0)
		return false;
	if (!p->versioned) {
		p->parts->version = version;
		p->parts->revision = revision;
		p->versioned = true;
	}
	return true;
}

/* "3/18"; b4 and people also write "6/5" for an afterthought. */
static bool
read_numbering(struct nd_subjecttag_reader *p, const char *text, size_t len)
{
	size_t at = 0;
	int number, total;

	number = read_number(text, len, &at, ND_LIMIT_PATCHES);
	if (number < 0 || at == len || text[at] != '/')
		return false;
	at++;
	total = read_number(text, len, &at, ND_LIMIT_PATCHES);
	if (total <= 0 || at != len)
		return false;
	if (!(p->parts->flags & ND_SUBJECT_NUMBERED)) {
		p->parts->number = number;
		p->parts->total = total;
		p->parts->flags |= ND_SUBJECT_NUMBERED;
	}
	return true;
}

/* Bytes of "5.10" at the start of (text, len); 0 when there is no release. */
static size_t
release_len(const char *text, size_t len)
{
	size_t at = 0, end;

	if (read_number(text, len, &at, 99) <= 0 || at == len ||
	    text[at] != '.')
		return 0;
	at++;
	if (at < len && text[at] == '{') /* 4.{4,9,14} */
		return len;
	end = at;
	if (read_number(text, len, &end, 999) < 0)
		return 0;
	return end;
}

/*
 * "5.10", "5.10.y", "linux-5.10.y", "stable-5.4", "stable/linux-4.19.y",
 * "5.4-stable", "5.10+", "4.19/5.4"; after the word "stable" also "v4.9".
 */
static bool
read_release(struct nd_subjecttag_reader *p, const struct nd_subjecttag *tag,
             const char *text, size_t len)
{
	static const char *const starts[] = {"stable/", "stable-", "linux-"};
	size_t release, rest;
	bool named = p->stable_word;

	for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
		if (nd_mem_starts_nocase(text, len, starts[i])) {
			text += strlen(starts[i]);
			len -= strlen(starts[i]);
			named = true;
		}
	if (named && len > 1 && nd_lower(*text) == 'v') {
		text++;
		len--;
	}
	release = release_len(text, len);
	/* "for 5.10" is about the next release, not about an old one. */
	if (release == 0 || tag->after_for)
		return false;
	rest = len - release;
	if (rest > 0 && !strchr(".+/-", text[release]))
		return false;
	if (!p->parts->stable || !*p->parts->stable)
		p->parts->stable = x_strndup(p->parts, text, release);
	return true;
}

static bool
is_marker(const char *text, size_t len)
{
	for (size_t i = 0; i < sizeof marker_words / sizeof *marker_words; i++)
		if (strlen(marker_words[i]) == len &&
		    nd_mem_equal_nocase(text, marker_words[i], len))
			return true;
	return false;
}

/* A word that may name a tree: "kvmtool", "net-next", "kvm/queue", "i-g-t". */
static bool
is_tree_name(const char *text, size_t len)
{
	if (len < 2 || len > 40 || !nd_is_alpha(text[0]) ||
	    is_marker(text, len) || nd_mem_starts_nocase(text, len, "for-") ||
	    (nd_lower(text[0]) == 'v' && nd_is_digit(text[1])))
		return false;
	for (size_t i = 0; i < len; i++)
		if (!nd_is_alpha(text[i]) && !nd_is_digit(text[i]) &&
		    !strchr("-_./+", text[i]))
			return false;
	return true;
}

static void
note_project(struct nd_subjecttag *tag, const char *text, size_t len)
{
	if (tag->projects++ > 0)
		return;
	tag->project = text;
	tag->project_len = len;
}

/* What may follow PATCH in its word: v3, -v3, -next, -for-5.2, -tip. */
static bool
read_suffix(struct nd_subjecttag_reader *p, struct nd_subjecttag *tag,
            const char *text, size_t len)
{
	if (len == 0 || read_version(p, text, len) || is_marker(text, len) ||
	    nd_mem_starts_nocase(text, len, "for-"))
		return true;
	if (text[-1] != '-' || !is_tree_name(text, len))
		return false;
	note_project(tag, text, len);
	return true;
}

/* PATCH, PATCHv3, PATCH-v2, PATCHES, PATCHSET, RFCv2, PULL, RESEND, … */
static bool
read_keyword(struct nd_subjecttag_reader *p, struct nd_subjecttag *tag,
             const char *text, size_t len)
{
	static const struct {
		const char *word;
		unsigned flag;
	} keywords[] = {
		{"patchset", ND_SUBJECT_PATCH}, {"patches", ND_SUBJECT_PATCH},
		{"patch", ND_SUBJECT_PATCH},    {"rfc", ND_SUBJECT_RFC},
		{"pull", ND_SUBJECT_PULL},      {"resend", ND_SUBJECT_RESEND},
		{"resent", ND_SUBJECT_RESEND},  {"re-send", ND_SUBJECT_RESEND},
		{"repost", ND_SUBJECT_RESEND},  {"re-post", ND_SUBJECT_RESEND},
	};

	for (size_t i = 0; i < sizeof keywords / sizeof *keywords; i++) {
		size_t skip = strlen(keywords[i].word);

		if (!nd_mem_starts_nocase(text, len, keywords[i].word))
			continue;
		if (skip < len && strchr("-_.:#", text[skip]))
			skip++;
		else if (skip < len && nd_lower(text[skip]) != 'v')
			continue;
		if (!read_suffix(p, tag, text + skip, len - skip))
			continue;
		tag->flags |= keywords[i].flag;
		return true;
	}
	return false;
}

/* "RFC/PATCH", "RFC/RFT": every part is a keyword or says nothing. */
static bool
read_compound(struct nd_subjecttag_reader *p, struct nd_subjecttag *tag,
              const char *text, size_t len)
{
	const char *slash = memchr(text, '/', len);
	size_t first;

	if (!slash)
		return read_keyword(p, tag, text, len);
	first = (size_t)(slash - text);
	if (!is_marker(text, first) || !is_marker(slash + 1, len - first - 1))
		return false;
	read_keyword(p, tag, text, first);
	read_keyword(p, tag, slash + 1, len - first - 1);
	return true;
}

static void
read_word(struct nd_subjecttag_reader *p, struct nd_subjecttag *tag,
          const char *text, size_t len)
{
	while (len > 0 && strchr("(:;|<", text[0])) {
		text++;
		len--;
	}
	while (len > 0 && strchr("):;|>", text[len - 1]))
		len--;
	if (len == 0)
		return;
	tag->words++;
	if (read_compound(p, tag, text, len) || read_numbering(p, text, len) ||
	    read_release(p, tag, text, len) || read_version(p, text, len))
		return;
	tag->after_for = len == 3 && nd_mem_equal_nocase(text, "for", len);
	if ((len == 6 && nd_mem_equal_nocase(text, "stable", len)) ||
	    (len == 7 && nd_mem_equal_nocase(text, "autosel", len))) {
		p->stable_word = true;
		if (!p->parts->stable)
			p->parts->stable = "";
		return;
	}
	if (is_tree_name(text, len))
		note_project(tag, text, len);
}

/* Words end at blanks and commas, but not inside 4.{4, 9}. */
static void
read_words(struct nd_subjecttag_reader *p, struct nd_subjecttag *tag)
{
	size_t start = 0;
	int braces = 0;

	for (size_t at = 0; at <= tag->len; at++) {
		char c = at < tag->len ? tag->text[at] : ' ';

		braces += (c == '{') - (c == '}' && braces > 0);
		if ((braces > 0 && at < tag->len) ||
		    (!nd_is_space(c) && c != ',' && c != '[' && c != ']'))
			continue;
		read_word(p, tag, tag->text + start, at - start);
		start = at + 1;
	}
}

static void
take_project(struct nd_subjecttag_reader *p, const struct nd_subjecttag *tag)
{
	/* More names than a tree and its branch: that is prose. */
	if (p->parts->project || tag->projects < 1 || tag->projects > 2)
		return;
	p->parts->project = nd_str_lower(
		x_strndup(p->parts, tag->project, tag->project_len));
}

/*
 * [kvmtool][PATCH] and [PATCH][kvmtool] name a project; in "[Qemu-devel]
 * [PATCH]" the list did, which its mailman puts before a blank.
 */
void
nd_subjecttag_read(struct nd_subjecttag_reader *p, struct nd_subjecttag tag)
{
	unsigned numbered = p->parts->flags & ND_SUBJECT_NUMBERED;
	bool versioned = p->versioned;

	p->stable_word = false;
	read_words(p, &tag);
	numbered = (p->parts->flags & ND_SUBJECT_NUMBERED) & ~numbered;
	versioned = p->versioned && !versioned;
	if (versioned && numbered)
		tag.flags |= ND_SUBJECT_PATCH;
	p->parts->flags |= tag.flags;

	if (tag.flags & ND_SUBJECTTAG_GRAMMAR) {
		take_project(p, &tag);
		if (tag.beside_previous && p->previous.words == 1)
			take_project(p, &p->previous);
	} else if (tag.words == 1 && tag.beside_previous &&
	           (p->previous.flags & ND_SUBJECTTAG_GRAMMAR)) {
		take_project(p, &tag);
	}
	p->previous = tag;
}
