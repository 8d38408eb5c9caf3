/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "llm/check.h"

#include <string.h>

#include "llm/abbreviation.h"
#include "llm/placeholder.h"
#include "util/alloc.h"
#include "util/str.h"
#include "util/utf8.h"

enum {
	TEXT_BYTES_MAX = 400,
	TOPIC_BYTES_MAX = 200,
	QUOTE_BYTES_MIN = 12,
	WORD_BYTES_MIN = 3,
};

/* A share of common words below this is weak. */
#define OVERLAP_MIN 0.3

/* ---- sources and quotes -------------------------------------------------- */

static bool
is_shown(const struct nd_llm_check *check, int source)
{
	return source >= 1 && (size_t)source <= check->context->mail_count &&
	       check->shown[source - 1];
}

static bool
is_new(const struct nd_llm_check *check, int source)
{
	return check->context->mail[source - 1].is_new;
}

/* May this mail prove an item of this zone? */
static bool
fits_zone(const struct nd_llm_check *check, enum nd_zone zone, int source)
{
	return !check->windowed || zone != ND_ZONE_EARLIER ||
	       !is_new(check, source);
}

static const char *
check_zone(const struct nd_llm_check *check, const struct nd_llm_claim *claim)
{
	bool any_new = false;

	if (!check->windowed)
		return NULL;
	for (size_t i = 0; i < claim->source_count; i++) {
		any_new |= is_new(check, claim->source[i]);
		if (!fits_zone(check, claim->zone, claim->source[i]))
			return "earlier must cite mails that are not new";
	}
	if (claim->zone == ND_ZONE_NEW && !any_new)
		return "new must cite a new mail";
	return NULL;
}

/* The quote decides: when it stands in another mail, that is the source. */
static const char *
check_quote(const struct nd_llm_check *check, struct nd_llm_claim *claim,
            struct nd_llm_check_counts *counts)
{
	size_t cited = claim->source_count;

	if (!*claim->quote)
		return "it has no quote";
	for (size_t i = 0; i < cited; i++) {
		size_t mail = (size_t)claim->source[i] - 1;

		if (!nd_llm_evidence_has_quote(check->evidence, mail,
		                               claim->quote))
			continue;
		if (strlen(claim->quote) < QUOTE_BYTES_MIN &&
		    !nd_llm_evidence_is_all(check->evidence, mail,
		                            claim->quote))
			return "the quote is shorter than 12 characters";
		claim->source[i] = claim->source[0];
		claim->source[0] = (int)mail + 1;
		return NULL;
	}
	if (strlen(claim->quote) < QUOTE_BYTES_MIN)
		return "the quote is not in the cited mail";
	for (size_t i = 0; i < check->context->mail_count; i++) {
		if (!check->shown[i] ||
		    !nd_llm_evidence_has_quote(check->evidence, i,
		                               claim->quote))
			continue;
		claim->source[0] = (int)i + 1;
		claim->source_count = 1;
		counts->recited++;
		return NULL;
	}
	return "the quote is in no mail";
}

/* ---- people -------------------------------------------------------------- */

/* Wrote a cited mail, is answered by one, or is named in one. */
static bool
is_present(const struct nd_llm_check *check, const struct nd_llm_claim *claim,
           size_t person)
{
	const struct nd_llm_context *context = check->context;
	const char *name = context->person[person].name;

	for (size_t i = 0; i < claim->source_count; i++) {
		const struct nd_llm_context_mail *mail =
			&context->mail[claim->source[i] - 1];
		size_t len = strlen(name), at = 0;
		struct nd_llm_evidence_token word;

		if (mail->person == (int32_t)person)
			return true;
		if (mail->answers >= 0 &&
		    context->mail[mail->answers].person == (int32_t)person)
			return true;
		while (nd_llm_evidence_next_token(name, len, &at, &word))
			if (word.len >= WORD_BYTES_MIN &&
			    nd_llm_evidence_has_token(
				    check->evidence,
				    (size_t)claim->source[i] - 1,
				    name + word.start, word.len))
				return true;
	}
	return false;
}

static const char *
check_people(const struct nd_llm_check *check, const struct nd_llm_claim *claim,
             size_t *people)
{
	size_t at = 0;
	long person;

	*people = 0;
	while (nd_llm_placeholder_next(claim->text, &at, &person)) {
		(*people)++;
		if (person < 1 || (size_t)person > check->context->person_count)
			return "it names a {Pn} that is not among the people";
		if (!is_present(check, claim, (size_t)person - 1))
			return "it names a {Pn} who is not in the cited mail";
	}
	return NULL;
}

/* ---- links and markup ---------------------------------------------------- */

static const char *
check_markup(const struct nd_llm_check *check, const char *text)
{
	static const char *const markup[] = {
		"](",   "![",          "<a ",       "</",
		"<img", "javascript:", "data:text", "```"};
	const char *at = text;

	for (size_t i = 0; i < sizeof markup / sizeof *markup; i++)
		if (nd_mem_find_nocase(text, strlen(text), markup[i]))
			return "it holds markup";
	while ((at = strstr(at, "://"))) {
		size_t begin = (size_t)(at - text), end = begin;

		while (begin > 0 && nd_is_alpha(text[begin - 1]))
			begin--;
		while (text[end] > ' ' && text[end] < 0x7f &&
		       !strchr("),;<>\"", text[end]))
			end++;
		if (!nd_llm_evidence_holds(check->evidence, text + begin,
		                           end - begin))
			return "it holds a link that is in no mail";
		at += 3;
	}
	return NULL;
}

/* ---- identifiers and numbers --------------------------------------------- */

static bool
is_cited(const struct nd_llm_check *check, const struct nd_llm_claim *claim,
         const char *token, size_t len)
{
	for (size_t i = 0; i < claim->source_count; i++)
		if (nd_llm_evidence_has_token(check->evidence,
		                              (size_t)claim->source[i] - 1,
		                              token, len))
			return true;
	return nd_llm_evidence_facts_have(check->evidence, token, len);
}

/* Another mail has it, and there is room to cite that one, too. */
static bool
cite_also(const struct nd_llm_check *check, struct nd_llm_claim *claim,
          const char *token, size_t len, struct nd_llm_check_counts *counts)
{
	if (claim->source_count == ND_ITEM_SOURCES_MAX)
		return false;
	for (size_t i = 0; i < check->context->mail_count; i++) {
		if (!check->shown[i] ||
		    !fits_zone(check, claim->zone, (int)i + 1) ||
		    !nd_llm_evidence_has_token(check->evidence, i, token, len))
			continue;
		claim->source[claim->source_count++] = (int)i + 1;
		counts->recited++;
		return true;
	}
	return false;
}

/* What the tokens of a text say about it. */
struct words {
	unsigned technical, plain, known, strange;
};

static const char *
check_tokens(const struct nd_llm_check *check, struct nd_llm_claim *claim,
             const char *text, struct words *words,
             struct nd_llm_check_counts *counts)
{
	struct nd_llm_evidence_token token;
	size_t len = strlen(text), at = 0;

	while (nd_llm_evidence_next_token(text, len, &at, &token)) {
		const char *word = text + token.start;
		bool cited = is_cited(check, claim, word, token.len);

		if (token.number && !cited)
			return "a number is not in the cited mail";
		if (token.technical && !cited &&
		    !cite_also(check, claim, word, token.len, counts))
			return "an identifier is not in the cited mail";
		if (token.technical) {
			words->technical++;
		} else if (token.len >= WORD_BYTES_MIN) {
			words->plain++;
			words->known += cited;
			words->strange += !cited && token.start > 0 &&
			                  *word >= 'A' && *word <= 'Z';
		}
	}
	return NULL;
}

static bool
is_weak(const struct nd_llm_check *check, const struct words *words)
{
	/* Across languages nothing is in common but what is technical. */
	if (!check->same_language)
		return words->technical == 0;
	return words->plain > 0 &&
	       (double)words->known < OVERLAP_MIN * (double)words->plain;
}

/* ---- all of it ----------------------------------------------------------- */

const char *
nd_llm_check_claim(const struct nd_llm_check *check, const void *ctx,
                   struct nd_llm_claim *claim,
                   struct nd_llm_check_counts *counts)
{
	struct words words = {0};
	const char *why = NULL;
	unsigned abbreviations;
	size_t people;

	for (size_t i = 0; i < claim->source_count; i++)
		if (!is_shown(check, claim->source[i]))
			return "a source is not the number of a mail above";
	if (strlen(claim->text) > TEXT_BYTES_MAX)
		return "it is longer than 400 bytes";
	why = check_quote(check, claim, counts);
	if (!why)
		why = check_zone(check, claim);
	if (!why)
		why = check_markup(check, claim->text);
	if (why)
		return why;
	claim->text = nd_llm_abbreviation_strip(ctx, check->evidence,
	                                        claim->text, &abbreviations);
	counts->abbreviations += abbreviations;
	if (nd_llm_abbreviation_claims(check->evidence, claim->text))
		return "it spells out an abbreviation that no mail does";
	claim->text =
		nd_llm_placeholder_insert(ctx, check->context, claim->text);
	why = check_people(check, claim, &people);
	if (!why)
		why = check_tokens(check, claim,
		                   nd_llm_placeholder_remove(ctx, claim->text),
		                   &words, counts);
	if (why)
		return why;
	counts->strange += words.strange;
	if (is_weak(check, &words)) {
		if (words.technical == 0 && people == 0)
			return "it says nothing that is in the cited mail";
		counts->weak += check->same_language;
	}
	return NULL;
}

const char *
nd_llm_check_gist(const struct nd_llm_check *check, const void *ctx,
                  const char *gist, struct nd_llm_check_counts *counts)
{
	struct nd_llm_evidence_token token;
	unsigned abbreviations;
	size_t at = 0, len, keep, person_at = 0;
	long person;

	gist = nd_llm_abbreviation_strip(ctx, check->evidence, gist,
	                                 &abbreviations);
	counts->abbreviations += abbreviations;
	gist = nd_llm_placeholder_insert(ctx, check->context, gist);
	while (nd_llm_placeholder_next(gist, &person_at, &person))
		if (person < 1 || (size_t)person > check->context->person_count)
			return NULL;
	len = strlen(gist);
	if (len == 0 || check_markup(check, gist) ||
	    nd_llm_abbreviation_claims(check->evidence, gist))
		return NULL;
	while (nd_llm_evidence_next_token(gist, len, &at, &token)) {
		const char *word = gist + token.start;
		bool found = nd_llm_evidence_facts_have(check->evidence, word,
		                                        token.len);

		/* The number of a {Pn} is ours. */
		if (token.start > 0 && word[-1] == '{')
			continue;
		for (size_t i = 0; token.technical && !found &&
		                   i < check->context->mail_count;
		     i++)
			found = check->shown[i] &&
			        nd_llm_evidence_has_token(check->evidence, i,
			                                  word, token.len);
		if (token.technical && !found)
			return NULL;
	}
	if (len <= TOPIC_BYTES_MAX)
		return gist;
	keep = nd_utf8_fit(gist, TOPIC_BYTES_MAX - 3, TOPIC_BYTES_MAX);
	while (keep > 0 && ((unsigned char)gist[keep] & 0xc0) == 0x80)
		keep--;
	return x_asprintf(ctx, "%.*s…", (int)keep, gist);
}

bool
nd_llm_check_term(const struct nd_llm_check *check,
                  const struct nd_llm_term *term)
{
	size_t len = strlen(term->expansion);

	return strcmp(term->term, term->expansion) != 0 &&
	       !strchr(term->expansion, '{') &&
	       !check_markup(check, term->expansion) &&
	       nd_llm_evidence_holds(check->evidence, term->term,
	                             strlen(term->term)) &&
	       nd_llm_evidence_spells(check->evidence, term->expansion, len);
}
