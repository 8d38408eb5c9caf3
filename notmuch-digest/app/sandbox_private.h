/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * sandbox_private.h - the parts of sandbox.h that know of each other
 */
#ifndef ND_APP_SANDBOX_PRIVATE_H
#define ND_APP_SANDBOX_PRIVATE_H

#include "app/app.h"
#include "rights/landlock.h"

/**
 * Allow a process that has a network to read what it needs: all but the home
 * directories, and in those mail, database, configuration, the files that
 * settings, options and environment name, and libraries that come from there.
 *
 * files      arguments that are no URLs are files
 */
void nd_sandbox_allow_reading(struct nd_app *app, struct nd_landlock *limits,
                              bool files);

#endif
