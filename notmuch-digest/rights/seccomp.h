/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * seccomp.h - give up system calls that this program never needs (libseccomp)
 *
 * What is given up fails with EPERM, for good, for the thread that does it and
 * all that it starts: to run a program, to look into another process, to serve
 * on a socket, to have the kernel do things by other ways (io_uring, bpf), and,
 * without the flags for it, to have a socket at all.
 */
#ifndef ND_UTIL_SECCOMP_H
#define ND_UTIL_SECCOMP_H

#include <stdbool.h>

enum nd_seccomp_flags {
	ND_SECCOMP_IP = 1u << 0,    /* sockets of IP, and the kernel's routes */
	ND_SECCOMP_LOCAL = 1u << 1, /* and of services of this machine */
	ND_SECCOMP_TRACE = 1u << 2, /* ptrace() stays allowed */
};

/** Put the filter into force; false when the kernel refuses. */
bool nd_seccomp_enforce(unsigned flags);

#endif
