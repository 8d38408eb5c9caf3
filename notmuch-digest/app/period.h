/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * period.h - the period that --since, --until and --now ask for
 */
#ifndef ND_APP_PERIOD_H
#define ND_APP_PERIOD_H

#include "app/app.h"
#include "model/window.h"

/**
 * Read the TIME of an option.
 *
 * text       NULL when the option is not given: *out then stays as it is
 * option     its name, "since", for the message
 * Returns    ND_OK; ND_ERR_USAGE with the accepted forms
 */
enum nd_status
nd_period_time(const char *text, const char *option, int64_t now_s,
               int64_t *out, struct nd_error *err) ND_MUST_CHECK;

/**
 * The last seven days, or what the options say.
 *
 * Returns    ND_OK; ND_ERR_USAGE for what is not a time, and for an empty
 *            window
 */
enum nd_status nd_period_read(const struct nd_app *app,
                              struct nd_window *window) ND_MUST_CHECK;

#endif
