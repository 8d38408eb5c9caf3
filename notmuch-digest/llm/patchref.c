/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "llm/patchref.h"

#include <string.h>

#include "util/alloc.h"
#include "util/str.h"

enum {
	DIGITS_MAX = 4,
	REACH_BYTES = 24,
	HEADING_WORDS_MAX = 6, /* of "Changes in v2:" */
	LINE_BYTES_MIN = 12,   /* of what is looked for below it */
};

static int
number_of(const char *digits, size_t count)
{
	int number = 0;

	for (size_t i = 0; i < count && i < DIGITS_MAX; i++)
		number = 10 * number + (digits[i] - '0');
	return number;
}

/* The number at text[*at], behind blanks; -1 when there is none. */
static int
number_at(const char *text, size_t *at)
{
	size_t i = *at + strspn(text + *at, " #");
	size_t digits = strspn(text + i, "0123456789");

	if (digits == 0 || digits > DIGITS_MAX)
		return -1;
	*at = i + digits;
	return number_of(text + i, digits);
}

/* Behind the word for patches that text begins with; 0: it does not. */
static size_t
word_bytes(const char *text)
{
	static const char *const words[] = {"patches", "patch", "补丁"};

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (nd_str_starts_nocase(text, words[i]))
			return strlen(words[i]);
	return 0;
}

/*
 * The next number of a patch in text: "patch 3", and the others of a list such
 * as "patches 1, 2 and 4".
 */
static int
next_named(const char *text, size_t *at)
{
	size_t len = strlen(text);

	for (; *at < len; (*at)++) {
		size_t word = word_bytes(text + *at), behind = *at + word;
		int number;

		if (word == 0 || (*at > 0 && nd_is_alnum(text[*at - 1])))
			continue;
		number = number_at(text, &behind);
		if (number >= 0) {
			*at = behind;
			return number;
		}
	}
	return -1;
}

/* "3/8" for the third of them */
static bool
has_share(const char *text, int patch)
{
	char *share = x_asprintf(NULL, "%d/", patch);
	const char *at = text;
	bool has = false;

	while (!has && (at = strstr(at, share))) {
		has = (at == text || !nd_is_digit(at[-1])) &&
		      nd_is_digit(at[strlen(share)]);
		at++;
	}
	talloc_free(share);
	return has;
}

static bool
has_ordinal(const char *text, int patch)
{
	static const char *const words[] = {"first", "second", "third",
	                                    "fourth", "fifth"};

	return patch <= (int)(sizeof words / sizeof *words) &&
	       nd_mem_find_nocase(text, strlen(text), words[patch - 1]);
}

/* Numbers in a list that begins with the word for patches. */
static bool
is_listed(const char *text, int patch)
{
	size_t at = 0;
	int number;

	while ((number = next_named(text, &at)) >= 0) {
		size_t end = at + REACH_BYTES;

		if (number == patch)
			return true;
		while (at < end && text[at] &&
		       (strchr(" ,;&-", text[at]) || nd_is_digit(text[at]) ||
		        nd_str_starts(text + at, "and "))) {
			size_t digits = strspn(text + at, "0123456789");

			if (digits > 0 && number_of(text + at, digits) == patch)
				return true;
			at += nd_str_starts(text + at, "and ") ? 4
			      : digits                         ? digits
			                                       : 1;
		}
	}
	return false;
}

static bool
is_of_mail(const struct nd_llm_context_mail *mail, const char *own, int patch)
{
	for (size_t i = 0; i < mail->taken_count; i++)
		if (mail->taken[i] == patch)
			return true;
	/* The ledger names others. */
	if (mail->taken_count > 0)
		return is_listed(own, patch);
	return mail->patch == patch || is_listed(own, patch) ||
	       has_share(own, patch) || has_ordinal(own, patch);
}

static bool
is_cited(const struct nd_llm_context *context,
         const struct nd_llm_evidence *evidence,
         const struct nd_llm_claim *claim, int patch)
{
	for (size_t i = 0; i < claim->source_count; i++) {
		size_t mail = (size_t)claim->source[i] - 1;

		if (is_of_mail(&context->mail[mail],
		               nd_llm_evidence_own(evidence, mail), patch))
			return true;
	}
	return false;
}

/* "patch 3 and 5" for the "patch 3 and 6" of the quote's sentence */
static bool
is_another(const struct nd_llm_context *context,
           const struct nd_llm_claim *claim, const char *sentence, int patch)
{
	size_t at = 0;

	return next_named(sentence, &at) > 0 && !is_listed(sentence, patch) &&
	       !has_share(sentence, patch) && !has_ordinal(sentence, patch) &&
	       context->mail[claim->source[0] - 1].patch != patch;
}

/* No mail of the thread is one of several patches. */
static bool
is_single(const struct nd_llm_context *context)
{
	for (size_t i = 0; i < context->mail_count; i++)
		if (context->mail[i].patch > 1)
			return false;
	return true;
}

const char *
nd_llm_patchref_check(const void *ctx, const struct nd_llm_context *context,
                      const struct nd_llm_evidence *evidence,
                      struct nd_llm_claim *claim, const char *sentence)
{
	size_t at = 0;
	int number;

	if (claim->patch == 1 && is_single(context))
		claim->patch = 0;
	if (claim->patch > 0 &&
	    !is_cited(context, evidence, claim, claim->patch))
		return x_asprintf(ctx, "the cited mail is not about patch %d",
		                  claim->patch);
	while ((number = next_named(claim->text, &at)) > 0) {
		if (!is_cited(context, evidence, claim, number))
			return x_asprintf(ctx,
			                  "the cited mail is not about patch "
			                  "%d",
			                  number);
		if (is_another(context, claim, sentence, number))
			return x_asprintf(
				ctx, "the quote is not about patch %d", number);
	}
	return NULL;
}

/* ---- versions ------------------------------------------------------------- */

/* The next v3 in (text, len) as 3; 0: there is none. */
static int
next_version(const char *text, size_t len, size_t *at)
{
	struct nd_llm_evidence_token token;

	while (nd_llm_evidence_next_token(text, len, at, &token)) {
		const char *word = text + token.start;

		if (token.len >= 2 && token.len <= 4 &&
		    nd_lower(*word) == 'v' &&
		    strspn(word + 1, "0123456789") == token.len - 1)
			return number_of(word + 1, token.len - 1);
	}
	return 0;
}

/* The only version that a text names; 0: none, or several. */
static int
only_version(const char *text, size_t len)
{
	size_t at = 0;
	int first = next_version(text, len, &at), other;

	while (first && (other = next_version(text, len, &at)))
		if (other != first)
			return 0;
	return first;
}

/* "v2:", "Changes in v2:", "v2 <- v1:", "v1 -> v2": the version whose changes
 * follow; 0: it is no such heading. */
static int
heading_version(const char *line, size_t len)
{
	struct nd_llm_evidence_token token;
	size_t at = 0, words = 0;
	int last, other;

	while (nd_llm_evidence_next_token(line, len, &at, &token))
		words++;
	at = 0;
	last = next_version(line, len, &at);
	while ((other = next_version(line, len, &at)))
		last = other > last ? other : last;
	/* "Changes since v1": v1 may be named in what is said of them. */
	if (last == 0 || words > HEADING_WORDS_MAX ||
	    nd_mem_find_nocase(line, len, "since") ||
	    nd_mem_find_nocase(line, len, "from"))
		return 0;
	nd_mem_trim(&line, &len);
	if (len == 0 || (line[len - 1] != ':' && !nd_mem_find(line, len, "->")))
		return 0;
	return last;
}

/* The version under whose heading the line stands that the quote is from. */
static int
version_above(const char *quote, const char *own)
{
	size_t len = strcspn(quote, "\n");
	char *start;
	const char *at;
	int version = 0;

	if (len < LINE_BYTES_MIN)
		return 0;
	start = x_strndup(NULL, quote, len);
	at = strstr(own, start);
	talloc_free(start);
	for (const char *line = own; at && line < at;) {
		size_t size = strcspn(line, "\n");
		int heading = heading_version(line, size);

		if (heading)
			version = heading;
		line += size + (line[size] == '\n');
	}
	return version;
}

const char *
nd_llm_patchref_check_version(const void *ctx, const char *text,
                              const char *quote, const char *sentence,
                              const char *own)
{
	size_t len = strlen(text), at = 0;
	int said = only_version(sentence, strlen(sentence)), version;

	if (said) {
		while ((version = next_version(text, len, &at)))
			if (version != said)
				return x_asprintf(ctx,
				                  "v%d is v%d in the quote",
				                  version, said);
		return NULL;
	}
	version = only_version(text, len);
	said = version ? version_above(quote, own) : 0;
	return said && version != said
	               ? x_asprintf(ctx, "v%d is v%d in the quote", version,
	                            said)
	               : NULL;
}
