/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text/subjectline.h"

#include <string.h>

#include "text/subjecttag.h"
#include "text/version.h"
#include "util/alloc.h"
#include "util/buf.h"
#include "util/str.h"

enum {
	GROUP_BYTES = 256,  /* a longer bracket is text, not a tag */
	PREFIX_BYTES = 1024 /* of all groups of one subject */
};

/*
 * What mail programs of the world put before an answer or a forward. Some are
 * words of titles, too: those count with a capital letter ("rv: fix" is no
 * Spanish forward), others only before what else stands in front of a title.
 */
enum {
	ANY_CASE,   /* "re", "RE" */
	CAPITAL,    /* "SV", "Sv"; in lower case as BEFORE_MORE */
	BEFORE_MORE /* "R: [PATCH] …", "I: R: …" */
};

static const struct {
	const char *word;
	unsigned flag;
	int when;
} reply_prefixes[] = {
	{"re", ND_SUBJECT_REPLY, ANY_CASE},
	{"reply", ND_SUBJECT_REPLY, BEFORE_MORE},
	{"aw", ND_SUBJECT_REPLY, CAPITAL},       /* German, Outlook */
	{"antw", ND_SUBJECT_REPLY, CAPITAL},     /* Dutch, GroupWise */
	{"antwort", ND_SUBJECT_REPLY, CAPITAL},  /* German, Notes */
	{"antwoord", ND_SUBJECT_REPLY, CAPITAL}, /* Dutch, Notes */
	{"betr", ND_SUBJECT_REPLY, CAPITAL},     /* Dutch, Notes */
	{"sv", ND_SUBJECT_REPLY, CAPITAL},    /* Swedish, Danish, Norwegian */
	{"svar", ND_SUBJECT_REPLY, CAPITAL},  /* the same, Notes */
	{"vs", ND_SUBJECT_REPLY, CAPITAL},    /* Finnish */
	{"vast", ND_SUBJECT_REPLY, CAPITAL},  /* Finnish, Notes */
	{"odp", ND_SUBJECT_REPLY, CAPITAL},   /* Polish, Czech, Slovak */
	{"odg", ND_SUBJECT_REPLY, CAPITAL},   /* Croatian, Slovene */
	{"ynt", ND_SUBJECT_REPLY, CAPITAL},   /* Turkish */
	{"yan", ND_SUBJECT_REPLY, CAPITAL},   /* Turkish, Notes */
	{"res", ND_SUBJECT_REPLY, CAPITAL},   /* Portuguese */
	{"rif", ND_SUBJECT_REPLY, CAPITAL},   /* Italian, Notes */
	{"r", ND_SUBJECT_REPLY, BEFORE_MORE}, /* Italian, Outlook */
	{"rép", ND_SUBJECT_REPLY, CAPITAL},   /* French */
	{"RÉP", ND_SUBJECT_REPLY, ANY_CASE},
	{"réf", ND_SUBJECT_REPLY, CAPITAL}, /* French, Notes */
	{"Réf", ND_SUBJECT_REPLY, ANY_CASE},
	{"RÉF", ND_SUBJECT_REPLY, ANY_CASE},
	{"réponse", ND_SUBJECT_REPLY, CAPITAL},
	{"vá", ND_SUBJECT_REPLY, CAPITAL}, /* Hungarian */
	{"VÁ", ND_SUBJECT_REPLY, ANY_CASE},
	{"válasz", ND_SUBJECT_REPLY, CAPITAL},
	{"ats", ND_SUBJECT_REPLY, CAPITAL},    /* Lithuanian */
	{"atb", ND_SUBJECT_REPLY, CAPITAL},    /* Latvian, Welsh */
	{"bls", ND_SUBJECT_REPLY, CAPITAL},    /* Indonesian */
	{"tl", ND_SUBJECT_REPLY, BEFORE_MORE}, /* Vietnamese */
	{"απ", ND_SUBJECT_REPLY, ANY_CASE},    /* Greek */
	{"Απ", ND_SUBJECT_REPLY, ANY_CASE},
	{"ΑΠ", ND_SUBJECT_REPLY, ANY_CASE},
	{"ΣΧΕΤ", ND_SUBJECT_REPLY, ANY_CASE},
	{"Σχετ", ND_SUBJECT_REPLY, ANY_CASE},
	{"תגובה", ND_SUBJECT_REPLY, ANY_CASE}, /* Hebrew */
	{"رد", ND_SUBJECT_REPLY, ANY_CASE},    /* Arabic */
	{"پاسخ", ND_SUBJECT_REPLY, ANY_CASE},  /* Persian */
	{"ตอบ", ND_SUBJECT_REPLY, ANY_CASE},   /* Thai */
	{"ตอบกลับ", ND_SUBJECT_REPLY, ANY_CASE},
	{"回复", ND_SUBJECT_REPLY, ANY_CASE}, /* simplified Chinese */
	{"答复", ND_SUBJECT_REPLY, ANY_CASE},
	{"回覆", ND_SUBJECT_REPLY, ANY_CASE}, /* traditional Chinese */
	{"答覆", ND_SUBJECT_REPLY, ANY_CASE},
	{"回信", ND_SUBJECT_REPLY, ANY_CASE},
	{"返信", ND_SUBJECT_REPLY, ANY_CASE}, /* Japanese */
	{"回答", ND_SUBJECT_REPLY, ANY_CASE},
	{"회신", ND_SUBJECT_REPLY, ANY_CASE}, /* Korean */
	{"답장", ND_SUBJECT_REPLY, ANY_CASE},
	{"ответ", ND_SUBJECT_REPLY, ANY_CASE}, /* Russian */
	{"Ответ", ND_SUBJECT_REPLY, ANY_CASE},
	{"отв", ND_SUBJECT_REPLY, ANY_CASE},
	{"Отв", ND_SUBJECT_REPLY, ANY_CASE},
	{"НА", ND_SUBJECT_REPLY, ANY_CASE}, /* Russian, Outlook: in Cyrillic */
	{"HA", ND_SUBJECT_REPLY, BEFORE_MORE}, /* the same in Latin letters */
	{"відп", ND_SUBJECT_REPLY, ANY_CASE},  /* Ukrainian */
	{"Відп", ND_SUBJECT_REPLY, ANY_CASE},
	{"отг", ND_SUBJECT_REPLY, ANY_CASE}, /* Bulgarian */
	{"Отг", ND_SUBJECT_REPLY, ANY_CASE},
	{"automatic reply", ND_SUBJECT_REPLY, ANY_CASE},
	{"auto reply", ND_SUBJECT_REPLY, ANY_CASE},
	{"auto", ND_SUBJECT_REPLY, BEFORE_MORE},
	{"autoreply", ND_SUBJECT_REPLY, ANY_CASE},
	{"auto-reply", ND_SUBJECT_REPLY, ANY_CASE},
	{"out of office", ND_SUBJECT_REPLY, ANY_CASE},
	{"out of office autoreply", ND_SUBJECT_REPLY, ANY_CASE},
	{"automatische antwort", ND_SUBJECT_REPLY, ANY_CASE}, /* German */
	{"abwesend", ND_SUBJECT_REPLY, CAPITAL},
	{"automatisch antwoord", ND_SUBJECT_REPLY, ANY_CASE}, /* Dutch */
	{"réponse automatique", ND_SUBJECT_REPLY, ANY_CASE},  /* French */
	{"Réponse automatique", ND_SUBJECT_REPLY, ANY_CASE},
	{"risposta automatica", ND_SUBJECT_REPLY, ANY_CASE},    /* Italian */
	{"respuesta automática", ND_SUBJECT_REPLY, ANY_CASE},   /* Spanish */
	{"resposta automática", ND_SUBJECT_REPLY, ANY_CASE},    /* Portuguese */
	{"automatiskt svar", ND_SUBJECT_REPLY, ANY_CASE},       /* Swedish */
	{"autosvar", ND_SUBJECT_REPLY, ANY_CASE},               /* Danish */
	{"automaattinen vastaus", ND_SUBJECT_REPLY, ANY_CASE},  /* Finnish */
	{"odpowiedź automatyczna", ND_SUBJECT_REPLY, ANY_CASE}, /* Polish */
	{"automatická odpověď", ND_SUBJECT_REPLY, ANY_CASE},    /* Czech */
	{"otomatik yanıt", ND_SUBJECT_REPLY, ANY_CASE},         /* Turkish */
	{"Автоматический ответ", ND_SUBJECT_REPLY, ANY_CASE},   /* Russian */
	{"自动回复", ND_SUBJECT_REPLY, ANY_CASE},
	{"自動回覆", ND_SUBJECT_REPLY, ANY_CASE},
	{"自動返信", ND_SUBJECT_REPLY, ANY_CASE}, /* Japanese */
	{"自動応答", ND_SUBJECT_REPLY, ANY_CASE},
	{"자동 회신", ND_SUBJECT_REPLY, ANY_CASE}, /* Korean */
	{"fwd", ND_SUBJECT_FORWARD, ANY_CASE},
	{"fw", ND_SUBJECT_FORWARD, ANY_CASE},
	{"wg", ND_SUBJECT_FORWARD, CAPITAL},     /* German */
	{"tr", ND_SUBJECT_FORWARD, CAPITAL},     /* French */
	{"rv", ND_SUBJECT_FORWARD, CAPITAL},     /* Spanish */
	{"enc", ND_SUBJECT_FORWARD, CAPITAL},    /* Portuguese */
	{"i", ND_SUBJECT_FORWARD, BEFORE_MORE},  /* Italian */
	{"vb", ND_SUBJECT_FORWARD, CAPITAL},     /* Swedish */
	{"vl", ND_SUBJECT_FORWARD, CAPITAL},     /* Finnish */
	{"pd", ND_SUBJECT_FORWARD, BEFORE_MORE}, /* Polish */
	{"fs", ND_SUBJECT_FORWARD, BEFORE_MORE}, /* Icelandic */
	{"trs", ND_SUBJECT_FORWARD, CAPITAL},    /* Indonesian */
	{"ilt", ND_SUBJECT_FORWARD, CAPITAL},    /* Turkish */
	{"İLT", ND_SUBJECT_FORWARD, ANY_CASE},
	{"doorst", ND_SUBJECT_FORWARD, CAPITAL},       /* Dutch */
	{"továbbítás", ND_SUBJECT_FORWARD, CAPITAL},   /* Hungarian */
	{"ΠΡΘ", ND_SUBJECT_FORWARD, ANY_CASE},         /* Greek */
	{"הועבר", ND_SUBJECT_FORWARD, ANY_CASE},       /* Hebrew */
	{"إعادة توجيه", ND_SUBJECT_FORWARD, ANY_CASE}, /* Arabic */
	{"转发", ND_SUBJECT_FORWARD, ANY_CASE},
	{"轉寄", ND_SUBJECT_FORWARD, ANY_CASE},
	{"转寄", ND_SUBJECT_FORWARD, ANY_CASE},
	{"轉發", ND_SUBJECT_FORWARD, ANY_CASE},
	{"転送", ND_SUBJECT_FORWARD, ANY_CASE},      /* Japanese */
	{"전달", ND_SUBJECT_FORWARD, ANY_CASE},      /* Korean */
	{"Пересылка", ND_SUBJECT_FORWARD, ANY_CASE}, /* Russian */
};

/* What trackers of bugs put before a subject, with a number and a colon. */
static const char *const trackers[] = {
	"bug",    /* debbugs of GNU and Debian: "bug#123: [PATCH] foo" */
	"issue",  /* roundup, forges */
	"ticket", /* Trac, OTRS */
	"pr",     /* GNATS */
	"case",   "request", "task", "sr", /* Savannah */
};

/* State while reading a subject. */
struct parser {
	struct nd_subject *parts;
	struct nd_buf *prefix;
	struct nd_subjecttag_reader tags;
	const char *tracker; /* "bug#123: ", when nothing stood behind it yet */
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

/* A tag as it stands in the subject, and the words in it. */
struct tag_place {
	size_t len;         /* with its brackets; 0: there is none */
	size_t start, stop; /* of the words */
};

/* "(PATCH v2)", "{RFC}", "【PATCH 1/3】": a tag when it is nothing else. */
static struct tag_place
find_other_brackets(const char *text)
{
	static const struct {
		const char *open, *close;
	} brackets[] = {
		{"(", ")"}, {"{", "}"}, {"<", ">"}, {"【", "】"}, {"［", "］"},
	};
	size_t count = sizeof brackets / sizeof *brackets;

	for (size_t i = 0; i < count; i++) {
		size_t start = strlen(brackets[i].open), inner;
		const char *end;

		if (!nd_str_starts(text, brackets[i].open))
			continue;
		end = strstr(text + start, brackets[i].close);
		inner = end ? (size_t)(end - text) - start : 0;
		if (inner == 0 || inner > GROUP_BYTES ||
		    !nd_subjecttag_is_plain(text + start, inner))
			continue;
		return (struct tag_place){start + inner +
		                                  strlen(brackets[i].close),
		                          start, start + inner};
	}
	return (struct tag_place){0};
}

/* Bytes of the word at text, up to a blank, colon or bracket. */
static size_t
tag_word_len(const char *text)
{
	return strcspn(text, " \t:]");
}

static bool
has_digit(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (nd_is_digit(text[i]))
			return true;
	return false;
}

static bool
is_upper_word(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (text[i] >= 'a' && text[i] <= 'z')
			return false;
	return len > 0;
}

/*
 * "PATCH v2: foo", "PATCH 1/3 foo", and "[PATCH v2 1/2 foo", whose bracket is
 * never closed. A tag without brackets is in capitals, or has a number and a
 * colon. "RFC: foo" is a talk as often as a patch.
 */
static struct tag_place
find_bare_tag(const char *text)
{
	size_t start = *text == '[', at = start, end = start, words = 0;
	bool upper, colon = false, numbers = false;

	if (!nd_str_starts_nocase(text + start, "patch") &&
	    !nd_str_starts_nocase(text + start, "rfc"))
		return (struct tag_place){0};
	upper = is_upper_word(text + start, tag_word_len(text + start));
	while (at < GROUP_BYTES && !colon) {
		size_t len = tag_word_len(text + at);

		if (len == 0 || !nd_subjecttag_is_plain(text + at, len))
			break;
		words++;
		numbers = numbers || has_digit(text + at, len);
		end = at + len;
		colon = text[end] == ':';
		at = end + strspn(text + end, " \t");
	}
	if (words == 0 ||
	    (start == 0 && !(upper ? colon || numbers : colon && numbers)) ||
	    (start == 0 && words == 1 && nd_lower(*text) == 'r'))
		return (struct tag_place){0};
	return (struct tag_place){end + (colon || text[end] == ']'), start,
	                          end};
}

/* Bytes of blanks, those that do not break included, as the French write. */
static size_t
blanks_len(const char *text)
{
	static const char *const wide[] = {"\xc2\xa0", "\xe2\x80\xaf"};
	size_t at = 0;

	for (;;) {
		size_t before = at;

		at += strspn(text + at, " \t");
		for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
			if (nd_str_starts(text + at, wide[i]))
				at += strlen(wide[i]);
		if (at == before)
			return at;
	}
}

/* Bytes of "Re:", "Re[2]:", "Re^2:", "AW :", "回复：" at text; 0: none. */
static size_t
find_reply_prefix(const char *text, size_t *row)
{
	static const char wide_colon[] = "\xef\xbc\x9a";
	size_t count = sizeof reply_prefixes / sizeof *reply_prefixes;

	for (size_t i = 0; i < count; i++) {
		size_t at = strlen(reply_prefixes[i].word);

		if (!nd_str_starts_nocase(text, reply_prefixes[i].word))
			continue;
		at += strspn(text + at, "[](^)*.-0123456789");
		at += blanks_len(text + at);
		if (text[at] == ':')
			at++;
		else if (nd_str_starts(text + at, wide_colon))
			at += strlen(wide_colon);
		else
			continue;
		*row = i;
		return at;
	}
	return 0;
}

static size_t
reply_prefix_len(const char *text, unsigned *flag)
{
	size_t row, next;
	size_t len = find_reply_prefix(text, &row);
	const char *behind = text + len + blanks_len(text + len);
	bool lower = *text >= 'a' && *text <= 'z';

	if (len == 0)
		return 0;
	if ((reply_prefixes[row].when == BEFORE_MORE ||
	     (reply_prefixes[row].when == CAPITAL && lower)) &&
	    *behind != '[' && find_reply_prefix(behind, &next) == 0)
		return 0;
	*flag = reply_prefixes[row].flag;
	return len;
}

/* Bytes of "bug#123: ", "Issue 12:" at text; 0: there is none. */
static size_t
tracker_len(const char *text)
{
	for (size_t i = 0; i < sizeof trackers / sizeof *trackers; i++) {
		size_t at = strlen(trackers[i]), digits;

		if (!nd_str_starts_nocase(text, trackers[i]))
			continue;
		at += strspn(text + at, " -#");
		digits = strspn(text + at, "0123456789");
		at += digits;
		at += strspn(text + at, " ");
		if (digits > 0 && text[at] == ':')
			return at + 1;
	}
	return 0;
}

static void
read_group(struct parser *p, const char *text, struct tag_place place,
           bool beside)
{
	struct nd_subjecttag tag = {
		.text = text + place.start,
		.len = place.stop - place.start,
		.beside_previous = beside,
	};

	nd_subjecttag_read(&p->tags, tag);
	if (p->prefix->len > 0 && !beside)
		nd_buf_addc(p->prefix, ' ');
	nd_buf_add(p->prefix, text, place.len);
}

static struct tag_place
find_tag(const struct parser *p, const char *text)
{
	size_t len = group_len(text);
	struct tag_place place = {0};

	if (len > 0)
		return (struct tag_place){len, 1, len - 1};
	place = find_other_brackets(text);
	if (place.len == 0 && !(p->parts->flags & ND_SUBJECTTAG_GRAMMAR))
		place = find_bare_tag(text);
	return place;
}

/* What stands before the title, one piece; false at the title. */
static bool
read_piece(struct parser *p, const char **text, bool beside)
{
	static const char subset[] = "(subset)";
	struct tag_place place = find_tag(p, *text);
	const char *start = *text;
	unsigned flag;
	size_t len;

	if (place.len > 0) {
		read_group(p, *text, place, beside);
		*text += place.len;
		p->tracker = NULL;
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
		p->tracker = NULL;
	} else {
		len = tracker_len(*text);
		if (len > 0)
			p->tracker = start;
	}
	*text += len;
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
		"please pull",      "git pull",     "git-pull",
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

/* "1/3 foo", "1/3: foo", "(1/3) foo", "foo (1/3)" behind [PATCH] */
static bool
take_numbers(struct nd_subjecttag_reader *tags, const char **title, size_t *len)
{
	const char *text = *title, *open;
	size_t word = strcspn(text, " :");

	if (word < *len && memchr(text, '/', word) && nd_is_digit(*text) &&
	    nd_subjecttag_is_plain(text, word)) {
		struct nd_subjecttag tag = {.text = text, .len = word};

		nd_subjecttag_read(tags, tag);
		word += text[word] == ':';
		*title += word;
		*len -= word;
		return true;
	}
	open = *len > 4 && text[*len - 1] == ')' ? strrchr(text, '(') : NULL;
	if (!open || open == text || !strchr(open, '/'))
		return false;
	word = *len - (size_t)(open - text) - 2;
	if (nd_subjecttag_is_plain(open + 1, word)) {
		struct nd_subjecttag tag = {.text = open + 1, .len = word};

		nd_subjecttag_read(tags, tag);
		*len = (size_t)(open - text);
		return true;
	}
	return false;
}

/* What a title says of version and number of a posting, if no tag does. */
static void
read_title(struct parser *p, const char **title, size_t *len)
{
	struct nd_subject *parts = p->parts;
	bool inner;
	int version = 0;

	if (!(parts->flags & ND_SUBJECT_NUMBERED) &&
	    take_numbers(&p->tags, title, len))
		nd_mem_trim(title, len);
	/* A patch of a series has its own history. */
	inner = (parts->flags & ND_SUBJECT_NUMBERED) && parts->number > 0 &&
	        parts->total > 1;
	if (!parts->versioned && !inner)
		version = nd_version_of_title(title, len, true);
	if (version > 0) {
		parts->version = version;
		parts->versioned = true;
	}
	nd_mem_trim(title, len);
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
		size_t blanks = blanks_len(subject);
		bool beside = blanks == 0 && previous->text &&
		              subject == previous->text + previous->len + 1;

		subject += blanks;
		if (!read_piece(&p, &subject, beside))
			break;
	}
	/* "bug#123: it crashes" is a title; "bug#123: [PATCH]" has none. */
	if (p.tracker)
		subject = p.tracker;
	if (parts->stable && !(parts->flags & ND_SUBJECTTAG_GRAMMAR))
		parts->stable = NULL;
	/* "[PATCHSET 2/6]" is the cover of one; "[PATCHSET 0/6]" that of all. */
	if (p.tags.counts_sets && parts->number > 0) {
		parts->flags &= ~(unsigned)ND_SUBJECT_NUMBERED;
		parts->number = parts->total = 0;
	}
	len = strlen(subject);
	nd_mem_trim(&subject, &len);
	/* "[PATCH 0/9] pull request: foo" comes with its patches. */
	if ((!(parts->flags & ND_SUBJECTTAG_GRAMMAR) ||
	     ((parts->flags & ND_SUBJECT_NUMBERED) && parts->number == 0)) &&
	    asks_to_pull(subject))
		parts->flags |= ND_SUBJECT_PULL;
	if (parts->flags & (ND_SUBJECT_PATCH | ND_SUBJECT_RFC))
		read_title(&p, &subject, &len);
	parts->title = x_strndup(parts, subject, len);
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
