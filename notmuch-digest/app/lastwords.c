/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/lastwords.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "util/guard.h"
#include "util/status.h"

/* Only what a signal handler may do: some of us is torn in the middle. */
static void
leave(enum nd_status status, const char *message)
{
	(void)!write(STDERR_FILENO, message, strlen(message));
	_exit(nd_status_exit_code(status));
}

static void
leave_for_library(void)
{
	leave(ND_ERR_IO,
	      "notmuch-digest: the notmuch database cannot be read or written: "
	      "libnotmuch gave up\n"
	      "others write to it faster than it can be read, the disk fails or "
	      "is full, memory is short, or the database is damaged: see EXIT "
	      "STATUS in notmuch-digest(1)\n");
}

static void
on_abort(int signal, siginfo_t *info, void *context)
{
	(void)signal;
	(void)context;
	/* Who asks for a core dump from outside gets one; abort() goes on when
	 * we return. */
	if (info->si_pid == getpid() && nd_guard_is_inside())
		leave_for_library();
	else if (info->si_pid != getpid())
		abort();
}

static void
on_exit_inside(void)
{
	if (nd_guard_is_inside())
		leave_for_library();
}

void
nd_lastwords_prepare(void)
{
	struct sigaction action = {
		.sa_sigaction = on_abort,
		.sa_flags = (int)(SA_SIGINFO | SA_RESETHAND),
	};

	sigemptyset(&action.sa_mask);
	sigaction(SIGABRT, &action, NULL);
	atexit(on_exit_inside);
}

void
nd_lastwords_timeout(int signal)
{
	(void)signal;
	/* Nothing has been written yet; what is in tmp goes next time. */
	leave(ND_ERR_BUSY, "notmuch-digest: another program is writing to the "
	                   "notmuch database\n"
	                   "try again; digest.lock_timeout says how long to "
	                   "wait\n");
}

void
nd_lastwords_overrun(int signal)
{
	(void)signal;
	leave(ND_ERR_IO, "notmuch-digest: the disk takes too long to write to "
	                 "the notmuch database\n"
	                 "others were kept waiting, so it was left; is the "
	                 "disk sound? the next run mends what is unfinished\n");
}
