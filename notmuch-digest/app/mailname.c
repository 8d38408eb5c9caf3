/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/mailname.h"

#include <string.h>

#include "mail/db.h"
#include "util/alloc.h"
#include "util/archiveurl.h"
#include "util/buf.h"
#include "util/str.h"

enum {
	/* A quote that is doubled in an id, and twice for mid: URLs. */
	GROWTH = 5,
	FRAME = 64, /* what is put around one id or two */
};

/* One word of a query. */
struct word {
	const char *at;
	size_t len;
};

static bool
starts(struct word word, const char *start)
{
	return nd_mem_starts_nocase(word.at, word.len, start);
}

/* Up to a blank, without the bracket that closes a group around it. */
static struct word
word_at(const char *text)
{
	struct word word = {text, strcspn(text, " \t\r\n")};
	size_t open = 0, close = 0;

	for (size_t i = 0; i < word.len; i++) {
		open += text[i] == '(';
		close += text[i] == ')';
	}
	for (; close > open && text[word.len - 1] == ')'; close--)
		word.len--;
	return word;
}

/* "<inner>" */
static bool
take_brackets(struct word *word)
{
	if (word->len < 3 || word->at[0] != '<' ||
	    word->at[word->len - 1] != '>')
		return false;
	word->at++;
	word->len -= 2;
	return true;
}

/* The id in an archive's URL, also as people write it without its scheme. */
static const char *
id_of_url(const void *ctx, struct word word)
{
	static const char *const hosts[] = {"lore.kernel.org/",
	                                    "lkml.kernel.org/",
	                                    "patch.msgid.link/",
	                                    "msgid.link/",
	                                    "marc.info/",
	                                    "www.mail-archive.com/",
	                                    "mid.mail-archive.com/",
	                                    "patchwork.kernel.org/",
	                                    "public-inbox.org/",
	                                    "lists.debian.org/"};
	char *url;

	if (starts(word, "https://") || starts(word, "http://"))
		return nd_archiveurl_id(ctx, word.at, word.len);
	for (size_t i = 0; i < sizeof hosts / sizeof *hosts; i++) {
		if (!starts(word, hosts[i]))
			continue;
		url = x_asprintf(ctx, "https://%.*s", (int)word.len, word.at);
		return nd_archiveurl_id(ctx, url, strlen(url));
	}
	return NULL;
}

/*
 * "mid:a%2Bb@c" is an id as it stands for notmuch, and a+b@c in a URL (RFC
 * 2392): either is meant.
 */
static const char *
query_of_mid(const void *ctx, struct word id)
{
	const char *url, *decoded;

	/* "mid:/regex/" is notmuch's. */
	if (!memchr(id.at, '%', id.len) || *id.at == '"' || *id.at == '/')
		return NULL;
	url = x_asprintf(ctx, "mid:///%.*s", (int)id.len, id.at);
	decoded = nd_archiveurl_id(ctx, url, strlen(url));
	if (!decoded || nd_mem_starts(id.at, id.len, decoded))
		return NULL;
	return x_asprintf(ctx, "(%s or %s)", nd_db_id_query(ctx, decoded),
	                  nd_db_id_query(ctx, x_strndup(ctx, id.at, id.len)));
}

/* The query for the mail that a word names; NULL when it names none. */
static const char *
query_of(const void *ctx, struct word word, bool stands_alone)
{
	const char *id;

	if (starts(word, "mid:") || starts(word, "id:")) {
		size_t prefix = strcspn(word.at, ":") + 1;
		struct word rest = {word.at + prefix, word.len - prefix};

		if (take_brackets(&rest))
			return nd_db_id_query(
				ctx, x_strndup(ctx, rest.at, rest.len));
		return *word.at == 'm' ? query_of_mid(ctx, rest) : NULL;
	}
	if (take_brackets(&word)) {
		id = id_of_url(ctx, word);
		/* "from:A B <a@b>" means an address. */
		if (!id && stands_alone)
			id = x_strndup(ctx, word.at, word.len);
	} else {
		id = id_of_url(ctx, word);
	}
	return id ? nd_db_id_query(ctx, id) : NULL;
}

/* Nothing, or an operator, stands before it. */
static bool
is_operator(struct word word)
{
	static const char *const operators[] = {"and", "or", "not", "xor"};

	for (size_t i = 0; i < sizeof operators / sizeof *operators; i++)
		if (word.len == strlen(operators[i]) &&
		    starts(word, operators[i]))
			return true;
	return word.len == 0 || word.at[word.len - 1] == ')';
}

/* Behind a '"': where its other half ends it. */
static const char *
skip_quoted(const char *at)
{
	const char *end = strchr(at + 1, '"');

	return end ? end + 1 : at + strlen(at);
}

const char *
nd_mailname_resolve(const void *ctx, const char *text)
{
	void *tmp = talloc_new(NULL);
	struct nd_buf *out =
		nd_buf_new(tmp, (GROWTH + FRAME) * strlen(text) + FRAME);
	struct word before = {"", 0};
	const char *query;

	for (const char *at = text; *at;) {
		struct word word = word_at(at);

		if (nd_is_space(*at) || *at == '(') {
			nd_buf_addc(out, *at++);
			continue;
		}
		query = query_of(tmp, word, is_operator(before));
		if (query) {
			nd_buf_adds(out, query);
			at += word.len;
		} else {
			const char *end = at;

			/* A quoted phrase is one word, blanks and all. */
			while (*end && !nd_is_space(*end))
				end = *end == '"' ? skip_quoted(end) : end + 1;
			word.len = (size_t)(end - at);
			nd_buf_add(out, at, word.len);
			at = end;
		}
		before = word;
	}
	query = nd_buf_finish(ctx, out);
	talloc_free(tmp);
	return query;
}

const char *
nd_mailname_single(const void *ctx, const char *query)
{
	const char *id = nd_str_starts(query, "id:")    ? query + 3
	                 : nd_str_starts(query, "mid:") ? query + 4
	                                                : NULL;
	size_t len = id ? strlen(id) : 0;
	struct nd_buf *out;

	if (len == 0 || *id == '/')
		return NULL;
	if (*id != '"')
		return strpbrk(id, " \t\r\n()\"") ? NULL : x_strdup(ctx, id);
	if (len < 3 || id[len - 1] != '"')
		return NULL;
	out = nd_buf_new(NULL, len);
	for (const char *at = id + 1; at < id + len - 1; at++) {
		/* Doubled it is part of the id. */
		if (*at == '"' && (++at == id + len - 1 || *at != '"')) {
			talloc_free(out);
			return NULL;
		}
		nd_buf_addc(out, *at);
	}
	return nd_buf_finish(ctx, out);
}
