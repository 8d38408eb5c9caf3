/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * fresh.h - a digest has been read
 */
#ifndef ND_STORE_FRESH_H
#define ND_STORE_FRESH_H

#include "util/status.h"

/**
 * Take a tag off a mail, for a user who waits: another program that writes is
 * waited for for some seconds, then the process ends with exit code 0 and the
 * tag stays.
 *
 * Returns    ND_OK, also for a mail that is gone; ND_ERR_DB
 */
enum nd_status nd_fresh_take_off(const char *id, const char *tag,
                                 struct nd_error *err) ND_MUST_CHECK;

#endif
