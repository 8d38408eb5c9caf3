/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/querytext.h"

#include <string.h>

#include "util/alloc.h"
#include "util/limits.h"
#include "util/str.h"

enum { PLAIN_WORDS = 200, SHOWN = 60 };

static const char *const prefixes[] = {
	"attachment", "body",    "date",    "folder",   "from",   "id",
	"is",         "lastmod", "mid",     "mimetype", "path",   "property",
	"query",      "sexp",    "subject", "tag",      "thread", "to",
};

struct reading {
	const char *query, *at;
	nd_querytext_known *known;
	void *arg;
	unsigned nesting; /* of queries named in queries */
	unsigned depth;   /* of brackets */
	size_t words;
	struct nd_error *err;
};

/* Queries may name queries: recursion ends at ND_LIMIT_QUERY_NESTING. */
static enum nd_status check(struct reading *r);

static enum nd_status
wrong(struct reading *r, const char *part, size_t len, const char *what,
      const char *remedy)
{
	return nd_fail(r->err, ND_ERR_USAGE,
	               "cannot parse the query '%.100s': '%.*s' %s%s%s",
	               r->query, (int)(len > SHOWN ? SHOWN : len), part, what,
	               *remedy ? "\n" : "", remedy);
}

static enum nd_status
unbalanced(struct reading *r, const char *what)
{
	return nd_fail(r->err, ND_ERR_USAGE,
	               "cannot parse the query '%.100s': it has %s", r->query,
	               what);
}

static bool
ends_word(char c)
{
	return c == '\0' || c == '(' || c == ')' || nd_is_space(c);
}

static bool
is_prefix(struct reading *r, const char *name)
{
	const char *text;

	for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++)
		if (strcmp(prefixes[i], name) == 0)
			return true;
	return r->known(r->arg, "header", name, &text);
}

/* A query in a query: query:NAME, thread:"{...}". */
static enum nd_status
check_inner(struct reading *r, const char *query)
{
	struct reading inner = {
		.query = query,
		.at = query,
		.known = r->known,
		.arg = r->arg,
		.nesting = r->nesting + 1,
		.words = r->words,
		.err = r->err,
	};
	enum nd_status st;

	if (inner.nesting > ND_LIMIT_QUERY_NESTING)
		return wrong(r, query, strlen(query),
		             "is nested too deep in other queries", "");
	st = check(&inner);
	r->words = inner.words;
	return st;
}

static enum nd_status
check_named(struct reading *r, const char *name)
{
	const char *text = "";

	if (!r->known(r->arg, "query", name, &text))
		return wrong(r, name, strlen(name),
		             "is the name of no saved query",
		             "'notmuch config list' has query.NAME=...");
	return check_inner(r, text);
}

/* What notmuch would make of a value; value is without quotes. */
static enum nd_status
check_value(struct reading *r, const char *name, char *value)
{
	size_t len = strlen(value);

	/* notmuch looks for the word "to" then. */
	if (len == 0 || strcmp(value, "*") == 0)
		return wrong(r, name, strlen(name), "has nothing to look for",
		             "");
	if (strcmp(name, "query") == 0)
		return check_named(r, value);
	if (strcmp(name, "lastmod") == 0 && !strstr(value, ".."))
		return wrong(r, value, len, "is not a range", "write N..M");
	if (strcmp(name, "thread") == 0 && len > 1 && *value == '{' &&
	    value[len - 1] == '}') {
		value[len - 1] = '\0';
		return check_inner(r, value + 1);
	}
	return ND_OK;
}

/* Pass a quoted text; *out, owned by ctx, is without its quotes. */
static enum nd_status
read_quoted(void *ctx, struct reading *r, char **out)
{
	const char *start = r->at++;
	char *to;

	*out = to = x_array(ctx, char, strlen(start) + 1);
	for (; *r->at; r->at++) {
		if (nd_is_space(*r->at))
			r->words++;
		if (*r->at != '"')
			*to++ = *r->at;
		else if (r->at[1] == '"')
			*to++ = *r->at++;
		else
			break;
	}
	if (!*r->at++)
		return unbalanced(r, "a '\"' without its other half");
	if (!ends_word(*r->at))
		return wrong(r, start, (size_t)(r->at - start) + 1,
		             "goes on behind a quote", "put a blank there");
	return ND_OK;
}

/* "name:value", "name:"quoted"", "name:(": at is behind the colon. */
static enum nd_status
check_term(void *ctx, struct reading *r, const char *name)
{
	const char *start = r->at;
	enum nd_status st = ND_OK;
	char *value;

	if (*r->at == '(')
		return ND_OK;
	if (*r->at == '"') {
		st = read_quoted(ctx, r, &value);
		/* The mail root itself is the folder "". */
		if (st == ND_OK && !*value &&
		    (strcmp(name, "folder") == 0 || strcmp(name, "path") == 0))
			return ND_OK;
		return st == ND_OK ? check_value(r, name, value) : st;
	}
	while (!ends_word(*r->at) && *r->at != '"')
		r->at++;
	if (*r->at == '"' || *start == '\'')
		return wrong(r, name, strcspn(name, " "),
		             "has a quote where none belongs",
		             "quotes are \" and go around the whole value");
	value = x_strndup(ctx, start, (size_t)(r->at - start));
	return check_value(r, name, value);
}

static enum nd_status
check_word(void *ctx, struct reading *r)
{
	const char *start = r->at, *colon = NULL;
	bool says_something = false;
	size_t len;
	char *name;

	for (; !ends_word(*r->at) && *r->at != '"'; r->at++) {
		says_something |= nd_is_alnum(*r->at) ||
		                  (unsigned char)*r->at >= 0x80 ||
		                  *r->at == '*';
		if (*r->at == ':') {
			colon = r->at;
			break;
		}
	}
	len = (size_t)(r->at - start);
	if (*r->at == '"')
		return wrong(r, start, len + 1,
		             "has a quote where none belongs",
		             "quotes are \" and go around the whole value");
	if (*start == '-' || *start == '+' || *start == '!')
		return wrong(r, start, len, "begins with what notmuch drops",
		             "'not' leaves mails out; words with such a "
		             "character go in quotes");
	if (*start == '{' || !says_something)
		return wrong(r, start, len, "is dropped by notmuch",
		             "the operators are and, or, xor, not");
	if (!colon)
		return ND_OK;
	r->at++;
	if (nd_is_digit(*start) || nd_str_starts(r->at, "//")) {
		while (!ends_word(*r->at))
			r->at++;
		return ND_OK;
	}
	name = x_strndup(ctx, start, len);
	if (!is_prefix(r, name))
		return wrong(r, start, len + 1, "is not a prefix of notmuch's",
		             "to look for it as text, put it in quotes");
	return check_term(ctx, r, name);
}

static enum nd_status
check_bracket(struct reading *r)
{
	const char *next = r->at + 1;

	if (*r->at == ')' && r->depth == 0)
		return unbalanced(r, "a ')' without '('");
	if (*r->at == '(') {
		while (nd_is_space(*next))
			next++;
		if (*next == ')')
			return wrong(r, "()", 2, "says nothing", "");
		r->depth++;
	} else {
		r->depth--;
	}
	r->at++;
	return ND_OK;
}

static enum nd_status
check_next(struct reading *r)
{
	void *ctx = talloc_new(NULL);
	enum nd_status st = ND_OK;
	char *text;

	if (++r->words > ND_LIMIT_QUERY_WORDS) {
		st = nd_fail(r->err, ND_ERR_USAGE,
		             "the query '%.100s' has more than %d words\n"
		             "make it shorter, such as by a tag",
		             r->query, ND_LIMIT_QUERY_WORDS);
	} else if (*r->at == '(' || *r->at == ')') {
		st = check_bracket(r);
	} else if (*r->at == '"') {
		st = read_quoted(ctx, r, &text);
		if (st == ND_OK && !text[strspn(text, " \t\r\n")])
			st = wrong(r, "\"\"", 2, "says nothing", "");
	} else {
		st = check_word(ctx, r);
	}
	talloc_free(ctx);
	return st;
}

static enum nd_status
check(struct reading *r)
{
	const char *all = r->query;
	size_t len = strlen(all);
	enum nd_status st = ND_OK;

	if (len > ND_LIMIT_QUERY_BYTES)
		return nd_fail(r->err, ND_ERR_USAGE,
		               "the query '%.100s' is over %u bytes\n"
		               "make it shorter, such as by a tag",
		               r->query, ND_LIMIT_QUERY_BYTES);
	nd_mem_trim(&all, &len);
	if (len == 1 && *all == '*')
		return ND_OK;
	while (st == ND_OK && *(r->at += strspn(r->at, " \t\r\n\v\f")))
		st = check_next(r);
	if (st == ND_OK && r->depth > 0)
		st = unbalanced(r, "a '(' without ')'");
	return st;
}

enum nd_status
nd_querytext_check(const char *query, nd_querytext_known *known, void *arg,
                   struct nd_error *err)
{
	struct reading r = {
		.query = query,
		.at = query,
		.known = known,
		.arg = arg,
		.err = err,
	};

	return check(&r);
}

bool
nd_querytext_is_plain(const char *query)
{
	size_t words = 0;

	for (const char *p = query; *p; p++)
		words += nd_is_space(*p);
	return words < PLAIN_WORDS && !strpbrk(query, "*/{") &&
	       !strstr(query, "query:") && !strstr(query, "sexp:");
}
