/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * subjectline.h - take the subject of a mail apart
 *
 * Knows what patch lists write: reply and forward prefixes in the languages
 * mail programs use, and bracket groups with PATCH, RFC, PULL, versions, n/m,
 * stable releases and the name of a tree. Subjects are UTF-8 on one line.
 *
 * Pure: no I/O, no globals. Linear in the length of the subject.
 */
#ifndef ND_TEXT_SUBJECTLINE_H
#define ND_TEXT_SUBJECTLINE_H

#include <stdbool.h>

#include "model/subject.h"

/**
 * The parts of a subject, owned by ctx. Never NULL; an empty subject has an
 * empty title and no flags.
 *
 * A tag that names a number over ND_LIMIT_PATCHES or a version over
 * ND_LIMIT_VERSION counts as not having it.
 */
struct nd_subject *nd_subjectline_parse(const void *ctx, const char *subject);

/** Does a bracket group of the subject hold this word, whatever its case? */
bool nd_subjectline_has_word(const struct nd_subject *parts, const char *word);

#endif
