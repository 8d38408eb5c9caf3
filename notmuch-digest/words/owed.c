/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "words/owed.h"

#include "model/address.h"
#include "util/alloc.h"

#define N_(text) text

/* 1: who wrote the mail that says so; 2: who is to act. */
static const struct {
	const char *you, *other;
} words[ND_OBLIGATION_WHY_COUNT] = {
	[ND_OBLIGATION_ASKED] = {N_("%1$s asks you"), N_("%1$s asked %2$s")},
	[ND_OBLIGATION_PROMISED] = {N_("you promised a change"),
                                    N_("%1$s promised a change")},
	[ND_OBLIGATION_CHANGES] = {N_("%1$s wants changes from you"),
                                   N_("%1$s wanted changes from %2$s")},
	[ND_OBLIGATION_TEST_FAILED] = {N_("a test failed for you: %1$s"),
                                       N_("a test failed for %2$s: %1$s")},
	[ND_OBLIGATION_TO_ANSWER] = {N_("%1$s answered you"),
                                     N_("%1$s answered %2$s")},
	[ND_OBLIGATION_TO_REVIEW] =
		{N_("%1$s posted the newer version that you wanted"),
                 N_("%1$s posted the newer version that %2$s wanted")},
	[ND_OBLIGATION_TO_APPLY] =
		{N_("reviewed by %1$s, you could apply it"),
                 N_("reviewed by %1$s, %2$s could apply it")},
	[ND_OBLIGATION_SENT_TO] = {N_("%1$s sent it to you, nobody answered"),
                                   N_("%1$s sent it to %2$s, nobody "
                                      "answered")},
	[ND_OBLIGATION_TO_ANNOUNCE] = {N_("merged, and no mail has told you"),
                                       N_("merged, and no mail has told %1$s")},
};

static const char *
words_of(const struct nd_obligation *one)
{
	bool you = one->user || (one->why == ND_OBLIGATION_TO_ANNOUNCE &&
	                         one->list == ND_OBLIGATION_WAITS_FOR_OTHERS);

	if (one->why == ND_OBLIGATION_TO_APPLY && !one->name && !you)
		return N_("reviewed by %1$s, nobody has applied it");
	return you ? words[one->why].you : words[one->why].other;
}

const char *
nd_owed_no_answer(const void *ctx, const struct nd_i18n *i18n, const char *name,
                  bool user)
{
	return user ? x_strdup(ctx, nd_tr(i18n, "nobody has answered you"))
	            : x_asprintf(ctx, nd_tr(i18n, "nobody has answered %1$s"),
	                         name);
}

const char *
nd_owed_text(const void *ctx, const struct nd_i18n *i18n,
             const struct nd_obligation *one)
{
	const struct nd_message *mail = one->thread->message[one->message];
	const char *by = nd_address_name(ctx, &mail->sender);

	if (one->why == ND_OBLIGATION_NO_ANSWER)
		return nd_owed_no_answer(
			ctx, i18n, by,
			one->list == ND_OBLIGATION_WAITS_FOR_OTHERS);
	return x_asprintf(ctx, nd_tr(i18n, words_of(one)), by,
	                  one->name ? one->name : "");
}
