/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "llm/assemble.h"

#include <string.h>

#include "llm/claimact.h"
#include "llm/claimwords.h"
#include "llm/placeholder.h"
#include "util/alloc.h"
#include "util/str.h"
#include "util/utf8.h"

enum { ROUNDS = 64 };

/* Where an item belongs in the window of this run, seen from its sources. */
static enum nd_zone
zone_of(const struct nd_llm_context *context, const struct nd_llm_claim *claim)
{
	bool opening = false, is_new = false;

	for (size_t i = 0; i < claim->source_count; i++) {
		const struct nd_llm_context_mail *mail =
			&context->mail[claim->source[i] - 1];

		opening |= mail->is_opening;
		is_new |= mail->is_new;
	}
	if (claim->zone == ND_ZONE_DECISION || claim->zone == ND_ZONE_QUESTION)
		return claim->zone;
	if (claim->zone == ND_ZONE_BACKGROUND && opening)
		return ND_ZONE_BACKGROUND;
	return is_new ? ND_ZONE_NEW : ND_ZONE_EARLIER;
}

/* Words between blanks; a wide character is half a word. */
static unsigned
count_words(const char *text)
{
	size_t len = strlen(text), at = 0;
	unsigned words = 0, wide = 0;
	bool inside = false;

	while (at < len) {
		int32_t c = nd_utf8_next(text, len, &at);

		wide += c >= 0x2e80;
		if (c == ' ' || c >= 0x2e80) {
			inside = false;
		} else if (!inside) {
			words++;
			inside = true;
		}
	}
	return words + (wide + 1) / 2;
}

/* What is printed of it: the quote too, below decisions and questions. */
static unsigned
words_of(const struct nd_llm_claim *claim, enum nd_zone zone)
{
	unsigned words = count_words(claim->text);

	return nd_summary_zone_has_quotes(zone) && !claim->doubt
	               ? words + count_words(claim->quote)
	               : words;
}

/*
 * Which claims fit: the first of every zone, then the second, … so that no zone
 * eats up the words of another.
 */
static bool *
choose(const void *ctx, const struct nd_llm_assemble *how)
{
	const struct nd_llm_claims *claims = &how->proved->claims;
	bool *chosen = x_array(ctx, bool, claims->count + 1);
	bool *seen = x_array(ctx, bool, claims->count + 1);
	unsigned words = 0;

	for (int round = 0; round < ROUNDS; round++) {
		bool taken[ND_ZONE_COUNT] = {false};

		for (size_t i = 0; i < claims->count; i++) {
			const struct nd_llm_claim *claim = &claims->claim[i];
			enum nd_zone zone = zone_of(how->context, claim);
			unsigned more;

			if (seen[i] || taken[zone])
				continue;
			seen[i] = taken[zone] = true;
			more = words_of(claim, zone);
			if (how->max_words && words + more > how->max_words &&
			    words > 0)
				continue;
			words += more;
			chosen[i] = true;
		}
	}
	return chosen;
}

/* The first mention of a term gets the expansion that a mail gives it. */
static const char *
spell_out(const void *ctx, const char *text, const struct nd_llm_proved *proved,
          bool *said)
{
	for (size_t i = 0; i < proved->term_count; i++) {
		const struct nd_llm_term *term = &proved->term[i];
		const char *at = strstr(text, term->term);
		size_t len = strlen(term->term);

		if (said[i] || !at)
			continue;
		if ((at > text && (nd_is_alpha(at[-1]) || at[-1] == '_' ||
		                   nd_is_digit(at[-1]) || at[-1] == '/')) ||
		    nd_is_alnum(at[len]) ||
		    strchr("_/-(", at[len] ? at[len] : ' '))
			continue;
		said[i] = true;
		text = x_asprintf(ctx, "%.*s (%s)%s",
		                  (int)(at - text + (long)len), text,
		                  term->expansion, at + len);
	}
	return text;
}

static void
add_item(struct nd_summary *summary, const struct nd_llm_assemble *how,
         const struct nd_llm_claim *claim, bool *said)
{
	enum nd_zone zone = zone_of(how->context, claim);
	struct nd_item_list *list = &summary->zone[zone];
	struct nd_item *item = x_append(summary, list->item, list->count);

	/* Words of a mail are left as they are. */
	item->text = nd_llm_claimwords(
		summary, how->i18n, how->context, claim,
		claim->doubt ? claim->text
			     : nd_llm_placeholder_name(
				       summary, how->context,
				       spell_out(summary, claim->text,
	                                         how->proved, said)));
	item->verbatim = claim->doubt;
	item->by =
		x_strdup(summary, nd_llm_claimwords_who(how->context, claim));
	item->act = nd_llm_claim_act_name(claim->act);
	item->patch = claim->patch;
	if (claim->act == ND_LLM_CLAIM_SAYS && claim->patch == 0)
		item->who = item->by;
	item->events = nd_llm_claimact_events(claim->act);
	item->quote = x_strdup(summary, claim->quote);
	for (size_t i = 0; i < claim->source_count; i++)
		item->source[item->source_count++] =
			how->context->mail[claim->source[i] - 1].message;
}

/* What the extractive engine says where the model has nothing left to say. */
static void
fill_empty(struct nd_summary *summary, const struct nd_summary *extract)
{
	for (enum nd_zone zone = 0; extract && zone <= ND_ZONE_NEW; zone++) {
		if (summary->zone[zone].count > 0 ||
		    extract->zone[zone].count == 0)
			continue;
		summary->zone[zone] = extract->zone[zone];
		summary->zone[zone].extracted = true;
	}
}

void
nd_llm_assemble_summary(struct nd_thread *thread,
                        const struct nd_llm_assemble *how)
{
	const struct nd_llm_proved *proved = how->proved;
	struct nd_summary *extract = thread->summary, *summary;
	void *tmp = talloc_new(NULL);
	bool *said = x_array(tmp, bool, proved->term_count + 1), *chosen;

	if (proved->claims.count == 0) {
		if (extract)
			extract->dropped = proved->dropped;
		talloc_free(tmp);
		return;
	}
	summary = x_new(thread, struct nd_summary);
	summary->engine = "llm";
	summary->model = x_strdup(summary, how->model);
	summary->language = x_strdup(summary, how->language);
	summary->dropped = proved->dropped;
	summary->model_gist = *proved->gist;
	if (summary->model_gist)
		summary->gist = nd_llm_placeholder_name(summary, how->context,
		                                        proved->gist);
	chosen = choose(tmp, how);
	for (size_t i = 0; i < proved->claims.count; i++)
		if (chosen[i])
			add_item(summary, how, &proved->claims.claim[i], said);
	fill_empty(summary, extract);
	/* Its texts may be in use now. */
	talloc_steal(summary, extract);
	thread->summary = summary;
	thread->coverage.read = (unsigned)how->context->mail_count;
	thread->coverage.bytes_read = how->context->own_bytes;
	talloc_free(tmp);
}
