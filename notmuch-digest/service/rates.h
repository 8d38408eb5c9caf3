/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * rates.h - what a service has taken for its answers, so that a run can be
 * foretold
 *
 * Sums over past requests, the later ones weighing more. They lie in the cache
 * directory under a name made of service and model, and may be lost.
 */
#ifndef ND_SERVICE_RATES_H
#define ND_SERVICE_RATES_H

#include <stdbool.h>

#include "service/service.h"

struct nd_rates {
	double questions; /* repairs and repeats of them apart */
	double estimated; /* tokens of these questions, as we count */
	double in, out;   /* tokens, as the service counts, of all requests */
	double busy_ms;   /* from sending to the answer, of all requests */
};

/* What some questions will come to. */
struct nd_rates_expected {
	double in, out; /* tokens */
	double ms;      /* one after another */
};

/**
 * What is known of the service that these options are for; all zero when that
 * is nothing.
 *
 * dir        of util/cachedir.h; NULL: nothing is known
 */
void nd_rates_load(const char *dir, const struct nd_service_options *options,
                   struct nd_rates *rates);

/** Keep them, the older ones with less weight. */
void nd_rates_save(const char *dir, const struct nd_service_options *options,
                   const struct nd_rates *rates);

/**
 * Foretell.
 *
 * estimated, max_out   tokens of so many questions, as we count
 * Returns              false when nothing is known: then out is the most that
 *                      may be, and ms is 0
 */
bool nd_rates_expect(const struct nd_rates *rates, double questions,
                     double estimated, double max_out,
                     struct nd_rates_expected *expected);

#endif
