/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analyse/subject.h"

#include <string.h>

#include "util/alloc.h"
#include "util/buf.h"
#include "util/limits.h"
#include "util/str.h"

enum {
	GROUP_BYTES = 256,  /* a longer bracket is text, not a tag */
	PREFIX_BYTES = 1024 /* of all groups of one subject */
};

#define GRAMMAR (ND_SUBJECT_PATCH | ND_SUBJECT_RFC | ND_SUBJECT_PULL)

/* What mail programs of the world put before an answer or a forward. */
static const struct {
	const char *word;
	unsigned flag;
} reply_prefixes[] = {
	{"re", ND_SUBJECT_REPLY},
	{"aw", ND_SUBJECT_REPLY},      /* German */
	{"antw", ND_SUBJECT_REPLY},    /* Dutch, GroupWise */
	{"antwort", ND_SUBJECT_REPLY}, /* German, Notes */
	{"sv", ND_SUBJECT_REPLY},      /* Swedish, Danish, Norwegian */
	{"vs", ND_SUBJECT_REPLY},      /* Finnish */
	{"odp", ND_SUBJECT_REPLY},     /* Polish */
	{"ynt", ND_SUBJECT_REPLY},     /* Turkish */
	{"res", ND_SUBJECT_REPLY},     /* Portuguese */
	{"rif", ND_SUBJECT_REPLY},     /* Italian */
	{"回复", ND_SUBJECT_REPLY},    /* simplified Chinese */
	{"答复", ND_SUBJECT_REPLY},
	{"回覆", ND_SUBJECT_REPLY}, /* traditional Chinese */
	{"答覆", ND_SUBJECT_REPLY},
	{"回信", ND_SUBJECT_REPLY},
	{"返信", ND_SUBJECT_REPLY},  /* Japanese */
	{"회신", ND_SUBJECT_REPLY},  /* Korean */
	{"ответ", ND_SUBJECT_REPLY}, /* Russian */
	{"Ответ", ND_SUBJECT_REPLY},
	{"automatic reply", ND_SUBJECT_REPLY},
	{"auto reply", ND_SUBJECT_REPLY},
	{"out of office", ND_SUBJECT_REPLY},
	{"自动回复", ND_SUBJECT_REPLY},
	{"fwd", ND_SUBJECT_FORWARD},
	{"fw", ND_SUBJECT_FORWARD},
	{"wg", ND_SUBJECT_FORWARD},     /* German */
	{"tr", ND_SUBJECT_FORWARD},     /* French */
	{"rv", ND_SUBJECT_FORWARD},     /* Spanish */
	{"enc", ND_SUBJECT_FORWARD},    /* Portuguese */
	{"vb", ND_SUBJECT_FORWARD},     /* Swedish */
	{"vl", ND_SUBJECT_FORWARD},     /* Finnish */
	{"doorst", ND_SUBJECT_FORWARD}, /* Dutch */
	{"转发", ND_SUBJECT_FORWARD},
	{"轉寄", ND_SUBJECT_FORWARD},
	{"转寄", ND_SUBJECT_FORWARD},
	{"轉發", ND_SUBJECT_FORWARD},
};

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

/* One bracket group while it is read. */
struct group {
	const char *text;
	size_t len;
	bool beside_previous; /* no blank between it and the group before */
	unsigned flags;
	size_t words;
	bool after_for;      /* the word before was "for" */
	const char *project; /* first word that could name a tree */
	size_t project_len;
	size_t projects; /* how many words could */
};

/* State while reading a subject. */
struct parser {
	struct nd_subject *parts;
	struct nd_buf *prefix;
	bool versioned, stable_word;
	struct group previous;
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
read_version(struct parser *p, const char *text, size_t len)
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
read_numbering(struct parser *p, const char *text, size_t len)
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
read_release(struct parser *p, const struct group *group, const char *text,
             size_t len)
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
	if (release == 0 || group->after_for)
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

/* What may follow PATCH in its word: v3, -v3, -next, -for-5.2. */
static bool
read_suffix(struct parser *p, const char *text, size_t len)
{
	return len == 0 || read_version(p, text, len) || is_marker(text, len) ||
	       nd_mem_starts_nocase(text, len, "for-");
}

/* PATCH, PATCHv3, PATCH-v2, PATCHES, PATCHSET, RFCv2, PULL, RESEND, … */
static bool
read_keyword(struct parser *p, struct group *group, const char *text,
             size_t len)
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
		if (!read_suffix(p, text + skip, len - skip))
			continue;
		group->flags |= keywords[i].flag;
		return true;
	}
	return false;
}

/* "RFC/PATCH", "RFC/RFT": every part is a keyword or says nothing. */
static bool
read_compound(struct parser *p, struct group *group, const char *text,
              size_t len)
{
	const char *slash = memchr(text, '/', len);
	size_t first;

	if (!slash)
		return read_keyword(p, group, text, len);
	first = (size_t)(slash - text);
	if (!is_marker(text, first) || !is_marker(slash + 1, len - first - 1))
		return false;
	read_keyword(p, group, text, first);
	read_keyword(p, group, slash + 1, len - first - 1);
	return true;
}

static void
read_word(struct parser *p, struct group *group, const char *text, size_t len)
{
	while (len > 0 && strchr("(:;|<", text[0])) {
		text++;
		len--;
	}
	while (len > 0 && strchr("):;|>", text[len - 1]))
		len--;
	if (len == 0)
		return;
	group->words++;
	if (read_compound(p, group, text, len) ||
	    read_numbering(p, text, len) || read_release(p, group, text, len) ||
	    read_version(p, text, len))
		return;
	group->after_for = len == 3 && nd_mem_equal_nocase(text, "for", len);
	if ((len == 6 && nd_mem_equal_nocase(text, "stable", len)) ||
	    (len == 7 && nd_mem_equal_nocase(text, "autosel", len))) {
		p->stable_word = true;
		if (!p->parts->stable)
			p->parts->stable = "";
		return;
	}
	if (!is_tree_name(text, len))
		return;
	if (group->projects++ == 0) {
		group->project = text;
		group->project_len = len;
	}
}

/* Words end at blanks and commas, but not inside 4.{4, 9}. */
static void
read_words(struct parser *p, struct group *group)
{
	size_t start = 0;
	int braces = 0;

	for (size_t at = 0; at <= group->len; at++) {
		char c = at < group->len ? group->text[at] : ' ';

		braces += (c == '{') - (c == '}' && braces > 0);
		if ((braces > 0 && at < group->len) ||
		    (!nd_is_space(c) && c != ',' && c != '[' && c != ']'))
			continue;
		read_word(p, group, group->text + start, at - start);
		start = at + 1;
	}
}

static void
take_project(struct parser *p, const struct group *group)
{
	/* More names than a tree and its branch: that is prose. */
	if (p->parts->project || group->projects < 1 || group->projects > 2)
		return;
	p->parts->project = nd_str_lower(
		x_strndup(p->parts, group->project, group->project_len));
}

/*
 * [kvmtool][PATCH] and [PATCH][kvmtool] name a project; in "[Qemu-devel]
 * [PATCH]" the list did, which its mailman puts before a blank.
 */
static void
read_group(struct parser *p, struct group group)
{
	unsigned numbered = p->parts->flags & ND_SUBJECT_NUMBERED;
	bool versioned = p->versioned;

	p->stable_word = false;
	read_words(p, &group);
	numbered = (p->parts->flags & ND_SUBJECT_NUMBERED) & ~numbered;
	versioned = p->versioned && !versioned;
	if (versioned && numbered)
		group.flags |= ND_SUBJECT_PATCH;
	p->parts->flags |= group.flags;

	if (group.flags & GRAMMAR) {
		take_project(p, &group);
		if (group.beside_previous && p->previous.words == 1)
			take_project(p, &p->previous);
	} else if (group.words == 1 && group.beside_previous &&
	           (p->previous.flags & GRAMMAR)) {
		take_project(p, &group);
	}
	if (p->prefix->len > 0 && !group.beside_previous)
		nd_buf_addc(p->prefix, ' ');
	nd_buf_addc(p->prefix, '[');
	nd_buf_add(p->prefix, group.text, group.len);
	nd_buf_addc(p->prefix, ']');
	p->previous = group;
}

/* Bytes of the bracket group at text, brackets included; 0: there is none. */
static size_t
group_len(const char *text)
{
	size_t first_close = 0;
	int depth = 0;

	if (*text != '[')
		return 0;
	for (size_t at = 0; at < GROUP_BYTES && text[at]; at++) {
		depth += (text[at] == '[') - (text[at] == ']');
		if (text[at] == ']' && first_close == 0)
			first_close = at + 1;
		if (depth == 0)
			return at + 1;
	}
	return first_close; /* "[PATCH [v2] 1/2 foo" */
}

/* Bytes of "Re:", "Re[2]:", "AW :", "回复：" at text; 0: there is none. */
static size_t
reply_prefix_len(const char *text, unsigned *flag)
{
	static const char wide_colon[] = "\xef\xbc\x9a";
	size_t count = sizeof reply_prefixes / sizeof *reply_prefixes;

	for (size_t i = 0; i < count; i++) {
		size_t at = strlen(reply_prefixes[i].word);

		if (!nd_str_starts_nocase(text, reply_prefixes[i].word))
			continue;
		at += strspn(text + at, "[](^)0123456789");
		at += strspn(text + at, " ");
		if (text[at] == ':')
			at++;
		else if (nd_str_starts(text + at, wide_colon))
			at += strlen(wide_colon);
		else
			continue;
		*flag = reply_prefixes[i].flag;
		return at;
	}
	return 0;
}

/* What stands before the title, one piece; false at the title. */
static bool
read_piece(struct parser *p, const char **text, bool beside_previous)
{
	static const char subset[] = "(subset)";
	struct group group = {0};
	unsigned flag;
	size_t len = group_len(*text);

	if (len > 0) {
		group.text = *text + 1;
		group.len = len - 2;
		group.beside_previous = beside_previous;
		read_group(p, group);
		*text += len;
		return true;
	}
	if (nd_str_starts_nocase(*text, subset)) {
		p->parts->flags |= ND_SUBJECT_SUBSET;
		*text += strlen(subset);
		return true;
	}
	/* "[External] Re: [PATCH]", but not the title of "[PATCH] tr: fix". */
	if (p->parts->flags & GRAMMAR)
		return false;
	len = reply_prefix_len(*text, &flag);
	if (len > 0) {
		p->parts->flags |= flag;
		*text += len;
	}
	return len > 0;
}

struct nd_subject *
nd_subject_parse(const void *ctx, const char *subject)
{
	struct nd_subject *parts = x_new(ctx, struct nd_subject);
	struct parser p = {.parts = parts};
	size_t len;

	p.prefix = nd_buf_new(NULL, PREFIX_BYTES);
	parts->version = 1;
	for (;;) {
		size_t blanks = strspn(subject, " \t");
		bool beside = blanks == 0 && p.previous.text &&
		              subject == p.previous.text + p.previous.len + 1;

		subject += blanks;
		if (!read_piece(&p, &subject, beside))
			break;
	}
	if (parts->stable && !(parts->flags & GRAMMAR))
		parts->stable = NULL;
	len = strlen(subject);
	nd_mem_trim(&subject, &len);
	parts->title = x_strndup(parts, subject, len);
	parts->prefix = x_strdup(parts, p.prefix->data);
	talloc_free(p.prefix);
	return parts;
}

static bool
is_word_byte(char c)
{
	return nd_is_alpha(c) || nd_is_digit(c);
}

bool
nd_subject_has_word(const struct nd_subject *parts, const char *word)
{
	const char *at = parts->prefix;
	size_t len = strlen(word);

	while ((at = nd_mem_find_nocase(at, strlen(at), word))) {
		if ((at == parts->prefix || !is_word_byte(at[-1])) &&
		    !is_word_byte(at[len]))
			return true;
		at += len;
	}
	return false;
}
