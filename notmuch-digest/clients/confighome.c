/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "clients/confighome.h"

#include <stdlib.h>

#include "util/alloc.h"

enum nd_status
nd_confighome_find(const void *ctx, const char **home, const char **config,
                   struct nd_error *err)
{
	const char *at = getenv("HOME"), *set = getenv("XDG_CONFIG_HOME");

	if (!at || *at != '/')
		return nd_fail(err, ND_ERR_CONFIG, "HOME is not set");
	if (home)
		*home = at;
	*config = set && *set == '/' ? set : x_asprintf(ctx, "%s/.config", at);
	return ND_OK;
}
