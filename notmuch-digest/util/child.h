/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * child.h - run a program and read what it prints
 *
 * Programs are started from a list of arguments, never through a shell.
 */
#ifndef ND_UTIL_CHILD_H
#define ND_UTIL_CHILD_H

#include <stdbool.h>

#include "util/buf.h"
#include "util/status.h"

/**
 * Run a program to its end.
 *
 * argv       NULL-terminated; argv[0] is looked up in PATH
 * timeout_ms the program is killed after it
 * out        what it prints on stdout is appended; more than fits makes the
 *            buffer full and the rest is read and dropped
 *
 * Its stdin is empty, its stderr ours.
 * Returns    ND_OK; ND_ERR_SERVICE when it cannot be started, fails, or takes
 *            too long; ND_ERR_IO as nd_child_ask(), when it was prepared
 */
enum nd_status
nd_child_read(const char *const *argv, unsigned timeout_ms, struct nd_buf *out,
              struct nd_error *err) ND_MUST_CHECK;

/**
 * Run a program to its end and give it bytes to read.
 *
 * argv       as above
 * exit_code  of the program; 127 when there is none of that name, -1 when a
 *            signal ended it. That it reads less than all is no failure.
 * Returns    ND_OK; ND_ERR_SERVICE when no process can be started; ND_ERR_IO
 *            when all cannot be written, though it reads
 */
enum nd_status
nd_child_feed(const char *const *argv, const char *bytes, size_t len,
              int *exit_code, struct nd_error *err) ND_MUST_CHECK;

/*
 * What may be wanted after this process has given up the right to do it
 * (app/sandbox.h) is done by processes that are started before, and wait for
 * the word with all rights and no open file but the standard ones. They end
 * with us. Not for more than one thread.
 */

/**
 * Work in such a process.
 *
 * bytes, len  of the word
 * out         what is added to it comes back, up to 64 KiB
 */
typedef enum nd_status nd_child_work(void *arg, const char *bytes, size_t len,
                                     struct nd_buf *out, struct nd_error *err);

struct nd_child;

/** A process that will do work once; owned by ctx, NULL when there is none. */
struct nd_child *
nd_child_prepare(const void *ctx, nd_child_work *work, void *arg);

/**
 * Give it the word, and wait for the end of its work.
 *
 * out        what comes back is appended; NULL: nothing is wanted
 * Returns    what work returned; ND_ERR_IO when the word does not reach it, or
 *            it ends before its answer is here
 */
enum nd_status
nd_child_ask(struct nd_child *child, const char *bytes, size_t len,
             struct nd_buf *out, struct nd_error *err) ND_MUST_CHECK;

/** The same for a program: nd_child_read() and _feed() of it find it. */
void nd_child_prepare_read(const char *const *argv, unsigned timeout_ms);
void nd_child_prepare_feed(const char *const *argv);

/** Has the process with this number ended, as far as we can see? */
bool nd_child_is_gone(long pid);

#endif
