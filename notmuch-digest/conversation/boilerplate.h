/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * boilerplate.h - paragraphs that somebody, or a list, has in most mails
 *
 * No table knows the notices of every company and the templates of everybody.
 * What stands in most of the mails of one sender, under different subjects, at
 * the top or the bottom and in the same words, is said to nobody. Those mails
 * are read from the mailbox (pipeline/boilerplate.h), for senders whose mails
 * give reason to ask: a paragraph that speaks of mail or companies.
 *
 * Never boilerplate are less than ND_BOILERPLATE_WORDS words, trailers, words
 * of who takes patches, code, and what a posting says of its patches; and a
 * mail keeps at least one line of prose.
 *
 * Pure. Linear in the mails.
 */
#ifndef ND_CONVERSATION_BOILERPLATE_H
#define ND_CONVERSATION_BOILERPLATE_H

#include "model/message.h"

enum {
	ND_BOILERPLATE_WORDS = 8,
	ND_BOILERPLATE_SAMPLE = 6, /* mails that are enough to learn from */
};

/* The paragraphs of some senders, as hashes. */
struct nd_boilerplate;

struct nd_boilerplate *nd_boilerplate_new(const void *ctx);

/**
 * Learn from mails of one sender, or of one list: what stands in three of them
 * and in half.
 *
 * mail       read; each of another subject
 */
void nd_boilerplate_learn(struct nd_boilerplate *known,
                          struct nd_message *const *mail, size_t count);

/** Add what another one knows. */
void nd_boilerplate_add(struct nd_boilerplate *known,
                        const struct nd_boilerplate *other);

/** Is there a reason to look at other mails of its sender? */
bool nd_boilerplate_suspects(const struct nd_message *mail);

/** Make the known paragraphs of a mail SIGNATURE; own_bytes is kept right. */
void nd_boilerplate_mark(const struct nd_boilerplate *known,
                         struct nd_message *mail);

#endif
