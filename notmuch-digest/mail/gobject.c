/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/gobject.h"

#include <gmime/gmime.h>
#include <signal.h>

#include "util/alloc.h"

static int
unref_proxy(gpointer *proxy)
{
	g_object_unref(*proxy);
	return 0;
}

void *
nd_gobject_own(const void *ctx, gpointer object)
{
	gpointer *proxy;

	if (!object)
		return NULL;
	proxy = x_new(ctx, gpointer);
	*proxy = object;
	talloc_set_destructor(proxy, unref_proxy);
	return object;
}

void
nd_gobject_init(void)
{
	void (*on_sigpipe)(int) = signal(SIGPIPE, SIG_DFL);

	/* Its gpgme ignores the signal once and for all, if it is as here. */
	g_mime_init();
	signal(SIGPIPE, on_sigpipe);
}
