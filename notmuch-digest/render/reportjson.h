/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * reportjson.h - reports for programs: doc/schema.md, "notmuch-digest/1"
 *
 * See render.h. Independent of zone and the mails option, and of language but
 * for the texts of the front page.
 */
#ifndef ND_RENDER_REPORTJSON_H
#define ND_RENDER_REPORTJSON_H

#include "model/report.h"
#include "util/buf.h"
#include "words/labels.h"

/** labels: for the words of the front page, in the report's language. */
void nd_reportjson_report(const struct nd_labels *labels, struct nd_buf *out);

#endif
