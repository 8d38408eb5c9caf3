/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cue.h - cue phrases: what in a sentence hints at what it does
 *
 * "could you split", "looks good", "in a follow-up": each is a hint, none a
 * proof; what they are worth is learned (acts/actmodel.h). No phrase of one list,
 * project or person: what people write anywhere. English; the plainest ones for
 * summaries are there in German, French, Spanish, Chinese, Japanese and Russian,
 * too.
 */
#ifndef ND_ACTS_CUE_H
#define ND_ACTS_CUE_H

#include "text/token.h"

/*
 * What the model of acts/actmodel.h looks at; the name of each, as an explanation
 * prints it. Its weights know them by their numbers.
 */
#define ND_CUES(CUE) \
	CUE(MODAL_SHOULD, "should") \
	CUE(MODAL_COULD, "could") \
	CUE(MODAL_WOULD, "would") \
	CUE(MODAL_CAN, "can") \
	CUE(MODAL_MUST, "must") \
	CUE(MODAL_NEED, "need") \
	CUE(MODAL_MAY, "may") \
	CUE(MODAL_WILL, "will") \
	CUE(NEGATION, "a negation") \
	CUE(YOU, "you") \
	CUE(YOUR, "your") \
	CUE(I, "I") \
	CUE(MY, "my") \
	CUE(WE, "we") \
	CUE(PLEASE, "please") \
	CUE(THANKS, "thanks") \
	CUE(SORRY, "sorry") \
	CUE(IF, "if") \
	CUE(MAYBE, "maybe") \
	CUE(INSTEAD, "instead, rather, better") \
	CUE(BECAUSE, "because") \
	CUE(CONTRAST, "but, however, actually") \
	CUE(OPINION, "I think") \
	CUE(PREFER, "I would prefer") \
	CUE(UNSURE, "not sure, wonder") \
	CUE(FUTURE_I, "I will") \
	CUE(PAST_I, "I did") \
	CUE(PAST, "a past tense") \
	CUE(CAN_YOU_CHANGE, "could you change") \
	CUE(CAN_YOU_TELL, "could you tell") \
	CUE(PLEASE_CHANGE, "please change") \
	CUE(PLEASE_TELL, "please tell") \
	CUE(IMPERATIVE, "change!") \
	CUE(SHOULD_BE, "should be") \
	CUE(SHOULD_CHANGE, "should change") \
	CUE(YOU_SHOULD, "you should") \
	CUE(WOULD_BE_BETTER, "would be better") \
	CUE(NO_NEED, "no need") \
	CUE(DEFECT, "missing, wrong, typo") \
	CUE(NIT, "nit") \
	CUE(WHY_NOT, "why not") \
	CUE(HOW_ABOUT, "how about") \
	CUE(WH_QUESTION, "what, how, which") \
	CUE(YES_NO_QUESTION, "is it, does this") \
	CUE(RHETORIC, "isn't it?") \
	CUE(OBJECT, "an objection") \
	CUE(REFUSE, "a refusal") \
	CUE(NACK, "nack") \
	CUE(LOOKS_GOOD, "looks good") \
	CUE(APPROVAL, "fine, good, nice") \
	CUE(TAG_WORD, "Reviewed-by in words") \
	CUE(AGREE, "agreed, right") \
	CUE(YES, "yes") \
	CUE(NO, "no") \
	CUE(PROMISE, "will fix") \
	CUE(DONE, "done, fixed") \
	CUE(NEXT_VERSION, "next version") \
	CUE(TESTED, "tested, ran") \
	CUE(WORKS, "works") \
	CUE(FAILS, "fails, error, crash") \
	CUE(MEASURED, "a measurement") \
	CUE(WITH_PATCH, "with this patch") \
	CUE(LATER, "later, follow-up") \
	CUE(WAIT, "wait, hold") \
	CUE(DROP_THIS, "drop this") \
	CUE(WITHDRAW, "please ignore this patch") \
	CUE(SUPERSEDED, "superseded by") \
	CUE(DECIDE, "let's, so we will") \
	CUE(CONSENSUS, "agreed, consensus") \
	CUE(EXPLAIN, "the idea is") \
	CUE(TAKEN, "applied, queued") \
	CUE(WILL_TAKE, "will apply") \
	CUE(HELP, "any ideas") \
	CUE(LET_ME_KNOW, "let me know") \
	CUE(PING, "ping") \
	CUE(POLITE, "politeness") \
	CUE(PURPOSE, "this series adds") \
	CUE(SETTLED, "it works now")

/* What the model does not look at, but rules; most of it is for summaries. */
#define ND_SUMMARY_CUES(CUE) \
	CUE(NO_FAILURE, "no crash, without an error") \
	CUE(WORKED, "that worked") \
	CUE(GO_AHEAD, "go ahead, take it as it is") \
	CUE(TAKES_OTHER, "took another one, did it differently") \
	CUE(REPLACED, "set to superseded, I sent v2 of it") \
	CUE(WILL_LOOK, "I will look at it") \
	CUE(ME_TOO, "the same question here") \
	CUE(RESOLVES, "resolves the issue") \
	CUE(REMEDY, "fixed by commit, reverted") \
	CUE(ALREADY, "fixed upstream already") \
	CUE(COURTESY, "hello, regards") \
	CUE(BOILERPLATE, "a form letter") \
	CUE(DANGLING, "begins with it, that, so") \
	CUE(HEDGE, "if, perhaps") \
	CUE(MENDS, "so make it do, fixed by doing") \
	CUE(OUTLOOK, "we can, need to") \
	CUE(FINDING, "the cause is, turned out") \
	CUE(DEED, "has been applied") \
	CUE(COMMITMENT, "will fix, respin") \
	CUE(INTENT, "I will, happy to") \
	CUE(REMARK, "I will point out, I'll bet") \
	CUE(ASSENT, "yes, fair enough") \
	CUE(VERDICT, "it is not, we could") \
	CUE(RETRACTION, "never mind, I misread it") \
	CUE(INQUIRY, "I wonder, should I") \
	CUE(FOREIGN_ASK, "a question, not in English") \
	CUE(FOREIGN_DEED, "a deed, not in English") \
	CUE(FOREIGN_PROMISE, "a promise, not in English") \
	CUE(FOREIGN_AGREE, "agreement, not in English") \
	CUE(FOREIGN_SUGGEST, "a suggestion, not in English")

enum nd_cue {
#define ND_CUE_ENUM(id, name) ND_CUE_##id,
	ND_CUES(ND_CUE_ENUM) ND_SUMMARY_CUES(ND_CUE_ENUM)
#undef ND_CUE_ENUM
		ND_CUE_COUNT
};

/* Those that the model looks at come first. */
enum {
#define ND_CUE_ONE(id, name) +1
	ND_CUE_LEARNED_COUNT = 0 ND_CUES(ND_CUE_ONE)
#undef ND_CUE_ONE
};

struct nd_cues {
	unsigned char has[ND_CUE_COUNT];
};

/** The cues of a sentence. */
void
nd_cues_find(const struct nd_token *token, size_t count, struct nd_cues *cues);

const char *nd_cue_name(enum nd_cue cue);

#endif
