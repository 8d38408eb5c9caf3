/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text/treename.h"

#include <string.h>

#include "text/phrase.h"
#include "util/buf.h"
#include "util/str.h"

enum {
	TREE_BYTES = 120,
	TREE_WORDS = 8 /* of "the fixes branch of the foo tree" */
};

/* What ends "the foo tree". */
static const struct nd_phrase kinds[] = {
	{"branch", 1}, {"branches", 1},   {"git", 1},  {"queue", 1},
	{"repo", 1},   {"repository", 1}, {"tree", 1}, {"trees", 1},
};

/* Single words that are names of trees wherever they stand. */
static const struct nd_phrase names[] = {
	{"devel", 1},    {"linux", 1},    {"linux-next", 1}, {"main", 1},
	{"mainline", 1}, {"master", 1},   {"next", 1},       {"stable", 1},
	{"trunk", 1},    {"upstream", 1},
};

/* Single words behind "to" and "for" that are none. */
static const struct nd_phrase no_names[] = {
	{"a", 1},      {"above", 1},     {"all", 1},        {"another", 1},
	{"any", 1},    {"avoid", 1},     {"be", 1},         {"both", 1},
	{"each", 1},   {"every", 1},     {"everything", 1}, {"further", 1},
	{"get", 1},    {"him", 1},       {"it", 1},         {"later", 1},
	{"list", 1},   {"make", 1},      {"me", 1},         {"mine", 1},
	{"my", 1},     {"next week", 1}, {"now", 1},        {"one", 1},
	{"our", 1},    {"patch", 1},     {"patches", 1},    {"people", 1},
	{"review", 1}, {"see", 1},       {"some", 1},       {"that", 1},
	{"the", 1},    {"their", 1},     {"them", 1},       {"there", 1},
	{"these", 1},  {"this", 1},      {"those", 1},      {"testing", 1},
	{"top", 1},    {"us", 1},        {"v", 1},          {"which", 1},
	{"you", 1},    {"your", 1},
};

/* Words that "tree" and "branch" have before them where they are no names. */
static const struct nd_phrase no_trees[] = {
	{"another", 1}, {"any", 1},    {"device", 1},    {"different", 1},
	{"each", 1},    {"other", 1},  {"red-black", 1}, {"same", 1},
	{"some", 1},    {"source", 1}, {"this", 1},      {"which", 1},
	{"wrong", 1},
};

static size_t
token_len(const char *text, size_t len)
{
	size_t end = 0;

	while (end < len && !strchr(" ,;!?\"", text[end]) &&
	       (unsigned char)text[end] > ' ')
		end++;
	return end;
}

/* Without marks behind it: "fixes.", "kvm-next[1]", "next)". */
static size_t
bare_len(const char *text, size_t len)
{
	for (;;) {
		size_t begin = len;

		while (len > 0 && strchr(".:)'`*", text[len - 1]))
			len--;
		begin = len;
		if (len < 3 || text[len - 1] != ']')
			return len;
		begin--;
		while (begin > 0 && nd_is_digit(text[begin - 1]))
			begin--;
		if (begin == 0 || begin == len - 1 || text[begin - 1] != '[')
			return len;
		len = begin - 1;
	}
}

static bool
is_word(struct nd_phrases table, const char *text, size_t len)
{
	size_t end = 0;

	return nd_phrases_at(table, text, len, &end) && end == len;
}

/* "5.10", "6.1-rc3", "v5.12", "-rc3": of a release, not of a series ("v3"). */
static bool
is_version(const char *text, size_t len)
{
	size_t at = len > 0 && nd_lower(text[0]) == 'v';
	bool dot = false;

	if (nd_mem_starts_nocase(text, len, "-rc") && len > 3)
		return nd_is_digit(text[3]);
	if (at == len || !nd_is_digit(text[at]))
		return false;
	for (; at < len && (nd_is_digit(text[at]) || text[at] == '.'); at++)
		dot = dot || text[at] == '.';
	if (!dot || text[len - 1] == '+')
		return false;
	return at == len || text[at] == '-';
}

static bool
is_url(const char *text, size_t len)
{
	return nd_mem_starts_nocase(text, len, "http://") ||
	       nd_mem_starts_nocase(text, len, "https://") ||
	       nd_mem_starts_nocase(text, len, "git://") ||
	       nd_mem_starts_nocase(text, len, "git@");
}

static bool
has_letter(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (nd_is_alpha(text[i]))
			return true;
	return false;
}

/* "lib/foo.c", "doc/index.rst"; not "foo/bar.git", "stable/linux-6.1.y" */
static bool
is_file(const char *text, size_t len)
{
	size_t at = len;

	while (at > 0 && text[at - 1] != '.' && text[at - 1] != '/')
		at--;
	return at > 0 && text[at - 1] == '.' && len - at <= 4 && len - at > 0 &&
	       !nd_is_digit(text[at]) &&
	       !nd_mem_ends_nocase(text, len, ".git") &&
	       !nd_mem_ends_nocase(text, len, ".y");
}

/* A token that can only be a name: has the marks of one. */
static bool
is_marked(const char *text, size_t len)
{
	static const char *const heads[] = {"for-", "for/", "next-", "-next",
	                                    "topic/"};
	static const char *const tails[] = {
		"-next",   "/next", "-fixes", "/fixes", "-queue",   "/queue",
		"-stable", ".git",  "-rc",    "-tree",  "-unstable"};

	if (memchr(text, '_', len) && !memchr(text, '/', len))
		return false;
	if (memchr(text, '(', len) || memchr(text, '<', len) ||
	    memchr(text, '@', len) || memchr(text, '=', len))
		return false;
	/* "1/4" is a patch; "drivers/foo.c" a file; "and/or" */
	if (memchr(text, '/', len))
		return has_letter(text, len) && text[0] != '/' &&
		       !is_file(text, len) &&
		       !nd_mem_ends_nocase(text, len, "/or") &&
		       text[len - 1] != '/';
	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
		if (nd_mem_starts_nocase(text, len, heads[i]))
			return true;
	for (size_t i = 0; i < sizeof tails / sizeof *tails; i++)
		if (nd_mem_ends_nocase(text, len, tails[i]))
			return true;
	return is_version(text, len);
}

static bool
is_name_byte(char c)
{
	return nd_is_alnum(c) || strchr("-_./+#~:@'", c) != NULL;
}

/* A token that may be a name, or a part of one. */
static bool
is_token(const char *text, size_t len)
{
	if (len == 0)
		return false;
	for (size_t i = 0; i < len; i++)
		if (!is_name_byte(text[i]))
			return false;
	return true;
}

/* "https://…/foo.git for-next": a branch may stand behind the repository. */
static size_t
url_len(const char *text, size_t len)
{
	size_t url = bare_len(text, token_len(text, len)), at = url, branch;

	while (at < len && text[at] == ' ')
		at++;
	branch = bare_len(text + at, token_len(text + at, len - at));
	if (at > url && at - url <= 2 && branch > 0 &&
	    (is_marked(text + at, branch) ||
	     is_word(ND_PHRASES(names), text + at, branch)) &&
	    !is_url(text + at, branch))
		return at + branch;
	return url;
}

/* "(for-next/fixes)" behind a name. */
static size_t
bracket_len(const char *text, size_t len)
{
	const char *close;
	size_t size;

	if (len < 4 || text[0] != ' ' || text[1] != '(')
		return 0;
	close = memchr(text, ')', len);
	size = close ? (size_t)(close - text) - 2 : 0;
	if (size == 0 || !is_token(text + 2, size) || is_url(text + 2, size))
		return 0;
	return size + 3;
}

/*
 * "the foo tree", "my for-next branch of the foo repository": the words up to
 * the last that says what it is; 0 when none does soon.
 */
static size_t
described_len(const char *text, size_t len)
{
	size_t at = 0, found = 0;

	for (size_t i = 0; i < TREE_WORDS && at < len; i++) {
		size_t whole = token_len(text + at, len - at), size;

		size = bare_len(text + at, whole);
		if (!is_token(text + at, size) ||
		    is_word(ND_PHRASES(no_trees), text + at, size))
			break;
		if (i > 0 && is_word(ND_PHRASES(kinds), text + at, size)) {
			found = at + size;
			/* Only "of" goes on: "the x branch of the y tree". */
			if (whole > size ||
			    (!nd_mem_starts(text + found, len - found,
			                    " of ") &&
			     !nd_mem_starts(text + found, len - found, " in ")))
				break;
		}
		at += size;
		if (whole > size || at == len || text[at] != ' ')
			break;
		while (at < len && text[at] == ' ')
			at++;
	}
	return found;
}

/* "for next week", "in main memory": the word says something of another. */
static bool
stands_alone(const char *text, size_t len)
{
	static const struct nd_phrase stops[] = {
		{"after", 1}, {"along", 1},   {"already", 1}, {"and", 1},
		{"as", 1},    {"because", 1}, {"but", 1},     {"by", 1},
		{"for", 1},   {"from", 1},    {"in", 1},      {"instead", 1},
		{"now", 1},   {"on", 1},      {"only", 1},    {"since", 1},
		{"so", 1},    {"thank", 1},   {"thanks", 1},  {"thx", 1},
		{"today", 1}, {"too", 1},     {"via", 1},     {"which", 1},
		{"will", 1},  {"with", 1},    {"without", 1}, {"yesterday", 1},
	};

	if (len == 0 || *text != ' ')
		return true;
	while (len > 0 && *text == ' ') {
		text++;
		len--;
	}
	return len == 0 || !nd_is_alpha(*text) ||
	       nd_phrases_at(ND_PHRASES(stops), text, len, NULL);
}

/* " of foo.git" behind "the next branch" */
static size_t
owner_len(const char *text, size_t len)
{
	size_t size;

	if (!nd_mem_starts(text, len, " of "))
		return 0;
	size = bare_len(text + 4, token_len(text + 4, len - 4));
	return size > 0 && is_token(text + 4, size) && is_marked(text + 4, size)
	               ? size + 4
	               : 0;
}

static bool
is_single_name(const char *text, size_t len)
{
	if (!is_token(text, len) ||
	    nd_phrases_at(ND_PHRASES(no_names), text, len, NULL))
		return false;
	/* "queued for v3" is the author's next version, "1/4" a patch */
	if (nd_lower(*text) == 'v' && len > 1 && nd_is_digit(text[1]))
		return is_version(text, len);
	if (memchr(text, '/', len))
		return is_marked(text, len);
	return is_version(text, len) ||
	       (!nd_is_digit(*text) && *text != '#' && *text != '@');
}

static bool
has_article(const char *text, size_t len, size_t *end)
{
	static const struct nd_phrase articles[] = {
		{"a", 1}, {"my", 1}, {"our", 1}, {"the", 1}, {"their", 1},
	};

	return nd_phrases_at(ND_PHRASES(articles), text, len, end) &&
	       *end < len && text[*end] == ' ';
}

size_t
nd_treename_read(const char **text, size_t len)
{
	const char *at = *text;
	size_t size, article = 0;

	while (len > 0 && strchr(" \"'`*", *at)) {
		at++;
		len--;
	}
	if (len > TREE_BYTES)
		len = TREE_BYTES;
	if (is_url(at, len)) {
		*text = at;
		return url_len(at, len);
	}
	size = described_len(at, len);
	if (has_article(at, len, &article)) {
		const char *name = at + article + 1;
		size_t left = len - article - 1;
		size_t token = bare_len(name, token_len(name, left));

		if (size > 0 && !nd_mem_starts_nocase(at, len, "a ")) {
			*text = at;
			return size + owner_len(at + size, len - size);
		}
		/* "the for-next of foo" */
		if (token > 0 && !nd_mem_starts_nocase(at, len, "a ") &&
		    is_token(name, token) &&
		    (is_marked(name, token) ||
		     (is_word(ND_PHRASES(names), name, token) &&
		      stands_alone(name + token, left - token)))) {
			*text = name;
			return token;
		}
		return 0;
	}
	if (size > 0 && !nd_phrases_at(ND_PHRASES(no_names), at, size, NULL)) {
		*text = at;
		return size + owner_len(at + size, len - size);
	}
	size = bare_len(at, token_len(at, len));
	if (!is_single_name(at, size))
		return 0;
	if (!is_marked(at, size) && !bracket_len(at + size, len - size) &&
	    !stands_alone(at + size, len - size))
		return 0;
	*text = at;
	return size + bracket_len(at + size, len - size);
}

bool
nd_treename_is_plain(const char *name, size_t len)
{
	size_t first = token_len(name, len);

	if (is_url(name, len) || described_len(name, len) > 0)
		return true;
	if (first < len) /* "arm64 (for-next/fixes)" */
		return true;
	return is_marked(name, len) || is_word(ND_PHRASES(names), name, len);
}

bool
nd_treename_is_specific(const char *name, size_t len)
{
	size_t article = 0;

	if (!has_article(name, len, &article))
		return true;
	return !is_word(ND_PHRASES(kinds), name + article + 1,
	                len - article - 1);
}

bool
nd_treename_is_same(const char *a, size_t a_len, const char *b, size_t b_len)
{
	if (nd_mem_ends_nocase(a, a_len, ".git"))
		a_len -= strlen(".git");
	if (nd_mem_ends_nocase(b, b_len, ".git"))
		b_len -= strlen(".git");
	return a_len == b_len && nd_mem_equal_nocase(a, b, a_len);
}

bool
nd_treename_is_common(const char *name, size_t len)
{
	return is_word(ND_PHRASES(names), name, len);
}

/* Where of a link its last two folders begin: "foo/bar.git" */
static size_t
last_folders(const char *link, size_t len)
{
	unsigned folders = 0;

	while (len && link[len - 1] == '/')
		len--;
	while (len && (link[len - 1] != '/' || ++folders < 2))
		len--;
	return len;
}

const char *
nd_treename_short(const void *ctx, const char *list)
{
	static const char scheme[] = "://";
	struct nd_buf *out = nd_buf_new(ctx, strlen(list));

	while (*list) {
		size_t len = strcspn(list, " ;");
		const char *host = nd_mem_find_nocase(list, len, scheme);
		size_t skip = 0;

		if (host) {
			skip = (size_t)(host - list) + strlen(scheme);
			skip += last_folders(list + skip, len - skip);
		}
		nd_buf_add(out, list + skip, len - skip);
		list += len;
		len = strspn(list, " ;");
		nd_buf_add(out, list, len);
		list += len;
	}
	return nd_buf_finish(ctx, out);
}
