/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/address.h"

#include <string.h>

#include "util/alloc.h"
#include "util/str.h"
#include "util/utf8.h"

/* "Marc Zyngier via lists.cs" and "Wang (Jason, Cloud)" say more than a name */
static size_t
end_of_name(const char *name, size_t len)
{
	const char *via = nd_mem_find_nocase(name, len, " via ");
	const char *bracket;

	if (via && via > name)
		len = (size_t)(via - name);
	bracket = memchr(name, '(', len);
	if (bracket && bracket > name)
		len = (size_t)(bracket - name);
	bracket = memchr(name, '[', len);
	if (bracket && bracket > name)
		len = (size_t)(bracket - name);
	return len;
}

enum {
	NAME_WORDS = 8,       /* of a name that are compared */
	GIVEN_NAME_BYTES = 5, /* a longer one is rarely shared by two people
	                       * who share the family name */
	STEM_BYTES = 4,       /* of an account that tells something */
	PART_BYTES = 3,       /* of a name that does */
};

struct word {
	const char *text;
	size_t len;
};

/* ---- one person, two addresses ---- */

/* Words that name an office, a list, or nobody. */
static const char *const offices[] = {
	"admin",        "administrator", "support",   "info",
	"contact",      "help",          "helpdesk",  "office",
	"team",         "group",         "list",      "mailing",
	"maintainer",   "maintainers",   "robot",     "bot",
	"user",         "guest",         "anonymous", "nobody",
	"unknown",      "none",          "root",      "postmaster",
	"webmaster",    "security",      "sales",     "service",
	"notification", "notifications", "moderator", "owner",
	"developer",    "developers",    "project",   "community",
	"forum",        "system",        "daemon",    "test",
	"linux",        "kernel",        "tracking",  "moderated",
};

#define COUNT(table) (sizeof(table) / sizeof *(table))

static bool
is_office(const struct word *word)
{
	for (size_t i = 0; i < COUNT(offices); i++)
		if (nd_mem_is_nocase(word->text, word->len, offices[i]))
			return true;
	return false;
}

/* Is none of the words an office's? */
static bool
is_of_person(const struct word *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (is_office(&words[i]))
			return false;
	return true;
}

static bool
is_between_words(char c)
{
	switch (c) {
	case ' ':
	case '\t':
	case ',':
	case '.':
	case ':':
	case '"':
	case '\'':
		return true;
	default:
		return false;
	}
}

/*
 * The words of a name, without brackets and initials; those before a comma go
 * last. 0 when it is too long for a person's.
 */
static size_t
split_name(const char *name, struct word *words)
{
	size_t len = strlen(name), count = 0, comma = 0;

	len = end_of_name(name, len);
	for (size_t at = 0; at < len;) {
		size_t start = at;

		while (at < len && !is_between_words(name[at]))
			at++;
		if (at - start > 1) {
			if (count == NAME_WORDS)
				return 0;
			words[count].text = name + start;
			words[count++].len = at - start;
		}
		if (at < len && name[at] == ',' && comma == 0)
			comma = count;
		if (at < len)
			at++;
	}
	if (comma > 0 && comma < count) {
		struct word turned[NAME_WORDS];

		for (size_t i = 0; i < count; i++)
			turned[i] = words[(i + comma) % count];
		memcpy(words, turned, count * sizeof *words);
	}
	return count;
}

/* The same, but none of a name that is an office's. */
static size_t
name_words(const char *name, struct word *words)
{
	size_t count = split_name(name, words);

	return is_of_person(words, count) ? count : 0;
}

/*
 * The commonest family names of China, Korea, Vietnam, India and the English
 * speaking countries (their censuses), as long as they go with short given
 * names: more than one person on a list may be called so.
 */
static const char *const common_names[] = {
	"wang",   "li",     "zhang", "liu",     "chen",   "yang",     "huang",
	"zhao",   "wu",     "zhou",  "xu",      "sun",    "ma",       "zhu",
	"hu",     "guo",    "he",    "lin",     "gao",    "luo",      "yu",
	"kim",    "lee",    "park",  "choi",    "jung",   "nguyen",   "tran",
	"le",     "pham",   "kumar", "singh",   "sharma", "patel",    "shah",
	"smith",  "jones",  "brown", "johnson", "miller", "williams", "davis",
	"wilson", "taylor",
};

static bool
is_common(const struct word *word)
{
	for (size_t i = 0; i < COUNT(common_names); i++)
		if (nd_mem_is_nocase(word->text, word->len, common_names[i]))
			return true;
	return false;
}

/* Could two people on one list be called so? */
static bool
is_shared_name(const struct word *words, size_t count)
{
	bool common = false;

	if (count == 1) /* in two or three characters, without a blank */
		return true;
	for (size_t i = 0; i < count; i++) {
		if (is_common(&words[i]))
			common = true;
		else if (words[i].len > GIVEN_NAME_BYTES)
			return false;
	}
	return common;
}

/* One that is written without blanks says as much as two words. */
static bool
is_full_name(const struct word *words, size_t count)
{
	return count > 1 || (count == 1 && (unsigned char)*words->text >= 0xe3);
}

static bool
is_same_name(const struct word *a, size_t a_count, const struct word *b,
             size_t b_count)
{
	if (a_count != b_count || a_count == 0)
		return false;
	for (size_t i = 0; i < a_count; i++)
		if (a[i].len != b[i].len ||
		    !nd_mem_equal_nocase(a[i].text, b[i].text, a[i].len))
			return false;
	return true;
}

static bool
is_same_host(const char *a, const char *b)
{
	a += strcspn(a, "@");
	b += strcspn(b, "@");
	return *a && nd_str_equal_nocase(a, b);
}

/* The bytes of the account without tag and numbers: "bo" of bo12+x@… */
static size_t
stem_len(const char *addr)
{
	size_t len = strcspn(addr, "@+");

	while (len > 0 && nd_is_digit(addr[len - 1]))
		len--;
	return len;
}

/* Do the addresses name one account, tags and numbers left out? */
static bool
is_same_account(const char *a, const char *b)
{
	size_t len = stem_len(a);

	return len > 0 && len == stem_len(b) && nd_mem_equal_nocase(a, b, len);
}

/* "yukuai1" and "yukuai3" of one house are two people. */
static bool
is_numbered(const char *a, const char *b)
{
	return is_same_host(a, b) && is_same_account(a, b) &&
	       (strcspn(a, "@+") != stem_len(a) ||
	        strcspn(b, "@+") != stem_len(b));
}

/* Is one account the other with something around it? */
static bool
is_like_account(const char *a, const char *b)
{
	size_t a_len = stem_len(a), b_len = stem_len(b);

	if (a_len > b_len)
		return is_like_account(b, a);
	for (size_t at = 0; a_len >= STEM_BYTES && at + a_len <= b_len; at++)
		if (nd_mem_equal_nocase(b + at, a, a_len))
			return true;
	return a_len > 0 && a_len == b_len && nd_mem_equal_nocase(a, b, a_len);
}

/* Has (text, len) the word in it? */
static bool
has_word(const char *text, size_t len, const struct word *word)
{
	for (size_t at = 0; at + word->len <= len; at++)
		if (nd_mem_equal_nocase(text + at, word->text, word->len))
			return true;
	return false;
}

/* "fdmanana" and "libaokun" are; "david" is many people's. */
static bool
is_own_account(const char *addr, const struct word *words, size_t count)
{
	size_t len = stem_len(addr);

	for (size_t i = 0; count > 1 && i < count; i++)
		if (words[i].len >= PART_BYTES &&
		    has_word(addr, len, &words[i]) &&
		    (i > 0 || words[i].len < len))
			return true;
	return false;
}

/* Are all words of the first in the second? */
static bool
is_within(const struct word *a, size_t a_count, const struct word *b,
          size_t b_count)
{
	for (size_t i = 0; i < a_count; i++) {
		size_t k = 0;

		while (k < b_count && !is_same_name(&a[i], 1, &b[k], 1))
			k++;
		if (k == b_count)
			return false;
	}
	return a_count > 0;
}

bool
nd_address_same_person(const struct nd_address *a, const struct nd_address *b)
{
	struct word a_word[NAME_WORDS], b_word[NAME_WORDS];
	size_t a_count, b_count;
	bool same_account;

	if (*a->addr && nd_str_equal_nocase(a->addr, b->addr))
		return true;
	same_account = is_same_account(a->addr, b->addr) &&
	               !is_numbered(a->addr, b->addr);
	a_count = split_name(a->name, a_word);
	b_count = split_name(b->name, b_word);
	/* Most people are others: soon seen, and asked very often. */
	if (!same_account && !is_same_name(a_word, a_count, b_word, b_count))
		return false;
	a_count = is_of_person(a_word, a_count) ? a_count : 0;
	b_count = is_of_person(b_word, b_count) ? b_count : 0;
	if (same_account)
		return *a->name && *b->name
		               ? is_within(a_word, a_count, b_word, b_count) ||
		                         is_within(b_word, b_count, a_word,
		                                   a_count)
		               : is_own_account(a->addr, a_word, a_count) ||
		                         is_own_account(b->addr, b_word,
		                                        b_count);
	if (!is_same_name(a_word, a_count, b_word, b_count))
		return false;
	/* Only by name are they known: behind a relay, or to a reader. */
	if (!*a->addr || !*b->addr)
		return true;
	return is_full_name(a_word, a_count) &&
	       !is_numbered(a->addr, b->addr) &&
	       (!is_shared_name(a_word, a_count) ||
	        is_like_account(a->addr, b->addr));
}

bool
nd_address_has_account(const struct nd_address *named, const char *addr)
{
	struct word word[NAME_WORDS];
	size_t count = name_words(named->name, word), len = stem_len(addr);

	if (!is_same_account(named->addr, addr) ||
	    is_numbered(named->addr, addr))
		return false;
	for (size_t i = 0; i < count; i++)
		if (word[i].len >= PART_BYTES && has_word(addr, len, &word[i]))
			return true;
	return false;
}

const char *
nd_address_key(const void *ctx, const struct nd_address *who)
{
	void *tmp = talloc_new(NULL);
	char *key = x_strdup(ctx, *who->addr ? who->addr
	                                     : nd_address_name(tmp, who));

	talloc_free(tmp);
	return nd_str_lower(key);
}

static void
trim_quotes(const char **name, size_t *len)
{
	nd_mem_trim(name, len);
	while (*len && strchr("\"' ", **name)) {
		(*name)++;
		(*len)--;
	}
	while (*len && strchr("\"' ", (*name)[*len - 1]))
		(*len)--;
}

/* What is to be printed of (name, len), owned by ctx; NULL when it is nothing. */
static char *
plain_name(const void *ctx, const char *name, size_t len)
{
	const char *comma;

	/* Lists that rewrite From for DMARC put the address into the name. */
	trim_quotes(&name, &len);
	len = end_of_name(name, len);
	trim_quotes(&name, &len);
	if (memchr(name, '@', len) && !memchr(name, ' ', len))
		len = (size_t)(nd_mem_find(name, len, "@") - name);
	comma = memchr(name, ',', len);
	if (comma && comma > name && comma + 1 < name + len &&
	    !memchr(comma + 1, ',', (size_t)(name + len - comma - 1))) {
		const char *first = comma + 1;
		size_t first_len = (size_t)(name + len - first);

		nd_mem_trim(&first, &first_len);
		return x_asprintf(ctx, "%.*s %.*s", (int)first_len, first,
		                  (int)(comma - name), name);
	}
	return len ? x_strndup(ctx, name, len) : NULL;
}

const char *
nd_address_name(const void *ctx, const struct nd_address *who)
{
	char *name = plain_name(ctx, who->name, strlen(who->name));

	/* "bot+1a2b3c@example.org": what the mail is about, not who it is */
	if (!name)
		name = plain_name(ctx, who->addr, strcspn(who->addr, "@+"));
	return name ? name : x_strdup(ctx, "?");
}

/* ---- as it is written ---------------------------------------------------- */

/* What may stand in an address (RFC 5322, 3.2.3), UTF-8 too. */
static bool
is_local_byte(char c)
{
	return (unsigned char)c >= 0x80 || nd_is_alnum(c) ||
	       (c && strchr(".!#$%&'*+-/=?^_`{|}~", c));
}

static bool
is_domain_byte(char c)
{
	return (unsigned char)c >= 0x80 || nd_is_alnum(c) || c == '-' ||
	       c == '.' || c == '_';
}

/* The bounds of an address, and of the sign between its halves. */
struct span {
	size_t start, sign, domain, end;
};

static bool
widen(const char *text, size_t len, struct span *span)
{
	static const char *const markup[] = {"*", "_", "`"};

	span->start = span->sign;
	span->end = span->domain;
	while (span->start > 0 && is_local_byte(text[span->start - 1]))
		span->start--;
	for (size_t i = 0; i < sizeof markup / sizeof *markup; i++)
		while (span->start < span->sign &&
		       text[span->start] == *markup[i])
			span->start++;
	while (span->end < len && is_domain_byte(text[span->end]))
		span->end++;
	while (span->end > span->domain && strchr(".-_", text[span->end - 1]))
		span->end--;
	return span->start < span->sign && span->end > span->domain;
}

/* "<ben at example.org>", "[ben (at) example.org]": where archives and people
 * hide addresses; in brackets only, or it may be prose. */
static bool
find_hidden(const char *text, size_t len, struct span *span)
{
	static const char *const signs[] = {" at ", " AT ", " (at) ", " [at] ",
	                                    "(at)", "[at]", "_at_"};
	const char *bracket = memchr(text, '<', len);

	if (!bracket)
		bracket = memchr(text, '[', len);
	for (size_t i = 0; bracket && i < sizeof signs / sizeof *signs; i++) {
		const char *at = nd_mem_find(
			bracket, len - (size_t)(bracket - text), signs[i]);

		if (!at)
			continue;
		span->sign = (size_t)(at - text);
		span->domain = span->sign + strlen(signs[i]);
		/* a host has a dot; nothing but the address is in there */
		if (widen(text, len, span) &&
		    text + span->start == bracket + 1 &&
		    memchr(text + span->domain, '.',
		           span->end - span->domain) &&
		    (span->end == len || strchr(">])", text[span->end])))
			return true;
	}
	return false;
}

static bool
find_address(const char *text, size_t len, struct span *span)
{
	const char *sign = memchr(text, '@', len);

	if (!sign)
		return find_hidden(text, len, span);
	span->sign = (size_t)(sign - text);
	span->domain = span->sign + 1;
	return widen(text, len, span);
}

/* The end of the name before an address: brackets and "mailto:" are none. */
static size_t
name_end(const char *text, size_t end)
{
	static const char mailto[] = "mailto:";
	size_t len = strlen(mailto);

	for (;;) {
		if (end > 0 && strchr(" \t<[({,;", text[end - 1]))
			end--;
		else if (end >= len &&
		         nd_mem_equal_nocase(text + end - len, mailto, len))
			end -= len;
		else
			return end;
	}
}

/* Behind an address: its brackets, and the address once more as a link. */
static size_t
pass_brackets(const char *text, size_t len, size_t at)
{
	while (at < len) {
		const char *close;

		if (strchr(" \t>])}", text[at]) && text[at] != ' ') {
			at++;
		} else if (nd_mem_starts_nocase(text + at, len - at,
		                                "<mailto:") ||
		           nd_mem_starts_nocase(text + at, len - at,
		                                "[mailto:") ||
		           nd_mem_starts_nocase(text + at, len - at,
		                                "(mailto:")) {
			close = memchr(text + at,
			               text[at] == '<'   ? '>'
			               : text[at] == '[' ? ']'
			                                 : ')',
			               len - at);
			at = close ? (size_t)(close - text) + 1 : len;
		} else if (text[at] == ' ' && at + 1 < len &&
		           strchr("> ", text[at + 1])) {
			at++;
		} else {
			break;
		}
	}
	return at;
}

size_t
nd_address_read(const void *ctx, const char *text, size_t len,
                struct nd_address *who)
{
	struct span span;
	const char *name = text;
	size_t name_len;

	if (!find_address(text, len, &span))
		return 0;
	name_len = name_end(text, span.start);
	nd_mem_trim(&name, &name_len);
	while (name_len > 0 && strchr("*` ", *name))
		name++, name_len--;
	while (name_len > 0 && strchr("*`", name[name_len - 1]))
		name_len--;
	nd_mem_trim(&name, &name_len);
	if (name_len >= 2 && name[0] == '"' && name[name_len - 1] == '"') {
		name++;
		name_len -= 2;
	}
	who->name = nd_utf8_clean_line(ctx, name, name_len);
	who->addr = x_asprintf(ctx, "%.*s@%.*s", (int)(span.sign - span.start),
	                       text + span.start, (int)(span.end - span.domain),
	                       text + span.domain);
	return pass_brackets(text, len, span.end);
}
