/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * actreader.h - what is seen of a sentence by the model of text/actmodel.h
 *
 * A feature is on or off. Its key holds its template and up to three small
 * values, or the hash of a word or two: no dictionary is needed to find one.
 */
#ifndef ND_TEXT_ACTREADER_H
#define ND_TEXT_ACTREADER_H

#include <stddef.h>
#include <stdint.h>

#include "text/act.h"
#include "text/cue.h"
#include "text/token.h"

enum {
	ND_ACTREADER_SEEN_MAX = 512,   /* of one sentence */
	ND_ACTREADER_TOKENS_MAX = 128, /* words of it that are looked at */
};

struct nd_actreader_seen {
	uint64_t key[ND_ACTREADER_SEEN_MAX];
	size_t count;
};

struct nd_actreader; /* of the sentences of one mail */

/**
 * Look at a mail; its `line` is filled in.
 *
 * mail       all mails of the thread; those quoted have their `line`
 */
struct nd_actreader *
nd_actreader_new(const void *ctx, struct nd_tokenizer *tokenizer,
                 struct nd_act_mail *mail, size_t index);

/** The features of one of its sentences. */
void nd_actreader_features(const struct nd_actreader *reader, size_t sentence,
                           struct nd_actreader_seen *out);

/** Features of the mail as a whole, for the second stage. */
void nd_actreader_mail_features(const struct nd_actreader *reader,
                                struct nd_actreader_seen *out);

/** The tokens of a sentence, for those who name features. */
const struct nd_token *nd_actreader_tokens(const struct nd_actreader *reader,
                                           size_t sentence, size_t *count);

/** The cue phrases of a sentence (text/cue.h). */
const struct nd_cues *
nd_actreader_cues(const struct nd_actreader *reader, size_t sentence);

/** Does the sentence end with a question mark? */
bool
nd_actreader_is_question(const struct nd_actreader *reader, size_t sentence);

/**
 * A feature in words: "could you change / by the author".
 *
 * Words are hashes here; of those it says "word" or "pair" alone.
 */
const char *nd_actreader_feature_name(const void *ctx, uint64_t key);

#endif
