/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "llm/patchref.h"

#include <string.h>

#include "util/alloc.h"
#include "util/str.h"

enum {
	DIGITS_MAX = 4,
	REACH_BYTES = 24,
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

/* No mail of the thread is one of several patches. */
static bool
is_single(const struct nd_llm_context *context)
{
	for (size_t i = 0; i < context->mail_count; i++)
		if (context->mail[i].patch > 1)
			return false;
	return true;
}

bool
nd_llm_patchref_mend(const struct nd_llm_context *context,
                     const struct nd_llm_evidence *evidence,
                     struct nd_llm_claim *claim)
{
	const struct nd_llm_context_mail *mail =
		&context->mail[claim->source[0] - 1];

	/* Where the ledger names none of those taken, all of them are. */
	if ((claim->patch == 1 && is_single(context)) ||
	    (claim->act == ND_LLM_CLAIM_APPLIES && mail->taken_count == 0))
		claim->patch = 0;
	if (claim->patch == 0 ||
	    is_cited(context, evidence, claim, claim->patch))
		return false;
	claim->patch = 0;
	return true;
}
