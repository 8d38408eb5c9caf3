/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * lineform.h - what a line of a mail looks like by itself
 *
 * Greetings, trailers, code, tables and the heads of logs are told by their
 * form, in any language that the tables know. Text is valid UTF-8; nothing is
 * allocated, a form points into the line.
 */
#ifndef ND_TEXT_LINEFORM_H
#define ND_TEXT_LINEFORM_H

#include <stdbool.h>
#include <stddef.h>

/* A longer line is not a head of a changelog. */
enum { ND_LINEFORM_HEAD_BYTES = 72 };

struct nd_lineform {
	const char *text; /* without blanks around it */
	size_t len;
	unsigned indent; /* columns */
	unsigned words;
	unsigned letters; /* bytes of letters, any script */
	unsigned odd;     /* bytes that are neither letters nor plain text */
	bool gap;         /* has columns */
};

struct nd_lineform nd_lineform_read(const char *text, size_t len);

/** Does it end with a character of set? */
bool nd_lineform_ends(const struct nd_lineform *form, const char *set);

/**
 * "commit 1a2b3c4d…" as git log prints it; inside such a head "Author: …", too.
 * What is indented below is the message of that commit.
 */
bool nd_lineform_is_log_head(const struct nd_lineform *form, bool inside);

/** Four blanks or a tab in front: code, a log, a table. Needs no form. */
bool nd_lineform_is_indented(const char *text, size_t len);

bool nd_lineform_is_greeting(const struct nd_lineform *form);
bool nd_lineform_is_sign_off(const struct nd_lineform *form);
bool nd_lineform_is_trailer(const struct nd_lineform *form);
bool nd_lineform_is_url(const struct nd_lineform *form);
bool nd_lineform_is_footnote(const struct nd_lineform *form);
bool nd_lineform_is_shortlog(const struct nd_lineform *form);

/**
 * "708884e7f7f3 foo: use bar", of a list of commits?
 *
 * inside     the line goes on with a paragraph: only with a prefix to its title
 */
bool nd_lineform_is_commit(const struct nd_lineform *form, bool inside);

/** "[BUG]", "[ROOT CAUSE]": of what stands below it. */
bool nd_lineform_is_heading(const struct nd_lineform *form);

bool nd_lineform_is_changelog(const struct nd_lineform *form);

/**
 * Code, a log, a table, art?
 *
 * inside     the line goes on with a paragraph: only what is plain counts
 */
bool nd_lineform_is_code(const struct nd_lineform *form, bool inside);

/** Words enough, and hardly a sign that people do not use in sentences. */
bool nd_lineform_reads_well(const struct nd_lineform *form);

/** The version whose changes a changelog's head announces, or -1. */
int nd_lineform_version(const struct nd_lineform *form);

/**
 * The bytes of the bullet or number that (text, len) begins with, blanks
 * around it included; 0 when there is none.
 */
size_t nd_lineform_bullet(const char *text, size_t len);

#endif
