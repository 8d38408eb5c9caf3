/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * render.h - a report or its threads as bytes, in one of the formats
 *
 * One file per format (markdown.c, text.c, htmlpage.c, atom.c, reportjson.c), one
 * escape module
 * (escape.h). Renderers are pure: they read the model and append to a buffer.
 * Times are printed in the user's time zone, which the report names; JSON is
 * in UTC.
 */
#ifndef ND_RENDER_RENDER_H
#define ND_RENDER_RENDER_H

#include "model/report.h"
#include "util/buf.h"
#include "words/format.h"

/** Append the whole report to out. */
void
nd_render_report(const struct nd_report *report, enum nd_format format,
                 const struct nd_render_options *options, struct nd_buf *out);

/**
 * Append the threads of the report, as `show` prints them: each with its title,
 * facts, summary and mails, without the report around them. Of HTML it is one
 * page.
 */
void
nd_render_threads(const struct nd_report *report, enum nd_format format,
                  const struct nd_render_options *options, struct nd_buf *out);

#endif
