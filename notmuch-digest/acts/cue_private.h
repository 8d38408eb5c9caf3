/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cue_private.h - the patterns of the cues that only rules ask for
 *
 * They use the classes of words of acts/cue.c, and are found in the same walk.
 */
#ifndef ND_ACTS_CUE_PRIVATE_H
#define ND_ACTS_CUE_PRIVATE_H

#include <stddef.h>

#include "acts/wordpattern.h"

extern const struct nd_wordpattern nd_cue_rule_pattern[];
extern const size_t nd_cue_rule_pattern_count;

#endif
