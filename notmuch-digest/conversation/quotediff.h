/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * quotediff.h - a diff that is not the mail's own, but that of the patch below
 *
 * A mailer that puts no marks in front of what it quotes leaves a patch as it
 * was: the answer would post it again.
 */
#ifndef ND_CONVERSATION_QUOTEDIFF_H
#define ND_CONVERSATION_QUOTEDIFF_H

#include "model/message.h"

/**
 * Make the diff of a body ND_LINE_QUOTE, and take back that the mail has one,
 * when nearly all of its lines are in the diff of the mail that it quotes.
 *
 * source     the body of that mail
 * Costs      linear in the diffs
 */
void nd_quotediff_mark(struct nd_body *body, const struct nd_body *source);

#endif
