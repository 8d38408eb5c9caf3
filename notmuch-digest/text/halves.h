/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * halves.h - is only a part of a quotation or of a remark in brackets there?
 *
 * Text is valid UTF-8. Pure; linear in the text.
 *
 * Does not: know quotation marks other than '"'.
 */
#ifndef ND_TEXT_HALVES_H
#define ND_TEXT_HALVES_H

#include <stdbool.h>
#include <stddef.h>

/** 'he said "no': a quotation whose other end is elsewhere. */
bool nd_halves_of_quotation(const char *text, size_t len);

/**
 * How many brackets are open at the end, "as it is (unless": 1; -1 where one
 * closes that has not opened, "contained.)". What only counts, "a)", and smileys
 * open and close nothing.
 */
int nd_halves_open_brackets(const char *text, size_t len);

#endif
