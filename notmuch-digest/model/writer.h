/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * writer.h - who wrote a mail that somebody else has sent
 *
 * Lists of domains with a strict DMARC policy put their own address into From,
 * forums, trackers and forges that of a robot. The person is in the display
 * name (model/relayname.h), the address in one of several places, or nowhere.
 * All strings are UTF-8 and on one line. Pure.
 */
#ifndef ND_MODEL_WRITER_H
#define ND_MODEL_WRITER_H

#include "model/message.h"

/** What the header of a mail says about the one who wrote it. */
struct nd_writer_clues {
	struct nd_address from;
	const char *list_id; /* "dev.lists.example.org" or "" */
	const char *list;    /* all that names addresses of the list: List-Post,
	                      * X-BeenThere, …; "" */
	struct nd_address_list original; /* what relays keep of the author:
	                                  * X-Original-From, Author, …; in the
	                                  * order of trust */
	struct nd_address_list reply_to, cc;
	const char *login; /* of the one who acted, as the service says it in
	                    * its own header; "" */
	bool service; /* by a header of its own, it is the mail of a service
	                    * that puts people's names into From */
};

/**
 * The person behind From: From itself when nobody has rewritten it.
 *
 * Where only the name is known the address is "", because that of the relay
 * is everybody's. The strings are owned by ctx, or those of clues.
 */
struct nd_address
nd_writer_find(const void *ctx, const struct nd_writer_clues *clues);

/**
 * What tells people apart where there is nothing but From: the name before
 * "via LIST", else the address; in small letters, owned by ctx.
 */
const char *nd_writer_key(const void *ctx, const struct nd_address *from);

/** Is this the address of a relay: a robot's, by what stands before the @? */
bool nd_writer_is_relay(const struct nd_address *who);

#endif
