/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/message.h"

#include <stdarg.h>
#include <string.h>

#include "util/alloc.h"

void
nd_message_set_cut(struct nd_body *body, const char *why, ...)
{
	va_list args;

	body->flags |= ND_BODY_CUT;
	if (body->cut)
		return;
	va_start(args, why);
	body->cut = x_check(talloc_vasprintf(body, why, args));
	va_end(args);
}
