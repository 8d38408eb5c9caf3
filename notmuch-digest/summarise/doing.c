/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "summarise/doing.h"

#include <stdbool.h>

#include "acts/cue.h"
#include "text/token.h"
#include "util/str.h"

enum { TOKENS_MAX = 256 }; /* of a sentence that are looked at */

static const struct {
	enum nd_cue cue;
	unsigned doing;
} table[] = {
	{ND_CUE_INQUIRY, ND_DOING_ASK},
	{ND_CUE_FOREIGN_ASK, ND_DOING_ASK},
	{ND_CUE_DEED, ND_DOING_DECIDE},
	{ND_CUE_FOREIGN_DEED, ND_DOING_DECIDE},
	{ND_CUE_COMMITMENT, ND_DOING_DECIDE | ND_DOING_PROMISE},
	{ND_CUE_INTENT, ND_DOING_PROMISE},
	{ND_CUE_FOREIGN_PROMISE, ND_DOING_PROMISE},
	{ND_CUE_ASSENT, ND_DOING_AGREE},
	{ND_CUE_FOREIGN_AGREE, ND_DOING_AGREE},
	{ND_CUE_OUTLOOK, ND_DOING_SUGGEST},
	{ND_CUE_FOREIGN_SUGGEST, ND_DOING_SUGGEST},
	{ND_CUE_COURTESY, ND_DOING_COURTESY},
	{ND_CUE_DANGLING, ND_DOING_DANGLE},
	{ND_CUE_BOILERPLATE, ND_DOING_BOILERPLATE},
	{ND_CUE_HEDGE, ND_DOING_HEDGE},
	{ND_CUE_MENDS, ND_DOING_MEND},
	{ND_CUE_THANKS, ND_DOING_THANK},
	{ND_CUE_RETRACTION, ND_DOING_RETRACT},
	{ND_CUE_AGREE, ND_DOING_ANSWER},
	{ND_CUE_NO, ND_DOING_ANSWER},
	{ND_CUE_YES, ND_DOING_ANSWER},
	{ND_CUE_VERDICT, ND_DOING_ANSWER},
	{ND_CUE_WILL_LOOK, ND_DOING_LOOK},
};

static bool
is_mark(const struct nd_token *token, char mark)
{
	return token->kind == ND_TOKEN_MARK && *token->text == mark;
}

/* "Is it?", "Really?!", "Is it? :-)" */
static bool
ends_in_question(const struct nd_token *token, size_t count)
{
	while (count && token[count - 1].kind == ND_TOKEN_SMILEY)
		count--;
	if (count > 1 && is_mark(&token[count - 1], '!'))
		count--;
	return count && is_mark(&token[count - 1], '?');
}

static bool
is_deed(const struct nd_token *token)
{
	enum { BYTES_MIN = 5 };

	return token->kind == ND_TOKEN_WORD && token->len >= BYTES_MIN &&
	       nd_mem_equal_nocase(token->text + token->len - 2, "ed", 2);
}

/* "Packaged it, …", "The update is approved, thanks!": says what was done. */
static bool
tells_deed(const struct nd_token *token, size_t count)
{
	static const char *const thanks[] = {"thanks", "thank", "thx"};

	if (count > 0 && is_deed(token))
		return true;
	for (size_t i = 1; i + 1 < count; i++)
		if (is_deed(&token[i]) && token[i].comma &&
		    nd_token_is_one_of(&token[i + 1], thanks,
		                       sizeof thanks / sizeof *thanks))
			return true;
	return false;
}

/* "The cause is", "fixed by commit"; not what may be so, or would be. */
static bool
finds(const struct nd_cues *cues)
{
	return (cues->has[ND_CUE_FINDING] || cues->has[ND_CUE_REMEDY]) &&
	       !cues->has[ND_CUE_IF] && !cues->has[ND_CUE_MAYBE] &&
	       !cues->has[ND_CUE_UNSURE] && !cues->has[ND_CUE_MODAL_MAY] &&
	       !cues->has[ND_CUE_MODAL_WOULD] && !cues->has[ND_CUE_MODAL_WILL];
}

/* "It works like this", "it works by counting": how, not that it does */
static bool
tells_how(const struct nd_token *token, size_t count)
{
	static const char *const works[] = {"work", "works", "worked"};
	static const char *const how[] = {"as",   "by", "like",
	                                  "only", "on", "the"};

	for (size_t i = 0; i + 1 < count; i++)
		if (nd_token_is_one_of(&token[i], works,
		                       sizeof works / sizeof *works) &&
		    nd_token_is_one_of(&token[i + 1], how,
		                       sizeof how / sizeof *how))
			return true;
	return false;
}

/*
 * "It works now, I cannot reproduce the problem", and not "if it works" or "it
 * works, but crashes".
 */
static bool
settles(const struct nd_cues *cues, const struct nd_token *token, size_t count)
{
	return (cues->has[ND_CUE_SETTLED] || cues->has[ND_CUE_WORKED]) &&
	       (!cues->has[ND_CUE_NEGATION] || cues->has[ND_CUE_NO_FAILURE]) &&
	       !cues->has[ND_CUE_FAILS] && !cues->has[ND_CUE_IF] &&
	       !tells_how(token, count);
}

/* "That worked, thanks!": thanks for what came of it, which is told. */
static bool
thanks_for_result(const struct nd_cues *cues, const struct nd_token *token,
                  size_t count)
{
	return cues->has[ND_CUE_THANKS] && !cues->has[ND_CUE_NEGATION] &&
	       !cues->has[ND_CUE_FAILS] && !cues->has[ND_CUE_IF] &&
	       (settles(cues, token, count) || tells_deed(token, count));
}

/* "Thanks, but it still hangs at boot": what follows is what is said. */
static bool
thanks_in_vain(const struct nd_cues *cues, size_t count)
{
	enum { TOKENS_MIN = 7 };

	return cues->has[ND_CUE_THANKS] && cues->has[ND_CUE_CONTRAST] &&
	       count >= TOKENS_MIN;
}

unsigned
nd_doing_find(const char *text, size_t len)
{
	struct nd_token token[TOKENS_MAX];
	size_t count = nd_tokenizer_read(nd_tokenizer_own(), text, len, token,
	                                 TOKENS_MAX);
	unsigned doing =
		ends_in_question(token, count) ? (unsigned)ND_DOING_ASK : 0;
	struct nd_cues cues;

	nd_cues_find(token, count, &cues);
	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		if (cues.has[table[i].cue])
			doing |= table[i].doing;
	if (doing & ND_DOING_COURTESY &&
	    !(doing & (ND_DOING_ASK | ND_DOING_DECIDE)) &&
	    (thanks_for_result(&cues, token, count) ||
	     thanks_in_vain(&cues, count)))
		doing &= ~(unsigned)ND_DOING_COURTESY;
	if (cues.has[ND_CUE_IF] || cues.has[ND_CUE_MAYBE] ||
	    cues.has[ND_CUE_UNSURE])
		doing &= ~(unsigned)ND_DOING_RETRACT;
	/* "I'll just point out that it is slow." */
	if (cues.has[ND_CUE_REMARK] && !cues.has[ND_CUE_COMMITMENT])
		doing &= ~(unsigned)ND_DOING_PROMISE;
	/* "I don't see any warning." is known. */
	if (cues.has[ND_CUE_UNSURE] && !cues.has[ND_CUE_NO_FAILURE])
		doing |= ND_DOING_UNSURE;
	if (finds(&cues))
		doing |= ND_DOING_FIND;
	if (settles(&cues, token, count) && !(doing & ND_DOING_ASK))
		doing |= ND_DOING_SETTLE;
	return doing;
}
