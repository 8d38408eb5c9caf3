/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * notice.h - what services, scanners and devices write below the text of a mail
 */
#ifndef ND_BODY_NOTICE_H
#define ND_BODY_NOTICE_H

#include "body/lines.h"

/**
 * The line behind the notice that begins at line i, which is own; i when none
 * does. Hosts and lists say how to answer and to unsubscribe, scanners that
 * there is no virus, devices what they are.
 */
size_t nd_notice_end(const struct nd_lines *lines, size_t i);

/**
 * Is line i one that goes with a notice right below: dashes, in any form? It
 * may be the line that begins signatures.
 */
bool nd_notice_is_rule(const struct nd_lines *lines, size_t i);

#endif
