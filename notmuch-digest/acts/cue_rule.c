/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "acts/cue_private.h"

#include "acts/cue.h"

#define P(id, pattern) \
	{ \
		ND_CUE_##id, pattern \
	}

const struct nd_wordpattern nd_cue_rule_pattern[] = {
	P(NO_FAILURE,
          "no|without|zero|any ADV* DET? new|more|further|other|"
          "visible|obvious|single? crash~|splat|splats|error|errors|"
          "warning|warnings|issue|issues|problem|problems|"
          "regression|regressions|failure|failures|hang|hangs"),
	P(NO_FAILURE,
          "not|cannot ADV* see|seen|observe|observed|notice|noticed|hit|"
          "find|found|reproduce any|a|the"),

	/* and says so with thanks */
	P(WORKED, "it|that|this|which|everything|all ADV* worked|works|helped|"
                  "helps|fixed|fixes|solved|solves"),
	P(WORKED, "it|that|this did it|the|that"),

	/* take it as it is */
	P(GO_AHEAD,
          "go ahead and? ADV* apply|commit|merge|pick|pull|push|queue|"
          "take"),
	P(GO_AHEAD, "^ HELLO* please? go ahead $"),
	P(GO_AHEAD, "^ HELLO* please? go ahead with it|this|that|the|your|"
                    "them|these"),
	P(GO_AHEAD,
          "feel free to ADV* apply|commit|merge|pick|pull|push|queue"),
	P(GO_AHEAD, "feel free to ADV* take it|this|that|them|these"),
	P(GO_AHEAD,
          "apply|commit|merge|pick|pull|push|queue|take DET? SENT? as "
          "is"),
	P(GO_AHEAD,
          "apply|commit|merge|pick|pull|push|queue|take it|them as is"),

	/* refuses it by what is done instead */
	P(TAKES_OTHER, "i|we AUX* SOLVED it|this|that ADV* differently"),
	P(TAKES_OTHER,
          "i|we AUX* SOLVED it|this|that in a|another different? way"),
	P(TAKES_OTHER, "i|we AUX* TAKE with|up? .. 's SENT $"),
	P(TAKES_OTHER, "i|we AUX* TAKE with|up? .. 's SENT instead"),
	P(TAKES_OTHER, "i|we AUX* TAKE with|up? .. 's SENT of this|it|that"),
	P(TAKES_OTHER, "i|we would rather not TAKE this|it|these|them"),
	P(TAKES_OTHER, "i|we do not think i|we should TAKE this|it|these|them"),
	P(TAKES_OTHER, "i|we will ADV* TAKE that version|one"),
	P(TAKES_OTHER,
          "i|we AUX* ADV* going|planning to TAKE this|that SENT? instead"),
	P(TAKES_OTHER, "i|we will ADV* TAKE this|that SENT? instead"),
	P(TAKES_OTHER, "^ HELLO* rejected $"),
	P(TAKES_OTHER, "^ HELLO* rejected for|see|because|as|since"),

	/* another one has its place */
	P(REPLACED, "set|marked|moved to|as superseded"),
	P(REPLACED,
          "so|thus|therefore i|we AUX* sent|posted|submitted a|the|my? "
          "new? v|version|<version>"),

	/* will say something of it */
	P(WILL_LOOK, "i|we will|shall ADV* LOOK"),
	P(WILL_LOOK, "i|we will|shall ADV* give|have|take a|another|it|this .. "
                     "go|look|review|spin|test|try"),
	P(WILL_LOOK, "i|we am|are ADV* going to ADV* LOOK"),
	P(WILL_LOOK,
          "i|we am|are ADV* going to ADV* give|have|take a|it|this .. "
          "go|look|review|spin|test|try"),
	P(WILL_LOOK, "^ HELLO* let me ADV* LOOK"),
	P(WILL_LOOK, "^ HELLO* let me ADV* give|have|take a|it|this .. "
                     "go|look|review|spin|test|try"),
	P(WILL_LOOK, "^ HELLO* will ADV* LOOK"),
	P(WILL_LOOK, "i|we will get back to you|this|it"),
	P(WILL_LOOK, "AUX|i and will ADV* LOOK it|this|these|them"),

	/* has the question, not the answer */
	P(ME_TOO, "same question|problem|issue here|too"),
	P(ME_TOO, "me too $"),
	P(ME_TOO, "^ HELLO* DET? same question|here"),
	P(ME_TOO,
          "like|love|want|interested to|in AUX* know|see|hear|knowing|"
          "seeing|hearing that|this|it|about|the|an .. too|also|as_well"),

	/* what others did helps */
	P(RESOLVES, "fix|fixes|fixed|resolve|resolves|resolved|solve|solves|"
                    "solved|cure|cures|cured DET bug|crash|error|failure|"
                    "hang|issue|problem|regression|warning"),
	P(RESOLVES, "fix|fixes|fixed|resolve|resolves|resolved|solve|solves|"
                    "solved it|this|that $"),

	/* what became of a bug */
	P(REMEDY,
          "fixed|resolved|solved|addressed by|with|in DET? commit|<commit>"),
	P(REMEDY, "fixed|resolved|solved|addressed in|since DET? <version>|"
                  "mainline|master|next|upstream|trunk"),
	P(REMEDY, "i|we AUX* reverted|reverting .. commit|patch|change"),
	P(REMEDY, "commit|patch|change BE|has|have been? reverted"),
	P(REMEDY,
          "i|we? AUX* applied|committed|merged|pushed|queued DET fix for|"
          "in|to"),
	P(REMEDY, "fix BE|has|have AUX* been? applied|committed|merged|pushed|"
                  "queued"),

	P(REMEDY, "fix SINCE* in|on linux|mainline|master|next|stable|trunk|"
                  "upstream"),
	P(REMEDY, "FAULT SINCE* already SINCE* MENDED"),
	P(REMEDY, "FAULT SINCE* MENDED already|meanwhile|recently|upstream"),
	P(REMEDY, "^ HELLO* SINCE* MENDED already|upstream"),
	P(REMEDY, "^ HELLO* already SINCE* MENDED"),
	P(REMEDY, "^ HELLO* DET? dup|duplicate of"),
	P(REMEDY, "BE|like DET? dup|duplicate of"),
	P(REMEDY, "FAULT BE|looks|seems .. same .. as in? <url>"),

	/* nobody needs the patch any more */
	P(ALREADY, "^ HELLO* FAULT SINCE* already SINCE* MENDED by|in|upstream|"
                   "with"),
	P(ALREADY, "^ HELLO* already SINCE* MENDED by|in|upstream|with"),
	P(ALREADY, "^ HELLO* FAULT SINCE* MENDED by <commit>"),
	P(ALREADY, "^ HELLO* FAULT SINCE* MENDED by|in commit <commit>"),
	P(ALREADY, "^ HELLO* FAULT SINCE* MENDED upstream|already"),
	P(ALREADY, "^ HELLO* FAULT SINCE* already in|upstream linux|mainline|"
                   "master|next|upstream|as"),
	P(ALREADY, "fix|patch for this|it|that SINCE* already SINCE* applied|"
                   "merged|posted|queued|sent"),
	P(ALREADY, "there BE already DET? fix|patch for|in"),

	/* ---- for summaries ---- */

	P(COURTESY, "^ hi|hello|hey|dear|cheers|regards|nit"),
	P(COURTESY, "sorry|thanks|thanx|thx|tnx"),
	P(COURTESY, "thank you"),
	P(COURTESY, "^ best|kind regards"),
	P(COURTESY, "^ all the best"),
	P(COURTESY, "^ please? forgive me"),
	P(COURTESY, "^ no worries"),
	P(COURTESY, "for the delay|late|noise"),
	P(COURTESY, "hope this|that helps"),
	P(COURTESY,
          "^ HELLO* i? ADV* hope|hopefully i|we|it|this|that have|has? "
          "ADV* addressed|addresses|answered|answers|clarified|"
          "clarifies|covered|covers|explains"),
	P(COURTESY, "comments|comment below|inline"),
	P(COURTESY, "take a look"),
	P(COURTESY, "your review"),
	P(COURTESY, "sounds like a good idea"),
	P(COURTESY, "great|good|nice|excellent|awesome job|work"),
	P(COURTESY,
          "i AUX* ADV* glad|happy DET? it|this|that|you|we|everything "
          "worked|works|helped|helps|solved|fixed|got|found"),
	P(COURTESY, "glad|happy to hear|help"),
	P(COURTESY, "i ADV* appreciate it|that"),
	P(COURTESY, "deeply|greatly|highly|much|truly|very appreciate"),
	P(COURTESY, "^ .. appreciate|appreciated of? all? the|your advice|"
                    "comments|effort|feedback|help|input|insight|reply|"
                    "response|review|suggestion|time $"),
	P(COURTESY, "eagerly|eager|anxiously await|awaiting|waiting"),
	P(COURTESY,
          "if i AUX* miss|missed|missing|overlooked any|anything|some|"
          "something .. tell|correct me"),
	P(COURTESY, "^ please? correct me if"),
	P(COURTESY,
          "i|we ADV* appreciate all? any|the|this|your advice|comments|"
          "direction|effort|efforts|feedback|guidance|help|info|"
          "information|input|patience|pointers|reply|response|"
          "review|reviews|support|time"),
	P(COURTESY, "hope|hoping to ADV* hear|meet|see|speak|talk"),
	P(COURTESY, "comments|feedback|suggestions|questions|reviews|input|"
                    "help|advice|hint|hints|pointers|thoughts .. BE .. "
                    "welcome|appreciated"),
	P(COURTESY, "^ HELLO* please have a look"),
	P(COURTESY, "pleasant|enjoyable|great|nice|interesting|fun discussion|"
                    "discussions|conversation|thread|read"),
	P(COURTESY, "no hurry|rush"),
	P(COURTESY, "take your time"),
	P(COURTESY, "^ HELLO* congratulations|congrats|kudos"),
	P(COURTESY,
          "let me|us know if|whether .. problem|problems|issue|issues|"
          "question|questions|concerns|trouble"),
	P(COURTESY, "more|further info|information|details .. below|tag|"
                    "changelog|changelogs"),
	P(COURTESY, "apologies|apologize|apologise|apology"),
	P(COURTESY, "^ HELLO* my name is"),
	P(COURTESY, "^ HELLO* i am|'m a|an ADV* new|student|beginner|newbie"),
	P(COURTESY, "have a nice|good|great|lovely|wonderful|pleasant "
                    "vacation|holiday|holidays|weekend|day|evening|trip|"
                    "week|break|time"),
	P(COURTESY, "enjoy your|the vacation|holiday|holidays|weekend|break"),
	P(COURTESY, "DET? right|correct|proper|best|appropriate place|way|list|"
                    "channel|forum for|to report|reporting|ask|post|send"),
	P(COURTESY, "^ hallo|gruß|mfg|bonjour|merci|hola|gracias|saludos"),
	P(COURTESY, "^ au revoir"),
	P(COURTESY, "grüße|спасибо"),
	P(COURTESY, "谢 谢"),
	P(COURTESY, "感 谢"),
	P(COURTESY, "あ り が と う"),
	P(COURTESY, "よ ろ し く"),

	P(BOILERPLATE, "confidential"),
	P(BOILERPLATE, "intended recipient"),
	P(BOILERPLATE, "to unsubscribe"),
	P(BOILERPLATE, "sent from my"),
	P(BOILERPLATE, "feel free to contact|reach|ask|call|email"),
	P(BOILERPLATE, "please find"),
	P(BOILERPLATE, "see below"),
	P(BOILERPLATE, "you can|may ADV* add my? $"),
	P(BOILERPLATE, "feel free to add my? $"),
	P(BOILERPLATE, "more info|information|details below"),
	P(BOILERPLATE, "for more details"),
	P(BOILERPLATE,
          "^ HELLO* DET? answer|answers|reply is|are below|inline"),
	P(BOILERPLATE, "as follows"),
	P(BOILERPLATE, "can be found at"),
	P(BOILERPLATE, "^ below is|are"),
	P(BOILERPLATE, "^ no functional change|changes"),
	P(BOILERPLATE, "^ please pull"),
	P(BOILERPLATE, "^ are available in the git repository"),
	P(BOILERPLATE, "^ in file included from"),
	P(BOILERPLATE, "^ press any key to"),
	P(BOILERPLATE, "^ this is a note to let you know"),
	P(BOILERPLATE, "^ just a quick follow-up|update"),
	P(BOILERPLATE, "commit hashes shown"),
	P(BOILERPLATE, "should appear in linux-next"),
	P(BOILERPLATE, "^ if in doubt"),
	P(BOILERPLATE, "^ please report any outstanding"),
	P(BOILERPLATE, "encouraged to provide"),
	P(BOILERPLATE, "if possible patch trailers"),
	P(BOILERPLATE, "may get further e-mails"),

	P(DANGLING, "^ also|and|because|but|however|it|otherwise|so|such|that|"
                    "then|therefore|these|they|this|those|which"),
	P(DANGLING, "^ here is"),
	P(DANGLING, "^ in other words"),

	P(RETRACTION, "^ HELLO* ADV* never mind"),
	P(RETRACTION, "^ HELLO* nevermind"),
	P(RETRACTION, "^ HELLO* my mistake|bad|fault"),
	P(RETRACTION, "^ HELLO* ADV* disregard|ignore|scratch that|this|my"),
	P(RETRACTION, "i ADV* was|am ADV* wrong|mistaken"),
	P(RETRACTION, "i ADV* have? misread|misunderstood|misremembered"),
	P(RETRACTION, "i take that|it back"),
	P(RETRACTION, "i stand corrected"),

	/* and no more than that: what, was asked */
	P(VERDICT,
          "^ HELLO* ADV* i|it|that|there|they|this|we|you BE|can|could|did|"
          "do|does|had|has|have|may|might|must|should|will|would ADV* not? "
          "so? $"),
	P(VERDICT,
          "^ HELLO* i|we ADV* do? not? believe|doubt|guess|hope|think so|"
          "not|it|that $"),
	P(VERDICT, "^ HELLO* not ADV* yet|sure|really|now|anymore|exactly $"),

	P(HEDGE, "^ if|maybe|perhaps"),
	P(HEDGE, "i guess"),

	/* what a patch does about it */
	P(MENDS,
          "^ so|instead|thus|hence|therefore|then|now? LIKE* CHANGE|MEND"),
	P(MENDS, "^ so? let 's|us LIKE* CHANGE|MEND"),
	P(MENDS, "^ LIKE* do not CHANGE|MEND"),
	P(MENDS, "^ to|and? fix|solve|address|resolve|avoid|prevent|handle|"
                 "mitigate this|that|it|these|the .. by|CHANGE|MEND"),
	P(MENDS, "this|that|it|these|they|problem|issue|bug|race|leak|warning "
                 "can|could|is|are be? LIKE* fixed|solved|resolved|addressed|"
                 "avoided|prevented by"),
	P(MENDS, "the? fix|solution|idea|remedy is to"),
	P(MENDS, "there is a solution to"),

	P(OUTLOOK, "should|must|please"),
	P(OUTLOOK, "need|needs to"),
	P(OUTLOOK, "^ can we"),
	P(OUTLOOK, "we can|could|need|should"),
	P(OUTLOOK, "you could|should"),
	P(OUTLOOK, "you may|might want"),
	P(OUTLOOK, "can|could|would you"),
	P(OUTLOOK, "i suggest|propose|think"),
	P(OUTLOOK, "i would like|prefer|rather|suggest"),
	P(OUTLOOK, "how|what about"),
	P(OUTLOOK, "why not"),
	P(OUTLOOK, "instead of"),
	P(OUTLOOK, "let me know"),
	P(OUTLOOK, "let 's"),
	P(OUTLOOK, "^ maybe|perhaps"),

	P(FINDING, "root|actual|real|underlying cause|reason|problem"),
	P(FINDING, "cause|causes|culprit|explanation|reason|trick|solution|"
                   "workaround ADV* is|was|are|were"),
	P(FINDING, "problem|issue|bug|trouble|fault|difference is|was that|"
                   "because|in|with|the|due|caused"),
	P(FINDING, "turns|turned out"),
	P(FINDING, "BE ADV* caused|introduced|triggered|broken by"),
	P(FINDING, "bisect|bisected|bisects|bisection .. to|at|points|says"),
	P(FINDING, "first bad commit"),
	P(FINDING, "i|we ADV* found|noticed|discovered|realized|realised|"
                   "learned|see that"),
	P(FINDING, "found|figured|find out"),
	P(FINDING, "stems|comes|coming|resulted|originates from"),
	P(FINDING, "BE ADV* responsible for"),
	P(FINDING, "this|that|which|it is|was ADV* why|because"),
	P(FINDING, "problem|issue|bug|error|warning|failure|hang|crash went|"
                   "is|was away|gone|fixed|solved|resolved"),
	P(FINDING, "BE a known bug|issue|limitation|problem"),

	P(DEED, "^ HELLO* ADV* DET* SENT* now|been? applied|queued|merged|"
                "rejected"),
	P(DEED, "^ applied|pulled|pushed|resolved|agreed|queued|merged"),
	P(DEED, "has|have been added to"),
	P(DEED, "has|have been applied|merged|queued|rejected"),
	P(DEED, "i have applied|merged|picked|pushed|queued"),
	P(DEED, "now applied|queued"),
	P(DEED, "applied|queued|merged thanks $"),
	P(DEED, "was|were applied to"),
	P(DEED, "was merged into"),
	P(DEED, "picked up"),
	P(DEED, "added to my tree"),
	P(DEED, "fixed in"),
	P(DEED, "consensus|decided|nack|withdraw|withdrawn"),
	P(DEED, "^ nak"),
	P(DEED, "we agreed"),

	P(COMMITMENT, "i|we will ADV* do|drop|fix|repost|resend|send"),
	P(COMMITMENT, "^ HELLO* will ADV* do|drop|fix|repost|resend|send"),
	P(COMMITMENT, "will be fixed"),
	P(COMMITMENT, "in the next version|round"),
	P(COMMITMENT, "respin"),

	P(INTENT, "i will"),
	P(INTENT, "i am going to"),
	P(INTENT, "happy to"),
	P(INTENT, "have a look"),
	P(INTENT, "^ i can"),
	P(INTENT, "will add|change|do|drop|fix|keep|repost|resend|send|update"),

	/* has the form of a promise, and is none: what follows is said here */
	P(REMARK,
          "i|we will ADV* admit|argue|assume|bet|confess|emphasize|"
          "grant|guess|mention|note|object|point|quote|reiterate|repeat|"
          "say|stress"),

	P(ASSENT, "^ agreed|indeed|ok|okay|right|sure|true|yeah|yep|yes"),
	P(ASSENT, "^ fair enough|point"),
	P(ASSENT, "^ no problem"),
	P(ASSENT, "acked|lgtm|mistake|reviewed"),
	P(ASSENT, "already done"),
	P(ASSENT, "good catch|idea|point"),
	P(ASSENT, "i agree"),
	P(ASSENT, "looks fine|good|great"),
	P(ASSENT, "makes sense"),
	P(ASSENT, "my bad"),
	P(ASSENT, "of course"),
	P(ASSENT, "sounds good"),
	P(ASSENT, "works fine"),
	P(ASSENT, "works for me"),

	P(INQUIRY, "i wonder"),
	P(INQUIRY, "any idea|ideas|thought|thoughts"),
	P(INQUIRY, "a bit confused"),
	P(INQUIRY, "are you sure"),
	P(INQUIRY, "can|could|would you"),
	P(INQUIRY, "^ can we"),
	P(INQUIRY, "^ would it"),
	P(INQUIRY, "how|what about"),
	P(INQUIRY, "what do you think"),
	P(INQUIRY, "does that make sense"),
	P(INQUIRY, "should i"),
	P(INQUIRY, "why not"),

	P(FOREIGN_ASK, "pouvez vous"),
	P(FOREIGN_ASK, "？"),
	P(FOREIGN_ASK, "吗"),
	P(FOREIGN_ASK, "で|ま す か"),
	P(FOREIGN_DEED, "已 应 用"),
	P(FOREIGN_DEED, "已 合 并"),
	P(FOREIGN_DEED, "適 用 し ま し た"),
	P(FOREIGN_PROMISE, "ich werde"),
	P(FOREIGN_PROMISE, "je vais"),
	P(FOREIGN_AGREE, "einverstanden"),
	P(FOREIGN_AGREE, "同 意"),
	P(FOREIGN_SUGGEST, "ich würde"),
	P(FOREIGN_SUGGEST, "je propose"),
	P(FOREIGN_SUGGEST, "pouvez vous"),
	P(FOREIGN_SUGGEST, "建 议"),
	P(FOREIGN_SUGGEST, "应 该"),
};

const size_t nd_cue_rule_pattern_count =
	sizeof nd_cue_rule_pattern / sizeof *nd_cue_rule_pattern;
