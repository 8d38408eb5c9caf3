/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * confighome.h - where the user's programs have their configuration
 */
#ifndef ND_CLIENTS_CONFIGHOME_H
#define ND_CLIENTS_CONFIGHOME_H

#include "util/status.h"

/**
 * $HOME and $XDG_CONFIG_HOME, which is ~/.config when it is not set.
 *
 * *home      may be NULL when only the other one is wanted; lives as long as
 *            the environment
 * *config    owned by ctx, or as *home
 * Returns    ND_OK; ND_ERR_CONFIG without a home
 */
enum nd_status
nd_confighome_find(const void *ctx, const char **home, const char **config,
                   struct nd_error *err) ND_MUST_CHECK;

#endif
