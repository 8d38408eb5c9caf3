/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * formletter.h - what a program lets maintainers say below what they took
 *
 *	[1/2] foo: a
 *	      commit: 3bf0a93dcc92
 *
 *	All being well this means that it will be integrated …
 *
 *	Please add any relevant lists and maintainers to the CCs …
 *
 * b4 and its like end such mails with a template of the maintainer's, the same
 * below every list. It is said to nobody, and asks the author for nothing. Where
 * a mailbox has more of those mails conversation/boilerplate.h learns it; the
 * first one is known by its form.
 *
 * Others stand above the list, between "Applied to …" and "tree: …", "branch: …".
 *
 * Pure. Linear in the mail.
 */
#ifndef ND_CONVERSATION_FORMLETTER_H
#define ND_CONVERSATION_FORMLETTER_H

#include "model/message.h"

/**
 * Make the template SIGNATURE; own_bytes is kept right.
 *
 * Below the list it is one when two paragraphs of prose or more stand below the list, none of
 * them with a question or with the number of a patch: who says something of
 * these patches there names them, or asks.
 *
 * mail       its body may be NULL
 */
void nd_formletter_mark(struct nd_message *mail);

#endif
