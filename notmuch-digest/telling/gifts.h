/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * gifts.h - who gave which tags for which patches, as facts of a summary
 */
#ifndef ND_TELLING_GIFTS_H
#define ND_TELLING_GIFTS_H

#include "telling/teller.h"

/**
 * "Ben and Cleo gave Reviewed-by for 2/4.", of what the mails of a zone give
 * (Reviewed-by, Acked-by, Tested-by); three sentences at most.
 */
void nd_gifts_tell(struct nd_teller *to, enum nd_zone zone);

#endif
