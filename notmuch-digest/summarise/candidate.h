/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * candidate.h - a sentence that may be told, and what is known of it
 *
 * Owned by the nd_candidates it is in (candidates.h), its texts by that or by
 * the thread.
 */
#ifndef ND_SUMMARISE_CANDIDATE_H
#define ND_SUMMARISE_CANDIDATE_H

#include <stdbool.h>
#include <stdint.h>

#include "text/sentence.h"

struct nd_candidate {
	struct nd_sentence sentence;
	int32_t message;
	uint32_t word, word_count; /* slice of nd_candidates.words */
	uint16_t place;            /* in its mail, changelogs left out */
	uint16_t content;          /* those that are not stop words */
	uint16_t print_words;      /* as a reader counts them */
	unsigned doing;            /* enum nd_doing */
	unsigned events;           /* bits 1u << enum nd_event_type */
	unsigned sure;             /* of these, what was heard for sure */
	bool open;                 /* asks, and nobody has answered */
	const char *asked;         /* whom it asks without a name, or NULL */
	bool below_quote;          /* stands right below what it answers */
	bool below_question;       /* and that is a question */
	int32_t answers;           /* whose words that quote has; else
				    * ND_NO_MESSAGE */
	int on_patch;              /* the number of the patch it is on, or 0 */
	const char *on_code;       /* the function or file there, or NULL */
	bool rewrites;             /* that quote, in nearly its words */
	const char *above;         /* of it, what this is told with, or NULL */
	int32_t above_mail;        /* which said that, or ND_NO_MESSAGE */
	uint16_t quoted;           /* mails that quote some of it */
	bool corrected;            /* by its writer, in a later mail */
	bool conceded;             /* "Yes, it does.", and then "However,": what
				    * is meant is behind it */
	bool of_titles;            /* of the patches, and hardly more */
	bool hangs;                /* on what was said before it, and no quote
				    * above says that */
	bool tail;                 /* "Confusing at least.": of a talk, told
				    * with what it goes on with */
	bool is_item;              /* of a list, told with its head only */
	bool listed;               /* in a list below a head */
	bool cited;                /* of another text, as the line above says */
	bool note;                 /* beside the commit message, below "---" */
	float score;               /* beside others */
	float opening;             /* as what is told first */
};

#endif
