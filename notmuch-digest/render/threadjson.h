/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * threadjson.h - a thread for programs: doc/schema.md
 *
 * See reportjson.h.
 */
#ifndef ND_RENDER_THREADJSON_H
#define ND_RENDER_THREADJSON_H

#include "model/report.h"
#include "util/buf.h"

/** One object. report: the one it stands in; NULL: it is alone. */
void nd_threadjson_write(const struct nd_report *report,
                         const struct nd_thread *thread, struct nd_buf *out);

/** The object of a thread that is alone, in a line of its own. */
void nd_threadjson_line(const struct nd_thread *thread, struct nd_buf *out);

#endif
