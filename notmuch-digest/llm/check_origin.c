/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "llm/check_private.h"

#include <string.h>

#include "llm/placeholder.h"
#include "llm/quotation.h"
#include "util/alloc.h"
#include "util/str.h"

/* ---- sources -------------------------------------------------------------- */

static bool
is_shown(const struct nd_llm_check *check, int source)
{
	return source >= 1 && (size_t)source <= check->context->mail_count &&
	       check->shown[source - 1];
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

/* Where it is from: sources, quote, speaker. */
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
	why = read_by(check, ctx, claim);
	if (!why)
		why = check_quote(check, ctx, claim, counts);
	return why;
}

void
nd_llm_check_speaker(const void *ctx, struct nd_llm_claim *claim)
{
	char *speaker = x_asprintf(ctx, "{P%ld}", claim->person);
	const char *text = claim->text;

	if (!nd_str_starts(text, speaker))
		return;
	text += strlen(speaker);
	if (nd_str_starts(text, ":"))
		text++;
	else if (nd_str_starts(text, "："))
		text += strlen("：");
	else
		return;
	claim->text = text + strspn(text, " ");
}
