/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * weightsfile.h - both stages as C, for acts/actweights.h
 */
#ifndef ND_TESTS_ACTS_WEIGHTSFILE_H
#define ND_TESTS_ACTS_WEIGHTSFILE_H

#include "acts/data.h"
#include "acts/linear.h"

/**
 * Print acts/actweights.c.
 *
 * without    lists that were left out, for its head; or NULL
 */
void weightsfile_print(const struct data *data, const struct linear *stage1,
                       const struct linear *stage2, const char *without);

#endif
