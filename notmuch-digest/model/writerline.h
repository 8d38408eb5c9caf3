/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * writerline.h - the line of a mail that names the writer of what is below
 *
 * "From: A U Thor <a@example.org>" above a commit message, "--- Comment #3 from
 * A U Thor <a@example.org> ---" in the mail of a tracker. Pure; a body must
 * have been classified.
 */
#ifndef ND_MODEL_WRITERLINE_H
#define ND_MODEL_WRITERLINE_H

#include "model/message.h"

struct nd_writerline {
	size_t line;
	size_t first, until; /* the lines [first, until) are the writer's */
	const char *text;    /* "A U Thor <a@example.org>", in the body */
	size_t len;          /* in bytes */
};

/**
 * The in-body From of a patch, which git am takes for its author. False when
 * there is none, or the mail has no diff.
 */
bool
nd_writerline_of_patch(const struct nd_body *body, struct nd_writerline *out);

/**
 * The person of whom a tracker tells (Bugzilla, Redmine, Trac). False when no
 * line says so. Only for mail of trackers: people quote such lines.
 */
bool
nd_writerline_of_comment(const struct nd_body *body, struct nd_writerline *out);

/**
 * The address in what a tracker calls a person: "Ada Berg <ada@example.org>",
 * also in round brackets or as "ada at example dot org"; a name or login
 * alone, then addr is "". Owned by ctx.
 */
struct nd_address
nd_writerline_address(const void *ctx, const struct nd_writerline *found);

#endif
