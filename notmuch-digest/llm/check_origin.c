/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "llm/check_private.h"

#include <string.h>

#include "entailment/agent.h"
#include "entailment/owner.h"
#include "llm/claimact.h"
#include "llm/placeholder.h"
#include "llm/quotation.h"
#include "text/phrase.h"
#include "util/alloc.h"
#include "util/str.h"

enum {
	TEXT_BYTES_MAX = 400,
	WORD_BYTES_MIN = 3,
	FIRST_BYTES_MIN = 5, /* of a name that begins a sentence */
};

/* ---- sources and zone ----------------------------------------------------- */

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
bool
nd_llm_check_fits_zone(const struct nd_llm_check *check, enum nd_zone zone,
                       int source)
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
		if (!nd_llm_check_fits_zone(check, claim->zone,
		                            claim->source[i]))
			return "earlier must cite mails that are not new";
	}
	if (claim->zone == ND_ZONE_NEW && !any_new)
		return "new must cite a new mail";
	return NULL;
}

/* ---- the quote ------------------------------------------------------------ */

/* Somebody with two addresses is two people of the context. */
static bool
is_same_person(const struct nd_llm_context *context, size_t a, size_t b)
{
	return a == b || nd_str_equal_nocase(context->person[a].name,
	                                     context->person[b].name);
}

static bool
is_by(const struct nd_llm_check *check, const struct nd_llm_claim *claim,
      size_t mail)
{
	return claim->person == 0 ||
	       is_same_person(check->context,
	                      (size_t)check->context->mail[mail].person,
	                      (size_t)claim->person - 1);
}

/* Where the quote stands: in a cited mail, before others; by whom it is. */
struct place {
	int mail;  /* from 1; 0: nowhere */
	int other; /* where it stands in somebody else's words */
	const char *quote;
};

static void
look_in(const struct nd_llm_check *check, const void *ctx,
        const struct nd_llm_claim *claim, int source, bool cited,
        struct place *place)
{
	const char *quote;

	if (place->mail > 0 || !check->shown[source - 1])
		return;
	quote = nd_llm_quotation_find(ctx, check->evidence, (size_t)source - 1,
	                              claim->quote, cited);
	if (!quote)
		return;
	if (!is_by(check, claim, (size_t)source - 1)) {
		place->other = source;
		return;
	}
	place->mail = source;
	place->quote = quote;
}

static struct place
find_quote(const struct nd_llm_check *check, const void *ctx,
           const struct nd_llm_claim *claim)
{
	struct place place = {0};

	for (size_t i = 0; i < claim->source_count; i++)
		look_in(check, ctx, claim, claim->source[i], true, &place);
	for (size_t i = 0; i < check->context->mail_count; i++)
		look_in(check, ctx, claim, (int)i + 1, false, &place);
	return place;
}

static void
cite_first(struct nd_llm_claim *claim, int source,
           struct nd_llm_check_counts *counts)
{
	for (size_t i = 0; i < claim->source_count; i++)
		if (claim->source[i] == source) {
			claim->source[i] = claim->source[0];
			claim->source[0] = source;
			return;
		}
	claim->source[0] = source;
	claim->source_count = 1;
	counts->recited++;
}

/* The quote decides: when it stands in another mail, that is the source. */
static const char *
check_quote(const struct nd_llm_check *check, const void *ctx,
            struct nd_llm_claim *claim, struct nd_llm_check_counts *counts)
{
	struct place place;

	if (!*claim->quote)
		return "it has no quote";
	place = find_quote(check, ctx, claim);
	if (place.mail > 0) {
		cite_first(claim, place.mail, counts);
		claim->quote = place.quote;
		if (claim->person == 0)
			claim->person =
				check->context->mail[place.mail - 1].person + 1;
		return NULL;
	}
	if (place.other > 0)
		return x_asprintf(
			ctx,
			"{P%d} wrote the quoted words in mail [%d]; by is "
			"{P%ld}",
			check->context->mail[place.other - 1].person + 1,
			place.other, claim->person);
	if (strlen(claim->quote) < ND_LLM_QUOTATION_BYTES_MIN)
		return "so short a quote must be a whole sentence of the cited "
		       "mail";
	return "the quote is in no mail, letter by letter";
}

/* Whom the model says it is of; 0 when it does not say. */
static const char *
read_by(const struct nd_llm_check *check, const void *ctx,
        struct nd_llm_claim *claim)
{
	const char *by =
		nd_llm_placeholder_insert(ctx, check->context, claim->by);
	size_t at = 0;

	claim->person = 0;
	if (!*by)
		return NULL;
	if (!nd_llm_placeholder_next(by, &at, &claim->person))
		return x_asprintf(ctx, "by is \"%s\", not a {Pn}", claim->by);
	if (claim->person < 1 ||
	    (size_t)claim->person > check->context->person_count)
		return x_asprintf(ctx, "{P%ld} is not among the people",
		                  claim->person);
	return NULL;
}

/* A decision is made, an open question asked; what is neither is told where
 * the mail stands. */
static const char *
place_claim(const struct nd_llm_check *check, struct nd_llm_claim *claim)
{
	if (claim->zone == ND_ZONE_QUESTION &&
	    claim->act != ND_LLM_CLAIM_ASKS &&
	    claim->act != ND_LLM_CLAIM_REQUESTS_CHANGE)
		return "an open question is asked: the act is another one";
	if (claim->zone == ND_ZONE_DECISION &&
	    (claim->act == ND_LLM_CLAIM_SAYS ||
	     claim->act == ND_LLM_CLAIM_ASKS ||
	     claim->act == ND_LLM_CLAIM_ANSWERS ||
	     claim->act == ND_LLM_CLAIM_REPORTS_RESULT))
		claim->zone = is_new(check, claim->source[0]) ? ND_ZONE_NEW
		                                              : ND_ZONE_EARLIER;
	return NULL;
}

/* Where it is from: sources, quote, speaker, zone. */
const char *
nd_llm_check_origin(const struct nd_llm_check *check, const void *ctx,
                    struct nd_llm_claim *claim,
                    struct nd_llm_check_counts *counts)
{
	const char *why;

	for (size_t i = 0; i < claim->source_count; i++)
		if (!is_shown(check, claim->source[i]))
			return x_asprintf(ctx,
			                  "[%d] is not the number of a mail "
			                  "above",
			                  claim->source[i]);
	if (strlen(claim->text) > TEXT_BYTES_MAX)
		return "it is longer than 400 bytes";
	why = read_by(check, ctx, claim);
	if (!why)
		why = check_quote(check, ctx, claim, counts);
	if (!why)
		nd_llm_claimact_mend(ctx, check->context, check->evidence,
		                     claim);
	if (!why)
		why = place_claim(check, claim);
	if (!why)
		why = check_zone(check, claim);
	return why;
}

/* ---- people --------------------------------------------------------------- */

/* Who says it is told by the program: the text is what is said. */
const char *
nd_llm_check_speaker(const void *ctx, struct nd_llm_claim *claim)
{
	char *speaker = x_asprintf(ctx, "{P%ld}", claim->person);
	const char *text = claim->text;

	if (!nd_str_starts(text, speaker))
		return NULL;
	text += strlen(speaker);
	if (nd_str_starts(text, ":"))
		text++;
	else if (nd_str_starts(text, "："))
		text += strlen("：");
	else
		return x_asprintf(ctx,
		                  "the text begins with %s and a verb; by and "
		                  "act say so already",
		                  speaker);
	claim->text = text + strspn(text, " ");
	return *claim->text ? NULL : "the text says nothing";
}

/* A name in the words of a mail: as it is written, and not as a sentence's
 * first word, which has a capital of its own. */
static bool
names(const char *own, const char *word, size_t len)
{
	for (const char *at = own; (at = nd_mem_find(at, strlen(at), word));
	     at++) {
		const char *before = at;

		if ((at > own && nd_is_word_byte(at[-1])) ||
		    nd_is_word_byte(at[len]))
			continue;
		while (before > own && nd_is_space(before[-1]))
			before--;
		if (before > own && !strchr(".!?", before[-1]) &&
		    !memchr(before, '\n', (size_t)(at - before)))
			return true;
		if (strchr(",:", at[len]) && at[len])
			return true;
	}
	return false;
}

/* Is somebody named in the own words: in full, or by a name of theirs? */
static bool
is_named(const struct nd_llm_check *check, size_t mail, const char *name)
{
	const char *own = nd_llm_evidence_own(check->evidence, mail);
	size_t len = strlen(name), at = 0;
	struct nd_llm_evidence_token word;

	if (nd_mem_find_nocase(own, strlen(own), name))
		return true;
	while (nd_llm_evidence_next_token(name, len, &at, &word)) {
		char *part = x_strndup(NULL, name + word.start, word.len);
		bool named = word.len >= WORD_BYTES_MIN &&
		             names(own, part, word.len);

		talloc_free(part);
		if (named)
			return true;
	}
	return false;
}

/* Wrote a cited mail, is answered by one, or is named in one. */
static bool
is_present(const struct nd_llm_check *check, const struct nd_llm_claim *claim,
           size_t person)
{
	const struct nd_llm_context *context = check->context;

	for (size_t i = 0; i < claim->source_count; i++) {
		size_t source = (size_t)claim->source[i] - 1;
		const struct nd_llm_context_mail *mail = &context->mail[source];

		if (is_same_person(context, (size_t)mail->person, person))
			return true;
		if (mail->answers >= 0 &&
		    is_same_person(context,
		                   (size_t)context->mail[mail->answers].person,
		                   person))
			return true;
		if (is_named(check, source, context->person[person].name))
			return true;
	}
	return false;
}

/* ---- somebody else's words or patch --------------------------------------- */

static bool
mentions(const struct nd_llm_check *check, const char *text, size_t person)
{
	size_t at = 0;
	long other;

	while (nd_llm_placeholder_next(text, &at, &other))
		if (other >= 1 &&
		    (size_t)other <= check->context->person_count &&
		    is_same_person(check->context, (size_t)other - 1, person))
			return true;
	return false;
}

/* Does a word of the quote name somebody, and nobody else of the thread? */
static bool
is_name_of(const struct nd_llm_check *check, const char *word, size_t len,
           size_t person)
{
	const struct nd_llm_context *context = check->context;
	char *part = x_strndup(NULL, word, len);
	bool is = false, others = false;

	for (size_t i = 0; i < context->person_count; i++) {
		const char *name = context->person[i].name;

		if (!nd_phrase_find_word(name, strlen(name), part))
			continue;
		if (is_same_person(context, i, person))
			is = true;
		else
			others = true;
	}
	talloc_free(part);
	return is && !others;
}

/* The first other than the speaker whom the quote names; -1: nobody. */
static int
named_by(const struct nd_llm_check *check, const struct nd_llm_claim *claim)
{
	const char *quote = claim->quote;
	size_t len = strlen(quote), at = 0;
	struct nd_llm_evidence_token word;

	while (nd_llm_evidence_next_token(quote, len, &at, &word)) {
		const char *text = quote + word.start;

		if (*text < 'A' || *text > 'Z' || word.len < WORD_BYTES_MIN ||
		    (word.start == 0 && word.len < FIRST_BYTES_MIN))
			continue;
		for (size_t i = 0; i < check->context->person_count; i++)
			if (!is_same_person(check->context, i,
			                    (size_t)claim->person - 1) &&
			    is_name_of(check, text, word.len, i))
				return (int)i;
	}
	return -1;
}

/* "as Ann said" in the quote, "as {Ben} said" in the text */
static const char *
check_named(const struct nd_llm_check *check, const void *ctx,
            const struct nd_llm_claim *claim)
{
	int named = named_by(check, claim);
	size_t at = 0;
	long person;

	if (named < 0 || mentions(check, claim->text, (size_t)named))
		return NULL;
	while (nd_llm_placeholder_next(claim->text, &at, &person))
		if (!is_same_person(check->context, (size_t)person - 1,
		                    (size_t)claim->person - 1))
			return x_asprintf(ctx,
			                  "the quote names {P%d}, not {P%ld}",
			                  named + 1, person);
	return NULL;
}

static bool
is_owner(const struct nd_llm_check *check, const struct nd_llm_claim *claim,
         size_t person)
{
	const struct nd_llm_context *context = check->context;
	const char *name = context->person[person].name;
	size_t len = strlen(name), at = 0;
	struct nd_llm_evidence_token word;

	for (size_t i = 0; i < context->mail_count; i++)
		if (context->mail[i].is_opening &&
		    is_same_person(context, (size_t)context->mail[i].person,
		                   person))
			return true;
	for (size_t i = 0; i < claim->source_count; i++) {
		size_t mail = (size_t)claim->source[i] - 1;
		int32_t answers = context->mail[mail].answers;
		const char *own = nd_llm_evidence_own(check->evidence, mail);

		if (answers >= 0 &&
		    is_same_person(context,
		                   (size_t)context->mail[answers].person,
		                   person) &&
		    nd_phrase_find_word(own, strlen(own), "your"))
			return true;
		while (nd_llm_evidence_next_token(name, len, &at, &word)) {
			char *part =
				x_strndup(NULL, name + word.start, word.len);
			bool owns = nd_owner_is_named(own, part);

			talloc_free(part);
			if (owns)
				return true;
		}
	}
	return false;
}

static const char *
check_owners(const struct nd_llm_check *check, const void *ctx,
             const struct nd_llm_claim *claim)
{
	size_t at = 0;
	long person;

	while (nd_llm_placeholder_next(claim->text, &at, &person)) {
		const char *thing;
		size_t start = at;

		while (start > 0 && claim->text[start] != '{')
			start--;
		thing = nd_owner_thing(ctx, claim->text, start, at);
		if (thing && *thing &&
		    !is_same_person(check->context, (size_t)person - 1,
		                    (size_t)claim->person - 1) &&
		    nd_owner_is_speaker(claim->quote, thing))
			return x_asprintf(ctx,
			                  "the %s in the quote is of {P%ld}",
			                  thing, claim->person);
		if (nd_owner_of_patch(claim->text, start, at) &&
		    !is_owner(check, claim, (size_t)person - 1))
			return x_asprintf(ctx, "no patch of {P%ld} is here",
			                  person);
	}
	return NULL;
}

/* ---- who does it ---------------------------------------------------------- */

/* "I" and "we" are the speaker; else it is a name of theirs. */
static bool
is_called(const struct nd_llm_check *check, const struct nd_llm_claim *claim,
          const char *agent, size_t person)
{
	const char *name = check->context->person[person].name;

	if (nd_str_equal_nocase(agent, "i") || nd_str_equal_nocase(agent, "we"))
		return is_same_person(check->context, (size_t)claim->person - 1,
		                      person);
	return nd_phrase_find_word(name, strlen(name), agent) != NULL;
}

/* "{Ben} missed it", where the sentence is "Ann missed it" */
static const char *
check_agent(const struct nd_llm_check *check, const void *ctx,
            const struct nd_llm_claim *claim, const char *sentence)
{
	const char *text, *agent;
	size_t at = 0;
	long person;

	if (!nd_llm_placeholder_next(claim->text, &at, &person) ||
	    claim->text[0] != '{')
		return NULL;
	text = claim->text + at;
	if (nd_str_starts(text, "'s") || nd_str_starts(text, "’s") ||
	    is_same_person(check->context, (size_t)person - 1,
	                   (size_t)claim->person - 1))
		return NULL;
	if (claim->act == ND_LLM_CLAIM_PROMISES_CHANGE)
		return "a promise is made by who says it, not by another one";
	agent = nd_llm_claimact_is_stated(claim->act)
	                ? nd_agent_of(ctx, text, sentence)
	                : nd_agent_addressed(ctx, sentence);
	return agent && !is_called(check, claim, agent, (size_t)person - 1)
	               ? x_asprintf(ctx, "the quote says it of \"%s\"", agent)
	               : NULL;
}

/* ---- all of it ------------------------------------------------------------ */

const char *
nd_llm_check_people(const struct nd_llm_check *check, const void *ctx,
                    const struct nd_llm_claim *claim, const char *sentence,
                    size_t *people)
{
	const char *why;
	size_t at = 0;
	long person;

	*people = 0;
	while (nd_llm_placeholder_next(claim->text, &at, &person)) {
		(*people)++;
		if (person < 1 || (size_t)person > check->context->person_count)
			return x_asprintf(ctx, "{P%ld} is not among the people",
			                  person);
		if (!is_present(check, claim, (size_t)person - 1))
			return x_asprintf(
				ctx, "{P%ld} is not in the cited mail", person);
	}
	why = check_named(check, ctx, claim);
	if (!why)
		why = check_owners(check, ctx, claim);
	return why ? why : check_agent(check, ctx, claim, sentence);
}
