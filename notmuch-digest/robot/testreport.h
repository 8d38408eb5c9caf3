/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * testreport.h - the result of a test's report, and the line that says most
 *
 * A report that has one failure is a failure, whatever passed before it. The
 * line told is the compiler's error, else the title of the crash, else the
 * first row or sentence that says what failed, else the first that says what
 * passed: never the courtesies around it. A verdict that does not name what
 * failed has the first line behind it that does.
 *
 * Looks at own lines, and at the subject where that is the report's own.
 * Linear in the body.
 */
#ifndef ND_ROBOT_TESTREPORT_H
#define ND_ROBOT_TESTREPORT_H

#include <stdbool.h>
#include <stdint.h>

#include "model/message.h"
#include "robot/resultline.h"

struct nd_testreport {
	enum nd_resultline says; /* of the line told; NONE: no result */
	bool failed;
	bool mended;      /* what was found before is gone, as it seems */
	bool certain;     /* it has a form that nothing but a result has */
	uint32_t line;    /* in the body; 0 when the subject says it */
	const char *text; /* points into body or subject, or is owned by ctx */
	size_t len;
	const char *url; /* where more is, owned by ctx; NULL: not said */
};

/**
 * Read a report.
 *
 * ctx     owns a text that is put together (a crash and its reproducer)
 * title   of the patch that was tested: words in it are no result; NULL or ""
 *         when there is none
 */
struct nd_testreport
nd_testreport_read(const void *ctx, const struct nd_message *message,
                   const char *title);

#endif
