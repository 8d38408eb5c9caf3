/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * subjecttag.h - the words in the brackets of a subject: [kvmtool PATCH v2
 * 3/18]
 *
 * One subject may have several such groups; they are read from left to right
 * with one reader. The first version, n/m, release and project that is found
 * holds. Words in no order, whatever their case, and with or without a blank
 * between PATCH, version and numbers. A project may have a branch behind it:
 * "u-boot v2019.04-aspeed-openbmc", "linux dev-5.15". Numbers of releases are
 * no versions of the series.
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
	bool negated;        /* a word before was "not" */
	bool after_of;       /* the words before were "1 of" */
	int count;           /* the number before "of", plus 1; 0: none */
	const char *project; /* first word that could name a tree */
	size_t project_len;
	size_t projects;    /* how many words could */
	size_t strange;     /* words of no kind */
	const char *branch; /* and right behind it, one of its branches */
	size_t branch_len;
	const char *last; /* the word before, if it could have branches */
	size_t last_len;
};

/* Zeroed but for parts, which outlives it. */
struct nd_subjecttag_reader {
	struct nd_subject *parts; /* what is found goes here */
	bool versioned;           /* parts->version was in the subject */
	bool stable_word;         /* "stable" was in this group */
	bool counts_sets;         /* n/m is of patch sets, not of patches */
	struct nd_subjecttag previous; /* the group read last */
};

/**
 * Does (text, len) hold nothing but words of patch lists, one of them at least
 * PATCH, RFC, RESEND, PULL, a version or n/m? Then round brackets around it
 * are a tag, too. Linear in its length.
 */
bool nd_subjecttag_is_plain(const char *text, size_t len);

/** Read the next group of a subject. Linear in its length. */
void nd_subjecttag_read(struct nd_subjecttag_reader *reader,
                        struct nd_subjecttag tag);

#endif
