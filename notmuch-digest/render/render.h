/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * render.h - a report or one thread as bytes, in one of the formats
 *
 * One file per format (markdown.c, text.c, atom.c, reportjson.c), one escape module
 * (escape.h). Renderers are pure: they read the model and append to a buffer.
 * Times are printed in the user's time zone, which the report names; JSON is
 * in UTC.
 */
#ifndef ND_RENDER_RENDER_H
#define ND_RENDER_RENDER_H

#include "model/report.h"
#include "render/format.h"
#include "util/buf.h"

/** Append the whole report to out. */
void
nd_render_report(const struct nd_report *report, enum nd_format format,
                 const struct nd_render_options *options, struct nd_buf *out);

/**
 * Append one thread of the report to out, as `show` prints it: with its title,
 * facts, summary and mails, without the report around it; set off from what
 * stands in out already.
 */
void
nd_render_thread(const struct nd_report *report, const struct nd_thread *thread,
                 enum nd_format format, const struct nd_render_options *options,
                 struct nd_buf *out);

#endif
