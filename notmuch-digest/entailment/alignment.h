/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * alignment.h - is a text closely borne out by the words that it is about?
 *
 * Each word of the text that stands for something is one of those words, in their
 * order, with next to nothing left out in between; each "not", "if", "only",
 * "will" stands before the same word in both. What the text leaves out at either
 * end must not turn what is left. So a text that is borne out says no more than
 * the words; of one that is not, nothing is known: it may be a true paraphrase.
 *
 * Texts are UTF-8. Pure.
 */
#ifndef ND_ENTAILMENT_ALIGNMENT_H
#define ND_ENTAILMENT_ALIGNMENT_H

/* What the one who prints the text says of it before it. */
enum nd_alignment_frame {
	ND_ALIGNMENT_STATED,   /* nothing: it is so */
	ND_ALIGNMENT_ASKED,    /* it is a question */
	ND_ALIGNMENT_WISHED,   /* it is asked for: no "should" is needed */
	ND_ALIGNMENT_PROMISED, /* the speaker will do it */
};

/**
 * Why the text is in doubt, constant; NULL: it is borne out.
 *
 * words      of one author, one or some sentences, in the text's language
 */
const char *nd_alignment_doubt(const char *text, const char *words,
                               enum nd_alignment_frame frame);

/**
 * The same of a text in another language than the words: what can be compared
 * are names, numbers and identifiers, which the text must have some of, and
 * what turns it, as far as that is known of its language: no language but
 * Chinese has any.
 */
const char *nd_alignment_doubt_translated(const char *text, const char *words,
                                          enum nd_alignment_frame frame);

#endif
