/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * seriesjson.h - patch series for programs: doc/schema.md
 *
 * See reportjson.h.
 */
#ifndef ND_RENDER_SERIESJSON_H
#define ND_RENDER_SERIESJSON_H

#include "util/buf.h"
#include "words/seriesrow.h"

/** One object with the rows; cover letters where they were kept. */
void
nd_seriesjson_list(const struct nd_report *report,
                   const struct nd_seriesrow_list *rows, struct nd_buf *out);

#endif
