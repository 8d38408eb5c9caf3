/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * question.h - which sentences are the open questions of the ledger
 */
#ifndef ND_SUMMARISE_QUESTION_H
#define ND_SUMMARISE_QUESTION_H

#include "summarise/material.h"

/** True when a sentence is one of the thread's open questions. */
bool
nd_question_is_open(const struct nd_material *m, const struct nd_candidate *c);

#endif
