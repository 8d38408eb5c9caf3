/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * fit.h - a title in the room that there is
 */
#ifndef ND_SUMMARISE_FIT_H
#define ND_SUMMARISE_FIT_H

#include <stddef.h>

/**
 * text, or when it is wider than columns a copy, owned by ctx, that is cut
 * between words and ends in an ellipsis.
 */
const char *nd_utf8_truncate(const void *ctx, const char *text, size_t columns);

#endif
