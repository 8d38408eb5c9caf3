/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * warn.h - what went wrong without stopping the run, on stderr
 */
#ifndef ND_APP_WARN_H
#define ND_APP_WARN_H

#include "app/options.h"
#include "model/report.h"

/**
 * A line for each problem of the run itself; one line with the number of
 * problems with mails; with --verbose a line for each; with --quiet nothing.
 */
void nd_warn_problems(const struct nd_options *options,
                      const struct nd_report *report);

/** A line about one mail; with --quiet nothing. */
void nd_warn_mail(const struct nd_options *options, const char *id,
                  const char *what);

#endif
