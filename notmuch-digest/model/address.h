/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * address.h - the names of people as one would say them
 */
#ifndef ND_MODEL_ADDRESS_H
#define ND_MODEL_ADDRESS_H

#include "model/message.h"

/** Are these the same person: by address, or by a name that is not empty? */
bool
nd_address_same_person(const struct nd_address *a, const struct nd_address *b);

/**
 * The name to print for an address: "Firstname Lastname" for "Lastname,
 * Firstname", without quotes, company brackets and "via LIST"; what stands
 * before the @ when there is no name. Owned by ctx, never empty.
 */
const char *nd_address_name(const void *ctx, const struct nd_address *who);

#endif
