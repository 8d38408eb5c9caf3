/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * sequence.h - what comes first, and what it becomes
 *
 * "from A to B", "B instead of A", "A before B", "A first and B later": a model
 * that has all words right may still turn them round. Only a contradiction is
 * one; what a mail says in another way is not judged.
 */
#ifndef ND_LLM_SEQUENCE_H
#define ND_LLM_SEQUENCE_H

#include <stdbool.h>

/** Does text put two things in the order that is not that of mail? */
bool nd_llm_sequence_is_reversed(const char *text, const char *mail);

#endif
