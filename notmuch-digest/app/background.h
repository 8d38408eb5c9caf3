/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * background.h - work that `notmuch new` does not wait for
 */
#ifndef ND_APP_BACKGROUND_H
#define ND_APP_BACKGROUND_H

#include <stdbool.h>

#include "util/status.h"

/**
 * Go on in a child process, in a session of its own, with nothing on its
 * standard input.
 *
 * *parent    set in the process that was there before: it has waited for the
 *            child for a little less than a second, passed on what it printed,
 *            and has nothing to do any more. The child goes on alone.
 * Returns    ND_OK; ND_ERR_IO when there can be no child
 */
enum nd_status
nd_background_detach(bool *parent, struct nd_error *err) ND_MUST_CHECK;

#endif
