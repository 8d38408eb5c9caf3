/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "entailment/cause.h"

#include <string.h>

#include "entailment/denial.h"
#include "text/likeness.h"
#include "util/alloc.h"
#include "util/buf.h"
#include "util/str.h"

enum {
	PLACES_MAX = 32,  /* where a word is looked for in a mail */
	NEAR_BYTES = 120, /* of what follows "leads to" */
};

/* Of the words of a reason, at least so many must stand in the mail; of those of
 * an effect so many make a text that is about it. */
#define REASON_MIN 0.5

/* What has more of them behind a "because" is one there, too. */
#define GIVEN_MIN 0.8

/* What follows a conjunction that gives a reason; NULL: there is none. */
static const char *
reason_in(const char *text)
{
	static const char *const words[] = {" because of ", " because ",
	                                    " due to ", ", since ", ", as "};

	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		const char *at =
			nd_mem_find_nocase(text, strlen(text), words[i]);

		if (at)
			return at + strlen(words[i]);
	}
	return NULL;
}

/* Do most words of the reason stand right behind such a word of the mail? */
static bool
is_behind(const char *language, const char *reason, const char *own,
          const char *word, const char *ends, double most)
{
	const char *at = own;

	for (size_t i = 0; i < PLACES_MAX; i++, at++) {
		struct nd_likeness likeness;
		size_t len;
		char *behind;

		at = nd_mem_find_nocase(at, strlen(at), word);
		if (!at)
			return false;
		len = strcspn(at, ends);
		behind = x_strndup(NULL, at,
		                   len < NEAR_BYTES ? len : NEAR_BYTES);
		likeness = nd_likeness_of(language, reason, behind);
		talloc_free(behind);
		if ((double)likeness.shared > most * (double)likeness.words)
			return true;
	}
	return false;
}

/* Does the mail say that something of the reason is missing? */
static bool
is_missing(const char *language, const char *own, const char *reason)
{
	static const char *const words[] = {"missing", "misses", "lack",
	                                    "without"};
	static const char *const signs[] = {"missing ", "lack of "};
	const char *what = reason;

	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
		const char *at =
			nd_mem_find_nocase(what, strlen(what), signs[i]);

		if (at)
			what = at + strlen(signs[i]);
	}
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (is_behind(language, what, own, words[i], ".,;", 0))
			return true;
	return false;
}

/* "because of missing tests", where the mail says that there are tests */
static bool
misses_what_is_there(const char *language, const char *own, const char *reason)
{
	static const char *const words[] = {"missing ", "lack of "};
	void *tmp = talloc_new(NULL);
	bool misses = false;

	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		static const char *const articles[] = {"", "a ", "the "};

		for (size_t k = 0; k < sizeof articles / sizeof *articles; k++)
			misses |= nd_str_starts_nocase(
				reason,
				x_asprintf(tmp, "%s%s", articles[k], words[i]));
	}
	misses = misses && !is_missing(language, own, reason) &&
	         nd_likeness_of(language, reason, nd_denial_denied(tmp, own))
	                         .shared == 0;
	talloc_free(tmp);
	return misses;
}

/* "because it crashes", where the mail says "this leads to a crash" */
static bool
is_effect(const char *language, const char *own, const char *reason)
{
	static const char *const verbs[] = {
		" leads to ", " lead to ",    " causes ",  " caused ",
		" cause ",    " results in ", " trigger ", " triggers "};
	static const char *const because[] = {"because", "due to", "since "};
	bool effect = false, given = false;

	for (size_t i = 0; i < sizeof because / sizeof *because; i++)
		given |= is_behind(language, reason, own, because[i], ",;.",
		                   GIVEN_MIN);
	for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
		effect |= is_behind(language, reason, own, verbs[i], ".",
		                    REASON_MIN);
	return effect && !given;
}

/* ---- another reason than the sentence gives ------------------------------- */

/* Where the clause of a reason ends. */
static size_t
reason_bytes(const char *reason)
{
	static const char *const ends[] = {", so ", ", but ", ", which ", "; ",
	                                   ". "};
	size_t len = strlen(reason);

	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		const char *at = nd_mem_find_nocase(reason, len, ends[i]);

		if (at)
			len = (size_t)(at - reason);
	}
	return len;
}

static void
add_reason(struct nd_buf *out, const char *text, size_t len)
{
	nd_buf_add(out, text, len);
	nd_buf_addc(out, '\n');
}

/* All that a sentence gives as a reason of something; "": nothing. */
static const char *
reasons_of(const void *ctx, const char *sentence)
{
	static const char *const behind[] = {
		" because of ", "because ",    "due to ",     "since ",
		" caused by ",  " owing to ",  " thanks to ", " out of ",
		", as ",        " given that "};
	static const char *const before[] = {
		" so that ", ", so ",        " therefore ", " thus ",
		" hence ",   " leads to ",   " lead to ",   " causes ",
		" caused ",  " results in ", " result in ", " triggers ",
		" meaning ", " which means "};
	struct nd_buf *out = nd_buf_new(ctx, strlen(sentence) + 1);

	for (size_t i = 0; i < sizeof behind / sizeof *behind; i++) {
		const char *at = nd_mem_find_nocase(sentence, strlen(sentence),
		                                    behind[i]);

		if (at && (at == sentence || !nd_is_alpha(at[-1])))
			add_reason(out, at + strlen(behind[i]),
			           reason_bytes(at + strlen(behind[i])));
	}
	for (size_t i = 0; i < sizeof before / sizeof *before; i++) {
		const char *at = nd_mem_find_nocase(sentence, strlen(sentence),
		                                    before[i]);

		/* "has caused by" is none */
		if (at && !nd_str_starts(at, " caused by"))
			add_reason(out, sentence, (size_t)(at - sentence));
	}
	return out->data;
}

/* The sentence gives a reason, and it is another one. */
static bool
is_another(const char *language, const char *reason, const char *sentence)
{
	void *tmp = talloc_new(NULL);
	const char *given = reasons_of(tmp, sentence);
	const struct nd_likeness any = nd_likeness_of(language, given, "");
	const struct nd_likeness same = nd_likeness_of(language, reason, given);
	const struct nd_likeness near =
		nd_likeness_of(language, reason, sentence);
	bool another = any.words > 0 && same.words > 0 && same.shared == 0 &&
	               (double)near.shared <= REASON_MIN * (double)near.words;

	talloc_free(tmp);
	return another;
}

const char *
nd_cause_unfounded(const char *language, const char *text, const char *sentence,
                   const char *around, const char *own)
{
	const char *reason = reason_in(text);
	struct nd_likeness likeness;

	if (!reason)
		return NULL;
	likeness = nd_likeness_of(language, reason, around);
	if ((likeness.words == 0 ||
	     (double)likeness.shared >= REASON_MIN * (double)likeness.words) &&
	    !misses_what_is_there(language, own, reason) &&
	    !is_effect(language, own, reason) &&
	    !is_another(language, reason, sentence))
		return NULL;
	return reason;
}
