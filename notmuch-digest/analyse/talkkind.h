/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * talkkind.h - what a mail that posts no patch is about, by its words
 *
 * Titles count most; then kernel logs and the like in the text; then words.
 * The words are English, as on the lists this is for: a mail in another
 * language is a discussion unless a log or a question mark says more.
 */
#ifndef ND_ANALYSE_TALKKIND_H
#define ND_ANALYSE_TALKKIND_H

#include "model/thread.h"

/**
 * The kind of a thread whose root is this mail: bug report, question,
 * announcement, stable notice or discussion.
 *
 * message    with subject parts and robot flag; its body may be NULL
 */
enum nd_kind nd_talkkind_find(const struct nd_message *message);

#endif
