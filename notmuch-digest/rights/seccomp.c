/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rights/seccomp.h"

#include <errno.h>
#include <seccomp.h>
#include <stddef.h>
#include <sys/socket.h>

/* Those that a kernel does not have are left out by libseccomp. */
static const int never[] = {
	SCMP_SYS(execve),
	SCMP_SYS(execveat),
	SCMP_SYS(listen),
	SCMP_SYS(accept),
	SCMP_SYS(accept4),
	SCMP_SYS(ptrace),
	SCMP_SYS(process_vm_readv),
	SCMP_SYS(process_vm_writev),
	SCMP_SYS(pidfd_getfd),
	SCMP_SYS(io_uring_setup),
	SCMP_SYS(bpf),
	SCMP_SYS(perf_event_open),
	SCMP_SYS(userfaultfd),
	SCMP_SYS(add_key),
	SCMP_SYS(keyctl),
	SCMP_SYS(request_key),
	SCMP_SYS(mount),
	SCMP_SYS(move_mount),
	SCMP_SYS(open_tree),
	SCMP_SYS(fsopen),
	SCMP_SYS(umount2),
	SCMP_SYS(unshare),
	SCMP_SYS(setns),
	SCMP_SYS(open_by_handle_at),
};

enum {
	NEVER_COUNT = sizeof never / sizeof *never,
	FAMILY_LAST = AF_NETLINK, /* that may be needed */
};

static bool
is_needed(unsigned family, unsigned flags)
{
	if (family == AF_UNIX)
		return flags & ND_SECCOMP_LOCAL;
	return family == AF_INET || family == AF_INET6 || family == AF_NETLINK;
}

/* socket(), or that of all families but those. */
static int
refuse_sockets(scmp_filter_ctx filter, unsigned refuse, unsigned flags)
{
	int failed;

	if (!(flags & ND_SECCOMP_IP))
		return seccomp_rule_add(filter, refuse, SCMP_SYS(socket), 0);
	failed = seccomp_rule_add(filter, refuse, SCMP_SYS(socket), 1,
	                          SCMP_A0(SCMP_CMP_GT, FAMILY_LAST, 0));
	for (unsigned family = 0; !failed && family < FAMILY_LAST; family++)
		if (!is_needed(family, flags))
			failed = seccomp_rule_add(
				filter, refuse, SCMP_SYS(socket), 1,
				SCMP_A0(SCMP_CMP_EQ, family, 0));
	return failed;
}

bool
nd_seccomp_enforce(unsigned flags)
{
	const unsigned refuse = SCMP_ACT_ERRNO(EPERM);
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
	int failed = filter ? 0 : -1;

	for (size_t i = 0; !failed && i < NEVER_COUNT; i++)
		if (never[i] != SCMP_SYS(ptrace) || !(flags & ND_SECCOMP_TRACE))
			failed = seccomp_rule_add(filter, refuse, never[i], 0);
	if (!failed)
		failed = refuse_sockets(filter, refuse, flags);
	/* Nothing here is a secret of ours from ourselves: no slower code. */
	if (!failed)
		(void)seccomp_attr_set(filter, SCMP_FLTATR_CTL_SSB, 1);
	if (!failed)
		failed = seccomp_load(filter);
	if (filter)
		seccomp_release(filter);
	return !failed;
}
