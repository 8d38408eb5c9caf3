/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * aireview.h - reviews that a language model wrote
 *
 * Known by who sends them, or by what they say of themselves in their first or
 * last lines. What they remark is no review by a person: nobody was asked, and
 * nobody has to act because of it.
 */
#ifndef ND_ROBOT_AIREVIEW_H
#define ND_ROBOT_AIREVIEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/message.h"

/** Did a language model write the review that this mail is? */
bool nd_aireview_is(const struct nd_message *message);

/**
 * The line that says most of it: its first remark, else how many there are.
 *
 * *line    its number in the body
 * *len     its bytes
 * Returns  its place in the body, behind a list's mark; NULL: there is none
 */
const char *nd_aireview_remark(const struct nd_message *message, uint32_t *line,
                               size_t *len);

#endif
