/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * forward.h - mails inside of mails: forwarded, top-posted, in-body headers
 */
#ifndef ND_BODY_FORWARD_H
#define ND_BODY_FORWARD_H

#include "body/lines.h"

/**
 * Find where a mail that somebody else wrote is copied in without quote marks
 * ("-----Original Message-----", a block of From:, Sent:, To:, "Begin forwarded
 * message"). Such headings become ATTRIBUTION, what follows them QUOTE, except
 * when it has quote marks of its own.
 */
void nd_forward_mark(struct nd_lines *lines);

/**
 * Mark the headers above a commit message ("From: A U Thor <a@example.org>",
 * "Subject: [PATCH] …"), which are there for git am, as ATTRIBUTION. Scissors
 * must have been marked.
 */
void nd_forward_mark_patch_headers(struct nd_lines *lines);

/** The lines [start, end) are words of another mail: one deeper quotes. */
void nd_forward_quote(struct nd_lines *lines, size_t start, size_t end);

#endif
