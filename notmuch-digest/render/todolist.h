/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * todolist.h - what is to be done: for people, as JSON, as a notmuch query
 */
#ifndef ND_RENDER_TODOLIST_H
#define ND_RENDER_TODOLIST_H

#include "agenda/todo.h"
#include "util/buf.h"
#include "words/format.h"

enum nd_todo_format { ND_TODO_TEXT, ND_TODO_JSON, ND_TODO_QUERY };

/**
 * Append the list to out.
 *
 * limit      lines of each group, 0 for all; of text only
 */
void nd_todolist_render(const struct nd_todo *todo, enum nd_todo_format format,
                        const struct nd_render_options *options, unsigned limit,
                        struct nd_buf *out);

#endif
