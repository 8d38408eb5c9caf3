/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * fdpass.h - bytes and open files over a socket between two processes
 *
 * For AF_UNIX sockets. Nobody is signalled when the other side is gone.
 */
#ifndef ND_CAGE_FDPASS_H
#define ND_CAGE_FDPASS_H

#include <stdbool.h>
#include <stddef.h>

enum { ND_FDPASS_MAX = 253 }; /* files at once: SCM_MAX_FD of Linux */

/** Two ends that are connected and not inherited by programs. */
bool nd_fdpass_pair(int ends[2]);

/** Close sock, and end what is said on it, whoever else has it open. */
void nd_fdpass_end(int sock);

/**
 * Send all of (bytes, len), len at least 1, and count files with them.
 *
 * Returns    false when the other side is gone, or does not read in time
 */
bool nd_fdpass_send(int sock, const void *bytes, size_t len, const int *fd,
                    size_t count);

/**
 * Receive exactly len bytes, and the files that were sent with the first.
 *
 * fd         room for max; those that arrive belong to the caller
 * *count     how many did; may be NULL with max 0
 * Returns    false at the end, or after the time that the socket has for it:
 *            errno is then 0 or EAGAIN. No file is open then.
 */
bool nd_fdpass_receive(int sock, void *bytes, size_t len, int *fd, size_t max,
                       size_t *count);

#endif
