/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text/subjectline.h"

#include <string.h>

#include "text/subjecttag.h"
#include "util/alloc.h"
#include "util/buf.h"
#include "util/str.h"

enum {
	GROUP_BYTES = 256,  /* a longer bracket is text, not a tag */
	PREFIX_BYTES = 1024 /* of all groups of one subject */
};

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

/* State while reading a subject. */
struct parser {
	struct nd_subject *parts;
	struct nd_buf *prefix;
	struct nd_subjecttag_reader tags;
};

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

static void
read_group(struct parser *p, const char *text, size_t len, bool beside)
{
	struct nd_subjecttag tag = {
		.text = text + 1,
		.len = len - 2,
		.beside_previous = beside,
	};

	nd_subjecttag_read(&p->tags, tag);
	if (p->prefix->len > 0 && !beside)
		nd_buf_addc(p->prefix, ' ');
	nd_buf_add(p->prefix, text, len);
}

/* What stands before the title, one piece; false at the title. */
static bool
read_piece(struct parser *p, const char **text, bool beside)
{
	static const char subset[] = "(subset)";
	unsigned flag;
	size_t len = group_len(*text);

	if (len > 0) {
		read_group(p, *text, len, beside);
		*text += len;
		return true;
	}
	if (nd_str_starts_nocase(*text, subset)) {
		p->parts->flags |= ND_SUBJECT_SUBSET;
		*text += strlen(subset);
		return true;
	}
	/* "[External] Re: [PATCH]", but not the title of "[PATCH] tr: fix". */
	if (p->parts->flags & ND_SUBJECTTAG_GRAMMAR)
		return false;
	len = reply_prefix_len(*text, &flag);
	if (len > 0) {
		p->parts->flags |= flag;
		*text += len;
	}
	return len > 0;
}

/*
 * "pull request: foo 2021-10-20", "pull-request (net): foo", "Pull request for
 * foo": asked for without a tag.
 */
static bool
asks_to_pull(const char *title)
{
	static const char *const starts[] = {
		"git pull request", "pull request", "pull-request",
		"please pull",      "git pull:",
	};

	for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
		const char *after = title + strlen(starts[i]);

		if (!nd_str_starts_nocase(title, starts[i]))
			continue;
		if (after[-1] == ':')
			return true;
		after += strspn(after, " ");
		return strchr(":([,", *after) || nd_is_digit(*after) ||
		       nd_str_starts_nocase(after, "for ") ||
		       nd_str_starts_nocase(title, "please");
	}
	return false;
}

struct nd_subject *
nd_subjectline_parse(const void *ctx, const char *subject)
{
	struct nd_subject *parts = x_new(ctx, struct nd_subject);
	struct parser p = {.parts = parts, .tags = {.parts = parts}};
	const struct nd_subjecttag *previous = &p.tags.previous;
	size_t len;

	p.prefix = nd_buf_new(NULL, PREFIX_BYTES);
	parts->version = 1;
	for (;;) {
		size_t blanks = strspn(subject, " \t");
		bool beside = blanks == 0 && previous->text &&
		              subject == previous->text + previous->len + 1;

		subject += blanks;
		if (!read_piece(&p, &subject, beside))
			break;
	}
	if (parts->stable && !(parts->flags & ND_SUBJECTTAG_GRAMMAR))
		parts->stable = NULL;
	len = strlen(subject);
	nd_mem_trim(&subject, &len);
	parts->title = x_strndup(parts, subject, len);
	if (!(parts->flags & ND_SUBJECTTAG_GRAMMAR) &&
	    asks_to_pull(parts->title))
		parts->flags |= ND_SUBJECT_PULL;
	parts->prefix = x_strdup(parts, p.prefix->data);
	talloc_free(p.prefix);
	return parts;
}

bool
nd_subjectline_has_word(const struct nd_subject *parts, const char *word)
{
	const char *at = parts->prefix;
	size_t len = strlen(word);

	while ((at = nd_mem_find_nocase(at, strlen(at), word))) {
		if ((at == parts->prefix || !nd_is_alnum(at[-1])) &&
		    !nd_is_alnum(at[len]))
			return true;
		at += len;
	}
	return false;
}
