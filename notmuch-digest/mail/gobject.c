/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/gobject.h"

#include "util/alloc.h"

static int
unref_proxy(gpointer *proxy)
{
	g_object_unref(*proxy);
	return 0;
}

void *
nd_own_gobject(const void *ctx, gpointer object)
{
	gpointer *proxy;

	if (!object)
		return NULL;
	proxy = x_new(ctx, gpointer);
	*proxy = object;
	talloc_set_destructor(proxy, unref_proxy);
	return object;
}
