/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "acts/cue.h"

#include <pthread.h>
#include <string.h>

#include "acts/cue_private.h"
#include "acts/wordpattern.h"
#include "util/alloc.h"

/* Made once, read only from then on, kept to the end. */
static struct nd_wordpatterns *table;
static pthread_once_t table_once = PTHREAD_ONCE_INIT;

static const struct nd_wordclass classes[] = {
	/* what one does to a patch so that it gets better */
	{"CHANGE",
         "add adjust address allocate amend apply avoid call change check "
         "clarify clean cleanup combine consider convert correct define "
         "delete describe do document drop enable extend extract factor fix "
         "fold handle have implement improve include initialize keep limit "
         "make mark mention merge modify move name pass post provide put "
         "rebase reduce refactor refresh remove rename reorder repeat "
         "rephrase replace repost resend resolve respin restructure return "
         "reuse revert revise reword rework rewrite send separate set "
         "shorten simplify skip sort spell split squash start stick submit "
         "switch take tidy turn unify update use wrap write"},
	/* how it does that */
	{"LIKE", "also always explicitly first further just only really "
                 "simply still"},
	/* and what a patch does besides */
	{"MEND",
         "allocate allow annotate bail bring bump cache cap carry centralize "
         "collect compute consolidate copy create cut deal defer delay "
         "deprecate detect disallow display distinguish ensure expand export "
         "expose flush force free generalize get grab guard hide hook "
         "honour honor ignore increase inline install introduce invoke "
         "isolate keep lower map match open open-code opencode pack parse "
         "pin plug postpone preserve print prevent propagate protect pull "
         "push query raise read reclaim reject relax release rely relocate "
         "remap replace report require reserve reset restore restrict retry "
         "run save scale schedule serialize share silence store "
         "stop sync synchronize teach test throttle track trigger "
         "try unlock unmap unwind wait warn whitelist wire zero"},
	/* what one does to let somebody know */
	{"TELL",
         "advise attach check clarify comment confirm describe elaborate "
         "explain expand give help know look paste point provide reproduce "
         "review run say see share show suggest tell test try verify"},
	{"ADV",
         "absolutely actually again also always and at_least better by "
         "certainly consider definitely do either even first further just "
         "kindly least maybe now only perhaps please possibly probably "
         "quickly rather really simply still surely then therefore to too"},
	{"MODAL",
         "can could may might must need ought shall should will would"},
	{"BE", "am are be been being is was were 's"},
	{"AUX", "already also am are going have just now to will would"},
	{"LOOK", "check investigate look reply respond review test try verify"},
	/* how it came about that something is fixed */
	{"SINCE",
         "already also be been has have is just meanwhile now recently should "
         "since was were"},
	{"MENDED", "addressed fixed resolved solved"},
	{"FAULT",
         "bug crash error it issue problem regression report that this "
         "warning which"},
	{"SOLVED",
         "addressed did done fixed handled implemented resolved solved"},
	{"TAKE",
         "applied apply go merge merged merging pick picked queue queued "
         "take taken taking took use using"},
	{"WHO", "anybody anyone he i it one she somebody someone that they "
                "this we you there these those"},
	{"DET", "a all an any both every his it its my no our some that the "
                "their these this those your"},
	{"SENT", "change changes commit commits fix mail one patch patches "
                 "patchset posting revision series set thread v version "
                 "<version> <number>"},
	{"HELLO", "ah aha and but dear good hello hey hi hmm hm i_see no oh ok "
                  "okay right so sorry sure thanks thank well yeah yep yes"},
	{"GOODADJ",
         "acceptable correct fine good great happy nice ok okay reasonable "
         "right sane sensible solid clean"},
	{"VERY",
         "all also already both it much now overall pretty quite really "
         "so still that this too very otherwise generally mostly "
         "looks look"},
};

#define P(id, pattern) \
	{ \
		ND_CUE_##id, pattern \
	}

static const struct nd_wordpattern patterns[] = {
	P(MODAL_SHOULD, "should|ought"),
	P(MODAL_COULD, "could"),
	P(MODAL_WOULD, "would"),
	P(MODAL_CAN, "can"),
	P(MODAL_MUST, "must"),
	P(MODAL_MUST, "have|has to"),
	P(MODAL_NEED, "need|needs"),
	P(MODAL_MAY, "may|might"),
	P(MODAL_WILL, "will"),
	P(NEGATION, "not|no|never|cannot|without|none|nothing|neither|nor"),
	P(YOU, "you"),
	P(YOUR, "your"),
	P(I, "i"),
	P(MY, "my|me|mine"),
	P(WE, "we|our|us"),
	P(PLEASE, "please|pls|plz|kindly"),
	P(THANKS, "thanks|thank|thx|cheers|appreciate~"),
	P(SORRY, "sorry|apologies|apologize|apologise|oops|whoops"),
	P(IF, "if|unless|whether"),
	P(MAYBE, "maybe|perhaps|possibly|probably"),
	P(INSTEAD,
          "instead|rather|better|simpler|cleaner|nicer|easier|shorter"),
	P(BECAUSE, "because|since|reason|reasons"),
	P(BECAUSE, "due to"),
	P(BECAUSE, "so that"),
	P(CONTRAST, "^ HELLO* but|however|though|although|unfortunately|"
                    "actually|hmm|still|yet"),
	P(OPINION, "i ADV* think|guess|believe|feel|suppose|assume"),
	P(OPINION, "imo|imho|afaik|seems|seem"),
	P(OPINION, "sounds|looks like"),
	P(PREFER, "i would ADV* prefer|rather|like|suggest|recommend|expect|"
                  "drop|keep|use|go|say|move|make|call"),
	P(PREFER, "i ADV* prefer|suggest|recommend|propose"),
	P(PREFER, "my preference|suggestion"),
	P(PREFER, "prefer~"),
	P(UNSURE, "not ADV* sure|certain|clear"),
	P(UNSURE, "wonder~|curious|unclear|confuse~|puzzle~|unsure"),
	P(UNSURE, "do not ADV* know|understand|see|get|recall|remember"),
	P(FUTURE_I, "i|we will|shall"),
	P(FUTURE_I, "i|we am|are ADV* going|planning to"),
	P(FUTURE_I, "i ADV* plan|intend|want|hope to"),
	P(FUTURE_I, "^ HELLO* let me"),
	P(FUTURE_I, "^ HELLO* will"),
	P(FUTURE_I, "going to"),
	P(PAST_I, "i|we have|had|did|tried|ran|tested|got|saw|found|built|"
                  "noticed|checked|measured|hit|observed|looked|spotted|just"),
	P(PAST, "was|were|had|ran|got|saw|built|found|tried|did|gave|went|took|"
                "came|happened|worked|failed|showed|returned|started|stopped|"
                "crashed|booted|installed|noticed|tested|appeared|"
                "disappeared|sent|posted|wrote|made|fixed"),

	/* requests */
	P(CAN_YOU_CHANGE,
          "can|could|would|will|might|should you|we|i ADV* CHANGE"),
	P(CAN_YOU_CHANGE, "would you mind"),
	P(CAN_YOU_CHANGE, "can|could|should this|these|that|it|they ADV* be"),
	P(CAN_YOU_TELL, "can|could|would|will|do|did you|anyone|someone|"
                        "anybody|somebody|we ADV* TELL"),
	P(CAN_YOU_TELL, "do|did|have|are you ADV* have|know|see|mean|tried|"
                        "plan|planning|sure|aware|intend|think|want"),
	P(PLEASE_CHANGE, "please|pls ADV* do? not? CHANGE"),
	P(PLEASE_TELL, "please|pls ADV* TELL"),
	P(IMPERATIVE, "^ HELLO* nit? ADV* CHANGE"),
	P(IMPERATIVE, "^ HELLO* do|never not? CHANGE"),
	P(IMPERATIVE, "^ s/ .."),
	P(SHOULD_BE, "should|must|could|can|might|may|needs|need|has|have|want|"
                     "ought to? ADV* not? be"),
	P(SHOULD_BE, "needs|need a|another respin|rebase|v|<version>|comment|"
                     "fix|test|changelog"),
	P(SHOULD_BE, "needs|need|wants|deserves updating|fixing|rebasing|"
                     "splitting|changing|documenting|testing|explaining|a|some|"
                     "more|to"),
	P(SHOULD_CHANGE,
          "should|must|needs|need|has|have to? ADV* not? CHANGE"),
	P(SHOULD_CHANGE, "should not"),
	P(YOU_SHOULD,
          "you would|should|need|must|could|can|may|might ADV* want|"
          "to|CHANGE|add|use|have|be|do|make|get|move|put|drop|"
          "remove|keep|set|avoid|split"),
	P(YOU_SHOULD, "you will|would need|want|have to"),
	P(YOU_SHOULD, "you ADV* have|ought to"),
	P(YOU_SHOULD, "you probably|maybe|also want|need|should"),
	P(WOULD_BE_BETTER,
          "would|will|might|may|could ADV* be ADV* better|nice|nicer|good|"
          "great|cleaner|simpler|easier|more|preferable|helpful|useful|worth|"
          "best|clearer|enough|sufficient|safer|less|ideal|appropriate"),
	P(WOULD_BE_BETTER, "it|that BE better|best|cleaner|simpler|nicer to?"),
	P(WOULD_BE_BETTER, "better to"),
	P(WOULD_BE_BETTER, "worth adding|having|mentioning|noting|doing|making|"
                           "splitting|checking|considering|a"),
	P(WOULD_BE_BETTER, "make|makes more sense"),
	P(WOULD_BE_BETTER, "would make|be more? sense|it"),
	P(NO_NEED, "no ADV* need|reason|point|use"),
	P(NO_NEED, "not ADV* needed|necessary|required"),
	P(NO_NEED, "unnecessary|redundant|superfluous|pointless|useless|"
                   "needless|unneeded|unused|unrelated|overkill"),
	P(NO_NEED, "do|does not ADV* need"),
	P(DEFECT,
          "missing|lack~|forgot|forget|typo|typos|misspell~|wrong|"
          "incorrect|broken|bug|buggy|racy|leak~|inconsistent|"
          "misleading|duplicate~|stale|spurious|whitespace|indentation"),
	P(DEFECT, "does|do|will|would not ADV* match|compile|build|apply|make|"
                  "look|exist|belong|handle|need|help|follow"),
	P(NIT, "nit|nits|nitpick|nitpicking|minor|trivial|cosmetic|style"),

	/* questions */
	P(WHY_NOT, "why not"),
	P(WHY_NOT,
          "why do|can|could|would|is|are|does you|we|it|this|that not"),
	P(WHY_NOT, "any ADV* reason"),
	P(HOW_ABOUT, "how|what about"),
	P(HOW_ABOUT, "what if"),
	P(WH_QUESTION, "^ HELLO* what|how|which|where|when|who|why|whose"),
	P(WH_QUESTION, "what|how|which|where|when|who|why BE|do|does|did|can|"
                       "should|would|could|will|about|exactly|happens|many|"
                       "much|long|often"),
	P(YES_NO_QUESTION,
          "^ HELLO* BE|do|does|did|have|has|can|could|should|would|will|may|"
          "shall WHO|DET"),
	P(YES_NO_QUESTION,
          "do|does|did|is|are|was|have|has|can|should|would you|"
          "it|this|that|we|there|the"),
	P(RHETORIC, "is|are|does|do|will|was not it|you|that|they $"),
	P(RHETORIC, "right $"),
	P(RHETORIC, "really $"),
	P(RHETORIC, "no $"),

	/* against */
	P(OBJECT, "nack|nak|naked|object|dislike|hesitant|reluctant|disagree|"
                  "overkill|ugly|hack|hacky|horrible|terrible|fragile|dubious|"
                  "nonsense|bogus|pointless|gross|broken"),
	P(OBJECT, "not a? ADV* fan|convinced|happy|keen|acceptable|good|worth|"
                  "going|comfortable|like|helpful|correct|right|safe|possible"),
	P(OBJECT, "bad idea"),
	P(OBJECT, "do not ADV* like|think|believe|want|agree|buy"),
	P(OBJECT, "concern|concerns|concerned|worry|worried|against|skeptical|"
                  "sceptical|doubt"),
	P(OBJECT, "make|makes no|not|little sense"),
	P(OBJECT, "does not ADV* make .. sense"),
	P(OBJECT, "too much|complex|many|hacky|ugly|invasive|big|late"),
	P(OBJECT, "will|would|can|could not ADV* work|accept|fly|do|help"),
	P(OBJECT, "break~"),
	P(REFUSE, "i|we am|are|will|can|would not ADV* going? to? apply|take|"
                  "merge|accept|queue|pull|applying|taking|merging"),
	P(REFUSE, "i|we refuse to apply|take|merge|accept"),
	P(OBJECT, "reject~|rejected"),
	P(NACK, "nack|nak|nacked"),
	P(NACK, "nacked by"),

	/* in favour */
	P(LOOKS_GOOD, "lgtm"),
	P(LOOKS_GOOD, "look|looks|looking|seem|seems|sounds VERY* GOODADJ"),
	P(APPROVAL, "lgtm"),
	P(LOOKS_GOOD, "works|fine|good|ok|okay for|by|with|to me"),
	P(LOOKS_GOOD, "BE VERY* fine|ok|okay|good|happy with|to|for|by|enough"),
	P(LOOKS_GOOD, "no objection|objections|complaints|issues|concerns"),
	P(LOOKS_GOOD, "feel free to"),
	P(LOOKS_GOOD, "thumbs up"),
	P(LOOKS_GOOD, "ready to"),
	P(APPROVAL, "good|great|nice|fine|happy|love|excellent|perfect|cool|"
                    "awesome|neat|solid|fantastic"),
	P(APPROVAL, "make|makes VERY* sense"),
	P(APPROVAL, "good|nice|great catch|point|find|job|work|idea|one|"
                    "cleanup|improvement|spot|spotting"),
	P(APPROVAL, "much better|nicer|cleaner"),
	P(APPROVAL, "well done"),
	P(APPROVAL, "^ VERY* GOODADJ $"),
	P(TAG_WORD, "reviewed|acked|tested by"),
	P(TAG_WORD, "ack|acked|rb|tb"),
	P(TAG_WORD, "r b"),
	P(TAG_WORD, "you can add"),
	P(TAG_WORD, "with .. fixed|addressed|changed|removed|added|updated"),
	P(TAG_WORD, "my reviewed|acked|tested|review|ack|tag"),
	P(AGREE, "agree~|agreed|indeed|correct|exactly|true|absolutely|"
                 "definitely"),
	P(AGREE, "fair enough|point"),
	P(AGREE, "you are right|correct"),
	P(AGREE, "that BE right|correct|true"),
	P(AGREE, "good|my catch|bad|mistake|fault|point"),
	P(AGREE, "^ HELLO* right"),
	P(YES, "^ HELLO* yes|yeah|yep|yup|sure|ok|okay|ack|right|correct|"
               "exactly|indeed|true|agreed|absolutely"),
	P(NO, "^ HELLO* no|nope|nah|not"),

	/* promises */
	P(PROMISE, "i|we will|shall|can|would ADV* CHANGE"),
	P(PROMISE, "^ HELLO* will ADV* CHANGE"),
	P(PROMISE, "i|we am|are ADV* going to ADV* CHANGE"),
	P(PROMISE, "i plan|intend|want to ADV* CHANGE"),
	P(PROMISE, "let me ADV* CHANGE|look|try|see|think"),
	P(PROMISE, "i|we will ADV* look|try|work|prepare|think|see|get|"
                   "investigate|follow|incorporate|reply|let|wait|test|run|"
                   "check"),
	P(PROMISE, "^ HELLO* will do|fix"),
	P(PROMISE, "will be ADV* fixed|changed|added|removed|updated|addressed|"
                   "included|corrected|done|dropped|renamed|part"),
	P(PROMISE, "working on it|that|this|a"),
	P(DONE, "^ HELLO* done|fixed|changed|removed|added|updated|noted|"
                "renamed|dropped|addressed|ack|acknowledged|understood|"
                "corrected|moved"),
	P(DONE, "^ HELLO* good|my catch|bad|mistake|point|idea|spot"),
	P(DONE, "i have ADV* fixed|changed|removed|added|updated|addressed|"
                "done|sent|posted"),
	P(NEXT_VERSION, "next|new|updated|following|upcoming|fresh|another "
                        "version|revision|spin|iteration|series|round|patch|"
                        "patchset|submission|respin|post|posting"),
	P(NEXT_VERSION, "<version>"),
	P(NEXT_VERSION, "respin|repost|resend|resubmit"),
	P(NEXT_VERSION, "in the next"),

	/* results */
	P(TESTED, "test~|tested|boot|booted|ran|running|run|measured|benchmark|"
                  "reproduce~|reproducer|bisect~|verified|confirm~|tried"),
	P(TESTED, "compile|build tested|tests"),
	P(TESTED, "i|we have|had? ADV* not? tested|tried|run|ran|reproduced|"
                  "verified|confirmed|checked|built|compiled|booted|installed|"
                  "noticed|observed|seen|saw|hit|found|got|get|see"),
	P(WORKS, "work|works|worked|working VERY* fine|well|great|as|for|now|"
                 "with|on|correctly|perfectly|properly|again"),
	P(WORKS, "pass~|passes|passed|boots|succeed~|solved|resolved"),
	P(WORKS, "fix~ the|this|it|my|that"),
	P(WORKS, "no longer"),
	P(FAILS, "fail~|failed|failure|error|errors|warning|warnings|crash~|"
                 "hang|hangs|oops|panic|regression|regress~|broken|segfault|"
                 "deadlock|splat|stuck"),
	P(FAILS, "does|do|did not ADV* work|boot|compile|build|apply|help|"
                 "happen|start|see|show"),
	P(FAILS, "same error|result|issue|problem|behavior|behaviour|warning|"
                 "thing"),
	P(FAILS, "still fail~|get|see|crash~|happens|there|not"),
	P(MEASURED, "<number> ms|us|ns|mb|gb|iops|msps|fps|percent|seconds|s|x|"
                    "times"),
	P(MEASURED, "result|results|output|numbers|log|dmesg|trace"),
	P(WITH_PATCH, "before|after|with|without this|the|your|my|that|these "
                      ".. patch|patches|series|change|changes|fix|commit|"
                      "kernel|patchset"),

	/* later */
	P(LATER, "later|future|eventually|afterwards|meantime|incremental~|"
                 "separately|postpone~|defer~|subsequent|subsequently"),
	P(LATER, "for now"),
	P(LATER, "follow up"),
	P(LATER, "follow ups"),
	P(LATER, "separate|another|different|dedicated|future|subsequent patch|"
                 "series|patches|change|commit|thread|discussion|set|day|time"),
	P(LATER, "next cycle|merge|release|week|month|window"),
	P(LATER, "at some point"),
	P(LATER, "not now"),
	P(LATER, "out of scope"),
	P(LATER, "on top"),
	P(WAIT, "wait|waiting|hold|holding|until|pending|blocked|depends|"
                "dependency|dependencies"),
	P(WAIT, "after the|rc|that|this"),
	P(WAIT, "on hold"),
	P(DROP_THIS, "drop|ignore|disregard|abandon|withdraw|scratch|discard "
                     "ADV* DET? SENT"),
	P(DROP_THIS,
          "drop|ignore|disregard|scratch|forget this|that|it|about $"),
	P(DROP_THIS, "withdraw~|withdrawn|abandon~|self nack"),
	P(DROP_THIS, "no longer needed|relevant"),
	P(WITHDRAW,
          "please ADV* ignore|disregard|discard|drop|scratch|withdraw "
          "DET previous|earlier|whole|old|entire? SENT"),
	P(WITHDRAW, "please ADV* ignore|disregard|discard|drop this|that|it $"),
	P(WITHDRAW, "^ HELLO* ADV* ignore|disregard|discard|scratch DET SENT"),
	P(WITHDRAW, "^ HELLO* ADV* ignore|disregard|scratch this|that $"),
	P(WITHDRAW, "i|we ADV* withdraw|withdrew|retract"),
	P(WITHDRAW, "i|we am|are|have ADV* withdrawing|withdrawn|abandoning|"
                    "abandoned|dropping|dropped this|the|it|my SENT? $"),
	P(WITHDRAW, "i|we will ADV* abandon|withdraw|drop this|the|my SENT $"),
	P(WITHDRAW, "i|we will ADV* retract this|the|my|it"),
	P(WITHDRAW, "^ HELLO* self nack|nak"),
	P(SUPERSEDED, "superseded|obsoleted by|in"),
	P(SUPERSEDED, "is|was|been|are|were superseded|obsoleted"),
	P(SUPERSEDED,
          "patch|series|version|this is|was|has been? replaced by|with "
          "<version>|<url>"),
	P(DECIDE, "let 's|us"),
	P(DECIDE, "^ HELLO* so|then we|i will|can|should|would"),
	P(DECIDE, "we|i will|can|should ADV* go|keep|leave|stick|merge|do|use|"
                  "take"),
	P(DECIDE, "leave|keep it|this|that|them as|at|for|like"),
	P(DECIDE, "go|going with|ahead"),
	P(DECIDE, "as is"),
	P(DECIDE, "stick with|to"),
	P(CONSENSUS, "agreed|decided|decision|conclusion|consensus|settled|"
                     "settle|conclude~"),
	P(EXPLAIN, "the idea|problem|issue|point|thing|intention|reason|goal|"
                   "intent is|was|here"),
	P(EXPLAIN, "this|that|it BE because|due|to|what|why|how|for|the"),
	P(EXPLAIN, "in this|that|my|our case"),
	P(EXPLAIN, "i meant|mean|used|added|did|thought|assumed|copied|"
                   "followed|took|wanted"),
	P(EXPLAIN, "basically|currently|actually|afaik|afaict|essentially|"
                   "historically|typically"),
	P(EXPLAIN, "as far as"),
	P(EXPLAIN, "in fact"),
	P(EXPLAIN, "the former|latter|both"),
	P(EXPLAIN, "see DET? <url>|<commit>|<path>|commit|documentation"),
	P(TAKEN, "applied|queued|merged|pushed|pulled|picked|taken|committed"),
	P(TAKEN, "added to"),
	P(TAKEN, "in linux? next"),
	P(WILL_TAKE, "i|we will ADV* apply|take|merge|queue|pick|pull|push|"
                     "collect|stage"),
	P(WILL_TAKE, "will ADV* apply|take|merge|queue|pick|pull|push"),

	/* asks without asking */
	P(HELP, "any ADV* help|idea|ideas|thought|thoughts|suggestion|"
                "suggestions|comment|comments|advice|pointer|pointers|feedback|"
                "opinion|opinions|update|news|hint|hints|clue|clues|chance|"
                "objections|concerns|insight|progress|plans"),
	P(HELP, "what do|would you think|say|suggest|prefer|recommend"),
	P(HELP, "wdyt|thoughts|opinions|suggestions"),
	P(HELP, "your thoughts|opinion|input|feedback|view|take"),
	P(HELP, "i|we would? ADV* like|love|want to ADV* know|understand|hear|"
                "ask|see|get|learn"),
	P(HELP, "i|we BE ADV* asking|wondering|curious|interested|looking"),
	P(HELP, "can|could someone|anyone|anybody|somebody"),
	P(HELP, "does|has|is|did anyone|anybody|someone"),
	P(LET_ME_KNOW, "let me|us know"),
	P(LET_ME_KNOW, "tell|advise|inform|enlighten me|us"),
	P(PING, "ping|bump|reminder|gentle"),
	P(PING, "friendly|gentle ping|reminder"),
	P(PING, "any update|updates|news|progress|feedback|comments"),
	P(POLITE, "hope|hopefully this|that|it helps|help|clarifies|works"),
	P(POLITE, "thanks|thank for|you|a"),
	P(POLITE, "see below|inline"),
	P(POLITE, "comments|comment below|inline"),
	P(POLITE, "best|kind|regards regards"),
	P(PURPOSE, "this|the patch|series|commit|patchset ADV* adds|add|fixes|"
                   "introduces|implements|removes|makes|is|does"),
	P(PURPOSE, "in order to"),

	/* who asked has what they wanted */
	P(SETTLED, "it|this|that|everything|all VERY* works|worked|working now|"
                   "again|perfectly|great"),
	P(SETTLED, "works|worked for me"),
	P(SETTLED, "solved|solves|resolved|fixed|fixes my|the|this|that|it "
                   "problem|issue|question|for"),
	P(SETTLED,
          "problem|issue|question is|was|has? now|been? solved|resolved|"
          "fixed"),
	P(SETTLED, "problem|issue solved|resolved|fixed"),
	P(SETTLED, "it|this is|was|has? been? ADV* solved|resolved"),
	P(SETTLED, "seems|appears|seemed|appeared to fix|solve|resolve DET "
                   "problem|issue|bug|hang|crash|error"),
	P(SETTLED, "answers my question|questions"),
	P(SETTLED, "that explains it"),
	P(SETTLED, "found|figured it|the out|problem|reason|cause|solution"),
};

static void
make_table(void)
{
	size_t count = sizeof patterns / sizeof *patterns;
	size_t all_count = count + nd_cue_rule_pattern_count;
	struct nd_wordpattern *all =
		x_array(NULL, struct nd_wordpattern, all_count);

	memcpy(all, patterns, sizeof patterns);
	memcpy(all + count, nd_cue_rule_pattern,
	       nd_cue_rule_pattern_count * sizeof *all);
	table = nd_wordpatterns_new(NULL, classes,
	                            sizeof classes / sizeof *classes, all,
	                            all_count);
	talloc_steal(table, all);
}

void
nd_cues_find(const struct nd_token *token, size_t count, struct nd_cues *cues)
{
	pthread_once(&table_once, make_table);
	memset(cues, 0, sizeof *cues);
	nd_wordpatterns_find(table, token, count, cues->has);
}

const char *
nd_cue_name(enum nd_cue cue)
{
#define ND_CUE_NAME(id, name) [ND_CUE_##id] = (name),
	static const char *const names[ND_CUE_COUNT] = {
		ND_CUES(ND_CUE_NAME) ND_SUMMARY_CUES(ND_CUE_NAME)};
#undef ND_CUE_NAME

	return names[cue];
}
