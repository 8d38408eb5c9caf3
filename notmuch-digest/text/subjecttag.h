/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * subjecttag.h - the words in the brackets of a subject: [kvmtool PATCH v2
 * 3/18]
 *
 * One subject may have several such groups; they are read from left to right
 * with one reader. The first version, n/m, release and project that is found
 * holds. Words in no order, whatever their case.
 */
#ifndef ND_TEXT_SUBJECTTAG_H
#define ND_TEXT_SUBJECTTAG_H

#include <stdbool.h>
#include <stddef.h>

#include "model/subject.h"

/* What makes a group one of a patch list. */
#define ND_SUBJECTTAG_GRAMMAR \
	(ND_SUBJECT_PATCH | ND_SUBJECT_RFC | ND_SUBJECT_PULL)

/* One bracket group; whoever reads it sets the first three fields. */
struct nd_subjecttag {
	const char *text; /* without the brackets; not owned */
	size_t len;
	bool beside_previous; /* no blank between it and the group before */
	unsigned flags;       /* enum nd_subject_flags */
	size_t words;
	bool after_for;      /* the word before was "for" */
	const char *project; /* first word that could name a tree */
	size_t project_len;
	size_t projects; /* how many words could */
};

/* Zeroed but for parts, which outlives it. */
struct nd_subjecttag_reader {
	struct nd_subject *parts;      /* what is found goes here */
	bool versioned;                /* parts->version was in the subject */
	bool stable_word;              /* "stable" was in this group */
	struct nd_subjecttag previous; /* the group read last */
};

/** Read the next group of a subject. Linear in its length. */
void nd_subjecttag_read(struct nd_subjecttag_reader *reader,
                        struct nd_subjecttag tag);

#endif
