/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * actreader.h - what is seen of a sentence by the model of acts/actmodel.h
 *
 * Its form, words and cue phrases, its neighbours and what is quoted above it.
 */
#ifndef ND_ACTS_ACTREADER_H
#define ND_ACTS_ACTREADER_H

#include <stdbool.h>
#include <stddef.h>

#include "acts/act.h"
#include "acts/actfeature.h"
#include "acts/cue.h"
#include "text/token.h"

enum { ND_ACTREADER_TOKENS_MAX = 128 }; /* words that are looked at */

struct nd_actreader; /* of the sentences of one mail */

/**
 * Look at a mail; its `line` is filled in.
 *
 * mail       all mails of the thread; those quoted have their `line`
 */
struct nd_actreader *
nd_actreader_new(const void *ctx, struct nd_tokenizer *tokenizer,
                 struct nd_act_mail *mail, size_t index);

/** Add the features of one of its sentences: besides those of the mail. */
void nd_actreader_features(const struct nd_actreader *reader, size_t sentence,
                           struct nd_actfeatures *out);

/** Add those of the mail as a whole. */
void nd_actreader_mail_features(const struct nd_actreader *reader,
                                struct nd_actfeatures *out);

/** The tokens of a sentence, for those who name features. */
const struct nd_token *nd_actreader_tokens(const struct nd_actreader *reader,
                                           size_t sentence, size_t *count);

/** The cue phrases of a sentence (acts/cue.h). */
const struct nd_cues *
nd_actreader_cues(const struct nd_actreader *reader, size_t sentence);

/** Does the sentence end with a question mark? */
bool
nd_actreader_is_question(const struct nd_actreader *reader, size_t sentence);

#endif
