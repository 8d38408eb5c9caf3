/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * fresh.h - a digest has been read
 */
#ifndef ND_STORE_FRESH_H
#define ND_STORE_FRESH_H

#include "util/status.h"

/**
 * Take a tag off a mail, for a user who waits.
 *
 * give_up    signal handler that ends the process: libnotmuch waits for another
 *            writer without limit, and this is called after some seconds. The
 *            tag stays then.
 * Returns    ND_OK, also for a mail that is gone; ND_ERR_DB
 */
enum nd_status
nd_fresh_take_off(const char *id, const char *tag, void (*give_up)(int signal),
                  struct nd_error *err) ND_MUST_CHECK;

#endif
