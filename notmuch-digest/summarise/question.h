/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * question.h - was a question answered?
 */
#ifndef ND_SUMMARISE_QUESTION_H
#define ND_SUMMARISE_QUESTION_H

#include "summarise/material.h"

/**
 * True when a sentence asks something that nobody has answered: no other
 * person has replied to its mail or quoted it, and the one asked has not
 * written into that branch of the thread since.
 */
bool
nd_question_is_open(const struct nd_material *m, const struct nd_candidate *c);

#endif
