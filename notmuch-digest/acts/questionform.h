/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * questionform.h - does a sentence have the form of a question?
 *
 * It ends in a question mark, or requests information ("Please clarify …", "let
 * me know what …", "@Ann could you …"). Rhetorical ones, jokes, those that
 * their writer answers at once, proposals ("Why not use foo?"), code and what
 * somebody else is said to ask have not. English; a question mark in any
 * script.
 */
#ifndef ND_ACTS_QUESTIONFORM_H
#define ND_ACTS_QUESTIONFORM_H

#include "text/utterance.h"

/**
 * Does said->utterance[i] have it?
 *
 * on_patch   patches are talked of: "please send …" means those
 */
bool
nd_questionform_has(const struct nd_utterances *said, size_t i, bool on_patch);

/** "Let me know if there are any problems.": nobody needs to answer. */
bool nd_questionform_is_courtesy(const struct nd_utterance *said);

#endif
