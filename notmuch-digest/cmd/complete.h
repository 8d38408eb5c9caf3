/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * complete.h - what could stand in the place of a word of the command line
 *
 * Asked by the completions of bash, zsh and fish (contrib/completion), which
 * so know every option, value, client, list and tag that the program knows:
 *
 *	notmuch-digest --complete report --format=m
 *
 * prints a line for each candidate: the whole word, and behind a tab what it
 * is, where there is something to say. One that ends in '=' or ':' is to be
 * gone on with. A line ":file" or ":directory" stands for names of files, what
 * follows it for the part of the word that comes before the name.
 */
#ifndef ND_CMD_COMPLETE_H
#define ND_CMD_COMPLETE_H

#include "cmd/cmd.h"

/**
 * Print the candidates, in no order. What cannot be found out, such as tags
 * without a database, is left out: nothing fails.
 *
 * words      those behind the program's name, and NULL; the last one is to be
 *            completed, and may be empty
 */
void nd_complete_print(const struct nd_cmd *const *commands, size_t count,
                       char **words);

#endif
