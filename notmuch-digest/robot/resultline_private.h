/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * resultline_private.h - lines of a test's report that have a form of their own
 */
#ifndef ND_ROBOT_RESULTLINE_PRIVATE_H
#define ND_ROBOT_RESULTLINE_PRIVATE_H

#include "robot/resultline.h"

/**
 * What (text, len), without blanks around it, says by its form: compilers, crashes,
 * TAP, marks of CI services, phrases; ND_RESULTLINE_NONE: its words tell, if anything.
 */
enum nd_resultline nd_resultline_form(const char *text, size_t len);

#endif
