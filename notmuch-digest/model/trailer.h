/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * trailer.h - a Reviewed-by:-like line that somebody gave in a reply
 */
#ifndef ND_MODEL_TRAILER_H
#define ND_MODEL_TRAILER_H

#include "model/message.h"

struct nd_trailer {
	const char *type;      /* "Reviewed-by", first letter upper case */
	struct nd_address who; /* as the trailer says, not as From says */
	int32_t message;       /* index of the mail that gives it */
	uint32_t line;         /* where in its body */
	int32_t patch;         /* index of the patch or cover it is given to,
				 * ND_NO_MESSAGE when that mail is missing */
	int number, total;     /* n/m of that patch; number 0 = whole series */
};

#endif
