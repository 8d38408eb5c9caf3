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
	"nopull",     "yet",        "no",         "dont",
	"bomb",       "patchbomb",  "revised",    "respin",
	"rev",        "announce",   "help",       "review",
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

/* "4.19", "6.12": what kernel.org calls longterm; others have more digits. */
static bool
is_longterm(int major, int minor)
{
	static const struct {
		int major, minor;
	} releases[] = {{4, 4}, {4, 9}, {5, 4}, {6, 1}, {6, 6}};

	for (size_t i = 0; i < sizeof releases / sizeof *releases; i++)
		if (releases[i].major == major && releases[i].minor == minor)
			return true;
	return false;
}

/*
 * "v5.15", "v6.1.y", "v2019.04", "v6.1-rc3": releases of a kernel or a boot
 * loader, where "v5.1" is the second try of version 5.
 */
static bool
is_release_number(const char *text, size_t len)
{
	size_t at = 1, start;
	int major, minor;

	if (len < 4 || nd_lower(text[0]) != 'v')
		return false;
	major = read_number(text, len, &at, ND_LIMIT_VERSION);
	if (major < 0 || at == len || text[at] != '.')
		return false;
	start = ++at;
	minor = read_number(text, len, &at, ND_LIMIT_VERSION);
	if (minor < 0)
		return false;
	return at < len || at - start > 1 || is_longterm(major, minor);
}

/* "v3", "V3", "v5.1" at *at, moving behind it. */
static bool
read_version_at(struct nd_subjecttag_reader *p, const char *text, size_t len,
                size_t *at)
{
	size_t end = *at + 1;
	int version, revision = 0;

	if (*at + 1 >= len || nd_lower(text[*at]) != 'v')
		return false;
	version = read_number(text, len, &end, ND_LIMIT_VERSION);
	if (version < 0)
		return false;
	if (end < len && text[end] == '.') {
		end++;
		revision = read_number(text, len, &end, ND_LIMIT_VERSION);
	}
	if (revision < 0)
		return false;
	*at = end;
	if (!p->versioned) {
		p->parts->version = version;
		p->parts->revision = revision;
		p->versioned = true;
	}
	return true;
}

static void
note_numbering(struct nd_subjecttag_reader *p, int number, int total)
{
	if (total <= 0 || (p->parts->flags & ND_SUBJECT_NUMBERED))
		return;
	p->parts->number = number;
	p->parts->total = total;
	p->parts->flags |= ND_SUBJECT_NUMBERED;
}

/* "3/18" at *at, moving behind it; people also write "6/5". */
static bool
read_numbering_at(struct nd_subjecttag_reader *p, const char *text, size_t len,
                  size_t *at)
{
	size_t end = *at;
	int number, total;

	number = read_number(text, len, &end, ND_LIMIT_PATCHES);
	if (number < 0 || end == len)
		return false;
	if (text[end] == '/')
		end++;
	else if (nd_mem_starts_nocase(text + end, len - end, "of"))
		end += 2;
	else
		return false;
	total = read_number(text, len, &end, ND_LIMIT_PATCHES);
	if (total <= 0)
		return false;
	*at = end;
	note_numbering(p, number, total);
	return true;
}

static size_t
skip_joint(const char *text, size_t len, size_t at)
{
	return at + 1 < len && strchr("-_.:#,", text[at]) ? at + 1 : at;
}

/* "v3", "3/18", and both without a blank: "v3-1/2", "1/2v3". */
static bool
read_numbers(struct nd_subjecttag_reader *p, const char *text, size_t len)
{
	struct nd_subject parts = *p->parts;
	struct nd_subjecttag_reader trial = *p;
	size_t at = 0;

	trial.parts = &parts;
	if (len == 0 || is_release_number(text, len))
		return false;
	if (read_version_at(&trial, text, len, &at)) {
		at = skip_joint(text, len, at);
		read_numbering_at(&trial, text, len, &at);
	} else if (read_numbering_at(&trial, text, len, &at)) {
		at = skip_joint(text, len, at);
		read_version_at(&trial, text, len, &at);
	}
	if (at != len)
		return false;
	*p->parts = parts;
	p->versioned = trial.versioned;
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
 * "5.4-stable", "5.10+", "4.19/5.4", "v6.1.y", "v5.15"; after the word
 * "stable" any with "v".
 */
static bool
read_release(struct nd_subjecttag_reader *p, const struct nd_subjecttag *tag,
             const char *text, size_t len)
{
	static const char *const starts[] = {"stable/", "stable-", "linux-"};
	size_t release, rest;
	bool named = p->stable_word || tag->after_for ||
	             is_release_number(text, len);

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
	if (release == 0)
		return false;
	rest = len - release;
	if (rest > 0 && !strchr(".+/-", text[release]))
		return false;
	/* "for 5.10" and "5.10-rc3" are about the next release. */
	if (tag->after_for || nd_mem_starts_nocase(text + release, rest, "-rc"))
		return true;
	if (!p->parts->stable || !*p->parts->stable)
		p->parts->stable = x_strndup(p->parts, text, release);
	return true;
}

static bool
is_marker(const char *text, size_t len)
{
	for (size_t i = 0; i < sizeof marker_words / sizeof *marker_words; i++)
		if (nd_mem_is_nocase(text, len, marker_words[i]))
			return true;
	return false;
}

/* A word that may name a tree: "kvmtool", "net-next", "kvm/queue", "i-g-t". */
static bool
is_tree_name(const char *text, size_t len)
{
	if (len < 2 || len > 40 || !nd_is_alpha(text[0]) ||
	    is_marker(text, len) || nd_mem_starts_nocase(text, len, "pre-") ||
	    (nd_lower(text[0]) == 'v' && nd_is_digit(text[1])))
		return false;
	for (size_t i = 0; i < len; i++)
		if (!nd_is_alpha(text[i]) && !nd_is_digit(text[i]) &&
		    !strchr("-_./+", text[i]))
			return false;
	return true;
}

/* "dev-5.15", "v2019.04-aspeed", "for-6.18", "for-next": of what stands before
 * it. */
static bool
is_branch_name(const char *text, size_t len)
{
	if (nd_mem_starts_nocase(text, len, "for-"))
		return true;
	for (size_t i = 1; i + 1 < len; i++)
		if (text[i] == '.' && nd_is_digit(text[i - 1]) &&
		    nd_is_digit(text[i + 1]))
			return true;
	return false;
}

static void
note_project(struct nd_subjecttag *tag, const char *text, size_t len)
{
	if (tag->projects++ > 0)
		return;
	tag->project = text;
	tag->project_len = len;
}

/* A tree, or the branch of the tree in front of it. */
static void
note_name(struct nd_subjecttag *tag, const char *text, size_t len,
          const char *before)
{
	/* "linux" alone names nothing. */
	if (before && tag->projects == 0 && is_branch_name(text, len))
		note_project(tag, before, tag->last_len);
	if (before && before == tag->project && is_branch_name(text, len)) {
		tag->branch = text;
		tag->branch_len = len;
	} else if (is_tree_name(text, len)) {
		note_project(tag, text, len);
	}
}

/* What may follow PATCH in its word: v3, -v3, 1/3, -next, -for-5.2, -tip. */
static bool
read_suffix(struct nd_subjecttag_reader *p, struct nd_subjecttag *tag,
            const char *text, size_t len)
{
	if (len == 0 || read_numbers(p, text, len) || is_marker(text, len) ||
	    nd_mem_starts_nocase(text, len, "for-"))
		return true;
	if (text[-1] != '-' || !is_tree_name(text, len))
		return false;
	note_project(tag, text, len);
	return true;
}

/* PATCH, PATCHv3, PATCH1/3, PATCH-v2, PATCHES, PATCHSET, RFCv2, PULL, … */
static bool
read_keyword(struct nd_subjecttag_reader *p, struct nd_subjecttag *tag,
             const char *text, size_t len)
{
	static const struct {
		const char *word;
		unsigned flag;
	} keywords[] = {
		/* The first one counts sets. */
		{"patchset", ND_SUBJECT_PATCH},  {"patches", ND_SUBJECT_PATCH},
		{"patchbomb", ND_SUBJECT_PATCH}, {"patch", ND_SUBJECT_PATCH},
		{"rfc", ND_SUBJECT_RFC},         {"pull", ND_SUBJECT_PULL},
		{"resend", ND_SUBJECT_RESEND},   {"resent", ND_SUBJECT_RESEND},
		{"re-send", ND_SUBJECT_RESEND},  {"repost", ND_SUBJECT_RESEND},
		{"re-post", ND_SUBJECT_RESEND},  {"git-pull", ND_SUBJECT_PULL},
	};

	for (size_t i = 0; i < sizeof keywords / sizeof *keywords; i++) {
		size_t skip = strlen(keywords[i].word);

		if (!nd_mem_starts_nocase(text, len, keywords[i].word))
			continue;
		if (skip < len && strchr("-_.:#", text[skip]))
			skip++;
		else if (skip < len && nd_lower(text[skip]) != 'v' &&
		         !nd_is_digit(text[skip]))
			continue;
		if (!read_suffix(p, tag, text + skip, len - skip))
			continue;
		/* [NOT YET PULL] asks for the opposite. */
		if (keywords[i].flag != ND_SUBJECT_PULL || !tag->negated)
			tag->flags |= keywords[i].flag;
		p->counts_sets |= i == 0;
		return true;
	}
	return false;
}

/* "v2PATCH12/15", "v3RFC" */
static bool
read_version_and_keyword(struct nd_subjecttag_reader *p,
                         struct nd_subjecttag *tag, const char *text,
                         size_t len)
{
	size_t at = 0, digits = 1;

	while (digits < len && nd_is_digit(text[digits]))
		digits++;
	if (digits < 2 || digits == len || nd_lower(*text) != 'v')
		return false;
	at = skip_joint(text, len, digits);
	if (!read_keyword(p, tag, text + at, len - at))
		return false;
	at = 0;
	return read_version_at(p, text, digits, &at);
}

/* "RFC/PATCH", "RFC/RFT": every part is a keyword or says nothing. */
static bool
read_compound(struct nd_subjecttag_reader *p, struct nd_subjecttag *tag,
              const char *text, size_t len)
{
	const char *slash = memchr(text, '/', len);
	size_t first;

	if (read_keyword(p, tag, text, len))
		return true;
	if (!slash)
		return false;
	first = (size_t)(slash - text);
	if (!is_marker(text, first) || !is_marker(slash + 1, len - first - 1))
		return false;
	read_keyword(p, tag, text, first);
	read_keyword(p, tag, slash + 1, len - first - 1);
	return true;
}

/* "1 of 3", as hg writes it, and "1 / 3", word by word. */
static bool
read_counting(struct nd_subjecttag_reader *p, struct nd_subjecttag *tag,
              const char *text, size_t len)
{
	size_t at = 0;
	int number = read_number(text, len, &at, ND_LIMIT_PATCHES);

	if (number < 0) {
		tag->after_of =
			tag->count > 0 &&
			((len == 1 && *text == '/') ||
		         (len == 2 && nd_mem_equal_nocase(text, "of", len)));
		return tag->after_of;
	}
	if (at < len && (at + 1 < len || text[at] != '/'))
		return false;
	if (tag->after_of && at == len)
		note_numbering(p, tag->count - 1, number);
	tag->count = number + 1;
	tag->after_of = at < len; /* "1/ 3" */
	return true;
}

static bool
is_negation(const char *text, size_t len)
{
	return nd_mem_is_nocase(text, len, "not") ||
	       nd_mem_is_nocase(text, len, "no") ||
	       nd_mem_is_nocase(text, len, "don't") ||
	       nd_mem_is_nocase(text, len, "dont");
}

/* "stable", "autosel": the group is about an old release. */
static bool
read_stable_word(struct nd_subjecttag_reader *p, struct nd_subjecttag *tag,
                 const char *text, size_t len)
{
	if (!nd_mem_is_nocase(text, len, "stable") &&
	    !nd_mem_is_nocase(text, len, "autosel"))
		return false;
	tag->after_for = false;
	p->stable_word = true;
	if (!p->parts->stable)
		p->parts->stable = "";
	return true;
}

static void
read_name(struct nd_subjecttag *tag, const char *text, size_t len)
{
	const char *before = tag->last;
	bool named = is_tree_name(text, len);

	tag->after_for = nd_mem_is_nocase(text, len, "for");
	tag->negated = tag->negated || is_negation(text, len);
	if (named || (is_release_number(text, len) && before &&
	              is_branch_name(text, len)))
		note_name(tag, text, len, before);
	else if (!is_marker(text, len))
		tag->strange++;
	tag->last = named || nd_mem_is_nocase(text, len, "linux") ? text : NULL;
	tag->last_len = len;
}

static void
read_word(struct nd_subjecttag_reader *p, struct nd_subjecttag *tag,
          const char *text, size_t len)
{
	while (len > 0 && strchr("(:;|<", text[0])) {
		text++;
		len--;
	}
	while (len > 0 && strchr("):;|>\\", text[len - 1]))
		len--;
	/* [PATCH -v2] */
	if (len > 1 && text[0] == '-' && nd_lower(text[1]) == 'v') {
		text++;
		len--;
	}
	if (len == 0)
		return;
	tag->words++;
	if (read_compound(p, tag, text, len) ||
	    read_release(p, tag, text, len) || read_numbers(p, text, len) ||
	    read_version_and_keyword(p, tag, text, len) ||
	    read_counting(p, tag, text, len) ||
	    read_stable_word(p, tag, text, len))
		tag->last = NULL;
	else
		read_name(tag, text, len);
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
	char *name;

	/* More names than a tree and its branch: that is prose. */
	if (p->parts->project || tag->projects < 1 || tag->projects > 2)
		return;
	name = x_strndup(p->parts, tag->project, tag->project_len);
	if (tag->branch && tag->projects == 1)
		name = x_asprintf(p->parts, "%s %.*s", name,
		                  (int)tag->branch_len, tag->branch);
	p->parts->project = nd_str_lower(name);
}

/* "[u-boot, v2019.04-aspeed-openbmc 1/1]": a branch of a tree, and n/m. */
static bool
is_numbered_branch(const struct nd_subjecttag *tag, unsigned numbered)
{
	return numbered && tag->branch && tag->projects == 1 &&
	       tag->strange == 0;
}

bool
nd_subjecttag_is_plain(const char *text, size_t len)
{
	struct nd_subject *parts = x_new(NULL, struct nd_subject);
	struct nd_subjecttag_reader reader = {.parts = parts};
	struct nd_subjecttag tag = {.text = text, .len = len};
	bool says;

	read_words(&reader, &tag);
	says = tag.flags != 0 || reader.versioned ||
	       (parts->flags & ND_SUBJECT_NUMBERED);
	talloc_free(parts);
	return says && tag.strange == 0 && tag.projects == 0;
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
	if ((versioned && numbered) || is_numbered_branch(&tag, numbered))
		tag.flags |= ND_SUBJECT_PATCH;
	p->parts->flags |= tag.flags;
	p->parts->versioned = p->versioned;

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
