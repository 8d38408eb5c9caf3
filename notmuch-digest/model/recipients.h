/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * recipients.h - the people a mail was sent to, without the lists
 *
 * A list is known by its List-Id and by the hosts that only lists have; an
 * address without a name is taken for a list when it begins like one.
 */
#ifndef ND_MODEL_RECIPIENTS_H
#define ND_MODEL_RECIPIENTS_H

#include "model/thread.h"

/** Is this the address of a mailing list? */
bool nd_recipients_is_list(const struct nd_thread *thread,
                           const struct nd_address *who);

/**
 * The first person in To besides the sender, or NULL. Owned by the message.
 *
 * *only      whether there is no other; may be NULL
 */
const struct nd_address *
nd_recipients_first(const struct nd_thread *thread,
                    const struct nd_message *message, bool *only);

#endif
