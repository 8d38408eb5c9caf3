/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * reply.h - a mail as its parts: what it quotes, and what is said below
 *
 * Words that stand above the first quote belong to no part. Linear in the
 * mail.
 */
#ifndef ND_TEXT_REPLY_H
#define ND_TEXT_REPLY_H

#include "model/message.h"
#include "text/utterance.h"

/* What is said; nothing of it: thanks, or no words at all. */
enum nd_reply_says {
	ND_REPLY_STATES = 1u << 0, /* a sentence that asks nothing */
	ND_REPLY_ASKS = 1u << 1,   /* back, or something else */
	ND_REPLY_ASIDE = 1u << 2   /* "good question", "me too", "no idea" */
};

/* A quote with words below it. */
struct nd_reply_part {
	size_t first, last; /* lines of the body that are quoted */
	size_t paragraph;   /* the line where its last paragraph begins */
	size_t end;         /* the line behind the words below */
	unsigned says;      /* enum nd_reply_says */
};

struct nd_reply {
	struct nd_utterances said;
	struct nd_reply_part *part;
	size_t count;
	unsigned says; /* in all of the mail */
};

/** Take a body apart whose sentences are known. The parts are owned by ctx. */
struct nd_reply nd_reply_read(const void *ctx, const struct nd_body *body,
                              struct nd_utterances said);

#endif
