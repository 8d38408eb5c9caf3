/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * gobject.h - GMime's reference counted objects as talloc children; its start
 */
#ifndef ND_MAIL_GOBJECT_H
#define ND_MAIL_GOBJECT_H

#include <glib-object.h>

/**
 * Hand our reference of object over to ctx: it is dropped when ctx is freed.
 * Returns object, which may be NULL.
 */
void *nd_gobject_own(const void *ctx, gpointer object);

/**
 * g_mime_init(), also before libnotmuch does it: what it does to the process
 * besides, ignoring SIGPIPE, is undone. Call it before there are threads.
 */
void nd_gobject_init(void);

#endif
