/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "llm/claimwords.h"

#include <string.h>

#include "model/event.h"
#include "util/alloc.h"
#include "util/str.h"

#define N_(text) text

/* 1: who, 2: what is said, 3: the number of the patch */
static const struct {
	const char *plain, *patch;
} forms[ND_LLM_CLAIM_ACT_COUNT] = {
	[ND_LLM_CLAIM_SAYS] = {NULL, N_("%1$s on patch %3$d: %2$s")},
	[ND_LLM_CLAIM_ASKS] = {N_("%1$s asks: %2$s"),
                               N_("%1$s asks about patch %3$d: %2$s")},
	[ND_LLM_CLAIM_ANSWERS] = {N_("%1$s answers: %2$s"),
                                  N_("%1$s answers on patch %3$d: %2$s")},
	[ND_LLM_CLAIM_REQUESTS_CHANGE] =
		{N_("%1$s asks for a change: %2$s"),
                 N_("%1$s asks for a change of patch %3$d: %2$s")},
	[ND_LLM_CLAIM_PROMISES_CHANGE] =
		{N_("%1$s promises a change: %2$s"),
                 N_("%1$s promises a change of patch %3$d: %2$s")},
	[ND_LLM_CLAIM_APPROVES] = {N_("%1$s approves: %2$s"),
                                   N_("%1$s approves patch %3$d: %2$s")},
	[ND_LLM_CLAIM_OBJECTS] = {N_("%1$s objects: %2$s"),
                                  N_("%1$s objects to patch %3$d: %2$s")},
	[ND_LLM_CLAIM_REPORTS_RESULT] =
		{N_("%1$s reports: %2$s"),
                 N_("%1$s reports on patch %3$d: %2$s")},
	[ND_LLM_CLAIM_WITHDRAWS] = {N_("%1$s withdraws it: %2$s"),
                                    N_("%1$s withdraws patch %3$d: %2$s")},
	[ND_LLM_CLAIM_DEFERS] = {N_("%1$s puts it off: %2$s"),
                                 N_("%1$s puts patch %3$d off: %2$s")},
	[ND_LLM_CLAIM_DECIDES] = {N_("%1$s decides: %2$s"),
                                  N_("%1$s decides on patch %3$d: %2$s")},
};

/* Does text end as sentences do, in any language? */
static bool
ends_sentence(const char *text)
{
	static const char *const marks[] = {".",  "!",  "?", "。",
	                                    "！", "？", "…"};
	size_t len = strlen(text);

	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (nd_mem_ends_nocase(text, len, marks[i]))
			return true;
	return false;
}

const char *
nd_llm_claimwords_who(const struct nd_llm_context *context,
                      const struct nd_llm_claim *claim)
{
	return claim->person >= 1 &&
	                       (size_t)claim->person <= context->person_count
	               ? context->person[claim->person - 1].name
	               : "?";
}

/* Of several patches the ledger names those that were taken. */
static const char *
taken_what(const void *ctx, const struct nd_i18n *i18n,
           const struct nd_llm_context *context,
           const struct nd_llm_claim *claim)
{
	const struct nd_llm_context_mail *mail =
		&context->mail[claim->source[0] - 1];
	int patch = claim->patch;

	if (patch == 0 && mail->taken_count == 1)
		patch = mail->taken[0];
	if (patch > 0)
		return x_asprintf(ctx, nd_tr(i18n, "patch %d"), patch);
	if (mail->taken_count > 1)
		return nd_tr(i18n, "a part of the series");
	for (size_t i = 0; i < context->mail_count; i++)
		if (context->mail[i].patch > 1)
			return nd_tr(i18n, "the series");
	return mail->events & 1u << ND_EVENT_PULLED
	               ? nd_tr(i18n, "the pull request")
	               : nd_tr(i18n, "the patch");
}

static const char *
taken_words(const void *ctx, const struct nd_i18n *i18n,
            const struct nd_llm_context *context,
            const struct nd_llm_claim *claim)
{
	const char *who = nd_llm_claimwords_who(context, claim);
	const char *what = taken_what(ctx, i18n, context, claim);
	const char *tree = context->mail[claim->source[0] - 1].tree;

	return tree && *tree ? x_asprintf(ctx,
	                                  nd_tr(i18n, "%1$s applied %2$s to "
	                                              "%3$s"),
	                                  who, what, tree)
	                     : x_asprintf(ctx, nd_tr(i18n, "%1$s applied %2$s"),
	                                  who, what);
}

const char *
nd_llm_claimwords(const void *ctx, const struct nd_i18n *i18n,
                  const struct nd_llm_context *context,
                  const struct nd_llm_claim *claim, const char *text)
{
	const char *who = nd_llm_claimwords_who(context, claim);
	const char *form = claim->patch > 0 ? forms[claim->act].patch
	                                    : forms[claim->act].plain;

	if (claim->doubt)
		text = x_asprintf(ctx, nd_tr(i18n, "“%s”"), text);
	else if (claim->act == ND_LLM_CLAIM_APPLIES)
		text = taken_words(ctx, i18n, context, claim);
	if (!claim->doubt && !ends_sentence(text))
		text = x_asprintf(ctx, nd_tr(i18n, "%s."), text);
	if (!form)
		return text;
	return claim->patch > 0 ? x_asprintf(ctx, nd_tr(i18n, form), who, text,
	                                     claim->patch)
	                        : x_asprintf(ctx, nd_tr(i18n, form), who, text);
}
