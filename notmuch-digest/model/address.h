/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * address.h - the names of people as one would say them
 */
#ifndef ND_MODEL_ADDRESS_H
#define ND_MODEL_ADDRESS_H

#include "model/message.h"

/**
 * The name to print for an address: "Firstname Lastname" for "Lastname,
 * Firstname", without quotes, company brackets and "via LIST"; what stands
 * before the @ when there is no name. Owned by ctx, never empty.
 */
const char *
nd_address_person_name(const void *ctx, const struct nd_address *who);

#endif
