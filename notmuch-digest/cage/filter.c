/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _DEFAULT_SOURCE /* syscall(), MAP_ANONYMOUS */
#include "cage/filter.h"

#include <errno.h>
#include <linux/seccomp.h>
#include <seccomp.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
#define WITH_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define WITH_ASAN 1
#endif
#endif
#ifndef WITH_ASAN
#define WITH_ASAN 0
#endif

enum {
	ASAN_CPU = 10, /* times slower, at most */
	FILES = 300,   /* all that one message can bring, and some */
};

/* What is allowed with any arguments: nothing that names a thing outside. */
static const int allowed[] = {
	/* what is open */
	SCMP_SYS(read), SCMP_SYS(readv), SCMP_SYS(pread64), SCMP_SYS(lseek),
	SCMP_SYS(write), SCMP_SYS(writev), SCMP_SYS(close), SCMP_SYS(fstat),
	SCMP_SYS(recvmsg), SCMP_SYS(recvfrom), SCMP_SYS(sendmsg),
	SCMP_SYS(sendto), SCMP_SYS(poll), SCMP_SYS(ppoll),
	/* memory */
	SCMP_SYS(brk), SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(madvise),
	/* waiting, time, chance */
	SCMP_SYS(futex), SCMP_SYS(sched_yield), SCMP_SYS(clock_gettime),
	SCMP_SYS(gettimeofday), SCMP_SYS(time), SCMP_SYS(getrandom),
	SCMP_SYS(restart_syscall),
	/* who am I, what have I used */
	SCMP_SYS(getpid), SCMP_SYS(getppid), SCMP_SYS(gettid),
	SCMP_SYS(getrusage), SCMP_SYS(sysinfo), SCMP_SYS(sched_getaffinity),
	/* signals to itself, and the end */
	SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigprocmask),
	SCMP_SYS(rt_sigreturn), SCMP_SYS(sigaltstack), SCMP_SYS(exit),
	SCMP_SYS(exit_group)};

/* Asked by libraries in passing, which go on when it is refused. */
static const int refused[] = {SCMP_SYS(ioctl), SCMP_SYS(prctl),
                              SCMP_SYS(readlink), SCMP_SYS(readlinkat)};

bool
nd_filter_is_available(void)
{
	const uint32_t action = SECCOMP_RET_KILL_PROCESS;

	return syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action) == 0;
}

void
nd_filter_prepare(void)
{
	(void)seccomp_api_get();
}

bool
nd_filter_keeps_stderr(void)
{
	return WITH_ASAN;
}

/* 0, or an error as seccomp_rule_add() has it. */
static int
add_rules(scmp_filter_ctx filter)
{
	/* Memory of nobody else, in which nothing can be executed. */
	const struct scmp_arg_cmp data = SCMP_A2(
		SCMP_CMP_MASKED_EQ, ~(uint64_t)(PROT_READ | PROT_WRITE), 0);
	const struct scmp_arg_cmp own = SCMP_A3(
		SCMP_CMP_MASKED_EQ, MAP_ANONYMOUS | MAP_SHARED, MAP_ANONYMOUS);
	const struct scmp_arg_cmp myself =
		SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)getpid(), 0);
	int failed = 0;

	for (size_t i = 0; !failed && i < sizeof allowed / sizeof *allowed; i++)
		failed =
			seccomp_rule_add(filter, SCMP_ACT_ALLOW, allowed[i], 0);
	for (size_t i = 0; !failed && i < sizeof refused / sizeof *refused; i++)
		failed = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM),
		                          refused[i], 0);
	if (!failed)
		failed = seccomp_rule_add(filter, SCMP_ACT_ALLOW,
		                          SCMP_SYS(mmap), 2, data, own);
	if (!failed)
		failed = seccomp_rule_add(filter, SCMP_ACT_ALLOW,
		                          SCMP_SYS(mprotect), 1, data);
	/* abort(), so that it ends as what it is */
	if (!failed)
		failed = seccomp_rule_add(filter, SCMP_ACT_ALLOW,
		                          SCMP_SYS(tgkill), 1, myself);
	return failed;
}

static bool
load_filter(void)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
	bool loaded =
		filter && add_rules(filter) == 0 &&
		seccomp_attr_set(filter, SCMP_FLTATR_CTL_OPTIMIZE, 2) == 0 &&
		seccomp_load(filter) == 0;

	if (filter)
		seccomp_release(filter);
	return loaded;
}

/* Of the CPU's time a second more: who has had it may be told, not killed. */
static bool
set_limit(int resource, uint64_t value)
{
	const struct rlimit limit = {
		.rlim_cur = value,
		.rlim_max = value + (resource == RLIMIT_CPU ? 1 : 0)};

	return setrlimit(resource, &limit) == 0;
}

static bool
set_limits(const struct nd_cage_room *room)
{
	if (room->memory_bytes > 0 && !WITH_ASAN &&
	    !set_limit(RLIMIT_DATA, room->memory_bytes))
		return false;
	if (room->cpu_s > 0 &&
	    !set_limit(RLIMIT_CPU,
	               (uint64_t)room->cpu_s * (WITH_ASAN ? ASAN_CPU : 1)))
		return false;
	return set_limit(RLIMIT_NOFILE, FILES) && set_limit(RLIMIT_FSIZE, 0) &&
	       set_limit(RLIMIT_CORE, 0);
}

const char *
nd_filter_lock(const struct nd_cage_room *room)
{
	if (!set_limits(room))
		return "its limits cannot be set";
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		return "it cannot give up rights";
	if (!load_filter())
		return "the kernel does not take its filter (seccomp)";
	return NULL;
}
