/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * relayaddr.h - the author's address in the one that a relay made of it
 *
 * Some relays do not put their own address into From but make another of the
 * author's, so that the policy of his domain does not apply to it: the IETF
 * "ada=40example.org@dmarc.ietf.org", groups.io "ada=example.org@groups.io",
 * Apache "ada@example.org.INVALID". Pure; addresses as in the mail.
 */
#ifndef ND_MODEL_RELAYADDR_H
#define ND_MODEL_RELAYADDR_H

/**
 * The author's address that is kept in addr, owned by ctx; "" when addr stands
 * for a person and does not tell which; NULL when nobody made it.
 *
 * Addresses for bounces (VERP, SRS, BATV) hold one, too, but not the author's:
 * NULL.
 */
const char *nd_relayaddr_author(const void *ctx, const char *addr);

#endif
