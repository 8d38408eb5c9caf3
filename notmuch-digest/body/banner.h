/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * banner.h - what stands above the text of a mail and is not its author's
 *
 * Gateways warn of mail from outside and companies label it, each in words and
 * a language of its own: told by what such a warning must say. Trackers and
 * code hosts say who commented on what.
 */
#ifndef ND_BODY_BANNER_H
#define ND_BODY_BANNER_H

#include "body/lines.h"

/**
 * Mark such lines at the top as SIGNATURE. Linear in them: nothing below the
 * first line of the author's is looked at.
 */
void nd_banner_mark(struct nd_lines *lines);

#endif
