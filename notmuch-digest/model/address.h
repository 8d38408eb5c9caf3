/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * address.h - the names of people as one would say them, and as they are written
 */
#ifndef ND_MODEL_ADDRESS_H
#define ND_MODEL_ADDRESS_H

#include "model/message.h"

/**
 * Are these the same person?
 *
 * By address, whatever its case; else by a name of at least two words that is
 * no office's, unless one house has numbered the two; where many are called so
 * ("Wei Wang") one account must be like the other; by the same account
 * elsewhere, when both have the same name or one has none and the other's
 * name is in it. An address that is "" leaves the name to decide.
 */
bool
nd_address_same_person(const struct nd_address *a, const struct nd_address *b);

/**
 * Is addr the account of this person at another host, and is a word of the name
 * in it? "ada@b" of "Ada Berg <ada@a>": there are more of that name, so something
 * else must speak for it, too.
 */
bool nd_address_has_account(const struct nd_address *named, const char *addr);

/**
 * The name to print for an address: "Firstname Lastname" for "Lastname,
 * Firstname", without quotes, company brackets and "via LIST"; what stands
 * before the @ when there is no name, or only quotes. Owned by ctx, never empty.
 */
const char *nd_address_name(const void *ctx, const struct nd_address *who);

/**
 * What tells people apart in tables: the address in small letters; the name
 * where there is none. Owned by ctx, never empty.
 */
const char *nd_address_key(const void *ctx, const struct nd_address *who);

/**
 * Read "Name <addr>" as people and mail programs write it into a text: without
 * brackets, "Name (addr)", "Name [mailto:addr]", "<addr<mailto:addr>>", "<addr"
 * and "<addr at host>". Only one that has an address is read.
 *
 * *who       gains name and addr, owned by ctx; untouched when there is none
 * Returns    the bytes up to the end of it; 0: there is none
 */
size_t nd_address_read(const void *ctx, const char *text, size_t len,
                       struct nd_address *who);

#endif
