/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/message.h"

#include <string.h>

#include "util/alloc.h"

const char *
nd_address_label(const void *ctx, const struct nd_address *who)
{
	if (who->name[0] != '\0')
		return who->name;
	if (who->addr[0] == '\0')
		return "?";
	return x_strndup(ctx, who->addr, strcspn(who->addr, "@"));
}
