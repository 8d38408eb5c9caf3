/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * resultlink.h - where a test's report says that there is more
 *
 * The address of the run, its log or its page: not that of the patch, of the
 * tree, of a configuration or of the service's manual. Known by what stands in
 * front of it, or by its path. Reads own lines only; linear in the body.
 */
#ifndef ND_ROBOT_RESULTLINK_H
#define ND_ROBOT_RESULTLINK_H

#include <stddef.h>

#include "model/message.h"

/**
 * Find it.
 *
 * *len      its bytes
 * Returns   its place in the body; NULL when there is none
 */
const char *nd_resultlink_find(const struct nd_body *body, size_t *len);

/** The first address in a line of text; NULL when there is none. */
const char *
nd_resultlink_of_line(const char *text, size_t text_len, size_t *len);

#endif
